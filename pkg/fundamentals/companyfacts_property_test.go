package fundamentals_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/tests/realcalls"
)

// filings draws some years of reports, each filed six weeks after its period,
// with what was filed again a year later, now and then changed.
func filings(t *rapid.T) []string {
	month := time.Month(rapid.IntRange(1, 12).Draw(t, "first month"))
	years := rapid.IntRange(2, 5).Draw(t, "years")
	concept := rapid.SampledFrom([]string{"us-gaap:Revenues", "us-gaap:NetIncomeLoss", "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"}).Draw(t, "concept")
	var lines []string
	fact := func(start, end time.Time, value int, form string, again bool) {
		filed := end.AddDate(0, 0, 42)
		if again {
			filed = filed.AddDate(1, 0, 0)
		}
		lines = append(lines, fmt.Sprintf("%s USD %s %s %d %s %s %d", concept, start.Format(time.DateOnly), end.Format(time.DateOnly),
			value, form, filed.Format(time.DateOnly), filed.Year()))
	}
	for y := range years {
		begin := time.Date(2015+y, month, 1, 0, 0, 0, 0, time.UTC)
		total, sofar := 0, 0
		for q := range 4 {
			start, end := begin.AddDate(0, 3*q, 0), begin.AddDate(0, 3*q+3, -1)
			value := rapid.IntRange(1000, 9000).Draw(t, "value")
			total += value
			if q == 3 {
				break
			}
			sofar += value
			fact(start, end, value, "10-Q", false)
			if q > 0 {
				fact(begin, end, sofar, "10-Q", false)
			}
			if rapid.Bool().Draw(t, "again") {
				change := rapid.SampledFrom([]int{0, 0, -100, 70}).Draw(t, "change")
				fact(start, end, value+change, "10-Q", true)
			}
		}
		fact(begin, begin.AddDate(1, 0, -1), total, "10-K", false)
		if rapid.Bool().Draw(t, "year again") {
			fact(begin, begin.AddDate(1, 0, -1), total+rapid.SampledFrom([]int{0, 0, 50}).Draw(t, "year change"), "10-K", true)
		}
	}
	return lines
}

func TestWhatIsFiledLaterChangesNothingOfWhatWasKnown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lines := filings(t)
		filed := func(line string) string { return strings.Fields(line)[6] }
		dates, annual := make([]string, 0, len(lines)), make([]string, 0, len(lines))
		for _, line := range lines {
			dates = append(dates, filed(line))
			if strings.Fields(line)[5] == "10-K" {
				annual = append(annual, filed(line))
			}
		}
		date := rapid.SampledFrom(dates).Draw(t, "date")
		if date < slices.Min(annual) {
			// Without an annual report the fiscal year is less certain.
			return
		}
		until := slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return filed(line) > date })
		all, _, err := fundamentals.ParseCompanyFacts(factsOf(lines...), "HLYD")
		require.NoError(t, err)
		then, _, err := fundamentals.ParseCompanyFacts(factsOf(until...), "HLYD")
		require.NoError(t, err)
		require.Equal(t, then.AsOf("").Actuals, all.AsOf(date).Actuals)
		require.Equal(t, then.AsOf("").Quarters, all.AsOf(date).Quarters)
	})
}

func TestQuartersAddUpToTheYearUnlessRestated(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, _, err := fundamentals.ParseCompanyFacts(factsOf(filings(t)...), "HLYD")
		require.NoError(t, err)
		for _, year := range c.Actuals {
			then := c.AsOf(year.On)
			sum, known := fundamentals.Figure{Valid: true}, 0
			for _, q := range then.Quarters {
				if q.FiscalYear == year.FiscalYear {
					figure := q.Revenue
					if !figure.Valid {
						figure = q.NetIncome
					}
					sum.Decimal = sum.Decimal.Add(figure.Decimal)
					known++
				}
			}
			first := !slices.ContainsFunc(c.Actuals, func(a fundamentals.Actual) bool {
				return a.FiscalYear == year.FiscalYear && a.On < year.On
			})
			if whole := year.Revenue; first && known == 4 && whole.Valid {
				require.Equal(t, whole.Decimal.String(), sum.Decimal.String())
			}
		}
	})
}

func FuzzParseCompanyFacts(f *testing.F) {
	f.Add(factsOf(oneYear))
	f.Add([]byte(`{"cik": "0001", "entityName": "x", "facts": {"us-gaap": {"Revenues": {"units": {"USD": [{"end": "2024-12-31"}, {}]}}}}}`))
	f.Add([]byte(`{"cik": 1, "facts": {"ifrs-full": {"Revenue": {"label": null, "units": null}}}, "more": [1, {"a": []}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, cik, err := fundamentals.ParseCompanyFacts(b, "HLYD")
		if err != nil {
			var broken *fundamentals.FieldError
			require.ErrorAs(t, err, &broken)
			return
		}
		require.Len(t, cik, 10)
		again, _, err := fundamentals.ParseCompanyFacts(b, "HLYD")
		require.NoError(t, err)
		require.Equal(t, c, again)
		for _, q := range c.Quarters {
			require.NotEmpty(t, q.On)
			require.GreaterOrEqual(t, q.FiscalQuarter, 1)
			require.LessOrEqual(t, q.FiscalQuarter, 4)
		}
	})
}

func BenchmarkParseCompanyFacts(b *testing.B) {
	document := realcalls.Read(b, "fixtures/edgar/companyfacts_SNOW_CIK0001640147.json")
	b.SetBytes(int64(len(document)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := fundamentals.ParseCompanyFacts(document, "SNOW"); err != nil {
			b.Fatal(err)
		}
	}
}
