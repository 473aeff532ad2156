package stages

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/grounding"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Grounder grounds analyses against what a source knows of companies.
type Grounder struct {
	// Companies is where companies come from.
	Companies fundamentals.Source
	// AsOf is a date, ISO 8601: nothing known later is used. Empty for no
	// limit.
	AsOf string
	// Patience is how long a call on its way to being ranked waits for a
	// provider.
	Patience time.Duration
	// Log is told of a source that fails.
	Log *zap.Logger

	told told
}

// told remembers which providers were told of lately: while one is down, every
// call would tell.
type told struct {
	mu   sync.Mutex
	last map[string]time.Time
}

// first tells whether a provider is to be told of, and notes that it was.
func (t *told) first(provider string, now time.Time) bool {
	const quiet = time.Minute
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Sub(t.last[provider]) < quiet {
		return false
	}
	if t.last == nil {
		t.last = map[string]time.Time{}
	}
	t.last[provider] = now
	return true
}

// Ground fills in what the claims of an analysis are worth. What is not known
// of the company, or cannot be had, leaves the grounding unknown with the
// reason. It returns the sources that were unavailable: with them, the same
// call may be grounded better later.
func (g *Grounder) Ground(ctx context.Context, analysis *callrankv1.Analysis) ([]fundamentals.Outage, error) {
	ticker := analysis.GetCall().GetTicker()
	company, err := g.Companies.Company(ctx, ticker)
	if err != nil && ctx.Err() != nil {
		return nil, fmt.Errorf("ask for the fundamentals of %s: %w", ticker, err)
	}
	outages := fundamentals.Outages(company, err)
	in := grounding.Input{
		Call: analysis.GetCall(), Claims: analysis.GetClaims(), Results: analysis.GetResults(), Language: analysis.GetEnthusiasm(), AsOf: g.AsOf,
		Company: company, Reason: g.reason(ticker, err, outages),
	}
	if company != nil {
		for _, warning := range company.Warnings {
			g.Log.Debug("fundamentals that are not used", zap.String("ticker", ticker), zap.Stringer("warning", warning))
		}
	}
	analysis.Grounding = grounding.Ground(in)
	if len(outages) > 0 && analysis.GetGrounding().Reason == nil {
		analysis.Grounding.Reason = new("not all that may be known: " + unavailable(outages))
	}
	return outages, nil
}

// reason says why nothing is known of a company. It is the same however often
// the same is asked, so that a grounding that says nothing new is told.
func (g *Grounder) reason(ticker string, err error, outages []fundamentals.Outage) string {
	for _, outage := range outages {
		level := zap.DebugLevel
		if g.told.first(outage.Provider, time.Now()) {
			level = zap.WarnLevel
		}
		g.Log.Log(level, "fundamentals cannot be had", zap.String("ticker", ticker), zap.Stringer("outage", outage))
	}
	var broken *fundamentals.FieldError
	switch {
	case err == nil:
		return ""
	case len(outages) > 0:
		return "the fundamentals of " + ticker + " could not be had: " + unavailable(outages)
	case errors.As(err, &broken):
		g.Log.Error("fundamentals cannot be read", zap.String("ticker", ticker), zap.Error(err))
		return "the fundamentals of " + ticker + " cannot be read"
	case errors.Is(err, fundamentals.ErrRefused):
		g.Log.Error("fundamentals are refused", zap.String("ticker", ticker), zap.Error(err))
		return "the fundamentals of " + ticker + " are refused by their source"
	}
	return "no fundamentals of " + ticker + " are known"
}

// unavailable names the sources that could not be asked.
func unavailable(outages []fundamentals.Outage) string {
	var names []string
	for _, outage := range outages {
		name := outage.Provider
		if name == "" {
			name = "a source"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	verb := " is"
	if len(names) > 1 {
		verb = " are"
	}
	return strings.Join(names, " and ") + verb + " unavailable"
}
