package fundamentals

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Lengths of periods in days, both ends included. Years and quarters of whole
// weeks are within them; half-years, nine months and what is reported year to
// date are not.
const (
	shortestQuarter, longestQuarter = 80, 100
	shortestYear, longestYear       = 350, 380
	shortestHalf, longestHalf       = 170, 195
	shortestNine, longestNine       = 260, 285

	// slack is by how many days the same day of two fiscal years may differ
	// where years end on a weekday.
	slack = 10
	// yearOverlap is how many days into January a fiscal year may reach that
	// is named for the calendar year before.
	yearOverlap = 7

	daysAYear    = 365.25
	daysAQuarter = daysAYear / quartersAYear
	// quarterSlack is by how much of a quarter the end of one may be off; it
	// leaves room for quarters of twelve weeks.
	quarterSlack = 0.3

	// maxReported is more years than an annual report has in its statements.
	maxReported = 20
)

func (s span) isYear() bool    { return s.days() >= shortestYear && s.days() <= longestYear }
func (s span) isQuarter() bool { return s.days() >= shortestQuarter && s.days() <= longestQuarter }

// isYearToDate tells half a year and nine months.
func (s span) isYearToDate() bool {
	n := s.days()
	return n >= shortestHalf && n <= longestHalf || n >= shortestNine && n <= longestNine
}

// fiscalPeriod is a fiscal year, or one of its quarters: quarter 0 is the year.
type fiscalPeriod struct{ year, quarter int }

func (p fiscalPeriod) compare(other fiscalPeriod) int {
	return cmp.Or(cmp.Compare(p.year, other.year), cmp.Compare(p.quarter, other.quarter))
}

// fiscalYear is a fiscal year by its dates.
type fiscalYear struct {
	span

	name int
	// own tells that an annual report was of this year, and did not just
	// repeat it.
	own   bool
	filed string
}

// calendar is a company's fiscal years, in order.
//
// A fiscal year is what an annual report is of: the year-long period in it
// that ends last; the earlier ones in it end a whole number of years before.
// Twelve months to another day, which some companies file with their quarters,
// are none. The year is named for the calendar year in which it ends (a year
// that ends in the first week of January for the one before), unless most of
// the company's annual reports say they are of the year before or after that:
// a retailer's fiscal 2024 may end in February 2025.
//
// Before the first annual report the year is taken from what quarterly reports
// give year to date, which begins where the year does.
type calendar struct{ years []fiscalYear }

