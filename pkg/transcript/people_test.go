package transcript_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func participant(t *testing.T, got *callrankv1.Transcript, name string) *callrankv1.Participant {
	t.Helper()
	for _, p := range got.GetParticipants() {
		if p.GetName() == name {
			return p
		}
	}
	require.Fail(t, "nobody is called "+name, "participants: %v", got.GetParticipants())
	return nil
}

func TestOnePersonUnderTwoSpellingsIsOneParticipant(t *testing.T) {
	t.Parallel()
	call := halyard()
	document := setMotleyFool(t, call)
	document = strings.ReplaceAll(document, "\nGrace W. Amadi:", "\nGrace Amadi:")
	document = strings.Replace(document, "\nTobias Lindqvist: Thank you all", "\nTobias R. Lindqvist: Thank you all", 1)
	_, got := read(t, document)
	require.Len(t, got.GetParticipants(), 7, "the publisher, the operator, three of the company, two analysts")
	require.Equal(t, "Chief Financial Officer", participant(t, got, "Grace W. Amadi").GetTitle())
}

func TestTitlesAreReadFromTheIntroductionWhereThereIsNoList(t *testing.T) {
	t.Parallel()
	_, got := read(t, setSeekingAlphaBare(t, halyard()))
	for name, title := range map[string]string{
		"Mira Okafor":      "Vice President of Investor Relations",
		"Tobias Lindqvist": "Chief Executive Officer",
		"Grace W. Amadi":   "Chief Financial Officer",
	} {
		p := participant(t, got, name)
		require.Equal(t, title, p.GetTitle())
		require.Equal(t, "Halyard Cloud Systems, Inc.", p.GetAffiliation())
	}
	require.Equal(t, "Northgate Securities", participant(t, got, "Peter Vantongeren").GetAffiliation())
}

func TestTheHostIsOfInvestorRelationsHoweverHeIsIntroduced(t *testing.T) {
	t.Parallel()
	for name, opening := range map[string][2]string{
		"by what he does": {
			"Good afternoon. I will hand over to Mira Okafor, who looks after investor relations. Mira, please go ahead.",
			"Thank you. I have Tobias Lindqvist with me. Our filings name the risks.",
		},
		"by his department": {
			"Good afternoon. Here is Mira Okafor from Investor Relations.",
			"Thank you. I have Tobias Lindqvist with me. Our filings name the risks.",
		},
		"by the safe harbor that he reads before he calls the next": {
			"Good afternoon. I now give you Mira Okafor.",
			"Thank you. Everything forward-looking is our view as of today only. Tobias?",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			call := halyard()
			call.said[0].text, call.said[1].text = opening[0], opening[1]
			_, got := read(t, setSeekingAlphaBare(t, call))
			require.Equal(t, callrankv1.KindIR, participant(t, got, "Mira Okafor").GetKind())
			require.Equal(t, callrankv1.KindExecutive, participant(t, got, "Tobias Lindqvist").GetKind())
		})
	}
}

func TestThePublisherOfTakeawaysIsNobodyOnTheCall(t *testing.T) {
	t.Parallel()
	src, got := read(t, setMotleyFool(t, halyard()))
	require.Equal(t, callrankv1.KindUnknown, participant(t, got, "Motley Fool (publisher)").GetKind())
	var takeaways []string
	for _, turn := range got.GetTurns() {
		if turn.GetSection() == callrankv1.SectionTakeaways {
			takeaways = append(takeaways, said(src, turn.GetSpeech()))
		}
	}
	require.Equal(t, []string{
		"Revenue -- $182 million, up 19% year over year.",
		"Agent Customers -- More than 400, of which about 260 pay by the ticket.",
		"Margins of the agents stay below those of the rest.",
		"Halyard (HLYD 1.20%) reported faster growth than a year ago.",
		"Agent: a program that acts for a user.",
	}, takeaways)
	_, spokenOnly := read(t, setFMP(t, halyard()))
	require.Equal(t, spokenOnly.GetWords(), got.GetWords(), "what the publisher writes is not counted")
}

