package grounding_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/grounding"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func TestTheBaseIsTheLastYearReportedByTheCall(t *testing.T) {
	t.Parallel()
	company := halyard()
	for year, revenue := range map[int]string{2023: "800e6", 2024: "900e6", 2026: "1200e6"} {
		company.Actuals = append(company.Actuals, fundamentals.Actual{
			Known: fundamentals.Known{On: "2025-01-01"}, FiscalYear: year, Revenue: figure(revenue), NetIncome: figure("1e6"),
		})
	}
	for name, tt := range map[string]struct {
		call *callrankv1.Call
		want int32
	}{
		"a fourth quarter's call reports its own year": {call(2025, 4), 2025},
		"a first quarter's call has the year before":   {call(2026, 1), 2025},
		"a third quarter's call too":                   {call(2025, 3), 2024},
		"a call on the second half reports its year":   {&callrankv1.Call{FiscalYear: proto.Int32(2025), FiscalHalf: proto.Int32(2)}, 2025},
		"a call on the first has the year before":      {&callrankv1.Call{FiscalYear: proto.Int32(2025), FiscalHalf: proto.Int32(1)}, 2024},
		"without a quarter the year before is safe":    {&callrankv1.Call{FiscalYear: proto.Int32(2025)}, 2024},
		"a later year is never used":                   {call(2022, 4), 0},
		"nor is any without a fiscal year":             {&callrankv1.Call{}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := grounding.Ground(grounding.Input{Call: tt.call, Company: company})
			require.Equal(t, tt.want, g.GetBase().GetFiscalYear())
			if tt.want == 0 {
				require.Equal(t, callrankv1.GroundingUnknown, g.GetStatus())
				require.NotEmpty(t, g.GetReason())
			}
		})
	}
}

func TestAnEarlierYearStandsInAndSaysSo(t *testing.T) {
	t.Parallel()
	g := grounding.Ground(grounding.Input{Call: call(2027, 1), Claims: []*callrankv1.Claim{aiRunRate()}, Company: func() *fundamentals.Company {
		c := halyard()
		c.Consensus = append(c.Consensus, fundamentals.Estimate{FiscalYear: 2027, Revenue: figure("1300e6"), EPS: figure("1.5")})
		return c
	}()})
	require.Equal(t, int32(2025), g.GetBase().GetFiscalYear())
	require.Contains(t, g.GetBase().GetOrigin().GetSource(), "FY2026 is not there; FY2025 is the nearest earlier year")
	require.Contains(t, g.GetTopLine(), "Figures of FY2026 are not there, so FY2025 stands in")
	require.Equal(t, int32(2027), g.GetConsensus().GetFiscalYear())
	require.Equal(t, 1300e6, g.GetConsensus().GetRevenue())
	require.Nil(t, g.GetConsensus().VersusAnalysts, "two years' growth is not one's")
	require.Contains(t, g.GetConsensus().GetArithmetic()[0], "more than a year's growth")
}

