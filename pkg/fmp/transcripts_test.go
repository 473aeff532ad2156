package fmp_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/fmp"
	"github.com/callrank/callrank/pkg/tests/fmptest"
	"github.com/callrank/callrank/pkg/tests/realcalls"
	"github.com/callrank/callrank/pkg/transcript"
)

// answering is a client of a server that answers each endpoint with a text.
func answering(t *testing.T, answers map[string]string) *fmp.Client {
	t.Helper()
	return ask(t, func(w http.ResponseWriter, r *http.Request) {
		answer, ok := answers[filepath.Base(r.URL.Path)]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = io.WriteString(w, answer)
	})
}

func invented(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return string(b)
}

func TestATranscriptIsTheJSONAsItCame(t *testing.T) {
	t.Parallel()
	want := invented(t, "transcript.json")
	client := ask(t, func(w http.ResponseWriter, r *http.Request) {
		if r.RequestURI != "/stable/earning-call-transcript?quarter=3&symbol=TRVL&year=2025" {
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = io.WriteString(w, want)
	})
	document, err := client.Transcript(t.Context(), "TRVL", 2025, 3)
	require.NoError(t, err)
	require.Equal(t, want, string(document))
	source, err := transcript.Decode(document)
	require.NoError(t, err)
	require.Equal(t, transcript.Facts{Ticker: "TRVL", FiscalYear: 2025, FiscalQuarter: 3, CallDate: "2025-10-21"}, source.Facts)
	require.Contains(t, client.TranscriptURL("TRVL", 2025, 3), "/stable/earning-call-transcript?quarter=3&symbol=TRVL&year=2025")
}

func TestOfSeveralTextsOfACallTheLongestCounts(t *testing.T) {
	t.Parallel()
	client := answering(t, map[string]string{
		"earning-call-transcript": `[{"symbol":"TRVL","content":"Operator: Good"},{"symbol":"TRVL","content":"Operator: Good morning."},{"symbol":"TRVL"}]`,
	})
	document, err := client.Transcript(t.Context(), "TRVL", 2025, 3)
	require.NoError(t, err)
	require.JSONEq(t, `[{"symbol":"TRVL","content":"Operator: Good morning."}]`, string(document))
}

func TestThereMayBeNoTranscript(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"an empty array": `[]`, "null": `null`, "a text that is empty": `[{"symbol":"TRVL","content":" \n"}]`, "no text": `[{"symbol":"TRVL"}]`,
	} {
		client := answering(t, map[string]string{"earning-call-transcript": answer, "earning-call-transcript-dates": `[]`})
		_, err := client.Transcript(t.Context(), "TRVL", 2025, 3)
		require.ErrorIs(t, err, fmp.ErrNone, name)
		_, err = client.TranscriptDates(t.Context(), "TRVL")
		require.ErrorIs(t, err, fmp.ErrNone, name)
	}
}

func TestAnswersOfAnotherFormAreTold(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"an object": `{"symbol":"TRVL"}`, "a number": `7`, "numbers": `[7]`, "fields of another form": `[{"content":7,"fiscalYear":"now"}]`,
	} {
		client := answering(t, map[string]string{
			"earning-call-transcript": answer, "earning-call-transcript-dates": answer, "earning-call-transcript-latest": answer,
		})
		_, err := client.Transcript(t.Context(), "TRVL", 2025, 3)
		require.ErrorIs(t, err, fmp.ErrUnreadable, name)
		_, err = client.TranscriptDates(t.Context(), "TRVL")
		require.ErrorIs(t, err, fmp.ErrUnreadable, name)
		for _, err = range client.LatestTranscripts(t.Context(), 10, 1) {
			require.ErrorIs(t, err, fmp.ErrUnreadable, name)
		}
		require.Error(t, err)
	}
}

