package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"github.com/callrank/callrank/pkg/embedded"
	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/providers"
	"github.com/callrank/callrank/pkg/samples"
	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/pkg/worker"
	"github.com/callrank/callrank/services/gateway/web"
	"github.com/callrank/callrank/services/stages"
	"github.com/callrank/callrank/services/webhooks"
)

// closeTimeout bounds the closing of connections at the end.
const closeTimeout = 5 * time.Second

// upSettings are how `callrank up` runs.
type upSettings struct {
	data                    string
	natsListen, redisListen string
	relaxed                 bool
	samples                 bool
	samplesPace             time.Duration

	broker  messaging.Config
	store   leaderboard.Config
	worker  worker.Settings
	ground  stages.GroundSettings
	scoring stages.RankSettings

	companies stages.CompanySettings
	gateway   web.Settings
	webhooks  webhooks.Settings
	log       settings.Log
}

func (s *upSettings) flags(flags *pflag.FlagSet) {
	flags.StringVar(&s.data, "data", s.data, "directory for what is kept")
	s.gateway.Flags(flags)
	s.webhooks.Flags(flags)
	s.ground.Flags(flags)
	s.companies.Flags(flags)
	s.scoring.Flags(flags)
	flags.BoolVar(&s.samples, "samples", s.samples, "publish the calls of invented companies that come with the program")
	flags.DurationVar(&s.samplesPace, "samples-pace", s.samplesPace, "time between two samples, to see the ranking move")
	flags.StringVar(&s.natsListen, "nats-listen", s.natsListen, "address of the embedded NATS; another port is taken if this is in use")
	flags.StringVar(&s.redisListen, "redis-listen", s.redisListen, "address of the embedded Redis-protocol server; another port is taken if this is in use")
	flags.BoolVar(&s.relaxed, "nats-relaxed", s.relaxed, "let the embedded NATS acknowledge before an event is on disk: faster, and a loss of power may lose what came in the last two minutes")
	s.broker.Flags(flags)
	s.store.Flags(flags)
	s.worker.Flags(flags)
	s.log.Flags(flags)
	flags.Lookup("nats").Usage += "; without one an embedded server is started"
	flags.Lookup("redis").Usage += "; without one an embedded server is started"
}

func (s *upSettings) validate() error {
	var problems []error
	if s.data == "" {
		problems = append(problems, errors.New("--data: no directory given"))
	}
	if s.broker.URL != "" {
		problems = append(problems, s.broker.Validate())
	}
	if s.store.URL != "" {
		problems = append(problems, s.store.Validate())
	}
	problems = append(problems, s.worker.Validate(), s.ground.Validate(), s.gateway.Resolve(), s.webhooks.Validate())
	return errors.Join(problems...)
}

// upCommand is `callrank up`.
func upCommand() *cobra.Command {
	s := upSettings{
		data:        defaultData,
		natsListen:  "127.0.0.1:4222",
		redisListen: "127.0.0.1:6379",
		broker:      messaging.Config{Replicas: 1},
		worker:      worker.DefaultSettings(),
		ground:      stages.DefaultGroundSettings(),
		gateway:     web.DefaultSettings(),
		webhooks:    webhooks.DefaultSettings(),
		log:         settings.Log{Level: "info", Format: "console"},
	}
	command := &cobra.Command{
		Use:   "up",
		Short: "Run everything in one process: broker, store, the five workers, the pages",
		Args:  settings.Args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.validate(); err != nil {
				return &settings.UsageError{Err: err}
			}
			if s.samples && s.gateway.Age.Today == "" {
				s.gateway.Age.Today = samples.LastCall
			}
			log, err := s.log.Logger()
			if err != nil {
				return &settings.UsageError{Err: err}
			}
			return up(cmd.Context(), s, log, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	command.Flags().SortFlags = false
	s.flags(command.Flags())
	return command
}

// up runs everything until the context ends, then stops it in order: workers
// and pages first, then the connections, then the servers.
func up(ctx context.Context, s upSettings, log *zap.Logger, out, progress io.Writer) (err error) {
	var opened cleanup
	defer func() { err = errors.Join(err, opened.close()) }()

	if err := startServers(ctx, &s, log, &opened); err != nil {
		return err
	}
	broker, err := messaging.Connect(ctx, "callrank-up", s.broker, log)
	if err != nil {
		return err
	}
	opened.add(func() error {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
		defer cancel()
		return broker.Close(closing)
	})
	if err := broker.Provision(ctx); err != nil {
		return err
	}
	store, err := leaderboard.Connect(ctx, "callrank-up", s.store)
	if err != nil {
		return err
	}
	opened.add(store.Close)

	roster, err := broker.WatchRoster(ctx)
	if err != nil {
		return err
	}
	opened.add(func() error {
		roster.Close()
		return nil
	})
	flow, err := s.flow(worker.Company{
		Broker: broker, Roster: roster, Gate: worker.NewGate(), Metrics: worker.NewMetrics(), Log: log,
	})
	if err != nil {
		return err
	}
	flow.Store = store
	fleets, err := flow.Fleets(s.worker)
	if err != nil {
		return err
	}
	gateway, err := web.New(ctx, web.Backend{
		Broker: broker, Reader: flow.Reader, Board: generation.Board(store, roster, s.worker.Generation), Weights: flow.Weights, Metrics: flow.Metrics, Log: log,
	}, s.gateway)
	if err != nil {
		return err
	}

	hooks, err := webhooks.Open(s.webhooks, broker, flow.Metrics.Registry, log)
	if err != nil {
		return err
	}

	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return gateway.Run(ctx) })
	group.Go(func() error { return hooks.Run(ctx) })
	for _, fleet := range fleets {
		group.Go(func() error { return fleet.Run(ctx) })
	}
	group.Go(func() error {
		for _, fleet := range fleets {
			select {
			case <-fleet.Running():
			case <-ctx.Done():
				return nil
			}
		}
		return s.announce(ctx, broker, gateway.URL(), &opened, out, progress)
	})
	return group.Wait()
}

