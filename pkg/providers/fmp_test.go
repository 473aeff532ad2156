package providers_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/providers"
	"github.com/callrank/callrank/pkg/tests/fmptest"
)

// springOf2026 is when the figures of the invented company were known.
var springOf2026 = time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC)

// endpoints are those asked for one company, but for its profile.
var endpoints = []string{
	"income-statement", "analyst-estimates", "quote", "key-metrics", "revenue-product-segmentation",
	"insider-trading/search", "institutional-ownership/symbol-positions-summary",
}

func fmpSource(t *testing.T, server *fmptest.Server, change ...func(*providers.FMPConfig)) (*providers.FMPSource, *clock) {
	t.Helper()
	config := providers.DefaultFMP()
	config.API.Key, config.API.URL = fmptest.Key, server.URL
	for _, c := range change {
		c(&config)
	}
	now := &clock{now: springOf2026}
	s, err := providers.QuickFMP(config, now.read, time.Minute)
	require.NoError(t, err)
	return s, now
}

// travelyn is a server that knows the invented company.
func travelyn(t *testing.T) *fmptest.Server {
	t.Helper()
	server := fmptest.Start(t)
	server.Invent(t)
	return server
}

func TestFMPKnowsACompany(t *testing.T) {
	t.Parallel()
	server := travelyn(t)
	source, _ := fmpSource(t, server)
	c, err := source.Company(t.Context(), "trvl")
	require.NoError(t, err)
	require.Empty(t, c.Outages)
	require.Empty(t, c.Warnings)
	require.Equal(t, "TRVL", c.Ticker)
	require.Equal(t, "Travelyn Robotics, Inc.", c.Name)
	require.Equal(t, "USD", c.Currency)
	for _, topic := range fundamentals.Topics() {
		require.Empty(t, c.Why(topic), topic)
	}

	t.Run("by filed years and quarters, from the day of filing", func(t *testing.T) {
		t.Parallel()
		require.Len(t, c.Actuals, 2)
		require.Len(t, c.Quarters, 3)
		year, _ := c.Actual(2025)
		require.Equal(t, "2000000000 200000000 1", fmt.Sprint(year.Revenue.Decimal, year.NetIncome.Decimal, year.DilutedEPS.Decimal))
		require.Equal(t, "2026-01-31", year.PeriodEnd)
		require.Equal(t, "2026-03-20", year.On)
		require.Equal(t, "Financial Modeling Prep: income statement FY 2025, filed 2026-03-20", c.Origin(year.Known))
		quarter, _ := c.Quarter(2026, 1)
		require.Equal(t, "560000000", quarter.Revenue.Decimal.String())
		_, ok := c.AsOf("2026-05-14").Quarter(2026, 1)
		require.False(t, ok)
	})

	t.Run("by what analysts expect, from the day it was asked, under the company's own years", func(t *testing.T) {
		t.Parallel()
		estimate, ok := c.Estimate(2026)
		require.True(t, ok)
		require.Equal(t, "2027-01-31", estimate.PeriodEnd)
		require.Equal(t, "2400000000 260000000 1.3", fmt.Sprint(estimate.Revenue.Decimal, estimate.NetIncome.Decimal, estimate.EPS.Decimal))
		require.Equal(t, "2026-05-20", estimate.On)
		then := c.AsOf("2026-05-19")
		require.Empty(t, then.Consensus)
		require.Equal(t, "Financial Modeling Prep: known only from 2026-05-20, after 2026-05-19", then.Why(fundamentals.TopicConsensus))
	})

	t.Run("by price and market value, from the moment of the quote", func(t *testing.T) {
		t.Parallel()
		m := c.Market
		require.Equal(t, "2026-05-19", m.On)
		require.Equal(t, "40.25 8050000000 8050000000 1.31 80500000", fmt.Sprint(m.Price.Decimal, m.Cap.Decimal, m.CapUSD.Decimal, m.Beta.Decimal, m.DailyVolume.Decimal))
		require.Equal(t, "7750000000", m.EnterpriseValue.Decimal.String(), "the cash of the last quarter is taken off")
		require.Equal(t, "Financial Modeling Prep: quote, debt less cash -300000000 at 2026-04-30", c.Origin(m.Known))
	})

	t.Run("by what it sells, from the filing of the year", func(t *testing.T) {
		t.Parallel()
		require.Len(t, c.Segments, 4)
		require.Equal(t, "Carriers", c.Segments[0].Name)
		require.Equal(t, 2025, c.Segments[0].FiscalYear)
		require.Equal(t, "1200000000", c.Segments[0].Revenue.Decimal.String())
		require.Equal(t, "2026-03-20", c.Segments[0].On)
	})

	t.Run("by its owners: trades on the open market in ninety days, and positions once they are due", func(t *testing.T) {
		t.Parallel()
		require.EqualValues(t, 1, *c.Insiders.Buys)
		require.EqualValues(t, 2, *c.Insiders.Sells)
		require.Equal(t, "insiders' trades filed from 2026-02-19 to 2026-05-20", c.Insiders.Source)
		require.EqualValues(t, 180, *c.Holders.Increased)
		require.EqualValues(t, 140, *c.Holders.Reduced)
		require.Equal(t, "-5 -0.75", fmt.Sprint(c.Holders.HoldersChange.Decimal, c.Holders.OwnershipChange.Decimal))
		require.Equal(t, "2026-05-15", c.Holders.On)
		require.Contains(t, strings.Join(server.Requests(), "\n"), "symbol-positions-summary?quarter=1&symbol=TRVL&year=2026")
	})

	t.Run("by the tax it paid on what it earned", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, "0.2", c.Rates.Tax.Decimal.String())
		require.Contains(t, c.Origin(c.Rates.Tax.Known), "income tax 50000000 ÷ income before tax 250000000")
	})
}

