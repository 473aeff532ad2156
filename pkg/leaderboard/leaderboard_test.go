package leaderboard_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/embedded"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/tests/redistest"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// TestConformance runs one suite against every store that a ranking may lie
// in.
func TestConformance(t *testing.T) {
	t.Parallel()
	stores := map[string]func(t *testing.T) redis.UniversalClient{
		"redis-server": func(t *testing.T) redis.UniversalClient {
			return connect(t, leaderboard.Config{URL: redistest.Start(t)})
		},
		"Redis Cluster": func(t *testing.T) redis.UniversalClient {
			return connect(t, leaderboard.Config{URL: redistest.StartCluster(t), Cluster: true})
		},
		"embedded": func(t *testing.T) redis.UniversalClient {
			store, err := embedded.StartStore("127.0.0.1:0")
			require.NoError(t, err)
			t.Cleanup(store.Stop)
			return connect(t, leaderboard.Config{URL: store.URL()})
		},
	}
	suite := map[string]func(t *testing.T, client redis.UniversalClient){
		"a company enters, climbs and passes another":           climbs,
		"equal scores stand in the order of their tickers":      ties,
		"pages of the ranking":                                  pages,
		"a page read while companies move is in order":          pageWhileMoving,
		"a writer that read an older version is refused":        conflict,
		"a write whose answer was lost is answered again":       lostAnswer,
		"a ranking that was wiped takes no writes":              wiped,
		"a writer of an older epoch is refused":                 fenced,
		"changes leave the outbox in order, each once":          outbox,
		"a ranking is built from its calls":                     builds,
		"a ranking that comes back the same announces nothing":  comesBack,
		"one that was wiped before it announced does so":        announcesLate,
		"of many builders one builds":                           oneBuilder,
		"a builder that failed is followed by another":          nextBuilder,
		"many writers of one company lose none of its changes":  manyWriters,
		"generations are kept apart":                            generations,
		"filters by sector, size, coverage and age":             filters,
		"companies whose latest call is old are marked":         marksStale,
		"companies whose latest call is old leave":              oldOnesLeave,
		"the ranking by the calls held by a day":                byCalls,
		"a change tells who was merely pushed":                  tellsWhoWasPushed,
		"a change carries its row":                              carriesItsRow,
		"movers over a period":                                  movers,
		"an older promotion is refused":                         olderPromotion,
		"a promotion between reading and writing is a conflict": turnsWhileWriting,
		"a company's changes follow on what readers knew":       enlists,
		"what is given up is unlinked":                          unlinks,
		"readers see the ranking that is promoted":              looks,
	}
	for store, open := range stores {
		t.Run(store, func(t *testing.T) {
			t.Parallel()
			for name, test := range suite {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					test(t, open(t))
				})
			}
		})
	}
}

func connect(t *testing.T, config leaderboard.Config) redis.UniversalClient {
	t.Helper()
	client, err := leaderboard.Connect(t.Context(), "test", config)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Close()) })
	return client
}

// source is a ranking's source of calls that were ranked by their enthusiasm.
func source(announced map[string]*callrankv1.RankingChange, calls ...*callrankv1.CallSummary) leaderboard.Source {
	return leaderboard.Source{
		Calls: func(_ context.Context, take func(*callrankv1.CallSummary) error) error {
			for _, call := range calls {
				if err := take(call); err != nil {
					return err
				}
			}
			return nil
		},
		Announced: func(_ context.Context, take func(*callrankv1.RankingChange, uint64) error) error {
			place := uint64(0)
			for _, change := range announced {
				place++
				if err := take(change, place); err != nil {
					return err
				}
			}
			return nil
		},
		Merge: func(calls []*callrankv1.CallSummary, call *callrankv1.CallSummary) []*callrankv1.CallSummary {
			return append(calls, call)
		},
		Stand: func(ticker string, calls []*callrankv1.CallSummary) *callrankv1.Standing {
			s := standing(ticker, calls[len(calls)-1].GetEnthusiasm())
			s.Calls = calls
			return s
		},
		Differs: func(announced *callrankv1.RankingChange, s *callrankv1.Standing) *callrankv1.RankingChange {
			if announced != nil && announced.GetScoreAfter() == s.GetConviction().GetScore() {
				return nil
			}
			return changeTo(s.GetTicker(), s.GetConviction().GetScore())
		},
	}
}

func standing(ticker string, score float64) *callrankv1.Standing {
	return &callrankv1.Standing{Ticker: ticker, Conviction: &callrankv1.Conviction{Score: score, OutOf: 100}}
}

func changeTo(ticker string, score float64) *callrankv1.RankingChange {
	return &callrankv1.RankingChange{Ticker: ticker, Generation: "live", ScoreAfter: score}
}

