package transcript

// hearing is a text without headings being heard: its sentences, who is known
// to speak in it, and which voices were made out.
type hearing struct {
	w         words
	sentences []stretch
	said      []uint8 // sayings of each sentence, a bit for each
	cast      *cast
	voices    []voice
}

// stretch is a run of words, or of sentences: from, up to but without to.
type stretch struct{ from, to int }

// voice is somebody who begins to speak with a sentence.
type voice struct {
	sentence int
	who      int // member
}

// sentencesOf cuts words into sentences from word start on.
func sentencesOf(w words, start int) []stretch {
	var all []stretch
	for i := start; i < w.len(); {
		end := sentenceEnd(w, i)
		all = append(all, stretch{i, end})
		i = end
	}
	return all
}

// in are the words of sentence k.
func (h *hearing) in(k int) words { return h.w.slice(h.sentences[k].from, h.sentences[k].to) }

// remarks makes out the voices up to a sentence: one goes on until he gives
// the word to another, or is thanked by the one who goes on.
func (h *hearing) remarks(to int) {
	if to == 0 {
		return
	}
	current := h.begin(0, h.opening(to))
	for k := 1; k < to; k++ {
		if given, is := h.handsOver(k - 1); is && !given.goesBack(current) {
			if next := h.begins(k, to, &given, current); next >= 0 {
				current = h.begin(next, h.member(given))
				k = next
				continue
			}
		}
		if who := h.thanked(k); who != nobody && who == current {
			current = h.begin(k, h.announced(k, current))
		}
	}
}

// goesBack reports whether the word is given to the one who has it, or to the
// operator, who begins the question session with it.
func (g handover) goesBack(current int) bool {
	return g.to == memberOperator || g.to == current && g.to != memberUnknown
}

// begin notes that a member begins with a sentence. A voice that was not known
// before may be told by the one that follows it, who thanks it by name, and
// that follows by what it says of itself.
func (h *hearing) begin(k, who int) int {
	if len(h.voices) > 0 {
		h.settleBefore(k, who)
	}
	if who == memberUnknown {
		who = h.selfNamed(k)
	}
	h.cast.members[who].heard = true
	h.voices = append(h.voices, voice{k, who})
	return who
}

// settleBefore settles who spoke before the one who begins with sentence k, by
// whom he thanks: that one, if the voice was unknown. If another was taken to
// speak, who has not handed over to him before, somebody was missed.
func (h *hearing) settleBefore(k, who int) {
	n := len(h.voices)
	last, thanked := &h.voices[n-1], h.thanked(k)
	switch {
	case thanked == who:
	case last.who == memberUnknown:
		if name := h.thankedName(k); thanked == nobody && name != "" {
			thanked = h.cast.addCompany(name, "")
		}
		if thanked != nobody {
			last.who = thanked
		}
	case h.cast.isOfCompany(thanked) && h.cast.isOfCompany(last.who) && thanked != last.who && !h.cast.members[thanked].heard:
		last.who = memberUnknown
	}
}

// opening is whose voice a text begins with: that of the operator if it speaks
// as one.
func (h *hearing) opening(to int) int {
	const farthest = 30 // sentences
	for k := range min(to, farthest) {
		w := h.in(k)
		if w.has("forward-looking", "forward looking", "joining me", "joined by", "with me today", "with me on") {
			break
		}
		if w.has("my name is") {
			if w.has("operator", "moderator", "coordinator", "facilitator") {
				return memberOperator
			}
			break
		}
		if w.hasAny(operatorOnly) ||
			w.has("at this time") && w.has("turn the call", "turn the floor") {
			return memberOperator
		}
	}
	return memberUnknown
}

// selfNamed is who says his name in the first sentences from k on.
func (h *hearing) selfNamed(k int) int {
	const few = 4 // sentences
	for j := k; j < min(k+few, len(h.sentences)); j++ {
		w := h.in(j)
		for i := range w.at {
			after, is := w.anyPhrase(i, "my name is", "this is", "i'm", "i am")
			if !is {
				continue
			}
			if who, _ := h.cast.at(w, after); who != nobody {
				return who
			}
			if n := nameLength(w, after); n > 1 && (w.is(i, "my", "this") || w.shows(after+n-1, endsClause)) {
				title, _ := titleAfter(w, after+n)
				return h.cast.addCompany(spokenName(w, after, after+n), title)
			}
		}
	}
	return memberUnknown
}

// begins is the sentence, from k on, with which the one begins to whom the word
// was given; -1 if he seems not to. Where it was not given plainly, or to
// somebody nobody presented, he must greet or thank. Who is called before he
// begins is the one who does.
func (h *hearing) begins(k, to int, given *handover, current int) int {
	const (
		afterwards = 3 // sentences that may follow the hand-over before the thanks
		courtesies = 4
	)
	for j := k; j < min(k+afterwards, to); j++ {
		if who := h.thanked(j); who != nobody && who == current {
			return j
		}
	}
	j := k
	for j < min(k+courtesies, to) && (h.invites(j) || h.greets(j) && j+1 < to && h.invites(j+1)) {
		if called, is := h.calls(h.in(j)); is && !called.goesBack(current) {
			*given = called
		}
		j++
	}
	if j < to && (given.plainly || h.greets(j)) {
		return j
	}
	return -1
}

// announced is who was named shortly before sentence k as the one to speak
// next, where nothing gave him the word.
func (h *hearing) announced(k, current int) int {
	const before = 2 // sentences
	found := memberUnknown
	for j := max(0, k-before); j < k; j++ {
		w := h.in(j)
		for i := range w.at {
			who, _ := h.cast.at(w, i)
			if who == nobody || who == current {
				continue
			}
			if found != memberUnknown && found != who {
				return memberUnknown
			}
			found = who
		}
	}
	return found
}
