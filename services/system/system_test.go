package system_test

import (
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/samples"
	"github.com/callrank/callrank/pkg/tests/realcalls"
	"github.com/callrank/callrank/pkg/tests/redistest"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// sampleFiles writes the samples into a directory and returns it, and how many
// there are.
func sampleFiles(t *testing.T) (dir string, count int) {
	t.Helper()
	dir = t.TempDir()
	all, err := samples.Calls()
	require.NoError(t, err)
	for _, call := range all {
		if call.Ticker != "" {
			// These have to be published with what they do not tell.
			continue
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, call.Name), call.Document, 0o600))
		count++
	}
	return dir, count
}

// sample is the text of one sample.
func sample(t *testing.T, name string) string {
	t.Helper()
	all, err := samples.Calls()
	require.NoError(t, err)
	at := slices.IndexFunc(all, func(c samples.Call) bool { return c.Name == name })
	require.GreaterOrEqual(t, at, 0, "sample %s", name)
	return string(all[at].Document)
}

// manyCalls are calls of so many made-up companies.
func manyCalls(t *testing.T, companies int) []client.Transcript {
	t.Helper()
	texts := []string{sample(t, "HLYD_2026Q1.txt"), sample(t, "NGBC_2026Q1.txt"), sample(t, "BWRX_2025Q4.txt"), sample(t, "KSTL_2025Q4.txt")}
	all := make([]client.Transcript, 0, companies)
	for i := range companies {
		all = append(all, client.Transcript{
			Text: texts[i%len(texts)], Ticker: fmt.Sprintf("T%03d", i),
			FiscalYear: 2025, FiscalQuarter: 4, CallDate: "2026-02-05",
		})
	}
	return all
}

func TestManyProcessesGiveTheRankingOfOne(t *testing.T) {
	t.Parallel()
	dir, count := sampleFiles(t)
	fundamentals, err := filepath.Abs(filepath.Join("..", "..", "pkg", "samples", "fundamentals"))
	require.NoError(t, err)

	one := startUp(t, t.TempDir(), "--fundamentals", fundamentals)
	_, problems, code := run(t, "publish", "--data", one.data, dir)
	require.Zero(t, code, problems)
	together := awaitCalls(t, one.open(t), count)

	port := freePort(t)
	broker := "nats://127.0.0.1:" + port
	start(t, "nats-server", "-a", "127.0.0.1", "-p", port, "-js", "-sd", t.TempDir()).says(t, "Server is ready")
	store := redistest.Start(t)
	for range 2 {
		for _, stage := range []string{"ingest", "extract", "quantify"} {
			start(t, stage, "--nats", broker).says(t, `"started"`)
		}
		start(t, "ground", "--nats", broker, "--fundamentals", fundamentals).says(t, `"started"`)
		start(t, "rank", "--nats", broker, "--redis", store).says(t, `"started"`)
	}
	_, problems, code = run(t, "publish", "--nats", broker, dir)
	require.Zero(t, code, problems)
	apart := awaitCalls(t, open(t, broker, store), count)

	require.Equal(t, printed(t, together), printed(t, apart))
	require.GreaterOrEqual(t, len(apart.GetEntries()), 12)

	gateway := start(t, "gateway", "--nats", broker, "--redis", store, "--http", "127.0.0.1:0")
	page := gateway.says(t, `"page":"([^"]+)"`)
	response, err := http.Get(page + "/api/v1/ranking?limit=500")
	require.NoError(t, err)
	defer func() { require.NoError(t, response.Body.Close()) }()
	require.Equal(t, http.StatusOK, response.StatusCode)
}

func TestKilledInTheMiddleAllArriveOnce(t *testing.T) {
	t.Parallel()
	const companies, before = 50, 5
	data := t.TempDir()
	u := startUp(t, data)
	c := u.open(t)

	// It is killed when some have arrived, and the others are anywhere on their
	// way.
	go func() {
		seen := 0
		for _, err := range c.Changes(t.Context(), client.FromStart()) {
			if seen++; err != nil || seen == before {
				break
			}
		}
		_ = u.command.Process.Kill()
	}()
	var publishing sync.WaitGroup
	for _, call := range manyCalls(t, companies) {
		publishing.Go(func() { _, _ = c.Publish(t.Context(), call) })
	}
	u.await(t)
	require.NoError(t, c.Close())
	publishing.Wait()

	again := startUp(t, data)
	c = again.open(t)
	// Who was not told that a transcript is stored publishes it again, and so do
	// some who were told.
	for _, call := range manyCalls(t, companies) {
		_, err := c.Publish(t.Context(), call)
		require.NoError(t, err)
	}
	r := awaitCalls(t, c, companies)
	require.Len(t, r.GetEntries(), companies)

	times := map[string]int{}
	for _, change := range changes(t, c, companies) {
		times[change.GetTicker()]++
	}
	require.Len(t, times, companies, "each company's change was announced, and none twice")
	out, problems, code := run(t, "dead", "list", "--data", data)
	require.Zero(t, code, problems)
	require.Equal(t, "No dead letters.\n", out)
}

