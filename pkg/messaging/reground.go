package messaging

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/proto"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// DueEvent is a call that is to be grounded again as an event. The id tells
// requests for one call apart; the same request twice is one event.
func DueEvent(ctx context.Context, source string, due *callrankv1.GroundingDue, id string) (subject string, m *message.Message, err error) {
	generation := due.GetProvenance().GetGeneration()
	event := Event{
		ID: generation + "/due/" + due.GetProvenance().GetContentId() + "/" +
			strconv.FormatUint(due.GetProvenance().GetRevision().GetSequence(), 10) + "/" + id,
		Type:    callrankv1.TypeGroundingDue,
		Source:  source,
		Subject: due.GetCallId(),
		Time:    time.Now(),
		Payload: due,
	}
	if m, err = event.Message(ctx); err != nil {
		return "", nil, err
	}
	return SubjectDue(generation, due.GetCallId()), m, nil
}

// Due is the last request to ground a call again that has not been met; nil
// where there is none.
func (b *Broker) Due(ctx context.Context, generation, callID string) (*callrankv1.GroundingDue, error) {
	stream, err := b.stream(ctx, StreamReground)
	if err != nil {
		return nil, err
	}
	raw, err := stream.GetLastMsgForSubject(ctx, SubjectDue(generation, callID))
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, nil //nolint:nilnil // Nothing due is no error.
	}
	if err != nil {
		return nil, fmt.Errorf("read when %s is grounded again: %w", callID, err)
	}
	due := &callrankv1.GroundingDue{}
	if err := proto.Unmarshal(raw.Data, due); err != nil {
		return nil, fmt.Errorf("decode when %s is grounded again: %w", callID, err)
	}
	return due, nil
}

// Awaited is how many requests to ground a call again have not been met.
func (b *Broker) Awaited(ctx context.Context) (uint64, error) {
	stream, err := b.js.Stream(ctx, StreamReground)
	if err != nil {
		return 0, fmt.Errorf("count what is to be grounded again: %w", err)
	}
	return stream.CachedInfo().State.Msgs, nil
}

// Analysed reads an analysis by its place in the QUANTIFIED or the GROUNDED
// stream, whose events have one form. Where it is no longer kept, the last
// grounding of the same text does.
func (b *Broker) Analysed(ctx context.Context, due *callrankv1.GroundingDue) (*callrankv1.CallGrounded, error) {
	if due.GetStream() != StreamQuantified && due.GetStream() != StreamGrounded {
		return nil, Permanent(fmt.Errorf("analyses are in streams %s and %s, not in %q", StreamQuantified, StreamGrounded, due.GetStream()))
	}
	stream, err := b.stream(ctx, due.GetStream())
	if err != nil {
		return nil, err
	}
	raw, err := stream.GetMsg(ctx, due.GetSequence())
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		if stream, err = b.stream(ctx, StreamGrounded); err != nil {
			return nil, err
		}
		subject := SubjectStage(ResultGrounded, due.GetProvenance().GetGeneration(), due.GetCallId())
		raw, err = stream.GetLastMsgForSubject(ctx, subject)
	}
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, Permanent(fmt.Errorf("no analysis of %s is kept", due.GetCallId()))
	}
	if err != nil {
		return nil, fmt.Errorf("read the analysis of %s: %w", due.GetCallId(), err)
	}
	call := &callrankv1.CallGrounded{}
	if err := proto.Unmarshal(raw.Data, call); err != nil {
		return nil, Permanent(fmt.Errorf("decode the analysis of %s: %w", due.GetCallId(), err))
	}
	if call.GetProvenance().GetContentId() != due.GetProvenance().GetContentId() {
		return nil, Permanent(fmt.Errorf("the analysis of %s is of another text than the one to be grounded again", due.GetCallId()))
	}
	return call, nil
}
