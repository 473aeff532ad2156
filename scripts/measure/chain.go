package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/redis/go-redis/v9"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/embedded"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/providers"
	"github.com/callrank/callrank/pkg/samples"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/stages"
)

// chain is five stages from a transcript to a change of the ranking.
type chain struct {
	name string
	// stages makes them.
	stages func(ctx context.Context, bench *bench) ([]worker.Stage, error)
	// publish is the n-th transcript.
	publish func(n int) *callrankv1.TranscriptPublished
}

// bench is what a chain is measured on: servers in this process, with their
// store on disk.
type bench struct {
	server *embedded.Broker
	store  *embedded.Store
	broker *messaging.Broker
	redis  redis.UniversalClient
	board  *leaderboard.Board
	roster *messaging.RosterView
	close  []func() error
}

func newBench(ctx context.Context, relaxed bool) (*bench, error) {
	b := &bench{}
	dir, err := os.MkdirTemp("", "callrank-measure-")
	if err != nil {
		return nil, fmt.Errorf("make a directory: %w", err)
	}
	b.close = append(b.close, func() error { return os.RemoveAll(dir) })
	log := zap.NewNop()
	if b.server, err = embedded.StartBroker(ctx, embedded.BrokerConfig{Dir: dir, Listen: "127.0.0.1:0", Relaxed: relaxed}, log); err != nil {
		return b, err
	}
	b.close = append(b.close, b.server.Stop)
	if b.store, err = embedded.StartStore("127.0.0.1:0"); err != nil {
		return b, err
	}
	b.close = append(b.close, func() error { b.store.Stop(); return nil })
	if b.broker, err = messaging.Connect(ctx, "measure", messaging.Config{URL: b.server.URL(), Replicas: 1}, log); err != nil {
		return b, err
	}
	b.close = append(b.close, func() error { return b.broker.Close(ctx) })
	if err := b.broker.Provision(ctx); err != nil {
		return b, err
	}
	client, err := leaderboard.Connect(ctx, "measure", leaderboard.Config{URL: b.store.URL()})
	if err != nil {
		return b, err
	}
	b.close = append(b.close, client.Close)
	b.redis, b.board = client, leaderboard.Open(client, messaging.GenerationLive)
	if b.roster, err = b.broker.WatchRoster(ctx); err != nil {
		return b, err
	}
	b.close = append(b.close, func() error { b.roster.Close(); return nil })
	return b, nil
}

func (b *bench) stop() error {
	var problems []error
	for _, step := range slices.Backward(b.close) {
		problems = append(problems, step())
	}
	return errors.Join(problems...)
}

// measure measures a chain: how many calls a second go through when there are
// always more, and how long a single one takes.
func measure(ctx context.Context, c chain, relaxed bool, calls, single int) (_ *result, err error) {
	b, err := newBench(ctx, relaxed)
	if b != nil {
		defer func() { err = errors.Join(err, b.stop()) }()
	}
	if err != nil {
		return nil, err
	}
	all, err := c.stages(ctx, b)
	if err != nil {
		return nil, err
	}
	working, stop := context.WithCancel(ctx)
	var group errgroup.Group
	metrics := worker.NewMetrics()
	for _, stage := range all {
		w, err := worker.New(stage, b.broker, worker.DefaultSettings(), metrics, zap.NewNop())
		if err != nil {
			stop()
			return nil, err
		}
		group.Go(func() error { return w.Run(working) })
		<-w.Running()
	}
	defer func() {
		stop()
		err = errors.Join(err, group.Wait())
	}()
	arrived := make(chan struct{}, calls)
	group.Go(func() error {
		for _, err := range b.broker.Changes(working, messaging.Follow{FromStart: true}) {
			if err != nil {
				return err
			}
			arrived <- struct{}{}
		}
		return nil
	})
	return through(ctx, b.broker, c, arrived, calls, single)
}

