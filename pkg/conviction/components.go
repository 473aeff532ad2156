package conviction

import (
	"cmp"
	"fmt"
	"math"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// points are hundredths, so that rounded components add up exactly.
type points int64

const perPoint = 100

func toPoints(v float64) points { return points(math.Round(v * perPoint)) }

func (p points) float() float64 { return float64(p) / perPoint }

// known makes a component with its points, rounded and held between 0 and its
// maximum. What is no number counts as nothing.
func known(name string, most, value float64, format string, args ...any) *callrankv1.Component {
	if math.IsNaN(value) {
		value = 0
	}
	value = toPoints(min(max(value, 0), most)).float()
	return &callrankv1.Component{Name: name, Max: most, Points: new(value), Reason: fmt.Sprintf(format, args...)}
}

func unknown(name string, most float64, format string, args ...any) *callrankv1.Component {
	return &callrankv1.Component{Name: name, Max: most, Reason: fmt.Sprintf("unknown: "+format, args...)}
}

func (w *Weights) enthusiasm(latest *callrankv1.CallSummary) *callrankv1.Component {
	return known(callrankv1.ComponentEnthusiasm, w.Enthusiasm.Max, w.Enthusiasm.PerPoint*latest.GetEnthusiasm(),
		"%g × enthusiasm %.1f of %s", w.Enthusiasm.PerPoint, latest.GetEnthusiasm(), callName(latest))
}

func (w *Weights) trend(latest, previous *callrankv1.CallSummary) *callrankv1.Component {
	t := w.Trend
	if previous == nil {
		return unknown(callrankv1.ComponentTrend, t.Max, "no call before %s", callName(latest))
	}
	change := latest.GetEnthusiasm() - previous.GetEnthusiasm()
	share := (change - t.NoneAt) / (t.FullAt - t.NoneAt)
	return known(callrankv1.ComponentTrend, t.Max, t.Max*clamp(share), "enthusiasm %+.1f, from %.1f in %s to %.1f in %s",
		change, previous.GetEnthusiasm(), callName(previous), latest.GetEnthusiasm(), callName(latest))
}

func (w *Weights) quantifies(latest *callrankv1.CallSummary) *callrankv1.Component {
	return known(callrankv1.ComponentQuantifies, w.Quantifies.Max, w.Quantifies.PerClaim*float64(latest.GetQuantified()),
		"%g × %d distinct quantified claims", w.Quantifies.PerClaim, latest.GetQuantified())
}

// impact compares with what analysts expect. Below adds nothing, however far it
// is priced in; above adds to inline by how confident the comparison is.
func (w *Weights) impact(g *callrankv1.Grounding) *callrankv1.Component {
	const name = callrankv1.ComponentImpact
	c := g.GetConsensus()
	versus := c.GetVersusAnalysts()
	if versus == callrankv1.AnalystsBelow {
		return known(name, w.Impact.Max, 0, "below what analysts expect")
	}
	if versus != callrankv1.AnalystsInline && versus != callrankv1.AnalystsAbove {
		return unknown(name, w.Impact.Max, "%s", cmp.Or(g.GetReason(), "how AI compares with what analysts expect cannot be told"))
	}
	factor, ok := w.Impact.PricedIn.factor(c.GetPricedIn())
	if !ok {
		return unknown(name, w.Impact.Max, "how far AI is priced in cannot be told")
	}
	most := w.Impact.Max * factor
	inline := most * w.Impact.InlineShare
	if versus == callrankv1.AnalystsInline {
		return known(name, w.Impact.Max, inline, "inline with what analysts expect, priced in %s: %g × %g × %g",
			c.GetPricedIn(), w.Impact.Max, factor, w.Impact.InlineShare)
	}
	const fullConfidence = 10
	confidence := clamp(float64(c.GetConfidence()) / fullConfidence)
	return known(name, w.Impact.Max, inline+(most-inline)*confidence, "above what analysts expect, priced in %s: %g + (%g − %g) × confidence %d of 10",
		c.GetPricedIn(), inline, most, inline, c.GetConfidence())
}

func (p PricedInFactor) factor(pricedIn string) (float64, bool) {
	switch pricedIn {
	case callrankv1.PricedInLow:
		return p.Low, true
	case callrankv1.PricedInMedium:
		return p.Medium, true
	case callrankv1.PricedInHigh:
		return p.High, true
	}
	return 0, false
}

// underRadar favours companies that few follow, by market value in US dollars.
func (w *Weights) underRadar(g *callrankv1.Grounding) *callrankv1.Component {
	const name = callrankv1.ComponentUnderRadar
	const billion = 1e9
	r := w.UnderRadar
	value := g.GetValuation().GetMarketCap()
	if !(value > 0) {
		return unknown(name, r.Max, "no market value in US dollars")
	}
	share := (math.Log(r.NoneAtUSD) - math.Log(value)) / (math.Log(r.NoneAtUSD) - math.Log(r.FullAtUSD))
	return known(name, r.Max, r.Max*clamp(share), "market value $%.1fB; full at $%gB, none from $%gB", value/billion, r.FullAtUSD/billion, r.NoneAtUSD/billion)
}

func clamp(share float64) float64 { return min(max(share, 0), 1) }

// callName names a call for a reader.
func callName(s *callrankv1.CallSummary) string {
	return cmp.Or(s.GetCall().GetId(), "a call of unknown date")
}
