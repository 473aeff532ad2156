package system_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/tests/fmptest"
)

// untold is a text that tells neither its company nor its period.
func untold(t *testing.T) string {
	t.Helper()
	return sample(t, "OSTG_2025Q2.txt")
}

// quillon is a transcript in the form of Financial Modeling Prep, as if it were
// of another company.
func quillon(t *testing.T, symbol string) []byte {
	t.Helper()
	return []byte(strings.Replace(sample(t, "QLLN_2026Q2.json"), `"symbol": "QLLN"`, `"symbol": "`+symbol+`"`, 1))
}

// post posts a transcript to the gateway.
func (u *up) post(t *testing.T, kind, body string, headers map[string]string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, u.http+"/api/v1/transcripts", strings.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Content-Type", kind)
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusAccepted, response.StatusCode)
}

func TestATranscriptArrivesHoweverItIsSent(t *testing.T) {
	t.Parallel()
	u := startUp(t, t.TempDir())
	nc, err := nats.Connect(u.nats)
	require.NoError(t, err)
	defer nc.Close()
	send := func(subject, body string, headers map[string]string) {
		m := nats.NewMsg(subject)
		m.Data = []byte(body)
		for name, value := range headers {
			m.Header[name] = []string{value}
		}
		require.NoError(t, nc.PublishMsg(m))
	}
	inJSON := func(ticker string) string {
		b, err := json.Marshal(map[string]any{"text": untold(t), "ticker": ticker, "fiscal_year": 2025, "fiscal_quarter": 2})
		require.NoError(t, err)
		return string(b)
	}
	publish := func(in string, arguments ...string) {
		out, problems, code := runWith(t, in, nil, append([]string{"publish", "--data", u.data}, arguments...)...)
		require.Zero(t, code, problems)
		require.Contains(t, out, "published")
	}
	period := map[string]string{"callrank-fiscal-year": "2025", "callrank-fiscal-quarter": "2"}
	ways := map[string]func(ticker string){
		"FILE": func(ticker string) {
			file := filepath.Join(t.TempDir(), "call.txt")
			require.NoError(t, os.WriteFile(file, []byte(untold(t)), 0o600))
			publish("", "--ticker", ticker, "--period", "2025Q2", file)
		},
		"STDIN":    func(ticker string) { publish(untold(t), "--ticker", ticker, "--period", "2025Q2", "-") },
		"HTTPTEXT": func(ticker string) { u.post(t, "text/plain", untold(t), with(period, "callrank-ticker", ticker)) },
		"HTTPJSON": func(ticker string) { u.post(t, "application/json", inJSON(ticker), nil) },
		"NATSTEXT": func(ticker string) { send("calls.ended."+ticker, untold(t), period) },
		"NATSHEAD": func(ticker string) { send("calls.ended._", untold(t), with(period, "callrank-ticker", ticker)) },
		"NATSTYPE": func(ticker string) {
			send("calls.ended."+ticker, untold(t), with(period, "content-type", "text/plain; charset=utf-8"))
		},
		"NATSJSON": func(ticker string) {
			send("calls.ended._", inJSON(ticker), map[string]string{"content-type": "application/json"})
		},
		"NATSFMP": func(ticker string) {
			send("calls.ended._", string(quillon(t, ticker)), map[string]string{"content-type": "application/json"})
		},
	}
	tickers := make([]string, 0, len(ways)+1)
	for way, arrive := range ways {
		arrive(way)
		tickers = append(tickers, way)
	}
	// A text that tells all needs no word beside it, and no header.
	send("calls.ended._", sample(t, "HLYD_2026Q1.txt"), nil)
	require.NoError(t, nc.Flush())
	tickers = append(tickers, "HLYD")

	r := awaitCalls(t, u.open(t), len(tickers))
	arrived := make([]string, 0, len(tickers))
	for _, entry := range r.GetEntries() {
		arrived = append(arrived, entry.GetTicker())
	}
	slices.Sort(arrived)
	slices.Sort(tickers)
	require.Equal(t, tickers, arrived)
	out, _, _ := run(t, "dead", "list", "--data", u.data)
	require.Equal(t, "No dead letters.\n", out)
}

