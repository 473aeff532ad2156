package grounding

import (
	"math"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Places kept in a division, in printed money and in printed percentages.
const (
	divisionPlaces = 12
	moneyPlaces    = 2
	percentPlaces  = 4
	shownPercent   = 2
	shownScaled    = 3
)

//nolint:gochecknoglobals // constants that Go cannot declare as such
var (
	one        = decimal.NewFromInt(1)
	hundred    = decimal.NewFromInt(100)
	noFigure   = decimal.NullDecimal{}
	mostMoney  = decimal.New(1, 18)
	basisPoint = decimal.New(1, -4)
)

func known(d decimal.Decimal) decimal.NullDecimal { return decimal.NewNullDecimal(d) }

func divide(a, b decimal.Decimal) decimal.Decimal { return a.DivRound(b, divisionPlaces) }

// percentOf is part over whole in percent. It is unknown where the whole is
// unknown, zero or negative: such a share means nothing.
func percentOf(part, whole decimal.NullDecimal) decimal.NullDecimal {
	if !part.Valid || !whole.Valid || !whole.Decimal.IsPositive() {
		return noFigure
	}
	return known(divide(part.Decimal.Mul(hundred), whole.Decimal))
}

// exact reads a double as the shortest decimal that reads back as it, which is
// the number that was spoken. It reports false for what is no sum of money.
func exact(v float64) (decimal.Decimal, bool) {
	if math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) > 1e18 {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(strconv.FormatFloat(v, 'f', -1, 64))
	return d, err == nil && d.Abs().LessThan(mostMoney)
}

// printed is a decimal as a double, for a message; nil when unknown.
func printed(n decimal.NullDecimal, places int32) *float64 {
	if !n.Valid {
		return nil
	}
	v := n.Decimal.Round(places).InexactFloat64()
	return &v
}

// showMoney writes an amount for a reader: $33.75B, EUR 2.4B, -$5M.
func showMoney(d decimal.Decimal, currency string) string {
	sign := ""
	if d.IsNegative() {
		sign, d = "-", d.Neg()
	}
	symbol := currency + " "
	if currency == "USD" {
		symbol = "$"
	}
	// Digits before the point tell the scale without a comparison.
	const trillions, billions, millions = 12, 9, 6
	scale, mark := int32(0), ""
	switch digits := d.NumDigits() + int(d.Exponent()); {
	case digits > trillions:
		scale, mark = trillions, "T"
	case digits > billions:
		scale, mark = billions, "B"
	case digits > millions:
		scale, mark = millions, "M"
	}
	if scale > 0 {
		return sign + symbol + trim(d.Shift(-scale).StringFixed(shownScaled)) + mark
	}
	return sign + symbol + trim(d.StringFixed(moneyPlaces))
}

// showPercent writes a percentage to two places.
func showPercent(d decimal.Decimal) string { return d.StringFixed(shownPercent) + "%" }

// showShare writes a fraction as a percentage, as short as it is.
func showShare(d decimal.Decimal) string { return trim(d.Mul(hundred).StringFixed(shownPercent)) + "%" }

func trim(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// isCurrency tells an ISO 4217 code from the other units.
func isCurrency(unit string) bool {
	if len(unit) != 3 || unit == callrankv1.UnitBPS {
		return false
	}
	for i := range len(unit) {
		if unit[i] < 'A' || unit[i] > 'Z' {
			return false
		}
	}
	return true
}
