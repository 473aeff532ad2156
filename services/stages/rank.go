package stages

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/generation"
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
	*rankers

	job     generation.Job
	board   *leaderboard.Board
	weights *conviction.Weights
	log     *zap.Logger
}

// rankers is what the rankers of all generations share.
type rankers struct {
	broker  *messaging.Broker
	store   redis.UniversalClient
	roster  *messaging.RosterView
	latency prometheus.Histogram
	rebuilt prometheus.Counter
}

// Rank makes the last stage for each generation, with its own weights or else
// with those that are given.
func Rank(with worker.Company, store redis.UniversalClient, weights *conviction.Weights) (worker.Maker, error) {
	shared := &rankers{
		broker: with.Broker, store: store, roster: with.Roster,
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
	if err := errors.Join(with.Metrics.Registry.Register(shared.latency), with.Metrics.Registry.Register(shared.rebuilt)); err != nil {
		return worker.Maker{}, fmt.Errorf("register the metrics of ranking: %w", err)
	}
	keeper := generation.Keeper{Broker: with.Broker, Store: store, Roster: with.Roster, Log: with.Log.Named("keeper")}
	return worker.Maker{Stage: messaging.StageRank, Beside: keeper.Run, Make: func(job generation.Job) ([]worker.Stage, error) {
		r := &Ranker{
			rankers: shared, job: job, board: leaderboard.Open(store, job.Generation), weights: weights,
			log: with.Log.Named(messaging.StageRank).With(zap.String("generation", job.Generation)),
		}
		if job.Weights != "" {
			own, err := conviction.ParseWeights([]byte(job.Weights))
			if err != nil {
				return nil, fmt.Errorf("read the weights of %s: %w", job.Generation, err)
			}
			r.weights = own
		}
		if !job.Own() {
			// Its base grounds its calls, and asks for them to be grounded again.
			return []worker.Stage{r.Stage()}, nil
		}
		return []worker.Stage{r.Stage(), r.Refresh()}, nil
	}}, nil
}

// Stage names the stage.
func (r *Ranker) Stage() worker.Stage {
	stage := stageOf(r.job, r.handle)
	stage.Ready, stage.Watch = r.ready, r.watch
	return stage
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
	if !r.job.Adopt(in.GetProvenance()) {
		return nil, nil
	}
	call := conviction.Summarise(in.GetProvenance(), in.GetAnalysis(), delivery.Sequence)
	ticker := call.GetCall().GetTicker()
	read, err := r.place(ctx, ticker, call, event.UUID)
	if err != nil {
		return nil, fmt.Errorf("rank %s: %w", ticker, err)
	}
	if !read {
		return nil, nil
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

// place merges a call into its company and writes where that stands now. It
// tells whether readers see the ranking, so that there may be a change to
// announce.
func (r *Ranker) place(ctx context.Context, ticker string, call *callrankv1.CallSummary, event string) (read bool, err error) {
	for range mergeTries {
		company, err := r.board.Company(ctx, ticker)
		if err != nil {
			return false, err
		}
		read := company.Announcing() != ""
		before, err := r.before(ctx, ticker, company)
		if errors.Is(err, leaderboard.ErrConflict) {
			continue
		}
		if err != nil {
			return false, err
		}
		calls, _ := conviction.Merge(company.Standing.GetCalls(), call)
		if slices.Equal(calls, company.Standing.GetCalls()) {
			// A copy, or a text that a corrected one has superseded.
			return read, nil
		}
		standing := conviction.Stand(ticker, calls, r.weights)
		var change *callrankv1.RankingChange
		if read {
			change = r.change(before, standing, call)
		}
		_, err = r.board.Put(ctx, company, standing, change, event)
		if !errors.Is(err, leaderboard.ErrConflict) {
			return read, err
		}
	}
	return false, leaderboard.ErrConflict
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
	return r.announceOf(ctx, r.board, ticker)
}

// announceOf announces a company's changes in a ranking.
func (r *rankers) announceOf(ctx context.Context, board *leaderboard.Board, ticker string) error {
	changes, last, err := board.Pending(ctx, ticker)
	if err != nil {
		return err
	}
	for _, change := range changes {
		if last, err = r.broker.Announce(ctx, change, last); err != nil {
			return err
		}
		if err := board.Announced(ctx, ticker, change.GetVersion(), last); err != nil {
			return err
		}
	}
	return nil
}
