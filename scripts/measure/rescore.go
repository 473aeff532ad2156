package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/providers"
	"github.com/callrank/callrank/pkg/samples"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/stages"
)

// rescorePause is the time between two calls that are published while a rescore
// goes on: many more than there ever are.
const rescorePause = 100 * time.Millisecond

// printRescore measures how long the past takes to be ranked again, alone and
// while calls are published, and what calls that are published take meanwhile.
func printRescore(ctx context.Context, documents []document, past, single int) (err error) {
	b, err := newBench(ctx, false)
	if b != nil {
		defer func() { err = errors.Join(err, b.stop()) }()
	}
	if err != nil {
		return err
	}
	flow := &stages.Flow{
		Company: worker.Company{Broker: b.broker, Roster: b.roster, Gate: worker.NewGate(), Metrics: worker.NewMetrics(), Log: zap.NewNop()},
		Store:   b.redis, Weights: conviction.Default(),
		Grounder: &stages.Grounder{Companies: providers.FilesIn(samples.Fundamentals()), Log: zap.NewNop()},
	}
	fleets, err := flow.Fleets(worker.DefaultSettings())
	if err != nil {
		return err
	}
	working, stop := context.WithCancel(ctx)
	var group errgroup.Group
	defer func() {
		stop()
		err = errors.Join(err, group.Wait())
	}()
	for _, fleet := range fleets {
		group.Go(func() error { return fleet.Run(working) })
	}
	arrived := make(chan struct{}, past)
	group.Go(func() error {
		for _, err := range b.broker.Changes(working, messaging.Follow{FromStart: true}) {
			if err != nil {
				return err
			}
			arrived <- struct{}{}
		}
		return nil
	})
	r := &rescoring{broker: b.broker, publish: pipeline(documents).publish, arrived: arrived}
	return r.print(ctx, past, single)
}

// rescoring is a pipeline in which the past is ranked again.
type rescoring struct {
	broker  *messaging.Broker
	publish func(int) *callrankv1.TranscriptPublished
	arrived <-chan struct{}
	sent    int
	runs    int
}

// send publishes the next call and waits until it is ranked.
func (r *rescoring) send(ctx context.Context) (time.Duration, error) {
	began := time.Now()
	_, err := r.broker.PublishTranscript(ctx, "measure", r.publish(r.sent))
	if err != nil {
		return 0, err
	}
	r.sent++
	select {
	case <-r.arrived:
	case <-ctx.Done():
	}
	return time.Since(began), ctx.Err()
}

// steadily publishes calls at even pauses as long as it is wanted.
func (r *rescoring) steadily(ctx context.Context, more func(n int) (bool, error)) (*result, error) {
	latencies := &result{}
	ticker := time.NewTicker(rescorePause)
	defer ticker.Stop()
	for n := 0; ; n++ {
		if on, err := more(n); err != nil || !on {
			return latencies, err
		}
		<-ticker.C
		took, err := r.send(ctx)
		if err != nil {
			return nil, err
		}
		latencies.latencies = append(latencies.latencies, took)
	}
}

// begin begins a rescore and tells whether it goes on still, and how long it
// took.
func (r *rescoring) begin(ctx context.Context, from string) (func() (bool, time.Duration, error), error) {
	r.runs++
	g, err := generation.Start(ctx, r.broker, generation.Rescore{FromStage: from, Name: fmt.Sprintf("run-%d", r.runs)})
	if err != nil {
		return nil, err
	}
	return func() (bool, time.Duration, error) {
		roster, err := r.broker.Roster(ctx)
		if err != nil {
			return false, 0, err
		}
		now := generation.Find(generation.All(roster), g.GetName())
		caughtUp, err := time.Parse(time.RFC3339Nano, now.GetCaughtUpAt())
		if err != nil {
			return true, 0, nil //nolint:nilerr // It has not caught up.
		}
		began, err := time.Parse(time.RFC3339Nano, now.GetStartedAt())
		return false, caughtUp.Sub(began), err
	}, nil
}

func (r *rescoring) print(ctx context.Context, past, single int) error {
	fmt.Fprintf(os.Stderr, "publishing %d calls\n", past)
	if err := r.fill(ctx, past); err != nil {
		return err
	}
	alone, err := r.steadily(ctx, func(n int) (bool, error) { return n < single, nil })
	if err != nil {
		return err
	}
	t := newTable("", "seconds", "calls/s", "calls published meanwhile", "p50", "p99")
	t.AppendRow(table.Row{"no rescore", "", "", len(alone.latencies), milliseconds(alone.at(0.50)), milliseconds(alone.at(0.99))})
	for _, from := range []string{callrankv1.FromRaw, callrankv1.FromGrounded} {
		for _, live := range []bool{false, true} {
			fmt.Fprintf(os.Stderr, "rescoring from %s\n", from)
			row, err := r.rescore(ctx, from, live)
			if err != nil {
				return err
			}
			t.AppendRow(row)
		}
	}
	fmt.Printf("\nrescoring %d calls, every call on disk, while a call is published every %s\n", past, rescorePause)
	t.Render()
	return nil
}

// fill publishes the past and waits until it is ranked.
func (r *rescoring) fill(ctx context.Context, past int) error {
	var group errgroup.Group
	group.SetLimit(64)
	for n := range past {
		group.Go(func() error {
			_, err := r.broker.PublishTranscript(ctx, "measure", r.publish(n))
			return err
		})
	}
	for range past {
		<-r.arrived
	}
	r.sent = past
	return group.Wait()
}

// rescore measures one rescore.
func (r *rescoring) rescore(ctx context.Context, from string, live bool) (table.Row, error) {
	first := r.sent
	goesOn, err := r.begin(ctx, from)
	if err != nil {
		return nil, err
	}
	latencies := &result{}
	if live {
		latencies, err = r.steadily(ctx, func(int) (bool, error) {
			on, _, err := goesOn()
			return on, err
		})
		if err != nil {
			return nil, err
		}
	}
	for {
		on, took, err := goesOn()
		if err != nil {
			return nil, err
		}
		if on {
			time.Sleep(rescorePause)
			continue
		}
		if err := generation.Drop(ctx, r.broker, fmt.Sprintf("run-%d", r.runs)); err != nil {
			return nil, err
		}
		row := table.Row{"from " + from, fmt.Sprintf("%.1f", took.Seconds()), fmt.Sprintf("%.0f", float64(first)/took.Seconds()), len(latencies.latencies)}
		if len(latencies.latencies) == 0 {
			return append(row, "", ""), nil
		}
		return append(row, milliseconds(latencies.at(0.50)), milliseconds(latencies.at(0.99))), nil
	}
}
