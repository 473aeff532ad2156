package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/pkg/tests/fmptest"
)

// glance is how often it is looked again.
const glance = 5 * time.Millisecond

// fetch runs `callrank fetch` to its end.
func fetch(t *testing.T, source *fmptest.Server, nats string, arguments ...string) (out []string, err error) {
	t.Helper()
	printed, _, err := execute(t, fetchArguments(source, nats, arguments...)...)
	require.NotContains(t, printed, fmptest.Key)
	return strings.FieldsFunc(printed, func(r rune) bool { return r == '\n' }), err
}

func fetchArguments(source *fmptest.Server, nats string, arguments ...string) []string {
	return append([]string{
		"fetch", "--nats", nats, "--fmp-url", source.URL, "--fmp-key", fmptest.Key, "--fmp-rate", "1000000",
	}, arguments...)
}

func TestTheLatestCallOfEachCompanyIsFetched(t *testing.T) {
	t.Parallel()
	source, nats := fmptest.Start(t), startBroker(t)
	calls := quillon(t)
	source.Add(t, calls...)
	source.Add(t, of("ABCD", calls[1]))
	out, err := fetch(t, source, nats, "qlln", "ABCD")
	require.NoError(t, err)
	require.Equal(t, []string{
		"published  ABCD-2026Q3    FMP ABCD 2026Q3",
		"published  QLLN-2026Q4    FMP QLLN 2026Q4",
	}, out, "in the order in which they took place")

	all := published(t, nats, 2)
	require.Equal(t, string(calls[2]), string(all[1].GetDocument()), "the JSON as it came")
	require.Equal(t, source.URL+"earning-call-transcript?quarter=4&symbol=QLLN&year=2026", all[1].GetOrigin())
	require.Nil(t, all[1].Ticker, "as a file with the same document, which is the same transcript")

	out, err = fetch(t, source, nats, "QLLN")
	require.NoError(t, err)
	require.Equal(t, []string{"duplicate  QLLN-2026Q4    FMP QLLN 2026Q4"}, out)
}

func TestCallsSinceADateAreFetchedAndTheCallOnAPeriod(t *testing.T) {
	t.Parallel()
	source, nats := fmptest.Start(t), startBroker(t)
	source.Add(t, quillon(t)...)
	out, err := fetch(t, source, nats, "QLLN", "--since", "2025-12-04")
	require.NoError(t, err)
	require.Equal(t, []string{"published  QLLN-2026Q3    FMP QLLN 2026Q3", "published  QLLN-2026Q4    FMP QLLN 2026Q4"}, out)
	out, err = fetch(t, source, nats, "QLLN", "--period", "2026Q2")
	require.NoError(t, err)
	require.Equal(t, []string{"published  QLLN-2026Q2    FMP QLLN 2026Q2"}, out)
	out, err = fetch(t, source, nats, "QLLN", "--since", "2027-01-01")
	require.NoError(t, err)
	require.Empty(t, out)
}

func TestTheLatestCallsOfAllAreFetched(t *testing.T) {
	t.Parallel()
	source, nats := fmptest.Start(t), startBroker(t)
	calls := quillon(t)
	source.Add(t, calls...)
	source.Add(t, of("ABCD", calls[1]))
	out, err := fetch(t, source, nats, "--latest", "--limit", "1")
	require.NoError(t, err)
	require.Equal(t, []string{"published  QLLN-2026Q4    FMP QLLN 2026Q4"}, out)
	out, err = fetch(t, source, nats, "--latest", "--limit", "1", "--pages", "3", "--since", "2025-12-01")
	require.NoError(t, err)
	require.Equal(t, []string{
		"published  ABCD-2026Q3    FMP ABCD 2026Q3",
		"published  QLLN-2026Q3    FMP QLLN 2026Q3",
		"duplicate  QLLN-2026Q4    FMP QLLN 2026Q4",
	}, out)
}

func TestWhatCannotBeFetchedIsToldAndTheOthersAreDone(t *testing.T) {
	t.Parallel()
	source, nats := fmptest.Start(t), startBroker(t)
	calls := quillon(t)
	source.Add(t, calls[0], []byte(`[{"symbol":"EMPT","period":"Q1","year":2026,"date":"2026-01-05","content":"Buy two pairs of shoes."}]`))
	source.Fail("PRCE", http.StatusPaymentRequired)
	out, err := fetch(t, source, nats, "NONE", "PRCE", "EMPT", "QLLN")
	require.ErrorIs(t, err, errSomeFailed)
	require.ErrorContains(t, err, "3 failed")
	require.Len(t, out, 4)
	require.Equal(t, "failed     FMP NONE: FMP: earning-call-transcript-dates?symbol=NONE: there is none", out[0])
	require.Contains(t, out[1], "failed     FMP PRCE: ")
	require.Contains(t, out[1], "plan")
	require.Equal(t, "published  QLLN-2026Q2    FMP QLLN 2026Q2", out[2])
	require.Contains(t, out[3], "failed     FMP EMPT 2026Q1: read the call: not a transcript: ")
	require.Equal(t, settings.ExitFailed, settings.Exit(err, &strings.Builder{}))
}

