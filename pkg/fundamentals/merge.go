package fundamentals

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Merge is what several sources know of one company: each figure is that of the
// first that has it, with its own date and source. AsOf goes by what each of
// them knew on the date. The parts are not changed, and must not be later.
//
// Years of different sources are told to be the same by the day they end, where
// both say it: one may call 2024 what the other calls 2025, and goes by the
// names of the first then. Money in another currency than the first reports in
// is not used, but for prices, which name theirs. Counts of owners are taken
// from one source as a whole, because they belong together.
//
// What none of them has is Absent, with what each said.
func Merge(parts ...*Company) *Company {
	if len(parts) == 1 {
		return parts[0]
	}
	now := make([]*Company, len(parts))
	for i, part := range parts {
		now[i] = part.AsOf("")
	}
	merged := merge(now)
	merged.parts = slices.Clone(parts)
	return merged
}

// merge joins states of knowledge, each with one entry of a kind.
func merge(parts []*Company) *Company {
	m := &merging{company: &Company{}}
	for _, part := range parts {
		m.identity(part)
	}
	for _, part := range parts {
		m.add(part)
	}
	m.tellAbsent(parts)
	return m.company
}

// merging is a company being put together.
type merging struct {
	company *Company
	warned  warnings
	// reference has the names of the years.
	reference *Company
	// refused are the topics of each part that are not used, with the reasons.
	refused []Absence
}

// identity fills in who the company is.
func (m *merging) identity(part *Company) {
	c := m.company
	c.Ticker = cmp.Or(c.Ticker, part.Ticker)
	c.Name = cmp.Or(c.Name, part.Name)
	c.Sector = cmp.Or(c.Sector, part.Sector)
	c.Industry = cmp.Or(c.Industry, part.Industry)
	c.Outages = append(c.Outages, part.Outages...)
	if m.reference == nil && part.hasMoney() {
		m.reference, c.Currency = part, part.Currency
	}
}

// hasMoney tells whether there are figures in the currency of reporting.
func (c *Company) hasMoney() bool {
	return len(c.Actuals)+len(c.Quarters)+len(c.Segments)+len(c.Consensus) > 0
}

// add fills in what a part knows and those before it did not.
func (m *merging) add(part *Company) {
	c := m.company
	c.Currency = cmp.Or(c.Currency, part.Currency)
	for _, warning := range part.Warnings {
		m.warned.add(warning.What, warning.Reason)
	}
	c.Warnings = m.warned.list
	m.money(part)
	m.market(part)
	if c.Insiders == nil && part.Insiders != nil {
		c.Insiders = new(*part.Insiders)
		c.Insiders.Known = part.whole(part.Insiders.Known)
	}
	if c.Holders == nil && part.Holders != nil {
		c.Holders = new(*part.Holders)
		c.Holders.Known = part.whole(part.Holders.Known)
	}
	theirs := part.Rates.all()
	for i, rate := range c.Rates.all() {
		if !rate.Valid && theirs[i].Valid {
			*rate = Rate{part.whole(theirs[i].Known), theirs[i].Figure}
		}
	}
}

// whole is since when and where from, with the document the part was read from:
// what is merged has none of its own.
func (c *Company) whole(k Known) Known {
	return Known{On: cmp.Or(k.On, c.Known.On), Source: c.Origin(k)}
}

