package web_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/embedded"
	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/providers"
	"github.com/callrank/callrank/pkg/samples"
	"github.com/callrank/callrank/pkg/transcript"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/gateway/web"
	"github.com/callrank/callrank/services/stages"
)

// apiPatience bounds every wait.
const apiPatience = 30 * time.Second

// house is a gateway with everything behind it.
type house struct {
	url    string
	client *http.Client
	broker *messaging.Broker
}

// openHouse starts a gateway and the five workers behind it, for calls of the
// samples' companies.
func openHouse(t *testing.T, change func(*web.Settings)) *house {
	t.Helper()
	return openHouseOn(t, providers.FilesIn(samples.Fundamentals()), change)
}

// openHouseOn does with other fundamentals.
func openHouseOn(t *testing.T, companies fundamentals.Source, change func(*web.Settings)) *house {
	t.Helper()
	log := zap.NewNop()
	server, err := embedded.StartBroker(t.Context(), embedded.BrokerConfig{Dir: t.TempDir(), Listen: "127.0.0.1:0", Relaxed: true}, log)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	store, err := embedded.StartStore("127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(store.Stop)
	broker, err := messaging.Connect(t.Context(), t.Name(), messaging.Config{URL: server.URL(), Replicas: 1}, log)
	require.NoError(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), apiPatience)
		defer cancel()
		require.NoError(t, broker.Close(ctx))
	})
	require.NoError(t, broker.Provision(t.Context()))
	redis, err := leaderboard.Connect(t.Context(), t.Name(), leaderboard.Config{URL: store.URL()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, redis.Close()) })

	more, err := transcript.NewCompanies([]transcript.Company{{Ticker: "TRNW", Name: "Tarnwater Mills plc"}})
	require.NoError(t, err)
	roster, err := broker.WatchRoster(t.Context())
	require.NoError(t, err)
	t.Cleanup(roster.Close)
	flow := &stages.Flow{
		Reader: transcript.Reader{Companies: transcript.WellKnown().With(more)},
		Store:  redis, Weights: conviction.Default(),
		Grounder: &stages.Grounder{Companies: companies, Log: log},
		Company:  worker.Company{Broker: broker, Roster: roster, Gate: worker.NewGate(), Metrics: worker.NewMetrics(), Log: log},
	}
	settings := web.DefaultSettings()
	settings.Address = "127.0.0.1:0"
	if change != nil {
		change(&settings)
	}
	gateway, err := web.New(t.Context(), web.Backend{
		Broker: broker, Reader: flow.Reader, Board: generation.Board(redis, roster, messaging.GenerationLive), Weights: flow.Weights, Metrics: flow.Metrics, Log: log,
	}, settings)
	require.NoError(t, err)
	fleets, err := flow.Fleets(worker.DefaultSettings())
	require.NoError(t, err)

	ctx, cancel := context.WithCancel(t.Context())
	var group errgroup.Group
	group.Go(func() error { return gateway.Run(ctx) })
	for _, fleet := range fleets {
		group.Go(func() error { return fleet.Run(ctx) })
	}
	transport := &http.Transport{}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		cancel()
		require.NoError(t, group.Wait())
	})
	return &house{url: gateway.URL(), client: &http.Client{Transport: transport}, broker: broker}
}

// do sends a request and returns the answer with its body.
func (h *house) do(t *testing.T, method, path, body string, headers map[string]string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, h.url+path, strings.NewReader(body))
	require.NoError(t, err)
	for key, value := range headers {
		if key == "Host" {
			request.Host = value
		}
		request.Header.Set(key, value)
	}
	response, err := h.client.Do(request)
	require.NoError(t, err)
	defer func() { require.NoError(t, response.Body.Close()) }()
	b, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response, string(b)
}

func (h *house) get(t *testing.T, path string) (*http.Response, string) {
	t.Helper()
	return h.do(t, http.MethodGet, path, "", nil)
}

// publish publishes a sample as text.
func (h *house) publish(t *testing.T, name string) *callrankv1.TranscriptAccepted {
	t.Helper()
	response, body := h.do(t, http.MethodPost, "/api/v1/transcripts", sampleText(t, name), map[string]string{"Content-Type": "text/plain; charset=utf-8"})
	require.Equal(t, http.StatusAccepted, response.StatusCode, body)
	accepted := &callrankv1.TranscriptAccepted{}
	require.NoError(t, callrankv1.ParseJSON([]byte(body), accepted))
	return accepted
}

func sampleText(t *testing.T, name string) string {
	t.Helper()
	all, err := samples.Calls()
	require.NoError(t, err)
	for _, call := range all {
		if call.Name == name {
			return string(call.Document)
		}
	}
	require.FailNow(t, "no sample "+name)
	return ""
}

