package transcript

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// containerHTML is Source.Container of a saved page.
const containerHTML = "html"

// How far a text is written in HTML.
const (
	noMarkup  = iota
	inMarkup  // words are marked, lines stand as in plain text
	wholePage // paragraphs are elements
)

// markupOf tells how far a text is written in HTML: a page, a part of one, or
// plain text in which tags were left.
func markupOf(text string) int {
	if !strings.Contains(text, "<") {
		return noMarkup
	}
	const fewest = 3
	inBlocks, inLine := 0, 0
	for i := strings.IndexByte(text, '<'); i >= 0; {
		switch tag := tagAt(text[i:]); {
		case tag == 0:
		case tag == atom.Br || slices.Contains(blocks[:], tag):
			inBlocks++
		default:
			inLine++
		}
		if inBlocks >= fewest {
			return wholePage
		}
		next := strings.IndexByte(text[i+1:], '<')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	if opensPage(text) {
		return wholePage
	}
	if inBlocks+inLine >= fewest {
		return inMarkup
	}
	return noMarkup
}

// opensPage reports whether a text begins as only a page does.
func opensPage(text string) bool {
	start := strings.TrimLeftFunc(text, isBlank)
	const sniffed = len("<!doctype html")
	start = strings.ToLower(start[:min(len(start), sniffed)])
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<!--") || strings.HasPrefix(start, "<html") || strings.HasPrefix(start, "<?xml")
}

// tagAt returns the element whose tag, opening or closing, a text begins with;
// 0 where it begins with none that pages of text have.
func tagAt(s string) atom.Atom {
	const longestName, longestTag = len("blockquote"), 1000
	name := strings.TrimPrefix(s[1:], "/")
	end := 0
	for end < min(len(name), longestName+1) && isLetterOrDigit(name[end]) {
		end++
	}
	attributes, _, closed := strings.Cut(name[end:min(len(name), longestTag)], ">")
	if end == 0 || !closed || strings.Trim(attributes, "/ \t\r\n") != "" && (!isSpaceByte(attributes[0]) || !strings.Contains(attributes, "=")) {
		return 0
	}
	tag := atom.Lookup([]byte(strings.ToLower(name[:end])))
	if tag == atom.Br || slices.Contains(blocks[:], tag) || slices.Contains(inline[:], tag) {
		return tag
	}
	return 0
}

// readableText writes out the text of a page as a reader sees it: a paragraph
// per block, white space folded, without scripts and what stands around the
// text. Kinds of elements that turn out to be never closed, or to hold most of
// the text, are not left out.
func readableText(page string, how int) (string, error) {
	const mostReadings = 4
	kept := map[atom.Atom]bool{}
	text := ""
	for range mostReadings {
		r := pageReader{kept: kept, out: paragraphs{lines: how == inMarkup}, left: map[atom.Atom]int{}, most: map[atom.Atom]int{}}
		r.read(page, how)
		text = r.out.text()
		if !r.keepMore(len(text)) {
			break
		}
	}
	if text == "" {
		return "", refused("the page holds no text")
	}
	return text, nil
}

// pageReader writes out the text of a page, which is untrusted: the tokenizer
// keeps no tree, so depth costs nothing.
type pageReader struct {
	out    paragraphs
	kept   map[atom.Atom]bool // elements that are not left out of this page
	left   map[atom.Atom]int  // of each kind that is left out, how many are open
	inside int                // how many are open in all
	outer  atom.Atom          // the first of them
	piece  int                // bytes of text that were left out in it
	most   map[atom.Atom]int  // the most of any, by kind
}

func (r *pageReader) read(page string, how int) {
	tokens := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := tokens.Next()
		switch kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			if r.inside > 0 {
				r.piece += len(folded(string(tokens.Raw())))
				r.most[r.outer] = max(r.most[r.outer], r.piece)
				continue
			}
			r.out.write(string(tokens.Text()))
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := tokens.TagName()
			tag := atom.Lookup(name)
			r.leave(tag, kind)
			if tag == atom.Pre {
				r.out.lines = kind == html.StartTagToken || how == inMarkup
			}
			r.out.breakAt(tag)
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// leave counts the elements that are left out and open.
func (r *pageReader) leave(tag atom.Atom, kind html.TokenType) {
	if r.kept[tag] || !slices.Contains(scripts[:], tag) && !slices.Contains(around[:], tag) {
		return
	}
	switch {
	case kind == html.StartTagToken:
		if r.inside == 0 {
			r.outer, r.piece = tag, 0
		}
		r.left[tag]++
		r.inside++
	case kind == html.EndTagToken && r.left[tag] > 0:
		r.left[tag]--
		r.inside--
	}
}

// keepMore notes the kinds of elements that should not have been left out of a
// page of which so much text was found, and reports whether there are any.
func (r *pageReader) keepMore(found int) bool {
	more := false
	for _, tag := range around {
		if !r.kept[tag] && (r.left[tag] > 0 || r.most[tag] > found) {
			r.kept[tag] = true
			more = true
		}
	}
	return more
}

var (
	// scripts are elements of which a reader sees nothing.
	scripts = [...]atom.Atom{atom.Script, atom.Style, atom.Noscript, atom.Iframe, atom.Textarea}
	// around are elements that stand around the text, or are pictures.
	around = [...]atom.Atom{
		atom.Nav, atom.Footer, atom.Button, atom.Form, atom.Aside, atom.Svg, atom.Template, atom.Select, atom.Audio, atom.Video, atom.Canvas, atom.Object,
	}
	// blocks are elements that are paragraphs of their own.
	blocks = [...]atom.Atom{
		atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Ul, atom.Ol,
		atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Table, atom.Tr,
		atom.Blockquote, atom.Title, atom.Head, atom.Body, atom.Figure, atom.Figcaption, atom.Pre, atom.Hr,
		atom.Html, atom.Nav, atom.Form, atom.Dl, atom.Dt, atom.Dd, atom.Center, atom.Script, atom.Style, atom.Meta, atom.Link,
	}
	// inline are elements that mark words within a paragraph.
	inline = [...]atom.Atom{atom.B, atom.Strong, atom.I, atom.Em, atom.U, atom.Span, atom.Font, atom.A, atom.Sup, atom.Sub, atom.Small, atom.Big}
)

// paragraphs gathers text with its white space folded, blank lines between
// blocks.
type paragraphs struct {
	out    strings.Builder
	lines  bool // whether line feeds in the text are line breaks
	breaks int  // line breaks owed before the next word
	space  bool // a space owed before the next word
}

func (p *paragraphs) write(s string) {
	if !p.lines {
		p.writeLine(s)
		return
	}
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			p.breaks = min(p.breaks+1, 2)
		}
		p.writeLine(line)
	}
}

func (p *paragraphs) writeLine(s string) {
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
		p.breaks = min(p.breaks+1, 2)
	case tag == atom.Td, tag == atom.Th:
		p.breaks = max(p.breaks, 1)
	case slices.Contains(blocks[:], tag):
		p.breaks = 2
	}
}

func (p *paragraphs) text() string { return p.out.String() }

func isSpaceByte(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }
