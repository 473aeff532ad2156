// Package fundamentals is what is known of a company as of a date: its filed
// years and quarters, its segments, what analysts expect, what the market pays
// and who owns it. Each figure carries the date it was known from and where it
// stands, so that a call can be grounded in what was known at the time.
//
// Figures are exact decimals, in units of their currency and never in
// thousands or millions. A figure that is not known is invalid, never zero.
package fundamentals

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"
)

// Figure is a decimal that may be unknown: Valid says whether it is known.
type Figure = decimal.NullDecimal

// Known says since when a figure is known, and where it stands.
type Known struct {
	// On is an ISO 8601 date.
	On string
	// Source names the document, such as "10-K for fiscal 2025".
	Source string
}

// by tells whether this was known on a date. No date means any time.
func (k Known) by(date string) bool { return date == "" || k.On <= date }

// Company is what is known of one company. It is not changed once parsed, and
// may be read by several goroutines at once.
type Company struct {
	// Ticker is in upper case.
	Ticker   string
	Name     string
	Sector   string
	Industry string
	// Currency is the ISO 4217 code in which the company reports.
	Currency string
	// Known is the date and source of everything that has no own.
	Known Known
	// Document names what the provider read, such as "file AMZN.json".
	Document string

	Market    *Market
	Actuals   []Actual
	Quarters  []Quarter
	Consensus []Estimate
	Segments  []Segment
	Insiders  *Insiders
	Holders   *Institutions
	Rates     Rates

	// Warnings say what of the source's figures is not used or not known, and
	// why. They are of the document as a whole, whatever the date.
	Warnings []Warning

	// Absent says of topics why nothing is known of them. Of a topic that
	// stands here there may be something after all: Why tells.
	Absent []Absence

	// Outages are the providers that could not be asked, so that figures of
	// theirs are missing or old. Without any, asking again gives the same until
	// there is something new.
	Outages []Outage

	// parts are what this was merged from, none where it was not.
	parts []*Company
}

// Rate is a figure for sizing, with its own date and source.
type Rate struct {
	Known
	Figure
}

// Rates are what sizing needs and nobody files, where the source gives them.
// Each is a fraction but for the useful life.
type Rates struct {
	Tax                  Rate
	IncrementalNetMargin Rate
	// CommitmentRecognised is the share of commitments that becomes revenue
	// in the next fiscal year.
	CommitmentRecognised Rate
	// UsefulLifeYears is over how many years equipment is written off.
	UsefulLifeYears Rate
}

// all are the rates, in order.
func (r *Rates) all() []*Rate {
	return []*Rate{&r.Tax, &r.IncrementalNetMargin, &r.CommitmentRecognised, &r.UsefulLifeYears}
}

// Market is what the market pays.
type Market struct {
	Known

	// Currency of Price and Cap: an ISO 4217 code. It need not be the
	// currency in which the company reports.
	Currency string
	Price    Figure
	Cap      Figure
	// CapUSD is Cap in US dollars: the source's own figure, or Cap itself
	// where Currency is USD.
	CapUSD Figure
	// EnterpriseValue is Cap and debt less cash, in Currency.
	EnterpriseValue Figure
	Beta            Figure
	// DailyVolume is the average daily dollar volume.
	DailyVolume Figure
}

// Actual is a full fiscal year as filed.
type Actual struct {
	Known

	FiscalYear int
	// PeriodEnd is the last day of the year, ISO 8601; empty where the source
	// doesn't say.
	PeriodEnd  string
	Revenue    Figure
	NetIncome  Figure
	DilutedEPS Figure
}

// Quarter is a fiscal quarter as filed: three months, never year to date.
type Quarter struct {
	Known

	FiscalYear    int
	FiscalQuarter int
	// PeriodEnd is the last day of the quarter, as in Actual.
	PeriodEnd  string
	Revenue    Figure
	NetIncome  Figure
	DilutedEPS Figure
}

// Estimate is what analysts expect of a fiscal year, as known on a date: several
// of one year are what they revised. The growth rates are fractions against the
// year before, for sources that give no level.
type Estimate struct {
	Known

	FiscalYear int
	// PeriodEnd is the last day of the year, as in Actual.
	PeriodEnd       string
	Revenue         Figure
	NetIncome       Figure
	EPS             Figure
	RevenueGrowth   Figure
	NetIncomeGrowth Figure
	EPSGrowth       Figure
}

// Segment is a part of the company that files revenue of its own.
type Segment struct {
	Known

	Name string
	// Aliases are other names, and names of what the segment sells.
	Aliases    []string
	FiscalYear int
	Revenue    Figure
	// IncrementalNetMargin is the segment's own, a fraction.
	IncrementalNetMargin Figure
}

// Insiders counts what insiders did on the open market.
type Insiders struct {
	Known

	Buys  *uint32
	Sells *uint32
}

// Institutions counts what institutional holders did over a quarter.
type Institutions struct {
	Known

	// PeriodEnd is the day the positions are of: an ISO 8601 date.
	PeriodEnd string
	New       *uint32
	Closed    *uint32
	Increased *uint32
	Reduced   *uint32
	// HoldersChange is how many more institutions hold shares.
	HoldersChange Figure
	// OwnershipChange is in percentage points of the company.
	OwnershipChange Figure
}

// Origin says in words where a figure comes from: the document the provider
// read, and what that names as its source.
func (c *Company) Origin(k Known) string {
	source := cmp.Or(k.Source, c.Known.Source)
	switch {
	case c.Document == "":
		return source
	case source == "":
		return c.Document
	}
	return c.Document + ": " + source
}

