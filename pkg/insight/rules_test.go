package insight_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// talkative is a call of an invented company that sells AI and says so.
func talkative() *call {
	c := newCall()
	c.says("Operator", callrankv1.KindOperator, "Welcome to the call. There are 350 participants on the line for AI.")
	c.chief("Thank you. AI is the most exciting shift we have ever seen, and we are all in. " +
		"Our AI assistant, Zenobia, now serves more than 40,000 customers, up from 12,000 a year ago. " +
		"Zenobia is a $300 million annualized revenue run rate business, growing 70% quarter over quarter. " +
		"It resolves 45% of support tickets without a person. " +
		"AI bookings reached $120 million in the quarter. " +
		"Turning to our stores. We opened 14 restaurants in Springfield and repurchased $55 million of shares.")
	c.says("Cecil Example", callrankv1.KindExecutive, "Our tax rate was 21%, and diluted shares were 90 million. "+
		"In fiscal 2027 we expect capital expenditures of about $2 billion, predominantly for AI data centers.")
	c.asks("How is AI adoption going, and what about AI agents and their pricing?",
		"Yes. Developers using our AI agents more than doubled, and AI revenue grew 30% to 40% year over year.")
	c.asks("What is the outlook for restaurant traffic in the spring, given the weather?",
		"We do not give guidance on that. Traffic was flat.")
	return c
}

func TestClaimsOfAnInventedCall(t *testing.T) {
	t.Parallel()
	a := talkative().analysis(t)

	c, f := claimWith(t, a, "$300 million")
	require.Equal(t, "Zenobia", c.GetSubject())
	require.Equal(t, callrankv1.RelevanceCore, c.GetRelevance())
	require.Equal(t, callrankv1.LineTop, c.GetLine())
	require.Equal(t, callrankv1.ClaimRevenue, c.GetKind())
	require.Equal(t, callrankv1.OrientationCurrent, c.GetOrientation())
	require.Equal(t, "Ada Example", c.GetSpeaker())
	require.Equal(t, callrankv1.SectionPrepared, c.GetSection())
	require.InDelta(t, 300e6, f.GetValue(), 0)
	require.Equal(t, "USD", f.GetUnit())
	require.Contains(t, c.GetWhy(), "counted as core because")

	_, f = claimWith(t, a, "70%")
	require.Equal(t, "QoQ", f.GetComparator())
	require.Equal(t, "up", f.GetDirection())

	_, f = claimWith(t, a, "40,000")
	require.Equal(t, "more than", f.GetQualifier())
	require.Equal(t, callrankv1.UnitCount, f.GetUnit())

	c, _ = claimWith(t, a, "$120 million")
	require.Equal(t, callrankv1.ClaimCommitment, c.GetKind())
	require.Equal(t, "Q1 FY2026", c.GetPeriod())

	c, f = claimWith(t, a, "30% to 40%")
	require.InDelta(t, 30, f.GetLow(), 0)
	require.InDelta(t, 40, f.GetHigh(), 0)
	require.Nil(t, f.Value)
	require.Equal(t, callrankv1.SectionQA, c.GetSection())

	c, _ = claimWith(t, a, "$2 billion")
	require.Equal(t, callrankv1.OrientationForward, c.GetOrientation())
	require.Equal(t, callrankv1.LineBottom, c.GetLine())
	require.Equal(t, "FY2027", c.GetPeriod())

	for _, figure := range []string{"350", "14", "$55 million", "21%", "90 million"} {
		require.False(t, hasFigure(a, figure), "%s has nothing to do with AI, or is not management's", figure)
	}
}

func TestClaimsAreNumberedInTheOrderOfTheText(t *testing.T) {
	t.Parallel()
	a := talkative().analysis(t)
	last := uint32(0)
	for i, c := range a.GetClaims() {
		require.Equal(t, "c"+string(rune('0'+(i+1)/10))+string(rune('0'+(i+1)%10)), c.GetId())
		require.GreaterOrEqual(t, c.GetSource().GetStart(), last)
		last = c.GetSource().GetStart()
	}
}

func TestTheSameFigureAgainRepeats(t *testing.T) {
	t.Parallel()
	c := newCall()
	c.chief("Our AI run rate is $300 million. We build AI for everybody. To say it again, our AI run rate is $300 million.")
	a := c.analysis(t)
	require.Len(t, a.GetClaims(), 2)
	require.Nil(t, a.GetClaims()[0].Repeats)
	require.Equal(t, "c01", a.GetClaims()[1].GetRepeats())
}

