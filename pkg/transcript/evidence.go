package transcript

import (
	"fmt"
	"sort"
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Facts that evidence is found of.
const (
	factTicker  = "ticker"
	factCompany = "company"
	factPeriod  = "period"
	factDate    = "date"
)

// Origins of facts, in the order in which they are believed.
const (
	originPublisher = "publisher" // stated beside the text
	originTitle     = "title"
	originHeader    = "header"
	originSpeech    = "speech"
	originCompanies = "companies" // the directory of companies
)

// rank orders the origins: the publisher knows his own facts best.
func rank(origin string) int {
	switch origin {
	case originPublisher:
		return 0
	case originTitle:
		return 1
	case originHeader:
		return 2
	case originSpeech:
		return 3
	default:
		return 4
	}
}

// evidence is a fact about the call as one place states it.
type evidence struct {
	fact, value, origin string
	at                  span // empty where the place is not in the text
	period              Period
	// Of a ticker: as it is written, the name that stands beside it, and the one
	// under which its company is filed.
	symbol symbol
	name   string
	filed  string
}

// findings are the facts about a call, from all places.
type findings struct {
	companies *Companies
	all       []evidence
	preferred []evidence // believed whatever their origin
	warnings  []*callrankv1.Warning
	listings  [][2]string // tickers that the text lists as of one company
}

func (f *findings) add(fact, value, origin string, at span) {
	if value != "" {
		f.all = append(f.all, evidence{fact: fact, value: folded(value), origin: origin, at: at})
	}
}

func (f *findings) addPeriod(p Period, origin string, at span) {
	if p.isWhole() {
		f.all = append(f.all, evidence{fact: factPeriod, value: p.String(), origin: origin, at: at, period: p})
	}
}

// best returns the evidence of a fact that is believed: of the first origin
// that has any, the first. A ticker is taken from the directory of companies only
// where no other origin has one.
func (f *findings) best(fact string) (evidence, bool) {
	for _, e := range f.preferred {
		if e.fact == fact {
			return e, true
		}
	}
	found := false
	var best evidence
	for _, e := range f.all {
		if e.fact == fact && (!found || rank(e.origin) < rank(best.origin)) {
			best, found = e, true
		}
	}
	return best, found
}

// has reports whether there is evidence of a fact from an origin at least as
// good.
func (f *findings) has(fact, origin string) bool {
	for _, e := range f.all {
		if e.fact == fact && rank(e.origin) <= rank(origin) {
			return true
		}
	}
	return false
}

// contradictions warns of each fact on which two places disagree. Companies
// are called by many names, so that names are not compared.
func (f *findings) contradictions() {
	for _, fact := range [...]string{factTicker, factPeriod, factDate} {
		best, found := f.best(fact)
		if !found {
			continue
		}
		told := map[string]bool{best.value: true}
		for i := range f.all {
			e := &f.all[i]
			if e.fact != fact || told[e.value] || f.agree(e, &best) {
				continue
			}
			told[e.value] = true
			f.warn(callrankv1.WarnContradictingFacts, fmt.Sprintf("the %s is %s by the %s and %s by the %s; the first is taken", fact, best.value, best.origin, e.value, e.origin), e.at)
		}
	}
}

func (f *findings) warn(code, message string, at span) {
	w := &callrankv1.Warning{Code: code, Message: message}
	if !at.empty() {
		w.Source = at.message()
	}
	f.warnings = append(f.warnings, w)
}

// fill writes the facts into the call, and warns of those that are unknown.
func (f *findings) fill(out *callrankv1.Call) {
	if e, found := f.best(factTicker); found {
		out.Ticker = &e.value
	} else {
		f.warn(callrankv1.WarnNoTicker, "no ticker is stated, and the company is not in the directory: state it beside the text", span{})
	}
	if e, found := f.best(factCompany); found {
		out.Company = &e.value
	}
	if e, found := f.best(factPeriod); found {
		year := int32(e.period.Year)
		out.FiscalYear = &year
		if quarter := int32(e.period.Quarter); quarter != 0 {
			out.FiscalQuarter = &quarter
		} else {
			half := int32(e.period.Half)
			out.FiscalHalf = &half
		}
	} else {
		f.warn(callrankv1.WarnNoPeriod, "the fiscal period is not stated, and is not inferred from the date", span{})
	}
	if e, found := f.best(factDate); found {
		out.CallDate = &e.value
	} else {
		f.warn(callrankv1.WarnNoDate, "the date of the call is not stated", span{})
	}
	if id := CallID(out.GetTicker(), PeriodOf(out), out.GetCallDate()); id != "" {
		out.Id = &id
	}
	out.Evidence = f.message()
}

// message is the evidence as the call carries it: what is believed first, by
// fact.
func (f *findings) message() []*callrankv1.Evidence {
	sorted := append([]evidence(nil), f.all...)
	order := map[string]int{factTicker: 0, factCompany: 1, factPeriod: 2, factDate: 3}
	sort.SliceStable(sorted, func(i, j int) bool {
		if sorted[i].fact != sorted[j].fact {
			return order[sorted[i].fact] < order[sorted[j].fact]
		}
		return rank(sorted[i].origin) < rank(sorted[j].origin)
	})
	const mostEvidence = 40
	out := make([]*callrankv1.Evidence, 0, min(len(sorted), mostEvidence))
	for i, e := range sorted {
		if i > 0 && e == sorted[i-1] || len(out) == mostEvidence {
			continue
		}
		m := &callrankv1.Evidence{Fact: e.fact, Value: e.value, Origin: e.origin}
		if !e.at.empty() {
			m.Source = e.at.message()
		}
		out = append(out, m)
	}
	return out
}

// publisher takes the facts that are stated beside the text: by whoever hands
// it in, and by its container. The first wins.
func (f *findings) publisher(stated, container Facts) error {
	for i, facts := range [...]Facts{stated, container} {
		if facts.Ticker != "" {
			ticker, err := NormaliseTicker(facts.Ticker)
			if err != nil {
				if i == 0 {
					return fmt.Errorf("read the stated ticker: %w", err)
				}
				continue
			}
			f.addSymbol(symbol{ticker: ticker, hyphenated: strings.Contains(facts.Ticker, "-")}, "", originPublisher, span{})
		}
		f.add(factCompany, strings.TrimSpace(facts.Company), originPublisher, span{})
		f.addPeriod(facts.Period(), originPublisher, span{})
		f.add(factDate, facts.CallDate, originPublisher, span{})
	}
	return nil
}
