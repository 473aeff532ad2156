package transcript

import (
	"fmt"
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// readTakeaways reads the ticker in the publisher's summary, where the symbol
// stands with the change of its price: "Acme (ACME -0.40%) reported". It
// counts where it is the only one there.
func (f *findings) readTakeaways(c *call) {
	var symbols []evidence
	for i := range c.turns {
		t := &c.turns[i]
		if t.isSpeech() {
			continue
		}
		line := t.at.of(c.text)
		listed, company := bracketedSymbols(line)
		if len(listed) == 0 {
			continue
		}
		s := listed[0]
		if !strings.HasPrefix(line[s.at.end:], "%") && !strings.Contains(line[s.at.end:min(len(line), s.at.end+12)], "%") {
			continue
		}
		symbols = append(symbols, evidence{value: s.ticker, symbol: s, at: span{t.at.start + s.at.start, t.at.start + s.at.end}})
		if name := company.of(line); company.start == 0 && isProperName(name) {
			f.add(factCompany, name, originHeader, span{t.at.start, t.at.start + company.end})
		}
	}
	for _, s := range symbols {
		if s.value != symbols[0].value {
			return
		}
	}
	if len(symbols) > 0 {
		f.addSymbol(symbols[0].symbol, "", originHeader, symbols[0].at)
	}
}

// isProperName reports whether a short run of words is all written like a
// name.
func isProperName(s string) bool {
	const mostWords = 5
	fields := strings.Fields(s)
	for _, word := range fields {
		if !isProperStart(word) && word != "&" && word != "of" && word != "and" {
			return false
		}
	}
	return len(fields) > 0 && len(fields) <= mostWords
}

// readAffiliations takes for the company the one that most of its own people
// are listed with.
func (f *findings) readAffiliations(c *call) {
	if c.script.layout != callrankv1.LayoutStreetEvents || f.has(factCompany, originHeader) {
		return
	}
	count := map[string]int{}
	best := ""
	for _, who := range c.people.all {
		if who.firm == "" || who.kind != callrankv1.KindExecutive && who.kind != callrankv1.KindIR {
			continue
		}
		count[who.firm]++
		if count[who.firm] > count[best] {
			best = who.firm
		}
	}
	f.add(factCompany, best, originHeader, span{})
	if known, is := f.companies.named(best); is {
		f.add(factTicker, known.Ticker, originCompanies, span{})
	}
}

// settle compares what was found: it warns of contradictions, and writes the
// company as the directory does where it is a well-known one, or where nothing
// else names it.
func (f *findings) settle() {
	f.settleTickers()
	f.contradictions()
	ticker, hasTicker := f.best(factTicker)
	name, hasName := f.best(factCompany)
	if !hasTicker || name.origin == originPublisher {
		return
	}
	known, is := f.companies.ofTicker(ticker.value)
	if is && known.Name != name.value && (!hasName || known.wellKnown && known.isCalled(name.value)) {
		f.prefer(evidence{fact: factCompany, value: known.Name, origin: originCompanies, at: name.at})
	}
}

// prefer puts evidence before all other of its fact.
func (f *findings) prefer(e evidence) {
	f.preferred = append(f.preferred, e)
	f.all = append(f.all, e)
}

// checkPeriodEnd warns where the call is dated before the end of a period that
// it reports on.
func (f *findings) checkPeriodEnd(said []spokenOn) {
	const before = 12 // words
	date, found := f.best(factDate)
	if !found {
		return
	}
	for _, d := range said {
		if d.iso > date.value && d.w.is(d.i-1, "ended") && !d.w.slice(d.i-before, d.i).has("fiscal year", "full year") {
			f.warn(callrankv1.WarnContradictingFacts, fmt.Sprintf("the call is dated %s by the %s, before the end of the period it reports on, %s", date.value, date.origin, d.iso), d.at)
			return
		}
	}
}
