package web

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
	"go.uber.org/zap"
	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/embedded"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/stages"
)

// patience bounds what a test does in a browser.
const patience = 90 * time.Second

// house is a gateway with all that it needs, and a worker that ranks.
type house struct {
	broker    *messaging.Broker
	publisher *messaging.Publisher
	url       string
}

func openHouse(t *testing.T) *house {
	t.Helper()
	nats, err := embedded.StartBroker(t.Context(), embedded.BrokerConfig{Dir: t.TempDir(), Listen: "127.0.0.1:0", Relaxed: true}, zap.NewNop())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, nats.Stop()) })
	redis, err := embedded.StartStore("127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(redis.Stop)
	broker, err := messaging.Connect(t.Context(), t.Name(), messaging.Config{URL: nats.URL(), Replicas: 1}, zap.NewNop())
	require.NoError(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		require.NoError(t, broker.Close(ctx))
	})
	require.NoError(t, broker.Provision(t.Context()))
	store, err := leaderboard.Connect(t.Context(), t.Name(), leaderboard.Config{URL: redis.URL()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })

	board, metrics := leaderboard.Open(store, messaging.GenerationLive), worker.NewMetrics()
	roster, err := broker.WatchRoster(t.Context())
	require.NoError(t, err)
	t.Cleanup(roster.Close)
	with := worker.Company{Broker: broker, Roster: roster, Gate: worker.NewGate(), Metrics: metrics, Log: zap.NewNop()}
	ranker, err := stages.Rank(with, store, conviction.Default())
	require.NoError(t, err)
	ranking, err := worker.NewFleet(ranker, worker.DefaultSettings(), with)
	require.NoError(t, err)
	settings := DefaultSettings()
	settings.Address = "127.0.0.1:0"
	gateway, err := New(t.Context(), Backend{Broker: broker, Board: board, Weights: conviction.Default(), Metrics: metrics, Log: zap.NewNop()}, settings)
	require.NoError(t, err)
	run(t, ranking.Run)
	run(t, gateway.Run)
	return &house{broker: broker, publisher: messaging.NewPublisher(broker), url: gateway.URL()}
}

// run runs something until the end of the test.
func run(t *testing.T, work func(context.Context) error) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- work(ctx) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-done)
	})
}

// publication is a transcript with its analysis.
type publication struct {
	text     string
	analysis *callrankv1.Analysis
}

func sample() publication {
	text, analysis := sampleCall()
	return publication{text, analysis}
}

// publish publishes a transcript with its analysis, and returns when the
// company is ranked by it.
func (h *house) publish(t *testing.T, p publication) {
	t.Helper()
	call := p.analysis.GetCall()
	receipt, err := h.broker.PublishTranscript(t.Context(), "test", &callrankv1.TranscriptPublished{Text: p.text, Ticker: call.Ticker})
	require.NoError(t, err)
	calls, err := h.broker.JetStream().Stream(t.Context(), messaging.StreamCalls)
	require.NoError(t, err)
	place := calls.CachedInfo().State.LastSeq
	event := messaging.Event{
		ID: "live/grounded/" + receipt.ID, Type: callrankv1.TypeCallGrounded, Source: messaging.StageGround, Subject: call.GetId(), Time: time.Now(),
		Payload: &callrankv1.CallGrounded{Analysis: p.analysis, Provenance: &callrankv1.Provenance{
			ContentId: receipt.ID, SourceSequence: place, Revision: &callrankv1.Revision{Sequence: place}, Generation: messaging.GenerationLive,
		}},
	}
	m, err := event.Message(t.Context())
	require.NoError(t, err)
	require.NoError(t, h.publisher.Publish(messaging.SubjectStage(messaging.ResultGrounded, messaging.GenerationLive, call.GetId()), m))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for change, err := range h.broker.Changes(ctx, messaging.Follow{Ticker: call.GetTicker()}) {
		require.NoError(t, err)
		if change.Change.GetRankedBy() == call.GetId() || change.Change.GetCallId() == call.GetId() {
			return
		}
	}
	require.Fail(t, "the call was not ranked", call.GetId())
}

