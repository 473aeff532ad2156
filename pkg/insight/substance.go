package insight

import (
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Half-way marks of the drivers of substance.
const (
	halfHard     = 8
	halfSoft     = 8
	halfKinds    = 3
	halfGrowth   = 6
	halfAdjacent = 12
	halfLikely   = 8
)

// substance is how far the talk is tied to measured results, from 0 (no
// number) to 10 (many hard figures on several lines, with growth).
func (r *Rules) substance(rd *reading, found []candidate, claims []*callrankv1.Claim) *callrankv1.Score {
	if rd.density == 0 || len(claims) == 0 {
		return &callrankv1.Score{}
	}
	var hard, soft, growth, adjacent float64
	kinds := map[string]struct{}{}
	for _, c := range claims {
		if c.Repeats != nil || c.GetSection() == callrankv1.SectionTakeaways {
			continue
		}
		if c.GetRelevance() == callrankv1.RelevanceAdjacent {
			adjacent++
			continue
		}
		kinds[c.GetKind()] = struct{}{}
		if hardClaim(c) {
			hard++
		} else {
			soft++
		}
		if c.GetFigures()[0].Comparator != nil {
			growth++
		}
	}
	likely := r.likelyFigures(rd, found)
	return score(r.scores.substance, "a figure", []driver{
		{"revenue, orders and savings", hard, saturate(hard, halfHard)},
		{"usage and other figures", soft, saturate(soft, halfSoft)},
		{"kinds of result", float64(len(kinds)), saturate(float64(len(kinds)), halfKinds)},
		{"growth measured", growth, saturate(growth, halfGrowth)},
		{"business tied to it", adjacent, saturate(adjacent, halfAdjacent)},
		{"figures of the theme", likely, saturate(likely, halfLikely)},
	})
}

// hardClaim reports a claim of money: revenue, orders, cost.
func hardClaim(c *callrankv1.Claim) bool {
	switch c.GetKind() {
	case callrankv1.ClaimRevenue, callrankv1.ClaimCommitment, callrankv1.ClaimCost:
		return true
	}
	return false
}
