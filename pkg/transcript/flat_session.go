package transcript

import (
	"sort"
	"strings"
)

// session makes out the voices of the question session, from the sentence on
// with which the operator begins it: his own, and between them those who ask
// and those who answer.
func (h *hearing) session(from int, introduced []introduction) {
	operators := h.operators(from, introduced)
	leader, slot := h.leader(from), memberUnknown
	for _, r := range runs(operators, from) {
		switch {
		case operators[r.from-from]:
			h.voices = append(h.voices, voice{r.from, leader})
			slot = h.next(r, introduced)
		case r.from == from, slot == memberOperator:
			h.begin(r.from, slot)
		default:
			h.slot(r, slot)
		}
	}
}

// leader is who leads the question session from a sentence on: the operator, if
// there is one. Where a host leads it himself he is not told from others.
func (h *hearing) leader(from int) int {
	if h.cast.members[memberOperator].heard {
		return memberOperator
	}
	for k := range h.sentences {
		if w := h.in(k); w.has("operator") || k >= from && w.has("line is", "lines are", "press", "queue") {
			return memberOperator
		}
	}
	return memberUnknown
}

// next is who speaks after the operator: whom he introduces, or to whom he
// gives the word back.
func (h *hearing) next(said stretch, introduced []introduction) int {
	end := h.sentences[said.to-1].to
	if last := sort.Search(len(introduced), func(i int) bool { return introduced[i].sentence >= end }) - 1; last >= 0 {
		if in := &introduced[last]; in.end > h.sentences[said.from].from {
			return h.cast.addAnalyst(in.name, in.firm)
		}
	}
	for k := said.from; k < said.to; k++ {
		if h.in(k).hasAny(conclusions) {
			return memberOperator
		}
		if given, is := h.handsOver(k); is {
			return h.member(given)
		}
	}
	for k := said.from; k < said.to; k++ {
		if h.in(k).hasAny(closings) {
			return memberUnknown
		}
	}
	return memberAnalyst
}

// operators tells of each sentence from one on whether the operator says it.
func (h *hearing) operators(from int, introduced []introduction) []bool {
	says := make([]bool, len(h.sentences)-from)
	in := 0
	for k := from; k < len(h.sentences); k++ {
		s := h.sentences[k]
		for in < len(introduced) && introduced[in].end <= s.from {
			in++
		}
		announces := in < len(introduced) && introduced[in].sentence < s.to
		says[k-from] = announces || h.instructs(k) || h.leadsOn(k, k == from || says[k-1-from])
	}
	for k := len(says) - 2; k >= 0; k-- {
		if says[k+1] && !says[k] {
			says[k] = h.leadsIn(k + from)
		}
	}
	h.joinInstructions(says, from, introduced)
	return says
}

// joinInstructions gives the operator the few sentences between two of his that
// announce nobody.
func (h *hearing) joinInstructions(says []bool, from int, introduced []introduction) {
	const few = 3 // sentences
	all := runs(says, from)
	for i := 1; i+1 < len(all); i++ {
		r := all[i]
		if says[r.from-from] || r.to-r.from > few || h.next(all[i-1], introduced) != memberAnalyst || h.asksIn(r) || h.invitesQuestion(r.from-1) {
			continue
		}
		for k := r.from; k < r.to; k++ {
			says[k-from] = true
		}
	}
}

// asksIn reports whether anything is asked in a stretch.
func (h *hearing) asksIn(s stretch) bool {
	for k := s.from; k < s.to; k++ {
		if h.endsAsking(k) {
			return true
		}
	}
	return false
}

// invitesQuestion reports whether sentence k asks somebody to put his question.
func (h *hearing) invitesQuestion(k int) bool {
	return h.in(k).hasAny(invitations)
}

// instructs reports whether a sentence is one that only an operator says.
func (h *hearing) instructs(k int) bool {
	const longest, short = 60, 14                                          // words
	if !h.says(k, saysInstructions) && !h.says(k, saysBriefInstructions) { // as most
		return false
	}
	w := h.in(k)
	if w.len() > longest || strings.HasSuffix(w.word(w.len()-1), "?") || w.has("operator") {
		return false
	}
	return h.says(k, saysInstructions) || w.len() <= short && h.says(k, saysBriefInstructions)
}

// leadsOn reports whether a sentence is one of those that others may say too,
// where it is the operator's: he asks somebody to begin, or gives the call
// back, after what was his.
func (h *hearing) leadsOn(k int, after bool) bool {
	return after && h.invites(k) || h.givesBack(k) && (after || h.in(k).has("closing", "concluding", "final"))
}

// givesBack reports whether a sentence gives the call back to the company.
func (h *hearing) givesBack(k int) bool {
	return h.says(k, saysGivingBack)
}

// leadsIn reports whether a sentence before the operator's is his too: thanks,
// and what opens his next announcement.
func (h *hearing) leadsIn(k int) bool {
	const short = 12 // words
	w := h.in(k)
	if w.len() > short || strings.HasSuffix(w.word(w.len()-1), "?") || h.thanked(k) != nobody || w.has("operator") {
		return false
	}
	if _, is := w.opensAny(0, leadIns); is {
		return true
	}
	return w.has("question and answer", "question-and-answer", "q&a")
}

// slot makes out the voices between two announcements of the operator: the one
// who asks or, where he gave the word back to the company, those who close the
// call, and whoever answers.
func (h *hearing) slot(s stretch, first int) {
	closing := first == memberUnknown || h.cast.isOfCompany(first)
	analyst := first
	if closing {
		analyst = memberAnalyst
	}
	asks := h.asking(s, analyst, !closing)
	turns := runs(asks, s.from)
	for i, t := range turns {
		switch {
		case asks[t.from-s.from]:
			h.voices = append(h.voices, voice{t.from, analyst})
		case i == 0:
			h.begin(t.from, first)
		default:
			a := answer{stretch: t, asked: turns[i-1], analyst: analyst}
			if i+1 < len(turns) {
				a.after = turns[i+1]
			}
			h.answers(a)
		}
	}
}

// runs cuts a sequence into runs of equals, the first of which is sentence
// from.
func runs(of []bool, from int) []stretch {
	var all []stretch
	for i := range of {
		if i == 0 || of[i] != of[i-1] {
			all = append(all, stretch{from + i, from + i})
		}
		all[len(all)-1].to++
	}
	return all
}
