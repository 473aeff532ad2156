package insight

import (
	"math"

	"github.com/callrank/callrank/pkg/quantity"
)

// Bounds of what a call teaches of its own words.
const (
	jargonPrior = 1.0
	mostJargon  = 3.0
	topWords    = 3
)

// learnJargon tells of each sentence how far its words are those of the
// sentences about the theme, in this call: naive Bayes with the sentence itself
// left out.
func (rd *reading) learnJargon() {
	n := rd.cut.Distinct()
	with, without := make([]int32, n), make([]int32, n)
	last := make([]int32, n)
	var themed, rest float64
	for i := range rd.sentences {
		if rd.sentences[i].voice != management {
			continue
		}
		about := rd.aboutIt(i)
		if about {
			themed++
		} else {
			rest++
		}
		for _, w := range rd.wordsOfSentence(i) {
			if last[w.word] == int32(i)+1 {
				continue
			}
			last[w.word] = int32(i) + 1
			if about {
				with[w.word]++
			} else {
				without[w.word]++
			}
		}
	}
	if themed < 2 || rest < 2 {
		return
	}
	rd.language = newLanguage(with, without, themed/(themed+rest))
	for i := range rd.sentences {
		rd.sentences[i].jargon = rd.jargonOf(rd.wordsOfSentence(i), i)
	}
}

// language is what a call teaches of its own words: in how many sentences about
// the theme, and in how many others, each distinct word stands.
type language struct {
	with, without []int32
	share         float64
	// even is the log-odds of a sentence of which nothing is known.
	even float64
	// odds of words, by whose sentence is left out; 0 where they are not told
	// yet, which is as soon as the call is read.
	odds [outs][]float64
}

// Whose sentence is left out of the counts of its own words.
const (
	outNone = iota // nobody counted it
	outThemed
	outRest
	outs
)

func newLanguage(with, without []int32, share float64) language {
	l := language{with: with, without: without, share: share, even: math.Log(share / (1 - share))}
	for out := range l.odds {
		l.odds[out] = make([]float64, len(with))
	}
	return l
}

// out tells whose sentence it is that is left out.
func (rd *reading) out(at int) int {
	switch {
	case rd.sentences[at].voice != management:
		return outNone
	case rd.aboutIt(at):
		return outThemed
	}
	return outRest
}

// oddsOf is the log-odds that a word is of the theme's sentences, its own
// sentence left out.
func (l *language) oddsOf(w int32, out int) float64 {
	if known := l.odds[out][w]; known != 0 {
		return known
	}
	a, b := float64(l.with[w]), float64(l.without[w])
	switch out {
	case outThemed:
		a--
	case outRest:
		b--
	}
	odds := math.Log((a+jargonPrior*l.share)/(b+jargonPrior*(1-l.share))) - l.even
	l.odds[out][w] = odds
	return odds
}

// aboutIt reports a sentence that names the theme.
func (rd *reading) aboutIt(i int) bool {
	return rd.sentences[i].anchor >= aboutTheme
}

// jargon is how far words speak the language of the theme's sentences.
type jargon struct{ sum, top float64 }

func (rd *reading) jargonOf(words []said, at int) jargon {
	var j jargon
	if rd.language.share == 0 {
		return j
	}
	var best [topWords]float64
	out := rd.out(at)
	for _, w := range words {
		o := rd.language.oddsOf(w.word, out)
		j.sum += o
		for k := range best {
			if o > best[k] {
				best[k], o = o, best[k]
			}
		}
	}
	if n := float64(len(words)); n > 0 {
		j.sum = math.Max(-mostJargon, math.Min(mostJargon, 2*j.sum/math.Sqrt(n+4)))
	}
	for _, b := range best {
		j.top += b
	}
	return j
}

// Words around a quantity that belong to it most likely.
const (
	clauseBefore = 8
	clauseAfter  = 5
)

// clause is the words right around a quantity.
func (rd *reading) clause(q *quantity.Quantity, at int) []said {
	words := rd.wordsOfSentence(at)
	before := 0
	for before < len(words) && int(words[before].end) <= q.Start {
		before++
	}
	after := before
	for after < len(words) && int(words[after].start) < q.End {
		after++
	}
	return words[max(0, before-clauseBefore):min(len(words), after+clauseAfter)]
}

// clauseFeatures tell how far the words right around a quantity are those of
// the call's sentences about the theme.
func (rd *reading) clauseFeatures(q *quantity.Quantity, at int, vs []value) []value {
	j := rd.jargonOf(rd.clause(q, at), at)
	return append(vs, value{jargonClause, j.sum}, value{jargonClauseTop, j.top})
}
