package web

import (
	"html/template"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/leaderboard"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
)

// rankingView is the ranking page.
type rankingView struct {
	Ranking    *callrankv1.Ranking
	Rebuilding bool
	Query      rankingQuery
	Columns    []columnView
	// Sectors are those of the companies ranked, for the filter.
	Sectors []string
	// Matching is how many companies match the filters.
	Matching int
	// Rows are the rows of the table, written.
	Rows       template.HTML
	Components []legendEntry
	Sizes      []sizeView
	Scatter    *scatter
	Feed       []feedEntry
	// Last is the place of the last change that the feed knows of.
	Last uint64
	// Alone tells that only what changes with the ranking is sent.
	Alone bool
	// From and To are the places of the rows among those that match; Previous
	// and Next lead to the pages beside, and are empty where there is none.
	From, To       int
	Previous, Next string
}

// newRankingView shows of a whole ranking what was asked for.
func newRankingView(ranking *callrankv1.Ranking, query rankingQuery, moves map[string]feedEntry, weights *conviction.Weights) *rankingView {
	entries := query.choose(ranking.GetEntries())
	v := &rankingView{
		Ranking:    ranking,
		Rebuilding: ranking.GetState() == callrankv1.RankingRebuilding,
		Query:      query,
		Columns:    query.columns(),
		Sectors:    sectors(ranking.GetEntries()),
		Matching:   len(entries),
		Components: legend(weights),
		Sizes:      sizes(),
		Scatter:    newScatter(entries),
	}
	from := min(query.Offset, len(entries))
	shown := entries[from:min(from+pageSize, len(entries))]
	v.From, v.To = from+1, from+len(shown)
	if query.Offset > 0 {
		v.Previous = query.at(max(0, query.Offset-pageSize))
	}
	if next := from + pageSize; next < len(entries) {
		v.Next = query.at(next)
	}
	v.Rows = writeRows(shown, moves, fullScore(weights))
	return v
}

// sizeView is a size by which companies are filtered.
type sizeView struct{ Name, Words string }

func sizes() []sizeView {
	views := make([]sizeView, 0, len(leaderboard.Sizes))
	for _, name := range leaderboard.Sizes {
		var q client.Query
		// Each of them is one.
		_ = q.OfSize(name)
		words := name + ": from " + report.Money(q.MinMarketCap, "USD")
		if q.MinMarketCap == 0 {
			words = name + ": below " + report.Money(q.MaxMarketCap, "USD")
		}
		views = append(views, sizeView{name, words})
	}
	return views
}

// legendEntry says what a hue stands for.
type legendEntry struct {
	Name string
	Max  float64
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
