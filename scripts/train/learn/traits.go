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
	// near: it is told by what stands near the figure; the rest distracts.
	near bool
}

func traits() []trait {
	return []trait{
		{insight.ChoiceOrientation, []string{
			callrankv1.OrientationPast, callrankv1.OrientationCurrent, callrankv1.OrientationForward,
		}, func(c *gold.Claim) string { return c.Orientation }, true},
		{insight.ChoiceLine, []string{
			callrankv1.LineTop, callrankv1.LineBottom, callrankv1.LineBoth, callrankv1.LineNone,
		}, func(c *gold.Claim) string { return c.Line }, false},
		{insight.ChoiceKind, []string{
			callrankv1.ClaimRevenue, callrankv1.ClaimCost, callrankv1.ClaimProductivity, callrankv1.ClaimEngagement,
			callrankv1.ClaimCapacity, callrankv1.ClaimPricePerformance, callrankv1.ClaimCommitment, callrankv1.ClaimOther,
		}, func(c *gold.Claim) string { return c.Kind }, false},
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
			return seen[f.Index] < leastSeen || t.near && !isNear(c.names[f.Index])
		})
	}
	return fit.Softmax(list, len(t.answers), c.features, RidgeTraits, from)
}

// isNear reports a feature of what stands near the figure, and not of what
// stands far or tells whether it is about the theme.
func isNear(name string) bool {
	for _, prefix := range [...]string{"before:", "sentence:", "subject", "jargon", "question"} {
		if strings.HasPrefix(name, prefix) {
			return false
		}
	}
	return true
}
