package transcript_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func TestWhoSpeaksIsHeardInATextWithoutSpeakers(t *testing.T) {
	t.Parallel()
	src, got := read(t, setFlat(t, halyard()))
	require.Equal(t, callrankv1.LayoutFlat, got.GetCall().GetLayout())
	requireOrdered(t, src, got)
	require.Equal(t, "2026-02-05", got.GetCall().GetCallDate())
	require.Equal(t, int32(4), got.GetCall().GetFiscalQuarter())
	speeches := halyard().speeches()
	answers := speeches[6].text + " " + speeches[7].text // nothing tells that another goes on
	require.Equal(t, []speech{
		speeches[0],
		speeches[1],
		speeches[2],
		speeches[3],
		speeches[4],
		speeches[5],
		{"Tobias Lindqvist", answers},
		speeches[8],
		{"Unknown executive", speeches[9].text},
		speeches[10],
		speeches[11],
		{"Unknown executive", speeches[12].text},
		speeches[13],
		speeches[14],
		speeches[15],
	}, joined(spoken(src, got)))
	for name, title := range map[string]string{
		"Mira Okafor": "Vice President of Investor Relations", "Tobias Lindqvist": "Chief Executive Officer", "Grace W. Amadi": "Chief Financial Officer",
	} {
		require.Equal(t, title, participant(t, got, name).GetTitle())
	}
	require.Equal(t, callrankv1.KindIR, participant(t, got, "Mira Okafor").GetKind())
	require.Equal(t, callrankv1.KindExecutive, participant(t, got, "Unknown executive").GetKind())
	require.Equal(t, "Alder & Pine", participant(t, got, "Lucia Ferrante").GetAffiliation())
}

func TestItIsSaidThatSpeakersAreInferred(t *testing.T) {
	t.Parallel()
	src, got := read(t, setFlat(t, halyard()))
	require.Equal(t, map[string]int{callrankv1.WarnNoTicker: 1, callrankv1.WarnInferredSpeakers: 1}, warnings(got))
	var all strings.Builder
	for _, turn := range got.GetTurns() {
		require.True(t, turn.GetInferred())
		all.WriteString(said(src, turn.GetSpeech()) + " ")
	}
	require.Equal(t, src.Text, strings.TrimSpace(all.String()), "all of it is speech")
	for _, l := range layouts {
		_, got := read(t, l.set(t, halyard()))
		for _, turn := range got.GetTurns() {
			require.False(t, turn.GetInferred(), l.name)
		}
		require.Zero(t, warnings(got)[callrankv1.WarnInferredSpeakers], l.name)
	}
}

func TestQuestionsAndAnswersAreHeardInATextWithoutSpeakers(t *testing.T) {
	t.Parallel()
	src, got := read(t, setFlat(t, halyard()))
	require.Len(t, got.GetExchanges(), 2)
	first, second := got.GetExchanges()[0], got.GetExchanges()[1]
	require.Equal(t, "Peter Vantongeren", first.GetAnalyst())
	require.Equal(t, "Northgate Securities", first.GetFirm())
	require.Equal(t, halyard().said[5].text, said(src, first.GetQuestion().GetSource()))
	require.Equal(t, []string{"Tobias Lindqvist", "Unknown executive"}, answerers(first))
	require.Equal(t, "Lucia Ferrante", second.GetAnalyst())
	require.Equal(t, halyard().said[11].text, said(src, second.GetQuestion().GetSource()))
	require.Equal(t, []string{"Unknown executive"}, answerers(second))
	sections := map[string]string{}
	for _, turn := range got.GetTurns() {
		sections[got.GetParticipants()[turn.GetParticipant()].GetName()] = turn.GetSection()
	}
	require.Equal(t, callrankv1.SectionPrepared, sections["Mira Okafor"])
	require.Equal(t, callrankv1.SectionQA, sections["Unknown executive"])
}

// remarks is an opening in which three people of the company are presented,
// and after it what is said.
func remarks(said string) string {
	return "Good day, and welcome to the Corvid Lantern Works second quarter 2027 earnings call. Today's call is being recorded. I would now like to turn the conference over to Ada Brannigan, Head of Investor Relations. Please go ahead. " +
		"Thank you, and good morning. With me are Boris Castellano, our Chief Executive Officer, and Carmen Eriksen, our Chief Financial Officer. Some of what we say of our revenue and of our results for the quarter is forward-looking. " + said
}

