package transcript

import callrankv1 "github.com/callrank/callrank/proto/callrank/v1"

// readFlat reads text that names no speakers. What is said before the question
// session is one part, and so is each slot of the session, from the operator's
// introduction of an analyst to the next: who says what within them is not
// known, and is not guessed.
func readFlat(doc *document) *script {
	s := newScribe(doc, callrankv1.LayoutFlat)
	w := doc.words
	if w.len() == 0 {
		return s.done()
	}
	begin := flatHeader(s)
	start := w.from(begin)
	cuts := flatCuts(w, start)
	for i, cut := range cuts {
		end := w.len()
		if i+1 < len(cuts) {
			end = cuts[i+1]
		}
		if cut >= end {
			continue
		}
		if i == 1 {
			s.questions()
		}
		s.head(heading{})
		s.sayWords(w, cut, end)
	}
	return s.done()
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

// flatCuts returns the words at which parts begin: the first word, the
// beginning of the question session, and each later introduction.
func flatCuts(w words, start int) []int {
	cuts := []int{start}
	introduced := findIntroductions(w, start, false)
	if len(introduced) == 0 {
		return cuts
	}
	first := openingOfQuestions(w, introduced[0].sentence, start)
	if first > start {
		cuts = append(cuts, first)
	}
	for _, in := range introduced[1:] {
		if in.sentence > cuts[len(cuts)-1] {
			cuts = append(cuts, in.sentence)
		}
	}
	return cuts
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
