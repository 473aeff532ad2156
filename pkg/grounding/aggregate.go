package grounding

import (
	"fmt"

	"github.com/shopspring/decimal"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// aggregate is what the families add together in the coming year.
type aggregate struct {
	revenue   decimal.NullDecimal
	netIncome decimal.NullDecimal
	lines     []string
}

// sum adds what each family's counted member adds, line by line.
func (w *work) sum(families []*family) *aggregate {
	total := &aggregate{}
	for _, f := range families {
		switch {
		case f.counted == nil:
			total.linef("%s: nothing counted, %s", f.name, f.why())
		case f.group == groupSavings:
			total.netIncome = plus(total.netIncome, f.counted.netIncome)
			total.linef("%s: %s adds net income %s", f.name, f.counted.name(), w.money(f.counted.netIncome.Decimal))
		default:
			w.addRevenue(total, f)
		}
	}
	if len(families) == 0 {
		total.linef("no claim is about the company's revenue or savings")
	}
	if w.base == nil {
		total.lines = append([]string{"nothing is counted: " + w.reason}, total.lines...)
		return total
	}
	if total.revenue.Valid {
		total.linef("sum of revenue %s%s", w.money(total.revenue.Decimal), w.outOf(total.revenue, w.base.revenue, "revenue"))
	}
	if total.netIncome.Valid {
		total.linef("sum of net income %s%s", w.money(total.netIncome.Decimal), w.outOf(total.netIncome, w.base.netIncome, "net income"))
	}
	return total
}

func (w *work) addRevenue(total *aggregate, f *family) {
	counted := f.counted
	adds := counted.adds()
	if !adds.Valid {
		total.linef("%s: %s is a level of %s; without a growth rate what it adds is not known, and a level is not an uplift",
			f.name, counted.name(), w.money(counted.amount.Decimal))
		return
	}
	income := adds.Decimal.Mul(counted.margin.value)
	total.revenue = plus(total.revenue, adds)
	total.netIncome = plus(total.netIncome, known(income))
	what := "uplift"
	if !counted.uplift.Valid {
		what = "recognised"
	}
	total.linef("%s: %s adds revenue %s (%s), × %s incremental net margin = net income %s",
		f.name, counted.name(), w.money(adds.Decimal), what, showShare(counted.margin.value), w.money(income))
}

// outOf writes a sum as a share of the base's.
func (w *work) outOf(part, whole decimal.NullDecimal, name string) string {
	share := percentOf(part, whole)
	switch {
	case share.Valid:
		return fmt.Sprintf(" ÷ %s %s %s = %s", w.base.label(), name, w.money(whole.Decimal), showPercent(share.Decimal))
	case whole.Valid:
		return fmt.Sprintf("; its share of %s %s of %s is not meaningful", w.base.label(), name, w.money(whole.Decimal))
	}
	return fmt.Sprintf("; %s %s is not known", w.base.label(), name)
}

func (a *aggregate) linef(format string, args ...any) {
	a.lines = append(a.lines, fmt.Sprintf(format, args...))
}

func (a *aggregate) message(b *base) *callrankv1.Aggregate {
	m := &callrankv1.Aggregate{
		Revenue: printed(a.revenue, moneyPlaces), NetIncome: printed(a.netIncome, moneyPlaces), Arithmetic: a.lines,
	}
	if b != nil {
		m.RevenuePct = printed(percentOf(a.revenue, b.revenue), percentPlaces)
		m.EpsPct = printed(percentOf(a.netIncome, b.netIncome), percentPlaces)
	}
	return m
}

// plus adds a known figure to one that may not be there yet.
func plus(a, b decimal.NullDecimal) decimal.NullDecimal {
	if !a.Valid {
		return b
	}
	if !b.Valid {
		return a
	}
	return known(a.Decimal.Add(b.Decimal))
}
