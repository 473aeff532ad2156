// Package messaging carries events between the stages over NATS JetStream:
// the streams and subjects, the CloudEvents headers, a Watermill publisher and
// subscriber over nats.go/jetstream, dead letters, and the texts that events
// refer to.
//
// # Delivery
//
// Every event is delivered at least once. A handler's outputs are persisted
// before its input is acknowledged, every event has a deterministic id under
// which the broker drops copies, and what the stages write is idempotent: so
// in effect each event works once, whatever is killed when.
//
// A handler says by the kind of its error what becomes of the event: a
// permanent one (see [Permanent]) goes to the dead letters at once, any other
// is tried again after a growing, jittered delay and goes to the dead letters
// when it has failed as often as is allowed. Shutting down is neither.
package messaging
