package transcript

import (
	_ "embed"
	"strings"
	"sync"
)

// wellKnownTable holds well-known companies, one a line: tickers, name, and
// after it the other names by which they are called on calls, separated by
// tabs and semicolons.
//
//go:embed companies.tsv
var wellKnownTable string

// WellKnown is the directory that comes with the package: companies whose calls
// are read most. They are known by their names wherever those are heard in the
// opening of a call, and not only where a company is named.
func WellKnown() *Companies { return wellKnown() }

// wellKnown is the table, read once.
var wellKnown = sync.OnceValue(func() *Companies {
	d := newDirectory(strings.Count(wellKnownTable, "\n"))
	for line := range strings.Lines(wellKnownTable) {
		fields := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(fields) < 2 || strings.HasPrefix(line, "#") {
			continue
		}
		tickers := strings.Split(fields[0], ";")
		entry := &listed{Company: Company{Ticker: tickers[0], Name: fields[1], OtherTickers: tickers[1:]}, wellKnown: true}
		if len(fields) > 2 {
			entry.OtherNames = strings.Split(fields[2], ";")
		}
		d.add(entry)
	}
	return d.done()
})
