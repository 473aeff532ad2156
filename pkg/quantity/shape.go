package quantity

import callrankv1 "github.com/callrank/callrank/proto/callrank/v1"

// core is the middle of a band: teens, twenties to nineties, or a number of
// digits.
type core struct {
	low, high int64
	to        int
}

// band reads "mid-teens", "high 50s", "triple-digit", "low to mid-single
// digits", "mid-30%" at token i; it returns i when there is none.
func (s *scanner) band(i int) int {
	j, degree, graded := i, int32(-1), s.is(i, degreeWord)
	until := degree
	if graded {
		degree = s.at(i).val
		j = s.pastHyphen(i + 1)
		if second, after, ok := s.secondDegree(j); ok {
			until, j = second, after
		}
	}
	if graded && s.is(j, currencySign) {
		return s.moneyBand(i, j, degree, max(until, degree))
	}
	c, ok := s.coreAt(j, graded)
	if !ok {
		return i
	}
	q := percentBand(c.low, c.high)
	if graded {
		q = percentBand(lowOf(c, degree), highOf(c, max(until, degree)))
	}
	to := s.bandUnit(&q, c.to)
	return s.emitFrom(i, to, q)
}

// moneyBand reads "the low $40s", "the mid-$20 million range" and "high $30
// million" from token i, with the sign of the currency at token at. Without an
// "s", a scale or a hyphen the degree belongs to something else.
func (s *scanner) moneyBand(i, at int, degree, until int32) int {
	n, ok := readDigits(s.printed(at + 1))
	if !ok || s.at(at+1).kind != digits || !isDecade(n) {
		return i
	}
	unit, to := currencyName(s.at(at).val), at+2
	plural := s.at(to).glued && s.low(to) == "s"
	if plural {
		to++
	}
	shift := int32(0)
	if t := s.at(to); t.class == scaleWord || (t.class == scaleLetter && t.glued) {
		shift, to = t.val, to+1
	}
	if !plural && shift == 0 && !s.sign(at-1, hyphen) {
		return i
	}
	c := core{n.coef, n.coef + 9, to}
	q := percentBand(lowOf(c, degree), highOf(c, until))
	q.Low.Decimal, q.High.Decimal = q.Low.Decimal.Shift(shift), q.High.Decimal.Shift(shift)
	q.Unit = unit
	return s.emitFrom(i, to, q)
}

// isDecade reports 10, 20 to 90.
func isDecade(n number) bool { return n.exp == 0 && n.coef >= 10 && n.coef <= 90 && n.coef%10 == 0 }

// pastHyphen skips a hyphen, glued on either side or both ("mid- to high").
func (s *scanner) pastHyphen(i int) int {
	if s.sign(i, hyphen) {
		return i + 1
	}
	return i
}

// secondDegree reads "to high" in "mid to high teens".
func (s *scanner) secondDegree(i int) (degree int32, after int, ok bool) {
	if !s.is(i, toWord) || !s.is(i+1, degreeWord) {
		return 0, i, false
	}
	return s.at(i + 1).val, s.pastHyphen(i + 2), true
}

func (s *scanner) coreAt(i int, graded bool) (core, bool) {
	t := s.at(i)
	switch {
	case t.class == teensWord && graded:
		return core{10, 19, i + 1}, true
	case t.class == rankWord:
		j := s.joined(i + 1)
		if !s.is(j, digitWord) {
			return core{}, false
		}
		low := int64(1)
		for range t.val - 1 {
			low *= 10
		}
		return core{low, low*10 - 1, j + 1}, true
	case t.kind == digits && graded:
		return s.decade(i)
	}
	return core{}, false
}

// decade reads "60s" and the "30" of "mid-30%".
func (s *scanner) decade(i int) (core, bool) {
	n, ok := readDigits(s.printed(i))
	if !ok || !isDecade(n) {
		return core{}, false
	}
	next := s.at(i + 1)
	if next.glued && s.low(i+1) == "s" {
		return core{n.coef, n.coef + 9, i + 2}, true
	}
	if next.class == percentWord || next.class == percentage {
		return core{n.coef, n.coef + 9, i + 1}, true
	}
	return core{}, false
}

// lowOf and highOf cut a band into its low, middle and high part.
func lowOf(c core, degree int32) int64 {
	if c.high > 19 && c.low == 10 && c.high == 99 {
		return [...]int64{10, 40, 70}[degree]
	}
	base := c.high - 9
	if c.high > 99 {
		return c.low
	}
	return base + int64([...]int32{1, 4, 7}[degree])
}

func highOf(c core, degree int32) int64 {
	if c.low == 10 && c.high == 99 {
		return [...]int64{13, 69, 99}[degree]
	}
	if c.high > 99 {
		return c.high
	}
	return c.high - 9 + int64([...]int32{3, 6, 9}[degree])
}

// bandUnit takes "percent", "percentage" or "millions of dollars" after a band.
func (s *scanner) bandUnit(q *Quantity, i int) int {
	at := s.joined(i)
	switch t := s.at(at); t.class {
	case percentWord, percentage:
		i = at + 1
		if s.is(i, pointWord) {
			i++
		}
	case scaleWord, plural:
		q.Low.Decimal, q.High.Decimal = q.Low.Decimal.Shift(t.val), q.High.Decimal.Shift(t.val)
		q.Unit, i = callrankv1.UnitCount, at+1
		at = i
		if s.is(at, ofWord) {
			at++
		}
		if c, after, ok := s.currencyWords(at); ok {
			q.Unit, i = currencyName(c), after
		} else if c := s.at(at); c.class == currencyCode {
			q.Unit, i = currencyName(c.val), at+1
		}
	}
	return i
}

// Figures of a sum of money have between four and twelve digits; fewer are
// a figure of speech.
const (
	fewestFigures = 4
	mostFigures   = 12
)

// digitsLong reads "six-figure" and "7-digit": a sum of money by its length.
func (s *scanner) digitsLong(i int) int {
	j := s.joined(i + 1)
	for s.sign(j, hyphen) {
		j++
	}
	if c := s.at(j).class; c != figureWord && c != digitWord {
		return i
	}
	n := int64(s.at(i).val)
	if s.at(i).kind == digits {
		d, ok := readDigits(s.printed(i))
		if !ok || d.exp != 0 {
			return i
		}
		n = d.coef
	}
	if n < fewestFigures || n > mostFigures {
		return i
	}
	low := int64(1)
	for range n - 1 {
		low *= 10
	}
	q := percentBand(low, low*10-1)
	q.Unit = dollars
	return s.emitFrom(i, j+1, q)
}
