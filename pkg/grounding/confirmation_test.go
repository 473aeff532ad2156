package grounding_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/grounding"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func TestConfirmation(t *testing.T) {
	t.Parallel()
	company := page()
	company.Market.DailyVolume = figure("11.6e9")
	score := &callrankv1.Score{Drivers: []*callrankv1.Driver{
		{Name: "intensity of wording", Points: 0.3}, {Name: "hedging", Points: -0.8},
	}}
	c := grounding.Ground(grounding.Input{Call: call(2026, 1), Company: company, Language: score}).GetConfirmation()
	require.Equal(t, "insiders selling, institutions adding, language hedged", c.GetSummary())
	require.Equal(t, "0 purchases and 47 sales on the open market", c.GetInsiders().GetWhy())
	require.Contains(t, c.GetInstitutions().GetContradiction(), "yet the share they hold fell by 2.68 points")
	require.Equal(t, callrankv1.LiquidityGood, c.GetLiquidity().GetLevel())
	require.Contains(t, c.GetLiquidity().GetWhy(), "a proxy for the depth of options")

	nothing := grounding.Ground(grounding.Input{Call: call(2026, 1), Company: &fundamentals.Company{Currency: "USD"}}).GetConfirmation()
	require.Equal(t, "insiders unknown, institutions unknown, language unknown", nothing.GetSummary())
	require.Nil(t, nothing.GetLiquidity().Level)
	require.True(t, nothing.GetLiquidity().GetProxy())
}

func TestCompaniesOfWhichLittleOrOddThingsAreKnown(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		company *fundamentals.Company
		unit    string
		says    string
	}{
		"no consensus":    {but(page(), func(c *fundamentals.Company) { c.Consensus = nil }), "USD", "what analysts expect of FY2026 is not known"},
		"no actuals":      {but(page(), func(c *fundamentals.Company) { c.Actuals = nil }), "USD", "no filed figures for FY2025 or an earlier year"},
		"unknown":         {nil, "USD", "nothing is known of the company"},
		"yen":             {but(page(), func(c *fundamentals.Company) { c.Currency = "JPY" }), "JPY", "÷ FY2025 revenue JPY 716.924B"},
		"reais":           {but(page(), func(c *fundamentals.Company) { c.Currency = "BRL" }), "BRL", "÷ FY2025 revenue BRL 716.924B"},
		"another's money": {but(page(), func(c *fundamentals.Company) { c.Currency = "JPY" }), "USD", "stated in USD, reported in JPY, and currencies are not mixed"},
		"a loss":          {but(page(), func(c *fundamentals.Company) { c.Actuals[0].NetIncome = figure("-5e9") }), "USD", "share of EPS: not meaningful"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			claim := claimed(of("AI", "run rate"), with(stated("15 billion", tt.unit, 15*billion)))
			g := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: []*callrankv1.Claim{claim}, Company: tt.company})
			require.Contains(t, printed(t, g), tt.says)
			require.Len(t, g.GetSized(), 1)
			require.NotEmpty(t, g.GetSized()[0].GetWhy())
		})
	}
}

// but is a company that differs in something.
func but(c *fundamentals.Company, change func(*fundamentals.Company)) *fundamentals.Company {
	change(c)
	return c
}
