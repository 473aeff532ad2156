package messaging

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"
	"google.golang.org/protobuf/proto"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

const (
	// rosterBucket and rosterKey are where the roster of generations lies: one
	// key, so that whatever changes in it changes in one step.
	rosterBucket = "callrank"
	rosterKey    = "generations"
	// rosterHistory is how many earlier rosters are kept, for operators.
	rosterHistory = 16
	// rosterTries is how often a change of the roster is tried while others
	// change it too.
	rosterTries = 20
	// rosterLook is how often the roster is read whether or not the broker told
	// of a change.
	rosterLook = 2 * time.Second
)

// ErrRosterBusy is the error of a change of the roster that others kept getting
// ahead of.
var ErrRosterBusy = errors.New("the roster of generations keeps changing")

// provisionRoster creates the bucket of the roster. What an operator made
// different of it since stays so, but for replicas, of which there may be too
// few.
func (b *Broker) provisionRoster(ctx context.Context) error {
	config := jetstream.KeyValueConfig{
		Bucket:      rosterBucket,
		Description: "Which generations of the ranking there are",
		History:     rosterHistory,
		Storage:     jetstream.FileStorage,
		Replicas:    b.config.Replicas,
	}
	bucket, err := b.js.KeyValue(ctx, rosterBucket)
	if errors.Is(err, jetstream.ErrBucketNotFound) {
		// Several workers may find it missing at once: the same create from
		// each succeeds.
		_, err = b.js.CreateKeyValue(ctx, config)
	} else if err == nil {
		err = b.raiseReplicas(ctx, bucket, config)
	}
	if err != nil {
		return fmt.Errorf("provision bucket %s: %w", rosterBucket, err)
	}
	return nil
}

func (b *Broker) raiseReplicas(ctx context.Context, bucket jetstream.KeyValue, config jetstream.KeyValueConfig) error {
	status, err := bucket.Status(ctx)
	if err != nil {
		return err
	}
	if have, ok := status.(*jetstream.KeyValueBucketStatus); !ok || have.StreamInfo().Config.Replicas >= config.Replicas {
		return nil
	}
	_, err = b.js.UpdateKeyValue(ctx, config)
	return err
}

// Roster reads which generations there are. Where nobody ever began another
// than the first, it is empty.
func (b *Broker) Roster(ctx context.Context) (*callrankv1.Roster, error) {
	roster, _, err := b.readRoster(ctx)
	return roster, err
}

// readRoster returns the roster and the revision by which it is changed.
func (b *Broker) readRoster(ctx context.Context) (*callrankv1.Roster, uint64, error) {
	bucket, err := b.js.KeyValue(ctx, rosterBucket)
	if errors.Is(err, jetstream.ErrBucketNotFound) {
		return &callrankv1.Roster{}, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("read the roster of generations: %w", err)
	}
	entry, err := bucket.Get(ctx, rosterKey)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return &callrankv1.Roster{}, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("read the roster of generations: %w", err)
	}
	roster := &callrankv1.Roster{}
	if err := proto.Unmarshal(entry.Value(), roster); err != nil {
		return nil, 0, fmt.Errorf("decode the roster of generations: %w", err)
	}
	return roster, entry.Revision(), nil
}

// ChangeRoster changes the roster in one step: change is given the present one
// and changes it, more than once if others change it at the same time. What
// change returns as an error is returned, and nothing is changed then.
func (b *Broker) ChangeRoster(ctx context.Context, change func(*callrankv1.Roster) error) (*callrankv1.Roster, error) {
	if err := b.provisionRoster(ctx); err != nil {
		return nil, err
	}
	bucket, err := b.js.KeyValue(ctx, rosterBucket)
	if err != nil {
		return nil, fmt.Errorf("change the roster of generations: %w", err)
	}
	for range rosterTries {
		roster, revision, err := b.readRoster(ctx)
		if err != nil {
			return nil, err
		}
		before := proto.CloneOf(roster)
		if err := change(roster); err != nil {
			return nil, err
		}
		if proto.Equal(before, roster) {
			return roster, nil
		}
		value, err := proto.MarshalOptions{Deterministic: true}.Marshal(roster)
		if err != nil {
			return nil, fmt.Errorf("encode the roster of generations: %w", err)
		}
		_, err = bucket.Update(ctx, rosterKey, value, revision)
		if err == nil {
			return roster, nil
		}
		if !wrongLastSequence(err) && !errors.Is(err, jetstream.ErrKeyRevisionMismatch) {
			return nil, fmt.Errorf("change the roster of generations: %w", err)
		}
	}
	return nil, ErrRosterBusy
}

// RosterView is the roster as a program last heard of it.
type RosterView struct {
	broker *Broker
	stop   context.CancelFunc
	done   chan struct{}

	mu      sync.Mutex
	roster  *callrankv1.Roster
	changed chan struct{}
}

// WatchRoster reads the roster and follows its changes until the context ends or
// the view is closed, through lost connections.
func (b *Broker) WatchRoster(ctx context.Context) (*RosterView, error) {
	roster, err := b.Roster(ctx)
	if err != nil {
		return nil, err
	}
	watching, stop := context.WithCancel(ctx)
	v := &RosterView{broker: b, stop: stop, done: make(chan struct{}), roster: roster, changed: make(chan struct{})}
	go v.run(watching)
	return v, nil
}

// Close ends the watch. The roster stays as it was last heard of.
func (v *RosterView) Close() {
	v.stop()
	<-v.done
}

// Roster is the roster, which is not to be changed, and a channel that closes
// when there is another.
func (v *RosterView) Roster() (roster *callrankv1.Roster, changed <-chan struct{}) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.roster, v.changed
}

// run reads the roster whenever the broker tells of a change, and now and then
// in any case: a watch may be lost without a word.
func (v *RosterView) run(ctx context.Context) {
	defer close(v.done)
	ticker := time.NewTicker(rosterLook)
	defer ticker.Stop()
	told, unwatch := v.watch(ctx)
	defer func() { unwatch() }()
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-told:
			if !open {
				told = nil
			}
		case <-ticker.C:
			if told == nil {
				unwatch()
				told, unwatch = v.watch(ctx)
			}
		}
		roster, err := v.broker.Roster(ctx)
		if err != nil {
			v.broker.log.Debug("the roster of generations could not be read", zap.Error(err))
			continue
		}
		v.set(roster)
	}
}

// watch returns a channel that is told of changes; nil where none can be had
// now.
func (v *RosterView) watch(ctx context.Context) (told <-chan jetstream.KeyValueEntry, unwatch func()) {
	nothing := func() {}
	bucket, err := v.broker.js.KeyValue(ctx, rosterBucket)
	if err != nil {
		return nil, nothing
	}
	watcher, err := bucket.Watch(ctx, rosterKey, jetstream.UpdatesOnly())
	if err != nil {
		return nil, nothing
	}
	return watcher.Updates(), func() { _ = watcher.Stop() }
}

func (v *RosterView) set(roster *callrankv1.Roster) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if proto.Equal(v.roster, roster) {
		return
	}
	v.roster = roster
	close(v.changed)
	v.changed = make(chan struct{})
}
