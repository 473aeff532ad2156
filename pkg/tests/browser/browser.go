// Package browser opens pages in the system's Chromium, for tests.
package browser

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// Patience bounds what a test does in a browser.
const Patience = 90 * time.Second

// Open opens a tab that notes what a page must not do: throw, or try what the
// policy forbids. It notes too how far what is in sight jumps about.
func Open(tb testing.TB) context.Context {
	tb.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	require.NotEmpty(tb, program, "these tests run in a real Chromium, which `make test` installs")
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1440, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	tb.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	tb.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	tb.Cleanup(cancel)
	_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		window.faults = [];
		addEventListener("securitypolicyviolation", (e) => faults.push(e.violatedDirective + " " + e.blockedURI));
		addEventListener("error", (e) => faults.push(e.message));
		addEventListener("unhandledrejection", (e) => faults.push(String(e.reason)));
		window.jumps = [];
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) jumps.push({
				value: entry.value, of: entry.sources.map((source) => source.node?.parentElement?.outerHTML.slice(0, 90) ?? String(source.node)),
			});
		}).observe({ type: "layout-shift", buffered: true });`})
	require.NoError(tb, err)
	return ctx
}

// Visit opens a page.
func Visit(ctx context.Context, tb testing.TB, address string) {
	tb.Helper()
	require.NoError(tb, chromedp.Do(ctx, chromedp.Navigate(address)), address)
}

// Follow follows a link and waits for the page.
func Follow(ctx context.Context, tb testing.TB, link string) {
	tb.Helper()
	_, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(link)))
	require.NoError(tb, err, link)
}

// Told is what an expression comes to in the page.
func Told[T any](ctx context.Context, tb testing.TB, expression string) T {
	tb.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	require.NoError(tb, err, expression)
	return value
}

// Until waits until an expression holds in the page.
func Until(ctx context.Context, tb testing.TB, expression string) {
	tb.Helper()
	_, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(Patience/3)))
	require.NoError(tb, err, expression)
}

// Flawless requires that the page did nothing that it must not.
func Flawless(ctx context.Context, tb testing.TB) {
	tb.Helper()
	require.Empty(tb, Told[[]string](ctx, tb, "window.faults"))
}

// Finding is what axe-core finds wrong with a page.
type Finding struct {
	Rule   string   `json:"rule"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	Where  []string `json:"where"`
}

// Accessible requires that axe-core finds nothing serious or critical in the
// page. The test is skipped where axe-core is not there: scripts/test fetches
// it.
func Accessible(ctx context.Context, tb testing.TB) {
	tb.Helper()
	axe := os.Getenv("CALLRANK_AXE")
	if axe == "" {
		axe = filepath.Join(repository(tb), ".tools", "axe", "axe.min.js")
	}
	script, err := os.ReadFile(axe)
	if err != nil {
		tb.Skipf("axe-core is not here, which scripts/test fetches: %v", err)
	}
	Told[bool](ctx, tb, string(script)+"\n;true")
	_, err = chromedp.Run(ctx, chromedp.Evaluate[any](`window.axeDone = undefined; axe.run(document, { resultTypes: ["violations"] }).then((found) => { window.axeDone = found.violations
		.filter((one) => one.impact === "serious" || one.impact === "critical")
		.map((one) => ({ rule: one.id, impact: one.impact, help: one.help, where: one.nodes.slice(0, 5).map((node) => node.html.slice(0, 160) + " " + (node.any[0]?.message ?? "")) })); }); true`))
	require.NoError(tb, err)
	Until(ctx, tb, "window.axeDone !== undefined")
	require.Empty(tb, Told[[]Finding](ctx, tb, "window.axeDone"))
}

// repository is the directory that holds go.work, at or above the test's.
func repository(tb testing.TB) string {
	tb.Helper()
	dir, err := os.Getwd()
	require.NoError(tb, err)
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.work")); err == nil {
			return dir
		}
		require.NotEqual(tb, dir, filepath.Dir(dir), "no go.work at or above the working directory")
		dir = filepath.Dir(dir)
	}
}
