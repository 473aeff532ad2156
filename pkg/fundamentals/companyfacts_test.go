package fundamentals_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/tests/realcalls"
)

// factsOf writes company facts. A line is a fact:
//
//	concept unit start end value form filed fiscal-year-of-the-filing
//
// All facts that are filed in one form on one day are of one filing.
func factsOf(lines ...string) []byte {
	facts := map[string]map[string]map[string]map[string][]map[string]any{}
	for _, line := range lines {
		for line := range strings.Lines(line) {
			f := strings.Fields(line)
			if len(f) == 0 {
				continue
			}
			taxonomy, concept, _ := strings.Cut(f[0], ":")
			if facts[taxonomy] == nil {
				facts[taxonomy] = map[string]map[string]map[string][]map[string]any{}
			}
			if facts[taxonomy][concept] == nil {
				facts[taxonomy][concept] = map[string]map[string][]map[string]any{"units": {}}
			}
			units := facts[taxonomy][concept]["units"]
			units[f[1]] = append(units[f[1]], map[string]any{
				"start": f[2], "end": f[3], "val": json.Number(f[4]), "form": f[5], "filed": f[6],
				"accn": accession(f[6]), "fy": json.Number(f[7]), "fp": "FY",
			})
		}
	}
	b, err := json.Marshal(map[string]any{"cik": 1234567, "entityName": "Halyard, Inc.", "facts": facts})
	if err != nil {
		panic(err)
	}
	return b
}

func accession(filed string) string { return "0001234567-" + strings.ReplaceAll(filed, "-", "") }

func parseFacts(t *testing.T, lines ...string) *fundamentals.Company {
	t.Helper()
	c, cik, err := fundamentals.ParseCompanyFacts(factsOf(lines...), "hlyd")
	require.NoError(t, err)
	require.Equal(t, "0001234567", cik)
	require.Equal(t, "HLYD", c.Ticker)
	return c
}

// shown are years and quarters on a date, a line each: revenue, net income and
// diluted EPS, with a dash for what is not known.
func shown(c *fundamentals.Company, date string) []string {
	show := func(f fundamentals.Figure) string {
		if !f.Valid {
			return "-"
		}
		return f.Decimal.String()
	}
	then := c.AsOf(date)
	out := make([]string, 0, len(then.Actuals)+len(then.Quarters))
	for _, a := range then.Actuals {
		out = append(out, fmt.Sprintf("FY%d %s %s %s", a.FiscalYear, show(a.Revenue), show(a.NetIncome), show(a.DilutedEPS)))
	}
	for _, q := range then.Quarters {
		out = append(out, fmt.Sprintf("Q%d FY%d %s %s %s", q.FiscalQuarter, q.FiscalYear, show(q.Revenue), show(q.NetIncome), show(q.DilutedEPS)))
	}
	return out
}

// warned are the warnings, one a line.
func warned(c *fundamentals.Company) string {
	var b strings.Builder
	for _, w := range c.Warnings {
		b.WriteString(w.String() + "\n")
	}
	return b.String()
}

// oneYear are three quarters and a year that ends in December 2024.
const oneYear = `
us-gaap:Revenues USD 2024-01-01 2024-03-31 100 10-Q 2024-05-01 2024
us-gaap:Revenues USD 2024-04-01 2024-06-30 110 10-Q 2024-08-01 2024
us-gaap:Revenues USD 2024-01-01 2024-06-30 210 10-Q 2024-08-01 2024
us-gaap:Revenues USD 2024-07-01 2024-09-30 120 10-Q 2024-11-01 2024
us-gaap:Revenues USD 2024-01-01 2024-09-30 330 10-Q 2024-11-01 2024
us-gaap:Revenues USD 2024-01-01 2024-12-31 465 10-K 2025-02-20 2024
`

