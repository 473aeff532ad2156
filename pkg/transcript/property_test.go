package transcript_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// requireOrdered checks what holds of the spans of any transcript: turns stand
// in the text, in order, without overlap, each begins and ends with something
// that is seen, and every other span is in the text too; questions and answers
// within the turns of those who ask and answer.
func requireOrdered(tb require.TestingT, src transcript.Source, call *callrankv1.Transcript) {
	end := uint32(0)
	for i, t := range call.GetTurns() {
		at := t.GetSpeech()
		require.GreaterOrEqual(tb, at.GetStart(), end, "turn %d overlaps the one before", i)
		require.Greater(tb, at.GetEnd(), at.GetStart(), "turn %d is empty", i)
		require.LessOrEqual(tb, int(at.GetEnd()), len(src.Text), "turn %d ends beyond the text", i)
		require.Less(tb, int(t.GetParticipant()), len(call.GetParticipants()), "turn %d is nobody's", i)
		require.Equal(tb, strings.TrimSpace(said(src, at)), said(src, at), "turn %d has white space around it", i)
		end = at.GetEnd()
	}
	inText := func(at *callrankv1.Span) {
		if at == nil {
			return
		}
		require.LessOrEqual(tb, at.GetStart(), at.GetEnd())
		require.LessOrEqual(tb, int(at.GetEnd()), len(src.Text))
		require.True(tb, utf8.ValidString(said(src, at)), "a span cuts a character")
	}
	for _, t := range call.GetTurns() {
		inText(t.GetSpeech())
	}
	for _, e := range call.GetExchanges() {
		inText(e.GetQuestion().GetSource())
		requireWithinTurn(tb, call, e, e.GetQuestion().GetSource())
		for _, a := range e.GetAnswers() {
			inText(a.GetSource())
			requireWithinTurn(tb, call, e, a.GetSource())
		}
		for _, turn := range e.GetTurns() {
			require.Less(tb, int(turn), len(call.GetTurns()))
		}
	}
	for _, e := range call.GetCall().GetEvidence() {
		inText(e.GetSource())
	}
	for _, w := range call.GetWarnings() {
		inText(w.GetSource())
	}
}

func requireWithinTurn(tb require.TestingT, call *callrankv1.Transcript, e *callrankv1.Exchange, at *callrankv1.Span) {
	for _, i := range e.GetTurns() {
		turn := call.GetTurns()[i].GetSpeech()
		if at.GetStart() >= turn.GetStart() && at.GetEnd() <= turn.GetEnd() {
			return
		}
	}
	require.Fail(tb, "a question or an answer is in no turn of its slot")
}

// reading is a transcript with its spans replaced by the words they cover, so
// that two readings can be compared whatever the white space.
func reading(src transcript.Source, call *callrankv1.Transcript) []string {
	words := func(at *callrankv1.Span) string {
		if at == nil {
			return "-"
		}
		return folded(said(src, at))
	}
	c := call.GetCall()
	lines := []string{fmt.Sprintf("%s %s %s %s words=%d", c.GetId(), c.GetCompany(), c.GetCallDate(), c.GetLayout(), call.GetWords())}
	for _, e := range c.GetEvidence() {
		lines = append(lines, fmt.Sprintf("evidence %s %s %s %s", e.GetFact(), e.GetValue(), e.GetOrigin(), words(e.GetSource())))
	}
	for _, p := range call.GetParticipants() {
		lines = append(lines, fmt.Sprintf("participant %s|%s|%s|%s", p.GetName(), p.GetTitle(), p.GetAffiliation(), p.GetKind()))
	}
	for _, t := range call.GetTurns() {
		lines = append(lines, fmt.Sprintf("turn %d %s %s", t.GetParticipant(), t.GetSection(), words(t.GetSpeech())))
	}
	for _, e := range call.GetExchanges() {
		lines = append(lines, fmt.Sprintf("exchange %s %s %s", e.GetAnalyst(), e.GetFirm(), words(e.GetQuestion().GetSource())))
		for _, a := range e.GetAnswers() {
			lines = append(lines, "answer "+a.GetSpeaker()+" "+words(a.GetSource()))
		}
	}
	for _, w := range call.GetWarnings() {
		lines = append(lines, fmt.Sprintf("warning %s %s %s", w.GetCode(), w.GetMessage(), words(w.GetSource())))
	}
	return lines
}

