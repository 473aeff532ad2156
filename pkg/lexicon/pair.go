package lexicon

import "strings"

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
	// initials and lengths tell most pairs of words apart from all names before
	// their sound is made out.
	initials          [256]bool
	shortest, longest int
}

func newPairs(targets map[string]string) pairs {
	p := pairs{names: map[string]string{}}
	for key, name := range targets {
		if len(key) < surestKey || len(name) < shortestSplit {
			continue
		}
		p.names[key] = name
		p.initials[fold(name[0])] = true
		if p.shortest == 0 || len(name) < p.shortest {
			p.shortest = len(name)
		}
		p.longest = max(p.longest, len(name))
	}
	return p
}

// pairHeard reports that the words at i and i+1 are a name heard as two: "Care
// Looman" for Carelumen.
func (r *reader) pairHeard(i int, known []bool, people map[string]bool, p pairs) (string, bool) {
	if len(p.names) == 0 || i+1 >= len(r.toks) || known[i] || known[i+1] || !r.toks[i+1].bound || r.toks[i+1].begins {
		return "", false
	}
	a, b := r.word(i), r.word(i+1)
	length := len(a) + len(b)
	if len(b) < shortestHalf || !p.initials[fold(a[0])] || length < p.shortest-splitStretch || length > p.longest+splitStretch || people[a] || people[b] {
		return "", false
	}
	joined := a + b
	name, ok := p.names[soundOf(joined)]
	// The name before another word is no name misheard, nor is it when it is
	// written as two words.
	if !ok || fold(name[0]) != fold(a[0]) || strings.EqualFold(a, name) || strings.EqualFold(joined, name) {
		return "", false
	}
	limit := mostChangedSplit
	if !r.toks[i].capital {
		limit = mostChangedLower
	}
	return name, float64(edits(joined, name)) <= limit*float64(max(length, len(name)))
}