func TestFlushedRankingComesBackByItself(t *testing.T) {
	t.Parallel()
	const companies = 12
	u := startUp(t, t.TempDir())
	c := u.open(t)
	for _, call := range manyCalls(t, companies) {
		_, err := c.Publish(t.Context(), call)
		require.NoError(t, err)
	}
	before := printed(t, awaitCalls(t, c, companies))

	options, err := redis.ParseURL(u.redis)
	require.NoError(t, err)
	store := redis.NewClient(options)
	defer func() { require.NoError(t, store.Close()) }()
	require.NoError(t, store.FlushAll(t.Context()).Err())

	require.Equal(t, before, printed(t, awaitCalls(t, c, companies)))
	// A further change comes right after those there were: the rebuilding
	// announced none.
	_, err = c.Publish(t.Context(), client.Transcript{
		Text: sample(t, "HLYD_2026Q1.txt"), Ticker: "LAST", FiscalYear: 2025, FiscalQuarter: 4, CallDate: "2026-02-05",
	})
	require.NoError(t, err)
	all := changes(t, c, companies+1)
	require.Equal(t, "LAST", all[companies].GetTicker())
}

func TestCopyChangesNothingAndCorrectionSupersedes(t *testing.T) {
	t.Parallel()
	u := startUp(t, t.TempDir())
	c := u.open(t)
	file := filepath.Join(t.TempDir(), "call.txt")
	require.NoError(t, os.WriteFile(file, []byte(sample(t, "NGBC_2026Q1.txt")), 0o600))
	out, _, code := run(t, "publish", "--data", u.data, file)
	require.Zero(t, code)
	require.Equal(t, "published  NGBC-2026Q1    "+file+"\n", out)
	first := awaitCalls(t, c, 1)

	out, _, code = run(t, "publish", "--data", u.data, file)
	require.Zero(t, code)
	require.Equal(t, "duplicate  NGBC-2026Q1    "+file+"\n", out)

	// The corrected text is of the same call and says much more of AI.
	_, err := c.Publish(t.Context(), client.Transcript{
		Text: sample(t, "HLYD_2026Q1.txt"), Ticker: "NGBC", FiscalYear: 2026, FiscalQuarter: 1, CallDate: "2026-04-16", Revision: 2,
	})
	require.NoError(t, err)
	all := changes(t, c, 2)
	require.Greater(t, all[1].GetScoreAfter(), all[0].GetScoreAfter())
	require.Equal(t, all[0].GetScoreAfter(), all[1].GetScoreBefore())
	now := awaitCalls(t, c, 1)
	require.Greater(t, now.GetEntries()[0].GetScore(), first.GetEntries()[0].GetScore())

	// The old text once more, as of the first revision: it stays superseded.
	_, err = c.Publish(t.Context(), client.Transcript{
		Text: sample(t, "NGBC_2026Q1.txt"), Ticker: "NGBC", FiscalYear: 2026, FiscalQuarter: 1, CallDate: "2026-04-16",
	})
	require.NoError(t, err)
	_, err = c.Publish(t.Context(), client.Transcript{
		Text: sample(t, "NGBC_2025Q4.txt"), Ticker: "NEXT", FiscalYear: 2025, FiscalQuarter: 4, CallDate: "2026-01-16",
	})
	require.NoError(t, err)
	require.Equal(t, "NEXT", changes(t, c, 3)[2].GetTicker())
}

func TestWhatIsNoTranscriptIsRefusedAtTheEdge(t *testing.T) {
	t.Parallel()
	u := startUp(t, t.TempDir())
	dir := t.TempDir()
	files := map[string]struct {
		content []byte
		says    string
		status  int
	}{
		"empty.txt":   {nil, "empty", http.StatusBadRequest},
		"picture.txt": {append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 2000)...), "a picture", http.StatusBadRequest},
		"large.txt":   {[]byte(strings.Repeat("Operator: go ahead. ", 10<<20/20)), "", http.StatusRequestEntityTooLarge},
		"page.txt":    {[]byte("<html><body><h1>Shop</h1><p>Buy two pairs of shoes and get a third.</p></body></html>"), "not a transcript", http.StatusBadRequest},
	}
	for name, file := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, file.content, 0o600))
		out, problems, code := run(t, "publish", "--data", u.data, path)
		require.Equal(t, 1, code, name)
		require.Contains(t, out, "failed     "+path+": ", name)
		require.Contains(t, strings.ToLower(out), file.says, name)
		require.Len(t, lines(problems), 1, name)

		response, err := http.Post(u.http+"/api/v1/transcripts", "text/plain", strings.NewReader(string(file.content)))
		require.NoError(t, err)
		require.Equal(t, file.status, response.StatusCode, name)
		require.Equal(t, "application/problem+json", response.Header.Get("Content-Type"), name)
		require.NoError(t, response.Body.Close())
	}
	out, _, _ := run(t, "dead", "list", "--data", u.data)
	require.Equal(t, "No dead letters.\n", out)
	_, problems, code := run(t, "publish", "--data", u.data, filepath.Join(dir, "missing.txt"))
	require.Equal(t, 1, code)
	require.Contains(t, problems, "missing.txt")
}