func TestTheWordIsHandedOverInATextWithoutSpeakers(t *testing.T) {
	t.Parallel()
	const (
		boris  = "Lamps sold well in every country, and the new factory runs."
		carmen = "Revenue was $412 million, up 9% from a year ago."
	)
	for name, c := range map[string]struct {
		said  string
		heard []speech // after the operator and the host
	}{
		"by the given name": {
			"I will now turn the call over to Boris. Thanks, Ada. " + boris,
			[]speech{{"Boris Castellano", "Thanks, Ada. " + boris}},
		},
		"by the office": {
			"Let me hand it over to our CFO, Carmen Eriksen. " + carmen,
			[]speech{{"Carmen Eriksen", carmen}},
		},
		"by the name as it was misheard": {
			"With that, I'll pass it over to Karmen to go through the numbers. Thank you, Ada. " + carmen,
			[]speech{{"Carmen Eriksen", "Thank you, Ada. " + carmen}},
		},
		"by the name after \"over to you\"": {
			"Over to you, Boris. " + boris,
			[]speech{{"Boris Castellano", boris}},
		},
		"by the name and nothing else": {
			"With that, Boris. Good morning, everyone. " + boris,
			[]speech{{"Boris Castellano", "Good morning, everyone. " + boris}},
		},
		"to two, one of whom is called": {
			"I will turn it over to Boris and Carmen. Carmen? Thank you. " + carmen,
			[]speech{{"Carmen Eriksen", "Thank you. " + carmen}},
		},
		"only after more has been said": {
			"I'll say a word on the safe harbor, and then I'll turn it over to Boris. Our filings name the risks. With that, I'll turn it over to Boris. Thank you, Ada. " + boris,
			[]speech{{"Boris Castellano", "Thank you, Ada. " + boris}},
		},
		"and once more": {
			"I will now turn the call over to Boris. " + boris + " I'll turn it over to Carmen. Thanks, Boris. " + carmen + " And with that, back over to Boris. Thank you, Carmen. We like what we see.",
			[]speech{{"Boris Castellano", boris + " I'll turn it over to Carmen."}, {"Carmen Eriksen", "Thanks, Boris. " + carmen + " And with that, back over to Boris."}, {"Boris Castellano", "Thank you, Carmen. We like what we see."}},
		},
		"to somebody who was not presented, who is called as he was": {
			"I will now turn the call over to Dmitri. Thanks, Ada. " + boris,
			[]speech{{"Dmitri", "Thanks, Ada. " + boris}},
		},
		"to somebody whom nobody names": {
			"I will now turn the call over to our colleague. Thanks, Ada. " + boris,
			[]speech{{"Unknown speaker", "Thanks, Ada. " + boris}},
		},
		"by the words of the one who goes on": {
			"I will now turn the call over to Boris. " + boris + " Thank you, Boris. " + carmen,
			[]speech{{"Boris Castellano", boris}, {"Unknown speaker", "Thank you, Boris. " + carmen}},
		},
		"not where something else is turned to": {
			"I will now turn the call over to Boris. " + boris + " Let us turn to Japan. We ship to Lantern House there, and we handed the plant over to its managers.",
			[]speech{{"Boris Castellano", boris + " Let us turn to Japan. We ship to Lantern House there, and we handed the plant over to its managers."}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src, got := read(t, remarks(c.said))
			requireOrdered(t, src, got)
			heard := spoken(src, got)
			require.Equal(t, "Operator", heard[0].who)
			require.Equal(t, "Ada Brannigan", heard[1].who)
			require.Equal(t, c.heard, heard[2:])
		})
	}
}

