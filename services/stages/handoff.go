package stages

import (
	"context"
	"fmt"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// handoff is what a stage hands on: its result for one call, as an event whose
// id is the same whenever the same text is worked on for the same generation.
func handoff(ctx context.Context, stage, result, kind, callID string, p *callrankv1.Provenance, payload proto.Message) ([]worker.Output, error) {
	event := messaging.Event{
		ID:      p.GetGeneration() + "/" + result + "/" + p.GetContentId(),
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

// delivered is the delivery of an event, which every event of a worker has.
func delivered(event *message.Message) (*messaging.Delivery, error) {
	delivery, ok := messaging.DeliveryOf(event.Context())
	if !ok {
		return nil, messaging.Permanent(fmt.Errorf("event %s did not come from the broker", event.UUID))
	}
	return delivery, nil
}