func call(ticker string, enthusiasm float64) *callrankv1.CallSummary {
	return &callrankv1.CallSummary{Call: &callrankv1.Call{Ticker: &ticker}, Enthusiasm: enthusiasm}
}

// open is an empty ranking that takes writes.
func open(t *testing.T, client redis.UniversalClient) *leaderboard.Board {
	t.Helper()
	board := leaderboard.Open(client, "live")
	_, err := board.Rebuild(t.Context(), source(nil))
	require.NoError(t, err)
	return board
}

// put writes a score with its change.
func put(t *testing.T, board *leaderboard.Board, ticker string, score float64) leaderboard.Placed {
	t.Helper()
	company, err := board.Company(t.Context(), ticker)
	require.NoError(t, err)
	placed, err := board.Put(t.Context(), company, standing(ticker, score), changeTo(ticker, score), fmt.Sprint(ticker, score))
	require.NoError(t, err)
	return placed
}

func tickers(t *testing.T, board *leaderboard.Board) []string {
	t.Helper()
	ranking, err := board.Top(t.Context(), 0, 100)
	require.NoError(t, err)
	out := make([]string, 0, len(ranking.GetEntries()))
	for i, entry := range ranking.GetEntries() {
		require.EqualValues(t, i+1, entry.GetRank())
		out = append(out, entry.GetTicker())
	}
	return out
}

func climbs(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	require.Equal(t, leaderboard.Placed{Version: 1, Before: 0, After: 1, Ranked: 1}, put(t, board, "AMZN", 60))
	require.Equal(t, leaderboard.Placed{Version: 1, Before: 0, After: 2, Ranked: 2}, put(t, board, "MSFT", 50))
	require.Equal(t, leaderboard.Placed{Version: 2, Before: 2, After: 1, Ranked: 2}, put(t, board, "MSFT", 66.67))
	require.Equal(t, []string{"MSFT", "AMZN"}, tickers(t, board))

	s, rank, ranked, err := board.Standing(t.Context(), "MSFT")
	require.NoError(t, err)
	require.Equal(t, 1, rank)
	require.Equal(t, 2, ranked)
	require.EqualValues(t, 2, s.GetVersion())
	require.InDelta(t, 66.67, s.GetConviction().GetScore(), 0)
	_, _, _, err = board.Standing(t.Context(), "NVDA") //nolint:dogsled // Only the error is of interest.
	require.ErrorIs(t, err, leaderboard.ErrNotRanked)
}

func ties(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	for _, ticker := range []string{"SNOW", "AVGO", "NVDA", "CRM"} {
		put(t, board, ticker, 40)
	}
	put(t, board, "ZM", 0)
	require.Equal(t, []string{"AVGO", "CRM", "NVDA", "SNOW", "ZM"}, tickers(t, board))
}

func pages(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	for i := range 7 {
		put(t, board, fmt.Sprintf("T%d", i), float64(70-i))
	}
	page, err := board.Top(t.Context(), 5, 5)
	require.NoError(t, err)
	require.EqualValues(t, 7, page.GetRanked())
	require.Equal(t, callrankv1.RankingOpen, page.GetState())
	require.Len(t, page.GetEntries(), 2)
	require.Equal(t, "T5", page.GetEntries()[0].GetTicker())
	require.EqualValues(t, 6, page.GetEntries()[0].GetRank())
	beyond, err := board.Top(t.Context(), 100, 5)
	require.NoError(t, err)
	require.Empty(t, beyond.GetEntries())
}

func pageWhileMoving(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	const moves = 100
	moved := make(chan error, 1)
	go func() {
		defer close(moved)
		for i := range moves {
			ticker := string(rune('A' + i%5))
			company, err := board.Company(t.Context(), ticker)
			if err == nil {
				score := float64(i * 37 % 100)
				_, err = board.Put(t.Context(), company, standing(ticker, score), changeTo(ticker, score), strconv.Itoa(i))
			}
			if err != nil {
				moved <- err
				return
			}
		}
	}()
	for {
		ranking, err := board.Top(t.Context(), 0, moves)
		require.NoError(t, err)
		require.True(t, slices.IsSortedFunc(ranking.GetEntries(), func(a, b *callrankv1.RankingEntry) int {
			return cmp.Compare(b.GetScore(), a.GetScore())
		}), "%v", ranking.GetEntries())
		select {
		case err := <-moved:
			require.NoError(t, err)
			return
		default:
		}
	}
}

func conflict(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	first, err := board.Company(t.Context(), "AMZN")
	require.NoError(t, err)
	second, err := board.Company(t.Context(), "AMZN")
	require.NoError(t, err)
	_, err = board.Put(t.Context(), first, standing("AMZN", 60), nil, "event 1")
	require.NoError(t, err)
	_, err = board.Put(t.Context(), second, standing("AMZN", 10), nil, "event 2")
	require.ErrorIs(t, err, leaderboard.ErrConflict)
	s, _, _, err := board.Standing(t.Context(), "AMZN")
	require.NoError(t, err)
	require.InDelta(t, 60, s.GetConviction().GetScore(), 0)
}

