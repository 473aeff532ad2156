package fundamentals

import (
	"cmp"
	"fmt"
)

// Parse reads a company from its JSON form:
//
//	{"ticker": "HLYD", "company": "Halyard, Inc.", "sector": "...", "industry": "...", "currency": "USD",
//	 "as_of": "2026-05-01", "source": "10-K for fiscal 2025",
//	 "market": {"price": 12.5, "market_cap": 2500000000, "market_cap_usd": ..., "currency": "USD", "enterprise_value": ..., "beta": 1.1, "average_daily_dollar_volume": 1000000},
//	 "actuals": [{"fiscal_year": 2025, "revenue": 900000000, "net_income": 90000000, "diluted_eps": 0.45}],
//	 "quarters": [{"fiscal_year": 2025, "fiscal_quarter": 4, "revenue": 240000000, ...}],
//	 "consensus": [{"fiscal_year": 2026, "revenue": ..., "net_income": ..., "eps": ..., "revenue_growth": 0.13, "net_income_growth": 0.2, "eps_growth": 0.2}],
//	 "segments": [{"name": "Cloud", "aliases": ["Rigging"], "fiscal_year": 2025, "revenue": 300000000, "incremental_net_margin": 0.3}],
//	 "ownership": {"insiders": {"open_market_buys": 2, "open_market_sells": 1},
//	               "institutions": {"as_of": "2026-03-31", "new": 4, "closed": 2, "increased": 9, "reduced": 7, "holders_change": 2, "ownership_change_pp": 0.4}},
//	 "tax_rate": 0.21, "incremental_net_margin": 0.25, "commitment_recognised_next_year": 0.15, "useful_life_years": 6}
//
// Ticker, currency and as_of must be there; everything else may be absent.
// Money is in units, growth and rates are fractions. Every entry may have its
// own known_on (a date) and source; the others are known on as_of from the
// document's source; estimates of one year with several such dates are what
// analysts revised. Years, quarters and estimates may have the day they end as
// period_end. Unknown fields are refused, but for "note".
//
// The error, if any, is a *FieldError.
func Parse(b []byte) (*Company, error) {
	tree, err := readTree(b)
	if err != nil {
		return nil, err
	}
	doc := &document{}
	top := doc.open("", tree)
	company := readCompany(top)
	top.close()
	if doc.err == nil {
		company.checkTwice(doc)
	}
	if doc.err != nil {
		return nil, doc.err
	}
	return company, nil
}

func readCompany(f *fields) *Company {
	ticker, ok := Ticker(f.required("ticker"))
	if !ok {
		f.failf("ticker", "not a ticker")
	}
	c := &Company{
		Ticker: ticker, Name: f.text("company"), Sector: f.text("sector"), Industry: f.text("industry"),
		Currency: f.currency("currency"),
		Known:    Known{On: f.date("as_of"), Source: f.text("source")},
	}
	c.Rates = Rates{
		Tax:                  c.rate(f.fraction("tax_rate", 0, 1)),
		IncrementalNetMargin: c.rate(f.fraction("incremental_net_margin", -1, 1)),
		CommitmentRecognised: c.rate(f.fraction("commitment_recognised_next_year", 0, 1)),
		UsefulLifeYears:      c.rate(f.figure("useful_life_years")),
	}
	if c.Currency == "" {
		f.failf("currency", "missing")
	}
	if c.Known.On == "" {
		f.failf("as_of", "missing")
	}
	if life := c.Rates.UsefulLifeYears; life.Valid && !life.Decimal.IsPositive() {
		f.failf("useful_life_years", "want more than 0, got %s", life.Decimal)
	}
	f.one("market", func(f *fields) { c.Market = readMarket(f, c) })
	c.readYears(f)
	f.one("ownership", func(f *fields) { c.readOwnership(f) })
	return c
}

// rate is a figure for sizing, known as the document is.
func (c *Company) rate(figure Figure) Rate {
	if !figure.Valid {
		return Rate{}
	}
	return Rate{c.Known, figure}
}

// readKnown is the entry's own date and source, else the document's.
func (c *Company) readKnown(f *fields) Known {
	return Known{On: cmp.Or(f.date("known_on"), c.Known.On), Source: f.text("source")}
}