func TestAnUnnamedAnalystIsCalledAsHeWasAnnounced(t *testing.T) {
	t.Parallel()
	document := strings.ReplaceAll(setSeekingAlphaNames(t, halyard()), "\nLucia Ferrante\n", "\nUnidentified Analyst\n")
	_, got := read(t, document)
	require.Equal(t, callrankv1.KindAnalyst, participant(t, got, "Unidentified Analyst").GetKind())
	require.Equal(t, "Lucia Ferrante", got.GetExchanges()[1].GetAnalyst())
	require.Equal(t, "Alder & Pine", got.GetExchanges()[1].GetFirm())
}

func TestAHostMayLeadTheQuestionSession(t *testing.T) {
	t.Parallel()
	call := halyard()
	for i, s := range call.said {
		if i >= call.questionsFrom && s.who == "Operator" {
			call.said[i].who = "Mira Okafor"
		}
	}
	call.said[4].text = "Thanks, Grace. Our first question is from Peter Vantongeren from Northgate Securities."
	call.said[10].text = "Next up is Lucia Ferrante from Alder & Pine."
	for _, l := range layouts {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			src, got := read(t, l.set(t, call))
			require.Equal(t, callrankv1.KindIR, participant(t, got, "Mira Okafor").GetKind())
			requireExchanges(t, src, got)
			requireSections(t, call, got)
		})
	}
}

func TestAQuestionThatTheHostReadsOutIsAnExchange(t *testing.T) {
	t.Parallel()
	call := halyard()
	call.said = append(call.said[:4:4],
		speech{"Mira Okafor", "Thank you, Grace. We will go to the questions now. The first question comes from Peter Vantongeren of Northgate Securities. How many of the 400 customers pay for the agents, and when will the others?"},
		speech{"Tobias Lindqvist", "About 260 of them pay by the ticket, and the others will from June."},
		speech{"Mira Okafor", "Thank you. The next question from our shareholders is, do you plan to pay a dividend in the coming year or the one after?"},
		speech{"Grace W. Amadi", "No, we do not, and we have not planned to."},
		call.said[15])
	src, got := read(t, setMotleyFoolOld(t, call))
	require.Len(t, got.GetExchanges(), 2)
	first, second := got.GetExchanges()[0], got.GetExchanges()[1]
	require.Equal(t, "Peter Vantongeren", first.GetAnalyst())
	require.Equal(t, "Northgate Securities", first.GetFirm())
	require.Equal(t, "How many of the 400 customers pay for the agents, and when will the others?", said(src, first.GetQuestion().GetSource()))
	require.Equal(t, []string{"Tobias Lindqvist"}, answerers(first))
	require.Equal(t, "Unidentified", second.GetAnalyst())
	require.Nil(t, second.Firm)
	require.Equal(t, []string{"Grace W. Amadi"}, answerers(second))
}

func TestAGreetingIsNotTheQuestion(t *testing.T) {
	t.Parallel()
	call := halyard()
	said5 := call.said[5]
	call.said = append(call.said[:5:5], append([]speech{
		{said5.who, "Hello? Can you hear me?"},
		{"Mira Okafor", "Yes, Peter, go ahead."},
	}, call.said[5:]...)...)
	src, got := read(t, setSeekingAlphaRoles(t, call))
	require.Len(t, got.GetExchanges(), 2)
	require.Equal(t, said5.text, said(src, got.GetExchanges()[0].GetQuestion().GetSource()))
}

