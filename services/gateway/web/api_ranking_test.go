package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/gateway/web"
)

// read gets a message.
func (h *house) read(t *testing.T, path string, into proto.Message) {
	t.Helper()
	response, body := h.get(t, path)
	require.Equal(t, http.StatusOK, response.StatusCode, body)
	require.NoError(t, callrankv1.ParseJSON([]byte(body), into))
}

func (h *house) tickers(t *testing.T, query string) []string {
	t.Helper()
	ranking := &callrankv1.Ranking{}
	h.read(t, "/api/v1/ranking?"+query, ranking)
	tickers := make([]string, 0, len(ranking.GetEntries()))
	for _, entry := range ranking.GetEntries() {
		tickers = append(tickers, entry.GetTicker())
	}
	return tickers
}

func TestRankingIsNarrowedDown(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *web.Settings) { s.Age.Today = "2026-05-08" })
	h.publish(t, "HLYD_2026Q1.txt")
	h.publish(t, "BWRX_2025Q2.txt")
	h.publish(t, "CSTN_2025Q4.txt")
	all := h.ranked(t, 3)
	for _, entry := range all.GetEntries() {
		require.Equal(t, entry.GetCall().GetCallDate() < "2025-10-10", entry.GetStale(), entry.GetTicker())
	}
	require.NotContains(t, h.tickers(t, "current_only=true"), "BWRX")
	require.Equal(t, []string{"HLYD"}, h.tickers(t, "size=mega"))
	require.Equal(t, h.tickers(t, "size=mega"), h.tickers(t, "min_market_cap=200000000000"))
	require.Contains(t, h.tickers(t, "sector=technology"), "HLYD")
	require.Empty(t, h.tickers(t, "sector=nowhere"))
	require.NotContains(t, h.tickers(t, "min_coverage=100"), "BWRX")
	company := &callrankv1.CompanyReport{}
	h.read(t, "/api/v1/companies/BWRX", company)
	require.True(t, company.GetStale())
}

func TestOldCompaniesLeaveTheRanking(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *web.Settings) { s.Age.Today, s.Age.Leave = "2026-05-08", true })
	h.publish(t, "BWRX_2025Q2.txt")
	h.publish(t, "HLYD_2026Q1.txt")
	h.ranked(t, 1)
	old := &callrankv1.CompanyReport{}
	require.Eventually(t, func() bool {
		response, body := h.get(t, "/api/v1/companies/BWRX")
		old = &callrankv1.CompanyReport{}
		return response.StatusCode == http.StatusOK && callrankv1.ParseJSON([]byte(body), old) == nil
	}, apiPatience, 20*time.Millisecond)
	require.Equal(t, []string{"HLYD"}, h.tickers(t, ""))
	require.Zero(t, old.GetRank())
	require.True(t, old.GetStale())
	_, page := h.get(t, "/companies/BWRX")
	require.Contains(t, page, "out of the ranking, its latest call is old")
	company := &callrankv1.CompanyReport{}
	h.read(t, "/api/v1/companies/HLYD", company)
	require.EqualValues(t, 1, company.GetRank())
	require.EqualValues(t, 1, company.GetRanked())
}

func TestRankingAsItStood(t *testing.T) {
	t.Parallel()
	h := openHouse(t, nil)
	h.publish(t, "HLYD_2025Q4.txt")
	h.ranked(t, 1)
	first := h.follow(t, "/api/v1/ranking/changes", "", 1, nil)[0].change
	h.publish(t, "CSTN_2025Q4.txt")
	h.ranked(t, 2)
	h.publish(t, "HLYD_2026Q1.txt")
	h.follow(t, "/api/v1/ranking/changes?from_start=true", "", 3, nil)

	then := url.QueryEscape(first.GetChangedAt())
	require.Empty(t, h.tickers(t, "as_of="+then), "it was announced a moment later")
	later, err := time.Parse(time.RFC3339Nano, first.GetChangedAt())
	require.NoError(t, err)
	was := &callrankv1.Ranking{}
	require.Eventually(t, func() bool {
		// The moment between the first announcement and the second.
		later = later.Add(100 * time.Microsecond)
		was = &callrankv1.Ranking{}
		h.read(t, "/api/v1/ranking?as_of="+url.QueryEscape(later.Format(time.RFC3339Nano)), was)
		return len(was.GetEntries()) > 0
	}, apiPatience, time.Millisecond)
	require.Len(t, was.GetEntries(), 1)
	entry := was.GetEntries()[0]
	require.Equal(t, "HLYD-2025Q4", entry.GetCall().GetId())
	require.InDelta(t, first.GetScoreAfter(), entry.GetScore(), 0)
	require.NotEmpty(t, entry.GetSector())
	require.Len(t, entry.GetComponents(), 7)
	require.Equal(t, callrankv1.BasisAnnounced, was.GetBasis())

	require.Equal(t, []string{"HLYD", "CSTN"}, h.tickers(t, "basis=calls&as_of=2026-02-12"))
	require.Equal(t, []string{"CSTN"}, h.tickers(t, "basis=calls&as_of=2026-02-11"), "HLYD held its call a day later")
	require.Empty(t, h.tickers(t, "as_of=2026-02-12"), "nothing was known of it then")

	movers := &callrankv1.Movers{}
	h.read(t, "/api/v1/ranking/movers?from="+url.QueryEscape(later.Format(time.RFC3339Nano)), movers)
	require.EqualValues(t, 1, movers.GetRankedBefore())
	require.EqualValues(t, 2, movers.GetRankedAfter())
	require.Len(t, movers.GetMoved(), 2)
	require.Equal(t, "CSTN", movers.GetMoved()[0].GetTicker(), "it came in, which is further than HLYD moved")
	require.Equal(t, []string{"HLYD-2026Q1"}, movers.GetMoved()[1].GetCallIds())

	for _, path := range []string{
		"/ranking?as_of=yesterday", "/ranking/movers?period=-3d", "/ranking/movers?period=moon",
		"/ranking/movers?from=2026-03-01&to=2026-02-01", "/ranking/movers?to=then",
	} {
		response, body := h.get(t, "/api/v1"+path)
		require.Equal(t, http.StatusBadRequest, response.StatusCode, path)
		require.Contains(t, response.Header.Get("Content-Type"), "application/problem+json", body)
	}
}

func TestFollowerThatIsAwayMissesNothingAndGetsNothingTwice(t *testing.T) {
	t.Parallel()
	h := openHouse(t, nil)
	// One call of each company: two of one may be merged into one change.
	samples := []string{"HLYD_2026Q1.txt", "MFLN_2026Q1.txt", "VRDH_2026Q1.txt", "CSTN_2025Q4.txt", "NGBC_2026Q1.txt", "KSTL_2025Q4.txt"}
	var got []string
	last := ""
	for i, name := range samples {
		h.publish(t, name)
		if i%2 == 0 {
			// It is away while every other change happens.
			continue
		}
		for _, event := range h.follow(t, "/api/v1/ranking/changes?from_start=true", last, 2, nil) {
			got, last = append(got, event.id), event.id
		}
	}
	all := make([]string, 0, len(samples))
	for _, event := range h.follow(t, "/api/v1/ranking/changes?from_start=true", "", len(samples), nil) {
		all = append(all, event.id)
	}
	require.Equal(t, all, got)
}