func TestAnImportedCompanyIsKnownEverywhere(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	list := filepath.Join(t.TempDir(), "company_tickers.json")
	require.NoError(t, os.WriteFile(list, []byte(`{"0": {"cik_str": 7, "ticker": "TRNW", "title": "TARNWATER MILLS INC /DE/"}}`), 0o600))
	_, problems, code := run(t, "companies", "import", "--data", data, list)
	require.Zero(t, code, problems)

	u := startUp(t, data)
	c := u.open(t)
	text := strings.ReplaceAll(sample(t, "OSTG_2025Q2.txt"), "Ostara Grocers", "Tarnwater Mills")
	file := filepath.Join(t.TempDir(), "call.txt")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	out, problems, code := run(t, "publish", "--data", data, file)
	require.Zero(t, code, problems)
	require.Contains(t, out, "TRNW-2025Q2")

	// The worker knows it too, when nobody has looked before.
	nc, err := nats.Connect(u.nats)
	require.NoError(t, err)
	defer nc.Close()
	require.NoError(t, nc.Publish("calls.ended._", []byte(strings.ReplaceAll(text, "second quarter fiscal 2025", "half-year 2024"))))
	require.NoError(t, nc.Flush())
	r := awaitCalls(t, c, 2)
	require.Len(t, r.GetEntries(), 1)
	require.Equal(t, "TRNW", r.GetEntries()[0].GetTicker())
	require.Equal(t, "TRNW-2025Q2", r.GetEntries()[0].GetCall().GetId(), "the later of the two")
}

func TestWhatSlipsPastTheEdgeIsADeadLetterThatCanBeMended(t *testing.T) {
	t.Parallel()
	u := startUp(t, t.TempDir())
	c := u.open(t)
	nc, err := nats.Connect(u.nats)
	require.NoError(t, err)
	defer nc.Close()
	// Straight to the broker, as any program may: a text that does not tell
	// whose call it is, and one that is no transcript.
	orphan := sample(t, "OSTG_2025Q2.txt")
	require.NoError(t, nc.Publish("calls.ended._", []byte(orphan)))
	require.NoError(t, nc.Publish("calls.ended.ABC", []byte("Roses are red.")))
	require.NoError(t, nc.Flush())

	var listed string
	require.Eventually(t, func() bool {
		listed, _, _ = run(t, "dead", "list", "--data", u.data)
		return len(lines(listed)) == 4
	}, patience, glance)
	require.Contains(t, listed, `the ticker of "Ostara Grocers" is not known: state it`)
	require.Contains(t, listed, "not a transcript")
	number := func(reason string) string {
		for _, line := range lines(listed) {
			if strings.Contains(line, reason) {
				return strings.Fields(line)[0]
			}
		}
		require.FailNow(t, "no dead letter says "+reason)
		return ""
	}
	shown, _, code := run(t, "dead", "show", "--data", u.data, number("ticker"))
	require.Zero(t, code)
	require.Contains(t, shown, "CALLS, sequence 1, subject calls.ended._")
	require.Contains(t, shown, fmt.Sprintf("payload, %d bytes", len(orphan)))

	// Its cause is mended by saying what the text does not.
	out, problems, code := run(t, "dead", "retry", "--data", u.data, number("ticker"), "--ticker", "OSTG", "--period", "2025Q2")
	require.Zero(t, code, problems)
	require.Contains(t, out, "retried")
	r := awaitCalls(t, c, 1)
	require.Equal(t, "OSTG", r.GetEntries()[0].GetTicker())
	require.Equal(t, "OSTG-2025Q2", r.GetEntries()[0].GetCall().GetId())

	_, problems, code = run(t, "dead", "drop", "--data", u.data, number("not a transcript"))
	require.Zero(t, code, problems)
	listed, _, _ = run(t, "dead", "list", "--data", u.data)
	require.Equal(t, "No dead letters.\n", listed)
	_, problems, code = run(t, "dead", "show", "--data", u.data, "77")
	require.Equal(t, 1, code)
	require.Contains(t, problems, "no such dead letter: 77")
}

func TestDataDirectoryIsForOne(t *testing.T) {
	t.Parallel()
	u := startUp(t, t.TempDir())
	_, problems, code := run(t, "up", "--data", u.data, "--http", "127.0.0.1:0")
	require.Equal(t, 1, code)
	require.Len(t, lines(problems), 1)
	require.Contains(t, problems, "another `callrank up` runs on it")
}

func TestCtrlCLeavesNothingRunning(t *testing.T) {
	t.Parallel()
	u := startUp(t, t.TempDir(), "--samples")
	require.Zero(t, u.interrupt(t))
	for _, address := range []string{u.http, u.nats, u.redis} {
		at, err := url.Parse(address)
		require.NoError(t, err)
		_, err = net.Dial("tcp", at.Host)
		require.Error(t, err, "%s is still there", address)
	}
	_, err := os.Stat(filepath.Join(u.data, "up.json"))
	require.ErrorIs(t, err, fs.ErrNotExist)
	// What was published before is there at the next start, the rest is
	// published then.
	again := startUp(t, u.data, "--samples")
	all, err := samples.Calls()
	require.NoError(t, err)
	r := awaitCalls(t, again.open(t), len(all))
	require.GreaterOrEqual(t, len(r.GetEntries()), 12)
	require.Zero(t, again.interrupt(t))
}

func TestFromOutsideATokenIsWanted(t *testing.T) {
	t.Parallel()
	_, problems, code := run(t, "up", "--data", t.TempDir(), "--http", "0.0.0.0:0")
	require.Equal(t, 2, code)
	require.Contains(t, problems, "--token")
}

func TestCallsOfOneCompanyInAnyOrder(t *testing.T) {
	t.Parallel()
	seeds := []string{"AMZN_2024_Q1.txt", "AMZN_2025_Q1.txt", "AMZN_2025_Q4.txt"}
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}} {
		t.Run(fmt.Sprint(order), func(t *testing.T) {
			t.Parallel()
			u := startUp(t, t.TempDir())
			c := u.open(t)
			for i, at := range order {
				_, problems, code := run(t, "publish", "--data", u.data, realcalls.Path(t, "seeds/"+seeds[at]))
				require.Zero(t, code, problems)
				awaitCalls(t, c, i+1)
			}
			r := ranking(t, c)
			require.Len(t, r.GetEntries(), 1)
			require.Equal(t, "AMZN-2025Q4", r.GetEntries()[0].GetCall().GetId())
			require.Equal(t, "2026-02-05", r.GetEntries()[0].GetCall().GetCallDate())

			report, err := c.Company(t.Context(), "AMZN")
			require.NoError(t, err)
			ids := make([]string, 0, len(seeds))
			for _, call := range report.GetStanding().GetCalls() {
				ids = append(ids, call.GetCall().GetId())
			}
			require.Equal(t, []string{"AMZN-2024Q1", "AMZN-2025Q1", "AMZN-2025Q4"}, ids)
			for _, component := range report.GetStanding().GetConviction().GetComponents() {
				require.NotEmpty(t, component.GetReason())
				if component.GetName() == callrankv1.ComponentTrend {
					require.NotNil(t, component.Points, "there is a call before it")
				}
			}
			out, problems, code := run(t, "show", "--data", u.data, "amzn")
			require.Zero(t, code, problems)
			require.Contains(t, out, "Conviction")
			require.Contains(t, out, "244 billion")
		})
	}
}

func TestErrorsAreOneLineAndUsageIsTold(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		arguments []string
		code      int
		says      string
	}{
		"no file":              {[]string{"analyze"}, 2, "requires at least 1 arg"},
		"unknown flag":         {[]string{"top", "--colour"}, 2, "unknown flag"},
		"unknown command":      {[]string{"climb"}, 2, "unknown command"},
		"wrong format":         {[]string{"analyze", "--format", "xml", "f"}, 2, "table, json or text"},
		"wrong period":         {[]string{"publish", "--period", "last", "f"}, 2, "2025Q4"},
		"nobody there":         {[]string{"top", "--nats", "nats://127.0.0.1:1"}, 1, "is `callrank up` running?"},
		"missing file":         {[]string{"analyze", "missing.txt"}, 1, "missing.txt"},
		"dead without a verb":  {[]string{"dead"}, 2, "list, show, retry or drop"},
		"too many letters":     {[]string{"dead", "show", "1", "2"}, 2, "accepts 1 arg"},
		"missing fundamentals": {[]string{"analyze", "--fundamentals", "nowhere", "f"}, 1, "--fundamentals"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, problems, code := run(t, tc.arguments...)
			require.Equal(t, tc.code, code, problems)
			require.Contains(t, problems, tc.says)
			require.LessOrEqual(t, len(lines(problems)), 2)
		})
	}
}
