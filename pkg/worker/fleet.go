package worker

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/messaging"
)

// Maker makes the stage that a program runs, for each generation anew.
type Maker struct {
	// Stage is the stage whose jobs it does.
	Stage string
	// Make makes the stages of a job: the stage itself first.
	Make func(job generation.Job) ([]Stage, error)
	// Beside, if set, runs beside the stages until the context ends, once for
	// all generations.
	Beside func(ctx context.Context) error
}

// Company is what the fleets of a process share.
type Company struct {
	Broker  *messaging.Broker
	Roster  *messaging.RosterView
	Gate    *Gate
	Metrics *Metrics
	Log     *zap.Logger
}

// Fleet runs a stage for every generation that there is, as they come and go.
type Fleet struct {
	with     Company
	maker    Maker
	settings Settings

	mu      sync.Mutex
	members map[string]*member
	running chan struct{}
	began   sync.Once
	failed  chan error
}

// member is the workers of one job.
type member struct {
	job     generation.Job
	urgent  atomic.Bool
	workers []*Worker
	stop    context.CancelFunc
	done    chan struct{}
}

// fleetLook is how often it is looked whether a worker that failed can be
// started again.
const fleetLook = 2 * time.Second

// NewFleet returns the workers of a stage. Run it.
func NewFleet(maker Maker, settings Settings, with Company) (*Fleet, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	return &Fleet{
		with: with, maker: maker, settings: settings,
		members: map[string]*member{}, running: make(chan struct{}), failed: make(chan error, 1),
	}, nil
}

// Running is closed when the first workers take events.
func (f *Fleet) Running() <-chan struct{} { return f.running }

// Ready tells whether the stage has what it needs for what readers see.
func (f *Fleet) Ready(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range f.members {
		for _, w := range m.workers {
			if !m.urgent.Load() {
				continue
			}
			if err := w.Ready(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// Run works until the context ends, then lets the events in hand finish. It
// returns an error when a worker for what readers see failed; one for another
// generation is started again.
func (f *Fleet) Run(ctx context.Context) error {
	working, stop := context.WithCancel(ctx)
	var beside sync.WaitGroup
	defer func() {
		stop()
		f.await()
		beside.Wait()
	}()
	if f.maker.Beside != nil {
		beside.Go(func() {
			if err := f.maker.Beside(working); err != nil {
				f.fail(err)
			}
		})
	}
	ticker := time.NewTicker(fleetLook)
	defer ticker.Stop()
	for {
		_, changed := f.with.Roster.Roster()
		if err := f.muster(working); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			stop()
			f.await()
			return f.failure()
		case err := <-f.failed:
			return err
		case <-changed:
		case <-ticker.C:
		}
	}
}

// fail ends the fleet with an error, the first there is.
func (f *Fleet) fail(err error) {
	select {
	case f.failed <- err:
	default:
	}
}

// failure is the error of a worker that failed, if one did.
func (f *Fleet) failure() error {
	select {
	case err := <-f.failed:
		return err
	default:
		return nil
	}
}

// muster starts the workers that are missing and stops those that are not
// wanted any more.
func (f *Fleet) muster(ctx context.Context) error {
	roster, _ := f.with.Roster.Roster()
	urgent := generation.Urgent(roster)
	wanted := map[string]generation.Job{}
	for _, job := range generation.Jobs(roster) {
		if job.Stage == f.maker.Stage && f.takes(&job, urgent[job.Durable()]) {
			wanted[job.Durable()] = job
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for durable, m := range f.members {
		job, still := wanted[durable]
		if still && reflect.DeepEqual(job, m.job) {
			m.urgent.Store(urgent[durable])
			continue
		}
		m.stop()
		<-m.done
		delete(f.members, durable)
		if !still {
			f.with.Metrics.forget(m.job.Generation)
			f.with.Log.Info("works no more for a generation", zap.String("stage", f.maker.Stage), zap.String("generation", m.job.Generation))
		}
	}
	for durable, job := range wanted {
		if f.members[durable] != nil {
			continue
		}
		err := f.enlist(ctx, job, urgent[durable])
		if err != nil && urgent[durable] {
			return err
		}
		if err != nil {
			f.with.Log.Error("cannot work for a generation, trying again", zap.String("generation", job.Generation), zap.Error(err))
		}
	}
	return nil
}

// takes tells whether a job is for this fleet.
func (f *Fleet) takes(job *generation.Job, urgent bool) bool {
	if f.settings.Generation != messaging.GenerationLive {
		return job.Generation == f.settings.Generation
	}
	return urgent || !job.Dedicated && f.settings.Rescores
}

// enlist starts the workers of a job.
func (f *Fleet) enlist(ctx context.Context, job generation.Job, urgent bool) error {
	stages, err := f.maker.Make(job)
	if err != nil {
		return fmt.Errorf("make stage %s for %s: %w", f.maker.Stage, job.Generation, err)
	}
	m := &member{job: job, done: make(chan struct{})}
	m.urgent.Store(urgent)
	settings := f.settings
	settings.Generation = job.Generation
	for _, stage := range stages {
		w, err := newWorker(stage, f.with.Broker, settings, f.with.Metrics, f.with.Log, f.seat(m))
		if err != nil {
			for _, made := range m.workers {
				made.unregister()
			}
			return err
		}
		m.workers = append(m.workers, w)
	}
	ctx, m.stop = context.WithCancel(ctx)
	f.members[job.Durable()] = m
	go f.run(ctx, m)
	return nil
}

// seat is where an event waits for its turn.
func (f *Fleet) seat(m *member) seat {
	return func(ctx context.Context) (func(), error) {
		if m.urgent.Load() {
			return f.with.Gate.Urgent(), nil
		}
		return f.with.Gate.Enter(ctx)
	}
}

// run runs the workers of a job until one fails or all are stopped.
func (f *Fleet) run(ctx context.Context, m *member) {
	defer close(m.done)
	defer m.stop()
	var group sync.WaitGroup
	errs := make([]error, len(m.workers))
	for i, w := range m.workers {
		group.Go(func() {
			errs[i] = w.Run(ctx)
			m.stop()
		})
	}
	if m.urgent.Load() {
		group.Go(func() { f.begin(ctx, m) })
	}
	group.Wait()
	for _, w := range m.workers {
		w.unregister()
	}
	err := errors.Join(errs...)
	if err == nil {
		return
	}
	if m.urgent.Load() {
		f.fail(err)
		return
	}
	f.with.Log.Error("a worker failed and is started again", zap.String("generation", m.job.Generation), zap.Error(err))
	// Not at once, and only if the generation is still there by then.
	go f.forget(m)
}

// forget has a worker that ended started again at the next look.
func (f *Fleet) forget(m *member) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.members[m.job.Durable()] == m {
		delete(f.members, m.job.Durable())
	}
}

// begin tells when the workers of a job take events.
func (f *Fleet) begin(ctx context.Context, m *member) {
	for _, w := range m.workers {
		select {
		case <-w.Running():
		case <-ctx.Done():
			return
		}
	}
	f.began.Do(func() { close(f.running) })
}

// await waits until all workers have ended.
func (f *Fleet) await() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range f.members {
		m.stop()
	}
	for _, m := range f.members {
		<-m.done
	}
}
