package web

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

//go:embed templates
var templateFiles embed.FS

const (
	// pageSize is how many companies a page of the ranking shows.
	pageSize = 500
	// compression is the level at which pages are compressed: five hundred rows
	// in two milliseconds.
	compression = 3
	// mostRanked is how many companies are sorted and searched.
	mostRanked = 20000
)

// The pages, by the name of their template.
const (
	pageRanking     = "ranking"
	pageCompany     = "company"
	pageCall        = "call"
	pageMethodology = "methodology"
	pageOps         = "ops"
	pageSignIn      = "sign_in"
	pageLetter      = "letter"
	pageProblem     = "problem"
)

// pages are what analysts read.
type pages struct {
	templates map[string]*template.Template
	assets    *assets
	feed      feed
}

// layout is a page in its frame.
type layout struct {
	// Title is the page's own; Here is which entry of the navigation it is.
	Title, Here string
	Body        any
}

// newPages parses the templates.
func newPages() (*pages, error) {
	assets, err := newAssets()
	if err != nil {
		return nil, err
	}
	frame, err := template.New("").Funcs(functions(assets)).ParseFS(templateFiles, "templates/layout.html", "templates/shared/*.html")
	if err != nil {
		return nil, fmt.Errorf("read the templates: %w", err)
	}
	p := &pages{templates: map[string]*template.Template{}, assets: assets}
	for _, name := range []string{pageRanking, pageCompany, pageCall, pageMethodology, pageOps, pageSignIn, pageLetter, pageProblem} {
		own, err := frame.Clone()
		if err == nil {
			own, err = own.ParseFS(templateFiles, "templates/"+name+"*.html")
		}
		if err != nil {
			return nil, fmt.Errorf("read the templates of the %s page: %w", name, err)
		}
		p.templates[name] = own
	}
	return p, nil
}

// servePages adds the pages.
func (s *Server) servePages(mux *chi.Mux) {
	// Pages of secrets, as those of operators, are not compressed: how long they
	// become would tell of what is in them.
	mux.Group(func(mux chi.Router) {
		mux.Use(middleware.Compress(compression, "text/html", "text/css", "text/javascript", "image/svg+xml"))
		mux.Get("/", s.showRanking)
		mux.Get("/ranking/rows", s.showRows)
		mux.Get("/companies/{ticker}", s.showCompany)
		mux.Get("/calls/{id}", s.showCall)
		mux.Get("/methodology", s.showMethodology)
		mux.Get("/static/{name}", s.pages.assets.serve)
	})
	s.serveOps(mux)
	mux.NotFound(s.showNotFound)
}

