package insight

import (
	"errors"
	"fmt"
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// voice is who speaks, as far as it matters for what is said.
type voice uint8

const (
	management voice = iota
	analyst
	operator
	// editor is the publisher's own summary.
	editor
)

// check makes sure that the transcript is of this text and of itself.
func check(text string, t *callrankv1.Transcript) error {
	if t == nil {
		return errors.New("there is no transcript")
	}
	people, last := uint32(len(t.GetParticipants())), uint32(0)
	for i, turn := range t.GetTurns() {
		if err := within(text, turn.GetSpeech()); err != nil {
			return fmt.Errorf("turn %d: %w", i, err)
		}
		if turn.GetSpeech().GetStart() < last {
			return fmt.Errorf("turn %d begins at %d, before the one before it ends at %d", i, turn.GetSpeech().GetStart(), last)
		}
		last = turn.GetSpeech().GetEnd()
		if people > 0 && turn.GetParticipant() >= people {
			return fmt.Errorf("turn %d: participant %d of %d", i, turn.GetParticipant(), people)
		}
	}
	for i, x := range t.GetExchanges() {
		if err := checkExchange(text, x, len(t.GetTurns())); err != nil {
			return fmt.Errorf("exchange %d: %w", i, err)
		}
	}
	return nil
}

func checkExchange(text string, x *callrankv1.Exchange, turns int) error {
	if s := x.GetQuestion().GetSource(); s != nil {
		if err := within(text, s); err != nil {
			return fmt.Errorf("question: %w", err)
		}
	}
	for _, a := range x.GetAnswers() {
		if a.GetSource() == nil {
			continue
		}
		if err := within(text, a.GetSource()); err != nil {
			return fmt.Errorf("answer: %w", err)
		}
	}
	for _, i := range x.GetTurns() {
		if int(i) >= turns {
			return fmt.Errorf("turn %d of %d", i, turns)
		}
	}
	return nil
}

// checkExtraction makes sure that the extraction is of this text.
func checkExtraction(text string, e *callrankv1.Extraction) error {
	for i, p := range e.GetPassages() {
		if err := within(text, p.GetSource()); err != nil {
			return fmt.Errorf("passage %d: %w", i, err)
		}
	}
	for i, q := range e.GetQuotes() {
		if err := within(text, q.GetSource()); err != nil {
			return fmt.Errorf("quote %d: %w", i, err)
		}
	}
	return nil
}

// within checks a span against the text.
func within(text string, s *callrankv1.Span) error {
	if s == nil {
		return errors.New("there is no span")
	}
	if s.GetStart() > s.GetEnd() || uint64(s.GetEnd()) > uint64(len(text)) {
		return fmt.Errorf("span %d to %d does not lie within the %d bytes of the text", s.GetStart(), s.GetEnd(), len(text))
	}
	return nil
}

// voiceOf tells whose turn it is; known is false where the text names nobody.
func voiceOf(t *callrankv1.Transcript, turn *callrankv1.Turn) (v voice, known bool) {
	if turn.GetSection() == callrankv1.SectionTakeaways {
		return editor, true
	}
	if int(turn.GetParticipant()) >= len(t.GetParticipants()) {
		return management, false
	}
	switch t.GetParticipants()[turn.GetParticipant()].GetKind() {
	case callrankv1.KindExecutive, callrankv1.KindIR:
		return management, true
	case callrankv1.KindAnalyst:
		return analyst, true
	case callrankv1.KindOperator:
		return operator, true
	}
	return management, false
}

func speakerOf(t *callrankv1.Transcript, turn *callrankv1.Turn) string {
	if int(turn.GetParticipant()) >= len(t.GetParticipants()) {
		return ""
	}
	return t.GetParticipants()[turn.GetParticipant()].GetName()
}

// leastAsked is how many words an analyst says at least before thanks are the
// end of a question and not its beginning.
const leastAsked = 25

// tellVoices tells apart, in a turn of nobody known, the operator, an
// analyst's question and what must then be management's answer. Outside the
// question session it is management's unless it reads as the operator's.
func tellVoices(text string, list []sentence, qa bool) {
	asking, asked, words := false, false, 0
	for i := range list {
		s := &list[i]
		low := text[s.start:s.end]
		switch {
		case introduces(low):
			s.voice = operator
			asking, asked, words = qa, false, 0
			continue
		case asking && asked && !asksOn(low):
			asking = false
		case !asking && qa && follows(low):
			asking, asked, words = true, false, 0
		}
		if asking {
			s.voice = analyst
			words += s.words
			asked = asked || strings.HasSuffix(low, "?") || (words >= leastAsked && thanks(low))
		}
	}
}

// introduces reports the operator's words to an analyst or the audience.
func introduces(w string) bool {
	for _, mark := range [...]string{
		"next question", "first question", "from the line of", "your line is", "please go ahead", "please proceed",
		"question-and-answer session", "press star", "one moment for our", "and our final question", "last question comes",
		"with your question", "stand by", "question comes from", "question is from", "you may proceed",
	} {
		if strings.Contains(w, mark) && !strings.HasSuffix(w, "?") && len(w) < 400 {
			return true
		}
	}
	return false
}

// asksOn reports that a question goes on after its first mark.
func asksOn(w string) bool {
	if strings.HasSuffix(w, "?") || thanks(w) {
		return true
	}
	for _, mark := range [...]string{"and then ", "just ", "or ", "and just", "and maybe", "and if", "my question", "i'm wondering", "curious"} {
		if strings.HasPrefix(w, mark) {
			return true
		}
	}
	return false
}

func thanks(w string) bool {
	return len(w) < 60 && (strings.Contains(w, "thank you") || strings.Contains(w, "thanks"))
}

// follows reports an analyst who comes back.
func follows(w string) bool {
	for _, mark := range [...]string{"got it", "great.", "okay. ", "maybe just a follow", "just a follow", "as a follow", "and just a follow", "a quick follow", "my follow", "if i could follow", "and then my", "that's helpful", "that's very helpful", "super helpful"} {
		if strings.HasPrefix(w, mark) {
			return true
		}
	}
	return strings.HasSuffix(w, "?") && len(w) > 60 && (strings.Contains(w, "can you ") || strings.Contains(w, "could you ") || strings.Contains(w, "how should we"))
}
