package insight

import (
	"slices"
	"strings"
)

// question is one of the two that are asked of every figure: what each feature
// of both looks adds to its answer. Both looks are linear but for the words of
// neighbours, so that what the first one saw counts by its weight there times
// the weight of the first look in the second.
type question struct {
	first, second      []float64
	names, inContext   []string
	phrases, inPhrases []string
	// carries is the feature of the second look that is the first one.
	carries int
}

// contextPrefix tells the names of the second look from those of the first.
const contextPrefix = "context:"

// newQuestion returns one of the two looks' weights, in the order of the names
// of their features, and what phrase says a feature.
func newQuestion(first, second *weigher, names, inContext []string, carries int, phrase func(string) string) question {
	q := question{first: make([]float64, len(names)), second: second.weights, names: names, carries: carries}
	for i, name := range names {
		q.first[i] = first.weights[i] * second.weights[carries]
		q.phrases = append(q.phrases, phrase(name))
	}
	for _, name := range inContext {
		q.inContext = append(q.inContext, contextPrefix+name)
		q.inPhrases = append(q.inPhrases, phrase(contextPrefix+name))
	}
	return q
}

// features names what was weighed, given what both looks saw.
func (q *question) features(values, context []value) []Feature {
	out := make([]Feature, 0, len(values)+len(context))
	for _, v := range values {
		out = append(out, Feature{q.names[v.feature], q.phrases[v.feature], v.amount, q.first[v.feature]})
	}
	for _, v := range context {
		if v.feature != q.carries {
			out = append(out, Feature{q.inContext[v.feature], q.inPhrases[v.feature], v.amount, q.second[v.feature]})
		}
	}
	return out
}

// ground is a feature that speaks for an answer, or against it.
type ground struct {
	name, phrase string
	// points are what it adds to the log-odds, or takes off.
	points float64
}

// Bounds of the sentence that gives reasons.
const (
	mostReasons = 4
	mostGrounds = 64 // of most figures
)

// because says the heaviest features that speak for an answer, or against it;
// those that a reader can be told.
func (q *question) because(values, context []value, against bool) string {
	grounds := make([]ground, 0, mostGrounds)
	add := func(name, phrase string, points float64) {
		if against {
			points = -points
		}
		if points > 0 && phrase != "" {
			grounds = append(grounds, ground{name, phrase, points})
		}
	}
	for _, v := range values {
		add(q.names[v.feature], q.phrases[v.feature], v.amount*q.first[v.feature])
	}
	for _, v := range context {
		if v.feature != q.carries {
			add(q.inContext[v.feature], q.inPhrases[v.feature], v.amount*q.second[v.feature])
		}
	}
	said := make([]string, 0, mostReasons)
	for len(said) < mostReasons {
		best := heaviestGround(grounds, said)
		if best < 0 {
			break
		}
		said = append(said, grounds[best].phrase)
	}
	return strings.Join(said, "; ")
}

// heaviestGround is the index of the heaviest ground that is not said yet, the
// first by name among equals; -1 for none.
func heaviestGround(grounds []ground, said []string) int {
	best := -1
	for i := range grounds {
		g := &grounds[i]
		if best >= 0 && (g.points < grounds[best].points || g.points == grounds[best].points && g.name >= grounds[best].name) {
			continue
		}
		if !slices.Contains(said, g.phrase) {
			best = i
		}
	}
	return best
}
