package stages

import (
	"context"
	"fmt"

	"github.com/ThreeDotsLabs/watermill/message"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Quantify is the third stage: from what is said of AI to how much, of what,
// by when.
func Quantify(generation string, texts *Texts, readings *Readings) worker.Stage {
	return worker.Stage{
		Name:  messaging.StageQuantify,
		Reads: messaging.AllOf(messaging.ResultExtracted, generation),
		Handle: func(ctx context.Context, event *message.Message) ([]worker.Output, error) {
			in := &callrankv1.CallExtracted{}
			if err := messaging.Decode(event, in); err != nil {
				return nil, err
			}
			sequence := in.GetProvenance().GetSourceSequence()
			text, err := texts.Text(ctx, sequence)
			if err != nil {
				return nil, err
			}
			reading, err := readings.take(sequence, text, in.GetTranscript())
			if err != nil {
				return nil, messaging.Permanent(fmt.Errorf("quantify %s: %w", in.GetTranscript().GetCall().GetId(), err))
			}
			quantification, err := reading.Quantify(in.GetExtraction())
			if err != nil {
				return nil, messaging.Permanent(fmt.Errorf("quantify %s: %w", in.GetTranscript().GetCall().GetId(), err))
			}
			analysis := readings.engine.Assemble(in.GetTranscript(), in.GetExtraction(), quantification)
			return handoff(ctx, messaging.StageQuantify, messaging.ResultQuantified, callrankv1.TypeCallQuantified,
				analysis.GetCall().GetId(), in.GetProvenance(), &callrankv1.CallQuantified{
					Provenance: in.GetProvenance(), Analysis: analysis,
				})
		},
	}
}