// money fills in figures in the currency of reporting.
func (m *merging) money(part *Company) {
	if !part.hasMoney() {
		return
	}
	if part.Currency != m.company.Currency {
		reason := fmt.Sprintf("%s has it in %s, and the company's figures are in %s",
			cmp.Or(part.Document, "a source"), cmp.Or(part.Currency, "an unknown currency"), m.company.Currency)
		for _, topic := range []Topic{TopicActuals, TopicQuarters, TopicConsensus, TopicSegments} {
			if part.Has(topic) {
				m.refused = append(m.refused, Absence{topic, reason})
			}
		}
		m.warned.add("figures in "+cmp.Or(part.Currency, "an unknown currency"), reason)
		m.company.Warnings = m.warned.list
		return
	}
	shift := shiftOf(m.reference, part)
	if shift != 0 {
		m.warned.add("fiscal years of "+cmp.Or(part.Document, "a source"), fmt.Sprintf("named %+d to agree with %s on the days they end", shift, cmp.Or(m.reference.Document, "the first source")))
		m.company.Warnings = m.warned.list
	}
	c := m.company
	c.Actuals = fillIn(c.Actuals, part, part.Actuals, shift, actualFields)
	c.Quarters = fillIn(c.Quarters, part, part.Quarters, shift, quarterFields)
	c.Consensus = fillIn(c.Consensus, part, part.Consensus, shift, estimateFields)
	c.Segments = fillIn(c.Segments, part, part.Segments, shift, segmentFields)
}

// shiftOf is by how much the names of a part's years are off from those of the
// reference: what most years say that end on the same days, or a whole number of
// years apart where the part has only what is expected.
func shiftOf(reference, part *Company) int {
	if reference == nil || reference == part {
		return 0
	}
	votes := map[int]int{}
	vote := func(name int, end string) {
		for i := range reference.Actuals {
			if years, ok := yearsApart(reference.Actuals[i].PeriodEnd, end); ok {
				votes[reference.Actuals[i].FiscalYear+years-name]++
			}
		}
	}
	for i := range part.Actuals {
		vote(part.Actuals[i].FiscalYear, part.Actuals[i].PeriodEnd)
	}
	if len(votes) == 0 {
		for i := range part.Consensus {
			vote(part.Consensus[i].FiscalYear, part.Consensus[i].PeriodEnd)
		}
	}
	best := 0
	for _, shift := range []int{-1, 1} {
		if votes[shift] > votes[best] {
			best = shift
		}
	}
	return best
}

// yearsApart is how many years lie between the ends of two fiscal years, where
// it is a whole number.
func yearsApart(a, b string) (int, bool) {
	from, knownA := parseDay(a)
	to, knownB := parseDay(b)
	if !knownA || !knownB || offAnniversary(from, to) > slack {
		return 0, false
	}
	return int(math.Round(float64(to-from) / daysAYear)), true
}

// sameDay tells that two periods that end on these days are the same, give or
// take what weeks do to years. Of days that are not known it tells nothing.
func sameDay(a, b string) bool {
	from, knownA := parseDay(a)
	to, knownB := parseDay(b)
	return knownA && knownB && abs(from-to) <= slack
}

// otherDay tells that two periods end on different days.
func otherDay(a, b string) bool {
	_, knownA := parseDay(a)
	_, knownB := parseDay(b)
	return knownA && knownB && !sameDay(a, b)
}

// fieldsOf are the parts of an entry that merging looks at.
type fieldsOf struct {
	key   key
	known *Known
	end   *string
	year  *int
	// figures with what they are called in sources.
	figures []*Figure
	names   []string
}

func actualFields(a *Actual) fieldsOf {
	return fieldsOf{
		key{year: a.FiscalYear},
		&a.Known, &a.PeriodEnd, &a.FiscalYear,
		[]*Figure{&a.Revenue, &a.NetIncome, &a.DilutedEPS},
		[]string{"revenue", "net income", "diluted EPS"},
	}
}

func quarterFields(q *Quarter) fieldsOf {
	return fieldsOf{
		key{year: q.FiscalYear, quarter: q.FiscalQuarter},
		&q.Known, &q.PeriodEnd, &q.FiscalYear,
		[]*Figure{&q.Revenue, &q.NetIncome, &q.DilutedEPS},
		[]string{"revenue", "net income", "diluted EPS"},
	}
}

