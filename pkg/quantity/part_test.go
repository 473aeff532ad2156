package quantity_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/quantity"
)

func TestScanReadsPartsOfUnitsAndScales(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]said{
		"half a percent of it":              {number("half a percent", "0.5", "percent")},
		"by half a point or half a million": {number("half a point", "0.5", "percent"), number("half a million", "500000", "count")},
		"half of 1% left":                   {number("half of 1%", "0.5", "percent")},
		"one-half of one percent":           {number("one-half of one percent", "0.5", "percent")},
		"a half percentage point":           {number("a half percentage point", "0.5", "percent")},
		"a half-billion-dollar deal":        {number("a half-billion-dollar", "500000000", "USD")},
		"half-billion-dollar deals":         {number("half-billion-dollar", "500000000", "USD")},
		"half a gigawatt":                   {number("half a gigawatt", "0.5", "GW")},
		"a half-dozen sites":                {number("a half-dozen", "6", "count")},
		"a quarter of a million users":      {number("a quarter of a million", "250000", "count")},
		"a quarter million dollars":         {number("a quarter million dollars", "250000", "USD")},
		"three quarters of a billion euros": {number("three quarters of a billion euros", "750000000", "EUR")},
		"three-quarters of a percent":       {number("three-quarters of a percent", "0.75", "percent")},
		"a tenth of a percent":              {number("a tenth of a percent", "0.1", "percent")},
		"three tenths of a point":           {number("three tenths of a point", "0.3", "percent")},
		"a 1/4 point":                       {number("1/4 point", "0.25", "percent")},
		"2½ percent, 1 1/2 percent":         {number("2½ percent", "2.5", "percent"), number("1 1/2 percent", "1.5", "percent")},
		"half of our team, 1/4 of it":       {number("half", "50", "percent"), number("1/4", "25", "percent")},
	} {
		require.Equal(t, want, heard(t, text), text)
	}
}

func TestScanAddsUpWhatIsSaidInTwoScales(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]said{
		"it is $1 billion 290 million":       {number("$1 billion 290 million", "1290000000", "USD")},
		"it is $1 billion $290 million":      {number("$1 billion $290 million", "1290000000", "USD")},
		"or 1 billion $290 million":          {number("1 billion $290 million", "1290000000", "USD")},
		"some 1 billion 230 million chips":   {number("1 billion 230 million", "1230000000", "count")},
		"one million two hundred thousand":   {number("one million two hundred thousand", "1200000", "count")},
		"two thousand five hundred users":    {number("two thousand five hundred", "2500", "count")},
		"of $1 billion, $290 million is new": {number("$1 billion", "1000000000", "USD"), number("$290 million", "290000000", "USD")},
		"two million three years ago":        {number("two million", "2000000", "count"), number("three years", "3", "years")},
		"1.5 million 200 thousand":           {number("1.5 million", "1500000", "count"), number("200 thousand", "200000", "count")},
		"between $1 billion 275 million and $1 billion 315 million": {
			between("between $1 billion 275 million and $1 billion 315 million", "1275000000", "1315000000", "USD"),
		},
	} {
		require.Equal(t, want, heard(t, text), text)
	}
}

func TestScanReadsDigitsSetApart(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]said{
		"a gain of $748 000":              {number("$748 000", "748000", "USD")},
		"a gain of €12\u00a0345\u00a0678": {number("€12\u00a0345\u00a0678", "12345678", "EUR")},
		"a gain of $94 millions":          {number("$94 millions", "94000000", "USD")},
		"1.2 millions of them":            {number("1.2 millions", "1200000", "count")},
		"500 crore rupees":                {number("500 crore rupees", "5000000000", "INR")},
		"it takes 12 500 times":           {number("12", "12", "count"), number("500 times", "500", "multiple")},
	} {
		require.Equal(t, want, heard(t, text), text)
	}
}

func TestVaguenessBetweenNumberAndUnitIsAQualifier(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"200-plus basis points": "plus", "30-plus years": "plus", "$15-plus million": "plus", "50+% of it": "plus",
		"50-ish percent": "ish", "a 30-something percent share": "something", "30-odd months": "odd",
	} {
		got := quantity.Scan(text)
		require.Len(t, got, 1, text)
		require.Equal(t, want, got[0].Qualifier, text)
		require.True(t, got[0].Definite(), text)
	}
}

func TestScanReadsSharesOfPeople(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]said{
		"nine out of ten customers":         {number("nine out of ten", "90", "percent")},
		"9 in 10 customers":                 {number("9 in 10", "90", "percent")},
		"one in five users":                 {number("one in five", "20", "percent")},
		"one out of every three calls":      {number("one out of every three", "33.33", "percent")},
		"3 out of 4 of them":                {number("3 out of 4", "75", "percent")},
		"3 in 7 states":                     {number("3", "3", "count"), number("7", "7", "count")},
		"one in five years":                 {number("five years", "5", "years")},
		"the number one in five markets":    {number("five", "5", "count")},
		"in the range of $5 and $6 million": {between("$5 and $6 million", "5000000", "6000000", "USD")},
	} {
		require.Equal(t, want, heard(t, text), text)
	}
}

func TestPartsOfAYearAreNoQuantities(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"half of next year", "around the half of the year", "a third of the year", "the upper half of our range", "half of fiscal 2025",
	} {
		require.Empty(t, heard(t, text), text)
	}
}