func TestFMPIsAskedPolitely(t *testing.T) {
	t.Parallel()

	t.Run("once for what many want at the same time, and not again while it is new", func(t *testing.T) {
		t.Parallel()
		server, dir := travelyn(t), t.TempDir()
		cached := func(c *providers.FMPConfig) { c.Cache = dir }
		source, now := fmpSource(t, server, cached)
		var all sync.WaitGroup
		failures := make(chan error, 20)
		for range cap(failures) {
			all.Go(func() {
				_, err := source.Company(t.Context(), "TRVL")
				failures <- err
			})
		}
		all.Wait()
		close(failures)
		for err := range failures {
			require.NoError(t, err)
		}
		const each = 9
		require.Len(t, server.Requests(), each)
		other, _ := fmpSource(t, server, cached)
		_, err := other.Company(t.Context(), "TRVL")
		require.NoError(t, err)
		require.Len(t, server.Requests(), each, "another program finds it on disk")
		now.forward(13 * time.Hour)
		_, err = source.Company(t.Context(), "TRVL")
		require.NoError(t, err)
		require.Len(t, server.Requests(), 2*each)
	})

	t.Run("no faster than its rate", func(t *testing.T) {
		t.Parallel()
		server := travelyn(t)
		config := providers.DefaultFMP()
		config.API.Key, config.API.URL, config.API.PerMinute = fmptest.Key, server.URL, 1200
		source, err := providers.FMP(config)
		require.NoError(t, err)
		begin := time.Now()
		_, err = source.Company(t.Context(), "TRVL")
		require.NoError(t, err)
		require.GreaterOrEqual(t, time.Since(begin), 390*time.Millisecond, "nine requests, the first at once")
	})
}

