package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readHeader reads the facts in the lines above the call: title, page header,
// date, and fields such as "Ticker: HLYD".
func (f *findings) readHeader(text string, lines []span) {
	const mostLines = 60
	for i, at := range lines[:min(len(lines), mostLines)] {
		line := at.of(text)
		if isAdvertisement(line) && !speaksOfCall(line) {
			continue
		}
		if f.readField(text, at) {
			continue
		}
		next := ""
		if i+1 < len(lines) {
			next = lines[i+1].of(text)
		}
		f.readTitle(text, at, next)
	}
}

// readField reads a line such as "Ticker: HLYD" or "EVENT DATE/TIME: APRIL 27,
// 2022 / 8:45PM GMT", and reports whether it was one.
func (f *findings) readField(text string, at span) bool {
	key, value, has := strings.Cut(at.of(text), ":")
	if !has {
		return false
	}
	value = strings.TrimSpace(value)
	where := span{at.end - len(value), at.end}
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "ticker", "symbol", "ticker symbol":
		if i := strings.IndexAny(value, " (,"); i > 0 { // "HLYD (NASDAQ)"
			value = value[:i]
		}
		if ticker, err := NormaliseTicker(value); err == nil {
			f.add(factTicker, ticker, originHeader, span{where.start, where.start + len(value)})
		}
	case "company", "company name":
		if name, _, has := strings.Cut(value, "("); has && strings.TrimSpace(name) != "" {
			value = strings.TrimSpace(name)
		}
		f.add(factCompany, value, originHeader, span{where.start, where.start + len(value)})
	case "quarter", "period", "fiscal period", "fiscal quarter":
		f.firstPeriod(text, where, originHeader)
	case "date", "call date", "event date", "event date/time":
		f.firstDate(text, where, originHeader)
	case "url", "source", "scraped", "characters", "link", "published", "retrieved":
	default:
		return false
	}
	return true
}

// readTitle reads the facts in a line of the header that is not a field. A
// period is believed only where the line, or the one after it, speaks of a
// call; a date, also where the line is nothing else.
func (f *findings) readTitle(text string, at span, next string) {
	line := at.of(text)
	about := speaksOfCall(line)
	origin := originHeader
	if about {
		origin = originTitle
	}
	f.readSymbol(text, at, origin, about)
	if about || speaksOfCall(next) && len(line) < longestHeading {
		f.firstPeriod(text, at, origin)
	}
	if about || isDateLine(line) {
		f.firstDate(text, at, origin)
	}
}

// speaksOfCall reports whether a line of a header names an earnings call.
func speaksOfCall(line string) bool {
	line = strings.ToLower(line)
	for _, term := range [...]string{"earnings call", "conference call", "earnings conference", "results call", "earnings transcript", "earnings release", "call transcript", "investor call", "earnings webcast", "results webcast", "teleconference", "trading update"} {
		if strings.Contains(line, term) {
			return true
		}
	}
	return false
}

// isDateLine reports whether a line holds a date and little else: a weekday, a
// time.
func isDateLine(line string) bool {
	const longestDateLine = 60
	return len(line) <= longestDateLine && len(findDates(line)) == 1
}

func (f *findings) firstPeriod(text string, at span, origin string) {
	for _, p := range findPeriods(at.of(text)) {
		if p.year != 0 {
			f.addPeriod(p.period, origin, span{at.start + p.at.start, at.start + p.at.end})
			return
		}
	}
}

func (f *findings) firstDate(text string, at span, origin string) {
	for _, d := range findDates(at.of(text)) {
		f.add(factDate, d.iso, origin, span{at.start + d.at.start, at.start + d.at.end})
		return
	}
}

// readSymbol reads the ticker and the company of a title: "Acme, Inc.
// (NYSE:ACME) Q4 2025 …", "Acme (ACME -0.4%)", "ACME.OQ - Q2 2022 Acme Inc
// Earnings Call", "Acme, Inc. NasdaqGS:ACME".
func (f *findings) readSymbol(text string, at span, origin string, about bool) {
	line := at.of(text)
	if symbol, company, is := bracketedSymbol(line); is {
		f.addListing(text, symbol, company, at, origin)
		return
	}
	if symbol, company, is := leadingSymbol(line); is && about {
		f.addListing(text, symbol, company, at, origin)
		return
	}
	if symbol, company, is := exchangeSymbol(line); is {
		f.addListing(text, symbol, company, at, origin)
		return
	}
	if about {
		if company := titleCompany(line); company != "" {
			f.addCompany(text, company, at, origin)
		}
	}
}

