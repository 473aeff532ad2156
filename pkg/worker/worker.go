package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
	"github.com/spf13/pflag"
	"go.uber.org/zap"
	"go.uber.org/zap/exp/zapslog"
	"golang.org/x/sync/errgroup"

	"github.com/callrank/callrank/pkg/messaging"
)

// Settings are how a worker runs.
type Settings struct {
	// Generation is which ranking is worked for. Those who work for the first
	// work for all others too, but for those that are left to workers of their
	// own.
	Generation string
	// Rescores tells whether rescores are worked for, as long as readers do not
	// see them.
	Rescores bool
	// Lanes is how many events are in hand at once.
	Lanes int
	// MaxDeliveries is how often an event is tried before it goes to the dead
	// letters.
	MaxDeliveries int
	// Timeout bounds the work on one event.
	Timeout time.Duration
	// Drain is how long a stop waits for events in hand.
	Drain time.Duration
}

// DefaultSettings returns the settings that hold unless others are given.
func DefaultSettings() Settings {
	return Settings{
		Generation:    messaging.GenerationLive,
		Rescores:      true,
		Lanes:         16,
		MaxDeliveries: messaging.DefaultMaxDeliveries,
		Timeout:       20 * time.Second,
		Drain:         20 * time.Second,
	}
}

// Flags adds the settings to a set of flags.
func (s *Settings) Flags(flags *pflag.FlagSet) {
	flags.StringVar(&s.Generation, "generation", s.Generation, "ranking to work for; live works for every rescore too that is not dedicated to workers of its own")
	flags.BoolVar(&s.Rescores, "rescores", s.Rescores, "work for rescores, beside what readers see")
	flags.IntVar(&s.Lanes, "lanes", s.Lanes, "events in hand at once")
	flags.IntVar(&s.MaxDeliveries, "max-deliveries", s.MaxDeliveries, "how often an event is tried before it goes to the dead letters")
	flags.DurationVar(&s.Timeout, "timeout", s.Timeout, "most time for one event")
	flags.DurationVar(&s.Drain, "drain", s.Drain, "how long a stop waits for events in hand")
}

// Validate tells what is wrong with the settings.
func (s *Settings) Validate() error {
	if err := messaging.ValidGeneration(s.Generation); err != nil {
		return fmt.Errorf("--generation: %w", err)
	}
	switch {
	case s.Lanes < 1 || s.Lanes > 1024:
		return fmt.Errorf("--lanes %d: wants 1 to 1024", s.Lanes)
	case s.MaxDeliveries < 1:
		return fmt.Errorf("--max-deliveries %d: wants 1 or more", s.MaxDeliveries)
	case s.Timeout <= 0:
		return fmt.Errorf("--timeout %s: wants more than nothing", s.Timeout)
	case s.Drain <= 0:
		return fmt.Errorf("--drain %s: wants more than nothing", s.Drain)
	}
	return nil
}

// Worker runs a stage.
type Worker struct {
	stage  Stage
	router *message.Router
	sub    *messaging.Subscriber
	log    *zap.Logger
	// unregister takes the worker's own metrics away.
	unregister func()
}

// seat is where an event waits for its turn. It is told when the event is
// through.
type seat func(ctx context.Context) (leave func(), err error)

const (
	// quickTries is how often an event is tried again at once, for faults that
	// pass in a moment, before the broker is asked to bring it back later.
	quickTries = 2
	quickFirst = 20 * time.Millisecond
	quickMost  = 200 * time.Millisecond
	// closeGrace is what the router is given beyond the time to drain.
	closeGrace = 5 * time.Second
)

// New returns a worker that runs a stage on a broker, which it leaves open.
func New(stage Stage, broker *messaging.Broker, settings Settings, metrics *Metrics, log *zap.Logger) (*Worker, error) {
	return newWorker(stage, broker, settings, metrics, log, func(context.Context) (func(), error) { return func() {}, nil })
}

