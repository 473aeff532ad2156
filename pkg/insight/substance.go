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
	hard, soft, growth, adjacent, kinds float64
}

// proves adds up the figures, each distinct one once.
func (r *Rules) proves(rd *reading, found []candidate) proof {
	var p proof
	seen := make([]bool, rd.distinct)
	byKind := map[string]float64{}
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
		kind := r.traits.kind.choose([]*candidate{c})
		byKind[kind] = max(byKind[kind], core)
		p.adjacent += probability(c.claim) - core
		if hardKind(kind) {
			p.hard += core
		} else {
			p.soft += core
		}
		if c.q.Comparator != "" {
			p.growth += core
		}
	}
	for _, kind := range r.traits.kind.answers { // in order, so that sums are the same
		p.kinds += byKind[kind]
	}
	return p
}

func (r *Rules) substanceDrivers(rd *reading, found []candidate) []driver {
	p := r.proves(rd, found)
	all := p.hard + p.soft
	return []driver{
		{"any figure", all, saturate(all, halfAny)},
		{"revenue, orders and savings", p.hard, saturate(p.hard, halfHard)},
		{"usage and other figures", p.soft, saturate(p.soft, halfSoft)},
		{"kinds of result", p.kinds, saturate(p.kinds, halfKinds)},
		{"growth measured", p.growth, saturate(p.growth, halfGrowth)},
		{"business tied to it", p.adjacent, saturate(p.adjacent, halfAdjacent)},
		{"figures in plenty", all, saturate(all, halfPlenty)},
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