// another is the sample call as one of another company, told with another
// enthusiasm.
func another(ticker, company string, quarter int32, enthusiasm float64) publication {
	text, analysis := sampleCall()
	// Spaces keep every span where it is.
	text = strings.Replace(text, "Alder Tools, Inc. (NASDAQ:ALDR) Q4", fmt.Sprintf("%-17s (NASDAQ:%s) Q%d", company, ticker, quarter), 1)
	analysis = proto.CloneOf(analysis)
	analysis.Call.Id, analysis.Call.Ticker, analysis.Call.Company = new(fmt.Sprintf("%s-2025Q%d", ticker, quarter)), &ticker, &company
	analysis.Call.FiscalQuarter = &quarter
	analysis.Enthusiasm.Score = enthusiasm
	return publication{text, analysis}
}

// browser opens a tab that notes what a page must not do: throw, or try what
// the policy forbids.
func browser(t *testing.T) context.Context {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	require.NotEmpty(t, program, "these tests run in a real Chromium, which `make test` installs")
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.WindowSize(1440, 900), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		window.faults = [];
		addEventListener("securitypolicyviolation", (e) => faults.push(e.violatedDirective + " " + e.blockedURI));
		addEventListener("error", (e) => faults.push(e.message));
		addEventListener("unhandledrejection", (e) => faults.push(String(e.reason)));`})
	require.NoError(t, err)
	return ctx
}

func visit(ctx context.Context, t *testing.T, address string) {
	t.Helper()
	require.NoError(t, chromedp.Do(ctx, chromedp.Navigate(address)), address)
}

// told is what an expression comes to in the page.
func told[T any](ctx context.Context, t *testing.T, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	require.NoError(t, err, expression)
	return value
}

// until waits until an expression holds in the page.
func until(ctx context.Context, t *testing.T, expression string) {
	t.Helper()
	_, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(patience/3)))
	require.NoError(t, err, expression)
}

func flawless(ctx context.Context, t *testing.T) {
	t.Helper()
	require.Empty(t, told[[]string](ctx, t, "window.faults"))
}

// tickers are those of the ranking, from the top.
const tickers = `[...document.querySelectorAll("#rows th b")].map((name) => name.textContent).join(" ")`

// rowOf is the row of a company.
func rowOf(ticker string) string {
	return `[...document.querySelectorAll("#rows > tr")].find((row) => row.querySelector("th b").textContent === "` + ticker + `")`
}

func TestAChangeMovesARowWithoutReload(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.publish(t, sample())
	h.publish(t, another("BRCH", "Birch Water", 3, 5))
	ctx := browser(t)
	visit(ctx, t, h.url)
	require.Equal(t, "ALDR BRCH", told[string](ctx, t, tickers))
	until(ctx, t, `document.getElementById("live-state").textContent === "live"`)
	require.Equal(t, "2 FY2025", told[string](ctx, t, `document.querySelectorAll("#feed > li").length + " " + document.querySelector("#rows td:last-child a").textContent.slice(3)`))
	told[bool](ctx, t, "window.stayed = true")

	h.publish(t, another("BRCH", "Birch Water", 4, 9))
	until(ctx, t, tickers+` === "BRCH ALDR"`)
	require.True(t, told[bool](ctx, t, "window.stayed === true"), "the page was not loaded again")
	require.True(t, told[bool](ctx, t, rowOf("BRCH")+`.classList.contains("changed")`))
	require.Equal(t, "1", told[string](ctx, t, rowOf("BRCH")+`.querySelector(".up").textContent`))
	require.Contains(t, told[string](ctx, t, rowOf("BRCH")+`.cells[2].textContent`), "(enthusiasm +16)")
	require.Contains(t, told[string](ctx, t, `document.querySelector("#feed > li").textContent`), "enthusiasm +16 (Q4 FY2025)")
	// The server tells the same as the script did.
	until(ctx, t, `fetch("/").then((answer) => answer.text()).then((page) => {
		const first = (root) => root.querySelector("#feed > li").textContent.replace(/\s+/g, "");
		return first(new DOMParser().parseFromString(page, "text/html")) === first(document);
	})`)
	flawless(ctx, t)
}

func TestAnEmptyPageFillsByItself(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	ctx := browser(t)
	visit(ctx, t, h.url)
	until(ctx, t, `document.body.textContent.includes("No company is ranked yet")`)
	h.publish(t, sample())
	until(ctx, t, tickers+` === "ALDR"`)
	require.Equal(t, "1", told[string](ctx, t, `String(document.querySelectorAll("#scatter-panel:not([hidden]) circle").length)`))
	flawless(ctx, t)
}

func TestTheRankingIsSortedAndFiltered(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.publish(t, sample())
	h.publish(t, another("BRCH", "Birch Water", 4, 5))
	h.publish(t, another("CEDR", "Cedar Rail", 4, 8))
	ctx := browser(t)
	visit(ctx, t, h.url)
	require.Equal(t, "CEDR ALDR BRCH", told[string](ctx, t, tickers))
	click := `[...document.querySelectorAll(".ranking thead a")].find((one) => one.textContent === "Company").click()`
	told[bool](ctx, t, "window.stayed = true")
	told[any](ctx, t, click)
	until(ctx, t, tickers+` === "ALDR BRCH CEDR"`)
	told[any](ctx, t, click)
	until(ctx, t, tickers+` === "CEDR BRCH ALDR"`)
	require.Equal(t, "descending", told[string](ctx, t, `document.querySelector("th[aria-sort]").getAttribute("aria-sort")`))

	require.NoError(t, chromedp.Do(ctx, chromedp.SendKeys(chromedp.CSS("#tools [name=q]"), "water")))
	until(ctx, t, tickers+` === "BRCH"`)
	require.Equal(t, "1 of 3", told[string](ctx, t, `document.getElementById("shown").textContent`))
	// Both hold when the ranking changes, and when the page is loaded again.
	h.publish(t, another("ELMW", "Elm Waterways", 4, 9))
	until(ctx, t, tickers+` === "ELMW BRCH"`)
	require.True(t, told[bool](ctx, t, "window.stayed === true"), "the page was not loaded again")
	flawless(ctx, t)
	visit(ctx, t, told[string](ctx, t, "location.href"))
	require.Equal(t, "ELMW BRCH", told[string](ctx, t, tickers))
	require.Equal(t, "water", told[string](ctx, t, `document.querySelector("#tools [name=q]").value`))
	flawless(ctx, t)
}

func TestAClaimOfACompanyLeadsToTheSentence(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.publish(t, sample())
	ctx := browser(t)
	visit(ctx, t, h.url)
	follow(ctx, t, `#rows th a`)
	require.Contains(t, told[string](ctx, t, "document.title"), "Alder Tools, Inc.")
	flawless(ctx, t)
	follow(ctx, t, `.claims #c02 blockquote a`)
	require.Equal(t, "We expect 2 million users of the copilot next year.", told[string](ctx, t, `document.querySelector("mark:target").textContent`))
	require.True(t, told[bool](ctx, t, `(() => {
		const box = document.querySelector("mark:target").getBoundingClientRect();
		return box.top >= 0 && box.bottom <= innerHeight;
	})()`), "the sentence is in sight")
	require.True(t, told[bool](ctx, t, `getComputedStyle(document.querySelector("mark:target")).backgroundColor !== getComputedStyle(document.getElementById("c01")).backgroundColor`))
	require.Equal(t, "c02", told[string](ctx, t, `document.querySelector(".evidence-list [aria-current] .id").textContent`))
	flawless(ctx, t)
}

