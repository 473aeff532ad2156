package transcript

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// containerHTML is Source.Container of a saved page.
const containerHTML = "html"

// fewestWords is how many words a page must hold before what was left out of
// it as navigation is believed to be that.
const fewestWords = 100

func looksLikeHTML(text string) bool {
	start := strings.TrimSpace(strings.TrimPrefix(text, byteOrderMark))
	const sniffed = 64
	start = strings.ToLower(start[:min(len(start), sniffed)])
	for _, opening := range [...]string{"<!doctype html", "<html", "<head", "<body", "<article", "<section", "<main", "<div", "<h1", "<p>", "<p "} {
		if strings.HasPrefix(start, opening) {
			return true
		}
	}
	return strings.HasPrefix(start, "<?xml") && strings.Contains(start, "html")
}

// decodeHTML writes out the text of a page as a reader sees it: a paragraph
// per block, white space folded, without scripts and navigation.
func decodeHTML(page string) (Source, error) {
	text := pageText(page, true)
	if len(strings.Fields(text)) < fewestWords {
		text = pageText(page, false)
	}
	if text == "" {
		return Source{}, refused("the page holds no text")
	}
	return Source{Text: text, Container: containerHTML}, nil
}

// pageText writes out the text of a page, which is untrusted: the tokenizer
// keeps no tree, so depth costs nothing.
func pageText(page string, withoutNavigation bool) string {
	var out paragraphs
	tokens := html.NewTokenizer(strings.NewReader(page))
	left := 0 // how many elements that are left out are open
	for {
		kind := tokens.Next()
		switch kind {
		case html.ErrorToken:
			return out.text()
		case html.TextToken:
			if left == 0 {
				out.write(string(tokens.Text()))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := tokens.TagName()
			tag := atom.Lookup(name)
			if leftOut(tag, withoutNavigation) {
				switch {
				case kind == html.StartTagToken:
					left++
				case kind == html.EndTagToken && left > 0:
					left--
				}
			}
			out.breakAt(tag)
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

func leftOut(tag atom.Atom, withoutNavigation bool) bool {
	return slices.Contains(unseen[:], tag) || withoutNavigation && slices.Contains(navigation[:], tag)
}

var (
	// unseen are elements of which a reader sees nothing.
	unseen = [...]atom.Atom{atom.Script, atom.Style, atom.Noscript, atom.Svg, atom.Template, atom.Iframe, atom.Select}
	// navigation are elements that stand around the text.
	navigation = [...]atom.Atom{atom.Nav, atom.Footer, atom.Button, atom.Form}
	// blocks are elements that are paragraphs of their own.
	blocks = [...]atom.Atom{
		atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Ul, atom.Ol,
		atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Table, atom.Tr,
		atom.Blockquote, atom.Title, atom.Head, atom.Body, atom.Figure, atom.Figcaption, atom.Pre, atom.Hr,
	}
)

// paragraphs gathers text with its white space folded, blank lines between
// blocks.
type paragraphs struct {
	out    strings.Builder
	breaks int  // line breaks owed before the next word
	space  bool // a space owed before the next word
}

func (p *paragraphs) write(s string) {
	for i, word := range strings.Fields(s) {
		if i > 0 || isSpaceByte(s[0]) {
			p.space = true
		}
		switch {
		case p.out.Len() == 0:
		case p.breaks > 0:
			p.out.WriteString(strings.Repeat("\n", p.breaks))
		case p.space:
			p.out.WriteByte(' ')
		}
		p.breaks, p.space = 0, false
		p.out.WriteString(word)
	}
	if s != "" && isSpaceByte(s[len(s)-1]) {
		p.space = true
	}
}

func (p *paragraphs) breakAt(tag atom.Atom) {
	switch {
	case tag == atom.Br:
		p.breaks = max(p.breaks, 1)
	case slices.Contains(blocks[:], tag):
		p.breaks = 2
	}
}

func (p *paragraphs) text() string { return p.out.String() }

func isSpaceByte(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }
