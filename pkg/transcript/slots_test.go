package transcript_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// slotOf is what is expected of an exchange: who asks, for which firm, in how
// many turns, and who answers.
type slotOf struct {
	analyst, firm string
	turns         int
	answers       []string
}

func slotsOf(got *callrankv1.Transcript) []slotOf {
	all := make([]slotOf, 0, len(got.GetExchanges()))
	for _, e := range got.GetExchanges() {
		all = append(all, slotOf{e.GetAnalyst(), e.GetFirm(), len(e.GetTurns()), answerers(e)})
	}
	return all
}

func TestSlotsOfTheQuestionSession(t *testing.T) {
	t.Parallel()
	const (
		operator, host, chief, finance = "Operator", "Mira Okafor", "Tobias Lindqvist", "Grace W. Amadi"
		peter, lucia                   = "Peter Vantongeren", "Lucia Ferrante"
		announcesPeter                 = "Our next question comes from the line of Peter Vantongeren with Northgate Securities. Please go ahead."
		announcesLucia                 = "Our next question comes from the line of Lucia Ferrante with Alder & Pine. Please go ahead."
		asks                           = "Good afternoon. What have you assumed for the agents in the first quarter?"
		asksMore                       = "And is that more than you would have said three months ago?"
		answers                        = "We have assumed $17 million, and that is nothing more than the customers who have signed already."
		adds                           = "I would add that the price by the ticket has held so far, in every country that we sell in."
	)
	for name, c := range map[string]struct {
		said  []speech
		slots []slotOf
	}{
		"several answer": {
			[]speech{{operator, announcesPeter}, {peter, asks}, {chief, answers}, {finance, adds}, {chief, "It has."}},
			[]slotOf{{peter, "Northgate Securities", 4, []string{chief, finance, chief}}},
		},
		"a follow-up belongs to the slot": {
			[]speech{{operator, announcesPeter}, {peter, asks}, {chief, answers}, {peter, "One follow-up, if I may. " + asksMore}, {finance, adds}},
			[]slotOf{{peter, "Northgate Securities", 4, []string{chief, finance}}},
		},
		"a follow-up that the operator asks for belongs to the slot": {
			[]speech{{operator, announcesPeter}, {peter, asks}, {chief, answers}, {operator, "Do you have a follow-up question, Mr. Vantongeren?"}, {peter, asksMore}, {finance, adds}},
			[]slotOf{{peter, "Northgate Securities", 5, []string{chief, finance}}},
		},
		"an analyst who returns has a slot of his own": {
			[]speech{{operator, announcesPeter}, {peter, asks}, {chief, answers}, {operator, announcesLucia}, {lucia, asks}, {finance, adds}, {operator, "We have a follow-up question from Peter Vantongeren with Northgate Securities. Please go ahead."}, {peter, asksMore}, {chief, answers}},
			[]slotOf{{peter, "Northgate Securities", 2, []string{chief}}, {lucia, "Alder & Pine", 2, []string{finance}}, {peter, "Northgate Securities", 2, []string{chief}}},
		},
		"a line that is lost keeps its slot": {
			[]speech{{operator, announcesPeter}, {peter, asks}, {chief, answers}, {operator, "Pardon me, Peter Vantongeren, your line is open again."}, {peter, asksMore}, {finance, adds}},
			[]slotOf{{peter, "Northgate Securities", 5, []string{chief, finance}}},
		},
		"the host reads what somebody asks in writing": {
			[]speech{{operator, announcesLucia}, {lucia, asks}, {finance, adds}, {host, "Our next question comes from Hiro Jankowski at Tarn Capital, who asks by mail. What does it cost you to keep a customer, now that so many of them have signed for longer?"}, {chief, answers}},
			[]slotOf{{lucia, "Alder & Pine", 2, []string{finance}}, {"Hiro Jankowski", "Tarn Capital", 2, []string{chief}}},
		},
		"the host reads what nobody signs": {
			[]speech{{operator, announcesLucia}, {lucia, asks}, {finance, adds}, {host, "We have a question from the webcast. What does it cost you to keep a customer, now that so many of them have signed for longer?"}, {chief, answers}, {host, "And another question from the webcast. Will you pay a dividend in the coming year or in the one after?"}, {finance, adds}},
			[]slotOf{{lucia, "Alder & Pine", 2, []string{finance}}, {"Unidentified", "", 2, []string{chief}}, {"Unidentified", "", 2, []string{finance}}},
		},
		"the host says again what was asked": {
			[]speech{{operator, announcesLucia}, {lucia, asks}, {host, "The question was what we have assumed for the agents in the first quarter. Is that right, and do you want to take it?"}, {finance, answers}},
			[]slotOf{{lucia, "Alder & Pine", 3, []string{finance}}},
		},
		"an analyst without a name has the one who was announced": {
			[]speech{{operator, announcesPeter}, {"Unidentified Analyst", asks}, {chief, answers}, {operator, announcesLucia}, {"Unidentified Analyst", asks}, {finance, adds}},
			[]slotOf{{peter, "Northgate Securities", 2, []string{chief}}, {lucia, "Alder & Pine", 2, []string{finance}}},
		},
		"an executive without a name answers": {
			[]speech{{operator, announcesPeter}, {peter, asks}, {"Unknown Executive", answers}, {finance, adds}},
			[]slotOf{{peter, "Northgate Securities", 3, []string{"Unknown Executive", finance}}},
		},
		"a numbered voice is the one who was announced": {
			[]speech{{operator, announcesPeter}, {"Speaker 3", asks}, {chief, answers}, {"Speaker 3", asksMore}, {finance, adds}},
			[]slotOf{{peter, "Northgate Securities", 4, []string{chief, finance}}},
		},
		"a question under the operator's heading is that of the one he announces": {
			[]speech{{operator, announcesPeter + " Thanks for taking my question. I would like to know what you have assumed for the agents in the first quarter, and whether that is more than you would have said three months ago."}, {chief, answers}, {operator, announcesLucia}, {lucia, asks}, {finance, adds}},
			[]slotOf{{peter, "Northgate Securities", 2, []string{chief}}, {lucia, "Alder & Pine", 2, []string{finance}}},
		},
	} {
		for _, l := range layouts {
			if usesLabels(c.said) && !hasLabels[l.name] {
				continue
			}
			t.Run(name+" in "+l.name, func(t *testing.T) {
				t.Parallel()
				call := halyard()
				call.said = append(append(call.said[:4:4], c.said...), call.said[13:]...)
				call.people = heardOf(call)
				src, got := read(t, l.set(t, call))
				requireOrdered(t, src, got)
				require.Equal(t, c.slots, slotsOf(got))
			})
		}
	}
}

