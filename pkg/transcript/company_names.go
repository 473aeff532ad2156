package transcript

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// companyName is a company's name folded for comparison: words in lower case
// and in the singular, since "Monster Beverages" is said for Monster Beverage,
// with less and less of what tells its form.
type companyName struct {
	full   string // with its legal form
	key    string // without it
	short  string // without "group", "holdings" and the like either
	abroad string // its legal form if that is one which companies in the United States do not have
}

func readCompanyName(name string) companyName {
	words := companyWords(name)
	keyed := len(words)
	for keyed > 1 && (isLegalForm(words[keyed-1]) || words[keyed-1] == "and") {
		keyed--
	}
	short := keyed
	for short > 1 && isForm(words[short-1]) {
		short--
	}
	read := companyName{}
	for _, form := range words[keyed:] {
		if isFormAbroad(form) {
			read.abroad = form
		}
	}
	for i, word := range words {
		words[i] = singular(legalForm(word))
	}
	read.full, read.key, read.short = strings.Join(words, " "), strings.Join(words[:keyed], " "), strings.Join(words[:short], " ")
	return read
}

// keys are the ways in which the name may be given: whole, or without some of
// what tells its form.
func (n companyName) keys() []string {
	keys := []string{n.short}
	for i := len(n.short); i < len(n.key); i++ {
		if n.key[i] == ' ' && i > len(n.short) {
			keys = append(keys, n.key[:i])
		}
	}
	return append(keys, n.key, n.full)
}

// companyNames are a name as it is written and, where the initials of a
// founder follow his last name as in a register (Horton D R Inc), as it is
// said.
func companyNames(name string) []companyName {
	names := append(make([]companyName, 0, 2), readCompanyName(name))
	fields := strings.Fields(name)
	initials := 1
	for initials < len(fields) && len(fields[initials]) == 1 && unicode.IsLetter(rune(fields[initials][0])) {
		initials++
	}
	const fewestInitials, shortestName = 2, 3
	if initials <= fewestInitials || len(fields[0]) < shortestName || isForm(strings.ToLower(strings.Join(fields[1:initials], ""))) {
		return names
	}
	said := slices.Concat(fields[1:initials], fields[:1], fields[initials:])
	return append(names, readCompanyName(strings.Join(said, " ")))
}

// companyWords are the words of a company's name in lower case, without
// punctuation, accents and a leading "the". Letters that stand alone are one word, as
// those of U.S. and A/S are, and so is an address: amazon.com, Amazon Com.
func companyWords(name string) []string {
	var kept companyPieces
	for field := range strings.FieldsFuncSeq(withoutAccents(strings.ToLower(name)), notOfCompany) {
		word := withoutMarks(field)
		if word != "" && (word != "the" || len(kept.words) > 0) {
			kept.add(word)
		}
	}
	return kept.words
}

// withoutAccents writes a name as registers do that have no accents: Nestle.
func withoutAccents(name string) string {
	for i := range len(name) {
		if name[i] < utf8.RuneSelf {
			continue
		}
		return strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(strandedLetters.Replace(name)))
	}
	return name
}

// strandedLetters are those that are no letter with an accent.
var strandedLetters = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "æ", "ae", "œ", "oe", "ß", "ss")

// companyPieces are the words of a name while they are read.
type companyPieces struct {
	words []string
	open  bool // whether the last word is of letters that stand alone
}

func (p *companyPieces) add(word string) {
	n := len(p.words)
	alone := len(word) == 1 && !unicode.IsDigit(rune(word[0]))
	switch {
	case n > 0 && (p.open && (alone || isArticle(p.words[n-1])) || word == "com"):
		p.words[n-1] += word
	case alone && n > 1 && p.words[n-1] == "and" && len(p.words[n-2]) == 1: // "H & R Block" is H&R Block
		p.words = append(p.words[:n-2], p.words[n-2]+"and"+word)
		alone = false
	default:
		p.words = append(p.words, word)
	}
	p.open = alone
}

// isArticle reports whether a letter that stands alone was parted from the word
// after it: L'Air, O'Reilly, D'Arcy.
func isArticle(letter string) bool { return letter == "l" || letter == "o" || letter == "d" }

func notOfCompany(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("&'’.", r)
}

func singular(word string) string {
	const shortestPlural = 5
	if len(word) >= shortestPlural && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") {
		return word[:len(word)-1]
	}
	return word
}

// withoutMarks drops the punctuation within a word of a name.
func withoutMarks(word string) string {
	if !strings.ContainsAny(word, "'’.&") {
		return word
	}
	return companyMarks.Replace(word)
}

var companyMarks = strings.NewReplacer("'", "", "’", "", ".", "", "&", "and")

// isForm reports whether a word tells the form of a company and nothing more.
func isForm(word string) bool {
	switch word {
	case "group", "holdings", "holding", "international", "companies", "and":
		return true
	default:
		return isLegalForm(word)
	}
}

func isLegalForm(word string) bool {
	switch word {
	case "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "lp", "pbc":
		return true
	default:
		return isFormAbroad(word)
	}
}

func isFormAbroad(word string) bool {
	switch word {
	case "plc", "nv", "sa", "ag", "se", "oyj", "asa", "ab", "spa", "as", "sab", "kgaa", "tbk":
		return true
	default:
		return false
	}
}

// legalForm is the short way of writing a legal form.
func legalForm(word string) string {
	switch word {
	case "incorporated":
		return "inc"
	case "corporation":
		return "corp"
	case "company":
		return "co"
	case "limited":
		return "ltd"
	default:
		return word
	}
}
