package stages

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// handoff is what a stage hands on: its result for one call, as an event whose
// id is the same whenever the same publication of a text is worked on for the
// same generation. One that is published once more later is another: which of
// two texts holds depends on where they stand, and a rescore meets both within
// moments. Each request to ground a call again makes another, too.
func handoff(ctx context.Context, stage, result, kind, callID string, p *callrankv1.Provenance, payload proto.Message) ([]worker.Output, error) {
	id := p.GetGeneration() + "/" + result + "/" + p.GetContentId() + "/" + strconv.FormatUint(p.GetRevision().GetSequence(), 10)
	if again := p.GetGrounding(); again > 0 {
		id += "/again-" + strconv.FormatUint(again, 10)
	}
	event := messaging.Event{
		ID:      id,
		Type:    kind,
		Source:  stage,
		Subject: callID,
		Time:    time.Now(),
		Payload: payload,
	}
	m, err := event.Message(ctx)
	if err != nil {
		return nil, err
	}
	return []worker.Output{{Subject: messaging.SubjectStage(result, p.GetGeneration(), callID), Message: m}}, nil
}

// stageOf is the stage of a job.
func stageOf(job generation.Job, handle func(ctx context.Context, event *message.Message) ([]worker.Output, error)) worker.Stage {
	subjects := job.Subjects()
	from, since := job.Begin()
	return worker.Stage{Name: job.Stage, Reads: subjects[0], Also: subjects[1:], From: from, Since: since, Handle: handle}
}

// delivered is the delivery of an event, which every event of a worker has.
func delivered(event *message.Message) (*messaging.Delivery, error) {
	delivery, ok := messaging.DeliveryOf(event.Context())
	if !ok {
		return nil, messaging.Permanent(fmt.Errorf("event %s did not come from the broker", event.UUID))
	}
	return delivery, nil
}
