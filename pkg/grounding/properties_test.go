package grounding_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/grounding"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// anyClaim draws claims of every kind, sensible and not.
func anyClaim(n int) *rapid.Generator[*callrankv1.Claim] {
	return rapid.Custom(func(t *rapid.T) *callrankv1.Claim {
		c := claimed(id(n),
			of(rapid.SampledFrom([]string{"AI", "Cloud", "Rigging", "Devices", "total revenue", ""}).Draw(t, "subject"),
				rapid.SampledFrom([]string{"run rate", "revenue", "backlog", "cost savings", "capex", "operating margin", "growth"}).Draw(t, "metric")),
			kind(
				rapid.SampledFrom([]string{
					callrankv1.ClaimRevenue, callrankv1.ClaimRevenue, callrankv1.ClaimCost, callrankv1.ClaimCommitment,
					callrankv1.ClaimProductivity, callrankv1.ClaimEngagement, callrankv1.ClaimOther,
				}).Draw(t, "kind"),
				rapid.SampledFrom([]string{callrankv1.LineTop, callrankv1.LineTop, callrankv1.LineBottom, callrankv1.LineBoth, callrankv1.LineNone}).Draw(t, "line")))
		c.Relevance = rapid.SampledFrom([]string{callrankv1.RelevanceCore, callrankv1.RelevanceAdjacent}).Draw(t, "relevance")
		c.Orientation = rapid.SampledFrom([]string{callrankv1.OrientationPast, callrankv1.OrientationCurrent, callrankv1.OrientationForward}).Draw(t, "orientation")
		if rapid.Bool().Draw(t, "dated") {
			c.Period = new(rapid.SampledFrom([]string{"FY2025", "Q1 FY2026", "second half", "soon"}).Draw(t, "period"))
		}
		for range rapid.IntRange(0, 3).Draw(t, "figures") {
			c.Figures = append(c.Figures, anyFigure().Draw(t, "figure"))
		}
		return c
	})
}

func anyFigure() *rapid.Generator[*callrankv1.Figure] {
	return rapid.Custom(func(t *rapid.T) *callrankv1.Figure {
		f := &callrankv1.Figure{Unit: rapid.SampledFrom([]string{"USD", "USD", "EUR", "percent", "multiple", "bps", "years", "count"}).Draw(t, "unit")}
		v := rapid.OneOf(rapid.Float64Range(0, 1e9), rapid.Float64Range(0, 500), rapid.Just(math.Inf(1)), rapid.Just(-100.0)).Draw(t, "value")
		switch rapid.IntRange(0, 3).Draw(t, "form") {
		case 0:
			f.Low, f.High = new(v), new(2*v)
		case 1:
		default:
			f.Value = new(v)
		}
		f.Text = fmt.Sprint(v)
		if rapid.Bool().Draw(t, "compared") {
			f.Comparator = new(rapid.SampledFrom([]string{"YoY", "QoQ", "versus GPUs"}).Draw(t, "comparator"))
		}
		return f
	})
}

func anyClaims(t *rapid.T, most int) []*callrankv1.Claim {
	claims := make([]*callrankv1.Claim, rapid.IntRange(0, most).Draw(t, "claims"))
	for i := range claims {
		claims[i] = anyClaim(i+1).Draw(t, "claim")
	}
	return claims
}

func printed(t require.TestingT, m proto.Message) string {
	b, err := callrankv1.JSON(m)
	require.NoError(t, err)
	return string(b)
}

func TestTheOrderOfClaimsDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		claims := anyClaims(t, 10)
		shuffled := rapid.Permutation(claims).Draw(t, "shuffled")
		first := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: claims, Company: halyard()})
		second := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: shuffled, Company: halyard()})
		require.Equal(t, printed(t, first), printed(t, second))
	})
}