func TestMissingData(t *testing.T) {
	t.Parallel()
	claims := pageClaims

	t.Run("an unknown company leaves every claim unsized with the reason", func(t *testing.T) {
		t.Parallel()
		g := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: claims(), Reason: "no file HLYD.json", AsOf: "2026-05-01"})
		require.Equal(t, callrankv1.GroundingUnknown, g.GetStatus())
		require.Equal(t, "no file HLYD.json", g.GetReason())
		require.Equal(t, "2026-05-01", g.GetAsOf())
		require.Nil(t, g.GetBase())
		require.Nil(t, g.GetConsensus())
		require.Len(t, g.GetSized(), len(claims()))
		for _, s := range g.GetSized() {
			require.Equal(t, callrankv1.MethodUnsized, s.GetMethod())
			require.NotEmpty(t, s.GetWhy())
		}
		require.Nil(t, g.GetAggregate().Revenue)
		require.Contains(t, g.GetAggregate().GetArithmetic()[0], "no file HLYD.json")
		require.NotEmpty(t, g.GetAssumptions())
	})

	t.Run("without a reason there still is one", func(t *testing.T) {
		t.Parallel()
		require.NotEmpty(t, grounding.Ground(grounding.Input{}).GetReason())
	})

	t.Run("a company without filed years keeps its price and owners", func(t *testing.T) {
		t.Parallel()
		company := page()
		company.Actuals = nil
		g := ground(t, company, claims()...)
		require.Equal(t, callrankv1.GroundingUnknown, g.GetStatus())
		require.Contains(t, g.GetReason(), "FY2025")
		require.Equal(t, 258.68, g.GetValuation().GetPrice())
		require.Nil(t, g.GetValuation().TrailingPe)
		require.NotNil(t, g.GetOwnership())
		require.Equal(t, "Consumer Cyclical", g.GetSector())
	})

	t.Run("a company without consensus is sized but not compared", func(t *testing.T) {
		t.Parallel()
		company := page()
		company.Consensus = nil
		g := ground(t, company, claims()...)
		require.Equal(t, callrankv1.GroundingSized, g.GetStatus())
		require.Equal(t, 10e9, g.GetAggregate().GetRevenue())
		require.Nil(t, g.GetConsensus().VersusAnalysts)
		require.Equal(t, []string{"what analysts expect of FY2026 is not known: file AMZN.json has none"}, g.GetConsensus().GetArithmetic())
		require.Nil(t, g.GetValuation().ForwardPe)
	})

	t.Run("growth rates stand in for levels that analysts' figures lack", func(t *testing.T) {
		t.Parallel()
		company := page()
		company.Consensus = []fundamentals.Estimate{{FiscalYear: 2026, RevenueGrowth: figure("0.1"), EPSGrowth: figure("0.2")}}
		g := ground(t, company, claims()...)
		require.Equal(t, 788616400000.0, g.GetConsensus().GetRevenue())
		require.InDelta(t, 10.0/71.6924*100, g.GetConsensus().GetShareOfRevenueGrowthPct(), tolerance)
		require.Nil(t, g.GetConsensus().ShareOfNetIncomeGrowthPct)
		require.NotNil(t, g.GetConsensus().VersusAnalysts)
	})

	t.Run("nothing is compared where no growth is expected", func(t *testing.T) {
		t.Parallel()
		company := page()
		company.Consensus = []fundamentals.Estimate{{FiscalYear: 2026, Revenue: figure("700e9"), NetIncome: figure("70e9")}}
		g := ground(t, company, claims()...)
		require.Nil(t, g.GetConsensus().VersusAnalysts)
		require.Nil(t, g.GetConsensus().Confidence)
		require.Contains(t, g.GetConsensus().GetArithmetic()[0], "not meaningful")
	})

	for name, income := range map[string]string{"a loss": "-5e9", "no income": "0"} {
		t.Run("to "+name+" no share is meaningful", func(t *testing.T) {
			t.Parallel()
			company := page()
			company.Actuals[0].NetIncome = figure(income)
			company.Actuals[0].DilutedEPS = figure(income)
			g := ground(t, company, aiRunRate(), chipsRunRate(2))
			require.Equal(t, 3.75e9, g.GetSized()[0].GetNetIncome())
			require.Nil(t, g.GetSized()[0].EpsPct)
			require.Contains(t, g.GetSized()[0].GetArithmetic(), "share of EPS: not meaningful")
			require.Nil(t, g.GetAggregate().EpsPct)
			require.Nil(t, g.GetConsensus().NetIncomeGrowthPct)
			require.Nil(t, g.GetValuation().TrailingPe)
		})
	}

	t.Run("to no revenue neither", func(t *testing.T) {
		t.Parallel()
		company := page()
		company.Actuals[0].Revenue = figure("0")
		g := ground(t, company, aiRunRate())
		require.Nil(t, g.GetSized()[0].RevenuePct)
		require.Contains(t, g.GetSized()[0].GetArithmetic(), "share of revenue: not meaningful")
		require.Nil(t, g.GetBase().NetMarginPct)
		require.Nil(t, g.GetValuation().PriceToSales)
	})
}

func TestACompanyPricedInAnotherCurrency(t *testing.T) {
	t.Parallel()
	company := halyard()
	company.Currency = "SEK"
	company.Market = &fundamentals.Market{Currency: "USD", Price: figure("12"), Cap: figure("2e9"), CapUSD: figure("2e9")}
	g := ground(t, company, claimed(of("AI", "ARR"), with(stated("SEK 90 million", "SEK", 9e7))), claimed(id(2), of("AI", "ARR"), with(stated("$90 million", "USD", 9e7))))
	require.Equal(t, "SEK 90M ÷ FY2025 revenue SEK 1B = 9.00%", g.GetSized()[0].GetArithmetic()[:len("SEK 90M ÷ FY2025 revenue SEK 1B = 9.00%")])
	require.Equal(t, callrankv1.MethodUnsized, g.GetSized()[1].GetMethod())
	require.Equal(t, 12.0, g.GetValuation().GetPrice())
	require.Equal(t, 2e9, g.GetValuation().GetMarketCap())
	require.Nil(t, g.GetValuation().TrailingPe)
	require.Nil(t, g.GetValuation().PriceToSales)
	require.Contains(t, g.GetValuation().GetOrigin().GetSource(), "priced in USD, reported in SEK")
}

