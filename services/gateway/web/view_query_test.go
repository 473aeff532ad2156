package web

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/leaderboard"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// fourCompanies are ranked ALDR, BRCH, CEDR, DGWD.
func fourCompanies() *callrankv1.Ranking {
	entry := func(rank uint32, ticker, company, sector string, market float64) *callrankv1.RankingEntry {
		return &callrankv1.RankingEntry{
			Rank: rank, Ticker: ticker, Company: &company, Sector: &sector, MarketCap: &market,
			Score: 100 - 10*float64(rank), OutOf: 100, Call: &callrankv1.Call{Id: new(ticker + "-2025Q4"), CallDate: new("2026-02-03")},
		}
	}
	r := &callrankv1.Ranking{Ranked: 4, State: callrankv1.RankingOpen, Entries: []*callrankv1.RankingEntry{
		entry(1, "ALDR", "Alder Tools, Inc.", "Technology", 300e9), entry(2, "BRCH", "Birch Water", "Utilities", 5e9),
		entry(3, "CEDR", "Cedar Rail", "Industrials", 1e9), entry(4, "DGWD", "Dogwood Water Tech", "Utilities", 0),
	}}
	r.Entries[3].MarketCap = nil
	r.Entries[1].EpsPct, r.Entries[2].EpsPct = new(0.5), new(12.0)
	r.Entries[0].VersusAnalysts, r.Entries[1].VersusAnalysts, r.Entries[2].VersusAnalysts = new("below"), new("above"), new("inline")
	r.Entries[2].Enthusiasm, r.Entries[2].Substance = 5, 9
	r.Entries[3].Call.CallDate = new("2026-03-01")
	r.Entries[3].Stale = true
	return r
}

// inRows are the tickers of the rows, from the top.
func inRows(t *testing.T, v *rankingView) string {
	t.Helper()
	var tickers []string
	elements(t, rendered(t, pageRanking, v), func(node *html.Node) {
		if node.Data == "b" && node.Parent.Parent.Data == "th" {
			tickers = append(tickers, textOf(node))
		}
	})
	return strings.Join(tickers, " ")
}

func TestTheRankingIsSortedSearchedAndFilteredByItsAddress(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"":                                      "ALDR BRCH CEDR DGWD",
		"order=desc":                            "DGWD CEDR BRCH ALDR",
		"sort=company&order=desc":               "DGWD CEDR BRCH ALDR",
		"sort=conviction":                       "ALDR BRCH CEDR DGWD",
		"sort=eps":                              "CEDR BRCH ALDR DGWD",
		"sort=eps&order=asc":                    "BRCH CEDR ALDR DGWD",
		"sort=analysts":                         "BRCH CEDR ALDR DGWD",
		"sort=lead&order=asc":                   "CEDR ALDR BRCH DGWD",
		"sort=market":                           "ALDR BRCH CEDR DGWD",
		"sort=market&order=asc":                 "CEDR BRCH ALDR DGWD",
		"sort=call":                             "DGWD ALDR BRCH CEDR",
		"sort=nonsense&order=up":                "ALDR BRCH CEDR DGWD",
		"q=water":                               "BRCH DGWD",
		"q=WATER+tech":                          "DGWD",
		"q=indus":                               "CEDR",
		"sector=Utilities":                      "BRCH DGWD",
		"sector=Utilities&sort=rank&order=desc": "DGWD BRCH",
		"size=small":                            "CEDR",
		"size=mid":                              "BRCH",
		"size=mega":                             "ALDR",
		"size=large":                            "",
		"current_only=true":                     "ALDR BRCH CEDR",
		"size=vast":                             "ALDR BRCH CEDR DGWD",
		"q=nobody":                              "",
		"offset=-3":                             "ALDR BRCH CEDR DGWD",
	} {
		require.Equal(t, want, inRows(t, rankingOf(fourCompanies(), query)), query)
	}
}

func TestAHeadingSortsAndTurnsAndKeepsTheFilter(t *testing.T) {
	t.Parallel()
	v := rankingOf(fourCompanies(), "q=water&sort=eps")
	require.Equal(t, "descending", v.Columns[5].Sorted)
	require.Equal(t, "/?order=asc&q=water&sort=eps", v.Columns[5].Address)
	require.Equal(t, "/?q=water&sort=market", v.Columns[8].Address)
	require.Equal(t, "/?q=water", v.Columns[0].Address)
	page := rendered(t, pageRanking, v)
	require.Contains(t, page, `<option value="eps" selected>EPS uplift</option>`)
	require.NotContains(t, page, `name="order"`)
	require.Contains(t, rendered(t, pageRanking, rankingOf(fourCompanies(), "order=desc")), `<input type="hidden" name="order" value="desc">`)
	require.Contains(t, text(t, page), "2 of 4")
	require.Contains(t, text(t, rendered(t, pageRanking, rankingOf(fourCompanies(), "q=nobody"))), "None of the 4 companies matches.")
}

