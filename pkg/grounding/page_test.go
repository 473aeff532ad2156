package grounding_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/grounding"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// tolerance of the page's percentages, which are rounded to two places.
const tolerance = 0.02

func TestThePagesClaimsComeOutAsOnThePage(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		claim                 *callrankv1.Claim
		method                string
		amount                float64
		recognised, share     float64
		netIncome, epsPercent float64
	}{
		"AI run rate":      {aiRunRate(), callrankv1.MethodRunRate, 15e9, 0, 2.09, 3.75e9, 4.83},
		"commitments":      {chipCommitments(1), callrankv1.MethodCommitment, 225e9, 33.75e9, 4.71, 8.4375e9, 10.86},
		"chips run rate":   {chipsRunRate(1), callrankv1.MethodRunRate, 20e9, 0, 2.79, 5e9, 6.44},
		"margin advantage": {marginAdvantage(1), callrankv1.MethodCostSaving, 1e9, 0, 0, 1e9, 1.29},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := ground(t, page(), tt.claim).GetSized()[0]
			require.Equal(t, tt.method, s.GetMethod())
			require.True(t, s.GetHard(), s.GetWhy())
			require.Equal(t, tt.amount, s.GetAmount())
			require.Equal(t, tt.recognised, s.GetRecognised())
			require.InDelta(t, tt.share, s.GetRevenuePct(), tolerance)
			require.Equal(t, tt.netIncome, s.GetNetIncome())
			require.InDelta(t, tt.epsPercent, s.GetEpsPct(), tolerance)
			require.NotEmpty(t, s.GetArithmetic())
		})
	}
}

func TestThePagesBaseAndAssumptions(t *testing.T) {
	t.Parallel()
	g := ground(t, page(), pageClaims()...)
	require.Equal(t, callrankv1.GroundingSized, g.GetStatus())
	require.Equal(t, int32(2025), g.GetBase().GetFiscalYear())
	require.Equal(t, 716924000000.0, g.GetBase().GetRevenue())
	require.Equal(t, 77670000000.0, g.GetBase().GetNetIncome())
	require.Equal(t, 7.17, g.GetBase().GetDilutedEps())
	require.InDelta(t, 10.83, g.GetBase().GetNetMarginPct(), tolerance)
	set := map[string]float64{}
	for _, a := range g.GetAssumptions() {
		require.Equal(t, "default", a.GetOrigin())
		set[a.GetName()] = a.GetValue()
	}
	require.Equal(t, map[string]float64{
		grounding.AssumeTax: 0.21, grounding.AssumeMargin: 0.25, grounding.AssumeRecognised: 0.15, grounding.AssumeLife: 6,
	}, set)
}

func TestThePagesAggregateAgainstConsensus(t *testing.T) {
	t.Parallel()
	got := grounding.Compare(page(), 2025, decimal.NewFromInt(30_000_000_000), decimal.NewFromInt(8_000_000_000))
	require.InDelta(t, 4.18, got.Aggregate.GetRevenuePct(), tolerance)
	require.InDelta(t, 10.30, got.Aggregate.GetEpsPct(), tolerance)
	c := got.Consensus
	require.Equal(t, int32(2026), c.GetFiscalYear())
	require.InDelta(t, 14.92, c.GetRevenueGrowthPct(), tolerance)
	require.InDelta(t, 21.98, c.GetNetIncomeGrowthPct(), tolerance)
	require.InDelta(t, 22.59, c.GetEpsGrowthPct(), tolerance)
	require.InDelta(t, 28.0, c.GetShareOfRevenueGrowthPct(), 0.3)
	require.InDelta(t, 46.9, c.GetShareOfNetIncomeGrowthPct(), 0.3)
	require.Equal(t, callrankv1.AnalystsInline, c.GetVersusAnalysts())
	require.Equal(t, callrankv1.PricedInMedium, c.GetPricedIn())
}

func TestThePagesValuationByItsRightNames(t *testing.T) {
	t.Parallel()
	v := ground(t, page()).GetValuation()
	require.Equal(t, 258.68, v.GetPrice())
	require.InDelta(t, 36.08, v.GetTrailingPe(), tolerance)
	require.InDelta(t, 29.43, v.GetForwardPe(), tolerance)
	require.InDelta(t, 3.89, v.GetPriceToSales(), tolerance)
	require.Equal(t, 2787900000000.0, v.GetMarketCap())
}

