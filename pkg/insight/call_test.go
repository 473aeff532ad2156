package insight_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/pkg/lexicon"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// engine is the engine under test; it does not change.
var engine = sync.OnceValue(func() *insight.Rules { return insight.NewRules(lexicon.AI()) })

// call builds the transcript of an invented call, turn by turn.
type call struct {
	text       strings.Builder
	transcript callrankv1.Transcript
	people     map[string]uint32
	section    string
}

func newCall() *call {
	c := &call{people: map[string]uint32{}, section: callrankv1.SectionPrepared}
	c.transcript.Call = &callrankv1.Call{
		Id: new("EXMP-2026Q1"), Ticker: new("EXMP"), Company: new("Example Corporation"),
		FiscalYear: new(int32(2026)), FiscalQuarter: new(int32(1)), Layout: callrankv1.LayoutSeekingAlpha,
	}
	return c
}

// says adds a turn of a participant and returns its index.
func (c *call) says(name, kind, words string) uint32 {
	at, ok := c.people[name]
	if !ok {
		at = uint32(len(c.transcript.GetParticipants()))
		c.people[name] = at
		c.transcript.Participants = append(c.transcript.Participants, &callrankv1.Participant{Name: name, Kind: kind})
	}
	c.text.WriteString(name + "\n\n")
	start := uint32(c.text.Len())
	c.text.WriteString(words)
	c.transcript.Turns = append(c.transcript.Turns, &callrankv1.Turn{
		Participant: at, Section: c.section, Speech: &callrankv1.Span{Start: start, End: uint32(c.text.Len())},
	})
	c.text.WriteString("\n\n")
	return uint32(len(c.transcript.GetTurns()) - 1)
}

func (c *call) chief(words string) { c.says("Ada Example", callrankv1.KindExecutive, words) }

// asks adds an exchange: a question and its answer.
func (c *call) asks(question, answer string) {
	c.section = callrankv1.SectionQA
	q := c.says("Quentin Analyst", callrankv1.KindAnalyst, question)
	a := c.says("Ada Example", callrankv1.KindExecutive, answer)
	turns := c.transcript.GetTurns()
	c.transcript.Exchanges = append(c.transcript.Exchanges, &callrankv1.Exchange{
		Analyst: "Quentin Analyst", Turns: []uint32{q, a},
		Question: &callrankv1.Question{Source: turns[q].GetSpeech()},
		Answers:  []*callrankv1.Answer{{Speaker: "Ada Example", Source: turns[a].GetSpeech()}},
	})
}

// analysis runs both stages, checks what holds of every result, and puts it
// together.
func (c *call) analysis(t testing.TB) *callrankv1.Analysis {
	t.Helper()
	return analyse(t, c.text.String(), &c.transcript)
}

func analyse(t testing.TB, text string, transcript *callrankv1.Transcript) *callrankv1.Analysis {
	t.Helper()
	r := engine()
	e, err := r.Extract(text, transcript)
	require.NoError(t, err)
	q, err := r.Quantify(text, transcript, e)
	require.NoError(t, err)
	for _, x := range q.GetClaims() {
		require.NoError(t, insight.Verify(text, x), x.GetQuote())
		require.NotEmpty(t, x.GetWhy())
	}
	for _, x := range e.GetQuotes() {
		require.NoError(t, insight.VerifyQuote(text, x), x.GetQuote())
	}
	addsUp(t, e.GetEnthusiasm())
	addsUp(t, q.GetSubstance())
	return r.Assemble(transcript, e, q)
}

// addsUp holds of every score: its drivers' points, in tenths, add up to it.
func addsUp(t testing.TB, s *callrankv1.Score) {
	t.Helper()
	tenths := 0
	for _, d := range s.GetDrivers() {
		tenths += roundTenths(d.GetPoints())
	}
	require.Equal(t, roundTenths(s.GetScore()), tenths)
	require.GreaterOrEqual(t, s.GetScore(), 0.0)
	require.LessOrEqual(t, s.GetScore(), 10.0)
}

func roundTenths(x float64) int {
	if x < 0 {
		return -roundTenths(-x)
	}
	return int(x*10 + 0.5)
}

// claimWith returns the first claim with a figure of these words.
func claimWith(t testing.TB, a *callrankv1.Analysis, figure string) (*callrankv1.Claim, *callrankv1.Figure) {
	t.Helper()
	for _, c := range a.GetClaims() {
		for _, f := range c.GetFigures() {
			if f.GetText() == figure {
				return c, f
			}
		}
	}
	require.Failf(t, "no claim", "with the figure %q among %d claims", figure, len(a.GetClaims()))
	return nil, nil
}

func hasFigure(a *callrankv1.Analysis, figure string) bool {
	for _, c := range a.GetClaims() {
		for _, f := range c.GetFigures() {
			if f.GetText() == figure {
				return true
			}
		}
	}
	return false
}
