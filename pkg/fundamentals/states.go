package fundamentals

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// point is a figure from the date on which it was known.
type point struct {
	on     string
	value  decimal.Decimal
	source string
}

// points are what was known of a line over a period, from date to date. What
// is filed again unchanged is known from when it was filed first.
func (h history) points() []point {
	var out []point
	for _, s := range h {
		source := s.document()
		if d := &definitions[s.chosen]; len(d.concepts) > 1 {
			source += ", " + d.name()
		}
		out = follow(out, point{s.filed, s.value(), source})
	}
	return out
}

// follow adds a point, if it says something new. Of two of one day the later
// one stands.
func follow(all []point, next point) []point {
	if n := len(all); n > 0 && all[n-1].on == next.on {
		all = all[:n-1]
	}
	if n := len(all); n > 0 && all[n-1].value.Equal(next.value) {
		return all
	}
	return append(all, next)
}

// derived are the states of a fourth quarter that was not filed: the year less
// its first three quarters. All four must be filed under the same definition
// and run on from each other, and a year that was restated goes only with
// quarters of which one was restated too, and the other way round.
func (f *filedFigures) derived(l line, year int) []point {
	parts := make([]history, 1+quartersAYear-1)
	var dates []string
	for q := range parts {
		parts[q] = f.histories[l][fiscalPeriod{year, q}]
		if len(parts[q]) == 0 {
			return nil
		}
		for _, s := range parts[q] {
			dates = append(dates, s.filed)
		}
	}
	if !f.contiguous(year) {
		return nil
	}
	slices.Sort(dates)
	var out []point
	for _, date := range slices.Compact(dates) {
		if p, ok := difference(parts, date); ok && (l != lineRevenue || !p.value.IsNegative()) {
			out = follow(out, p)
		}
	}
	return out
}

// contiguous tells that the first three quarters fill the year up to its last
// one.
func (f *filedFigures) contiguous(year int) bool {
	const sloppy = 3 // Days by which filings get the first of a month wrong.
	whole := f.spans[fiscalPeriod{year, 0}]
	next := whole.start
	for q := 1; q < quartersAYear; q++ {
		s := f.spans[fiscalPeriod{year, q}]
		if abs(s.start-next) > sloppy {
			return false
		}
		next = s.end + 1
	}
	return next < whole.end
}

// difference is the fourth quarter as of a date. The first of the histories is
// the year's, the others are those of its quarters.
func difference(parts []history, date string) (point, bool) {
	var now [quartersAYear]*statement
	restated := [2]bool{}
	for q, h := range parts {
		if now[q] = h.at(date); now[q] == nil {
			return point{}, false
		}
		restated[min(q, 1)] = restated[min(q, 1)] || !now[q].value().Equal(h[0].value())
	}
	common := false
	for i := range definitions {
		common = common || agreed(now[:], i)
	}
	if !common || restated[0] != restated[1] {
		return point{}, false
	}
	value := now[0].value()
	arithmetic, sources := []string{value.String()}, make([]string, 0, len(now))
	for _, s := range now[1:] {
		value = value.Sub(s.value())
		arithmetic, sources = append(arithmetic, subtrahend(s.value())), append(sources, s.document())
	}
	return point{on: date, value: value, source: fmt.Sprintf("derived as the year less three quarters, %s = %s (%s less %s)",
		strings.Join(arithmetic, " - "), value, now[0].document(), strings.Join(sources, ", "))}, true
}

// agreed tells that all statements have a value under a definition, and that it
// is the one taken.
func agreed(all []*statement, definition int) bool {
	return !slices.ContainsFunc(all, func(s *statement) bool {
		value, ok := s.values[definition]
		return !ok || !value.Equal(s.value())
	})
}

func subtrahend(d decimal.Decimal) string {
	if d.IsNegative() {
		return "(" + d.String() + ")"
	}
	return d.String()
}

// state is all lines of a period from a date on.
type state struct {
	Known

	figures [lines]Figure
}

// states joins the lines of a period into the states of knowledge about it.
func states(all [lines][]point) []state {
	var dates []string
	for _, points := range all {
		for _, p := range points {
			dates = append(dates, p.on)
		}
	}
	slices.Sort(dates)
	dates = slices.Compact(dates)
	out := make([]state, 0, len(dates))
	var read [lines]int // How many points of each line are known by then.
	for _, date := range dates {
		s := state{Known: Known{On: date}}
		var origins []origin
		for l := range lines {
			for read[l] < len(all[l]) && all[l][read[l]].on <= date {
				read[l]++
			}
			if read[l] > 0 {
				p := all[l][read[l]-1]
				s.figures[l] = decimal.NewNullDecimal(p.value)
				origins = append(origins, origin{l, p.source})
			}
		}
		s.Source = describe(origins)
		out = append(out, s)
	}
	return out
}

// origin is where a line comes from.
type origin struct {
	line   line
	source string
}

// describe names the document of all lines or, where they differ, of each.
func describe(origins []origin) string {
	same := !slices.ContainsFunc(origins, func(o origin) bool { return o.source != origins[0].source })
	if same {
		return origins[0].source
	}
	var out []string
	for _, o := range origins {
		out = append(out, o.line.name()+": "+o.source)
	}
	return strings.Join(out, "; ")
}
