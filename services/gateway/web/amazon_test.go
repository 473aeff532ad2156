package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/callrank/callrank/pkg/providers"
	"github.com/callrank/callrank/pkg/tests/realcalls"
)

// filled are the sections of a company's page, each with what has to stand in
// it: what a reader of the page of a similar system finds there, filled, or
// unknown with the reason.
var filled = []struct { //nolint:gochecknoglobals // A table.
	section string
	says    []string
}{
	{"story", []string{"Management talks at", "and proves at", "since Q4 FY2025", "distinct claims with a figure", "in the call before", "What is counted adds", "analysts expect +14.9% and"}},
	{"conviction", []string{"enthusiasm", "trend", "quantifies", "impact", "under radar", "credibility", "confirmation", "40", "market value $2787.9B", "insiders selling (0 to 47)", "by weights"}},
	{"talk", []string{"Enthusiasm", "of 10", "previous", "Substance", "share of words", "momentum in figures", "hedging", "growth measured", "since"}},
	{"impact", []string{
		"Revenue, AI adds", "EPS uplift", "vs analysts", "Priced in", "Confidence", "of 10", "Top line.", "Bottom line.",
		"Base: fiscal year 2025, revenue $717B, net income $77.7B, net margin 10.8%, diluted EPS 7.17", "known on",
		"FY2026", "Expected", "$824B", "$94.7B", "+14.9%", "+22.0%", "+22.6%", "The aggregate, line by line", "The comparison, line by line", "confidence:",
		"Claim by claim", "Hard: tied to money", "run rate", "commitment", "÷ FY2025 revenue $716.924B", "counted under", "Soft: in money", "Soft: no money without inventing a scope",
		"use, not money", "price-performance", "Families", "Counted:", "Assumed", "tax rate", "21%", "incremental net margin", "useful life", "commitment recognised",
	}},
	{"claims", []string{"Current: what is", "Forward: what is to come", "Past: what has been", "core", "adjacent", "topline", "Trainium", "Bedrock", "The call before, Q4 FY2025"}},
	{"market", []string{"Priced in", "Price", "$258.68", "Market value", "$2.79T", "Forward P/E", "29.43", "Trailing P/E", "36.08", "Price to sales", "3.89", "Revisions of estimates unknown", "Options unknown", "Source"}},
	{"catalysts", []string{"still to come", "News are unknown: no source"}},
	{"confirmation", []string{"Insiders selling", "0 purchases and 47 sales on the open market", "Institutions adding", "3216 positions increased and 2314 reduced", "Language of management confident", "Since the call before rising", "the share they hold fell", "Liquidity a proxy good"}},
	{"quotes", []string{"strength", "prepared remarks", "Q1 FY2026", "The call before, Q4 FY2025"}},
	{"questions", []string{"about AI", "directness", "Q1 FY2026", "The call before, Q4 FY2025"}},
	{"trajectory", []string{"Q1 FY2026", "Q4 FY2025", "2026-04-29", "2026-02-05", "EPS uplift"}},
	{"unknown", []string{"revisions of estimates", "news", "options and market structure", "no source that tells it is connected"}},
}

func TestThePageOfAmazonHasEverySection(t *testing.T) {
	t.Parallel()
	documents := []string{
		string(realcalls.Read(t, "seeds/AMZN_2025_Q4.txt")),
		string(realcalls.Read(t, "transcripts/motley_fool_new/AMZN_2026_Q1.txt")),
	}
	h := openHouseOn(t, providers.Files(realcalls.Path(t, "fundamentals")), nil)
	for _, document := range documents {
		answer, body := h.do(t, http.MethodPost, "/api/v1/transcripts", document, map[string]string{"Content-Type": "text/plain; charset=utf-8"})
		require.Equal(t, http.StatusAccepted, answer.StatusCode, body)
	}
	h.settled(t, len(documents))
	answer, body := h.get(t, "/companies/AMZN")
	require.Equal(t, http.StatusOK, answer.StatusCode)
	page := read(t, body)
	for _, part := range filled {
		require.Contains(t, page.ids, part.section)
		for _, words := range part.says {
			require.Contains(t, page.ids[part.section], words, part.section)
		}
	}
	// A dash alone tells nothing: what is unknown says so in words.
	root, err := html.Parse(strings.NewReader(body))
	require.NoError(t, err)
	for node := range root.Descendants() {
		if node.Type == html.ElementNode && (node.Data == "dd" || node.Data == "td") {
			require.NotEqual(t, "–", spoken(node), "what is unknown is said in words")
		}
	}
	// Every number and quote leads to its place in a call.
	h.crawl(t, "/companies/AMZN")
}
