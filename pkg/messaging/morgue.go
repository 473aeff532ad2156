package messaging

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/proto"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// ErrNoDeadLetter is the error of asking for a dead letter that is not there.
var ErrNoDeadLetter = errors.New("no such dead letter")

// DeadNote is a dead letter as it is listed, without its payload.
type DeadNote struct {
	// Number is what the letter is asked for by.
	Number uint64
	// Stage is where the event failed, and CallID the call it is about, if
	// that was known.
	Stage, CallID string
	// Generation is for which ranking it failed, if that was told.
	Generation string
	// Event is the id of the event.
	Event string
	// Reason is why it failed.
	Reason string
	// Died is when it was put here.
	Died time.Time
}

// HeaderRetryOf names the place of the event that one taken from the dead
// letters is a copy of: its stream and sequence.
const HeaderRetryOf = "callrank-retry-of"

// DeadLetters lists the dead letters, oldest first.
func (b *Broker) DeadLetters(ctx context.Context) ([]DeadNote, error) {
	var notes []DeadNote
	err := b.read(ctx, StreamDead, readOptions{headersOnly: true}, func(msg jetstream.Msg) error {
		about, err := msg.Metadata()
		if err != nil {
			return err
		}
		parts := strings.Split(msg.Subject(), ".")
		notes = append(notes, DeadNote{
			Number: about.Sequence.Stream,
			Stage:  parts[1],
			CallID: lastToken(msg.Subject()),

			Generation: msg.Headers().Get(headerGeneration),
			Event:      msg.Headers().Get(HeaderSubject),
			Reason:     msg.Headers().Get(headerReason),
			Died:       about.Timestamp,
		})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the dead letters: %w", err)
	}
	return notes, nil
}

// DeadLetter reads one dead letter. Where there is none it returns
// ErrNoDeadLetter.
func (b *Broker) DeadLetter(ctx context.Context, number uint64) (*callrankv1.DeadLetter, error) {
	_, raw, err := b.deadMessage(ctx, number)
	if err != nil {
		return nil, err
	}
	letter := &callrankv1.DeadLetter{}
	if err := proto.Unmarshal(raw.Data, letter); err != nil {
		return nil, fmt.Errorf("decode dead letter %d: %w", number, err)
	}
	return letter, nil
}

func (b *Broker) deadMessage(ctx context.Context, number uint64) (jetstream.Stream, *jetstream.RawStreamMsg, error) {
	stream, err := b.stream(ctx, StreamDead)
	if err != nil {
		return nil, nil, err
	}
	raw, err := stream.GetMsg(ctx, number)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, nil, fmt.Errorf("%w: %d", ErrNoDeadLetter, number)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read dead letter %d: %w", number, err)
	}
	return stream, raw, nil
}

// RetryDead publishes the event of a dead letter again, to where it came from
// and as it was, and drops the letter. Headers in change replace the event's.
func (b *Broker) RetryDead(ctx context.Context, number uint64, change map[string]string) error {
	letter, err := b.DeadLetter(ctx, number)
	if err != nil {
		return err
	}
	again := nats.NewMsg(letter.GetSubject())
	again.Data = letter.GetPayload()
	for _, header := range letter.GetHeaders() {
		again.Header[header.GetKey()] = header.GetValues()
	}
	for key, value := range change {
		again.Header[key] = []string{value}
	}
	// A new id, or the broker would drop it as a copy of the one that failed;
	// the same for each try of this retry.
	id := letter.GetId() + "/retry-" + strconv.FormatUint(number, 10)
	again.Header[HeaderMsgID] = []string{id}
	again.Header[HeaderID] = []string{id}
	if len(again.Header[HeaderRetryOf]) == 0 {
		place := letter.GetStream() + ":" + strconv.FormatUint(letter.GetSequence(), 10)
		again.Header[HeaderRetryOf] = []string{place}
	}
	if _, err := b.publish(ctx, again); err != nil {
		return fmt.Errorf("publish the event of dead letter %d again: %w", number, err)
	}
	return b.DropDead(ctx, number)
}

// DropDead deletes a dead letter and the event in it.
func (b *Broker) DropDead(ctx context.Context, number uint64) error {
	// Deleting what is not there fails with no error that could be told from
	// others, so it is looked for first.
	stream, _, err := b.deadMessage(ctx, number)
	if err != nil {
		return err
	}
	if err := stream.DeleteMsg(ctx, number); err != nil {
		return fmt.Errorf("drop dead letter %d: %w", number, err)
	}
	return nil
}

// DropDeadOf deletes the dead letters of a generation. Those of the first are
// kept: they may be of what is published, and not of what was made of it.
func (b *Broker) DropDeadOf(ctx context.Context, generation string) error {
	if generation == GenerationLive {
		return nil
	}
	notes, err := b.DeadLetters(ctx)
	if err != nil {
		return err
	}
	for _, note := range notes {
		if note.Generation != generation {
			continue
		}
		if err := b.DropDead(ctx, note.Number); err != nil && !errors.Is(err, ErrNoDeadLetter) {
			return err
		}
	}
	return nil
}

// retryOf reads the place in a stream that an event is a copy of.
func retryOf(headers nats.Header, stream string) (sequence uint64, ok bool) {
	text, found := strings.CutPrefix(headers.Get(HeaderRetryOf), stream+":")
	if !found {
		return 0, false
	}
	sequence, err := strconv.ParseUint(text, 10, 64)
	return sequence, err == nil && sequence > 0
}

func sortedKeys(headers nats.Header) []string {
	return slices.Sorted(maps.Keys(headers))
}

// headerSafe makes a text fit for a header: one line of printable characters.
func headerSafe(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}
