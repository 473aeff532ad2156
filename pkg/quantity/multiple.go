package quantity

import callrankv1 "github.com/callrank/callrank/proto/callrank/v1"

// multiple reads "doubled", "tripling", "tenfold", "twice", "an order of
// magnitude" at token i; it returns i when there is none.
func (s *scanner) multiple(i int) int {
	t := s.at(i)
	q := Quantity{Value: some(number{int64(t.val), 0}.decimal()), Unit: callrankv1.UnitMultiple, Form: Verb}
	switch t.class {
	case multipleVerb:
		if idiom(s.low(s.pastHyphen(i + 1))) {
			return i
		}
		q.Direction = Up
	case foldNumber:
	case twiceWord:
		if s.is(i+1, article) || s.is(i+1, perWord) || !s.compares(i) {
			return i
		}
	case orderWord:
		if !s.magnitudes(i) {
			return i
		}
		if s.low(i) == "orders" {
			return s.emitFrom(i, i+3, Quantity{Unit: callrankv1.UnitMultiple, Form: Indefinite, Qualifier: s.words(i, i+2)})
		}
		q.Value = some(number{10, 0}.decimal())
		return s.emitFrom(i, i+3, q)
	case halvedWord:
		q.Value, q.Direction = some(number{5, -1}.decimal()), Down
	}
	return s.emitFrom(i, i+1, q)
}

// magnitudes reports "order of magnitude" at token i.
func (s *scanner) magnitudes(i int) bool {
	return s.is(i, orderWord) && s.is(i+1, ofWord) && s.is(i+2, magnitude)
}

// mostOrders is the greatest number of orders of magnitude that is taken for one.
const mostOrders = 12

func isOrder(n number) bool { return n.exp == 0 && n.coef > 0 && n.coef <= mostOrders }

// ordersOn reads "two orders of magnitude" as a power of ten.
func (s *scanner) ordersOn(p *piece, at int) {
	if n := p.num; !p.scaled && isOrder(n) {
		p.num, p.head, p.orders = number{1, int32(n.coef)}, number{1, int32(n.coef)}, true
		p.setUnit(callrankv1.UnitMultiple, at+3)
	}
}

// rankMultiple reads "double" and "triple" as verbs or multiples, not as parts
// of a name.
func (s *scanner) rankMultiple(i int) int {
	t := s.at(i)
	if t.val < 2 || idiom(s.low(s.pastHyphen(i+1))) || !s.compares(i) {
		return i
	}
	return s.emitFrom(i, i+1, Quantity{
		Value: some(number{int64(t.val), 0}.decimal()), Unit: callrankv1.UnitMultiple, Form: Verb, Direction: Up,
	})
}

// idiom reports the second word of "double down" and the like.
func idiom(w string) bool {
	switch w {
	case "down", "click", "clicking", "clicked", "check", "checked", "dip", "edged", "sided", "counting", "play",
		"net", "a", "bottom", "booking", "header", "take", "whammy", "dose", "stack", "up", "team", "shift":
		return true
	}
	return false
}

// compares reports that the words around say how much: "to double", "nearly
// twice", "double the", "twice as".
func (s *scanner) compares(i int) bool {
	switch s.low(i + 1) {
	case "as", "the", "what", "that", "our", "its", "their", "it", "this", "in", "by", "from", "your", "every", "to", "between":
		return true
	}
	switch s.low(i - 1) {
	case "to", "than", "will", "would", "could", "can", "nearly", "almost", "about", "roughly", "over", "should",
		"may", "might", "approximately", "and", "or", "is", "was", "are", "were", "basically", "essentially":
		return true
	}
	return false
}
