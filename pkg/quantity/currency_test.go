package quantity_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestScanTellsWhoseMoneyItIs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]said{
		"5 million Canadian dollars":                {number("5 million Canadian dollars", "5000000", "CAD")},
		"2 billion New Taiwan dollars":              {number("2 billion New Taiwan dollars", "2000000000", "TWD")},
		"2 billion US dollars":                      {number("2 billion US dollars", "2000000000", "USD")},
		"C$5 million Canadian dollars":              {number("C$5 million Canadian dollars", "5000000", "CAD")},
		"90 million Mexican pesos":                  {number("90 million Mexican pesos", "90000000", "MXN")},
		"90 million pesos of any country":           {number("90 million", "90000000", "count")},
		"3 million Swedish kronor":                  {number("3 million Swedish kronor", "3000000", "SEK")},
		"4 million Danish kroner":                   {number("4 million Danish kroner", "4000000", "DKK")},
		"5 billion Swiss francs":                    {number("5 billion Swiss francs", "5000000000", "CHF")},
		"3 trillion South Korean won":               {number("3 trillion South Korean won", "3000000000000", "KRW")},
		"5 million € or 5€":                         {number("5 million €", "5000000", "EUR"), number("5€", "5", "EUR")},
		"$5 bn and $5 mm":                           {number("$5 bn", "5000000000", "USD"), number("$5 mm", "5000000", "USD")},
		"30 million pounds of copper":               {number("30 million", "30000000", "count")},
		"30 million pounds of revenue":              {number("30 million pounds", "30000000", "GBP")},
		"hundreds of millions of Swiss francs":      {words("hundreds of millions of Swiss francs", "CHF")},
		"was -$5 million after a gain of 5¢":        {number("-$5 million", "-5000000", "USD"), number("5¢", "0.05", "USD")},
		"a store in Hong Kong 5 weeks a year":       {number("5 weeks", "5", "weeks")},
		"mid-single-digit millions of U.S. dollars": {between("mid-single-digit millions of U.S. dollars", "4000000", "6000000", "USD")},
	} {
		require.Equal(t, want, heard(t, text), text)
	}
}
