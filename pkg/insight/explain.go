package insight

import (
	"math"
	"slices"
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Decision tells how a quantity was judged.
type Decision struct {
	// Source is the place of the quantity, Text its words, Quote its sentence.
	Source      *callrankv1.Span
	Text, Quote string
	// Claim: it is a figure of a claim; Relevance is the claim's.
	Claim     bool
	Relevance string
	// ClaimProbability is that it is a figure of a claim, from 0 to 1, and
	// LeastClaim what it has to be at least. CoreProbability and LeastCore are
	// the same for a claim about the theme itself.
	ClaimProbability, LeastClaim float64
	CoreProbability, LeastCore   float64
	// ForClaim is what speaks for and against its being a figure of a claim,
	// ForCore for and against the claim's being about the theme itself, the
	// heaviest first. What weighs nothing is left out.
	ForClaim, ForCore []Feature
	// Because says it in a sentence.
	Because string
}

// Feature is one named thing that speaks for or against a decision.
type Feature struct {
	// Name is what the weights call it, such as "near:usage".
	Name string
	// Words say it to a reader; empty where it means nothing to one.
	Words string
	// Value is how much of it there is.
	Value float64
	// Weight is what each unit of it adds to the log-odds of the decision.
	Weight float64
}

// Points is what the feature adds to the log-odds.
func (f Feature) Points() float64 { return f.Value * f.Weight }

// Explain tells of every quantity in management's speech how it was judged.
// It returns an error when spans do not lie within the text.
func (r *Rules) Explain(text string, t *callrankv1.Transcript) ([]Decision, error) {
	rd, err := r.read(text, t)
	if err != nil {
		return nil, err
	}
	found := r.judged(rd)
	out := make([]Decision, 0, len(found))
	for i := range found {
		c := &found[i]
		s := &rd.sentences[c.sentence]
		out = append(out, Decision{
			Source: spanOf(c.q.Start, c.q.End), Text: rd.folded(c.q.Start, c.q.End), Quote: rd.folded(s.start, s.end),
			Claim: c.taken, Relevance: c.relevance,
			ClaimProbability: probability(c.claim), LeastClaim: r.claims.leastClaim,
			CoreProbability: c.coreProbability(), LeastCore: r.claims.leastCore,
			ForClaim: heaviest(r.claims.forClaim.features(c.values, c.context)),
			ForCore:  heaviest(r.claims.forCore.features(c.values, c.coreContext)),
			Because:  r.why(rd, c),
		})
	}
	return out, nil
}

// heaviest drops what weighs nothing and puts the heaviest first.
func heaviest(fs []Feature) []Feature {
	fs = slices.DeleteFunc(fs, func(f Feature) bool { return f.Points() == 0 })
	slices.SortStableFunc(fs, func(a, b Feature) int {
		switch x, y := math.Abs(a.Points()), math.Abs(b.Points()); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	return fs
}
