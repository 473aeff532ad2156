// Package report prints figures and reports for people: in the terminal, and on
// pages.
package report

import (
	"math"
	"strconv"
	"strings"
)

// Dash stands where something is not known.
const Dash = "–"

// symbols of currencies that have one of their own.
var symbols = map[string]string{"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"} //nolint:gochecknoglobals // A table.

// Money is an amount with its scale: $15.0B, €450M, CHF 1.2B.
func Money(amount float64, currency string) string {
	sign := ""
	if amount < 0 {
		sign, amount = "-", -amount
	}
	symbol, ok := symbols[currency]
	if !ok {
		symbol = currency + " "
	}
	return sign + symbol + Scaled(amount)
}

// Scaled is a number in thousands, millions, billions or trillions: 15.0B.
func Scaled(n float64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	// The bound is where rounding would print 1000 of the smaller unit.
	for _, scale := range []struct {
		unit   float64
		letter string
	}{{1e12, "T"}, {1e9, "B"}, {1e6, "M"}, {1e3, "K"}} {
		if n >= scale.unit*0.9995 {
			return sign + significant(n/scale.unit) + scale.letter
		}
	}
	return sign + strconv.FormatFloat(n, 'f', -1, 64)
}

// significant prints three digits, or the whole part where that has more.
func significant(n float64) string {
	switch {
	case n >= 99.95:
		return strconv.FormatFloat(n, 'f', 0, 64)
	case n >= 9.995:
		return strconv.FormatFloat(n, 'f', 1, 64)
	default:
		return strings.TrimSuffix(strconv.FormatFloat(n, 'f', 2, 64), "0")
	}
}

// Percent is a share with a decimal: 4.2%.
func Percent(p float64) string { return decimal(p, 1) + "%" }

// Change is a change in percent with its sign: +4.2%.
func Change(p float64) string { return Signed(p, 1) + "%" }

// Signed is a number with so many decimals and its sign, unless it rounds to
// nothing.
func Signed(n float64, decimals int) string {
	text := decimal(n, decimals)
	if strings.HasPrefix(text, "-") || strings.Trim(text, "0.") == "" {
		return text
	}
	return "+" + text
}

// Points are points of a score: 40, 7.5, 66.67.
func Points(n float64) string {
	return strconv.FormatFloat(math.Round(n*100)/100, 'f', -1, 64)
}

// Score is a score from 0 to 10: 9.0.
func Score(n float64) string { return decimal(n, 1) }

// decimal prints so many decimals, and no minus before nothing.
func decimal(n float64, decimals int) string {
	text := strconv.FormatFloat(n, 'f', decimals, 64)
	if strings.Trim(text, "-0.") == "" {
		return strings.TrimPrefix(text, "-")
	}
	return text
}

// Maybe prints a number that may be unknown.
func Maybe(n *float64, format func(float64) string) string {
	if n == nil {
		return Dash
	}
	return format(*n)
}

// Word is a word that may be unknown.
func Word(s *string) string {
	if s == nil || *s == "" {
		return Dash
	}
	return *s
}
