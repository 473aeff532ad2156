package lexicon

import (
	"slices"
	"strings"
)

// Bounds within which two words may be one name misheard.
const (
	// shortestSplit is the least length of a name that is heard as two words.
	shortestSplit = 7
	// shortestHalf is the least length of the second of the two words.
	shortestHalf = 3
	// splitStretch is by how many letters the two words may be longer or
	// shorter than the name.
	splitStretch = 2
	// Share of letters that may differ: of two words in lower case, which most
	// pairs of words are, hardly any.
	mostChangedSplit = 0.34
	mostChangedLower = 0.2
)

// pairs are the names that may be heard as two words, by their sound.
type pairs struct {
	names map[string]string
	// keys are the sounds of the names, in order.
	keys []string
	// initials and lengths tell most pairs of words apart from all names before
	// their sound is made out.
	initials          [256]bool
	heads             [soundLetters * soundLetters]bool // by the first two sounds
	shortest, longest int
}

// soundLetters is how many letters may stand for a sound, from A on.
const soundLetters = 'Z' - 'A' + 1

// head numbers the first two sounds of a key that has them.
func head[K string | []byte](key K) int {
	return int(key[0]-'A')*soundLetters + int(key[1]-'A')
}

func newPairs(targets targets) pairs {
	p := pairs{names: map[string]string{}}
	for key, name := range targets {
		if len(key) < surestKey || len(name) < shortestSplit {
			continue
		}
		p.names[key] = name
		p.keys = append(p.keys, key)
		p.initials[fold(name[0])] = true
		p.heads[head(key)] = true
		if p.shortest == 0 || len(name) < p.shortest {
			p.shortest = len(name)
		}
		p.longest = max(p.longest, len(name))
	}
	slices.Sort(p.keys)
	return p
}

// opensWith reports that one of the names begins with the sounds of a word.
func (p *pairs) opensWith(word string) bool {
	var buffer [longestKey]byte
	key := appendSound(buffer[:0], word, "")
	if last := fold(word[len(word)-1]); (last == 'p' || last == 'c') && len(key) > 0 {
		key = key[:len(key)-1] // how it sounds the word after it tells
	}
	if len(key) > 1 && !p.heads[head(key)] {
		return false
	}
	i, _ := slices.BinarySearch(p.keys, string(key))
	return i < len(p.keys) && strings.HasPrefix(p.keys[i], string(key))
}

// may reports that two words of a length and beginning, in lower case, may be
// one of the names, before their sound is made out.
func (p *pairs) may(first byte, length int) bool {
	return p.initials[first] && length >= p.shortest-splitStretch && length <= p.longest+splitStretch
}

// pair looks at the words at i and i+1 together, which may be a name heard as
// two words: "Care Looman" for Carelumen.
func (h *hearing) pair(i int) bool {
	if i+1 >= len(h.toks) || h.held[i+1] || !h.opensPair(i) {
		return false
	}
	first, second := &h.toks[i], &h.toks[i+1]
	length := int(first.End - first.Start + second.End - second.Start)
	if !second.Bound || second.Begins || second.End-second.Start < shortestHalf || !h.pairs.may(h.text.Low[first.Start], length) {
		return false
	}
	a, b := h.word(i), h.word(i+1)
	name, ok := h.pairs.hear(a, b, first.Capital)
	if !ok || h.people[a] || h.people[b] {
		return false
	}
	heard := h.text.Text[h.toks[i].Start:second.End]
	if !h.again(heard) && !h.full() {
		h.add(heard, name, h.toks[i].Start, second.End)
	}
	return true
}

// opensPair reports that a name may begin with the word at i, by its sound.
func (h *hearing) opensPair(i int) bool {
	of := &h.pairOpens[h.toks[i].Number]
	if *of == untold {
		*of = no
		if w := h.word(i); h.pairs.initials[fold(w[0])] && h.pairs.opensWith(w) {
			*of = yes
		}
	}
	return *of == yes
}

// hear is the name that two words sound like together.
func (p *pairs) hear(a, b string, capital bool) (string, bool) {
	var key [longestKey]byte
	name, ok := p.names[string(appendSound(key[:0], a, b))]
	if !ok {
		return "", false
	}
	joined := a + b
	// The name before another word is no name misheard, nor is it when it is
	// written as two words.
	if fold(name[0]) != fold(a[0]) || strings.EqualFold(a, name) || strings.EqualFold(joined, name) {
		return "", false
	}
	limit := mostChangedSplit
	if !capital {
		limit = mostChangedLower
	}
	return name, float64(edits(joined, name)) <= limit*float64(max(len(joined), len(name)))
}