func TestPeriodsOfCompanyFacts(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		facts string
		want  []string
	}{
		"quarters are three months, never year to date, and the fourth is the year less three": {
			oneYear, []string{"FY2024 465 - -", "Q1 FY2024 100 - -", "Q2 FY2024 110 - -", "Q3 FY2024 120 - -", "Q4 FY2024 135 - -"},
		},
		"a year that ends in January is named for it, whatever a quarter's filing is labelled": {
			`us-gaap:Revenues USD 2023-02-01 2024-01-31 400 10-K 2024-03-20 2024
			 us-gaap:Revenues USD 2024-02-01 2024-04-30 110 10-Q 2024-05-30 2031
			 us-gaap:Revenues USD 2024-08-01 2024-10-31 120 10-Q 2024-11-30 2025`,
			[]string{"FY2024 400 - -", "Q1 FY2025 110 - -", "Q3 FY2025 120 - -"},
		},
		"a retailer's year is named as its annual reports name it": {
			`us-gaap:Revenues USD 2023-01-29 2024-02-03 400 10-K 2024-03-20 2023
			 us-gaap:Revenues USD 2024-02-04 2025-02-01 420 10-K 2025-03-20 2024
			 us-gaap:Revenues USD 2025-02-02 2025-05-03 101 10-Q 2025-05-30 2025`,
			[]string{"FY2023 400 - -", "FY2024 420 - -", "Q1 FY2025 101 - -"},
		},
		"one wrong label among annual reports does not rename a year": {
			`us-gaap:Revenues USD 2022-01-01 2022-12-31 400 10-K 2023-02-20 2022
			 us-gaap:Revenues USD 2023-01-01 2023-12-31 410 10-K 2024-02-20 2022
			 us-gaap:Revenues USD 2024-01-01 2024-12-31 420 10-K 2025-02-20 2024`,
			[]string{"FY2022 400 - -", "FY2023 410 - -", "FY2024 420 - -"},
		},
		"years of 52 and 53 weeks that end in the first days of January": {
			`us-gaap:Revenues USD 2019-12-29 2021-01-02 530 10-K 2021-02-20 2020
			 us-gaap:Revenues USD 2021-01-03 2022-01-01 520 10-K 2022-02-20 2021
			 us-gaap:Revenues USD 2022-01-02 2022-12-31 525 10-K 2023-02-20 2022
			 us-gaap:Revenues USD 2021-10-03 2022-01-01 130 10-K 2022-02-20 2021
			 us-gaap:Revenues USD 2023-01-01 2023-04-01 131 10-Q 2023-05-20 2023`,
			[]string{"FY2020 530 - -", "FY2021 520 - -", "FY2022 525 - -", "Q4 FY2021 130 - -", "Q1 FY2023 131 - -"},
		},
		"quarters of twelve weeks; one of sixteen is no quarter": {
			`us-gaap:Revenues USD 2023-09-04 2024-09-01 520 10-K 2024-10-10 2024
			 us-gaap:Revenues USD 2023-09-04 2023-11-26 110 10-Q 2023-12-20 2024
			 us-gaap:Revenues USD 2023-11-27 2024-02-18 115 10-Q 2024-03-20 2024
			 us-gaap:Revenues USD 2024-02-19 2024-05-12 120 10-Q 2024-06-20 2024
			 us-gaap:Revenues USD 2024-05-13 2024-09-01 175 10-K 2024-10-10 2024`,
			[]string{"FY2024 520 - -", "Q1 FY2024 110 - -", "Q2 FY2024 115 - -", "Q3 FY2024 120 - -", "Q4 FY2024 175 - -"},
		},
		"twelve months to the end of a quarter are no fiscal year": {
			`us-gaap:Revenues USD 2024-01-01 2024-12-31 400 10-K 2025-02-20 2024
			 us-gaap:Revenues USD 2024-07-01 2025-06-30 410 10-Q 2025-08-01 2025
			 us-gaap:Revenues USD 2025-04-01 2025-06-30 105 10-Q 2025-08-01 2025`,
			[]string{"FY2024 400 - -", "Q2 FY2025 105 - -"},
		},
		"a company that has filed no annual report yet goes by what is year to date": {
			`us-gaap:Revenues USD 2024-08-01 2024-10-31 90 10-Q 2024-12-05 2025
			 us-gaap:Revenues USD 2024-02-01 2024-10-31 250 10-Q 2024-12-05 2025`,
			[]string{"Q3 FY2025 90 - -"},
		},
		"a quarter without anything that tells the fiscal year is not named": {
			`us-gaap:Revenues USD 2024-08-01 2024-10-31 90 10-Q 2024-12-05 2025`,
			[]string{},
		},
		"a fiscal year that moves: the time between is not taken for the new year's quarters": {
			`us-gaap:Revenues USD 2018-07-01 2019-06-30 400 10-K 2019-08-20 2019
			 us-gaap:Revenues USD 2019-07-01 2019-09-30 101 10-Q 2019-11-01 2020
			 us-gaap:Revenues USD 2020-01-01 2020-03-31 103 10-Q 2020-05-01 2020
			 us-gaap:Revenues USD 2020-01-01 2020-12-31 420 10-K 2021-02-20 2020`,
			[]string{"FY2019 400 - -", "FY2020 420 - -", "Q1 FY2020 103 - -"},
		},
		"a date that is a slip does not make a fiscal year": {
			`us-gaap:Revenues USD 2024-01-01 2024-12-31 400 10-K 2025-03-20 2024
			 us-gaap:NetIncomeLoss USD 2024-01-01 2024-12-31 40 10-K 2025-03-20 2024
			 us-gaap:ProfitLoss USD 2024-01-01 2024-12-31 44 10-K 2025-03-20 2024
			 us-gaap:EarningsPerShareDiluted USD/shares 2024-02-28 2025-02-28 0.4 10-K 2025-03-20 2024`,
			[]string{"FY2024 400 40 -"},
		},
		"half-years of a foreign company are no quarters": {
			`ifrs-full:Revenue EUR 2023-01-01 2023-12-31 400 20-F 2024-03-20 2023
			 ifrs-full:Revenue EUR 2024-01-01 2024-06-30 210 6-K 2024-08-01 2024`,
			[]string{"FY2023 400 - -"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, shown(parseFacts(t, tt.facts), ""))
		})
	}
}

