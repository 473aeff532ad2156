package web

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
)

// rankingView is the ranking page.
type rankingView struct {
	Ranking    *callrankv1.Ranking
	Rebuilding bool
	Rows       []rankingRow
	Components []legendEntry
	Scatter    *scatter
	Feed       []feedEntry
	// Last is the place of the last change that the feed knows of.
	Last uint64
	// Alone tells that only what changes with the ranking is sent.
	Alone bool
	// Offset is how many companies come before; Previous and Next are those of
	// the pages beside, or -1 where there is none.
	Offset, From, To, Previous, Next int
}

// rankingRow is a company in the ranking.
type rankingRow struct {
	*callrankv1.RankingEntry

	Bar   bar
	Spark sparkline
	Gap   dumbbell
	// Market, Uplift and Lead are figures as they are sorted by; Market and
	// Uplift are empty where unknown.
	Market, Uplift, Lead string
}

// legendEntry says what a hue stands for.
type legendEntry struct {
	Name string
	Max  float64
}

func newRankingView(ranking *callrankv1.Ranking, offset int, weights *conviction.Weights) *rankingView {
	entries := ranking.GetEntries()
	v := &rankingView{
		Ranking:    ranking,
		Rebuilding: ranking.GetState() == callrankv1.RankingRebuilding,
		Components: legend(weights),
		Scatter:    newScatter(entries),
		Offset:     offset, From: offset + 1, To: offset + len(entries),
		Previous: -1, Next: -1,
	}
	full := fullScore(weights)
	for _, entry := range entries {
		v.Rows = append(v.Rows, newRankingRow(entry, full))
	}
	if offset > 0 {
		v.Previous = max(0, offset-pageSize)
	}
	if next := offset + pageSize; next < int(ranking.GetRanked()) {
		v.Next = next
	}
	return v
}

func newRankingRow(entry *callrankv1.RankingEntry, full float64) rankingRow {
	const barWidth, barHeight = 168, 10
	return rankingRow{
		RankingEntry: entry,
		Bar:          newBar(entry.GetComponents(), full, barWidth, barHeight),
		Spark:        newSparkline(entry.GetEnthusiasmByCall()),
		Gap:          newDumbbell(entry.GetEnthusiasm(), entry.GetSubstance()),
		Market:       sortable(entry.MarketCap),
		Uplift:       sortable(entry.EpsPct),
		Lead:         strconv.FormatFloat(entry.GetEnthusiasm()-entry.GetSubstance(), 'f', 2, 64),
	}
}

func sortable(n *float64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatFloat(*n, 'g', -1, 64)
}

// legend lists the components with the most that each can add, by the weights
// in force.
func legend(w *conviction.Weights) []legendEntry {
	return []legendEntry{
		{callrankv1.ComponentEnthusiasm, w.Enthusiasm.Max},
		{callrankv1.ComponentTrend, w.Trend.Max},
		{callrankv1.ComponentQuantifies, w.Quantifies.Max},
		{callrankv1.ComponentImpact, w.Impact.Max},
		{callrankv1.ComponentUnderRadar, w.UnderRadar.Max},
		{callrankv1.ComponentCredibility, w.Credibility.Substance + w.Credibility.Hard + w.Credibility.Directness},
		{callrankv1.ComponentConfirmation, w.Confirmation.Insiders + w.Confirmation.Institutions},
	}
}

// fullScore is the score of a company of which everything is known and
// nothing left to wish for.
func fullScore(w *conviction.Weights) float64 {
	full := 0.0
	for _, component := range legend(w) {
		full += component.Max
	}
	return full
}

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
