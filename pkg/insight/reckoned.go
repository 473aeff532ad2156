package insight

import (
	"math"

	"github.com/shopspring/decimal"

	"github.com/callrank/callrank/pkg/quantity"
)

// reckoned is what is made out of a quantity once for all who ask.
type reckoned struct {
	// kind is the feature that tells its unit.
	kind int
	// size is that of its greater end; definite: it names a number.
	size     float64
	definite bool
	// same numbers the distinct quantities that two sentences hardly share by
	// chance; -1 for others.
	same int
	// sentence is the index of its sentence, -1 for none.
	sentence int
}

// worth tells quantities of one value and unit from others.
type worth struct {
	low, high float64
	unit      string
}

// reckon makes out what is asked of quantities again and again.
func (rd *reading) reckon() {
	rd.reckoned = make([]reckoned, len(rd.quantities))
	known := make(map[worth]int, len(rd.quantities))
	for i := range rd.quantities {
		q, r := &rd.quantities[i], &rd.reckoned[i]
		*r = reckoned{kind: kindOf(q), definite: q.Definite(), same: -1, sentence: rd.at(q.Start)}
		if r.definite {
			r.size = magnitude(q)
		}
		if !distinctive(q, r.kind) {
			continue
		}
		w := worthOf(q)
		n, ok := known[w]
		if !ok {
			n = len(known)
			known[w] = n
		}
		r.same = n
	}
	rd.distinct = len(known)
}

// distinctive reports a quantity that two sentences hardly share by chance.
func distinctive(q *quantity.Quantity, kind int) bool {
	switch kind {
	case isMoney, isPower, isCount, isBPS:
		return q.Definite()
	case isRate, isMultiple:
		return q.Definite() && q.Form != quantity.Band
	}
	return false
}

// worthOf is the value and unit of a quantity.
func worthOf(q *quantity.Quantity) worth {
	if q.Range() {
		return worth{floatOf(q.Low.Decimal), floatOf(q.High.Decimal), q.Unit}
	}
	return worth{floatOf(q.Value.Decimal), math.Inf(1), q.Unit}
}

// Numbers of so many digits and such powers of ten are floating-point numbers
// themselves, and their product or quotient is the nearest to the decimal.
const (
	mostDigits = 15
	mostPower  = 22
)

// floatOf is the floating-point number nearest to a decimal.
func floatOf(d decimal.Decimal) float64 {
	exp := int(d.Exponent())
	if exp < -mostPower || exp > mostPower || d.NumDigits() > mostDigits {
		return d.InexactFloat64()
	}
	f := float64(d.CoefficientInt64())
	if exp < 0 {
		return f / powers[-exp]
	}
	return f * powers[exp]
}

// powers of ten.
var powers = [mostPower + 1]float64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}
