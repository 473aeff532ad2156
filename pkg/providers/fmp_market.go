package providers

import (
	"fmt"
	"math"
	"time"

	"github.com/shopspring/decimal"

	"github.com/callrank/callrank/pkg/fmp"
	"github.com/callrank/callrank/pkg/fundamentals"
)

const (
	// yearSlack is by how many days years end on other days than a whole number
	// of years apart, where they end on a weekday or with a month.
	yearSlack = 20
	daysAYear = 365.25
	// mostGrowth is by how much an estimate may differ from the last year before
	// it is taken to be in another currency or scale.
	mostGrowth = 20
	// mostSplit is by how much the shares that follow from an estimate may
	// differ from those there are.
	mostSplit = 2
)

// estimates fills in what analysts expect, and what they expected before, each
// as known from the day on which it was seen first.
func (c *fmpCompany) estimates() {
	reason := "FMP has none that can be used"
	last := map[int]fundamentals.Estimate{}
	for _, seen := range c.replies.expected {
		for _, row := range seen.Estimates {
			estimate, problem := c.estimate(row, seen.On)
			if problem != "" {
				reason = problem
				c.warn("estimate of "+row.Date, problem)
				continue
			}
			before, known := last[estimate.FiscalYear]
			if known && sameFigures(before, estimate) || !estimate.Revenue.Valid && !estimate.NetIncome.Valid && !estimate.EPS.Valid {
				continue
			}
			last[estimate.FiscalYear] = estimate
			c.Consensus = append(c.Consensus, estimate)
		}
	}
	c.absent(fundamentals.TopicConsensus, c.replies.estimates.err, reason)
}

// sameFigures tells that nothing was revised.
func sameFigures(a, b fundamentals.Estimate) bool {
	return sameFigure(a.Revenue, b.Revenue) && sameFigure(a.NetIncome, b.NetIncome) && sameFigure(a.EPS, b.EPS)
}

func sameFigure(a, b fundamentals.Figure) bool {
	return a.Valid == b.Valid && a.Decimal.Equal(b.Decimal)
}

// estimate reads what analysts expect of a year, or says why it is not used.
// The API names a year by its last day only, and no currency.
func (c *fmpCompany) estimate(row fmp.AnalystEstimate, on string) (estimate fundamentals.Estimate, problem string) {
	year, ok := c.fiscalYear(row.Date)
	if !ok {
		return estimate, fmt.Sprintf("FMP's estimates are of years that end on %s, and the company's end on %s", row.Date, maxOf(c.ends))
	}
	estimate = fundamentals.Estimate{
		Known:      fundamentals.Known{On: on, Source: "analysts' estimates of " + row.Date},
		FiscalYear: year, PeriodEnd: row.Date,
	}
	// The API writes zero for what it does not have.
	if row.RevenueAnalysts > 0 || row.Revenue.Decimal.IsPositive() {
		estimate.Revenue, estimate.NetIncome = row.Revenue.Figure, row.NetIncome.Figure
	}
	if row.EPSAnalysts > 0 || !row.EPS.Decimal.IsZero() {
		estimate.EPS = row.EPS.Figure
	}
	if apart(estimate.Revenue, c.revenue) > mostGrowth {
		return estimate, fmt.Sprintf("FMP expects revenue of %s, and the last year had %s: in another currency or scale", estimate.Revenue.Decimal, c.revenue.Decimal)
	}
	c.perShare(&estimate)
	return estimate, ""
}

// perShare refuses earnings per share that are of other shares than those the
// company counts, such as receipts for several.
func (c *fmpCompany) perShare(estimate *fundamentals.Estimate) {
	if !estimate.EPS.Valid || !estimate.NetIncome.Valid || !estimate.EPS.Decimal.IsPositive() || !estimate.NetIncome.Decimal.IsPositive() {
		return
	}
	const places = 0
	implied := decimal.NewNullDecimal(estimate.NetIncome.Decimal.DivRound(estimate.EPS.Decimal, places))
	if apart(implied, c.shares) <= mostSplit {
		return
	}
	c.warn("EPS estimate of "+estimate.PeriodEnd, fmt.Sprintf("net income %s ÷ EPS %s is %s shares, and the company counts %s",
		estimate.NetIncome.Decimal, estimate.EPS.Decimal, implied.Decimal, c.shares.Decimal))
	estimate.EPS = fundamentals.Figure{}
}

