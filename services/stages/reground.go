package stages

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

const (
	// regroundLanes is how many calls are grounded again at once. Each may wait
	// for a provider, whose rate bounds them together.
	regroundLanes = 4
	// regroundPending is how many calls may wait to be grounded again before
	// further ones are no longer looked at.
	regroundPending = 1 << 16
)

// Reground is the other half of the fourth stage: it grounds calls again when
// they are due. A request for it is an event in a work queue: what is not due
// is put off at the broker, and what fails again is asked for once more, later,
// before the request is taken out. So none is lost with a worker, and any
// worker may do it.
func Reground(job generation.Job, grounder *Grounder, broker *messaging.Broker) worker.Stage {
	r := &regrounder{grounder: grounder, broker: broker}
	return worker.Stage{
		Name:       messaging.StageReground,
		Reads:      messaging.AllDue(job.Generation),
		Handle:     r.handle,
		Lanes:      regroundLanes,
		MaxPending: regroundPending,
	}
}

type regrounder struct {
	grounder *Grounder
	broker   *messaging.Broker
}

func (r *regrounder) handle(ctx context.Context, event *message.Message) ([]worker.Output, error) {
	delivery, err := delivered(event)
	if err != nil {
		return nil, err
	}
	due := &callrankv1.GroundingDue{}
	if err := messaging.Decode(event, due); err != nil {
		return nil, err
	}
	at, err := time.Parse(time.RFC3339Nano, due.GetDueAt())
	if err != nil {
		return nil, messaging.Permanent(fmt.Errorf("read when %s is due: %w", due.GetCallId(), err))
	}
	if wait := time.Until(at); wait > 0 {
		delivery.Retry(wait)
		return nil, nil
	}
	call, err := r.broker.Analysed(ctx, due)
	if err != nil {
		return nil, err
	}
	if due.GetKnown() == "" {
		due.Known = digest(call.GetAnalysis().GetGrounding())
	}
	outages, err := r.grounder.Ground(ctx, call.GetAnalysis())
	if err != nil {
		return nil, err
	}
	return r.outputs(ctx, due, delivery, call, outages)
}

// outputs are what comes of a call that was grounded again: its grounding, if it
// says anything new, and another request, if sources are unavailable still.
func (r *regrounder) outputs(ctx context.Context, due *callrankv1.GroundingDue, delivery *messaging.Delivery, call *callrankv1.CallGrounded, outages []fundamentals.Outage) ([]worker.Output, error) {
	same := digest(call.GetAnalysis().GetGrounding()) == due.GetKnown()
	provenance := proto.CloneOf(call.GetProvenance())
	provenance.Grounding = delivery.Sequence
	// An analysis may have been another generation's.
	provenance.Generation = due.GetProvenance().GetGeneration()
	if len(outages) == 0 {
		// Who waited is told also that there is nothing new to come.
		if same && due.GetCause() != callrankv1.DueAwaited {
			return nil, nil
		}
		return groundedOutput(ctx, provenance, call.GetAnalysis())
	}
	id := "after-" + strconv.FormatUint(delivery.Sequence, 10)
	next := nextDue(due, outages, time.Now())
	if !same {
		return waitingOutputs(ctx, next, id, provenance, call.GetAnalysis())
	}
	asked, err := dueOutput(ctx, messaging.StageGround, next, id)
	if err != nil {
		return nil, err
	}
	return []worker.Output{asked}, nil
}
