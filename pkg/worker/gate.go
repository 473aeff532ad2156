package worker

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// calm is how long after an urgent event others still hold back: it is on its
// way from one stage to the next.
const calm = 20 * time.Millisecond

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
	return &Gate{most: 2 * cores, beside: max(1, cores-1), freed: make(chan struct{})}
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
	timer := time.NewTimer(calm)
	defer timer.Stop()
	for {
		freed, entered := g.enter()
		if entered {
			return g.leave, nil
		}
		timer.Reset(calm)
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-freed:
		case <-timer.C:
		}
	}
}

func (g *Gate) enter() (freed <-chan struct{}, entered bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	room := g.most
	if g.urgent > 0 || time.Since(g.last) < calm {
		room = g.beside
	}
	if g.running >= room {
		return g.freed, false
	}
	g.running++
	return nil, true
}

func (g *Gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.running--
	close(g.freed)
	g.freed = make(chan struct{})
}
