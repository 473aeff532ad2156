package quantity_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/quantity"
)

// shape is a way to print a quantity that Scan has to read back.
type shape struct {
	format string
	unit   string
	shift  int32
}

func shapes() []shape {
	return []shape{
		{"$%s", "USD", 0},
		{"$%s million", "USD", 6},
		{"$%s billion", "USD", 9},
		{"US$%s trillion", "USD", 12},
		{"€%s million", "EUR", 6},
		{"RMB %s billion", "CNY", 9},
		{"%s million euros", "EUR", 6},
		{"%s%%", "percent", 0},
		{"%s percent", "percent", 0},
		{"%s percentage points", "percent", 0},
		{"%s basis points", "bps", 0},
		{"%sbps", "bps", 0},
		{"%sx", "multiple", 0},
		{"%s gigawatts", "GW", 0},
		{"%s megawatts", "MW", 0},
		{"%s million", "count", 6},
		{"%s hours", "hours", 0},
		{"%s months", "months", 0},
	}
}

func TestAPrintedQuantityIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(shapes()).Draw(t, "shape")
		value := decimal.New(rapid.Int64Range(2, 999_999).Draw(t, "coefficient"), -rapid.Int32Range(0, 2).Draw(t, "places"))
		before := rapid.SampledFrom([]string{"", "about ", "we have over ", "It is nearly "}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", ".", ", and so on", " of it"}).Draw(t, "after")
		text := before + fmt.Sprintf(s.format, grouped(value)) + after
		got := quantity.Scan(text)
		require.Len(t, got, 1, text)
		require.Equal(t, value.Shift(s.shift).String(), got[0].Value.Decimal.String(), text)
		require.Equal(t, s.unit, got[0].Unit, text)
		require.Equal(t, strings.TrimSuffix(fmt.Sprintf(s.format, grouped(value)), " of it"), got[0].Text)
	})
}

func TestAPrintedRangeIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(shapes()).Draw(t, "shape")
		low := rapid.Int64Range(2, 4999).Draw(t, "low")
		high := low + rapid.Int64Range(1, 4999).Draw(t, "more")
		printed := func(n int64) string { return fmt.Sprintf(s.format, grouped(decimal.NewFromInt(n))) }
		text := "between " + printed(low) + " and " + printed(high)
		got := quantity.Scan(text)
		require.Len(t, got, 1, text)
		require.Equal(t, text, got[0].Text)
		require.Equal(t, decimal.New(low, s.shift).String(), got[0].Low.Decimal.String(), text)
		require.Equal(t, decimal.New(high, s.shift).String(), got[0].High.Decimal.String(), text)
		require.Equal(t, s.unit, got[0].Unit)
	})
}

// grouped prints a decimal with commas between groups of three digits.
func grouped(d decimal.Decimal) string {
	whole, fraction, _ := strings.Cut(d.String(), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

func TestNumbersInWordsAreReadBack(t *testing.T) {
	t.Parallel()
	ones := []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	tens := []string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	rapid.Check(t, func(t *rapid.T) {
		h := rapid.IntRange(1, 9).Draw(t, "hundreds")
		d := rapid.IntRange(2, 9).Draw(t, "tens")
		u := rapid.IntRange(1, 9).Draw(t, "ones")
		text := ones[h] + " hundred and " + tens[d] + "-" + ones[u] + " million dollars"
		got := quantity.Scan(text)
		require.Len(t, got, 1, text)
		require.Equal(t, decimal.New(int64(100*h+10*d+u), 6).String(), got[0].Value.Decimal.String(), text)
		require.Equal(t, "USD", got[0].Unit)
	})
}

// wellFormed holds of the quantities of any text.
func wellFormed(t require.TestingT, text string, got []quantity.Quantity) {
	end := 0
	for _, q := range got {
		require.GreaterOrEqual(t, q.Start, end)
		require.Greater(t, q.End, q.Start)
		require.LessOrEqual(t, q.End, len(text))
		require.Equal(t, text[q.Start:q.End], q.Text)
		require.NotEmpty(t, q.Unit)
		require.Equal(t, q.Low.Valid, q.High.Valid)
		require.False(t, q.Value.Valid && q.Low.Valid)
		require.True(t, q.Definite() || q.Qualifier != "")
		end = q.End
	}
}

func TestQuantitiesOfAnyTextAreInOrderAndWithinIt(t *testing.T) {
	t.Parallel()
	pieces := []string{
		"$", "5", "1,000", ".", ",", " ", "%", "-", "to", "between", "and", "billion", "half", "a", "double", "digit", "low", "mid",
		"teens", "multi", "tens", "of", "thousands", "times", "x", "minus", "one", "point", "five", "hundred", "RMB", "cents", "\n", "é", "–", "/",
		"couple", "several", "basis", "points", "plus", "or", "more", "year", "over", "than", "figure", "order", "magnitude", "third", "dozen",
	}
	rapid.Check(t, func(t *rapid.T) {
		drawn := rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "pieces")
		text := strings.Join(drawn, rapid.SampledFrom([]string{"", " "}).Draw(t, "joint"))
		got := quantity.Scan(text)
		wellFormed(t, text, got)
		require.Equal(t, got, quantity.Scan(text))
	})
}

func FuzzScan(f *testing.F) {
	for _, seed := range []string{
		"over $15 billion, up 24% year over year", "between $616.5 billion and $21.5 billion", "mid- to high-single digits",
		"two point five million", "multi-hundred million", "1.2.3 and 1,2,3", "'26 Q1 23 10-K", "a couple of", "$-7", "20, 30, and 40",
		"US$ 4", "half a", "\xff\xfe 5%", "٣٤ 5\u00a0%", "9999999999999999999999999 dollars",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		wellFormed(t, text, quantity.Scan(text))
	})
}

func TestTimeGrowsWithTheLengthOfTheText(t *testing.T) {
	t.Parallel()
	const size = 1 << 18
	for _, unit := range []string{
		"1-", "a ", "9", "5,", "one hundred and ", "tens of ", "between 1 and ", "10, 15, ", "mid- to ", "3 or ", "1/2/", "$", "more than ", "5-to-",
		"twenty-", "half a ", "1,000,", ".5", "year over ", "than ", "multi-", "'2", "a few hundred ", "May 1 ", "Q1 2",
		"1 billion 2 ", "1 million ", "1 out of ", "one in ", "half of ", "$1 $", "5 something ", "(1) ", "a couple of points of ", "a quarter ",
		"1\u00a0000\u00a0", "low $40 ", "New New ", "orders of ", "1 1/2 ", "vs. ",
	} {
		text := strings.Repeat(unit, size/len(unit))
		quantity.Scan(text) // a walk back or ahead that is not bounded would take minutes
	}
}
