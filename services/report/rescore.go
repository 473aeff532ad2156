package report

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Generations prints which generations there are and how far each is.
func Generations(to io.Writer, all *callrankv1.Generations) error {
	t := newTable(plain{to}, "generation", "", "from", "since", "weights", "events", "left", "a second", "time left", "started", "note")
	t.SetColumnConfigs(right(6, 7, 8, 9))
	for _, status := range all.GetGenerations() {
		g := status.GetGeneration()
		t.AppendRow(table.Row{
			g.GetName(), status.GetRole(), fromOf(g), firstOf(minute(g.GetFromTime()), "the beginning"),
			firstOf(g.GetWeightsVersion(), "the workers'"),
			fmt.Sprintf("%d of %d", status.GetDone(), status.GetCalls()), status.GetLeft(),
			Maybe(status.PerSecond, func(v float64) string { return fmt.Sprintf("%.1f", v) }),
			Maybe(status.SecondsLeft, shortly),
			firstOf(minute(g.GetStartedAt()), Dash), noteOf(status),
		})
	}
	t.Render()
	return nil
}

// fromOf is what a generation begins with, and of which other.
func fromOf(g *callrankv1.Generation) string {
	if g.GetBase() == "" || g.GetFromStage() == callrankv1.FromRaw {
		return g.GetFromStage()
	}
	return g.GetFromStage() + " of " + g.GetBase()
}

// noteOf is what else an operator would know.
func noteOf(status *callrankv1.GenerationStatus) string {
	g := status.GetGeneration()
	var notes []string
	var waiting []string
	for _, stage := range status.GetStages() {
		if !stage.GetBegun() {
			waiting = append(waiting, stage.GetStage())
		}
	}
	if len(waiting) > 0 && status.GetRole() == callrankv1.GenerationRescoring {
		notes = append(notes, "no worker yet for "+strings.Join(waiting, ", "))
	}
	if g.GetDedicated() {
		notes = append(notes, "dedicated")
	}
	if took := between(g.GetStartedAt(), g.GetCaughtUpAt()); took > 0 {
		notes = append(notes, "caught up in "+shortly(took.Seconds()))
	}
	if until := g.GetKeepUntil(); until != "" && status.GetRole() == callrankv1.GenerationKept {
		notes = append(notes, "kept until "+minute(until))
	}
	return strings.Join(notes, "; ")
}

func between(from, to string) time.Duration {
	a, err := time.Parse(time.RFC3339Nano, from)
	if err != nil {
		return 0
	}
	b, err := time.Parse(time.RFC3339Nano, to)
	if err != nil {
		return 0
	}
	return b.Sub(a)
}

// minute is a time of RFC 3339 to the minute, in UTC.
func minute(text string) string {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return ""
	}
	return at.UTC().Format("2006-01-02 15:04")
}

// shortly is a number of seconds as people say it.
func shortly(seconds float64) string {
	const most = 100 * 365 * 24 * 3600
	return (time.Duration(math.Ceil(min(seconds, most))) * time.Second).String()
}

// GenerationDiff prints who would move, the first so many companies.
func GenerationDiff(to io.Writer, diff *callrankv1.GenerationDiff, limit int) error {
	p := &printer{to: plain{to}}
	p.printf("from %s to %s: %d of %d companies move, %d are pushed by others, %d stay", diff.GetBefore(), diff.GetAfter(),
		diff.GetMoved(), max(diff.GetRankedBefore(), diff.GetRankedAfter()), diff.GetPushed(), diff.GetSame())
	if diff.GetEntered() > 0 || diff.GetLeft() > 0 {
		p.printf(", %d enter, %d leave", diff.GetEntered(), diff.GetLeft())
	}
	p.printf("\n")
	if len(diff.GetComponents()) > 0 {
		t := newTable(p.to, "component", "points moved", "companies", "does most of")
		t.SetColumnConfigs(right(2, 3, 4))
		for _, c := range diff.GetComponents() {
			t.AppendRow(table.Row{c.GetName(), fmt.Sprintf("%.1f", c.GetPoints()), c.GetCompanies(), c.GetMost()})
		}
		t.Render()
		p.printf("\n")
	}
	if len(diff.GetCompanies()) == 0 {
		return p.err
	}
	t := newTable(p.to, "", "rank", "score", "out of", "by")
	for _, m := range diff.GetCompanies()[:min(limit, len(diff.GetCompanies()))] {
		t.AppendRow(table.Row{
			m.GetTicker(), fromTo(m.RankBefore, m.RankAfter, func(v uint32) string { return fmt.Sprintf("#%d", v) }),
			fromTo(m.ScoreBefore, m.ScoreAfter, func(v float64) string { return fmt.Sprintf("%.1f", v) }),
			fromTo(m.OutOfBefore, m.OutOfAfter, Points), movesOf(m),
		})
	}
	t.Render()
	if more := len(diff.GetCompanies()) - limit; more > 0 {
		p.printf("and %d more\n", more)
	}
	return p.err
}

// fromTo is a value before and after, once if it stays.
func fromTo[V comparable](before, after *V, show func(V) string) string {
	if before != nil && after != nil && *before == *after {
		return show(*after)
	}
	known := func(v *V) string {
		if v == nil {
			return Dash
		}
		return show(*v)
	}
	return known(before) + " → " + known(after)
}

// movesOf names the components that move a company, the furthest three.
func movesOf(m *callrankv1.CompanyMove) string {
	const most = 3
	switch {
	case m.ScoreBefore == nil:
		return "enters"
	case m.ScoreAfter == nil:
		return "leaves"
	}
	var moves []string
	for _, c := range m.GetComponents()[:min(most, len(m.GetComponents()))] {
		moves = append(moves, fmt.Sprintf("%s %s → %s", c.GetName(), Maybe(c.PointsBefore, Points), Maybe(c.PointsAfter, Points)))
	}
	return strings.Join(moves, ", ")
}
