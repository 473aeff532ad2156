package fundamentals

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// neighbourhood is how many periods on each side a value is held against.
const neighbourhood = 2

// scales are the factors by which figures are filed too large or too small:
// thousands taken for units, and millions.
var scales = []decimal.Decimal{decimal.New(1, 3), decimal.New(1, 6)}

// checkScale refuses values that differ from their neighbours by about a
// thousand or a million. It doesn't mend them: which of two is wrong by what is
// a guess. A value is held against those of the periods next to it, years
// against years and quarters against quarters, as they were known when it was
// filed; it is refused when most of them are off by such a factor. Of two
// values that are all there is, neither can be told to be right, so the one
// filed later is refused.
func (f *filedFigures) checkScale() {
	for l := range lines {
		for quarterly := range 2 {
			periods := slices.DeleteFunc(slices.Clone(f.periods), func(p fiscalPeriod) bool {
				return truth(p.quarter > 0) != quarterly || len(f.histories[l][p]) == 0
			})
			f.checkSeries(l, periods)
		}
	}
}

// checkSeries goes through the statements in the order of filing, so that one
// that is refused is no measure for the next.
func (f *filedFigures) checkSeries(l line, periods []fiscalPeriod) {
	type place struct {
		at int
		s  *statement
	}
	var all []place
	for i, p := range periods {
		for _, s := range f.histories[l][p] {
			all = append(all, place{i, s})
		}
	}
	slices.SortStableFunc(all, func(a, b place) int {
		switch {
		case a.s.filed < b.s.filed:
			return -1
		case a.s.filed > b.s.filed:
			return 1
		}
		return 0
	})
	for _, p := range all {
		for i := range definitions {
			value, ok := p.s.values[i]
			if !ok {
				continue
			}
			neighbours := f.neighbours(l, periods, p.at, i, p.s.filed)
			other, off := misscaled(value, neighbours)
			if !off {
				continue
			}
			delete(p.s.values, i)
			f.warned.add(fmt.Sprintf("%s of %s", l.name(), periods[p.at]), fmt.Sprintf(
				"%s gives %s as %s, where periods beside it have %s: off by about a thousand or a million, so not used",
				p.s.document(), definitions[i].name(), value, other))
		}
		p.s.choose()
	}
	for _, p := range periods {
		f.histories[l][p] = f.histories[l][p].decided()
	}
}

// neighbours are the values of the periods beside one, under the same
// definition and as known on a date.
func (f *filedFigures) neighbours(l line, periods []fiscalPeriod, at, definition int, date string) []decimal.Decimal {
	var out []decimal.Decimal
	for i := max(0, at-neighbourhood); i <= min(len(periods)-1, at+neighbourhood); i++ {
		if i == at {
			continue
		}
		if s := f.histories[l][periods[i]].at(date); s != nil {
			if value, ok := s.values[definition]; ok && !value.IsZero() {
				out = append(out, value)
			}
		}
	}
	return out
}

// misscaled tells whether a value is off from most of its neighbours, and
// names one of them.
func misscaled(value decimal.Decimal, neighbours []decimal.Decimal) (decimal.Decimal, bool) {
	var other decimal.Decimal
	off := 0
	for _, n := range neighbours {
		if scaledApart(value, n) {
			other = n
			off++
		}
	}
	return other, 2*off > len(neighbours)
}

// scaledApart tells whether the larger of two values is within a factor of
// three of a thousand or a million times the smaller.
func scaledApart(a, b decimal.Decimal) bool {
	small, large := a.Abs(), b.Abs()
	if small.GreaterThan(large) {
		small, large = large, small
	}
	if small.IsZero() {
		return false
	}
	three := decimal.NewFromInt(3)
	return slices.ContainsFunc(scales, func(scale decimal.Decimal) bool {
		return large.Mul(three).GreaterThanOrEqual(small.Mul(scale)) && large.LessThanOrEqual(small.Mul(scale).Mul(three))
	})
}
