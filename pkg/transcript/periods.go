package transcript

import "strings"

// periodIn is a period that stands in the text, with its year where that stands
// beside it, else 0.
type periodIn struct {
	Period

	at span
}

// findPeriods returns the fiscal quarters written in s, as people say and
// write them: "Q4 2025", "first quarter of fiscal year 2025", "fiscal 2025
// third quarter", "FQ1 2022", "1Q'22", "Q4 FY26", "fourth quarter and full
// year 2024". A quarter without a year is returned with year 0.
func findPeriods(s string) []periodIn {
	var found []periodIn
	for i := 0; i < len(s); {
		if !mayBeginPeriod(s[i]) || !startsLexeme(s, i) {
			i++
			continue
		}
		if p, end, is := periodAt(s, i); is {
			found = append(found, periodIn{p, span{i, end}})
			i = end
			continue
		}
		i++
	}
	return found
}

// mayBeginPeriod lets through the letters that fiscal, first, second, third,
// fourth, FY, Q and a figure begin with.
func mayBeginPeriod(c byte) bool {
	switch c {
	case 'f', 'F', 's', 'S', 't', 'T', 'q', 'Q', '1', '2', '3', '4':
		return true
	default:
		return false
	}
}

func periodAt(s string, i int) (Period, int, bool) {
	if quarter, end, is := quarterAt(s, i); is {
		if year, yearEnd, has := yearAfterQuarter(s, end); has {
			return Period{Year: year, Quarter: quarter}, yearEnd, true
		}
		return Period{Quarter: quarter}, end, true
	}
	year, after, is := yearBeforeQuarter(s, i)
	if !is {
		return Period{}, i, false
	}
	quarter, end, is := quarterAt(s, after)
	if !is {
		return Period{}, i, false
	}
	if year == 0 { // "fiscal third quarter 2025"
		if year, yearEnd, has := yearAfterQuarter(s, end); has {
			return Period{Year: year, Quarter: quarter}, yearEnd, true
		}
	}
	return Period{Year: year, Quarter: quarter}, end, true
}

// quarterAt reads "Q3", "FQ3", "3Q", "third quarter", "third-quarter", "3rd
// fiscal quarter".
func quarterAt(s string, i int) (quarter, end int, is bool) {
	word, next := lexeme(s, i)
	if n, end, is := shortQuarter(word, s, next); is {
		return n, end, true
	}
	n, next, is := ordinalAt(word, s, next)
	if !is {
		return 0, i, false
	}
	word, after := lexeme(s, next)
	if word == "-" {
		word, after = lexeme(s, after)
	}
	if strings.EqualFold(word, "fiscal") {
		word, after = lexeme(s, after)
	}
	return n, after, strings.EqualFold(word, "quarter")
}

// shortQuarter reads on after the Q of "Q3" or the 3 of "3Q".
func shortQuarter(word, s string, next int) (quarter, end int, is bool) {
	if next >= len(s) {
		return 0, next, false
	}
	if strings.EqualFold(word, "q") || strings.EqualFold(word, "fq") {
		digit, after := lexeme(s, next)
		n := number(digit)
		return n, after, s[next] >= '0' && s[next] <= '9' && n >= 1 && n <= 4
	}
	n, after := number(word), next+1
	if len(word) != 1 || n < 1 || n > 4 || s[next] != 'Q' && s[next] != 'q' {
		return 0, next, false
	}
	continues := after < len(s) && (s[after] >= 'a' && s[after] <= 'z' || s[after] == '&')
	return n, after, !continues
}

func ordinalAt(word, s string, next int) (n, end int, is bool) {
	for i, ordinal := range [...]string{"first", "second", "third", "fourth"} {
		if len(word) == len(ordinal) && strings.EqualFold(word, ordinal) {
			return i + 1, next, true
		}
	}
	if n := number(word); n >= 1 && n <= 4 {
		if end := skipOrdinal(s, next); end > next {
			return n, end, true
		}
	}
	return 0, next, false
}

