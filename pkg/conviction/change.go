package conviction

import (
	"fmt"
	"math"
	"strings"

	"google.golang.org/protobuf/proto"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Changed tells whether a company's own standing became different: its score,
// what it is out of, a component, or the call it is ranked by. Before is nil
// for a company that was not ranked.
func Changed(before, after *callrankv1.Standing) bool {
	a, b := before.GetConviction(), after.GetConviction()
	if a.GetScore() != b.GetScore() || a.GetOutOf() != b.GetOutOf() || len(a.GetComponents()) != len(b.GetComponents()) {
		return true
	}
	for _, component := range b.GetComponents() {
		if !samePoints(find(a, component.GetName()), component) {
			return true
		}
	}
	return latest(before).GetCall().GetId() != latest(after).GetCall().GetId()
}

// Change describes a change of standing: from what, to what, and why. Cause is
// the call whose arrival caused it. Ranks, how many are ranked, and the time
// are left to who keeps them; the version is that of after.
func Change(before, after *callrankv1.Standing, cause *callrankv1.CallSummary, generation string) *callrankv1.RankingChange {
	change := &callrankv1.RankingChange{
		Ticker: after.GetTicker(), Company: clone(after.Company), Generation: generation, Version: after.GetVersion(),
		ScoreAfter: after.GetConviction().GetScore(), OutOfAfter: after.GetConviction().GetOutOf(),
		CallId: cause.GetCall().GetId(), RankedBy: latest(after).GetCall().GetId(), Why: why(before, after, cause),
	}
	for _, c := range after.GetConviction().GetComponents() {
		change.ComponentsAfter = append(change.ComponentsAfter, proto.CloneOf(c))
	}
	for _, claim := range cause.GetTopClaims() {
		change.Claims = append(change.Claims, proto.CloneOf(claim))
	}
	if b := before.GetConviction(); b != nil {
		change.ScoreBefore, change.OutOfBefore = new(b.GetScore()), new(b.GetOutOf())
		for _, c := range b.GetComponents() {
			change.ComponentsBefore = append(change.ComponentsBefore, proto.CloneOf(c))
		}
	}
	return change
}

func clone(s *string) *string {
	if s == nil {
		return nil
	}
	return new(*s)
}

func latest(s *callrankv1.Standing) *callrankv1.CallSummary {
	if calls := s.GetCalls(); len(calls) > 0 {
		return calls[len(calls)-1]
	}
	return nil
}

func find(c *callrankv1.Conviction, name string) *callrankv1.Component {
	for _, component := range c.GetComponents() {
		if component.GetName() == name {
			return component
		}
	}
	return nil
}

func samePoints(a, b *callrankv1.Component) bool {
	known := func(c *callrankv1.Component) bool { return c != nil && c.Points != nil }
	return known(a) == known(b) && a.GetPoints() == b.GetPoints()
}

// why names the component that moved most, with its reason, and the claims of
// the call that moved it.
func why(before, after *callrankv1.Standing, cause *callrankv1.CallSummary) string {
	var text string
	if before.GetConviction() == nil {
		text = firstRanked(after)
	} else {
		text = moved(before, after)
	}
	if claims := nameClaims(cause.GetTopClaims()); claims != "" {
		text += "; told by " + claims
	}
	return text
}

func firstRanked(after *callrankv1.Standing) string {
	c := after.GetConviction()
	text := fmt.Sprintf("first ranked, by %s: %g of %g", callName(latest(after)), c.GetScore(), c.GetOutOf())
	var most *callrankv1.Component
	for _, component := range c.GetComponents() {
		if most == nil || component.GetPoints() > most.GetPoints() {
			most = component
		}
	}
	if most.GetPoints() > 0 {
		text += fmt.Sprintf(", most of it %s, %g of %g", most.GetName(), most.GetPoints(), most.GetMax())
	}
	return text
}

func moved(before, after *callrankv1.Standing) string {
	var most, was *callrankv1.Component
	furthest := -1.0
	for _, component := range after.GetConviction().GetComponents() {
		old := find(before.GetConviction(), component.GetName())
		if samePoints(old, component) {
			continue
		}
		if distance := math.Abs(component.GetPoints() - old.GetPoints()); distance > furthest {
			furthest, most, was = distance, component, old
		}
	}
	if most == nil {
		return fmt.Sprintf("ranked by %s now; no component moved", callName(latest(after)))
	}
	return fmt.Sprintf("%s from %s to %s: %s", most.GetName(), showPoints(was), showPoints(most), most.GetReason())
}

func showPoints(c *callrankv1.Component) string {
	if c == nil || c.Points == nil {
		return "unknown"
	}
	return fmt.Sprintf("%g of %g", c.GetPoints(), c.GetMax())
}

// nameClaims names the first claims by subject and figures.
func nameClaims(claims []*callrankv1.Claim) string {
	const most = 3
	var names []string
	for _, claim := range claims[:min(most, len(claims))] {
		name := strings.TrimSpace(claim.GetSubject() + " " + claim.GetMetric())
		if figures := claim.GetFigures(); len(figures) > 0 {
			name = strings.TrimSpace(name + " " + figures[0].GetText())
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
