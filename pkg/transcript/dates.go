package transcript

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lexeme returns the next run of letters or of digits from i on, or else one
// character; white space before it is skipped.
func lexeme(s string, i int) (string, int) {
	i = skipBlank(s, i)
	if i >= len(s) {
		return "", i
	}
	start := i
	first, size := utf8.DecodeRuneInString(s[i:])
	i += size
	class := lexicalClass(first)
	if class == classOther {
		return s[start:i], i
	}
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if lexicalClass(r) != class {
			break
		}
		i += size
	}
	return s[start:i], i
}

const (
	classOther = iota
	classLetter
	classDigit
)

func lexicalClass(r rune) int {
	switch {
	case unicode.IsLetter(r):
		return classLetter
	case r >= '0' && r <= '9':
		return classDigit
	default:
		return classOther
	}
}

// number reads a run of at most four digits; -1 if it is none.
func number(s string) int {
	const mostDigits = 4
	if s == "" || len(s) > mostDigits {
		return -1
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = 10*n + int(s[i]-'0')
	}
	return n
}

// dateIn is a date that stands in the text.
type dateIn struct {
	iso string
	at  span
}

// findDates returns the dates written in s: "May 1, 2025", "Thursday, Feb. 5,
// 2026", "1 May 2025", "13th of March 2019", "20-May-2021", "2026-02-05".
// Dates in figures only, other than ISO 8601, are left alone: which figure is
// the month differs by country.
func findDates(s string) []dateIn {
	var found []dateIn
	for i := 0; i < len(s); {
		if !mayBeginDate(s[i]) || !startsLexeme(s, i) {
			i++
			continue
		}
		if date, end, is := dateAt(s, i); is {
			found = append(found, dateIn{date, span{i, end}})
			i = end
			continue
		}
		i++
	}
	return found
}

// mayBeginDate lets through figures and the capitals that months begin with.
func mayBeginDate(c byte) bool {
	switch c {
	case 'J', 'F', 'M', 'A', 'S', 'O', 'N', 'D', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return true
	default:
		return false
	}
}

// startsLexeme reports whether a word or number may begin at i. A capital
// after a small letter may too: pages that were scraped run words together.
func startsLexeme(s string, i int) bool {
	c := s[i]
	letter := c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
	digit := c >= '0' && c <= '9'
	if !letter && !digit {
		return false
	}
	if i == 0 {
		return true
	}
	before := s[i-1]
	switch {
	case before >= '0' && before <= '9', before >= 'A' && before <= 'Z':
		return false
	case before >= 'a' && before <= 'z':
		return c >= 'A' && c <= 'Z'
	default:
		return true
	}
}

func dateAt(s string, i int) (string, int, bool) {
	first, after := lexeme(s, i)
	if month := monthNumber(first); month > 0 {
		return monthFirst(s, after, month)
	}
	n := number(first)
	switch {
	case n >= earliestYear && n <= latestYear:
		return yearFirst(s, after, n)
	case n >= 1 && n <= 31:
		return dayFirst(s, after, n)
	}
	return "", i, false
}

// monthFirst reads on after the name of a month: ". 5th, 2026", "-19-2022".
func monthFirst(s string, i, month int) (string, int, bool) {
	word, next := lexeme(s, i)
	if word == "." || word == "-" {
		i = next
		word, next = lexeme(s, i)
	}
	day := number(word)
	if day < 1 {
		return "", i, false
	}
	i = skipOrdinal(s, next)
	word, next = lexeme(s, i)
	if word == "," || word == "-" {
		word, next = lexeme(s, next)
	}
	return calendarDate(number(word), month, day, next)
}

// dayFirst reads on after the day: " May 2025", "th of March 2019", "-May-2021".
func dayFirst(s string, i, day int) (string, int, bool) {
	i = skipOrdinal(s, i)
	word, next := lexeme(s, i)
	if word == "-" || strings.EqualFold(word, "of") {
		word, next = lexeme(s, next)
	}
	month := monthNumber(word)
	if month == 0 {
		return "", i, false
	}
	word, next = lexeme(s, next)
	if word == "-" || word == "," || word == "." {
		word, next = lexeme(s, next)
	}
	return calendarDate(number(word), month, day, next)
}

// yearFirst reads on after the year of a date in ISO 8601.
func yearFirst(s string, i, year int) (string, int, bool) {
	const rest = len("-02-05")
	if len(s)-i < rest || s[i] != '-' || s[i+3] != '-' {
		return "", i, false
	}
	end := i + rest
	if end < len(s) && s[end] >= '0' && s[end] <= '9' {
		return "", i, false
	}
	return calendarDate(year, number(s[i+1:i+3]), number(s[i+4:end]), end)
}

func calendarDate(year, month, day, end int) (string, int, bool) {
	if !plausibleYear(year) {
		return "", end, false
	}
	date := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	return date, end, validDate(date) == nil
}

func skipOrdinal(s string, i int) int {
	if i+2 > len(s) {
		return i
	}
	switch strings.ToLower(s[i : i+2]) {
	case "st", "nd", "rd", "th":
		return i + 2
	default:
		return i
	}
}

// monthNumber reads the name of a month, whole or shortened; 0 if it is none.
func monthNumber(word string) int {
	const shortest = 3
	if len(word) < shortest {
		return 0
	}
	for i, name := range [...]string{
		"january", "february", "march", "april", "may", "june",
		"july", "august", "september", "october", "november", "december",
	} {
		if len(word) > len(name) || !strings.EqualFold(word, name[:len(word)]) {
			continue
		}
		if len(word) == shortest || len(word) == len(name) || strings.EqualFold(word, "sept") {
			return i + 1
		}
	}
	return 0
}
