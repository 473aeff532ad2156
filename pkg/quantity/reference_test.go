package quantity_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNumbersOfThingsAreNoQuantities(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"our 401(k) plan and 401k matches", "(1) first and (2) second", "we are up 24x7, or 24 by 7", "a 360-degree view",
		"on 05.01.2025", "call 1.800.555.0123", "call 555-0123", "with passcode 12345 and conference ID 98765",
		"let me say a couple of points", "to clarify three points", "several points of failure", "we build for five point in the north",
		"between 2024 and 2026", "with Five Point is one",
	} {
		require.Empty(t, heard(t, text), text)
	}
}

func TestPointsThatAreMeasuredAreQuantities(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]said{
		"a couple of points of margin": {number("a couple of points", "2", "percent")},
		"a two-point drag":             {number("two-point", "2", "percent")},
		"a five point improvement":     {number("five point", "5", "percent")},
		"if we add three points of it": {number("three points", "3", "percent")},
		"it rose 5 ppt":                {number("5 ppt", "5", "percent")},
		"500-1000 employees":           {between("500-1000", "500", "1000", "count")},
		"it is 80% percent":            {number("80% percent", "80", "percent")},
		"until 2026 to $3.10 billion":  {number("$3.10 billion", "3100000000", "USD")},
		"$30.5 million or 71 of them":  {number("$30.5 million", "30500000", "USD"), number("71", "71", "count")},
		"of those beyond 20, 50% stay": {number("20", "20", "count"), number("50%", "50", "percent")},
	} {
		require.Equal(t, want, heard(t, text), text)
	}
}

func TestScanReadsMultiplesOfEveryKind(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]said{
		"two orders of magnitude":              {number("two orders of magnitude", "100", "multiple")},
		"2 to 3 orders of magnitude":           {between("2 to 3 orders of magnitude", "100", "1000", "multiple")},
		"by orders of magnitude":               {words("orders of magnitude", "multiple")},
		"several orders of magnitude":          {words("several orders of magnitude", "multiple")},
		"costs halved":                         {number("halved", "0.5", "multiple")},
		"a hundredfold rise":                   {number("hundredfold", "100", "multiple")},
		"sextupled and quintuple":              {number("sextupled", "6", "multiple"), number("quintuple", "5", "multiple")},
		"on the order of 50 basis points":      {number("50 basis points", "50", "bps")},
		"saves 700,000 developer hours a year": {number("700,000 developer hours", "700000", "hours")},
		"some 5 gigawatt-hours":                {number("5", "5", "count")},
		"a few dozen agents":                   {words("a few dozen", "count")},
	} {
		require.Equal(t, want, heard(t, text), text)
	}
}

func TestScanReadsPartsOfADecadeOfMoney(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]said{
		"in the low $40s":            {between("low $40s", "41", "43", "USD")},
		"the mid-$20 range":          {between("mid-$20", "24", "26", "USD")},
		"the low to mid $30 million": {between("low to mid $30 million", "31000000", "36000000", "USD")},
		"the high €50 billion":       {between("high €50 billion", "57000000000", "59000000000", "EUR")},
		"at a low $30 a seat":        {number("$30", "30", "USD")},
	} {
		require.Equal(t, want, heard(t, text), text)
	}
}