func TestCallsOfACompanyAreListedLatestFirst(t *testing.T) {
	t.Parallel()
	client := answering(t, map[string]string{"earning-call-transcript-dates": invented(t, "dates.json")})
	calls, err := client.TranscriptDates(t.Context(), "TRVL")
	require.NoError(t, err)
	require.Equal(t, []fmp.Call{
		{Symbol: "TRVL", FiscalYear: 2025, FiscalQuarter: 3, Date: "2025-10-21"},
		{Symbol: "TRVL", FiscalYear: 2025, FiscalQuarter: 2, Date: "2025-07-22"},
		{Symbol: "TRVL", FiscalYear: 2024, FiscalQuarter: 4, Date: "2025-02-11"},
	}, calls)
}

func TestPeriodsOfTheLatestCallsAreThoseTheyAreAskedBy(t *testing.T) {
	t.Parallel()
	client := answering(t, map[string]string{"earning-call-transcript-latest": invented(t, "latest.json")})
	var calls []fmp.Call
	for call, err := range client.LatestTranscripts(t.Context(), 50, 0) {
		require.NoError(t, err)
		calls = append(calls, call)
	}
	require.Equal(t, []fmp.Call{
		{Symbol: "TRVL", FiscalYear: 2025, FiscalQuarter: 3, Date: "2025-10-21"},
		{Symbol: "ODRA.WA", FiscalYear: 2025, FiscalQuarter: 4, Date: "2025-10-20"},
		{Symbol: "KPTW", FiscalYear: 2026, FiscalQuarter: 2, Date: "2025-10-20"},
		{Symbol: "NIMB", FiscalYear: 2026},
	}, calls)
}

// many is a server's answer of so many calls, page by page.
func many(total int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var page, limit int
		_, _ = fmt.Sscan(r.URL.Query().Get("page"), &page)
		_, _ = fmt.Sscan(r.URL.Query().Get("limit"), &limit)
		calls := []map[string]any{}
		for i := page * limit; i < min((page+1)*limit, total); i++ {
			calls = append(calls, map[string]any{"symbol": fmt.Sprintf("C%d", i), "period": "Q1", "fiscalYear": 2025})
		}
		_ = json.NewEncoder(w).Encode(calls)
	}
}

func TestPagesAreReadAsTheyAreWanted(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ total, limit, pages, stop, calls, requests int }{
		"until a page is short":           {total: 25, limit: 10, calls: 25, requests: 3},
		"until a page is empty":           {total: 20, limit: 10, calls: 20, requests: 3},
		"until there were as many":        {total: 25, limit: 10, pages: 2, calls: 20, requests: 2},
		"until nobody wants more":         {total: 25, limit: 10, stop: 10, calls: 10, requests: 1},
		"none":                            {total: 0, limit: 10, calls: 0, requests: 1},
		"however many are asked for once": {total: 250, limit: 1000, pages: 1, calls: 100, requests: 1},
		"not for ever":                    {total: 1000, limit: 1, calls: fmp.MaxPages, requests: fmp.MaxPages},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requests := 0
			client := ask(t, func(w http.ResponseWriter, r *http.Request) {
				requests++
				many(tc.total)(w, r)
			})
			calls := 0
			for call, err := range client.LatestTranscripts(t.Context(), tc.limit, tc.pages) {
				require.NoError(t, err)
				require.Equal(t, fmt.Sprintf("C%d", calls), call.Symbol)
				if calls++; calls == tc.stop {
					break
				}
			}
			require.Equal(t, tc.calls, calls)
			require.Equal(t, tc.requests, requests)
		})
	}
}

func TestAPageThatFailsEndsThePages(t *testing.T) {
	t.Parallel()
	for status, kind := range map[int]error{http.StatusPaymentRequired: fmp.ErrRefused, http.StatusNotFound: nil} {
		client := ask(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("page") != "0" {
				w.WriteHeader(status)
				return
			}
			many(100)(w, r)
		})
		calls, last := 0, error(nil)
		for _, err := range client.LatestTranscripts(t.Context(), 10, 0) {
			require.NoError(t, last, "an error is the last")
			if last = err; err == nil {
				calls++
			}
		}
		require.Equal(t, 10, calls)
		require.ErrorIs(t, last, kind)
	}
	// That there is no such endpoint at all is no end.
	for _, err := range answering(t, nil).LatestTranscripts(t.Context(), 10, 0) {
		require.ErrorIs(t, err, fmp.ErrNone)
	}
}

