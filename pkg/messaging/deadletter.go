package messaging

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/nats-io/nats.go"
	"go.uber.org/zap"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// DefaultMaxDeliveries is how often an event is tried before it goes to the
// dead letters: some ten minutes with Backoff.
const DefaultMaxDeliveries = 15

// headerReason repeats the reason beside the payload, so that dead letters can
// be listed without reading payloads of megabytes.
const headerReason = "callrank-reason"

// headerGeneration tells for which generation the event failed.
const headerGeneration = "callrank-generation"

// maxReason bounds a reason, which may quote what a parser met.
const maxReason = 500

// Outcome is what became of an event at a stage.
type Outcome string

// The outcomes of an event.
const (
	OutcomeDone    Outcome = "done"
	OutcomeRetried Outcome = "retried"
	OutcomeDead    Outcome = "dead"
	OutcomeStopped Outcome = "stopped"
)

// DeadLetterOffice decides what becomes of events whose handler failed.
type DeadLetterOffice struct {
	// Broker takes the dead letters.
	Broker *Broker
	// Stage is where the events fail.
	Stage string
	// Generation is what they fail for.
	Generation string
	// MaxDeliveries is how often an event is tried.
	MaxDeliveries int
	// Backoff is how long a failed event waits; Backoff unless set.
	Backoff func(deliveries uint64) time.Duration
	// Observe, if set, is told of every outcome.
	Observe func(Outcome)
	// Log gets a line for each dead letter, and for the first failure of an
	// event that is tried again.
	Log *zap.Logger
}

// Middleware wraps a handler: an event that fails for good becomes a dead
// letter, one that may pass is delivered again later, and one that is cut
// short because the worker stops is given back as it is.
//
// It returns no error: by then the event's fate is with its Delivery.
func (o *DeadLetterOffice) Middleware(handle message.HandlerFunc) message.HandlerFunc {
	return func(m *message.Message) ([]*message.Message, error) {
		// What lies within replaces the message's context by narrower ones.
		ctx := m.Context()
		out, err := handle(m)
		outcome := OutcomeDone
		if err != nil {
			out = nil
			outcome, err = o.failed(ctx, m, err)
		}
		if o.Observe != nil {
			o.Observe(outcome)
		}
		return out, err
	}
}

func (o *DeadLetterOffice) failed(ctx context.Context, m *message.Message, cause error) (Outcome, error) {
	delivery, ok := DeliveryOf(ctx)
	if !ok {
		return OutcomeRetried, cause
	}
	// Only the end of the message's own context means that we are stopping; a
	// handler may also run out of the time it was given, which passes.
	if ctx.Err() != nil {
		delivery.Retry(0)
		return OutcomeStopped, nil //nolint:nilerr // The delivery knows.
	}
	log := o.Log.With(zap.String("event", m.UUID), zap.String("subject", delivery.Subject),
		zap.Uint64("deliveries", delivery.Number), zap.String("trace", TraceID(ctx)), zap.Error(cause))
	why := callrankv1.CauseExhausted
	if IsPermanent(cause) {
		why = callrankv1.CausePermanent
	} else if delivery.Number < uint64(max(o.MaxDeliveries, 1)) {
		wait := o.backoff(delivery.Number)
		delivery.Retry(wait)
		if delivery.Number == 1 {
			log.Warn("an event failed and will be tried again", zap.Duration("after", wait))
		}
		return OutcomeRetried, nil
	}
	if err := o.bury(ctx, m, delivery, why, cause); err != nil {
		// Never lost: it comes back until the dead letters take it.
		delivery.Retry(o.backoff(delivery.Number))
		log.Error("a dead letter could not be stored, the event will be tried again", zap.NamedError("storing", err))
		return OutcomeRetried, nil
	}
	delivery.Terminate("dead letter: " + why)
	log.Error("an event went to the dead letters", zap.String("cause", why))
	return OutcomeDead, nil
}

func (o *DeadLetterOffice) backoff(deliveries uint64) time.Duration {
	if o.Backoff != nil {
		return o.Backoff(deliveries)
	}
	return Backoff(deliveries)
}

// bury stores an event among the dead letters.
func (o *DeadLetterOffice) bury(ctx context.Context, m *message.Message, d *Delivery, why string, cause error) error {
	reason := cause.Error()
	if len(reason) > maxReason {
		reason = reason[:maxReason] + " ..."
	}
	now := time.Now().UTC()
	event := Event{
		// The same event dies at most once of each copy in the broker.
		ID:      "dead/" + o.stage() + "/" + d.Stream + "/" + strconv.FormatUint(d.Sequence, 10),
		Type:    callrankv1.TypeDeadLetter,
		Source:  o.Stage,
		Subject: m.UUID,
		Time:    now,
		Payload: &callrankv1.DeadLetter{
			Id:         m.UUID,
			Stage:      o.Stage,
			Reason:     reason,
			Cause:      why,
			Stream:     d.Stream,
			Sequence:   d.Sequence,
			Subject:    d.Subject,
			Deliveries: uint32(min(d.Number, 1<<31)),
			Headers:    headersOf(d.Headers),
			Payload:    m.Payload,
			DiedAt:     now.Format(time.RFC3339Nano),
		},
	}
	letter, err := event.Message(ctx)
	if err != nil {
		return err
	}
	letter.Metadata[headerReason] = headerSafe(reason)
	if o.Generation != "" {
		letter.Metadata[headerGeneration] = o.Generation
	}
	ctx, cancel := context.WithTimeout(ctx, publishTimeout)
	defer cancel()
	_, err = o.Broker.publish(ctx, natsMessage(SubjectDead(o.Stage, d.CallID()), letter))
	if err != nil {
		return fmt.Errorf("publish the dead letter: %w", err)
	}
	return nil
}

// stage names the stage in the id of a dead letter: the same event may die in
// more than one generation.
func (o *DeadLetterOffice) stage() string {
	if o.Generation == "" || o.Generation == GenerationLive {
		return o.Stage
	}
	return o.Stage + "/" + o.Generation
}

func headersOf(headers nats.Header) []*callrankv1.Header {
	out := make([]*callrankv1.Header, 0, len(headers))
	for _, key := range sortedKeys(headers) {
		out = append(out, &callrankv1.Header{Key: key, Values: headers[key]})
	}
	return out
}
