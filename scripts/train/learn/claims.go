package learn

import (
	"math"
	"slices"

	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/scripts/train/fit"
)

// Ridge penalties. They were chosen by leaving companies out; between half and
// twice these nothing changes by more than noise.
const (
	RidgeClaims   = 8
	RidgeTraits   = 12
	RidgeScores   = 1.0
	RidgeQuestion = 0.5
)

// innerFolds is in how many parts the companies are taken when the second look
// learns: it must see first looks at calls that the first look did not learn
// from.
const innerFolds = 5

// looks are the models of both questions, at both looks.
type looks struct {
	claim, core       *fit.Linear
	claimIn, coreIn   *fit.Linear
	claimRow, coreRow []fit.Row
}

// claims fits the models of both questions to calls.
func (c *Corpus) claims(calls []*example, from *looks) *looks {
	if from == nil {
		from = &looks{}
	}
	out := c.first(calls, from)
	for _, part := range parts(calls) {
		rest := others(calls, part)
		inner := c.first(rest, out)
		for _, e := range part {
			for way := range e.read {
				out.look(&e.read[way], inner)
			}
		}
	}
	out.claimIn = fit.Logistic(out.claimRow, len(insight.ContextNames()), RidgeClaims, nil, from.claimIn)
	out.coreIn = fit.Logistic(out.coreRow, len(insight.CoreContextNames()), RidgeClaims, nil, from.coreIn)
	return out
}

func (c *Corpus) first(calls []*example, from *looks) *looks {
	return &looks{
		claim: c.sensible(rows(calls, isClaim), from.claim),
		core:  fit.Logistic(c.coreRows(calls), c.features, RidgeClaims, c.prior(insight.ModelCore, yes)[0], from.core),
	}
}

// sensible fits the first question, without the features of the theme that would
// go against sense: more of the theme never speaks against a claim.
func (c *Corpus) sensible(list []fit.Row, from *fit.Linear) *fit.Linear {
	for {
		l := fit.Logistic(list, c.features, RidgeClaims, c.prior(insight.ModelClaim, yes)[0], from)
		var against []int
		for i, w := range l.Weights {
			if w < 0 && speaksFor(c.names[i]) {
				against = append(against, i)
			}
		}
		if len(against) == 0 {
			return l
		}
		for i, r := range list {
			list[i].Features = slices.DeleteFunc(slices.Clone(r.Features), func(f fit.Feature) bool { return slices.Contains(against, f.Index) })
		}
		from = nil
	}
}

// speaksFor reports a feature that may only speak for a claim.
func speaksFor(name string) bool {
	switch name {
	case "theme", "anchor", "carried", "asked", "question", "near", "echo":
		return true
	}
	return false
}

// look adds the rows of the second look at a call.
func (l *looks) look(r *read, first *looks) {
	claims, cores := inContext(r, first)
	for i := range r.samples {
		if a, ok := isClaim(r.of[i]); ok {
			l.claimRow = append(l.claimRow, fit.Row{Features: claims[i], Answer: a, Weight: halfWeight})
		}
		if a, ok := isCore(r.of[i]); ok {
			l.coreRow = append(l.coreRow, fit.Row{Features: cores[i], Answer: a, Weight: halfWeight})
		}
	}
}

// inContext is what the second look sees after a first one.
func inContext(r *read, first *looks) (claims, cores [][]fit.Feature) {
	odds, coreOdds := make([]float64, len(r.rows)), make([]float64, len(r.rows))
	for i, fs := range r.rows {
		odds[i], coreOdds[i] = first.claim.Of(fs), first.core.Of(fs)
	}
	a, b := r.engine.InContext(odds, coreOdds)
	claims, cores = make([][]fit.Feature, len(a)), make([][]fit.Feature, len(b))
	for i := range a {
		claims[i], cores[i] = features(a[i]), features(b[i])
	}
	return claims, cores
}

// probabilities are, for each sample, that it is a figure of a claim, and of
// one about the theme itself.
func (l *looks) probabilities(r *read) (claim, core []float64) {
	claims, cores := inContext(r, l)
	claim, core = make([]float64, len(claims)), make([]float64, len(cores))
	for i := range claims {
		claim[i] = probability(l.claimIn.Of(claims[i]))
		core[i] = claim[i] * probability(l.coreIn.Of(cores[i]))
	}
	return claim, core
}

func probability(odds float64) float64 { return 1 / (1 + math.Exp(-odds)) }

// parts takes calls in parts, a company always whole.
func parts(calls []*example) [][]*example {
	place := map[string]int{}
	out := make([][]*example, innerFolds)
	for _, e := range calls {
		if _, ok := place[e.Company]; !ok {
			place[e.Company] = len(place) % innerFolds
		}
		k := place[e.Company]
		out[k] = append(out[k], e)
	}
	return out
}

func others(calls, part []*example) []*example {
	in := make(map[*example]bool, len(part))
	for _, e := range part {
		in[e] = true
	}
	out := make([]*example, 0, len(calls))
	for _, e := range calls {
		if !in[e] {
			out = append(out, e)
		}
	}
	return out
}

// coreRows are the rows of the second question. What is measured and when is
// left out: it tells claims from other figures, and not what they are about.
func (c *Corpus) coreRows(calls []*example) []fit.Row {
	list := rows(calls, isCore)
	for i, r := range list {
		list[i].Features = slices.DeleteFunc(slices.Clone(r.Features), func(f fit.Feature) bool { return c.ofTraits[f.Index] })
	}
	return list
}