func TestFMPFailsOnAPart(t *testing.T) {
	t.Parallel()
	passing := map[string]http.HandlerFunc{
		"500":                       status(http.StatusInternalServerError),
		"a truncated answer":        body(`[{"symbol": "TRVL", "da`),
		"an answer that breaks off": brokenOff,
		"an empty answer":           body(""),
	}
	permanent := map[string]http.HandlerFunc{
		"402":                      status(http.StatusPaymentRequired),
		"403":                      status(http.StatusForbidden),
		"another form":             body(`{"data": 7}`),
		"figures of somebody else": body(`[{"symbol": "HLYD"}]`),
		"nothing":                  body(`[]`),
	}
	topicOf := map[string]fundamentals.Topic{
		"analyst-estimates":                                fundamentals.TopicConsensus,
		"revenue-product-segmentation":                     fundamentals.TopicSegments,
		"insider-trading/search":                           fundamentals.TopicInsiders,
		"institutional-ownership/symbol-positions-summary": fundamentals.TopicInstitutions,
	}
	check := func(t *testing.T, endpoint string, topic fundamentals.Topic, answer http.HandlerFunc) *fundamentals.Company {
		t.Helper()
		server := travelyn(t)
		server.Break(endpoint, answer)
		source, _ := fmpSource(t, server)
		c, err := source.Company(t.Context(), "TRVL")
		require.NoError(t, err)
		require.NotEmpty(t, c.Why(topic))
		require.NotContains(t, c.Why(topic), fmptest.Key)
		require.Len(t, c.Actuals, 2, "the others are there")
		return c
	}
	for endpoint, topic := range topicOf {
		for name, answer := range passing {
			t.Run(endpoint+" in passing, with "+name, func(t *testing.T) {
				t.Parallel()
				c := check(t, endpoint, topic, answer)
				require.Len(t, c.Outages, 1)
				require.Equal(t, "FMP", c.Outages[0].Provider)
				require.True(t, fundamentals.RetryAt(c.Outages).After(springOf2026))
			})
		}
		for name, answer := range permanent {
			t.Run(endpoint+" for good, with "+name, func(t *testing.T) {
				t.Parallel()
				require.Empty(t, check(t, endpoint, topic, answer).Outages)
			})
		}
	}

	t.Run("and is slow with it", func(t *testing.T) {
		t.Parallel()
		server := travelyn(t)
		closing := make(chan struct{})
		t.Cleanup(func() { close(closing) })
		server.Break("analyst-estimates", func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-r.Context().Done():
			case <-closing:
			}
		})
		config := providers.DefaultFMP()
		config.API.Key, config.API.URL = fmptest.Key, server.URL
		source, err := providers.QuickFMP(config, time.Now, 100*time.Millisecond)
		require.NoError(t, err)
		c, err := source.Company(t.Context(), "TRVL")
		require.NoError(t, err)
		require.Contains(t, c.Why(fundamentals.TopicConsensus), "no answer in the time there is")
		require.NotEmpty(t, c.Outages)
		require.NotNil(t, c.Market)
	})
}

