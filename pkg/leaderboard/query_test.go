package leaderboard_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/embedded"
	"github.com/callrank/callrank/pkg/leaderboard"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// listed is a company with what it is narrowed down by.
func listed(ticker string, score float64, sector string, value, outOf float64, date string) *callrankv1.Standing {
	s := standing(ticker, score)
	s.Sector, s.Conviction.OutOf = &sector, outOf
	if value > 0 {
		s.MarketCap = &value
	}
	s.Calls = []*callrankv1.CallSummary{{Call: &callrankv1.Call{Id: new(ticker + "-2025Q4"), Ticker: &ticker, CallDate: &date}}}
	s.History = []*callrankv1.CallScore{{CallId: ticker + "-2025Q4", CallDate: date, Score: score, OutOf: outOf}}
	return s
}

func enter(t *testing.T, board *leaderboard.Board, s *callrankv1.Standing) {
	t.Helper()
	company, err := board.Company(t.Context(), s.GetTicker())
	require.NoError(t, err)
	_, err = board.Put(t.Context(), company, s, nil, s.GetTicker())
	require.NoError(t, err)
}

func enterMany(t *testing.T, board *leaderboard.Board) {
	t.Helper()
	enter(t, board, listed("HLYD", 70, "Technology", 3e9, 90, "2026-04-01"))
	enter(t, board, listed("NGBC", 60, "Technology", 5e10, 74, "2025-08-01"))
	enter(t, board, listed("BWRX", 60, "Energy", 0, 90, "2026-02-01"))
	enter(t, board, listed("KSTL", 20, "technology", 9e11, 90, ""))
}

func placesOf(r *callrankv1.Ranking) []string {
	places := make([]string, 0, len(r.GetEntries()))
	for _, entry := range r.GetEntries() {
		places = append(places, fmt.Sprintf("%d %s", entry.GetRank(), entry.GetTicker()))
	}
	return places
}

func filters(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	enterMany(t, board)
	for name, tt := range map[string]struct {
		query leaderboard.Query
		want  []string
	}{
		"all":                       {leaderboard.Query{}, []string{"1 HLYD", "2 BWRX", "3 NGBC", "4 KSTL"}},
		"a sector, in any case":     {leaderboard.Query{Sector: "TECHNOLOGY"}, []string{"1 HLYD", "3 NGBC", "4 KSTL"}},
		"large ones":                {leaderboard.Query{MinMarketCap: 1e10}, []string{"3 NGBC", "4 KSTL"}},
		"small ones, value known":   {leaderboard.Query{MaxMarketCap: 1e10}, []string{"1 HLYD"}},
		"well covered":              {leaderboard.Query{MinCoverage: 80}, []string{"1 HLYD", "2 BWRX", "4 KSTL"}},
		"current ones":              {leaderboard.Query{Current: "2026-01-01", CurrentOnly: true}, []string{"1 HLYD", "2 BWRX", "4 KSTL"}},
		"of a sector, well covered": {leaderboard.Query{Sector: "Technology", MinCoverage: 80}, []string{"1 HLYD", "4 KSTL"}},
		"none":                      {leaderboard.Query{Sector: "Utilities"}, []string{}},
	} {
		tt.query.Limit = 50
		r, err := board.Ranking(t.Context(), tt.query)
		require.NoError(t, err)
		require.Equal(t, tt.want, placesOf(r), name)
		require.EqualValues(t, 4, r.GetRanked(), name)
		if name == "all" {
			require.Nil(t, r.Matched)
			continue
		}
		require.EqualValues(t, len(tt.want), r.GetMatched(), name)
		// A page of what matches is cut out of it.
		tt.query.Offset, tt.query.Limit = 1, 1
		r, err = board.Ranking(t.Context(), tt.query)
		require.NoError(t, err)
		require.Equal(t, tt.want[min(1, len(tt.want)):min(2, len(tt.want))], placesOf(r), name)
	}
}

func marksStale(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	enterMany(t, board)
	for _, only := range []string{"", "technology"} {
		r, err := board.Ranking(t.Context(), leaderboard.Query{Limit: 50, Sector: only, Current: "2026-01-01"})
		require.NoError(t, err)
		for _, entry := range r.GetEntries() {
			require.Equal(t, entry.GetTicker() == "NGBC", entry.GetStale(), entry.GetTicker())
		}
	}
	r, err := board.Top(t.Context(), 0, 50)
	require.NoError(t, err)
	require.False(t, r.GetEntries()[2].GetStale(), "nobody said what is old")
}

