package grounding

import (
	"fmt"

	"github.com/shopspring/decimal"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// The methods of sizing. Each fills a sizing against w.base and returns what
// kept it from doing so, or nothing.

// fillLevel sizes revenue: level ÷ base revenue, and level − level ÷ (1 +
// growth) as uplift where growth over a year is stated in the same claim.
func (w *work) fillLevel(s *sizing) string {
	stated, problem := w.stated(s)
	if problem != "" {
		return problem
	}
	level := stated
	if s.method == callrankv1.MethodQuarterlyRevenue {
		times := s.spoken.span().times()
		level = stated.Mul(decimal.NewFromInt(times))
		s.amount = known(level)
		s.stepf("%s × %d = %s", w.money(stated), times, w.money(level))
		if w.base.revenue.Valid && level.GreaterThan(w.base.revenue.Decimal) {
			s.softenf("taken times %d it would exceed all of %s revenue, so it may be a year's", times, w.base.label())
		}
	}
	w.shareOfRevenue(s, level)
	w.flow(s, level)
	if rate, atLeast, ok := s.spoken.growth(); ok {
		w.uplift(s, level, rate, atLeast)
	}
	return ""
}

// uplift is what a level added over the year.
func (w *work) uplift(s *sizing, level, rate decimal.Decimal, atLeast bool) {
	if rate.LessThanOrEqual(one.Neg()) {
		s.stepf("uplift: not meaningful, a fall of %s leaves no level before", showShare(rate.Neg()))
		return
	}
	added := level.Sub(divide(level, one.Add(rate)))
	s.uplift = known(added)
	s.upliftPct = percentOf(s.uplift, w.base.revenue)
	low := ""
	if atLeast {
		low = " at the low end of the growth stated"
	}
	s.stepf("uplift %s − %s ÷ (1 + %s) = %s%s", w.money(level), w.money(level), showShare(rate), w.money(added), low)
}

// fillGrowth sizes the growth of a filed line: segment revenue × growth.
func (w *work) fillGrowth(s *sizing) string {
	rate, atLeast, ok := s.spoken.growth()
	switch {
	case !ok:
		return "no growth over a year is stated"
	case s.segment == nil:
		return "no filed revenue is known of the line it is of"
	case s.segment.FiscalYear != w.base.year:
		return fmt.Sprintf("the line's revenue is known for FY%d, not for %s", s.segment.FiscalYear, w.base.label())
	case !s.segment.Revenue.Valid || !s.segment.Revenue.Decimal.IsPositive():
		return "the line's filed revenue is not above zero"
	}
	filed := s.segment.Revenue.Decimal
	added := filed.Mul(rate)
	s.amount = known(filed)
	w.shareOfRevenue(s, filed)
	s.uplift = known(added)
	s.upliftPct = percentOf(s.uplift, w.base.revenue)
	low := ""
	if atLeast {
		low = " at the low end of the growth stated"
	}
	s.stepf("uplift: %s revenue %s × %s = %s%s", s.segment.Name, w.money(filed), showShare(rate), w.money(added), low)
	w.flow(s, added)
	return ""
}

// fillCommitment sizes commitments: × the share recognised in the next year,
// from the term the claim states, else by the assumption.
func (w *work) fillCommitment(s *sizing) string {
	total, problem := w.stated(s)
	if problem != "" {
		return problem
	}
	var recognised decimal.Decimal
	if years, ok := s.spoken.term(); ok {
		recognised = total
		if years.GreaterThan(one) {
			recognised = divide(total, years)
		}
		s.stepf("%s over %s years as stated, evenly: %s in the next", w.money(total), trim(years.StringFixed(moneyPlaces)), w.money(recognised))
	} else {
		share := w.rates.recognised.value
		recognised = total.Mul(share)
		s.stepf("%s × %s recognised in the next year (%s) = %s", w.money(total), showShare(share), w.rates.recognised.origin, w.money(recognised))
	}
	s.recognised = known(recognised)
	w.shareOfRevenue(s, recognised)
	w.flow(s, recognised)
	return ""
}

// fillSaving sizes a cost saved: × (1 − tax). Of equipment not bought only the
// yearly depreciation reaches income.
func (w *work) fillSaving(s *sizing) string {
	saved, problem := w.stated(s)
	if problem != "" {
		return problem
	}
	yearly := saved
	if s.method == callrankv1.MethodCapexSaving {
		life := w.rates.life.value
		yearly = divide(saved, life)
		s.stepf("%s ÷ %s years of useful life (%s) = %s of depreciation a year", w.money(saved), trim(life.String()), w.rates.life.origin, w.money(yearly))
	}
	w.keep(s, yearly)
	return ""
}

// keep carries pre-tax income to net income.
func (w *work) keep(s *sizing, preTax decimal.Decimal) {
	if s.spoken.all.has(saysAfterTax) {
		s.stepf("%s is stated after tax", w.money(preTax))
		w.earn(s, preTax)
		return
	}
	after := preTax.Mul(w.rates.afterTax())
	s.stepf("%s × (1 − %s tax) = %s", w.money(preTax), showShare(w.rates.tax.value), w.money(after))
	w.earn(s, after)
}

// fillMargin sizes margin points: × the revenue they are of, where that is the
// company's or a filed segment's.
func (w *work) fillMargin(s *sizing) string {
	var of decimal.NullDecimal
	name := ""
	switch {
	case s.segment != nil && s.segment.FiscalYear == w.base.year:
		of, name = s.segment.Revenue, s.segment.Name
	case s.spoken.about.has(saysCompany):
		of, name = w.base.revenue, "company"
	}
	if !of.Valid || !of.Decimal.IsPositive() {
		return "the revenue that the margin points are of is not said or not known"
	}
	for _, f := range s.spoken.claim.GetFigures() {
		points, ok := amount(f, false)
		if f.GetUnit() != callrankv1.UnitBPS || !ok {
			continue
		}
		if f.GetDirection() == "down" && points.IsPositive() {
			points = points.Neg()
		}
		gain := points.Mul(basisPoint).Mul(of.Decimal)
		s.amount = known(gain)
		s.stepf("%s bps × %s revenue %s = %s", trim(points.String()), name, w.money(of.Decimal), w.money(gain))
		w.keep(s, gain)
		return ""
	}
	return "the margin points name no number"
}

// fillSpending puts spending beside revenue. It never adds.
func (w *work) fillSpending(s *sizing) string {
	spent, problem := w.stated(s)
	if problem != "" {
		return problem
	}
	w.shareOfRevenue(s, spent)
	return ""
}

// shareOfRevenue puts a level beside base revenue.
func (w *work) shareOfRevenue(s *sizing, level decimal.Decimal) {
	s.revenuePct = percentOf(known(level), w.base.revenue)
	switch {
	case s.revenuePct.Valid:
		s.stepf("%s ÷ %s revenue %s = %s", w.money(level), w.base.label(), w.money(w.base.revenue.Decimal), showPercent(s.revenuePct.Decimal))
	case w.base.revenue.Valid:
		s.stepf("share of revenue: not meaningful, %s revenue was %s", w.base.label(), w.money(w.base.revenue.Decimal))
	default:
		s.stepf("share of revenue: %s revenue is not known", w.base.label())
	}
}

// flow carries revenue to net income by the incremental margin. A business
// around AI sells at margins this knows nothing of.
func (w *work) flow(s *sizing, revenue decimal.Decimal) {
	if s.spoken.claim.GetRelevance() != callrankv1.RelevanceCore {
		return
	}
	income := revenue.Mul(s.margin.value)
	s.stepf("%s × %s incremental net margin (%s) = %s", w.money(revenue), showShare(s.margin.value), s.margin.origin, w.money(income))
	w.earn(s, income)
}

// earn puts a net income effect beside the base's. With shares unchanged its
// share is that of earnings per share as well.
func (w *work) earn(s *sizing, income decimal.Decimal) {
	s.netIncome = known(income)
	s.epsPct = percentOf(s.netIncome, w.base.netIncome)
	switch {
	case s.epsPct.Valid:
		s.stepf("%s ÷ %s net income %s = %s of EPS", w.money(income), w.base.label(), w.money(w.base.netIncome.Decimal), showPercent(s.epsPct.Decimal))
	case w.base.netIncome.Valid:
		s.stepf("share of EPS: not meaningful, %s net income was %s", w.base.label(), w.money(w.base.netIncome.Decimal))
	default:
		s.stepf("share of EPS: %s net income is not known", w.base.label())
	}
}

// money writes an amount in the base's currency.
func (w *work) money(d decimal.Decimal) string { return showMoney(d, w.base.currency) }
