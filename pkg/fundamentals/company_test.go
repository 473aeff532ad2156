package fundamentals_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/tests/realcalls"
)

func figure(s string) fundamentals.Figure {
	return decimal.NewNullDecimal(decimal.RequireFromString(s))
}

const halyard = `{
  "ticker": "hlyd", "company": "Halyard, Inc.", "sector": "Technology", "industry": "Software", "currency": "USD",
  "as_of": "2026-03-01", "source": "annual report", "note": "invented",
  "market": {"price": 12.10, "market_cap": 2420000000, "beta": 1.1, "average_daily_dollar_volume": 31000000, "known_on": "2026-02-27"},
  "actuals": [
    {"fiscal_year": 2024, "revenue": 800000000.1, "net_income": -5, "diluted_eps": -0.01, "known_on": "2025-02-10"},
    {"fiscal_year": 2025, "revenue": 900000000, "net_income": 90000000, "diluted_eps": 0.45, "known_on": "2026-02-10"},
    {"fiscal_year": 2024, "revenue": 810000000, "net_income": 1, "diluted_eps": 0.01, "known_on": "2026-02-10", "source": "restated"}
  ],
  "quarters": [{"fiscal_year": 2025, "fiscal_quarter": 4, "revenue": 240000000, "known_on": "2026-02-10"}],
  "consensus": [
    {"fiscal_year": 2026, "revenue": 1000000000, "net_income": 110000000, "eps": 0.55},
    {"fiscal_year": 2027, "revenue_growth": 0.13, "eps_growth": 0.14, "net_income_growth": null}
  ],
  "segments": [{"name": "Cloud", "aliases": ["Rigging", "Mainsail"], "fiscal_year": 2025, "revenue": 300000000, "incremental_net_margin": 0.3}],
  "ownership": {
    "insiders": {"open_market_buys": 2, "open_market_sells": 1},
    "institutions": {"as_of": "2025-12-31", "new": 4, "closed": 2, "increased": 9, "reduced": 7, "holders_change": -2, "ownership_change_pp": 0.4, "known_on": "2026-02-15"}
  },
  "tax_rate": 0.2, "incremental_net_margin": 0.18, "commitment_recognised_next_year": 0.3, "useful_life_years": 5
}`

