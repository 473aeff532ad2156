package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

const (
	headerTimeout = 5 * time.Second
	readyTimeout  = 3 * time.Second
	adminGrace    = 3 * time.Second
)

// Admin serves /healthz, /readyz and /metrics.
type Admin struct {
	listener net.Listener
	server   *http.Server
}

// Check tells whether something that a program needs is there.
type Check struct {
	Name  string
	Ready func(context.Context) error
}

// NewAdmin listens on an address. Run it.
func NewAdmin(ctx context.Context, address string, metrics *Metrics, checks ...Check) (*Admin, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen for health and metrics: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(metrics.Registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", Healthz)
	mux.Handle("GET /readyz", Readyz(checks...))
	return &Admin{
		listener: listener,
		server:   &http.Server{Handler: mux, ReadHeaderTimeout: headerTimeout},
	}, nil
}

// Address is the address it listens on.
func (a *Admin) Address() string { return a.listener.Addr().String() }

// Run serves until the context ends.
func (a *Admin) Run(ctx context.Context) error {
	return Serve(ctx, a.server, a.listener, adminGrace)
}

// Serve serves HTTP until the context ends, then lets requests finish within a
// grace.
func Serve(ctx context.Context, server *http.Server, listener net.Listener, grace time.Duration) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve HTTP: %w", err)
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err := server.Shutdown(closing)
	if errors.Is(err, context.DeadlineExceeded) {
		// What streams for ever never finishes.
		err = server.Close()
	}
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	if err != nil {
		return fmt.Errorf("stop serving HTTP: %w", err)
	}
	return nil
}

// Healthz says that the program runs.
func Healthz(w http.ResponseWriter, _ *http.Request) {
	writeStatus(w, http.StatusOK, map[string]string{"status": "ok"})
}

// Readyz says whether what the program needs is there, and what is not.
func Readyz(checks ...Check) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
		defer cancel()
		answer, code := map[string]string{"status": "ok"}, http.StatusOK
		for _, check := range checks {
			if err := check.Ready(ctx); err != nil {
				answer["status"], code = "not ready", http.StatusServiceUnavailable
				answer[check.Name] = err.Error()
			}
		}
		writeStatus(w, code, answer)
	}
}

func writeStatus(w http.ResponseWriter, code int, answer map[string]string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	// A client that is gone cannot be told.
	_ = json.NewEncoder(w).Encode(answer) //nolint:errchkjson // See above.
}