func oldOnesLeave(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	enterMany(t, board)
	for current, want := range map[string][]string{
		"":           {"1 HLYD", "2 BWRX", "3 NGBC", "4 KSTL"},
		"2026-01-01": {"1 HLYD", "2 BWRX", "3 KSTL"},
		"2026-03-01": {"1 HLYD", "2 KSTL"},
	} {
		r, err := board.Ranking(t.Context(), leaderboard.Query{Limit: 50, Current: current, Leave: true})
		require.NoError(t, err)
		require.Equal(t, want, placesOf(r), current)
		require.EqualValues(t, len(want), r.GetRanked(), current)
		require.Nil(t, r.Matched)
		rank, ranked, err := board.RankAmong(t.Context(), "KSTL", current)
		require.NoError(t, err)
		require.Equal(t, len(want), rank)
		require.Equal(t, len(want), ranked)
	}
	rank, _, err := board.RankAmong(t.Context(), "NGBC", "2026-01-01")
	require.NoError(t, err)
	require.Zero(t, rank)
	some, err := board.Ranking(t.Context(), leaderboard.Query{Limit: 50, Current: "2026-01-01", Leave: true, Sector: "technology"})
	require.NoError(t, err)
	require.Equal(t, []string{"1 HLYD", "3 KSTL"}, placesOf(some))
}

func byCalls(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	enterMany(t, board)
	two := listed("HLYD", 70, "Technology", 3e9, 90, "2026-04-01")
	two.Calls = append([]*callrankv1.CallSummary{{Call: &callrankv1.Call{CallDate: new("2025-06-01")}, Enthusiasm: 3}}, two.GetCalls()...)
	two.History = append([]*callrankv1.CallScore{{CallDate: "2025-06-01", Score: 12, OutOf: 82}}, two.GetHistory()...)
	enter(t, board, two)
	for day, want := range map[string][]string{
		"2025-05-31": {},
		"2025-06-01": {"1 HLYD"},
		"2025-08-01": {"1 NGBC", "2 HLYD"},
		"2026-04-01": {"1 HLYD", "2 BWRX", "3 NGBC"},
	} {
		at, err := time.Parse(time.DateOnly, day)
		require.NoError(t, err)
		r, err := board.ByCalls(t.Context(), at, leaderboard.Query{Limit: 50})
		require.NoError(t, err)
		require.Equal(t, want, placesOf(r), day)
		require.Equal(t, callrankv1.BasisCalls, r.GetBasis())
		for _, entry := range r.GetEntries() {
			if entry.GetTicker() == "HLYD" && day < "2026" {
				require.InDelta(t, 12, entry.GetScore(), 0)
				require.EqualValues(t, 1, entry.GetCalls())
			}
		}
	}
}

func tellsWhoWasPushed(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	put(t, board, "A", 50)
	put(t, board, "B", 40)
	put(t, board, "C", 30)
	put(t, board, "C", 60)
	put(t, board, "C", 45)
	for i := range 14 {
		put(t, board, fmt.Sprintf("D%02d", i), 10)
	}
	put(t, board, "A", 0)
	last := func(ticker string) *callrankv1.RankingChange {
		pending, _, err := board.Pending(t.Context(), ticker)
		require.NoError(t, err)
		return pending[len(pending)-1]
	}
	pending, _, err := board.Pending(t.Context(), "C")
	require.NoError(t, err)
	require.Empty(t, pending[0].GetPushedDown(), "it came in last")
	require.Equal(t, []string{"A", "B"}, pending[1].GetPushedDown())
	require.Empty(t, pending[1].GetPushedUp())
	require.Equal(t, []string{"A"}, pending[2].GetPushedUp())
	require.Empty(t, pending[2].GetPushedDown())
	fell := last("A")
	require.EqualValues(t, 17, fell.GetRankAfter())
	require.Equal(t, []string{"D04", "D05", "D06", "D07", "D08", "D09", "D10", "D11", "D12", "D13"}, fell.GetPushedUp(), "the nearest ten")
}

func carriesItsRow(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	company, err := board.Company(t.Context(), "HLYD")
	require.NoError(t, err)
	s := listed("HLYD", 70, "Technology", 3e9, 90, "2026-04-01")
	s.Trajectory = new(callrankv1.TrajectoryRising)
	_, err = board.Put(t.Context(), company, s, changeTo("HLYD", 70), "event")
	require.NoError(t, err)
	pending, _, err := board.Pending(t.Context(), "HLYD")
	require.NoError(t, err)
	row := pending[0].GetRow()
	require.Equal(t, "Technology", row.GetSector())
	require.InDelta(t, 3e9, row.GetMarketCap(), 0)
	require.Equal(t, "2026-04-01", row.GetCall().GetCallDate())
	require.Equal(t, []float64{70}, row.GetScoreByCall())
	require.Equal(t, callrankv1.TrajectoryRising, row.GetTrajectory())
}

