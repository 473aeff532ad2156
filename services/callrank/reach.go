package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/settings"
)

const (
	defaultData  = "./data"
	defaultNATS  = "nats://127.0.0.1:4222"
	defaultRedis = "redis://127.0.0.1:6379"
)

// addresses are where a running `callrank up` is reached. It writes them into
// its data directory, where other commands look for them.
type addresses struct {
	NATS  string `json:"nats"`
	Redis string `json:"redis"`
	HTTP  string `json:"http"`
	// Today is the day from which ages are counted, where it was set.
	Today string `json:"today,omitempty"`
}

func addressFile(data string) string { return filepath.Join(data, "up.json") }

func (a addresses) write(data string) error {
	b, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("print the addresses: %w", err)
	}
	if err := os.WriteFile(addressFile(data), append(b, '\n'), 0o600); err != nil {
		return fmt.Errorf("write the addresses: %w", err)
	}
	return nil
}

// readAddresses reads where a running `callrank up` is reached, or nothing.
func readAddresses(data string) (addresses, error) {
	var a addresses
	b, err := os.ReadFile(addressFile(data))
	if errors.Is(err, fs.ErrNotExist) {
		return a, nil
	}
	if err != nil {
		return a, fmt.Errorf("read the addresses: %w", err)
	}
	if err := json.Unmarshal(b, &a); err != nil {
		return a, fmt.Errorf("read the addresses in %s: %w", addressFile(data), err)
	}
	return a, nil
}

// reach is how a command reaches a running callrank.
type reach struct {
	data       string
	generation string
	broker     messaging.Config
	store      leaderboard.Config
	log        settings.Log
	// today is the day from which a running `callrank up` counts ages, if it was
	// told one.
	today string
}

func newReach() *reach {
	return &reach{
		data:       defaultData,
		generation: messaging.GenerationLive,
		broker:     messaging.Config{Replicas: 1},
		log:        settings.Log{Level: "warn", Format: "console"},
	}
}

// flags adds the settings to a set of flags: of the ranking's store too for
// commands that read it.
func (r *reach) flags(flags *pflag.FlagSet, store bool) {
	flags.StringVar(&r.data, "data", r.data, "data directory of a running `callrank up`, which tells where it is reached")
	flags.StringVar(&r.generation, "generation", r.generation, "which ranking")
	r.broker.Flags(flags)
	if store {
		r.store.Flags(flags)
	}
	r.log.Flags(flags)
}

// open connects: to what the flags say, else to the `callrank up` of the data
// directory, else to the usual addresses.
func (r *reach) open(ctx context.Context, store bool) (*client.Client, error) {
	if err := r.resolve(store); err != nil {
		return nil, err
	}
	log, err := r.log.Logger()
	if err != nil {
		return nil, &settings.UsageError{Err: err}
	}
	c, err := client.Open(ctx, client.Config{
		Name: "callrank", Broker: r.broker, Store: r.store, Generation: r.generation, Log: log,
	})
	if err != nil {
		return nil, fmt.Errorf("%w (is `callrank up` running?)", err)
	}
	return c, nil
}

// openBroker connects to the broker alone.
func (r *reach) openBroker(ctx context.Context) (*messaging.Broker, error) {
	if err := r.resolve(false); err != nil {
		return nil, err
	}
	log, err := r.log.Logger()
	if err != nil {
		return nil, &settings.UsageError{Err: err}
	}
	broker, err := messaging.Connect(ctx, "callrank", r.broker, log)
	if err != nil {
		return nil, fmt.Errorf("%w (is `callrank up` running?)", err)
	}
	return broker, nil
}

// openToPublish connects to the broker and creates the streams that are missing.
func (r *reach) openToPublish(ctx context.Context) (*messaging.Broker, error) {
	broker, err := r.openBroker(ctx)
	if err != nil {
		return nil, err
	}
	if err := broker.Provision(ctx); err != nil {
		closeBroker(ctx, broker)
		return nil, err
	}
	return broker, nil
}

func closeBroker(ctx context.Context, broker *messaging.Broker) {
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	// What was published is stored; nothing is lost with the connection.
	_ = broker.Close(closing)
}

func (r *reach) resolve(store bool) error {
	running, err := readAddresses(r.data)
	if err != nil {
		return err
	}
	r.today = running.Today
	r.broker.URL = firstOf(r.broker.URL, running.NATS, defaultNATS)
	if store {
		r.store.URL = firstOf(r.store.URL, running.Redis, defaultRedis)
	}
	if err := messaging.ValidGeneration(r.generation); err != nil {
		return &settings.UsageError{Err: fmt.Errorf("--generation: %w", err)}
	}
	problem := r.broker.Validate()
	if store {
		problem = errors.Join(problem, r.store.Validate())
	}
	if problem != nil {
		return &settings.UsageError{Err: problem}
	}
	return nil
}

// firstOf is the first of several texts that is not empty.
func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
