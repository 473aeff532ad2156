package fundamentals_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/fundamentals"
)

func amount(n int64) fundamentals.Figure { return decimal.NewNullDecimal(decimal.NewFromInt(n)) }

func on(date, source string) fundamentals.Known {
	return fundamentals.Known{On: date, Source: source}
}

// registered is a source of filed figures, and of nothing else.
func registered() *fundamentals.Company {
	return &fundamentals.Company{
		Ticker: "HLYD", Name: "Halyard, Inc.", Currency: "USD", Document: "Filings",
		Actuals: []fundamentals.Actual{
			{Known: on("2025-02-10", "10-K a"), FiscalYear: 2024, PeriodEnd: "2024-12-31", Revenue: amount(80), NetIncome: amount(8)},
			{Known: on("2026-02-10", "10-K b"), FiscalYear: 2025, PeriodEnd: "2025-12-31", Revenue: amount(100), NetIncome: amount(10)},
			{Known: on("2026-06-01", "10-K/A c"), FiscalYear: 2025, PeriodEnd: "2025-12-31", Revenue: amount(99), NetIncome: amount(9)},
		},
		Absent: []fundamentals.Absence{{Topic: fundamentals.TopicConsensus, Reason: "Filings hold no estimates"}},
	}
}

// desk is a source of estimates, which repeats filed figures in its own way.
func desk() *fundamentals.Company {
	return &fundamentals.Company{
		Ticker: "HLYD", Name: "Halyard", Sector: "Technology", Currency: "USD", Document: "Desk",
		Actuals: []fundamentals.Actual{
			{Known: on("2026-02-12", "statement"), FiscalYear: 2025, PeriodEnd: "2025-12-28", Revenue: amount(101), NetIncome: amount(11), DilutedEPS: amount(1)},
		},
		Consensus: []fundamentals.Estimate{
			{Known: on("2026-03-01", "estimates"), FiscalYear: 2026, PeriodEnd: "2026-12-31", Revenue: amount(120), EPS: amount(2)},
			{Known: on("2026-05-01", "estimates"), FiscalYear: 2026, PeriodEnd: "2026-12-31", Revenue: amount(130), EPS: amount(2)},
		},
		Market: &fundamentals.Market{Known: on("2026-05-01", "quote"), Currency: "USD", Price: amount(50)},
	}
}

