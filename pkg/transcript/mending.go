package transcript

import (
	"html"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// What was mended in a text, as Source.Container prints it.
const (
	mendedEntities  = "entities"
	mendedMisread   = "misread characters"
	mendedInvisible = "invisible characters"
)

// mended is a text with what other systems have garbled written out again:
// entities of HTML, UTF-8 that was read as Windows-1252, and characters of
// which a reader sees nothing. It tells which of these were there. White space
// stays as it is, and so does a byte order mark before everything else: that
// alone makes no text another one.
func mended(text string) (out string, what []string) {
	if written := withoutEntities(text); written != text {
		text, what = written, append(what, mendedEntities)
	}
	if isASCII(text) {
		return text, what
	}
	if read := readAgain(text); read != text {
		text, what = read, append(what, mendedMisread)
	}
	mark := ""
	if rest, has := strings.CutPrefix(text, byteOrderMark); has {
		mark, text = byteOrderMark, rest
	}
	if seen := withoutInvisible(text); seen != text {
		text, what = seen, append(what, mendedInvisible)
	}
	return mark + text, what
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// mostTimes is how often a text may have been escaped, or read wrongly, over
// and over.
const mostTimes = 3

// withoutEntities writes out entities that end with a semicolon, as all that
// software writes do: "R&D" and "AT&T" stand in any call.
func withoutEntities(text string) string {
	for range mostTimes {
		written := entitiesWritten(text)
		if written == text {
			break
		}
		text = written
	}
	return text
}

func entitiesWritten(text string) string {
	if !strings.Contains(text, "&") || !strings.Contains(text, ";") {
		return text
	}
	var out strings.Builder
	done := 0
	for i := strings.IndexByte(text, '&'); i >= 0; {
		if length := entityLength(text[i:]); length > 0 {
			entity := text[i : i+length]
			if written := html.UnescapeString(entity); written != entity && !strings.HasSuffix(written, ";") {
				out.WriteString(text[done:i])
				out.WriteString(written)
				done = i + length
			}
		}
		next := strings.IndexByte(text[i+1:], '&')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	if done == 0 {
		return text
	}
	out.WriteString(text[done:])
	return out.String()
}

// entityLength is the length in bytes of what looks like an entity at the
// beginning of a text; 0 where none does.
func entityLength(s string) int {
	const longest = 32
	for i := 1; i < min(len(s), longest); i++ {
		switch c := s[i]; {
		case c == ';' && i > 2:
			return i + 1
		case !isLetterOrDigit(c) && (c != '#' || i > 1):
			return 0
		}
	}
	return 0
}

// readAgain reads text rightly that was UTF-8 and was read as Windows-1252 or
// Latin-1, so that "€" became "â‚¬". Only where more of the characters beyond
// ASCII come of this than do not is it believed to have happened.
func readAgain(text string) string {
	for range mostTimes {
		read, is := readOnceAgain(text)
		if !is {
			break
		}
		text = read
	}
	return text
}

func readOnceAgain(text string) (read string, is bool) {
	var out strings.Builder
	misread, other, done := 0, 0, 0
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		meant, length := misreadAt(text[i:])
		switch {
		case length > 0:
			misread++
			out.WriteString(text[done:i])
			out.WriteRune(meant)
			i += length
			done = i
			continue
		case r != utf8.RuneError && !isInvisible(r):
			other++
		}
		i += size
	}
	if misread == 0 || other > misread {
		return text, false
	}
	out.WriteString(text[done:])
	return out.String(), true
}

// misreadAt returns the character that a text began with before its bytes were
// read as Windows-1252, and the length of what came of it; 0 where the text
// begins with no such thing. A closing quote whose last byte stands for nothing
// in Windows-1252, and was lost, is known without it, and so is a
// non-breaking space that became a plain one.
func misreadAt(s string) (meant rune, length int) {
	const lostQuote, lostSpace = "â€", "Â "
	var bytes [utf8.UTFMax]byte
	n := 0
	for n < len(bytes) && length < len(s) {
		r, size := utf8.DecodeRuneInString(s[length:])
		b, is := byteRead(r)
		if !is || n == 0 && b < utf8.RuneSelf {
			break
		}
		bytes[n] = b
		n, length = n+1, length+size
		if meant, whole := utf8.DecodeRune(bytes[:n]); whole == n && meant != utf8.RuneError {
			return meant, length
		}
		if n == 1 && b < 0xC2 {
			break
		}
	}
	switch {
	case strings.HasPrefix(s, lostQuote):
		return '”', len(s) - len(strings.TrimPrefix(s[len(lostQuote):], "\uFFFD"))
	case strings.HasPrefix(s, lostSpace):
		return ' ', len(lostSpace)
	default:
		return 0, 0
	}
}

// byteRead returns the byte that a character was read from as Windows-1252 or,
// where that has none, as Latin-1.
func byteRead(r rune) (byte, bool) {
	if b, is := charmap.Windows1252.EncodeRune(r); is {
		return b, true
	}
	return byte(r), r >= 0x80 && r < 0xA0
}

// withoutInvisible drops the characters of which nothing is seen.
func withoutInvisible(text string) string {
	var out strings.Builder
	done := 0
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if isInvisible(r) {
			out.WriteString(text[done:i])
			done = i + size
		}
		i += size
	}
	if done == 0 {
		return text
	}
	out.WriteString(text[done:])
	return out.String()
}