func TestQuotesAreManagementsTheStrongestFirst(t *testing.T) {
	t.Parallel()
	a := talkative().analysis(t)
	require.NotEmpty(t, a.GetQuotes())
	last := 5.0
	for _, q := range a.GetQuotes() {
		require.LessOrEqual(t, q.GetStrength(), last)
		require.Contains(t, []string{"Ada Example", "Cecil Example"}, q.GetSpeaker())
		last = q.GetStrength()
	}
	require.Contains(t, a.GetQuotes()[0].GetQuote(), "most exciting shift")
}

func TestExchangesAreFilledIn(t *testing.T) {
	t.Parallel()
	a := talkative().analysis(t)
	require.Len(t, a.GetExchanges(), 2)
	first, second := a.GetExchanges()[0], a.GetExchanges()[1]
	require.True(t, first.GetAboutAi())
	require.False(t, second.GetAboutAi())
	require.Equal(t, "How is AI adoption going, and what about AI agents and their pricing?", first.GetQuestion().GetQuote())
	require.Contains(t, first.GetAnswers()[0].GetQuote(), "more than doubled")
	require.Greater(t, first.GetDirectness(), second.GetDirectness(), "a yes with figures is more direct than a refusal")
}

func TestPassagesLieWithinManagementsTurns(t *testing.T) {
	t.Parallel()
	c := talkative()
	e, err := engine().Extract(c.text.String(), &c.transcript)
	require.NoError(t, err)
	require.NotEmpty(t, e.GetPassages())
	for _, p := range e.GetPassages() {
		speech := c.transcript.GetTurns()[p.GetTurn()].GetSpeech()
		require.GreaterOrEqual(t, p.GetSource().GetStart(), speech.GetStart())
		require.LessOrEqual(t, p.GetSource().GetEnd(), speech.GetEnd())
		require.Greater(t, p.GetWeight(), 0.0)
		require.LessOrEqual(t, p.GetWeight(), 1.0)
	}
}

func TestACallSilentAboutAIHasNothing(t *testing.T) {
	t.Parallel()
	c := newCall()
	c.chief("Revenue was $213 million, up 12% year over year. Our insurance agents sold 14,000 policies, and we trained 300 of them. " +
		"The new car models sold well, and market intelligence tells us of 20% growth.")
	c.asks("What are your AI plans? Will generative AI help you?", "We have nothing to say on that today.")
	a := c.analysis(t)
	require.Empty(t, a.GetClaims())
	require.Empty(t, a.GetQuotes())
	require.Zero(t, a.GetEnthusiasm().GetScore())
	require.Zero(t, a.GetSubstance().GetScore())
	require.True(t, a.GetExchanges()[0].GetAboutAi(), "the analyst asked about it all the same")
}

func TestAnAnalystsFigureIsNotManagements(t *testing.T) {
	t.Parallel()
	c := newCall()
	c.chief("AI is doing well.")
	c.asks("I model AI revenue of $900 million next year, up 80%. Is that right?", "AI demand is strong.")
	a := c.analysis(t)
	require.Empty(t, a.GetClaims())
}

func TestThePublishersSummaryMakesClaimsOfItsOwnSection(t *testing.T) {
	t.Parallel()
	c := newCall()
	c.section = callrankv1.SectionTakeaways
	c.says("Publisher", callrankv1.KindUnknown, "- AI Revenue -- $300 million, up 70% year over year.")
	c.section = callrankv1.SectionPrepared
	c.chief("AI revenue was $300 million, up 70% year over year. We love AI.")
	a := c.analysis(t)
	claim, _ := claimWith(t, a, "$300 million")
	require.Equal(t, callrankv1.SectionTakeaways, claim.GetSection())
	require.Empty(t, claim.GetSpeaker(), "management did not say it")
	for _, q := range a.GetQuotes() {
		require.NotEqual(t, callrankv1.SectionTakeaways, q.GetSection())
	}
}

func TestSpeechOfNobodyKnownIsToldApart(t *testing.T) {
	t.Parallel()
	c := newCall()
	c.says("", callrankv1.KindUnknown, "Good afternoon. Our AI revenue was $300 million, up 70% year over year, and AI demand is strong.")
	c.section = callrankv1.SectionQA
	c.says("", callrankv1.KindUnknown, "Our next question comes from the line of Quentin Analyst with Example Securities. Your line is open. "+
		"Thanks for taking my question. I have AI revenue of $900 million in my model for next year, so how do you think about AI demand there? "+
		"Well, AI bookings more than tripled, and we now have 5,000 AI customers.")
	a := c.analysis(t)
	require.True(t, hasFigure(a, "$300 million"))
	require.True(t, hasFigure(a, "tripled"))
	require.False(t, hasFigure(a, "$900 million"), "it reads as the analyst's")
}

