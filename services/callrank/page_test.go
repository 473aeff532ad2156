package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/tests/realcalls"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// sizedOf finds the sized claim of an amount by a method.
func sizedOf(t *testing.T, g *callrankv1.Grounding, method string, amount float64) *callrankv1.SizedClaim {
	t.Helper()
	i := slices.IndexFunc(g.GetSized(), func(s *callrankv1.SizedClaim) bool {
		return s.GetMethod() == method && s.GetAmount() == amount
	})
	require.GreaterOrEqual(t, i, 0, "%s of %g", method, amount)
	return g.GetSized()[i]
}

func TestARealCallIsSizedAsOnThePage(t *testing.T) {
	t.Parallel()
	out, problems, err := execute(t, "analyze", "--format", "json",
		realcalls.Path(t, "transcripts/motley_fool_new/AMZN_2026_Q1.txt"),
		"--previous", realcalls.Path(t, "seeds/AMZN_2025_Q4.txt"), "--fundamentals", realcalls.Path(t, "fundamentals"))
	require.NoError(t, err, problems)
	a := analysisOf(t, out)
	g := a.GetGrounding()
	const rounded = 0.02

	ai := sizedOf(t, g, callrankv1.MethodRunRate, 15e9)
	chips := sizedOf(t, g, callrankv1.MethodRunRate, 20e9)
	commitments := sizedOf(t, g, callrankv1.MethodCommitment, 225e9)
	backlog := sizedOf(t, g, callrankv1.MethodCommitment, 364e9)
	for _, want := range []struct {
		sized        *callrankv1.SizedClaim
		revenue, eps float64
	}{{ai, 2.09, 4.83}, {chips, 2.79, 6.44}, {commitments, 4.71, 10.86}} {
		require.True(t, want.sized.GetHard(), want.sized.GetWhy())
		require.InDelta(t, want.revenue, want.sized.GetRevenuePct(), rounded)
		require.InDelta(t, want.eps, want.sized.GetEpsPct(), rounded)
	}
	require.False(t, backlog.GetHard(), "of the whole cloud")

	family := g.GetFamilies()[0]
	require.Equal(t, chips.GetClaimId(), family.GetCounted(), "the one that states its growth over a year")
	for _, member := range []*callrankv1.SizedClaim{ai, commitments, backlog} {
		require.Equal(t, chips.GetClaimId(), member.GetCountedUnder())
	}
	for _, claim := range a.GetClaims() {
		i := slices.IndexFunc(g.GetSized(), func(s *callrankv1.SizedClaim) bool { return s.GetClaimId() == claim.GetId() })
		sized := g.GetSized()[i]
		switch {
		case claim.GetSubject() == "Bedrock" && claim.GetFigures()[0].GetText() == "170%":
			require.Equal(t, chips.GetClaimId(), sized.GetCountedUnder(), "what customers spend is revenue")
		case claim.GetFigures()[0].GetUnit() == callrankv1.UnitHours:
			require.False(t, sized.GetHard())
			require.Contains(t, sized.GetWhy(), "customers save")
		}
	}
	capex := sizedOf(t, g, callrankv1.MethodSpending, 43.2e9)
	require.Nil(t, capex.Uplift)
	require.Nil(t, capex.NetIncome)

	require.Equal(t, []string{
		"AI revenue: " + chips.GetClaimId() + " chips adds revenue $10B (uplift), × 25% incremental net margin = net income $2.5B",
		"AI cost savings: nothing counted, no member is hard and sized",
		"sum of revenue $10B ÷ FY2025 revenue $716.924B = 1.39%",
		"sum of net income $2.5B ÷ FY2025 net income $77.67B = 3.22%",
	}, g.GetAggregate().GetArithmetic())
	require.Equal(t, callrankv1.AnalystsInline, g.GetConsensus().GetVersusAnalysts())
	require.Equal(t, callrankv1.PricedInMedium, g.GetConsensus().GetPricedIn())
	require.Equal(t, "insiders selling, institutions adding, language confident", g.GetConfirmation().GetSummary())
	require.True(t, g.GetConfirmation().GetLiquidity().GetProxy())
}

func TestAFigureThatIsNotTheFiledOneIsFlagged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "AMZN.json"), []byte(`{"ticker": "AMZN", "currency": "USD", "as_of": "2025-05-01",
		"actuals": [{"fiscal_year": 2024, "revenue": 637959000000, "net_income": 59248000000, "diluted_eps": 5.53}],
		"quarters": [{"fiscal_year": 2025, "fiscal_quarter": 1, "revenue": 155667000000}]}`), 0o600))
	out, problems, err := execute(t, "analyze", "--format", "json", realcalls.Path(t, "seeds/AMZN_2025_Q1.txt"), "--fundamentals", dir)
	require.NoError(t, err, problems)
	g := analysisOf(t, out).GetGrounding()
	require.Len(t, g.GetChecks(), 2)
	require.InDelta(t, 165.7e9, g.GetChecks()[0].GetSpoken(), 0)
	require.False(t, g.GetChecks()[0].GetAgrees(), "filed as 155.667")
	require.True(t, g.GetChecks()[1].GetAgrees(), "said right a little later")
	for _, s := range g.GetSized() {
		require.NotEqual(t, 165.7e9, s.GetAmount(), "it is not used")
	}
}
