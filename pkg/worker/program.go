package worker

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/settings"
)

// closeTimeout bounds the closing of connections at the end.
const closeTimeout = 5 * time.Second

// Program is a worker as a program of its own.
type Program struct {
	// Stage is the stage's name, and that of the program.
	Stage string
	// Short says in a line what it does.
	Short string
	// Flags, if set, adds the settings that only this stage has.
	Flags func(*pflag.FlagSet)
	// Open opens what the stage needs, and says how that is closed, also when it
	// fails half-way.
	Open func(ctx context.Context, with Company) (Maker, func() error, error)
}

// NothingToClose is for stages that hold nothing open.
func NothingToClose() error { return nil }

// Main runs the program until it is told to stop, and returns its exit code.
func (p *Program) Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	command := p.command()
	command.SetArgs(os.Args[1:])
	return settings.Exit(command.ExecuteContext(ctx), os.Stderr)
}

// command is the program's command line.
func (p *Program) command() *cobra.Command {
	run := runConfig{
		broker: messaging.Config{URL: "nats://127.0.0.1:4222", Replicas: 1},
		worker: DefaultSettings(),
		log:    settings.Log{Level: "info", Format: "json"},
		admin:  "127.0.0.1:0",
	}
	command := &cobra.Command{
		Use:   p.Stage,
		Short: p.Short,
		Long: p.Short + ".\n\nEvery flag can also be set in the environment: --nats-creds as " +
			settings.Variable("nats-creds") + ".",
		Args:          settings.Args(cobra.NoArgs),
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := settings.FromEnvironment(cmd.Flags()); err != nil {
				return &settings.UsageError{Err: err}
			}
			return p.run(cmd.Context(), run)
		},
	}
	command.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &settings.UsageError{Err: err} })
	flags := command.Flags()
	flags.SortFlags = false
	run.broker.Flags(flags)
	run.worker.Flags(flags)
	if p.Flags != nil {
		p.Flags(flags)
	}
	flags.StringVar(&run.admin, "admin", run.admin, "address for /healthz, /readyz and /metrics; port 0 takes any")
	run.log.Flags(flags)
	return command
}

// runConfig is what the command line sets.
type runConfig struct {
	broker messaging.Config
	worker Settings
	log    settings.Log
	admin  string
}

// run connects, opens the stage, and works until the context ends.
func (p *Program) run(ctx context.Context, config runConfig) (err error) {
	if err := errors.Join(config.broker.Validate(), config.worker.Validate()); err != nil {
		return &settings.UsageError{Err: err}
	}
	log, err := config.log.Logger()
	if err != nil {
		return &settings.UsageError{Err: err}
	}
	broker, err := messaging.Connect(ctx, "callrank-"+p.Stage, config.broker, log)
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
	roster, err := broker.WatchRoster(ctx)
	if err != nil {
		return err
	}
	defer roster.Close()
	with := Company{Broker: broker, Roster: roster, Gate: NewGate(), Metrics: NewMetrics(), Log: log}
	maker, closeStage, err := p.Open(ctx, with)
	if closeStage != nil {
		defer func() { err = errors.Join(err, closeStage()) }()
	}
	if err != nil {
		return err
	}
	fleet, err := NewFleet(maker, config.worker, with)
	if err != nil {
		return err
	}
	admin, err := NewAdmin(ctx, config.admin, with.Metrics, Check{"nats", broker.Ready}, Check{"stage", fleet.Ready})
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return admin.Run(ctx) })
	group.Go(func() error { return fleet.Run(ctx) })
	log.Info("started", zap.String("stage", p.Stage), zap.String("generation", config.worker.Generation),
		zap.String("nats", messaging.Redacted(config.broker.URL)), zap.String("admin", admin.Address()))
	if err := group.Wait(); err != nil {
		return err
	}
	log.Info("stopped", zap.String("stage", p.Stage))
	return nil
}
