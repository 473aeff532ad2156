package leaderboard

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/redis/go-redis/v9"
	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/conviction"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Query says which companies of the ranking are read, and how many.
type Query struct {
	// Offset companies are passed over and at most Limit read, of those that
	// match.
	Offset, Limit int
	// Sector narrows it down to one, whatever the case of its letters.
	Sector string
	// MinMarketCap and MaxMarketCap bound the market value in US dollars; 0 is
	// no bound. A company of unknown value is within none.
	MinMarketCap, MaxMarketCap float64
	// MinCoverage is what a score has to be out of, at least.
	MinCoverage float64
	// Current is the day, ISO 8601, from which on a latest call is current;
	// companies whose latest is older are marked stale. None is without it.
	Current string
	// CurrentOnly passes over the companies that are stale, which keep their
	// ranks.
	CurrentOnly bool
	// Leave takes the companies that are stale for such as have left the ranking:
	// ranks and counts are of the others.
	Leave bool
}

// narrows tells whether some companies may not match.
func (q *Query) narrows() bool {
	return q.Sector != "" || q.MinMarketCap > 0 || q.MaxMarketCap > 0 || q.MinCoverage > 0 || q.CurrentOnly
}

// leaves tells whether some companies may have left the ranking.
func (q *Query) leaves() bool { return q.Leave && q.Current != "" }

// old tells whether a company's latest call is.
func (q *Query) old(f *facets) bool {
	return conviction.Old(&callrankv1.Call{CallDate: &f.callDate}, q.Current)
}

// matches tells whether a company is asked for.
func (q *Query) matches(f *facets) bool {
	value := f.marketCap
	switch {
	case q.Sector != "" && !strings.EqualFold(q.Sector, f.sector),
		q.MinMarketCap > 0 && value < q.MinMarketCap,
		q.MaxMarketCap > 0 && (value <= 0 || value >= q.MaxMarketCap),
		f.outOf < q.MinCoverage,
		q.CurrentOnly && q.old(f):
		return false
	}
	return true
}

// page cuts out of the companies that match those that are asked for.
func (q *Query) page(matching []facets) []facets {
	from := min(max(q.Offset, 0), len(matching))
	return matching[from:min(from+max(q.Limit, 0), len(matching))]
}

// mark says of entries whether they are stale.
func (q *Query) mark(entries []*callrankv1.RankingEntry) {
	for _, entry := range entries {
		entry.Stale = conviction.Old(entry.GetCall(), q.Current)
	}
}

// Ranking reads the companies that match, with the ranks they have among all.
//
// A page of all companies is one step for Redis. One of some of them reads
// every row, which takes time in proportion to the companies; see
// docs/performance.md.
func (b *Board) Ranking(ctx context.Context, q Query) (*callrankv1.Ranking, error) {
	b = b.now()
	if !q.narrows() && !q.leaves() {
		ranking, err := b.Top(ctx, q.Offset, q.Limit)
		if err != nil {
			return nil, err
		}
		q.mark(ranking.GetEntries())
		return ranking, nil
	}
	ranking, err := b.Top(ctx, 0, 1)
	if err != nil {
		return nil, err
	}
	ranking.Entries = nil
	rows, err := b.rows(ctx)
	if err != nil {
		return nil, err
	}
	return ranking, selectRows(ranking, rows, q)
}

// All reads the whole ranking. Unlike a page it is not read in one step, but
// each company is in it once, and its order is that of the scores in it.
func (b *Board) All(ctx context.Context) (*callrankv1.Ranking, error) {
	b = b.now()
	ranking, err := b.Top(ctx, 0, 1)
	if err != nil {
		return nil, err
	}
	ranking.Entries = nil
	rows, err := b.rows(ctx)
	if err != nil {
		return nil, err
	}
	ranking.Ranked = uint32(len(rows))
	return ranking, selectRows(ranking, rows, Query{Limit: len(rows)})
}

// selectRows puts the rows that match into a ranking. It sorts them.
func selectRows(ranking *callrankv1.Ranking, rows []facets, q Query) error {
	if q.leaves() {
		rows = slices.DeleteFunc(rows, func(f facets) bool { return q.old(&f) })
	}
	ranking.Ranked = uint32(len(rows))
	slices.SortFunc(rows, byPlace)
	matching := make([]facets, 0, len(rows))
	for i := range rows {
		rows[i].rank = uint32(i + 1)
		if q.matches(&rows[i]) {
			matching = append(matching, rows[i])
		}
	}
	if q.narrows() {
		ranking.Matched = new(uint32(len(matching)))
	}
	for _, f := range q.page(matching) {
		entry := &callrankv1.RankingEntry{}
		if err := proto.Unmarshal(f.row, entry); err != nil {
			return fmt.Errorf("decode the row of %s: %w", f.ticker, err)
		}
		entry.Rank = f.rank
		ranking.Entries = append(ranking.Entries, entry)
	}
	q.mark(ranking.GetEntries())
	return nil
}

