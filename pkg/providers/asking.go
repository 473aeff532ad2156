package providers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/retrieval"
)

// pace is how patiently servers are asked.
type pace struct {
	// tries is how often one document is asked for, and attempt the most time
	// for each.
	tries   int
	attempt time.Duration
	// firstWait doubles, with jitter, from try to try up to longestWait.
	firstWait, longestWait time.Duration
	// patience bounds a question, so that a server that is slow leaves time for
	// the stage that waits for it.
	patience time.Duration
	// now is the clock.
	now func() time.Time
	// unlimited is for tests that are not about the rate.
	unlimited bool
}

// defaultPace keeps one question well below the time a stage has for an event.
func defaultPace() pace {
	return pace{
		tries: 4, attempt: 15 * time.Second, firstWait: 250 * time.Millisecond, longestWait: 4 * time.Second,
		patience: 8 * time.Second, now: time.Now,
	}
}

// ask is a configuration at this pace.
func (p *pace) ask(config retrieval.Config) retrieval.Config {
	config.Tries, config.Timeout, config.FirstWait, config.LongestWait = p.tries, p.attempt, p.firstWait, p.longestWait
	if p.unlimited {
		config.PerSecond = noRate
	}
	return config
}

// noRate is more requests a second than anybody sends.
const noRate = 1e9

// bounded is a context for one question. It ends with a cause of its own, so
// that its end is told from that of who asks.
func (p *pace) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, patienceOf(ctx, p.patience), retrieval.ErrPatience)
}

// failure makes what came of asking a server one of the kinds of error of a
// fundamentals.Source. What passes says whom to ask again, and from when on.
func failure(err error, name string, retryAt time.Time) error {
	_, broken := errors.AsType[*fundamentals.FieldError](err)
	switch {
	case err == nil, broken, errors.Is(err, fundamentals.ErrUnknown):
		return err
	case errors.Is(err, retrieval.ErrRefused):
		return fmt.Errorf("%w: %w", fundamentals.ErrRefused, err)
	case errors.Is(err, retrieval.ErrUnreadable):
		return fmt.Errorf("%w: %w", &fundamentals.FieldError{Problem: "cannot be read"}, err)
	}
	if errors.Is(err, retrieval.ErrPatience) || errors.Is(err, retrieval.ErrCrowded) {
		// It is being asked still, or soon will be: nobody knows until when.
		retryAt = time.Time{}
	}
	return &fundamentals.OutageError{Outages: []fundamentals.Outage{{Provider: name, RetryAt: retryAt, Reason: err.Error()}}, Err: err}
}
