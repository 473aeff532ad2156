package messaging

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Pulse is how the workers that share a durable consumer are doing.
type Pulse struct {
	// Waiting events were given to no worker yet; InHand are with workers, and
	// of these Retried were given more than once.
	Waiting         uint64
	InHand, Retried int
	// Settled counts what was given to workers and is done with. An event that
	// was given twice counts twice.
	Settled uint64
	// Worked is when an event was last acknowledged; zero before the first.
	Worked time.Time
	// Oldest is when the oldest event that is not done with was stored; zero
	// where there is none.
	Oldest time.Time
}

// Pulse tells how a durable consumer of some subjects, all of one stream, is
// doing. Where nobody made it yet it returns ErrNoConsumer.
func (b *Broker) Pulse(ctx context.Context, subjects []string, durable string) (Pulse, error) {
	name, err := b.streamOf(ctx, subjects[0])
	if err != nil {
		return Pulse{}, err
	}
	consumer, err := b.js.Consumer(ctx, name, durable)
	if err != nil {
		return Pulse{}, fmt.Errorf("ask about consumer %s: %w", durable, err)
	}
	info := consumer.CachedInfo()
	p := Pulse{
		Waiting: info.NumPending, InHand: info.NumAckPending, Retried: info.NumRedelivered,
		Settled: info.Delivered.Consumer - min(info.Delivered.Consumer, uint64(max(info.NumAckPending, 0))),
	}
	if last := info.AckFloor.Last; last != nil {
		p.Worked = *last
	}
	if p.Waiting == 0 && p.InHand == 0 {
		return p, nil
	}
	p.Oldest, err = b.oldest(ctx, name, subjects, info.AckFloor.Stream+1)
	return p, err
}

// oldest is when the first event of some subjects at or after a place was
// stored.
func (b *Broker) oldest(ctx context.Context, name string, subjects []string, from uint64) (time.Time, error) {
	stream, err := b.stream(ctx, name)
	if err != nil {
		return time.Time{}, err
	}
	var first time.Time
	for _, subject := range subjects {
		raw, err := stream.GetMsg(ctx, from, jetstream.WithGetMsgSubject(subject))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			continue
		}
		if err != nil {
			return time.Time{}, fmt.Errorf("look for the oldest event of %s: %w", subject, err)
		}
		if first.IsZero() || raw.Time.Before(first) {
			first = raw.Time
		}
	}
	return first, nil
}

// Stored is what a stream holds.
type Stored struct {
	Stream, Description string
	Messages, Bytes     uint64
	// Last is when something was stored last; zero where nothing was.
	Last time.Time
}

// Holds tells what each stream holds, in the order in which calls flow.
func (b *Broker) Holds(ctx context.Context) ([]Stored, error) {
	streams := Streams(b.config.Replicas)
	all := make([]Stored, 0, len(streams))
	for _, config := range streams {
		stream, err := b.stream(ctx, config.Name)
		if err != nil {
			return nil, err
		}
		info, err := stream.Info(ctx)
		if err != nil {
			return nil, fmt.Errorf("ask about stream %s: %w", config.Name, err)
		}
		one := Stored{Stream: config.Name, Description: config.Description, Messages: info.State.Msgs, Bytes: info.State.Bytes}
		if info.State.LastSeq > 0 {
			one.Last = info.State.LastTime
		}
		all = append(all, one)
	}
	return all, nil
}
