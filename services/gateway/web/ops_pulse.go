package web

import (
	"context"
	"errors"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/messaging"
)

const (
	// pulseEvery is how often the stages are looked at, and pulseKept how many
	// looks are kept: five minutes.
	pulseEvery = 5 * time.Second
	pulseKept  = 61
	// pulseTimeout bounds one look.
	pulseTimeout = 4 * time.Second
	// rateOver is the time over which a rate is told.
	rateOver = time.Minute
)

// look is how a stage did at a time.
type look struct {
	at    time.Time
	pulse messaging.Pulse
}

// monitor looks at the stages now and then, so that how fast they are can be
// told at once to who asks. It asks the broker, and so sees all workers,
// wherever they run.
type monitor struct {
	mu    sync.Mutex
	looks map[string][]look
}

// stageState is how a stage of a generation is doing.
type stageState struct {
	Job   generation.Job
	Pulse messaging.Pulse
	// Begun tells whether a worker ever began with it.
	Begun bool
	// Rate is how many events a second it was done with, over the last minute;
	// nil until that can be told.
	Rate *float64
	// Rates are those from look to look, the oldest first.
	Rates []float64
}

// watch looks until the context ends.
func (m *monitor) watch(ctx context.Context, broker *messaging.Broker, log *zap.Logger) {
	ticker := time.NewTicker(pulseEvery)
	defer ticker.Stop()
	for {
		if _, err := m.look(ctx, broker); err != nil && ctx.Err() == nil {
			log.Debug("the stages could not be looked at", zap.Error(err))
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// look looks at every stage of every generation, and returns what it saw.
func (m *monitor) look(ctx context.Context, broker *messaging.Broker) ([]stageState, error) {
	ctx, cancel := context.WithTimeout(ctx, pulseTimeout)
	defer cancel()
	roster, err := broker.Roster(ctx)
	if err != nil {
		return nil, err
	}
	jobs := generation.Jobs(roster)
	states := make([]stageState, 0, len(jobs))
	for _, job := range jobs {
		state := stageState{Job: job, Begun: true}
		state.Pulse, err = broker.Pulse(ctx, job.Subjects(), job.Durable())
		if errors.Is(err, messaging.ErrNoConsumer) {
			state.Begun = false
		} else if err != nil {
			return nil, err
		}
		states = append(states, state)
	}
	m.note(states, time.Now())
	return states, nil
}

// note keeps what was seen, forgets what is old or gone, and fills in the
// rates.
func (m *monitor) note(states []stageState, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	kept := map[string][]look{}
	for i := range states {
		state := &states[i]
		if !state.Begun {
			continue
		}
		name := state.Job.Durable()
		looks := m.looks[name]
		// Pages look besides, and those looks would crowd out the others.
		if n := len(looks); n == 0 || now.Sub(looks[n-1].at) > pulseEvery/2 {
			looks = append(looks, look{now, state.Pulse})
		}
		kept[name] = looks[max(0, len(looks)-pulseKept):]
		state.rate(kept[name], now)
	}
	m.looks = kept
}

// rate tells how fast a stage was.
func (s *stageState) rate(looks []look, now time.Time) {
	for i, one := range looks {
		if i > 0 {
			s.Rates = append(s.Rates, perSecond(looks[i-1], one))
		}
	}
	for _, one := range looks {
		if now.Sub(one.at) <= rateOver+pulseEvery/2 && now.Sub(one.at) >= pulseEvery/2 {
			rate := perSecond(one, look{now, s.Pulse})
			s.Rate = &rate
			return
		}
	}
}

// perSecond is how many events were done with between two looks. A consumer
// that was made anew counts from the beginning.
func perSecond(from, to look) float64 {
	took := to.at.Sub(from.at).Seconds()
	if took <= 0 || to.pulse.Settled < from.pulse.Settled {
		return 0
	}
	return float64(to.pulse.Settled-from.pulse.Settled) / took
}
