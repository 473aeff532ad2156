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
		f.readTickerField(text, where)
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
	for _, term := range [...]string{"earnings call", "conference call", "earnings conference", "results call", "earnings transcript", "earnings release", "call transcript", "investor call", "earnings webcast", "results webcast", "results presentation", "half-year results", "half year results", "teleconference", "trading update"} {
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
	if p, has := periodWithYear(at.of(text)); has {
		f.addPeriod(p.Period, origin, span{at.start + p.at.start, at.start + p.at.end})
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
	if symbols, company := bracketedSymbols(line); len(symbols) > 0 {
		f.addListing(text, symbols, company, at, origin)
		return
	}
	if symbols, company := leadingSymbol(line); len(symbols) > 0 && about {
		f.addListing(text, symbols, company, at, origin)
		return
	}
	if symbols, company := exchangeSymbols(line); len(symbols) > 0 {
		f.addListing(text, symbols, company, at, origin)
		return
	}
	if about {
		if company := titleCompany(line); company != "" {
			f.addCompany(text, company, at, origin)
		}
	}
}

func (f *findings) addCompany(text, company string, at span, origin string) {
	i := strings.Index(at.of(text), company)
	where := span{at.start + i, at.start + i + len(company)}
	f.add(factCompany, company, origin, where)
	if known, is := f.companies.named(company); is {
		f.add(factTicker, known.Ticker, originCompanies, where)
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

// afterPeriod returns the company between a period and the words that name
// the call.
func afterPeriod(line string, from int) span {
	period, has := fiscalSpan(line[from:])
	if !has {
		return span{}
	}
	start := from + period.end
	end := strings.Index(strings.ToLower(line[start:]), "earnings")
	if end < 0 {
		return span{}
	}
	return trimmed(line, span{start, start + end})
}

// titleCompany returns the company of a title without a symbol: what stands
// before the period, or between it and the words that name the call.
func titleCompany(line string) string {
	period, has := fiscalSpan(line)
	if !has {
		return ""
	}
	name := trimmed(line, span{0, period.start}).of(line)
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