func TestFMPFailsAltogether(t *testing.T) {
	t.Parallel()

	t.Run("for good with 401, naming the setting, and is left alone for a while", func(t *testing.T) {
		t.Parallel()
		server := travelyn(t)
		source, _ := fmpSource(t, server, func(c *providers.FMPConfig) { c.API.Key = "wrong" })
		for range 3 {
			_, err := source.Company(t.Context(), "TRVL")
			require.ErrorIs(t, err, fundamentals.ErrRefused)
			require.ErrorContains(t, err, "CALLRANK_FMP_KEY")
			require.NotContains(t, err.Error(), "wrong.")
		}
		require.Len(t, server.Requests(), 1)
	})

	t.Run("where the plan has no such company", func(t *testing.T) {
		t.Parallel()
		server := travelyn(t)
		server.Break("profile", status(http.StatusPaymentRequired))
		source, _ := fmpSource(t, server)
		_, err := source.Company(t.Context(), "TRVL")
		require.ErrorIs(t, err, fundamentals.ErrRefused)
		require.Empty(t, fundamentals.Outages(nil, err))
	})

	t.Run("where nobody is called so", func(t *testing.T) {
		t.Parallel()
		server := travelyn(t)
		source, _ := fmpSource(t, server)
		for _, ticker := range []string{"NOPE", "../X", ""} {
			_, err := source.Company(t.Context(), ticker)
			require.ErrorIs(t, err, fundamentals.ErrUnknown)
		}
		require.Equal(t, []string{"profile?symbol=NOPE"}, server.Requests())
	})

	t.Run("in passing while it is down, and is left alone until it may be back", func(t *testing.T) {
		t.Parallel()
		server := travelyn(t)
		server.Break("profile", status(http.StatusServiceUnavailable))
		source, now := fmpSource(t, server)
		for range 20 {
			_, err := source.Company(t.Context(), "TRVL")
			requirePassing(t, err)
			require.Len(t, fundamentals.Outages(nil, err), 1)
		}
		require.Len(t, server.Requests(), 2*providers.Tries())
		server.Break("profile", nil)
		_, err := source.Company(t.Context(), "TRVL")
		at := fundamentals.RetryAt(fundamentals.Outages(nil, err))
		require.Equal(t, now.read().Add(providers.Rest()), at)
		now.forward(at.Sub(now.read()))
		_, err = source.Company(t.Context(), "TRVL")
		require.NoError(t, err)
	})

	t.Run("while copies of before do, and says so", func(t *testing.T) {
		t.Parallel()
		server := travelyn(t)
		source, now := fmpSource(t, server)
		_, err := source.Company(t.Context(), "TRVL")
		require.NoError(t, err)
		for _, endpoint := range append(endpoints, "profile") {
			server.Break(endpoint, status(http.StatusBadGateway))
		}
		now.forward(24 * time.Hour)
		c, err := source.Company(t.Context(), "TRVL")
		require.NoError(t, err)
		require.Len(t, c.Outages, 1)
		estimate, _ := c.Estimate(2026)
		require.Equal(t, "2026-05-20", estimate.On, "known from when it was got")
	})

	t.Run("when who asks gives up", func(t *testing.T) {
		t.Parallel()
		source, _ := fmpSource(t, travelyn(t))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := source.Company(ctx, "TRVL")
		require.ErrorIs(t, err, context.Canceled)
	})
}

func TestWhatAnalystsRevisedIsKept(t *testing.T) {
	t.Parallel()
	server, dir := travelyn(t), t.TempDir()
	cached := func(c *providers.FMPConfig) { c.Cache = dir }
	source, now := fmpSource(t, server, cached)
	expect := func(revenue string) *fundamentals.Company {
		t.Helper()
		server.Serve("analyst-estimates", fmptest.Symbol, []byte(`[{"symbol": "TRVL", "date": "2027-01-31", "revenueAvg": `+revenue+`, "numAnalystsRevenue": 3}]`))
		c, err := source.Company(t.Context(), "TRVL")
		require.NoError(t, err)
		now.forward(24 * time.Hour)
		return c
	}
	require.Len(t, expect("2400000000").Revisions(2026), 1)
	require.Len(t, expect("2400000000").Revisions(2026), 1, "nothing was revised")
	source, now = fmpSource(t, server, cached)
	now.forward(48 * time.Hour)
	c := expect("2500000000")
	revised := c.Revisions(2026)
	require.Len(t, revised, 2, "another program adds to it")
	require.Equal(t, "2026-05-20 2400000000", fmt.Sprint(revised[0].On, " ", revised[0].Revenue.Decimal))
	require.Equal(t, "2026-05-22 2500000000", fmt.Sprint(revised[1].On, " ", revised[1].Revenue.Decimal))
	then, _ := c.AsOf("2026-05-21").Estimate(2026)
	require.Equal(t, "2400000000", then.Revenue.Decimal.String())

	require.NoError(t, os.WriteFile(filepath.Join(dir, "estimates.TRVL.json"), []byte(`[{"on": "20`), 0o600))
	require.Len(t, expect("2600000000").Revisions(2026), 1, "what came to harm is begun anew")
}

func TestFMPConfig(t *testing.T) {
	t.Parallel()
	config := providers.DefaultFMP()
	require.ErrorContains(t, config.Validate(), "CALLRANK_FMP_KEY")
	config.API.Key = fmptest.Key
	require.NoError(t, config.Validate())
	config.MaxAge = -1
	_, err := providers.FMP(config)
	require.ErrorContains(t, err, "0 or more")
}