// moment is a time of the tests, in hours.
func moment(hours int) time.Time { return time.Date(2026, 3, 1, hours, 0, 0, 0, time.UTC) }

func movers(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	var changes []leaderboard.Change
	at := 0
	move := func(ticker string, before *float64, after float64) {
		put(t, board, ticker, after)
		pending, _, err := board.Pending(t.Context(), ticker)
		require.NoError(t, err)
		change := pending[len(pending)-1]
		change.ScoreBefore, change.CallId, change.Why = before, fmt.Sprint("call ", at), fmt.Sprint("why ", at)
		changes = append(changes, leaderboard.Change{At: moment(at), Change: change})
		at++
	}
	move("A", nil, 50)               // 0
	move("B", nil, 40)               // 1
	move("C", nil, 30)               // 2
	move("C", proto.Float64(30), 60) // 3
	move("C", proto.Float64(60), 65) // 4
	move("D", nil, 10)               // 5
	move("B", proto.Float64(40), 5)  // 6

	since := func(from int) []leaderboard.Change { return changes[from+1:] }
	m, err := board.Movers(t.Context(), moment(2), moment(5), since(2), 10)
	require.NoError(t, err)
	require.EqualValues(t, 3, m.GetRankedBefore())
	require.EqualValues(t, 4, m.GetRankedAfter())
	require.Len(t, m.GetMoved(), 2, "C moved and D came; B moved later")
	c := m.GetMoved()[0]
	require.Equal(t, "C", c.GetTicker())
	require.EqualValues(t, 3, c.GetRankBefore())
	require.EqualValues(t, 1, c.GetRankAfter())
	require.InDelta(t, 30, c.GetScoreBefore(), 0)
	require.InDelta(t, 65, c.GetScoreAfter(), 0)
	require.EqualValues(t, 2, c.GetChanges())
	require.Equal(t, []string{"call 3", "call 4"}, c.GetCallIds())
	require.Equal(t, "why 4", c.GetWhy())
	d := m.GetMoved()[1]
	require.Nil(t, d.RankBefore)
	require.EqualValues(t, 4, d.GetRankAfter())
	require.Len(t, m.GetPushed(), 2)
	require.Equal(t, "A", m.GetPushed()[0].GetTicker())
	require.EqualValues(t, 1, m.GetPushed()[0].GetRankBefore())
	require.EqualValues(t, 2, m.GetPushed()[0].GetRankAfter())
	require.Zero(t, m.GetPushed()[0].GetChanges())

	m, err = board.Movers(t.Context(), moment(2), moment(5), since(2), 1)
	require.NoError(t, err)
	require.Len(t, m.GetMoved(), 1)
	require.EqualValues(t, 2, m.GetMovedCount())
	require.EqualValues(t, 2, m.GetPushedCount())
	quiet, err := board.Movers(t.Context(), moment(6), moment(7), nil, 10)
	require.NoError(t, err)
	require.Empty(t, quiet.GetMoved())
	require.Empty(t, quiet.GetPushed())
}

func TestLedgerIsTheRankingAtATime(t *testing.T) {
	t.Parallel()
	store, err := embedded.StartStore("127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(store.Stop)
	client := connect(t, leaderboard.Config{URL: store.URL()})
	board := open(t, client)
	rapid.Check(t, func(rt *rapid.T) {
		require.NoError(t, client.FlushAll(t.Context()).Err())
		board = open(t, client)
		ledger := leaderboard.NewLedger()
		for range rapid.IntRange(1, 20).Draw(rt, "changes") {
			ticker := rapid.SampledFrom([]string{"A", "B", "C", "D"}).Draw(rt, "ticker")
			score := float64(rapid.IntRange(0, 5).Draw(rt, "score"))
			put(t, board, ticker, score)
			pending, _, err := board.Pending(t.Context(), ticker)
			require.NoError(rt, err)
			ledger.Add(pending[len(pending)-1])
			now, err := board.Ranking(t.Context(), leaderboard.Query{Limit: 10})
			require.NoError(rt, err)
			then, err := ledger.Ranking("live", moment(1), leaderboard.Query{Limit: 10})
			require.NoError(rt, err)
			require.Equal(rt, placesOf(now), placesOf(then))
			require.Equal(rt, "2026-03-01T01:00:00Z", then.GetAsOf())
		}
	})
}
