package system_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// sec is a server that answers like the SEC's, of made-up companies, and that
// can be down.
type sec struct {
	*httptest.Server

	mu   sync.Mutex
	down bool
	// downAfter is after how many companies it goes down; never for 0.
	downAfter int
	answered  int
	asked     []time.Time
}

// startSEC starts one that knows companies T000, T001 and so on.
func startSEC(t *testing.T, companies, downAfter int) *sec {
	t.Helper()
	list := map[string]any{}
	for i := range companies {
		list[strconv.Itoa(i)] = map[string]any{"cik_str": i + 1, "ticker": fmt.Sprintf("T%03d", i), "title": "Invented"}
	}
	tickers, err := json.Marshal(list)
	require.NoError(t, err)
	s := &sec{downAfter: downAfter}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		facts := strings.Contains(r.URL.Path, "companyfacts")
		if s.ask(facts) {
			panic(http.ErrAbortHandler)
		}
		w.Header().Set("Content-Type", "application/json")
		if !facts {
			_, _ = w.Write(tickers)
			return
		}
		cik := strings.TrimSuffix(r.URL.Path[strings.LastIndex(r.URL.Path, "CIK")+len("CIK"):], ".json")
		_, _ = fmt.Fprintf(w, invented, cik)
	}))
	t.Cleanup(s.Close)
	return s
}

// ask counts a request, and tells whether the server is down for it.
func (s *sec) ask(facts bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, time.Now())
	if !s.down && facts {
		s.answered++
		s.down = s.answered == s.downAfter
		return false
	}
	return s.down
}

func (s *sec) set(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

func (s *sec) isDown() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.down
}

// requests are the moments at which it was asked.
func (s *sec) requests() []time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// within is the most requests there were in any stretch of a length.
func within(asked []time.Time, length time.Duration) int {
	most, first := 0, 0
	for i, at := range asked {
		for at.Sub(asked[first]) >= length {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

// invented are the facts of a company, with its number left out: fiscal 2024 and
// 2025.
const invented = `{"cik": "%s", "entityName": "Invented", "facts": {"us-gaap": {
 "Revenues": {"units": {"USD": [
  {"start": "2024-01-01", "end": "2024-12-31", "val": 40000000000, "accn": "0000000001-25-000001", "fy": 2024, "fp": "FY", "form": "10-K", "filed": "2025-02-10"},
  {"start": "2025-01-01", "end": "2025-12-31", "val": 51800000000, "accn": "0000000001-26-000001", "fy": 2025, "fp": "FY", "form": "10-K", "filed": "2026-02-10"}]}},
 "NetIncomeLoss": {"units": {"USD": [
  {"start": "2025-01-01", "end": "2025-12-31", "val": 8750000000, "accn": "0000000001-26-000001", "fy": 2025, "fp": "FY", "form": "10-K", "filed": "2026-02-10"}]}}}}}`
