package generation

import (
	"cmp"
	"math"
	"slices"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Diff tells how one generation's ranking differs from another's: who stands
// elsewhere, by how much, and which component does it.
func Diff(before, after *callrankv1.Ranking) *callrankv1.GenerationDiff {
	diff := &callrankv1.GenerationDiff{
		Before: before.GetGeneration(), After: after.GetGeneration(),
		RankedBefore: uint32(len(before.GetEntries())), RankedAfter: uint32(len(after.GetEntries())),
	}
	old := map[string]*callrankv1.RankingEntry{}
	for _, entry := range before.GetEntries() {
		old[entry.GetTicker()] = entry
	}
	for _, entry := range after.GetEntries() {
		was := old[entry.GetTicker()]
		delete(old, entry.GetTicker())
		move := moveOf(was, entry)
		switch {
		case was == nil:
			diff.Entered++
		case len(move.GetComponents()) > 0 || was.GetScore() != entry.GetScore() || was.GetCall().GetId() != entry.GetCall().GetId():
			diff.Moved++
		case was.GetRank() != entry.GetRank():
			diff.Pushed++
		default:
			diff.Same++
			continue
		}
		diff.Companies = append(diff.Companies, move)
	}
	for _, was := range old {
		diff.Left++
		diff.Companies = append(diff.Companies, moveOf(was, nil))
	}
	slices.SortFunc(diff.Companies, furthest)
	diff.Components = shares(diff.GetCompanies())
	return diff
}

// moveOf is how a company stands in one and in the other, of which either may
// not have it.
func moveOf(before, after *callrankv1.RankingEntry) *callrankv1.CompanyMove {
	named := after
	if named == nil {
		named = before
	}
	move := &callrankv1.CompanyMove{Ticker: named.GetTicker(), Company: named.Company}
	if before != nil {
		move.RankBefore, move.ScoreBefore, move.OutOfBefore = new(before.GetRank()), new(before.GetScore()), new(before.GetOutOf())
	}
	if after != nil {
		move.RankAfter, move.ScoreAfter, move.OutOfAfter = new(after.GetRank()), new(after.GetScore()), new(after.GetOutOf())
	}
	if before == nil || after == nil {
		return move
	}
	for _, component := range after.GetComponents() {
		was := componentOf(before, component.GetName())
		same := (was.Points == nil) == (component.Points == nil) && was.GetPoints() == component.GetPoints()
		if same && was.GetMax() == component.GetMax() {
			continue
		}
		move.Components = append(move.Components, &callrankv1.ComponentMove{
			Name: component.GetName(), PointsBefore: was.Points, PointsAfter: component.Points,
			MaxBefore: was.GetMax(), MaxAfter: component.GetMax(),
		})
	}
	slices.SortStableFunc(move.Components, func(a, b *callrankv1.ComponentMove) int {
		return cmp.Compare(math.Abs(distance(b)), math.Abs(distance(a)))
	})
	if len(move.GetComponents()) > 0 {
		move.By = move.GetComponents()[0].GetName()
	}
	return move
}

// componentOf is a company's component of a name; an unknown one where it has
// none.
func componentOf(entry *callrankv1.RankingEntry, name string) *callrankv1.Component {
	for _, component := range entry.GetComponents() {
		if component.GetName() == name {
			return component
		}
	}
	return &callrankv1.Component{Name: name}
}

// distance is by how many points a component moves the score.
func distance(m *callrankv1.ComponentMove) float64 { return m.GetPointsAfter() - m.GetPointsBefore() }

// furthest orders by how far the score moves, then by how far the rank does.
func furthest(a, b *callrankv1.CompanyMove) int {
	score := func(m *callrankv1.CompanyMove) float64 { return math.Abs(m.GetScoreAfter() - m.GetScoreBefore()) }
	rank := func(m *callrankv1.CompanyMove) float64 {
		return math.Abs(float64(m.GetRankAfter()) - float64(m.GetRankBefore()))
	}
	return cmp.Or(cmp.Compare(score(b), score(a)), cmp.Compare(rank(b), rank(a)), cmp.Compare(a.GetTicker(), b.GetTicker()))
}

// shares are what each component does over all companies, the most points first.
func shares(moves []*callrankv1.CompanyMove) []*callrankv1.ComponentShare {
	byName := map[string]*callrankv1.ComponentShare{}
	var all []*callrankv1.ComponentShare
	for _, move := range moves {
		for _, component := range move.GetComponents() {
			share := byName[component.GetName()]
			if share == nil {
				share = &callrankv1.ComponentShare{Name: component.GetName()}
				byName[component.GetName()] = share
				all = append(all, share)
			}
			share.Companies++
			share.Points += math.Abs(distance(component))
			if move.GetBy() == component.GetName() {
				share.Most++
			}
		}
	}
	for _, share := range all {
		// Points have two decimals; sums of them should too.
		share.Points = math.Round(share.GetPoints()*100) / 100
	}
	slices.SortFunc(all, func(a, b *callrankv1.ComponentShare) int {
		return cmp.Or(cmp.Compare(b.GetPoints(), a.GetPoints()), cmp.Compare(a.GetName(), b.GetName()))
	})
	return all
}
