package words

import (
	"math"
	"unicode"
	"unicode/utf8"
)

// Word is one word of a text and how it stands there.
type Word struct {
	// Start and End are its place, in bytes.
	Start, End int32
	// Number is that of the distinct word.
	Number int32
	// Before is the index of the same word's last use before this, -1 for none.
	Before int32
	// Kind tells what it is made of.
	Kind Kind
	// Capital: it begins with a capital of ASCII.
	Capital bool
	// Begins: it is the first of its sentence.
	Begins bool
	// Bound: nothing but white space, or one hyphen or ampersand, lies between
	// it and the word before.
	Bound bool
}

// Kind tells what a word is made of.
type Kind uint8

// Kinds of words.
const (
	// Letters: letters of ASCII only.
	Letters Kind = iota
	// Figures: letters and digits of ASCII, at least one a digit.
	Figures
	// Foreign: other letters too.
	Foreign
)

// Text is a text with its words.
type Text struct {
	// Text is the text itself, Low the same with the capitals of ASCII in lower
	// case, at the same offsets.
	Text, Low string
	// Words in the order of the text.
	Words []Word

	table table
}

// Bytes that a word of a text takes on the average at least, with what stands
// between it and the next.
const leastBytes = 5

// Cut cuts a text into words. Any text is accepted; what lies beyond 2 GiB is
// not read.
func Cut(text string) *Text {
	if len(text) > math.MaxInt32 {
		text = text[:math.MaxInt32]
	}
	t := &Text{Text: text, Low: lower(text), Words: make([]Word, 0, len(text)/leastBytes+leastBytes)}
	t.table = newTable(t.Low)
	g := gap{begins: true}
	for i := 0; i < len(text); {
		switch classes[text[i]] {
		case letter, digit:
			i = t.word(i, &g)
			continue
		case other:
			if letterAt(text, i) > 0 {
				i = t.word(i, &g)
				continue
			}
		}
		if text[i] == ' ' { // as most often
			g.n++
		} else {
			g.add(text, i)
		}
		i++
	}
	return t
}

// word adds the word that begins at the byte, and returns where it ends.
func (t *Text) word(start int, g *gap) int {
	end, kind, key := t.spell(start)
	number, index := t.table.add(start, end, key), int32(len(t.Words))
	d := &t.table.words[number]
	c := t.Text[start]
	t.Words = append(t.Words, Word{
		Start: int32(start), End: int32(end), Number: number, Before: d.last,
		Kind: kind, Capital: c >= 'A' && c <= 'Z', Begins: g.begins, Bound: g.bound,
	})
	d.last = index
	d.times++
	*g = gap{bound: true}
	return end
}

// spell returns the end, the kind and the key of the word that begins at the
// byte: of a short one, as most are, from the eight bytes there at once.
func (t *Text) spell(start int) (end int, kind Kind, key uint64) {
	if low := t.Low; start+block <= len(low) {
		x := load(low[start:])
		if n := lettersFirst(x); n < block && classes[low[start+n]] == mark {
			return start + n, Letters, x & (1<<(8*n) - 1)
		}
	}
	end, kind = t.spellOn(start)
	return end, kind, keyWithin(t.Low, start, end)
}

// spellOn returns the end and the kind of the word that begins at the byte, of
// whatever length and letters.
func (t *Text) spellOn(i int) (end int, kind Kind) {
	low := t.Low
	for {
		for i < len(low) && classes[low[i]] == letter {
			i++
		}
		if i == len(low) {
			return i, kind
		}
		switch classes[low[i]] {
		case digit:
			kind = max(kind, Figures)
			i++
		case other:
			size := letterAt(low, i)
			if size == 0 {
				return i, kind
			}
			kind = Foreign
			i += size
		default:
			return i, kind
		}
	}
}

// gap is what lies between a word and the next.
type gap struct {
	begins, bound bool
	n             int
}

// add adds a byte that belongs to no word, and is no space.
func (g *gap) add(text string, i int) {
	switch c := text[i]; c {
	case '-', '&', '\n', '\r', '\t':
		g.n++
		g.bound = g.bound && (g.n == 1 || (c != '-' && c != '&'))
		g.begins = g.begins || (c == '\n' && i > 0 && text[i-1] == '\n')
	case '.', '?', '!', ':':
		g.begins, g.bound = true, false
	default:
		g.bound = false
	}
}

// Of returns the word as printed.
func (t *Text) Of(w Word) string { return t.Text[w.Start:w.End] }

// Distinct is how many distinct words there are, those added included.
func (t *Text) Distinct() int { return len(t.table.words) }

// Spelling is the distinct word of a number, ASCII letters in lower case.
func (t *Text) Spelling(number int32) string { return t.table.spelling(number) }

// Last is the index of the last use of a distinct word, -1 where it is not used:
// by following Before all its uses are found.
func (t *Text) Last(number int32) int32 { return t.table.words[number].last }

// Times is how often the distinct word is used.
func (t *Text) Times(number int32) int { return int(t.table.words[number].times) }

// Number is the number of a word in lower case; false where the text does not
// have it.
func (t *Text) Number(low string) (int32, bool) {
	n := t.table.find(low)
	return n, n >= 0
}

// Add numbers the stretch of the text as a word too: for those who cut words
// otherwise, such as at no apostrophe. It is no use of it.
func (t *Text) Add(start, end int) int32 {
	return t.table.add(start, end, keyWithin(t.Low, start, end))
}

// Classes of bytes.
const (
	mark = iota
	letter
	digit
	other // not of ASCII
)

// classes of the bytes.
var classes = classesOfBytes()

func classesOfBytes() (c [256]uint8) {
	for i := range c {
		switch b := byte(i); {
		case b|0x20 >= 'a' && b|0x20 <= 'z':
			c[i] = letter
		case b >= '0' && b <= '9':
			c[i] = digit
		case b >= utf8.RuneSelf:
			c[i] = other
		}
	}
	return c
}

// letterAt returns the length of the letter at a byte that is not of ASCII, 0
// where there is none.
func letterAt(text string, i int) int {
	c := text[i]
	if c == 0xe2 || c == 0xc2 { // dashes, quotation marks and no-break spaces
		return 0
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	if r == utf8.RuneError || !unicode.IsLetter(r) {
		return 0
	}
	return size
}