func TestConceptsOfCompanyFacts(t *testing.T) {
	t.Parallel()
	const year = " 2024-01-01 2024-12-31 "
	const filed = " 10-K 2025-02-20 2024\n"
	for name, tt := range map[string]struct {
		facts string
		want  string
	}{
		"sales to customers where there is no other total": {
			"us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax USD" + year + "400" + filed, "FY2024 400 - -",
		},
		"the total where sales to customers are a part of it": {
			"us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax USD" + year + "300" + filed +
				"us-gaap:Revenues USD" + year + "400" + filed, "FY2024 400 - -",
		},
		"not a partner's revenue from the notes": {
			"us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax USD" + year + "400" + filed +
				"us-gaap:Revenues USD" + year + "12" + filed, "FY2024 400 - -",
		},
		"sales without the taxes in them": {
			"us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax USD" + year + "400" + filed +
				"us-gaap:RevenueFromContractWithCustomerIncludingAssessedTax USD" + year + "900" + filed, "FY2024 400 - -",
		},
		"a bank's revenue net of interest, not its fees": {
			"us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax USD" + year + "40" + filed +
				"us-gaap:InterestAndDividendIncomeOperating USD" + year + "900" + filed +
				"us-gaap:RevenuesNetOfInterestExpense USD" + year + "500" + filed, "FY2024 500 - -",
		},
		"a small bank's net interest and other income together": {
			"us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax USD" + year + "40" + filed +
				"us-gaap:InterestAndDividendIncomeOperating USD" + year + "900" + filed +
				"us-gaap:NoninterestIncome USD" + year + "90" + filed +
				"us-gaap:InterestIncomeExpenseNet USD" + year + "510" + filed, "FY2024 600 - -",
		},
		"no revenue where only an insurer's other sales are filed": {
			"us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax USD" + year + "40" + filed +
				"us-gaap:PremiumsEarnedNet USD" + year + "900" + filed +
				"us-gaap:NetIncomeLoss USD" + year + "30" + filed, "FY2024 - 30 -",
		},
		"a utility's total, not its sales to customers alone": {
			"us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax USD" + year + "380" + filed +
				"us-gaap:RegulatedAndUnregulatedOperatingRevenue USD" + year + "400" + filed, "FY2024 400 - -",
		},
		"what the owners earn, not what others own of it": {
			"us-gaap:ProfitLoss USD" + year + "-44" + filed + "us-gaap:NetIncomeLoss USD" + year + "-40" + filed, "FY2024 - -40 -",
		},
		"a loss a share, in either way of writing the unit": {
			"us-gaap:EarningsPerShareDiluted USD-per-shares" + year + "-0.35" + filed, "FY2024 - - -0.35",
		},
		"EPS filed as basic and diluted in one": {
			"us-gaap:EarningsPerShareBasicAndDiluted USD/shares" + year + "-0.35" + filed, "FY2024 - - -0.35",
		},
		"an amount per share is no revenue, and a count is none either": {
			"us-gaap:Revenues USD/shares" + year + "4" + filed + "us-gaap:Revenues shares" + year + "5" + filed +
				"us-gaap:NetIncomeLoss USD" + year + "30" + filed, "FY2024 - 30 -",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, []string{tt.want}, shown(parseFacts(t, tt.facts), ""))
		})
	}

	t.Run("a concept that was given up counts only until the next filing", func(t *testing.T) {
		t.Parallel()
		c := parseFacts(t, `
			us-gaap:SalesRevenueNet USD 2017-01-01 2017-12-31 400 10-K 2018-02-20 2017
			us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax USD 2017-01-01 2017-12-31 380 10-K 2019-02-20 2018
			us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax USD 2018-01-01 2018-12-31 420 10-K 2019-02-20 2018`)
		require.Equal(t, []string{"FY2017 400 - -"}, shown(c, "2018-12-31"))
		require.Equal(t, []string{"FY2017 380 - -", "FY2018 420 - -"}, shown(c, ""))
	})

	t.Run("a foreign company reports in its own currency, not in that of the translation", func(t *testing.T) {
		t.Parallel()
		c := parseFacts(t, `
			ifrs-full:Revenue TWD 2023-01-01 2023-12-31 30000 20-F 2025-04-10 2024
			ifrs-full:Revenue TWD 2024-01-01 2024-12-31 33000 20-F 2025-04-10 2024
			ifrs-full:Revenue USD 2024-01-01 2024-12-31 1000 20-F 2025-04-10 2024
			ifrs-full:ProfitLoss TWD 2024-01-01 2024-12-31 9100 20-F 2025-04-10 2024
			ifrs-full:ProfitLossAttributableToOwnersOfParent TWD 2024-01-01 2024-12-31 9000 20-F 2025-04-10 2024
			ifrs-full:DilutedEarningsLossPerShare TWD/shares 2024-01-01 2024-12-31 34.5 20-F 2025-04-10 2024
			ifrs-full:DilutedEarningsLossPerShare USD/shares 2024-01-01 2024-12-31 1.05 20-F 2025-04-10 2024`)
		require.Equal(t, "TWD", c.Currency)
		require.Equal(t, []string{"FY2023 30000 - -", "FY2024 33000 9000 34.5"}, shown(c, ""))
		require.Contains(t, warned(c), "figures in USD: the company reports in TWD")
	})
}

