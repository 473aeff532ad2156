package grounding

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/callrank/callrank/pkg/fundamentals"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Thresholds of the comparison with consensus, in percent of the growth that
// analysts expect. Both are judgements, set so that they follow the share
// without gaps: more AI against the same expectations never compares lower.
const (
	// AboveFrom: AI alone adds more than all the growth expected on one of
	// the two lines, revenue and net income.
	AboveFrom = 100
	// BelowUnder: on the better of the two lines AI adds too little to carry
	// any of the growth expected.
	BelowUnder = 5
	// LowFrom: taken over both lines, AI adds so much of the growth expected
	// that consensus leaves next to nothing for the rest of the company; it
	// cannot all be in the numbers.
	LowFrom = 75
	// HighUnder: AI is so small a part of the growth expected that consensus
	// has room for it several times over.
	HighUnder = 10
)

// expected is what analysts expect a line to grow by.
type expected struct {
	level  decimal.NullDecimal
	growth decimal.NullDecimal
	// rate is the growth in percent.
	rate decimal.NullDecimal
}

// expect works out the growth of one line, from the level analysts expect or
// else from the growth rate. From zero or a loss no growth rate follows.
func expect(level, rate, from decimal.NullDecimal) expected {
	e := expected{level: level}
	positive := from.Valid && from.Decimal.IsPositive()
	if !level.Valid && rate.Valid && positive {
		e.level = known(from.Decimal.Mul(one.Add(rate.Decimal)))
	}
	if e.level.Valid && from.Valid {
		e.growth = known(e.level.Decimal.Sub(from.Decimal))
		e.rate = percentOf(e.growth, from)
	}
	return e
}

// compare puts the aggregate against what analysts expect of the coming year.
func (w *work) compare(total *aggregate, s support) *callrankv1.Consensus {
	if w.base == nil {
		return nil
	}
	year := w.base.expected + 1
	m := &callrankv1.Consensus{FiscalYear: int32(year)}
	estimate, ok := w.company.Estimate(year)
	if !ok {
		m.Arithmetic = []string{fmt.Sprintf("what analysts expect of FY%d is not known", year) + because(w.company.Why(fundamentals.TopicConsensus))}
		return m
	}
	m.Origin = origin(w.company, estimate.Known)
	if w.base.stale() {
		m.Revenue, m.NetIncome = printed(estimate.Revenue, moneyPlaces), printed(estimate.NetIncome, moneyPlaces)
		m.Eps = printed(estimate.EPS, percentPlaces)
		m.Arithmetic = []string{fmt.Sprintf("FY%d against %s is more than a year's growth: not compared", year, w.base.label())}
		return m
	}
	w.fillConsensus(m, estimate, total, s)
	return m
}

// because adds a reason, where there is one.
func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}

func (w *work) fillConsensus(m *callrankv1.Consensus, estimate fundamentals.Estimate, total *aggregate, s support) {
	revenue := expect(estimate.Revenue, estimate.RevenueGrowth, w.base.revenue)
	income := expect(estimate.NetIncome, estimate.NetIncomeGrowth, w.base.netIncome)
	eps := expect(estimate.EPS, estimate.EPSGrowth, w.base.dilutedEPS)
	m.Revenue, m.RevenueGrowthPct = printed(revenue.level, moneyPlaces), printed(revenue.rate, percentPlaces)
	m.NetIncome, m.NetIncomeGrowthPct = printed(income.level, moneyPlaces), printed(income.rate, percentPlaces)
	m.Eps, m.EpsGrowthPct = printed(eps.level, percentPlaces), printed(eps.rate, percentPlaces)

	ofRevenue := percentOf(total.revenue, revenue.growth)
	ofIncome := percentOf(total.netIncome, income.growth)
	m.ShareOfRevenueGrowthPct = printed(ofRevenue, percentPlaces)
	m.ShareOfNetIncomeGrowthPct = printed(ofIncome, percentPlaces)
	m.Arithmetic = append(m.Arithmetic,
		w.explain("revenue", w.base.revenue, revenue, total.revenue, ofRevenue, m.GetFiscalYear()),
		w.explain("net income", w.base.netIncome, income, total.netIncome, ofIncome, m.GetFiscalYear()))
	versus, priced, why := judge(ofRevenue, ofIncome)
	m.Arithmetic = append(m.Arithmetic, why)
	if versus == "" {
		return
	}
	m.VersusAnalysts, m.PricedIn = new(versus), new(priced)
	confidence, parts := s.confidence(ofRevenue.Valid && ofIncome.Valid)
	m.Confidence = new(confidence)
	m.Arithmetic = append(m.Arithmetic, parts...)
}

// explain writes the comparison of one line.
func (w *work) explain(line string, from decimal.NullDecimal, e expected, adds, share decimal.NullDecimal, year int32) string {
	switch {
	case !from.Valid || !e.level.Valid:
		return fmt.Sprintf("%s: what analysts expect of FY%d, or what it is compared with, is not known", line, year)
	case !e.growth.Decimal.IsPositive():
		return fmt.Sprintf("%s: analysts expect %s of FY%d after %s, no growth to be a share of: not meaningful",
			line, w.money(e.level.Decimal), year, w.money(from.Decimal))
	}
	text := fmt.Sprintf("%s: analysts expect FY%d %s − %s %s = +%s", line, year, w.money(e.level.Decimal),
		w.base.label(), w.money(from.Decimal), w.money(e.growth.Decimal))
	if e.rate.Valid {
		text += fmt.Sprintf(" (+%s)", showPercent(e.rate.Decimal))
	}
	if !share.Valid {
		return text + "; what AI adds is not known"
	}
	return text + fmt.Sprintf("; AI %s ÷ %s = %s of it", w.money(adds.Decimal), w.money(e.growth.Decimal), showPercent(share.Decimal))
}

// judge turns the shares of the growth expected into words, with the reason.
// Without a share there is nothing to say.
func judge(shares ...decimal.NullDecimal) (versus, priced, why string) {
	var larger decimal.NullDecimal
	var sum decimal.Decimal
	n := int64(0)
	for _, share := range shares {
		if !share.Valid {
			continue
		}
		if !larger.Valid || share.Decimal.GreaterThan(larger.Decimal) {
			larger = share
		}
		sum = sum.Add(share.Decimal)
		n++
	}
	if n == 0 {
		return "", "", "how AI compares with what analysts expect cannot be told"
	}
	mean := divide(sum, decimal.NewFromInt(n))
	versus = grade(larger.Decimal, AboveFrom, BelowUnder, callrankv1.AnalystsAbove, callrankv1.AnalystsInline, callrankv1.AnalystsBelow)
	priced = grade(mean, LowFrom, HighUnder, callrankv1.PricedInLow, callrankv1.PricedInMedium, callrankv1.PricedInHigh)
	why = fmt.Sprintf("largest share %s: %s (above over %d%%, below under %d%%); mean share %s: priced in %s (low over %d%%, high under %d%%)",
		showPercent(larger.Decimal), versus, AboveFrom, BelowUnder, showPercent(mean), priced, LowFrom, HighUnder)
	return versus, priced, why
}

// grade is the first word above over, the last below under, and the middle one
// between.
func grade(share decimal.Decimal, over, under int64, most, middle, least string) string {
	switch {
	case share.GreaterThan(decimal.NewFromInt(over)):
		return most
	case share.LessThan(decimal.NewFromInt(under)):
		return least
	}
	return middle
}