// hasLabels are the layouts in which a heading may be a label and no name.
var hasLabels = map[string]bool{
	"newer Motley Fool page": true, "older Motley Fool page": true, "Seeking Alpha with roles under the names": true,
	"Seeking Alpha with names alone": true, "Seeking Alpha without lists": true, "StreetEvents with roles under the names": true, "FMP": true,
}

func usesLabels(said []speech) bool {
	for _, s := range said {
		if isLabel(s.who) {
			return true
		}
	}
	return false
}

// heardOf are the people of a call who speak on it.
func heardOf(c invented) []actor {
	speaks := map[string]bool{}
	for _, s := range c.said {
		speaks[s.who] = true
	}
	var heard []actor
	for _, p := range c.people {
		if speaks[p.name] {
			heard = append(heard, p)
		}
	}
	return heard
}

func TestAManagingDirectorOfABankAsks(t *testing.T) {
	t.Parallel()
	document := strings.ReplaceAll(setMotleyFoolOld(t, halyard()), "Lucia Ferrante -- Alder & Pine -- Analyst", "Lucia Ferrante -- Alder & Pine -- Managing Director")
	require.Contains(t, document, "Managing Director")
	_, got := read(t, document)
	require.Equal(t, callrankv1.KindAnalyst, participant(t, got, "Lucia Ferrante").GetKind())
}

func TestAQuestionUnderTheOperatorsHeadingIsToldFromHisWords(t *testing.T) {
	t.Parallel()
	const question = "Thanks for taking my question. I would like to know what you have assumed for the agents in the first quarter, and whether that is more than three months ago."
	call := halyard()
	call.said[10].text += " " + question
	call.said = append(call.said[:11:11], call.said[12:]...)
	src, got := read(t, setSeekingAlphaRoles(t, call))
	require.Len(t, got.GetExchanges(), 2)
	second := got.GetExchanges()[1]
	require.Equal(t, "Lucia Ferrante", second.GetAnalyst())
	require.Equal(t, question, said(src, second.GetQuestion().GetSource()))
	asked := got.GetTurns()[second.GetTurns()[0]]
	require.True(t, asked.GetInferred(), "no heading names her")
	require.Equal(t, 1, warnings(got)[callrankv1.WarnInferredSpeakers])
}
