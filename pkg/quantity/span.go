package quantity

import callrankv1 "github.com/callrank/callrank/proto/callrank/v1"

// maxSteps bounds chains such as "3 or 4x or 10x".
const maxSteps = 3

// rangeFrom reads the other end of a range that begins with p: "30% to 40%",
// "30 to 40%", "between $1 billion and $2 billion", "10 or 100x", "20, 30x".
func (s *scanner) rangeFrom(p piece, between bool) (q Quantity, to int, ok bool) {
	low, high, to := p, p, p.to
	for range maxSteps {
		next, found := s.otherEnd(high, between && !ok)
		if !found {
			break
		}
		first := !ok
		if !s.agree(&low, &next, between && first) {
			break
		}
		high, to, ok = next, next.to, true
	}
	if !ok {
		return q, 0, false
	}
	q = Quantity{
		Low: some(low.num.decimal()), High: some(high.num.decimal()),
		Unit: high.unit, Form: high.form,
	}
	return q, to, true
}

// otherEnd reads a joining word and the piece after it.
func (s *scanner) otherEnd(p piece, between bool) (piece, bool) {
	if s.sign(p.to, ',') && !between {
		return s.approximately(p, p.to+1)
	}
	at, ok := s.pastJoin(p, between)
	if !ok {
		return p, false
	}
	if s.is(at, article) && s.is(at+1, currencySign) {
		at++
	}
	if s.at(at).kind == digits && s.notANumber(at) > at {
		return p, false
	}
	return s.pieceAt(at)
}

// pastJoin skips what joins two ends: "to", a hyphen, "or"; "and" only after
// "between".
func (s *scanner) pastJoin(p piece, between bool) (next int, ok bool) {
	at := p.to
	switch {
	case between:
		return at + 1, s.is(at, andWord) || s.is(at, toWord)
	case s.is(at, toWord):
		return at + 1, !s.startsChange(p)
	case s.is(at, andWord):
		return at + 1, s.low(p.from-1) == "of" && s.low(p.from-2) == "range"
	case s.is(at, orWord):
		return at + 1, !p.scaled || p.bare() || s.restates(at+1)
	case s.sign(at, hyphen) && s.is(at+1, toWord):
		return at + 2, true
	case s.sign(at, hyphen):
		return at + 1, s.at(at).glued || !s.at(at+1).glued
	}
	return at, false
}

// restates reports that a number carries its own scale or currency, as the
// second of two alternatives has to: "$20 million or 67% of it".
func (s *scanner) restates(i int) bool {
	p, ok := s.pieceAt(i)
	return ok && (p.scaled || !p.bare())
}

// startsChange reports that what follows p is not the other end of a range but
// where a change led: "from 8 to 10", "rose $6 million to $160 million".
func (s *scanner) startsChange(p piece) bool {
	b := p.from - 1
	switch s.low(b) {
	case "about", "around", "roughly", "nearly", "approximately", "almost":
		b--
	}
	switch s.low(b) {
	case "from":
		switch s.low(b - 1) {
		case "range", "ranging", "ranges", "ranged", "anywhere", "growth", "returns":
			return false
		}
		return true
	case "increased", "rose", "grew", "decreased", "declined", "fell", "dropped", "by", "improved", "up", "down",
		"expanded", "increase", "decrease", "increasing", "added":
		return p.unit != callrankv1.UnitPercent && p.unit != callrankv1.UnitMultiple &&
			p.unit != callrankv1.UnitBPS && p.unit != callrankv1.UnitCount
	}
	return false
}

// agree brings both ends to one unit and scale; false where they are two
// different quantities, or where they stand in the wrong order without the word
// "between".
func (s *scanner) agree(low, high *piece, between bool) bool {
	bareLow := low.bare() && !low.scaled
	if !shareUnit(low, high, between) {
		return false
	}
	if bareLow {
		if s.isYear(low.from) && (!between || !high.bare() || s.isYear(high.from)) {
			return false
		}
		sharePart(low, high)
	}
	shareScale(low, high)
	return between || (low.num.float() < high.num.float() && !complementary(low, high))
}

// sharePart gives a bare end what the other's unit is counted in: cents, or
// orders of magnitude.
func sharePart(low, high *piece) {
	switch {
	case high.cents:
		low.num, low.head = low.num.shift(-2), low.head.shift(-2)
	case high.orders && isOrder(low.num):
		low.num, low.head = number{1, int32(low.num.coef)}, number{1, int32(low.num.coef)}
	}
}

// shareUnit gives the end without a unit the unit of the other.
func shareUnit(low, high *piece, between bool) bool {
	switch {
	case low.unit == high.unit:
	case low.bare() && !high.bare() && (!low.scaled || isCurrency(high.unit)):
		low.unit = high.unit
	case high.bare() && isCurrency(low.unit) && high.said == low.said && (!high.scaled || !low.scaled) &&
		(between || high.head.float() > low.head.float()):
		high.unit = low.unit
	default:
		return false
	}
	return true
}

// leastScaled is the number from which "$500 million to 600" would be said
// without a scale of its own.
const leastScaled = 1000

// shareScale gives the end without a scale the scale of the other: "10 to 12
// million".
func shareScale(low, high *piece) {
	switch {
	case !low.scaled && high.scaled && low.head.float() < high.head.float():
		low.num, low.scaled, low.scale = low.head.shift(high.scale), true, high.scale
	case low.scaled && !high.scaled && isCurrency(high.unit) && high.head.float() < leastScaled:
		high.num, high.scaled, high.scale = high.head.shift(low.scale), true, low.scale
	}
}

// complementary reports a split such as 70-30 or 50-50.
func complementary(low, high *piece) bool {
	return low.bare() && high.bare() && low.num.float()+high.num.float() == 100
}

// maxApart is how far two numbers of a spoken approximation lie apart at most.
const maxApart = 2

// approximately reads the second number of "50%, 60%" or "20, 30 systems": two
// round numbers in a row, the greater last, where no list goes on.
func (s *scanner) approximately(p piece, at int) (piece, bool) {
	if s.at(at).kind == digits {
		if s.notANumber(at) > at || s.isYear(at) {
			return p, false
		}
	} else if !s.is(at, currencySign) {
		return p, false
	}
	q, ok := s.pieceAt(at)
	if !ok || q.said || p.said || !apart(p.head, q.head) {
		return p, false
	}
	bare := p.bare() && !p.scaled
	if p.unit != q.unit && !bare {
		return p, false
	}
	return q, (bare && !q.bare()) || !s.listGoesOn(q.to)
}

// apart reports two numbers as they come to mind in a row.
func apart(a, b number) bool {
	x, y := a.float(), b.float()
	return x < y && y <= x*maxApart && roundPair(a, b)
}

// listGoesOn reports that the two numbers are items of a list or measured each
// for itself: "12%, 15% in constant currency", "10%, 20%, and 30%".
func (s *scanner) listGoesOn(at int) bool {
	if s.sign(at, ',') {
		at++
		return s.is(at, andWord) || s.is(at, orWord)
	}
	switch s.low(at) {
	case "and", "or", "in", "on", "excluding", "ex", "year", "quarter", "sequentially", "respectively", "versus":
		return true
	}
	return false
}

// roundPair reports two numbers as they come to mind: multiples of five, or
// two small whole numbers that follow one another.
func roundPair(a, b number) bool {
	if !a.whole() || !b.whole() {
		return false
	}
	x, y := a.decimal().IntPart(), b.decimal().IntPart()
	return (x%5 == 0 && y%5 == 0) || (y-x == 1 && y <= 20)
}
