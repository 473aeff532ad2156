package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/services/report"
)

// maxForm bounds a form: a token and little else.
const maxForm = 8 << 10

// serveOps adds the page of operations. What it shows and does is for who has
// the token.
func (s *Server) serveOps(mux chi.Router) {
	mux.Route("/ops", func(mux chi.Router) {
		mux.Use(func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Cache-Control", "no-store")
				r.Body = http.MaxBytesReader(w, r.Body, maxForm)
				next.ServeHTTP(w, r)
			})
		})
		mux.Get("/", s.showOps)
		mux.Get("/live", s.showOpsLive)
		mux.Get("/dead/{number}", s.showLetter)
		mux.Post("/sign-in", s.signIn)
		mux.Post("/sign-out", s.signOut)
		mux.Post("/dead/{number}/retry", s.settle("retried", func(ctx context.Context, number uint64) error { return s.Broker.RetryDead(ctx, number, nil) }))
		mux.Post("/dead/{number}/drop", s.settle("dropped", func(ctx context.Context, number uint64) error { return s.Broker.DropDead(ctx, number) }))
		mux.Post("/dead/retry", s.retryAll)
	})
}

// signInView is the form that asks for the token.
type signInView struct{ Wrong, Often bool }

func (s *Server) askToken(w http.ResponseWriter, status int, view signInView) {
	s.show(w, status, pageSignIn, "layout", layout{Title: "Sign in", Here: pageOps, Body: view})
}

// signIn begins a session for who sends the token.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request) {
	switch {
	case !s.operators.tries.Allow():
		w.Header().Set("Retry-After", "10")
		s.askToken(w, http.StatusTooManyRequests, signInView{Often: true})
	case !s.operators.open && !s.operators.knows(r.PostFormValue("token")):
		s.Log.Warn("somebody tried to sign in with a wrong token", zap.String("from", r.RemoteAddr))
		s.askToken(w, http.StatusForbidden, signInView{Wrong: true})
	default:
		http.SetCookie(w, s.operators.cookie(r, s.operators.session(time.Now().Add(sessionLength))))
		http.Redirect(w, r, "/ops", http.StatusSeeOther)
	}
}

// signOut ends the session of a browser.
func (s *Server) signOut(w http.ResponseWriter, r *http.Request) {
	if visitor := s.operators.who(r); s.operators.mayDo(r, visitor) {
		http.SetCookie(w, s.operators.cookie(r, ""))
	}
	http.Redirect(w, r, "/ops", http.StatusSeeOther)
}

// admitted returns who asks, or asks for the token and returns false.
func (s *Server) admitted(w http.ResponseWriter, r *http.Request) (visitor, bool) {
	who := s.operators.who(r)
	if who.In {
		return who, true
	}
	if who.Bearer {
		w.Header().Set("WWW-Authenticate", `Bearer realm="callrank"`)
	}
	s.askToken(w, http.StatusUnauthorized, signInView{})
	return who, false
}

func (s *Server) showOps(w http.ResponseWriter, r *http.Request) {
	who, in := s.admitted(w, r)
	if !in {
		return
	}
	view, err := s.opsView(r.Context(), who)
	if err != nil {
		s.showProblem(w, r, err)
		return
	}
	view.said(r.URL.Query().Get("done"), r.URL.Query().Get("of"))
	s.showPage(w, pageOps, "Operations", view)
}

// showOpsLive sends what changes of the page by itself.
func (s *Server) showOpsLive(w http.ResponseWriter, r *http.Request) {
	who, in := s.admitted(w, r)
	if !in {
		return
	}
	view, err := s.opsView(r.Context(), who)
	if err != nil {
		s.showProblem(w, r, err)
		return
	}
	s.show(w, http.StatusOK, pageOps, "ops-live", view)
}

// letterView is a dead letter.
type letterView struct {
	Number uint64
	Text   string
	CSRF   string
}

func (s *Server) showLetter(w http.ResponseWriter, r *http.Request) {
	who, in := s.admitted(w, r)
	if !in {
		return
	}
	number, err := strconv.ParseUint(chi.URLParam(r, "number"), 10, 64)
	if err != nil {
		s.showNotFound(w, r)
		return
	}
	letter, err := s.Broker.DeadLetter(r.Context(), number)
	if err != nil {
		s.showProblem(w, r, err)
		return
	}
	var text bytes.Buffer
	if err := report.DeadLetter(&text, number, letter); err != nil {
		s.showProblem(w, r, err)
		return
	}
	s.showPage(w, pageLetter, fmt.Sprintf("Dead letter %d", number), letterView{number, text.String(), s.operators.csrf(who)})
}

// settle does something to a dead letter for an operator.
func (s *Server) settle(done string, do func(context.Context, uint64) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.may(w, r) {
			return
		}
		number, err := strconv.ParseUint(chi.URLParam(r, "number"), 10, 64)
		if err != nil {
			s.showNotFound(w, r)
			return
		}
		if err := do(r.Context(), number); err != nil {
			s.showProblem(w, r, err)
			return
		}
		s.Log.Info("an operator saw to a dead letter", zap.String("what", done), zap.Uint64("number", number))
		http.Redirect(w, r, fmt.Sprintf("/ops?done=%s&of=%d#dead", done, number), http.StatusSeeOther)
	}
}

// retryAll has every dead letter worked on again.
func (s *Server) retryAll(w http.ResponseWriter, r *http.Request) {
	if !s.may(w, r) {
		return
	}
	notes, err := s.Broker.DeadLetters(r.Context())
	if err != nil {
		s.showProblem(w, r, err)
		return
	}
	retried := 0
	for _, note := range notes {
		err := s.Broker.RetryDead(r.Context(), note.Number, nil)
		if errors.Is(err, messaging.ErrNoDeadLetter) {
			// Somebody else is at it too.
			continue
		}
		if err != nil {
			s.showProblem(w, r, err)
			return
		}
		retried++
	}
	http.Redirect(w, r, fmt.Sprintf("/ops?done=all&of=%d#dead", retried), http.StatusSeeOther)
}

// may refuses who may not do something, or was made to by another site.
func (s *Server) may(w http.ResponseWriter, r *http.Request) bool {
	who, in := s.admitted(w, r)
	if !in {
		return false
	}
	if !s.operators.mayDo(r, who) {
		s.showProblemPage(w, problemView{http.StatusForbidden, "This was not done", "The form did not come from a page of this session. Load the page of operations again and repeat it."})
		return false
	}
	return true
}
