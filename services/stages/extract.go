package stages

import (
	"context"
	"fmt"

	"github.com/ThreeDotsLabs/watermill/message"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Extract is the second stage: from who spoke when to what is said of AI.
func Extract(generation string, texts *Texts, readings *Readings) worker.Stage {
	return worker.Stage{
		Name:  messaging.StageExtract,
		Reads: messaging.AllOf(messaging.ResultIngested, generation),
		Handle: func(ctx context.Context, event *message.Message) ([]worker.Output, error) {
			in := &callrankv1.CallIngested{}
			if err := messaging.Decode(event, in); err != nil {
				return nil, err
			}
			sequence := in.GetProvenance().GetSourceSequence()
			text, err := texts.Text(ctx, sequence)
			if err != nil {
				return nil, err
			}
			reading, err := readings.read(sequence, text, in.GetTranscript())
			if err != nil {
				return nil, messaging.Permanent(fmt.Errorf("extract %s: %w", in.GetTranscript().GetCall().GetId(), err))
			}
			return handoff(ctx, messaging.StageExtract, messaging.ResultExtracted, callrankv1.TypeCallExtracted,
				in.GetTranscript().GetCall().GetId(), in.GetProvenance(), &callrankv1.CallExtracted{
					Provenance: in.GetProvenance(), Transcript: in.GetTranscript(), Extraction: reading.Extract(),
				})
		},
	}
}
