package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// whenReady sends only while the broker answers. What is sent while it is away
// would be kept and sent once it is back, and then count as a copy of itself.
func whenReady(broker *messaging.Broker, send send) send {
	return func(ctx context.Context, published *callrankv1.TranscriptPublished) (messaging.Receipt, error) {
		if err := broker.Ready(ctx); err != nil {
			return messaging.Receipt{}, err
		}
		return send(ctx, published)
	}
}

// watch publishes what is in directories and then what arrives there, until the
// context ends.
func (p *publisher) watch(ctx context.Context, dirs []string, settle time.Duration, notes io.Writer) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch %s: %w", strings.Join(dirs, ", "), err)
	}
	defer func() { _ = watcher.Close() }()
	a := newArrivals(dirs, settle, noticesOf(watcher))
	a.publish = func(ctx context.Context, path string, document []byte) (string, error) {
		return p.document(ctx, document, path, path)
	}
	// Where standard output is gone there is nobody to tell.
	a.tell = func(line string) { _, _ = fmt.Fprintln(p.out, line) }
	_, _ = fmt.Fprintf(notes, "watching %s, until Ctrl-C\n", strings.Join(dirs, ", "))
	return a.run(ctx)
}
