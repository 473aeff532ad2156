package lexicon

import (
	"unicode"
	"unicode/utf8"
)

// token is a run of letters and digits.
type token struct {
	start, end int32
	// word is its number in the table of words, 0 when it is in none.
	word int32
	// capital: it begins with a capital. begins: first of its sentence.
	// bound: only a space or a hyphen lies between it and the token before.
	capital, begins, bound bool
}

// table numbers words, in lower case, from 1. It is open-addressed, because
// every word of every text is looked up.
type table struct {
	slots []slot
	mask  uint32
	n     int32
}

type slot struct {
	key  string
	hash uint32
	id   int32
}

const (
	hashSeed  = 2166136261
	hashPrime = 16777619
)

func hashOf(word string) uint32 {
	h := uint32(hashSeed)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * hashPrime
	}
	return h
}

// add numbers the word.
func (t *table) add(word string) int32 {
	if int(t.n+1)*2 > len(t.slots) {
		t.grow()
	}
	h := hashOf(word)
	for i := h & t.mask; ; i = (i + 1) & t.mask {
		s := &t.slots[i]
		if s.id == 0 {
			t.n++
			*s = slot{word, h, t.n}
			return t.n
		}
		if s.hash == h && s.key == word {
			return s.id
		}
	}
}

const firstSlots = 64

func (t *table) grow() {
	old := t.slots
	t.slots = make([]slot, max(firstSlots, len(old)*2))
	t.mask = uint32(len(t.slots) - 1)
	for _, s := range old {
		if s.id == 0 {
			continue
		}
		i := s.hash & t.mask
		for t.slots[i].id != 0 {
			i = (i + 1) & t.mask
		}
		t.slots[i] = s
	}
}

// find returns the number of text[start:end] folded to lower case, whose hash
// is h; 0 when it is not there.
func (t *table) find(text string, h uint32) int32 {
	if t.n == 0 {
		return 0
	}
	for i := h & t.mask; ; i = (i + 1) & t.mask {
		s := &t.slots[i]
		if s.id == 0 {
			return 0
		}
		if s.hash == h && sameFolded(s.key, text) {
			return s.id
		}
	}
}

// sameFolded compares a word in lower case with printed text.
func sameFolded(low, printed string) bool {
	if len(low) != len(printed) {
		return false
	}
	for i := range len(low) {
		if low[i] != fold(printed[i]) {
			return false
		}
	}
	return true
}

func fold(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// tokenise cuts the text into words and numbers them.
func (t *table) tokenise(text string) []token {
	toks := make([]token, 0, len(text)/5+8)
	begins, bound, gap := true, false, 0
	for i := 0; i < len(text); {
		c := text[i]
		if !plain(c) && wordByte(text, i) == 0 {
			switch c {
			case ' ', '-', '&', '\n', '\r', '\t':
				gap++
				bound = bound && (gap == 1 || (c != '-' && c != '&'))
				begins = begins || (c == '\n' && i > 0 && text[i-1] == '\n')
			case '.', '?', '!', ':':
				begins, bound = true, false
			default:
				bound = false
			}
			i++
			continue
		}
		end, h := hashWord(text, i)
		toks = append(toks, token{
			start: int32(i), end: int32(end), begins: begins, bound: bound,
			capital: c >= 'A' && c <= 'Z', word: t.find(text[i:end], h),
		})
		begins, bound, gap, i = false, true, 0, end
	}
	return toks
}

// hashWord returns the end of the word at i and its hash.
func hashWord(text string, i int) (end int, h uint32) {
	h = hashSeed
	for i < len(text) {
		c := text[i]
		if plain(c) {
			h = (h ^ uint32(fold(c))) * hashPrime
			i++
			continue
		}
		if c < utf8.RuneSelf {
			break
		}
		size := wordByte(text, i)
		if size == 0 {
			break
		}
		for range size {
			h = (h ^ uint32(text[i])) * hashPrime
			i++
		}
	}
	return i, h
}

// plain reports an ASCII letter or digit.
func plain(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' }

// wordByte returns the length of the letter or digit at i, 0 when there is
// none.
func wordByte(text string, i int) int {
	c := text[i]
	if c < utf8.RuneSelf {
		if plain(c) {
			return 1
		}
		return 0
	}
	if c == 0xe2 || c == 0xc2 { // dashes, quotation marks and no-break spaces
		return 0
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	if r == utf8.RuneError || !unicode.IsLetter(r) {
		return 0
	}
	return size
}
