package transcript

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// Company is an entry of a directory of companies.
type Company struct {
	// Ticker is the one under which the company's calls are filed, in the form
	// of NormaliseTicker.
	Ticker string
	// Name is the company's name as it is printed.
	Name string
	// OtherTickers are those of its other share classes and listings.
	OtherTickers []string
	// OtherNames are other names by which it is called on its calls.
	OtherNames []string
}

// Companies is a directory of companies: it finds one by ticker, whichever of
// its share classes is named, and by the names by which it is called. It does
// not change once made, so that any number of readers may share it. The nil
// directory is empty.
type Companies struct {
	all       []*listed
	byTicker  map[string]*listed
	wellKnown map[string]*listed // by key of a name
	bySite    map[string]*listed // well-known ones by name run together, as in an address
	byName    map[string]*listed // by key of a name; nil where several have it
	count     int
}

// listed is an entry as the directory keeps it.
type listed struct {
	Company

	// wellKnown companies are known by their names wherever those are heard in
	// the opening of a call. The names of thousands hold too many ordinary words
	// for that: others are known only where a company is named.
	wellKnown bool
	// formerly is set of an entry for another name of a company that is listed
	// already: it was renamed, or its ticker has gone to another.
	formerly bool
	called   []companyName
}

// isCalled reports whether a name is one of the company's.
func (l *listed) isCalled(name string) bool {
	read := readCompanyName(name)
	return slices.ContainsFunc(l.called, func(called companyName) bool { return called.short == read.short })
}

// Limits of a directory.
const (
	maxCompanies   = 100_000
	maxCompanyName = 300 // bytes
)

// NewCompanies makes a directory of companies. The first entry that has a
// ticker or a name keeps it. The error names each entry that has no name, or a
// ticker that is none.
func NewCompanies(list []Company) (*Companies, error) {
	if len(list) > maxCompanies {
		return nil, fmt.Errorf("a directory holds at most %d companies, not %d", maxCompanies, len(list))
	}
	var faults []error
	b := newDirectory(len(list))
	for i := range list {
		company, err := checkedCompany(&list[i])
		if err != nil {
			const mostFaults = 10
			if faults = append(faults, fmt.Errorf("company %d: %w", i+1, err)); len(faults) == mostFaults {
				break
			}
			continue
		}
		b.add(&listed{Company: company})
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return b.done(), nil
}

// checkedCompany is an entry with its tickers in the one form, apart from the
// caller's slices.
func checkedCompany(in *Company) (Company, error) {
	out := Company{Name: folded(in.Name), OtherNames: slices.Clone(in.OtherNames)}
	for _, name := range append([]string{in.Name}, in.OtherNames...) {
		if !utf8.ValidString(name) || len(name) > maxCompanyName || len(companyWords(name)) == 0 {
			const shown = 60
			return out, fmt.Errorf("%.*q is no name of a company", shown, name)
		}
	}
	for i, ticker := range append([]string{in.Ticker}, in.OtherTickers...) {
		normal, err := NormaliseTicker(ticker)
		switch {
		case err != nil:
			return out, fmt.Errorf("%s: %w", out.Name, err)
		case i == 0:
			out.Ticker = normal
		default:
			out.OtherTickers = append(out.OtherTickers, normal)
		}
	}
	return out, nil
}

// With returns a directory of the companies of c and of more. What c holds
// wins: a company of which c knows a ticker stays under the one it has there,
// with the further tickers and names that more knows of it.
func (c *Companies) With(more *Companies) *Companies {
	b := newDirectory(c.Len() + more.Len())
	for _, from := range [...]*Companies{c, more} {
		if from == nil {
			continue
		}
		for _, entry := range from.all {
			b.merge(entry)
		}
	}
	return b.done()
}

// Len is the number of companies.
func (c *Companies) Len() int {
	if c == nil {
		return 0
	}
	return c.count
}

// All are the companies in the order of their entries.
func (c *Companies) All() iter.Seq[Company] {
	return func(yield func(Company) bool) {
		if c == nil {
			return
		}
		for _, entry := range c.all {
			if !entry.formerly && !yield(entry.copied()) {
				return
			}
		}
	}
}

// ByTicker finds a company by any of its tickers, in any usual form.
func (c *Companies) ByTicker(ticker string) (Company, bool) {
	normal, err := NormaliseTicker(ticker)
	if err != nil {
		return Company{}, false
	}
	entry, is := c.ofTicker(normal)
	if !is {
		return Company{}, false
	}
	return entry.copied(), true
}

// ByName finds a company by any of its names, whole, whatever its case,
// punctuation and legal form. A name that several companies have finds none.
func (c *Companies) ByName(name string) (Company, bool) {
	entry, is := c.named(name)
	if !is {
		return Company{}, false
	}
	return entry.copied(), true
}

func (l *listed) copied() Company {
	out := l.Company
	out.OtherTickers, out.OtherNames = slices.Clone(out.OtherTickers), slices.Clone(out.OtherNames)
	return out
}

// ofTicker finds a company by a ticker in the form of NormaliseTicker.
func (c *Companies) ofTicker(ticker string) (*listed, bool) {
	if c == nil {
		return nil, false
	}
	entry, is := c.byTicker[ticker]
	return entry, is
}

// heard finds a well-known company by any of its names, whole.
func (c *Companies) heard(name string) (*listed, bool) {
	if c == nil {
		return nil, false
	}
	return c.wellKnownAs(readCompanyName(name))
}

// wellKnownAs finds a well-known company by a name, unless that is to the
// letter of another company: Vertex, Inc. is not Vertex Pharmaceuticals.
func (c *Companies) wellKnownAs(name companyName) (*listed, bool) {
	entry, is := c.wellKnown[name.short]
	if !is {
		return nil, false
	}
	other := c.byName[name.full]
	return entry, other == nil || other.Ticker == entry.Ticker || name.full == name.short
}

// named finds a company by any of its names, whole, where a company is known
// to be named.
func (c *Companies) named(name string) (*listed, bool) {
	if c == nil {
		return nil, false
	}
	read := readCompanyName(name)
	if entry, is := c.wellKnownAs(read); is {
		return entry, true
	}
	entry := c.byName[read.full]
	if entry == nil {
		entry = c.byName[read.key]
	}
	if entry == nil || entry.otherForm(read) {
		return nil, false
	}
	return entry, true
}

// otherForm reports whether a name is of a legal form, from abroad, that none
// of the company's names has: then it is the name of another company.
func (l *listed) otherForm(name companyName) bool {
	if name.abroad == "" {
		return false
	}
	for _, called := range l.called {
		if called.abroad == name.abroad || called.abroad == "" && called.full == called.key {
			return false
		}
	}
	return true
}

// ofSite finds a well-known company by its name run together.
func (c *Companies) ofSite(name string) (*listed, bool) {
	if c == nil {
		return nil, false
	}
	entry, is := c.bySite[strings.ReplaceAll(name, "-", "")]
	return entry, is
}

// same reports whether two tickers are of one company, as those of two classes
// of its shares are.
func (c *Companies) same(a, b string) bool {
	x, isX := c.ofTicker(a)
	y, isY := c.ofTicker(b)
	return isX && isY && x.Ticker == y.Ticker
}
