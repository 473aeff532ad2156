package worker

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// calm is how long after an urgent event others still hold back: it is on its
// way from one stage to the next, and where one came others follow.
const calm = 200 * time.Millisecond

// Gate lets events of a rescore in when there is room beside the urgent ones,
// those of the ranking that readers see. While there are urgent ones in the
// process, or were a moment ago, a core is left to them; otherwise there is room
// for as many as keep all cores busy.
type Gate struct {
	most, beside int

	mu      sync.Mutex
	urgent  int
	running int
	last    time.Time
	freed   chan struct{}
}

// NewGate returns the gate of a process.
func NewGate() *Gate {
	cores := runtime.GOMAXPROCS(0)
	return &Gate{most: cores + 1, beside: max(1, cores-1), freed: make(chan struct{})}
}

// Urgent lets an urgent event in, at once. Call leave when it is through.
func (g *Gate) Urgent() (leave func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.urgent++
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.urgent--
		g.last = time.Now()
	}
}

// Enter lets another event in when there is room. Call leave when it is
// through.
func (g *Gate) Enter(ctx context.Context) (leave func(), err error) {
	// There may be more room once it was calm for long enough.
	timer := time.NewTimer(calm)
	defer timer.Stop()
	for ctx.Err() == nil {
		freed, entered := g.enter()
		if entered {
			began := time.Now()
			return func() { g.depart(time.Since(began)) }, nil
		}
		timer.Reset(calm)
		select {
		case <-ctx.Done():
		case <-freed:
		case <-timer.C:
		}
	}
	return nil, ctx.Err()
}

func (g *Gate) enter() (freed <-chan struct{}, entered bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	room := g.most
	if g.busy() {
		room = g.beside
	}
	if g.running >= room {
		return g.freed, false
	}
	g.running++
	return nil, true
}

// depart makes room again: while others hold back only after as long a pause as
// the event took, since all share the disk, the broker and the store too.
func (g *Gate) depart(took time.Duration) {
	g.mu.Lock()
	busy := g.busy()
	g.mu.Unlock()
	if busy {
		time.AfterFunc(took, g.leave)
		return
	}
	g.leave()
}

// busy tells whether there are urgent events, or were a moment ago.
func (g *Gate) busy() bool { return g.urgent > 0 || time.Since(g.last) < calm }

func (g *Gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.running--
	close(g.freed)
	g.freed = make(chan struct{})
}
