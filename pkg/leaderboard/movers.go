package leaderboard

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Change is a change of the ranking and when it was announced.
type Change struct {
	At     time.Time
	Change *callrankv1.RankingChange
}

// Movers tells who moved after from, up to and with to. The changes are all
// that were announced after from, in order, those after to among them: where a
// company stood is found by going back from where it stands. At most limit
// companies are listed of each kind.
func (b *Board) Movers(ctx context.Context, from, to time.Time, changes []Change, limit int) (*callrankv1.Movers, error) {
	b = b.now()
	now, err := b.redis.ZRangeWithScores(ctx, b.rankingKey(), 0, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("read the ranking: %w", err)
	}
	scores := make(map[string]float64, len(now))
	for _, z := range now {
		if ticker, ok := z.Member.(string); ok {
			scores[ticker] = -z.Score
		}
	}
	movers := moversOf(scores, from, to, changes)
	movers.Generation = b.generation
	movers.Moved = movers.Moved[:min(len(movers.Moved), limit)]
	movers.Pushed = movers.Pushed[:min(len(movers.Pushed), limit)]
	return movers, b.name(ctx, slices.Concat(movers.GetMoved(), movers.GetPushed()))
}

// name puts into movers what their rows tell of the companies.
func (b *Board) name(ctx context.Context, movers []*callrankv1.Mover) error {
	if len(movers) == 0 {
		return nil
	}
	tickers := make([]string, 0, len(movers))
	for _, mover := range movers {
		tickers = append(tickers, mover.GetTicker())
	}
	rows, err := b.redis.HMGet(ctx, b.rowsKey(), tickers...).Result()
	if err != nil {
		return fmt.Errorf("read the rows of the movers: %w", err)
	}
	for i, mover := range movers {
		entry, err := entryOf(text(rows, i))
		if err != nil {
			return fmt.Errorf("decode the row of %s: %w", mover.GetTicker(), err)
		}
		mover.Sector = entry.Sector
		if mover.Company == nil {
			mover.Company = entry.Company
		}
		if mover.GetChanges() == 0 {
			// It stands now as it stood at either end.
			mover.OutOfBefore, mover.OutOfAfter = new(entry.GetOutOf()), new(entry.GetOutOf())
		}
	}
	return nil
}

// moversOf finds the movers, given every company's score now.
func moversOf(now map[string]float64, from, to time.Time, changes []Change) *callrankv1.Movers {
	end := maps.Clone(now)
	within := changes[:len(changes)-len(goBack(end, changes, to))]
	begin := maps.Clone(end)
	goBack(begin, within, from)
	ranksBefore, ranksAfter := ranks(begin), ranks(end)
	movers := &callrankv1.Movers{
		From: from.UTC().Format(time.RFC3339), To: to.UTC().Format(time.RFC3339),
		RankedBefore: uint32(len(begin)), RankedAfter: uint32(len(end)),
	}
	own := map[string]*callrankv1.Mover{}
	for _, change := range within {
		if change.At.After(from) {
			note(own, change.Change)
		}
	}
	for ticker, mover := range own {
		mover.RankBefore, mover.ScoreBefore = at(ranksBefore, ticker), at(begin, ticker)
		mover.RankAfter, mover.ScoreAfter = at(ranksAfter, ticker), at(end, ticker)
		movers.Moved = append(movers.Moved, mover)
	}
	for ticker, rank := range ranksAfter {
		before, ranked := ranksBefore[ticker]
		if own[ticker] != nil || !ranked || before == rank {
			continue
		}
		movers.Pushed = append(movers.Pushed, &callrankv1.Mover{
			Ticker: ticker, RankBefore: &before, RankAfter: &rank,
			ScoreBefore: at(begin, ticker), ScoreAfter: at(end, ticker),
		})
	}
	slices.SortFunc(movers.Moved, furthestByScore)
	slices.SortFunc(movers.Pushed, furthestByRank)
	movers.MovedCount, movers.PushedCount = uint32(len(movers.Moved)), uint32(len(movers.Pushed))
	return movers
}

// goBack puts scores back to what they were at a time, and returns the changes
// after it.
func goBack(scores map[string]float64, changes []Change, to time.Time) []Change {
	first := len(changes)
	for i := len(changes) - 1; i >= 0 && changes[i].At.After(to); i-- {
		first = i
		change := changes[i].Change
		if change.RankBefore == nil {
			delete(scores, change.GetTicker())
		} else {
			scores[change.GetTicker()] = change.GetScoreBefore()
		}
	}
	return changes[first:]
}

// note enters a company's own change.
func note(own map[string]*callrankv1.Mover, change *callrankv1.RankingChange) {
	mover := own[change.GetTicker()]
	if mover == nil {
		mover = &callrankv1.Mover{
			Ticker: change.GetTicker(), OutOfBefore: change.OutOfBefore, ComponentsBefore: change.GetComponentsBefore(),
		}
		own[change.GetTicker()] = mover
	}
	mover.Company, mover.Why = change.Company, new(change.GetWhy())
	mover.OutOfAfter, mover.ComponentsAfter = new(change.GetOutOfAfter()), change.GetComponentsAfter()
	mover.Changes++
	if !slices.Contains(mover.GetCallIds(), change.GetCallId()) {
		mover.CallIds = append(mover.CallIds, change.GetCallId())
	}
}

// ranks are the ranks of companies by their scores, 1 at the top.
func ranks(scores map[string]float64) map[string]uint32 {
	order := make([]facets, 0, len(scores))
	for ticker, score := range scores {
		order = append(order, facets{ticker: ticker, score: score})
	}
	slices.SortFunc(order, byPlace)
	out := make(map[string]uint32, len(order))
	for i, f := range order {
		out[f.ticker] = uint32(i + 1)
	}
	return out
}

// at is the value of a company, or nil if it was not ranked.
func at[V any](values map[string]V, ticker string) *V {
	value, ranked := values[ticker]
	if !ranked {
		return nil
	}
	return &value
}

func furthestByScore(a, b *callrankv1.Mover) int {
	by := func(m *callrankv1.Mover) float64 { return math.Abs(m.GetScoreAfter() - m.GetScoreBefore()) }
	return cmp.Or(cmp.Compare(by(b), by(a)), cmp.Compare(a.GetTicker(), b.GetTicker()))
}

func furthestByRank(a, b *callrankv1.Mover) int {
	by := func(m *callrankv1.Mover) float64 {
		return math.Abs(float64(m.GetRankAfter()) - float64(m.GetRankBefore()))
	}
	return cmp.Or(cmp.Compare(by(b), by(a)), cmp.Compare(a.GetTicker(), b.GetTicker()))
}
