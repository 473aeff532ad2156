package web

import (
	"cmp"
	"context"
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
	feedAge = time.Second
	// feedPatience is how long a page waits for its feed.
	feedPatience = 2 * time.Second
)

// feed is the last change of each company, the latest first, as pages begin
// with it. Reading it asks something of the broker, so readers share it.
type feed struct {
	mu      sync.Mutex
	at      time.Time
	entries []feedEntry
	last    uint64
}

// latest returns the changes and the place of the last one. A page without its
// feed is still worth showing.
func (f *feed) latest(ctx context.Context, s *Server) ([]feedEntry, uint64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.at) < feedAge {
		return f.entries, f.last
	}
	ctx, cancel := context.WithTimeout(ctx, feedPatience)
	defer cancel()
	var changes []messaging.Announced
	err := s.Broker.LastChanges(ctx, s.Board.Generation(), func(change messaging.Announced) error {
		changes = append(changes, change)
		return nil
	})
	if err != nil {
		s.Log.Warn("the feed of changes could not be read", zap.Error(err))
		return f.entries, f.last
	}
	slices.SortFunc(changes, func(a, b messaging.Announced) int { return cmp.Compare(b.Sequence, a.Sequence) })
	f.at, f.entries, f.last = time.Now(), nil, 0
	for _, change := range changes[:min(len(changes), feedLength)] {
		f.last = max(f.last, change.Sequence)
		f.entries = append(f.entries, newFeedEntry(change))
	}
	return f.entries, f.last
}
