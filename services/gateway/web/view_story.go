package web

import (
	"cmp"
	"math"
	"slices"
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// storyView is what a company tells, in figures.
type storyView struct {
	// Since is the change of enthusiasm, and of substance, against the call
	// before.
	Since, ProofSince float64
	// Way is rising, falling or steady; empty without a call before.
	Way string
	// Up and Down are the drivers that raised enthusiasm most, and that lowered
	// it most.
	Up, Down []driverMove
	// Top are the claims that carry most.
	Top []*callrankv1.Claim
}

// driverMove is by how much a driver adds more than in the call before.
type driverMove struct {
	Name string
	By   float64
}

func newStory(latest, previous *callrankv1.CallSummary, now, before *callrankv1.Analysis) *storyView {
	v := &storyView{Top: latest.GetTopClaims()}
	if previous == nil {
		return v
	}
	v.Since = latest.GetEnthusiasm() - previous.GetEnthusiasm()
	v.ProofSince = latest.GetSubstance() - previous.GetSubstance()
	v.Way = way(v.Since)
	if before != nil {
		v.Up, v.Down = driverMoves(now.GetEnthusiasm(), before.GetEnthusiasm())
	}
	return v
}

// way says where a score goes.
func way(by float64) string {
	const steady = 0.05
	switch {
	case by > steady:
		return "rising"
	case by < -steady:
		return "falling"
	}
	return "steady"
}

// driverMoves are the drivers that moved a score most, up and down.
func driverMoves(now, before *callrankv1.Score) (up, down []driverMove) {
	const named, least = 2, 0.05
	was := pointsOf(before)
	moves := make([]driverMove, 0, len(now.GetDrivers()))
	for _, driver := range now.GetDrivers() {
		moves = append(moves, driverMove{driver.GetName(), driver.GetPoints() - was[driver.GetName()]})
	}
	slices.SortStableFunc(moves, func(a, b driverMove) int { return cmp.Compare(math.Abs(b.By), math.Abs(a.By)) })
	for _, move := range moves {
		switch {
		case move.By >= least && len(up) < named:
			up = append(up, move)
		case move.By <= -least && len(down) < named:
			down = append(down, move)
		}
	}
	return up, down
}

func pointsOf(score *callrankv1.Score) map[string]float64 {
	points := map[string]float64{}
	for _, driver := range score.GetDrivers() {
		points[driver.GetName()] = driver.GetPoints()
	}
	return points
}

// linked is a stretch of a text: words, or the id of a claim that is named in
// them.
type linked struct{ Text, Claim string }

// linkClaims finds the claims that a text of ours names by their ids, so that
// they can be followed.
func linkClaims(text string) []linked {
	var parts []linked
	from := 0
	for at := 0; at < len(text); at++ {
		end := at + 1
		for end < len(text) && text[end] >= '0' && text[end] <= '9' {
			end++
		}
		whole := text[at] == 'c' && end > at+2 && (at == 0 || !isWord(text[at-1])) && (end == len(text) || !isWord(text[end]))
		if !whole {
			continue
		}
		if from < at {
			parts = append(parts, linked{Text: text[from:at]})
		}
		parts = append(parts, linked{Claim: text[at:end]})
		from, at = end, end-1
	}
	if from < len(text) {
		parts = append(parts, linked{Text: text[from:]})
	}
	return parts
}

func isWord(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b == '-'
}

// toldArgs are what a text that names claims is printed with.
type toldArgs struct {
	Parts []linked
	Call  string
}

func spelled(text, call string) toldArgs { return toldArgs{linkClaims(strings.TrimSpace(text)), call} }
