package web

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
)

// feedEntry is a change as the feed tells it. The script of the page makes the
// same of the changes that come while it is open.
type feedEntry struct {
	Place  uint64
	Change *callrankv1.RankingChange
	// Up and Down are by how many ranks the company moved.
	Up, Down int
	// Score is from what to what.
	Score string
	// Moved is the component that moved most, with by how much.
	Moved string
	// Gain is by how much the score moved, and what moved it most.
	Gain string
	// Period is that of the call that caused the change.
	Period string
	// Claim is the most telling claim of that call; Words are what it is of.
	Claim *callrankv1.Claim
	Words string
	// Time is when it changed, for people; empty when that is not told.
	Time string
}

func newFeedEntry(announced messaging.Announced) feedEntry {
	c := announced.Change
	e := feedEntry{Place: announced.Sequence, Change: c, Period: report.PeriodOfID(c.GetCallId())}
	if c.RankBefore != nil {
		moved := int(c.GetRankBefore()) - int(c.GetRankAfter())
		e.Up, e.Down = max(0, moved), max(0, -moved)
	}
	e.Score = report.Score(c.GetScoreAfter())
	if c.ScoreBefore != nil {
		e.Score = report.Score(c.GetScoreBefore()) + " → " + e.Score
	}
	e.Moved = movedMost(c.GetComponentsBefore(), c.GetComponentsAfter())
	e.Gain = "new"
	if c.ScoreBefore != nil {
		e.Gain = report.Signed(c.GetScoreAfter()-c.GetScoreBefore(), 1)
	}
	if e.Moved != "" && c.ScoreBefore != nil {
		e.Gain += " (" + e.Moved + ")"
	}
	if claims := c.GetClaims(); len(claims) > 0 {
		e.Claim = claims[0]
		e.Words = claimName(claims[0])
	}
	if at, err := time.Parse(time.RFC3339Nano, c.GetChangedAt()); err == nil {
		e.Time = at.UTC().Format("2 Jan 15:04")
	}
	return e
}

// movedMost names the component that moved most, and by how much: one that
// became known or unknown moved by all it adds.
func movedMost(before, after []*callrankv1.Component) string {
	was := map[string]*callrankv1.Component{}
	for _, component := range before {
		was[component.GetName()] = component
	}
	most, text := 0.0, ""
	for _, component := range after {
		by := component.GetPoints() - was[component.GetName()].GetPoints()
		if math.Abs(by) > most {
			most = math.Abs(by)
			text = plainWord(component.GetName()) + " " + signedPoints(by)
		}
	}
	return text
}

func signedPoints(n float64) string {
	if n > 0 {
		return "+" + report.Points(n)
	}
	return report.Points(n)
}

// claimName names a claim by what it is of and its first figure.
func claimName(claim *callrankv1.Claim) string {
	figure := ""
	if figures := claim.GetFigures(); len(figures) > 0 {
		figure = figures[0].GetText()
	}
	name := strings.TrimSpace(claim.GetSubject() + " " + claim.GetMetric())
	switch {
	case name == "":
		return figure
	case figure == "":
		return name
	}
	return fmt.Sprintf("%s: %s", name, figure)
}