func TestAFirstVoiceIsNamedByWhatIsSaidOfIt(t *testing.T) {
	t.Parallel()
	const more = " Welcome to our earnings call. Our filings name the risks, and the release is on our site. I will now turn the call over to Boris Castellano, our Chief Executive Officer. "
	const rest = " Revenue in the quarter was $412 million. Lamps sold well in every country, and the new factory runs. We shipped thirty thousand of them, and none came back. The margin was a point higher than a year ago, and the order book is longer than ever."
	for name, c := range map[string]struct{ text, who string }{
		"by himself":                       {"and good morning, everyone. This is Ada Brannigan, Head of Investor Relations." + more + "Good morning." + rest, "Ada Brannigan"},
		"by the one who thanks him":        {"and good morning, everyone." + more + "Thanks, Ada." + rest, "Ada"},
		"not at all":                       {"and good morning, everyone." + more + "Good morning." + rest, "Unknown speaker"},
		"as the operator by how he speaks": {"and all lines are in a listen-only mode." + more + "Good morning." + rest, "Operator"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src, got := read(t, c.text)
			heard := spoken(src, got)
			require.Len(t, heard, 2)
			require.Equal(t, c.who, heard[0].who)
			require.Equal(t, "Boris Castellano", heard[1].who)
		})
	}
}

func TestNamesThatWereRunTogetherAreTakenApartByWhatIsCalled(t *testing.T) {
	t.Parallel()
	document := strings.Replace(remarks("I will now turn the call over to Otto. Thanks, Ada. Lamps sold well."), "Boris Castellano, our", "Ottolindgren, our", 1)
	_, got := read(t, document)
	require.Equal(t, "Chief Executive Officer", participant(t, got, "Otto Lindgren").GetTitle())
}

// session is a call with a slot of the question session: what the analyst asks
// and who answers.
func session(said string) string {
	return remarks("I will now turn the call over to Boris. Thanks, Ada. Lamps sold well. I'll turn it over to Carmen. Thanks, Boris. Revenue was $412 million. Operator, we are ready for questions. " +
		"Thank you. Our first question comes from the line of Hiro Jankowski with Tarn Capital. Please go ahead. " + said +
		" Our next question comes from the line of Ines Ibarra with Moss Partners. Please go ahead. Hi. How many lamps did you sell? About a million. There are no further questions. You may now disconnect.")
}

func TestWhoAnswersIsNamedOnlyWhereItIsSaid(t *testing.T) {
	t.Parallel()
	const (
		asks    = "Thanks for taking my question. How should we think about your prices next year?"
		answers = "Yes, thanks for the question. We have raised them twice, and our customers stayed with us."
		adds    = "We expect the same again of our newest lamps."
	)
	for name, c := range map[string]struct {
		said  string
		heard []speech
	}{
		"not at all": {
			asks + " " + answers,
			[]speech{{"Hiro Jankowski", asks}, {"Unknown executive", answers}},
		},
		"in the question": {
			"Thanks, guys. Boris, how should we think about your prices next year? " + answers,
			[]speech{{"Hiro Jankowski", "Thanks, guys. Boris, how should we think about your prices next year?"}, {"Boris Castellano", answers}},
		},
		"not in a question that names two": {
			"Thanks, guys. Boris or Carmen, how should we think about your prices next year? " + answers,
			[]speech{{"Hiro Jankowski", "Thanks, guys. Boris or Carmen, how should we think about your prices next year?"}, {"Unknown executive", answers}},
		},
		"not in congratulations": {
			"Congratulations on the quarter, Boris. How should we think about your prices next year? " + answers,
			[]speech{{"Hiro Jankowski", "Congratulations on the quarter, Boris. How should we think about your prices next year?"}, {"Unknown executive", answers}},
		},
		"not where the answer speaks of the one who was asked": {
			"Thanks, guys. Boris, how should we think about your prices next year? Yes, thanks. As Boris said, we have raised them twice, and our customers stayed with us.",
			[]speech{{"Hiro Jankowski", "Thanks, guys. Boris, how should we think about your prices next year?"}, {"Unknown executive", "Yes, thanks. As Boris said, we have raised them twice, and our customers stayed with us."}},
		},
		"by himself": {
			asks + " Hi, Hiro. This is Carmen. We have raised them twice, and our customers stayed with us.",
			[]speech{{"Hiro Jankowski", asks}, {"Carmen Eriksen", "Hi, Hiro. This is Carmen. We have raised them twice, and our customers stayed with us."}},
		},
		"by the one who gives him the word": {
			asks + " " + answers + " Carmen, do you want to take the rest? Sure. " + adds,
			[]speech{{"Hiro Jankowski", asks}, {"Unknown executive", answers + " Carmen, do you want to take the rest?"}, {"Carmen Eriksen", "Sure. " + adds}},
		},
		"by the one who was asked and gives the word on": {
			"Thanks, guys. Boris, how should we think about your prices next year? " + answers + " I'll turn it over to Carmen. Yes. " + adds,
			[]speech{{"Hiro Jankowski", "Thanks, guys. Boris, how should we think about your prices next year?"}, {"Boris Castellano", answers + " I'll turn it over to Carmen."}, {"Carmen Eriksen", "Yes. " + adds}},
		},
		"by the analyst's thanks": {
			asks + " " + answers + " Great. Thanks, Boris.",
			[]speech{{"Hiro Jankowski", asks}, {"Boris Castellano", answers}, {"Hiro Jankowski", "Great. Thanks, Boris."}},
		},
		"until somebody adds to it": {
			"Thanks, guys. Boris, how should we think about your prices next year? " + answers + " Just to add to that. " + adds,
			[]speech{{"Hiro Jankowski", "Thanks, guys. Boris, how should we think about your prices next year?"}, {"Boris Castellano", answers}, {"Unknown executive", "Just to add to that. " + adds}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src, got := read(t, session(c.said))
			requireOrdered(t, src, got)
			var slot []speech
			for _, s := range spoken(src, got)[5:] {
				if len(slot) > 0 && s.who == "Operator" {
					break
				}
				if s.who != "Operator" && s.who != "Carmen Eriksen" || len(slot) > 0 {
					slot = append(slot, s)
				}
			}
			require.Equal(t, c.heard, slot)
		})
	}
}

