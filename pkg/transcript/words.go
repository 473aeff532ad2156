package transcript

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word of a text: a run without white space, and within it what is
// left without the punctuation around it and without a possessive ending.
type word struct {
	start, end int32
	from, to   int32
	ends       bool // whether a sentence ends with it
	edges      edge
	print      fingerprint
}

// edge is what the first and the last letter of a word tell, a bit for each.
type edge uint8

const (
	beginsSmall  edge = 1 << iota // with a small letter of ASCII
	beginsNumber                  // its bare form, with a digit
	endsClause                    // with a full stop, a comma or an exclamation mark
	endsAsking                    // with a question mark
)

func edgesOf(word, bare string) edge {
	var e edge
	if c := word[0]; c >= 'a' && c <= 'z' {
		e |= beginsSmall
	}
	if bare != "" && bare[0] >= '0' && bare[0] <= '9' {
		e |= beginsNumber
	}
	switch word[len(word)-1] {
	case '.', ',', '!':
		e |= endsClause
	case '?':
		e |= endsAsking
	}
	return e
}

// words are the words of a text in order. Whatever is measured in words does
// not change with the white space between them.
type words struct {
	text string
	at   []word
}

func wordsOf(text string, within span) words {
	const usualLength = 5 // bytes of a word and the space after it, at least
	w := words{text: text, at: make([]word, 0, (within.end-within.start)/usualLength+1)}
	text = text[:within.end]
	for i := skipBlank(text, within.start); i < within.end; {
		end := wordEnd(text, i)
		from, to := bareOf(text, i, end)
		w.at = append(w.at, word{int32(i), int32(end), int32(from), int32(to), closes(text[i:end]), edgesOf(text[i:end], text[from:to]), fingerprintOf(text[from:to])})
		i = skipBlank(text, end)
	}
	return w
}

func wordEnd(s string, i int) int {
	for i < len(s) {
		switch c := s[i]; {
		case c > ' ' && c < utf8.RuneSelf:
			i++
		case c < utf8.RuneSelf:
			if isSpaceByte(c) || c == '\v' {
				return i
			}
			i++
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if unicode.IsSpace(r) {
				return i
			}
			i += size
		}
	}
	return i
}

// bareOf narrows the word at i to end to what bare leaves of it.
func bareOf(text string, i, end int) (from, to int) {
	for from, to = i, end; from < to && isMark(text[from]); {
		from++
	}
	for from < to && isMark(text[to-1]) {
		to--
	}
	if from < to && isLetterOrDigit(text[from]) && isLetterOrDigit(text[to-1]) && (to-from < 3 || text[to-1] != 's' || isLetterOrDigit(text[to-2])) {
		return from, to // as most words: the rest need not be looked for
	}
	stripped := bare(text[i:end])
	if stripped == "" {
		return i, i
	}
	from = i + strings.Index(text[i:end], stripped)
	return from, from + len(stripped)
}

