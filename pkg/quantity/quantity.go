package quantity

import "github.com/shopspring/decimal"

// Directions of a change.
const (
	Up   = "up"
	Down = "down"
)

// Comparators that have a short name; others are the words of the text.
const (
	YoY = "YoY"
	QoQ = "QoQ"
)

// Form tells how a quantity was said.
type Form uint8

// Forms of a quantity.
const (
	// Digits is a number in figures: "1.4 million".
	Digits Form = iota
	// Words is a number in words: "twenty-five".
	Words
	// Verb is a multiple said as a verb, a noun or a fold: "doubled", "tenfold".
	Verb
	// Fraction is a part said in words or as a fraction: "two-thirds", "1/4".
	Fraction
	// Band is a range by its number of digits or decade: "mid-teens".
	Band
	// Indefinite names no number: "tens of thousands".
	Indefinite
)

// Quantity is one quantity and its place in the text.
type Quantity struct {
	// Start and End are byte offsets: text[Start:End] is Text. Qualifiers
	// ("over") stand outside, currency and unit within.
	Start, End int
	// Text is the words as printed.
	Text string
	// Value is the number with its scale applied; not valid for a range or
	// where the words name no number.
	Value decimal.NullDecimal
	// Low and High are the ends of a range as they were said: a slip of the
	// tongue or of the transcriber may leave Low above High.
	Low, High decimal.NullDecimal
	// Unit is an ISO 4217 currency or one of the unit words of the schema:
	// percent, bps, multiple, GW, MW, hours, days, weeks, months, quarters,
	// years, count.
	Unit string
	// Qualifier is "over", "nearly", "up to" and the like, or the indefinite
	// words themselves; empty when there is none.
	Qualifier string
	// Comparator is YoY, QoQ, or the words that name what the quantity is
	// measured against ("than comparable GPUs"); empty when there are none.
	Comparator string
	// Direction is Up, Down or empty.
	Direction string
	// Form tells how the quantity was said.
	Form Form
}

// Range reports whether the quantity has two ends.
func (q *Quantity) Range() bool { return q.Low.Valid && q.High.Valid }

// Definite reports whether the quantity names a number or a range.
func (q *Quantity) Definite() bool { return q.Value.Valid || q.Range() }

// Money reports whether the unit is a currency.
func (q *Quantity) Money() bool { return isCurrency(q.Unit) }
