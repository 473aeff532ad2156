package messaging_test

import (
	"context"
	"errors"
	"maps"
	"testing"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// stage subscribes to a stream as a worker does and hands each event to a
// handler, until the test ends.
func stage(t *testing.T, broker *messaging.Broker, topic string, deliveries int, handle message.HandlerFunc) <-chan messaging.Outcome {
	t.Helper()
	sub, err := messaging.NewSubscriber(broker, messaging.SubscriberConfig{Durable: "test", Lanes: 4, Drain: time.Second}, zap.NewNop())
	require.NoError(t, err)
	outcomes := make(chan messaging.Outcome, 100)
	office := &messaging.DeadLetterOffice{
		Broker:        broker,
		Stage:         messaging.StageQuantify,
		MaxDeliveries: deliveries,
		Backoff:       func(uint64) time.Duration { return time.Millisecond },
		Observe:       func(o messaging.Outcome) { outcomes <- o },
		Log:           zap.NewNop(),
	}
	events, err := sub.Subscribe(t.Context(), topic)
	require.NoError(t, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for event := range events {
			if _, err := office.Middleware(handle)(event); err != nil {
				event.Nack()
				continue
			}
			event.Ack()
		}
	}()
	t.Cleanup(func() {
		require.NoError(t, sub.Close())
		<-done
	})
	return outcomes
}

// extracted publishes an event of the extract stage.
func extracted(t *testing.T, broker *messaging.Broker, headers map[string]string) *message.Message {
	t.Helper()
	const callID = "AMZN-2025Q4"
	event := messaging.Event{
		ID:      "live/extracted/" + callID,
		Type:    callrankv1.TypeCallExtracted,
		Source:  messaging.StageExtract,
		Subject: callID,
		Time:    time.Now(),
		Payload: &callrankv1.CallExtracted{Transcript: &callrankv1.Transcript{Words: 7}},
	}
	m, err := event.Message(t.Context())
	require.NoError(t, err)
	maps.Copy(m.Metadata, headers)
	subject := messaging.SubjectStage(messaging.ResultExtracted, messaging.GenerationLive, callID)
	require.NoError(t, messaging.NewPublisher(broker).Publish(subject, m))
	return m
}

func provisioned(t *testing.T) *messaging.Broker {
	t.Helper()
	broker := connect(t, startBroker(t))
	require.NoError(t, broker.Provision(t.Context()))
	return broker
}

func next[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(20 * time.Second):
		require.FailNow(t, "nothing came")
		panic("unreachable")
	}
}

const extractedEvents = "stages.extracted.live.*"

func TestEventThatFailsForGoodGoesToTheDeadLettersAtOnce(t *testing.T) {
	t.Parallel()
	broker := provisioned(t)
	outcomes := stage(t, broker, extractedEvents, 5, func(*message.Message) ([]*message.Message, error) {
		return nil, messaging.Permanent(errors.New("no transcript:\nit is a poem"))
	})
	event := extracted(t, broker, map[string]string{"x-vendor": "calls"})
	require.Equal(t, messaging.OutcomeDead, next(t, outcomes))

	notes, err := broker.DeadLetters(t.Context())
	require.NoError(t, err)
	require.Len(t, notes, 1)
	require.Equal(t, "quantify", notes[0].Stage)
	require.Equal(t, "AMZN-2025Q4", notes[0].CallID)
	require.Equal(t, event.UUID, notes[0].Event)
	require.Equal(t, "no transcript: it is a poem", notes[0].Reason)

	letter, err := broker.DeadLetter(t.Context(), notes[0].Number)
	require.NoError(t, err)
	require.Equal(t, callrankv1.CausePermanent, letter.GetCause())
	require.EqualValues(t, event.Payload, letter.GetPayload())
	require.Equal(t, messaging.StreamExtracted, letter.GetStream())
	headers := map[string][]string{}
	for _, header := range letter.GetHeaders() {
		headers[header.GetKey()] = header.GetValues()
	}
	require.Equal(t, []string{"calls"}, headers["x-vendor"])
	require.Equal(t, []string{event.UUID}, headers["ce-id"])
}

