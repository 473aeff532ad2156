package gold

import (
	"strings"
	"unicode"
)

// Squashed is a text with white space folded, and the way back.
type Squashed struct {
	Words string
	// source is, for each byte of Words, its place in the text.
	source []int
}

// Squash folds the white space of a text.
func Squash(text string) Squashed {
	var b strings.Builder
	s := Squashed{source: make([]int, 0, len(text))}
	space := true
	for i, r := range text {
		if unicode.IsSpace(r) {
			if !space {
				b.WriteByte(' ')
				s.source = append(s.source, i)
			}
			space = true
			continue
		}
		from := b.Len()
		b.WriteRune(r)
		for k := range b.Len() - from {
			s.source = append(s.source, i+k)
		}
		space = false
	}
	s.Words = b.String()
	return s
}

// Source is the place in the text of byte i of Words.
func (s Squashed) Source(i int) int { return s.source[i] }
