package worker

import (
	"context"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
)

// Stage is one stage of the flow.
type Stage struct {
	// Name is the stage's name; with the generation it names the consumer that
	// all workers of the stage share.
	Name string
	// Reads is the subject whose events it reads, with wildcards.
	Reads string
	// Also are more subjects of the same stream that it reads.
	Also []string
	// From and Since are where it begins to read: with the first event at a
	// place of the stream, or stored at a time; with the first there is unless
	// one is set.
	From  uint64
	Since time.Time
	// Handle works on one event and returns what is to be published. It is
	// called for many events at once, and for one event more than once. An
	// error says by its kind what becomes of the event; see the package
	// messaging.
	Handle func(ctx context.Context, event *message.Message) ([]Output, error)
	// Lanes, if set, is the most events in hand at once, whatever the settings
	// allow.
	Lanes int
	// MaxPending, if set, is how many events may be unacknowledged in all
	// workers together: for a stage that puts events off.
	MaxPending int
	// Ready, if set, tells whether what the stage needs besides the broker is
	// there.
	Ready func(ctx context.Context) error
	// Watch, if set, runs beside the stage until the context ends.
	Watch func(ctx context.Context) error
}

// Output is an event to be published on a subject.
type Output struct {
	Subject string
	Message *message.Message
}
