package messaging

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Begin is where a courier begins that has never run.
type Begin int

const (
	// BeginLast begins with the last state of each company.
	BeginLast Begin = iota
	// BeginNew begins with what changes next.
	BeginNew
	// BeginStart begins with the first change there ever was.
	BeginStart
)

const (
	// courierAckWait is how long the broker waits for word of a change before it
	// gives it to another courier of the same name.
	courierAckWait = 15 * time.Second
	// refusals is how often a change is tried that is refused for good: a
	// receiver may be mistaken once.
	refusals = 3
)

// Courier carries the ranking's changes out of callrank, one at a time and in
// their order: the next is not begun before one is through. Its place is kept by
// the broker, so that it goes on where it was, and of several couriers of one
// name, each elsewhere, one works and the others stand by.
type Courier struct {
	// Broker holds the changes.
	Broker *Broker
	// Name is the courier's, with which its place is kept: lower-case letters,
	// digits and hyphens.
	Name string
	// Begin is where it begins when it has never run.
	Begin Begin
	// Carry takes a change where it is to go. A permanent error is that of a
	// change that will not be taken there; any other is tried again.
	Carry func(ctx context.Context, change Announced) error
	// Patience is how long one change is tried before it goes to the dead
	// letters and the next has its turn.
	Patience time.Duration
	// Backoff is how long to wait after the n-th failure; Backoff unless set.
	Backoff func(failures uint64) time.Duration
	// Observe, if set, is told of every outcome.
	Observe func(Outcome)
	// Log is told when carrying begins to fail, and of dead letters.
	Log *zap.Logger
}

// SubjectResend is the subject by which a change that had gone to the dead
// letters is given to one courier again.
func SubjectResend(courier, ticker string) string {
	return "ranking.resend." + courier + "." + token(ticker)
}

// Run carries changes until the context ends.
func (c *Courier) Run(ctx context.Context) error {
	if c.Backoff == nil {
		c.Backoff = Backoff
	}
	consumer, err := c.consumer(ctx)
	if err != nil {
		return fmt.Errorf("courier %s: %w", c.Name, err)
	}
	troubles := uint64(0)
	for ctx.Err() == nil {
		if err = c.next(ctx, consumer); err == nil || ctx.Err() != nil {
			troubles = 0
			continue
		}
		troubles++
		c.Log.Warn("could not fetch changes, trying again", zap.String("courier", c.Name), zap.Error(err))
		pause(ctx, c.Backoff(troubles))
		if again, err := c.consumer(ctx); err == nil {
			consumer = again
		}
	}
	return nil
}

// pause waits, or for the end of the context.
func pause(ctx context.Context, wait time.Duration) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// Consumer is the name under which the broker keeps the courier's place.
func (c *Courier) Consumer() string { return c.Name + "-" + GenerationLive }

// consumer creates the courier's durable consumer, or brings it up to date. One
// that has run begins where it is, whatever Begin says by now.
func (c *Courier) consumer(ctx context.Context) (jetstream.Consumer, error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	config := jetstream.ConsumerConfig{
		Durable:        c.Consumer(),
		FilterSubjects: []string{"ranking.changed." + GenerationLive + ".*", "ranking.resend." + c.Name + ".*"},
		AckPolicy:      jetstream.AckExplicitPolicy,
		AckWait:        courierAckWait,
		MaxDeliver:     -1,
		// This is what keeps the order: nothing is given out before what was
		// given out is through, to whichever courier.
		MaxAckPending: 1,
	}
	switch existing, err := c.Broker.js.Consumer(ctx, StreamRanking, config.Durable); {
	case err == nil:
		config.DeliverPolicy = existing.CachedInfo().Config.DeliverPolicy
	case !errors.Is(err, jetstream.ErrConsumerNotFound):
		return nil, fmt.Errorf("ask about consumer %s: %w", config.Durable, err)
	case c.Begin == BeginNew:
		config.DeliverPolicy = jetstream.DeliverNewPolicy
	case c.Begin == BeginStart:
		config.DeliverPolicy = jetstream.DeliverAllPolicy
	default:
		config.DeliverPolicy = jetstream.DeliverLastPerSubjectPolicy
	}
	consumer, err := c.Broker.js.CreateOrUpdateConsumer(ctx, StreamRanking, config)
	if err != nil {
		return nil, fmt.Errorf("create consumer %s: %w", config.Durable, err)
	}
	return consumer, nil
}