func TestParse(t *testing.T) {
	t.Parallel()

	t.Run("reads every figure exactly, with its date and source", func(t *testing.T) {
		t.Parallel()
		c, err := fundamentals.Parse([]byte(halyard))
		require.NoError(t, err)
		require.Equal(t, "HLYD", c.Ticker)
		require.Equal(t, "12.1", c.Market.Price.Decimal.String())
		require.Equal(t, "800000000.1", c.Actuals[0].Revenue.Decimal.String())
		require.Equal(t, fundamentals.Known{On: "2026-02-10", Source: "restated"}, c.Actuals[2].Known)
		require.Equal(t, fundamentals.Known{On: "2026-03-01"}, c.Consensus[0].Known, "an entry without a date has the document's")
		require.False(t, c.Consensus[1].Revenue.Valid, "absent is unknown")
		require.False(t, c.Consensus[1].NetIncomeGrowth.Valid, "null is unknown")
		require.Equal(t, []string{"Rigging", "Mainsail"}, c.Segments[0].Aliases)
		require.Equal(t, uint32(2), *c.Insiders.Buys)
		require.Equal(t, "-2", c.Holders.HoldersChange.Decimal.String())
		require.Equal(t, "2025-12-31", c.Holders.PeriodEnd)
		require.Equal(t, "0.18", c.Rates.IncrementalNetMargin.Decimal.String())
	})

	t.Run("takes a market value in dollars as it is", func(t *testing.T) {
		t.Parallel()
		c, err := fundamentals.Parse([]byte(halyard))
		require.NoError(t, err)
		require.True(t, c.Market.CapUSD.Decimal.Equal(c.Market.Cap.Decimal))
	})

	t.Run("does not convert a market value in another currency", func(t *testing.T) {
		t.Parallel()
		c, err := fundamentals.Parse([]byte(`{"ticker": "NORD.ST", "currency": "SEK", "as_of": "2026-01-01", "market": {"market_cap": 5000000000}}`))
		require.NoError(t, err)
		require.False(t, c.Market.CapUSD.Valid)
	})

	t.Run("reads the shared form", func(t *testing.T) {
		t.Parallel()
		c, err := fundamentals.Parse(realcalls.Read(t, "fundamentals/AMZN.json"))
		require.NoError(t, err)
		require.Equal(t, "716924000000", c.Actuals[0].Revenue.Decimal.String())
		require.Equal(t, "258.68", c.Market.Price.Decimal.String())
		require.Equal(t, "-2.68", c.Holders.OwnershipChange.Decimal.String())
	})
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	const head = `{"ticker": "HLYD", "currency": "USD", "as_of": "2026-03-01"`
	for name, tt := range map[string]struct{ document, field, problem string }{
		"a document that ends too early":           {`{"ticker": "HLYD"`, "", "ends too early"},
		"an empty document":                        {``, "", "ends too early"},
		"what is not JSON":                         {`{"ticker": HLYD}`, "ticker", "not JSON"},
		"something after the document":             {head + `} {}`, "", "follows"},
		"a list for a company":                     {`[]`, "", "want an object, got a list"},
		"a name that is there twice":               {head + `, "ticker": "X"}`, "ticker", "twice"},
		"a company without a ticker":               {`{"currency": "USD", "as_of": "2026-03-01"}`, "ticker", "missing"},
		"a path for a ticker":                      {`{"ticker": "../X", "currency": "USD", "as_of": "2026-03-01"}`, "ticker", "not a ticker"},
		"a company without a currency":             {`{"ticker": "HLYD", "as_of": "2026-03-01"}`, "currency", "missing"},
		"a currency by its sign":                   {`{"ticker": "HLYD", "currency": "$", "as_of": "2026-03-01"}`, "currency", "ISO 4217"},
		"figures without a date":                   {`{"ticker": "HLYD", "currency": "USD"}`, "as_of", "missing"},
		"a date that is none":                      {`{"ticker": "HLYD", "currency": "USD", "as_of": "2026-02-30"}`, "as_of", "want a date"},
		"a misspelt field":                         {head + `, "actuals": [{"fiscal_year": 2025, "revenues": 1}]}`, "actuals[0].revenues", "no such field"},
		"a figure in quotes":                       {head + `, "actuals": [{"fiscal_year": 2025, "revenue": "1"}]}`, "actuals[0].revenue", "want a number, got a string"},
		"a figure that is no money":                {head + `, "actuals": [{"fiscal_year": 2025, "revenue": 1e400}]}`, "actuals[0].revenue", "out of range"},
		"an exponent that stands for gigabytes":    {head + `, "actuals": [{"fiscal_year": 2025, "revenue": 1e999999999}]}`, "actuals[0].revenue", "out of range"},
		"a number of a hundred digits":             {head + `, "market": {"price": 0.` + "1234567890123456789012345678901234567890" + `}}`, "market.price", "characters"},
		"a year without its number":                {head + `, "actuals": [{"revenue": 1}]}`, "actuals[0].fiscal_year", "missing"},
		"a year with a fraction":                   {head + `, "actuals": [{"fiscal_year": 2025.5}]}`, "actuals[0].fiscal_year", "whole number"},
		"a fifth quarter":                          {head + `, "quarters": [{"fiscal_year": 2025, "fiscal_quarter": 5}]}`, "quarters[0].fiscal_quarter", "from 1 to 4"},
		"growth in percent":                        {head + `, "consensus": [{"fiscal_year": 2026, "revenue_growth": 13}]}`, "consensus[0].revenue_growth", "0.13"},
		"a tax above all income":                   {head + `, "tax_rate": 21}`, "tax_rate", "fraction"},
		"a useful life of nothing":                 {head + `, "useful_life_years": 0}`, "useful_life_years", "more than 0"},
		"a list where an object belongs":           {head + `, "market": []}`, "market", "want an object"},
		"an object where a list belongs":           {head + `, "actuals": {}}`, "actuals", "want a list"},
		"a negative count":                         {head + `, "ownership": {"insiders": {"open_market_buys": -1}}}`, "ownership.insiders.open_market_buys", "whole number"},
		"an alias that is no text":                 {head + `, "segments": [{"name": "Cloud", "fiscal_year": 2025, "aliases": [1]}]}`, "segments[0].aliases[0]", "string"},
		"two answers known on the same day":        {head + `, "actuals": [{"fiscal_year": 2025}, {"fiscal_year": 2025}]}`, "actuals[1]", "twice"},
		"two market values in dollars that differ": {head + `, "market": {"market_cap": 1, "market_cap_usd": 2}}`, "market.market_cap_usd", "differs"},
		"a document nested too deep":               {head + `, "market": [[[[[[[[[[1]]]]]]]]]]}`, "market[0][0][0][0][0][0][0]", "nested"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := fundamentals.Parse([]byte(tt.document))
			var broken *fundamentals.FieldError
			require.ErrorAs(t, err, &broken)
			require.Equal(t, tt.field, broken.Field)
			require.Contains(t, err.Error(), tt.problem)
		})
	}
}

