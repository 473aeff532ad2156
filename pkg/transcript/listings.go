package transcript

import "strings"

// addListing adds the ticker and the name of a company with the symbols it is
// listed under: the one in the United States, if any, else the first.
func (f *findings) addListing(text string, symbols []symbol, company, at span, origin string) {
	s := f.homeSymbol(symbols)
	name := company.of(at.of(text))
	if name != "" {
		f.add(factCompany, name, origin, span{at.start + company.start, at.start + company.end})
	}
	f.addSymbol(s, name, origin, span{at.start + s.at.start, at.start + s.at.end})
	for _, other := range symbols {
		f.listings = append(f.listings, [2]string{s.ticker, other.ticker})
	}
}

// homeSymbol is the symbol of several by which a company is known best.
func (f *findings) homeSymbol(symbols []symbol) symbol {
	for _, s := range symbols {
		if _, _, abroad := splitMarket(s.ticker, s.hyphenated); s.market == "" && !abroad {
			return s
		}
	}
	return symbols[0]
}

// addSymbol adds a ticker as it is written, with the name of its company where
// that stands beside it.
func (f *findings) addSymbol(s symbol, name, origin string, at span) {
	f.add(factTicker, s.ticker, origin, at)
	last := &f.all[len(f.all)-1]
	last.symbol, last.name = s, name
}

// readTickerField reads "HLYD", "HLYD (NASDAQ)" and "NYSE: HLYD; TSX: HLY" in a
// field of a header.
func (f *findings) readTickerField(text string, at span) {
	if symbols := parseSymbols(at.of(text)); len(symbols) > 0 {
		f.addListing(text, symbols, span{}, at, originHeader)
		return
	}
	value := at.of(text)
	if i := strings.IndexAny(value, " (,"); i > 0 {
		value = value[:i]
	}
	if ticker, err := NormaliseTicker(value); err == nil {
		f.addSymbol(symbol{ticker: ticker}, "", originHeader, span{at.start, at.start + len(value)})
	}
}

// settleTickers finds for each ticker the one under which the directory has its
// company, whichever class of shares or listing is named.
func (f *findings) settleTickers() {
	company, _ := f.best(factCompany)
	for i := range f.all {
		e := &f.all[i]
		if e.fact != factTicker {
			continue
		}
		if e.symbol.ticker == "" {
			e.filed = e.value
			continue
		}
		name := e.name
		if name == "" {
			name = company.value
		}
		e.value, e.filed = f.filedUnder(e.symbol, name)
	}
	best, found := f.best(factTicker)
	if found && best.filed != best.value {
		f.prefer(evidence{fact: factTicker, value: best.filed, filed: best.filed, origin: originCompanies, at: best.at})
	}
}

// filedUnder returns a symbol as it is written, and the ticker of its company.
func (f *findings) filedUnder(s symbol, name string) (written, filed string) {
	if s.market == "" {
		if known, is := f.companies.ofTicker(s.ticker); is {
			return s.ticker, known.Ticker
		}
		base, market, abroad := splitMarket(s.ticker, s.hyphenated)
		if !abroad {
			return s.ticker, s.ticker
		}
		if market == "" {
			return f.filedUnder(symbol{ticker: base}, name)
		}
		s.ticker, s.market = base, market
	} else if base, _, twice := splitMarket(s.ticker, s.hyphenated); twice { // "ASX: ACM.AX"
		s.ticker = base
	}
	return f.filedAbroad(s.inFull(), name)
}

// inFull is a symbol of a market abroad as that market writes it.
func (s symbol) inFull() symbol {
	switch {
	case !isFigure(s.ticker):
	case s.market == "TO": // TSE is Toronto's exchange, and Tokyo's
		s.market = "T"
	case s.market == "HK":
		s.ticker = hongKongCode(s.ticker)
	}
	return s
}

// filedAbroad is filedUnder for a symbol of a market abroad. It may belong to
// another company at home, so that the name decides.
func (f *findings) filedAbroad(s symbol, name string) (written, filed string) {
	qualified := s.ticker + "-" + s.market
	namesake, taken := f.companies.ofTicker(s.ticker)
	if taken && namesake.mayBe(name) {
		return s.ticker, namesake.Ticker
	}
	if known, is := f.companies.named(name); is {
		return qualified, known.Ticker
	}
	// A figure tells nothing without its market, nor does the symbol of another.
	if taken || isFigure(s.ticker) {
		return qualified, qualified
	}
	return s.ticker, s.ticker
}

// mayBe reports whether a company with the same symbol elsewhere is the one of
// a name: it is called so, or its name begins with the same word.
func (l *listed) mayBe(name string) bool {
	if name == "" {
		return false
	}
	first, _, _ := strings.Cut(readCompanyName(name).short, " ")
	for _, called := range l.called {
		begins, _, _ := strings.Cut(called.short, " ")
		if begins == first {
			return true
		}
	}
	return false
}

// hongKongCode writes a code of Hong Kong's exchange with its four digits: 700,
// 0700 and 00700 are one.
func hongKongCode(code string) string {
	const digits = 4
	code = strings.TrimLeft(code, "0")
	return strings.Repeat("0", max(0, digits-len(code))) + code
}

// agree reports whether two places tell the same of a fact in other words.
func (f *findings) agree(a, b *evidence) bool {
	switch a.fact {
	case factTicker:
		return f.sameListing(a, b)
	case factPeriod:
		return a.period.within(b.period) || b.period.within(a.period)
	default:
		return false
	}
}

// sameListing reports whether two tickers are of one company: by the directory,
// or because the text lists them together.
func (f *findings) sameListing(a, b *evidence) bool {
	if a.filed == b.filed || f.companies.same(a.filed, b.filed) {
		return true
	}
	for _, pair := range f.listings {
		if pair == [2]string{a.symbol.ticker, b.symbol.ticker} || pair == [2]string{b.symbol.ticker, a.symbol.ticker} {
			return true
		}
	}
	return false
}
