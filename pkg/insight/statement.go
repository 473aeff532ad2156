package insight

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/callrank/callrank/pkg/quantity"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Statement is a claim as anybody may make it of a call, without places in the
// text.
type Statement struct {
	// Quote is what management is said to have said.
	Quote string
	// Figures are the words of the figures in it, such as "$15 billion".
	Figures []string
	// Speaker is who is said to have said it; empty where nobody is named.
	Speaker string
}

// Verifier checks statements against one call. It is safe for concurrent use.
type Verifier struct {
	text       string
	transcript *callrankv1.Transcript
	folded     foldedText
	quantities []quantity.Quantity
}

// NewVerifier returns one for the text of a call and, if it could be read, its
// transcript, which tells who said what; nil where it is not known. It returns
// an error when the transcript's spans do not lie within the text.
func NewVerifier(text string, t *callrankv1.Transcript) (*Verifier, error) {
	if t != nil {
		if err := check(text, t); err != nil {
			return nil, fmt.Errorf("verify: %w", err)
		}
	}
	return &Verifier{text: text, transcript: t, folded: foldText(text), quantities: quantity.Scan(text)}, nil
}

// mostPlaces bounds the places of one quote or figure that are looked at.
const mostPlaces = 256

// Verify returns where in the text the statement stands: its quote reads there
// to the letter, said by one person who is neither analyst nor operator, by the
// speaker named if one is, and each figure is a whole quantity within it. The
// match is never fuzzy: only white space and the shapes of quotation marks and
// dashes are folded.
func (v *Verifier) Verify(s Statement) (*callrankv1.Span, error) {
	quote := foldText(s.Quote)
	if quote.text == "" {
		return nil, errors.New("the quote is empty")
	}
	var first error
	at := 0
	for range mostPlaces {
		i := strings.Index(v.folded.text[at:], quote.text)
		if i < 0 {
			break
		}
		place := at + i
		span, err := v.stands(place, place+len(quote.text), s)
		if err == nil {
			return span, nil
		}
		if first == nil {
			first = err
		}
		at = place + 1
	}
	if first != nil {
		return nil, first
	}
	return nil, v.departs(quote.text)
}

// stands checks a statement whose quote reads at a place in the folded text.
func (v *Verifier) stands(from, to int, s Statement) (*callrankv1.Span, error) {
	span := v.folded.span(from, to)
	start, end := int(span.GetStart()), int(span.GetEnd())
	if cutsWord(v.text, start) || cutsWord(v.text, end) {
		return nil, errors.New("the quote begins or ends within a word or number of the transcript")
	}
	if err := verifyEdges(v.text, start, end, v.around(start, end), 0); err != nil {
		return nil, fmt.Errorf("the quote: %w", err)
	}
	if err := v.verifySpeaker(start, end, s.Speaker); err != nil {
		return nil, err
	}
	if len(s.Figures) == 0 {
		return nil, errNoFigure
	}
	for _, f := range s.Figures {
		if err := v.verifyFigure(from, to, f); err != nil {
			return nil, fmt.Errorf("the figure %q: %w", shortened(f), err)
		}
	}
	return span, nil
}

// around returns the quantities that touch the stretch.
func (v *Verifier) around(start, end int) []quantity.Quantity {
	from := sort.Search(len(v.quantities), func(i int) bool { return v.quantities[i].End > start })
	to := sort.Search(len(v.quantities), func(i int) bool { return v.quantities[i].Start >= end })
	return v.quantities[from:max(from, to)]
}

// verifyFigure looks for the figure's words within the quote, where each
// quantity they touch has to lie within them.
func (v *Verifier) verifyFigure(from, to int, words string) error {
	figure := foldText(words)
	if figure.text == "" {
		return errors.New("it is empty")
	}
	err := errors.New("it does not read in the quote")
	at := from
	for range mostPlaces {
		i := strings.Index(v.folded.text[at:to], figure.text)
		if i < 0 {
			break
		}
		span := v.folded.span(at+i, at+i+len(figure.text))
		if err = v.whole(int(span.GetStart()), int(span.GetEnd())); err == nil {
			return nil
		}
		at += i + 1
	}
	return err
}

// whole reports that the stretch holds quantities and cuts none.
func (v *Verifier) whole(start, end int) error {
	if cutsWord(v.text, start) || cutsWord(v.text, end) {
		return errors.New("it is part of a longer word or number")
	}
	held := false
	for _, q := range v.around(start, end) {
		if q.Start < start || q.End > end {
			return fmt.Errorf("the transcript has %q", fold(q.Text))
		}
		held = true
	}
	if !held {
		return errors.New("its words are no quantity")
	}
	return nil
}