func TestCompanyFactsAsOf(t *testing.T) {
	t.Parallel()

	t.Run("each figure is known from its filing and says which that is", func(t *testing.T) {
		t.Parallel()
		c := parseFacts(t, oneYear)
		require.Equal(t, fundamentals.Known{On: "2025-02-20", Source: "10-K " + accession("2025-02-20")}, c.Actuals[0].Known)
		require.Equal(t, fundamentals.Known{
			On: "2025-02-20",
			Source: "derived as the year less three quarters, 465 - 100 - 110 - 120 = 135 (10-K 0001234567-20250220 less " +
				"10-Q 0001234567-20240501, 10-Q 0001234567-20240801, 10-Q 0001234567-20241101)",
		}, c.Quarters[3].Known)
		require.Equal(t, []string{"Q1 FY2024 100 - -", "Q2 FY2024 110 - -"}, shown(c, "2024-10-31"))
		require.Empty(t, shown(c, "2024-04-30"))
	})

	t.Run("a restated figure prevails from when it was filed", func(t *testing.T) {
		t.Parallel()
		c := parseFacts(t, oneYear,
			"us-gaap:Revenues USD 2024-01-01 2024-12-31 450 10-K/A 2025-06-01 2024",
			"us-gaap:Revenues USD 2024-07-01 2024-09-30 105 10-Q/A 2025-06-02 2024")
		require.Contains(t, shown(c, "2025-05-31"), "FY2024 465 - -")
		require.Contains(t, shown(c, "2025-06-01"), "FY2024 450 - -")
		require.Contains(t, shown(c, "2025-06-01"), "Q4 FY2024 135 - -", "a restated year is not set off against quarters that are not")
		require.Equal(t, []string{"FY2024 450 - -", "Q1 FY2024 100 - -", "Q2 FY2024 110 - -", "Q3 FY2024 105 - -", "Q4 FY2024 135 - -"}, shown(c, ""))
	})

	t.Run("what is filed again unchanged is known from the first time", func(t *testing.T) {
		t.Parallel()
		c := parseFacts(t, oneYear, "us-gaap:Revenues USD 2024-01-01 2024-12-31 465 10-K 2026-02-20 2025")
		require.Len(t, c.Actuals, 1)
		require.Equal(t, "2025-02-20", c.Actuals[0].On)
	})

	t.Run("lines that come from different filings name each", func(t *testing.T) {
		t.Parallel()
		c := parseFacts(t, oneYear, "us-gaap:NetIncomeLoss USD 2024-01-01 2024-12-31 -7 10-K/A 2025-03-01 2024")
		require.Equal(t, []string{"FY2024 465 - -"}, shown(c, "2025-02-28")[:1])
		last := c.AsOf("").Actuals[0]
		require.Equal(t, "-7", last.NetIncome.Decimal.String())
		require.Equal(t, "revenue: 10-K 0001234567-20250220; net income: 10-K/A 0001234567-20250301", last.Source)
	})
}

