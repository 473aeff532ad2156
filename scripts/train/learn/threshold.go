package learn

import (
	"math"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// guess is what was found of a call by weights that never saw its company.
type guess struct{ claim, core []float64 }

// Floors are what thresholds must reach, as far as any can: of these the one
// that falls short the most decides.
type Floors struct{ Recall, RecallCore, RecallAdjacent, Precision, PrecisionAll float64 }

// floors is where the engine has to be at least.
var floors = Floors{Recall: 0.80, RecallCore: 0.70, RecallAdjacent: 0.60, Precision: 0.80, PrecisionAll: 0.72}

// Steps of the search.
const (
	leastClaim, mostClaim, claimStep = 0.20, 0.60, 0.01
	leastCore, mostCore, coreStep    = 0.10, 0.60, 0.01
)

// thresholds chooses the least probabilities at which the floors are met best.
func (c *Corpus) thresholds(guesses []guess) Thresholds {
	best, at := math.Inf(-1), Thresholds{}
	for i := 0; leastClaim+float64(i)*claimStep <= mostClaim; i++ {
		for j := 0; leastCore+float64(j)*coreStep <= mostCore; j++ {
			t := Thresholds{Claim: round(leastClaim + float64(i)*claimStep), Core: round(leastCore + float64(j)*coreStep)}
			if m := c.short(guesses, t); m > best {
				best, at = m, t
			}
		}
	}
	return at
}

func round(x float64) float64 { return math.Round(x*100) / 100 }

// foremost is how much heavier it weighs to miss core figures, or to call what
// is none core.
const foremost = 2

// short is how far the floors are met: the sum of what falls short of them,
// below zero, or the least margin above them.
func (c *Corpus) short(guesses []guess, t Thresholds) float64 {
	var f figures
	for i, e := range c.calls {
		f.call(e, guesses[i], t)
	}
	least, missing := math.Inf(1), 0.0
	for _, m := range []struct{ by, weight float64 }{
		{share(f.recall) - floors.Recall, foremost},
		{share(f.precision) - floors.Precision, foremost},
		{share(f.recallCore) - floors.RecallCore, 1},
		{share(f.recallAdjacent) - floors.RecallAdjacent, 1},
		{share(f.precisionAll) - floors.PrecisionAll, 1},
	} {
		least = math.Min(least, m.by)
		missing += m.weight * math.Min(0, m.by)
	}
	if missing < 0 {
		return missing
	}
	return least
}

// figures counts right ones and all.
type figures struct{ recall, recallCore, recallAdjacent, precision, precisionAll [2]int }

func share(n [2]int) float64 { return float64(n[0]) / math.Max(1, float64(n[1])) }

func count(n *[2]int, right bool) {
	n[1]++
	if right {
		n[0]++
	}
}

func (f *figures) call(e *example, g guess, t Thresholds) {
	r := &e.read[known]
	if !r.engine.Spoken() {
		return
	}
	for i := range r.samples {
		if g.claim[i] < t.Claim {
			continue
		}
		count(&f.precisionAll, r.of[i] != nil)
		if g.core[i] >= t.Core {
			count(&f.precision, r.of[i] != nil)
		}
	}
	for k := range e.Figures {
		figure := &e.Figures[k]
		if !figure.Required {
			continue
		}
		found, core := false, false
		for i, s := range r.samples {
			if s.Start < figure.End && figure.Start < s.End && g.claim[i] >= t.Claim {
				found, core = true, core || g.core[i] >= t.Core
			}
		}
		if figure.Claim.Relevance == callrankv1.RelevanceAdjacent {
			count(&f.recallAdjacent, found)
			continue
		}
		count(&f.recall, found)
		count(&f.recallCore, core)
	}
}
