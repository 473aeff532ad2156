package conviction_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/conviction"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func quarter(year, q int32) *callrankv1.Call {
	return &callrankv1.Call{
		Id: new(fmt.Sprintf("HLYD-%dQ%d", year, q)), Ticker: new("HLYD"), Company: new("Halyard, Inc."),
		FiscalYear: new(year), FiscalQuarter: new(q),
	}
}

func compared(versus, pricedIn string, confidence uint32) *callrankv1.Consensus {
	return &callrankv1.Consensus{VersusAnalysts: &versus, PricedIn: &pricedIn, Confidence: &confidence}
}

// pageCalls are the page's inputs. Its credibility had not been measured.
func pageCalls() []*callrankv1.CallSummary {
	return []*callrankv1.CallSummary{
		{Call: quarter(2025, 4), ContentId: "previous", Enthusiasm: 9},
		{
			Call: quarter(2026, 1), ContentId: "latest", Enthusiasm: 10, Quantified: 24,
			Grounding: &callrankv1.Grounding{
				Status: callrankv1.GroundingSized, Sector: new("Consumer Cyclical"),
				Consensus: compared(callrankv1.AnalystsInline, callrankv1.PricedInMedium, 6),
				Valuation: &callrankv1.Valuation{MarketCap: proto.Float64(2787900000000)},
				Ownership: &callrankv1.Ownership{
					InsiderBuys: proto.Uint32(0), InsiderSells: proto.Uint32(47),
					InstitutionsIncreased: proto.Uint32(3216), InstitutionsReduced: proto.Uint32(2314),
				},
			},
		},
	}
}

func component(t require.TestingT, c *callrankv1.Conviction, name string) *callrankv1.Component {
	for _, component := range c.GetComponents() {
		if component.GetName() == name {
			return component
		}
	}
	require.Fail(t, "no component "+name)
	return nil
}

func TestThePagesScore(t *testing.T) {
	t.Parallel()
	standing := conviction.Stand("HLYD", pageCalls(), conviction.Default())
	c := standing.GetConviction()
	require.Equal(t, 67.0, c.GetScore())
	require.Equal(t, 90.0, c.GetOutOf())
	for name, want := range map[string]float64{
		callrankv1.ComponentEnthusiasm: 40, callrankv1.ComponentTrend: 8, callrankv1.ComponentQuantifies: 12, callrankv1.ComponentImpact: 4,
		callrankv1.ComponentUnderRadar: 0, callrankv1.ComponentConfirmation: 3,
	} {
		require.Equal(t, want, component(t, c, name).GetPoints(), name)
	}
	credibility := component(t, c, callrankv1.ComponentCredibility)
	require.Nil(t, credibility.Points, "unknown is absent, never zero")
	require.Contains(t, credibility.GetReason(), "unknown")
	require.Equal(t, conviction.Default().Version, c.GetWeights())

	require.Equal(t, "HLYD", standing.GetTicker())
	require.Equal(t, "Halyard, Inc.", standing.GetCompany())
	require.Equal(t, "Consumer Cyclical", standing.GetSector())
	require.Equal(t, 2787900000000.0, standing.GetMarketCap())
	require.Zero(t, standing.GetVersion())
}

func TestTheMaximaAddUpToAHundred(t *testing.T) {
	t.Parallel()
	calls := pageCalls()
	calls[1].Substance, calls[1].Directness = 8, new(0.5)
	require.Equal(t, 100.0, conviction.Stand("HLYD", calls, conviction.Default()).GetConviction().GetOutOf())
}