func newWorker(stage Stage, broker *messaging.Broker, settings Settings, metrics *Metrics, log *zap.Logger, turn seat) (*Worker, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	log = log.Named(stage.Name)
	if settings.Generation != messaging.GenerationLive {
		log = log.With(zap.String("generation", settings.Generation))
	}
	durable := stage.Name + "-" + settings.Generation
	lanes := settings.Lanes
	if stage.Lanes > 0 {
		lanes = min(lanes, stage.Lanes)
	}
	sub, err := messaging.NewSubscriber(broker, messaging.SubscriberConfig{
		Durable:    durable,
		Lanes:      lanes,
		Drain:      settings.Drain,
		MaxPending: stage.MaxPending,
		Also:       stage.Also,
		From:       stage.From,
		Since:      stage.Since,
	}, log)
	if err != nil {
		return nil, fmt.Errorf("worker %s: %w", stage.Name, err)
	}
	// The router's own lines are about itself.
	quiet := log.WithOptions(zap.IncreaseLevel(zap.WarnLevel))
	router, err := message.NewRouter(
		message.RouterConfig{CloseTimeout: settings.Drain + closeGrace},
		watermill.NewSlogLogger(slog.New(zapslog.NewHandler(quiet.Core()))),
	)
	if err != nil {
		return nil, fmt.Errorf("worker %s: %w", stage.Name, err)
	}
	w := &Worker{stage: stage, router: router, sub: sub, log: log}
	office := &messaging.DeadLetterOffice{
		Broker:        broker,
		Stage:         stage.Name,
		Generation:    settings.Generation,
		MaxDeliveries: settings.MaxDeliveries,
		Log:           log,
		Observe: func(outcome messaging.Outcome) {
			metrics.events.WithLabelValues(settings.Generation, stage.Name, string(outcome)).Inc()
		},
	}
	retry := middleware.Retry{
		MaxRetries:      quickTries,
		InitialInterval: quickFirst,
		MaxInterval:     quickMost,
		Multiplier:      4,
		// Each try has its own time.
		ResetContextOnRetry: true,
		ShouldRetry: func(p middleware.RetryParams) bool {
			return !messaging.IsPermanent(p.Err) && !errors.Is(p.Err, context.DeadlineExceeded)
		},
	}
	router.AddMiddleware(
		turn.middleware,
		w.measure(metrics, settings.Generation),
		office.Middleware,
		retry.Middleware,
		middleware.Timeout(settings.Timeout),
		middleware.Recoverer,
	)
	router.AddConsumerHandler(stage.Name, stage.Reads, sub, w.handler(messaging.NewPublisher(broker)))
	lag := newLag(broker, &stage, settings.Generation, durable, log)
	if err := metrics.Registry.Register(lag); err != nil {
		return nil, fmt.Errorf("worker %s: register its metrics: %w", stage.Name, err)
	}
	w.unregister = func() { metrics.Registry.Unregister(lag) }
	return w, nil
}

// handler hands an event to the stage and publishes what comes of it. The
// router would publish too, but out of sight of what decides on failures.
func (w *Worker) handler(publisher *messaging.Publisher) message.NoPublishHandlerFunc {
	return func(event *message.Message) error {
		outputs, err := w.stage.Handle(event.Context(), event)
		if err != nil {
			return err
		}
		for _, output := range outputs {
			output.Message.SetContext(event.Context())
			if err := publisher.Publish(output.Subject, output.Message); err != nil {
				return err
			}
		}
		return nil
	}
}

// middleware has an event wait for its turn. One that is not given a turn before
// the worker stops is given back.
func (s seat) middleware(next message.HandlerFunc) message.HandlerFunc {
	return func(event *message.Message) ([]*message.Message, error) {
		leave, err := s(event.Context())
		if err != nil {
			if delivery, ok := messaging.DeliveryOf(event.Context()); ok {
				delivery.Retry(0)
			}
			return nil, nil
		}
		defer leave()
		return next(event)
	}
}

// measure tells how long events took and how old they had become.
func (w *Worker) measure(metrics *Metrics, generation string) message.HandlerMiddleware {
	seconds := metrics.seconds.WithLabelValues(generation, w.stage.Name)
	age := metrics.age.WithLabelValues(generation, w.stage.Name)
	return func(next message.HandlerFunc) message.HandlerFunc {
		return func(event *message.Message) ([]*message.Message, error) {
			delivery, ok := messaging.DeliveryOf(event.Context())
			began := time.Now()
			out, err := next(event)
			seconds.Observe(time.Since(began).Seconds())
			if ok {
				age.Observe(time.Since(delivery.Stored).Seconds())
			}
			return out, err
		}
	}
}

// Running is closed when the worker takes events.
func (w *Worker) Running() <-chan struct{} { return w.router.Running() }

// Ready tells whether the stage has what it needs besides the broker.
func (w *Worker) Ready(ctx context.Context) error {
	if w.stage.Ready == nil {
		return nil
	}
	return w.stage.Ready(ctx)
}

// Run works until the context ends, then lets the events in hand finish. It
// returns an error when the worker could not start, or had to be cut short.
func (w *Worker) Run(ctx context.Context) error {
	// The events in hand outlive the context: ending it asks for a stop, and
	// the router would end theirs with it.
	lasting, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	group, watching := errgroup.WithContext(ctx)
	if w.stage.Watch != nil {
		group.Go(func() error { return w.stage.Watch(watching) })
	}
	ended := make(chan struct{})
	group.Go(func() error {
		defer close(ended)
		return w.router.Run(lasting)
	})
	group.Go(func() error {
		select {
		case <-watching.Done():
			// A router that is closed while it starts waits for handlers that
			// never began.
			select {
			case <-w.router.Running():
			case <-ended:
				return nil
			}
			// The router ends the contexts of events in hand as soon as it is
			// told to close, so the subscriber is closed before, which lets
			// them finish.
			return errors.Join(w.sub.Close(), w.router.Close())
		case <-ended:
			return nil
		}
	})
	if err := group.Wait(); err != nil {
		return fmt.Errorf("worker %s: %w", w.stage.Name, err)
	}
	return nil
}