// ranked waits until so many companies are ranked.
func (h *house) ranked(t *testing.T, want int) *callrankv1.Ranking {
	t.Helper()
	ranking := &callrankv1.Ranking{}
	require.Eventually(t, func() bool {
		response, body := h.get(t, "/api/v1/ranking")
		ranking = &callrankv1.Ranking{}
		return response.StatusCode == http.StatusOK && callrankv1.ParseJSON([]byte(body), ranking) == nil && len(ranking.GetEntries()) == want
	}, apiPatience, 20*time.Millisecond)
	return ranking
}

// settled waits until so many calls are ranked.
func (h *house) settled(t *testing.T, calls int) {
	t.Helper()
	require.Eventually(t, func() bool {
		response, body := h.get(t, "/api/v1/ranking?limit=500")
		ranking, have := &callrankv1.Ranking{}, 0
		if response.StatusCode != http.StatusOK || callrankv1.ParseJSON([]byte(body), ranking) != nil {
			return false
		}
		for _, entry := range ranking.GetEntries() {
			have += int(entry.GetCalls())
		}
		return have == calls
	}, apiPatience, 20*time.Millisecond)
}

// analysis is the analysis of a call.
func (h *house) analysis(t *testing.T, id string) *callrankv1.Analysis {
	t.Helper()
	response, body := h.get(t, "/api/v1/calls/"+id)
	require.Equal(t, http.StatusOK, response.StatusCode)
	analysis := &callrankv1.Analysis{}
	require.NoError(t, callrankv1.ParseJSON([]byte(body), analysis))
	return analysis
}

// bury publishes what is no call, past the door at which it would be refused.
func (h *house) bury(t *testing.T) {
	t.Helper()
	_, err := h.broker.PublishTranscript(t.Context(), "test", &callrankv1.TranscriptPublished{Text: "nothing is said here", Ticker: new("ALDR")})
	require.NoError(t, err)
	h.buried(t, 1)
}

// buried waits until there are so many dead letters.
func (h *house) buried(t *testing.T, want int) {
	t.Helper()
	require.Eventually(t, func() bool {
		notes, err := h.broker.DeadLetters(t.Context())
		return err == nil && len(notes) == want
	}, apiPatience, 20*time.Millisecond)
}

func TestPublishedCallIsFoundInTheAPI(t *testing.T) {
	t.Parallel()
	h := openHouse(t, nil)
	accepted := h.publish(t, "HLYD_2026Q1.txt")
	require.Equal(t, "HLYD-2026Q1", accepted.GetCall().GetId())
	require.False(t, accepted.GetDuplicate())
	require.True(t, h.publish(t, "HLYD_2026Q1.txt").GetDuplicate())
	h.publish(t, "CSTN_2025Q4.txt")
	ranking := h.ranked(t, 2)
	require.Equal(t, "HLYD", ranking.GetEntries()[0].GetTicker())
	require.Equal(t, callrankv1.RankingOpen, ranking.GetState())

	response, body := h.get(t, "/api/v1/ranking?limit=1&offset=1")
	require.Equal(t, http.StatusOK, response.StatusCode)
	page := &callrankv1.Ranking{}
	require.NoError(t, callrankv1.ParseJSON([]byte(body), page))
	require.EqualValues(t, 2, page.GetRanked())
	require.Equal(t, "CSTN", page.GetEntries()[0].GetTicker())
	require.EqualValues(t, 2, page.GetEntries()[0].GetRank())

	response, body = h.get(t, "/api/v1/companies/hlyd")
	require.Equal(t, http.StatusOK, response.StatusCode)
	report := &callrankv1.CompanyReport{}
	require.NoError(t, callrankv1.ParseJSON([]byte(body), report))
	require.EqualValues(t, 1, report.GetRank())
	require.Len(t, report.GetStanding().GetConviction().GetComponents(), 7)
	require.NotEmpty(t, report.GetLatest().GetClaims())

	response, body = h.get(t, "/api/v1/calls/HLYD-2026Q1")
	require.Equal(t, http.StatusOK, response.StatusCode)
	analysis := &callrankv1.Analysis{}
	require.NoError(t, callrankv1.ParseJSON([]byte(body), analysis))
	text := sampleText(t, "HLYD_2026Q1.txt")
	for _, claim := range analysis.GetClaims() {
		span := text[claim.GetSource().GetStart():claim.GetSource().GetEnd()]
		require.Equal(t, claim.GetQuote(), strings.Join(strings.Fields(span), " "), "what is printed stands in the text")
	}
}

