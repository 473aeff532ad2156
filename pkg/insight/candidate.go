package insight

import (
	"github.com/callrank/callrank/pkg/quantity"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// candidate is a quantity in management's speech, and what speaks for its
// being a figure of a claim.
type candidate struct {
	q *quantity.Quantity
	// sentence is the index of its sentence.
	sentence int
	values   []value
	// claim and core are the log-odds of the two questions.
	claim, core float64
	// taken: it is a figure of a claim; relevance is that claim's.
	taken     bool
	relevance string
}

// candidates weighs every quantity that management speaks, and the publisher's
// summary of it.
func (r *Rules) candidates(rd *reading) []candidate {
	out := make([]candidate, 0, len(rd.quantities))
	arena := make([]value, 0, len(rd.quantities)*typicalFeatures)
	echo := newEcho(rd)
	for i := range rd.quantities {
		q := &rd.quantities[i]
		at := rd.at(q.Start)
		if at < 0 || q.End > rd.sentences[at].end || !rd.speaks(at) {
			continue
		}
		from := len(arena)
		arena = r.features(rd, q, at, echo, arena)
		c := candidate{q: q, sentence: at, values: arena[from:len(arena):len(arena)]}
		r.decide(rd, &c)
		out = append(out, c)
	}
	return out
}

// speaks reports a sentence whose figures may be claims.
func (rd *reading) speaks(i int) bool {
	v := rd.sentences[i].voice
	return v == management || v == editor
}

// decide asks both questions of a candidate. Where management never says the
// theme there is nothing to claim.
func (r *Rules) decide(rd *reading, c *candidate) {
	c.claim = r.claims.any.weigh(c.values)
	c.core = r.claims.core.weigh(c.values)
	if rd.density == 0 {
		return
	}
	c.taken = c.claim >= r.claims.any.threshold
	c.relevance = callrankv1.RelevanceAdjacent
	if c.core >= r.claims.core.threshold {
		c.relevance = callrankv1.RelevanceCore
	}
}

// Decision tells how a quantity was judged.
type Decision struct {
	// Source is the place of the quantity, Text its words.
	Source *callrankv1.Span
	Text   string
	// Claim: it is a figure of a claim; Relevance is the claim's.
	Claim     bool
	Relevance string
	// ClaimOdds and CoreOdds are the log-odds that it belongs to a claim, and
	// that the claim is about the theme itself.
	ClaimOdds, CoreOdds float64
	// Features are what was weighed. Weight is that of the first question.
	Features []Feature
	// Because names the heaviest reasons.
	Because string
}

// Explain tells of every quantity in management's speech how it was judged.
// It returns an error when spans do not lie within the text.
func (r *Rules) Explain(text string, t *callrankv1.Transcript) ([]Decision, error) {
	rd, err := r.read(text, t)
	if err != nil {
		return nil, err
	}
	found := r.candidates(rd)
	out := make([]Decision, 0, len(found))
	for i := range found {
		c := &found[i]
		d := Decision{
			Source: spanOf(c.q.Start, c.q.End), Text: rd.folded(c.q.Start, c.q.End), Claim: c.taken,
			Relevance: c.relevance, ClaimOdds: c.claim, CoreOdds: c.core, Because: r.why(rd, c),
		}
		for _, v := range c.values {
			d.Features = append(d.Features, Feature{r.claims.names[v.feature], v.amount, r.claims.any.weights[v.feature]})
		}
		out = append(out, d)
	}
	return out, nil
}
