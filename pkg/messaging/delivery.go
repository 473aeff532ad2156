package messaging

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Delivery is one arrival of an event at a worker. A handler finds it in the
// context of the message and may say there what becomes of the event, other
// than that it is done with.
type Delivery struct {
	// Stream and Sequence are the event's place in the broker.
	Stream   string
	Sequence uint64
	// Subject is what it was published to.
	Subject string
	// Number counts the deliveries of this event, from 1.
	Number uint64
	// Stored is when the broker stored it.
	Stored time.Time
	// Headers are all its headers, repeated ones too.
	Headers nats.Header

	msg    jetstream.Msg
	settle func() error
}

type deliveryKey struct{}

// DeliveryOf returns the delivery that a context belongs to.
func DeliveryOf(ctx context.Context) (*Delivery, bool) {
	d, ok := ctx.Value(deliveryKey{}).(*Delivery)
	return d, ok
}

// newDelivery reads what the broker says of a message.
func newDelivery(msg jetstream.Msg) (*Delivery, error) {
	about, err := msg.Metadata()
	if err != nil {
		return nil, err
	}
	return &Delivery{
		Stream:   about.Stream,
		Sequence: about.Sequence.Stream,
		Subject:  msg.Subject(),
		Number:   about.NumDelivered,
		Stored:   about.Timestamp,
		Headers:  msg.Headers(),
		msg:      msg,
		settle:   msg.Ack,
	}, nil
}

// CallID is the call that the event is about, as its subject says, or "".
func (d *Delivery) CallID() string {
	if d.Stream == StreamCalls {
		return ""
	}
	return lastToken(d.Subject)
}

// Retry has the event delivered again after a while, once its handler is
// through.
func (d *Delivery) Retry(after time.Duration) {
	d.settle = func() error { return d.msg.NakWithDelay(after) }
}

// Terminate ends the deliveries of the event, once its handler is through. The
// reason is for the broker's operators.
func (d *Delivery) Terminate(reason string) {
	d.settle = func() error { return d.msg.TermWithReason(reason) }
}

// settled tells of an acknowledgement that there is nothing wrong with: the
// event was acknowledged before, so that the broker knows already.
func settled(err error) bool {
	return err == nil || errors.Is(err, jetstream.ErrMsgAlreadyAckd)
}

const (
	backoffFirst = time.Second
	backoffMost  = time.Minute
)

// Backoff is how long to wait before the next delivery of an event that failed
// for the n-th time: a second, doubled each time up to a minute, give or take
// a quarter, so that events that failed together do not come back together.
func Backoff(n uint64) time.Duration {
	wait := backoffMost
	if n < 7 {
		wait = min(backoffFirst<<(max(n, 1)-1), backoffMost)
	}
	//nolint:gosec // The jitter need not be unpredictable.
	return wait*3/4 + rand.N(wait/2)
}