func TestFourthQuarterOfCompanyFacts(t *testing.T) {
	t.Parallel()

	t.Run("is what was filed where it was filed", func(t *testing.T) {
		t.Parallel()
		c := parseFacts(t, oneYear, "us-gaap:Revenues USD 2024-10-01 2024-12-31 136 10-K 2025-02-20 2024")
		require.Contains(t, shown(c, ""), "Q4 FY2024 136 - -")
	})

	t.Run("is not derived across concepts", func(t *testing.T) {
		t.Parallel()
		c := parseFacts(t, strings.Replace(oneYear, "Revenues USD 2024-07-01 2024-09-30",
			"SalesRevenueNet USD 2024-07-01 2024-09-30", 1))
		require.NotContains(t, strings.Join(shown(c, ""), ";"), "Q4")
		require.Contains(t, warned(c), "revenue of Q4 FY2024: not filed, and not derived")
	})

	t.Run("is not derived with a quarter missing", func(t *testing.T) {
		t.Parallel()
		c := parseFacts(t, strings.Replace(oneYear, "2024-04-01 2024-06-30", "2024-04-01 2024-05-30", 1))
		require.NotContains(t, strings.Join(shown(c, ""), ";"), "Q4")
	})

	t.Run("subtracts losses as losses, and has no EPS", func(t *testing.T) {
		t.Parallel()
		c := parseFacts(t, strings.NewReplacer("Revenues", "NetIncomeLoss", " 110 ", " -110 ").Replace(oneYear),
			strings.NewReplacer("Revenues", "EarningsPerShareDiluted", "USD", "USD/shares").Replace(oneYear))
		q4 := c.Quarters[3]
		require.Equal(t, "355", q4.NetIncome.Decimal.String())
		require.Contains(t, q4.Source, "465 - 100 - (-110) - 120 = 355")
		require.False(t, q4.DilutedEPS.Valid)
		require.Contains(t, warned(c), "diluted EPS of fourth quarters")
	})
}

func TestScaleOfCompanyFacts(t *testing.T) {
	t.Parallel()
	const years = `
us-gaap:Revenues USD 2021-01-01 2021-12-31 3900000000 10-K 2022-02-20 2021
us-gaap:Revenues USD 2022-01-01 2022-12-31 4100000000 10-K 2023-02-20 2022
`
	for name, wrong := range map[string]string{
		"thousands": "4300000", "millions": "4300", "a thousand times too much": "4300000000000",
	} {
		t.Run("refuses "+name+", and does not rescale", func(t *testing.T) {
			t.Parallel()
			c := parseFacts(t, years, "us-gaap:Revenues USD 2023-01-01 2023-12-31 "+wrong+" 10-K 2024-02-20 2023",
				"us-gaap:NetIncomeLoss USD 2023-01-01 2023-12-31 -1000000 10-K 2024-02-20 2023")
			require.Equal(t, []string{"FY2021 3900000000 - -", "FY2022 4100000000 - -", "FY2023 - -1000000 -"}, shown(c, ""))
			require.Contains(t, warned(c), "revenue of FY2023: 10-K "+accession("2024-02-20")+" gives Revenues as "+wrong)
		})
	}

	t.Run("takes the mended value when it is filed", func(t *testing.T) {
		t.Parallel()
		c := parseFacts(t, years, "us-gaap:Revenues USD 2023-01-01 2023-12-31 4300000 10-K 2024-02-20 2023",
			"us-gaap:Revenues USD 2023-01-01 2023-12-31 4300000000 10-K/A 2024-03-20 2023")
		require.Equal(t, "FY2023 4300000000 - -", shown(c, "")[2])
		require.Len(t, shown(c, "2024-03-19"), 2)
	})

	t.Run("leaves a year that was just bad", func(t *testing.T) {
		t.Parallel()
		c := parseFacts(t, years, "us-gaap:Revenues USD 2023-01-01 2023-12-31 41000000 10-K 2024-02-20 2023")
		require.Equal(t, "FY2023 41000000 - -", shown(c, "")[2])
	})
}

func TestParseCompanyFactsRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ document, field, problem string }{
		"an empty document":              {``, "", "ends too early"},
		"a document that ends too early": {`{"cik": 1, "facts": {"us-gaap": {"Revenues": {"units": {"USD": [{`, "facts.us-gaap.Revenues", "ends too early"},
		"one that ends between concepts": {`{"cik": 1, "facts": {"us-gaap": {`, "facts.us-gaap", "ends too early"},
		"a page instead":                 {`<html>`, "", "not JSON"},
		"a list":                         {`[]`, "", "want an object"},
		"figures of another form":        {`{"cik": 1, "facts": {"us-gaap": {"Revenues": {"units": []}}}}`, "facts.us-gaap.Revenues", "of the wrong form: got array"},
		"no company":                     {`{"facts": {}}`, "cik", "missing"},
		"a company with a name for CIK":  {`{"cik": "x"}`, "cik", "want a whole number"},
		"something after it":             {`{"cik": 1} {}`, "", "follows"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := fundamentals.ParseCompanyFacts([]byte(tt.document), "HLYD")
			var broken *fundamentals.FieldError
			require.ErrorAs(t, err, &broken)
			require.Equal(t, tt.field, broken.Field)
			require.ErrorContains(t, err, tt.problem)
		})
	}

	t.Run("single facts that cannot be read, and says which", func(t *testing.T) {
		t.Parallel()
		c := parseFacts(t, oneYear, `
			us-gaap:Revenues USD 2023-01-01 2023-12-32 400 10-K 2024-02-20 2023
			us-gaap:Revenues USD 2025-01-01 2025-12-31 400 10-K 2025-02-20 2023
			us-gaap:Revenues USD 2022-01-01 2022-12-31 1e99 10-K 2023-02-20 2022
			us-gaap:Revenues pure 2022-01-01 2022-12-31 400 10-K 2023-02-20 2022`)
		require.Len(t, c.AsOf("").Actuals, 1)
		for _, reason := range []string{"dates cannot be read", "dates are not in order", "out of range", `unit "pure"`} {
			require.Contains(t, warned(c), reason)
		}
	})
}

// TestFactsOfSnowflake holds the figures against each other as the real
// document has them, and against those the company announced.
func TestFactsOfSnowflake(t *testing.T) {
	t.Parallel()
	c, cik, err := fundamentals.ParseCompanyFacts(realcalls.Read(t, "fixtures/edgar/companyfacts_SNOW_CIK0001640147.json"), "SNOW")
	require.NoError(t, err)
	require.Equal(t, "0001640147", cik)
	require.Equal(t, "USD", c.Currency)
	years := []string{
		"FY2019 96666000 -178028000 -4.67", "FY2020 264748000 -348535000 -7.77", "FY2021 592049000 -539102000 -3.81",
		"FY2022 1219327000 -679948000 -2.26", "FY2023 2065659000 -796705000 -2.5", "FY2024 2806489000 -836097000 -2.55",
		"FY2025 3626396000 -1285640000 -3.86",
	}
	require.Equal(t, years, shown(c, "")[:len(years)])
	require.Equal(t, []string{
		"Q1 FY2025 828709000 -316988000 -0.95", "Q2 FY2025 868823000 -316899000 -0.95", "Q3 FY2025 942094000 -324279000 -0.98",
		"Q4 FY2025 986770000 -327474000 -", "Q1 FY2026 1042074000 -430092000 -1.29",
	}, shown(c, "")[len(shown(c, ""))-5:])
	require.NotContains(t, shown(c, "2025-03-20"), years[6], "the annual report was filed a day later")

	for year := 2021; year <= 2025; year++ {
		whole, ok := c.Actual(year)
		require.True(t, ok)
		revenue, income := decimal.Zero, decimal.Zero
		for q := 1; q <= 4; q++ {
			quarter, ok := c.Quarter(year, q)
			require.True(t, ok, "Q%d FY%d", q, year)
			revenue, income = revenue.Add(quarter.Revenue.Decimal), income.Add(quarter.NetIncome.Decimal)
		}
		require.Equal(t, whole.Revenue.Decimal.String(), revenue.String())
		require.Equal(t, whole.NetIncome.Decimal.String(), income.String())
	}
}
