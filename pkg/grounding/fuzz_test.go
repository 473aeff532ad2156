package grounding_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/grounding"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// FuzzGround feeds words and numbers of any kind: whatever stands in a claim,
// every claim comes out, with a reason.
func FuzzGround(f *testing.F) {
	f.Add("AI revenue", "run rate", "The run rate is now over $15 million, up 40% year over year.", "$15 million", "Q1 FY2026", 15e6)
	f.Add("Rigging", "backlog", "A 4-year, $200 million commitment over the next 18 months.", "$200 million", "FY2025", 2e8)
	f.Add("Halyard total revenue", "revenue", "$1 billion, up to \xff\xfe", "", "fiscal year 25", -1.0)
	f.Add("", "", strings.Repeat("up to $2 per unit ", 300), "$2", "q9", 1e300)
	f.Fuzz(func(t *testing.T, subject, metric, quote, text, period string, value float64) {
		kinds := []string{
			callrankv1.ClaimRevenue, callrankv1.ClaimCost, callrankv1.ClaimCommitment, callrankv1.ClaimProductivity, callrankv1.ClaimCapacity,
		}
		claims := make([]*callrankv1.Claim, 0, len(kinds))
		for n, k := range kinds {
			claims = append(claims, claimed(id(n), of(subject, metric), saying(quote), during(period), past, kind(k, callrankv1.LineBoth),
				with(stated(text, "USD", value), stated(text, "percent", value), stated(text, "months", value))))
		}
		g := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: claims, Company: halyard()})
		require.Len(t, g.GetSized(), len(claims))
		for _, s := range g.GetSized() {
			require.NotEmpty(t, s.GetWhy())
			require.Equal(t, s.GetMethod() == callrankv1.MethodUnsized, s.GetArithmetic() == "")
		}
	})
}
