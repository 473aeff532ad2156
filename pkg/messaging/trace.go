package messaging

import (
	"context"
	"crypto/rand"

	"github.com/ThreeDotsLabs/watermill/message"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// tracing writes and reads the traceparent header of W3C Trace Context.
var tracing propagation.TraceContext

// carrier lets tracing write to and read from a message's headers.
type carrier message.Metadata

// Get returns a header.
func (c carrier) Get(key string) string { return c[key] }

// Set sets a header.
func (c carrier) Set(key, value string) { c[key] = value }

// Keys lists the headers.
func (c carrier) Keys() []string {
	keys := make([]string, 0, len(c))
	for key := range c {
		keys = append(keys, key)
	}
	return keys
}

// traced returns the context of work on a message: in the trace its headers
// name, or in a new one.
func traced(ctx context.Context, headers message.Metadata) context.Context {
	ctx = tracing.Extract(ctx, carrier(headers))
	return trace.ContextWithSpanContext(ctx, child(trace.SpanContextFromContext(ctx)))
}

// child is a new span in a parent's trace, or in a new trace without one.
func child(parent trace.SpanContext) trace.SpanContext {
	traceID := parent.TraceID()
	if !traceID.IsValid() {
		// crypto/rand never fails: it ends the program rather than return.
		_, _ = rand.Read(traceID[:])
	}
	var spanID trace.SpanID
	_, _ = rand.Read(spanID[:])
	return trace.NewSpanContext(trace.SpanContextConfig{
		TraceID:    traceID,
		SpanID:     spanID,
		TraceFlags: parent.TraceFlags(),
	})
}

// TraceID is the id under which the work of a context can be followed through
// the logs of all workers, or "" outside of any.
func TraceID(ctx context.Context) string {
	span := trace.SpanContextFromContext(ctx)
	if !span.HasTraceID() {
		return ""
	}
	return span.TraceID().String()
}
