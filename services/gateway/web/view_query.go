package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/leaderboard"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// mostWords bounds what is searched for.
const mostWords = 8

// rankingQuery is which companies are asked for, and in which order. Reading
// one never fails: what makes no sense is as if it had not been asked.
type rankingQuery struct {
	// Search are words that the ticker, the name or the sector hold.
	Search string
	Sector string
	// Size is one of leaderboard.Sizes.
	Size string
	// Current leaves out companies whose latest call is old.
	Current bool
	// Sort is the name of a column; Descending is whether the greatest comes
	// first.
	Sort       string
	Descending bool
	Offset     int
}

// column is a column of the ranking, and what it is sorted by.
type column struct {
	// Name is what it is called in an address.
	Name, Heading, Title string
	// words name it where it is no heading, if the heading does not.
	words string
	// Descending is which way it is sorted at first.
	Descending bool
	// compare orders two companies; nil where the text orders them.
	less func(a, b *callrankv1.RankingEntry) int
	// known tells whether there is something to sort by: what is unknown comes
	// last, whichever way.
	known func(*callrankv1.RankingEntry) bool
}

func always(*callrankv1.RankingEntry) bool { return true }

// rankingColumns are the columns, in their order.
func rankingColumns() []column {
	float := func(of func(*callrankv1.RankingEntry) float64) func(a, b *callrankv1.RankingEntry) int {
		return func(a, b *callrankv1.RankingEntry) int { return cmp.Compare(of(a), of(b)) }
	}
	word := func(order []string, of func(*callrankv1.RankingEntry) string) func(a, b *callrankv1.RankingEntry) int {
		return func(a, b *callrankv1.RankingEntry) int {
			return cmp.Compare(slices.Index(order, of(a)), slices.Index(order, of(b)))
		}
	}
	above := []string{callrankv1.AnalystsBelow, callrankv1.AnalystsInline, callrankv1.AnalystsAbove}
	priced := []string{callrankv1.PricedInLow, callrankv1.PricedInMedium, callrankv1.PricedInHigh}
	return []column{
		{Name: "rank", Heading: "#", words: "Rank", Title: "Rank, and by how much the company’s last change moved it", known: always, less: func(a, b *callrankv1.RankingEntry) int { return cmp.Compare(a.GetRank(), b.GetRank()) }},
		{Name: "company", Heading: "Company", known: always, less: func(a, b *callrankv1.RankingEntry) int { return cmp.Compare(a.GetTicker(), b.GetTicker()) }},
		{Name: "conviction", Heading: "Conviction", Title: "The score by component, out of what is known; and what its last change did", Descending: true, known: always, less: float((*callrankv1.RankingEntry).GetScore)},
		{Name: "enthusiasm", Heading: "Enthusiasm", Title: "0 to 10, call by call", Descending: true, known: always, less: float((*callrankv1.RankingEntry).GetEnthusiasm)},
		{Name: "lead", Heading: "Talk, proof", words: "Talk over proof", Title: "Hollow: enthusiasm. Full: substance, how far it is tied to measured results. Sorted by the lead of talk over proof", Descending: true, known: always, less: float(func(e *callrankv1.RankingEntry) float64 { return e.GetEnthusiasm() - e.GetSubstance() })},
		{Name: "eps", Heading: "EPS uplift", Title: "What the sized claims add to earnings per share", Descending: true, less: float((*callrankv1.RankingEntry).GetEpsPct), known: func(e *callrankv1.RankingEntry) bool { return e.EpsPct != nil }},
		{Name: "analysts", Heading: "vs analysts", Title: "Against the growth that analysts expect", Descending: true, less: word(above, (*callrankv1.RankingEntry).GetVersusAnalysts), known: func(e *callrankv1.RankingEntry) bool { return e.VersusAnalysts != nil }},
		{Name: "priced", Heading: "Priced in", Title: "How far it is in the price already", less: word(priced, (*callrankv1.RankingEntry).GetPricedIn), known: func(e *callrankv1.RankingEntry) bool { return e.PricedIn != nil }},
		{Name: "market", Heading: "Mkt value", Title: "Market value in US dollars", Descending: true, less: float((*callrankv1.RankingEntry).GetMarketCap), known: func(e *callrankv1.RankingEntry) bool { return e.MarketCap != nil }},
		{Name: "call", Heading: "Last call", Descending: true, less: func(a, b *callrankv1.RankingEntry) int {
			return cmp.Compare(a.GetCall().GetCallDate(), b.GetCall().GetCallDate())
		}, known: func(e *callrankv1.RankingEntry) bool { return e.GetCall().GetCallDate() != "" }},
	}
}

// columnView is a column as its heading shows it.
type columnView struct {
	Name, Heading, Title string
	// Words name it where it is no heading.
	Words string
	// Address sorts by it, or turns the order.
	Address string
	// Sorted is ascending, descending, or empty.
	Sorted string
}

