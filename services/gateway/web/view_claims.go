package web

import (
	"cmp"
	"slices"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// claimGroup are the claims of one orientation in time.
type claimGroup struct {
	Orientation, Heading string
	// Claims are those of AI itself first; Repeats state what another states.
	Claims, Repeats []*callrankv1.Claim
}

// add adds a claim to those of its kind.
func (g *claimGroup) add(claim *callrankv1.Claim) {
	if claim.Repeats != nil {
		g.Repeats = append(g.Repeats, claim)
	} else {
		g.Claims = append(g.Claims, claim)
	}
}

// Count is how many there are.
func (g *claimGroup) Count() int { return len(g.Claims) + len(g.Repeats) }

// groupClaims sorts claims by orientation, in the order of the text. Each group
// is there even when it is empty: that nothing is promised tells something.
func groupClaims(claims []*callrankv1.Claim) []claimGroup {
	groups := []claimGroup{
		{Orientation: callrankv1.OrientationCurrent, Heading: "Current: what is"},
		{Orientation: callrankv1.OrientationForward, Heading: "Forward: what is to come"},
		{Orientation: callrankv1.OrientationPast, Heading: "Past: what has been"},
	}
	var rest []*callrankv1.Claim
	for _, claim := range claims {
		placed := false
		for i := range groups {
			if groups[i].Orientation == claim.GetOrientation() {
				groups[i].add(claim)
				placed = true
			}
		}
		if !placed {
			rest = append(rest, claim)
		}
	}
	for _, group := range groups {
		slices.SortStableFunc(group.Claims, func(a, b *callrankv1.Claim) int {
			return cmp.Compare(relevanceOrder(a), relevanceOrder(b))
		})
	}
	if len(rest) > 0 {
		groups = append(groups, claimGroup{Heading: "When is not told", Claims: rest})
	}
	return groups
}

func relevanceOrder(claim *callrankv1.Claim) int {
	if claim.GetRelevance() == callrankv1.RelevanceCore {
		return 0
	}
	return 1
}
