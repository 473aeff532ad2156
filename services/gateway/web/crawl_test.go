package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/callrank/callrank/pkg/samples"
)

// crawled is a page as it was found.
type crawled struct {
	links []string
	ids   map[string]string
}

// read reads the links of a page and what can be linked to.
func read(t *testing.T, page string) crawled {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	require.NoError(t, err)
	c := crawled{ids: map[string]string{}}
	for node := range root.Descendants() {
		for _, a := range node.Attr {
			switch a.Key {
			case "id":
				require.NotContains(t, c.ids, a.Val, "an element is named twice")
				c.ids[a.Val] = spoken(node)
			case "href", "src":
				c.links = append(c.links, a.Val)
			}
		}
	}
	return c
}

// spoken is the text of an element, its white space folded.
func spoken(node *html.Node) string {
	var b strings.Builder
	for child := range node.Descendants() {
		if child.Type == html.TextNode {
			b.WriteString(" " + child.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// crawl follows every link from the ranking on, and returns the pages by their
// paths.
func (h *house) crawl(t *testing.T, from string) map[string]crawled {
	t.Helper()
	pages := map[string]crawled{}
	// Whoever links to a fragment, by the path and the fragment.
	wanted := map[string]string{}
	waiting := []string{from}
	for len(waiting) > 0 {
		path := waiting[0]
		waiting = waiting[1:]
		if _, seen := pages[path]; seen {
			continue
		}
		answer, body := h.get(t, path)
		require.Equal(t, http.StatusOK, answer.StatusCode, path)
		if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
			pages[path] = crawled{}
			continue
		}
		page := read(t, body)
		pages[path] = page
		here, err := url.Parse(path)
		require.NoError(t, err)
		for _, link := range page.links {
			to, err := here.Parse(link)
			require.NoError(t, err, link)
			require.Empty(t, to.Host, "%s leads away from here: %s", path, link)
			fragment := to.Fragment
			to.Fragment = ""
			if fragment != "" {
				wanted[to.String()+"#"+fragment] = path
			}
			waiting = append(waiting, to.String())
		}
	}
	for link, path := range wanted {
		to, fragment, _ := strings.Cut(link, "#")
		require.Contains(t, pages[to].ids, fragment, "%s links to %s", path, link)
	}
	return pages
}

func TestNoLinkIsBrokenAndEveryClaimLeadsToItsEvidence(t *testing.T) {
	t.Parallel()
	h := openHouse(t, nil)
	all, err := samples.Calls()
	require.NoError(t, err)
	companies := map[string]bool{}
	for _, call := range all {
		headers := map[string]string{"Content-Type": "text/plain; charset=utf-8"}
		if call.Ticker != "" {
			headers["callrank-ticker"] = call.Ticker
		}
		answer, body := h.do(t, http.MethodPost, "/api/v1/transcripts", string(call.Document), headers)
		require.Equal(t, http.StatusAccepted, answer.StatusCode, body)
		companies[strings.Split(call.Name, "_")[0]] = true
	}
	h.settled(t, len(all))
	pages := h.crawl(t, "/")

	calls, claims := 0, 0
	for path := range pages {
		if id, ok := strings.CutPrefix(path, "/calls/"); ok {
			calls++
			claims += h.proven(t, id, pages)
		}
	}
	require.Len(t, all, calls, "every call can be come by")
	require.Positive(t, claims)
	for ticker := range companies {
		require.Contains(t, pages, "/companies/"+ticker)
	}
	t.Logf("%d pages, %d companies, %d calls, %d claims", len(pages), len(companies), calls, claims)
}

// proven requires that each claim and quote of a call stands where links to it
// lead, and that the company's page links to the claims of its latest call. It
// returns how many claims there are.
func (h *house) proven(t *testing.T, id string, pages map[string]crawled) int {
	t.Helper()
	analysis := h.analysis(t, id)
	text := pages["/calls/"+id]
	company := pages["/companies/"+analysis.GetCall().GetTicker()]
	ranked := slices.IndexFunc(company.links, func(link string) bool { return strings.HasPrefix(link, "/calls/") })
	latest := company.links[ranked] == "/calls/"+id
	for _, claim := range analysis.GetClaims() {
		// What is marked may begin with the claim's id, which is of the page.
		require.Contains(t, folded(text.ids[claim.GetId()]), folded(opening(claim.GetQuote())), "%s %s", id, claim.GetId())
		if latest {
			require.Contains(t, company.ids, claim.GetId())
			require.Contains(t, company.links, "/calls/"+id+"#"+claim.GetId())
		}
	}
	return len(analysis.GetClaims())
}

// opening is how a quote begins: it may go on in another mark.
func opening(quote string) string {
	words := strings.Fields(quote)
	return strings.Join(words[:min(len(words), 3)], " ")
}

// folded is a text without its white space, of which marks add some.
func folded(s string) string { return strings.Join(strings.Fields(s), "") }