func TestAFurtherClaimAddsNoMoreThanItsFamilysBestMember(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		claims := anyClaims(t, 8)
		company := halyard()
		before := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: claims, Company: company})
		after := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: append(claims, anyClaim(len(claims)+1).Draw(t, "further")), Company: company})
		best := 0.0
		for _, s := range after.GetSized() {
			best = max(best, s.GetUplift(), s.GetRecognised())
		}
		if len(before.GetFamilies()) == len(after.GetFamilies()) {
			require.LessOrEqual(t, after.GetAggregate().GetRevenue(), max(before.GetAggregate().GetRevenue(), 0)+best+1)
		}
		counted := 0.0
		for _, f := range after.GetFamilies() {
			for _, s := range after.GetSized() {
				if f.Counted != nil && s.GetClaimId() == f.GetCounted() {
					counted += max(s.GetUplift(), s.GetRecognised(), 0)
				}
			}
		}
		require.LessOrEqual(t, after.GetAggregate().GetRevenue(), counted+1, "the aggregate is at most its counted members")
	})
}

func TestTheSameClaimTwiceAddsNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		claims := anyClaims(t, 6)
		again := append([]*callrankv1.Claim{}, claims...)
		for i, c := range claims {
			copied := proto.CloneOf(c)
			id(100 + i)(copied)
			again = append(again, copied)
		}
		once := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: claims, Company: halyard()}).GetAggregate()
		twice := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: again, Company: halyard()}).GetAggregate()
		require.Equal(t, once.GetRevenue(), twice.GetRevenue())
		require.Equal(t, once.GetNetIncome(), twice.GetNetIncome())
	})
}

func TestNothingKnownLaterIsUsed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		const asOf = "2026-03-01"
		claims := anyClaims(t, 6)
		company := page()
		company.Segments = halyard().Segments
		then := fundamentals.Known{On: "2026-02-10"}
		company.Known, company.Market.Known, company.Actuals[0].Known, company.Insiders.Known, company.Holders.Known = then, then, then, then, then
		for i := range company.Consensus {
			company.Consensus[i].Known = then
		}
		before := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: claims, Company: company, AsOf: asOf})

		later := fundamentals.Known{On: rapid.SampledFrom([]string{"2026-03-02", "2027-01-01"}).Draw(t, "later")}
		figures := figure(rapid.SampledFrom([]string{"1", "5e11", "-3"}).Draw(t, "figure"))
		company.Actuals = append(company.Actuals,
			fundamentals.Actual{Known: later, FiscalYear: 2025, Revenue: figures, NetIncome: figures, DilutedEPS: figures},
			fundamentals.Actual{Known: later, FiscalYear: 2026, Revenue: figures})
		company.Consensus = append(company.Consensus, fundamentals.Estimate{Known: later, FiscalYear: 2026, Revenue: figures, NetIncome: figures})
		company.Quarters = append(company.Quarters, fundamentals.Quarter{Known: later, FiscalYear: 2026, FiscalQuarter: 1, Revenue: figures})
		company.Segments = append(company.Segments, fundamentals.Segment{Known: later, Name: "AI", FiscalYear: 2025, Revenue: figures, IncrementalNetMargin: figure("0.9")})
		after := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: claims, Company: company, AsOf: asOf})
		require.Equal(t, printed(t, before), printed(t, after))
	})
}

func TestGroundingLeavesItsInputAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		claims := anyClaims(t, 6)
		untouched := make([]*callrankv1.Claim, 0, len(claims))
		for _, c := range claims {
			untouched = append(untouched, proto.CloneOf(c))
		}
		company := page()
		grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: claims, Company: company})
		for i := range claims {
			require.True(t, proto.Equal(untouched[i], claims[i]))
		}
		require.Equal(t, page(), company)
	})
}

func TestNoFigureIsInfinite(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		company := halyard()
		draw := func(label string) fundamentals.Figure {
			return figure(rapid.SampledFrom([]string{"0", "-1", "1", "-1e15", "1e15", "0.0001"}).Draw(t, label))
		}
		company.Actuals[0].Revenue, company.Actuals[0].NetIncome, company.Actuals[0].DilutedEPS = draw("revenue"), draw("income"), draw("eps")
		company.Consensus[0].Revenue, company.Consensus[0].NetIncome, company.Consensus[0].EPS = draw("expected revenue"), draw("expected income"), draw("expected eps")
		company.Segments[0].Revenue = draw("segment")
		company.Market = &fundamentals.Market{Currency: "USD", Price: draw("price"), Cap: draw("cap")}
		g := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: anyClaims(t, 6), Company: company})
		require.NotContains(t, printed(t, g), "Infinity")
		require.NotContains(t, printed(t, g), "NaN")
	})
}

