package insight

import (
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Half-way marks of the drivers of substance, in figures.
const (
	halfHard     = 8
	halfSoft     = 12
	halfKinds    = 3
	halfGrowth   = 6
	halfAdjacent = 15
	halfAny      = 1.5
	halfPlenty   = 30
)

// substance is how far the talk is tied to measured results, from 0 (no
// number) to 10 (many hard figures on several lines, with growth).
func (r *Rules) substance(rd *reading, found []candidate, claims []*callrankv1.Claim) *callrankv1.Score {
	if rd.density == 0 || len(claims) == 0 {
		return &callrankv1.Score{}
	}
	return score(r.scores.substance, "", r.substanceDrivers(rd, found))
}

// proof is what management's figures amount to: how many of each sort are to be
// expected, by their probabilities. So a figure just short of counting proves a
// little, and one just above it not all.
type proof struct {
	// any counts all, hard those of money, soft those of what else is measured;
	// ahead are those of money still to come.
	any, hard, soft, ahead, growth, adjacent, kinds float64
}

// proves adds up the figures, each distinct one once.
func (r *Rules) proves(rd *reading, found []candidate) proof {
	var p proof
	seen := make([]bool, rd.distinct)
	kinds, when := &r.traits.kind, &r.traits.orientation
	lacking := make([]float64, len(kinds.answers)) // probability that there is none of the kind
	for i := range lacking {
		lacking[i] = 1
	}
	var kindShares, whenShares []float64
	for i := range found {
		c := &found[i]
		if rd.sentences[c.sentence].voice != management {
			continue
		}
		if same := rd.reckoned[c.index].same; same >= 0 {
			if seen[same] {
				continue
			}
			seen[same] = true
		}
		core := c.coreProbability()
		p.any += core
		p.adjacent += probability(c.claim) - core
		if c.q.Comparator != "" {
			p.growth += core
		}
		whenShares = when.shares(c, whenShares)
		ahead := 0.0
		for k, answer := range when.answers {
			if answer == callrankv1.OrientationForward {
				ahead = whenShares[k]
			}
		}
		kindShares = kinds.shares(c, kindShares)
		for k, kind := range kinds.answers {
			of := core * kindShares[k]
			lacking[k] *= 1 - of
			switch {
			case hardKind(kind):
				p.hard += of * (1 - ahead)
				p.ahead += of * ahead
			case kind != callrankv1.ClaimOther:
				p.soft += of
			}
		}
	}
	for _, l := range lacking {
		p.kinds += 1 - l
	}
	return p
}

func (r *Rules) substanceDrivers(rd *reading, found []candidate) []driver {
	p := r.proves(rd, found)
	return []driver{
		{"any figure", p.any, saturate(p.any, halfAny)},
		{"revenue, orders and savings", p.hard, saturate(p.hard, halfHard)},
		{"the same to come", p.ahead, saturate(p.ahead, halfHard)},
		{"usage and other results", p.soft, saturate(p.soft, halfSoft)},
		{"kinds of result", p.kinds, saturate(p.kinds, halfKinds)},
		{"growth measured", p.growth, saturate(p.growth, halfGrowth)},
		{"business tied to it", p.adjacent, saturate(p.adjacent, halfAdjacent)},
		{"figures in plenty", p.any, saturate(p.any, halfPlenty)},
	}
}

// hardKind reports a kind of claim that is of money: revenue, orders, cost.
func hardKind(kind string) bool {
	switch kind {
	case callrankv1.ClaimRevenue, callrankv1.ClaimCommitment, callrankv1.ClaimCost:
		return true
	}
	return false
}
