package transcript

import (
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// turn is what one person says under one heading, or as much of it as stands
// between two pieces of page furniture.
type turn struct {
	who     int // index into people.all
	section string
	at      span
	words   words
	part    int // index of the part it belongs to
	first   bool
	// inferred is set where no heading names the speaker.
	inferred bool
}

// isSpeech reports whether the turn was spoken on the call.
func (t *turn) isSpeech() bool { return t.section != sectionTakeaways }

// call is a transcript in the making: the script, and what is concluded from
// it.
type call struct {
	text          string
	script        *script
	people        *people
	turns         []turn
	introductions []introduced         // in the order of the turns
	announced     map[int]introduction // by turn, the last in it
	periods       []periodIn           // all that are said; nil until they are wanted
	hosting       map[int]bool         // who welcomes to the call; nil until it is wanted
}

// introduced is an introduction and the turn it stands in.
type introduced struct {
	introduction

	turn int
}

func newCall(doc *document, s *script) *call {
	c := &call{text: doc.text, script: s, people: newPeople(s.listed)}
	for i, p := range s.parts {
		who := c.people.find(p.heading)
		for j, at := range p.speech {
			c.turns = append(c.turns, turn{who: who, section: p.section, at: at, words: doc.words.in(at), part: i, first: j == 0, inferred: p.inferred})
		}
	}
	return c
}

func (c *call) person(t int) *person { return c.people.all[c.turns[t].who] }

func (c *call) kind(t int) string { return c.person(t).kind }

// spoken counts the words spoken on the call.
func (c *call) spoken() int {
	n := 0
	for i := range c.turns {
		if c.turns[i].isSpeech() {
			n += c.turns[i].words.len()
		}
	}
	return n
}

// firstSpoken is the index of the first turn that is speech.
func (c *call) firstSpoken() int {
	for i := range c.turns {
		if c.turns[i].isSpeech() {
			return i
		}
	}
	return len(c.turns)
}

// markSections puts each turn into the prepared remarks or the question
// session: as the layout marks it or, where it does not, from the words with
// which the session is opened and from who asks first.
func (c *call) markSections() {
	from := c.markedQuestions()
	switch {
	case from >= 0:
	case c.script.layout == callrankv1.LayoutFlat: // the session begins where it was made out, or there is none
		from = len(c.turns)
	default:
		from = c.openingTurn()
	}
	for i := range c.turns {
		t := &c.turns[i]
		switch {
		case t.section == sectionTakeaways:
		case i >= from:
			t.section = callrankv1.SectionQA
		default:
			t.section = callrankv1.SectionPrepared
		}
	}
}

// markedQuestions is the first turn of the question session where the layout
// marks it, else -1.
func (c *call) markedQuestions() int {
	if c.script.questionsFrom < 0 {
		return -1
	}
	for i := range c.turns {
		if c.turns[i].part >= c.script.questionsFrom {
			return i
		}
	}
	return -1
}

// openingTurn is the turn that opens the question session: the introduction
// of the first who asks, or the turn before his, and the operator's
// instructions before that.
func (c *call) openingTurn() int {
	first := c.firstQuestion()
	if first == len(c.turns) {
		return first
	}
	opening := first
	const farthest, shortTurn = 4, 60
	for i := first - 1; i >= c.firstSpoken() && i >= first-farthest; i-- {
		leads := c.kind(i) == callrankv1.KindOperator || c.opensQuestions(i)
		if leads && i > c.firstSpoken() {
			opening = i
			continue
		}
		if c.turns[i].words.len() > shortTurn {
			break
		}
	}
	return opening
}

// firstQuestion is the first turn of somebody who asks: after the operator or
// the host has called for the first question or announced somebody, or of the
// first analyst; where the host reads the question himself, it is his turn.
func (c *call) firstQuestion() int {
	for i := c.firstSpoken() + 1; i < len(c.turns); i++ {
		switch c.kind(i) {
		case callrankv1.KindAnalyst:
			return i
		case callrankv1.KindExecutive:
			continue
		}
		if !c.callsFirst(i) {
			continue
		}
		if c.kind(i) != callrankv1.KindOperator && c.readsQuestion(i, c.announces(i)) {
			return i
		}
		return i + 1
	}
	return len(c.turns)
}

// callsFirst reports whether a turn calls for the first question, or announces
// somebody who asks.
func (c *call) callsFirst(i int) bool {
	const tail = 120 // words
	w := c.turns[i].words
	w = w.slice(w.len()-tail, w.len())
	return c.announces(i) || w.has("first question", "the next question", "our next question")
}

// announces reports whether somebody who asks is announced in a turn.
func (c *call) announces(i int) bool {
	_, is := c.announced[i]
	return is
}

// opensQuestions reports whether a short turn hands over to questions.
func (c *call) opensQuestions(i int) bool {
	const short, veryShort = 60, 20 // words; management's last remark is no opening
	w := c.turns[i].words
	if w.len() > short || w.len() > veryShort && c.kind(i) == callrankv1.KindExecutive {
		return false
	}
	return w.has("first question", "open the call", "open the line", "open the lines", "open up the call", "open it up", "question-and-answer session", "begin the q&a", "ready for questions")
}