func TestComponents(t *testing.T) {
	t.Parallel()
	type change = func(calls []*callrankv1.CallSummary)
	const unknown = -1.0
	grounded := func(f func(*callrankv1.Grounding)) change {
		return func(calls []*callrankv1.CallSummary) { f(calls[1].GetGrounding()) }
	}
	versus := func(versus, priced string, confidence uint32) change {
		return grounded(func(g *callrankv1.Grounding) { g.Consensus = compared(versus, priced, confidence) })
	}
	worth := func(usd float64) change {
		return grounded(func(g *callrankv1.Grounding) { g.Valuation = &callrankv1.Valuation{MarketCap: &usd} })
	}
	from := func(previous float64) change {
		return func(calls []*callrankv1.CallSummary) { calls[0].Enthusiasm = previous }
	}
	said := func(substance float64, hard uint32, directness *float64) change {
		return func(calls []*callrankv1.CallSummary) {
			calls[1].Substance, calls[1].Hard, calls[1].Directness = substance, hard, directness
		}
	}
	owners := func(buys, sells, up, down *uint32) change {
		return grounded(func(g *callrankv1.Grounding) {
			g.Ownership = &callrankv1.Ownership{InsiderBuys: buys, InsiderSells: sells, InstitutionsIncreased: up, InstitutionsReduced: down}
		})
	}
	n := proto.Uint32

	for name, tt := range map[string]struct {
		component string
		change    change
		want, max float64
	}{
		"a steady trend is half":                   {callrankv1.ComponentTrend, from(10), 4, 8},
		"a rise of half a point is between":        {callrankv1.ComponentTrend, from(9.5), 6, 8},
		"a fall of a quarter point is between":     {callrankv1.ComponentTrend, func(c []*callrankv1.CallSummary) { c[0].Enthusiasm, c[1].Enthusiasm = 9, 8.75 }, 3, 8},
		"a fall of three is nothing":               {callrankv1.ComponentTrend, func(c []*callrankv1.CallSummary) { c[0].Enthusiasm, c[1].Enthusiasm = 9, 6 }, 0, 8},
		"claims beyond the twenty-fourth add none": {callrankv1.ComponentQuantifies, func(c []*callrankv1.CallSummary) { c[1].Quantified = 70 }, 12, 12},
		"each claim is half a point":               {callrankv1.ComponentQuantifies, func(c []*callrankv1.CallSummary) { c[1].Quantified = 7 }, 3.5, 12},

		"inline, hardly priced in":           {callrankv1.ComponentImpact, versus("inline", "low", 9), 8, 16},
		"inline, all priced in":              {callrankv1.ComponentImpact, versus("inline", "high", 9), 2, 16},
		"above, hardly priced in, confident": {callrankv1.ComponentImpact, versus("above", "low", 10), 16, 16},
		"above, hardly priced in, half sure": {callrankv1.ComponentImpact, versus("above", "low", 5), 12, 16},
		"above, half priced in":              {callrankv1.ComponentImpact, versus("above", "medium", 10), 8, 16},
		"above, without confidence":          {callrankv1.ComponentImpact, versus("above", "low", 0), 8, 16},
		"below":                              {callrankv1.ComponentImpact, versus("below", "low", 10), 0, 16},
		"versus nothing":                     {callrankv1.ComponentImpact, grounded(func(g *callrankv1.Grounding) { g.Consensus = nil }), unknown, 16},
		"without a grounding":                {callrankv1.ComponentImpact, func(c []*callrankv1.CallSummary) { c[1].Grounding = nil }, unknown, 16},

		"the smallest companies are under the radar":  {callrankv1.ComponentUnderRadar, worth(2e9), 8, 8},
		"smaller ones no more so":                     {callrankv1.ComponentUnderRadar, worth(1e6), 8, 8},
		"half way in the logarithm is half":           {callrankv1.ComponentUnderRadar, worth(2e10), 4, 8},
		"the largest are not":                         {callrankv1.ComponentUnderRadar, worth(2e11), 0, 8},
		"without a value in dollars nobody can say":   {callrankv1.ComponentUnderRadar, grounded(func(g *callrankv1.Grounding) { g.Valuation = &callrankv1.Valuation{} }), unknown, 8},
		"a value of nothing is none":                  {callrankv1.ComponentUnderRadar, worth(0), unknown, 8},
		"all proof is credible":                       {callrankv1.ComponentCredibility, said(10, 9, proto.Float64(1)), 10, 10},
		"half proof":                                  {callrankv1.ComponentCredibility, said(5, 2, new(0.5)), 5, 10},
		"no question about AI leaves directness open": {callrankv1.ComponentCredibility, said(5, 2, nil), 4, 8},
		"a contradicted figure costs": {callrankv1.ComponentCredibility, func(c []*callrankv1.CallSummary) {
			said(5, 2, nil)(c)
			c[1].Grounding.Checks = []*callrankv1.FiledCheck{{Agrees: true}, {Agrees: false}}
		}, 2.5, 8},
		"silence is not credible, but known": {callrankv1.ComponentCredibility, func(c []*callrankv1.CallSummary) { c[1].Quantified = 0 }, 0, 8},

		"insiders and institutions buying": {callrankv1.ComponentConfirmation, owners(n(3), n(1), n(9), n(7)), 6, 6},
		"all selling":                      {callrankv1.ComponentConfirmation, owners(n(1), n(3), n(7), n(9)), 0, 6},
		"nobody trading is half":           {callrankv1.ComponentConfirmation, owners(n(0), n(0), n(5), n(5)), 3, 6},
		"only insiders known":              {callrankv1.ComponentConfirmation, owners(n(3), n(1), nil, n(9)), 3, 3},
		"only institutions known":          {callrankv1.ComponentConfirmation, owners(nil, nil, n(7), n(9)), 0, 3},
		"neither known":                    {callrankv1.ComponentConfirmation, owners(nil, n(1), nil, nil), unknown, 6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			calls := pageCalls()
			tt.change(calls)
			got := component(t, conviction.Stand("HLYD", calls, conviction.Default()).GetConviction(), tt.component)
			require.Equal(t, tt.max, got.GetMax())
			require.NotEmpty(t, got.GetReason())
			if tt.want == unknown {
				require.Nil(t, got.Points, got.GetReason())
				return
			}
			require.NotNil(t, got.Points, got.GetReason())
			require.InDelta(t, tt.want, got.GetPoints(), 0.001, got.GetReason())
		})
	}
}

