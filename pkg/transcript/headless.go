package transcript

import (
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// splitAnnounced gives an analyst what stands under the operator's heading
// after he was announced, where his own heading is missing: management answers
// it.
func (c *call) splitAnnounced() {
	turns := make([]turn, 0, len(c.turns))
	for i := range c.turns {
		t := c.turns[i]
		in, from, is := c.askedUnderOperator(i)
		if !is {
			turns = append(turns, t)
			continue
		}
		asked := t
		asked.who = c.people.find(heading{name: in.name, firm: in.firm, kind: callrankv1.KindAnalyst})
		asked.words, asked.at = t.words.slice(from, t.words.len()), t.words.span(from, t.words.len())
		asked.first, asked.inferred = false, true
		t.words, t.at = t.words.slice(0, from), t.words.span(0, from)
		turns = append(turns, t, asked)
	}
	c.turns = turns
}

// askedUnderOperator reports whether a turn under the operator's heading goes
// on with the question of the one he announces last, and from which word.
func (c *call) askedUnderOperator(i int) (in introduction, from int, is bool) {
	const shortest = 25 // words of a question
	t := &c.turns[i]
	if c.person(i).name != nameOperator || c.script.layout == callrankv1.LayoutFlat || i+1 == len(c.turns) {
		return in, 0, false
	}
	if next := c.kind(i + 1); next != callrankv1.KindExecutive && next != callrankv1.KindIR || t.words.len() < shortest {
		return in, 0, false
	}
	found := findIntroductions(t.words, 0, true)
	if len(found) == 0 {
		return in, 0, false
	}
	in = found[len(found)-1]
	from = afterInvitation(t.words, in.end)
	return in, from, t.words.len()-from >= shortest && !strings.HasPrefix(t.words.word(from), "[")
}

// afterInvitation returns the index of the word after the sentences from word i
// on that only ask somebody to go ahead.
func afterInvitation(w words, i int) int {
	for i < w.len() && (isInvitation(w, i) || w.bare(i) == "") {
		i = sentenceEnd(w, i)
	}
	return i
}
