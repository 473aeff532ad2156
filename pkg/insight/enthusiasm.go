package insight

import (
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// How many of management's sentences make the opening.
const openingSentences = 60

// tally is what management's speech amounts to.
type tally struct {
	words, themed                int
	weighted                     float64
	intense, superlative, hedged int
	opening, openingThemed       int
	questions, questionsThemed   int
	names                        map[string]struct{}
	figures                      float64
}

// tallyOf counts management's own sentences.
func (r *Rules) tallyOf(rd *reading, found []candidate) tally {
	y := tally{names: map[string]struct{}{}}
	for i := range rd.sentences {
		s := &rd.sentences[i]
		if s.voice != management {
			continue
		}
		y.words += s.words
		y.weighted += s.theme * float64(s.words)
		if y.opening < openingSentences {
			y.opening++
			if s.theme >= aboutTheme {
				y.openingThemed++
			}
		}
		if s.theme < aboutTheme {
			continue
		}
		y.themed++
		y.countWords(rd, s)
	}
	y.figures = r.likelyFigures(rd, found)
	for _, x := range rd.transcript.GetExchanges() {
		y.questions++
		if r.aboutTheme(rd, x) {
			y.questionsThemed++
		}
	}
	return y
}

// likelyFigures is the expected number of figures that management states of the
// theme itself: the sum of their probabilities.
func (r *Rules) likelyFigures(rd *reading, found []candidate) float64 {
	sum := 0.0
	for i := range found {
		c := &found[i]
		if rd.sentences[c.sentence].voice == management {
			sum += c.coreProbability()
		}
	}
	return sum
}

func (y *tally) countWords(rd *reading, s *sentence) {
	for _, h := range s.hits {
		switch g := h.Term.Groups; {
		case g.Has(rd.groups.hedge):
			y.hedged++
		case g.Has(rd.groups.superlative):
			y.superlative++
		case g.Has(rd.groups.intensity):
			y.intense++
		case h.Term.Anchor:
			y.names[h.Term.Name] = struct{}{}
		}
	}
}

// share is n of all, 0 where there are none.
func share(n, all float64) float64 {
	if all == 0 {
		return 0
	}
	return n / all
}

// Half-way marks of drivers that level off.
const (
	halfShare       = 0.03
	halfWording     = 12
	halfBreadth     = 10
	halfFigures     = 12
	halfSuperlative = 6
)

// enthusiasm is how strongly management speaks of the theme, from 0 (not at
// all) to 10. Its drivers are the share of the words, the intensity and the
// superlatives of the wording, the breadth of uses and products named, the
// prominence in the opening and in questions, the momentum in figures, and
// hedging, which only ever lowers it.
func (r *Rules) enthusiasm(rd *reading, found []candidate) *callrankv1.Score {
	if rd.density == 0 {
		return &callrankv1.Score{}
	}
	return score(r.scores.enthusiasm, "mentioned", r.enthusiasmDrivers(rd, found))
}

func (r *Rules) enthusiasmDrivers(rd *reading, found []candidate) []driver {
	y := r.tallyOf(rd, found)
	words := share(y.weighted, float64(y.words))
	intense, superlative := float64(y.intense), float64(y.superlative)
	hedges := share(float64(y.hedged), float64(y.themed))
	return []driver{
		{"share of words", words, saturate(words, halfShare)},
		{"intensity of wording", intense, saturate(intense, halfWording)},
		{"superlatives", superlative, saturate(superlative, halfSuperlative)},
		{"breadth", float64(len(y.names)), saturate(float64(len(y.names)), halfBreadth)},
		{"prominence in the opening", share(float64(y.openingThemed), float64(y.opening)), share(float64(y.openingThemed), float64(y.opening))},
		{"questions about it", share(float64(y.questionsThemed), float64(y.questions)), share(float64(y.questionsThemed), float64(y.questions))},
		{"momentum in figures", y.figures, saturate(y.figures, halfFigures)},
		{"hedging", hedges, min(1, hedges)},
	}
}