func TestMoreHedgingNeverRaisesWhatCounts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		claim := chipsRunRate(1)
		plain := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: []*callrankv1.Claim{claim}, Company: page()})
		hedged := proto.CloneOf(claim)
		for _, hedge := range rapid.SliceOfN(rapid.SampledFrom([]func(*callrankv1.Claim){
			forward, adjacent,
			func(c *callrankv1.Claim) { c.Figures[1].Qualifier = new("up to") },
			func(c *callrankv1.Claim) { c.Disputed = []string{"implausible_figure"} },
			func(c *callrankv1.Claim) { c.Figures = c.GetFigures()[:1] },
			func(c *callrankv1.Claim) { c.Section = callrankv1.SectionTakeaways },
		}), 1, 3).Draw(t, "hedges") {
			if len(hedged.GetFigures()) == 3 {
				hedge(hedged)
			}
		}
		got := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: []*callrankv1.Claim{hedged}, Company: page()})
		require.LessOrEqual(t, got.GetAggregate().GetRevenue(), plain.GetAggregate().GetRevenue())
		require.LessOrEqual(t, got.GetConsensus().GetConfidence(), plain.GetConsensus().GetConfidence())
	})
}

func TestMoreNeverComparesLower(t *testing.T) {
	t.Parallel()
	versus := map[string]int{callrankv1.AnalystsBelow: 0, callrankv1.AnalystsInline: 1, callrankv1.AnalystsAbove: 2}
	priced := map[string]int{callrankv1.PricedInHigh: 0, callrankv1.PricedInMedium: 1, callrankv1.PricedInLow: 2}
	rapid.Check(t, func(t *rapid.T) {
		growth := rapid.IntRange(1, 1000)
		less := growth.Draw(t, "less")
		more := less + growth.Draw(t, "more")
		judge := func(percent int) *callrankv1.Consensus {
			return consensusOf(chipsDoubledTo(float64(percent)))
		}
		a, b := judge(less), judge(more)
		require.LessOrEqual(t, versus[a.GetVersusAnalysts()], versus[b.GetVersusAnalysts()])
		require.LessOrEqual(t, priced[a.GetPricedIn()], priced[b.GetPricedIn()])
	})
}

func chipsDoubledTo(billions float64) *callrankv1.Claim {
	return claimed(of("chips", "run rate"), with(stated("x", "USD", billions*billion), yearly(stated("100%", "percent", 100))))
}

func consensusOf(claim *callrankv1.Claim) *callrankv1.Consensus {
	return grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: []*callrankv1.Claim{claim}, Company: page()}).GetConsensus()
}

func TestSegmentsThatFileApartCountApart(t *testing.T) {
	t.Parallel()
	cloud := claimed(id(1), of("Cloud AI", "run rate"), with(stated("$80 million", "USD", 8e7), yearly(stated("100%", "percent", 100))))
	devices := claimed(id(2), of("Devices AI", "run rate"), with(stated("$20 million", "USD", 2e7), yearly(stated("100%", "percent", 100))))
	g := ground(t, halyard(), cloud, devices)
	require.Len(t, g.GetFamilies(), 2)
	require.Equal(t, 5e7, g.GetAggregate().GetRevenue())

	anywhere := claimed(id(3), of("AI", "run rate"), with(stated("$90 million", "USD", 9e7), yearly(stated("100%", "percent", 100))))
	g = ground(t, halyard(), cloud, devices, anywhere)
	require.Len(t, g.GetFamilies(), 1, "a claim of no segment may be of either")
	require.Equal(t, 4.5e7, g.GetAggregate().GetRevenue())
}

func BenchmarkGround(b *testing.B) {
	company := page()
	const calls = 10
	claims := make([]*callrankv1.Claim, 0, calls*len(pageClaims()))
	for i := range calls {
		for _, c := range pageClaims() {
			id(100*i + int(c.GetSource().GetStart()))(c)
			claims = append(claims, c)
		}
	}
	for b.Loop() {
		grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: claims, Company: company})
	}
	b.ReportMetric(float64(len(claims)), "claims/op")
}
