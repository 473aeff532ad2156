package messaging

import (
	"context"
	"fmt"
	"mime"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/nats-io/nats.go"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/protobuf/proto"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Headers of an event: CloudEvents 1.0 in binary mode, as its NATS binding
// names them, and the one by which JetStream drops copies.
const (
	HeaderID          = "ce-id"
	HeaderType        = "ce-type"
	HeaderSource      = "ce-source"
	HeaderTime        = "ce-time"
	HeaderSubject     = "ce-subject"
	HeaderSpecVersion = "ce-specversion"
	HeaderContentType = "content-type"
	HeaderTrace       = "traceparent"
	HeaderMsgID       = nats.MsgIdHdr
)

// Content types of a payload.
const (
	ContentProtobuf = "application/protobuf"
	ContentJSON     = "application/json"
	ContentText     = "text/plain"
)

// Event is an event to be published.
type Event struct {
	// ID is the same for the same event, however often it is published: the
	// broker drops copies by it.
	ID string
	// Type carries the version of the schema.
	Type string
	// Source is the stage or program that makes it.
	Source string
	// Subject is what it is about: a call or a company.
	Subject string
	// Time is when it came about.
	Time time.Time
	// Payload is what it says.
	Payload proto.Message
}

// Message makes an event into a message with its headers, in the trace of the
// context.
func (e *Event) Message(ctx context.Context) (*message.Message, error) {
	// The same event must be the same bytes: maps in a fixed order.
	payload, err := proto.MarshalOptions{Deterministic: true}.Marshal(e.Payload)
	if err != nil {
		return nil, Permanent(fmt.Errorf("encode event %s: %w", e.ID, err))
	}
	m := message.NewMessageWithContext(ctx, e.ID, payload)
	m.Metadata = message.Metadata{
		HeaderID:          e.ID,
		HeaderType:        e.Type,
		HeaderSource:      "/callrank/" + e.Source,
		HeaderTime:        e.Time.UTC().Format(time.RFC3339Nano),
		HeaderSpecVersion: "1.0",
		HeaderContentType: ContentProtobuf,
	}
	if e.Subject != "" {
		m.Metadata[HeaderSubject] = e.Subject
	}
	span := child(trace.SpanContextFromContext(ctx))
	tracing.Inject(trace.ContextWithSpanContext(ctx, span), carrier(m.Metadata))
	return m, nil
}

// Decode reads the payload of a message that holds protobuf or JSON, as its
// content-type says. An error is permanent.
func Decode(m *message.Message, into proto.Message) error {
	name := into.ProtoReflect().Descriptor().Name()
	switch kind := contentType(m.Metadata[HeaderContentType]); kind {
	case ContentProtobuf, "":
		if err := proto.Unmarshal(m.Payload, into); err != nil {
			return Permanent(fmt.Errorf("decode %s: %w", name, err))
		}
	case ContentJSON:
		if err := callrankv1.ParseJSON(m.Payload, into); err != nil {
			return Permanent(fmt.Errorf("decode %s: %w", name, err))
		}
	default:
		return Permanent(fmt.Errorf("decode %s: content-type %q is neither protobuf nor JSON", name, kind))
	}
	return nil
}

// contentType is the media type of a content-type header, or the header as it
// is when it cannot be read.
func contentType(header string) string {
	if header == "" {
		return ""
	}
	kind, _, err := mime.ParseMediaType(header)
	if err != nil {
		return header
	}
	switch kind {
	case "application/x-protobuf", "application/vnd.google.protobuf":
		return ContentProtobuf
	}
	return kind
}

// natsMessage is a message as it goes over the wire.
func natsMessage(subject string, m *message.Message) *nats.Msg {
	out := nats.NewMsg(subject)
	out.Data = m.Payload
	for key, value := range m.Metadata {
		out.Header[key] = []string{value}
	}
	if m.UUID != "" {
		out.Header[HeaderMsgID] = []string{m.UUID}
		out.Header[HeaderID] = []string{m.UUID}
	}
	return out
}

// watermillMessage is a message as it came over the wire. Of a header that
// came more than once the first value is seen; a dead letter keeps them all.
func watermillMessage(ctx context.Context, id string, headers nats.Header, payload []byte) *message.Message {
	for _, key := range []string{HeaderMsgID, HeaderID} {
		if value := headers.Get(key); value != "" {
			id = value
		}
	}
	m := message.NewMessageWithContext(ctx, id, payload)
	for key, values := range headers {
		if len(values) > 0 {
			m.Metadata[key] = values[0]
		}
	}
	return m
}
