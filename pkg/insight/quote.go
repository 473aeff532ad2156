package insight

import (
	"sort"

	"github.com/callrank/callrank/pkg/quantity"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Bounds of what is quoted.
const (
	mostQuotes    = 24
	shortestQuote = 7 // words
	longestQuote  = 90
	mostStrength  = 5.0
	leastStrength = 0.5
)

// firstQuantity is the index of the first quantity at or after the place.
func (rd *reading) firstQuantity(pos int) int {
	return sort.Search(len(rd.quantities), func(i int) bool { return rd.quantities[i].Start >= pos })
}

// around returns the quantities that touch a stretch.
func (rd *reading) around(start, end int) []quantity.Quantity {
	return rd.quantities[max(0, rd.firstQuantity(start)-1):rd.firstQuantity(end)]
}

// quotes are management's sentences that name the theme, the strongest first.
func (r *Rules) quotes(rd *reading) []*callrankv1.Quote {
	var out []*callrankv1.Quote
	for i := range rd.sentences {
		s := &rd.sentences[i]
		if s.voice != management || s.anchor < aboutTheme || s.words < shortestQuote || s.words > longestQuote {
			continue
		}
		strength := r.strengthOf(rd, s)
		if strength < leastStrength {
			continue
		}
		q := &callrankv1.Quote{
			Quote: rd.folded(s.start, s.end), Source: spanOf(s.start, s.end), Section: s.section, Strength: strength,
			Speaker: speakerOf(rd.transcript, rd.transcript.GetTurns()[s.turn]),
		}
		if verifyQuote(rd.text, q, rd.around(s.start, s.end)) == nil {
			out = append(out, q)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].GetStrength() > out[j].GetStrength() })
	return out[:min(len(out), mostQuotes)]
}

// strengthOf is how much conviction a sentence carries, from 0 to 5.
func (r *Rules) strengthOf(rd *reading, s *sentence) float64 {
	var intense, superlative, hedged float64
	for _, h := range s.hits {
		switch g := h.Term.Groups; {
		case g.Has(rd.groups.hedge):
			hedged++
		case g.Has(rd.groups.superlative):
			superlative++
		case g.Has(rd.groups.intensity):
			intense++
		}
	}
	m := r.scores.quote
	sum := m.Bias + m.Weights["names the theme"]*s.anchor + m.Weights["intensity"]*intense +
		m.Weights["superlatives"]*superlative + m.Weights["figures"]*float64(min(rd.figuresIn(s), 3)) +
		m.Weights["hedging"]*hedged
	return round(min(mostStrength, max(0, sum)), 1)
}
