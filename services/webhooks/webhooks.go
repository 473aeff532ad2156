// Package webhooks runs the couriers that take changes of the ranking to the
// addresses of a file.
package webhooks

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/pflag"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/pkg/webhook"
)

// Settings are where changes are sent.
type Settings struct {
	// File lists the targets; none without one.
	File string
	// Patience is how long one change is tried.
	Patience time.Duration
	// Backoff is how long to wait after the n-th failure; that of the broker's
	// events unless set.
	Backoff func(failures uint64) time.Duration
}

// DefaultSettings are the settings that hold unless others are given.
func DefaultSettings() Settings { return Settings{Patience: 24 * time.Hour} }

// Flags adds the settings to a set of flags.
func (s *Settings) Flags(flags *pflag.FlagSet) {
	flags.StringVar(&s.File, "webhooks", s.File, "file of addresses that changes are sent to, signed")
	flags.DurationVar(&s.Patience, "webhook-patience", s.Patience, "how long one change is tried at an address that fails, before it goes to the dead letters")
}

// Validate tells what is wrong with the settings.
func (s *Settings) Validate() error {
	if s.Patience <= 0 {
		return fmt.Errorf("--webhook-patience %s: wants more than nothing", s.Patience)
	}
	return nil
}

// Webhooks are the couriers to all targets.
type Webhooks struct {
	couriers []messaging.Courier
	senders  []*webhook.Sender
}

// Open reads the file and makes the couriers. Run them.
func Open(s Settings, broker *messaging.Broker, metrics prometheus.Registerer, log *zap.Logger) (*Webhooks, error) {
	w := &Webhooks{}
	if s.File == "" {
		return w, nil
	}
	targets, err := webhook.Read(s.File)
	if err != nil {
		return nil, &settings.UsageError{Err: fmt.Errorf("--webhooks: %w", err)}
	}
	outcomes := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "callrank_webhook_changes_total",
		Help: "Changes sent to addresses, by what became of them.",
	}, []string{"target", "outcome"})
	if err := metrics.Register(outcomes); err != nil {
		return nil, fmt.Errorf("register the metrics of webhooks: %w", err)
	}
	log = log.Named("webhook")
	for _, target := range targets {
		courier := w.add(target, s, broker, outcomes, log)
		if err := metrics.Register(waiting(target.Name, courier)); err != nil {
			return nil, fmt.Errorf("register the metrics of webhook %s: %w", target.Name, err)
		}
		w.couriers = append(w.couriers, *courier)
	}
	return w, nil
}

// add makes the courier to a target.
func (w *Webhooks) add(target webhook.Target, s Settings, broker *messaging.Broker, outcomes *prometheus.CounterVec, log *zap.Logger) *messaging.Courier {
	sender := webhook.NewSender(target)
	w.senders = append(w.senders, sender)
	return &messaging.Courier{
		Broker: broker,
		Name:   "webhook-" + target.Name,
		Begin:  begins[target.From],
		Carry: func(ctx context.Context, change messaging.Announced) error {
			if !target.Wants(change.Change) {
				return nil
			}
			err := sender.Send(ctx, change.Change)
			if errors.Is(err, webhook.ErrRefused) {
				err = messaging.Permanent(err)
			}
			return err
		},
		Patience: s.Patience,
		Backoff:  s.Backoff,
		Observe: func(outcome messaging.Outcome) {
			outcomes.WithLabelValues(target.Name, string(outcome)).Inc()
		},
		Log: log,
	}
}

var begins = map[string]messaging.Begin{
	webhook.FromLast: messaging.BeginLast, webhook.FromNew: messaging.BeginNew, webhook.FromStart: messaging.BeginStart,
}

// waiting tells how many changes a target has still to be sent.
func waiting(target string, courier *messaging.Courier) prometheus.Collector {
	const patience = time.Second
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name:        "callrank_webhook_waiting",
		Help:        "Changes that an address has still to be sent.",
		ConstLabels: prometheus.Labels{"target": target},
	}, func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		waiting, err := courier.Waiting(ctx)
		if err != nil {
			return math.NaN()
		}
		return float64(waiting)
	})
}

// Run carries changes until the context ends.
func (w *Webhooks) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for i := range w.couriers {
		group.Go(func() error { return w.couriers[i].Run(ctx) })
	}
	err := group.Wait()
	for _, sender := range w.senders {
		sender.Close()
	}
	return err
}
