package grounding

import (
	"fmt"
	"slices"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Parts of the confidence in a comparison, 1 to 10. They add up to 10.
const (
	confidenceAtAll      = 1
	confidenceGrowth     = 2
	confidenceBothLines  = 2
	confidenceMargin     = 2
	confidenceFurther    = 2
	confidenceUndisputed = 1
)

// support is what speaks for a comparison.
type support struct {
	// growth: everything counted states its own growth; none of it rests on
	// an assumed share of commitments.
	growth bool
	// margin: the incremental margin is the company's or was set, not the
	// default.
	margin bool
	// further counts the hard claims beside the one that counts.
	further int
	// undisputed: no claim is disputed, and no filed figure contradicts one.
	undisputed bool
}

func supportOf(families []*family, sized []*sizing, checks []*callrankv1.FiledCheck, r rates) support {
	s := support{growth: true, margin: r.margin.origin != byDefault, further: furtherHard(sized), undisputed: undisputed(sized, checks)}
	for _, f := range families {
		if f.counted != nil && f.group == groupRevenue {
			s.growth = s.growth && f.counted.uplift.Valid
			s.margin = s.margin || f.counted.margin.origin != byDefault
		}
	}
	return s
}

// furtherHard counts the hard claims beside the first, each once however often
// it is repeated.
func furtherHard(sized []*sizing) int {
	hard := 0
	for _, s := range sized {
		if s.mayCount() && s.spoken.claim.GetRepeats() == "" {
			hard++
		}
	}
	return max(0, hard-1)
}

func undisputed(sized []*sizing, checks []*callrankv1.FiledCheck) bool {
	disputed := slices.ContainsFunc(sized, func(s *sizing) bool { return len(s.spoken.claim.GetDisputed()) > 0 })
	contradicted := slices.ContainsFunc(checks, func(c *callrankv1.FiledCheck) bool { return !c.GetAgrees() })
	return !disputed && !contradicted
}

// confidence adds up the parts, with a line for each.
func (s support) confidence(bothLines bool) (uint32, []string) {
	points := confidenceAtAll
	lines := []string{fmt.Sprintf("confidence: %d for a comparison at all", confidenceAtAll)}
	add := func(holds bool, n int, yes, no string) {
		if !holds {
			lines = append(lines, "confidence: + 0, "+no)
			return
		}
		points += n
		lines = append(lines, fmt.Sprintf("confidence: + %d, %s", n, yes))
	}
	add(s.growth, confidenceGrowth, "what is counted states its own growth", "part of what is counted rests on an assumed share of commitments")
	add(bothLines, confidenceBothLines, "revenue and net income can both be compared", "only one line can be compared")
	add(s.margin, confidenceMargin, "the incremental margin is the company's own", "the incremental margin is the default")
	add(s.further > 0, min(s.further, confidenceFurther), fmt.Sprintf("%d further hard claims", s.further), "no further hard claim")
	add(s.undisputed, confidenceUndisputed, "no figure is disputed", "a figure is disputed")
	lines = append(lines, fmt.Sprintf("confidence: = %d of 10", points))
	return uint32(points), lines
}
