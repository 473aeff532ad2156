package insight

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func cutUp(text string) []string {
	cuts := sentences(text, 0, len(text))
	out := make([]string, 0, len(cuts))
	for _, c := range cuts {
		out = append(out, text[c.start:c.end])
	}
	return out
}

func TestSentencesEndWhereTheyEnd(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"One. Two? Three!":                       {"One.", "Two?", "Three!"},
		"Up 2.5% in the U.S. market. Next.":      {"Up 2.5% in the U.S. market.", "Next."},
		"Mr. Example and Dr. J. Sample agree.":   {"Mr. Example and Dr. J. Sample agree."},
		"Example.com grew. It did.":              {"Example.com grew.", "It did."},
		"a line\n\nanother line":                 {"a line", "another line"},
		"- first item\n- second item":            {"first item", "second item"},
		"wrapped\nacross lines. Done.":           {"wrapped\nacross lines.", "Done."},
		"He said “yes.” Then he left.":           {"He said “yes.”", "Then he left."},
		"versus approx. five percent of it. End": {"versus approx. five percent of it.", "End"},
		"":                                       {},
		"  \n ":                                  {},
	} {
		require.Equal(t, want, cutUp(text), text)
	}
}

func TestTextWithoutFullStopsIsCutAtAPause(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("and so we go on and on, ", 200)
	for _, s := range cutUp(text) {
		require.LessOrEqual(t, len(s), longestSentence)
	}
}

func TestSentencesKeepEveryWord(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{
			"Up", "2.5%", ".", "?", " ", "\n", "\n\n", "Mr", "é", "“", "”", ",", "and", "go", strings.Repeat("x", 800), strings.Repeat("é", 500),
		})).Draw(t, "pieces"), "")
		end := 0
		var kept strings.Builder
		for _, c := range sentences(text, 0, len(text)) {
			require.GreaterOrEqual(t, c.start, end)
			require.Greater(t, c.end, c.start)
			kept.WriteString(text[c.start:c.end])
			end = c.end
		}
		require.Equal(t, squeeze(text), squeeze(kept.String()))
		for _, s := range cutUp(text) {
			require.True(t, strings.ToValidUTF8(s, "?") == s)
		}
	})
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
