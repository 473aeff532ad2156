package transcript

import "strings"

// findHalves returns the halves of fiscal years written in s, as companies that
// report by half-year say and write them: "H1 2025", "1H25", "first half of
// fiscal 2025", "half-year 2025", "2025 half-year results", "HY25", "full-year
// and second-half 2025". A half-year that is not numbered is the first, since
// the second is told with the year. Halves without their year are left out.
func findHalves(s string) []periodIn {
	var found []periodIn
	for i := 0; i < len(s); {
		if !mayBeginHalf(s[i]) || !startsLexeme(s, i) {
			i++
			continue
		}
		if half, year, end, is := halfPeriodAt(s, i); is {
			found = append(found, periodIn{Period{Year: year, Half: half}, span{i, end}})
			i = end
			continue
		}
		i++
	}
	return found
}

// mayBeginHalf lets through the letters that fiscal, first, second, half, HY,
// FY, H and a figure begin with.
func mayBeginHalf(c byte) bool {
	switch c {
	case 'f', 'F', 's', 'S', 'h', 'H', '1', '2':
		return true
	default:
		return false
	}
}

func halfPeriodAt(s string, i int) (half, year, end int, is bool) {
	if half, next, is := halfAt(s, i); is {
		year, end, is := yearAfterHalf(s, next)
		return half, year, end, is
	}
	year, next, is := yearBeforeQuarter(s, i)
	if !is || year == 0 {
		return 0, 0, i, false
	}
	half, end, is = halfAt(s, skipFullYear(s, next))
	return half, year, end, is
}

// halfAt reads "H1", "1H", "first half", "second-half", "first half-year",
// "half-year", and "HY" before a figure.
func halfAt(s string, i int) (half, end int, is bool) {
	word, next := lexeme(s, i)
	if n, end, is := shortHalf(word, s, next); is {
		return n, end, true
	}
	if strings.EqualFold(word, "half") {
		end, is := yearlyAt(s, next)
		return 1, end, is
	}
	n, next, is := ordinalAt(word, s, next)
	if !is || n > 2 {
		return 0, i, false
	}
	word, after := lexeme(s, next)
	if word == "-" {
		word, after = lexeme(s, after)
	}
	if strings.EqualFold(word, "fiscal") {
		word, after = lexeme(s, after)
	}
	if !strings.EqualFold(word, "half") {
		return 0, i, false
	}
	if end, is := yearlyAt(s, after); is {
		after = end
	}
	return n, after, true
}

// shortHalf reads on after the H of "H1", the 1 of "1H" or the HY of "HY25".
func shortHalf(word, s string, next int) (half, end int, is bool) {
	if next >= len(s) {
		return 0, next, false
	}
	if word == "HY" {
		return 1, next, s[next] == ' ' || s[next] >= '0' && s[next] <= '9'
	}
	if word == "H" {
		digit, after := lexeme(s, next)
		n := number(digit)
		return n, after, (s[next] == '1' || s[next] == '2') && len(digit) == 1
	}
	after := next + 1
	if word != "1" && word != "2" || s[next] != 'H' {
		return 0, next, false
	}
	continues := after < len(s) && s[after] >= 'a' && s[after] <= 'z'
	return number(word), after, !continues
}

// yearlyAt reads the rest of "half-year", "half year", "half-yearly".
func yearlyAt(s string, i int) (end int, is bool) {
	word, next := lexeme(s, i)
	if word == "-" {
		word, next = lexeme(s, next)
	}
	return next, strings.EqualFold(word, "year") || strings.EqualFold(word, "yearly")
}

// yearAfterHalf reads the year of a half before it, also behind what is told of
// it: "half-year results 2025".
func yearAfterHalf(s string, i int) (year, end int, has bool) {
	if i >= 2 && s[i-2:i] == "HY" { // "HY25"
		digits, next := lexeme(s, i)
		if len(digits) == 2 {
			return shortYear(digits, next, s)
		}
	}
	const mostWords = 3
	for next, n := i, 0; n < mostWords; n++ {
		if year, end, has := yearAfterQuarter(s, next); has {
			return year, end, true
		}
		word, after := lexeme(s, next)
		switch strings.ToLower(word) {
		case "results", "result", "earnings", "report", "financial", "interim":
			next = after
		default:
			return 0, i, false
		}
	}
	return 0, i, false
}

// skipFullYear passes over "full-year and" between a year and the half that
// ends it.
func skipFullYear(s string, i int) int {
	const mostWords = 5
	for range mostWords {
		word, next := lexeme(s, i)
		switch strings.ToLower(word) {
		case "full", "-", "year", "and", "the":
			i = next
		default:
			return i
		}
	}
	return i
}

// endedHalf reads "the half-year ended June 30, 2025": a half that ends with
// the calendar's is of a fiscal year that is the calendar's.
func (f *findings) endedHalf(text string, at span) bool {
	s := at.of(text)
	for i := 0; i < len(s); i++ {
		if !mayBeginHalf(s[i]) || !startsLexeme(s, i) {
			continue
		}
		half, next, is := halfAt(s, i)
		if !is {
			continue
		}
		word, next := lexeme(s, next)
		if !strings.EqualFold(word, "ended") && !strings.EqualFold(word, "ending") {
			continue
		}
		date, end, is := dateAt(s, skipBlank(s, next))
		if is && number(date[5:7]) == 6*half {
			f.addPeriod(Period{Year: number(date[:4]), Half: half}, originSpeech, span{at.start + i, at.start + end})
			return true
		}
	}
	return false
}

// namesPeriod reports whether a word names a quarter or a half.
func namesPeriod(word string) bool {
	if word == "" {
		return false
	}
	_, _, half := halfAt(word, 0)
	return half || len(findPeriods(word)) > 0
}

// periodWithYear is the first period in a text that stands there with its year:
// a quarter, or else a half. A quarter that is named beside its half has the
// year of that: "half-year 2025 and second quarter".
func periodWithYear(s string) (periodIn, bool) {
	quarters := findPeriods(s)
	for _, p := range quarters {
		if p.Year != 0 {
			return p, true
		}
	}
	halves := findHalves(s)
	if len(halves) == 0 {
		return periodIn{}, false
	}
	p := halves[0]
	for _, q := range quarters {
		if (Period{Year: p.Year, Quarter: q.Quarter}).within(p.Period) {
			return periodIn{Period{Year: p.Year, Quarter: q.Quarter}, q.at}, true
		}
	}
	return p, len(quarters) == 0
}

// fiscalSpan is where the first fiscal period stands in a text, be it a
// quarter, a half, or a year of which the whole is told.
func fiscalSpan(s string) (span, bool) {
	if quarters := findPeriods(s); len(quarters) > 0 {
		return quarters[0].at, true
	}
	if halves := findHalves(s); len(halves) > 0 {
		return halves[0].at, true
	}
	for i := 0; i < len(s); i++ {
		if s[i]|lowerBit != 'f' || !startsLexeme(s, i) {
			continue
		}
		word, next := lexeme(s, i)
		if after := skipFullYear(s, i); strings.EqualFold(word, "full") && after > next {
			if _, end, has := yearAfterQuarter(s, next); has {
				return span{i, end}, true
			}
		}
	}
	return span{}, false
}
