package lexicon

import "strings"

// lowered puts the capitals of ASCII into lower case.
func lowered(word string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r | 0x20
		}
		return r
	}, word)
}

// fold puts a capital of ASCII into lower case.
func fold(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// ordinary reports that the text has the word at i in lower case too.
func (r *reader) ordinary(i int) bool {
	for k := r.text.Last(r.toks[i].Number); k >= 0; k = r.toks[k].Before {
		if !r.toks[k].Capital {
			return true
		}
	}
	return false
}

// within reports that the text has the word at i, with its capital, within a
// sentence.
func (r *reader) within(i int) bool {
	w := r.word(i)
	for k := r.text.Last(r.toks[i].Number); k >= 0; k = r.toks[k].Before {
		if r.toks[k].Capital && !r.toks[k].Begins && r.word(int(k)) == w {
			return true
		}
	}
	return false
}

// once reports that the text has the word at i one time only, in any letters.
func (r *reader) once(i int) bool { return r.text.Times(r.toks[i].Number) == 1 }