func TestMerge(t *testing.T) {
	t.Parallel()

	t.Run("takes each figure from the first source that has it, with date and source", func(t *testing.T) {
		t.Parallel()
		c := fundamentals.Merge(registered(), desk())
		year, ok := c.Actual(2025)
		require.True(t, ok)
		require.Equal(t, "99", year.Revenue.Decimal.String())
		require.Equal(t, "9", year.NetIncome.Decimal.String())
		require.Equal(t, "1", year.DilutedEPS.Decimal.String())
		require.Equal(t, "revenue, net income from Filings: 10-K/A c; diluted EPS from Desk: statement", c.Origin(year.Known))
		require.Equal(t, "2026-06-01", year.On)
		before, ok := c.Actual(2024)
		require.True(t, ok)
		require.Equal(t, "Filings: 10-K a", c.Origin(before.Known), "of one source it says no more than that")
		estimate, ok := c.Estimate(2026)
		require.True(t, ok)
		require.Equal(t, "130", estimate.Revenue.Decimal.String())
		require.Equal(t, "Desk: estimates", c.Origin(estimate.Known))
		require.Equal(t, "Desk: quote", c.Origin(c.Market.Known))
		require.Equal(t, "Halyard, Inc.", c.Name)
		require.Equal(t, "Technology", c.Sector)
		require.Empty(t, c.Why(fundamentals.TopicConsensus))
	})

	t.Run("goes by what each source knew on a date", func(t *testing.T) {
		t.Parallel()
		c := fundamentals.Merge(registered(), desk())
		then := c.AsOf("2026-02-11")
		year, _ := then.Actual(2025)
		require.Equal(t, "100", year.Revenue.Decimal.String())
		require.False(t, year.DilutedEPS.Valid)
		require.Equal(t, "Filings hold no estimates; Desk: known only from 2026-03-01, after 2026-02-11", then.Why(fundamentals.TopicConsensus))
		require.Nil(t, then.Market)
		then = c.AsOf("2026-03-15")
		estimate, _ := then.Estimate(2026)
		require.Equal(t, "120", estimate.Revenue.Decimal.String())
		_, ok := c.AsOf("2024-01-01").Actual(2024)
		require.False(t, ok)
	})

	t.Run("keeps what analysts revised", func(t *testing.T) {
		t.Parallel()
		revised := fundamentals.Merge(registered(), desk()).Revisions(2026)
		require.Len(t, revised, 2)
		require.Equal(t, "120", revised[0].Revenue.Decimal.String())
		require.Equal(t, "130", revised[1].Revenue.Decimal.String())
		require.Equal(t, "Desk: estimates", revised[1].Source)
		require.Empty(t, registered().Revisions(2026))
	})

	t.Run("tells years to be the same by the day they end", func(t *testing.T) {
		t.Parallel()
		other := desk()
		other.Actuals[0].FiscalYear, other.Actuals[0].DilutedEPS = 2026, amount(7)
		other.Consensus[0].FiscalYear, other.Consensus[1].FiscalYear = 2027, 2027
		c := fundamentals.Merge(registered(), other)
		year, _ := c.Actual(2025)
		require.Equal(t, "7", year.DilutedEPS.Decimal.String())
		_, ok := c.Actual(2026)
		require.False(t, ok)
		estimate, ok := c.Estimate(2026)
		require.True(t, ok)
		require.Equal(t, "130", estimate.Revenue.Decimal.String())
		require.Len(t, c.Revisions(2026), 2)
	})

	t.Run("tells so of what is expected alone", func(t *testing.T) {
		t.Parallel()
		other := desk()
		other.Actuals = nil
		other.Consensus[0].FiscalYear, other.Consensus[1].FiscalYear = 2027, 2027
		_, ok := fundamentals.Merge(registered(), other).Estimate(2026)
		require.True(t, ok)
	})

	t.Run("fills nothing into a year that ends on another day", func(t *testing.T) {
		t.Parallel()
		other := desk()
		other.Actuals[0].PeriodEnd = "2025-06-30"
		year, _ := fundamentals.Merge(registered(), other).Actual(2025)
		require.False(t, year.DilutedEPS.Valid)
	})

	t.Run("never mixes currencies", func(t *testing.T) {
		t.Parallel()
		other := desk()
		other.Currency, other.Market.Currency = "EUR", "EUR"
		c := fundamentals.Merge(registered(), other)
		require.Equal(t, "USD", c.Currency)
		year, _ := c.Actual(2025)
		require.False(t, year.DilutedEPS.Valid)
		require.Empty(t, c.Consensus)
		require.Contains(t, c.Why(fundamentals.TopicConsensus), "Desk has it in EUR, and the company's figures are in USD")
		require.Equal(t, "EUR", c.Market.Currency, "a price names its own")
		priced := registered()
		priced.Market = &fundamentals.Market{Known: on("2026-01-01", ""), Currency: "USD", Beta: amount(1)}
		require.False(t, fundamentals.Merge(priced, other).Market.Price.Valid)
	})

	t.Run("fills in the market's figures of one currency", func(t *testing.T) {
		t.Parallel()
		first := registered()
		first.Market = &fundamentals.Market{Known: on("2026-01-01", "list"), Currency: "USD", Beta: amount(1)}
		c := fundamentals.Merge(first, desk())
		require.Equal(t, "50", c.Market.Price.Decimal.String())
		require.Equal(t, "1", c.Market.Beta.Decimal.String())
		require.Equal(t, "beta from Filings: list; price from Desk: quote", c.Market.Source)
		require.Equal(t, "2026-05-01", c.Market.On)
		require.Equal(t, "2026-01-01", c.AsOf("2026-02-01").Market.On)
	})

	t.Run("says of what nobody has who said what, and who is away", func(t *testing.T) {
		t.Parallel()
		away := fundamentals.Outage{Provider: "Desk", Reason: "it answers 503"}
		c := fundamentals.Merge(registered(), fundamentals.Unanswered("Desk is unavailable", away))
		require.Equal(t, "Filings hold no estimates; Desk is unavailable", c.Why(fundamentals.TopicConsensus))
		require.Equal(t, "Filings has none; Desk is unavailable", c.Why(fundamentals.TopicMarket))
		require.Equal(t, []fundamentals.Outage{away}, c.Outages)
		require.Equal(t, []fundamentals.Outage{away}, c.AsOf("2026-02-11").Outages)
	})

	t.Run("takes assumptions one by one, each with its origin", func(t *testing.T) {
		t.Parallel()
		first, second := registered(), desk()
		first.Rates.Tax = fundamentals.Rate{Known: on("2026-01-01", "list"), Figure: amount(0)}
		second.Rates.Tax.Figure = amount(1)
		second.Rates.UsefulLifeYears = fundamentals.Rate{Known: on("2026-02-01", "note"), Figure: amount(6)}
		c := fundamentals.Merge(first, second)
		require.Equal(t, "Filings: list", c.Origin(c.Rates.Tax.Known))
		require.Equal(t, "0", c.Rates.Tax.Decimal.String())
		require.Equal(t, "Desk: note", c.Origin(c.Rates.UsefulLifeYears.Known))
		require.False(t, c.AsOf("2026-01-15").Rates.UsefulLifeYears.Valid)
	})

	t.Run("changes nothing of a single source, nor its parts", func(t *testing.T) {
		t.Parallel()
		one := registered()
		require.Same(t, one, fundamentals.Merge(one))
		other := desk()
		fundamentals.Merge(one, other)
		require.Equal(t, registered(), one)
		require.Equal(t, desk(), other)
	})
}

func TestMergedFiguresAreThoseOfTheFirstThatKnewThem(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		part := func(name string) *fundamentals.Company {
			c := &fundamentals.Company{Ticker: "HLYD", Currency: "USD", Document: name}
			for i, n := range rapid.SliceOfN(rapid.IntRange(0, 3), 0, 4).Draw(t, name) {
				a := fundamentals.Actual{Known: on(fmt.Sprintf("2026-0%d-01", 1+i), ""), FiscalYear: 2024 + n%2}
				if n > 1 {
					a.Revenue = amount(int64(rapid.IntRange(1, 9).Draw(t, "revenue")))
				}
				c.Actuals = append(c.Actuals, a)
			}
			return c
		}
		first, second := part("first"), part("second")
		date := fmt.Sprintf("2026-0%d-15", rapid.IntRange(1, 5).Draw(t, "date"))
		then := fundamentals.Merge(first, second).AsOf(date)
		for _, a := range then.Actuals {
			require.LessOrEqual(t, a.On, date)
			want, _ := first.AsOf(date).Actual(a.FiscalYear)
			if !want.Revenue.Valid {
				want, _ = second.AsOf(date).Actual(a.FiscalYear)
			}
			require.Equal(t, want.Revenue, a.Revenue)
		}
	})
}