// drawCall makes up a call: people with unlike last names, remarks, and a
// question session of several slots.
func drawCall(t *rapid.T) invented {
	firsts := []string{"Ada", "Boris", "Carmen", "Dmitri", "Edda", "Farid", "Gwen", "Hiro", "Ines", "Jorge"}
	lasts := []string{"Aldous", "Brannigan", "Castellano", "Dürrenmatt", "Eriksen", "Farrukh", "Grünwald", "Haldane", "Ibarra", "Jankowski"}
	order := rapid.Permutation(lasts).Draw(t, "last names")
	name := func(i int) string {
		middle := rapid.SampledFrom([]string{" ", " ", " R. ", " van "}).Draw(t, "middle")
		return firsts[i] + middle + order[i]
	}
	c := invented{
		company: "Corvid Lantern Works, Inc.", ticker: "CLWX",
		year: rapid.IntRange(2019, 2030).Draw(t, "year"), quarter: rapid.IntRange(1, 4).Draw(t, "quarter"), date: "March 3, 2027",
		people: []actor{
			{name: name(0), title: "Head of Investor Relations"},
			{name: name(1), title: "President and Chief Executive Officer"},
			{name: name(2), title: "Executive Vice President and Chief Financial Officer"},
		},
	}
	say := func(who, text string) { c.said = append(c.said, speech{who, text}) }
	host, chief, finance := c.people[0].name, c.people[1].name, c.people[2].name
	say("Operator", "Good day, and welcome to the Corvid Lantern Works earnings call. I would now like to turn the call over to "+host+". Please go ahead.")
	say(host, "Good morning, everyone. This call contains forward-looking statements. I will now hand it over to our management.")
	for i, n := 0, rapid.IntRange(1, 4).Draw(t, "remarks"); i < n; i++ {
		say([]string{chief, finance}[i%2], drawSpeech(t))
	}
	c.questionsFrom = len(c.said)
	for i, n := 0, rapid.IntRange(1, 5).Draw(t, "slots"); i < n; i++ {
		asker := actor{name: name(3 + i), firm: []string{"Northgate Securities", "Alder Research", "Bank of Quillon", "Tarn Capital Markets", "Moss Partners"}[i]}
		c.people = append(c.people, asker)
		say("Operator", fmt.Sprintf("Our next question comes from the line of %s with %s. Please go ahead.", asker.name, asker.firm))
		say(asker.name, drawSpeech(t)+" How should we think of it?")
		say(rapid.SampledFrom([]string{chief, finance}).Draw(t, "answerer"), drawSpeech(t))
		if rapid.Bool().Draw(t, "follow-up") {
			say(asker.name, "And then, is that so next year?")
			say(chief, drawSpeech(t))
		}
	}
	say("Operator", "This concludes the question-and-answer session. You may now disconnect.")
	return c
}

func drawSpeech(t *rapid.T) string {
	sentences := rapid.SliceOfN(rapid.SampledFrom([]string{
		"Revenue was $412 million, up 9% from a year ago.", "We like what we see -- and so do our customers.", "Lamps sold well in the U.S. and in Japan.",
		"As I said, it is early.", "The gross margin, at 41.5%, was a point higher.", "Our order book stands at 1.2 billion euros.", "We shipped 30,000 of them; none came back.",
		"Is that a lot?", "I think it is.", "Mr. Okonkwo left us in May.", "The cost per lamp fell below €3.", "That is all I can say: it works.", "“It glows,” they told us.",
	}), 2, 8).Draw(t, "sentences")
	return strings.Join(sentences, " ")
}

func TestWhoSaidWhatIsReadInEveryLayout(t *testing.T) {
	t.Parallel()
	for _, l := range layouts {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(rt *rapid.T) {
				call := drawCall(rt)
				src, got := read(t, l.set(t, call))
				requireOrdered(rt, src, got)
				require.Equal(rt, call.speeches(), spoken(src, got))
				require.Equal(rt, l.layout, got.GetCall().GetLayout())
				require.Equal(rt, transcript.CallID("CLWX", transcript.Period{Year: call.year, Quarter: call.quarter}, ""), got.GetCall().GetId())
			})
		})
	}
}

func TestReadingIsDeterministic(t *testing.T) {
	t.Parallel()
	for _, l := range layouts {
		document := l.set(t, halyard())
		_, first := read(t, document)
		want, err := callrankv1.JSON(first)
		require.NoError(t, err)
		for range 5 {
			_, again := read(t, document)
			got, err := callrankv1.JSON(again)
			require.NoError(t, err)
			require.Equal(t, string(want), string(got), l.name)
		}
	}
}
