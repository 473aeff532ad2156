package web

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/messaging"
)

const (
	// feedLength is how many changes a page shows.
	feedLength = 40
	// feedAge is how old a feed may be: pages that are live learn of younger
	// changes from the changes themselves.
	feedAge = 200 * time.Millisecond
	// feedPatience is how long a page waits for its feed.
	feedPatience = 2 * time.Second
)

// feed is the last change of each company. Reading it asks something of the
// broker, so readers share it, and only what is new is read.
type feed struct {
	mu   sync.Mutex
	at   time.Time
	last uint64
	// generation is the one whose changes they are: another may be promoted.
	generation string
	// moves is not written to once it is handed out.
	moves map[string]feedEntry
	// entries are the latest of them, the latest first.
	entries []feedEntry
}

// changes are what a page shows of the feed.
type changes struct {
	entries []feedEntry
	// moves are the last changes by ticker.
	moves map[string]feedEntry
	// last is the place of the last change.
	last uint64
}

// latest returns the changes. A page without its feed is still worth showing.
func (f *feed) latest(ctx context.Context, s *Server) changes {
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.at) >= feedAge {
		f.read(ctx, s)
	}
	return changes{f.entries, f.moves, f.last}
}

// read reads the changes since those that are known.
func (f *feed) read(ctx context.Context, s *Server) {
	ctx, cancel := context.WithTimeout(ctx, feedPatience)
	defer cancel()
	var fresh []messaging.Announced
	if promoted := s.Board.Generation(); promoted != f.generation {
		f.generation, f.last, f.moves, f.entries = promoted, 0, nil, nil
	}
	err := s.Broker.ChangesSince(ctx, f.generation, f.last, func(change messaging.Announced) error {
		fresh = append(fresh, change)
		return nil
	})
	if err != nil {
		s.Log.Warn("the feed of changes could not be read", zap.Error(err))
		return
	}
	f.at = time.Now()
	if len(fresh) == 0 {
		return
	}
	moves := maps.Clone(f.moves)
	if moves == nil {
		moves = map[string]feedEntry{}
	}
	for _, change := range fresh {
		f.last = max(f.last, change.Sequence)
		moves[change.Change.GetTicker()] = newFeedEntry(change)
	}
	f.moves = moves
	f.entries = slices.SortedFunc(maps.Values(moves), func(a, b feedEntry) int { return cmp.Compare(b.Place, a.Place) })
	f.entries = f.entries[:min(len(f.entries), feedLength)]
}
