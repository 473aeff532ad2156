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

// Extract is the second stage: from who spoke when to what is said of AI.
func Extract(job generation.Job, texts *Texts, readings *Readings) worker.Stage {
	return stageOf(job, func(ctx context.Context, event *message.Message) ([]worker.Output, error) {
		in := &callrankv1.CallIngested{}
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
		reading, err := readings.read(in.GetProvenance(), text, in.GetTranscript())
		if err != nil {
			return nil, messaging.Permanent(fmt.Errorf("extract %s: %w", in.GetTranscript().GetCall().GetId(), err))
		}
		return handoff(ctx, messaging.StageExtract, messaging.ResultExtracted, callrankv1.TypeCallExtracted,
			in.GetTranscript().GetCall().GetId(), in.GetProvenance(), &callrankv1.CallExtracted{
				Provenance: in.GetProvenance(), Transcript: in.GetTranscript(), Extraction: reading.Extract(),
			})
	})
}
