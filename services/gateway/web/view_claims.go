package web

import (
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// claimGroup are the claims of one orientation in time.
type claimGroup struct {
	Orientation, Heading string
	Claims               []*callrankv1.Claim
}

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
				groups[i].Claims = append(groups[i].Claims, claim)
				placed = true
			}
		}
		if !placed {
			rest = append(rest, claim)
		}
	}
	if len(rest) > 0 {
		groups = append(groups, claimGroup{Heading: "When is not told", Claims: rest})
	}
	return groups
}
