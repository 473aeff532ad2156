package stages

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

const (
	// mergeTries is how often a company that keeps changing is read again
	// before the event is put off.
	mergeTries = 10
	// watchEvery is how often it is looked whether Redis still holds the
	// ranking.
	watchEvery = time.Second
)

// Ranker is the fifth stage: from a grounded call to where the company stands
// now, and to whom that is news.
type Ranker struct {
	broker  *messaging.Broker
	board   *leaderboard.Board
	weights *conviction.Weights
	log     *zap.Logger
	latency prometheus.Histogram
	rebuilt prometheus.Counter
}

// NewRanker returns the stage of a ranking.
func NewRanker(broker *messaging.Broker, board *leaderboard.Board, weights *conviction.Weights, metrics prometheus.Registerer, log *zap.Logger) (*Ranker, error) {
	r := &Ranker{
		broker: broker, board: board, weights: weights, log: log.Named(messaging.StageRank),
		latency: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "callrank_publish_to_change_seconds",
			Help:    "Time from the storing of a transcript to the announcement of the change it causes.",
			Buckets: prometheus.ExponentialBuckets(0.001, 2, 18),
		}),
		rebuilt: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "callrank_ranking_rebuilt_total",
			Help: "How often the ranking was built from the streams.",
		}),
	}
	if err := errors.Join(metrics.Register(r.latency), metrics.Register(r.rebuilt)); err != nil {
		return nil, fmt.Errorf("register the metrics of ranking: %w", err)
	}
	return r, nil
}

// Stage names the stage.
func (r *Ranker) Stage() worker.Stage {
	return worker.Stage{
		Name:   messaging.StageRank,
		Reads:  messaging.AllOf(messaging.ResultGrounded, r.board.Generation()),
		Handle: r.handle,
		Ready:  r.ready,
		Watch:  r.watch,
	}
}

func (r *Ranker) handle(ctx context.Context, event *message.Message) ([]worker.Output, error) {
	delivery, err := delivered(event)
	if err != nil {
		return nil, err
	}
	in := &callrankv1.CallGrounded{}
	if err := messaging.Decode(event, in); err != nil {
		return nil, err
	}
	call := conviction.Summarise(in.GetProvenance(), in.GetAnalysis(), delivery.Sequence)
	ticker := call.GetCall().GetTicker()
	if err := r.place(ctx, ticker, call, event.UUID); err != nil {
		return nil, fmt.Errorf("rank %s: %w", ticker, err)
	}
	// Also of a call that changed nothing: the worker that was given it before
	// may have died between the change and its announcement.
	if err := r.announce(ctx, ticker); err != nil {
		return nil, fmt.Errorf("rank %s: %w", ticker, err)
	}
	if published, err := time.Parse(time.RFC3339Nano, in.GetProvenance().GetPublishedAt()); err == nil {
		r.latency.Observe(time.Since(published).Seconds())
	}
	return nil, nil
}

// place merges a call into its company and writes where that stands now.
func (r *Ranker) place(ctx context.Context, ticker string, call *callrankv1.CallSummary, event string) error {
	for range mergeTries {
		company, err := r.board.Company(ctx, ticker)
		if err != nil {
			return err
		}
		calls, _ := conviction.Merge(company.Standing.GetCalls(), call)
		if slices.Equal(calls, company.Standing.GetCalls()) {
			// A copy, or a text that a corrected one has superseded.
			return nil
		}
		standing := conviction.Stand(ticker, calls, r.weights)
		_, err = r.board.Put(ctx, company, standing, r.change(company.Standing, standing, call), event)
		if !errors.Is(err, leaderboard.ErrConflict) {
			return err
		}
	}
	return leaderboard.ErrConflict
}

// change is the change from one standing to another, or nil if there is none.
func (r *Ranker) change(before, after *callrankv1.Standing, cause *callrankv1.CallSummary) *callrankv1.RankingChange {
	if !conviction.Changed(before, after) {
		return nil
	}
	change := conviction.Change(before, after, cause, r.board.Generation())
	change.ChangedAt = time.Now().UTC().Format(time.RFC3339Nano)
	return change
}

// announce announces a company's changes that have not been, in order.
func (r *Ranker) announce(ctx context.Context, ticker string) error {
	changes, last, err := r.board.Pending(ctx, ticker)
	if err != nil {
		return err
	}
	for _, change := range changes {
		if last, err = r.broker.Announce(ctx, change, last); err != nil {
			return err
		}
		if err := r.board.Announced(ctx, ticker, change.GetVersion(), last); err != nil {
			return err
		}
	}
	return nil
}

// ready tells whether Redis holds the ranking.
func (r *Ranker) ready(ctx context.Context) error {
	state, err := r.board.State(ctx)
	if err == nil && state != callrankv1.RankingOpen {
		err = leaderboard.ErrRebuilding
	}
	return err
}

// watch builds the ranking whenever Redis does not hold it.
func (r *Ranker) watch(ctx context.Context) error {
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	for {
		if state, err := r.board.State(ctx); err == nil && state != callrankv1.RankingOpen {
			r.rebuild(ctx, state)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
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
			// It stays in the outbox and goes out with the company's next call.
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
	generation := r.board.Generation()
	return leaderboard.Source{
		Calls: func(ctx context.Context, take func(*callrankv1.CallSummary) error) error {
			undecodable, err := r.broker.GroundedCalls(ctx, []string{generation}, func(sequence uint64, call *callrankv1.CallGrounded) error {
				return take(conviction.Summarise(call.GetProvenance(), call.GetAnalysis(), sequence))
			})
			if undecodable > 0 {
				r.log.Error("grounded calls cannot be decoded and are missing from the ranking", zap.Int("calls", undecodable))
			}
			return err
		},
		Announced: func(ctx context.Context, take func(*callrankv1.RankingChange, uint64) error) error {
			return r.broker.LastChanges(ctx, generation, func(a messaging.Announced) error { return take(a.Change, a.Sequence) })
		},
		Merge: func(calls []*callrankv1.CallSummary, call *callrankv1.CallSummary) []*callrankv1.CallSummary {
			merged, _ := conviction.Merge(calls, call)
			return merged
		},
		Stand: func(ticker string, calls []*callrankv1.CallSummary) *callrankv1.Standing {
			return conviction.Stand(ticker, calls, r.weights)
		},
		Differs: func(announced *callrankv1.RankingChange, standing *callrankv1.Standing) *callrankv1.RankingChange {
			calls := standing.GetCalls()
			return r.change(announcedStanding(announced), standing, calls[len(calls)-1])
		},
	}
}

// announcedStanding is as much of a standing as its announcement tells.
func announcedStanding(change *callrankv1.RankingChange) *callrankv1.Standing {
	if change == nil {
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
