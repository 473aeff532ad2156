package quantity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/callrank/callrank/pkg/words"
)

type kind uint8

const (
	symbol kind = iota
	word
	digits
)

// token is a word, a run of digits, or a symbol.
type token struct {
	start, end int32
	val        int32
	kind       kind
	class      class
	// glued: no white space before it. fresh: first on its line or in its
	// sentence.
	glued, fresh bool
}

// Symbols that come in several shapes, under one name.
const (
	hyphen     = '-'
	dash       = '—'
	apostrophe = '\''
)

// tokens is the making of the tokens of a text.
type tokens struct {
	*words.Text

	made []token
	// parts are what the distinct words can be in a quantity.
	parts []int32
	// at is where the last token ends, or the white space after it.
	at int
	// fresh and glued are those of the next token.
	fresh, glued bool
}

// tokenise cuts the text into tokens: the words it is cut into already, and what
// lies between them. Where a number begins, or a word goes on beyond an
// apostrophe, tokens are cut otherwise than words.
func tokenise(text *words.Text) []token {
	t := tokens{Text: text, parts: vocabulary.Look(text), fresh: true}
	t.made = make([]token, 0, len(text.Words)+len(text.Words)/4+8)
	for i := range text.Words {
		w := &text.Words[i]
		start := int(w.Start)
		switch {
		case t.at == start-1 && t.Text.Text[t.at] == ' ': // as nearly always
			t.at, t.glued = start, false
		case t.at < start:
			t.until(start)
		}
		switch {
		case t.at > start: // it is part of the token before
		case w.Kind != words.Letters, int(w.End) < len(t.Text.Text) && goesOn(t.Text.Text[w.End]):
			t.until(int(w.End))
		default:
			k := token{start: w.Start, end: w.End, kind: word, glued: t.glued, fresh: t.fresh}
			if n := t.parts[w.Number]; n != 0 || w.Capital {
				k.class, k.val = partOf(n, text.Of(*w))
			}
			t.made = append(t.made, k)
			t.at, t.fresh, t.glued = int(w.End), false, true
		}
	}
	t.until(len(t.Text.Text))
	return t.made
}

// until makes the tokens that begin before a place.
func (t *tokens) until(end int) {
	text := t.Text.Text
	for t.at < end {
		if size := spaceAt(text, t.at); size > 0 {
			t.fresh, t.glued = t.fresh || text[t.at] == '\n', false
			t.at += size
			continue
		}
		k := tokenAt(text, t.Low, t.at)
		k.glued, k.fresh = t.glued, t.fresh
		t.made = append(t.made, k)
		t.fresh = k.kind == symbol && (ends(text[t.at]) && !abbreviated(t.Low[:t.at]) || (t.fresh && text[t.at] != '$'))
		t.glued = true
		t.at = int(k.end)
	}
}

// goesOn reports a byte with which a token may go on after a word.
func goesOn(c byte) bool { return c == '\'' || c >= utf8.RuneSelf }

// spaceAt returns the length of the white space character at i, 0 for others.
func spaceAt(text string, i int) int {
	switch c := text[i]; {
	case c == ' ' || c >= '\t' && c <= '\r':
		return 1
	case c < utf8.RuneSelf:
		return 0
	}
	if r, size := utf8.DecodeRuneInString(text[i:]); unicode.IsSpace(r) {
		return size
	}
	return 0
}

// abbreviated reports that a full stop after these words ends no sentence.
func abbreviated(before string) bool {
	for _, w := range [...]string{" vs", " approx", " incl", " excl", " est"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

func ends(c byte) bool { return c == '.' || c == '?' || c == '!' }

// tokenAt reads the token that begins at i.
func tokenAt(text, low string, i int) token {
	t := token{start: int32(i)}
	r, size := rune(text[i]), 1
	if text[i] >= utf8.RuneSelf {
		r, size = utf8.DecodeRuneInString(text[i:])
	}
	switch {
	case isDigit(text[i]), r == '.' && startsFraction(text, i):
		t.kind, t.end = digits, int32(endOfDigits(text, i))
	case isLetter(text[i]), size > 1 && unicode.IsLetter(r):
		t.kind, t.end = word, int32(endOfWord(text, i))
		t.class, t.val = classify(low[t.start:t.end], text[t.start:t.end])
	default:
		t.end = int32(i + size)
		t.class, t.val = symbolClass(r)
	}
	return t
}

// startsFraction tells ".5" from the end of a sentence.
func startsFraction(text string, i int) bool {
	return i+1 < len(text) && isDigit(text[i+1]) && (i == 0 || text[i-1] == ' ' || text[i-1] == '\n' || text[i-1] == '$')
}

// endOfDigits takes commas before groups of three and dots before digits.
func endOfDigits(text string, i int) int {
	for i < len(text) {
		switch c := text[i]; {
		case isDigit(c):
			i++
		case c == ',' && group(text, i+1):
			i += 4
		case c == '.' && i+1 < len(text) && isDigit(text[i+1]):
			i += 2
		default:
			return i
		}
	}
	return i
}

// group reports whether exactly three digits stand at i.
func group(text string, i int) bool {
	return i+3 <= len(text) && isDigit(text[i]) && isDigit(text[i+1]) && isDigit(text[i+2]) &&
		(i+3 == len(text) || !isDigit(text[i+3]))
}

// endOfWord takes letters, digits after letters (H100), and apostrophes
// between letters. A currency code ends where its number begins (RMB3).
func endOfWord(text string, from int) int {
	for i := from; ; {
		size := 0
		if i < len(text) {
			size = wordPart(text, i)
		}
		if size == 0 || (isDigit(text[i]) && i-from == 3 && isCurrency(text[from:i])) {
			return i
		}
		i += size
	}
}

// wordPart returns the length of the part of a word at i, 0 when there is none.
func wordPart(text string, i int) int {
	c := text[i]
	if isLetter(c) || isDigit(c) {
		return 1
	}
	r, size := rune(c), 1
	if c >= utf8.RuneSelf {
		r, size = utf8.DecodeRuneInString(text[i:])
	}
	switch {
	case r == '\'' || r == '’':
		if i+size < len(text) && isLetter(text[i+size]) {
			return size
		}
	case size > 1 && unicode.IsLetter(r):
		return size
	}
	return 0
}

func symbolClass(r rune) (class, int32) {
	switch r {
	case '$':
		return currencySign, usd
	case '€':
		return currencySign, eur
	case '£':
		return currencySign, gbp
	case '¥', '￥':
		return currencySign, jpy
	case '₹':
		return currencySign, inr
	case '₩':
		return currencySign, krw
	case '%', '％':
		return percentWord, '%'
	case '½':
		return vulgarFraction, 50
	case '¼':
		return vulgarFraction, 25
	case '¾':
		return vulgarFraction, 75
	case '¢':
		return centsWord, 0
	case '-', '‐', '‑', '–', '−':
		return none, hyphen
	case '—':
		return none, dash
	case '’', '‘', '\'':
		return none, apostrophe
	}
	return none, r
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
