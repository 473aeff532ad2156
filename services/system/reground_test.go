package system_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/tests/redistest"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// edgarRate is how often a second the tests let the SEC be asked.
const edgarRate = 10

// asking are the flags by which calls are grounded against a server.
func asking(s *sec) []string {
	return []string{
		"--providers", "edgar", "--edgar-url", s.URL, "--edgar-contact", "Example Research desk@example.com",
		"--edgar-rate", strconv.Itoa(edgarRate),
	}
}

// publishAll publishes calls at once.
func publishAll(t *testing.T, c *client.Client, calls []client.Transcript) {
	t.Helper()
	var publishing sync.WaitGroup
	for _, call := range calls {
		publishing.Go(func() {
			_, err := c.Publish(t.Context(), call)
			require.NoError(t, err)
		})
	}
	publishing.Wait()
}

// grounded counts the companies whose call is sized.
func grounded(t *testing.T, c *client.Client, companies int) int {
	t.Helper()
	n := 0
	for i := range companies {
		report, err := c.Company(t.Context(), fmt.Sprintf("T%03d", i))
		require.NoError(t, err)
		if report.GetLatest().GetGrounding().GetStatus() == callrankv1.GroundingSized {
			n++
		}
	}
	return n
}

// metric reads a metric of a running program.
func metric(t *testing.T, page, name string) float64 {
	t.Helper()
	response, err := http.Get(page + "/metrics")
	require.NoError(t, err)
	defer func() { require.NoError(t, response.Body.Close()) }()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	found := regexp.MustCompile(`(?m)^` + name + ` (\S+)$`).FindSubmatch(text)
	require.NotNil(t, found, "%s in\n%s", name, text)
	value, err := strconv.ParseFloat(string(found[1]), 64)
	require.NoError(t, err)
	return value
}

func TestWhatWaitsSurvivesItsWorkers(t *testing.T) {
	t.Parallel()
	const companies, before = 8, 3
	provider := startSEC(t, companies, before)
	port := freePort(t)
	broker := "nats://127.0.0.1:" + port
	start(t, "nats-server", "-a", "127.0.0.1", "-p", port, "-js", "-sd", t.TempDir()).says(t, "Server is ready")
	store := redistest.Start(t)
	for _, stage := range []string{"ingest", "extract", "quantify"} {
		start(t, stage, "--nats", broker).says(t, `"started"`)
	}
	start(t, "rank", "--nats", broker, "--redis", store).says(t, `"started"`)
	cache := t.TempDir()
	ground := func() *process {
		p := start(t, "ground", append(asking(provider), "--nats", broker, "--cache", cache)...)
		p.says(t, `"started"`)
		return p
	}
	first, second := ground(), ground()

	c := open(t, broker, store)
	publishAll(t, c, manyCalls(t, companies))
	awaitCalls(t, c, companies)
	require.NotEmpty(t, waits(t, c, companies, 0))
	first.kill(t)
	second.kill(t)
	provider.set(false)
	ground()
	ground()
	require.Eventually(t, func() bool { return grounded(t, c, companies) == companies }, 2*patience, 10*glance, "all end grounded")
	eachChangeOnce(t, c, companies)
}

func TestAProviderThatGoesDownDelaysNothingAndIsAskedAgain(t *testing.T) {
	t.Parallel()
	const companies, before = 50, 12
	provider := startSEC(t, companies, before)
	u := startUp(t, t.TempDir(), asking(provider)...)
	c := u.open(t)

	publishAll(t, c, manyCalls(t, companies))
	awaitCalls(t, c, companies)
	require.True(t, provider.isDown(), "all are ranked before it is back")
	known := grounded(t, c, companies)
	require.Less(t, known, companies)

	waiting := metric(t, u.http, "callrank_groundings_awaited")
	require.InDelta(t, companies-known, waiting, before, "those that are not grounded wait")
	// Some that wait have been answered by now, only too late for the first try.
	ticker := ""
	require.Eventually(t, func() bool {
		ticker = waits(t, c, companies, 1)
		return ticker != ""
	}, 2*patience, 10*glance, "they are tried again while the provider is down")
	out, problems, code := run(t, "show", "--data", u.data, ticker)
	require.Zero(t, code, problems)
	require.Regexp(t, `It is tried again at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC`, out)
	require.Contains(t, out, "EDGAR is unavailable")

	provider.set(false)
	require.Eventually(t, func() bool { return grounded(t, c, companies) == companies }, 2*patience, 10*glance, "all end grounded")
	require.Eventually(t, func() bool { return metric(t, u.http, "callrank_groundings_awaited") == 0 }, patience, glance)

	// Requests that were sent at their time may arrive closer together.
	const stretch, late = 3, 3
	require.LessOrEqual(t, within(provider.requests(), stretch*time.Second), stretch*edgarRate+late)
	eachChangeOnce(t, c, companies)
}

