package web

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/stretchr/testify/require"
	"go.uber.org/zap"
	"golang.org/x/net/html"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// rendered is a page as it is sent.
func rendered(t *testing.T, name string, body any) string {
	t.Helper()
	p, err := newPages()
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, p.templates[name].ExecuteTemplate(&b, "layout", layout{Title: "Title", Here: name, Body: body}))
	return b.String()
}

// elements calls visit for each element of a page.
func elements(t *testing.T, page string, visit func(*html.Node)) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	require.NoError(t, err)
	for node := range root.Descendants() {
		if node.Type == html.ElementNode {
			visit(node)
		}
	}
}

func attribute(node *html.Node, name string) (string, bool) {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func textOf(node *html.Node) string {
	var b strings.Builder
	for child := range node.Descendants() {
		if child.Type == html.TextNode {
			b.WriteString(" " + child.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// text is what a page says, its white space folded.
func text(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	require.NoError(t, err)
	return textOf(root)
}

func TestNoPageNamesAnElementTwice(t *testing.T) {
	t.Parallel()
	text, analysis := sampleCall()
	for name, page := range map[string]string{
		pageCall:    rendered(t, pageCall, newCallView(analysis, text)),
		pageCompany: rendered(t, pageCompany, newCompanyView(sampleReport(), nil, conviction.Default())),
		pageRanking: rendered(t, pageRanking, rankingOf(&callrankv1.Ranking{Ranked: 1, State: callrankv1.RankingOpen, Entries: []*callrankv1.RankingEntry{{Ticker: "ALDR"}}}, "")),
	} {
		seen := map[string]bool{}
		elements(t, page, func(node *html.Node) {
			if id, ok := attribute(node, "id"); ok {
				require.False(t, seen[id], "%s: %s", name, id)
				seen[id] = true
			}
		})
	}
}

// sampleCall is a call of an invented company.
func sampleCall() (string, *callrankv1.Analysis) {
	text := strings.Join([]string{
		"Alder Tools, Inc. (NASDAQ:ALDR) Q4 2025 Earnings Conference Call February 3, 2026 5:00 PM ET",
		"Company Participants", "Mara Quill - Chief Executive Officer",
		"Conference Call Participants", "Ivo Brandt - Larkmere Securities",
		"Operator", "Good afternoon, and welcome to the Alder Tools fourth quarter 2025 earnings call. Mara Quill, please go ahead.",
		"Mara Quill", "Thank you. Our AI copilot now runs at $40 million a year, up 60% from a year ago. It changes how our customers work.",
		"We would like to take your questions.",
		"Question-and-Answer Session",
		"Operator", "The first question comes from Ivo Brandt with Larkmere Securities. Please go ahead.",
		"Ivo Brandt", "Thanks. How much of the growth is AI, and where does it go from here?",
		"Mara Quill", "About half of it. We expect 2 million users of the copilot next year.",
		"Operator", "This concludes the call. You may now disconnect.",
	}, "\n\n")
	span := func(words string) *callrankv1.Span {
		at := strings.Index(text, words)
		return &callrankv1.Span{Start: uint32(at), End: uint32(at + len(words))}
	}
	claim := func(id, quote, figure, orientation string) *callrankv1.Claim {
		return &callrankv1.Claim{
			Id: id, Quote: quote, Source: span(quote), Speaker: "Mara Quill", Section: callrankv1.SectionPrepared,
			Subject: "copilot", Metric: "run rate", Relevance: callrankv1.RelevanceCore, Orientation: orientation,
			Line: callrankv1.LineTop, Kind: callrankv1.ClaimRevenue,
			Figures: []*callrankv1.Figure{{Text: figure, Source: span(figure), Unit: "USD"}},
		}
	}
	question := "How much of the growth is AI, and where does it go from here?"
	return text, &callrankv1.Analysis{
		Call: &callrankv1.Call{
			Id: new("ALDR-2025Q4"), Ticker: new("ALDR"), Company: new("Alder Tools, Inc."),
			FiscalYear: new(int32(2025)), FiscalQuarter: new(int32(4)), CallDate: new("2026-02-03"), Layout: callrankv1.LayoutSeekingAlpha,
		},
		Turns: 7, Words: 90,
		Enthusiasm: &callrankv1.Score{Score: 6.2, Drivers: []*callrankv1.Driver{{Name: "share_of_words", Value: 0.2, Points: 6.4}, {Name: "hedging", Value: 0.1, Points: -0.2}}},
		Substance:  &callrankv1.Score{Score: 4.1},
		Quotes:     []*callrankv1.Quote{{Quote: "It changes how our customers work.", Source: span("It changes how our customers work."), Speaker: "Mara Quill", Strength: 2.5}},
		Claims: []*callrankv1.Claim{
			claim("c01", "Our AI copilot now runs at $40 million a year, up 60% from a year ago.", "$40 million", callrankv1.OrientationCurrent),
			claim("c02", "We expect 2 million users of the copilot next year.", "2 million", callrankv1.OrientationForward),
		},
		Exchanges: []*callrankv1.Exchange{{
			Analyst: "Ivo Brandt", Firm: new("Larkmere Securities"), AboutAi: new(true), Directness: new(0.8),
			Question: &callrankv1.Question{Quote: question, Source: span(question)},
			Answers:  []*callrankv1.Answer{{Speaker: "Mara Quill", Quote: "About half of it.", Source: span("About half of it.")}},
		}},
		Warnings: []*callrankv1.Warning{
			{Code: callrankv1.WarnImplausibleFigure, Message: "half of what is not said", Source: span("About half of it.")},
			{Code: callrankv1.WarnNoDate, Message: "no date was found"},
		},
		Engine: &callrankv1.Engine{Name: "rules", Version: "1"},
	}
}

// sampleReport is a company of which little is known: one call, and no
// fundamentals.
func sampleReport() *callrankv1.CompanyReport {
	_, analysis := sampleCall()
	analysis.Grounding = &callrankv1.Grounding{
		Status: callrankv1.GroundingUnknown, Reason: new("no fundamentals of ALDR are known"),
		Sized: []*callrankv1.SizedClaim{
			{ClaimId: "c01", Method: callrankv1.MethodRunRate, Hard: true, Amount: new(40e6), Family: new("AI revenue")},
			{ClaimId: "c02", Method: callrankv1.MethodUnsized, Why: "use, not money"},
		},
		Families: []*callrankv1.Family{{Name: "AI revenue", ClaimIds: []string{"c01"}, Counted: new("c01")}},
	}
	call := conviction.Summarise(&callrankv1.Provenance{ContentId: "1"}, analysis, 1)
	return &callrankv1.CompanyReport{
		Rank: 2, Ranked: 9, Standing: conviction.Stand("ALDR", []*callrankv1.CallSummary{call}, conviction.Default()), Latest: analysis,
	}
}

func TestEveryLinkToEvidenceLeadsToIt(t *testing.T) {
	t.Parallel()
	text, analysis := sampleCall()
	evidence := map[string]string{}
	elements(t, rendered(t, pageCall, newCallView(analysis, text)), func(node *html.Node) {
		if id, ok := attribute(node, "id"); ok {
			evidence[id] = textOf(node)
		}
	})
	require.Equal(t, "Our AI copilot now runs at $40 million a year, up 60% from a year ago.", evidence["c01"])
	require.Equal(t, "We expect 2 million users of the copilot next year.", evidence["c02"])
	require.Equal(t, "It changes how our customers work.", evidence["q01"])
	require.Equal(t, "How much of the growth is AI, and where does it go from here?", evidence["x01"])

	linked := map[string]bool{}
	elements(t, rendered(t, pageCompany, newCompanyView(sampleReport(), nil, conviction.Default())), func(node *html.Node) {
		href, ok := attribute(node, "href")
		address, err := url.Parse(href)
		require.NoError(t, err)
		if !ok || address.Path != "/calls/ALDR-2025Q4" || address.Fragment == "" {
			return
		}
		require.Contains(t, evidence, address.Fragment)
		linked[address.Fragment] = true
	})
	require.Equal(t, map[string]bool{"c01": true, "c02": true, "q01": true, "x01": true, "x01a1": true, "w01": true}, linked)
}

func TestTheCallIsShownAsItWasRead(t *testing.T) {
	t.Parallel()
	text, analysis := sampleCall()
	v := newCallView(analysis, text)
	require.Empty(t, v.Unread)
	require.Empty(t, v.Elsewhere)
	var told []string
	for _, section := range v.Sections {
		told = append(told, "= "+section.Heading)
		for _, turn := range section.Turns {
			told = append(told, turn.Speaker.GetName())
			if turn.Question != nil {
				told = append(told, "asks about AI")
			}
		}
	}
	require.Equal(t, []string{
		"= Prepared remarks", "Operator", "Mara Quill",
		"= Questions and answers", "Operator", "Ivo Brandt", "asks about AI", "Mara Quill", "Operator",
	}, told)
	page := rendered(t, pageCall, v)
	require.Contains(t, page, `<b class="figure">$40 million</b>`)
	require.Contains(t, page, `<p class="note" role="note"><b>implausible figure</b> half of what is not said</p>`)
	require.Contains(t, page, `<p class="notice"><b>no date</b> no date was found</p>`)
}

func TestEvidenceOutsideOfWhatWasSpokenCanBeLinkedTo(t *testing.T) {
	t.Parallel()
	text, analysis := sampleCall()
	analysis.Claims[1].Source = &callrankv1.Span{Start: 0, End: 5}
	v := newCallView(analysis, text)
	require.Equal(t, []elsewhere{{"c02", "claim", "We expect 2 million users of the copilot next year."}}, v.Elsewhere)
	require.Contains(t, rendered(t, pageCall, v), `<p id="c02">`)
}

func TestWhatIsUnknownIsSaid(t *testing.T) {
	t.Parallel()
	said := text(t, rendered(t, pageCompany, newCompanyView(sampleReport(), nil, conviction.Default())))
	for _, want := range []string{
		"2 of 9", "of 62", "no call before",
		"trend unknown 8 unknown: no call before ALDR-2025Q4",
		"Unknown: no fundamentals of ALDR are known",
		"Unknown: what analysts expect is not known",
		"Unknown: no market data of the company is known",
		"sector unknown · market value unknown",
		"News are unknown", "the call was not grounded", "Past: what has been 0 None.",
	} {
		require.Contains(t, said, want)
	}
}

func TestAClaimSaysWhatItIsWorthOrWhyNot(t *testing.T) {
	t.Parallel()
	v := newCompanyView(sampleReport(), nil, conviction.Default())
	require.Len(t, v.Impact.Hard, 1)
	require.Empty(t, v.Impact.Soft)
	require.Equal(t, "copilot, run rate", v.Impact.Hard[0].Name)
	require.Equal(t, "use, not money", v.Impact.Unsized[0].Why)
	require.Equal(t, 1, v.Impact.UnsizedAll)
	require.Equal(t, []string{"c01"}, []string{v.Impact.Families[0].Members[0].GetClaimId()})
	said := text(t, rendered(t, pageCompany, v))
	require.Contains(t, said, "c01 copilot, run rate $40 million")
	require.Contains(t, said, "Counted: c01 .")
}

func TestAnEmptyRankingSaysHowToFillIt(t *testing.T) {
	t.Parallel()
	empty := &callrankv1.Ranking{State: callrankv1.RankingOpen}
	page := text(t, rendered(t, pageRanking, rankingOf(empty, "")))
	require.Contains(t, page, "callrank up --samples")
	require.NotContains(t, page, "being built again")

	building := &callrankv1.Ranking{State: callrankv1.RankingRebuilding}
	page = text(t, rendered(t, pageRanking, rankingOf(building, "")))
	require.NotContains(t, page, "callrank up --samples")
	require.Contains(t, page, "being built again")
}

// rankingOf is the page of a ranking at an address.
func rankingOf(ranking *callrankv1.Ranking, query string) *rankingView {
	values, err := url.ParseQuery(query)
	if err != nil {
		panic(err)
	}
	return newRankingView(ranking, parseQuery(values), nil, conviction.Default())
}

func TestAChangeIsToldInALine(t *testing.T) {
	t.Parallel()
	points := func(enthusiasm, trend *float64) []*callrankv1.Component {
		return []*callrankv1.Component{
			component(callrankv1.ComponentEnthusiasm, 40, enthusiasm), component(callrankv1.ComponentTrend, 8, trend),
		}
	}
	change := &callrankv1.RankingChange{
		Ticker: "ALDR", CallId: "ALDR-2025Q4", RankBefore: new(uint32(4)), RankAfter: 3, ScoreBefore: new(52.1), ScoreAfter: 58.3,
		ComponentsBefore: points(new(24.0), nil), ComponentsAfter: points(new(28.0), new(2.2)),
		ChangedAt: "2026-02-03T22:15:04.5Z",
		Claims:    []*callrankv1.Claim{{Id: "c01", Subject: "copilot", Metric: "run rate", Figures: []*callrankv1.Figure{{Text: "$40 million"}}}},
	}
	e := newFeedEntry(messaging.Announced{Sequence: 7, Change: change})
	require.Equal(t, "52.1 → 58.3", e.Score)
	require.Equal(t, 1, e.Up)
	require.Equal(t, "enthusiasm +4", e.Moved)
	require.Equal(t, "Q4 FY2025", e.Period)
	require.Equal(t, "copilot run rate: $40 million", e.Words)
	require.Equal(t, "3 Feb 22:15", e.Time)

	view := rankingOf(&callrankv1.Ranking{}, "")
	view.Feed = []feedEntry{e}
	require.Contains(t, text(t, rendered(t, pageRanking, view)), "ALDR 3 1 52.1 → 58.3 3 Feb 22:15 enthusiasm +4 ( Q4 FY2025 ) copilot run rate: $40 million")

	change.RankBefore, change.ScoreBefore, change.ComponentsBefore, change.ChangedAt = nil, nil, nil, "no time"
	e = newFeedEntry(messaging.Announced{Change: change})
	require.Equal(t, []any{"58.3", 0, 0, ""}, []any{e.Score, e.Up, e.Down, e.Time})
	change.ComponentsBefore, change.ComponentsAfter = points(new(28.0), new(8.0)), points(new(28.0), nil)
	require.Equal(t, "trend -8", newFeedEntry(messaging.Announced{Change: change}).Moved)
}

func TestTheMethodologyPrintsTheWeightsInForce(t *testing.T) {
	t.Parallel()
	weights := conviction.Default()
	weights.Version, weights.Enthusiasm.Max, weights.Enthusiasm.PerPoint = "of our own", 50, 5
	weights.UnderRadar.FullAtUSD = 3e9
	said := text(t, rendered(t, pageMethodology, newMethodologyView(weights)))
	for _, want := range []string{
		"version of our own .", "Conviction, 0 to 110", "enthusiasm 50 5 × the enthusiasm", "All up to a market value of $3.0B, nothing from $200B",
		"tax rate 21%", "useful life years 6 years", "over 100% of the growth expected", "Transcripts are read by rules , version",
	} {
		require.Contains(t, said, want)
	}
}

// served answers a request as the gateway does, as far as it wants no store.
func served(t *testing.T, request *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	p, err := newPages()
	require.NoError(t, err)
	s := &Server{Backend: Backend{Log: zap.NewNop(), Weights: conviction.Default()}, pages: p}
	mux := chi.NewMux()
	s.servePages(mux)
	answer := httptest.NewRecorder()
	mux.ServeHTTP(answer, request)
	return answer
}

func TestFilesThatPagesLoadAreKept(t *testing.T) {
	t.Parallel()
	p, err := newPages()
	require.NoError(t, err)
	address, err := p.assets.address("app.css")
	require.NoError(t, err)
	answer := served(t, httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil))
	require.Equal(t, http.StatusOK, answer.Code)
	require.Equal(t, "text/css; charset=utf-8", answer.Header().Get("Content-Type"))
	require.Contains(t, answer.Header().Get("Cache-Control"), "immutable")

	again := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/static/app.css", nil)
	again.Header.Set("If-None-Match", answer.Header().Get("ETag"))
	answer = served(t, again)
	require.Equal(t, http.StatusNotModified, answer.Code)
	require.Equal(t, "no-cache", answer.Header().Get("Cache-Control"))

	require.Equal(t, http.StatusNotFound, served(t, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/static/none.js", nil)).Code)
	_, err = p.assets.address("none.js")
	require.Error(t, err)
}

func TestProblemsHaveAPage(t *testing.T) {
	t.Parallel()
	p, err := newPages()
	require.NoError(t, err)
	s := &Server{Backend: Backend{Log: zap.NewNop()}, pages: p}
	for _, tt := range []struct {
		err    error
		status int
		says   string
	}{
		{fmt.Errorf("NONE: %w", client.ErrNotRanked), http.StatusNotFound, "This company is not in the ranking"},
		{fmt.Errorf("NONE-2025Q4: %w", client.ErrNoCall), http.StatusNotFound, "This call is not in the ranking"},
		{errors.New("connection refused to 10.0.0.7"), http.StatusServiceUnavailable, "The ranking cannot be read now"},
	} {
		answer := httptest.NewRecorder()
		s.showProblem(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/companies/NONE", nil), tt.err)
		require.Equal(t, tt.status, answer.Code)
		require.Contains(t, answer.Body.String(), tt.says)
		require.NotContains(t, answer.Body.String(), "10.0.0.7")
	}
	answer := served(t, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/nowhere", nil))
	require.Equal(t, http.StatusNotFound, answer.Code)
	require.Contains(t, answer.Body.String(), "There is no such page")
	answer = served(t, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/nowhere", nil))
	require.Equal(t, "application/problem+json", answer.Header().Get("Content-Type"))
}

func TestClassNamesAreMadeOfKnownWordsOnly(t *testing.T) {
	t.Parallel()
	require.Equal(t, "under_radar", code(callrankv1.ComponentUnderRadar))
	require.Equal(t, "other", code(`x" onload="`))
	require.Equal(t, "other", sectionCode("x y"))
	require.True(t, slices.Contains([]string{"qa"}, sectionCode(callrankv1.SectionQA)))
}

func BenchmarkCallPage(b *testing.B) {
	p, err := newPages()
	require.NoError(b, err)
	text, analysis := sampleCall()
	text += strings.Repeat("\n\nMara Quill\n\nWe go on, and on, about other things that have nothing to do with it. Thank you.", 600)
	for b.Loop() {
		require.NoError(b, p.templates[pageCall].ExecuteTemplate(&bytes.Buffer{}, "layout", layout{Body: newCallView(analysis, text)}))
	}
	b.SetBytes(int64(len(text)))
}