func TestAWrongKeyEndsItAtOnceAndIsNotRepeated(t *testing.T) {
	t.Parallel()
	source, nats := fmptest.Start(t), startBroker(t)
	for _, what := range [][]string{{"QLLN", "ABCD"}, {"QLLN", "--period", "2026Q2"}, {"--latest"}, {"--latest", "--every", "1h"}} {
		before := len(source.Requests())
		out, err := fetch(t, source, nats, append(what, "--fmp-key", "wr0ng")...)
		require.ErrorContains(t, err, "CALLRANK_FMP_KEY")
		require.NotContains(t, err.Error(), "wr0ng")
		require.Empty(t, out)
		require.Len(t, source.Requests(), before+1)
	}
}

func TestTheKeyComesFromTheEnvironmentAndIsShownNowhere(t *testing.T) {
	source, nats := fmptest.Start(t), startBroker(t)
	source.Add(t, quillon(t)...)
	_, _, err := execute(t, "fetch", "QLLN")
	require.ErrorContains(t, err, "CALLRANK_FMP_KEY")
	t.Setenv("CALLRANK_FMP_KEY", fmptest.Key)
	out, _, err := execute(t, "fetch", "--nats", nats, "--fmp-url", source.URL, "QLLN")
	require.NoError(t, err)
	require.Contains(t, out, "published")
	for _, help := range [][]string{{"fetch", "--help"}, {"fetch", "QLLN", "--fmp-rate", "0"}} {
		out, problems, err := execute(t, help...)
		require.NotContains(t, out+problems, fmptest.Key)
		if err != nil {
			require.NotContains(t, err.Error(), fmptest.Key)
		}
	}
	for _, request := range source.Requests() {
		require.NotContains(t, request, fmptest.Key)
	}
}

func TestItIsFetchedAgainAndAgain(t *testing.T) {
	t.Parallel()
	source, nats := fmptest.Start(t), startBroker(t)
	calls := quillon(t)
	source.Add(t, calls[0])
	r := runCommand(t, fetchArguments(source, nats, "--latest", "--every", "5ms")...)
	require.Equal(t, "published  QLLN-2026Q2    FMP QLLN 2026Q2", next(t, r.lines))

	// A call whose transcript is listed and not there yet: told once.
	source.Fail("QLLN", http.StatusNotFound)
	source.Add(t, calls[1])
	require.Contains(t, next(t, r.lines), "failed     FMP QLLN 2026Q3")
	seen := len(source.Requests())
	require.Eventually(t, func() bool { return len(source.Requests()) > seen+6 }, arrivalPatience, glance)
	source.Fail("QLLN", http.StatusOK)
	require.Equal(t, "published  QLLN-2026Q3    FMP QLLN 2026Q3", next(t, r.lines))
	require.Empty(t, r.lines)
	r.close(t)

	asked := slices.DeleteFunc(source.Requests(), func(request string) bool { return !strings.Contains(request, "quarter=2") })
	require.Len(t, asked, 1, "what is published is not asked for again")
}

func TestAListThatFailsInPassingIsToldOnceAndAskedForAgain(t *testing.T) {
	t.Parallel()
	source, nats := fmptest.Start(t), startBroker(t)
	source.Add(t, quillon(t)[0])
	// The list is of no symbol in particular.
	source.Fail("", http.StatusNotFound)
	r := runCommand(t, fetchArguments(source, nats, "--latest", "--every", "5ms")...)
	require.Contains(t, next(t, r.lines), "failed     FMP, the latest calls: ")
	seen := len(source.Requests())
	require.Eventually(t, func() bool { return len(source.Requests()) > seen+3 }, arrivalPatience, glance)
	require.Empty(t, r.lines)
	source.Fail("", http.StatusOK)
	require.Contains(t, next(t, r.lines), "published")
	r.close(t)
}

func TestWrongUsageOfFetchIsTold(t *testing.T) {
	t.Parallel()
	for says, arguments := range map[string][]string{
		"or --latest":     {},
		"give no tickers": {"--latest", "QLLN"},
		"not for --lat":   {"--latest", "--period", "2026Q2"},
		"give one":        {"QLLN", "--period", "2026Q2", "--since", "2026-01-01"},
		"not a ticker":    {"not a ticker"},
		"such as 2025Q4":  {"QLLN", "--period", "last"},
		"--since":         {"QLLN", "--since", "yesterday"},
		"--pages 0":       {"--latest", "--pages", "0"},
		"--limit 101":     {"--latest", "--limit", "101"},
		"--every -1s":     {"--latest", "--every", "-1s"},
		"--fmp-key":       {"QLLN"},
	} {
		_, _, err := execute(t, append([]string{"fetch"}, arguments...)...)
		var usage *settings.UsageError
		require.ErrorAs(t, err, &usage, says)
		require.ErrorContains(t, err, says)
	}
}
