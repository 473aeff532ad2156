package quantity

import (
	"strings"

	"github.com/shopspring/decimal"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// fraction reads "half of", "two-thirds", "a quarter of", "half the cost".
func (s *scanner) fraction(i int) int {
	if s.is(i, halfWord) {
		return s.half(i)
	}
	if next := s.outOf(i); next > i {
		return next
	}
	t := s.at(i)
	over := int64(1)
	if t.class == unitsWord {
		over = int64(t.val)
	}
	j := s.joined(i + 1)
	under := s.denominator(j)
	if over >= under {
		return i
	}
	if next := s.partOfUnit(i, j+1, over, under); next > i {
		return next
	}
	if !s.partOf(i, j) || s.partOfTime(j+1) {
		return i
	}
	return s.emitFrom(i, j+1, s.share(over, under, j+1))
}

// denominator is that of "third", "quarters", "half"; 0 for other words.
func (s *scanner) denominator(i int) int64 {
	switch t := s.at(i); {
	case t.class == ordinalPart, t.class == halfWord:
		return int64(t.val)
	case t.class == durationWord && t.val == quarters:
		return 4
	}
	return 0
}

// share is a part of a whole in percent, or the multiple to which something
// shrinks: "half the cost". at is the token after the fraction.
func (s *scanner) share(over, under int64, at int) Quantity {
	w := s.low(at)
	if ((w == "the" || w == "that") && shrinks(s.low(at+1))) || w == "number" {
		return Quantity{Value: some(ratio(over, under, 4)), Unit: callrankv1.UnitMultiple, Form: Fraction}
	}
	return Quantity{Value: some(ratio(over*100, under, 2)), Unit: callrankv1.UnitPercent, Form: Fraction}
}

func ratio(over, under int64, digits int32) decimal.Decimal {
	return decimal.New(over, 0).DivRound(decimal.New(under, 0), digits)
}

// partOf tells "a third of the base" from "a third party" and "three quarters
// of growth".
func (s *scanner) partOf(i, j int) bool {
	if s.is(j+1, ofWord) {
		switch s.low(j + 2) {
		case "the", "our", "its", "their", "all", "these", "those", "that", "total", "it", "them", "your", "this", "us":
			return true
		}
	}
	if j > i+1 {
		return true
	}
	return s.is(i, unitsWord) && s.is(j, ordinalPart) && strings.HasSuffix(s.low(j), "s")
}

// half reads a half that is a share or a multiple, not a period.
func (s *scanner) half(i int) int {
	if next := s.figure(i); next > i {
		return next
	}
	switch s.low(i - 1) {
	case "first", "second", "back", "front", "latter", "last", "this", "next", "former", "other", "upper", "lower", "top", "bottom":
		return i
	case "in":
		if halves(s.low(i - 2)) {
			q := Quantity{Value: some(ratio(1, 2, 1)), Unit: callrankv1.UnitMultiple, Form: Fraction}
			return s.emitFrom(i, i+1, q)
		}
	}
	if s.halfOfIt(i) && !s.partOfTime(i+1) {
		return s.emitFrom(i, i+1, s.share(1, 2, i+1))
	}
	return i
}

// halfOfIt reports that the words around a half say what it is half of.
func (s *scanner) halfOfIt(i int) bool {
	switch s.low(i + 1) {
	case "of", "our", "their", "its", "all", "the", "that":
		return true
	case "year", "time", "day", "hour", "an":
		return false
	}
	switch s.low(i - 1) {
	case "nearly", "almost", "about", "roughly", "over", "than", "approximately", "around", "by":
		return !s.sign(i+1, hyphen)
	}
	return false
}

// halves reports what is before "in half".
func halves(w string) bool {
	switch w {
	case "cut", "cutting", "cuts", "it", "cost", "costs", "reduced", "time", "them":
		return true
	}
	return false
}

// shrinks reports what is halved rather than shared.
func shrinks(w string) bool {
	switch w {
	case "cost", "costs", "price", "time", "power", "size", "rate", "footprint", "number", "latency", "energy", "memory":
		return true
	}
	return false
}

// slashed reads "2/3" as a share.
func (s *scanner) slashed(i int) int {
	if !s.sign(i+1, '/') {
		return i
	}
	over, under, ok := s.stroke(i)
	if !ok {
		return i
	}
	if next := s.partOfUnit(i, i+3, over, under); next > i {
		return next
	}
	return s.emitFrom(i, i+3, s.share(over, under, i+3))
}

// stroke reads numerator and denominator of a simple fraction.
func (s *scanner) stroke(i int) (over, under int64, ok bool) {
	if !s.at(i+1).glued || !s.at(i+2).glued || s.at(i+2).kind != digits || (s.sign(i+3, '/') && s.at(i+3).glued) {
		return 0, 0, false
	}
	a, okA := readDigits(s.printed(i))
	b, okB := readDigits(s.printed(i + 2))
	if !okA || !okB || a.exp != 0 || b.exp != 0 || a.coef < 1 || a.coef >= b.coef || b.coef > 10 {
		return 0, 0, false
	}
	return a.coef, b.coef, true
}
