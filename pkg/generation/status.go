package generation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Status tells which generations there are and how far each is.
func Status(ctx context.Context, broker *messaging.Broker) (*callrankv1.Generations, error) {
	roster, err := broker.Roster(ctx)
	if err != nil {
		return nil, err
	}
	jobs := Jobs(roster)
	out := &callrankv1.Generations{Promotion: Promoted(roster)}
	for _, g := range All(roster) {
		status, err := statusOf(ctx, broker, g, jobs)
		if err != nil {
			return nil, fmt.Errorf("ask how far %s is: %w", g.GetName(), err)
		}
		status.Role = role(out.GetPromotion(), g)
		out.Generations = append(out.Generations, status)
	}
	return out, nil
}

// role says what a generation is to readers.
func role(promotion *callrankv1.Promotion, g *callrankv1.Generation) string {
	switch {
	case promotion.GetGeneration() == g.GetName():
		return callrankv1.GenerationPromoted
	case g.GetDroppedAt() != "":
		return callrankv1.GenerationDropped
	case g.GetRetiredAt() != "":
		return callrankv1.GenerationKept
	case g.GetCaughtUpAt() != "":
		return callrankv1.GenerationReady
	default:
		return callrankv1.GenerationRescoring
	}
}

// statusOf counts what a generation has to work on and what is left at each of
// its stages.
func statusOf(ctx context.Context, broker *messaging.Broker, g *callrankv1.Generation, jobs []Job) (*callrankv1.GenerationStatus, error) {
	status := &callrankv1.GenerationStatus{Generation: withoutWeights(g)}
	for _, j := range jobs {
		if j.Generation != g.GetName() {
			continue
		}
		progress, left, err := progressOf(ctx, broker, &j)
		if err != nil {
			return nil, err
		}
		if len(status.GetStages()) == 0 {
			if status.Calls, err = broker.Count(ctx, j.span()); err != nil {
				return nil, err
			}
		}
		status.Stages = append(status.Stages, progress)
		status.Left += left
	}
	status.Left = min(status.GetLeft(), status.GetCalls())
	status.Done = status.GetCalls() - status.GetLeft()
	paceOf(status, time.Now())
	return status, nil
}

// withoutWeights leaves out what a status is not asked for: the file itself.
func withoutWeights(g *callrankv1.Generation) *callrankv1.Generation {
	return &callrankv1.Generation{
		Name: g.GetName(), Base: g.GetBase(), FromStage: g.GetFromStage(), FromSequence: g.GetFromSequence(), FromTime: g.GetFromTime(),
		WeightsVersion: g.GetWeightsVersion(), StartedAt: g.GetStartedAt(), CaughtUpAt: g.GetCaughtUpAt(), CaughtUpCalls: g.GetCaughtUpCalls(),
		RetiredAt: g.GetRetiredAt(), DroppedAt: g.GetDroppedAt(), KeepUntil: g.GetKeepUntil(), Dedicated: g.GetDedicated(),
	}
}

// progressOf asks how far a stage is. A stage that no worker has begun with has
// everything before it.
func progressOf(ctx context.Context, broker *messaging.Broker, j *Job) (*callrankv1.StageProgress, uint64, error) {
	progress := &callrankv1.StageProgress{Stage: j.Stage, Begun: true}
	if len(j.Sources) > 0 && !j.Own() {
		progress.Reads = j.Sources[0].Generation
	}
	waiting, inHand, err := broker.Lag(ctx, j.Subjects()[0], j.Durable())
	if errors.Is(err, messaging.ErrNoConsumer) {
		progress.Begun, inHand = false, 0
		waiting, err = broker.Count(ctx, j.span())
	}
	if err != nil {
		return nil, 0, err
	}
	progress.Waiting, progress.InHand = waiting, uint64(inHand)
	return progress, waiting + uint64(inHand), nil
}

// paceOf tells the rate of a generation that works on the past, and the time
// left at that rate.
func paceOf(status *callrankv1.GenerationStatus, now time.Time) {
	g := status.GetGeneration()
	began := timeOf(g.GetStartedAt())
	if began.IsZero() || status.GetDone() == 0 || g.GetDroppedAt() != "" {
		return
	}
	until, calls := now, status.GetDone()
	if caughtUp := timeOf(g.GetCaughtUpAt()); !caughtUp.IsZero() {
		until, calls = caughtUp, g.GetCaughtUpCalls()
	}
	took := until.Sub(began).Seconds()
	if took <= 0 {
		return
	}
	rate := float64(calls) / took
	status.PerSecond = &rate
	if g.GetCaughtUpAt() == "" {
		left := float64(status.GetLeft()) / rate
		status.SecondsLeft = &left
	}
}
