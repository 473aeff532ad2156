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

// spacedGroups takes groups of three digits set apart by a space: after any
// narrow or hard space, and "000" after a plain one.
func (s *scanner) spacedGroups(a *amount) {
	for a.num.whole() && places(s.printed(a.next-1)) <= groupDigits {
		t, before := s.at(a.next), s.at(a.next-1)
		if t.kind != digits || t.end-t.start != groupDigits || t.glued || before.end-before.start > groupDigits {
			return
		}
		switch gap := s.text[before.end:t.start]; {
		case gap == " " && s.printed(a.next) == "000", gap == "\u00a0", gap == "\u202f", gap == "\u2009":
		default:
			return
		}
		n, ok := readDigits(s.printed(a.next))
		if !ok || a.num.coef > maxGrouped {
			return
		}
		a.num = number{a.num.coef*1000 + n.coef, 0}
		a.next++
	}
}

// Groups of digits: how long one is, and the number that may still take one.
const (
	groupDigits = 3
	maxGrouped  = 1e12
)

// scaledPlural reports "millions" right after a number: "1.2 millions".
func (s *scanner) scaledPlural(a *amount, i int) bool {
	t := s.at(i)
	return t.class == plural && t.val >= groupDigits && !a.scaled && !t.glued
}

// compound takes a second part in a lesser scale: "$1 billion 290 million",
// "two thousand five hundred". A currency sign may be said again.
func (s *scanner) compound(a *amount) {
	if !a.scaled || a.mark || !a.head.whole() || a.scale < groupDigits || !s.is(a.next-1, scaleWord) {
		return
	}
	at := a.next
	if s.is(at, currencySign) && !s.at(at).glued {
		at++
	}
	var rest amount
	switch t := s.at(at); {
	case a.said && (t.class == unitsWord || t.class == oneWord || t.class == tensWord || t.class == article):
		var ok bool
		if rest, ok = s.wordsAt(at); !ok || at != a.next {
			return
		}
		rest.said = true
	case !a.said && t.kind == digits && (at > a.next || !t.glued):
		n, ok := readDigits(s.printed(at))
		if !ok || !n.whole() {
			return
		}
		rest = amount{num: n, next: at + 1}
	default:
		return
	}
	rest.head = rest.num
	s.scaleOn(&rest)
	part := rest.num.decimal()
	if !rest.scaled && (!rest.said || rest.num.coef < 100) {
		return
	}
	if rest.mark || rest.scale >= a.scale || part.GreaterThanOrEqual(decimal.New(1, a.scale)) {
		return
	}
	sum := a.num.decimal().Add(part)
	a.num = number{sum.IntPart(), 0}
	a.head, a.scale, a.next = a.num, 0, rest.next
	if s.is(at-1, currencySign) {
		a.again = at - 1
	}
}

// pastVague skips "plus", "-ish", "something" or "odd" between a number and
// its scale or unit, and keeps the word as the qualifier.
func (s *scanner) pastVague(a *amount, i int) int {
	word := ""
	switch {
	case s.is(i, plusWord), s.sign(i, '+') && s.at(i).glued:
		word = "plus"
	case s.low(i) == "ish" && s.at(i).glued, s.low(i) == "something", s.low(i) == "odd":
		word = s.low(i)
	default:
		return i
	}
	j := s.joined(i + 1)
	switch s.at(j).class {
	case percentWord, percentage, pointWord, basisWord, bpsWord, powerWord, durationWord, timesX, currencyWord, scaleWord:
		a.vague = word
		return j
	}
	return i
}

// outOf reads "nine out of ten customers", "9 in 10" and "one in five" as a
// share in percent.
func (s *scanner) outOf(i int) int {
	over, ok := s.smallNumber(i)
	at := i + 1
	switch {
	case !ok || s.is(i-1, labelWord):
		return i
	case s.low(at) == "out" && s.is(at+1, ofWord):
		at += 2
		if s.is(at, everyWord) {
			at++
		}
	case s.low(at) == "in" || s.is(at, ofWord) && s.is(at+1, everyWord):
		at++
		if s.is(at, everyWord) {
			at++
		} else if next, _ := s.smallNumber(at); over != 1 && next != tenth {
			return i
		}
	default:
		return i
	}
	under, ok := s.smallNumber(at)
	if !ok || over < 1 || over >= under || !s.countsPeople(at+1) {
		return i
	}
	return s.emitFrom(i, at+1, Quantity{Value: some(ratio(over*100, under, 2)), Unit: callrankv1.UnitPercent, Form: Fraction})
}

// tenth is the whole of "9 in 10"; of other numbers "3 in 7 states" is none.
const tenth = 10

// smallNumber reads a whole number from 1 to 10, or 20 or 100, without a scale
// or unit.
func (s *scanner) smallNumber(i int) (int64, bool) {
	t := s.at(i)
	n := int64(t.val)
	switch {
	case t.kind == digits:
		d, ok := readDigits(s.printed(i))
		if !ok || d.exp != 0 {
			return 0, false
		}
		n = d.coef
	case t.class != unitsWord && t.class != oneWord:
		return 0, false
	}
	return n, n >= 1 && (n <= tenth || n == 2*tenth || n == tenth*tenth)
}

// countsPeople reports that what follows "one in five" is what is counted, and
// neither time nor a unit nor another number.
func (s *scanner) countsPeople(i int) bool {
	t := s.at(i)
	return t.kind == word && (t.class == none || t.class == ofWord) && !t.fresh
}
