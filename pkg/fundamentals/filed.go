package fundamentals

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// statement is what one filing says of one line over one fiscal period.
type statement struct {
	filing

	concepts map[string]decimal.Decimal
	// values by place in definitions.
	values map[int]decimal.Decimal
	// chosen is the definition that is taken, -1 for none.
	chosen int
}

func (s *statement) value() decimal.Decimal { return s.values[s.chosen] }

// history is what was filed of one line over one fiscal period, in the order
// of filing.
type history []*statement

// at is the state of knowledge on a date, nil before there is any.
func (h history) at(date string) *statement {
	n, _ := slices.BinarySearchFunc(h, date, func(s *statement, date string) int {
		if s.filed <= date {
			return -1
		}
		return 1
	})
	if n == 0 {
		return nil
	}
	return h[n-1]
}

// filedFigures is everything filed, by line and fiscal period.
type filedFigures struct {
	periods   []fiscalPeriod
	spans     map[fiscalPeriod]span
	histories [lines]map[fiscalPeriod]history
	warned    *warnings
}

// arrange sorts the facts of one currency into fiscal periods.
func arrange(facts []fact, cal *calendar, warned *warnings) *filedFigures {
	f := &filedFigures{spans: map[fiscalPeriod]span{}, warned: warned}
	for l := range f.histories {
		f.histories[l] = map[fiscalPeriod]history{}
	}
	placed := f.place(facts, cal)
	type at struct {
		period    fiscalPeriod
		accession string
		line      line
	}
	statements := map[at]*statement{}
	for i := range facts {
		period, ok := placed[facts[i].span]
		if !ok {
			continue
		}
		for l := range lines {
			if !l.files(facts[i].concept) {
				continue
			}
			here := at{period, facts[i].accession, l}
			s := statements[here]
			if s == nil {
				s = &statement{filing: facts[i].filing, concepts: map[string]decimal.Decimal{}}
				statements[here] = s
				f.histories[l][period] = append(f.histories[l][period], s)
			}
			f.state(s, &facts[i], period)
		}
	}
	for l := range f.histories {
		for period, h := range f.histories[l] {
			slices.SortFunc(h, func(a, b *statement) int {
				return cmp.Or(cmp.Compare(a.filed, b.filed), cmp.Compare(a.accession, b.accession))
			})
			for _, s := range h {
				s.define()
			}
			f.histories[l][period] = h.decided()
		}
	}
	return f
}

// decided keeps the statements that give the line a value.
func (h history) decided() history {
	return slices.DeleteFunc(h, func(s *statement) bool { return s.chosen < 0 })
}

// files tells whether a concept is, or is a part of, the line.
func (l line) files(concept string) bool {
	if l == lineRevenue && slices.Contains(partsOfRevenue, concept) {
		return true
	}
	return slices.ContainsFunc(definitions, func(d definition) bool {
		return d.line == l && slices.Contains(d.concepts, concept)
	})
}

// state adds a fact to a statement. A concept that a filing states twice over
// the same period counts as it stands first.
func (f *filedFigures) state(s *statement, stated *fact, period fiscalPeriod) {
	if before, twice := s.concepts[stated.concept]; twice {
		if !before.Equal(stated.value) {
			f.warned.add(stated.concept+" of "+period.String(),
				fmt.Sprintf("%s states both %s, which is used, and %s", s.document(), before, stated.value))
		}
		return
	}
	s.concepts[stated.concept] = stated.value
}

// document names the filing.
func (f filing) document() string { return f.form + " " + f.accession }

// String names the period as a reader knows it.
func (p fiscalPeriod) String() string {
	if p.quarter == 0 {
		return fmt.Sprintf("FY%d", p.year)
	}
	return fmt.Sprintf("Q%d FY%d", p.quarter, p.year)
}

// place names the fiscal period of each span that is one. Of two spans that
// would have one name, the one that lies in a fiscal year that was reported on
// keeps it, else the one that was filed first.
func (f *filedFigures) place(facts []fact, cal *calendar) map[span]fiscalPeriod {
	type claim struct {
		span

		period  fiscalPeriod
		certain bool
		filed   string
	}
	claims := map[span]*claim{}
	for i := range facts {
		s := facts[i].span
		if known, ok := claims[s]; ok {
			known.filed = min(known.filed, facts[i].filed)
			continue
		}
		c := &claim{span: s, certain: true, filed: facts[i].filed}
		var ok bool
		switch {
		case s.isYear():
			c.period, ok = cal.yearOf(s)
		case s.isQuarter():
			c.period, c.certain, ok = cal.quarterOf(s)
		default:
			continue
		}
		if !ok {
			f.warned.add(s.String(), "is neither a fiscal year nor a fiscal quarter of the company")
			continue
		}
		claims[s] = c
	}
	ordered := make([]*claim, 0, len(claims))
	for _, c := range claims {
		ordered = append(ordered, c)
	}
	slices.SortFunc(ordered, func(a, b *claim) int {
		return cmp.Or(a.period.compare(b.period), -cmp.Compare(truth(a.certain), truth(b.certain)),
			cmp.Compare(a.filed, b.filed), cmp.Compare(a.end, b.end), cmp.Compare(a.start, b.start))
	})
	placed := map[span]fiscalPeriod{}
	for _, c := range ordered {
		holder, taken := f.spans[c.period]
		switch {
		case !taken:
			f.spans[c.period] = c.span
			f.periods = append(f.periods, c.period)
		case !holder.near(c.span):
			f.warned.add(c.String(), fmt.Sprintf("would be %s, which is %s", c.period, holder))
			continue
		}
		placed[c.span] = c.period
	}
	return placed
}

// String is the span in words.
func (s span) String() string { return s.start.String() + " to " + s.end.String() }

// define fills in the values that the concepts of a statement amount to.
func (s *statement) define() {
	s.values = map[int]decimal.Decimal{}
	for i := range definitions {
		sum, whole := decimal.Zero, true
		for _, concept := range definitions[i].concepts {
			value, ok := s.concepts[concept]
			sum, whole = sum.Add(value), whole && ok
		}
		if whole && !definitions[i].outweighed(sum, s.concepts) {
			s.values[i] = sum
		}
	}
	s.choose()
}

// outweighed tells that a value is of a part of the company only, because
// another part is larger.
func (d *definition) outweighed(value decimal.Decimal, concepts map[string]decimal.Decimal) bool {
	if !d.partial {
		return false
	}
	if slices.ContainsFunc(partsOfRevenue, func(c string) bool { return concepts[c].GreaterThan(value) }) {
		return true
	}
	return slices.ContainsFunc(definitions, func(other definition) bool {
		return other.rank == rankSector && len(other.concepts) == 1 && concepts[other.concepts[0]].GreaterThan(value)
	})
}

// choose takes the first definition there is a value for; of several totals,
// the largest.
func (s *statement) choose() {
	s.chosen = -1
	for i := range definitions {
		value, ok := s.values[i]
		switch {
		case !ok:
		case s.chosen < 0:
			s.chosen = i
		case definitions[i].line == lineRevenue && definitions[s.chosen].rank == rankTotal &&
			definitions[i].rank == rankTotal && value.GreaterThan(s.value()):
			s.chosen = i
		case definitions[i].rank < definitions[s.chosen].rank:
			s.chosen = i
		}
	}
}

// missing says which concepts the line was looked for under.
func (l line) missing() string {
	var names []string
	for i := range definitions {
		if definitions[i].line == l {
			names = append(names, definitions[i].name())
		}
	}
	return "filed under none of " + strings.Join(names, ", ")
}