func isLetterOrDigit(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// isMark reports whether c is a mark of ASCII that bare strips.
func isMark(c byte) bool {
	return c < utf8.RuneSelf && c != '&' && !isLetterOrDigit(c)
}

// lowerBit makes a small letter of a capital in ASCII.
const lowerBit = 0x20

func (w words) len() int { return len(w.at) }

// word returns word i as it is written; empty beyond the ends.
func (w words) word(i int) string {
	if i < 0 || i >= len(w.at) {
		return ""
	}
	return w.text[w.at[i].start:w.at[i].end]
}

// bare returns word i without the punctuation around it and without a
// possessive ending.
func (w words) bare(i int) string {
	if i < 0 || i >= len(w.at) {
		return ""
	}
	return w.text[w.at[i].from:w.at[i].to]
}

// shows reports whether word i begins or ends in one of some ways.
func (w words) shows(i int, ways edge) bool {
	return i >= 0 && i < len(w.at) && w.at[i].edges&ways != 0
}

// is reports whether word i is one of the given, whatever its case.
func (w words) is(i int, these ...string) bool {
	word := w.bare(i)
	for _, s := range these {
		if len(s) == len(word) && strings.EqualFold(word, s) {
			return true
		}
	}
	return false
}

// phrase reports whether the words of a phrase, in lower case and with single
// spaces, stand from word i on, and which word follows them.
func (w words) phrase(i int, phrase string) (after int, is bool) {
	for phrase != "" {
		word := w.bare(i)
		n := len(word)
		if n == 0 || n > len(phrase) || n < len(phrase) && phrase[n] != ' ' || word[0]|lowerBit != phrase[0]|lowerBit || !strings.EqualFold(word, phrase[:n]) {
			return i, false
		}
		i++
		phrase = phrase[min(n+1, len(phrase)):]
	}
	return i, true
}

// anyPhrase reports whether one of the phrases stands from word i on.
func (w words) anyPhrase(i int, phrases ...string) (after int, is bool) {
	word := w.bare(i)
	if word == "" {
		return i, false
	}
	first := word[0] | lowerBit
	for _, phrase := range phrases {
		if phrase[0] != first || len(phrase) < len(word) {
			continue
		}
		if after, is := w.phrase(i, phrase); is {
			return after, true
		}
	}
	return i, false
}

// has reports whether any of the phrases stands among the words.
func (w words) has(phrases ...string) bool {
	for i := range w.at {
		if _, is := w.anyPhrase(i, phrases...); is {
			return true
		}
	}
	return false
}

// ends reports whether a sentence ends with word i.
func (w words) ends(i int) bool { return i >= 0 && i < len(w.at) && w.at[i].ends }

// from returns the index of the first word that begins at or after an offset.
func (w words) from(offset int) int {
	return sort.Search(len(w.at), func(i int) bool { return int(w.at[i].start) >= offset })
}

// slice are words i to j, bounds clipped.
func (w words) slice(i, j int) words {
	i, j = max(i, 0), min(j, len(w.at))
	if i >= j {
		return words{text: w.text}
	}
	return words{text: w.text, at: w.at[i:j]}
}

// in are the words within a span. Where a word stands across its ends, as in
// text that was run together, the words are cut anew.
func (w words) in(at span) words {
	i, j := w.from(at.start), w.from(at.end)
	whole := i < j && int(w.at[i].start) == at.start && int(w.at[j-1].end) == at.end
	if !whole {
		return wordsOf(w.text, at)
	}
	return w.slice(i, j)
}

// span covers words i to j.
func (w words) span(i, j int) span { return span{int(w.at[i].start), int(w.at[j-1].end)} }

// place is where word i stands.
func (w words) place(i int) span { return w.span(i, i+1) }

// folded is a text with single spaces between its words.
func folded(s string) string {
	space := true // whether a space would be one too many
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ' && !space:
			space = true
		case c <= ' ' || c >= utf8.RuneSelf:
			return strings.Join(strings.Fields(s), " ")
		default:
			space = false
		}
	}
	return strings.TrimSuffix(s, " ")
}

// bare strips a word of the punctuation around it and of a possessive ending.
func bare(word string) string {
	word = strings.TrimFunc(word, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '&'
	})
	return possessiveCut(word)
}

// possessiveCut drops a possessive ending.
func possessiveCut(word string) string {
	if !strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "'") && !strings.HasSuffix(word, "’") { // as most
		return word
	}
	for _, possessive := range [...]string{"'s", "’s"} {
		if cut, is := strings.CutSuffix(word, possessive); is && cut != "" {
			return cut
		}
	}
	for _, plural := range [...]string{"s'", "s’"} {
		if cut, is := strings.CutSuffix(word, plural); is && cut != "" {
			return cut + "s"
		}
	}
	return word
}

// closes is endsSentence, with a short way for most words.
func closes(word string) bool {
	last := word[len(word)-1]
	return !isLetterOrDigit(last) && last != ',' && endsSentence(word)
}

// endsSentence reports whether a word closes a sentence: it ends in a full
// stop, question mark, exclamation mark or ellipsis, perhaps with a closing
// quote or bracket, and is no abbreviation or initial.
func endsSentence(word string) bool {
	closed := strings.TrimRight(word, `"'”’)]`)
	if closed == "" {
		return strings.HasSuffix(word, "]")
	}
	last, _ := utf8.DecodeLastRuneInString(closed)
	switch last {
	case '?', '!', '…':
		return true
	case '.':
		return !isAbbreviation(closed)
	default:
		return strings.HasSuffix(word, "]")
	}
}

// isAbbreviation reports whether a word with a full stop is more likely an
// abbreviation, or an initial, than the end of a sentence.
func isAbbreviation(word string) bool {
	const longest = len("sept")
	stem := strings.TrimSuffix(word, ".")
	if len(stem) > longest {
		return isDottedInitials(stem)
	}
	if utf8.RuneCountInString(stem) == 1 {
		r, _ := utf8.DecodeRuneInString(stem)
		return unicode.IsUpper(r)
	}
	if isDottedInitials(stem) {
		return true
	}
	switch strings.ToLower(stem) {
	case "mr", "mrs", "ms", "dr", "jr", "sr", "st", "inc", "corp", "co", "ltd", "vs", "no",
		"jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec", "bros":
		return true
	default:
		return false
	}
}

// isDottedInitials takes V.F and U.S and p.m for initials.
func isDottedInitials(stem string) bool {
	if len(stem) < len("V.F") || len(stem)%2 == 0 {
		return false
	}
	for i := range len(stem) {
		if (stem[i] == '.') != (i%2 == 1) || stem[i] >= '0' && stem[i] <= '9' {
			return false
		}
	}
	return true
}
