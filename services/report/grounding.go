package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// retry tells when a call is grounded again that waits for a source.
func (p *printer) retry(r *callrankv1.GroundingRetry) {
	if r == nil {
		return
	}
	p.printf("Grounding waits: %s.\nIt is tried again at %s; %d tries since %s failed.\n",
		r.GetReason(), Moment(r.GetDueAt()), r.GetAttempts()+1, Moment(r.GetSince()))
}

// Moment is an RFC 3339 moment to the second, in UTC; what is none stays as it is.
func Moment(moment string) string {
	at, err := time.Parse(time.RFC3339Nano, moment)
	if err != nil {
		return moment
	}
	return at.UTC().Format("2006-01-02 15:04:05 UTC")
}

// grounding prints what a call is worth, against what.
func (p *printer) grounding(g *callrankv1.Grounding) {
	if g == nil {
		return
	}
	if g.GetStatus() != callrankv1.GroundingSized {
		p.title("Grounded impact: unknown, because " + g.GetReason())
		p.market(g)
		return
	}
	p.title("Grounded impact")
	if g.Reason != nil {
		p.printf("%s\n", g.GetReason())
	}
	for _, paragraph := range []string{g.GetTopLine(), g.GetBottomLine()} {
		if paragraph != "" {
			p.printf("%s\n", text.WrapSoft(paragraph, 2*widest))
		}
	}
	for _, line := range slices.Concat(g.GetAggregate().GetArithmetic(), g.GetConsensus().GetArithmetic()) {
		p.printf("  %s\n", line)
	}
	p.printf("versus analysts %s · priced in %s\n", Word(versus(g)), Word(pricedIn(g)))
	p.market(g)
	t := newTable(p.to, "", "method", "arithmetic", "", "why")
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 3, WidthMax: widest}, {Number: 5, WidthMax: widest}})
	for _, s := range g.GetSized() {
		kind := "soft"
		if s.GetHard() {
			kind = "hard"
		}
		t.AppendRow(table.Row{s.GetClaimId(), s.GetMethod(), s.GetArithmetic(), kind, s.GetWhy()})
	}
	t.Render()
	assumptions := make([]string, 0, len(g.GetAssumptions()))
	for _, a := range g.GetAssumptions() {
		assumptions = append(assumptions, fmt.Sprintf("%s %s (%s)", a.GetName(), Assumed(a), a.GetOrigin()))
	}
	p.printf("assumptions: %s\n", strings.Join(assumptions, " · "))
}

// market prints what the market pays, and who bears management out.
func (p *printer) market(g *callrankv1.Grounding) {
	if v := g.GetValuation(); v != nil {
		number := func(f float64) string { return decimal(f, 2) }
		p.printf("price %s · trailing P/E %s · forward P/E (price over consensus EPS) %s · price/sales %s\n",
			Maybe(v.Price, number), Maybe(v.TrailingPe, number), Maybe(v.ForwardPe, number), Maybe(v.PriceToSales, number))
	}
	c := g.GetConfirmation()
	if c == nil {
		return
	}
	p.printf("confirmation: %s\n", c.GetSummary())
	for _, witness := range []struct {
		*callrankv1.Witness

		name string
	}{{c.GetInsiders(), "insiders"}, {c.GetInstitutions(), "institutions"}, {c.GetLanguage(), "language"}} {
		if witness.Witness == nil {
			continue
		}
		line := witness.GetWhy()
		if witness.Contradiction != nil {
			line += "; but " + witness.GetContradiction()
		}
		p.printf("%s\n", text.WrapSoft(fmt.Sprintf("  %s %s: %s", witness.name, Word(witness.Verdict), line), 2*widest))
	}
	if l := c.GetLiquidity(); l != nil {
		p.printf("%s\n", text.WrapSoft(fmt.Sprintf("  liquidity (proxy) %s: %s", Word(l.Level), l.GetWhy()), 2*widest))
	}
}

func versus(g *callrankv1.Grounding) *string {
	if c := g.GetConsensus(); c != nil {
		return c.VersusAnalysts
	}
	return nil
}

func pricedIn(g *callrankv1.Grounding) *string {
	if c := g.GetConsensus(); c != nil {
		return c.PricedIn
	}
	return nil
}