func TestThePagesClaimsAreCountedOnce(t *testing.T) {
	t.Parallel()
	g := ground(t, page(), pageClaims()...)
	require.Len(t, g.GetFamilies(), 2)
	revenue, savings := g.GetFamilies()[0], g.GetFamilies()[1]
	require.Equal(t, []string{"c01", "c02", "c03", "c05", "c06"}, revenue.GetClaimIds(), "never summed")
	require.Equal(t, "c02", revenue.GetCounted(), "the one that states its growth")
	require.Equal(t, []string{"c04"}, savings.GetClaimIds())
	for _, s := range g.GetSized() {
		switch s.GetClaimId() {
		case "c01", "c03", "c05", "c06":
			require.Equal(t, "c02", s.GetCountedUnder())
			require.Equal(t, revenue.GetName(), s.GetFamily())
		default:
			require.Nil(t, s.CountedUnder)
		}
	}

	total := g.GetAggregate()
	require.Equal(t, 10e9, total.GetRevenue(), "$20B is the level; it doubled, so half of it is new")
	require.Equal(t, 3.5e9, total.GetNetIncome(), "a quarter of $10B, and $1B saved")
	require.Equal(t, []string{
		"AI revenue: c02 chips business adds revenue $10B (uplift), × 25% incremental net margin = net income $2.5B",
		"AI cost savings: c04 Trainium adds net income $1B",
		"sum of revenue $10B ÷ FY2025 revenue $716.924B = 1.39%",
		"sum of net income $3.5B ÷ FY2025 net income $77.67B = 4.51%",
	}, total.GetArithmetic())
	require.Equal(t, callrankv1.AnalystsInline, g.GetConsensus().GetVersusAnalysts())
	require.Equal(t, callrankv1.PricedInMedium, g.GetConsensus().GetPricedIn())
}

func TestTheFaultsOfThePageAreNotRepeated(t *testing.T) {
	t.Parallel()
	g := ground(t, page(), pageClaims()...)
	byID := map[string]*callrankv1.SizedClaim{}
	for _, s := range g.GetSized() {
		byID[s.GetClaimId()] = s
	}

	t.Run("a level is not an uplift", func(t *testing.T) {
		t.Parallel()
		require.Nil(t, byID["c01"].Uplift, "no growth over a year is stated with it")
		require.Equal(t, 10e9, byID["c02"].GetUplift())
	})
	t.Run("spending is a cost", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, callrankv1.MethodSpending, byID["c07"].GetMethod())
		require.False(t, byID["c07"].GetHard())
		require.InDelta(t, 27.90, byID["c07"].GetRevenuePct(), tolerance)
		require.Nil(t, byID["c07"].NetIncome)
		require.Nil(t, byID["c07"].Uplift)
	})
	t.Run("customers' hours are no dollars", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, callrankv1.MethodUnsized, byID["c08"].GetMethod())
		require.False(t, byID["c08"].GetHard())
		require.Contains(t, byID["c08"].GetWhy(), "whose, and at what wage, is not said")
	})
	t.Run("institutions adding beside falling ownership is called a contradiction", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, "3216 institutions increased and 2314 reduced their holding, yet the share they hold fell by 2.68 points and the number of holders fell by 88",
			g.GetOwnership().GetContradiction())
	})
	t.Run("the paragraphs have a figure in every sentence", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, "Revenue of FY2025 was $716.924B; analysts expect $823.9B of FY2026, +14.92%. "+
			"Hard AI claims, each dollar counted once, add $10B, 1.39% of revenue and 9.3% of the growth analysts expect. "+
			"The largest AI run rate is that of c02 chips business, $20B, a level of 2.79% of revenue. "+
			"Of the commitments of c03 Trainium, $225B, some $33.75B fall into the coming year.", g.GetTopLine())
		require.Equal(t, "Net income of FY2025 was $77.67B; analysts expect $94.74B of FY2026, +21.98%. "+
			"What is counted brings $3.5B, 4.51% of EPS and 20.5% of the growth analysts expect. "+
			"Against that stands spending: c07 capital expenditures, $200B, 27.90% of revenue.", g.GetBottomLine())
	})
}
