package insight

import (
	"slices"

	"github.com/callrank/callrank/pkg/words"
)

// wording is some words that stand for one of several classes.
type wording struct {
	words []string
	class int
}

// phrases finds phrases by their first words.
type phrases struct {
	first words.Dictionary
	// opens are, by the number of their first word, the phrases, the longest
	// first.
	opens [][]wording
}

// add adds a phrase that begins with a word as it is printed there.
func (p *phrases) add(first string, ph wording) {
	n := int(p.first.Add(first))
	for n >= len(p.opens) {
		p.opens = append(p.opens, nil)
	}
	p.opens[n] = append(p.opens[n], ph)
	slices.SortStableFunc(p.opens[n], func(a, b wording) int { return len(b.words) - len(a.words) })
}

// from are the phrases that begin with a word. numbers is where the words of the
// text stand in the dictionary.
func (p *phrases) from(w *spoken, numbers []int32) []wording {
	var n int32
	if w.number < 0 {
		n = p.first.Find(w.text)
	} else {
		n = numbers[w.number]
	}
	if n == 0 {
		return nil
	}
	return p.opens[n]
}

// classAt is a class that words [from, to) of a sentence stand for.
type classAt struct{ class, from, to int }
