package transcript_test

import (
	"encoding/json"
	"html"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/callrank/callrank/pkg/transcript"
)

// typeset sets a text as publishers with a typographer do: curly quotes, dashes,
// accents, a currency.
func typeset(document string) string {
	return strings.NewReplacer("Mira", "Zoë", "Peter", "Péter", "Thank you, operator, and", "“Thank you,” operator – and", "'", "’", "$17", "€17", "...", "…").Replace(document)
}

// misread is what comes of UTF-8 that is read as Windows-1252; bytes that mean
// nothing there stand for themselves, as browsers take them.
func misread(s string) string {
	var b strings.Builder
	for i := range len(s) {
		r := charmap.Windows1252.DecodeByte(s[i])
		if r == '\uFFFD' {
			r = rune(s[i])
		}
		b.WriteRune(r)
	}
	return b.String()
}

// garbled are the ways in which systems garble a text that can be undone.
func garbled() []damage {
	numeric := func(s string) string {
		var b strings.Builder
		for _, r := range s {
			if r >= 0x80 || r == '\'' || r == '&' {
				b.WriteString("&#" + toJSONNumber(int(r)) + ";")
				continue
			}
			b.WriteRune(r)
		}
		return b.String()
	}
	within := func(unseen string) func(string) string {
		return func(s string) string {
			return strings.NewReplacer("operator", "opera"+unseen+"tor", "Operator", unseen+"Operator", "question", "ques"+unseen+"tion", "quarter", "quar"+unseen+"ter", "Grace", "Gra"+unseen+"ce",
				"Prepared", "Prep"+unseen+"ared", "PARTICIPANTS", unseen+"PARTICI"+unseen+"PANTS", "--", "--"+unseen, "\n\n", "\n"+unseen+"\n").Replace(s)
		}
	}
	return []damage{
		{"entities", html.EscapeString},
		{"entities of entities", func(s string) string { return html.EscapeString(html.EscapeString(s)) }},
		{"entities of entities of entities", func(s string) string { return html.EscapeString(html.EscapeString(html.EscapeString(s))) }},
		{"numeric entities", numeric},
		{"non-breaking spaces as entities", func(s string) string { return strings.ReplaceAll(s, " ", "&nbsp;") }},
		{"UTF-8 read as Windows-1252", misread},
		{"UTF-8 read as Windows-1252 twice", func(s string) string { return misread(misread(s)) }},
		{"UTF-8 read as Windows-1252, what means nothing replaced", func(s string) string {
			return strings.Map(func(r rune) rune {
				if r >= 0x80 && r < 0xA0 {
					return '\uFFFD'
				}
				return r
			}, misread(s))
		}},
		{"UTF-8 read as Windows-1252, what means nothing lost", func(s string) string {
			return strings.Map(func(r rune) rune {
				if r >= 0x80 && r < 0xA0 {
					return -1
				}
				return r
			}, misread(s))
		}},
		{"UTF-8 read as Latin-1", func(s string) string {
			var b strings.Builder
			for i := range len(s) {
				b.WriteRune(rune(s[i]))
			}
			return b.String()
		}},
		{"UTF-8 read as Windows-1252 and written in entities", func(s string) string { return numeric(misread(s)) }},
		{"soft hyphens", within("\u00AD")},
		{"zero-width spaces", within("\u200B")},
		{"joiners and marks of direction", within("\u200E\u2060\u200D")},
		{"a byte order mark on every line", func(s string) string { return "\uFEFF" + strings.ReplaceAll(s, "\n", "\n\uFEFF") }},
	}
}

func toJSONNumber(n int) string {
	b, err := json.Marshal(n)
	if err != nil {
		return ""
	}
	return string(b)
}

func TestAGarbledTextIsReadLikeItself(t *testing.T) {
	t.Parallel()
	for name, document := range plainLayouts(t, halyard()) {
		document := typeset(document)
		src, call := read(t, document)
		want := reading(src, call)
		for _, d := range garbled() {
			t.Run(name+" with "+d.name, func(t *testing.T) {
				t.Parallel()
				changed := d.do(document)
				src, call := read(t, changed)
				if src.Text != changed {
					require.Contains(t, src.Container, "utf-8, mended: ", "spans do not refer to the file")
				}
				requireOrdered(t, src, call)
				requireSame(t, want, reading(src, call), d.name)
			})
		}
	}
}

func TestAGarbledTextInJSONIsReadLikeItself(t *testing.T) {
	t.Parallel()
	for _, l := range layouts {
		whole := typeset(l.set(t, halyard()))
		if whole[0] != '{' && whole[0] != '[' {
			continue
		}
		src, call := read(t, whole)
		want := reading(src, call)
		for _, d := range append(garbled(), otherSpaces()...) {
			t.Run(l.name+" with "+d.name, func(t *testing.T) {
				t.Parallel()
				changed := inJSON(t, whole, d.do)
				src, call := read(t, changed)
				requireOrdered(t, src, call)
				requireSame(t, want, reading(src, call), d.name)
			})
		}
	}
}