// follow follows a link and waits for the page.
func follow(ctx context.Context, t *testing.T, link string) {
	t.Helper()
	_, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(link)))
	require.NoError(t, err, link)
}

func TestATranscriptWithMarkupExecutesNothing(t *testing.T) {
	t.Parallel()
	const attack = `<script>window.owned = true</script><img src="x" onerror="window.owned = true"><svg onload="window.owned = true">`
	h := openHouse(t)
	text, analysis := sampleCall()
	text += "\n\nMara Quill\n\nOne more thing: " + attack
	analysis.Call.Company = new("Alder " + attack)
	analysis.Claims[0].Subject = attack
	analysis.Exchanges[0].Analyst, analysis.Exchanges[0].Firm = attack, new(attack)
	analysis.Quotes[0].Speaker = attack
	analysis.Warnings[0].Message = attack
	h.publish(t, publication{text, analysis})
	ctx := browser(t)
	for _, path := range []string{"/companies/ALDR", "/calls/ALDR-2025Q4", "/"} {
		visit(ctx, t, h.url+path)
		require.Contains(t, told[string](ctx, t, `document.querySelector("main").textContent`), attack, path)
		require.True(t, told[bool](ctx, t, `window.owned === undefined && !document.querySelector("main script, main img, main [onload]")`), path)
		flawless(ctx, t)
	}
	// Also in what the script of the page makes.
	until(ctx, t, `document.getElementById("live-state").textContent === "live"`)
	analysis.Call.Id, analysis.Call.FiscalQuarter = new("ALDR-2026Q1"), new(int32(1))
	analysis.Call.FiscalYear, analysis.Call.CallDate = new(int32(2026)), new("2026-05-05")
	analysis.Enthusiasm.Score = 8
	h.publish(t, publication{text + " ", analysis})
	until(ctx, t, `document.querySelector("#feed > li").textContent.includes("Q1 FY2026")`)
	require.True(t, told[bool](ctx, t, `document.querySelector("#feed > li").textContent.includes("<script>") && window.owned === undefined`))
	flawless(ctx, t)
	// And if markup got into a page, the policy would stop it.
	told[any](ctx, t, `document.body.insertAdjacentHTML("beforeend", '<img src="x" onerror="window.owned = true">')`)
	until(ctx, t, `window.faults.some((fault) => fault.startsWith("script-src"))`)
	require.True(t, told[bool](ctx, t, `window.owned === undefined`))
}

