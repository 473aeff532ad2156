package transcript

import (
	"slices"
	"strings"
)

// symbol is a ticker as a title or a publisher writes it, and the market it is
// of.
type symbol struct {
	ticker string
	market string // code of a market outside the United States, empty where none is told
	// hyphenated is set where a hyphen is known to stand in it, as the SEC sets
	// off classes and preferred shares.
	hyphenated bool
	at         span // within the line
}

// bracketedSymbols reads "Acme, Inc. (NYSE:ACME)" in a line, and further
// listings that follow in the same brackets or the next.
func bracketedSymbols(line string) (symbols []symbol, company span) {
	for open := strings.IndexByte(line, '('); open >= 0; {
		if length := strings.IndexByte(line[open:min(len(line), open+longestListing)], ')'); length > 0 {
			if symbols := symbolsWithin(line, open+1, open+length); len(symbols) > 0 {
				return append(symbols, followingSymbols(line, open+length+1)...), companyBefore(line, open)
			}
		}
		next := strings.IndexByte(line[open+1:], '(')
		if next < 0 {
			break
		}
		open += 1 + next
	}
	return nil, span{}
}

// longestListing is the length of the longest text in brackets that may name
// the symbols of a company.
const longestListing = 160

// followingSymbols reads the listings in the brackets that follow at once:
// "(NASDAQ:ACME) (LSE:ACM)". Each names its market.
func followingSymbols(line string, i int) []symbol {
	var symbols []symbol
	for {
		open := i + len(line[i:]) - len(strings.TrimLeft(line[i:], " ,;/&"))
		length := strings.IndexByte(line[open:min(len(line), open+longestListing)], ')')
		if length < 0 || line[open] != '(' || !strings.Contains(line[open:open+length], ":") {
			return symbols
		}
		more := symbolsWithin(line, open+1, open+length)
		if len(more) == 0 {
			return symbols
		}
		symbols = append(symbols, more...)
		i = open + length + 1
	}
}

// symbolsWithin are the symbols between two places of a line.
func symbolsWithin(line string, start, end int) []symbol {
	symbols := parseSymbols(line[start:end])
	for i := range symbols {
		symbols[i].at.start += start
		symbols[i].at.end += start
	}
	return symbols
}

// parseSymbols reads what stands in brackets: "ACME", "NYSE:ACME", "ACME:CA",
// "ACME -0.40%", "ACME+2.97%", "ACME0.16%", and several listings of a company:
// "NASDAQ: ACME, TSX: ACM", "NYSE: ACME; LSE: ACM", "NYSE/TSX: ACME", "NYSE:
// ACME.A, ACME.B". Several are believed only with their markets.
func parseSymbols(s string) []symbol {
	if len(s) > longestListing {
		return nil
	}
	p := symbolParser{text: s}
	for start := 0; start <= len(s); {
		end := start + partEnd(s[start:])
		part := trimmed(s, span{start, end})
		start = end + 1
		if part.empty() {
			continue
		}
		if !p.take(part) {
			break
		}
	}
	if p.refused || len(p.markets) > 0 && !p.told {
		return nil
	}
	return p.symbols
}

// symbolParser reads several listings of a company.
type symbolParser struct {
	text    string
	symbols []symbol
	markets []string // of the symbols that follow
	told    bool     // whether a colon has ended the list of markets
	refused bool     // no symbol is what stands first
}

// take reads a part of the text, and reports whether there may be more.
func (p *symbolParser) take(part span) bool {
	word := part.of(p.text)
	before, after, has := strings.Cut(word, ":")
	switch {
	case !has && isExchange(word):
		p.market(marketOf(word))
		p.told = false
		return true
	case has && isExchange(before):
		p.market(marketOf(before))
		part = trimmed(p.text, span{part.end - len(after), part.end})
	case has && len(after) == 2 && strings.ToUpper(after) == after: // "ACME:CA"
		p.markets = []string{countryMarket(after)}
		part.end -= len(after) + 1
	case has:
		p.refused = len(p.symbols) == 0
		return false
	}
	p.told = p.told || has
	read, is := parseSymbol(p.text, part, p.abroad())
	if !is || len(p.symbols) > 0 && !p.told {
		p.refused = len(p.symbols) == 0 || !p.told
		return false
	}
	p.symbols = append(p.symbols, read)
	return true
}

