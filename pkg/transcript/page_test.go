package transcript_test

import (
	"html"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/transcript"
)

// pageOf saves a text as a page: paragraphs where blank lines part them, and
// around them and between them what pages have.
func pageOf(document string) string {
	return pageWith(document, "\n\n", func(paragraph string) string {
		return "<p class=\"c1\">" + strings.ReplaceAll(html.EscapeString(paragraph), "\n", "<br/>\n") + "</p>"
	})
}

// pageOfLines saves a text as a page in which every line is a paragraph.
func pageOfLines(document string) string {
	return pageWith(document, "\n", func(line string) string {
		if strings.TrimSpace(line) == "" {
			return ""
		}
		return "<p><span>" + html.EscapeString(line) + "</span></p>"
	})
}

func pageWith(document, between string, set func(string) string) string {
	var b strings.Builder
	b.WriteString("\uFEFF<!-- saved from url=(0042)https://example.com/calls/halyard --->\n<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<style>p { margin: 0 } .ad::after { content: 'Operator' }</style>\n")
	b.WriteString("<script type=\"application/json\">{\"text\": \"<p>Operator</p><p>Buy now.</p>\"}</script></head>\n<body onload=\"track()\">\n<noscript><p>Operator: Turn on JavaScript.</p></noscript>")
	b.WriteString("<nav><ul><li><a href=\"/\">Home</a></li><li>Stocks</li><li>Jane Roe</li></ul></nav><form action=\"/search\"><select><option>Operator</option></select><button>Search</button></form>\n<article>\n")
	for i, paragraph := range strings.Split(document, between) {
		b.WriteString(set(paragraph) + "\n")
		switch i % 7 {
		case 2:
			b.WriteString("<!-- <p>Operator</p> ad slot " + strconv.Itoa(i) + " -->\n<script>window.ads.push('<p>Operator</p>');</script>")
		case 4:
			b.WriteString("<aside><h3>Related</h3><p>Ten companies that pay more, and why we like them.</p></aside><svg><text>Operator</text></svg>\n")
		case 5:
			b.WriteString("<iframe src=\"https://ads.example.com\">Operator: Your browser shows no frames.</iframe><video>Your browser plays no films.</video>\n")
		}
	}
	b.WriteString("</article>\n<footer><p>All rights reserved</p><ul><li>About us</li></ul></footer></body></html>\n")
	return b.String()
}

func TestASavedPageOfAnyLayoutIsReadLikeItsText(t *testing.T) {
	t.Parallel()
	for name, document := range plainLayouts(t, halyard()) {
		document := typeset(document)
		src, call := read(t, document)
		want := reading(src, call)
		for how, save := range map[string]func(string) string{"of paragraphs": pageOf, "of lines": pageOfLines} {
			t.Run(name+" "+how, func(t *testing.T) {
				t.Parallel()
				src, call := read(t, save(document))
				require.Equal(t, "html", src.Container)
				requireOrdered(t, src, call)
				requireSame(t, want, reading(src, call), name)
			})
		}
	}
}

func TestMarkupInPlainTextIsTakenOut(t *testing.T) {
	t.Parallel()
	marked := func(open, closed string) func(string) string {
		return func(s string) string {
			for _, word := range []string{"Operator", "Grace W. Amadi", "Tobias Lindqvist", "storage agents"} {
				s = strings.ReplaceAll(s, word, open+word+closed)
			}
			return s
		}
	}
	for name, document := range plainLayouts(t, halyard()) {
		src, call := read(t, document)
		want := reading(src, call)
		for _, d := range []damage{
			{"words in bold", marked("<b>", "</b>")},
			{"words in spans", marked(`<span class="c7" id="x">`, "</span>")},
			{"links", marked(`<a href="https://example.com/?a=1&b=2">`, "</a>")},
			{"line breaks", func(s string) string { return strings.ReplaceAll(s, "\n", "<br>\n") + "<br/><br/><br/>" }},
			{"paragraphs without a page", func(s string) string {
				return "<p>" + strings.ReplaceAll(strings.ReplaceAll(html.EscapeString(s), "\n\n", "</p><p>"), "\n", "<br>") + "</p>\n<P></P>"
			}},
			{"preformatted text", func(s string) string { return "<html><body><pre>" + html.EscapeString(s) + "</pre></body></html>" }},
			{"a page written as entities", func(s string) string { return html.EscapeString(pageOf(s)) }},
		} {
			t.Run(name+" with "+d.name, func(t *testing.T) {
				t.Parallel()
				src, call := read(t, d.do(document))
				require.NotEmpty(t, src.Container)
				requireOrdered(t, src, call)
				requireSame(t, want, reading(src, call), d.name)
			})
		}
	}
}

func TestAPageWhoseElementsAreNeverClosedIsReadWhole(t *testing.T) {
	t.Parallel()
	document := setSeekingAlphaRoles(t, halyard())
	src, call := read(t, document)
	want := reading(src, call)
	for _, element := range []string{"nav", "form", "button", "aside", "footer", "select", "svg", "template"} {
		t.Run(element, func(t *testing.T) {
			t.Parallel()
			page := "<html><body><p>" + strings.ReplaceAll(strings.ReplaceAll(html.EscapeString(document), "\n\n", "</p><p>"), "\n", "<br>") + "</p></body></html>"
			page = strings.Replace(page, "<p>Question-and-Answer", "<"+element+"><p>Question-and-Answer", 1)
			src, call := read(t, page)
			requireOrdered(t, src, call)
			requireSame(t, want, reading(src, call), element)
		})
	}
}

func TestAPageInsideAFormIsReadWhole(t *testing.T) {
	t.Parallel()
	document := setMotleyFoolOld(t, halyard())
	page := strings.NewReplacer("<article>", "<form>", "</article>", "</form>").Replace(pageOf(document))
	src, call := read(t, page)
	require.Equal(t, halyard().speeches(), spoken(src, call))
}

func TestAPageOfWhichNothingIsTextIsRefused(t *testing.T) {
	t.Parallel()
	for _, page := range []string{"<!DOCTYPE html><html></html>", "<html><script>var a = 1</script>", "<p></p><p></p><p> &nbsp; </p>"} {
		_, err := transcript.Decode([]byte(page))
		var refused *transcript.RefusedError
		require.ErrorAs(t, err, &refused)
		require.Contains(t, refused.Reason, "holds no text")
	}
}

func TestWhatReadersOfAPageWriteIsNotSaidOnTheCall(t *testing.T) {
	t.Parallel()
	for _, mark := range []string{"Comments (12)", "12 Comments", "Recommended For You"} {
		document := setSeekingAlphaRoles(t, halyard()) + mark + "\n\nlampfan77\n\nGood quarter! I hold since the start and I do not sell.\n\nCarol Diggs\n\nWe will see how the margin does.\n"
		src, got := read(t, pageOf(document))
		require.Equal(t, halyard().speeches(), spoken(src, got))
		require.Empty(t, got.GetWarnings())
	}
}