func TestMisheardNamesAreWarnedOfAndQuotedAsTheyStand(t *testing.T) {
	t.Parallel()
	c := newCall()
	c.chief("Our AI assistant, Zenobia, is a success. AI revenue from Zenobeea was $300 million.")
	a := c.analysis(t)
	require.Len(t, a.GetWarnings(), 1)
	w := a.GetWarnings()[0]
	require.Equal(t, callrankv1.WarnMisheardName, w.GetCode())
	require.Contains(t, w.GetMessage(), "Zenobia")
	require.Equal(t, "Zenobeea", c.text.String()[w.GetSource().GetStart():w.GetSource().GetEnd()])
	claim, _ := claimWith(t, a, "$300 million")
	require.Contains(t, claim.GetQuote(), "Zenobeea")
	require.Equal(t, "Zenobia", claim.GetSubject())
}

func TestAFigureThatContradictsAnotherIsDisputed(t *testing.T) {
	t.Parallel()
	c := newCall()
	c.chief("We love AI. AI revenue was $165.7 million. As for cloud, it is what AI runs on.")
	c.says("Cecil Example", callrankv1.KindExecutive, "AI revenue was $155.7 million, driven by AI agents.")
	a := c.analysis(t)
	require.Len(t, a.GetWarnings(), 1)
	require.Equal(t, callrankv1.WarnContradictingFigures, a.GetWarnings()[0].GetCode())
	for _, figure := range []string{"$165.7 million", "$155.7 million"} {
		claim, _ := claimWith(t, a, figure)
		require.Equal(t, []string{callrankv1.WarnContradictingFigures}, claim.GetDisputed())
	}
}

func TestLevelsOfFewDigitsContradictWhereTheWholeGrewByTheSame(t *testing.T) {
	t.Parallel()
	for second, warnings := range map[string]int{
		"Consolidated revenue was $5.2 billion, up 32% from a year ago.": 1,
		"Consolidated revenue was $5.2 billion, up 20% from a year ago.": 0,
		"Consolidated revenue was $5.2 billion.":                         0,
		"Optics revenue was $5.2 billion, up 32% from a year ago.":       0,
	} {
		c := newCall()
		c.chief("We love AI. Total revenue of $6.2 billion was up 32% from a year ago.")
		c.says("Cecil Example", callrankv1.KindExecutive, second)
		require.Len(t, c.analysis(t).GetWarnings(), warnings, second)
	}
}

func TestDifferentFiguresOfDifferentThingsDoNotContradict(t *testing.T) {
	t.Parallel()
	c := newCall()
	c.chief("AI revenue was $165.7 million. Cloud revenue was $155.7 million. Last year AI revenue was $155.7 million. " +
		"AI revenue was $165.8 million rounded another way. The backlog was $16.57 million.")
	require.Empty(t, c.analysis(t).GetWarnings())
}

func TestARangeTheWrongWayRoundIsImplausible(t *testing.T) {
	t.Parallel()
	c := newCall()
	c.chief("We love AI. We expect AI revenue to be between $616.5 million and $21.5 million. The loss is between $2.1 billion and $1.8 billion.")
	a := c.analysis(t)
	require.Len(t, a.GetWarnings(), 1)
	require.Equal(t, callrankv1.WarnImplausibleFigure, a.GetWarnings()[0].GetCode())
	claim, _ := claimWith(t, a, "between $616.5 million and $21.5 million")
	require.Equal(t, []string{callrankv1.WarnImplausibleFigure}, claim.GetDisputed())
}

func TestATranscriptThatIsNotOfTheTextIsAnError(t *testing.T) {
	t.Parallel()
	r := engine()
	span := func(start, end uint32) *callrankv1.Span { return &callrankv1.Span{Start: start, End: end} }
	turn := func(s *callrankv1.Span) *callrankv1.Turn { return &callrankv1.Turn{Speech: s} }
	for name, transcript := range map[string]*callrankv1.Transcript{
		"nothing":             nil,
		"no span":             {Turns: []*callrankv1.Turn{turn(nil)}},
		"beyond the end":      {Turns: []*callrankv1.Turn{turn(span(0, 999))}},
		"backwards":           {Turns: []*callrankv1.Turn{turn(span(5, 2))}},
		"out of order":        {Turns: []*callrankv1.Turn{turn(span(4, 8)), turn(span(0, 3))}},
		"unknown person":      {Participants: []*callrankv1.Participant{{}}, Turns: []*callrankv1.Turn{{Participant: 7, Speech: span(0, 3)}}},
		"exchange beyond":     {Exchanges: []*callrankv1.Exchange{{Question: &callrankv1.Question{Source: span(0, 999)}}}},
		"exchange of no turn": {Exchanges: []*callrankv1.Exchange{{Turns: []uint32{3}}}},
		"answer beyond":       {Exchanges: []*callrankv1.Exchange{{Answers: []*callrankv1.Answer{{Source: span(9, 999)}}}}},
	} {
		_, err := r.Extract("AI is here.", transcript)
		require.Error(t, err, name)
		_, err = r.Quantify("AI is here.", transcript, nil)
		require.Error(t, err, name)
		_, err = r.Explain("AI is here.", transcript)
		require.Error(t, err, name)
		_, _, err = r.Analyse("AI is here.", transcript)
		require.Error(t, err, name)
	}
	_, err := r.Quantify("AI is here.", &callrankv1.Transcript{}, &callrankv1.Extraction{Passages: []*callrankv1.Passage{{Source: span(0, 999)}}})
	require.Error(t, err, "an extraction of another text")
	_, err = r.Quantify("AI is here.", &callrankv1.Transcript{}, &callrankv1.Extraction{Quotes: []*callrankv1.Quote{{Source: span(0, 999)}}})
	require.Error(t, err, "an extraction of another text")
}

func TestAnEmptyCallIsNoError(t *testing.T) {
	t.Parallel()
	a := analyse(t, "", &callrankv1.Transcript{})
	require.Empty(t, a.GetClaims())
	require.Equal(t, "rules", a.GetEngine().GetName())
	require.NotEmpty(t, a.GetEngine().GetVersion())
}

func TestTheSameTextGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	c := talkative()
	first, err := callrankv1.JSON(c.analysis(t))
	require.NoError(t, err)
	for range 5 {
		again, err := callrankv1.JSON(c.analysis(t))
		require.NoError(t, err)
		require.Equal(t, string(first), string(again))
	}
}

func TestOneReadingGivesWhatBothStagesGive(t *testing.T) {
	t.Parallel()
	c := talkative()
	r := engine()
	e, q, err := r.Analyse(c.text.String(), &c.transcript)
	require.NoError(t, err)
	require.True(t, proto.Equal(c.analysis(t), r.Assemble(&c.transcript, e, q)))
}

func TestAssembleSharesNothing(t *testing.T) {
	t.Parallel()
	c := talkative()
	r := engine()
	e, q, err := r.Analyse(c.text.String(), &c.transcript)
	require.NoError(t, err)
	a := r.Assemble(&c.transcript, e, q)
	a.GetClaims()[0].Quote = "changed"
	a.GetCall().Ticker = new("OTHR")
	require.NotEqual(t, "changed", q.GetClaims()[0].GetQuote())
	require.Equal(t, "EXMP", c.transcript.GetCall().GetTicker())
}

func TestEveryDecisionHasItsReason(t *testing.T) {
	t.Parallel()
	c := talkative()
	decisions, err := engine().Explain(c.text.String(), &c.transcript)
	require.NoError(t, err)
	claims, others := 0, 0
	for _, d := range decisions {
		require.NotEmpty(t, d.ForClaim)
		require.NotEmpty(t, d.Because)
		for i, f := range d.ForClaim {
			require.NotZero(t, f.Points())
			require.True(t, i == 0 || math.Abs(f.Points()) <= math.Abs(d.ForClaim[i-1].Points()), "the heaviest first")
		}
		require.Equal(t, d.Claim, d.ClaimProbability >= d.LeastClaim)
		if d.Claim {
			claims++
			require.True(t, strings.HasPrefix(d.Because, "counted as "+d.Relevance), d.Because)
		} else {
			others++
			require.True(t, strings.HasPrefix(d.Because, "not counted"), d.Because)
		}
	}
	require.Positive(t, claims)
	require.Positive(t, others)
}

func TestFiguresOfAHalfYearlyCallAreOfItsHalf(t *testing.T) {
	t.Parallel()
	c := newCall()
	c.transcript.Call.FiscalQuarter, c.transcript.Call.FiscalHalf = nil, new(int32(1))
	c.chief("Revenue from our AI products reached $300 million. Next half our AI products will bring in $350 million. Last half revenue from our AI products was $200 million. " +
		"In the fourth quarter revenue from AI products was $120 million.")
	a := c.analysis(t)
	for figure, want := range map[string]string{"$300 million": "H1 FY2026", "$350 million": "H2 FY2026", "$200 million": "H2 FY2025", "$120 million": "Q4 FY2025"} {
		claim, _ := claimWith(t, a, figure)
		require.Equal(t, want, claim.GetPeriod(), figure)
	}
}
