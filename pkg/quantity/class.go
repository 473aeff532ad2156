package quantity

import callrankv1 "github.com/callrank/callrank/proto/callrank/v1"

// class says what part a word or symbol can play in a quantity; val says which
// of its kind it is.
type class = uint8

const (
	none           class = iota
	unitsWord            // two to nineteen; val is the number
	oneWord              // one
	zeroWord             // zero
	tensWord             // twenty to ninety; val is the number
	hundredWord          // hundred
	scaleWord            // thousand to trillion; val is the exponent
	scaleLetter          // K, M, bn: val is the exponent
	plural               // tens, hundreds, millions: val is the exponent
	dozenWord            // dozen
	multiWord            // multibillion
	multi                // multi
	article              // a, an
	halfWord             // half
	coupleWord           // couple
	severalWord          // several, few
	ofWord               // of
	toWord               // to
	andWord              // and
	orWord               // or
	betweenWord          // between
	pointWord            // point, points
	percentWord          // %, percent
	perWord              // per
	centWord             // cent: "per cent"; val 0 for the plural
	centsWord            // cents
	percentage           // percentage, percentages
	basisWord            // basis
	bpsWord              // bps
	timesX               // x
	timesWord            // times
	foldWord             // fold
	foldNumber           // tenfold; val is the number
	multipleVerb         // doubled, tripling; val is the number
	twiceWord            // twice
	powerWord            // gigawatts, megawatts; val is the unit
	durationWord         // hours to years; val is the unit
	ordinalPart          // third, quarter, fifth; val is the denominator
	rankWord             // single, double, triple before "digit"; val is the digits
	digitWord            // digit, digits
	figureWord           // figure, figures
	teensWord            // teens
	degreeWord           // low, mid, high; val is the degree
	monthWord            // January; val is the month
	labelWord            // slide, page, number: what follows is its number
	fiscalWord           // fiscal, FY, calendar
	minusWord            // minus, negative
	plusWord             // plus
	currencySign         // $; val is the currency
	currencyCode         // USD, RMB before or after a number; val is the currency
	currencyWord         // dollars; val is the currency
	adjective            // U.S. as in "U.S. dollars"
	orderWord            // order, orders of magnitude
	magnitude            // magnitude
	everyWord            // every: "one in every five"
	halvedWord           // halved, halving
	vulgarFraction       // ½, ¼, ¾; val is in hundredths
)

// Units of power and time, by their place in the word lists.
const (
	gigawatt int32 = iota
	megawatt
	hours
	days
	weeks
	months
	quarters
	years
)

// unitNames are the units of the schema in the order of the constants.
var unitNames = [...]string{
	callrankv1.UnitGW, callrankv1.UnitMW, callrankv1.UnitHours, callrankv1.UnitDays,
	callrankv1.UnitWeeks, callrankv1.UnitMonths, callrankv1.UnitQuarters, callrankv1.UnitYears,
}

func unitName(u int32) string { return unitNames[u] }