// show sends a page. It is rendered before it is sent, so that one that fails
// half-way is not sent by half.
func (s *Server) show(w http.ResponseWriter, status int, name, part string, data any) {
	var page bytes.Buffer
	if err := s.pages.templates[name].ExecuteTemplate(&page, part, data); err != nil {
		s.Log.Error("a page could not be made", zap.String("page", name), zap.Error(err))
		http.Error(w, "this page could not be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	// The ranking of a moment ago is another one.
	if w.Header().Get("Cache-Control") == "" {
		w.Header().Set("Cache-Control", "no-cache")
	}
	w.WriteHeader(status)
	// The client that is gone cannot be told.
	_, _ = page.WriteTo(w)
}

func (s *Server) showPage(w http.ResponseWriter, name, title string, body any) {
	here := ""
	if name == pageRanking || name == pageMethodology || name == pageOps {
		here = name
	}
	s.show(w, http.StatusOK, name, "layout", layout{Title: title, Here: here, Body: body})
}

func (s *Server) showRanking(w http.ResponseWriter, r *http.Request) {
	view, err := s.rankingView(r)
	if err != nil {
		s.showProblem(w, r, err)
		return
	}
	s.showPage(w, pageRanking, "Ranking", view)
}

// showRows sends what changes of the ranking page when the ranking does.
func (s *Server) showRows(w http.ResponseWriter, r *http.Request) {
	view, err := s.rankingView(r)
	if err != nil {
		s.showProblem(w, r, err)
		return
	}
	view.Alone = true
	s.show(w, http.StatusOK, pageRanking, "live", view)
}

func (s *Server) rankingView(r *http.Request) (*rankingView, error) {
	// All of it is read, since what is asked for may stand anywhere in it.
	ranking, err := s.reader.Find(r.Context(), client.Query{Limit: mostRanked, Current: s.current()})
	if err != nil {
		return nil, err
	}
	changes := s.pages.feed.latest(r.Context(), s)
	view := newRankingView(ranking, parseQuery(r.URL.Query()), changes.moves, s.Weights)
	view.Feed, view.Last = changes.entries, changes.last
	return view, nil
}

func (s *Server) showCompany(w http.ResponseWriter, r *http.Request) {
	report, err := s.reader.Company(r.Context(), chi.URLParam(r, "ticker"))
	if err != nil {
		s.showProblem(w, r, err)
		return
	}
	report.Stale = conviction.Old(report.GetLatest().GetCall(), s.current())
	view := newCompanyView(report, s.callBefore(r.Context(), report), s.Weights)
	s.showPage(w, pageCompany, view.Name, view)
}

// callBefore is the analysis of the call before the latest, or nil: the page is
// worth showing without it.
func (s *Server) callBefore(ctx context.Context, report *callrankv1.CompanyReport) *callrankv1.Analysis {
	calls := report.GetStanding().GetCalls()
	if len(calls) < 2 {
		return nil
	}
	before, err := s.Broker.Grounded(ctx, calls[len(calls)-2].GetGroundedSequence())
	if err != nil {
		s.Log.Warn("the call before could not be read", zap.String("ticker", report.GetStanding().GetTicker()), zap.Error(err))
		return nil
	}
	return before.GetAnalysis()
}

func (s *Server) showCall(w http.ResponseWriter, r *http.Request) {
	call, err := s.reader.Call(r.Context(), strings.ToUpper(chi.URLParam(r, "id")))
	if err != nil {
		s.showProblem(w, r, err)
		return
	}
	text, err := s.reader.Text(r.Context(), call)
	if err != nil {
		s.showProblem(w, r, err)
		return
	}
	view := newCallView(call.GetAnalysis(), text)
	view.Before, view.After = s.neighbours(r.Context(), call.GetAnalysis().GetCall())
	s.showPage(w, pageCall, view.Title, view)
}

// neighbours are the company's calls before and after one.
func (s *Server) neighbours(ctx context.Context, call *callrankv1.Call) (before, after *callrankv1.Call) {
	standing, _, _, err := s.Board.Standing(ctx, call.GetTicker())
	if err != nil {
		// The page is worth showing without the way to its neighbours.
		return nil, nil
	}
	calls := standing.GetCalls()
	for i, one := range calls {
		if one.GetCall().GetId() != call.GetId() {
			continue
		}
		if i > 0 {
			before = calls[i-1].GetCall()
		}
		if i+1 < len(calls) {
			after = calls[i+1].GetCall()
		}
	}
	return before, after
}

func (s *Server) showMethodology(w http.ResponseWriter, _ *http.Request) {
	s.showPage(w, pageMethodology, "Methodology", newMethodologyView(s.Weights))
}

// problemView is what the page of an error says.
type problemView struct {
	Status        int
	Heading, Text string
}

func (s *Server) showNotFound(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte(`{"title":"Not Found","status":404,"detail":"the API has nothing here"}` + "\n"))
		return
	}
	s.showProblemPage(w, problemView{http.StatusNotFound, "There is no such page", "Nothing is at this address."})
}

// showProblem tells of an error in a page.
func (s *Server) showProblem(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, client.ErrNotRanked):
		s.showProblemPage(w, problemView{
			http.StatusNotFound, "This company is not in the ranking",
			"A company is ranked once the transcript of one of its calls has been published and read.",
		})
	case errors.Is(err, client.ErrNoCall):
		s.showProblemPage(w, problemView{
			http.StatusNotFound, "This call is not in the ranking",
			"A call can be read here once its transcript has been published and read. The company's page lists those that are.",
		})
	case errors.Is(err, messaging.ErrNoDeadLetter):
		s.showProblemPage(w, problemView{http.StatusNotFound, "There is no such dead letter", "It was retried or dropped already."})
	case r.Context().Err() != nil:
		// Nobody is there to be told.
	default:
		// What went wrong inside is for the log.
		s.Log.Error("a page could not be shown", zap.String("path", r.URL.Path), zap.Error(err))
		w.Header().Set("Retry-After", "2")
		s.showProblemPage(w, problemView{
			http.StatusServiceUnavailable, "The ranking cannot be read now",
			"What it is kept in does not answer. Nothing is lost; try again in a moment.",
		})
	}
}

func (s *Server) showProblemPage(w http.ResponseWriter, view problemView) {
	s.show(w, view.Status, pageProblem, "layout", layout{Title: view.Heading, Body: view})
}
