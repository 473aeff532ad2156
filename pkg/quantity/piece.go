package quantity

import callrankv1 "github.com/callrank/callrank/proto/callrank/v1"

// piece is one amount with its unit: one end of a range, or all of a quantity.
type piece struct {
	amount

	// from and to are the first token and the one after the last.
	from, to int
	unit     string
	form     Form
	// negative: "minus" or a sign stands before it.
	negative bool
	// cents: it was said in hundredths of the unit. orders: in orders of
	// magnitude.
	cents, orders bool
}

// bare reports a number that has no unit of its own.
func (p *piece) bare() bool { return p.unit == callrankv1.UnitCount }

// pieceAt reads an amount with its unit at token i.
func (s *scanner) pieceAt(i int) (piece, bool) {
	p := piece{from: i, unit: callrankv1.UnitCount}
	if s.is(i, minusWord) {
		p.negative = true
		i++
	}
	i, money := s.currencyOn(&p, i)
	a, ok := s.amountAt(i)
	if !ok || (money && a.said) {
		return p, false
	}
	p.amount, p.to = a, a.next
	if a.said {
		p.form = Words
	}
	if p.negative {
		p.num, p.head = p.num.negate(), p.head.negate()
	}
	if money {
		s.afterMoney(&p)
		return p, true
	}
	if p.again > 0 {
		p.unit = currencyName(s.at(p.again).val)
		return p, true
	}
	return p, s.unitOn(&p)
}

// currencyOn reads a currency before the number, and returns the number's token.
func (s *scanner) currencyOn(p *piece, i int) (next int, money bool) {
	if s.at(i).kind == word && s.is(i+1, currencySign) && s.at(i+1).glued {
		i++
	}
	switch t := s.at(i); {
	case t.class == currencySign:
		p.unit, money = currencyName(t.val), true
		if c, ok := s.dollarBefore(i); ok && t.val == usd {
			p.unit, p.from = currencyName(c), i-1
		}
		i++
	case t.class == currencyCode && s.startsNumber(i+1):
		p.unit, money = currencyName(t.val), true
		i++
		if s.is(i, currencySign) {
			i++
		}
	}
	if money && s.sign(i, hyphen) {
		p.negative = true
		i++
	}
	return i, money
}

func (s *scanner) startsNumber(i int) bool {
	t := s.at(i)
	return t.kind == digits || (t.class == currencySign && s.at(i+1).kind == digits)
}

// dollarBefore reads the letters glued before a dollar sign: US$, C$, HK$.
func (s *scanner) dollarBefore(i int) (int32, bool) {
	if t := s.at(i - 1); i == 0 || t.kind != word || !s.at(i).glued {
		return 0, false
	}
	return dollarOf(s.printed(i - 1))
}

// afterMoney takes scale letters set apart ("$5 M") and a repeated currency
// ("$15 billion dollars").
func (s *scanner) afterMoney(p *piece) {
	if t := s.at(p.to); !p.scaled && t.class == scaleLetter && (isUpper(s.text[t.start]) || t.end-t.start > 1) {
		p.scale, p.scaled = t.val, true
		p.num = p.head.shift(t.val)
		p.to++
		p.next = p.to
	}
	if c, to, ok := s.currencyWords(p.to); ok && (currencyName(c) == p.unit || s.is(p.to, currencyWord) && c == usd) {
		p.to = to
	}
}

// unitOn reads the unit after a number; false where what follows it shows that
// it is no quantity.
func (s *scanner) unitOn(p *piece) bool {
	if p.mark && !p.said && s.lowerMark(p) && !s.currencyAfter(p.next) {
		return false
	}
	at := s.pastVague(&p.amount, s.joined(p.next))
	if s.is(at, pointWord) && s.pointsOfSpeech(p.from, at) {
		return false
	}
	if !s.rateOn(p, at) {
		s.measureOn(p, at)
	}
	return s.gluedOK(p)
}

// measureOn reads a multiple, power, time or money at token at.
func (s *scanner) measureOn(p *piece, at int) {
	switch t := s.at(at); {
	case t.class == timesX, t.class == foldWord:
		p.setUnit(callrankv1.UnitMultiple, at+1)
	case t.class == powerWord && !s.energy(at+1), t.class == durationWord:
		p.setUnit(unitName(t.val), at+1)
	case s.magnitudes(at):
		s.ordersOn(p, at)
	case t.class == timesWord:
		s.timesOn(p, at)
	case s.workHours(at):
		p.setUnit(unitName(hours), at+2)
	case t.class != powerWord:
		s.moneyOn(p)
	}
}