func TestOtherListsAreReadIntoTheirOwnForms(t *testing.T) {
	t.Parallel()
	client := answering(t, map[string]string{"ratios": `[{"symbol":"TRVL","currentRatio":1.25}]`})
	type ratios struct {
		Symbol       string      `json:"symbol"`
		CurrentRatio json.Number `json:"currentRatio"`
	}
	list, err := fmp.List[ratios](t.Context(), client, "ratios", url.Values{"symbol": {"TRVL"}})
	require.NoError(t, err)
	require.Equal(t, []ratios{{"TRVL", "1.25"}}, list)
}

func TestRealAnswersAreRead(t *testing.T) {
	t.Parallel()
	const dir = "fixtures/fmp/"
	document := realcalls.Read(t, dir+"earning-call-transcript___symbol=AAPL&year=2020&quarter=3.json")
	client := answering(t, map[string]string{
		"earning-call-transcript":        string(document),
		"earning-call-transcript-dates":  string(realcalls.Read(t, dir+"earning-call-transcript-dates___symbol=AAPL.json")),
		"earning-call-transcript-latest": string(realcalls.Read(t, dir+"earning-call-transcript-latest___page=0&limit=2.json")),
	})
	got, err := client.Transcript(t.Context(), "AAPL", 2020, 3)
	require.NoError(t, err)
	require.Equal(t, document, got)
	source, err := transcript.Decode(got)
	require.NoError(t, err)
	read, err := transcript.Read(source, transcript.Facts{})
	require.NoError(t, err)
	require.Equal(t, "AAPL-2020Q3", read.GetCall().GetId())

	dates, err := client.TranscriptDates(t.Context(), "AAPL")
	require.NoError(t, err)
	require.Len(t, dates, 81)
	require.Equal(t, fmp.Call{Symbol: "AAPL", FiscalYear: 2025, FiscalQuarter: 4, Date: "2025-10-30"}, dates[0])
	for _, call := range dates {
		require.NotEmpty(t, call.Date)
		require.NotZero(t, call.FiscalQuarter)
	}
	var latest []fmp.Call
	for call, err := range client.LatestTranscripts(t.Context(), 2, 1) {
		require.NoError(t, err)
		latest = append(latest, call)
	}
	require.Equal(t, []fmp.Call{
		{Symbol: "GULF", FiscalYear: 2024, FiscalQuarter: 4, Date: "2024-09-28"},
		{Symbol: "PENG", FiscalYear: 2025, FiscalQuarter: 4, Date: "2025-10-08"},
	}, latest)
}

func TestTheServerOfTheTestsAnswersAlike(t *testing.T) {
	t.Parallel()
	server := fmptest.Start(t)
	document := invented(t, "transcript.json")
	server.Add(t, []byte(document))
	config := hasty(server.URL)
	_, err := open(t, config).TranscriptDates(t.Context(), "TRVL")
	require.ErrorIs(t, err, fmp.ErrRefused, "with another key")
	require.NotContains(t, err.Error(), key)

	config.Key = fmptest.Key
	client := open(t, config)
	want := fmp.Call{Symbol: "TRVL", FiscalYear: 2025, FiscalQuarter: 3, Date: "2025-10-21"}
	dates, err := client.TranscriptDates(t.Context(), "TRVL")
	require.NoError(t, err)
	require.Equal(t, []fmp.Call{want}, dates)
	for call, err := range client.LatestTranscripts(t.Context(), 10, 1) {
		require.NoError(t, err)
		require.Equal(t, want, call)
	}
	got, err := client.Transcript(t.Context(), "TRVL", 2025, 3)
	require.NoError(t, err)
	require.Equal(t, document, string(got))
	_, err = client.Transcript(t.Context(), "TRVL", 2024, 3)
	require.ErrorIs(t, err, fmp.ErrNone)
	server.Fail("TRVL", http.StatusServiceUnavailable)
	_, err = client.Transcript(t.Context(), "TRVL", 2025, 3)
	require.ErrorIs(t, err, fmp.ErrPassing)
}
