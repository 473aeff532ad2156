package transcript

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// span is a half-open range of bytes in the text.
type span struct{ start, end int }

func (s span) empty() bool { return s.end <= s.start }

func (s span) of(text string) string { return text[s.start:s.end] }

// message is the span as the messages carry it. A text is at most a few times
// MaxDocument long, so that it fits.
func (s span) message() *callrankv1.Span {
	return &callrankv1.Span{Start: uint32(s.start), End: uint32(s.end)}
}

// document is a text cut into lines.
type document struct {
	text  string
	lines []span // without white space around them; empty for a blank line
	words words

	removed []span // what is printed on every page, in order: no line, and no words
	cut     bool   // whether the text ends within a heading
}

func newDocument(text string) *document {
	d := &document{text: text, lines: make([]span, 0, 1+strings.Count(text, "\n")), words: wordsOf(text, span{0, len(text)})}
	start := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c != '\n' && c != '\r' {
			continue
		}
		d.lines = append(d.lines, trimmed(text, span{start, i}))
		if c == '\r' && i+1 < len(text) && text[i+1] == '\n' {
			i++
		}
		start = i + 1
	}
	if start < len(text) {
		d.lines = append(d.lines, trimmed(text, span{start, len(text)}))
	}
	d.withoutPages()
	d.cut = d.dropCutHeading()
	return d
}

// apart reports whether something was taken out of the document between two
// places.
func (d *document) apart(from, to int) bool {
	if len(d.removed) == 0 {
		return false
	}
	i := sort.Search(len(d.removed), func(i int) bool { return d.removed[i].start >= from })
	return i < len(d.removed) && d.removed[i].start < to
}

func (d *document) line(i int) string {
	if i < 0 || i >= len(d.lines) {
		return ""
	}
	return d.lines[i].of(d.text)
}

// next returns the index of the first line from i on that is not blank, or the
// number of lines.
func (d *document) next(i int) int {
	for i < len(d.lines) && d.lines[i].empty() {
		i++
	}
	return i
}

// goesOn reports whether the line after line i goes on with its sentence.
func (d *document) goesOn(i int) bool {
	first, _ := utf8.DecodeRuneInString(d.line(d.next(i + 1)))
	return unicode.IsLower(first)
}

// isDoubleSpaced reports whether a blank line follows nearly every line, as in
// a page that makes a paragraph of each.
func (d *document) isDoubleSpaced() bool {
	const allowed = 20 // one line in so many may stand right under another
	lines, under := 0, 0
	for i := range d.lines {
		if d.lines[i].empty() {
			continue
		}
		lines++
		if i > 0 && !d.lines[i-1].empty() {
			under++
		}
	}
	return under*allowed < lines
}

// singleSpaced is the document without its blank lines.
func (d *document) singleSpaced() *document {
	single := &document{text: d.text, lines: make([]span, 0, len(d.lines)/2+1), words: d.words, removed: d.removed, cut: d.cut}
	for _, at := range d.lines {
		if !at.empty() {
			single.lines = append(single.lines, at)
		}
	}
	return single
}

// trimmed narrows a span to what is between the white space at its ends.
func trimmed(text string, s span) span {
	for s.start < s.end {
		r, size := utf8.DecodeRuneInString(text[s.start:s.end])
		if !isBlank(r) {
			break
		}
		s.start += size
	}
	for s.end > s.start {
		r, size := utf8.DecodeLastRuneInString(text[s.start:s.end])
		if !isBlank(r) {
			break
		}
		s.end -= size
	}
	return s
}

// isBlank takes for white space what reads as nothing: also the byte order
// mark, the zero-width space and the soft hyphen.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' || r == '\u00AD'
}

// skipBlank returns the first index from i on that is not white space.
func skipBlank(s string, i int) int {
	for i < len(s) {
		if s[i] < utf8.RuneSelf {
			if !isSpaceByte(s[i]) && s[i] != '\v' {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isBlank(r) {
			return i
		}
		i += size
	}
	return i
}