func TestAFirstCallHasNoTrend(t *testing.T) {
	t.Parallel()
	c := conviction.Stand("HLYD", pageCalls()[1:], conviction.Default()).GetConviction()
	require.Nil(t, component(t, c, callrankv1.ComponentTrend).Points)
	require.Equal(t, 59.0, c.GetScore())
	require.Equal(t, 82.0, c.GetOutOf())
}

func TestACompanyWithoutCallsHasNoConviction(t *testing.T) {
	t.Parallel()
	require.Nil(t, conviction.Stand("HLYD", nil, conviction.Default()).GetConviction())
}

func TestAContradictionOfOwnersIsInTheReason(t *testing.T) {
	t.Parallel()
	calls := pageCalls()
	calls[1].Grounding.Ownership.Contradiction = new("the share they hold fell")
	c := conviction.Stand("HLYD", calls, conviction.Default()).GetConviction()
	require.Contains(t, component(t, c, callrankv1.ComponentConfirmation).GetReason(), "but the share they hold fell")
}

func TestTheScoreIsTheSumOfItsComponents(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := conviction.Score(anySummary(t, "latest"), anySummary(t, "previous"), conviction.Default())
		var score, outOf float64
		for _, component := range c.GetComponents() {
			if component.Points != nil {
				require.GreaterOrEqual(t, component.GetPoints(), 0.0)
				require.LessOrEqual(t, component.GetPoints(), component.GetMax())
				score += component.GetPoints()
				outOf += component.GetMax()
			}
		}
		require.InDelta(t, score, c.GetScore(), 1e-9)
		require.InDelta(t, outOf, c.GetOutOf(), 1e-9)
		require.Equal(t, c.GetScore(), math.Round(c.GetScore()*100)/100, "no digits beyond hundredths")
	})
}

func anySummary(t *rapid.T, label string) *callrankv1.CallSummary {
	s := &callrankv1.CallSummary{
		Call:       quarter(2026, 1),
		Enthusiasm: rapid.Float64Range(0, 10).Draw(t, label+" enthusiasm"),
		Substance:  rapid.Float64Range(0.1, 10).Draw(t, label+" substance"),
		Quantified: rapid.Uint32Range(0, 60).Draw(t, label+" quantified"),
		Hard:       rapid.Uint32Range(0, 9).Draw(t, label+" hard"),
		Grounding: &callrankv1.Grounding{
			Valuation: &callrankv1.Valuation{MarketCap: new(rapid.Float64Range(0, 1e12).Draw(t, label+" value"))},
		},
	}
	if rapid.Bool().Draw(t, label+" asked") {
		s.Directness = new(rapid.Float64Range(0, 1).Draw(t, label+" directness"))
	}
	if rapid.Bool().Draw(t, label+" compared") {
		s.Grounding.Consensus = compared(
			rapid.SampledFrom([]string{"above", "inline", "below", "sideways"}).Draw(t, label+" versus"),
			rapid.SampledFrom([]string{"low", "medium", "high", ""}).Draw(t, label+" priced"),
			rapid.Uint32Range(0, 12).Draw(t, label+" confidence"))
	}
	return s
}

func TestLessProofNeverScoresHigher(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		more, previous := anySummary(t, "latest"), anySummary(t, "previous")
		less := proto.CloneOf(more)
		less.Enthusiasm -= rapid.Float64Range(0, less.GetEnthusiasm()).Draw(t, "less enthusiasm")
		less.Substance -= rapid.Float64Range(0, less.GetSubstance()).Draw(t, "less substance")
		less.Quantified -= rapid.Uint32Range(0, less.GetQuantified()).Draw(t, "fewer claims")
		less.Hard -= rapid.Uint32Range(0, less.GetHard()).Draw(t, "fewer hard ones")
		if less.Directness != nil {
			*less.Directness -= rapid.Float64Range(0, less.GetDirectness()).Draw(t, "less direct")
		}
		if rapid.Bool().Draw(t, "contradicted") {
			less.Grounding.Checks = []*callrankv1.FiledCheck{{Agrees: false}}
		}
		w := conviction.Default()
		require.LessOrEqual(t, conviction.Score(less, previous, w).GetScore(), conviction.Score(more, previous, w).GetScore())
	})
}

func BenchmarkStand(b *testing.B) {
	calls, w := pageCalls(), conviction.Default()
	for b.Loop() {
		conviction.Stand("HLYD", calls, w)
	}
}
