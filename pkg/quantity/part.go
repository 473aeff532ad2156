package quantity

import (
	"github.com/shopspring/decimal"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// onePart skips what stands between a fraction and what it is a part of: "of",
// "a", "of one", a hyphen.
func (s *scanner) onePart(i int) int {
	of := s.is(i, ofWord)
	if of {
		i++
	}
	if s.is(i, article) || (of && (s.is(i, oneWord) || s.printed(i) == "1")) {
		return i + 1
	}
	return s.joined(i)
}

// divisible reports a unit or scale that people say fractions of: "half a
// point", "a quarter of a million".
func (s *scanner) divisible(i int) bool {
	switch s.at(i).class {
	case scaleWord, percentWord, percentage, powerWord:
		return true
	case pointWord:
		return s.low(i) == "point"
	case basisWord:
		return s.is(s.joined(i+1), pointWord)
	}
	return false
}

// partPlaces is how many decimal places a fraction of a unit keeps.
const partPlaces = 6

// partOfUnit reads a fraction of a unit or scale, over/under with the token at
// after it: "a tenth of a percent", "a quarter million", "1/4 point"; it
// returns i when there is none. Thirds of a deal are ordinals, so that only
// quarters and figures go without "of".
func (s *scanner) partOfUnit(i, at int, over, under int64) int {
	if s.is(at-1, ordinalPart) && !s.is(at, ofWord) {
		return i
	}
	next := s.onePart(at)
	if !s.divisible(next) {
		return i
	}
	p := piece{from: i, amount: amount{num: number{1, 0}, head: number{1, 0}, next: next, said: true}, unit: callrankv1.UnitCount}
	p.to = next
	s.scaleOn(&p.amount)
	p.to = p.next
	if !s.unitOn(&p) {
		return i
	}
	q := Quantity{Unit: p.unit, Form: Fraction}
	q.Value = some(decimal.New(over, 0).DivRound(decimal.New(under, 0), partPlaces).Mul(p.num.decimal()))
	return s.emitFrom(i, p.to, q)
}

// partOfTime reports that what follows a fraction makes it a stretch of time:
// "half of next year".
func (s *scanner) partOfTime(i int) bool {
	if !s.is(i, ofWord) {
		return false
	}
	i++
	switch s.low(i) {
	case "the", "this", "next", "last", "that", "our":
		i++
	}
	if s.is(i, fiscalWord) || s.is(i, monthWord) || s.isYear(i) {
		return true
	}
	switch s.low(i) {
	case "year", "quarter", "month", "day", "week", "decade":
		return true
	}
	return false
}

// mixed takes the fraction of a mixed number: "one and a half", "2 1/2", "2½".
func (s *scanner) mixed(a *amount) {
	if !a.num.whole() || a.num.exp != 0 {
		return
	}
	if tenths, next, ok := s.andAHalf(a.next); ok {
		a.num, a.next = number{a.num.coef*10 + tenths, -1}, next
		return
	}
	if t := s.at(a.next); t.class == vulgarFraction {
		a.num, a.next = number{a.num.coef*100 + int64(t.val), -2}, a.next+1
		return
	}
	at := s.joined(a.next)
	if s.at(at).kind != digits || !s.sign(at+1, '/') || (s.at(at).glued && at == a.next) || s.isYear(a.next-1) {
		return
	}
	if over, under, ok := s.stroke(at); ok && 100%under == 0 {
		a.num, a.next = number{a.num.coef*100 + over*(100/under), -2}, at+3
	}
}
