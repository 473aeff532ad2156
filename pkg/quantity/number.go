package quantity

import "github.com/shopspring/decimal"

// number is coef × 10^exp, exact. It stays small: more digits than an int64
// holds are no figure anybody says.
type number struct {
	coef int64
	exp  int32
}

// maxDigits keeps coef × 10 within an int64.
const maxDigits = 17

func (n number) shift(by int32) number { return number{n.coef, n.exp + by} }

func (n number) negate() number { return number{-n.coef, n.exp} }

func (n number) decimal() decimal.Decimal { return decimal.New(n.coef, n.exp) }

// float is for comparing magnitudes only.
func (n number) float() float64 {
	f := float64(n.coef)
	for e := n.exp; e > 0; e-- {
		f *= 10
	}
	for e := n.exp; e < 0; e++ {
		f /= 10
	}
	return f
}

func (n number) whole() bool { return n.exp >= 0 }

// readDigits reads "1,234.50". It refuses what has too many digits.
func readDigits(s string) (number, bool) {
	var n number
	digits, fraction := 0, false
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			if digits++; digits > maxDigits {
				return number{}, false
			}
			n.coef = n.coef*10 + int64(c-'0')
			if fraction {
				n.exp--
			}
		case c == '.':
			if fraction { // a date, a version, a phone number
				return number{}, false
			}
			fraction = true
		}
	}
	return n, digits > 0
}

// places counts the digits before the decimal point as printed.
func places(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] == '.' {
			break
		}
		if s[i] != ',' {
			n++
		}
	}
	return n
}

func some(d decimal.Decimal) decimal.NullDecimal { return decimal.NewNullDecimal(d) }
