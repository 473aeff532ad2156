package transcript_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func TestPlainTextIsTakenByteForByte(t *testing.T) {
	t.Parallel()
	for name, document := range map[string]string{
		"UTF-8":                        setSeekingAlphaRoles(t, halyard()),
		"UTF-8 with a byte order mark": "\uFEFF" + setSeekingAlphaRoles(t, halyard()),
		"UTF-8 with CRLF":              strings.ReplaceAll(setFlat(t, halyard()), ". ", ".\r\n"),
		"text that begins like JSON":   "[Operator Instructions] " + setFlat(t, halyard()),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src, err := transcript.Decode([]byte(document))
			require.NoError(t, err)
			require.Equal(t, document, src.Text)
			require.Empty(t, src.Container)
		})
	}
}

func TestAFileCutInTheMiddleOfACharacterKeepsItsOffsets(t *testing.T) {
	t.Parallel()
	whole := setFlat(t, halyard()) + " “The end”"
	src, err := transcript.Decode([]byte(whole[:len(whole)-1]))
	require.NoError(t, err)
	require.Empty(t, src.Container)
	require.Equal(t, strings.TrimSuffix(whole, "”"), src.Text)
}

func TestOtherEncodingsAreTurnedIntoUTF8(t *testing.T) {
	t.Parallel()
	want := strings.ReplaceAll(setSeekingAlphaRoles(t, halyard()), "It was 40 cents", "It’s 40 cents – “just” 40 cents")
	encode := func(b []byte, err error) []byte {
		require.NoError(t, err)
		return b
	}
	for name, c := range map[string]struct {
		document  []byte
		container string
	}{
		"UTF-16 little-endian with a mark": {encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(want))), "utf-16"},
		"UTF-16 big-endian with a mark":    {encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(want))), "utf-16"},
		"UTF-16 without a mark":            {encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(want))), "utf-16"},
		"Windows-1252":                     {encode(charmap.Windows1252.NewEncoder().Bytes([]byte(want))), "windows-1252"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src, err := transcript.Decode(c.document)
			require.NoError(t, err)
			require.Equal(t, want, strings.TrimPrefix(src.Text, "\uFEFF"))
			require.Equal(t, c.container, src.Container)
			call, err := transcript.Read(src, transcript.Facts{})
			require.NoError(t, err)
			require.Equal(t, "HLYD-2025Q4", call.GetCall().GetId())
			require.Equal(t, c.container, call.GetCall().GetSource())
		})
	}
}

func TestBrokenBytesInUTF8DoNotMakeItAnotherEncoding(t *testing.T) {
	t.Parallel()
	text := strings.ReplaceAll(setFlat(t, halyard()), "'", "’")
	broken := strings.Replace(text, "quarter", "quar\xffter", 1)
	src, err := transcript.Decode([]byte(broken))
	require.NoError(t, err)
	require.Contains(t, src.Container, "utf-8")
	require.Contains(t, src.Text, "quar\uFFFDter")
	require.Contains(t, src.Text, "today’s")
}

func TestJSONGivesItsTextAndWhatItStates(t *testing.T) {
	t.Parallel()
	text := setFlat(t, halyard())
	for name, c := range map[string]struct {
		document string
		want     transcript.Source
	}{
		"the FMP API": {
			toJSON(t, []map[string]any{{"symbol": "HLYD", "period": "Q4", "year": 2025, "date": "2026-02-05", "content": text}}),
			transcript.Source{Text: text, Container: "json: content", Facts: transcript.Facts{Ticker: "HLYD", FiscalYear: 2025, FiscalQuarter: 4, CallDate: "2026-02-05"}},
		},
		"an older answer of the FMP API": {
			toJSON(t, []map[string]any{{"symbol": "HLYD", "quarter": 4, "year": 2025, "date": "2026-02-05 17:00:00", "content": text}}),
			transcript.Source{Text: text, Container: "json: content", Facts: transcript.Facts{Ticker: "HLYD", FiscalYear: 2025, FiscalQuarter: 4, CallDate: "2026-02-05"}},
		},
		"a Motley Fool page": {
			toJSON(t, map[string]any{"ticker": "HLYD", "company": "Halyard", "year": 2025, "quarter": 4, "transcript": text, "qa_section": ""}),
			transcript.Source{Text: text, Container: "json: transcript", Facts: transcript.Facts{Ticker: "HLYD", Company: "Halyard", FiscalYear: 2025, FiscalQuarter: 4}},
		},
		"a page of which the period is not known": {
			toJSON(t, map[string]any{"ticker": "HLYD", "year": nil, "quarter": nil, "transcript": text}),
			transcript.Source{Text: text, Container: "json: transcript", Facts: transcript.Facts{Ticker: "HLYD"}},
		},
		"a half-year": {
			toJSON(t, map[string]any{"symbol": "HLYD", "period": "H1", "year": 2025, "text": text}),
			transcript.Source{Text: text, Container: "json: text", Facts: transcript.Facts{Ticker: "HLYD", FiscalYear: 2025, FiscalHalf: 1}},
		},
		"a quarter and its half": {
			toJSON(t, map[string]any{"symbol": "HLYD", "quarter": 2, "fiscal_half": 1, "year": 2025, "text": text}),
			transcript.Source{Text: text, Container: "json: text", Facts: transcript.Facts{Ticker: "HLYD", FiscalYear: 2025, FiscalQuarter: 2}},
		},
		"nonsense beside the text": {
			toJSON(t, map[string]any{"ticker": "no ticker at all!", "year": 20250, "quarter": 7, "date": "soon", "text": text}),
			transcript.Source{Text: text, Container: "json: text"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src, err := transcript.Decode([]byte(c.document))
			require.NoError(t, err)
			require.Equal(t, c.want, src)
		})
	}
}

