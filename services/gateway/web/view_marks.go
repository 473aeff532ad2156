package web

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Kinds of evidence, as they are marked in a text.
const (
	markQuestion = "question"
	markAnswer   = "answer"
	markQuote    = "quote"
	markClaim    = "claim"
	markFigure   = "figure"
	markWarning  = "warning"
)

// deepest is how many marks may lie in each other. What lies deeper can be
// linked to and is not marked: no reader could tell it apart.
const deepest = 8

// evidence is a stretch of a text that is marked.
type evidence struct {
	// Start and End are byte offsets in the text.
	Start, End int
	Kind       string
	// Anchor is the name by which it is linked to; a figure has none.
	Anchor string
	// Title says what it is.
	Title string
	// Goes tells that it began before, so that the anchor is there already.
	Goes bool
}

// compare puts the outer before the inner.
func (e evidence) compare(other evidence) int {
	return cmp.Or(
		cmp.Compare(e.Start, other.Start), cmp.Compare(other.End, e.End),
		cmp.Compare(layer(e.Kind), layer(other.Kind)), cmp.Compare(e.Anchor, other.Anchor),
	)
}

// layer is how far out a kind of mark lies, of those of one stretch.
func layer(kind string) int {
	return slices.Index([]string{markQuestion, markAnswer, markQuote, markClaim, markWarning, markFigure}, kind)
}

// token is a step in writing a marked text: a text, a mark that opens, one that
// closes, or a mere anchor.
type token struct {
	Text   string
	Open   *evidence
	Close  *evidence
	Anchor string
}

// marker marks the stretches of a text, one stretch after the other.
type marker struct {
	text string
	// waiting begin after the stretch that was marked last; running reach
	// beyond its end.
	waiting, running []evidence
	// placed are the anchors that are in the text.
	placed map[string]bool
}

// newMarker leaves out what does not lie within the text.
func newMarker(text string, all []evidence) *marker {
	m := &marker{text: text, placed: map[string]bool{}}
	for _, e := range all {
		if e.Start < 0 || e.End > len(text) || e.Start >= e.End {
			continue
		}
		e.Start, e.End = runeStart(text, e.Start), runeStart(text, e.End)
		if e.Start < e.End {
			m.waiting = append(m.waiting, e)
		}
	}
	slices.SortStableFunc(m.waiting, evidence.compare)
	return m
}

// runeStart moves an offset back to where a letter begins.
func runeStart(text string, at int) int {
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// mark marks one stretch of the text. Stretches come in the order of the text.
func (m *marker) mark(from, to int) []token {
	todo := m.within(from, to)
	w := writer{text: m.text, at: from, placed: m.placed}
	for len(todo) > 0 {
		next := todo[0]
		todo = todo[1:]
		w.closeUpTo(next.Start)
		w.write(next.Start)
		if rest, crosses := w.cut(&next); crosses {
			// It goes on after the mark it began in.
			place, _ := slices.BinarySearchFunc(todo, rest, evidence.compare)
			todo = slices.Insert(todo, place, rest)
		}
		w.open(next)
	}
	w.closeUpTo(to)
	w.write(to)
	return w.tokens
}

// within takes what has to be marked between two offsets, cut to them.
func (m *marker) within(from, to int) []evidence {
	begun := 0
	for begun < len(m.waiting) && m.waiting[begun].Start < to {
		begun++
	}
	m.running = append(m.running, m.waiting[:begun]...)
	m.waiting = m.waiting[begun:]
	var here, beyond []evidence
	for _, e := range m.running {
		cut := e
		cut.Start, cut.End = max(e.Start, from), min(e.End, to)
		if cut.Start < cut.End {
			here = append(here, cut)
			e.Goes = true
		}
		if e.End > to {
			beyond = append(beyond, e)
		}
	}
	m.running = beyond
	slices.SortStableFunc(here, evidence.compare)
	return here
}

// writer writes one stretch.
type writer struct {
	text   string
	at     int
	tokens []token
	stack  []evidence
	placed map[string]bool
}

func (w *writer) write(to int) {
	if to > w.at {
		w.tokens = append(w.tokens, token{Text: w.text[w.at:to]})
		w.at = to
	}
}

// closeUpTo closes the marks that end at or before an offset, with the text in
// them.
func (w *writer) closeUpTo(to int) {
	for len(w.stack) > 0 && w.stack[len(w.stack)-1].End <= to {
		top := w.stack[len(w.stack)-1]
		w.stack = w.stack[:len(w.stack)-1]
		w.write(top.End)
		w.tokens = append(w.tokens, token{Close: &top})
	}
}

// cut ends evidence where the mark around it ends, and returns the rest.
func (w *writer) cut(e *evidence) (evidence, bool) {
	if len(w.stack) == 0 || e.End <= w.stack[len(w.stack)-1].End {
		return evidence{}, false
	}
	rest := *e
	e.End = w.stack[len(w.stack)-1].End
	rest.Start, rest.Goes = e.End, true
	return rest, true
}

func (w *writer) open(e evidence) {
	if e.Anchor != "" && !e.Goes && w.placed[e.Anchor] {
		// The same name twice: the first has it.
		e.Goes = true
	}
	if len(w.stack) >= deepest {
		if e.Anchor != "" && !e.Goes {
			w.tokens = append(w.tokens, token{Anchor: e.Anchor})
			w.placed[e.Anchor] = true
		}
		return
	}
	if e.Anchor != "" {
		w.placed[e.Anchor] = true
	}
	w.tokens = append(w.tokens, token{Open: &e})
	w.stack = append(w.stack, e)
}

// evidenceOf is everything of an analysis that is marked in its text.
func evidenceOf(a *callrankv1.Analysis) []evidence {
	var all []evidence
	add := func(span *callrankv1.Span, kind, anchor, title string) {
		if span != nil {
			all = append(all, evidence{Start: int(span.GetStart()), End: int(span.GetEnd()), Kind: kind, Anchor: anchor, Title: title})
		}
	}
	for _, claim := range a.GetClaims() {
		add(claim.GetSource(), markClaim, claim.GetId(), claimTitle(claim))
		for _, figure := range claim.GetFigures() {
			add(figure.GetSource(), markFigure, "", "")
		}
	}
	for i, quote := range a.GetQuotes() {
		add(quote.GetSource(), markQuote, quoteAnchor(i), "quote")
	}
	for i, exchange := range a.GetExchanges() {
		if exchange.GetAboutAi() {
			add(exchange.GetQuestion().GetSource(), markQuestion, exchangeAnchor(i), "question about AI")
			for n, answer := range exchange.GetAnswers() {
				add(answer.GetSource(), markAnswer, answerAnchor(exchangeAnchor(i), n), "answer")
			}
		}
	}
	for i, warning := range a.GetWarnings() {
		add(warning.GetSource(), markWarning, warningAnchor(i), plainWord(warning.GetCode())+": "+warning.GetMessage())
	}
	return all
}

func claimTitle(claim *callrankv1.Claim) string {
	words := []string{"claim " + claim.GetId() + ": " + claimLabel(claim)}
	for _, word := range []string{claim.GetOrientation(), claim.GetRelevance(), plainWord(claim.GetKind())} {
		if word != "" {
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}
