package web

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/tests/browser"
)

// mostBytes is how large the page of five hundred companies may be.
const mostBytes = 500_000

// mostJump is what a page may jump by in all, of what is called good: 0.1.
const mostJump = 0.01

// openFiveHundred is a house of five hundred companies, each with a call.
func openFiveHundred(tb testing.TB) *house {
	tb.Helper()
	h := openHouse(tb)
	for i := range 500 {
		h.send(tb, another(fmt.Sprintf("T%03d", i), fmt.Sprintf("Company %03d", i), 4, 2+float64(i%80)/10))
	}
	require.Eventually(tb, func() bool {
		ranking, err := h.board.Top(tb.Context(), 0, 1)
		return err == nil && ranking.GetRanked() == 500
	}, patience, patience/1000)
	return h
}

func TestFiveHundredCompaniesFitHalfAMegabyte(t *testing.T) {
	t.Parallel()
	h := openFiveHundred(t)
	for _, packed := range []bool{false, true} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.url, nil)
		require.NoError(t, err)
		request.Header.Set("Accept-Encoding", map[bool]string{true: "gzip", false: "identity"}[packed])
		answer, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		sent, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		require.Less(t, len(sent), mostBytes)
		require.Equal(t, packed, answer.Header.Get("Content-Encoding") == "gzip")
		if packed {
			require.Less(t, len(sent), mostBytes/4)
		} else {
			require.Contains(t, string(sent), "Companies 1 to 500 of 500")
		}
	}
}

func TestNothingJumpsWhenRowsMove(t *testing.T) {
	t.Parallel()
	h := openFiveHundred(t)
	ctx := browser.Open(t)
	browser.Visit(ctx, t, h.url)
	browser.Until(ctx, t, `document.getElementById("live-state").textContent === "live"`)
	first := browser.Told[string](ctx, t, tickers)
	// From the end to the top, and within sight.
	h.publish(t, another("T000", "Company 000", 5, 9.9))
	h.publish(t, another("T079", "Company 079", 5, 3))
	browser.Until(ctx, t, tickers+`.startsWith("T000 ")`)
	browser.Until(ctx, t, rowOf("T079")+`.cells[0].textContent > 50`)
	require.NotEqual(t, first, browser.Told[string](ctx, t, tickers))
	// Rows travel, and the feed with them.
	browser.Until(ctx, t, `document.getAnimations().every((one) => one.playState === "finished" || one.animationName)`)
	jumped := browser.Told[float64](ctx, t, `jumps.reduce((sum, jump) => sum + jump.value, 0)`)
	require.LessOrEqual(t, jumped, mostJump, browser.Told[string](ctx, t, `JSON.stringify(jumps)`))
	browser.Flawless(ctx, t)
}

// BenchmarkFirstByte measures, over HTTP and with the store behind it, when the
// first byte of the page of five hundred companies is there.
func BenchmarkFirstByte(b *testing.B) {
	h := openFiveHundred(b)
	least, all := time.Hour, 0
	for b.Loop() {
		var began, first time.Time
		trace := &httptrace.ClientTrace{GotFirstResponseByte: func() { first = time.Now() }}
		request, err := http.NewRequestWithContext(httptrace.WithClientTrace(b.Context(), trace), http.MethodGet, h.url, nil)
		require.NoError(b, err)
		began = time.Now()
		answer, err := http.DefaultClient.Do(request)
		require.NoError(b, err)
		n, err := io.Copy(io.Discard, answer.Body)
		require.NoError(b, err)
		require.NoError(b, answer.Body.Close())
		least, all = min(least, first.Sub(began)), int(n)
	}
	b.ReportMetric(float64(least.Microseconds())/1000, "ms-to-first-byte")
	b.ReportMetric(float64(all), "bytes")
}

func BenchmarkCompress(b *testing.B) {
	page := fiveHundred(b)
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		w, err := gzip.NewWriterLevel(io.Discard, compression)
		require.NoError(b, err)
		_, err = w.Write(page)
		require.NoError(b, err)
		require.NoError(b, w.Close())
	}
}
