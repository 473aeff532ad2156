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
			ForClaim: heaviest(r.forClaim(c)), ForCore: heaviest(r.forCore(c)),
			Because: r.why(rd, c),
		})
	}
	return out, nil
}

// forClaim is what was weighed for the first question. Both looks are linear
// but for the words of neighbours, so that what the first one saw counts by its
// weight there times the weight of the first look in the second.
func (r *Rules) forClaim(c *candidate) []Feature {
	return r.weighed(&r.claims.first, c.values, &r.claims.claim, contextNames(), c.context, ctxFirst)
}

// forCore is the same for the second question.
func (r *Rules) forCore(c *candidate) []Feature {
	return r.weighed(&r.claims.firstCore, c.values, &r.claims.core, coreNames(), c.coreContext, coreFirst)
}

func (r *Rules) weighed(first *weigher, values []value, second *weigher, names []string, context []value, carries int) []Feature {
	out := make([]Feature, 0, len(values)+len(context))
	for _, v := range values {
		name := r.claims.names[v.feature]
		out = append(out, Feature{name, r.phrase(name), v.amount, first.weights[v.feature] * second.weights[carries]})
	}
	for _, v := range context {
		if v.feature != carries {
			name := contextPrefix + names[v.feature]
			out = append(out, Feature{name, r.phrase(name), v.amount, second.weights[v.feature]})
		}
	}
	return out
}

// contextPrefix tells the names of the second look from those of the first.
const contextPrefix = "context:"

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

// mostReasons is how many reasons a sentence names.
const mostReasons = 4

// because says the heaviest features that speak for an answer, or against it.
func because(fs []Feature, against bool) string {
	said := make([]string, 0, mostReasons)
	for _, f := range heaviest(fs) {
		if f.Points() > 0 == against || f.Words == "" || slices.Contains(said, f.Words) {
			continue
		}
		if said = append(said, f.Words); len(said) == mostReasons {
			break
		}
	}
	return strings.Join(said, "; ")
}
