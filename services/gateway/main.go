// Command gateway serves the pages, the JSON API and the changes of the
// ranking, sends the changes to webhooks, and takes transcripts over HTTP.
//
//	Redis, ranking.changed.<generation>.<ticker>  ──▶  gateway  ──▶  pages, API, server-sent events, webhooks
//	POST /api/v1/transcripts                      ──▶  gateway  ──▶  calls.ended.<ticker>
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/pkg/worker"
	"github.com/callrank/callrank/services/gateway/web"
	"github.com/callrank/callrank/services/stages"
	"github.com/callrank/callrank/services/webhooks"
)

// closeTimeout bounds the closing of connections at the end.
const closeTimeout = 5 * time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second Ctrl-C ends the program at once.
	context.AfterFunc(ctx, stop)
	code := settings.Exit(command().ExecuteContext(ctx), os.Stderr)
	stop()
	os.Exit(code)
}

// config is what the command line sets.
type config struct {
	generation string
	broker     messaging.Config
	store      leaderboard.Config
	scoring    stages.RankSettings
	companies  stages.CompanySettings
	web        web.Settings
	webhooks   webhooks.Settings
	log        settings.Log
}

func command() *cobra.Command {
	c := config{
		generation: messaging.GenerationLive,
		broker:     messaging.Config{URL: "nats://127.0.0.1:4222", Replicas: 1},
		store:      leaderboard.Config{URL: "redis://127.0.0.1:6379"},
		web:        web.DefaultSettings(),
		webhooks:   webhooks.DefaultSettings(),
		log:        settings.Log{Level: "info", Format: "json"},
	}
	command := &cobra.Command{
		Use:   "gateway",
		Short: "Serve the pages and the API, and take transcripts over HTTP",
		Long: "Serve the pages and the API, and take transcripts over HTTP.\n\n" +
			"Every flag can also be set in the environment: --nats-creds as " + settings.Variable("nats-creds") + ".",
		Args:          settings.Args(cobra.NoArgs),
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := settings.FromEnvironment(cmd.Flags()); err != nil {
				return &settings.UsageError{Err: err}
			}
			return run(cmd.Context(), c)
		},
	}
	command.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &settings.UsageError{Err: err} })
	flags := command.Flags()
	flags.SortFlags = false
	c.web.Flags(flags)
	c.webhooks.Flags(flags)
	flags.StringVar(&c.generation, "generation", c.generation, "ranking to show; live is the one that is promoted")
	c.broker.Flags(flags)
	c.store.Flags(flags)
	c.scoring.Flags(flags)
	c.companies.Flags(flags)
	c.log.Flags(flags)
	return command
}

// run connects, and serves until the context ends.
func run(ctx context.Context, c config) (err error) {
	problem := errors.Join(c.broker.Validate(), c.store.Validate(), messaging.ValidGeneration(c.generation), c.web.Resolve(), c.webhooks.Validate())
	if problem != nil {
		return &settings.UsageError{Err: problem}
	}
	log, err := c.log.Logger()
	if err != nil {
		return &settings.UsageError{Err: err}
	}
	weights, err := c.scoring.Weights()
	if err != nil {
		return err
	}
	reader, err := c.companies.Reader("")
	if err != nil {
		return err
	}
	broker, err := messaging.Connect(ctx, "callrank-gateway", c.broker, log)
	if err != nil {
		return err
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
		defer cancel()
		err = errors.Join(err, broker.Close(closing))
	}()
	if err := broker.Provision(ctx); err != nil {
		return err
	}
	store, err := leaderboard.Connect(ctx, "callrank-gateway", c.store)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	metrics := worker.NewMetrics()
	hooks, err := webhooks.Open(c.webhooks, broker, metrics.Registry, log)
	if err != nil {
		return err
	}
	roster, err := broker.WatchRoster(ctx)
	if err != nil {
		return err
	}
	defer roster.Close()
	gateway, err := web.New(ctx, web.Backend{
		Broker:  broker,
		Reader:  reader,
		Board:   generation.Board(store, roster, c.generation),
		Weights: weights,
		Metrics: metrics,
		Log:     log,
	}, c.web)
	if err != nil {
		return err
	}
	log.Info("started", zap.String("page", gateway.URL()), zap.String("nats", messaging.Redacted(c.broker.URL)))
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return gateway.Run(ctx) })
	group.Go(func() error { return hooks.Run(ctx) })
	if err := group.Wait(); err != nil {
		return err
	}
	log.Info("stopped")
	return nil
}
