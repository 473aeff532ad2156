package messaging

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/proto"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

const (
	// readBatch is how many messages are read at once.
	readBatch = 256
	// readWait bounds the wait for a batch of messages that are there.
	readWait = 5 * time.Second
)

// readOptions narrow down what of a stream is read.
type readOptions struct {
	// subject is a filter; all subjects without one.
	subject string
	// subjects are several of them.
	subjects []string
	// from is the first sequence.
	from uint64
	// since is the first moment of storing, unless from says where to begin.
	since time.Time
	// lastPerSubject reads only the last message of each subject.
	lastPerSubject bool
	// headersOnly leaves the payloads out.
	headersOnly bool
}

func (o *readOptions) consumer() jetstream.ConsumerConfig {
	config := jetstream.ConsumerConfig{
		AckPolicy:         jetstream.AckNonePolicy,
		DeliverPolicy:     jetstream.DeliverAllPolicy,
		HeadersOnly:       o.headersOnly,
		MemoryStorage:     true,
		Replicas:          1,
		InactiveThreshold: time.Minute,
	}
	if o.subject != "" {
		config.FilterSubject = o.subject
	}
	if len(o.subjects) > 0 {
		config.FilterSubjects = o.subjects
	}
	switch {
	case o.lastPerSubject:
		config.DeliverPolicy = jetstream.DeliverLastPerSubjectPolicy
		if config.FilterSubject == "" {
			config.FilterSubject = ">"
		}
	case o.from > 0:
		config.DeliverPolicy = jetstream.DeliverByStartSequencePolicy
		config.OptStartSeq = o.from
	case !o.since.IsZero():
		config.DeliverPolicy = jetstream.DeliverByStartTimePolicy
		config.OptStartTime = &o.since
	}
	return config
}

// read calls visit for what a stream holds now, oldest first, and returns when
// it is through.
func (b *Broker) read(ctx context.Context, stream string, options readOptions, visit func(jetstream.Msg) error) error {
	consumer, err := b.js.CreateConsumer(ctx, stream, options.consumer())
	if err != nil {
		return fmt.Errorf("read stream %s: %w", stream, err)
	}
	defer func() {
		// Unused, it would go by itself after a minute.
		_ = b.js.DeleteConsumer(context.WithoutCancel(ctx), stream, consumer.CachedInfo().Name)
	}()
	for left := consumer.CachedInfo().NumPending; left > 0; {
		batch, err := consumer.Fetch(int(min(left, readBatch)), jetstream.FetchMaxWait(readWait))
		if err != nil {
			return fmt.Errorf("read stream %s: %w", stream, err)
		}
		got := uint64(0)
		for msg := range batch.Messages() {
			got++
			if err := visit(msg); err != nil {
				return err
			}
			about, err := msg.Metadata()
			if err != nil {
				return fmt.Errorf("read stream %s: %w", stream, err)
			}
			// Messages may have come or gone since it was counted.
			left = min(left-1, about.NumPending)
		}
		if err := batch.Error(); err != nil && !errors.Is(err, nats.ErrTimeout) {
			return fmt.Errorf("read stream %s: %w", stream, err)
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("read stream %s: %w", stream, err)
		}
		if got == 0 {
			return fmt.Errorf("read stream %s: %d messages did not come within %s", stream, left, readWait)
		}
	}
	return nil
}

// stream opens a stream for reading single messages. The handle is kept: one
// asked for anew costs a request each time.
func (b *Broker) stream(ctx context.Context, name string) (jetstream.Stream, error) {
	if handle, ok := b.handles.Load(name); ok {
		if stream, ok := handle.(jetstream.Stream); ok {
			return stream, nil
		}
	}
	stream, err := b.js.Stream(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("open stream %s: %w", name, err)
	}
	b.handles.Store(name, stream)
	return stream, nil
}

// Grounded reads the full analysis of a call by its place in the GROUNDED
// stream.
func (b *Broker) Grounded(ctx context.Context, sequence uint64) (*callrankv1.CallGrounded, error) {
	stream, err := b.stream(ctx, StreamGrounded)
	if err != nil {
		return nil, err
	}
	raw, err := stream.GetMsg(ctx, sequence)
	if err != nil {
		return nil, fmt.Errorf("read grounded call %d: %w", sequence, err)
	}
	call := &callrankv1.CallGrounded{}
	if err := proto.Unmarshal(raw.Data, call); err != nil {
		return nil, fmt.Errorf("decode grounded call %d: %w", sequence, err)
	}
	return call, nil
}

// GroundedCalls calls visit for every grounded call of some generations, oldest
// first, with its place in the stream. What cannot be decoded is left out and
// counted.
func (b *Broker) GroundedCalls(ctx context.Context, generations []string, visit func(sequence uint64, call *callrankv1.CallGrounded) error) (undecodable int, err error) {
	return b.GroundedUntil(ctx, generations, time.Time{}, func(sequence uint64, _ time.Time, call *callrankv1.CallGrounded) error {
		return visit(sequence, call)
	})
}

