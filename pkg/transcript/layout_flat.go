package transcript

import (
	"sort"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// readFlat reads text that names no speakers: who speaks is told by how they
// introduce each other, give each other the word and thank each other, and in
// the question session by how one asks and another answers. A voice that
// nothing names is that of an unknown speaker.
func readFlat(doc *document) *script {
	s := newScribe(doc, callrankv1.LayoutFlat)
	w := doc.words
	if w.len() == 0 {
		return s.done()
	}
	begin := flatHeader(s)
	h := &hearing{w: w, sentences: sentencesOf(w, w.from(begin)), cast: newCast()}
	h.said = saidIn(w, h.sentences)
	questions := h.listen()
	h.write(s, questions)
	return s.done()
}

// listen makes out the voices, and returns the sentence with which the question
// session begins; the number of sentences if there is none.
func (h *hearing) listen() (questions int) {
	if len(h.sentences) == 0 {
		return 0
	}
	start := h.sentences[0].from
	h.cast.presented(h.w.slice(start, h.w.len()))
	introduced := h.askers(start)
	if len(introduced) == 0 {
		opened := h.opened()
		h.remarks(opened)
		if opened < len(h.sentences) {
			h.session(opened, nil)
		}
		return opened
	}
	session := h.sessionStart(h.sentenceAt(introduced[0].sentence))
	h.remarks(session)
	h.session(session, introduced)
	return min(session, h.sentenceAt(openingOfQuestions(h.w, introduced[0].sentence, start)))
}

// opened is the sentence after the one with which management opens the question
// session, in a text in which nobody is introduced who asks.
func (h *hearing) opened() int {
	const opening = 8 // the part of a text in which a session is only promised
	for k := len(h.sentences) / opening; k < len(h.sentences); k++ {
		w := h.in(k)
		if w.hasAny(sessionOpenings) && !w.hasAny(promises) {
			return k + 1
		}
	}
	return len(h.sentences)
}

// askers are the introductions of those who ask. Somebody to whom the call
// itself is handed over asks nothing.
func (h *hearing) askers(start int) []introduction {
	found := findIntroductions(h.w, start, false)
	kept := found[:0]
	for _, in := range found {
		if w := h.in(h.sentenceAt(in.sentence)); !h.passesCall(w) || w.has("question") {
			kept = append(kept, in)
		}
	}
	return kept
}

// passesCall reports whether a sentence hands the call over.
func (h *hearing) passesCall(w words) bool {
	for i := range w.at {
		after, how := passesOn(w, i)
		if how == passesCall || how == passesToNamed && after-i > 2 && w.is(after-2, "over", "back", "off") {
			return true
		}
	}
	return false
}

// sentenceAt is the sentence that word i is in.
func (h *hearing) sentenceAt(i int) int {
	return sort.Search(len(h.sentences), func(k int) bool { return h.sentences[k].to > i })
}

// sessionStart is the first sentence of what the operator says before the
// first introduction.
func (h *hearing) sessionStart(introduction int) int {
	const gap = 4 // sentences of his that are not told from others'
	start := introduction
	for k := introduction - 1; k > 0 && k >= start-gap; k-- {
		if h.instructs(k) || start == k+1 && h.leadsIn(k) {
			start = k
		}
	}
	return start
}

// write puts the voices into the script, cut where the question session begins.
func (h *hearing) write(s *scribe, questions int) {
	for i := 0; i < len(h.voices); {
		v := h.voices[i]
		for i < len(h.voices) && h.voices[i].who == v.who {
			i++
		}
		end := len(h.sentences)
		if i < len(h.voices) {
			end = h.voices[i].sentence
		}
		from := v.sentence
		for from < end {
			to := end
			if from < questions && questions < end {
				to = questions
			}
			if from == questions {
				s.questions()
			}
			s.infer(h.cast.members[v.who].heading)
			s.sayWords(h.w, h.sentences[from].from, h.sentences[to-1].to)
			from = to
		}
	}
}

// flatHeader notes the lines above the text that are no prose, such as a
// title, and returns where the text begins.
func flatHeader(s *scribe) int {
	const farthest = 12
	var above []span
	for i := range min(len(s.doc.lines), farthest) {
		line := s.doc.line(i)
		if line == "" {
			continue
		}
		if endsInSentence(line) || len(line) > longestHeading || s.doc.goesOn(i) {
			for _, at := range above {
				s.header(at)
			}
			return s.doc.lines[i].start
		}
		above = append(above, s.doc.lines[i])
	}
	return s.doc.lines[s.doc.next(0)].start
}

// openingOfQuestions walks back from the first introduction of an analyst over
// the operator's instructions to where he opens the session.
func openingOfQuestions(w words, introduction, start int) int {
	const longestInstructions = 150 // words
	opening := introduction
	for i := introduction - 1; i > start && i > introduction-longestInstructions; i-- {
		if !w.ends(i - 1) {
			continue
		}
		sentence := w.slice(i, sentenceEnd(w, i))
		if sentence.has("begin the question", "conduct the question", "open the call", "open the line", "open the lines", "open it up", "open up the call", "open the floor",
			"open up for questions", "first question", "start the q&a", "begin our q&a", "ask a question", "signal a question") {
			opening = i
		}
	}
	return opening
}

// longestSentence is the number of words beyond which no end of a sentence is
// looked for: some recognisers of speech write none.
const longestSentence = 200

// sentenceEnd returns the index of the word after the sentence that word i is
// in.
func sentenceEnd(w words, i int) int {
	last := min(i+longestSentence, w.len())
	for i < last && !w.ends(i) {
		i++
	}
	return min(i+1, w.len())
}

// sentenceStart returns the index of the first word of the sentence that word
// i is in.
func sentenceStart(w words, i int) int {
	first := max(i-longestSentence, 0)
	for i > first && !w.ends(i-1) {
		i--
	}
	return i
}
