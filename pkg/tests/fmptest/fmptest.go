// Package fmptest is a server that answers as Financial Modeling Prep does,
// with the transcripts and figures that a test gives it.
package fmptest

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Key is the key that the server wants.
const Key = "k3y-of-the-tests"

// Server is the server.
type Server struct {
	// URL is its address.
	URL string

	mu       sync.Mutex
	calls    []call
	requests []string
	fail     map[string]int
	stumble  map[string]int
	figures  map[string][]byte
	breaks   map[string]http.HandlerFunc
}

// call is a transcript as it is answered, and what is listed of it.
type call struct {
	document []byte

	Symbol string `json:"symbol"`
	Period string `json:"period"`
	Year   int    `json:"year"`
	Date   string `json:"date"`
}

// Start starts a server for one test.
func Start(tb testing.TB) *Server {
	tb.Helper()
	s := &Server{fail: map[string]int{}, stumble: map[string]int{}, figures: map[string][]byte{}, breaks: map[string]http.HandlerFunc{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /stable/earning-call-transcript", s.transcript)
	mux.HandleFunc("GET /stable/earning-call-transcript-dates", s.dates)
	mux.HandleFunc("GET /stable/earning-call-transcript-latest", s.latest)
	mux.HandleFunc("GET /stable/", s.figure)
	server := httptest.NewServer(s.door(mux))
	tb.Cleanup(server.Close)
	s.URL = server.URL + "/stable/"
	return s
}

// Add adds transcripts, each the JSON of one as the API gives it.
func (s *Server) Add(tb testing.TB, documents ...[]byte) {
	tb.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, document := range documents {
		var calls []call
		if err := json.Unmarshal(document, &calls); err != nil || len(calls) != 1 {
			tb.Fatalf("not the JSON of one transcript: %v", err)
		}
		calls[0].document = document
		s.calls = append(s.calls, calls[0])
	}
}

// Fail has every request for a symbol answered with a status from now on; 200
// as ever.
func (s *Server) Fail(symbol string, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail[symbol] = status
}

// Stumble has the next request for a symbol answered with a status.
func (s *Server) Stumble(symbol string, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stumble[symbol] = status
}

// Requests are the requests so far: endpoint and query.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// door wants the key and notes who comes.
func (s *Server) door(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.requests = append(s.requests, strings.TrimPrefix(r.URL.RequestURI(), "/stable/"))
		breaks := s.breaks[strings.TrimPrefix(r.URL.Path, "/stable/")]
		status := s.status(r.URL.Query().Get("symbol"))
		s.mu.Unlock()
		switch {
		case r.Header.Get("Apikey") != Key:
			w.WriteHeader(http.StatusUnauthorized)
			answer(w, map[string]string{"Error Message": "Invalid API KEY. The one that came was " + r.Header.Get("Apikey")})
		case status != http.StatusOK:
			w.WriteHeader(status)
		case breaks != nil:
			breaks(w, r)
		default:
			s.mu.Lock()
			defer s.mu.Unlock()
			next.ServeHTTP(w, r)
		}
	})
}

// status is what a request for a symbol is answered with.
func (s *Server) status(symbol string) int {
	status := cmp.Or(s.stumble[symbol], s.fail[symbol], http.StatusOK)
	delete(s.stumble, symbol)
	return status
}

func (s *Server) transcript(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	for _, c := range s.calls {
		if c.Symbol == query.Get("symbol") && strconv.Itoa(c.Year) == query.Get("year") && c.Period == "Q"+query.Get("quarter") {
			_, _ = w.Write(c.document)
			return
		}
	}
	answer(w, []any{})
}

func (s *Server) dates(w http.ResponseWriter, r *http.Request) {
	listed := []map[string]any{}
	for _, c := range s.newestFirst() {
		if c.Symbol == r.URL.Query().Get("symbol") {
			quarter, _ := strconv.Atoi(strings.TrimPrefix(c.Period, "Q"))
			listed = append(listed, map[string]any{"quarter": quarter, "fiscalYear": c.Year, "date": c.Date})
		}
	}
	answer(w, listed)
}

func (s *Server) latest(w http.ResponseWriter, r *http.Request) {
	page, limit := number(r.URL.Query(), "page"), number(r.URL.Query(), "limit")
	calls := s.newestFirst()
	listed := make([]map[string]any, 0, len(calls))
	for _, c := range calls {
		listed = append(listed, map[string]any{"symbol": c.Symbol, "period": c.Period, "fiscalYear": c.Year, "date": c.Date})
	}
	from := min(page*limit, len(listed))
	answer(w, listed[from:min(from+limit, len(listed))])
}

func (s *Server) newestFirst() []call {
	return slices.SortedStableFunc(slices.Values(s.calls), func(a, b call) int { return cmp.Compare(b.Date, a.Date) })
}

func number(query url.Values, name string) int {
	n, _ := strconv.Atoi(query.Get(name))
	return n
}

func answer(w http.ResponseWriter, what any) {
	b, err := json.Marshal(what)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	// A client that is gone is not told.
	_, _ = w.Write(b)
}
