package web

import (
	"cmp"
	"html/template"
	"slices"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// impactView is what the claims of a call are worth against what is filed and
// expected.
type impactView struct {
	*callrankv1.Grounding

	Currency string
	// Hard claims are tied to money. Soft ones have a figure in money that is
	// not the company's gain from AI, and the others no such figure at all:
	// they are grouped by the reason.
	Hard, Soft []sizedRow
	Unsized    []unsizedGroup
	UnsizedAll int
	Families   []familyRow
	Lines      []consensusLine
	// NotCompared says why there is no comparison; empty where there is one.
	NotCompared string
}

// sizedRow is a claim with what it is worth.
type sizedRow struct {
	*callrankv1.SizedClaim

	Claim *callrankv1.Claim
	Name  string
}

// unsizedGroup are claims that are not sized, for one reason.
type unsizedGroup struct {
	Why  string
	Rows []sizedRow
}

// familyRow is a family with its claims.
type familyRow struct {
	*callrankv1.Family

	Members []sizedRow
}

// consensusLine is one line of the income statement: what was filed, what
// analysts expect, and what AI adds of the growth between them.
type consensusLine struct {
	Name                  string
	Base, Expected        template.HTML
	Growth, Adds, OfWhich *float64
}

// newImpactView returns nil for a call that was not grounded at all.
func newImpactView(analysis *callrankv1.Analysis) *impactView {
	g := analysis.GetGrounding()
	if g == nil {
		return nil
	}
	v := &impactView{Grounding: g, Currency: g.GetBase().GetCurrency()}
	if v.Currency == "" {
		v.Currency = "USD"
	}
	claims := map[string]*callrankv1.Claim{}
	for _, claim := range analysis.GetClaims() {
		claims[claim.GetId()] = claim
	}
	rows := map[string]sizedRow{}
	for _, sized := range g.GetSized() {
		claim := claims[sized.GetClaimId()]
		row := sizedRow{sized, claim, claimLabel(claim)}
		rows[sized.GetClaimId()] = row
		switch {
		case sized.GetHard():
			v.Hard = append(v.Hard, row)
		case sized.Amount != nil:
			v.Soft = append(v.Soft, row)
		default:
			v.addUnsized(row)
		}
	}
	for _, family := range g.GetFamilies() {
		row := familyRow{Family: family}
		for _, id := range family.GetClaimIds() {
			if member, ok := rows[id]; ok {
				row.Members = append(row.Members, member)
			}
		}
		v.Families = append(v.Families, row)
	}
	v.compare()
	return v
}

// addUnsized puts a claim to those that are not sized for the same reason.
func (v *impactView) addUnsized(row sizedRow) {
	v.UnsizedAll++
	why := cmp.Or(row.GetWhy(), "no reason was given")
	i := slices.IndexFunc(v.Unsized, func(g unsizedGroup) bool { return g.Why == why })
	if i < 0 {
		i = len(v.Unsized)
		v.Unsized = append(v.Unsized, unsizedGroup{Why: why})
	}
	v.Unsized[i].Rows = append(v.Unsized[i].Rows, row)
}

// claimLabel names what a claim is of.
func claimLabel(claim *callrankv1.Claim) string {
	switch {
	case claim == nil:
		return "a claim that is not in the analysis"
	case claim.GetSubject() == "":
		return claim.GetMetric()
	case claim.GetMetric() == "":
		return claim.GetSubject()
	}
	return claim.GetSubject() + ", " + claim.GetMetric()
}

// compare lists the lines that can be compared with what analysts expect.
func (v *impactView) compare() {
	c := v.GetConsensus()
	if c == nil {
		v.NotCompared = "what analysts expect is not known"
		return
	}
	base := v.GetBase()
	v.Lines = []consensusLine{
		{
			Name: "Revenue", Growth: c.RevenueGrowthPct, OfWhich: c.ShareOfRevenueGrowthPct,
			Base: money(value(base, func(b *callrankv1.Base) *float64 { return b.Revenue }), v.Currency), Expected: money(c.Revenue, v.Currency),
			Adds: revenuePct(v.Grounding),
		},
		{
			Name: "Net income", Growth: c.NetIncomeGrowthPct, OfWhich: c.ShareOfNetIncomeGrowthPct,
			Base: money(value(base, func(b *callrankv1.Base) *float64 { return b.NetIncome }), v.Currency), Expected: money(c.NetIncome, v.Currency),
			Adds: epsPct(v.Grounding),
		},
		{
			Name: "Diluted EPS", Growth: c.EpsGrowthPct,
			Base: money(value(base, func(b *callrankv1.Base) *float64 { return b.DilutedEps }), v.Currency), Expected: money(c.Eps, v.Currency),
			Adds: epsPct(v.Grounding),
		},
	}
	if c.VersusAnalysts == nil {
		v.NotCompared = "how AI compares with what analysts expect cannot be told"
	}
}

// value is an optional field of a message that may not be there.
func value[M any](m *M, field func(*M) *float64) *float64 {
	if m == nil {
		return nil
	}
	return field(m)
}

func epsPct(g *callrankv1.Grounding) *float64 {
	return value(g.GetAggregate(), func(a *callrankv1.Aggregate) *float64 { return a.EpsPct })
}

func revenuePct(g *callrankv1.Grounding) *float64 {
	return value(g.GetAggregate(), func(a *callrankv1.Aggregate) *float64 { return a.RevenuePct })
}

// sizedArgs are what the row of a sized claim is printed with.
type sizedArgs struct {
	Row            sizedRow
	Call, Currency string
}