func estimateFields(e *Estimate) fieldsOf {
	return fieldsOf{
		key{year: e.FiscalYear},
		&e.Known, &e.PeriodEnd, &e.FiscalYear,
		[]*Figure{&e.Revenue, &e.NetIncome, &e.EPS, &e.RevenueGrowth, &e.NetIncomeGrowth, &e.EPSGrowth},
		[]string{"revenue", "net income", "EPS", "growth of revenue", "growth of net income", "growth of EPS"},
	}
}

func segmentFields(s *Segment) fieldsOf {
	return fieldsOf{
		key{name: s.Name, year: s.FiscalYear},
		&s.Known, new(""), &s.FiscalYear,
		[]*Figure{&s.Revenue, &s.IncrementalNetMargin},
		[]string{"revenue", "incremental net margin"},
	}
}

// fillIn fills in the entries of a part, and figures of entries that are there,
// by the names of the reference.
func fillIn[T any](have []T, part *Company, more []T, shift int, fields func(*T) fieldsOf) []T {
	for i := range more {
		next := more[i]
		theirs := fields(&next)
		*theirs.year += shift
		*theirs.known = part.whole(*theirs.known)
		theirs = fields(&next)
		at := slices.IndexFunc(have, func(t T) bool { return fields(&t).key == theirs.key })
		if at < 0 {
			have = append(have, next)
			continue
		}
		if ours := fields(&have[at]); !otherDay(*ours.end, *theirs.end) {
			ours.fill(theirs)
		}
	}
	slices.SortStableFunc(have, func(a, b T) int { return fields(&a).key.compare(fields(&b).key) })
	return have
}

// fill takes the figures that are missing from another entry, and names both
// sources then.
func (f fieldsOf) fill(other fieldsOf) {
	*f.end = cmp.Or(*f.end, *other.end)
	var kept, taken []string
	for i, figure := range f.figures {
		switch {
		case figure.Valid:
			kept = append(kept, f.names[i])
		case other.figures[i].Valid:
			*figure = *other.figures[i]
			taken = append(taken, f.names[i])
		}
	}
	*f.known = joined(*f.known, kept, *other.known, taken)
}

// joined says where figures come from of which some were taken from elsewhere.
func joined(ours Known, kept []string, other Known, taken []string) Known {
	if len(taken) == 0 {
		return ours
	}
	if len(kept) == 0 {
		return other
	}
	source := ours.Source
	// What is told of lines one by one already goes on so.
	if !strings.Contains(source, "; ") {
		source = strings.Join(kept, ", ") + " from " + source
	}
	return Known{On: max(ours.On, other.On), Source: source + "; " + strings.Join(taken, ", ") + " from " + other.Source}
}

// market fills in what the market pays, of prices in one currency.
func (m *merging) market(part *Company) {
	theirs := part.Market
	switch {
	case theirs == nil:
		return
	case m.company.Market == nil:
		m.company.Market = new(*theirs)
		m.company.Market.Known = part.whole(theirs.Known)
		return
	case m.company.Market.Currency != theirs.Currency:
		return
	}
	copied := *theirs
	copied.Known = part.whole(theirs.Known)
	m.company.Market.fields().fill(copied.fields())
}

func (m *Market) fields() fieldsOf {
	return fieldsOf{
		key{},
		&m.Known, new(""), new(0),
		[]*Figure{&m.Price, &m.Cap, &m.CapUSD, &m.EnterpriseValue, &m.Beta, &m.DailyVolume},
		[]string{"price", "market value", "market value in dollars", "enterprise value", "beta", "daily volume"},
	}
}

// tellAbsent says of each topic that nobody knows what each of the parts said.
func (m *merging) tellAbsent(parts []*Company) {
	for _, topic := range Topics() {
		if m.company.Has(topic) {
			continue
		}
		for _, part := range parts {
			if reason := part.Why(topic); reason != "" {
				m.company.Absent = append(m.company.Absent, Absence{topic, reason})
			}
		}
		for _, refused := range m.refused {
			if refused.Topic == topic {
				m.company.Absent = append(m.company.Absent, refused)
			}
		}
	}
}
