package transcript

import (
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// exchange is an analyst's slot: the turns from his first question to the next
// analyst's.
type exchange struct {
	analyst, firm string
	asker         int // index into people.all; -1 where somebody else reads the question
	question      span
	answers       []int
	turns         []int
}

// nameUnidentified stands for who asks where nobody says it.
const nameUnidentified = "Unidentified"

// exchanges finds the slots of the question session. An analyst's turn opens
// one, unless he is the one who has asked last and nobody else was announced;
// what management says until the next is the answer. A question that the host
// reads out opens one too.
func (c *call) exchanges() []exchange {
	s := slots{call: c}
	for i := range c.turns {
		if c.turns[i].section == callrankv1.SectionQA {
			s.take(i)
		}
	}
	for i := range s.all {
		c.settleQuestion(&s.all[i])
	}
	return s.all
}

// slots are the exchanges as they are found, turn by turn.
type slots struct {
	*call

	all     []exchange
	open    bool          // whether the last exchange may go on
	pending *introduction // who is announced and has not spoken
}

func (s *slots) last() *exchange { return &s.all[len(s.all)-1] }

// take adds a turn of the question session to the slot it belongs to.
func (s *slots) take(i int) {
	in, announces := s.announced[i]
	if announces {
		s.pending = &in
	}
	switch {
	case s.kind(i) == callrankv1.KindAnalyst:
		if s.open && s.followsUp(s.last(), i, s.pending) {
			s.last().turns = append(s.last().turns, i)
		} else {
			s.all = append(s.all, s.openExchange(i, s.pending))
		}
		s.open, s.pending = true, nil
	case s.opensReadOut(i, announces):
		s.all = append(s.all, s.openReadOut(i, s.pending))
		s.open, s.pending = true, nil
	case announces || s.closesSlot(i):
		s.open = announces && s.open && s.sameAsker(s.last(), in)
	case s.open:
		s.continueExchange(s.last(), i)
	}
}

// opensReadOut reports whether a question is read out in a turn that is not
// what an analyst has just asked, said again.
func (s *slots) opensReadOut(i int, announces bool) bool {
	return s.readsQuestion(i, announces) && (!s.open || announces || s.last().asker < 0 || s.turns[i].words.hasAny(inWriting))
}

// inWriting is said of questions that nobody asks on the line.
var inWriting = phrasesOf("webcast", "from the web", "from the internet", "by mail", "by email", "by e-mail", "via email", "in writing", "submitted", "online", "chat", "retail investors", "retail shareholders",
	"shareholder question", "investor question", "emailed", "written question")

// followsUp reports whether an analyst's turn belongs to the open slot.
func (c *call) followsUp(e *exchange, i int, pending *introduction) bool {
	if e.asker >= 0 && e.asker == c.turns[i].who {
		_, label := labelKind(c.person(i).name)
		return !label || pending == nil
	}
	return false
}

// sameAsker reports whether an announcement is of the one who is asking
// already: a line that was lost.
func (c *call) sameAsker(e *exchange, in introduction) bool {
	return answersTo(e.analyst, in.name)
}

// closesSlot reports whether the words of the operator end a slot rather than
// mend a line, or those of the host or of management end the session.
func (c *call) closesSlot(i int) bool {
	const lastTurns, briefly = 6, 120
	w := c.turns[i].words
	if c.kind(i) == callrankv1.KindOperator {
		if w.has("follow-up", "follow up", "followup") && strings.Contains(c.turns[i].at.of(c.text), "?") {
			return false // he asks for more
		}
		return c.handsBack(i) || w.has("question", "questions", "conclude", "concludes", "concluded")
	}
	if i < len(c.turns)-lastTurns || w.len() > briefly || strings.Contains(c.turns[i].at.of(c.text), "?") {
		return false
	}
	return c.kind(i) == callrankv1.KindIR && c.handsBack(i) ||
		w.has("for joining us", "for joining today", "joining us on the call", "joining us today", "this concludes", "that concludes", "next quarter", "all the time we have", "wraps up", "end of our call", "you may now disconnect")
}

func (c *call) openExchange(i int, pending *introduction) exchange {
	who := c.person(i)
	e := exchange{analyst: who.name, firm: cleanFirm(who.firm), asker: c.turns[i].who, turns: []int{i}}
	if pending == nil {
		return e
	}
	_, label := labelKind(who.name)
	if label {
		e.analyst = pending.name
	}
	if e.firm == "" && (label || answersTo(who.name, pending.name)) {
		e.firm = pending.firm
	}
	return e
}

// readsQuestion reports whether a turn of the host or of somebody unknown
// holds a question that he reads out for another: management answers it.
func (c *call) readsQuestion(i int, announces bool) bool {
	kind := c.kind(i)
	if kind == callrankv1.KindExecutive || kind == callrankv1.KindAnalyst {
		return false
	}
	if c.script.layout == callrankv1.LayoutFlat {
		return announces && kind == callrankv1.KindUnknown
	}
	if i+1 == len(c.turns) || c.kind(i+1) != callrankv1.KindExecutive {
		return false
	}
	const shortest = 20
	w := c.turns[i].words
	return w.len() >= shortest && strings.Contains(c.turns[i].at.of(c.text), "?") &&
		(announces && c.longAfterIntroduction(i) || w.has("question", "questions", "asks", "asked"))
}

// longAfterIntroduction reports whether much is said after the last
// introduction in a turn: then the question itself is read.
func (c *call) longAfterIntroduction(i int) bool {
	const fewWords = 8
	in, announces := c.announced[i]
	return announces && c.turns[i].words.len()-in.end > fewWords
}

func (c *call) openReadOut(i int, pending *introduction) exchange {
	e := exchange{analyst: nameUnidentified, asker: -1, turns: []int{i}}
	if pending != nil {
		e.analyst, e.firm = pending.name, pending.firm
	}
	return e
}

// continueExchange adds a turn to a slot: an answer if management speaks and
// does more than lead the session.
func (c *call) continueExchange(e *exchange, i int) {
	e.turns = append(e.turns, i)
	kind := c.kind(i)
	if kind == callrankv1.KindOperator || kind == callrankv1.KindAnalyst {
		return
	}
	if c.leadsOn(i) {
		return
	}
	e.answers = append(e.answers, i)
}

// leadsOn reports whether a turn only thanks and calls for the next question,
// or is that of a host who says again what was asked.
func (c *call) leadsOn(i int) bool {
	const mostWords = 30
	w := c.turns[i].words
	if c.kind(i) == callrankv1.KindIR && c.asks(i) {
		return true
	}
	return w.len() <= mostWords && w.has("next question", "last question", "final question", "operator", "next caller", "next analyst", "next one")
}

// settleQuestion finds what the analyst asked first: a greeting, or whether he
// is heard, is no question.
func (c *call) settleQuestion(e *exchange) {
	const fewWords = 12
	e.question = c.turns[e.turns[0]].at
	if e.asker < 0 {
		e.question = c.afterIntroduction(e.turns[0])
		return
	}
	for _, i := range e.turns {
		t := &c.turns[i]
		if t.who != e.asker {
			continue
		}
		if t.words.len() >= fewWords || c.asks(i) && !t.words.has("can you hear me", "hear me", "am i on", "am i audible") {
			e.question = t.at
			return
		}
	}
}

// afterIntroduction is what is asked in a turn after its last introduction. In
// text without speakers the answer follows in the same turn; then it is only
// as much as is surely the question.
func (c *call) afterIntroduction(i int) span {
	t := &c.turns[i]
	from := afterInvitation(t.words, c.announced[i].end)
	to := t.words.len()
	if c.script.layout == callrankv1.LayoutFlat {
		to = questionEnd(t.words, from)
	}
	if from >= to {
		return t.at
	}
	return t.words.span(from, to)
}

// isInvitation reports whether word i begins a sentence that asks a speaker to
// go ahead, or is what is left of it after the name of his firm.
func isInvitation(w words, i int) bool {
	_, is := w.anyPhrase(i, "please", "your line", "go ahead", "you may", "you are now", "you're now", "and your line")
	return is
}

// questionEnd returns the index of the word after the last question that is
// put from word i on, before somebody goes on without asking anything.
func questionEnd(w words, i int) int {
	const (
		greeting    = 12 // words within which a question is not yet the one meant
		afterwards  = 3  // sentences without a question that follow the answer's beginning
		unasked     = 60 // words taken where nothing ends in a question mark
		longestSlot = 400
	)
	end, since := 0, 0
	for from := i; from < w.len() && from < i+longestSlot; {
		next := sentenceEnd(w, from)
		if strings.Contains(w.word(next-1), "?") {
			end, since = next, 0
		} else if end > i+greeting {
			if since++; since == afterwards {
				break
			}
		}
		from = next
	}
	if end == 0 {
		return sentenceEnd(w, min(i+unasked, w.len()-1))
	}
	return end
}

// message is the exchange as the transcript carries it.
func (e *exchange) message(c *call) *callrankv1.Exchange {
	out := &callrankv1.Exchange{
		Analyst:  e.analyst,
		Question: &callrankv1.Question{Source: e.question.message()},
	}
	if e.firm != "" {
		out.Firm = &e.firm
	}
	for _, i := range e.answers {
		out.Answers = append(out.Answers, &callrankv1.Answer{Speaker: c.person(i).name, Source: c.turns[i].at.message()})
	}
	for _, i := range e.turns {
		out.Turns = append(out.Turns, uint32(i))
	}
	return out
}
