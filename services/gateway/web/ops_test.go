package web_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/tests/browser"
	"github.com/callrank/callrank/services/gateway/web"
)

// form sends a form as a browser that followed a link to the page would.
func (h *house) form(t *testing.T, path string, values url.Values) (*http.Response, string) {
	t.Helper()
	return h.do(t, http.MethodPost, path, values.Encode(), map[string]string{"Content-Type": "application/x-www-form-urlencoded"})
}

// csrf is what the forms of the page of operations send back.
func csrf(t *testing.T, page string) string {
	t.Helper()
	found := regexp.MustCompile(`name="csrf" value="([^"]+)"`).FindStringSubmatch(page)
	require.NotNil(t, found, page)
	return found[1]
}

func TestOperationsAreForWhoHasTheToken(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *web.Settings) { s.Token = "sesame" })
	answer, page := h.get(t, "/ops")
	require.Equal(t, http.StatusUnauthorized, answer.StatusCode)
	require.Contains(t, page, `action="/ops/sign-in"`)
	require.NotContains(t, page, "ingest")
	for _, path := range []string{"/ops/live", "/ops/dead/1"} {
		answer, _ = h.get(t, path)
		require.Equal(t, http.StatusUnauthorized, answer.StatusCode, path)
	}
	for _, path := range []string{"/ops/dead/1/retry", "/ops/dead/1/drop", "/ops/dead/retry"} {
		answer, _ = h.form(t, path, nil)
		require.Equal(t, http.StatusUnauthorized, answer.StatusCode, path)
	}
	answer, page = h.form(t, "/ops/sign-in", url.Values{"token": {"open"}})
	require.Equal(t, http.StatusForbidden, answer.StatusCode)
	require.Contains(t, page, "That is not the token.")
	require.Empty(t, answer.Cookies())
	// Programs send the token in a header.
	answer, page = h.do(t, http.MethodGet, "/ops", "", map[string]string{"Authorization": "Bearer sesame"})
	require.Equal(t, http.StatusOK, answer.StatusCode)
	require.Contains(t, page, "ingest")
	answer, _ = h.do(t, http.MethodGet, "/ops", "", map[string]string{"Authorization": "Bearer open"})
	require.Equal(t, http.StatusUnauthorized, answer.StatusCode)
}

func TestASessionIsKeptFromScriptsAndOtherSites(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *web.Settings) { s.Token = "sesame" })
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	h.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	h.client.Jar = jar
	answer, _ := h.form(t, "/ops/sign-in", url.Values{"token": {"sesame"}})
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	require.Equal(t, "/ops", answer.Header.Get("Location"))
	require.Len(t, answer.Cookies(), 1)
	cookie := answer.Cookies()[0]
	require.True(t, cookie.HttpOnly)
	require.Equal(t, http.SameSiteStrictMode, cookie.SameSite)
	require.Equal(t, "/ops", cookie.Path)
	require.NotContains(t, cookie.Value, "sesame")

	answer, page := h.get(t, "/ops")
	require.Equal(t, http.StatusOK, answer.StatusCode)
	require.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
	// A form that another site made lacks what the page has.
	for _, forged := range []url.Values{nil, {"csrf": {"x"}}} {
		answer, _ = h.form(t, "/ops/dead/retry", forged)
		require.Equal(t, http.StatusForbidden, answer.StatusCode)
	}
	answer, _ = h.do(t, http.MethodPost, "/ops/dead/retry", url.Values{"csrf": {csrf(t, page)}}.Encode(), map[string]string{
		"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://elsewhere.example", "Sec-Fetch-Site": "cross-site",
	})
	require.Equal(t, http.StatusForbidden, answer.StatusCode)
	answer, _ = h.form(t, "/ops/dead/retry", url.Values{"csrf": {csrf(t, page)}})
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	// One that was altered is none, and signing out ends it.
	altered := cookie.Value[:5] + "A" + cookie.Value[6:]
	if altered == cookie.Value {
		altered = cookie.Value[:5] + "B" + cookie.Value[6:]
	}
	h.client.Jar = nil
	answer, _ = h.do(t, http.MethodGet, "/ops", "", map[string]string{"Cookie": cookie.Name + "=" + altered})
	require.Equal(t, http.StatusUnauthorized, answer.StatusCode)
	h.client.Jar = jar
	answer, _ = h.form(t, "/ops/sign-out", url.Values{"csrf": {csrf(t, page)}})
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	answer, _ = h.get(t, "/ops")
	require.Equal(t, http.StatusUnauthorized, answer.StatusCode)
}

func TestATokenCannotBeGuessedFast(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *web.Settings) { s.Token = "sesame" })
	refused := 0
	for range 30 {
		answer, _ := h.form(t, "/ops/sign-in", url.Values{"token": {"guess"}})
		if answer.StatusCode == http.StatusTooManyRequests {
			refused++
		}
	}
	require.Positive(t, refused)
}

func TestAnOperatorSeesToDeadLettersInABrowser(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *web.Settings) { s.Token = "sesame" })
	h.bury(t)
	ctx := browser.Open(t)
	browser.Visit(ctx, t, h.url+"/ops")
	require.NoError(t, chromedp.Do(ctx, chromedp.SendKeys(chromedp.CSS("#token"), "sesame")))
	browser.Follow(ctx, t, ".sign-in button")
	page := browser.Told[string](ctx, t, "document.body.textContent")
	for _, want := range []string{"ingest", "extract", "quantify", "ground", "rank", "Waiting", "Behind", "Rate", "Retried now", "Generations", "promoted", "CALLS", "Retry all"} {
		require.Contains(t, page, want)
	}
	require.Equal(t, "", browser.Told[string](ctx, t, "document.cookie"), "scripts see no session")
	row := `document.querySelector("table.letters tbody tr").textContent`
	require.Contains(t, browser.Told[string](ctx, t, row), "ingest")
	require.Equal(t, "1", browser.Told[string](ctx, t, `document.querySelector("#stages tbody tr td a[href='#dead']").textContent`))
	browser.Follow(ctx, t, "table.letters th a")
	require.Contains(t, browser.Told[string](ctx, t, "document.body.textContent"), "payload")

	// It fails again, as a letter of its own.
	browser.Visit(ctx, t, h.url+"/ops")
	browser.Follow(ctx, t, "table.letters .acts form button")
	require.Contains(t, browser.Told[string](ctx, t, `document.querySelector("[role=status].notice").textContent`), "is worked on again")
	h.buried(t, 1)
	browser.Visit(ctx, t, h.url+"/ops")
	require.NoError(t, chromedp.Do(ctx, chromedp.Click(chromedp.CSS("table.letters summary"))))
	browser.Follow(ctx, t, "table.letters details button")
	require.Contains(t, browser.Told[string](ctx, t, "document.body.textContent"), "Everything that was published could be worked on.")
	// What changes by itself does so without loading the page.
	browser.Told[bool](ctx, t, "window.stayed = true")
	at := browser.Told[string](ctx, t, `document.querySelector(".checks").textContent`)
	browser.Until(ctx, t, `document.querySelector(".checks").textContent !== "`+strings.ReplaceAll(at, "\n", "\\n")+`"`)
	require.True(t, browser.Told[bool](ctx, t, "window.stayed"))
	browser.Flawless(ctx, t)
}