func TestACompanyIsFoundByEachOfItsTickers(t *testing.T) {
	t.Parallel()
	h := openHouse(t, nil)
	response, body := h.do(t, http.MethodPost, "/api/v1/transcripts", sampleText(t, "OSTG_2025Q2.txt"),
		map[string]string{"Content-Type": "text/plain", "callrank-ticker": "GOOGL", "callrank-fiscal-year": "2025", "callrank-fiscal-quarter": "2"})
	require.Equal(t, http.StatusAccepted, response.StatusCode, body)
	h.ranked(t, 1)
	for _, ticker := range []string{"GOOGL", "GOOG"} {
		response, body = h.get(t, "/api/v1/companies/"+ticker)
		require.Equal(t, http.StatusOK, response.StatusCode, body)
		require.Contains(t, body, `"ticker":"GOOGL"`)
		response, _ = h.get(t, "/companies/"+ticker)
		require.Equal(t, http.StatusOK, response.StatusCode)
	}
}

func TestTranscriptIsTakenInEveryForm(t *testing.T) {
	t.Parallel()
	h := openHouse(t, nil)
	text := sampleText(t, "OSTG_2025Q2.txt")
	inJSON, err := json.Marshal(map[string]any{"text": text, "ticker": "OSTG", "fiscal_year": 2025, "fiscal_quarter": 2})
	require.NoError(t, err)
	cases := map[string]struct {
		body, contentType string
		headers           map[string]string
		call              string
	}{
		"text that tells all":        {sampleText(t, "HLYD_2025Q4.txt"), "text/plain", nil, "HLYD-2025Q4"},
		"text with facts in headers": {text, "text/plain", map[string]string{"callrank-ticker": "ABC", "callrank-fiscal-year": "2025", "callrank-fiscal-quarter": "2"}, "ABC-2025Q2"},
		"a company of a larger list": {strings.ReplaceAll(text, "Ostara Grocers", "Tarnwater Mills"), "text/plain", nil, "TRNW-2025Q2"},
		"text of a half-year":        {text, "text/plain", map[string]string{"callrank-ticker": "ABC", "callrank-fiscal-year": "2025", "callrank-fiscal-half": "1"}, "ABC-2025H1"},
		"our JSON":                   {string(inJSON), "application/json", nil, "OSTG-2025Q2"},
		"the JSON of a known source": {sampleText(t, "QLLN_2026Q2.json"), "application/json", nil, "QLLN-2026Q2"},
		"the JSON of another":        {sampleText(t, "LMRA_2025Q2.json"), "application/json", nil, "LMRA-2025Q2"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			headers := map[string]string{"Content-Type": tc.contentType}
			maps.Copy(headers, tc.headers)
			response, body := h.do(t, http.MethodPost, "/api/v1/transcripts", tc.body, headers)
			require.Equal(t, http.StatusAccepted, response.StatusCode, body)
			require.Contains(t, body, `"id":"`+tc.call+`"`)
		})
	}
}

func TestProblemsAreTold(t *testing.T) {
	t.Parallel()
	h := openHouse(t, nil)
	plain := map[string]string{"Content-Type": "text/plain"}
	cases := map[string]struct {
		method, path, body string
		headers            map[string]string
		status             int
		says               string
	}{
		"no such company":           {http.MethodGet, "/api/v1/companies/NOPE", "", nil, 404, "no such company"},
		"not even a ticker":         {http.MethodGet, "/api/v1/companies/n%20o", "", nil, 404, "no such company"},
		"no such call":              {http.MethodGet, "/api/v1/calls/NOPE-2025Q4", "", nil, 404, "no such call"},
		"a page beyond measure":     {http.MethodGet, "/api/v1/ranking?limit=100000", "", nil, 422, "limit"},
		"not an event's id":         {http.MethodGet, "/api/v1/ranking/changes", "", map[string]string{"Last-Event-ID": "x"}, 400, "Last-Event-ID"},
		"nothing sent":              {http.MethodPost, "/api/v1/transcripts", "", plain, 400, ""},
		"no transcript":             {http.MethodPost, "/api/v1/transcripts", "Roses are red, violets are blue.", plain, 400, "not a transcript"},
		"whose call it is, unknown": {http.MethodPost, "/api/v1/transcripts", sampleText(t, "OSTG_2025Q2.txt"), plain, 400, "ticker"},
		"a year that is none":       {http.MethodPost, "/api/v1/transcripts", "x", map[string]string{"Content-Type": "text/plain", "callrank-fiscal-year": "MMXXV"}, 400, "callrank-fiscal-year"},
		"JSON that is none of ours": {http.MethodPost, "/api/v1/transcripts", `{"text":"x","tikcer":"A"}`, map[string]string{"Content-Type": "application/json"}, 400, "tikcer"},
		"too large":                 {http.MethodPost, "/api/v1/transcripts", strings.Repeat("x", 9<<20), plain, 413, ""},
		"large":                     {http.MethodPost, "/api/v1/transcripts", strings.Repeat("word ", 1<<20), plain, 413, "4194304"},
		"a picture":                 {http.MethodPost, "/api/v1/transcripts", "x", map[string]string{"Content-Type": "image/png"}, 415, "text/plain or application/json"},
		"of no type":                {http.MethodPost, "/api/v1/transcripts", "x", map[string]string{"Content-Type": ""}, 415, "text/plain or application/json"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			response, body := h.do(t, tc.method, tc.path, tc.body, tc.headers)
			require.Equal(t, tc.status, response.StatusCode, body)
			require.Equal(t, "application/problem+json", response.Header.Get("Content-Type"))
			require.Contains(t, body, tc.says)
		})
	}
}

