package transcript_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func TestATextWithoutSpeakersInventsNone(t *testing.T) {
	t.Parallel()
	src, got := read(t, setFlat(t, halyard()))
	require.Equal(t, callrankv1.LayoutFlat, got.GetCall().GetLayout())
	require.Len(t, got.GetParticipants(), 1)
	require.Equal(t, callrankv1.KindUnknown, got.GetParticipants()[0].GetKind())
	requireOrdered(t, src, got)
	require.Equal(t, map[string]int{callrankv1.WarnNoTicker: 1}, warnings(got))
	require.Equal(t, "2026-02-05", got.GetCall().GetCallDate())
	require.Equal(t, int32(4), got.GetCall().GetFiscalQuarter())

	var all strings.Builder
	for _, turn := range got.GetTurns() {
		all.WriteString(said(src, turn.GetSpeech()) + " ")
	}
	require.Equal(t, src.Text, strings.TrimSpace(all.String()), "all of it is speech")
}

func TestATextWithoutSpeakersIsDividedWhereAnalystsAreAnnounced(t *testing.T) {
	t.Parallel()
	src, got := read(t, setFlat(t, halyard()))
	require.Len(t, got.GetTurns(), 3)
	require.Equal(t, callrankv1.SectionPrepared, got.GetTurns()[0].GetSection())
	require.True(t, strings.HasPrefix(said(src, got.GetTurns()[1].GetSpeech()), "Our first question comes from the line of Peter"), said(src, got.GetTurns()[1].GetSpeech()))
	require.True(t, strings.HasPrefix(said(src, got.GetTurns()[2].GetSpeech()), "Our next question comes from the line of Lucia"))
	require.Len(t, got.GetExchanges(), 2)
	first, second := got.GetExchanges()[0], got.GetExchanges()[1]
	require.Equal(t, "Peter Vantongeren", first.GetAnalyst())
	require.Equal(t, "Northgate Securities", first.GetFirm())
	require.True(t, strings.HasPrefix(said(src, first.GetQuestion().GetSource()), "Thanks for taking the question. Tobias, of those 400 customers"))
	require.Empty(t, first.GetAnswers(), "who answers is not known")
	require.Equal(t, "Lucia Ferrante", second.GetAnalyst())
	require.Equal(t, "Good afternoon. On the guidance, what have you assumed for the agents in the first quarter?", said(src, second.GetQuestion().GetSource()))
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
	require.Len(t, got.GetParticipants(), 1)
	require.Equal(t, 1, warnings(got)[callrankv1.WarnUnknownLayout])
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
