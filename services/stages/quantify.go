package stages

import (
	"context"
	"fmt"

	"github.com/ThreeDotsLabs/watermill/message"

	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Quantify is the third stage: from what is said of AI to how much, of what,
// by when.
func Quantify(job generation.Job, texts *Texts, readings *Readings) worker.Stage {
	return stageOf(job, func(ctx context.Context, event *message.Message) ([]worker.Output, error) {
		in := &callrankv1.CallExtracted{}
		if err := messaging.Decode(event, in); err != nil {
			return nil, err
		}
		if !job.Adopt(in.GetProvenance()) {
			return nil, nil
		}
		text, err := texts.Text(ctx, in.GetProvenance().GetSourceSequence())
		if err != nil {
			return nil, err
		}
		reading, err := readings.take(in.GetProvenance(), text, in.GetTranscript())
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
	})
}
