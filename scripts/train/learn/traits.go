package learn

import (
	"slices"
	"strings"

	"github.com/callrank/callrank/pkg/insight"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/scripts/train/fit"
	"github.com/callrank/callrank/scripts/train/gold"
)

// trait is what a claim is, in one respect.
type trait struct {
	name    string
	answers []string
	of      func(*gold.Claim) string
	// from is the beginnings of the names of the features that it is told from;
	// the rest distracts.
	from []string
}

func traits() []trait {
	what := []string{
		"unit:", "form:", "has:", "count:", "money:", "percent:", "measured", "money&measured", "percent&measured",
		"multiple&measured", "count&measured", "duration&measured", "near:", "next:", "last:", "measure:", "subject",
		"expected", "around:", "section:", "period:", "tense:",
	}
	when := []string{
		"unit:", "form:", "has:", "count:", "money:", "percent:", "measured:", "measured before:", "measured after:",
		"verb", "second verb:", "when", "nature:", "period:", "expected", "around:", "tense:", "section:", "near:", "next:",
		"last:", "measure:",
	}
	return []trait{
		{insight.ChoiceOrientation, []string{
			callrankv1.OrientationPast, callrankv1.OrientationCurrent, callrankv1.OrientationForward,
		}, func(c *gold.Claim) string { return c.Orientation }, when},
		{insight.ChoiceLine, []string{
			callrankv1.LineTop, callrankv1.LineBottom, callrankv1.LineBoth, callrankv1.LineNone,
		}, func(c *gold.Claim) string { return c.Line }, what},
		{insight.ChoiceKind, []string{
			callrankv1.ClaimRevenue, callrankv1.ClaimCost, callrankv1.ClaimProductivity, callrankv1.ClaimEngagement,
			callrankv1.ClaimCapacity, callrankv1.ClaimPricePerformance, callrankv1.ClaimCommitment, callrankv1.ClaimOther,
		}, func(c *gold.Claim) string { return c.Kind }, what},
	}
}

// answer is the index of the reader's answer.
func (t *trait) answer(c *gold.Claim) (int, bool) {
	if c == nil {
		return 0, false
	}
	k := slices.Index(t.answers, t.of(c))
	return k, k >= 0
}

// leastSeen is how many examples must have a feature before a trait learns from
// it.
const leastSeen = 12

// fitTrait fits one model for each answer, together.
func (c *Corpus) fitTrait(t *trait, calls []*example, from []*fit.Linear) []*fit.Linear {
	list := rows(calls, t.answer)
	seen := make([]int, c.features)
	for _, r := range list {
		for _, f := range r.Features {
			seen[f.Index]++
		}
	}
	for i, r := range list {
		list[i].Features = slices.DeleteFunc(slices.Clone(r.Features), func(f fit.Feature) bool {
			return seen[f.Index] < leastSeen || !t.sees(c.names[f.Index])
		})
	}
	return fit.Softmax(list, len(t.answers), c.features, RidgeTraits, c.prior(t.name, t.answers...), from)
}

// sees reports a feature that the trait is told from.
func (t *trait) sees(name string) bool {
	return slices.ContainsFunc(t.from, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}
