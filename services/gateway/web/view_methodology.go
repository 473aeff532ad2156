package web

import (
	"fmt"
	"html/template"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/grounding"
	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
)

// methodologyView is the page of how a score is reached. Its numbers are those
// of the code and of the weights in force.
type methodologyView struct {
	Weights     *conviction.Weights
	Components  []legendEntry
	Full        float64
	Bar         template.HTML
	Credibility float64
	Engine      *callrankv1.Engine
	Assumptions []*callrankv1.Assumption
	Thresholds  thresholds
	// Small and Large are the market values between which under_radar falls.
	Small, Large string
	Confirmation string
	// LargestText is the largest document that is read.
	LargestText string
}

// thresholds are those of the comparison with what analysts expect, in percent
// of the growth they expect.
type thresholds struct{ Above, Below, Low, High int }

func newMethodologyView(weights *conviction.Weights) *methodologyView {
	const mebibyte = 20
	var engine insight.Rules
	v := &methodologyView{
		Weights:    weights,
		Components: legend(weights),
		Full:       fullScore(weights),
		Engine:     engine.Engine(),
		// Grounding a call of which nothing is known tells what is assumed
		// where nobody says otherwise.
		Assumptions:  grounding.Ground(grounding.Input{}).GetAssumptions(),
		Thresholds:   thresholds{grounding.AboveFrom, grounding.BelowUnder, grounding.LowFrom, grounding.HighUnder},
		Small:        report.Money(weights.UnderRadar.FullAtUSD, "USD"),
		Large:        report.Money(weights.UnderRadar.NoneAtUSD, "USD"),
		Confirmation: report.Points(weights.Confirmation.Insiders + weights.Confirmation.Institutions),
		LargestText:  fmt.Sprintf("%d MiB", transcript.MaxDocument>>mebibyte),
	}
	full := make([]*callrankv1.Component, 0, len(v.Components))
	for _, c := range v.Components {
		full = append(full, &callrankv1.Component{Name: c.Name, Max: c.Max, Points: &c.Max})
		if c.Name == callrankv1.ComponentCredibility {
			v.Credibility = c.Max
		}
	}
	v.Bar = bar(full, v.Full)
	return v
}