// GroundedUntil is GroundedCalls for the calls that had been grounded by a time,
// with when each was. A zero time is no bound.
func (b *Broker) GroundedUntil(ctx context.Context, generations []string, until time.Time, visit func(sequence uint64, at time.Time, call *callrankv1.CallGrounded) error) (undecodable int, err error) {
	options := readOptions{}
	for _, generation := range generations {
		options.subjects = append(options.subjects, AllOf(ResultGrounded, generation))
	}
	err = b.read(ctx, StreamGrounded, options, func(msg jetstream.Msg) error {
		about, err := msg.Metadata()
		if err != nil {
			return err
		}
		if !until.IsZero() && about.Timestamp.After(until) {
			return errThrough
		}
		call := &callrankv1.CallGrounded{}
		if err := proto.Unmarshal(msg.Data(), call); err != nil {
			undecodable++
			return nil //nolint:nilerr // Counted; one bad message must not keep the others from being read.
		}
		return visit(about.Sequence.Stream, about.Timestamp, call)
	})
	if errors.Is(err, errThrough) {
		err = nil
	}
	return undecodable, err
}

// Lag tells how far a durable consumer is behind: events that were not
// delivered yet, and events delivered but not acknowledged.
func (b *Broker) Lag(ctx context.Context, subject, durable string) (waiting uint64, inHand int, err error) {
	stream, err := b.streamOf(ctx, subject)
	if err != nil {
		return 0, 0, err
	}
	consumer, err := b.js.Consumer(ctx, stream, durable)
	if err != nil {
		return 0, 0, fmt.Errorf("ask about consumer %s: %w", durable, err)
	}
	info := consumer.CachedInfo()
	return info.NumPending, info.NumAckPending, nil
}

// ErrNoConsumer is the error of asking about a consumer that nobody made.
var ErrNoConsumer = jetstream.ErrConsumerNotFound

func (b *Broker) streamOf(ctx context.Context, subject string) (string, error) {
	stream, err := b.js.StreamNameBySubject(ctx, subject)
	if err != nil {
		return "", fmt.Errorf("find the stream of %s: %w", subject, err)
	}
	return stream, nil
}

// Span narrows down what of some subjects of one stream is meant.
type Span struct {
	Subjects []string
	// From and Since are the first place and the first time; the beginning
	// unless one is set.
	From  uint64
	Since time.Time
}

// Count counts the events that a stream holds of a span.
func (b *Broker) Count(ctx context.Context, span Span) (uint64, error) {
	stream, err := b.streamOf(ctx, span.Subjects[0])
	if err != nil {
		return 0, err
	}
	options := readOptions{subjects: span.Subjects, from: span.From, since: span.Since, headersOnly: true}
	consumer, err := b.js.CreateConsumer(ctx, stream, options.consumer())
	if err != nil {
		return 0, fmt.Errorf("count events of %s: %w", stream, err)
	}
	defer func() { _ = b.js.DeleteConsumer(context.WithoutCancel(ctx), stream, consumer.CachedInfo().Name) }()
	return consumer.CachedInfo().NumPending, nil
}

// Place is a place in a stream and when the event there was stored.
type Place struct {
	Sequence uint64
	Stored   time.Time
}

// FirstCall is the first published transcript at or after a place and a time,
// of which one may be left out. Where there is none it is the place that the
// next one will have.
func (b *Broker) FirstCall(ctx context.Context, from uint64, since time.Time) (Place, error) {
	handle, err := b.stream(ctx, StreamCalls)
	if err != nil {
		return Place{}, err
	}
	info, err := handle.Info(ctx)
	if err != nil {
		return Place{}, fmt.Errorf("ask about stream %s: %w", StreamCalls, err)
	}
	found := Place{Sequence: info.State.LastSeq + 1, Stored: time.Now()}
	options := readOptions{from: from, since: since, headersOnly: true}
	err = b.read(ctx, StreamCalls, options, func(msg jetstream.Msg) error {
		about, err := msg.Metadata()
		if err != nil {
			return err
		}
		found = Place{Sequence: about.Sequence.Stream, Stored: about.Timestamp}
		return errThrough
	})
	if err != nil && !errors.Is(err, errThrough) {
		return Place{}, err
	}
	return found, nil
}

// Retention is how long the stream of a subject keeps events; 0 for good.
func (b *Broker) Retention(ctx context.Context, subject string) (time.Duration, error) {
	name, err := b.streamOf(ctx, subject)
	if err != nil {
		return 0, err
	}
	handle, err := b.stream(ctx, name)
	if err != nil {
		return 0, err
	}
	return handle.CachedInfo().Config.MaxAge, nil
}

// Forget removes a durable consumer, if there is one, of the stream of a
// subject.
func (b *Broker) Forget(ctx context.Context, subject, durable string) error {
	stream, err := b.streamOf(ctx, subject)
	if err != nil {
		return err
	}
	err = b.js.DeleteConsumer(ctx, stream, durable)
	if err != nil && !errors.Is(err, jetstream.ErrConsumerNotFound) {
		return fmt.Errorf("remove consumer %s: %w", durable, err)
	}
	return nil
}

// Purge removes the events of a subject from its stream.
func (b *Broker) Purge(ctx context.Context, subject string) error {
	name, err := b.streamOf(ctx, subject)
	if err != nil {
		return err
	}
	stream, err := b.stream(ctx, name)
	if err != nil {
		return err
	}
	if err := stream.Purge(ctx, jetstream.WithPurgeSubject(subject)); err != nil {
		return fmt.Errorf("purge %s: %w", subject, err)
	}
	return nil
}
