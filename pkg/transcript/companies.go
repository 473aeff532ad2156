package transcript

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// companiesTable holds well-known companies, one a line: ticker, name, and
// after it the other names by which they are called on calls, all separated
// by tabs and semicolons.
//
//go:embed companies.tsv
var companiesTable string

// company is an entry of the table of well-known companies.
type company struct {
	ticker string
	name   string
	called []string // keys of all its names
}

// companyTable finds companies by name and by ticker.
type companyTable struct {
	byName   map[string]*company
	bySite   map[string]*company // by name run together, as in an address
	byTicker map[string]*company
}

// companies is the table, read once.
var companies = sync.OnceValue(readCompanies)

func readCompanies() companyTable {
	table := companyTable{byName: map[string]*company{}, bySite: map[string]*company{}, byTicker: map[string]*company{}}
	for line := range strings.Lines(companiesTable) {
		fields := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(fields) < 2 || strings.HasPrefix(line, "#") {
			continue
		}
		tickers := strings.Split(fields[0], ";")
		entry := &company{ticker: tickers[0], name: fields[1]}
		names := []string{fields[1]}
		if len(fields) > 2 {
			names = append(names, strings.Split(fields[2], ";")...)
		}
		for _, name := range names {
			key := companyKey(name)
			entry.called = append(entry.called, key)
			if _, taken := table.byName[key]; !taken {
				table.byName[key] = entry
			}
			if site := strings.Join(companyWords(name), ""); len(site) >= shortestSite {
				if _, taken := table.bySite[site]; !taken {
					table.bySite[site] = entry
				}
			}
		}
		for _, ticker := range tickers {
			table.byTicker[ticker] = entry
		}
	}
	return table
}

// shortestSite is the length of the shortest name that is believed of an
// address.
const shortestSite = 4

// companyNamed finds a well-known company by any of its names, whole.
func companyNamed(name string) (company, bool) {
	if key := companyKey(name); key != "" {
		if entry, is := companies().byName[key]; is {
			return *entry, true
		}
	}
	return company{}, false
}

// companyOf finds a well-known company by ticker.
func companyOf(ticker string) (company, bool) {
	if entry, is := companies().byTicker[ticker]; is {
		return *entry, true
	}
	return company{}, false
}

// isCalled reports whether a name is one of the company's.
func (c company) isCalled(name string) bool {
	return slices.Contains(c.called, companyKey(name))
}

// sameCompany reports whether two tickers are of one well-known company, as
// those of two classes of its shares are.
func sameCompany(a, b string) bool {
	x, isX := companyOf(a)
	y, isY := companyOf(b)
	return isX && isY && x.ticker == y.ticker
}

// companyKey folds a company's name for comparison: its words in the singular,
// since "Monster Beverages" is said for Monster Beverage.
func companyKey(name string) string {
	kept := companyWords(name)
	for i, word := range kept {
		kept[i] = singular(word)
	}
	return strings.Join(kept, " ")
}

// companyWords are the words of a company's name in lower case, without
// punctuation, a leading "the", and the words for its legal form.
func companyWords(name string) []string {
	var kept []string
	for field := range strings.FieldsFuncSeq(strings.ToLower(name), notOfCompany) {
		if word := companyMarks.Replace(field); word != "" && (word != "the" || len(kept) > 0) {
			kept = append(kept, word)
		}
	}
	for len(kept) > 1 && isLegalForm(kept[len(kept)-1]) {
		kept = kept[:len(kept)-1]
	}
	return kept
}

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

var companyMarks = strings.NewReplacer("'", "", "’", "", ".", "", "&", "and")

func isLegalForm(word string) bool {
	switch word {
	case "inc", "incorporated", "corp", "corporation", "co", "company", "companies", "plc", "ltd", "limited", "llc", "lp", "nv", "sa", "ag", "se", "oyj", "asa", "ab", "spa", "pbc", "group", "holdings", "holding", "and", "international":
		return true
	default:
		return false
	}
}