func readMarket(f *fields, c *Company) *Market {
	m := &Market{
		Known: c.readKnown(f), Currency: cmp.Or(f.currency("currency"), c.Currency),
		Price: f.figure("price"), Cap: f.figure("market_cap"), CapUSD: f.figure("market_cap_usd"),
		EnterpriseValue: f.figure("enterprise_value"), Beta: f.figure("beta"), DailyVolume: f.figure("average_daily_dollar_volume"),
	}
	if m.Currency != "USD" {
		return m
	}
	if m.CapUSD.Valid && m.Cap.Valid && !m.CapUSD.Decimal.Equal(m.Cap.Decimal) {
		f.failf("market_cap_usd", "differs from market_cap, which is in US dollars too")
	}
	if !m.CapUSD.Valid {
		m.CapUSD = m.Cap
	}
	return m
}

func (c *Company) readYears(f *fields) {
	// Analysts expect no more than tenfold growth, and 13% written as 13 is
	// caught by that.
	const fall, rise = -1, 10
	f.each("actuals", func(f *fields) {
		c.Actuals = append(c.Actuals, Actual{
			Known: c.readKnown(f), FiscalYear: f.fiscalYear(), PeriodEnd: f.date("period_end"),
			Revenue: f.figure("revenue"), NetIncome: f.figure("net_income"), DilutedEPS: f.figure("diluted_eps"),
		})
	})
	f.each("quarters", func(f *fields) {
		c.Quarters = append(c.Quarters, Quarter{
			Known: c.readKnown(f), FiscalYear: f.fiscalYear(), FiscalQuarter: f.fiscalQuarter(), PeriodEnd: f.date("period_end"),
			Revenue: f.figure("revenue"), NetIncome: f.figure("net_income"), DilutedEPS: f.figure("diluted_eps"),
		})
	})
	f.each("consensus", func(f *fields) {
		c.Consensus = append(c.Consensus, Estimate{
			Known: c.readKnown(f), FiscalYear: f.fiscalYear(), PeriodEnd: f.date("period_end"),
			Revenue: f.figure("revenue"), NetIncome: f.figure("net_income"), EPS: f.figure("eps"),
			RevenueGrowth:   f.fraction("revenue_growth", fall, rise),
			NetIncomeGrowth: f.fraction("net_income_growth", -rise, rise),
			EPSGrowth:       f.fraction("eps_growth", -rise, rise),
		})
	})
	f.each("segments", func(f *fields) {
		c.Segments = append(c.Segments, Segment{
			Known: c.readKnown(f), Name: f.required("name"), Aliases: f.texts("aliases"),
			FiscalYear: f.fiscalYear(), Revenue: f.figure("revenue"),
			IncrementalNetMargin: f.fraction("incremental_net_margin", -1, 1),
		})
	})
}

func (c *Company) readOwnership(f *fields) {
	f.one("insiders", func(f *fields) {
		c.Insiders = &Insiders{Known: c.readKnown(f), Buys: f.count("open_market_buys"), Sells: f.count("open_market_sells")}
	})
	f.one("institutions", func(f *fields) {
		c.Holders = &Institutions{
			Known: c.readKnown(f), PeriodEnd: f.date("as_of"),
			New: f.count("new"), Closed: f.count("closed"), Increased: f.count("increased"), Reduced: f.count("reduced"),
			HoldersChange: f.figure("holders_change"), OwnershipChange: f.figure("ownership_change_pp"),
		}
	})
}

// checkTwice refuses two entries about the same thing known from the same day:
// nothing says which of them is right.
func (c *Company) checkTwice(doc *document) {
	twice(doc, "actuals", c.Actuals, func(a Actual) string { return fmt.Sprintf("FY%d", a.FiscalYear) })
	twice(doc, "quarters", c.Quarters, func(q Quarter) string { return fmt.Sprintf("Q%d FY%d", q.FiscalQuarter, q.FiscalYear) })
	twice(doc, "consensus", c.Consensus, func(e Estimate) string { return fmt.Sprintf("FY%d", e.FiscalYear) })
	twice(doc, "segments", c.Segments, func(s Segment) string { return fmt.Sprintf("%s FY%d", s.Name, s.FiscalYear) })
}

func twice[T dated](doc *document, name string, entries []T, describe func(T) string) {
	seen := map[[2]string]bool{}
	for i, entry := range entries {
		what := describe(entry)
		id := [2]string{what, entry.knownOn()}
		if seen[id] {
			doc.failf(fmt.Sprintf("%s[%d]", name, i), "%s is there twice, both known on %s", what, entry.knownOn())
		}
		seen[id] = true
	}
}