func TestEventThatKeepsFailingGoesToTheDeadLettersAfterItsLastDelivery(t *testing.T) {
	t.Parallel()
	broker := provisioned(t)
	outcomes := stage(t, broker, extractedEvents, 3, func(*message.Message) ([]*message.Message, error) {
		return nil, errors.New("Redis is away")
	})
	extracted(t, broker, nil)
	require.Equal(t, messaging.OutcomeRetried, next(t, outcomes))
	require.Equal(t, messaging.OutcomeRetried, next(t, outcomes))
	require.Equal(t, messaging.OutcomeDead, next(t, outcomes))

	notes, err := broker.DeadLetters(t.Context())
	require.NoError(t, err)
	require.Len(t, notes, 1)
	letter, err := broker.DeadLetter(t.Context(), notes[0].Number)
	require.NoError(t, err)
	require.Equal(t, callrankv1.CauseExhausted, letter.GetCause())
	require.EqualValues(t, 3, letter.GetDeliveries())
}

func TestEventThatFailsOnceIsDoneTheSecondTime(t *testing.T) {
	t.Parallel()
	broker := provisioned(t)
	outcomes := stage(t, broker, extractedEvents, 3, func(m *message.Message) ([]*message.Message, error) {
		delivery, ok := messaging.DeliveryOf(m.Context())
		if ok && delivery.Number == 1 {
			return nil, errors.New("a passing fault")
		}
		return nil, nil
	})
	extracted(t, broker, nil)
	require.Equal(t, messaging.OutcomeRetried, next(t, outcomes))
	require.Equal(t, messaging.OutcomeDone, next(t, outcomes))
	notes, err := broker.DeadLetters(t.Context())
	require.NoError(t, err)
	require.Empty(t, notes)
}

func TestDeadLetterIsRetriedOnceItsCauseIsMended(t *testing.T) {
	t.Parallel()
	broker := provisioned(t)
	mended := make(chan struct{})
	seen := make(chan *message.Message, 10)
	outcomes := stage(t, broker, extractedEvents, 3, func(m *message.Message) ([]*message.Message, error) {
		select {
		case <-mended:
			seen <- m
			return nil, nil
		default:
			return nil, messaging.Permanent(errors.New("broken"))
		}
	})
	event := extracted(t, broker, map[string]string{"x-vendor": "calls"})
	require.Equal(t, messaging.OutcomeDead, next(t, outcomes))
	close(mended)
	notes, err := broker.DeadLetters(t.Context())
	require.NoError(t, err)
	require.NoError(t, broker.RetryDead(t.Context(), notes[0].Number, map[string]string{"callrank-ticker": "AMZN"}))

	require.Equal(t, messaging.OutcomeDone, next(t, outcomes))
	again := next(t, seen)
	require.EqualValues(t, event.Payload, again.Payload)
	require.Equal(t, "calls", again.Metadata["x-vendor"])
	require.Equal(t, "AMZN", again.Metadata["callrank-ticker"])
	require.Equal(t, "EXTRACTED:1", again.Metadata[messaging.HeaderRetryOf])
	require.NotEqual(t, event.UUID, again.UUID)

	notes, err = broker.DeadLetters(t.Context())
	require.NoError(t, err)
	require.Empty(t, notes, "a retried letter is gone")
}

func TestDeadLetterIsDropped(t *testing.T) {
	t.Parallel()
	broker := provisioned(t)
	outcomes := stage(t, broker, extractedEvents, 1, func(*message.Message) ([]*message.Message, error) {
		return nil, errors.New("broken")
	})
	extracted(t, broker, nil)
	require.Equal(t, messaging.OutcomeDead, next(t, outcomes))
	notes, err := broker.DeadLetters(t.Context())
	require.NoError(t, err)
	require.NoError(t, broker.DropDead(t.Context(), notes[0].Number))
	_, err = broker.DeadLetter(t.Context(), notes[0].Number)
	require.ErrorIs(t, err, messaging.ErrNoDeadLetter)
	require.ErrorIs(t, broker.DropDead(t.Context(), notes[0].Number), messaging.ErrNoDeadLetter)
	require.ErrorIs(t, broker.RetryDead(t.Context(), 99, nil), messaging.ErrNoDeadLetter)
}