func TestThePagesWorkWithoutScript(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.publish(t, sample())
	h.publish(t, another("BRCH", "Birch Water", 4, 5))
	ctx := browser(t)
	_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	require.NoError(t, err)
	visit(ctx, t, h.url)
	require.Equal(t, "ALDR BRCH", told[string](ctx, t, tickers))
	require.Equal(t, 2, told[int](ctx, t, `document.querySelectorAll("#feed > li").length`))
	require.Equal(t, "none", told[string](ctx, t, `getComputedStyle(document.getElementById("live-switch")).display`), "no controls that do nothing")
	// Searching and sorting work without it, too.
	require.NoError(t, chromedp.Do(ctx, chromedp.SendKeys(chromedp.CSS("#tools [name=q]"), "birch")))
	follow(ctx, t, `#tools button[type=submit]`)
	require.Equal(t, "BRCH", told[string](ctx, t, tickers))
	visit(ctx, t, h.url)
	follow(ctx, t, `.ranking thead th:nth-child(2) a`)
	require.Equal(t, "ALDR BRCH", told[string](ctx, t, tickers))
	visit(ctx, t, h.url+told[string](ctx, t, `document.querySelector(".ranking [aria-sort] a").getAttribute("href")`))
	require.Equal(t, "BRCH ALDR", told[string](ctx, t, tickers))
	visit(ctx, t, h.url)
	follow(ctx, t, `#rows th a`)
	follow(ctx, t, `.claims #c01 blockquote a`)
	require.Equal(t, "Our AI copilot now runs at $40 million a year, up 60% from a year ago.", told[string](ctx, t, `document.querySelector("mark:target").textContent`))
}

func TestThePagesFitAPhoneAndTheDark(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.publish(t, sample())
	ctx := browser(t)
	require.NoError(t, chromedp.Do(ctx, chromedp.EmulateViewport(390, 844)))
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	})
	require.NoError(t, err)
	for _, path := range []string{"/", "/companies/ALDR", "/calls/ALDR-2025Q4", "/methodology", "/nowhere"} {
		visit(ctx, t, h.url+path)
		require.LessOrEqual(t, told[int](ctx, t, "document.documentElement.scrollWidth"), 390, path)
		require.Less(t, told[int](ctx, t, `Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)[0])`), 60, path)
		flawless(ctx, t)
	}
}