func TestInstitutionsAreAskedForOnceTheyHadToSay(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{
		"2026-05-15": "2025 4", "2026-05-16": "2026 1", "2026-08-14": "2026 1", "2026-08-15": "2026 2", "2026-01-01": "2025 3", "2026-02-15": "2025 4",
	} {
		now, err := time.Parse(time.DateOnly, day)
		require.NoError(t, err)
		year, quarter := providers.ReportedQuarter(now)
		require.Equal(t, want, fmt.Sprint(year, quarter), day)
	}
}

func TestFMPRefusesFiguresThatCannotBe(t *testing.T) {
	t.Parallel()
	with := func(t *testing.T, endpoint, answer string) *fundamentals.Company {
		t.Helper()
		server := travelyn(t)
		server.Serve(endpoint, fmptest.Symbol, []byte(answer))
		source, _ := fmpSource(t, server)
		c, err := source.Company(t.Context(), "TRVL")
		require.NoError(t, err)
		return c
	}

	t.Run("a quarter that is given for a year stays a quarter", func(t *testing.T) {
		t.Parallel()
		c := with(t, "income-statement.annual", `[{"symbol": "TRVL", "date": "2026-04-30", "fiscalYear": "2026", "period": "Q1", "reportedCurrency": "USD", "filingDate": "2026-05-15", "revenue": 560000000, "netIncome": 1}]`)
		require.Empty(t, c.Actuals)
		require.Contains(t, c.Why(fundamentals.TopicActuals), "no fiscal year")
		require.Len(t, c.Quarters, 3)
	})

	t.Run("a statement in another currency, or of no period", func(t *testing.T) {
		t.Parallel()
		c := with(t, "income-statement.annual", `[
			{"symbol": "TRVL", "date": "2025-01-31", "fiscalYear": "2024", "period": "FY", "reportedCurrency": "EUR", "filingDate": "2025-03-21", "revenue": 5},
			{"symbol": "TRVL", "date": "2024-01-31", "fiscalYear": "2023", "period": "H1", "reportedCurrency": "USD", "filingDate": "2024-03-21", "revenue": 5}]`)
		require.Empty(t, c.Actuals)
		require.Len(t, c.Warnings, 2)
	})

	t.Run("a day of filing before the period's end is none", func(t *testing.T) {
		t.Parallel()
		c := with(t, "income-statement.annual", `[{"symbol": "TRVL", "date": "2026-01-31", "fiscalYear": "2025", "period": "FY", "reportedCurrency": "USD", "filingDate": "2026-01-31", "revenue": 5, "netIncome": 1}]`)
		year, _ := c.Actual(2025)
		require.Equal(t, "2026-05-20", year.On)
	})

	t.Run("zeros that stand for nothing are unknown", func(t *testing.T) {
		t.Parallel()
		c := with(t, "income-statement.annual", `[
			{"symbol": "TRVL", "date": "2026-01-31", "fiscalYear": "2025", "period": "FY", "reportedCurrency": "USD", "filingDate": "2026-03-20", "revenue": 9, "netIncome": 5, "epsDiluted": 0},
			{"symbol": "TRVL", "date": "2025-01-31", "fiscalYear": "2024", "period": "FY", "reportedCurrency": "USD", "filingDate": "2025-03-20", "revenue": 0, "netIncome": 0, "epsDiluted": 0}]`)
		year, _ := c.Actual(2025)
		require.False(t, year.DilutedEPS.Valid)
		before, _ := c.Actual(2024)
		require.Equal(t, fundamentals.Actual{Known: before.Known, FiscalYear: 2024, PeriodEnd: "2025-01-31"}, before)
	})

	t.Run("estimates of years that end on other days, in another scale, or of nobody", func(t *testing.T) {
		t.Parallel()
		c := with(t, "analyst-estimates", `[
			{"symbol": "TRVL", "date": "2026-06-30", "revenueAvg": 2400000000, "numAnalystsRevenue": 3},
			{"symbol": "TRVL", "date": "2027-01-31", "revenueAvg": 2400000000000, "numAnalystsRevenue": 3},
			{"symbol": "TRVL", "date": "2028-01-31", "revenueAvg": 0, "netIncomeAvg": 0, "epsAvg": 0, "numAnalystsRevenue": 0, "numAnalystsEps": 0}]`)
		require.Empty(t, c.Consensus)
		require.Len(t, c.Warnings, 2)
		require.Contains(t, c.Why(fundamentals.TopicConsensus), "another currency or scale")
	})

	t.Run("an EPS estimate of other shares", func(t *testing.T) {
		t.Parallel()
		c := with(t, "analyst-estimates", `[{"symbol": "TRVL", "date": "2027-01-31", "revenueAvg": 2400000000, "netIncomeAvg": 260000000, "epsAvg": 6.5, "numAnalystsRevenue": 3, "numAnalystsEps": 3}]`)
		estimate, _ := c.Estimate(2026)
		require.Equal(t, "260000000", estimate.NetIncome.Decimal.String())
		require.False(t, estimate.EPS.Valid)
	})

	t.Run("prices in hundredths", func(t *testing.T) {
		t.Parallel()
		c := with(t, "profile", `[{"symbol": "TRVL", "companyName": "Travelyn plc", "currency": "GBp", "price": 3950}]`)
		require.Nil(t, c.Market)
		require.Contains(t, c.Why(fundamentals.TopicMarket), `"GBp"`)
	})

	t.Run("a tax rate of a loss", func(t *testing.T) {
		t.Parallel()
		c := with(t, "income-statement.annual", `[{"symbol": "TRVL", "date": "2026-01-31", "fiscalYear": "2025", "period": "FY", "reportedCurrency": "USD", "filingDate": "2026-03-20", "revenue": 9, "incomeBeforeTax": -5, "incomeTaxExpense": 1, "netIncome": -6, "epsDiluted": -1}]`)
		require.False(t, c.Rates.Tax.Valid)
		year, _ := c.Actual(2025)
		require.Equal(t, "-6", year.NetIncome.Decimal.String())
	})
}