// verifySpeaker checks whose words the stretch is: those of the speaker named,
// or of anybody but analysts and the operator. Where no turns are known, a
// speaker cannot be vouched for.
func (v *Verifier) verifySpeaker(start, end int, speaker string) error {
	turn, err := v.turnOf(start, end)
	if err != nil {
		return err
	}
	if turn == nil {
		if len(v.transcript.GetTurns()) > 0 {
			return errors.New("nobody said it: it stands outside of what was spoken")
		}
		if speaker != "" {
			return fmt.Errorf("the transcript does not tell that %s said it", shortened(speaker))
		}
		return nil
	}
	people := v.transcript.GetParticipants()
	if int(turn.GetParticipant()) >= len(people) {
		return nil
	}
	who := people[turn.GetParticipant()]
	if speaker != "" && !strings.EqualFold(fold(speaker), fold(who.GetName())) {
		return fmt.Errorf("%s said it, not %s", nameOf(who), shortened(speaker))
	}
	if k := who.GetKind(); speaker == "" && (k == callrankv1.KindAnalyst || k == callrankv1.KindOperator) {
		return fmt.Errorf("%s said it, who is no member of management (%s)", nameOf(who), k)
	}
	return nil
}

func nameOf(p *callrankv1.Participant) string {
	if p.GetName() == "" {
		return "somebody without a name"
	}
	return p.GetName()
}

// turnOf is the turn that the stretch is part of, nil where none is known. A
// stretch that goes on into another turn is nobody's words.
func (v *Verifier) turnOf(start, end int) (*callrankv1.Turn, error) {
	turns := v.transcript.GetTurns()
	i := sort.Search(len(turns), func(k int) bool { return int(turns[k].GetSpeech().GetEnd()) > start })
	if i == len(turns) || int(turns[i].GetSpeech().GetStart()) >= end {
		return nil, nil //nolint:nilnil // text outside of all turns is nobody's, and no error
	}
	if s := turns[i].GetSpeech(); int(s.GetStart()) > start || int(s.GetEnd()) < end {
		return nil, errors.New("the quote runs over the words of more than one person")
	}
	return turns[i], nil
}

// departs tells how far a quote that stands nowhere can be followed.
func (v *Verifier) departs(quote string) error {
	n := sort.Search(len(quote), func(n int) bool { return !strings.Contains(v.folded.text, quote[:n+1]) })
	for n > 0 && !utf8.RuneStart(quote[n]) {
		n--
	}
	if i := strings.LastIndexByte(quote[:n], ' '); i > 0 {
		return fmt.Errorf("the transcript reads otherwise after %q", ending(quote[:i]))
	}
	return errors.New("the quote does not read in the transcript")
}

// mostShown bounds the words that a reason repeats, in bytes.
const mostShown = 80

// ending is the last words of a text.
func ending(s string) string {
	if len(s) <= mostShown {
		return s
	}
	s = s[len(s)-mostShown:]
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return "…" + s[i:]
	}
	return "…" + strings.ToValidUTF8(s, "")
}

// shortened is the first words of a text.
func shortened(s string) string {
	if len(s) <= mostShown {
		return s
	}
	return strings.ToValidUTF8(s[:mostShown], "") + "…"
}

// foldedText is a text with its white space folded and its quotation marks and
// dashes in one shape, and where each byte of it stands in the text itself.
type foldedText struct {
	text string
	// at is the offset in the text itself of each byte; the entry after the
	// last is where the last character ends.
	at []uint32
}

// span is the place in the text itself of a stretch of the folded one.
func (f *foldedText) span(from, to int) *callrankv1.Span {
	return &callrankv1.Span{Start: f.at[from], End: f.at[to]}
}

// foldText folds a text. A space stands where the word before it ended, so that
// a span never takes white space along.
func foldText(text string) foldedText {
	out := make([]byte, 0, len(text))
	at := make([]uint32, 0, len(text)+1)
	end := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		if len(out) > 0 && i > end {
			out, at = append(out, ' '), append(at, uint32(end))
		}
		shape := shapeOf(r)
		if shape == 0 {
			for k := range size {
				out, at = append(out, text[i+k]), append(at, uint32(i+k))
			}
		} else {
			out, at = append(out, shape), append(at, uint32(i))
		}
		i += size
		end = i
	}
	return foldedText{string(out), append(at, uint32(end))}
}

// shapeOf is the plain shape of a typographic mark; 0 for what is none. Letters
// and digits that only look alike are others, and stay so.
func shapeOf(r rune) byte {
	switch r {
	case '‘', '’', '‚', '‛', 'ʼ', '′':
		return '\''
	case '“', '”', '„', '‟', '″':
		return '"'
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return '-'
	}
	return 0
}