func TestAsOf(t *testing.T) {
	t.Parallel()
	parse := func(t *testing.T) *fundamentals.Company {
		t.Helper()
		c, err := fundamentals.Parse([]byte(halyard))
		require.NoError(t, err)
		return c
	}

	t.Run("holds back what was known later", func(t *testing.T) {
		t.Parallel()
		then := parse(t).AsOf("2025-06-01")
		require.Len(t, then.Actuals, 1)
		require.Equal(t, 2024, then.Actuals[0].FiscalYear)
		require.Empty(t, then.Quarters)
		require.Empty(t, then.Consensus)
		require.Empty(t, then.Segments)
		require.Nil(t, then.Market)
		require.Nil(t, then.Insiders)
		require.Nil(t, then.Holders)
		require.Equal(t, fundamentals.Rates{}, then.Rates)
		require.Equal(t, "2025-02-10", then.LatestKnown())
	})

	t.Run("prefers the restated figure from the day it was known", func(t *testing.T) {
		t.Parallel()
		before, ok := parse(t).AsOf("2026-02-09").Actual(2024)
		require.True(t, ok)
		require.Equal(t, "-5", before.NetIncome.Decimal.String())
		after, ok := parse(t).AsOf("2026-02-10").Actual(2024)
		require.True(t, ok)
		require.Equal(t, "1", after.NetIncome.Decimal.String())
	})

	t.Run("holds nothing back without a date", func(t *testing.T) {
		t.Parallel()
		then := parse(t).AsOf("")
		require.Len(t, then.Actuals, 2)
		require.NotNil(t, then.Market)
		require.Equal(t, "2026-03-01", then.LatestKnown())
	})

	t.Run("finds the nearest earlier year, never a later one", func(t *testing.T) {
		t.Parallel()
		c := parse(t)
		for asked, want := range map[int]int{2023: 0, 2024: 2024, 2025: 2025, 2030: 2025} {
			found, ok := c.ActualBy(asked)
			require.Equal(t, want != 0, ok)
			require.Equal(t, want, found.FiscalYear)
		}
	})

	t.Run("does not change the company", func(t *testing.T) {
		t.Parallel()
		c, untouched := parse(t), parse(t)
		c.AsOf("2020-01-01")
		require.Equal(t, untouched, c)
	})
}

func TestAsOfNeverShowsWhatWasKnownLater(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.SampledFrom([]string{"2025-01-01", "2025-05-01", "2025-09-01", "2026-01-01", "2026-05-01"})
		c := &fundamentals.Company{Currency: "USD"}
		for range rapid.IntRange(0, 8).Draw(t, "years") {
			c.Actuals = append(c.Actuals, fundamentals.Actual{
				Known:      fundamentals.Known{On: day.Draw(t, "known")},
				FiscalYear: rapid.IntRange(2022, 2025).Draw(t, "year"),
				Revenue:    figure(rapid.SampledFrom([]string{"1", "2"}).Draw(t, "revenue")),
			})
		}
		date := day.Draw(t, "date")
		then := c.AsOf(date)
		for _, a := range then.Actuals {
			require.LessOrEqual(t, a.On, date)
		}
		require.Equal(t, then, then.AsOf(date), "asking twice changes nothing")
	})
}

func TestTicker(t *testing.T) {
	t.Parallel()
	//nolint:gocritic // White space around a ticker is the case.
	for in, want := range map[string]string{"amzn": "AMZN", " BRK-B ": "BRK-B", "0700.HK": "0700.HK", "X": "X"} {
		got, ok := fundamentals.Ticker(in)
		require.True(t, ok, in)
		require.Equal(t, want, got)
	}
	for _, in := range []string{"", ".", "..", "../A", "A/B", `A\B`, "A..B", "-A", "A.", "Ä", "A B", "ABCDEFGHIJKLMNOP", "A\x00"} {
		_, ok := fundamentals.Ticker(in)
		require.False(t, ok, in)
	}
}

func TestOriginNamesTheDocumentAndItsSource(t *testing.T) {
	t.Parallel()
	c := &fundamentals.Company{Document: "file HLYD.json", Known: fundamentals.Known{Source: "annual report"}}
	require.Equal(t, "file HLYD.json: annual report", c.Origin(fundamentals.Known{}))
	require.Equal(t, "file HLYD.json: restated", c.Origin(fundamentals.Known{Source: "restated"}))
	require.Equal(t, "annual report", (&fundamentals.Company{Known: c.Known}).Origin(fundamentals.Known{}))
	require.Equal(t, "file X", (&fundamentals.Company{Document: "file X"}).Origin(fundamentals.Known{}))
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(halyard))
	f.Add([]byte(`{"ticker": "HLYD", "currency": "USD", "as_of": "2026-03-01", "market": {"price": 1e-17}}`))
	f.Add([]byte(`[[[[[[[[[[`))
	f.Add([]byte(`{"ticker":1e99999}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := fundamentals.Parse(b)
		if err != nil {
			var broken *fundamentals.FieldError
			require.ErrorAs(t, err, &broken)
			return
		}
		require.NotEmpty(t, c.Ticker)
		require.NotEmpty(t, c.Currency)
		c.AsOf("2026-01-01")
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := fundamentals.Parse([]byte(halyard)); err != nil {
			b.Fatal(err)
		}
	}
}
