package grounding

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// fewestDigits is how many digits a spoken figure has before it can be told for
// a slip of the filed one rather than for a figure of something else.
const fewestDigits = 3

// checkResults adds to the checks what management told of the company's revenue
// beside what is filed of the same period. A figure that is neither the filed
// one nor a slip for it is of something else, and no check.
func (w *work) checkResults(results []*callrankv1.StatedResult, checks []*callrankv1.FiledCheck) []*callrankv1.FiledCheck {
	if w.company == nil {
		return checks
	}
	for _, result := range results {
		year, quarter, ok := fiscalPeriod(result.GetPeriod())
		said, readable := amount(result.GetFigure(), false)
		if !ok || !readable || result.GetFigure().GetUnit() != w.company.Currency {
			continue
		}
		figures := w.filedRevenue(year)
		check := w.check(said, figures, quarter)
		if check == nil || told(checks, check) {
			continue
		}
		at := slices.IndexFunc(figures, func(f filed) bool { return f.quarter == quarter })
		if !check.GetAgrees() && !slip(said, figures[at].revenue) {
			continue
		}
		checks = append(checks, check)
	}
	return checks
}

// told tells whether a check is there already.
func told(checks []*callrankv1.FiledCheck, check *callrankv1.FiledCheck) bool {
	return slices.ContainsFunc(checks, func(c *callrankv1.FiledCheck) bool {
		return c.GetWhat() == check.GetWhat() && c.GetSpoken() == check.GetSpoken()
	})
}

// filedRevenue lists the filed revenue of the company of a year and its
// quarters.
func (w *work) filedRevenue(year int) []filed {
	var figures []filed
	if actual, ok := w.company.Actual(year); ok && actual.Revenue.Valid {
		figures = append(figures, filed{fmt.Sprintf("revenue of FY%d", year), 0, actual.Revenue.Decimal})
	}
	for q := 1; q <= lastQuarter; q++ {
		if quarter, ok := w.company.Quarter(year, q); ok && quarter.Revenue.Valid {
			figures = append(figures, filed{fmt.Sprintf("revenue of Q%d FY%d", q, year), q, quarter.Revenue.Decimal})
		}
	}
	return figures
}

// slip tells a figure that was meant to be the filed one: the same digits at
// another scale, one digit another but for the last, or two neighbouring digits
// changed round. The filed figure is rounded as the spoken one is.
func slip(said, filedAs decimal.Decimal) bool {
	spoken := strings.TrimRight(said.Coefficient().String(), "0")
	if len(spoken) < fewestDigits || !filedAs.IsPositive() || !said.IsPositive() {
		return false
	}
	all := filedAs.NumDigits() + int(filedAs.Exponent())
	rounded := filedAs.Round(int32(len(spoken) - all)).Shift(int32(len(spoken) - all)).String()
	if rounded == spoken {
		return true // At another scale, or they would agree.
	}
	if len(rounded) != len(spoken) || all != said.NumDigits()+int(said.Exponent()) {
		return false
	}
	var differ []int
	for i := range len(spoken) {
		if spoken[i] != rounded[i] {
			differ = append(differ, i)
		}
	}
	switch len(differ) {
	case 1:
		return differ[0] < len(spoken)-1
	case 2:
		i, j := differ[0], differ[1]
		return j == i+1 && spoken[i] == rounded[j] && spoken[j] == rounded[i]
	}
	return false
}
