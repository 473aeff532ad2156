package grounding

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// compose writes the two paragraphs from the figures of the grounding. Each
// sentence is there only when its figures are.
func (w *work) compose(g *callrankv1.Grounding, sized []*sizing) {
	if w.base == nil {
		return
	}
	if text := w.topLine(g, sized); text != "" {
		g.TopLine = new(text)
	}
	if text := w.bottomLine(g, sized); text != "" {
		g.BottomLine = new(text)
	}
}

func (w *work) topLine(g *callrankv1.Grounding, sized []*sizing) string {
	var p paragraph
	total, consensus := g.GetAggregate(), g.GetConsensus()
	w.sayBase(&p, "Revenue", w.base.revenue, consensus, consensus.Revenue, consensus.RevenueGrowthPct)
	if w.base.stale() {
		p.sayf("Figures of FY%d are not there, so %s stands in", w.base.expected, w.base.label())
	}
	w.sayTotal(&p, "Hard AI claims, each dollar counted once, add", "revenue", total.Revenue, total.RevenuePct, consensus.ShareOfRevenueGrowthPct)
	if level := largest(sized, callrankv1.MethodRunRate, callrankv1.MethodQuarterlyRevenue); level != nil && level.revenuePct.Valid {
		p.sayf("The largest AI run rate is that of %s, %s, a level of %s of revenue",
			level.name(), w.money(level.amount.Decimal), showPercent(level.revenuePct.Decimal))
	}
	if later := largest(sized, callrankv1.MethodCommitment); later != nil && later.recognised.Valid {
		p.sayf("Of the commitments of %s, %s, some %s fall into the coming year",
			later.name(), w.money(later.amount.Decimal), w.money(later.recognised.Decimal))
	}
	return p.text
}

func (w *work) bottomLine(g *callrankv1.Grounding, sized []*sizing) string {
	var p paragraph
	total, consensus := g.GetAggregate(), g.GetConsensus()
	w.sayBase(&p, "Net income", w.base.netIncome, consensus, consensus.NetIncome, consensus.NetIncomeGrowthPct)
	w.sayTotal(&p, "What is counted brings", "EPS", total.NetIncome, total.EpsPct, consensus.ShareOfNetIncomeGrowthPct)
	spent := largestOf(sized, func(s *sizing) bool { return s.method == callrankv1.MethodSpending })
	if spent == nil {
		return p.text
	}
	share := ""
	if spent.revenuePct.Valid {
		share = fmt.Sprintf(", %s of revenue", showPercent(spent.revenuePct.Decimal))
	}
	p.sayf("Against that stands spending: %s, %s%s", spent.name(), w.money(spent.amount.Decimal), share)
	return p.text
}

// sayBase tells what the base year brought, and what analysts expect next.
func (w *work) sayBase(p *paragraph, line string, brought decimal.NullDecimal, c *callrankv1.Consensus, level, growth *float64) {
	if !brought.Valid {
		return
	}
	next := ""
	if level != nil && growth != nil {
		next = fmt.Sprintf("; analysts expect %s of FY%d, %+.2f%%", w.moneyOf(*level), c.GetFiscalYear(), *growth)
	}
	p.sayf("%s of %s was %s%s", line, w.base.label(), w.money(brought.Decimal), next)
}

// sayTotal tells what the aggregate adds to a line, and to the growth expected.
func (w *work) sayTotal(p *paragraph, lead, line string, adds, share, ofGrowth *float64) {
	if adds == nil {
		return
	}
	text := lead + " " + w.moneyOf(*adds)
	if share != nil {
		text += fmt.Sprintf(", %.2f%% of %s", *share, line)
	}
	if ofGrowth != nil {
		text += fmt.Sprintf(" and %.1f%% of the growth analysts expect", *ofGrowth)
	}
	p.sayf("%s", text)
}

// largest is the largest hard claim sized by one of the methods.
func largest(sized []*sizing, methods ...string) *sizing {
	return largestOf(sized, func(s *sizing) bool {
		if slices.Contains(methods, s.method) {
			return s.hard
		}
		return false
	})
}

func largestOf(sized []*sizing, fits func(*sizing) bool) *sizing {
	var found *sizing
	for _, s := range sized {
		if fits(s) && (found == nil || s.amount.Decimal.GreaterThan(found.amount.Decimal)) {
			found = s
		}
	}
	return found
}

// moneyOf writes an amount that is already in a message.
func (w *work) moneyOf(v float64) string {
	d, ok := exact(v)
	if !ok {
		return fmt.Sprint(v)
	}
	return w.money(d)
}

// paragraph is sentences, each closed with a full stop.
type paragraph struct{ text string }

func (p *paragraph) sayf(format string, args ...any) {
	if p.text != "" {
		p.text += " "
	}
	p.text += fmt.Sprintf(format, args...) + "."
}