// next carries the next change, if one comes within a while.
func (c *Courier) next(ctx context.Context, consumer jetstream.Consumer) error {
	batch, err := consumer.Fetch(1, jetstream.FetchMaxWait(fetchWait))
	if err != nil {
		return err
	}
	for msg := range batch.Messages() {
		c.deliver(ctx, msg)
	}
	return batch.Error()
}

// deliver carries a change until it is through, or the context ends: then it is
// given back.
func (c *Courier) deliver(ctx context.Context, msg jetstream.Msg) {
	delivery, err := newDelivery(msg)
	if err != nil {
		// It cannot be acknowledged either; it comes again.
		return
	}
	beat, quiet := context.WithCancel(ctx)
	defer quiet()
	go heartbeat(beat, msg)
	outcome := c.carry(ctx, delivery)
	quiet()
	if outcome == OutcomeStopped {
		err = msg.Nak()
	} else {
		err = msg.Ack()
	}
	if !settled(err) {
		c.Log.Warn("could not tell the broker what became of a change", zap.String("courier", c.Name), zap.Error(err))
	}
	c.observe(outcome)
}

// heartbeat tells the broker that a change is in hand.
func heartbeat(ctx context.Context, msg jetstream.Msg) {
	ticker := time.NewTicker(courierAckWait / 3)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			// A lost connection is met where it matters.
			_ = msg.InProgress()
		}
	}
}

func (c *Courier) observe(outcome Outcome) {
	if c.Observe != nil {
		c.Observe(outcome)
	}
}

// carry tries a change until it is through, and says how that ended.
func (c *Courier) carry(ctx context.Context, delivery *Delivery) Outcome {
	announced, err := decodeChange(delivery.Sequence, delivery.Stored, delivery.msg.Data())
	if err != nil {
		return c.giveUp(ctx, delivery, &callrankv1.RankingChange{}, Permanent(err))
	}
	began := time.Now()
	for failures := uint64(1); ; failures++ {
		err := c.Carry(ctx, *announced)
		switch {
		case err == nil:
			return OutcomeDone
		case ctx.Err() != nil:
			return OutcomeStopped
		case IsPermanent(err) && failures >= refusals, time.Since(began) > c.Patience:
			return c.giveUp(ctx, delivery, announced.Change, err)
		}
		if failures == 1 {
			c.Log.Warn("a change could not be carried and will be tried again",
				zap.String("courier", c.Name), zap.String("ticker", announced.Change.GetTicker()), zap.Error(err))
		}
		c.observe(OutcomeRetried)
		pause(ctx, c.Backoff(failures))
		if ctx.Err() != nil {
			return OutcomeStopped
		}
	}
}

// giveUp puts a change among the dead letters, from where it can be given to
// this courier again. It tries until that is done.
func (c *Courier) giveUp(ctx context.Context, delivery *Delivery, change *callrankv1.RankingChange, cause error) Outcome {
	office := DeadLetterOffice{Broker: c.Broker, Stage: c.Name, Log: c.Log}
	why := callrankv1.CauseExhausted
	if IsPermanent(cause) {
		why = callrankv1.CausePermanent
	}
	m := watermillMessage(ctx, "", delivery.Headers, delivery.msg.Data())
	delivery.Subject = SubjectResend(c.Name, change.GetTicker())
	// Its place among the company's changes was asserted when it was announced.
	maps.DeleteFunc(delivery.Headers, func(key string, _ []string) bool { return strings.HasPrefix(key, "Nats-Expected-") })
	for failures := uint64(1); ; failures++ {
		err := office.bury(ctx, m, delivery, why, cause)
		if err == nil {
			c.Log.Error("a change went to the dead letters", zap.String("courier", c.Name),
				zap.String("ticker", change.GetTicker()), zap.String("cause", why), zap.Error(cause))
			return OutcomeDead
		}
		c.Log.Error("a dead letter could not be stored, trying again", zap.String("courier", c.Name), zap.Error(err))
		pause(ctx, c.Backoff(failures))
		if ctx.Err() != nil {
			return OutcomeStopped
		}
	}
}

// Waiting is how many changes the courier has still to carry.
func (c *Courier) Waiting(ctx context.Context) (uint64, error) {
	consumer, err := c.Broker.js.Consumer(ctx, StreamRanking, c.Consumer())
	if err != nil {
		return 0, fmt.Errorf("ask about consumer %s: %w", c.Consumer(), err)
	}
	info := consumer.CachedInfo()
	return info.NumPending + uint64(info.NumAckPending), nil
}
