package conviction_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/tests/realcalls"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// page is what a published page prints of its conviction, with its inputs.
type page struct {
	Conviction struct {
		Inputs struct {
			Enthusiasm  float64  `json:"enthusiasm_latest"`
			Previous    float64  `json:"enthusiasm_previous"`
			Quantified  uint32   `json:"quantified_claims"`
			Versus      string   `json:"versus_analysts"`
			PricedIn    string   `json:"priced_in"`
			Confidence  uint32   `json:"confidence"`
			MarketCap   float64  `json:"market_cap"`
			Credibility *float64 `json:"credibility"`
			Insiders    struct {
				Buys  uint32 `json:"buys"`
				Sells uint32 `json:"sells"`
			} `json:"insiders"`
			Institutions struct {
				Increased uint32 `json:"increased"`
				Reduced   uint32 `json:"reduced"`
			} `json:"institutions"`
		} `json:"inputs"`
		Components map[string]*float64 `json:"components"`
		Score      float64             `json:"score"`
		OutOf      float64             `json:"score_out_of"`
	} `json:"conviction"`
}

func TestThePublishedPageComponentByComponent(t *testing.T) {
	t.Parallel()
	var p page
	require.NoError(t, json.Unmarshal(realcalls.Read(t, "gold/page.json"), &p))
	in := p.Conviction.Inputs
	require.Nil(t, in.Credibility, "its credibility had not been measured")
	calls := []*callrankv1.CallSummary{
		{Call: quarter(2025, 4), ContentId: "previous", Enthusiasm: in.Previous},
		{
			Call: quarter(2026, 1), ContentId: "latest", Enthusiasm: in.Enthusiasm, Quantified: in.Quantified,
			Grounding: &callrankv1.Grounding{
				Status:    callrankv1.GroundingSized,
				Consensus: compared(in.Versus, in.PricedIn, in.Confidence),
				Valuation: &callrankv1.Valuation{MarketCap: &in.MarketCap},
				Ownership: &callrankv1.Ownership{
					InsiderBuys: &in.Insiders.Buys, InsiderSells: &in.Insiders.Sells,
					InstitutionsIncreased: &in.Institutions.Increased, InstitutionsReduced: &in.Institutions.Reduced,
				},
			},
		},
	}
	got := conviction.Stand("HLYD", calls, conviction.Default()).GetConviction()
	require.Len(t, p.Conviction.Components, len(got.GetComponents()))
	for _, component := range got.GetComponents() {
		want, there := p.Conviction.Components[component.GetName()]
		require.True(t, there, component.GetName())
		require.Equal(t, want, component.Points, "%s: %s", component.GetName(), component.GetReason())
		t.Logf("%-12s %4s of %g: %s", component.GetName(), pointsOf(component), component.GetMax(), component.GetReason())
	}
	require.Equal(t, p.Conviction.Score, got.GetScore())
	require.Equal(t, p.Conviction.OutOf, got.GetOutOf())
	t.Logf("conviction %.1f of %g", got.GetScore(), got.GetOutOf())
}

func pointsOf(c *callrankv1.Component) string {
	if c.Points == nil {
		return "–"
	}
	return fmt.Sprintf("%g", c.GetPoints())
}