func lostAnswer(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	put(t, board, "MSFT", 50)
	company, err := board.Company(t.Context(), "AMZN")
	require.NoError(t, err)
	first, err := board.Put(t.Context(), company, standing("AMZN", 60), changeTo("AMZN", 60), "event")
	require.NoError(t, err)
	again, err := board.Put(t.Context(), company, standing("AMZN", 60), changeTo("AMZN", 60), "event")
	require.NoError(t, err)
	require.Equal(t, first, again)
	pending, _, err := board.Pending(t.Context(), "AMZN")
	require.NoError(t, err)
	require.Len(t, pending, 1, "the change was made once")
}

func wiped(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	company, err := board.Company(t.Context(), "AMZN")
	require.NoError(t, err)
	require.NoError(t, client.FlushAll(t.Context()).Err())

	_, err = board.Put(t.Context(), company, standing("AMZN", 60), nil, "event")
	require.ErrorIs(t, err, leaderboard.ErrLost)
	_, err = board.Company(t.Context(), "AMZN")
	require.ErrorIs(t, err, leaderboard.ErrLost)
	state, err := board.State(t.Context())
	require.NoError(t, err)
	require.Empty(t, state)
	ranking, err := board.Top(t.Context(), 0, 10)
	require.NoError(t, err)
	require.Equal(t, callrankv1.RankingRebuilding, ranking.GetState(), "readers are told")
}

func fenced(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	company, err := board.Company(t.Context(), "AMZN")
	require.NoError(t, err)
	_, err = board.Rebuild(t.Context(), source(nil))
	require.NoError(t, err)
	_, err = board.Put(t.Context(), company, standing("AMZN", 60), nil, "event")
	require.ErrorIs(t, err, leaderboard.ErrRebuilding)
	require.Empty(t, tickers(t, board))
}

func outbox(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	put(t, board, "MSFT", 65)
	put(t, board, "AMZN", 60)
	put(t, board, "AMZN", 67)
	pending, last, err := board.Pending(t.Context(), "AMZN")
	require.NoError(t, err)
	require.Zero(t, last)
	require.Len(t, pending, 2)
	require.Nil(t, pending[0].RankBefore)
	require.EqualValues(t, 2, pending[0].GetRankAfter())
	require.EqualValues(t, 1, pending[0].GetVersion())
	require.EqualValues(t, 2, pending[1].GetRankBefore())
	require.EqualValues(t, 1, pending[1].GetRankAfter())
	require.EqualValues(t, 2, pending[1].GetRanked())

	require.NoError(t, board.Announced(t.Context(), "AMZN", 1, 11))
	require.NoError(t, board.Announced(t.Context(), "AMZN", 1, 11), "another announcer says the same")
	pending, last, err = board.Pending(t.Context(), "AMZN")
	require.NoError(t, err)
	require.EqualValues(t, 11, last)
	require.Len(t, pending, 1)
	require.InDelta(t, 67, pending[0].GetScoreAfter(), 0)
}

func builds(t *testing.T, client redis.UniversalClient) {
	board := leaderboard.Open(client, "live")
	_, err := board.Company(t.Context(), "AMZN")
	require.ErrorIs(t, err, leaderboard.ErrLost)
	built, err := board.Rebuild(t.Context(), source(nil, call("AMZN", 8), call("MSFT", 9), call("AMZN", 10)))
	require.NoError(t, err)
	require.Equal(t, leaderboard.Built{Calls: 3, Companies: 2, Changed: []string{"AMZN", "MSFT"}}, built)
	require.Equal(t, []string{"AMZN", "MSFT"}, tickers(t, board))
	require.Equal(t, leaderboard.Placed{Version: 2, Before: 1, After: 1, Ranked: 2}, put(t, board, "AMZN", 11))
}

func comesBack(t *testing.T, client redis.UniversalClient) {
	board := leaderboard.Open(client, "live")
	announced := map[string]*callrankv1.RankingChange{"AMZN": {Ticker: "AMZN", Version: 7, ScoreAfter: 10}}
	built, err := board.Rebuild(t.Context(), source(announced, call("AMZN", 10)))
	require.NoError(t, err)
	require.Empty(t, built.Changed)
	pending, last, err := board.Pending(t.Context(), "AMZN")
	require.NoError(t, err)
	require.Empty(t, pending)
	require.EqualValues(t, 1, last)
	require.EqualValues(t, 8, put(t, board, "AMZN", 12).Version, "versions go on where they were")
}

