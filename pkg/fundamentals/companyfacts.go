package fundamentals

import (
	"cmp"
	"fmt"
	"slices"
)

// ParseCompanyFacts reads the document in which the SEC gives all figures of a
// company's filings ("company facts") into the years and quarters of the
// company that is listed under the ticker. CIK is the SEC's number of it, ten
// digits.
//
// A year or quarter has an entry for each date on which something new was known
// of it: AsOf selects. An entry's source names the form and the accession
// number. A later filing prevails over an earlier one; what it repeats is known
// from when it was first filed.
//
//   - Revenue, net income and diluted EPS are filed under many concepts. Which
//     is taken is decided filing by filing, so the one in use now decides about
//     the periods it covers. Of several totals the largest is the total.
//   - Periods go by their dates: a year has 350 to 380 days, a quarter 80 to
//     100. Nothing reported year to date is a quarter. What a document is
//     labelled as says nothing of its figures, which are also of years before;
//     fiscal periods are told from the ends of the years that annual reports
//     are of.
//   - A fourth quarter that is not filed is the year less three quarters, with
//     the arithmetic as its source, where all four are filed under one concept
//     and restated alike. EPS is not derived: the shares differ from quarter to
//     quarter.
//   - Values of about a thousand or a million times their neighbours' are
//     refused. Nothing is rescaled.
//   - The company reports in the currency in which its last annual report has
//     the most figures: translations for convenience have fewer. Figures in
//     other currencies are not used.
//
// What is refused or missing is in the company's Warnings. The error, if any,
// is a *FieldError.
func ParseCompanyFacts(b []byte, ticker string) (company *Company, cik string, err error) {
	folded, ok := Ticker(ticker)
	if !ok {
		return nil, "", &FieldError{Field: "ticker", Problem: "not a ticker"}
	}
	file, err := readFactFile(b)
	if err != nil {
		return nil, "", err
	}
	if file.cik == "" {
		return nil, "", &FieldError{Field: "cik", Problem: "missing"}
	}
	company = &Company{
		Ticker: folded, Name: file.name, Known: Known{On: file.latest, Source: "SEC company facts"},
	}
	company.Currency = reportingCurrency(file.facts)
	facts := slices.DeleteFunc(file.facts, func(f fact) bool {
		other := f.currency != company.Currency
		if other && (f.isYear() || f.isQuarter()) {
			file.warned.add("figures in "+f.currency, "the company reports in "+company.Currency)
		}
		return other
	})
	figures := arrange(facts, newCalendar(facts), &file.warned)
	figures.checkScale()
	figures.fill(company)
	company.Warnings = file.warned.list
	for _, topic := range []Topic{TopicConsensus, TopicSegments, TopicMarket, TopicInsiders, TopicInstitutions} {
		company.Absent = append(company.Absent, Absence{topic, "not among the SEC's company facts"})
	}
	return company, file.cik, nil
}

// reportingCurrency is the currency of most figures of the last annual report,
// or of the last filing where there is none.
func reportingCurrency(facts []fact) string {
	var last filing
	annual := false
	for i := range facts {
		f := &facts[i]
		isYear := isAnnual(f.form) && f.isYear()
		newer := cmp.Or(cmp.Compare(truth(isYear), truth(annual)), cmp.Compare(f.filed, last.filed), cmp.Compare(f.accession, last.accession))
		if newer > 0 {
			last, annual = f.filing, isYear
		}
	}
	count := map[string]int{}
	currency := ""
	for i := range facts {
		if facts[i].accession == last.accession {
			count[facts[i].currency]++
		}
	}
	for c, n := range count {
		if currency == "" || n > count[currency] || n == count[currency] && c < currency {
			currency = c
		}
	}
	return currency
}

// fill puts years and quarters into a company.
func (f *filedFigures) fill(c *Company) {
	for _, period := range f.withFourthQuarters() {
		var all [lines][]point
		for l := range lines {
			all[l] = f.histories[l][period].points()
			if period.quarter == quartersAYear {
				all[l] = f.fourthQuarter(l, period.year, all[l])
			}
		}
		known := states(all)
		end := f.endOf(period)
		for _, s := range known {
			if period.quarter == 0 {
				c.Actuals = append(c.Actuals, Actual{
					Known: s.Known, FiscalYear: period.year, PeriodEnd: end,
					Revenue: s.figures[lineRevenue], NetIncome: s.figures[lineIncome], DilutedEPS: s.figures[lineEPS],
				})
				continue
			}
			c.Quarters = append(c.Quarters, Quarter{
				Known: s.Known, FiscalYear: period.year, FiscalQuarter: period.quarter, PeriodEnd: end,
				Revenue: s.figures[lineRevenue], NetIncome: s.figures[lineIncome], DilutedEPS: s.figures[lineEPS],
			})
		}
		f.tellMissing(period, all)
	}
}

// endOf is the last day of a period. A fourth quarter ends with its year.
func (f *filedFigures) endOf(period fiscalPeriod) string {
	if s, ok := f.spans[period]; ok {
		return s.end.String()
	}
	if s, ok := f.spans[fiscalPeriod{year: period.year}]; ok && period.quarter == quartersAYear {
		return s.end.String()
	}
	return ""
}

// withFourthQuarters are the periods, and the fourth quarters of all years.
func (f *filedFigures) withFourthQuarters() []fiscalPeriod {
	periods := slices.Clone(f.periods)
	for _, p := range f.periods {
		periods = append(periods, fiscalPeriod{p.year, quartersAYear})
	}
	slices.SortFunc(periods, fiscalPeriod.compare)
	return slices.Compact(periods)
}

// fourthQuarter prefers what was filed to what is derived, from when it was
// filed.
func (f *filedFigures) fourthQuarter(l line, year int, filed []point) []point {
	if l == lineEPS {
		return filed
	}
	var out []point
	for _, p := range f.derived(l, year) {
		if len(filed) == 0 || p.on < filed[0].on {
			out = append(out, p)
		}
	}
	return append(out, filed...)
}

// tellMissing gives the reasons for what stays unknown.
func (f *filedFigures) tellMissing(period fiscalPeriod, all [lines][]point) {
	for l := range lines {
		if len(all[l]) > 0 {
			continue
		}
		what := fmt.Sprintf("%s of %s", l.name(), period)
		_, filed := f.spans[period]
		switch {
		case filed && period.quarter < quartersAYear:
			f.warned.add(what, l.missing())
		case l == lineEPS:
			f.warned.add("diluted EPS of fourth quarters", "not filed, and not the year less three quarters, because the shares differ")
		case len(f.histories[l][fiscalPeriod{year: period.year}]) > 0:
			f.warned.add(what, "not filed, and not derived: that wants three quarters filed like the year, and restated like it")
		}
	}
}
