package messaging

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"
)

const (
	// defaultLanes is how many events a worker has in hand at once.
	defaultLanes = 16
	// defaultAckWait is how long the broker waits for word of an event before
	// it gives it to another worker.
	defaultAckWait = 10 * time.Second
	// defaultMaxPending bounds what all workers of a stage have in hand together.
	defaultMaxPending = 2048
	// defaultDrain is how long a worker that stops waits for its handlers.
	defaultDrain = 20 * time.Second
	// fetchWait is how long a fetch waits for events. A fetch is never cut
	// short: the broker would count what it still sent as delivered, and only
	// come back to it after AckWait. So it is also what a stop may take.
	fetchWait = time.Second
)

// SubscriberConfig is how a subscriber works.
type SubscriberConfig struct {
	// Durable names the consumer: subscribers of one name share the events of
	// a topic, and a restarted one goes on where it was.
	Durable string
	// Also are more subjects of the same stream, which are read with a topic.
	Also []string
	// From and Since are where a new consumer begins: with the first event at a
	// place of the stream, or stored at a time; with the first there is unless
	// one is set.
	From  uint64
	Since time.Time
	// Lanes is how many events are in hand at once; 16 unless set.
	Lanes int
	// AckWait is how long the broker waits for word of an event; 10 s unless
	// set. Work may take longer: the broker is told that it goes on.
	AckWait time.Duration
	// Drain is how long closing waits for events in hand; 20 s unless set.
	Drain time.Duration
	// Backoff is how long an event that was refused waits; Backoff unless set.
	Backoff func(deliveries uint64) time.Duration
	// MaxPending bounds what all workers of the consumer have in hand together,
	// events that were put off among it; 2048 unless set.
	MaxPending int
}

func (c *SubscriberConfig) setDefaults() {
	if c.Lanes == 0 {
		c.Lanes = defaultLanes
	}
	if c.AckWait == 0 {
		c.AckWait = defaultAckWait
	}
	if c.Drain == 0 {
		c.Drain = defaultDrain
	}
	if c.Backoff == nil {
		c.Backoff = Backoff
	}
	if c.MaxPending == 0 {
		c.MaxPending = defaultMaxPending
	}
}

// Subscriber is a Watermill subscriber over JetStream. A topic is a subject,
// possibly with wildcards, of an existing stream.
//
// It fetches rather than consumes: in half of some saturated runs the
// library's Consume stalled for up to 30 s, and its Fetch in none.
type Subscriber struct {
	broker *Broker
	config SubscriberConfig
	log    *zap.Logger

	mu            sync.Mutex
	closed        bool
	subscriptions map[*subscription]struct{}
}

// NewSubscriber returns a subscriber on a broker. Closing it leaves the broker
// open.
func NewSubscriber(broker *Broker, config SubscriberConfig, log *zap.Logger) (*Subscriber, error) {
	if config.Durable == "" {
		return nil, errors.New("subscriber: a durable consumer wants a name")
	}
	config.setDefaults()
	return &Subscriber{broker: broker, config: config, log: log, subscriptions: map[*subscription]struct{}{}}, nil
}

// Subscribe returns the events of a topic. Each has to be acked or nacked; at
// most Lanes are in hand at once. The channel closes when the context ends,
// which also ends the contexts of events in hand, or when the subscriber is
// closed, which gives them time.
func (s *Subscriber) Subscribe(ctx context.Context, topic string) (<-chan *message.Message, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, fmt.Errorf("subscribe to %s: %w", topic, ErrClosed)
	}
	consumer, err := s.consumer(ctx, topic)
	if err != nil {
		return nil, fmt.Errorf("subscribe to %s: %w", topic, err)
	}
	sub := newSubscription(ctx, s, topic)
	s.subscriptions[sub] = struct{}{}
	go func() {
		sub.run(consumer)
		s.mu.Lock()
		delete(s.subscriptions, sub)
		s.mu.Unlock()
	}()
	return sub.out, nil
}

// consumer creates the durable consumer of a topic, or brings it up to date.
func (s *Subscriber) consumer(ctx context.Context, topic string) (jetstream.Consumer, error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	stream, err := s.broker.js.StreamNameBySubject(ctx, topic)
	if err != nil {
		return nil, fmt.Errorf("find the stream: %w", err)
	}
	config := jetstream.ConsumerConfig{
		Durable:       s.config.Durable,
		DeliverPolicy: jetstream.DeliverAllPolicy,
		AckPolicy:     jetstream.AckExplicitPolicy,
		AckWait:       s.config.AckWait,
		// Deliveries are counted by the worker. Were the broker to stop at a
		// number, a worker killed during the last one would lose the event.
		MaxDeliver:    -1,
		MaxAckPending: s.config.MaxPending,
	}
	if len(s.config.Also) == 0 {
		config.FilterSubject = topic
	} else {
		config.FilterSubjects = append([]string{topic}, s.config.Also...)
	}
	switch {
	case s.config.From > 1:
		config.DeliverPolicy, config.OptStartSeq = jetstream.DeliverByStartSequencePolicy, s.config.From
	case !s.config.Since.IsZero():
		config.DeliverPolicy, config.OptStartTime = jetstream.DeliverByStartTimePolicy, &s.config.Since
	}
	consumer, err := s.broker.js.CreateOrUpdateConsumer(ctx, stream, config)
	if err != nil {
		return nil, fmt.Errorf("create consumer %s on %s: %w", s.config.Durable, stream, err)
	}
	return consumer, nil
}

// Close stops fetching, waits for the events in hand, and closes the channels.
func (s *Subscriber) Close() error {
	s.mu.Lock()
	s.closed = true
	open := make([]*subscription, 0, len(s.subscriptions))
	for sub := range s.subscriptions {
		open = append(open, sub)
	}
	s.mu.Unlock()
	for _, sub := range open {
		sub.stop()
	}
	for _, sub := range open {
		<-sub.done
	}
	return nil
}