// flow is what the stages need, but for the ranking's store.
func (s *upSettings) flow(with worker.Company) (_ *stages.Flow, err error) {
	flow := &stages.Flow{Company: with}
	if flow.Grounder, err = s.grounder(with.Log); err != nil {
		return nil, err
	}
	if flow.Weights, err = s.scoring.Weights(); err != nil {
		return nil, err
	}
	flow.Reader, err = s.companies.Reader(s.data)
	return flow, err
}

// announce tells where everything is, and publishes the samples.
func (s *upSettings) announce(ctx context.Context, broker *messaging.Broker, page string, opened *cleanup, out, progress io.Writer) error {
	where := addresses{NATS: messaging.Redacted(s.broker.URL), Redis: messaging.Redacted(s.store.URL), HTTP: page, Today: s.gateway.Age.Today}
	if err := os.MkdirAll(s.data, 0o750); err != nil {
		return fmt.Errorf("create the data directory: %w", err)
	}
	if err := where.open(s).write(s.data); err != nil {
		return err
	}
	opened.add(func() error { return os.Remove(addressFile(s.data)) })
	if _, err := fmt.Fprintf(out, "\n  the ranking   %s\n  NATS          %s\n  Redis         %s\n\n  Ctrl-C stops it\n\n", where.HTTP, where.NATS, where.Redis); err != nil {
		return err
	}
	if !s.samples {
		return nil
	}
	err := publishSamples(ctx, broker, s.samplesPace, out, progress)
	if errors.Is(err, context.Canceled) {
		// Stopped before it was through: the next start goes on.
		return nil
	}
	return err
}

// open are the addresses that hold no secret: the others are left to be given to
// each command.
func (a addresses) open(s *upSettings) addresses {
	if a.NATS != s.broker.URL {
		a.NATS = ""
	}
	if a.Redis != s.store.URL {
		a.Redis = ""
	}
	return a
}

// startServers starts the embedded servers that are wanted and puts their
// addresses into the settings.
func startServers(ctx context.Context, s *upSettings, log *zap.Logger, opened *cleanup) error {
	if s.broker.URL == "" {
		broker, err := embedded.StartBroker(ctx, embedded.BrokerConfig{
			Dir: s.data, Listen: freeIfTaken(s.natsListen), Relaxed: s.relaxed,
		}, log)
		if errors.Is(err, embedded.ErrInUse) {
			return fmt.Errorf("%w: another `callrank up` runs on it; stop that, or give --data another directory", err)
		}
		if err != nil {
			return err
		}
		opened.add(broker.Stop)
		s.broker.URL = broker.URL()
	}
	if s.store.URL == "" {
		store, err := embedded.StartStore(freeIfTaken(s.redisListen))
		if err != nil {
			return err
		}
		opened.add(func() error {
			store.Stop()
			return nil
		})
		s.store.URL = store.URL()
		log.Info("the ranking lies in the embedded store, which is for one machine and some ten thousand companies")
	}
	return nil
}

// freeIfTaken is an address, or one with any free port if that is in use: a
// NATS or Redis of one's own often runs at the usual ones.
func freeIfTaken(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		// The server says what is wrong with it.
		return address
	}
	listener, err := net.Listen("tcp", address) //nolint:noctx // Closed at once.
	if err != nil {
		return net.JoinHostPort(host, "0")
	}
	_ = listener.Close()
	return address
}

// grounder grounds against the directory that was given, and, for the samples,
// against what was invented with them. What providers answer is kept with
// everything else unless it is to be kept elsewhere.
func (s *upSettings) grounder(log *zap.Logger) (*stages.Grounder, error) {
	if s.ground.Cache == "" {
		s.ground.Cache = filepath.Join(s.data, "providers")
	}
	if !s.samples {
		return s.ground.Grounder(log)
	}
	return s.ground.Grounder(log, providers.FilesIn(samples.Fundamentals()))
}