func TestFilingsAndFMPAreMerged(t *testing.T) {
	t.Parallel()
	filed := &answer{company: &fundamentals.Company{
		Ticker: "TRVL", Currency: "USD", Document: "SEC EDGAR",
		Actuals: []fundamentals.Actual{{
			Known: fundamentals.Known{On: "2026-03-19", Source: "10-K 1"}, FiscalYear: 2025, PeriodEnd: "2026-01-31",
			Revenue: decimal.NewNullDecimal(decimal.New(2_000_000_001, 0)), NetIncome: decimal.NewNullDecimal(decimal.New(200_000_001, 0)),
		}},
	}}
	server := travelyn(t)
	source, _ := fmpSource(t, server)
	c, err := providers.Merged(filed, source).Company(t.Context(), "TRVL")
	require.NoError(t, err)
	year, _ := c.Actual(2025)
	require.Equal(t, "2000000001 200000001 1", fmt.Sprint(year.Revenue.Decimal, year.NetIncome.Decimal, year.DilutedEPS.Decimal))
	require.Equal(t, "revenue, net income from SEC EDGAR: 10-K 1; diluted EPS from Financial Modeling Prep: income statement FY 2025, filed 2026-03-20", year.Source)
	estimate, _ := c.Estimate(2026)
	require.Equal(t, "2400000000", estimate.Revenue.Decimal.String())
	require.Equal(t, "0.2", c.Rates.Tax.Decimal.String())

	for _, endpoint := range append(endpoints, "profile") {
		server.Break(endpoint, status(http.StatusServiceUnavailable))
	}
	down, _ := fmpSource(t, server)
	c, err = providers.Merged(filed, down).Company(t.Context(), "TRVL")
	require.NoError(t, err)
	require.Len(t, c.Outages, 1)
	require.Contains(t, c.Why(fundamentals.TopicConsensus), "FMP is unavailable")
	year, _ = c.Actual(2025)
	require.Equal(t, "SEC EDGAR: 10-K 1", year.Source, "incomplete, not wrong")
}