func TestTokenIsWantedOfWhoPublishes(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *web.Settings) { s.Token = "open sesame" })
	text := sampleText(t, "HLYD_2025Q4.txt")
	for token, status := range map[string]int{
		"": 401, "Bearer wrong": 401, "open sesame": 401, "Bearer open sesame ": 401, "Bearer open sesame": 202,
	} {
		headers := map[string]string{"Content-Type": "text/plain"}
		if token != "" {
			headers["Authorization"] = token
		}
		if strings.HasSuffix(token, " ") {
			// White space at the end of a header is not part of it.
			status = 202
		}
		response, body := h.do(t, http.MethodPost, "/api/v1/transcripts", text, headers)
		require.Equal(t, status, response.StatusCode, token)
		if status == 401 {
			require.Contains(t, response.Header.Get("WWW-Authenticate"), "Bearer")
			require.NotContains(t, body, "sesame")
		}
	}
	response, _ := h.get(t, "/api/v1/ranking")
	require.Equal(t, http.StatusOK, response.StatusCode, "reading wants none")
}

func TestTooManyTranscriptsAreTurnedAway(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *web.Settings) { s.PublishRate = 0.5 })
	h.publish(t, "HLYD_2025Q4.txt")
	response, _ := h.do(t, http.MethodPost, "/api/v1/transcripts", "x", map[string]string{"Content-Type": "text/plain"})
	require.Equal(t, http.StatusTooManyRequests, response.StatusCode)
	require.NotEmpty(t, response.Header.Get("Retry-After"))
}

func TestPagesOfOtherSitesCannotPublish(t *testing.T) {
	t.Parallel()
	h := openHouse(t, nil)
	response, _ := h.do(t, http.MethodPost, "/api/v1/transcripts", "x", map[string]string{
		"Content-Type": "text/plain", "Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site",
	})
	require.Equal(t, http.StatusForbidden, response.StatusCode)
	response, _ = h.do(t, http.MethodGet, "/api/v1/ranking", "", map[string]string{"Host": "elsewhere.example"})
	require.Equal(t, http.StatusMisdirectedRequest, response.StatusCode, "a name that was made to point here is not ours")
}

func TestAPIIsDescribed(t *testing.T) {
	t.Parallel()
	h := openHouse(t, nil)
	response, body := h.get(t, "/api/v1/openapi.json")
	require.Equal(t, http.StatusOK, response.StatusCode)
	var described struct {
		OpenAPI string                    `json:"openapi"`
		Paths   map[string]map[string]any `json:"paths"`
	}
	require.NoError(t, json.Unmarshal([]byte(body), &described))
	require.Equal(t, "3.1.0", described.OpenAPI)
	for path, method := range map[string]string{
		"/api/v1/ranking": "get", "/api/v1/ranking/movers": "get", "/api/v1/ranking/changes": "get", "/api/v1/companies/{ticker}": "get",
		"/api/v1/calls/{id}": "get", "/api/v1/transcripts": "post",
	} {
		require.Contains(t, described.Paths[path], method, path)
	}
}

func TestHealthAndMetrics(t *testing.T) {
	t.Parallel()
	h := openHouse(t, nil)
	h.publish(t, "HLYD_2025Q4.txt")
	h.ranked(t, 1)
	for _, path := range []string{"/healthz", "/readyz"} {
		response, body := h.get(t, path)
		require.Equal(t, http.StatusOK, response.StatusCode, body)
	}
	// It is counted once the change is announced.
	require.Eventually(t, func() bool {
		_, metrics := h.get(t, "/metrics")
		return strings.Contains(metrics, "callrank_publish_to_change_seconds_count 1")
	}, apiPatience, 20*time.Millisecond)
}