func TestStoppingIsNoFailure(t *testing.T) {
	t.Parallel()
	broker := provisioned(t)
	sub, err := messaging.NewSubscriber(broker, messaging.SubscriberConfig{Durable: "test", Drain: 10 * time.Millisecond}, zap.NewNop())
	require.NoError(t, err)
	events, err := sub.Subscribe(t.Context(), extractedEvents)
	require.NoError(t, err)
	extracted(t, broker, nil)
	event := next(t, events)

	outcomes := make(chan messaging.Outcome, 1)
	office := &messaging.DeadLetterOffice{
		Broker: broker, Stage: messaging.StageQuantify, MaxDeliveries: 1, Log: zap.NewNop(),
		Observe: func(o messaging.Outcome) { outcomes <- o },
	}
	handled := make(chan struct{})
	go func() {
		defer close(handled)
		_, err := office.Middleware(func(m *message.Message) ([]*message.Message, error) {
			<-m.Context().Done()
			return nil, m.Context().Err()
		})(event)
		if err == nil {
			event.Ack()
		}
	}()
	require.NoError(t, sub.Close())
	<-handled
	require.Equal(t, messaging.OutcomeStopped, next(t, outcomes))

	// Another worker gets it at once, and nothing has died.
	other := stage(t, broker, extractedEvents, 1, func(*message.Message) ([]*message.Message, error) { return nil, nil })
	require.Equal(t, messaging.OutcomeDone, next(t, other))
	notes, err := broker.DeadLetters(t.Context())
	require.NoError(t, err)
	require.Empty(t, notes)
}

func TestSlowWorkKeepsItsEvent(t *testing.T) {
	t.Parallel()
	broker := provisioned(t)
	sub, err := messaging.NewSubscriber(broker, messaging.SubscriberConfig{Durable: "test", AckWait: 300 * time.Millisecond}, zap.NewNop())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, sub.Close()) })
	events, err := sub.Subscribe(t.Context(), extractedEvents)
	require.NoError(t, err)
	extracted(t, broker, nil)
	event := next(t, events)

	// Several times AckWait later the broker has not given it to anyone else.
	select {
	case <-events:
		require.Fail(t, "the event was delivered again while it was being worked on")
	case <-time.After(1500 * time.Millisecond):
	}
	event.Ack()
}

func TestEventWithRepeatedHeaderIsDelivered(t *testing.T) {
	t.Parallel()
	url := startBroker(t)
	broker := connect(t, url)
	require.NoError(t, broker.Provision(t.Context()))
	seen := make(chan *message.Message, 1)
	stage(t, broker, "calls.ended.*", 1, func(m *message.Message) ([]*message.Message, error) {
		seen <- m
		return nil, nil
	})
	nc, err := nats.Connect(url)
	require.NoError(t, err)
	defer nc.Close()
	raw := nats.NewMsg("calls.ended.AMZN")
	raw.Header = nats.Header{"x-tag": {"first", "second"}}
	raw.Data = []byte("a text")
	require.NoError(t, nc.PublishMsg(raw))

	event := next(t, seen)
	require.Equal(t, "first", event.Metadata["x-tag"])
	require.Equal(t, "CALLS:1", event.UUID, "an event without an id is known by its place")
}

func TestBackoffGrowsUpToAMinute(t *testing.T) {
	t.Parallel()
	for n, most := range map[uint64]time.Duration{0: time.Second, 1: time.Second, 3: 4 * time.Second, 7: time.Minute, 1 << 40: time.Minute} {
		for range 50 {
			wait := messaging.Backoff(n)
			require.GreaterOrEqual(t, wait, most*3/4, "after %d deliveries", n)
			require.Less(t, wait, most*5/4, "after %d deliveries", n)
		}
	}
}

func TestPermanentErrorsAreToldFromPassingOnes(t *testing.T) {
	t.Parallel()
	cause := errors.New("cannot be decoded")
	require.True(t, messaging.IsPermanent(messaging.Permanent(cause)))
	require.True(t, messaging.IsPermanent(errors.Join(errors.New("ingest"), messaging.Permanent(cause))))
	require.ErrorIs(t, messaging.Permanent(cause), cause)
	require.False(t, messaging.IsPermanent(cause))
	require.False(t, messaging.IsPermanent(context.DeadlineExceeded))
	require.NoError(t, messaging.Permanent(nil))
}