func TestOwnershipWithoutContradiction(t *testing.T) {
	t.Parallel()
	company := page()
	company.Holders.OwnershipChange = figure("1.2")
	company.Holders.HoldersChange = figure("3")
	require.Nil(t, ground(t, company).GetOwnership().Contradiction)
	company.Holders, company.Insiders = nil, nil
	require.Nil(t, ground(t, company).GetOwnership())
}

func TestFiledChecks(t *testing.T) {
	t.Parallel()
	company := halyard()
	company.Quarters = []fundamentals.Quarter{{FiscalYear: 2026, FiscalQuarter: 1, Revenue: figure("155.667e6")}}
	total := func(text string, value float64) *callrankv1.Claim {
		return claimed(of("Halyard total revenue", "revenue and growth"), adjacent, past, during("Q1 FY2026"), with(stated(text, "USD", value)))
	}

	t.Run("a rounded figure agrees", func(t *testing.T) {
		t.Parallel()
		g := ground(t, company, total("$155.7 million", 155.7e6))
		require.Len(t, g.GetChecks(), 1)
		require.True(t, g.GetChecks()[0].GetAgrees())
		require.Equal(t, "revenue of Q1 FY2026", g.GetChecks()[0].GetWhat())
	})
	t.Run("a wrong digit is flagged and not used", func(t *testing.T) {
		t.Parallel()
		g := ground(t, company, total("$165.7 million", 165.7e6))
		require.False(t, g.GetChecks()[0].GetAgrees())
		require.Equal(t, callrankv1.MethodUnsized, g.GetSized()[0].GetMethod())
		require.Contains(t, g.GetSized()[0].GetWhy(), "spoken as $165.7M and filed as $155.667M")
	})
	t.Run("a year and a segment are checked alike", func(t *testing.T) {
		t.Parallel()
		g := ground(t, company,
			claimed(id(1), of("consolidated revenue", "revenue"), adjacent, past, during("fiscal year 2025"), with(stated("$1 billion", "USD", 1e9))),
			claimed(id(2), of("Cloud", "revenue"), past, during("FY2025"), with(stated("$400 million", "USD", 4e8))))
		require.Len(t, g.GetChecks(), 2)
		require.True(t, g.GetChecks()[0].GetAgrees())
		require.True(t, g.GetChecks()[1].GetAgrees())
	})
	t.Run("a year's figure taken for a quarter's is no wrong figure", func(t *testing.T) {
		t.Parallel()
		company := halyard()
		company.Quarters = []fundamentals.Quarter{{FiscalYear: 2025, FiscalQuarter: 4, Revenue: figure("260e6")}}
		g := ground(t, company, claimed(of("total revenue", "revenue"), adjacent, past, during("Q4 FY2025"), with(stated("$1 billion", "USD", 1e9))))
		require.Empty(t, g.GetChecks())
		require.NotEqual(t, callrankv1.MethodUnsized, g.GetSized()[0].GetMethod())
	})
	t.Run("the company's name alone is no total", func(t *testing.T) {
		t.Parallel()
		named := of("Halyard, Inc.", "revenue")
		g := ground(t, company, claimed(named, past, during("Q1 FY2026"), saying("Assistants brought $9 million."), with(stated("$9 million", "USD", 9e6))))
		require.Empty(t, g.GetChecks())
		g = ground(t, company, claimed(named, past, during("Q1 FY2026"), saying("Total revenue was $9 million."), with(stated("$9 million", "USD", 9e6))))
		require.False(t, g.GetChecks()[0].GetAgrees())
	})
	t.Run("what is not the company's filed revenue is not checked", func(t *testing.T) {
		t.Parallel()
		g := ground(t, company,
			claimed(id(1), of("AI revenue", "revenue"), past, during("FY2025"), with(stated("$40 million", "USD", 4e7))),
			claimed(id(2), of("total revenue", "revenue"), forward, during("FY2025"), with(stated("$3 billion", "USD", 3e9))),
			claimed(id(3), of("total revenue", "revenue"), past, with(stated("$3 billion", "USD", 3e9))),
			claimed(id(4), of("total revenue", "operating income"), past, during("FY2025"), with(stated("$3 billion", "USD", 3e9))),
			claimed(id(5), of("total revenue", "revenue"), past, during("FY2025"), with(stated("EUR 3 billion", "EUR", 3e9))))
		require.Empty(t, g.GetChecks())
	})
}