// apart is how many times the smaller of two figures the larger is, 1 where
// that cannot be told.
func apart(a, b fundamentals.Figure) float64 {
	if !a.Valid || !b.Valid || !a.Decimal.IsPositive() || !b.Decimal.IsPositive() {
		return 1
	}
	times := a.Decimal.InexactFloat64() / b.Decimal.InexactFloat64()
	return max(times, 1/times)
}

// fiscalYear is the name of the fiscal year that ends on a day: that of a filed
// year a whole number of years before. Without a filed year it is the calendar
// year it ends in, or the one before in the first week of January.
func (c *fmpCompany) fiscalYear(end string) (int, bool) {
	to, err := time.Parse(time.DateOnly, end)
	if err != nil {
		return 0, false
	}
	if len(c.ends) == 0 {
		const overlap = 7
		return to.AddDate(0, 0, -overlap).Year(), true
	}
	last := maxOf(c.ends)
	for name, date := range c.ends {
		if date != last {
			continue
		}
		from, _ := time.Parse(time.DateOnly, date)
		days := to.Sub(from).Hours() / 24
		years := math.Round(days / daysAYear)
		return name + int(years), math.Abs(days-years*daysAYear) <= yearSlack
	}
	return 0, false
}

// market fills in price and market value: of the quote or, where there is none,
// of the profile.
func (c *fmpCompany) market(profile fmp.Profile) {
	known := fundamentals.Known{On: day(c.replies.profile.Got), Source: "profile"}
	price, value := profile.Price.Figure, profile.Cap.Figure
	if items := c.replies.quote.Items; len(items) > 0 && items[0].Price.Valid {
		price, value = items[0].Price.Figure, items[0].Cap.Figure
		known.On, known.Source = day(c.replies.quote.Got), "quote"
		if at := day(time.Unix(items[0].Timestamp, 0)); items[0].Timestamp > 0 && at <= known.On {
			known.On = at
		}
	}
	switch {
	case !isCurrency(profile.Currency):
		c.absent(fundamentals.TopicMarket, nil, fmt.Sprintf("FMP prices it in %q, which is no currency that is known", profile.Currency))
		return
	case !price.Valid || !price.Decimal.IsPositive():
		c.absent(fundamentals.TopicMarket, c.replies.quote.err, "FMP has no price")
		return
	}
	c.Market = &fundamentals.Market{
		Known: known, Currency: profile.Currency, Price: price, Cap: positive(value), Beta: profile.Beta.Figure,
	}
	if profile.Currency == dollar {
		c.Market.CapUSD = c.Market.Cap
		if volume := positive(profile.AverageVolume.Figure); volume.Valid {
			c.Market.DailyVolume = decimal.NewNullDecimal(volume.Decimal.Mul(price.Decimal))
		}
	}
	c.enterpriseValue()
}

// positive is a figure that is more than zero, else unknown.
func positive(f fundamentals.Figure) fundamentals.Figure {
	if !f.Valid || !f.Decimal.IsPositive() {
		return fundamentals.Figure{}
	}
	return f
}

// enterpriseValue is today's market value and the debt less cash at the end of
// the last quarter: what its metrics add to the market value of then.
func (c *fmpCompany) enterpriseValue() {
	for _, m := range c.replies.metrics.Items {
		if m.Currency == c.Market.Currency && m.Cap.Valid && m.EnterpriseValue.Valid && c.Market.Cap.Valid {
			debt := m.EnterpriseValue.Decimal.Sub(m.Cap.Decimal)
			c.Market.EnterpriseValue = decimal.NewNullDecimal(c.Market.Cap.Decimal.Add(debt))
			c.Market.Source += fmt.Sprintf(", debt less cash %s at %s", debt, m.Date)
			return
		}
	}
}
