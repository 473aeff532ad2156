package fmptest

import (
	"embed"
	"io/fs"
	"net/http"
	"strings"
	"testing"
)

// Symbol is the ticker of an invented company, whose figures the server has
// after Invent.
const Symbol = "TRVL"

//go:embed figures
var figures embed.FS

// Invent has the server know figures of the invented company: those that were
// known on 20 May 2026.
func (s *Server) Invent(tb testing.TB) {
	tb.Helper()
	err := fs.WalkDir(figures, "figures", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		b, err := figures.ReadFile(path)
		if err != nil {
			return err
		}
		s.Serve(strings.TrimSuffix(strings.TrimPrefix(path, "figures/"), ".json"), Symbol, b)
		return nil
	})
	if err != nil {
		tb.Fatalf("read the invented figures: %v", err)
	}
}

// Serve has an endpoint answer for a symbol from now on. One that has answers
// by period is named with it: income-statement.annual.
func (s *Server) Serve(endpoint, symbol string, answer []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.figures[endpoint+"?"+symbol] = answer
}

// Break has an endpoint answer in some way of its own from now on; nil as ever.
func (s *Server) Break(endpoint string, answer http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.breaks[endpoint] = answer
}

// figure answers what the server was given, and with nothing else.
func (s *Server) figure(w http.ResponseWriter, r *http.Request) {
	endpoint, query := strings.TrimPrefix(r.URL.Path, "/stable/"), r.URL.Query()
	for _, name := range []string{endpoint + "." + query.Get("period"), endpoint} {
		given, ok := s.figures[name+"?"+query.Get("symbol")]
		if ok && (query.Get("page") == "" || query.Get("page") == "0") {
			_, _ = w.Write(given)
			return
		}
	}
	answer(w, []any{})
}