func TestASessionInWhichNobodyIsIntroducedIsCreditedToNobody(t *testing.T) {
	t.Parallel()
	_, got := read(t, remarks("I will now turn the call over to Boris. Thanks, Ada. "+strings.Repeat("Lamps sold well. ", 10)+"We will now take your questions. The first asks of our prices. What will they be? They will rise. And how far? We shall see."))
	turns := got.GetTurns()
	last := turns[len(turns)-1]
	require.Equal(t, callrankv1.SectionQA, last.GetSection())
	require.Equal(t, "Unknown speaker", got.GetParticipants()[last.GetParticipant()].GetName())
	require.False(t, last.GetInferred())
}

func TestALayoutThatIsNotKnownDegradesWithAWarning(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("HALYARD SCRIPT\nPART I - WELCOME\n")
	for _, s := range halyard().said[:4] {
		b.WriteString(strings.ReplaceAll(s.text, ". ", ".\n") + "\n")
	}
	_, got := read(t, b.String())
	require.Equal(t, callrankv1.LayoutFlat, got.GetCall().GetLayout())
	require.Equal(t, 1, warnings(got)[callrankv1.WarnUnknownLayout])
	require.Equal(t, 1, warnings(got)[callrankv1.WarnInferredSpeakers])
}

func TestATruncatedTextIsReadWithAWarning(t *testing.T) {
	t.Parallel()
	whole := setSeekingAlphaRoles(t, halyard())
	for name, document := range map[string]string{
		"begun in the middle":           "conduct a question-and-answer session. " + setFlat(t, halyard()),
		"ended in a sentence":           before(whole, "of the agents come near"),
		"ended with a speaker's name":   before(whole, "This concludes"),
		"cut inside a word of speech":   whole[:len(whole)-40],
		"a colon layout without an end": strings.TrimSuffix(setMotleyFool(t, halyard())[:3000], "."),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src, got := read(t, document)
			requireOrdered(t, src, got)
			require.Equal(t, 1, warnings(got)[callrankv1.WarnTruncated])
		})
	}
}

func TestACallThatBeginsWithoutAHeadingHasAnUnknownSpeakerFirst(t *testing.T) {
	t.Parallel()
	document := strings.Replace(setMotleyFool(t, halyard()), "Operator: Good afternoon, and welcome", "Good afternoon, and welcome", 1)
	src, got := read(t, document)
	all := spoken(src, got)
	require.Equal(t, "Unknown speaker", all[0].who)
	require.Equal(t, "Mira Okafor", all[1].who)
	require.Len(t, all, len(halyard().said))
}

func before(s, mark string) string {
	head, _, _ := strings.Cut(s, mark)
	return head
}
