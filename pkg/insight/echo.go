package insight

import "github.com/callrank/callrank/pkg/quantity"

// echo knows of every quantity in how themed a sentence it stands elsewhere.
type echo map[string]echoes

// echoes are the two sentences most about the theme that hold a quantity.
type echoes struct {
	best, next     float64
	bestAt, nextAt int
}

// newEcho notes the sentences of every quantity that is worth repeating.
func newEcho(rd *reading) echo {
	e := make(echo, len(rd.quantities))
	for i := range rd.quantities {
		q := &rd.quantities[i]
		at := rd.at(q.Start)
		if at < 0 || !rd.speaks(at) || !distinctive(q) {
			continue
		}
		k := keyOf(q)
		e[k] = e[k].with(rd.sentences[at].theme, at)
	}
	return e
}

// with notes one more sentence.
func (s echoes) with(theme float64, at int) echoes {
	switch {
	case s.best > 0 && at == s.bestAt:
	case theme > s.best:
		s.best, s.bestAt, s.next, s.nextAt = theme, at, s.best, s.bestAt
	case theme > s.next:
		s.next, s.nextAt = theme, at
	}
	return s
}

// theme is the greatest theme of the other sentences with the same quantity.
func (e echo) theme(q *quantity.Quantity, at int) float64 {
	if !distinctive(q) {
		return 0
	}
	return e[keyOf(q)].elsewhere(at)
}

// elsewhere is the greatest of the sentences but one.
func (s echoes) elsewhere(at int) float64 {
	if s.bestAt == at {
		return s.next
	}
	return s.best
}

// distinctive reports a quantity that two sentences hardly share by chance.
func distinctive(q *quantity.Quantity) bool {
	switch kindOf(q) {
	case isMoney, isPower, isCount, isBPS:
		return q.Definite()
	case isRate, isMultiple:
		return q.Definite() && q.Form != quantity.Band
	}
	return false
}

// keyOf is the value and unit of a quantity.
func keyOf(q *quantity.Quantity) string {
	if q.Range() {
		return q.Low.Decimal.String() + ".." + q.High.Decimal.String() + q.Unit
	}
	return q.Value.Decimal.String() + q.Unit
}
