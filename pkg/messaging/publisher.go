package messaging

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// ErrClosed is the error of publishing or subscribing on what is closed.
var ErrClosed = errors.New("closed")

// Publisher is a Watermill publisher over JetStream. A topic is a subject, and
// a message's UUID is the id by which the broker drops copies.
type Publisher struct {
	broker *Broker

	mu      sync.RWMutex
	closed  bool
	pending sync.WaitGroup
}

// NewPublisher returns a publisher on a broker. Closing it leaves the broker
// open.
func NewPublisher(broker *Broker) *Publisher {
	return &Publisher{broker: broker}
}

// Publish publishes messages to a subject and returns when the broker has
// stored all of them, or with the first error. The contexts of the messages
// bound the wait.
func (p *Publisher) Publish(topic string, messages ...*message.Message) error {
	if !p.enter() {
		return fmt.Errorf("publish to %s: %w", topic, ErrClosed)
	}
	defer p.pending.Done()
	futures := make([]jetstream.PubAckFuture, 0, len(messages))
	for _, m := range messages {
		future, err := p.broker.publishAsync(natsMessage(topic, m))
		if err != nil {
			return fmt.Errorf("publish to %s: %w", topic, err)
		}
		futures = append(futures, future)
	}
	for i, future := range futures {
		if _, err := wait(messages[i].Context(), future); err != nil {
			return fmt.Errorf("publish to %s: %w", topic, err)
		}
	}
	return nil
}

// Close waits for what is being published and refuses what comes after.
func (p *Publisher) Close() error {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.pending.Wait()
	return nil
}

// enter registers a publish that is about to begin, unless it is too late.
func (p *Publisher) enter() bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.closed {
		return false
	}
	p.pending.Add(1)
	return true
}

// publish publishes one message and waits until the broker has stored it.
func (b *Broker) publish(ctx context.Context, m *nats.Msg, options ...jetstream.PublishOpt) (*jetstream.PubAck, error) {
	future, err := b.publishAsync(m, options...)
	if err != nil {
		return nil, err
	}
	return wait(ctx, future)
}

func (b *Broker) publishAsync(m *nats.Msg, options ...jetstream.PublishOpt) (jetstream.PubAckFuture, error) {
	if size, limit := int64(m.Size()), b.nc.MaxPayload(); size > limit {
		return nil, Permanent(fmt.Errorf("the event has %d bytes and this NATS takes %d: raise its max_payload", size, limit))
	}
	return b.js.PublishMsgAsync(m, append(options, jetstream.WithStallWait(publishStall))...)
}

// wait waits for the broker's word on one published event. Every future has
// to be asked: the library tells of a refused event nowhere else.
func wait(ctx context.Context, future jetstream.PubAckFuture) (*jetstream.PubAck, error) {
	select {
	case ack := <-future.Ok():
		return ack, nil
	case err := <-future.Err():
		return nil, err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
