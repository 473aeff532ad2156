package web

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// callView is the page of a call: its transcript as it was read, with the
// evidence marked in it.
type callView struct {
	Analysis *callrankv1.Analysis
	Call     *callrankv1.Call
	Title    string
	Period   string
	// Before and After are the company's calls beside this one.
	Before, After *callrankv1.Call
	Sections      []sectionView
	// Unread says why the text is shown without speakers; empty where it was
	// read.
	Unread string
	// Elsewhere is evidence that is in no turn.
	Elsewhere []elsewhere
	Quotes    []quoteRow
	Questions []exchangeRow
	Warnings  []warningRow
	// General are the warnings about no place in the text.
	General []warningRow
}

// elsewhere is evidence outside of what was spoken.
type elsewhere struct{ Anchor, Kind, Text string }

// sectionView is a section of a call.
type sectionView struct {
	Section, Heading string
	Turns            []turnView
}

// turnView is what one participant says until another speaks.
type turnView struct {
	Speaker *callrankv1.Participant
	// Inferred says that no heading of the text names the speaker.
	Inferred bool
	// Question is the exchange about AI that begins here.
	Question   *exchangeRow
	Paragraphs []paragraph
}

// paragraph is a marked stretch of text, with the warnings that stand in it.
type paragraph struct {
	Tokens   []token
	Warnings []warningRow
}

func newCallView(a *callrankv1.Analysis, text string) *callView {
	call := a.GetCall()
	v := &callView{
		Analysis: a, Call: call, Period: period(call),
		Title:     fmt.Sprintf("%s, %s", cmp.Or(call.GetCompany(), call.GetTicker()), period(call)),
		Quotes:    quoteRows(a.GetQuotes()),
		Questions: exchangeRows(a.GetExchanges()),
		Warnings:  warningRows(a.GetWarnings()),
	}
	for _, warning := range v.Warnings {
		if warning.GetSource() == nil {
			v.General = append(v.General, warning)
		}
	}
	read, err := readAgain(call, text)
	if err != nil {
		v.Unread = "the text is shown as it stands, because it could not be read again: " + err.Error()
		read = &callrankv1.Transcript{
			Participants: []*callrankv1.Participant{{Kind: callrankv1.KindUnknown}},
			Turns:        []*callrankv1.Turn{{Speech: &callrankv1.Span{End: uint32(len(text))}}},
		}
	}
	v.fill(read, text)
	return v
}

// readAgain reads who spoke when. Reading is deterministic, so the turns are
// those the analysis was made from, and need not be carried along.
func readAgain(call *callrankv1.Call, text string) (*callrankv1.Transcript, error) {
	return transcript.Read(transcript.Source{Text: text, Container: call.GetSource()}, transcript.Facts{
		Ticker: call.GetTicker(), Company: call.GetCompany(),
		FiscalYear: int(call.GetFiscalYear()), FiscalQuarter: int(call.GetFiscalQuarter()), FiscalHalf: int(call.GetFiscalHalf()),
		CallDate: call.GetCallDate(),
	})
}

// fill marks the turns.
func (v *callView) fill(read *callrankv1.Transcript, text string) {
	marks := newMarker(text, evidenceOf(v.Analysis))
	for _, turn := range read.GetTurns() {
		start, end := int(turn.GetSpeech().GetStart()), int(turn.GetSpeech().GetEnd())
		if start > end || end > len(text) || int(turn.GetParticipant()) >= len(read.GetParticipants()) {
			continue
		}
		t := turnView{
			Speaker:  read.GetParticipants()[turn.GetParticipant()],
			Inferred: turn.GetInferred(),
			Question: v.questionWithin(start, end),
		}
		for _, span := range paragraphs(text, start, end) {
			t.Paragraphs = append(t.Paragraphs, paragraph{marks.mark(span[0], span[1]), v.warningsWithin(span[0], span[1])})
		}
		v.add(turn.GetSection(), t)
	}
	v.fillElsewhere(marks.placed)
}

// fillElsewhere lists what could not be marked, so that links to it lead
// somewhere.
func (v *callView) fillElsewhere(placed map[string]bool) {
	add := func(anchor, kind, text string) {
		if !placed[anchor] {
			v.Elsewhere = append(v.Elsewhere, elsewhere{anchor, kind, text})
		}
	}
	for _, claim := range v.Analysis.GetClaims() {
		add(claim.GetId(), "claim", claim.GetQuote())
	}
	for _, quote := range v.Quotes {
		add(quote.Anchor, "quote", quote.GetQuote())
	}
	for _, exchange := range v.Questions {
		if exchange.GetAboutAi() {
			add(exchange.Anchor, "question", exchange.GetQuestion().GetQuote())
			for n, answer := range exchange.GetAnswers() {
				add(answerAnchor(exchange.Anchor, n), "answer", answer.GetQuote())
			}
		}
	}
	for _, warning := range v.Warnings {
		if warning.GetSource() != nil {
			add(warning.Anchor, "warning", warning.GetMessage())
		}
	}
}

// add adds a turn to the last section, or begins another.
func (v *callView) add(section string, turn turnView) {
	if n := len(v.Sections); n == 0 || v.Sections[n-1].Section != section {
		heading, ok := map[string]string{
			callrankv1.SectionPrepared:  "Prepared remarks",
			callrankv1.SectionQA:        "Questions and answers",
			callrankv1.SectionTakeaways: "The publisher’s takeaways: management did not say them",
		}[section]
		if !ok {
			heading = "Text"
		}
		v.Sections = append(v.Sections, sectionView{Section: section, Heading: heading})
	}
	last := &v.Sections[len(v.Sections)-1]
	last.Turns = append(last.Turns, turn)
}

// questionWithin is the exchange about AI whose question begins in a turn.
func (v *callView) questionWithin(start, end int) *exchangeRow {
	for i := range v.Questions {
		at := int(v.Questions[i].GetQuestion().GetSource().GetStart())
		if v.Questions[i].GetAboutAi() && start <= at && at < end {
			return &v.Questions[i]
		}
	}
	return nil
}

// warningsWithin are the warnings about a place in a stretch.
func (v *callView) warningsWithin(start, end int) []warningRow {
	var within []warningRow
	for _, warning := range v.Warnings {
		if at := int(warning.GetSource().GetStart()); warning.GetSource() != nil && start <= at && at < end {
			within = append(within, warning)
		}
	}
	return within
}

// paragraphs splits a turn. An empty line ends a paragraph. So does the end of
// a line that ends a sentence, where the line is not merely full: texts from
// pages that were set to a width break their lines anywhere.
func paragraphs(text string, start, end int) [][2]int {
	const widest, full = 200, 0.85
	longest := 0
	for line := range strings.Lines(text[start:end]) {
		longest = max(longest, len(line))
	}
	var spans [][2]int
	from, at := start, start
	cut := func(to int) {
		if strings.TrimSpace(text[from:to]) != "" {
			spans = append(spans, [2]int{from, to})
		}
		from = to
	}
	for line := range strings.Lines(text[start:end]) {
		at += len(line)
		words := strings.TrimSpace(line)
		closed := strings.HasSuffix(strings.TrimRight(words, `"”’')`), ".") || strings.HasSuffix(words, "?") || strings.HasSuffix(words, "!")
		if words == "" || closed && (len(line) > widest || float64(len(line)) < full*float64(longest)) {
			cut(at)
		}
	}
	cut(end)
	return spans
}