// yearAfterQuarter reads the year that belongs to a quarter before it: " 2025",
// " of fiscal year 2025", " FY26", "'22", " and full year 2024", " and first
// half 2025".
func yearAfterQuarter(s string, i int) (year, end int, has bool) {
	const mostConnectors = 8
	fiscal := i > 0 && strings.IndexByte("QqH", s[i-1]) >= 0 // "1Q25"
	comma := false
	for range mostConnectors {
		word, next := lexeme(s, i)
		switch strings.ToLower(word) {
		case "of", "for", "the", "full", "calendar", "and", "end", "-", "first", "half", "six", "nine", "months":
		case "fiscal", "year", "years", "fy", "cy":
			fiscal = true
		case ",":
			if comma {
				return 0, i, false
			}
			comma = true
		case "'", "’", "‘":
			digits, after := lexeme(s, next)
			return shortYear(digits, after, s)
		case "":
			return 0, i, false
		default:
			if fiscal && len(word) == 2 {
				return shortYear(word, next, s)
			}
			return longYear(word, next, s)
		}
		i = next
	}
	return 0, i, false
}

// yearBeforeQuarter reads what may stand before a quarter: "fiscal", "fiscal
// year 2025", "FY26", "2024", each with or without "'s". The year is 0 after
// "fiscal" alone.
func yearBeforeQuarter(s string, i int) (year, end int, is bool) {
	word, next := lexeme(s, i)
	switch {
	case strings.EqualFold(word, "fiscal"):
		if year, end, is := fiscalYearAt(s, next); is {
			return year, end, true
		}
		return 0, next, true
	case strings.EqualFold(word, "fy"):
		return fiscalYearAt(s, next)
	}
	year, next, is = longYear(word, next, s)
	return year, skipPossessive(s, next), is
}

// fiscalYearAt reads the year after "fiscal" or "FY": " year 2025", "26", "'26".
func fiscalYearAt(s string, i int) (year, end int, is bool) {
	word, next := lexeme(s, i)
	if strings.EqualFold(word, "year") {
		word, next = lexeme(s, next)
	}
	short := len(word) == 2
	if word == "'" || word == "’" {
		word, next = lexeme(s, next)
		short = true
	}
	if short {
		year, next, is = shortYear(word, next, s)
	} else {
		year, next, is = longYear(word, next, s)
	}
	return year, skipPossessive(s, next), is
}

func skipPossessive(s string, i int) int {
	for _, possessive := range [...]string{"'s", "’s"} {
		if strings.HasPrefix(s[i:], possessive) {
			return i + len(possessive)
		}
	}
	return i
}

func longYear(digits string, next int, s string) (year, end int, is bool) {
	n := number(digits)
	if next, spans := spansYears(n, next, s); spans {
		return n + 1, next, len(digits) == 4 && plausibleYear(n+1)
	}
	return n, next, len(digits) == 4 && plausibleYear(n) && !continuesNumber(s, next)
}

func shortYear(digits string, next int, s string) (year, end int, is bool) {
	const century = 2000
	n := number(digits)
	if next, spans := spansYears(n, next, s); spans {
		return century + n + 1, next, len(digits) == 2
	}
	return century + n, next, len(digits) == 2 && n >= 0 && !continuesNumber(s, next)
}

// spansYears reads on after the first year of a fiscal year that is written
// with both it falls into, 2025/26 or FY2025-26: it is named by the second.
func spansYears(year, i int, s string) (end int, is bool) {
	const century, rest = 100, len("/26")
	if year < 0 || i+rest > len(s) || strings.IndexByte("/-", s[i]) < 0 || number(s[i+1:i+rest]) != (year+1)%century {
		return i, false
	}
	i += rest
	return i, i == len(s) || strings.IndexByte("-/0123456789", s[i]) < 0
}

// continuesNumber reports whether what follows makes the digits before it part
// of another figure: 2,025 million, 20.25, 25%.
func continuesNumber(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	if s[i] == '%' {
		return true
	}
	return (s[i] == ',' || s[i] == '.') && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9'
}
