package web_test

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/tests/browser"
	"github.com/callrank/callrank/services/gateway/web"
)

func TestEveryPageIsAccessible(t *testing.T) {
	t.Parallel()
	h := openHouse(t, nil)
	signedOut := openHouse(t, func(s *web.Settings) { s.Token = "sesame" })
	for _, name := range []string{"HLYD_2025Q4.txt", "HLYD_2026Q1.txt", "BWRX_2025Q4.txt", "SLVN_2026Q1.txt"} {
		h.publish(t, name)
	}
	h.ranked(t, 3)
	h.bury(t)
	ctx := browser.Open(t)
	for _, scheme := range []string{"light", "dark"} {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		require.NoError(t, err)
		for _, address := range []string{
			h.url + "/", h.url + "/companies/HLYD", h.url + "/calls/HLYD-2026Q1", h.url + "/methodology", h.url + "/ops", h.url + "/ops/dead/1",
			h.url + "/nowhere", signedOut.url + "/ops", signedOut.url + "/",
		} {
			t.Log(scheme, address)
			browser.Visit(ctx, t, address)
			browser.Told[any](ctx, t, `document.querySelectorAll("details").forEach((one) => { one.open = true; })`)
			browser.Accessible(ctx, t)
		}
	}
}
