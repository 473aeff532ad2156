package transcript_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/tests/realcalls"
	"github.com/callrank/callrank/pkg/transcript"
)

// damage is something that happens to a text on its way, after which a reader
// still sees the same call.
type damage struct {
	name string
	do   func(string) string
}

// otherSpaces change the white space of a text, and nothing that is seen.
func otherSpaces() []damage {
	each := func(old, with string) func(string) string {
		return func(s string) string { return strings.ReplaceAll(s, old, with) }
	}
	return []damage{
		{"CRLF", each("\n", "\r\n")},
		{"CRLF in which the CR was doubled", each("\n", "\r\r\n")},
		{"old Macintosh line ends", each("\n", "\r")},
		{"line separators of Unicode", each("\n", "\u2028")},
		{"two spaces after a stop", each(". ", ".  ")},
		{"two spaces everywhere", each(" ", "  ")},
		{"tabs", each(" ", "\t")},
		{"spaces at line ends", each("\n", " \t\n")},
		{"lines that are indented", func(s string) string { return "    " + strings.ReplaceAll(s, "\n", "\n\t  ") }},
		{"blank lines doubled", each("\n\n", "\n\n\n\n")},
		{"blank lines that hold spaces", each("\n\n", "\n \u00A0\t\n")},
		{"non-breaking spaces", each(" ", "\u00A0")},
		{"narrow non-breaking spaces", each(" ", "\u202F")},
		{"spaces of many widths", func(s string) string {
			widths := []string{" ", "\u00A0", "\u2002", "\u2003", "\u2007", "\u2009", "\u200A", "\u202F", "\u205F", "\u3000"}
			var b strings.Builder
			for i, word := range strings.SplitAfter(s, " ") {
				if before, cut := strings.CutSuffix(word, " "); cut {
					word = before + widths[i%len(widths)]
				}
				b.WriteString(word)
			}
			return b.String()
		}},
		{"page breaks", each("\n\n", "\n\f\n")},
		{"a byte order mark", func(s string) string { return "\uFEFF" + s }},
		{"blank lines above and below", func(s string) string { return "\r\n \r\n" + s + "\n\n \n" }},
	}
}

// plainLayouts are the layouts that are plain text, set with a call.
func plainLayouts(t *testing.T, call invented) map[string]string {
	t.Helper()
	documents := map[string]string{"flat": setFlat(t, call)}
	for _, l := range layouts {
		if document := l.set(t, call); document[0] != '{' && document[0] != '[' {
			documents[l.name] = document
		}
	}
	return documents
}

func TestWhiteSpaceDoesNotChangeWhatIsRead(t *testing.T) {
	t.Parallel()
	for name, document := range plainLayouts(t, halyard()) {
		src, call := read(t, document)
		want := reading(src, call)
		for _, d := range otherSpaces() {
			t.Run(name+" with "+d.name, func(t *testing.T) {
				t.Parallel()
				changed := d.do(document)
				src, call := read(t, changed)
				require.Equal(t, changed, src.Text, "spans refer to the file")
				requireOrdered(t, src, call)
				require.Equal(t, want, reading(src, call))
			})
		}
	}
}

// Each real call is changed in several ways at once, and in one way alone; each
// way is had by many calls.
func TestWhiteSpaceDoesNotChangeWhatIsReadOfARealCall(t *testing.T) {
	t.Parallel()
	ways := otherSpaces()
	for i, file := range realFiles(t) {
		src := realSource(t, file)
		call, err := transcript.Read(src, transcript.Facts{})
		require.NoError(t, err, file)
		want := reading(src, call)
		all := damage{"all of it", func(s string) string {
			for _, way := range []int{4, 6, 7, 9, 1} {
				s = ways[way].do(s)
			}
			return s
		}}
		for _, d := range []damage{all, ways[i%len(ways)]} {
			changed := transcript.Source{Text: d.do(src.Text), Container: src.Container, Facts: src.Facts}
			got, err := transcript.Read(changed, transcript.Facts{})
			require.NoError(t, err, file)
			requireSame(t, want, reading(changed, got), file+" with "+d.name)
		}
	}
}

// requireSame compares two readings and shows the first line in which they
// differ.
func requireSame(t *testing.T, want, got []string, of string) {
	t.Helper()
	for i := range min(len(want), len(got)) {
		if want[i] != got[i] {
			require.Failf(t, "read otherwise", "%s:\n%.300s\n%.300s", of, want[i], got[i])
		}
	}
	require.Len(t, got, len(want), of)
}

// realFiles are the real calls, seeds included.
func realFiles(t *testing.T) []string {
	t.Helper()
	labelled := labels(t)
	files := make([]string, 0, len(labelled)+3)
	files = append(files, "seeds/AMZN_2024_Q1.txt", "seeds/AMZN_2025_Q1.txt", "seeds/AMZN_2025_Q4.txt")
	for _, l := range labelled {
		files = append(files, "transcripts/"+l.file)
	}
	return files
}

func realSource(t *testing.T, file string) transcript.Source {
	t.Helper()
	src, err := transcript.Decode(realcalls.Read(t, file))
	require.NoError(t, err, file)
	return src
}