func newCalendar(facts []fact) *calendar {
	seeds, offset := seedYears(facts, isAnnual, func(s span) (span, bool) { return s, s.isYear() })
	if len(seeds) == 0 {
		seeds, offset = seedYears(facts, isQuarterly, func(s span) (span, bool) {
			return span{s.start, day(s.start.date().AddDate(1, 0, -1).Unix() / secsADay)}, s.isYearToDate()
		})
	}
	for i := range seeds {
		seeds[i].name = nameOf(seeds[i].end) + offset
	}
	// One name, one year: the one an annual report was of, else the one that
	// was filed first.
	slices.SortFunc(seeds, func(a, b fiscalYear) int {
		return cmp.Or(cmp.Compare(a.name, b.name), -cmp.Compare(truth(a.own), truth(b.own)),
			cmp.Compare(a.filed, b.filed), cmp.Compare(a.end, b.end), cmp.Compare(a.start, b.start))
	})
	return &calendar{years: slices.CompactFunc(seeds, func(a, b fiscalYear) bool { return a.name == b.name })}
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func isAnnual(form string) bool {
	switch strings.TrimSuffix(form, "/A") {
	case "10-K", "10-K405", "10-KSB", "20-F", "40-F":
		return true
	}
	return false
}

func isQuarterly(form string) bool { return strings.TrimSuffix(form, "/A") == "10-Q" }

// nameOf is the calendar year for which a year that ends on a day is named.
func nameOf(end day) int { return (end - yearOverlap).date().Year() }

// report is a filing by the spans that its figures are of.
type report struct {
	filed string
	spans []span
	// figures counts those of each span, and labelled is the filing's own name
	// for its year.
	figures  map[span]int
	labelled int
}

// own is the span the report is of: the one that ends last, but for those of
// fewer than half as many figures as another has, which are slips.
func (r *report) own() span {
	most := 0
	for _, s := range r.spans {
		most = max(most, r.figures[s])
	}
	var own span
	for _, s := range r.spans {
		if 2*r.figures[s] >= most && s.end > own.end {
			own = s
		}
	}
	return own
}

// seedYears finds the years of filings of some form, and by how much the
// filings' own names for theirs are off from nameOf.
func seedYears(facts []fact, form func(string) bool, year func(span) (span, bool)) ([]fiscalYear, int) {
	reports := map[string]*report{}
	var order []*report
	for i := range facts {
		f := &facts[i]
		s, ok := year(f.span)
		if !ok || !form(f.form) {
			continue
		}
		r := reports[f.accession]
		if r == nil {
			r = &report{filed: f.filed, labelled: f.labelled, figures: map[span]int{}}
			reports[f.accession] = r
			order = append(order, r)
		}
		if r.figures[s] == 0 && len(r.spans) < maxReported {
			r.spans = append(r.spans, s)
		}
		r.figures[s]++
	}
	var years []fiscalYear
	votes := map[int]int{}
	for _, r := range order {
		own := r.own()
		votes[r.labelled-nameOf(own.end)]++
		for _, s := range r.spans {
			if offAnniversary(s.end, own.end) <= slack {
				years = append(years, fiscalYear{span: s, own: s == own, filed: r.filed})
			}
		}
	}
	offset := 0
	for _, candidate := range []int{-1, 1} {
		if votes[candidate] > votes[offset] {
			offset = candidate
		}
	}
	return years, offset
}

// offAnniversary is by how many days two days are not a whole number of years
// apart.
func offAnniversary(from, to day) day {
	years := math.Round(float64(to-from) / daysAYear)
	return abs(to - from - day(math.Round(years*daysAYear)))
}

// yearOf names the fiscal year that a period is.
func (c *calendar) yearOf(s span) (fiscalPeriod, bool) {
	for i := range c.years {
		if c.years[i].near(s) {
			return fiscalPeriod{year: c.years[i].name}, true
		}
	}
	return fiscalPeriod{}, false
}

// quarterOf names the fiscal quarter that a period is: counted back from the
// end of the fiscal year it is in. Where no annual report is of that year yet,
// its end is a whole number of years from the nearest that is known; then the
// quarter is not certain.
func (c *calendar) quarterOf(s span) (period fiscalPeriod, certain, ok bool) {
	var nearest *fiscalYear
	for i := range c.years {
		y := &c.years[i]
		if y.start-slack <= s.start && s.end <= y.end+slack {
			period, ok := y.quarter(s.end, y.end, y.name)
			return period, true, ok
		}
		if nearest == nil || abs(y.end-s.end) < abs(nearest.end-s.end) {
			nearest = y
		}
	}
	if nearest == nil {
		return fiscalPeriod{}, false, false
	}
	years := int(math.Ceil(float64(s.end-nearest.end-slack) / daysAYear))
	end := nearest.end + day(math.Round(float64(years)*daysAYear))
	period, ok = nearest.quarter(s.end, end, nearest.name+years)
	return period, false, ok
}

// quarter counts quarters back from the end of the year.
func (*fiscalYear) quarter(end, yearEnd day, name int) (fiscalPeriod, bool) {
	before := float64(yearEnd-end) / daysAQuarter
	whole := math.Round(before)
	quarter := quartersAYear - int(whole)
	ok := math.Abs(before-whole) <= quarterSlack && quarter >= 1 && quarter <= quartersAYear
	return fiscalPeriod{year: name, quarter: quarter}, ok
}
