package insight

import (
	"fmt"
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// period tells which period a figure is of, in the form "Q4 FY2025" or
// "FY2026". Words near the figure win; without any, what is past or current is
// of the call's quarter or half, and what lies ahead is of no known period.
func (rd *reading) period(named fiscal, orientation string) string {
	if named.year != 0 || orientation == callrankv1.OrientationForward {
		return named.String()
	}
	return rd.periods().own().String()
}

// periods reads the periods that the call speaks of.
func (rd *reading) periods() periodReader {
	call := rd.transcript.GetCall()
	p := periodReader{year: int(call.GetFiscalYear()), quarter: int(call.GetFiscalQuarter())}
	if p.quarter == 0 {
		p.half = int(call.GetFiscalHalf())
	}
	return p
}

// periodAt is a period named in a sentence, and where.
type periodAt struct {
	fiscal

	start int
}

// all are the periods named in the words of a sentence.
func (p periodReader) all(list []spoken) []periodAt {
	var out []periodAt
	for i := range list {
		if named := p.at(list, i); named.year != 0 {
			out = append(out, periodAt{named, list[i].start})
		}
	}
	return out
}

// nearest is the period named nearest to a stretch of its sentence; none where
// none is named.
func nearest(named []periodAt, start, end int) fiscal {
	var best fiscal
	near := -1
	for _, p := range named {
		gap := p.start - end
		if gap < 0 {
			gap = start - p.start
		}
		if gap >= 0 && (near < 0 || gap < near) {
			best, near = p.fiscal, gap
		}
	}
	return best
}

// periodReader knows the fiscal period of the call; zero where unknown. A half
// is known only where the quarter is not.
type periodReader struct{ year, quarter, half int }

// own is the period of the call itself, none where unknown.
func (p periodReader) own() fiscal {
	if p.year == 0 || p.quarter == 0 && p.half == 0 {
		return fiscal{}
	}
	return fiscal(p)
}

// Quarters and halves in a year.
const (
	quartersPerYear = 4
	halvesPerYear   = 2
)

// at reads a period that begins with word i.
func (p periodReader) at(w []spoken, i int) fiscal {
	word := func(k int) string {
		if k < 0 || k >= len(w) {
			return ""
		}
		return w[k].text
	}
	if q := quarterNumber(word(i), word(i+1)); q > 0 {
		return p.named(q, word, i)
	}
	if y := yearNumber(word(i)); y > 0 {
		return fiscal{year: y}
	}
	switch word(i) {
	case "next":
		return p.moved(word(i+1), 1)
	case "this", "current":
		return p.moved(word(i+1), 0)
	case "last", "prior", "previous":
		if word(i-1) != "over" && word(i-1) != "versus" && word(i-1) != "from" {
			return p.moved(word(i+1), -1)
		}
	}
	return fiscal{}
}

// named is the quarter q of a year named near it, else the nearest such
// quarter to the call's, or to that with which its half ends.
func (p periodReader) named(q int, word func(int) string, i int) fiscal {
	for k := i + 1; k <= i+5; k++ {
		if y := yearNumber(word(k)); y > 0 {
			return fiscal{year: y, quarter: q}
		}
	}
	last := p.quarter
	if last == 0 {
		last = p.half * quartersPerYear / halvesPerYear
	}
	if p.year == 0 || last == 0 {
		return fiscal{}
	}
	switch {
	case q == last%quartersPerYear+1 && last == quartersPerYear:
		return fiscal{year: p.year + 1, quarter: q}
	case q > last+1:
		return fiscal{year: p.year - 1, quarter: q}
	}
	return fiscal{year: p.year, quarter: q}
}

// moved is the quarter, half or year so many after the call's.
func (p periodReader) moved(unit string, by int) fiscal {
	switch unit {
	case "quarter":
		if p.year == 0 || p.quarter == 0 {
			return fiscal{}
		}
		n := p.year*quartersPerYear + p.quarter - 1 + by
		return fiscal{year: n / quartersPerYear, quarter: n%quartersPerYear + 1}
	case "half":
		if p.year == 0 || p.half == 0 {
			return fiscal{}
		}
		n := p.year*halvesPerYear + p.half - 1 + by
		return fiscal{year: n / halvesPerYear, half: n%halvesPerYear + 1}
	case "year":
		if p.year == 0 {
			return fiscal{}
		}
		return fiscal{year: p.year + by}
	}
	return fiscal{}
}

// String prints the period in the form "Q4 FY2025", "H1 FY2025" or "FY2026";
// nothing for no period.
func (f fiscal) String() string {
	switch {
	case f.year == 0:
		return ""
	case f.quarter != 0:
		return fmt.Sprintf("Q%d FY%d", f.quarter, f.year)
	case f.half != 0:
		return fmt.Sprintf("H%d FY%d", f.half, f.year)
	}
	return fmt.Sprintf("FY%d", f.year)
}

// quarterNumber reads "q4" and "fourth quarter".
func quarterNumber(w, next string) int {
	if len(w) == 2 && w[0] == 'q' && w[1] >= '1' && w[1] <= '4' {
		return int(w[1] - '0')
	}
	if next != "quarter" {
		return 0
	}
	switch w {
	case "first":
		return 1
	case "second":
		return 2
	case "third":
		return 3
	case "fourth":
		return quartersPerYear
	}
	return 0
}

// yearNumber reads a year of this century.
func yearNumber(w string) int {
	if len(w) == 6 && strings.HasPrefix(w, "fy") {
		w = w[2:]
	}
	if len(w) != 4 || w[0] != '2' || w[1] != '0' {
		return 0
	}
	y := 0
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return 0
		}
		y = y*10 + int(w[i]-'0')
	}
	return y
}
