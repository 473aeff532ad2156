package providers

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/callrank/callrank/pkg/fmp"
	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/retrieval"
)

// dollar is the currency in which market values are compared.
const dollar = "USD"

// fmpCompany is a company being put together from what the API says.
type fmpCompany struct {
	*fundamentals.Company

	replies *fmpReplies
	// ends are the last days of fiscal years by what they are called, and filed
	// the days on which their statements were.
	ends, filed map[int]string
	// revenue is that of the last year, and shares are its diluted ones.
	revenue, shares fundamentals.Figure
}

// company puts a company together. What failed in passing may be asked for
// again from retryAt on.
func (r *fmpReplies) company(ticker string, retryAt time.Time) *fundamentals.Company {
	profile := r.profile.Items[0]
	c := &fmpCompany{
		Company: &fundamentals.Company{
			Ticker: ticker, Name: profile.Name, Sector: profile.Sector, Industry: profile.Industry,
			Document: "Financial Modeling Prep", Known: fundamentals.Known{On: day(r.profile.Got)},
		},
		replies: r, ends: map[int]string{}, filed: map[int]string{},
	}
	c.Currency = c.reportingCurrency(profile)
	c.statements()
	c.estimates()
	c.market(profile)
	c.segments()
	c.insiders()
	c.institutions()
	c.outages(retryAt)
	return c.Company
}

// day is the date of a moment.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// absent says why there is nothing of a topic: what went wrong, or else the
// reason given.
func (c *fmpCompany) absent(topic fundamentals.Topic, err error, reason string) {
	if c.Has(topic) {
		return
	}
	switch {
	case errors.Is(err, retrieval.ErrNone):
		reason = "FMP has none"
	case err != nil:
		reason = err.Error()
	}
	c.Absent = append(c.Absent, fundamentals.Absence{Topic: topic, Reason: reason})
}

// warn says what is not used, and why, once.
func (c *fmpCompany) warn(what, reason string) {
	warning := fundamentals.Warning{What: "FMP's " + what, Reason: reason}
	if !slices.Contains(c.Warnings, warning) {
		c.Warnings = append(c.Warnings, warning)
	}
}

// reportingCurrency is that of the last statement. Without any it is that of
// the price, unless that is of receipts for shares traded elsewhere.
func (c *fmpCompany) reportingCurrency(profile fmp.Profile) string {
	last, currency := "", ""
	for _, statement := range slices.Concat(c.replies.years.Items, c.replies.quarters.Items) {
		if statement.Date > last && isCurrency(statement.Currency) {
			last, currency = statement.Date, statement.Currency
		}
	}
	if currency == "" && isCurrency(profile.Currency) && !profile.IsADR {
		return profile.Currency
	}
	return currency
}

// isCurrency tells an ISO 4217 code from such as GBp, which is a hundredth.
func isCurrency(code string) bool {
	return len(code) == len(dollar) && !slices.ContainsFunc([]byte(code), func(b byte) bool { return b < 'A' || b > 'Z' })
}

// statements fills in filed years and quarters. What a statement is of is what
// it says itself, not what was asked for.
func (c *fmpCompany) statements() {
	seen := map[[2]int]bool{}
	for _, statement := range slices.Concat(c.replies.years.Items, c.replies.quarters.Items) {
		year, quarter := int(statement.FiscalYear), quarterNamed(statement.Period)
		what := fmt.Sprintf("%s %d", statement.Period, year)
		switch {
		case quarter < 0 || !isDate(statement.Date) || year < 1900 || year > 2200:
			c.warn("statement of "+what, "neither a fiscal year nor a quarter that is known")
			continue
		case statement.Currency != c.Currency:
			c.warn("statement of "+what, fmt.Sprintf("in %q, and the company reports in %s", statement.Currency, c.Currency))
			continue
		case seen[[2]int{year, quarter}]:
			continue // The same answer to both questions.
		}
		seen[[2]int{year, quarter}] = true
		known := c.filing(statement, what)
		revenue, income, eps := figuresOf(statement)
		if quarter > 0 {
			c.Quarters = append(c.Quarters, fundamentals.Quarter{
				Known: known, FiscalYear: year, FiscalQuarter: quarter, PeriodEnd: statement.Date, Revenue: revenue, NetIncome: income, DilutedEPS: eps,
			})
			continue
		}
		c.Actuals = append(c.Actuals, fundamentals.Actual{
			Known: known, FiscalYear: year, PeriodEnd: statement.Date, Revenue: revenue, NetIncome: income, DilutedEPS: eps,
		})
		c.year(statement, known)
	}
	c.absent(fundamentals.TopicActuals, c.replies.years.err, "FMP has no fiscal year that can be used")
	c.absent(fundamentals.TopicQuarters, c.replies.quarters.err, "FMP has no fiscal quarter that can be used")
}

// year remembers what estimates are held against, and the tax rate of the last
// year, which is what the company paid of what it earned.
func (c *fmpCompany) year(statement fmp.Statement, known fundamentals.Known) {
	name := int(statement.FiscalYear)
	latest := statement.Date >= maxOf(c.ends)
	c.ends[name], c.filed[name] = statement.Date, known.On
	if !latest {
		return
	}
	c.revenue, c.shares = statement.Revenue.Figure, statement.DilutedShares.Figure
	c.Rates.Tax = fundamentals.Rate{}
	before, tax := statement.IncomeBeforeTax, statement.IncomeTax
	if !before.Valid || !tax.Valid || !before.Decimal.IsPositive() {
		return
	}
	// Of a year with relief or back taxes nothing follows for the next.
	const places, mostPercent = 4, 50
	rate := tax.Decimal.DivRound(before.Decimal, places)
	if rate.IsPositive() && rate.LessThanOrEqual(decimal.New(mostPercent, -2)) {
		known.Source += fmt.Sprintf(", income tax %s ÷ income before tax %s", tax.Decimal, before.Decimal)
		c.Rates.Tax = fundamentals.Rate{Known: known, Figure: decimal.NewNullDecimal(rate)}
	}
}