// through sends calls through a chain that works.
func through(ctx context.Context, broker *messaging.Broker, c chain, arrived <-chan struct{}, calls, single int) (*result, error) {
	r := &result{}
	send := func(n int) error {
		_, err := broker.PublishTranscript(ctx, "measure", c.publish(n))
		return err
	}
	const warm = 20
	for n := range warm + single {
		began := time.Now()
		if err := send(n); err != nil {
			return nil, err
		}
		<-arrived
		if n >= warm {
			r.latencies = append(r.latencies, time.Since(began))
		}
	}
	began := time.Now()
	var group errgroup.Group
	group.SetLimit(64)
	for n := range calls {
		group.Go(func() error { return send(warm + single + n) })
	}
	for range calls {
		<-arrived
	}
	r.perSecond = float64(calls) / time.Since(began).Seconds()
	return r, group.Wait()
}

// ticker is a company of its own for each call, so that each changes the
// ranking.
func ticker(n int) string { return fmt.Sprintf("M%05d", n) }

// pipeline is the real thing.
func pipeline(documents []document) chain {
	return chain{
		name: "real pipeline",
		stages: func(_ context.Context, b *bench) ([]worker.Stage, error) {
			flow := &stages.Flow{
				Company: worker.Company{Broker: b.broker, Roster: b.roster, Gate: worker.NewGate(), Metrics: worker.NewMetrics(), Log: zap.NewNop()},
				Store:   b.redis, Weights: conviction.Default(),
				Grounder: &stages.Grounder{Companies: providers.FilesIn(samples.Fundamentals()), Log: zap.NewNop()},
			}
			return flow.First()
		},
		publish: func(n int) *callrankv1.TranscriptPublished {
			return &callrankv1.TranscriptPublished{
				Document: documents[n%len(documents)].text, Ticker: new(ticker(n)),
				FiscalYear: new(int32(2025)), FiscalQuarter: new(int32(4)), CallDate: new("2026-02-05"),
			}
		},
	}
}

// sizes are what the stages of the real pipeline hand on, in the mean, in
// bytes: what a hop costs depends on them first.
var sizes = []int{6 << 10, 8 << 10, 12 << 10, 16 << 10}

// noop is five persisted hops of the same sizes in which nothing is done.
func noop(documents []document) chain {
	results := []string{messaging.ResultIngested, messaging.ResultExtracted, messaging.ResultQuantified, messaging.ResultGrounded}
	names := []string{messaging.StageIngest, messaging.StageExtract, messaging.StageQuantify, messaging.StageGround, messaging.StageRank}
	return chain{
		name: "no-op chain",
		stages: func(_ context.Context, b *bench) ([]worker.Stage, error) {
			all := make([]worker.Stage, 0, len(names))
			for i, name := range names {
				reads := messaging.AllCalls
				if i > 0 {
					reads = messaging.AllOf(results[i-1], messaging.GenerationLive)
				}
				all = append(all, worker.Stage{Name: name, Reads: reads, Handle: hop(b.broker, i, results)})
			}
			return all, nil
		},
		publish: func(n int) *callrankv1.TranscriptPublished {
			return &callrankv1.TranscriptPublished{Document: documents[n%len(documents)].text, Ticker: new(ticker(n))}
		},
	}
}

// hop hands an event of a size on, or, at the end, announces a change.
func hop(broker *messaging.Broker, i int, results []string) func(context.Context, *message.Message) ([]worker.Output, error) {
	return func(ctx context.Context, event *message.Message) ([]worker.Output, error) {
		call := event.UUID
		if i == len(results) {
			call = event.Metadata[messaging.HeaderSubject]
			change := &callrankv1.RankingChange{Ticker: call, Generation: messaging.GenerationLive, Version: 1}
			_, err := broker.Announce(ctx, change, 0)
			return nil, err
		}
		if i > 0 {
			call = event.Metadata[messaging.HeaderSubject]
		}
		out := message.NewMessage(results[i]+"/"+call, make([]byte, sizes[i]))
		out.Metadata[messaging.HeaderSubject] = call
		return []worker.Output{{Subject: messaging.SubjectStage(results[i], messaging.GenerationLive, call), Message: out}}, nil
	}
}
