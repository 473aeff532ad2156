package quantity_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/quantity"
)

// said is what a test expects of one quantity: its words, value or ends, unit.
type said struct {
	text, value, low, high, unit string
}

func number(text, value, unit string) said { return said{text: text, value: value, unit: unit} }

func between(text, low, high, unit string) said {
	return said{text: text, low: low, high: high, unit: unit}
}

func words(text, unit string) said { return said{text: text, unit: unit} }

func heard(t *testing.T, text string) []said {
	t.Helper()
	got := quantity.Scan(text)
	out := make([]said, 0, len(got))
	for _, q := range got {
		require.Equal(t, q.Text, text[q.Start:q.End])
		out = append(out, said{q.Text, decimalText(q.Value), decimalText(q.Low), decimalText(q.High), q.Unit})
	}
	return out
}

func decimalText(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}

func TestScanReadsQuantitiesAsPeopleSayThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]said{
		// Money.
		"sold over $15 billion of them":         {number("$15 billion", "15000000000", "USD")},
		"US$4.7 billion and C$3 million":        {number("US$4.7 billion", "4700000000", "USD"), number("C$3 million", "3000000", "CAD")},
		"RMB 3.2 billion, or RMB3 billion":      {number("RMB 3.2 billion", "3200000000", "CNY"), number("RMB3 billion", "3000000000", "CNY")},
		"€2.4bn, £30m and ¥300 million":         {number("€2.4bn", "2400000000", "EUR"), number("£30m", "30000000", "GBP"), number("¥300 million", "300000000", "JPY")},
		"15 billion euros and 3 billion yuan":   {number("15 billion euros", "15000000000", "EUR"), number("3 billion yuan", "3000000000", "CNY")},
		"EUR 900 million, USD 4 billion":        {number("EUR 900 million", "900000000", "EUR"), number("USD 4 billion", "4000000000", "USD")},
		"a fee of $9.99 a month, or 50 cents":   {number("$9.99", "9.99", "USD"), number("50 cents", "0.5", "USD")},
		"2 billion U.S. dollars":                {number("2 billion U.S. dollars", "2000000000", "USD")},
		"$15-plus million":                      {number("$15-plus million", "15000000", "USD")},
		"half a billion dollars":                {number("half a billion dollars", "500000000", "USD")},
		"it was $4.25 and 32 of them":           {number("$4.25", "4.25", "USD"), number("32", "32", "count")},
		"$5B, $300M and $5 M":                   {number("$5B", "5000000000", "USD"), number("$300M", "300000000", "USD"), number("$5 M", "5000000", "USD")},
		"a loss of minus $7 million":            {number("minus $7 million", "-7000000", "USD")},
		"six-figure and 8 figures":              {between("six-figure", "100000", "999999", "USD"), between("8 figures", "10000000", "99999999", "USD")},
		"triple-digit millions of dollars":      {between("triple-digit millions of dollars", "100000000", "999000000", "USD")},
		"a multibillion-dollar business":        {words("multibillion-dollar", "USD")},
		"hundreds of millions of dollars saved": {words("hundreds of millions of dollars", "USD")},
		"several hundred million dollars":       {words("several hundred million dollars", "USD")},

		// Rates.
		"up 24% and 2 per cent, 5 percent":       {number("24%", "24", "percent"), number("2 per cent", "2", "percent"), number("5 percent", "5", "percent")},
		"3 percentage points, then three points": {number("3 percentage points", "3", "percent"), number("three points", "3", "percent")},
		"150bps, 40 basis points":                {number("150bps", "150", "bps"), number("40 basis points", "40", "bps")},
		"a couple hundred basis points":          {number("a couple hundred basis points", "200", "bps")},
		"several hundred basis points":           {words("several hundred basis points", "bps")},
		"minus 43%, negative 59% and -5%":        {number("minus 43%", "-43", "percent"), number("negative 59%", "-59", "percent"), number("-5%", "-5", "percent")},
		"triple-digit percentages":               {between("triple-digit percentages", "100", "999", "percent")},
		"low double digits to mid-teens":         {between("low double digits", "10", "13", "percent"), between("mid-teens", "14", "16", "percent")},
		"mid- to high-single digits":             {between("mid- to high-single digits", "4", "9", "percent")},
		"the high 50s, a mid-30% range":          {between("high 50s", "57", "59", "percent"), between("mid-30%", "34", "36", "percent")},
		"two-thirds of it, a quarter of our own": {number("two-thirds", "66.67", "percent"), number("a quarter", "25", "percent")},
		"nearly half of our traffic, 3/4 of it":  {number("half", "50", "percent"), number("3/4", "75", "percent")},

		// Multiples.
		"nearly 10x, 4 times the power":        {number("10x", "10", "multiple"), number("4 times", "4", "multiple")},
		"doubled, more than tripled, tenfold":  {number("doubled", "2", "multiple"), number("tripled", "3", "multiple"), number("tenfold", "10", "multiple")},
		"a 3-fold rise, twice as fast":         {number("3-fold", "3", "multiple"), number("twice", "2", "multiple")},
		"an order of magnitude more":           {number("order of magnitude", "10", "multiple")},
		"half the cost, two-thirds the price":  {number("half", "0.5", "multiple"), number("two-thirds", "0.6667", "multiple")},
		"used 25 million times, 5 times a day": {number("25 million", "25000000", "count"), number("5", "5", "count")},

		// Counts, power and time.
		"1.4 million chips for 1,200 customers": {number("1.4 million", "1400000", "count"), number("1,200", "1200", "count")},
		"tens of thousands of seats":            {words("tens of thousands", "count")},
		"twenty-five of one hundred and fifty":  {number("twenty-five", "25", "count"), number("one hundred and fifty", "150", "count")},
		"two point five million, half a dozen":  {number("two point five million", "2500000", "count"), number("half a dozen", "6", "count")},
		"one and a half million":                {number("one and a half million", "1500000", "count")},
		"300k, 7B parameters":                   {number("300k", "300000", "count"), number("7B", "7000000000", "count")},
		"30,000-plus, 20+ wins, 30-plus years":  {number("30,000-plus", "30000", "count"), number("20+", "20", "count"), number("30-plus years", "30", "years")},
		"3.99 gigawatts, a megawatt, 12 GW":     {number("3.99 gigawatts", "3.99", "GW"), number("a megawatt", "1", "MW"), number("12 GW", "12", "GW")},
		"more than one gigawatt":                {number("one gigawatt", "1", "GW")},
		"saved 1.56 million hours in 18 months": {number("1.56 million hours", "1560000", "hours"), number("18 months", "18", "months")},
		"a 3-year deal, thirteen quarters":      {number("3-year", "3", "years"), number("thirteen quarters", "13", "quarters")},

		// Ranges.
		"30% to 40%, 30 to 40%, 30-40%":             {between("30% to 40%", "30", "40", "percent"), between("30 to 40%", "30", "40", "percent"), between("30-40%", "30", "40", "percent")},
		"between $173.5 billion and $178.5 billion": {between("between $173.5 billion and $178.5 billion", "173500000000", "178500000000", "USD")},
		"between five and seven cents":              {between("between five and seven cents", "0.05", "0.07", "USD")},
		"$12-14 billion, 10 to 12 million":          {between("$12-14 billion", "12000000000", "14000000000", "USD"), between("10 to 12 million", "10000000", "12000000", "count")},
		"10 or 100x, 20, 30 systems, 50, 60%":       {between("10 or 100x", "10", "100", "multiple"), between("20, 30", "20", "30", "count"), between("50, 60%", "50", "60", "percent")},
		"from minus $2 million to minus $1 million": {number("minus $2 million", "-2000000", "USD"), number("minus $1 million", "-1000000", "USD")},
	} {
		require.Equal(t, want, heard(t, text), text)
	}
}

