package transcript

import (
	"strings"
)

// spokenCompany reads the company from the sentences that open or close the
// call, and reports whether it did: the name in them that a well-known company
// has or, failing that, the first that stands where a call's company is named;
// there it may be that of any company in the directory.
func (f *findings) spokenCompany(c *call, parts []words) bool {
	const mostSentences = 40
	var heard string
	var where span
	read := 0
	for _, w := range parts {
		for i := 0; i < w.len() && read < mostSentences; read++ {
			end := sentenceEnd(w, i)
			sentence := w.slice(i, end)
			i = end
			called, hosted := namesCall(sentence), namesHost(sentence)
			if !called && !hosted {
				continue
			}
			for _, run := range capitalised(sentence) {
				at := sentence.span(run.start, run.end)
				name := possessiveCut(strings.TrimRight(folded(at.of(c.text)), ",.;:"))
				if c.people.isNamed(name) || isTitle(name) {
					continue
				}
				if known, is := f.companies.heard(name); is {
					f.add(factCompany, known.Name, originSpeech, at)
					f.add(factTicker, known.Ticker, originCompanies, at)
					return true
				}
				if heard == "" && called && namedAsCompany(sentence, run) {
					heard, where = name, at
					if known, is := f.companies.named(name); is {
						f.add(factCompany, name, originSpeech, at)
						f.add(factTicker, known.Ticker, originCompanies, at)
						return true
					}
				}
			}
		}
	}
	f.add(factCompany, heard, originSpeech, where)
	return heard != ""
}

// namedAsCompany reports whether words i to j of a sentence stand where the
// company is named: before the period or the words for its call, or after "on
// behalf of" and its like.
func namedAsCompany(w words, run span) bool {
	if _, is := w.phrase(run.start-2, "interest in"); is {
		return true
	}
	if _, is := w.phrase(run.start-2, "behalf of"); is {
		return true
	}
	if w.is(run.start-1, "hosted") || w.is(run.start-2, "hosted") {
		return true
	}
	last := w.word(run.end - 1)
	if strings.HasSuffix(last, ",") {
		return false
	}
	if possessiveCut(strings.TrimRight(last, ".,")) != strings.TrimRight(last, ".,") && w.has("call", "conference", "results", "webcast") {
		return true
	}
	return w.is(run.end, "earnings", "first", "second", "third", "fourth", "q1", "q2", "q3", "q4", "fiscal", "full", "results", "financial", "conference", "first-quarter", "second-quarter", "third-quarter", "fourth-quarter", "year-end", "call", "quarterly", "half", "half-year", "first-half", "second-half", "h1", "h2", "1h", "2h", "full-year", "annual", "interim") ||
		number(w.bare(run.end)) >= earliestYear
}

// isNamed reports whether a name is that of a person on the call.
func (p *people) isNamed(name string) bool {
	if _, is := p.named[name]; is {
		return true
	}
	return p.match(name) >= 0
}

// namesCall reports whether a sentence names the call, so that the company is
// named in it.
func namesCall(w words) bool {
	return w.has("call", "conference", "teleconference", "webcast", "webinar", "results", "earnings", "interview", "interest in") &&
		w.has("welcome", "joining", "join", "attending", "participating", "review", "concludes", "conclude", "discuss", "hosted", "standing by", "thank you for", "interest in", "behalf of")
}

// namesHost reports whether somebody is introduced in a sentence, so that his
// company may be named with his office.
func namesHost(w words) bool {
	return w.has("introduce", "turn the call", "turn the conference", "hand the call", "your host", "this is", "my name is")
}

// capitalised returns the runs of words in a sentence that are written like
// names, without the words that name quarters, offices and calls. The spans
// are of words, not bytes.
func capitalised(w words) []span {
	const longestName = 8
	var names []span
	for i := 0; i < w.len(); i++ {
		j := i
		if w.is(i, "and", "of", "&") || w.word(i) == "&" {
			continue
		}
		for j < w.len() && j-i < longestName && isProperWord(w, j) {
			j++
			if closesName(w, j-1) {
				break
			}
		}
		for j > i && w.is(j-1, "and", "of", "&", "the") {
			j--
		}
		if j == i {
			continue
		}
		names = append(names, span{i, j})
		for k := i + 1; k < j-1; k++ { // "Acme and Acme Partners": also the part before
			if w.is(k, "and") {
				names = append(names, span{i, k})
			}
		}
		i = j - 1
	}
	return names
}

// closesName reports whether a name cannot go on after word i: a comma or a
// possessive ends it, unless its legal form follows.
func closesName(w words, i int) bool {
	word := w.word(i)
	if strings.HasSuffix(word, ",") {
		return !isForm(strings.TrimSuffix(strings.ToLower(w.bare(i+1)), "."))
	}
	return strings.HasSuffix(word, "'s") || strings.HasSuffix(word, "’s") || strings.HasSuffix(word, "s'") || strings.HasSuffix(word, "s’")
}

// isProperWord reports whether word i may be part of a company's name.
func isProperWord(w words, i int) bool {
	word := w.word(i)
	lower := strings.ToLower(w.bare(i))
	if isOrdinalName(w, i) {
		return true
	}
	if notCompanyWords[lower] || isTitle(lower) || lower == "chief" || lower == "executive" || lower == "senior" || namesPeriod(word) || number(lower) >= earliestYear {
		return false
	}
	if i > 0 && (lower == "and" || lower == "of" || lower == "&" || word == "&") {
		return isProperStart(w.word(i + 1))
	}
	return isProperStart(word)
}

// isOrdinalName reports whether word i counts nothing but is part of a name:
// First Solar, Fifth Third Bancorp.
func isOrdinalName(w words, i int) bool {
	return w.is(i, "first", "third") && isProperStart(w.word(i)) && !strings.HasSuffix(w.word(i), ",") &&
		isProperStart(w.word(i+1)) && !notCompanyWords.has(w.bare(i+1))
}

// isProperStart takes Amazon, eBay and iQIYI for proper names.
func isProperStart(word string) bool {
	if word == "" {
		return false
	}
	if beginsSentence(word) {
		return word[0] != '['
	}
	return len(word) > 2 && word[0] >= 'a' && word[0] <= 'z' && word[1] >= 'A' && word[1] <= 'Z'
}

// notCompanyWords begin sentences, or name what is not a company.
var notCompanyWords = set(
	"welcome", "good", "day", "morning", "afternoon", "evening", "ladies", "gentlemen", "thank", "thanks", "hello", "hi", "everyone", "greetings", "and", "the", "this", "that",
	"first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th", "quarter", "quarterly", "fiscal", "year", "full", "full-year", "half", "annual", "interim", "earnings", "results", "financial",
	"conference", "call", "teleconference", "webcast", "webinar", "release", "update", "business", "q&a", "q1", "q2", "q3", "q4", "today", "today's", "my", "name", "i", "i'd", "i'm", "i'll",
	"at", "all", "please", "we", "we'll", "our", "you", "your", "it", "it's", "is", "on", "to", "for", "in", "with", "joining", "operator", "once", "again", "as", "now", "so", "before", "following", "later",
	"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "gaap", "non-gaap", "sec", "ceo", "cfo", "ir", "investor", "relations", "mr", "mr.", "ms", "ms.", "sir", "ma'am",
	"first-quarter", "second-quarter", "third-quarter", "fourth-quarter", "year-end", "fy", "half-year", "first-half", "second-half", "preliminary",
)
