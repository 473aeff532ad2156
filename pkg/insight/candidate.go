package insight

import (
	"github.com/callrank/callrank/pkg/quantity"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// candidate is a quantity in management's speech, and what speaks for its
// being a figure of a claim.
type candidate struct {
	q *quantity.Quantity
	// index is that of the quantity, sentence that of its sentence.
	index, sentence int
	// named is the period named nearest to it in its sentence.
	named fiscal
	// said is the index of that sentence among those with candidates.
	said int
	// gauge is what it measures.
	gauge  gauge
	values []value
	// first and firstCore are the log-odds of the two questions at the first
	// look, claim and core those at the second, in context.
	first, firstCore float64
	claim, core      float64
	// context and coreContext are what the second look sees.
	context, coreContext []value
	// taken: it is a figure of a claim; relevance is that claim's.
	taken     bool
	relevance string
}

// candidates weighs every quantity that management speaks, and the publisher's
// summary of it.
func (r *Rules) candidates(rd *reading) []candidate {
	out := make([]candidate, 0, len(rd.quantities))
	times, tenses, periods := r.forward.timing(rd.cut), r.tenses.tensing(rd.cut), rd.periods()
	sentences := make([]timed, 0, len(rd.quantities))
	for i := range rd.quantities {
		q, at := &rd.quantities[i], rd.reckoned[i].sentence
		if at < 0 || q.End > rd.sentences[at].end || !rd.speaks(at) {
			continue
		}
		s := &rd.sentences[at]
		if len(out) == 0 || out[len(out)-1].sentence != at {
			said := times.read(s.start, s.end)
			said.periods = periods.all(said.words)
			said.verbs, said.whens = tenses.read(said.words)
			sentences = append(sentences, said)
		}
		said := len(sentences) - 1
		out = append(out, candidate{
			q: q, index: i, sentence: at, said: said, named: nearest(sentences[said].periods, q.Start-s.start, q.End-s.start),
		})
	}
	r.gauge(rd, out, sentences)
	arena, echo := make([]value, 0, len(out)*typicalFeatures), newEcho(rd)
	for i := range out {
		c, from := &out[i], len(arena)
		arena = r.features(rd, c, echo, &sentences[c.said], arena)
		c.values = arena[from:len(arena):len(arena)]
	}
	return out
}

// judged finds and judges the candidates.
func (r *Rules) judged(rd *reading) []candidate {
	found := r.candidates(rd)
	r.judge(rd, found)
	return found
}

// judge asks both questions of every candidate, twice: alone, and in the
// context of how the others were judged. Where management never says the theme
// there is nothing to claim.
func (r *Rules) judge(rd *reading, found []candidate) {
	for i := range found {
		c := &found[i]
		c.first, c.firstCore = r.claims.first.weigh(c.values), r.claims.firstCore.weigh(c.values)
	}
	contexts, cores := rd.context(found), make([]value, 0, coreFeatures*len(found))
	for i := range found {
		c := &found[i]
		from := len(cores)
		cores = coreContext(found, i, cores)
		c.context, c.coreContext = contexts[i], cores[from:len(cores):len(cores)]
		c.claim, c.core = r.claims.claim.weigh(c.context), r.claims.core.weigh(c.coreContext)
		c.taken = rd.density > 0 && probability(c.claim) >= r.claims.leastClaim
		c.relevance = callrankv1.RelevanceAdjacent
		if c.coreProbability() >= r.claims.leastCore {
			c.relevance = callrankv1.RelevanceCore
		}
	}
}

// coreProbability is the probability that it is a figure of a claim about the
// theme itself.
func (c *candidate) coreProbability() float64 { return probability(c.claim) * probability(c.core) }

// speaks reports a sentence whose figures may be claims.
func (rd *reading) speaks(i int) bool {
	v := rd.sentences[i].voice
	return v == management || v == editor
}
