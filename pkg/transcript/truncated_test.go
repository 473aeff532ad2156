package transcript_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// joined are speeches with those of one speaker in a row made one, as they are
// before a page break parts them.
func joined(all []speech) []speech {
	var out []speech
	for _, s := range all {
		if n := len(out); n > 0 && out[n-1].who == s.who {
			out[n-1].text += " " + s.text
			continue
		}
		out = append(out, s)
	}
	return out
}

// readOrRefused reads a document, and reports whether it is a transcript.
func readOrRefused(tb require.TestingT, document string) (transcript.Source, *callrankv1.Transcript, bool) {
	var refused *transcript.RefusedError
	src, err := transcript.Decode([]byte(document))
	if err != nil {
		require.ErrorAs(tb, err, &refused)
		return src, nil, false
	}
	call, err := transcript.Read(src, transcript.Facts{})
	if err != nil {
		require.ErrorAs(tb, err, &refused)
		return src, nil, false
	}
	return src, call, true
}

// TestATextThatBreaksOffIsReadUpToThereWithAWarning cuts a call at any byte, in
// the middle of a word, a heading or a character. What is read is the beginning
// of the whole, but for an unfinished line at the end; and where the last
// sentence is unfinished, there is a warning.
func TestATextThatBreaksOffIsReadUpToThereWithAWarning(t *testing.T) {
	t.Parallel()
	for _, l := range layouts {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			document := typeset(l.set(t, halyard()))
			src, call := read(t, document)
			whole := joined(spoken(src, call))
			end := strings.LastIndex(document, "This concludes")
			rapid.Check(t, func(rt *rapid.T) {
				cut := document[:rapid.IntRange(len(document)/2, end).Draw(rt, "cut")]
				src, call, is := readOrRefused(rt, cut)
				require.True(rt, is, "half of it is enough to know a call")
				requireOrdered(rt, src, call)
				if l.name == "older Motley Fool page without line breaks" {
					return // where no line ends, half a heading reads like speech
				}
				got := joined(spoken(src, call))
				requireBeginning(rt, whole, got, lastLine(src.Text))
				last, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(src.Text))
				if unicode.IsLower(last) {
					require.Equal(rt, 1, warnings(call)[callrankv1.WarnTruncated], "%q", cut[len(cut)-40:])
				}
			})
		})
	}
}

// requireBeginning checks that what was read is the beginning of the whole,
// without or with an unfinished line at the end.
func requireBeginning(tb require.TestingT, whole, got []speech, unfinished string) {
	last := len(got) - 1
	require.LessOrEqual(tb, len(got), len(whole))
	require.Equal(tb, whole[:last], got[:last])
	require.Equal(tb, whole[last].who, got[last].who)
	if text := got[last].text; !strings.HasPrefix(whole[last].text, text) {
		if finished := strings.TrimSpace(strings.TrimSuffix(text, unfinished)); finished != "" {
			require.Equal(tb, whole[last].text, finished)
		}
	}
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return folded(lines[len(lines)-1])
}

// TestATextThatBeginsInTheMiddleIsReadFromThereWithAWarning cuts the front off
// a call. What is read is the end of the whole; and where it begins within a
// sentence, or nobody is named, there is a warning.
func TestATextThatBeginsInTheMiddleIsReadFromThereWithAWarning(t *testing.T) {
	t.Parallel()
	for _, l := range layouts {
		document := typeset(l.set(t, halyard()))
		if document[0] == '{' || document[0] == '[' || l.name == "CallStreet pages" { // whose front says what comes back on every page
			continue
		}
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			src, call := read(t, document)
			whole := joined(spoken(src, call))
			rapid.Check(t, func(rt *rapid.T) {
				from := rapid.IntRange(strings.Index(document, "All lines"), strings.Index(document, "About 260")).Draw(rt, "from")
				cut := document[from:]
				src, call, is := readOrRefused(rt, cut)
				require.True(rt, is)
				requireOrdered(rt, src, call)
				if l.name == "older Motley Fool page without line breaks" || call.GetCall().GetLayout() == callrankv1.LayoutFlat {
					return
				}
				got := joined(spoken(src, call))
				require.LessOrEqual(rt, len(got), len(whole))
				require.Equal(rt, whole[len(whole)-len(got)+1:], got[1:])
				first, _ := utf8.DecodeRuneInString(got[0].text)
				if unicode.IsLower(first) {
					require.Equal(rt, 1, warnings(call)[callrankv1.WarnTruncated])
				}
				if got[0].who == "Unknown speaker" {
					require.GreaterOrEqual(rt, warnings(call)[callrankv1.WarnMissingSpeaker], 1)
				}
			})
		})
	}
}

