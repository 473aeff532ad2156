package quantity

import "github.com/shopspring/decimal"

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
	rest, sign, ok := s.lesser(a)
	if !ok || rest.mark || rest.scale >= a.scale || rest.num.decimal().GreaterThanOrEqual(decimal.New(1, a.scale)) {
		return
	}
	a.num = number{a.num.decimal().Add(rest.num.decimal()).IntPart(), 0}
	a.head, a.scale, a.next, a.again = a.num, 0, rest.next, sign
}

// lesser reads what a scale may be followed by as a part of the same number,
// said in the same way; sign is the token of a currency sign before it, or 0.
func (s *scanner) lesser(a *amount) (rest amount, sign int, ok bool) {
	at := a.next
	if s.is(at, currencySign) && !s.at(at).glued {
		sign = at
		at++
	}
	switch {
	case a.said:
		rest, ok = s.lesserWords(at)
		ok = ok && sign == 0
	case s.at(at).kind == digits && (sign > 0 || !s.at(at).glued):
		rest = amount{next: at + 1}
		rest.num, ok = readDigits(s.printed(at))
		ok = ok && rest.num.whole()
	}
	if !ok {
		return rest, sign, false
	}
	rest.head = rest.num
	s.scaleOn(&rest)
	// "Two million three" is two numbers, "two thousand five hundred" is one.
	return rest, sign, rest.scaled || (a.said && rest.num.coef >= 100)
}

func (s *scanner) lesserWords(i int) (amount, bool) {
	switch s.at(i).class {
	case unitsWord, oneWord, tensWord, article:
		return s.wordsAt(i)
	}
	return amount{}, false
}

// pastVague skips "plus", "-ish", "something" or "odd" between a number and
// its scale or unit, and keeps the word as the qualifier.
func (s *scanner) pastVague(a *amount, i int) int {
	var word string
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
