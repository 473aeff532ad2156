package stages

import (
	"context"
	"errors"
	"fmt"

	"github.com/ThreeDotsLabs/watermill/message"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/grounding"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Grounder grounds analyses against what a source knows of companies.
type Grounder struct {
	// Companies is where companies come from.
	Companies fundamentals.Source
	// AsOf is a date, ISO 8601: nothing known later is used. Empty for no
	// limit.
	AsOf string
	// Log is told of a source that fails.
	Log *zap.Logger
}

// Ground fills in what the claims of an analysis are worth. What is not known
// of the company, or cannot be had, leaves the grounding unknown with the
// reason: a source that is down delays nothing.
func (g *Grounder) Ground(ctx context.Context, analysis *callrankv1.Analysis) error {
	ticker := analysis.GetCall().GetTicker()
	in := grounding.Input{Call: analysis.GetCall(), Claims: analysis.GetClaims(), AsOf: g.AsOf}
	company, err := g.Companies.Company(ctx, ticker)
	var broken *fundamentals.FieldError
	switch {
	case err == nil:
		in.Company = company
		for _, warning := range company.Warnings {
			g.Log.Debug("fundamentals that are not used", zap.String("ticker", ticker), zap.Stringer("warning", warning))
		}
	case errors.Is(err, fundamentals.ErrUnknown):
		in.Reason = "no fundamentals of " + ticker + " are known"
	case ctx.Err() != nil:
		return fmt.Errorf("ask for the fundamentals of %s: %w", ticker, err)
	case errors.Is(err, fundamentals.ErrRefused):
		g.Log.Error("fundamentals are refused", zap.String("ticker", ticker), zap.Error(err))
		in.Reason = "the fundamentals of " + ticker + " are refused by their source"
	case errors.As(err, &broken):
		g.Log.Error("fundamentals cannot be read", zap.String("ticker", ticker), zap.Error(err))
		in.Reason = "the fundamentals of " + ticker + " cannot be read"
	default:
		g.Log.Warn("fundamentals cannot be had", zap.String("ticker", ticker), zap.Error(err))
		in.Reason = "the fundamentals of " + ticker + " could not be had"
	}
	analysis.Grounding = grounding.Ground(in)
	return nil
}

// Ground is the fourth stage: from claims to what they are worth against filed
// numbers and consensus.
func Ground(job generation.Job, grounder *Grounder) worker.Stage {
	return stageOf(job, func(ctx context.Context, event *message.Message) ([]worker.Output, error) {
		in := &callrankv1.CallQuantified{}
		if err := messaging.Decode(event, in); err != nil {
			return nil, err
		}
		if !job.Adopt(in.GetProvenance()) {
			return nil, nil
		}
		if err := grounder.Ground(ctx, in.GetAnalysis()); err != nil {
			return nil, err
		}
		return handoff(ctx, messaging.StageGround, messaging.ResultGrounded, callrankv1.TypeCallGrounded,
			in.GetAnalysis().GetCall().GetId(), in.GetProvenance(), &callrankv1.CallGrounded{
				Provenance: in.GetProvenance(), Analysis: in.GetAnalysis(),
			})
	})
}
