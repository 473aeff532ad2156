package transcript_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func FuzzDecode(f *testing.F) {
	for _, l := range layouts {
		f.Add([]byte(l.set(f, halyard())))
	}
	document := typeset(setSeekingAlphaRoles(f, halyard()))
	f.Add([]byte(pageOf(document)))
	f.Add([]byte(document[:len(document)/2]))
	for _, d := range garbled() {
		f.Add([]byte(d.do("Operator\n\nIt’s fine – “just” €5.\n")))
	}
	f.Add([]byte("\xff\xfeO\x00p\x00e\x00r\x00a\x00t\x00o\x00r\x00"))
	f.Add([]byte("It\x92s \x93fine\x94"))
	f.Add([]byte("<html><body><p>Operator</p><nav><p>Good day</body>"))
	f.Add([]byte(`[{"content": "Operator: Good day", "quarter": "Q3", "year": "2025"}]`))
	f.Add([]byte(`{"symbol": "A", "transcript": "Operator: Good \u00`))
	f.Fuzz(func(t *testing.T, document []byte) {
		src, err := transcript.Decode(document)
		if err != nil {
			var refused *transcript.RefusedError
			require.ErrorAs(t, err, &refused)
			return
		}
		require.True(t, utf8.ValidString(src.Text))
		require.NoError(t, src.Facts.Validate())
		if src.Container == "" {
			require.Equal(t, string(document[:len(src.Text)]), src.Text, "spans refer to the file")
		}
		requireReadable(t, src)
	})
}

func FuzzRead(f *testing.F) {
	for _, l := range layouts {
		src, err := transcript.Decode([]byte(l.set(f, halyard())))
		require.NoError(f, err)
		f.Add(src.Text, src.Container)
		paged, _ := onPages(src.Text, "Page %d of 120")
		f.Add(paged, src.Container)
	}
	f.Add(setFlat(f, halyard()), "")
	f.Add(numbered(halyard()), "")
	f.Add(pressRelease, "")
	f.Add(setFlat(f, halyard()), "\xc0")
	f.Fuzz(func(t *testing.T, text, container string) {
		requireReadable(t, transcript.Source{Text: text, Container: container})
	})
}

// requireReadable checks what holds of the reading of any text.
func requireReadable(t *testing.T, src transcript.Source) {
	t.Helper()
	call, err := transcript.Read(src, transcript.Facts{})
	if err != nil {
		var refused *transcript.RefusedError
		require.ErrorAs(t, err, &refused)
		return
	}
	requireOrdered(t, src, call)
	for _, p := range call.GetParticipants() {
		require.NotEmpty(t, p.GetName())
	}
	_, err = callrankv1.JSON(call)
	require.NoError(t, err)
	again, err := transcript.Read(src, transcript.Facts{})
	require.NoError(t, err)
	require.Equal(t, reading(src, call), reading(src, again))
	require.Contains(t, []string{
		callrankv1.LayoutMotleyFool, callrankv1.LayoutMotleyFoolJSON, callrankv1.LayoutMotleyFoolOld, callrankv1.LayoutSeekingAlpha,
		callrankv1.LayoutStreetEvents, callrankv1.LayoutFMP, callrankv1.LayoutFlat,
	}, call.GetCall().GetLayout())
}

func FuzzReadMotleyFool(f *testing.F) {
	fuzzLayout(f, callrankv1.LayoutMotleyFool, setMotleyFool, numberedIn)
}

func FuzzReadMotleyFoolOld(f *testing.F) {
	fuzzLayout(f, callrankv1.LayoutMotleyFoolOld, setMotleyFoolOld)
}

func FuzzReadMotleyFoolRunOn(f *testing.F) {
	fuzzLayout(f, transcript.LayoutRunOn, setRunOn)
}

func FuzzReadSeekingAlpha(f *testing.F) {
	fuzzLayout(f, callrankv1.LayoutSeekingAlpha, setSeekingAlphaRoles, setSeekingAlphaNames, setSeekingAlphaBare)
}

func FuzzReadStreetEvents(f *testing.F) {
	fuzzLayout(f, callrankv1.LayoutStreetEvents, setStreetEvents, setStreetEventsPages, setCallStreet)
}

func FuzzReadFMP(f *testing.F) {
	fuzzLayout(f, callrankv1.LayoutFMP, numberedIn)
}

func FuzzReadFlat(f *testing.F) {
	fuzzLayout(f, callrankv1.LayoutFlat, setFlat)
}

// numberedIn sets a call as lines "Name: speech".
func numberedIn(_ testing.TB, c invented) string {
	var b strings.Builder
	for _, s := range c.said {
		b.WriteString(s.who + ": " + s.text + "\n")
	}
	return b.String()
}

// fuzzLayout reads any text by one layout: what it finds stands in the text, in
// order, once, and begins and ends with something that is seen.
func fuzzLayout(f *testing.F, layout string, settings ...func(testing.TB, invented) string) {
	f.Helper()
	for _, set := range settings {
		document := set(f, halyard())
		f.Add(document)
		f.Add(document[len(document)/3 : 2*len(document)/3])
		paged, _ := onPages(document, "Page %d of 120")
		f.Add(paged)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		even, parts := transcript.ReadLayout(layout, text)
		end := 0
		for _, p := range parts {
			require.NotEmpty(t, p.Speech, "under %q", p.Name)
			for _, at := range p.Speech {
				require.GreaterOrEqual(t, at[0], end)
				require.Greater(t, at[1], at[0])
				require.LessOrEqual(t, at[1], len(even))
				said := even[at[0]:at[1]]
				require.True(t, utf8.ValidString(said))
				require.Equal(t, strings.TrimSpace(said), said)
				end = at[1]
			}
		}
	})
}

// FuzzWhiteSpace makes white space even: no word is changed, and every word is
// found again where it stands in the source.
func FuzzWhiteSpace(f *testing.F) {
	for _, d := range otherSpaces() {
		f.Add(d.do("Operator\n\nGood day, and welcome. It is fine."))
	}
	f.Add("\u00ADa\u200B b\u00AD \u00ADc\u3000\r\r\n\u2028d\f")
	f.Fuzz(func(t *testing.T, source string) {
		if !utf8.ValidString(source) {
			return
		}
		even := transcript.Even(source)
		require.Equal(t, even, transcript.Even(even))
		require.Equal(t, even, strings.TrimSpace(even))
		require.NotContains(t, even, "\n\n\n")
		require.NotContains(t, even, "  ")
		require.Equal(t, strings.Fields(withoutUnseen(source)), strings.Fields(even))
		end := 0
		for word := range strings.FieldsSeq(even) {
			start := end + strings.Index(even[end:], word)
			end = start + len(word)
			from, to := transcript.InSource(source, start, end)
			require.Equal(t, word, withoutUnseen(source[from:to]))
		}
	})
}

// withoutUnseen drops the characters of which nothing is seen and that part no
// words.
func withoutUnseen(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) && strings.ContainsRune("\u00AD\u061C\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2061\u2062\u2063\u2064\uFEFF", r) {
			return -1
		}
		return r
	}, s)
}