func TestScanKeepsARangeAsItWasSaid(t *testing.T) {
	t.Parallel()
	got := quantity.Scan("expected to be between $416.5 million and $21.5 million")
	require.Len(t, got, 1)
	require.True(t, got[0].Range())
	require.True(t, got[0].Low.Decimal.GreaterThan(got[0].High.Decimal))
	require.False(t, got[0].Value.Valid)
}

func TestScanTellsAChangeFromARange(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"it went from 8 to 10", "revenue rose $6 million to $160 million", "grew 9% to $128 million",
		"growth went from plus 1% to plus 5%", "12%, 15% in constant currency", "10%, 20%, and 30%",
		"extended from around 2 years to 2.5 years",
	} {
		for _, q := range quantity.Scan(text) {
			require.False(t, q.Range(), "%s: %s", text, q.Text)
		}
	}
}

func TestScanLeavesOutWhatIsNoQuantity(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"in 2025 and 1999", "Q1 23, Q4'25 and '26", "fiscal 26, FY26, the first quarter of fiscal year 27", "May 1, 2025 and 5 May",
		"at 5 p.m. or 10:30", "the H100, an x86 and a P5", "Examplesoft 365 and Example 11", "the 10-K and the 20-F",
		"the S&P 500 and the Fortune 500", "GPT-4 and Lorem 3", "a 3D print, 5nm, 5G, 300mm and 4K", "we run 24/7",
		"one of them, one day, one year ago", "the first half and the second half", "call 1-800-555-1234", "the season 2012-13",
		"slide 5, number 1, #1 and No. 2", "split 70-30", "the 1st and 22nd", "version 2.5", "1. Item\n2. Item",
		"open 24 hours a day, 7 days a week", "we double down and double-click", "a third party", "five nines", "twice a year",
		"Example (EXMP -1.25%) fell", "a 3-to-1 ratio of 3:1", "a few weeks", "zero",
		"our Exemplar three is coming", "the 1990s",
	} {
		require.Empty(t, heard(t, text), text)
	}
}

