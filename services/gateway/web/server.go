package web

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.uber.org/zap"
	"golang.org/x/time/rate"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/transcript"
	"github.com/callrank/callrank/pkg/worker"
)

const (
	headerTimeout = 5 * time.Second
	bodyTimeout   = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	grace         = 5 * time.Second
)

// Backend is what the gateway reads from and publishes to.
type Backend struct {
	Broker *messaging.Broker
	// Reader is how what is published is read, before it is taken.
	Reader  transcript.Reader
	Board   *leaderboard.Board
	Weights *conviction.Weights
	Metrics *worker.Metrics
	Log     *zap.Logger
}

// Server is the gateway.
type Server struct {
	Backend

	settings  Settings
	reader    *client.Client
	pages     *pages
	operators *operators
	monitor   monitor
	limiter   *rate.Limiter
	followers chan struct{}
	pasts     chan struct{}
	listener  net.Listener
	server    *http.Server
	// ending closes when the gateway stops, for what streams for ever.
	ending chan struct{}
}

// New returns a gateway that listens. Run it.
func New(ctx context.Context, backend Backend, settings Settings) (*Server, error) {
	if err := settings.Resolve(); err != nil {
		return nil, err
	}
	pages, err := newPages()
	if err != nil {
		return nil, err
	}
	operators, err := newOperators(settings.Token)
	if err != nil {
		return nil, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", settings.Address)
	if err != nil {
		return nil, fmt.Errorf("listen for HTTP: %w", err)
	}
	s := &Server{
		Backend:   backend,
		settings:  settings,
		reader:    client.Over(backend.Broker, backend.Board),
		pages:     pages,
		operators: operators,
		limiter:   rate.NewLimiter(rate.Limit(settings.PublishRate), max(1, int(2*settings.PublishRate))),
		followers: make(chan struct{}, settings.Followers),
		pasts:     make(chan struct{}, mostPasts),
		listener:  listener,
		ending:    make(chan struct{}),
	}
	if settings.Age.Leave {
		s.reader = s.reader.Leaving(s.current)
	}
	s.server = &http.Server{
		Handler:           s.routes(),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       bodyTimeout,
		IdleTimeout:       idleTimeout,
	}
	s.server.RegisterOnShutdown(func() { close(s.ending) })
	return s, nil
}

// URL is the address of the pages.
func (s *Server) URL() string {
	host, port, err := net.SplitHostPort(s.listener.Addr().String())
	if err != nil {
		return "http://" + s.listener.Addr().String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// Run serves until the context ends, then lets requests finish.
func (s *Server) Run(ctx context.Context) error {
	watching, stop := context.WithCancel(ctx)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		s.monitor.watch(watching, s.Broker, s.Log)
	}()
	defer func() {
		stop()
		<-watched
	}()
	return worker.Serve(ctx, s.server, s.listener, grace)
}

// routes are all that the gateway answers.
func (s *Server) routes() http.Handler {
	mux := chi.NewMux()
	mux.Use(s.knownHost, sameOrigin(), hardened)
	mux.Get("/healthz", worker.Healthz)
	mux.Get("/readyz", worker.Readyz(worker.Check{Name: "nats", Ready: s.Broker.Ready}, worker.Check{Name: "redis", Ready: s.ready}))
	mux.Handle("/metrics", promhttp.HandlerFor(s.Metrics.Registry, promhttp.HandlerOpts{}))
	s.serveAPI(mux)
	s.servePages(mux)
	return mux
}

// ready tells whether the ranking can be read.
func (s *Server) ready(ctx context.Context) error {
	state, err := s.Board.State(ctx)
	if err == nil && state == "" {
		err = leaderboard.ErrLost
	}
	return err
}
