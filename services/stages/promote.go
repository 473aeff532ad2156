package stages

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// takeOver has the ranking announce its changes, since readers see it now: first
// what stands elsewhere than they knew, as one batch, then whatever changes. It
// may be done more than once and by several workers at the same time.
//
// The changes follow on those that were announced before, whichever ranking
// they were of: each tells what readers knew and what they see now, and has a
// higher version.
func (r *Ranker) takeOver(ctx context.Context, turn leaderboard.Turn, previous string) error {
	began := time.Now()
	ranks, err := r.standDown(ctx, turn, previous)
	if err != nil {
		return err
	}
	if took, err := r.board.Turn(ctx, turn); err != nil || !took {
		return err
	}
	announced := map[string]*messaging.Announced{}
	err = r.broker.LastChanges(ctx, messaging.GenerationLive, func(a messaging.Announced) error {
		announced[a.Change.GetTicker()] = &a
		return nil
	})
	if err != nil {
		return err
	}
	tickers, err := r.board.Tickers(ctx)
	if err != nil {
		return err
	}
	for _, ticker := range tickers {
		if err := r.enlist(ctx, ticker, announced[ticker], ranks); err != nil {
			return fmt.Errorf("compare %s with what readers knew: %w", ticker, err)
		}
		if err := r.announce(ctx, ticker); err != nil {
			return err
		}
		delete(announced, ticker)
	}
	for _, last := range announced {
		if err := r.announceGone(ctx, turn, last, len(tickers)); err != nil {
			return err
		}
	}
	if err := r.board.Settle(ctx, turn); err != nil {
		return err
	}
	if previous != "" {
		r.log.Info("readers see this ranking now", zap.String("before", previous), zap.Int("companies", len(tickers)), zap.Duration("took", time.Since(began)))
	}
	return nil
}

// standDown has the ranking that readers saw before announce what it has still
// to announce, and no more. It returns the ranks that companies had there.
func (r *Ranker) standDown(ctx context.Context, turn leaderboard.Turn, previous string) (map[string]int, error) {
	if previous == "" || previous == r.job.Generation {
		return map[string]int{}, nil
	}
	board := leaderboard.Open(r.store, previous)
	if _, err := board.Turn(ctx, leaderboard.Turn{Number: turn.Number}); err != nil {
		return nil, err
	}
	ranks, err := board.Ranks(ctx)
	if err != nil {
		return nil, err
	}
	for ticker := range ranks {
		if err := r.announceOf(ctx, board, ticker); err != nil {
			return nil, fmt.Errorf("announce what is left of %s: %w", previous, err)
		}
	}
	return ranks, nil
}

// enlist compares a company with what readers knew of it before they saw this
// ranking, unless that has been done.
func (r *Ranker) enlist(ctx context.Context, ticker string, last *messaging.Announced, ranks map[string]int) error {
	for range mergeTries {
		company, err := r.board.Company(ctx, ticker)
		if err != nil {
			return err
		}
		if company.Enlisted() || company.Standing == nil {
			return nil
		}
		err = r.enlistOne(ctx, ticker, company, last, ranks)
		if !errors.Is(err, leaderboard.ErrConflict) {
			return err
		}
	}
	return leaderboard.ErrConflict
}

func (r *Ranker) enlistOne(ctx context.Context, ticker string, company *leaderboard.Company, last *messaging.Announced, ranks map[string]int) error {
	var known *callrankv1.RankingChange
	if last != nil {
		known = last.Change
		company.Follow(known.GetVersion())
	}
	calls := company.Standing.GetCalls()
	change := r.change(announcedStanding(known), company.Standing, calls[len(calls)-1])
	if change != nil && company.Announcing() != generation.FirstBatch {
		change.Batch = new(company.Announcing())
	}
	rank, ranked := ranks[ticker]
	if !ranked && !known.GetLeft() {
		rank = int(known.GetRankAfter())
	}
	if err := r.board.Enlist(ctx, company, change, rank); err != nil || last == nil {
		return err
	}
	return r.board.Announced(ctx, ticker, known.GetVersion(), last.Sequence)
}

// before is where readers knew the company to stand. One that readers have not
// been told of since they see this ranking is compared with what they knew
// first, by a change of its own, and then has to be read again: that is
// ErrConflict.
func (r *Ranker) before(ctx context.Context, ticker string, company *leaderboard.Company) (*callrankv1.Standing, error) {
	if company.Enlisted() || company.Announcing() == generation.FirstBatch && company.Standing == nil {
		return company.Standing, nil
	}
	last, err := r.broker.LastChange(ctx, messaging.GenerationLive, ticker)
	if err != nil {
		return nil, err
	}
	if company.Standing != nil {
		if err := r.enlistOne(ctx, ticker, company, last, nil); err != nil {
			return nil, err
		}
		return nil, leaderboard.ErrConflict
	}
	if last == nil {
		return nil, nil //nolint:nilnil // Nobody knew it.
	}
	// One above, for the change by which it may be said to have left meanwhile.
	company.Follow(last.Change.GetVersion() + 1)
	return announcedStanding(last.Change), nil
}

// announceGone announces that a company that readers knew is not in this
// ranking.
func (r *Ranker) announceGone(ctx context.Context, turn leaderboard.Turn, last *messaging.Announced, ranked int) error {
	known := last.Change
	if known.GetLeft() {
		return nil
	}
	_, err := r.broker.Announce(ctx, &callrankv1.RankingChange{
		Ticker: known.GetTicker(), Company: known.Company, Generation: r.job.Generation, Version: known.GetVersion() + 1,
		RankBefore: new(known.GetRankAfter()), Ranked: uint32(ranked),
		ScoreBefore: new(known.GetScoreAfter()), ScoreAfter: known.GetScoreAfter(),
		OutOfBefore: new(known.GetOutOfAfter()), OutOfAfter: known.GetOutOfAfter(),
		ComponentsBefore: known.GetComponentsAfter(), ComponentsAfter: known.GetComponentsAfter(),
		CallId: known.GetRankedBy(), RankedBy: known.GetRankedBy(), Left: true, Batch: &turn.Batch,
		Why:       "left the ranking: generation " + r.job.Generation + " has no call of it",
		ChangedAt: time.Now().UTC().Format(time.RFC3339Nano),
	}, last.Sequence)
	return err
}