func maxOf(dates map[int]string) string {
	last := ""
	for _, date := range dates {
		last = max(last, date)
	}
	return last
}

// filing is since when a statement is known: from its filing, and where that
// cannot be, from when it was got.
func (c *fmpCompany) filing(statement fmp.Statement, what string) fundamentals.Known {
	source := "income statement " + what
	if isDate(statement.Filed) && statement.Filed > statement.Date {
		return fundamentals.Known{On: statement.Filed, Source: source + ", filed " + statement.Filed}
	}
	return fundamentals.Known{On: day(cmp.Or(c.replies.years.Got, c.replies.quarters.Got)), Source: source}
}

// figuresOf are the figures of a statement. The API writes zero for what it
// does not have: a result without shares to share it is none.
func figuresOf(s fmp.Statement) (revenue, income, eps fundamentals.Figure) {
	revenue, income, eps = s.Revenue.Figure, s.NetIncome.Figure, s.DilutedEPS.Figure
	isNought := func(f fundamentals.Figure) bool { return f.Valid && f.Decimal.IsZero() }
	if isNought(revenue) && isNought(income) {
		return fundamentals.Figure{}, fundamentals.Figure{}, fundamentals.Figure{}
	}
	if isNought(eps) && !isNought(income) {
		eps = fundamentals.Figure{}
	}
	return revenue, income, eps
}

// quarterNamed is the quarter of a period, 0 for a year and -1 for others.
func quarterNamed(period string) int {
	return slices.Index([]string{"FY", "Q1", "Q2", "Q3", "Q4"}, period)
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// segments fills in revenue by what is sold, as known from the year's filing.
func (c *fmpCompany) segments() {
	reply := c.replies.segments
	for _, split := range reply.Items {
		year := int(split.FiscalYear)
		if quarterNamed(split.Period) != 0 || split.Currency != "" && split.Currency != c.Currency {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(split.Data)) {
			revenue := split.Data[name].Figure
			if name == "" || !revenue.Valid || !revenue.Decimal.IsPositive() {
				continue
			}
			c.Segments = append(c.Segments, fundamentals.Segment{
				Known: fundamentals.Known{On: cmp.Or(c.filed[year], day(reply.Got)), Source: fmt.Sprintf("revenue by product FY%d", year)},
				Name:  name, FiscalYear: year, Revenue: revenue,
			})
		}
	}
	c.absent(fundamentals.TopicSegments, reply.err, "FMP has none that can be used")
}

// insiders counts what insiders bought and sold on the open market.
func (c *fmpCompany) insiders() {
	reply := c.replies.trades
	if reply.err != nil {
		c.absent(fundamentals.TopicInsiders, reply.err, "")
		return
	}
	to := day(reply.Got)
	from := day(reply.Got.AddDate(0, 0, -tradeDays))
	var buys, sells uint32
	for _, trade := range reply.Items {
		if trade.Filed < from || trade.Filed > to {
			continue
		}
		switch trade.Type {
		case "P-Purchase":
			buys++
		case "S-Sale":
			sells++
		}
	}
	c.Insiders = &fundamentals.Insiders{
		Known: fundamentals.Known{On: to, Source: fmt.Sprintf("insiders' trades filed from %s to %s", from, to)},
		Buys:  &buys, Sells: &sells,
	}
}

// institutions fills in what institutions hold. It is known once all of them
// had to say so.
func (c *fmpCompany) institutions() {
	reply := c.replies.positions
	if len(reply.Items) > 0 && isDate(reply.Items[0].Date) {
		p := reply.Items[0]
		end, _ := time.Parse(time.DateOnly, p.Date)
		c.Holders = &fundamentals.Institutions{
			Known:     fundamentals.Known{On: min(day(end.AddDate(0, 0, filingDays)), day(reply.Got)), Source: "institutions' positions at " + p.Date},
			PeriodEnd: p.Date, New: count(p.New), Closed: count(p.Closed), Increased: count(p.Increased), Reduced: count(p.Reduced),
			HoldersChange: p.Holders.Figure, OwnershipChange: p.Ownership.Figure,
		}
	}
	c.absent(fundamentals.TopicInstitutions, reply.err, "FMP has none that can be used")
}

// count is a whole number that is not negative, nil where it is none.
func count(a fmp.Amount) *uint32 {
	const most = 1_000_000_000
	if !a.Valid || a.Decimal.IsNegative() || !a.Decimal.IsInteger() || a.Decimal.GreaterThan(decimal.NewFromInt(most)) {
		return nil
	}
	return new(uint32(a.Decimal.IntPart()))
}

// outages says whether anything failed in passing, or is a copy because of
// that.
func (c *fmpCompany) outages(retryAt time.Time) {
	for _, err := range c.replies.errors() {
		if errors.Is(err, retrieval.ErrNone) {
			continue
		}
		// One is enough: it is one server, to be asked again at one time.
		if out := fundamentals.Outages(nil, failure(err, fmpName, retryAt)); len(out) > 0 {
			c.Outages = out
			return
		}
	}
}
