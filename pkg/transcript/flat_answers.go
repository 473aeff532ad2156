package transcript

import "strings"

// answer is a stretch of management's in the question session: what was
// asked before it, and what is said after it.
type answer struct {
	stretch

	asked, after stretch // empty where management speaks before or after it
	analyst      int
}

// answers makes out who answers: the one to whom the word was given, who says
// his name, whom alone the question addresses, or whom the analyst thanks.
// Where somebody else seems to go on, the voice is unknown again.
func (h *hearing) answers(a answer) {
	current, since := h.answerer(a), a.from
	h.voices = append(h.voices, voice{a.from, current})
	for k := a.from + 1; k < a.to; k++ {
		if k == since+1 && h.in(since).len() <= 2 { // "Yeah. Yeah, so"
			continue
		}
		who := h.goesOn(k, a)
		if who == nobody {
			continue
		}
		since = k
		if who != current {
			h.voices = append(h.voices, voice{k, who})
		}
		current = who
	}
	if last := &h.voices[len(h.voices)-1]; last.who == memberExecutive {
		if who := h.thankedIn(a.after); who != nobody && !h.mentions(stretch{last.sentence, a.to}, who) {
			last.who = who
		}
	}
}

// goesOn is who goes on in the place of another with sentence k of an answer;
// nobody if the same speaker does.
func (h *hearing) goesOn(k int, a answer) int {
	if who := h.saysName(k, a.to); who != nobody {
		return who
	}
	takes := h.takesOver(k, a.analyst)
	if takes || h.endsAsking(k-1) {
		if who := h.passed(k - 1); who != nobody {
			return who
		}
	}
	if takes {
		return memberExecutive
	}
	return nobody
}

// answerer is who begins to answer.
func (h *hearing) answerer(a answer) int {
	for k := a.from; k < min(a.from+2, a.to); k++ {
		if who := h.saysName(k, a.to); who != nobody {
			return who
		}
	}
	who := h.asked(a.asked)
	if who == nobody || h.cast.leads(who) || h.mentions(a.stretch, who) {
		return memberExecutive
	}
	return who
}

// endsAsking reports whether sentence k ends with a question mark.
func (h *hearing) endsAsking(k int) bool {
	w := h.in(k)
	return strings.HasSuffix(strings.TrimRight(w.word(w.len()-1), `"'”’)`), "?")
}

// saysName is who says his name in sentence k: "this is Jane", "Jane here".
func (h *hearing) saysName(k, to int) int {
	const opening = 8 // words
	if k >= to {
		return nobody
	}
	w := h.in(k)
	for i := range min(opening, w.len()) {
		if !w.mayOpen(i, selfNaming) && !w.mayOpen(i+1, selfNaming) { // as most
			continue
		}
		after, is := w.anyPhrase(i, "this is", "it is")
		switch {
		case is:
		case w.is(i, "it") && isPossessive(w.word(i)):
			after = i + 1
		case w.is(i+1, "here"):
			after = i
		default:
			continue
		}
		if who, end := h.cast.at(w, after); who != nobody && (end == w.len() || w.shows(end-1, endsClause) || w.is(end, "here", "and")) {
			return who
		}
	}
	return nobody
}

// selfNaming are the words beside which a speaker says his name.
var selfNaming = phrasesOf("this", "it", "here")

// passed is to whom sentence k of an answer gives the word; nobody if it does
// not.
func (h *hearing) passed(k int) int {
	w := h.in(k)
	if given, is := h.handsOver(k); is && h.cast.isOfCompany(given.to) && given.plainly {
		return given.to
	}
	for i := range w.at {
		if !isAddressed(w, i) {
			continue
		}
		if who, _ := h.cast.at(w, i); who != nobody && (callsOn(w) || w.hasAny(callsPolitely)) {
			return who
		}
	}
	return nobody
}

// takesOver reports whether somebody else seems to go on with sentence k: he
// agrees, thanks, greets, or addresses the analyst.
func (h *hearing) takesOver(k, analyst int) bool {
	const opening = 3 // words
	w := h.in(k)
	_, takes := w.opensAny(0, takeovers)
	if _, adds := w.opensAny(0, additions); adds || takes {
		return true
	}
	for i := range min(opening, w.len()) {
		if analyst != memberAnalyst && isAddressed(w, i) && h.cast.members[analyst].isCalled(w.bare(i)) {
			return true
		}
	}
	return false
}

// isCalled reports whether a word may be what a member is called.
func (m *member) isCalled(word string) bool {
	name := plain(word)
	return name != "" && beginsSentence(word) && (name == m.key.first || name == m.key.last || m.key.first != "" && (sameGivenName(name, m.key.first) || soundsLike(name, m.key.first)))
}

// mentions reports whether a stretch names somebody of the company.
func (h *hearing) mentions(s stretch, somebody int) bool {
	for k := s.from; k < s.to; k++ {
		w := h.in(k)
		for i := range w.at {
			if who, _ := h.cast.at(w, i); who == somebody {
				return true
			}
		}
	}
	return false
}

// asked is whom alone of the company a question addresses, before anything is
// asked; nobody if it is none, or more than one is named.
func (h *hearing) asked(s stretch) int {
	found, asks := nobody, false
	for k := s.from; k < s.to; k++ {
		w := h.in(k)
		courtesy := w.hasAny(courtesies)
		for i := range w.at {
			who, _ := h.cast.at(w, i)
			if who == nobody || who == found {
				continue
			}
			if found != nobody {
				return nobody
			}
			if courtesy || asks || !isAddressed(w, i) && !w.is(i-1, "for", "to") {
				if !courtesy {
					return nobody
				}
				continue
			}
			found = who
		}
		asks = asks || h.endsAsking(k)
	}
	return found
}

// thankedIn is whom an analyst thanks by name as he goes on after an answer,
// in words that ask nothing.
func (h *hearing) thankedIn(s stretch) int {
	for k := s.from; k < min(s.from+2, s.to); k++ {
		w := h.in(k)
		if h.endsAsking(k) {
			return nobody
		}
		for i := range w.at {
			after, is := w.anyPhrase(i, "thank you so much", "thank you very much", "thank you", "thanks so much", "thanks a lot", "thanks", "very helpful", "helpful")
			if !is {
				continue
			}
			if who, _ := h.cast.at(w, after); who != nobody && !h.cast.leads(who) && w.shows(after, endsClause) {
				return who
			}
		}
	}
	return nobody
}