func TestAWholeCallIsNotSaidToBeTruncated(t *testing.T) {
	t.Parallel()
	for name, document := range plainLayouts(t, halyard()) {
		for _, farewell := range []string{"Thank you", "You may now disconnect", "Goodbye", "this concludes today's conference call"} {
			_, got := read(t, strings.Replace(document, "You may now disconnect.", "Thank you for joining. "+farewell, 1))
			require.Zero(t, warnings(got)[callrankv1.WarnTruncated], "%s: %s", name, farewell)
		}
	}
}

func TestADocumentThatIsCutInItsEncodingSaysSo(t *testing.T) {
	t.Parallel()
	document := setSeekingAlphaRoles(t, halyard())
	whole := before(document, "Gross margin")
	for _, e := range encodings() {
		if e.container == "windows-1252" { // of which every byte is a character
			continue
		}
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			encoded := e.encode(t, whole+"€")
			src, got := read(t, encoded[:len(encoded)-1])
			require.True(t, src.Cut)
			require.Equal(t, whole, strings.TrimPrefix(src.Text, "\uFEFF"))
			require.Equal(t, 1, warnings(got)[callrankv1.WarnTruncated])
		})
	}
}

func TestJSONThatBreaksOffGivesTheTextUpToThere(t *testing.T) {
	t.Parallel()
	text := setFlat(t, halyard()) + " “Fine.”\nIt was \\ and \"so\"."
	whole := toJSON(t, []map[string]any{{"symbol": "HLYD", "year": 2025, "period": "Q4", "content": text}})
	begin := strings.Index(whole, "Good afternoon")
	rapid.Check(t, func(rt *rapid.T) {
		cut := rapid.IntRange(begin+1, len(whole)-1).Draw(rt, "cut")
		src, err := transcript.Decode([]byte(whole[:cut]))
		require.NoError(rt, err)
		require.True(rt, src.Cut)
		require.True(rt, strings.HasPrefix(text, src.Text), "%q", src.Text[max(0, len(src.Text)-30):])
		require.Equal(rt, "json: content", src.Container)
		require.NotEqual(rt, "HL", src.Facts.Ticker)
	})
}

func TestJSONThatBreaksOffBeforeTheTextIsRefused(t *testing.T) {
	t.Parallel()
	for _, document := range []string{`{"symbol": "HLYD", "content`, `[{"symbol": "HL`, `{"symbol": "HLYD", "content": `, `[{"symbol": "HLYD"}`, `{"a": {"b": "c`, `{"content": "A"}}`} {
		_, err := transcript.Decode([]byte(document))
		var refused *transcript.RefusedError
		require.ErrorAs(t, err, &refused, document)
		require.Contains(t, refused.Reason, "JSON", document)
	}
}

func TestHalfAFactInJSONIsNone(t *testing.T) {
	t.Parallel()
	src, err := transcript.Decode([]byte(`[{"content": "Good afternoon, and welcome.", "year": 2025, "quarter": 4, "symbol": "HL`))
	require.NoError(t, err)
	require.Equal(t, transcript.Facts{FiscalYear: 2025, FiscalQuarter: 4}, src.Facts)
	require.True(t, src.Cut)
}
