package transcript

import (
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// splitRunIn takes headings out of the speech that lost the line break after
// them: ". Jane Roe Thank you for taking my question", "? Operator Our next
// question", ". Speaker 3: Hi". A name is one only if it closes no clause, a
// sentence begins after it, and it is that of somebody known: listed, with
// headings of his own, or announced by the operator.
func (s *scribe) splitRunIn(listed map[string]listing, alone map[string]int) {
	known := newKnownNames(listed, alone)
	known.announced(s.doc.words, s.script.parts)
	questions := s.script.questionsFrom
	parts := make([]part, 0, len(s.script.parts))
	for i, p := range s.script.parts {
		if i == questions {
			s.script.questionsFrom = len(parts)
		}
		parts = known.split(s.doc.words, p, parts)
	}
	if questions >= len(s.script.parts) {
		s.script.questionsFrom = len(parts)
	}
	s.script.parts = parts
}

// knownNames are the names that may be headings in running text.
type knownNames struct {
	listed map[string]listing
	added  map[string]bool
	byLast map[string][]nameKey
}

func newKnownNames(listed map[string]listing, alone map[string]int) knownNames {
	k := knownNames{listed: listed, added: map[string]bool{}, byLast: map[string][]nameKey{}}
	for name := range listed {
		k.add(name)
	}
	for name := range alone {
		k.add(name)
	}
	return k
}

func (k knownNames) add(name string) {
	if k.added[name] {
		return
	}
	k.added[name] = true
	const mostNamesakes = 20
	if key := keyOf(name); key.first != "" && len(k.byLast[key.last]) < mostNamesakes {
		k.byLast[key.last] = append(k.byLast[key.last], key)
	}
}

// announced adds those whom operators announce.
func (k knownNames) announced(all words, parts []part) {
	for _, p := range parts {
		if p.heading.kind != callrankv1.KindOperator {
			continue
		}
		for _, at := range p.speech {
			for _, in := range findIntroductions(all.in(at), 0, true) {
				k.add(in.name)
			}
		}
	}
}

func (k knownNames) has(name string) bool {
	key := keyOf(name)
	for _, other := range k.byLast[key.last] {
		if samePerson(key, other) {
			return true
		}
	}
	return false
}

// split appends a part to others, cut at the headings in its speech.
func (k knownNames) split(all words, p part, parts []part) []part {
	current := part{heading: p.heading, section: p.section}
	for _, at := range p.speech {
		w := all.in(at)
		begin := 0
		for i := 0; i < w.len(); i++ {
			h, after, is := k.headingAt(w, i)
			if !is {
				continue
			}
			if begin < i {
				current.speech = append(current.speech, w.span(begin, i))
			}
			if len(current.speech) > 0 {
				parts = append(parts, current)
			}
			current = part{heading: h, section: p.section}
			begin, i = after, after-1
		}
		if begin < w.len() {
			current.speech = append(current.speech, w.span(begin, w.len()))
		}
	}
	return append(parts, current)
}

// headingAt reads a heading in running text from word i on.
func (k knownNames) headingAt(w words, i int) (h heading, after int, is bool) {
	if i > 0 && !w.ends(i-1) {
		return heading{}, i, false
	}
	switch w.word(i) {
	case "Speaker":
		label, colon := strings.CutSuffix("Speaker "+w.word(i+1), ":")
		kind, is := labelKind(label)
		return heading{name: label, kind: kind}, i + 2, is && colon
	case nameOperator:
		return heading{name: nameOperator, kind: callrankv1.KindOperator}, i + 1, i > 0 && beginsSentence(w.word(i+1))
	}
	if !beginsSentence(w.word(i+1)) || !beginsSentence(w.word(i+2)) {
		return heading{}, i, false
	}
	for n := min(nameLength(w, i), mostSpokenWords); n >= 2; n-- {
		if h, is := k.named(w, i, i+n); is {
			return h, skipPhrase(w, i+n, h.firm+h.title), true
		}
	}
	return heading{}, i, false
}

// named makes a heading of words i to j if they are a known name, close no
// clause, and a sentence begins after them.
func (k knownNames) named(w words, i, j int) (heading, bool) {
	last := w.word(j - 1)
	if strings.TrimRight(last, ",.;:?!") != last && !isInitials(last) || !beginsSentence(w.word(j)) {
		return heading{}, false
	}
	name := spokenName(w, i, j)
	if !k.has(name) {
		return heading{}, false
	}
	l := k.listed[name]
	return heading{name: name, title: l.title, firm: l.firm}, true
}

// skipPhrase returns the index of the word after a phrase that stands from
// word i on; i if it does not.
func skipPhrase(w words, i int, phrase string) int {
	after := i
	for word := range strings.FieldsSeq(phrase) {
		if w.word(after) != word {
			return i
		}
		after++
	}
	return after
}
