package stages

import (
	"context"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"

	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/providers"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Grounding makes the fourth stage for each generation, with its other half.
// What was put at the broker is asked for first.
func Grounding(with worker.Company, grounder *Grounder) (worker.Maker, error) {
	if err := registerAwaited(with.Metrics.Registry, with.Broker, with.Log); err != nil {
		return worker.Maker{}, err
	}
	over := grounder.over(with.Broker)
	return worker.Maker{Stage: messaging.StageGround, Make: func(job generation.Job) ([]worker.Stage, error) {
		return []worker.Stage{Ground(job, over), Reground(job, over, with.Broker)}, nil
	}}, nil
}

// Ground is the fourth stage: from claims to what they are worth against filed
// numbers and consensus. A source that is unavailable delays nothing: the call
// goes on with what is known, and is asked to be grounded again.
func Ground(job generation.Job, grounder *Grounder) worker.Stage {
	queue := newQueue(grounder.Patience)
	return stageOf(job, func(ctx context.Context, event *message.Message) ([]worker.Output, error) {
		delivery, err := delivered(event)
		if err != nil {
			return nil, err
		}
		in := &callrankv1.CallQuantified{}
		if err := messaging.Decode(event, in); err != nil {
			return nil, err
		}
		if !job.Adopt(in.GetProvenance()) {
			return nil, nil
		}
		patience, leave := queue.enter(time.Now())
		outages, err := grounder.Ground(providers.WithPatience(ctx, patience), in.GetAnalysis())
		leave(time.Now(), outages)
		if err != nil {
			return nil, err
		}
		if len(outages) == 0 {
			return groundedOutput(ctx, in.GetProvenance(), in.GetAnalysis())
		}
		due := firstDue(in, delivery, outages, time.Now())
		return waitingOutputs(ctx, due, firstRequest, in.GetProvenance(), in.GetAnalysis())
	})
}

// groundedOutput hands a grounded call on.
func groundedOutput(ctx context.Context, p *callrankv1.Provenance, analysis *callrankv1.Analysis) ([]worker.Output, error) {
	return handoff(ctx, messaging.StageGround, messaging.ResultGrounded, callrankv1.TypeCallGrounded,
		analysis.GetCall().GetId(), p, &callrankv1.CallGrounded{Provenance: p, Analysis: analysis})
}

// dueOutput asks for a call to be grounded again.
func dueOutput(ctx context.Context, stage string, due *callrankv1.GroundingDue, id string) (worker.Output, error) {
	subject, m, err := messaging.DueEvent(ctx, stage, due, id)
	if err != nil {
		return worker.Output{}, err
	}
	return worker.Output{Subject: subject, Message: m}, nil
}

// waitingOutputs hands on a call whose sources were unavailable, and asks for it
// to be grounded again. That comes first: a worker that dies in between would
// otherwise leave the call as it is for good, if the source answers the next
// one and the broker drops what that makes of it as a copy.
func waitingOutputs(ctx context.Context, due *callrankv1.GroundingDue, id string, p *callrankv1.Provenance, analysis *callrankv1.Analysis) ([]worker.Output, error) {
	due.Known = digest(analysis.GetGrounding())
	analysis.Grounding.RetryAt = new(due.GetDueAt())
	asked, err := dueOutput(ctx, messaging.StageGround, due, id)
	if err != nil {
		return nil, err
	}
	handed, err := groundedOutput(ctx, p, analysis)
	if err != nil {
		return nil, err
	}
	return append([]worker.Output{asked}, handed...), nil
}