func TestAnAddressAsksForWhatItWasMadeOf(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		names := make([]string, 0, 10)
		for _, c := range rankingColumns() {
			names = append(names, c.Name)
		}
		q := rankingQuery{
			Search: rapid.String().Draw(t, "search"), Sector: rapid.String().Draw(t, "sector"),
			Size: rapid.SampledFrom(append([]string{""}, leaderboard.Sizes...)).Draw(t, "size"),
			Sort: rapid.SampledFrom(names).Draw(t, "sort"), Descending: rapid.Bool().Draw(t, "descending"),
			Current: rapid.Bool().Draw(t, "current"), Offset: rapid.IntRange(0, 1000).Draw(t, "offset"),
		}
		address, err := url.Parse(q.address())
		require.NoError(t, err)
		require.Equal(t, q, parseQuery(address.Query()))
	})
}

func TestTheRankingHasPages(t *testing.T) {
	t.Parallel()
	ranking := manyCompanies(1200)
	first := rankingOf(ranking, "")
	require.Equal(t, []any{"", "/?offset=500", 1, 500}, []any{first.Previous, first.Next, first.From, first.To})
	last := rankingOf(ranking, "sort=company&offset=1000")
	require.Equal(t, []any{"/?offset=500&sort=company", "", 1001, 1200}, []any{last.Previous, last.Next, last.From, last.To})
	require.Contains(t, rendered(t, pageRanking, first), `href="/?offset=500"`)
	require.Contains(t, text(t, rendered(t, pageRanking, rankingOf(ranking, "offset=5000"))), "this page lies beyond them")
}

func TestARowSaysWhatMovedIt(t *testing.T) {
	t.Parallel()
	moves := map[string]feedEntry{"BRCH": {Up: 3, Gain: "+4.2 (trend +4)"}, "CEDR": {Down: 2, Gain: "-1.0 (impact -4)"}}
	page := rendered(t, pageRanking, newRankingView(fourCompanies(), parseQuery(nil), moves, conviction.Default()))
	require.Contains(t, page, `<td>2<i class=up>3</i>`)
	require.Contains(t, page, `<small>+4.2 (trend +4)</small>`)
	require.Contains(t, page, `<td>3<i class=down>2</i>`)
	require.Contains(t, page, `<td><i>unknown</i>`)
}

// manyCompanies are as many as they may be on a page, with all there is to
// know of each.
func manyCompanies(n int) *callrankv1.Ranking {
	report := sampleReport()
	r := &callrankv1.Ranking{Ranked: uint32(n), State: callrankv1.RankingOpen}
	for i := range n {
		components := make([]*callrankv1.Component, 0, 7)
		for _, c := range legend(conviction.Default()) {
			components = append(components, component(c.Name, c.Max, new(c.Max*float64(i%7+1)/8)))
		}
		r.Entries = append(r.Entries, &callrankv1.RankingEntry{
			Rank: uint32(i + 1), Ticker: fmt.Sprintf("T%03d", i), Company: new("Alder and Birch Holdings, Inc."), Sector: new("Consumer Cyclical"),
			Score: 90 - float64(i)/20, OutOf: 100, Components: components, Enthusiasm: float64(i%97) / 10, Substance: float64(i%89) / 10,
			EnthusiasmByCall: []float64{5, 6, 7, 6, 5.5, 6.2, 7.1, 8}, Call: report.GetLatest().GetCall(),
			MarketCap: new(1e9 * float64(i+1)), EpsPct: new(float64(i%40) / 3), VersusAnalysts: new("inline"), PricedIn: new("medium"), Calls: 8,
		})
	}
	return r
}

// fiveHundred is the ranking page of five hundred companies, as it is sent.
func fiveHundred(tb testing.TB) []byte {
	tb.Helper()
	p, err := newPages()
	require.NoError(tb, err)
	ranking, moves := manyCompanies(500), map[string]feedEntry{}
	for _, entry := range ranking.GetEntries() {
		moves[entry.GetTicker()] = feedEntry{Up: 2, Gain: "+12.1 (enthusiasm +4.4)"}
	}
	var page bytes.Buffer
	view := newRankingView(ranking, parseQuery(nil), moves, conviction.Default())
	for range feedLength {
		view.Feed = append(view.Feed, feedEntry{Change: &callrankv1.RankingChange{Ticker: "T001", CallId: "T001-2025Q4"}, Score: "45.0 → 46.1", Moved: "enthusiasm +4", Claim: &callrankv1.Claim{Id: "c01"}, Words: "copilot run rate: $40 million"})
	}
	require.NoError(tb, p.templates[pageRanking].ExecuteTemplate(&page, "layout", layout{Title: "Ranking", Here: pageRanking, Body: view}))
	return page.Bytes()
}

func BenchmarkRankingPage(b *testing.B) {
	size := 0
	for b.Loop() {
		size = len(fiveHundred(b))
	}
	b.ReportMetric(float64(size), "bytes")
}
