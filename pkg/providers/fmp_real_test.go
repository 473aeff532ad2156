package providers_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/providers"
	"github.com/callrank/callrank/pkg/tests/fmptest"
	"github.com/callrank/callrank/pkg/tests/realcalls"
)

// apple is a source that answers for one company as the API did, or as its
// documentation says it does.
func apple(t *testing.T, annual string, now time.Time) *providers.FMPSource {
	t.Helper()
	server := fmptest.Start(t)
	for endpoint, name := range map[string]string{
		"profile":                      "profile___symbol=AAPL",
		"quote":                        "quote___symbol=AAPL",
		"income-statement.annual":      annual,
		"income-statement.quarter":     "income-statement___symbol=AAPL&period=quarter&limit=3",
		"analyst-estimates":            "documented__analyst__analyst-estimates",
		"key-metrics":                  "key-metrics___symbol=AAPL&period=quarter&limit=3",
		"revenue-product-segmentation": "revenue-product-segmentation___symbol=AAPL&period=annual&structure=flat",
		"insider-trading/search":       "documented__insidertrades__search",
		"institutional-ownership/symbol-positions-summary": "documented__form13f__positions-summary",
	} {
		server.Serve(endpoint, "AAPL", realcalls.Read(t, "fixtures/fmp/"+name+".json"))
	}
	config := providers.DefaultFMP()
	config.API.Key, config.API.URL = fmptest.Key, server.URL
	source, err := providers.QuickFMP(config, func() time.Time { return now }, time.Minute)
	require.NoError(t, err)
	return source
}

func TestRealAnswersOfFMP(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 8, 20, 12, 0, 0, 0, time.UTC)
	c, err := apple(t, "income-statement___symbol=AAPL", now).Company(t.Context(), "AAPL")
	require.NoError(t, err)
	require.Empty(t, c.Outages)
	year, ok := c.Actual(2024)
	require.True(t, ok)
	require.Equal(t, "391035000000 93736000000 6.08", fmt.Sprint(year.Revenue.Decimal, year.NetIncome.Decimal, year.DilutedEPS.Decimal))
	require.Equal(t, "2024-11-01", year.On)
	quarter, ok := c.Quarter(2025, 3)
	require.True(t, ok)
	require.Equal(t, "94036000000", quarter.Revenue.Decimal.String(), "three months, not nine")
	estimate, ok := c.Estimate(2025)
	require.True(t, ok)
	require.Equal(t, "410000000000 6.8", fmt.Sprint(estimate.Revenue.Decimal, estimate.EPS.Decimal))
	require.Equal(t, "2025-08-20", estimate.On)
	require.Equal(t, "232.8", c.Market.Price.Decimal.String())
	require.Equal(t, "2025-02-04", c.Market.On)
	require.True(t, c.Market.EnterpriseValue.Decimal.GreaterThan(c.Market.Cap.Decimal))
	sold := 0
	for _, segment := range c.Segments {
		if segment.Name == "iPhone" && segment.FiscalYear == 2024 {
			require.Equal(t, "201183000000", segment.Revenue.Decimal.String())
			require.Equal(t, "2024-11-01", segment.On)
			sold++
		}
	}
	require.Equal(t, 1, sold)
	require.EqualValues(t, 0, *c.Insiders.Buys, "what was filed last year does not count")
	require.EqualValues(t, 1921, *c.Holders.Increased)
	require.Equal(t, "-0.2535", c.Holders.OwnershipChange.Decimal.String())
	require.Equal(t, "0.2409", c.Rates.Tax.Decimal.String())
}

func TestARealAnswerWithQuartersForYears(t *testing.T) {
	t.Parallel()
	c, err := apple(t, "income-statement___symbol=AAPL&period=annual&limit=3", time.Date(2025, 8, 20, 0, 0, 0, 0, time.UTC)).Company(t.Context(), "AAPL")
	require.NoError(t, err)
	require.Empty(t, c.Actuals, "a quarter is never a year")
	require.Len(t, c.Quarters, 3)
	require.NotEmpty(t, c.Why(fundamentals.TopicActuals))
}
