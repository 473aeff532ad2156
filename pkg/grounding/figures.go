package grounding

import (
	"strings"

	"github.com/shopspring/decimal"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// maxAdverbs is how far before a figure its verb is looked for, in bytes.
const maxAdverbs = 32

// spoken is a claim with its words folded and its sums of money picked out.
type spoken struct {
	claim   *callrankv1.Claim
	subject words
	metric  words
	quote   words
	// about is what the claim is of and what of it is measured.
	about words
	all   words
	money []sum
}

// sum is a figure of money, with its words.
type sum struct {
	figure *callrankv1.Figure
	words  words
}

func hear(claim *callrankv1.Claim) *spoken {
	s := &spoken{
		claim:   claim,
		subject: fold(claim.GetSubject()),
		metric:  fold(claim.GetMetric()),
		quote:   fold(claim.GetQuote()),
	}
	// A part ends, and the next begins, with a space.
	s.about = s.subject + s.metric
	s.all = s.about + s.quote
	for _, f := range claim.GetFigures() {
		if isCurrency(f.GetUnit()) {
			s.money = append(s.money, sum{f, fold(f.GetText())})
		}
	}
	return s
}

func hearAll(claims []*callrankv1.Claim) []*spoken {
	heard := make([]*spoken, len(claims))
	for i, claim := range claims {
		heard[i] = hear(claim)
	}
	return heard
}

// bears tells whether the claim bears on one of the lines.
func (s *spoken) bears(lines ...string) bool {
	for _, line := range lines {
		if s.claim.GetLine() == line {
			return true
		}
	}
	return false
}

// level is the sum of money the claim is about: of several the one nearest to
// the given phrases, else the first. Prices and additions are no levels.
func (s *spoken) level(phrases []string) *sum {
	var chosen *sum
	nearest := maxWords
	for i := range s.money {
		m := &s.money[i]
		if s.isPrice(m) || s.isAddition(m) {
			continue
		}
		d, found := s.quote.distance(m.words, phrases)
		if chosen == nil || found && d < nearest {
			chosen = m
			if found {
				nearest = d
			}
		}
	}
	return chosen
}

// isPrice tells an amount for one unit of something from a sum.
func (s *spoken) isPrice(m *sum) bool {
	_, after, ok := s.quote.around(m.words)
	return ok && after.starts(unitOfPrice) && !after.starts(yearly)
}

// isAddition tells "up $2 billion" and "added over $7 billion" from a level.
// "Up to $2 billion" is none.
func (s *spoken) isAddition(m *sum) bool {
	const look = 3
	before, _, ok := s.quote.around(m.words)
	if !ok {
		return false
	}
	last := strings.Fields(string(before[max(0, len(before)-maxAdverbs):]))
	last = last[max(0, len(last)-look):]
	for i, word := range last {
		switch word {
		case "added", "adding", "additional", "by":
			return true
		case "up":
			return i == len(last)-1 || last[i+1] != "to"
		case "to", "of":
			return false
		}
	}
	return false
}

// amount reads a figure. Of a range it takes the end that claims less: the low
// one of what comes in, the high one of what goes out.
func amount(f *callrankv1.Figure, outgoing bool) (decimal.Decimal, bool) {
	switch {
	case f.Value != nil:
		return exact(f.GetValue())
	case outgoing && f.High != nil:
		return exact(f.GetHigh())
	case f.Low != nil:
		return exact(f.GetLow())
	}
	return decimal.Decimal{}, false
}

// growth is the growth over a year that the claim states, as a fraction, and
// whether it is the low end of a range. A growth over a quarter is none.
func (s *spoken) growth() (rate decimal.Decimal, atLeast, ok bool) {
	for _, f := range s.claim.GetFigures() {
		d, isRate := growthOf(f)
		if !isRate || !s.isYearly(f) {
			continue
		}
		if f.GetDirection() == "down" && d.IsPositive() {
			d = d.Neg()
		}
		return d, f.Value == nil, true
	}
	return decimal.Decimal{}, false, false
}

func growthOf(f *callrankv1.Figure) (decimal.Decimal, bool) {
	d, ok := amount(f, false)
	switch f.GetUnit() {
	case callrankv1.UnitPercent:
		return d.Div(hundred), ok
	case callrankv1.UnitMultiple:
		return d.Sub(one), ok
	}
	return decimal.Decimal{}, false
}

// isYearly tells whether a figure compares with a year before: by its
// comparator, else by the words right after it, up to the next number.
func (s *spoken) isYearly(f *callrankv1.Figure) bool {
	if f.GetComparator() != "" {
		return fold(f.GetComparator()).has(yearOnYear)
	}
	const look = 40
	_, after, ok := s.quote.around(fold(f.GetText()))
	if !ok {
		return false
	}
	after = after[:min(look, len(after))]
	if i := strings.IndexAny(string(after), "0123456789"); i >= 0 {
		after = after[:i]
	}
	return after.has(yearOnYear) && !after.has(quarterOnQuarter)
}

// term is over how many years a commitment runs, where the claim says so: "a
// 4-year commitment", "to be delivered over the next 18 months".
func (s *spoken) term() (decimal.Decimal, bool) {
	const monthsAYear, quartersAYear, lookBack = 12, 4, 24
	for _, f := range s.claim.GetFigures() {
		d, ok := amount(f, true)
		if !ok || !d.IsPositive() {
			continue
		}
		switch f.GetUnit() {
		case callrankv1.UnitYears:
		case callrankv1.UnitQuarters:
			d = divide(d, decimal.NewFromInt(quartersAYear))
		case callrankv1.UnitMonths:
			d = divide(d, decimal.NewFromInt(monthsAYear))
		default:
			continue
		}
		if strings.Contains(f.GetText(), "-") {
			return d, true
		}
		before, _, found := s.quote.around(fold(f.GetText()))
		if found && before[max(0, len(before)-lookBack):].has(forTerm) {
			return d, true
		}
	}
	return decimal.Decimal{}, false
}

// span is over how much of a year a figure runs.
type span int

const (
	spanUnstated span = iota
	spanYear
	spanHalf
	spanQuarter
)

// times is what makes a year of it.
func (p span) times() int64 {
	switch p {
	case spanHalf:
		return 2
	case spanQuarter:
		return 4
	case spanUnstated, spanYear:
	}
	return 1
}

// span reads over what period the claim's money runs, from its period, else
// from its words. Words that name two spans tell nothing.
func (s *spoken) span() span {
	period := fold(s.claim.GetPeriod())
	switch {
	case period.has(saysHalf):
		return spanHalf
	case period.has(saysQuarter):
		return spanQuarter
	case period.has(saysYear), isYear(period):
		return spanYear
	}
	return spanSaid(s.all.without(comparators))
}

// spanSaid is the one span that the words name.
func spanSaid(said words) span {
	named := spanUnstated
	for _, p := range []struct {
		span    span
		phrases []string
	}{{spanQuarter, saysQuarter}, {spanHalf, saysHalf}, {spanYear, saysYear}} {
		if !said.has(p.phrases) {
			continue
		}
		if named != spanUnstated {
			return spanUnstated
		}
		named = p.span
	}
	return named
}

// isYear tells a period that is a year and nothing else: "FY2025", "2025".
func isYear(w words) bool {
	year := strings.TrimPrefix(strings.Trim(string(w), " "), "fy")
	if len(year) != 2 && len(year) != 4 {
		return false
	}
	return strings.Trim(year, "0123456789") == ""
}