func TestAHeadingThatIsMissingShowsWhereSomebodyElseGoesOn(t *testing.T) {
	t.Parallel()
	const before = "It was 52% in the quarter, and it will take us a year to bring it above 60%, as we have said before, and we will tell you each quarter how far we have come with it. "
	for name, more := range map[string]string{
		"another adds to the answer":     "I would add to that. The market is large.",
		"another adds but a little":      "I'd just add that the market is large.",
		"another adds one thing":         "The only thing I would add is that the market is large.",
		"another adds with leave":        "If I can just add, the market is large.",
		"another builds on it":           "Just to build on that, the market is large.",
		"another agrees and adds":        "Yeah, I would add that the market is large.",
		"another echoes it":              "To echo what was said, the market is large.",
		"the speaker is thanked by name": "Thank you, Grace. The market is large.",
		"another says who he is":         "This is Tobias. The market is large.",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			call := halyard()
			call.said[9].text = before + more
			src, got := read(t, setSeekingAlphaRoles(t, call))
			require.Equal(t, map[string]int{callrankv1.WarnMissingSpeaker: 1}, warnings(got))
			at := said(src, got.GetWarnings()[0].GetSource())
			require.True(t, strings.HasPrefix(more, at), "%q is shown", at)
		})
	}
	for name, same := range map[string]string{
		"speaks of another":                before + "The market is large, as Tobias said. Thank you, Peter.",
		"adds in the middle":               before + "The market is large, and if I may add to that, it grows.",
		"adds as he begins":                "I would add to that. The market is large. " + before,
		"adds customers and not a thought": before + "We add customers every day. Adding that up, the market is large.",
	} {
		t.Run("not where the same "+name, func(t *testing.T) {
			t.Parallel()
			call := halyard()
			call.said[9].text = same
			_, got := read(t, setSeekingAlphaRoles(t, call))
			require.Empty(t, got.GetWarnings())
		})
	}
}

func TestPageFurnitureDividesATurnAndIsNoPartOfIt(t *testing.T) {
	t.Parallel()
	document := strings.Replace(setCallStreet(t, halyard()), "More than 400 customers now run them every day,",
		"More than 400 customers\nHalyard Cloud Systems, Inc. (HLYD)\nQ4 2025 Earnings Call\nCorrected Transcript\n05-Feb-2026\n1-877-FACTSET www.callstreet.com\n3\nCopyright © 2001-2026 FactSet CallStreet, LLC\nnow run them every day,", 1)
	src, got := read(t, document)
	all := spoken(src, got)
	require.Len(t, all, len(halyard().said)+1)
	require.Equal(t, "Tobias Lindqvist", all[2].who)
	require.True(t, strings.HasSuffix(all[2].text, "More than 400 customers"))
	require.Equal(t, "Tobias Lindqvist", all[3].who)
	require.True(t, strings.HasPrefix(all[3].text, "now run them every day,"))
	requireOrdered(t, src, got)
}

func TestHeadingsThatLostTheirLineBreakAreFound(t *testing.T) {
	t.Parallel()
	document := setSeekingAlphaRoles(t, halyard())
	document = strings.Replace(document, "Please go ahead.\n\nLucia Ferrante\nAlder & Pine\n\nGood afternoon.", "Please go ahead. Lucia Ferrante Good afternoon.", 1)
	document = strings.Replace(document, "next quarter.\n\nOperator\n\nThis concludes", "next quarter. Operator This concludes", 1)
	require.NotEqual(t, setSeekingAlphaRoles(t, halyard()), document)
	src, got := read(t, document)
	require.Len(t, spoken(src, got), len(halyard().said))
	requireKinds(t, got)
	requireExchanges(t, src, got)
}

func TestANameThatWasBrokenAfterAnInitialIsPutTogether(t *testing.T) {
	t.Parallel()
	document := strings.ReplaceAll(setSeekingAlphaRoles(t, halyard()), "Grace W. Amadi", "G. Amadi")
	document = strings.ReplaceAll(document, "and G. Amadi,", "and Grace Amadi,")
	document = strings.ReplaceAll(document, "G. Amadi - ", "G.\n\nAmadi - ")
	document = strings.ReplaceAll(document, "\n\nG. Amadi\nChief Financial Officer\n\n", "\n\nG.\n\nAmadi\n\nChief Financial Officer ")
	src, got := read(t, document)
	want := halyard().speeches()
	for i, s := range want {
		want[i] = speech{strings.ReplaceAll(s.who, "Grace W. Amadi", "G. Amadi"), strings.ReplaceAll(s.text, "Grace W. Amadi", "Grace Amadi")}
	}
	require.Equal(t, want, spoken(src, got))
	require.Equal(t, "Chief Financial Officer", participant(t, got, "G. Amadi").GetTitle())
}
