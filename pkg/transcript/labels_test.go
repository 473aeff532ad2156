package transcript_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// numbered sets a call as a recogniser of voices writes it: numbers instead of
// names, run into the text.
func numbered(c invented) string {
	var b strings.Builder
	seekingAlphaLists(&b, c)
	b.WriteString("Presentation\n\nOperator\n")
	voices := map[string]string{}
	for _, s := range c.said {
		if voices[s.who] == "" {
			voices[s.who] = fmt.Sprintf("Speaker %d", 1+len(voices))
		}
		b.WriteString(voices[s.who] + ": " + strings.ReplaceAll(s.text, "\n\n", " ") + " ")
	}
	return b.String()
}

func TestANumberedVoiceIsTheOneToWhomTheCallIsHanded(t *testing.T) {
	t.Parallel()
	src, got := read(t, numbered(halyard()))
	who := map[string]bool{}
	for _, s := range spoken(src, got) {
		who[s.who] = true
	}
	for _, name := range []string{"Mira Okafor", "Tobias Lindqvist", "Peter Vantongeren", "Lucia Ferrante"} {
		require.True(t, who[name], "%s is handed the call, or announced, by name", name)
	}
}

func TestANumberedVoiceThatWouldBeTwoPeopleStaysANumber(t *testing.T) {
	t.Parallel()
	document := strings.ReplaceAll(numbered(halyard()), "Speaker 6:", "Speaker 5:") // both analysts
	src, got := read(t, document)
	for _, s := range spoken(src, got) {
		require.NotEqual(t, "Peter Vantongeren", s.who)
		require.NotEqual(t, "Lucia Ferrante", s.who)
	}
}