// symbol is a ticker as a title prints it.
type symbol struct {
	ticker  string
	foreign bool // with the suffix of a market outside the United States
	at      span // within the line
}

// addListing adds a ticker and the company whose it is. Where the market is a
// foreign one, the symbol may belong to another company at home: then only the
// table of well-known companies tells the ticker.
func (f *findings) addListing(text string, s symbol, company, at span, origin string) {
	name := company.of(at.of(text))
	where := span{at.start + s.at.start, at.start + s.at.end}
	if name != "" {
		f.add(factCompany, name, origin, span{at.start + company.start, at.start + company.end})
	}
	if s.foreign {
		if known, is := f.companies.named(name); is && known.Ticker != s.ticker {
			f.add(factTicker, known.Ticker, originCompanies, where)
			return
		}
		if other, is := f.companies.ofTicker(s.ticker); is && name != "" && !other.isCalled(name) {
			return
		}
	}
	f.add(factTicker, s.ticker, origin, where)
}

func (f *findings) addCompany(text, company string, at span, origin string) {
	i := strings.Index(at.of(text), company)
	where := span{at.start + i, at.start + i + len(company)}
	f.add(factCompany, company, origin, where)
	if known, is := f.companies.named(company); is {
		f.add(factTicker, known.Ticker, originCompanies, where)
	}
}

// bracketedSymbol reads "Acme, Inc. (NYSE:ACME)" in a line.
func bracketedSymbol(line string) (s symbol, company span, is bool) {
	for open := strings.IndexByte(line, '('); open >= 0; {
		length := strings.IndexByte(line[open:], ')')
		if length < 0 {
			return symbol{}, span{}, false
		}
		if s, is := parseSymbol(line[open+1 : open+length]); is {
			s.at = span{s.at.start + open + 1, s.at.end + open + 1}
			return s, companyBefore(line, open), true
		}
		next := strings.IndexByte(line[open+1:], '(')
		if next < 0 {
			break
		}
		open += 1 + next
	}
	return symbol{}, span{}, false
}

// parseSymbol reads what stands in brackets: "ACME", "NYSE:ACME", "ACME:CA",
// "ACME -0.40%", "ACME+2.97%", "ACME0.16%", "NASDAQ: ACME, TSX: ACM".
func parseSymbol(s string) (symbol, bool) {
	if first, others, has := strings.Cut(s, ","); has && strings.Contains(others, ":") {
		s = first
	}
	inner, start := strings.TrimSpace(s), skipBlank(s, 0)
	foreign := false
	if before, after, has := strings.Cut(inner, ":"); has {
		switch {
		case isExchange(before):
			foreign = isForeignExchange(before)
			after = strings.TrimSpace(after)
			start += len(inner) - len(after)
			inner = after
		case len(after) == 2 && strings.ToUpper(after) == after:
			inner, foreign = before, true
		default:
			return symbol{}, false
		}
	}
	inner = withoutChange(inner)
	ticker, err := NormaliseTicker(inner)
	if err != nil || inner != strings.ToUpper(inner) || strings.Trim(ticker, "0123456789-") == "" || isPeriodWord(inner) {
		return symbol{}, false
	}
	const longestSymbol = 7
	return symbol{ticker: ticker, foreign: foreign, at: span{start, start + len(inner)}}, len(ticker) <= longestSymbol
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
	return len(findPeriods(s)) > 0 || strings.HasPrefix(s, "FY") || s == "GAAP" || s == "IR" || s == "CEO" || s == "CFO" || s == "ET" || s == "GMT"
}

func isExchange(s string) bool {
	switch strings.ToUpper(strings.TrimSpace(s)) {
	case "NYSE", "NASDAQ", "NASDAQGS", "NASDAQGM", "NASDAQCM", "AMEX", "NYSEAM", "NYSEAMERICAN", "NYSEMKT", "NYSEARCA", "ARCA", "BATS", "OTC", "OTCPK", "OTCQB", "OTCQX", "OTCMKTS", "CBOE":
		return true
	default:
		return isForeignExchange(s)
	}
}

