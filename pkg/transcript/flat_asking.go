package transcript

import (
	"math"
	"math/bits"
)

// asking tells of each sentence of a slot whether the analyst says it: the
// likeliest sequence of asking and answering, by the cues of the sentences and
// of the changes between them. Whether the first sentence asks is known.
func (h *hearing) asking(s stretch, analyst int, asksFirst bool) []bool {
	found := make([]cues, s.to-s.from)
	for k := range found {
		found[k] = h.cuesOf(s.from+k, analyst)
	}
	first := answering
	if asksFirst {
		first = asking
	}
	return likeliest(found, first)
}

// role is whether a sentence answers or asks.
type role uint8

const (
	answering role = iota
	asking
	numRoles
)

// likeliest finds the sequence of roles that the cues speak for most, by
// dynamic programming over the sentences: time is linear in their number.
func likeliest(found []cues, first role) []bool {
	var best [numRoles]float64 // of the sequences that end with a role
	best[1-first] = math.Inf(-1)
	came := make([][numRoles]role, len(found)) // from which role the best one came
	asked := false
	for k := range found {
		if k > 0 {
			between := changesBetween(found[k-1], found[k], asked)
			stay := best
			for r := range numRoles {
				came[k][r] = r
				if turned := stay[1-r] + changeWeight(r, between); turned > best[r] {
					best[r], came[k][r] = turned, 1-r
				}
			}
		}
		best[asking] += cueWeight(found[k])
		asked = asked || found[k].has(cueQuestionMark)
	}
	last := answering
	if best[asking] > best[answering] {
		last = asking
	}
	asks := make([]bool, len(found))
	for k := len(found) - 1; k >= 0; k-- {
		asks[k] = last == asking
		last = came[k][last]
	}
	return asks
}

// cueWeight is how far the cues of a sentence speak for asking.
func cueWeight(c cues) float64 {
	sum := askingBias
	for ; c != 0; c &= c - 1 {
		sum += askingWeights[bits.TrailingZeros64(uint64(c))]
	}
	return sum
}

// changeWeight is how far a change to a role is likely.
func changeWeight(to role, c changes) float64 {
	weights := &toAnswerWeights
	if to == asking {
		weights = &toQuestionWeights
	}
	sum := 0.0
	for ; c != 0; c &= c - 1 {
		sum += weights[bits.TrailingZeros16(uint16(c))]
	}
	return sum
}