func TestASavedPageIsReadLikeItsText(t *testing.T) {
	t.Parallel()
	call := halyard()
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html><head><title>" + call.title() + " Transcript</title><style>p { margin: 0 }</style><script>var ads = '<p>Operator</p>';</script></head><body>")
	b.WriteString("<nav><ul><li>Home</li><li>Markets</li></ul></nav><article><h1>" + call.title() + "</h1><p>Feb 5, 2026, 5:00 p.m. ET</p><h2>Prepared Remarks:</h2>")
	for i, s := range call.said {
		if i == call.questionsFrom {
			b.WriteString("<h2>Questions &amp; Answers:</h2>")
		}
		name, role, _ := strings.Cut(call.person(s.who).dashed(), " -- ")
		b.WriteString("<p><strong>" + name + "</strong>")
		if role != "" {
			b.WriteString(" -- <em>" + strings.ReplaceAll(role, "&", "&amp;") + "</em>")
		}
		b.WriteString("</p>\n")
		for paragraph := range strings.SplitSeq(s.text, "\n\n") {
			b.WriteString("<p>" + strings.ReplaceAll(strings.ReplaceAll(paragraph, "&", "&amp;"), "'", "&#39;") + "</p>\n")
		}
	}
	b.WriteString("<p><strong>Duration: 24 minutes</strong></p></article><footer>All rights reserved</footer></body></html>")

	src, got := read(t, b.String())
	require.Equal(t, "html", src.Container)
	require.Equal(t, "html", got.GetCall().GetSource())
	require.Equal(t, callrankv1.LayoutMotleyFoolOld, got.GetCall().GetLayout())
	require.Equal(t, "HLYD-2025Q4", got.GetCall().GetId())
	require.Equal(t, call.speeches(), spoken(src, got))
	requireExchanges(t, src, got)
}

func TestDocumentsThatHoldNoTextOfACallAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ document, reason string }{
		"nothing":                   {"", "empty"},
		"white space":               {" \n\t\r\n ", "empty"},
		"a byte order mark":         {"\uFEFF", "empty"},
		"a picture":                 {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture"},
		"a photograph":              {"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"},
		"a PDF":                     {"%PDF-1.7\n%âãÏÓ", "PDF"},
		"an office document":        {"PK\x03\x04\x14\x00", "archive"},
		"bytes of no format":        {strings.Repeat("call\x00\x01\x02", 200), "binary"},
		"more than the limit":       {strings.Repeat("a", transcript.MaxDocument+1), "most that is taken"},
		"JSON without a text":       {`{"symbol": "HLYD", "quarter": 4}`, "no text of a call"},
		"JSON of several calls":     {`[{"content": "a"}, {"content": "b"}]`, "2 objects"},
		"JSON that is only numbers": {`[1, 2, 3]`, "neither"},
		"a page without text":       {"<html><body><script>1</script></body></html>", "no text"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := transcript.Decode([]byte(c.document))
			var refused *transcript.RefusedError
			require.ErrorAs(t, err, &refused)
			require.Contains(t, refused.Reason, c.reason)
		})
	}
}