// event is a server-sent event.
type event struct {
	id, name string
	change   *callrankv1.RankingChange
}

// follow reads so many events of a stream of changes.
func (h *house) follow(t *testing.T, path, lastID string, count int, meanwhile func()) []event {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), apiPatience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url+path, http.NoBody)
	require.NoError(t, err)
	if lastID != "" {
		request.Header.Set("Last-Event-ID", lastID)
	}
	response, err := h.client.Do(request)
	require.NoError(t, err)
	defer func() { require.NoError(t, response.Body.Close()) }()
	require.Equal(t, "text/event-stream", response.Header.Get("Content-Type"))
	if meanwhile != nil {
		meanwhile()
	}
	var events []event
	var now event
	for lines := bufio.NewScanner(response.Body); len(events) < count && lines.Scan(); {
		key, value, _ := strings.Cut(lines.Text(), ": ")
		switch key {
		case "id":
			now.id = value
		case "event":
			now.name = value
		case "data":
			now.change = &callrankv1.RankingChange{}
			require.NoError(t, callrankv1.ParseJSON([]byte(value), now.change))
		case "":
			if now.change != nil {
				events = append(events, now)
			}
			now = event{}
		}
	}
	require.Len(t, events, count)
	return events
}

func TestChangesAreStreamed(t *testing.T) {
	t.Parallel()
	h := openHouse(t, nil)
	h.publish(t, "HLYD_2025Q3.txt")
	h.ranked(t, 1)
	h.publish(t, "CSTN_2025Q4.txt")
	h.ranked(t, 2)

	events := h.follow(t, "/api/v1/ranking/changes", "", 3, func() { h.publish(t, "HLYD_2025Q4.txt") })
	require.Equal(t, "change", events[0].name)
	require.Equal(t, "HLYD", events[0].change.GetTicker(), "first the last state of each company")
	require.Equal(t, "CSTN", events[1].change.GetTicker())
	require.Equal(t, "HLYD-2025Q4", events[2].change.GetCallId(), "then what changes")
	require.NotEmpty(t, events[2].change.GetWhy())

	resumed := h.follow(t, "/api/v1/ranking/changes", events[0].id, 2, nil)
	require.Equal(t, []string{events[1].id, events[2].id}, []string{resumed[0].id, resumed[1].id}, "who comes back gets what it missed")
	one := h.follow(t, "/api/v1/ranking/changes?ticker=HLYD&from_start=true", "", 2, nil)
	require.Equal(t, "HLYD-2025Q3", one[0].change.GetCallId())
	require.Equal(t, "HLYD-2025Q4", one[1].change.GetCallId())
}

func TestFollowersAreBounded(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *web.Settings) { s.Followers = 1 })
	h.publish(t, "HLYD_2025Q3.txt")
	h.follow(t, "/api/v1/ranking/changes", "", 1, func() {
		response, _ := h.get(t, "/api/v1/ranking/changes")
		require.Equal(t, http.StatusTooManyRequests, response.StatusCode)
	})
}

func TestPagesAreHeldToTheirOwn(t *testing.T) {
	t.Parallel()
	h := openHouse(t, nil)
	response, body := h.get(t, "/")
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.Contains(t, response.Header.Get("Content-Security-Policy"), "default-src 'none'")
	require.Equal(t, "nosniff", response.Header.Get("X-Content-Type-Options"))
	require.NotContains(t, body, "<script>", "no script stands in the page")
}

func TestSettingsThatLetAnybodyInAreRefused(t *testing.T) {
	t.Parallel()
	cases := map[string]func(*web.Settings){
		"--token":        func(s *web.Settings) { s.Address = "0.0.0.0:8080" },
		"host:port":      func(s *web.Settings) { s.Address = "localhost" },
		"--publish-rate": func(s *web.Settings) { s.PublishRate = 0 },
		"--followers":    func(s *web.Settings) { s.Followers = 0 },
		"give one":       func(s *web.Settings) { s.Token, s.TokenFile = "a", "b" },
		"--token-file":   func(s *web.Settings) { s.TokenFile = "/nowhere/token" },
	}
	for says, change := range cases {
		settings := web.DefaultSettings()
		change(&settings)
		require.ErrorContains(t, settings.Resolve(), says)
	}
	for _, local := range []string{"127.0.0.1:0", "localhost:0", "[::1]:0"} {
		settings := web.DefaultSettings()
		settings.Address = local
		require.NoError(t, settings.Resolve(), local)
	}
}