// AsOf returns what was known of the company on a date (ISO 8601); of a figure
// that was restated, only what was known of it then. An empty date holds
// nothing back. The company itself is not changed.
func (c *Company) AsOf(date string) *Company {
	if len(c.parts) > 0 {
		then := make([]*Company, len(c.parts))
		for i, part := range c.parts {
			then[i] = part.AsOf(date)
		}
		return merge(then)
	}
	then := *c
	then.Actuals = latest(c.Actuals, date, func(a Actual) (key, Known) { return key{year: a.FiscalYear}, a.Known })
	then.Quarters = latest(c.Quarters, date, func(q Quarter) (key, Known) {
		return key{year: q.FiscalYear, quarter: q.FiscalQuarter}, q.Known
	})
	then.Consensus = latest(c.Consensus, date, func(e Estimate) (key, Known) { return key{year: e.FiscalYear}, e.Known })
	then.Segments = latest(c.Segments, date, func(s Segment) (key, Known) {
		return key{name: s.Name, year: s.FiscalYear}, s.Known
	})
	if c.Market != nil && !c.Market.by(date) {
		then.Market = nil
	}
	if c.Insiders != nil && !c.Insiders.by(date) {
		then.Insiders = nil
	}
	if c.Holders != nil && !c.Holders.by(date) {
		then.Holders = nil
	}
	for _, rate := range then.Rates.all() {
		if !rate.by(date) {
			*rate = Rate{}
		}
	}
	then.heldBack(c, date)
	return &then
}

// key tells figures of one kind apart; two entries with one key are two
// states of knowledge about the same thing.
type key struct {
	name          string
	year, quarter int
}

func (k key) compare(other key) int {
	return cmp.Or(cmp.Compare(k.year, other.year), cmp.Compare(k.quarter, other.quarter), cmp.Compare(k.name, other.name))
}

// latest keeps, of the entries known on a date, the one known last for each
// key, in order of the key.
func latest[T any](entries []T, date string, describe func(T) (key, Known)) []T {
	var kept []T
	for _, entry := range entries {
		if _, known := describe(entry); known.by(date) {
			kept = append(kept, entry)
		}
	}
	slices.SortStableFunc(kept, func(a, b T) int {
		ka, knownA := describe(a)
		kb, knownB := describe(b)
		return cmp.Or(ka.compare(kb), cmp.Compare(knownB.On, knownA.On))
	})
	return slices.CompactFunc(kept, func(a, b T) bool {
		ka, _ := describe(a)
		kb, _ := describe(b)
		return ka == kb
	})
}

// Actual returns a filed year.
func (c *Company) Actual(year int) (Actual, bool) {
	return last(c.Actuals, func(a Actual) bool { return a.FiscalYear == year })
}

// ActualBy returns the last filed year that is not after the given one.
func (c *Company) ActualBy(year int) (Actual, bool) {
	var found Actual
	var ok bool
	for _, a := range c.Actuals {
		if a.FiscalYear > year {
			continue
		}
		if !ok || a.FiscalYear > found.FiscalYear || (a.FiscalYear == found.FiscalYear && a.On >= found.On) {
			found, ok = a, true
		}
	}
	return found, ok
}

// Quarter returns a filed quarter.
func (c *Company) Quarter(year, quarter int) (Quarter, bool) {
	return last(c.Quarters, func(q Quarter) bool { return q.FiscalYear == year && q.FiscalQuarter == quarter })
}

// Estimate returns what analysts expect of a fiscal year.
func (c *Company) Estimate(year int) (Estimate, bool) {
	return last(c.Consensus, func(e Estimate) bool { return e.FiscalYear == year })
}

// Revisions are what analysts expected of a fiscal year, in the order in which
// it was known: the last is what they expect now.
// Of several sources it is what the first of them says that has the year.
func (c *Company) Revisions(year int) []Estimate {
	var all []Estimate
	for _, part := range c.parts {
		shift := shiftOf(c.parts[0], part)
		for _, estimate := range part.Revisions(year - shift) {
			estimate.FiscalYear, estimate.Known = year, part.whole(estimate.Known)
			all = append(all, estimate)
		}
		if len(all) > 0 {
			return all
		}
	}
	for _, estimate := range c.Consensus {
		if estimate.FiscalYear == year {
			all = append(all, estimate)
		}
	}
	slices.SortStableFunc(all, func(a, b Estimate) int { return cmp.Compare(a.On, b.On) })
	return all
}

// dated is an entry that says since when it is known.
type dated interface{ knownOn() string }

func (k Known) knownOn() string { return k.On }

// last returns the matching entry that was known last.
func last[T dated](entries []T, match func(T) bool) (T, bool) {
	var found T
	var ok bool
	for _, entry := range entries {
		if match(entry) && (!ok || entry.knownOn() >= found.knownOn()) {
			found, ok = entry, true
		}
	}
	return found, ok
}

// LatestKnown is the latest date from which any of the figures is known.
func (c *Company) LatestKnown() string {
	date := ""
	see := func(k Known) { date = max(date, k.On) }
	for _, a := range c.Actuals {
		see(a.Known)
	}
	for _, q := range c.Quarters {
		see(q.Known)
	}
	for _, e := range c.Consensus {
		see(e.Known)
	}
	for _, s := range c.Segments {
		see(s.Known)
	}
	if c.Market != nil {
		see(c.Market.Known)
	}
	if c.Insiders != nil {
		see(c.Insiders.Known)
	}
	if c.Holders != nil {
		see(c.Holders.Known)
	}
	for _, rate := range c.Rates.all() {
		see(rate.Known)
	}
	return date
}