// abroad is the market of the symbol that follows where it has none in the
// United States.
func (p *symbolParser) abroad() string {
	if len(p.markets) == 0 || slices.Contains(p.markets, "") {
		return ""
	}
	return p.markets[0]
}

// market adds to the markets of the symbol that follows, or begins with those
// of the next.
func (p *symbolParser) market(code string) {
	if p.told {
		p.markets, p.told = nil, false
	}
	p.markets = append(p.markets, code)
}

// partEnd is where the first of several listings ends. A slash parts only the
// names of markets: that of BRK/B is of its share class.
func partEnd(s string) int {
	for i := range len(s) {
		switch s[i] {
		case ',', ';', '|':
			return i
		case '/':
			before, after, _ := strings.Cut(s[i+1:], ":")
			if isExchange(s[:i]) || after != "" && isExchange(before) {
				return i
			}
		}
	}
	return len(s)
}

// parseSymbol reads one symbol, which is all in capitals.
func parseSymbol(s string, at span, market string) (symbol, bool) {
	written := withoutChange(at.of(s))
	at.end = at.start + len(written)
	ticker, err := NormaliseTicker(written)
	if err != nil || written != strings.ToUpper(written) || isPeriodWord(written) {
		return symbol{}, false
	}
	// A figure alone is the symbol of a company only on a market that has such.
	if strings.Trim(ticker, "0123456789-") == "" && market == "" {
		return symbol{}, false
	}
	const longestSymbol = 7
	hyphenated := strings.Contains(written, "-")
	base, _, _ := splitMarket(ticker, hyphenated)
	return symbol{ticker: ticker, market: market, hyphenated: hyphenated, at: at}, len(base) <= longestSymbol
}

// withoutChange drops the change of the price that a page prints beside a
// symbol.
func withoutChange(s string) string {
	if !strings.HasSuffix(s, "%") {
		return s
	}
	i := len(s) - 1
	for i > 0 && strings.IndexByte("0123456789.,+-−–", s[i-1]) >= 0 {
		i--
	}
	return strings.TrimRight(s[:i], " +-−–")
}

// isPeriodWord keeps "(Q4)" and "(FY25)" from being taken for symbols.
func isPeriodWord(s string) bool {
	return namesPeriod(s) || strings.HasPrefix(s, "FY") || s == "GAAP" || s == "IR" || s == "CEO" || s == "CFO" || s == "ET" || s == "GMT"
}

// leadingSymbol reads "ACME.OQ - Q2 2022 Acme Inc Earnings Call", as
// StreetEvents writes it, also behind a date.
func leadingSymbol(line string) (symbols []symbol, company span) {
	before, _, has := strings.Cut(line, " - ")
	if !has {
		return nil, span{}
	}
	start := strings.LastIndexAny(before, " ,") + 1
	code, market, _ := strings.Cut(before[start:], ".")
	if code == "" || code != strings.ToUpper(code) {
		return nil, span{}
	}
	ticker, err := NormaliseTicker(code)
	if err != nil {
		return nil, span{}
	}
	switch market {
	case "N", "O", "OQ", "K", "A", "PK":
		market = ""
	}
	company = afterPeriod(line, len(before)+len(" - "))
	if company.empty() {
		return nil, span{}
	}
	return []symbol{{ticker: ticker, market: market, at: span{start, start + len(code)}}}, company
}

// exchangeSymbols reads "Acme, Inc. NasdaqGS:ACME", as S&P writes it, and
// "NASDAQ:ACME" alone.
func exchangeSymbols(line string) (symbols []symbol, company span) {
	const longestLine = 120
	colon := strings.IndexByte(line, ':')
	if colon < 0 || len(line) > longestLine {
		return nil, span{}
	}
	start := strings.LastIndexByte(line[:colon], ' ') + 1
	if !isExchange(line[start:colon]) || strings.ContainsRune(line[colon:], ' ') {
		return nil, span{}
	}
	return symbolsWithin(line, start, len(line)), trimmed(line, span{0, start})
}
