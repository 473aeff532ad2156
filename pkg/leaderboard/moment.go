package leaderboard

import (
	"context"
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/conviction"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Ledger is the ranking as its changes tell it: given them in order up to a
// time, it is how the ranking stood then.
type Ledger struct {
	last map[string]*callrankv1.RankingChange
}

// NewLedger returns a ledger of no companies.
func NewLedger() *Ledger { return &Ledger{last: map[string]*callrankv1.RankingChange{}} }

// Add enters a company's next change.
func (l *Ledger) Add(change *callrankv1.RankingChange) {
	if change.GetLeft() {
		delete(l.last, change.GetTicker())
		return
	}
	l.last[change.GetTicker()] = change
}

// Ranking is the part of the ranking that is asked for, as it stood at a time.
func (l *Ledger) Ranking(generation string, at time.Time, q Query) (*callrankv1.Ranking, error) {
	rows := make([]*callrankv1.RankingEntry, 0, len(l.last))
	for _, change := range l.last {
		rows = append(rows, rowSince(change))
	}
	return rankingAt(generation, at, callrankv1.BasisAnnounced, rows, q)
}

// rowSince is a company's row since a change. Changes of older versions of the
// program carry none, and tell less.
func rowSince(change *callrankv1.RankingChange) *callrankv1.RankingEntry {
	row := &callrankv1.RankingEntry{}
	if change.GetRow() != nil {
		row = proto.CloneOf(change.GetRow())
	}
	row.Ticker, row.Company = change.GetTicker(), change.Company
	row.Score, row.OutOf = change.GetScoreAfter(), change.GetOutOfAfter()
	row.Components = change.GetComponentsAfter()
	if row.GetCall() == nil {
		row.Call = &callrankv1.Call{Id: new(change.GetRankedBy()), Ticker: new(change.GetTicker())}
	}
	return row
}

// ByCalls is the ranking by the calls that had been held up to a day, that day
// included: as they are read now, by the weights that are in force now. Calls
// of unknown date are left out.
//
// Unlike what was announced it knows calls that were published later than they
// were held, and corrections that were: it tells what the past looks like, not
// what was known of it.
func (b *Board) ByCalls(ctx context.Context, day time.Time, q Query) (*callrankv1.Ranking, error) {
	b = b.now()
	last := day.Format(time.DateOnly)
	var rows []*callrankv1.RankingEntry
	err := b.Standings(ctx, func(standing *callrankv1.Standing) error {
		if row := rowOn(standing, last); row != nil {
			rows = append(rows, row)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return rankingAt(b.generation, day, callrankv1.BasisCalls, rows, q)
}

// rowOn is a company's row on a day, or nil if it had held no call by then.
func rowOn(standing *callrankv1.Standing, day string) *callrankv1.RankingEntry {
	held, calls := -1, standing.GetCalls()
	for i, call := range calls {
		if date := call.GetCall().GetCallDate(); date != "" && date <= day {
			held = i
		}
	}
	if held < 0 || held >= len(standing.GetHistory()) {
		return nil
	}
	then := standing.GetHistory()[held]
	var value *float64
	if valuation := calls[held].GetGrounding().GetValuation(); valuation != nil {
		value = valuation.MarketCap
	}
	past := &callrankv1.Standing{
		Ticker: standing.GetTicker(), Company: standing.Company, Sector: standing.Sector,
		MarketCap:  value,
		Calls:      calls[:held+1],
		History:    standing.GetHistory()[:held+1],
		Conviction: &callrankv1.Conviction{Score: then.GetScore(), OutOf: then.GetOutOf(), Components: then.GetComponents()},
	}
	if trajectory := conviction.Trajectory(past.GetCalls()); trajectory != "" {
		past.Trajectory = &trajectory
	}
	return rowOf(past)
}

// rankingAt puts rows in order and cuts out what is asked for.
func rankingAt(generation string, at time.Time, basis string, entries []*callrankv1.RankingEntry, q Query) (*callrankv1.Ranking, error) {
	rows := make([]facets, 0, len(entries))
	for _, entry := range entries {
		row, err := marshal(entry)
		if err != nil {
			return nil, fmt.Errorf("encode the row of %s: %w", entry.GetTicker(), err)
		}
		f, err := facetsOf(row)
		if err != nil {
			return nil, fmt.Errorf("read the row of %s: %w", entry.GetTicker(), err)
		}
		rows = append(rows, f)
	}
	ranking := &callrankv1.Ranking{
		Generation: generation, State: callrankv1.RankingOpen,
		AsOf: new(at.UTC().Format(time.RFC3339)), Basis: new(basis),
	}
	return ranking, selectRows(ranking, rows, q)
}
