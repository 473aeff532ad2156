package transcript_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// read decodes and reads a document that must be a transcript.
func read(tb testing.TB, document string) (transcript.Source, *callrankv1.Transcript) {
	tb.Helper()
	src, err := transcript.Decode([]byte(document))
	require.NoError(tb, err)
	call, err := transcript.Read(src, transcript.Facts{})
	require.NoError(tb, err)
	return src, call
}

// spoken are the turns that were spoken on the call, as who said what, white
// space folded.
func spoken(src transcript.Source, call *callrankv1.Transcript) []speech {
	var all []speech
	for _, t := range call.GetTurns() {
		if t.GetSection() == callrankv1.SectionTakeaways {
			continue
		}
		all = append(all, speech{
			who:  call.GetParticipants()[t.GetParticipant()].GetName(),
			text: folded(said(src, t.GetSpeech())),
		})
	}
	return all
}

func said(src transcript.Source, at *callrankv1.Span) string {
	return src.Text[at.GetStart():at.GetEnd()]
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestTheSameCallReadsTheSameInEveryLayout(t *testing.T) {
	t.Parallel()
	call := halyard()
	want := call.speeches()
	for _, l := range layouts {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			src, got := read(t, l.set(t, call))
			require.Equal(t, l.layout, got.GetCall().GetLayout())
			require.Equal(t, want, spoken(src, got))

			require.Equal(t, "HLYD", got.GetCall().GetTicker())
			require.Equal(t, int32(2025), got.GetCall().GetFiscalYear())
			require.Equal(t, int32(4), got.GetCall().GetFiscalQuarter())
			require.Equal(t, "2026-02-05", got.GetCall().GetCallDate())
			require.Equal(t, "HLYD-2025Q4", got.GetCall().GetId())
			require.Contains(t, got.GetCall().GetCompany(), "Halyard Cloud Systems")
			require.Empty(t, got.GetWarnings())

			requireKinds(t, got)
			requireSections(t, call, got)
			requireExchanges(t, src, got)
		})
	}
}

func requireKinds(t *testing.T, got *callrankv1.Transcript) {
	t.Helper()
	kinds := map[string]string{}
	for _, p := range got.GetParticipants() {
		kinds[p.GetName()] = p.GetKind()
	}
	delete(kinds, "Motley Fool (publisher)")
	require.Equal(t, map[string]string{
		"Operator":          callrankv1.KindOperator,
		"Mira Okafor":       callrankv1.KindIR,
		"Tobias Lindqvist":  callrankv1.KindExecutive,
		"Grace W. Amadi":    callrankv1.KindExecutive,
		"Peter Vantongeren": callrankv1.KindAnalyst,
		"Lucia Ferrante":    callrankv1.KindAnalyst,
	}, kinds)
}

func requireSections(t *testing.T, call invented, got *callrankv1.Transcript) {
	t.Helper()
	i := 0
	for _, turn := range got.GetTurns() {
		if turn.GetSection() == callrankv1.SectionTakeaways {
			continue
		}
		want := callrankv1.SectionPrepared
		if i >= call.questionsFrom {
			want = callrankv1.SectionQA
		}
		require.Equal(t, want, turn.GetSection(), "turn %d", i)
		i++
	}
}

func requireExchanges(t *testing.T, src transcript.Source, got *callrankv1.Transcript) {
	t.Helper()
	require.Len(t, got.GetExchanges(), 2)
	first, second := got.GetExchanges()[0], got.GetExchanges()[1]
	require.Equal(t, "Peter Vantongeren", first.GetAnalyst())
	require.Equal(t, "Northgate Securities", first.GetFirm())
	require.Contains(t, said(src, first.GetQuestion().GetSource()), "how many pay for the agents")
	require.Len(t, first.GetTurns(), 5, "the follow-up belongs to the slot")
	require.Equal(t, []string{"Tobias Lindqvist", "Grace W. Amadi", "Grace W. Amadi"}, answerers(first))
	require.Equal(t, "Lucia Ferrante", second.GetAnalyst())
	require.Equal(t, "Alder & Pine", second.GetFirm())
	require.Equal(t, []string{"Grace W. Amadi"}, answerers(second))
	require.Contains(t, said(src, second.GetAnswers()[0].GetSource()), "signed already")
}

func answerers(e *callrankv1.Exchange) []string {
	names := make([]string, 0, len(e.GetAnswers()))
	for _, a := range e.GetAnswers() {
		names = append(names, a.GetSpeaker())
	}
	return names
}