// inJSON changes the text of a call in a document in JSON.
func inJSON(t *testing.T, document string, change func(string) string) string {
	t.Helper()
	var object map[string]any
	var objects []map[string]any
	if json.Unmarshal([]byte(document), &object) != nil {
		require.NoError(t, json.Unmarshal([]byte(document), &objects))
		object = objects[0]
	}
	for _, field := range []string{"transcript", "content"} {
		if text, is := object[field].(string); is {
			object[field] = change(text)
		}
	}
	if objects != nil {
		return toJSON(t, objects)
	}
	return toJSON(t, object)
}

func TestEncodingsAreReadLikeUTF8(t *testing.T) {
	t.Parallel()
	for name, document := range plainLayouts(t, halyard()) {
		document := typeset(document)
		src, call := read(t, document)
		want := reading(src, call)
		for _, e := range encodings() {
			t.Run(name+" in "+e.name, func(t *testing.T) {
				t.Parallel()
				src, call := read(t, e.encode(t, document))
				require.Equal(t, e.container, src.Container)
				requireSame(t, want, reading(src, call), e.name)
			})
		}
	}
}

type encoding struct {
	name, container string
	encode          func(*testing.T, string) string
}

func encodings() []encoding {
	utf16 := func(order unicode.Endianness, mark unicode.BOMPolicy) func(*testing.T, string) string {
		return func(t *testing.T, s string) string {
			t.Helper()
			encoded, err := unicode.UTF16(order, mark).NewEncoder().String(s)
			require.NoError(t, err)
			return encoded
		}
	}
	return []encoding{
		{"UTF-8 with a byte order mark", "", func(_ *testing.T, s string) string { return "\uFEFF" + s }},
		{"UTF-16 little-endian with a mark", "utf-16", utf16(unicode.LittleEndian, unicode.UseBOM)},
		{"UTF-16 big-endian with a mark", "utf-16", utf16(unicode.BigEndian, unicode.UseBOM)},
		{"UTF-16 little-endian", "utf-16", utf16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"UTF-16 big-endian", "utf-16", utf16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"Windows-1252", "windows-1252", func(t *testing.T, s string) string {
			t.Helper()
			encoded, err := charmap.Windows1252.NewEncoder().String(s)
			require.NoError(t, err)
			return encoded
		}},
	}
}

func TestStraightAndCurlyQuotesReadTheSame(t *testing.T) {
	t.Parallel()
	straight := strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`)
	for name, document := range plainLayouts(t, halyard()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			curly := strings.NewReplacer("'", "’", "2.1 million tickets", "“2.1 million” tickets").Replace(document)
			src, call := read(t, straight.Replace(curly))
			want := reading(src, call)
			src, call = read(t, curly)
			got := reading(src, call)
			for i := range got {
				got[i] = straight.Replace(got[i])
			}
			requireSame(t, want, got, name)
		})
	}
}

func TestWhatOnlyLooksGarbledIsLeftAsItIs(t *testing.T) {
	t.Parallel()
	for _, said := range []string{
		"Our R&D; spending, as AT&T; would say, and Q&A; after it.", "We spent more on R&D and on M&A, at S&P's prices.", "It costs €5 – “a bargain” – in São Paulo, NÃO in Curaçao.",
		"In the château of Âge the naïve “Ântonio” pays £3.", "Margins of 5 < 7 and 9 > 8, which is <good>.", "<Q - Jane Roe>: Hi. <A - John Doe>: Yes. <Q - Jane Roe>: Hi. <A - John Doe>: Yes.", "&", "a & b; c && d; &; &;; &a;",
	} {
		src, err := transcript.Decode([]byte(said))
		require.NoError(t, err)
		require.Equal(t, said, src.Text)
		require.Empty(t, src.Container)
	}
}

func TestRealCallsThatAreGarbledAreReadLikeThemselves(t *testing.T) {
	t.Parallel()
	const everyNth = 6
	garbling := garbled()
	for i, file := range realFiles(t) {
		if i%everyNth != 0 {
			continue
		}
		plain := realSource(t, file)
		call, err := transcript.Read(plain, transcript.Facts{})
		require.NoError(t, err, file)
		want := reading(plain, call)
		for n := range everyNth {
			d := garbling[(i+n)%len(garbling)]
			src, err := transcript.Decode([]byte(d.do(plain.Text)))
			require.NoError(t, err, file)
			src.Facts = plain.Facts
			if plain.Container != "" { // which tells one layout from another
				src.Container = plain.Container
			}
			got, err := transcript.Read(src, transcript.Facts{})
			require.NoError(t, err, file)
			requireSame(t, want, reading(src, got), file+" with "+d.name)
		}
	}
}