// RankAmong is a company's rank among those whose latest call is current, and
// how many they are; the rank is 0 when its own is not.
func (b *Board) RankAmong(ctx context.Context, ticker, current string) (rank, ranked int, err error) {
	b = b.now()
	rows, err := b.rows(ctx)
	if err != nil {
		return 0, 0, err
	}
	q := Query{Current: current}
	rows = slices.DeleteFunc(rows, func(f facets) bool { return q.old(&f) })
	slices.SortFunc(rows, byPlace)
	return 1 + slices.IndexFunc(rows, func(f facets) bool { return f.ticker == ticker }), len(rows), nil
}

// byPlace is the order of the ranking: by score, and among equals by ticker.
// It is the same as Redis gives.
func byPlace(a, b facets) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.ticker, b.ticker))
}

// rowsBatch is how many rows are read at once, so that Redis has time for
// others in between.
const rowsBatch = 500

// rows reads every company's row, in no order. A company is read once, however
// it moves meanwhile.
func (b *Board) rows(ctx context.Context) ([]facets, error) {
	tickers, err := b.redis.ZRange(ctx, b.rankingKey(), 0, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("read the ranking: %w", err)
	}
	rows := make([]facets, 0, len(tickers))
	for batch := range slices.Chunk(tickers, rowsBatch) {
		values, err := b.redis.HMGet(ctx, b.rowsKey(), batch...).Result()
		if err != nil {
			return nil, fmt.Errorf("read the rows of the ranking: %w", err)
		}
		for i, ticker := range batch {
			row := text(values, i)
			if row == "" {
				// It left since the tickers were read.
				continue
			}
			f, err := facetsOf([]byte(row))
			if err != nil {
				return nil, fmt.Errorf("decode the row of %s: %w", ticker, err)
			}
			rows = append(rows, f)
		}
	}
	return rows, nil
}

// standings reads companies, of which those that have left are passed over.
func (b *Board) standings(ctx context.Context, tickers []string) ([]*callrankv1.Standing, error) {
	replies := make([]*redis.SliceCmd, 0, len(tickers))
	_, err := b.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, ticker := range tickers {
			replies = append(replies, p.HMGet(ctx, b.companyKey(ticker), "version", "standing"))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read companies from the ranking: %w", err)
	}
	standings := make([]*callrankv1.Standing, 0, len(tickers))
	for i, reply := range replies {
		var c Company
		if err := c.decode(reply.Val()); err != nil {
			return nil, fmt.Errorf("read %s from the ranking: %w", tickers[i], err)
		}
		if c.Standing != nil {
			standings = append(standings, c.Standing)
		}
	}
	return standings, nil
}

// Standings reads every company's standing, in the order of the ranking.
func (b *Board) Standings(ctx context.Context, visit func(*callrankv1.Standing) error) error {
	b = b.now()
	tickers, err := b.redis.ZRange(ctx, b.rankingKey(), 0, -1).Result()
	if err != nil {
		return fmt.Errorf("read the ranking: %w", err)
	}
	for batch := range slices.Chunk(tickers, rowsBatch) {
		standings, err := b.standings(ctx, batch)
		if err != nil {
			return err
		}
		for _, standing := range standings {
			if err := visit(standing); err != nil {
				return err
			}
		}
	}
	return nil
}

// Sizes are names of ranges of market value.
var Sizes = []string{"small", "mid", "large", "mega"}

// OfSize narrows a query down to companies of a size: small below $2B, mid
// below $10B, large below $200B, mega from there. Without a size it changes
// nothing.
func (q *Query) OfSize(size string) error {
	const mid, large, mega = 2e9, 1e10, 2e11
	switch size {
	case "":
	case "small":
		q.MaxMarketCap = mid
	case "mid":
		q.MinMarketCap, q.MaxMarketCap = mid, large
	case "large":
		q.MinMarketCap, q.MaxMarketCap = large, mega
	case "mega":
		q.MinMarketCap = mega
	default:
		return fmt.Errorf("size %q: wants %s", size, strings.Join(Sizes, ", "))
	}
	return nil
}
