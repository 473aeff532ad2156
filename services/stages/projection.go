package stages

import (
	"context"
	"errors"
	"time"

	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// ready tells whether Redis holds the ranking.
func (r *Ranker) ready(ctx context.Context) error {
	state, err := r.board.State(ctx)
	if err == nil && state != callrankv1.RankingOpen {
		err = leaderboard.ErrRebuilding
	}
	return err
}

// watch builds the ranking whenever Redis does not hold it, and has it announce
// its changes as long as it is the one that readers see.
func (r *Ranker) watch(ctx context.Context) error {
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	for {
		_, changed := r.roster.Roster()
		if err := r.tend(ctx); err != nil && ctx.Err() == nil {
			r.log.Error("the ranking could not be seen to, trying again", zap.Error(err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		case <-ticker.C:
		}
	}
}

// tend does what is to be done about the ranking now.
func (r *Ranker) tend(ctx context.Context) error {
	epoch, err := r.board.Epoch(ctx)
	if err != nil {
		// Redis is away, which whoever needs it tells.
		return nil //nolint:nilerr // See above.
	}
	if epoch.State != callrankv1.RankingOpen {
		r.rebuild(ctx, epoch.State)
		return nil
	}
	turn, previous := r.turn()
	switch {
	case turn.Batch == "" && epoch.Turn.Batch != "":
		_, err := r.board.Turn(ctx, turn)
		return err
	case turn.Batch != "" && (turn != epoch.Turn || !epoch.Settled):
		return r.takeOver(ctx, turn, previous)
	}
	return nil
}

// turn is by which promotion readers see the ranking, without a batch if they
// do not, and which they saw before.
func (r *Ranker) turn() (turn leaderboard.Turn, previous string) {
	roster, _ := r.roster.Roster()
	promotion := generation.Promoted(roster)
	turn.Number = promotion.GetNumber()
	if promotion.GetGeneration() == r.job.Generation {
		turn.Batch = promotion.GetBatch()
	}
	return turn, promotion.GetPrevious()
}

// rebuild builds the ranking and announces what came out differently.
func (r *Ranker) rebuild(ctx context.Context, state string) {
	began := time.Now()
	built, err := r.board.Rebuild(ctx, r.source())
	if errors.Is(err, leaderboard.ErrRebuilding) || ctx.Err() != nil {
		return
	}
	if err != nil {
		r.log.Error("the ranking could not be built, trying again", zap.Error(err))
		return
	}
	r.rebuilt.Inc()
	for _, ticker := range built.Changed {
		if err := r.announce(ctx, ticker); err != nil {
			// It stays in the outbox until the ranking is looked through.
			r.log.Error("a change could not be announced", zap.String("ticker", ticker), zap.Error(err))
		}
	}
	if state == "" && built.Companies == 0 {
		return
	}
	r.log.Info("built the ranking from the streams", zap.Int("companies", built.Companies), zap.Int("calls", built.Calls),
		zap.Int("changed", len(built.Changed)), zap.Duration("took", time.Since(began)))
}

// source is what the ranking is built from.
func (r *Ranker) source() leaderboard.Source {
	turn, _ := r.turn()
	return leaderboard.Source{
		Turn: turn,
		Calls: func(ctx context.Context, take func(*callrankv1.CallSummary) error) error {
			generations := make([]string, 0, len(r.job.Sources))
			for _, source := range r.job.Sources {
				generations = append(generations, source.Generation)
			}
			undecodable, err := r.broker.GroundedCalls(ctx, generations, func(sequence uint64, call *callrankv1.CallGrounded) error {
				if !r.job.Adopt(call.GetProvenance()) {
					return nil
				}
				return take(conviction.Summarise(call.GetProvenance(), call.GetAnalysis(), sequence))
			})
			if undecodable > 0 {
				r.log.Error("grounded calls cannot be decoded and are missing from the ranking", zap.Int("calls", undecodable))
			}
			return err
		},
		Announced: func(ctx context.Context, take func(*callrankv1.RankingChange, uint64) error) error {
			if turn.Batch == "" {
				return nil
			}
			return r.broker.LastChanges(ctx, messaging.GenerationLive, func(a messaging.Announced) error { return take(a.Change, a.Sequence) })
		},
		Merge: func(calls []*callrankv1.CallSummary, call *callrankv1.CallSummary) []*callrankv1.CallSummary {
			merged, _ := conviction.Merge(calls, call)
			return merged
		},
		Stand: func(ticker string, calls []*callrankv1.CallSummary) *callrankv1.Standing {
			return conviction.Stand(ticker, calls, r.weights)
		},
		Differs: func(announced *callrankv1.RankingChange, standing *callrankv1.Standing) *callrankv1.RankingChange {
			if turn.Batch == "" {
				return nil
			}
			calls := standing.GetCalls()
			change := r.change(announcedStanding(announced), standing, calls[len(calls)-1])
			if change == nil || announced == nil {
				return change
			}
			if rank := announced.GetRankAfter(); rank > 0 {
				change.RankBefore = &rank
			}
			if announced.GetGeneration() != r.job.Generation && turn.Number > 0 {
				// Redis was lost before all of the promotion was announced.
				change.Batch = &turn.Batch
			}
			return change
		},
	}
}

// announcedStanding is as much of a standing as its announcement tells.
func announcedStanding(change *callrankv1.RankingChange) *callrankv1.Standing {
	if change == nil || change.GetLeft() {
		return nil
	}
	return &callrankv1.Standing{
		Ticker:  change.GetTicker(),
		Company: change.Company,
		Conviction: &callrankv1.Conviction{
			Score: change.GetScoreAfter(), OutOf: change.GetOutOfAfter(), Components: change.GetComponentsAfter(),
		},
		Calls: []*callrankv1.CallSummary{{Call: &callrankv1.Call{Id: &change.RankedBy}}},
	}
}
