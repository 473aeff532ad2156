package messaging

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"
)

// subscription is one topic being read: a loop that fetches, lanes that hand
// out one event each, and a heartbeat that tells the broker what is in hand.
type subscription struct {
	subscriber *Subscriber
	topic      string
	log        *zap.Logger

	// ctx bounds the events in hand; its end is the hard stop.
	ctx    context.Context //nolint:containedctx // It belongs to the subscription, as Watermill's contract says.
	cancel context.CancelFunc
	// stopping closes on the soft stop: nothing more is fetched.
	stopping chan struct{}
	stopOnce sync.Once
	done     chan struct{}

	queue chan jetstream.Msg
	out   chan *message.Message

	mu     sync.Mutex
	inHand map[jetstream.Msg]struct{}
}

func newSubscription(ctx context.Context, s *Subscriber, topic string) *subscription {
	ctx, cancel := context.WithCancel(ctx)
	return &subscription{
		subscriber: s,
		topic:      topic,
		log:        s.log.With(zap.String("consumer", s.config.Durable)),
		ctx:        ctx,
		cancel:     cancel,
		stopping:   make(chan struct{}),
		done:       make(chan struct{}),
		queue:      make(chan jetstream.Msg, s.config.Lanes),
		out:        make(chan *message.Message),
		inHand:     map[jetstream.Msg]struct{}{},
	}
}

// run reads the topic until it is stopped, and returns when nothing of it is
// in hand any more.
func (s *subscription) run(consumer jetstream.Consumer) {
	defer close(s.done)
	defer s.cancel()
	// The end of the context stops it too; a stop gives the events in hand
	// their time and then ends their contexts.
	unhook := context.AfterFunc(s.ctx, s.stop)
	defer unhook()

	var lanes sync.WaitGroup
	for range s.subscriber.config.Lanes {
		lanes.Go(func() {
			for msg := range s.queue {
				s.handle(msg)
			}
		})
	}
	quiet := make(chan struct{})
	var heart sync.WaitGroup
	heart.Go(func() { s.heartbeat(quiet) })
	heart.Go(func() { s.deadline(quiet) })

	s.fetch(consumer)
	close(s.queue)
	lanes.Wait()
	close(quiet)
	heart.Wait()
	close(s.out)
}

// stop begins the soft stop.
func (s *subscription) stop() {
	s.stopOnce.Do(func() { close(s.stopping) })
}

func (s *subscription) stopped() bool {
	select {
	case <-s.stopping:
		return true
	default:
		return false
	}
}

// deadline ends the contexts of events in hand when a stop has given them
// their time.
func (s *subscription) deadline(quiet <-chan struct{}) {
	select {
	case <-s.stopping:
	case <-quiet:
		return
	}
	timer := time.NewTimer(s.subscriber.config.Drain)
	defer timer.Stop()
	select {
	case <-timer.C:
		s.log.Warn("handlers did not finish in time, stopping them", zap.Duration("waited", s.subscriber.config.Drain))
		s.cancel()
	case <-quiet:
	}
}

// fetch brings events into the queue until it is stopped, through whatever
// befalls the broker.
func (s *subscription) fetch(consumer jetstream.Consumer) {
	troubles := uint64(0)
	for !s.stopped() {
		err := s.fetchOnce(consumer)
		if err == nil {
			troubles = 0
			continue
		}
		troubles++
		s.log.Warn("could not fetch events, trying again", zap.String("topic", s.topic), zap.Error(err))
		if !s.pause(Backoff(troubles)) {
			return
		}
		if again, err := s.subscriber.consumer(s.ctx, s.topic); err == nil {
			consumer = again
		}
	}
}

// fetchOnce asks for as many events as there are lanes and queues what comes.
// Another fetch is not begun before the queue has taken all.
func (s *subscription) fetchOnce(consumer jetstream.Consumer) error {
	batch, err := consumer.Fetch(s.subscriber.config.Lanes, jetstream.FetchMaxWait(fetchWait))
	if err != nil {
		return fmt.Errorf("fetch: %w", err)
	}
	for msg := range batch.Messages() {
		s.mu.Lock()
		s.inHand[msg] = struct{}{}
		s.mu.Unlock()
		s.queue <- msg
	}
	// No events within the wait is no trouble.
	if err := batch.Error(); err != nil && !errors.Is(err, nats.ErrTimeout) && !errors.Is(err, jetstream.ErrNoMessages) {
		return fmt.Errorf("fetch: %w", err)
	}
	return nil
}

// pause waits, and tells whether it was not stopped meanwhile.
func (s *subscription) pause(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-s.stopping:
		return false
	}
}

// handle sees one event through: out to the handler, and its word back to the
// broker.
func (s *subscription) handle(msg jetstream.Msg) {
	defer func() {
		s.mu.Lock()
		delete(s.inHand, msg)
		s.mu.Unlock()
	}()
	if s.ctx.Err() != nil {
		s.giveBack(msg)
		return
	}
	delivery, err := newDelivery(msg)
	if err != nil {
		// Only a message that is none of JetStream's has no metadata.
		s.log.Error("an event came without its metadata", zap.String("subject", msg.Subject()), zap.Error(err))
		return
	}
	id := fmt.Sprintf("%s:%d", delivery.Stream, delivery.Sequence)
	m := watermillMessage(s.ctx, id, delivery.Headers, msg.Data())
	ctx, cancel := context.WithCancel(traced(context.WithValue(s.ctx, deliveryKey{}, delivery), m.Metadata))
	defer cancel()
	m.SetContext(ctx)

	// Also what was fetched before a stop is worked on, as far as there is time:
	// an event given back costs another worker's time, and after a restart of
	// the broker it is not given to anyone before AckWait is over.
	select {
	case s.out <- m:
	case <-s.ctx.Done():
		s.giveBack(msg)
		return
	}
	select {
	case <-m.Acked():
		err = delivery.settle()
	case <-m.Nacked():
		err = msg.NakWithDelay(s.subscriber.config.Backoff(delivery.Number))
	case <-s.ctx.Done():
		s.giveBack(msg)
		return
	}
	if !settled(err) {
		// The broker delivers it again, which does no harm.
		s.log.Warn("could not tell the broker what became of an event", zap.String("subject", msg.Subject()), zap.Error(err))
	}
}

// giveBack has an event that was not begun, or not finished, delivered to
// another worker at once.
func (s *subscription) giveBack(msg jetstream.Msg) {
	if err := msg.Nak(); !settled(err) {
		s.log.Warn("could not give an event back", zap.String("subject", msg.Subject()), zap.Error(err))
	}
}

// heartbeat tells the broker, three times in each AckWait, which events are
// still being worked on, those that wait for a lane among them.
func (s *subscription) heartbeat(quiet <-chan struct{}) {
	ticker := time.NewTicker(s.subscriber.config.AckWait / 3)
	defer ticker.Stop()
	for {
		select {
		case <-quiet:
			return
		case <-ticker.C:
		}
		s.mu.Lock()
		working := make([]jetstream.Msg, 0, len(s.inHand))
		for msg := range s.inHand {
			working = append(working, msg)
		}
		s.mu.Unlock()
		for _, msg := range working {
			// What was settled since says so, and a lost connection is met
			// where it matters.
			_ = msg.InProgress()
		}
	}
}
