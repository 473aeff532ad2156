package grounding

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Spoken figures are rounded: a filed 155.667 is said as 155.7, and a filed
// 63.89 as 64. Within 1% the two agree.
const roundingPercent = 1

// checkFiled compares the company's or a segment's revenue, as spoken, with
// the filed figure of the same period, where the claim names the period and
// the figure is known. It returns the checks, and the claims that the filed
// figure contradicts with the reason.
func (w *work) checkFiled(claims []*spoken) ([]*callrankv1.FiledCheck, map[*spoken]string) {
	refuted := map[*spoken]string{}
	if w.company == nil {
		return nil, refuted
	}
	var checks []*callrankv1.FiledCheck
	seen := map[string]bool{}
	for _, s := range claims {
		year, quarter, ok := fiscalPeriod(s.claim.GetPeriod())
		if !ok || !s.isRealisedRevenue() {
			continue
		}
		f := s.level(nil).figure
		said, ok := amount(f, false)
		if !ok || f.GetUnit() != w.company.Currency {
			continue
		}
		check := w.check(said, w.filedFor(s, year), quarter)
		if check == nil {
			continue
		}
		if !check.GetAgrees() {
			refuted[s] = fmt.Sprintf("%s was spoken as %s and filed as %s", check.GetWhat(),
				showMoney(said, w.company.Currency), w.showFiled(check))
		}
		if id := check.GetWhat() + said.String(); !seen[id] {
			seen[id] = true
			checks = append(checks, check)
		}
	}
	return checks, refuted
}

func (w *work) showFiled(check *callrankv1.FiledCheck) string {
	filed, _ := exact(check.GetFiled())
	return showMoney(filed, w.company.Currency)
}

// filed is a filed revenue; quarter 0 is the year.
type filed struct {
	what    string
	quarter int
	revenue decimal.Decimal
}

// check compares with the filed figure of the quarter. A spoken figure that is
// instead that of the year, or of another of its quarters, was taken for the
// wrong period by whoever read it: that is no check of what was said.
func (w *work) check(said decimal.Decimal, figures []filed, quarter int) *callrankv1.FiledCheck {
	var named *callrankv1.FiledCheck
	elsewhere := false
	for _, f := range figures {
		agrees := said.Sub(f.revenue).Abs().Mul(hundred).LessThanOrEqual(f.revenue.Abs().Mul(decimal.NewFromInt(roundingPercent)))
		if f.quarter == quarter {
			named = &callrankv1.FiledCheck{What: f.what, Spoken: said.InexactFloat64(), Filed: f.revenue.InexactFloat64(), Agrees: agrees}
		} else {
			elsewhere = elsewhere || agrees
		}
	}
	if named != nil && !named.GetAgrees() && elsewhere {
		return nil
	}
	return named
}

// filedFor lists what is filed for a year of what a claim is of, if that is
// the whole company or a segment.
func (w *work) filedFor(s *spoken, year int) []filed {
	var figures []filed
	add := func(what string, quarter int, revenue decimal.NullDecimal) {
		if revenue.Valid {
			figures = append(figures, filed{what, quarter, revenue.Decimal})
		}
	}
	if w.isWhole(s) {
		return w.filedRevenue(year)
	}
	for i := range w.company.Segments {
		if segment := &w.company.Segments[i]; segment.FiscalYear == year && fold(segment.Name) == s.subject {
			add(fmt.Sprintf("%s revenue of FY%d", segment.Name, year), 0, segment.Revenue)
		}
	}
	return figures
}

// isRealisedRevenue tells a level of past revenue, said by management, from
// everything else.
func (s *spoken) isRealisedRevenue() bool {
	said := s.claim.GetKind() == callrankv1.ClaimRevenue && s.claim.GetOrientation() == callrankv1.OrientationPast &&
		s.claim.GetSection() != callrankv1.SectionTakeaways
	other := s.metric.has(saysRunRate) || s.metric.has(saysIncome) || s.metric.has(saysIncrement)
	return said && !other && s.level(nil) != nil && !s.runs()
}

// isWhole tells whether a claim is of the whole company. Its subject is "total
// revenue" and the like and nothing more; the company's name alone is not
// enough, since that is also what a reader falls back on, so then the sentence
// must speak of the total.
func (w *work) isWhole(s *spoken) bool {
	name := strings.Fields(string(fold(w.company.Name)))
	whole, named := false, false
	for i, word := range strings.Fields(string(s.subject)) {
		switch {
		case words(" " + word + " ").has(saysCompany):
			whole = true
		case word == strings.ToLower(w.company.Ticker), len(name) > 0 && word == name[0], named && i < len(name) && word == name[i]:
			named = true
		case word == "revenue", word == "revenues", word == "sales", word == "net", word == "s":
		default:
			return false
		}
	}
	return whole || named && (s.metric.has(saysTotal) || s.quote.has(saysTotal))
}

// fiscalPeriod reads "Q4 FY2025", "FY2025" and "2025". Quarter 0 is the year.
func fiscalPeriod(period string) (year, quarter int, ok bool) {
	const century = 2000
	for word := range strings.FieldsSeq(string(fold(period))) {
		switch {
		case isQuarter(word):
			quarter = int(word[1] - '0')
		case isYear(words(word)) && year == 0:
			// Two to four digits always convert.
			year, _ = strconv.Atoi(strings.TrimPrefix(word, "fy"))
			if len(strings.TrimPrefix(word, "fy")) == len("25") {
				year += century
			}
		case word == "fiscal", word == "full", word == "year", word == "fy":
		default:
			return 0, 0, false
		}
	}
	return year, quarter, year != 0
}

func isQuarter(word string) bool {
	return len(word) == len("q1") && word[0] == 'q' && word[1] >= '1' && word[1] <= '4'
}
