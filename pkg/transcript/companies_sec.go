package transcript

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// MaxCompaniesDocument is the size in bytes of the largest list of companies
// that is taken. The SEC's has less than one MiB.
const MaxCompaniesDocument = 16 << 20

// SECTicker is a ticker as the SEC lists it: with the number by which it knows
// who issued it.
type SECTicker struct {
	// Place is the name of the entry.
	Place  int    `json:"-"`
	CIK    int64  `json:"cik_str"`
	Ticker string `json:"ticker"`
	Title  string `json:"title"`
}

// ParseSECTickers reads the list of tickers that the SEC publishes as
// company_tickers.json: an object of entries such as
// {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."} under "0", "1"
// and so on, which is the order in which they are returned. Each has a number;
// their tickers are as they stand there.
func ParseSECTickers(document []byte) ([]SECTicker, error) {
	if len(document) > MaxCompaniesDocument {
		return nil, fmt.Errorf("the list of companies has %d bytes, and the most that is taken is %d", len(document), MaxCompaniesDocument)
	}
	var entries map[string]SECTicker
	if err := json.Unmarshal(document, &entries); err != nil {
		return nil, fmt.Errorf("the list of companies is not in the form of the SEC's company_tickers.json: %w", err)
	}
	if len(entries) == 0 {
		return nil, errors.New("the list of companies is empty")
	}
	if len(entries) > maxCompanies {
		return nil, fmt.Errorf("the list of companies has %d entries, and the most that is taken is %d", len(entries), maxCompanies)
	}
	places := make([]int, 0, len(entries))
	for key := range entries {
		place, err := strconv.Atoi(key)
		if err != nil || strconv.Itoa(place) != key {
			return nil, fmt.Errorf("the list of companies is not in the form of the SEC's company_tickers.json: %.40q is no place in it", key)
		}
		places = append(places, place)
	}
	slices.Sort(places)
	tickers := make([]SECTicker, 0, len(places))
	for _, place := range places {
		entry := entries[strconv.Itoa(place)]
		if entry.CIK <= 0 {
			return nil, fmt.Errorf("entry %d of the list of companies: no cik_str", place)
		}
		entry.Place = place
		tickers = append(tickers, entry)
	}
	return tickers, nil
}

// ParseSECCompanies reads the list that ParseSECTickers reads as a directory.
// The tickers of one issuer (share classes, preferred shares, warrants) are one
// company under the first of them, unless that is plainly not of its shares.
// Names are written as in titles: without the register's marks (/DE/, /NEW/),
// and not in capitals only.
func ParseSECCompanies(document []byte) (*Companies, error) {
	entries, err := ParseSECTickers(document)
	if err != nil {
		return nil, err
	}
	var companies []Company
	issuer := make(map[int64]int, len(entries))
	for _, entry := range entries {
		ticker, err := NormaliseTicker(entry.Ticker)
		if err != nil {
			return nil, fmt.Errorf("entry %d of the list of companies: %w", entry.Place, err)
		}
		if i, listed := issuer[entry.CIK]; listed {
			companies[i].OtherTickers = append(companies[i].OtherTickers, ticker)
			continue
		}
		issuer[entry.CIK] = len(companies)
		companies = append(companies, Company{Ticker: ticker, Name: entry.Title})
	}
	for i := range companies {
		companies[i].Name = registeredName(companies[i].Name)
		leadWithShares(&companies[i])
	}
	return NewCompanies(companies)
}

// leadWithShares puts the ticker of the company's shares first where that of
// its notes, units or preferred shares leads: it is the same with more after
// it, and that is not the letter of a share class (BIP before BIPH, but GOOGL
// before GOOG).
func leadWithShares(c *Company) {
	for i, ticker := range c.OtherTickers {
		const shortest = 2
		more, begins := strings.CutPrefix(c.Ticker, ticker)
		if begins && len(ticker) >= shortest && more != "" && !isShareClass(strings.TrimPrefix(more, "-")) {
			c.Ticker, c.OtherTickers[i] = ticker, c.Ticker
			return
		}
	}
}

// isShareClass reports whether what follows a ticker is the letter of a class
// of shares.
func isShareClass(letter string) bool {
	switch letter {
	case "A", "B", "C", "K", "L":
		return true
	default:
		return false
	}
}