// with is some headers and one more.
func with(headers map[string]string, name, value string) map[string]string {
	all := maps.Clone(headers)
	all[name] = value
	return all
}

func TestTranscriptsAreFetchedAndRanked(t *testing.T) {
	t.Parallel()
	u, source := startUp(t, t.TempDir()), fmptest.Start(t)
	source.Add(t, quillon(t, "AAAA"), quillon(t, "BBBB"))
	fetch := func(more ...string) []string {
		return append([]string{"fetch", "--data", u.data, "--fmp-url", source.URL, "--fmp-rate", "100000"}, more...)
	}
	with := func(key string) []string { return []string{"CALLRANK_FMP_KEY=" + key} }

	source.Stumble("AAAA", http.StatusServiceUnavailable)
	out, problems, code := runWith(t, "", with(fmptest.Key), fetch("AAAA", "NONE")...)
	require.Equal(t, 1, code)
	require.Contains(t, out, "published  AAAA-2026Q2    FMP AAAA 2026Q2\n")
	require.Contains(t, out, "failed     FMP NONE")
	require.Contains(t, problems, "asking again")
	require.Contains(t, problems, "callrank: not every file could be worked on: 1 failed")
	require.NotContains(t, out+problems, fmptest.Key)

	out, problems, code = runWith(t, "", with("wr0ng"), fetch("--latest")...)
	require.Equal(t, 1, code)
	require.Contains(t, problems, "CALLRANK_FMP_KEY")
	require.Len(t, lines(problems), 1)
	require.NotContains(t, out+problems, "wr0ng")
	_, problems, code = runWith(t, "", with(""), fetch("--latest")...)
	require.Equal(t, 2, code)
	require.Contains(t, problems, "CALLRANK_FMP_KEY")

	going := start(t, "callrank", fetch("--latest", "--every", "50ms", "--fmp-key", fmptest.Key)...)
	going.says(t, `published  (BBBB-2026Q2)`)
	awaitCalls(t, u.open(t), 2)
	require.Zero(t, going.interrupt(t))
}

func TestAWatchedDirectoryFeedsTheRanking(t *testing.T) {
	t.Parallel()
	u, inbox := startUp(t, t.TempDir()), t.TempDir()
	place := func(name string, document []byte) {
		require.NoError(t, os.WriteFile(filepath.Join(inbox, ".half"), document, 0o600))
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(inbox, name)), 0o700))
		require.NoError(t, os.Rename(filepath.Join(inbox, ".half"), filepath.Join(inbox, name)))
	}
	place("a.json", quillon(t, "AAAA"))
	watching := start(t, "callrank", "publish", "--watch", "--settle", "50ms", "--data", u.data, inbox)
	watching.says(t, `published  (AAAA-2026Q2)`)
	place("2026/q2/b.json", quillon(t, "BBBB"))
	watching.says(t, `published  (BBBB-2026Q2)`)
	place("c.txt", []byte("Roses are red."))
	watching.says(t, `failed     (\S+c.txt)`)
	place("c.txt", quillon(t, "CCCC"))
	watching.says(t, `published  (CCCC-2026Q2)`)
	awaitCalls(t, u.open(t), 3)
	require.Zero(t, watching.interrupt(t))

	gone := start(t, "callrank", "publish", "--watch", "--data", u.data, inbox)
	gone.says(t, `duplicate  (AAAA-2026Q2)`)
	require.NoError(t, os.RemoveAll(inbox))
	gone.await(t)
	require.Equal(t, 1, gone.command.ProcessState.ExitCode())
	gone.says(t, `the watched directory (\S+) is gone`)
}
