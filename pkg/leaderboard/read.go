package leaderboard

import (
	"context"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"
	"google.golang.org/protobuf/proto"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// ErrNotRanked is the error of asking for a company that is not in the
// ranking.
var ErrNotRanked = errors.New("not in the ranking")

// Top reads a page of the ranking: at most limit companies after offset others.
func (b *Board) Top(ctx context.Context, offset, limit int) (*callrankv1.Ranking, error) {
	b = b.now()
	keys := []string{b.epochKey(), b.rankingKey(), b.rowsKey()}
	page, err := b.page.Run(ctx, b.redis, keys, offset, offset+limit-1).Slice()
	if err != nil {
		return nil, fmt.Errorf("read the ranking: %w", err)
	}
	const head = 2 // state and number of companies
	if len(page) < head {
		return nil, fmt.Errorf("read the ranking: the script returned %d values", len(page))
	}
	ranked, _ := page[1].(int64)
	ranking := &callrankv1.Ranking{Generation: b.generation, Ranked: uint32(ranked), State: callrankv1.RankingOpen}
	if text(page, 0) != callrankv1.RankingOpen {
		ranking.State = callrankv1.RankingRebuilding
	}
	for i := head; i+1 < len(page); i += 2 {
		entry := &callrankv1.RankingEntry{}
		if err := proto.Unmarshal([]byte(text(page, i+1)), entry); err != nil {
			return nil, fmt.Errorf("decode the row of %s: %w", text(page, i), err)
		}
		entry.Rank = uint32(offset + (i-head)/2 + 1)
		ranking.Entries = append(ranking.Entries, entry)
	}
	return ranking, nil
}

// Standing reads where a company stands, and its rank. It returns ErrNotRanked
// for a company that is not in the ranking.
func (b *Board) Standing(ctx context.Context, ticker string) (standing *callrankv1.Standing, rank, ranked int, err error) {
	b = b.now()
	var fields *redis.SliceCmd
	var place, count *redis.IntCmd
	_, err = b.redis.TxPipelined(ctx, func(p redis.Pipeliner) error {
		fields = p.HMGet(ctx, b.companyKey(ticker), "version", "standing")
		place = p.ZRank(ctx, b.rankingKey(), ticker)
		count = p.ZCard(ctx, b.rankingKey())
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, 0, 0, fmt.Errorf("read %s from the ranking: %w", ticker, err)
	}
	var c Company
	if err := c.decode(fields.Val()); err != nil {
		return nil, 0, 0, fmt.Errorf("read %s from the ranking: %w", ticker, err)
	}
	if c.Standing == nil || place.Err() != nil {
		return nil, 0, 0, fmt.Errorf("%s: %w", ticker, ErrNotRanked)
	}
	return c.Standing, int(place.Val()) + 1, int(count.Val()), nil
}

// rowOf is the row of the ranking that shows a standing.
func rowOf(s *callrankv1.Standing) *callrankv1.RankingEntry {
	row := &callrankv1.RankingEntry{
		Ticker:     s.GetTicker(),
		Company:    s.Company,
		Sector:     s.Sector,
		Score:      s.GetConviction().GetScore(),
		OutOf:      s.GetConviction().GetOutOf(),
		Components: s.GetConviction().GetComponents(),
		MarketCap:  s.MarketCap,
		Calls:      uint32(len(s.GetCalls())),
		Trajectory: s.Trajectory,
	}
	for _, at := range s.GetHistory() {
		row.ScoreByCall = append(row.ScoreByCall, at.GetScore())
	}
	for _, call := range s.GetCalls() {
		row.EnthusiasmByCall = append(row.EnthusiasmByCall, call.GetEnthusiasm())
	}
	if len(s.GetCalls()) == 0 {
		return row
	}
	latest := s.GetCalls()[len(s.GetCalls())-1]
	row.Enthusiasm, row.Substance = latest.GetEnthusiasm(), latest.GetSubstance()
	// The evidence of the facts is for the page of the call.
	row.Call = proto.CloneOf(latest.GetCall())
	row.Call.Evidence = nil
	if aggregate := latest.GetGrounding().GetAggregate(); aggregate != nil {
		row.EpsPct = aggregate.EpsPct
	}
	if consensus := latest.GetGrounding().GetConsensus(); consensus != nil {
		row.VersusAnalysts, row.PricedIn = consensus.VersusAnalysts, consensus.PricedIn
	}
	return row
}

// changeRow is a row as a change carries it: without what the change tells.
func changeRow(s *callrankv1.Standing) *callrankv1.RankingEntry {
	row := rowOf(s)
	row.Components = nil
	return row
}

// entryOf decodes a row; there is nothing in one that is missing.
func entryOf(row string) (*callrankv1.RankingEntry, error) {
	entry := &callrankv1.RankingEntry{}
	return entry, proto.Unmarshal([]byte(row), entry)
}
