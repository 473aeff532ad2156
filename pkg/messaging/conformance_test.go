package messaging_test

import (
	"context"
	"testing"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/pubsub/tests"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/messaging"
)

// TestConformance runs Watermill's own Pub/Sub suite on our publisher and
// subscriber: once as workers use them, many events in hand at once, and once
// with a single lane, where order is kept too.
func TestConformance(t *testing.T) {
	t.Parallel()
	suite := map[string]struct {
		lanes    int
		features tests.Features
	}{
		"many lanes": {lanes: 16, features: tests.Features{
			ConsumerGroups: true,
			Persistent:     true,
		}},
		"one lane": {lanes: 1, features: tests.Features{
			ConsumerGroups:                      true,
			Persistent:                          true,
			GuaranteedOrder:                     true,
			GuaranteedOrderWithSingleSubscriber: true,
		}},
	}
	for name, tc := range suite {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := startBroker(t)
			group := func(t *testing.T, durable string) (message.Publisher, message.Subscriber) {
				broker := connect(t, url)
				sub, err := messaging.NewSubscriber(broker, messaging.SubscriberConfig{
					Durable: durable,
					Lanes:   tc.lanes,
					AckWait: 5 * time.Second,
					// The suite closes with events in hand and waits for their
					// contexts to end.
					Drain:   50 * time.Millisecond,
					Backoff: func(uint64) time.Duration { return 0 },
				}, zap.NewNop())
				require.NoError(t, err)
				// The suite leaves some subscribers open.
				t.Cleanup(func() { require.NoError(t, sub.Close()) })
				return messaging.NewPublisher(broker), provisioning{Subscriber: sub, broker: broker}
			}
			tests.TestPubSub(t, tc.features,
				func(t *testing.T) (message.Publisher, message.Subscriber) { return group(t, "conformance") },
				group)
		})
	}
}

// provisioning makes the stream of a topic that the suite comes up with; our
// own streams are there before anybody subscribes.
type provisioning struct {
	*messaging.Subscriber

	broker *messaging.Broker
}

// SubscribeInitialize makes the stream.
func (p provisioning) SubscribeInitialize(topic string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	_, err := p.broker.JetStream().CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name:     topic,
		Subjects: []string{topic},
		Storage:  jetstream.FileStorage,
	})
	return err
}
