package web

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
	"go.uber.org/zap"
	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/embedded"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/tests/browser"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/stages"
)

// patience bounds every wait.
const patience = browser.Patience

// house is a gateway with all that it needs, and a worker that ranks.
type house struct {
	broker    *messaging.Broker
	board     *leaderboard.Board
	publisher *messaging.Publisher
	url       string
}

func openHouse(t testing.TB) *house {
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
	return &house{broker: broker, board: board, publisher: messaging.NewPublisher(broker), url: gateway.URL()}
}

// run runs something until the end of the test.
func run(t testing.TB, work func(context.Context) error) {
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

// send publishes a transcript with its analysis.
func (h *house) send(t testing.TB, p publication) {
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
}

// publish publishes a transcript with its analysis, and returns when the
// company is ranked by it.
func (h *house) publish(t testing.TB, p publication) {
	t.Helper()
	h.send(t, p)
	call := p.analysis.GetCall()
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
	ctx := browser.Open(t)
	browser.Visit(ctx, t, h.url)
	require.Equal(t, "ALDR BRCH", browser.Told[string](ctx, t, tickers))
	browser.Until(ctx, t, `document.getElementById("live-state").textContent === "live"`)
	require.Equal(t, "2 FY2025", browser.Told[string](ctx, t, `document.querySelectorAll("#feed > li").length + " " + document.querySelector("#rows td:last-child a").textContent.slice(3)`))
	browser.Told[bool](ctx, t, "window.stayed = true")

	h.publish(t, another("BRCH", "Birch Water", 4, 9))
	browser.Until(ctx, t, tickers+` === "BRCH ALDR"`)
	require.True(t, browser.Told[bool](ctx, t, "window.stayed === true"), "the page was not loaded again")
	require.True(t, browser.Told[bool](ctx, t, rowOf("BRCH")+`.classList.contains("changed")`))
	require.Equal(t, "1", browser.Told[string](ctx, t, rowOf("BRCH")+`.querySelector(".up").textContent`))
	require.Contains(t, browser.Told[string](ctx, t, rowOf("BRCH")+`.cells[2].textContent`), "(enthusiasm +16)")
	require.Contains(t, browser.Told[string](ctx, t, `document.querySelector("#feed > li").textContent`), "enthusiasm +16 (Q4 FY2025)")
	// The server tells the same as the script did.
	browser.Until(ctx, t, `fetch("/").then((answer) => answer.text()).then((page) => {
		const first = (root) => root.querySelector("#feed > li").textContent.replace(/\s+/g, "");
		return first(new DOMParser().parseFromString(page, "text/html")) === first(document);
	})`)
	browser.Flawless(ctx, t)
}

func TestAnEmptyPageFillsByItself(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	ctx := browser.Open(t)
	browser.Visit(ctx, t, h.url)
	browser.Until(ctx, t, `document.body.textContent.includes("No company is ranked yet")`)
	h.publish(t, sample())
	browser.Until(ctx, t, tickers+` === "ALDR"`)
	require.Equal(t, "1", browser.Told[string](ctx, t, `String(document.querySelectorAll("#scatter-panel:not([hidden]) circle").length)`))
	browser.Flawless(ctx, t)
}

func TestTheRankingIsSortedAndFiltered(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.publish(t, sample())
	h.publish(t, another("BRCH", "Birch Water", 4, 5))
	h.publish(t, another("CEDR", "Cedar Rail", 4, 8))
	ctx := browser.Open(t)
	browser.Visit(ctx, t, h.url)
	require.Equal(t, "CEDR ALDR BRCH", browser.Told[string](ctx, t, tickers))
	click := `[...document.querySelectorAll(".ranking thead a")].find((one) => one.textContent === "Company").click()`
	browser.Told[bool](ctx, t, "window.stayed = true")
	browser.Told[any](ctx, t, click)
	browser.Until(ctx, t, tickers+` === "ALDR BRCH CEDR"`)
	browser.Told[any](ctx, t, click)
	browser.Until(ctx, t, tickers+` === "CEDR BRCH ALDR"`)
	require.Equal(t, "descending", browser.Told[string](ctx, t, `document.querySelector("th[aria-sort]").getAttribute("aria-sort")`))

	require.NoError(t, chromedp.Do(ctx, chromedp.SendKeys(chromedp.CSS("#tools [name=q]"), "water")))
	browser.Until(ctx, t, tickers+` === "BRCH"`)
	require.Equal(t, "1 of 3", browser.Told[string](ctx, t, `document.getElementById("shown").textContent`))
	// Both hold when the ranking changes, and when the page is loaded again.
	h.publish(t, another("ELMW", "Elm Waterways", 4, 9))
	browser.Until(ctx, t, tickers+` === "ELMW BRCH"`)
	require.True(t, browser.Told[bool](ctx, t, "window.stayed === true"), "the page was not loaded again")
	browser.Flawless(ctx, t)
	browser.Visit(ctx, t, browser.Told[string](ctx, t, "location.href"))
	require.Equal(t, "ELMW BRCH", browser.Told[string](ctx, t, tickers))
	require.Equal(t, "water", browser.Told[string](ctx, t, `document.querySelector("#tools [name=q]").value`))
	browser.Flawless(ctx, t)
}

func TestAClaimOfACompanyLeadsToTheSentence(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.publish(t, sample())
	ctx := browser.Open(t)
	browser.Visit(ctx, t, h.url)
	browser.Follow(ctx, t, `#rows th a`)
	require.Contains(t, browser.Told[string](ctx, t, "document.title"), "Alder Tools, Inc.")
	browser.Flawless(ctx, t)
	browser.Follow(ctx, t, `.claims #c02 blockquote a`)
	require.Equal(t, "We expect 2 million users of the copilot next year.", browser.Told[string](ctx, t, `document.querySelector("mark:target").textContent`))
	require.True(t, browser.Told[bool](ctx, t, `(() => {
		const box = document.querySelector("mark:target").getBoundingClientRect();
		return box.top >= 0 && box.bottom <= innerHeight;
	})()`), "the sentence is in sight")
	require.True(t, browser.Told[bool](ctx, t, `getComputedStyle(document.querySelector("mark:target")).backgroundColor !== getComputedStyle(document.getElementById("c01")).backgroundColor`))
	require.Equal(t, "c02", browser.Told[string](ctx, t, `document.querySelector(".evidence-list [aria-current] .id").textContent`))
	browser.Flawless(ctx, t)
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
	ctx := browser.Open(t)
	for _, path := range []string{"/companies/ALDR", "/calls/ALDR-2025Q4", "/"} {
		browser.Visit(ctx, t, h.url+path)
		require.Contains(t, browser.Told[string](ctx, t, `document.querySelector("main").textContent`), attack, path)
		require.True(t, browser.Told[bool](ctx, t, `window.owned === undefined && !document.querySelector("main script, main img, main [onload]")`), path)
		browser.Flawless(ctx, t)
	}
	// Also in what the script of the page makes.
	browser.Until(ctx, t, `document.getElementById("live-state").textContent === "live"`)
	analysis.Call.Id, analysis.Call.FiscalQuarter = new("ALDR-2026Q1"), new(int32(1))
	analysis.Call.FiscalYear, analysis.Call.CallDate = new(int32(2026)), new("2026-05-05")
	analysis.Enthusiasm.Score = 8
	h.publish(t, publication{text + " ", analysis})
	browser.Until(ctx, t, `document.querySelector("#feed > li").textContent.includes("Q1 FY2026")`)
	require.True(t, browser.Told[bool](ctx, t, `document.querySelector("#feed > li").textContent.includes("<script>") && window.owned === undefined`))
	browser.Flawless(ctx, t)
	// And if markup got into a page, the policy would stop it.
	browser.Told[any](ctx, t, `document.body.insertAdjacentHTML("beforeend", '<img src="x" onerror="window.owned = true">')`)
	browser.Until(ctx, t, `window.faults.some((fault) => fault.startsWith("script-src"))`)
	require.True(t, browser.Told[bool](ctx, t, `window.owned === undefined`))
}

func TestThePagesWorkWithoutScript(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.publish(t, sample())
	h.publish(t, another("BRCH", "Birch Water", 4, 5))
	ctx := browser.Open(t)
	_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	require.NoError(t, err)
	browser.Visit(ctx, t, h.url)
	require.Equal(t, "ALDR BRCH", browser.Told[string](ctx, t, tickers))
	require.Equal(t, 2, browser.Told[int](ctx, t, `document.querySelectorAll("#feed > li").length`))
	require.Equal(t, "none", browser.Told[string](ctx, t, `getComputedStyle(document.getElementById("live-switch")).display`), "no controls that do nothing")
	// Searching and sorting work without it, too.
	require.NoError(t, chromedp.Do(ctx, chromedp.SendKeys(chromedp.CSS("#tools [name=q]"), "birch")))
	browser.Follow(ctx, t, `#tools button[type=submit]`)
	require.Equal(t, "BRCH", browser.Told[string](ctx, t, tickers))
	browser.Visit(ctx, t, h.url)
	browser.Follow(ctx, t, `.ranking thead th:nth-child(2) a`)
	require.Equal(t, "ALDR BRCH", browser.Told[string](ctx, t, tickers))
	browser.Visit(ctx, t, h.url+browser.Told[string](ctx, t, `document.querySelector(".ranking [aria-sort] a").getAttribute("href")`))
	require.Equal(t, "BRCH ALDR", browser.Told[string](ctx, t, tickers))
	browser.Visit(ctx, t, h.url)
	browser.Follow(ctx, t, `#rows th a`)
	browser.Follow(ctx, t, `.claims #c01 blockquote a`)
	require.Equal(t, "Our AI copilot now runs at $40 million a year, up 60% from a year ago.", browser.Told[string](ctx, t, `document.querySelector("mark:target").textContent`))
}

func TestThePagesFitAPhoneAndTheDark(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.publish(t, sample())
	ctx := browser.Open(t)
	require.NoError(t, chromedp.Do(ctx, chromedp.EmulateViewport(390, 844)))
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	})
	require.NoError(t, err)
	for _, path := range []string{"/", "/companies/ALDR", "/calls/ALDR-2025Q4", "/methodology", "/nowhere"} {
		browser.Visit(ctx, t, h.url+path)
		require.LessOrEqual(t, browser.Told[int](ctx, t, "document.documentElement.scrollWidth"), 390, "%s: %s", path,
			browser.Told[string](ctx, t, `[...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > 391).map((one) => one.outerHTML.slice(0, 80)).join("\n")`))
		require.Less(t, browser.Told[int](ctx, t, `Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)[0])`), 60, path)
		browser.Flawless(ctx, t)
	}
}

func TestThePagesFitAPaper(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.publish(t, sample())
	ctx := browser.Open(t)
	// A4 less its margins.
	const wide = 720
	require.NoError(t, chromedp.Do(ctx, chromedp.EmulateViewport(wide, 1000)))
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	require.NoError(t, err)
	for _, path := range []string{"/", "/companies/ALDR", "/calls/ALDR-2025Q4", "/methodology"} {
		browser.Visit(ctx, t, h.url+path)
		require.LessOrEqual(t, browser.Told[int](ctx, t, "document.documentElement.scrollWidth"), wide, "%s: %s", path,
			browser.Told[string](ctx, t, `[...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > 721).map((one) => one.outerHTML.slice(0, 80)).join("\n")`))
		require.Equal(t, "none", browser.Told[string](ctx, t, `getComputedStyle(document.querySelector(".masthead nav")).display`), path)
	}
	browser.Visit(ctx, t, h.url)
	require.Greater(t, browser.Told[float64](ctx, t, `document.querySelector("#rows th").getBoundingClientRect().width`), 100.0)
	require.Equal(t, "table-cell", browser.Told[string](ctx, t, `getComputedStyle(document.querySelector("#rows th")).display`))
}