func announcesLate(t *testing.T, client redis.UniversalClient) {
	board := leaderboard.Open(client, "live")
	announced := map[string]*callrankv1.RankingChange{"AMZN": {Ticker: "AMZN", Version: 7, ScoreAfter: 8}}
	built, err := board.Rebuild(t.Context(), source(announced, call("AMZN", 10)))
	require.NoError(t, err)
	require.Equal(t, []string{"AMZN"}, built.Changed)
	pending, _, err := board.Pending(t.Context(), "AMZN")
	require.NoError(t, err)
	require.Len(t, pending, 1)
	require.EqualValues(t, 8, pending[0].GetVersion())
}

func oneBuilder(t *testing.T, client redis.UniversalClient) {
	board := leaderboard.Open(client, "live")
	building, finish := make(chan struct{}), make(chan struct{})
	slow := source(nil, call("AMZN", 10))
	calls := slow.Calls
	slow.Calls = func(ctx context.Context, take func(*callrankv1.CallSummary) error) error {
		close(building)
		<-finish
		return calls(ctx, take)
	}
	done := make(chan error, 1)
	go func() {
		_, err := board.Rebuild(t.Context(), slow)
		done <- err
	}()
	<-building
	_, err := board.Rebuild(t.Context(), source(nil))
	require.ErrorIs(t, err, leaderboard.ErrRebuilding)
	_, err = board.Company(t.Context(), "AMZN")
	require.ErrorIs(t, err, leaderboard.ErrRebuilding, "nobody writes meanwhile")
	close(finish)
	require.NoError(t, <-done)
	require.Equal(t, []string{"AMZN"}, tickers(t, board))
}

func nextBuilder(t *testing.T, client redis.UniversalClient) {
	board := leaderboard.Open(client, "live")
	broken := source(nil, call("AMZN", 10), call("GONE", 3))
	broken.Announced = func(context.Context, func(*callrankv1.RankingChange, uint64) error) error {
		return errors.New("NATS is away")
	}
	_, err := board.Rebuild(t.Context(), broken)
	require.ErrorContains(t, err, "NATS is away")
	state, err := board.State(t.Context())
	require.NoError(t, err)
	require.Equal(t, callrankv1.RankingRebuilding, state)
	_, err = board.Rebuild(t.Context(), source(nil, call("AMZN", 10)))
	require.NoError(t, err)
	require.Equal(t, []string{"AMZN"}, tickers(t, board))
}

func manyWriters(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	const writers, writes = 4, 10
	var group sync.WaitGroup
	for writer := range writers {
		group.Go(func() {
			for done := 0; done < writes; {
				company, err := board.Company(t.Context(), "AMZN")
				if err != nil {
					t.Error(err)
					return
				}
				score := company.Standing.GetConviction().GetScore() + 1
				_, err = board.Put(t.Context(), company, standing("AMZN", score), changeTo("AMZN", score), fmt.Sprint(writer, " writes ", done))
				switch {
				case err == nil:
					done++
				case !errors.Is(err, leaderboard.ErrConflict):
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	pending, _, err := board.Pending(t.Context(), "AMZN")
	require.NoError(t, err)
	require.Len(t, pending, writers*writes)
	for i, change := range pending {
		require.InDelta(t, float64(i+1), change.GetScoreAfter(), 0)
	}
}

func generations(t *testing.T, client redis.UniversalClient) {
	live := open(t, client)
	put(t, live, "AMZN", 60)
	other := leaderboard.Open(client, "weights-2")
	_, err := other.Company(t.Context(), "AMZN")
	require.ErrorIs(t, err, leaderboard.ErrLost)
	_, err = other.Rebuild(t.Context(), source(nil, call("MSFT", 5)))
	require.NoError(t, err)
	require.Equal(t, []string{"AMZN"}, tickers(t, live))
	require.Equal(t, []string{"MSFT"}, tickers(t, other))
}

func TestWrongSettingsAreNamed(t *testing.T) {
	t.Parallel()
	cases := map[string]leaderboard.Config{
		"no address given":        {},
		"redis://host:6379/0":     {URL: "http://host"},
		"not a URL":               {URL: "redis://u:secret@host:bad port"},
		"begin with rediss://":    {URL: "redis://host", CA: "ca.pem"},
		"--redis-key go together": {URL: "rediss://host", Certificate: "c.pem"},
	}
	for says, config := range cases {
		err := config.Validate()
		require.ErrorContains(t, err, says)
		require.NotContains(t, err.Error(), "secret")
	}
}

func TestUnreachableRedisIsNamedWithoutItsPassword(t *testing.T) {
	t.Parallel()
	_, err := leaderboard.Connect(t.Context(), "test", leaderboard.Config{URL: "redis://u:secret@127.0.0.1:1"})
	require.ErrorContains(t, err, "127.0.0.1:1")
	require.NotContains(t, err.Error(), "secret")
}