// energy reports "hours" after a unit of power: gigawatt-hours are none.
func (s *scanner) energy(i int) bool {
	t := s.at(s.joined(i))
	return t.class == durationWord && t.val == hours
}

// workHours reports hours said to be whose or of what: "developer hours".
func (s *scanner) workHours(i int) bool {
	if t := s.at(i + 1); t.class != durationWord || t.val != hours || s.low(i+1) != "hours" {
		return false
	}
	switch s.low(i) {
	case "developer", "engineering", "engineer", "man", "person", "labor", "labour", "work", "working", "employee", "staff",
		"agent", "human", "manual", "machine", "service", "billable", "flight", "production", "training", "compute":
		return true
	}
	return false
}

// rateOn reads percent, percentage points or basis points at token at.
func (s *scanner) rateOn(p *piece, at int) bool {
	switch s.at(at).class {
	case percentWord, percentage:
		p.setUnit(callrankv1.UnitPercent, at+1)
		if s.low(at) == "%" && s.is(at+1, percentWord) { // said twice
			p.to = at + 2
		}
		if j := s.joined(at + 1); s.is(j, pointWord) {
			p.to = j + 1
		}
	case pointWord:
		p.setUnit(callrankv1.UnitPercent, at+1)
	case perWord:
		if !s.is(at+1, centWord) {
			return false
		}
		p.setUnit(callrankv1.UnitPercent, at+2)
	case basisWord:
		j := s.joined(at + 1)
		if !s.is(j, pointWord) {
			return false
		}
		p.setUnit(callrankv1.UnitBPS, j+1)
	case bpsWord:
		p.setUnit(callrankv1.UnitBPS, at+1)
	default:
		return false
	}
	return true
}

func (p *piece) setUnit(unit string, to int) { p.unit, p.to = unit, to }

// lowerMark reports a scale letter that is no scale without money: 300mm, 5m,
// 2t; and "4K", which is a picture.
func (s *scanner) lowerMark(p *piece) bool {
	switch s.printed(p.next - 1) {
	case "M", "B", "bn", "mn", "k":
		return false
	case "K":
		return p.head.float() < 10
	}
	return true
}

func (s *scanner) currencyAfter(i int) bool {
	c := s.at(i).class
	return c == currencyWord || c == currencyCode
}

// timesOn tells "4 times the power" from "25 million times" and "twice a week".
func (s *scanner) timesOn(p *piece, at int) {
	if !p.scaled && !s.is(at+1, article) && !s.is(at+1, perWord) && s.low(at+1) != "in" {
		p.setUnit(callrankv1.UnitMultiple, at+1)
	}
}

// moneyOn reads a currency after the number: "15 billion U.S. dollars", "3
// billion RMB". Pounds and won are money only where millions are counted.
func (s *scanner) moneyOn(p *piece) {
	at := p.next
	if s.is(at, ofWord) && p.scaled {
		at++
	}
	if c, to, ok := s.currencyWords(at); ok && (p.scaled || (c != gbp && c != krw)) && !s.weighed(c, to) {
		p.setUnit(currencyName(c), to)
		return
	}
	at = s.joined(at)
	switch t := s.at(at); {
	case t.class == currencySign && !s.startsNumber(at) && s.at(at+1).kind != digits:
		p.setUnit(currencyName(t.val), at+1)
	case t.class == currencyCode:
		p.setUnit(currencyName(t.val), at+1)
	case t.class == centsWord && !p.scaled:
		p.num, p.head, p.cents = p.num.shift(-2), p.head.shift(-2), true
		p.setUnit(dollars, at+1)
	}
}

// weighed reports pounds of a thing that is no money: "30 million pounds of
// beef".
func (s *scanner) weighed(c int32, i int) bool {
	if c != gbp || !s.is(i, ofWord) {
		return false
	}
	switch s.low(i + 1) {
	case "revenue", "revenues", "sales", "cost", "costs", "cash", "profit", "profits", "debt", "savings", "investment", "orders",
		"the", "our", "this", "that", "which", "new", "additional", "annual":
		return false
	}
	return true
}

// gluedOK refuses a number run together with letters that are no unit: 5nm,
// 3D, 2nd.
func (s *scanner) gluedOK(p *piece) bool {
	t := s.at(p.to)
	if t.kind == symbol || !t.glued {
		return true
	}
	return false
}