// parseQuery reads a query from an address.
func parseQuery(values url.Values) rankingQuery {
	q := rankingQuery{Search: values.Get("q"), Sector: values.Get("sector"), Size: values.Get("size"), Sort: "rank"}
	q.Current = values.Get("current_only") == "true"
	if !slices.Contains(leaderboard.Sizes, q.Size) {
		q.Size = ""
	}
	for _, c := range rankingColumns() {
		if c.Name == values.Get("sort") {
			q.Sort, q.Descending = c.Name, c.Descending
		}
	}
	switch values.Get("order") {
	case "asc":
		q.Descending = false
	case "desc":
		q.Descending = true
	}
	if offset, err := strconv.Atoi(values.Get("offset")); err == nil && offset > 0 {
		q.Offset = offset
	}
	return q
}

// address leads to what a query asks for. What holds anyway is left out.
func (q rankingQuery) address() string {
	values := url.Values{}
	set := func(name, value string) {
		if value != "" {
			values.Set(name, value)
		}
	}
	set("q", q.Search)
	set("sector", q.Sector)
	set("size", q.Size)
	if q.Current {
		set("current_only", "true")
	}
	if q.Sort != "rank" {
		set("sort", q.Sort)
	}
	set("order", q.Turned())
	if q.Offset > 0 {
		set("offset", strconv.Itoa(q.Offset))
	}
	if len(values) == 0 {
		return "/"
	}
	return "/?" + values.Encode()
}

// at leads to the same from another place on.
func (q rankingQuery) at(offset int) string {
	q.Offset = offset
	return q.address()
}

// Filtered tells whether companies may be left out.
func (q rankingQuery) Filtered() bool {
	return q.Size != "" || q.Sector != "" || q.Current || len(q.words()) > 0
}

// Turned is asc or desc, where it is not the way in which the column is sorted
// at first.
func (q rankingQuery) Turned() string {
	for _, c := range rankingColumns() {
		if c.Name == q.Sort && c.Descending != q.Descending {
			return map[bool]string{true: "desc", false: "asc"}[q.Descending]
		}
	}
	return ""
}

func (q rankingQuery) columns() []columnView {
	all := rankingColumns()
	views := make([]columnView, 0, len(all))
	for _, c := range all {
		next := q
		next.Offset, next.Sort, next.Descending = 0, c.Name, c.Descending
		v := columnView{Name: c.Name, Heading: c.Heading, Title: c.Title, Words: cmp.Or(c.words, c.Heading)}
		if q.Sort == c.Name {
			next.Descending = !q.Descending
			v.Sorted = map[bool]string{true: "descending", false: "ascending"}[q.Descending]
		}
		v.Address = next.address()
		views = append(views, v)
	}
	return views
}

func (q rankingQuery) words() []string {
	words := strings.Fields(strings.ToLower(q.Search))
	return words[:min(len(words), mostWords)]
}

// choose returns the companies that match, in order.
func (q rankingQuery) choose(entries []*callrankv1.RankingEntry) []*callrankv1.RankingEntry {
	words, value := q.words(), client.Query{}
	if err := value.OfSize(q.Size); err != nil {
		// Of no size that there is, there is none.
		return nil
	}
	chosen := make([]*callrankv1.RankingEntry, 0, len(entries))
	for _, entry := range entries {
		if q.matches(entry, words, value) {
			chosen = append(chosen, entry)
		}
	}
	if q.Sort == "rank" && !q.Descending {
		return chosen
	}
	for _, c := range rankingColumns() {
		if c.Name == q.Sort {
			slices.SortStableFunc(chosen, func(a, b *callrankv1.RankingEntry) int { return q.order(c, a, b) })
		}
	}
	return chosen
}

func (q rankingQuery) order(c column, a, b *callrankv1.RankingEntry) int {
	if known := c.known(a); known != c.known(b) {
		return map[bool]int{true: -1, false: 1}[known]
	}
	if q.Descending {
		return c.less(b, a)
	}
	return c.less(a, b)
}

func (q rankingQuery) matches(entry *callrankv1.RankingEntry, words []string, value client.Query) bool {
	if q.Sector != "" && entry.GetSector() != q.Sector {
		return false
	}
	switch worth := entry.GetMarketCap(); {
	case q.Current && entry.GetStale(),
		value.MinMarketCap > 0 && worth < value.MinMarketCap,
		value.MaxMarketCap > 0 && (entry.MarketCap == nil || worth >= value.MaxMarketCap):
		return false
	}
	if len(words) == 0 {
		return true
	}
	text := strings.ToLower(entry.GetTicker() + " " + entry.GetCompany() + " " + entry.GetSector())
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}

// sectors are the sectors of companies, each once, in order.
func sectors(entries []*callrankv1.RankingEntry) []string {
	seen := map[string]bool{}
	var names []string
	for _, entry := range entries {
		if name := entry.GetSector(); name != "" && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
