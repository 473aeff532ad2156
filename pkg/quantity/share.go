package quantity

import callrankv1 "github.com/callrank/callrank/proto/callrank/v1"

// outOf reads "nine out of ten customers", "9 in 10" and "one in five" as a
// share in percent.
func (s *scanner) outOf(i int) int {
	over, ok := s.smallNumber(i)
	if !ok || s.is(i-1, labelWord) {
		return i
	}
	at := s.pastOutOf(i+1, over)
	under, ok := s.smallNumber(at)
	if at == i+1 || !ok || over >= under || !s.countsPeople(at+1) {
		return i
	}
	return s.emitFrom(i, at+1, Quantity{Value: some(ratio(over*100, under, 2)), Unit: callrankv1.UnitPercent, Form: Fraction})
}

// pastOutOf skips "out of", "out of every", "of every" and, before the whole
// of a share, "in"; i itself when none is there.
func (s *scanner) pastOutOf(i int, over int64) int {
	at := i
	switch {
	case s.low(i) == "out" && s.is(i+1, ofWord):
		at += 2
	case s.is(i, ofWord) && s.is(i+1, everyWord):
		at++
	case s.low(i) == "in":
		at++
		if whole, _ := s.smallNumber(at); over != 1 && whole != tenth && !s.is(at, everyWord) {
			return i
		}
	default:
		return i
	}
	if s.is(at, everyWord) {
		at++
	}
	return at
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
