package stages

import (
	"sync"
	"time"

	"github.com/callrank/callrank/pkg/fundamentals"
)

const (
	// glance is the patience while a provider is unavailable, or while many
	// calls wait already: enough for what is at hand.
	glance = 100 * time.Millisecond
	// mostWaiting is how many calls wait for providers at once: fewer than a
	// worker has in hand, so that there are always some that need not.
	mostWaiting = 8
	// unsaid is how long a provider is taken to be unavailable that does not
	// say.
	unsaid = 5 * time.Second
)

// queue is how calls on their way to being ranked wait for providers: a few for
// as long as the patience is, and the others, and all of them while a provider
// is unavailable, hardly at all.
type queue struct {
	patience time.Duration

	mu      sync.Mutex
	waiting int
	// until is when providers are waited for again.
	until time.Time
}

func newQueue(patience time.Duration) *queue { return &queue{patience: patience} }

// enter says how long to wait, and what to call afterwards.
func (q *queue) enter(now time.Time) (patience time.Duration, leave func(time.Time, []fundamentals.Outage)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	waits := q.waiting < mostWaiting && !now.Before(q.until)
	patience = min(glance, q.patience)
	if waits {
		q.waiting++
		patience = q.patience
	}
	return patience, func(now time.Time, outages []fundamentals.Outage) { q.leave(now, waits, outages) }
}

// leave notes what came of it. Who only glanced tells nothing of a provider.
func (q *queue) leave(now time.Time, waited bool, outages []fundamentals.Outage) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !waited {
		return
	}
	q.waiting--
	if len(outages) == 0 {
		return
	}
	until := fundamentals.RetryAt(outages)
	if until.Before(now) {
		until = now.Add(unsaid)
	}
	if until.After(q.until) {
		q.until = until
	}
}
