package transcript

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// evenText is a source text as it is read: its white space made even, so that
// no reader has to know of tabs, of line ends of other systems, or of
// characters that nobody sees. Between two words stands one space, one line
// feed, or two of them, whatever stands in the source.
type evenText struct {
	text   string
	source string
	shifts []shift // in order; none where nothing had to be made even
}

// shift says that from a place in the even text on, the source is so many
// bytes further.
type shift struct{ at, by int }

// evened makes white space even, in one walk through the text.
func evened(source string) evenText {
	e := evenText{text: source, source: source}
	first := visibleEnd(source, 0)
	if next, _ := gapAt(source, first); next == len(source) {
		e.text = source[:first] // as most: only the end is cut
		return e
	}
	out := make([]byte, 0, len(source))
	for i := 0; i < len(source); {
		end := visibleEnd(source, i)
		out = append(out, source[i:end]...)
		next, between := gapAt(source, end)
		if next == len(source) {
			break
		}
		if len(out) > 0 {
			out = append(out, between...)
		}
		if by := next - len(out); len(e.shifts) == 0 || e.shifts[len(e.shifts)-1].by != by {
			e.shifts = append(e.shifts, shift{len(out), by})
		}
		i = next
	}
	e.text = string(out)
	return e
}

// visibleEnd returns where, from i on, the first white space stands that is
// not even, or the first character that is not seen.
func visibleEnd(s string, i int) int {
	for i < len(s) {
		if c := s[i]; c > ' ' && c < utf8.RuneSelf {
			i++
			continue
		}
		size := evenAt(s, i)
		if size == 0 {
			break
		}
		i += size
	}
	return i
}

// evenAt is the length of what stands at i, if that is a character which is
// seen or white space that is even; 0 if not.
func evenAt(s string, i int) int {
	switch c := s[i]; {
	case c == ' ' || c == '\n':
		n := 1
		if c == '\n' && strings.HasPrefix(s[i+1:], "\n") {
			n = 2
		}
		if i == 0 || i+n == len(s) || s[i+n] <= ' ' || s[i+n] >= utf8.RuneSelf && !isSeen(s[i+n:]) {
			return 0
		}
		return n
	case isSpaceByte(c) || c == '\v':
		return 0
	case c < utf8.RuneSelf:
		return 1
	case !isSeen(s[i:]):
		return 0
	default:
		_, size := utf8.DecodeRuneInString(s[i:])
		return size
	}
}

// isSeen reports whether a text begins with a character of which something is
// seen.
func isSeen(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsSpace(r) && !isInvisible(r)
}

// gapAt walks over white space and characters that are not seen from i on. It
// returns where they end, and what stands for them in even text: nothing where
// there is no white space among them.
func gapAt(s string, i int) (end int, between string) {
	lines, pages, spaces := 0, 0, 0
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\r':
			size = len(s[i:]) - len(strings.TrimLeft(s[i:], "\r"))
			if i+size < len(s) && s[i+size] == '\n' {
				size++
				lines++
			} else {
				lines += size
			}
		case r == '\n', r == '\u0085', r == '\u2028', r == '\u2029':
			lines++
		case r == '\f', r == '\v':
			pages++
		case unicode.IsSpace(r):
			spaces++
		case !isInvisible(r):
			return i, evenGap(lines, pages, spaces)
		}
		i += size
	}
	return i, evenGap(lines, pages, spaces)
}

// evenGap is what stands in even text for so much white space. A page break
// ends a line where no line feed does.
func evenGap(lines, pages, spaces int) string {
	switch {
	case lines > 1:
		return "\n\n"
	case lines+pages > 0:
		return "\n"
	case spaces > 0:
		return " "
	default:
		return ""
	}
}

// isInvisible takes the characters of which a reader sees nothing and that
// part no words: byte order mark, soft hyphen, joiners, marks of direction.
func isInvisible(r rune) bool {
	switch {
	case r < '\u00AD':
		return false
	case r >= '\u200B' && r <= '\u200F', r >= '\u202A' && r <= '\u202E', r >= '\u2060' && r <= '\u2064':
		return true
	default:
		return r == '\u00AD' || r == '\u061C' || r == '\u180E' || r == '\uFEFF'
	}
}

// place returns where in the source a byte of the even text stands.
func (e *evenText) place(at int) int {
	i := sort.Search(len(e.shifts), func(i int) bool { return e.shifts[i].at > at })
	if i == 0 {
		return at
	}
	return at + e.shifts[i-1].by
}

// toSource turns a span of the even text into one of the source.
func (e *evenText) toSource(at *callrankv1.Span) {
	if at == nil || len(e.shifts) == 0 {
		return
	}
	start, end := int(at.GetStart()), int(at.GetEnd())
	empty := start >= end
	start = e.place(start)
	for start > 0 && start < len(e.source) && !utf8.RuneStart(e.source[start]) {
		start--
	}
	if empty {
		end = start
	} else {
		end = e.place(end-1) + 1
		for end < len(e.source) && !utf8.RuneStart(e.source[end]) {
			end++
		}
	}
	at.Start, at.End = uint32(start), uint32(end)
}

// inSource turns every span of a transcript into one of the source.
func (e *evenText) inSource(call *callrankv1.Transcript) *callrankv1.Transcript {
	if len(e.shifts) == 0 {
		return call
	}
	for _, t := range call.GetTurns() {
		e.toSource(t.GetSpeech())
	}
	for _, x := range call.GetExchanges() {
		e.toSource(x.GetQuestion().GetSource())
		for _, a := range x.GetAnswers() {
			e.toSource(a.GetSource())
		}
	}
	for _, v := range call.GetCall().GetEvidence() {
		e.toSource(v.GetSource())
	}
	for _, w := range call.GetWarnings() {
		e.toSource(w.GetSource())
	}
	return call
}