// waits is a company whose call waits to be grounded again after so many tries
// or more; empty if there is none.
func waits(t *testing.T, c *client.Client, companies int, tries uint32) string {
	t.Helper()
	for i := range companies {
		ticker := fmt.Sprintf("T%03d", i)
		report, err := c.Company(t.Context(), ticker)
		require.NoError(t, err)
		if retry := report.GetRetry(); retry != nil && retry.GetAttempts() >= tries {
			return ticker
		}
	}
	return ""
}

// eachChangeOnce wants a company's standing to have changed once, and once more
// when its call was grounded, and no change to be told twice.
func eachChangeOnce(t *testing.T, c *client.Client, companies int) {
	t.Helper()
	// What is announced last comes after all the others.
	last := manyCalls(t, 1)[0]
	last.Ticker = "LAST"
	publishAll(t, c, []client.Transcript{last})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	told := map[string]int{}
	for change, err := range c.Changes(ctx, client.FromStart()) {
		require.NoError(t, err)
		if change.Change.GetTicker() == "LAST" {
			break
		}
		told[fmt.Sprintf("%s %d", change.Change.GetTicker(), change.Change.GetVersion())]++
	}
	require.NoError(t, ctx.Err())
	for i := range companies {
		ticker := fmt.Sprintf("T%03d", i)
		require.Equal(t, 1, told[ticker+" 1"], ticker)
		require.LessOrEqual(t, told[ticker+" 2"], 1, ticker)
		require.Zero(t, told[ticker+" 3"], ticker)
	}
}

// figures are fundamentals of a company, with its ticker and what analysts
// expect its revenue to be left out.
const figures = `{
  "ticker": %q, "currency": "USD", "as_of": "2026-02-20", "source": "invented",
  "actuals": [{"fiscal_year": 2025, "revenue": 51800000000, "net_income": 8750000000, "diluted_eps": 7.00}],
  "consensus": [{"fiscal_year": 2026, "revenue": %d, "net_income": 11250000000, "eps": 9.00}]
}`

func TestFundamentalsThatArePutMoveTheRanking(t *testing.T) {
	t.Parallel()
	u := startUp(t, t.TempDir())
	c := u.open(t)
	publishAll(t, c, manyCalls(t, 2))
	awaitCalls(t, c, 2)
	before, err := c.Company(t.Context(), "T000")
	require.NoError(t, err)
	require.Equal(t, callrankv1.GroundingUnknown, before.GetLatest().GetGrounding().GetStatus())

	file := filepath.Join(t.TempDir(), "figures.json")
	require.NoError(t, os.WriteFile(file, fmt.Appendf(nil, figures, "T000", 66900000000), 0o600))
	out, problems, code := run(t, "fundamentals", "put", "--data", u.data, file)
	require.Zero(t, code, problems)
	require.Equal(t, "put  T000      "+file+"\n", out)
	expects := func(revenue float64) *callrankv1.CompanyReport {
		var report *callrankv1.CompanyReport
		require.Eventually(t, func() bool {
			var err error
			report, err = c.Company(t.Context(), "T000")
			return err == nil && report.GetLatest().GetGrounding().GetConsensus().GetRevenue() == revenue
		}, patience, glance)
		return report
	}
	after := expects(66900000000)
	require.Greater(t, after.GetStanding().GetConviction().GetOutOf(), before.GetStanding().GetConviction().GetOutOf())
	require.Contains(t, after.GetLatest().GetGrounding().GetBase().GetOrigin().GetSource(), "put on ")

	// New consensus, over HTTP and as a plain message.
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, u.http+"/api/v1/fundamentals/T000", strings.NewReader(fmt.Sprintf(figures, "T000", 60000000000)))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusAccepted, response.StatusCode)
	expects(60000000000)
	nc, err := nats.Connect(u.nats)
	require.NoError(t, err)
	defer nc.Close()
	require.NoError(t, nc.Publish("fundamentals.put.T000", fmt.Appendf(nil, figures, "T000", 55000000000)))
	expects(55000000000)

	other, err := c.Company(t.Context(), "T001")
	require.NoError(t, err)
	require.Equal(t, uint64(1), other.GetStanding().GetVersion(), "nobody else's call was grounded again")
	_, problems, code = run(t, "fundamentals", "put", "--data", u.data, "setup_test.go")
	require.Equal(t, 1, code)
	require.Contains(t, problems, "setup_test.go: read fundamentals")
}