func isForeignExchange(s string) bool {
	switch strings.ToUpper(strings.TrimSpace(s)) {
	case "TSX", "TSE", "TSXV", "LSE", "LON", "ASX", "XETRA", "ETR", "FRA", "EPA", "ENXTPA", "ENXTAM", "AMS", "SEHK", "HKSE", "HKEX", "NSE", "BSE", "SWX", "BIT", "BME", "OM", "STO", "HEL", "CPSE", "OB", "JSE", "KRX", "SGX":
		return true
	default:
		return false
	}
}

// companyBefore returns the company's name that stands before an offset in a
// title: back to the beginning of the line or of the sentence.
func companyBefore(line string, end int) span {
	name := trimmed(line, span{0, end})
	if dash := strings.LastIndex(name.of(line), " - "); dash >= 0 {
		name = trimmed(line, span{name.start + dash + len(" - "), name.end})
	}
	for i := name.end - 1; i > name.start; i-- {
		if line[i] != ' ' || i == 0 || line[i-1] != '.' && line[i-1] != ':' {
			continue
		}
		word := line[strings.LastIndexByte(line[:i], ' ')+1 : i]
		if line[i-1] == ':' || endsSentence(word) && !isFirmAbbreviation(word) {
			return trimmed(line, span{i, name.end})
		}
	}
	const longestCompany = 100
	if name.end-name.start > longestCompany {
		return span{}
	}
	return name
}

// leadingSymbol reads "ACME.OQ - Q2 2022 Acme Inc Earnings Call", as
// StreetEvents writes it, also behind a date.
func leadingSymbol(line string) (s symbol, company span, is bool) {
	before, _, has := strings.Cut(line, " - ")
	if !has {
		return symbol{}, span{}, false
	}
	start := strings.LastIndexAny(before, " ,") + 1
	code, market, listed := strings.Cut(before[start:], ".")
	if code == "" || code != strings.ToUpper(code) {
		return symbol{}, span{}, false
	}
	ticker, err := NormaliseTicker(code)
	if err != nil {
		return symbol{}, span{}, false
	}
	switch market {
	case "", "N", "O", "OQ", "K", "A", "PK":
		listed = false
	}
	company = afterPeriod(line, len(before)+len(" - "))
	if company.empty() {
		return symbol{}, span{}, false
	}
	return symbol{ticker: ticker, foreign: listed, at: span{start, start + len(code)}}, company, true
}

// afterPeriod returns the company between a period and the words that name
// the call.
func afterPeriod(line string, from int) span {
	periods := findPeriods(line[from:])
	if len(periods) == 0 {
		return span{}
	}
	start := from + periods[0].at.end
	end := strings.Index(strings.ToLower(line[start:]), "earnings")
	if end < 0 {
		return span{}
	}
	return trimmed(line, span{start, start + end})
}

// exchangeSymbol reads "Acme, Inc. NasdaqGS:ACME", as S&P writes it, and
// "NASDAQ:ACME" alone.
func exchangeSymbol(line string) (s symbol, company span, is bool) {
	const longestLine = 120
	colon := strings.IndexByte(line, ':')
	if colon < 0 || len(line) > longestLine {
		return symbol{}, span{}, false
	}
	start := strings.LastIndexByte(line[:colon], ' ') + 1
	if !isExchange(line[start:colon]) || strings.ContainsRune(line[colon:], ' ') {
		return symbol{}, span{}, false
	}
	s, is = parseSymbol(line[start:])
	s.at = span{s.at.start + start, s.at.end + start}
	return s, trimmed(line, span{0, start}), is
}

// titleCompany returns the company of a title without a symbol: what stands
// before the period, or between it and the words that name the call.
func titleCompany(line string) string {
	periods := findPeriods(line)
	if len(periods) == 0 {
		return ""
	}
	name := trimmed(line, span{0, periods[0].at.start}).of(line)
	if name == "" {
		name = afterPeriod(line, 0).of(line)
	}
	name = strings.TrimRight(name, " -–—:|,'’")
	name = strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
	r, _ := utf8.DecodeRuneInString(name)
	const longestCompany = 60
	if name == "" || len(name) > longestCompany || !unicode.IsUpper(r) && !unicode.IsDigit(r) || endsInSentence(name) {
		return ""
	}
	return name
}