func TestScanReadsWhatGoesWithAQuantity(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]quantity.Quantity{
		"revenue grew 24% year over year":            {Comparator: quantity.YoY, Direction: quantity.Up},
		"year-over-year growth of 24%":               {Comparator: quantity.YoY, Direction: quantity.Up},
		"down 24% from a year ago":                   {Comparator: quantity.YoY, Direction: quantity.Down},
		"24% versus the same period last year":       {Comparator: quantity.YoY},
		"spend rose 24% quarter-on-quarter":          {Comparator: quantity.QoQ, Direction: quantity.Up},
		"24% sequentially":                           {Comparator: quantity.QoQ},
		"24% better than comparable parts":           {Comparator: "than comparable parts", Direction: quantity.Up},
		"24% compared to legacy tools, and so on":    {Comparator: "compared to legacy tools"},
		"well over 24%":                              {Qualifier: "over"},
		"up to 24%":                                  {Qualifier: "up to"},
		"more than 24%":                              {Qualifier: "more than"},
		"as much as 24%":                             {Qualifier: "as much as"},
		"in excess of 24%":                           {Qualifier: "in excess of"},
		"~24%":                                       {Qualifier: "about"},
		"24% or so":                                  {Qualifier: "or so"},
		"no more than 24%":                           {Qualifier: "no more than"},
		"not less than 24%":                          {Qualifier: "not less than"},
		"some 24%":                                   {Qualifier: "some"},
		"just shy of 24%":                            {Qualifier: "shy of"},
		"at least 24%":                               {Qualifier: "at least"},
		"approximately 24%":                          {Qualifier: "approximately"},
		"24% compared with the year-ago period":      {Comparator: quantity.YoY},
		"24% vs. the prior-year quarter":             {Comparator: quantity.YoY},
		"24% relative to last quarter":               {Comparator: quantity.QoQ},
		"24% vs. older parts":                        {Comparator: "vs. older parts"},
		"reduced by 24%":                             {Direction: quantity.Down},
		"24% fewer errors":                           {Direction: quantity.Down},
		"a $24 run rate growing fast year over year": {Direction: quantity.Up},
	} {
		got := quantity.Scan(text)
		require.Len(t, got, 1, text)
		require.Equal(t, want.Comparator, got[0].Comparator, text)
		require.Equal(t, want.Qualifier, got[0].Qualifier, text)
		require.Equal(t, want.Direction, got[0].Direction, text)
	}
}

func TestScanNamesNoNumberForIndefiniteWords(t *testing.T) {
	t.Parallel()
	got := quantity.Scan("It is a multibillion-dollar business with tens of thousands of users.")
	require.Len(t, got, 2)
	for _, q := range got {
		require.False(t, q.Definite())
		require.Equal(t, quantity.Indefinite, q.Form)
		require.Equal(t, strings.ToLower(q.Text), q.Qualifier)
	}
	require.True(t, got[0].Money())
	require.False(t, got[1].Money())
}

func TestScanReadsTypographicText(t *testing.T) {
	t.Parallel()
	require.Equal(t, []said{between("30–40%", "30", "40", "percent"), number("$5 billion", "5000000000", "USD")},
		heard(t, "between us — 30–40% of “their” $5 billion"))
}
