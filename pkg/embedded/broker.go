package embedded

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"
	"go.uber.org/zap"
)

const (
	// maxPayload holds the largest transcript that is taken, with its
	// envelope, twice over.
	maxPayload = 8 << 20
	// readyWithin bounds the start of the server. Opening a large store after
	// a kill takes a while.
	readyWithin = 60 * time.Second
	// healthPoll spaces the questions whether the store is open.
	healthPoll = 5 * time.Millisecond
	// maxMemory and maxStore bound what JetStream takes of the machine.
	maxMemory = 512 << 20
	maxStore  = 64 << 30
)

// ErrInUse is the error of opening a data directory that another process has
// open.
var ErrInUse = errors.New("the data directory is in use by another process")

// BrokerConfig is how the embedded broker runs.
type BrokerConfig struct {
	// Dir is the data directory; it is created when missing.
	Dir string
	// Listen is the address to listen on; port 0 takes any that is free.
	Listen string
	// Relaxed lets the broker acknowledge an event before it is on disk: about
	// three times as fast, and what came within the last two minutes may be
	// lost when the machine loses power (not when the process is killed).
	Relaxed bool
}

// Broker is a NATS server with JetStream in this process.
type Broker struct {
	server *server.Server
	lock   *flock.Flock
}

// StartBroker starts a broker and returns when it takes events. Stop it.
func StartBroker(ctx context.Context, config BrokerConfig, log *zap.Logger) (*Broker, error) {
	host, port, err := splitAddress(config.Listen)
	if err != nil {
		return nil, err
	}
	lock, err := lockDir(config.Dir)
	if err != nil {
		return nil, err
	}
	logger := &serverLog{log: log.Named("nats")}
	b := &Broker{lock: lock}
	b.server, err = server.NewServer(&server.Options{
		ServerName: "callrank-embedded",
		Host:       host,
		Port:       port,
		// The program handles signals itself, in its own order.
		NoSigs:             true,
		MaxPayload:         maxPayload,
		JetStream:          true,
		StoreDir:           filepath.Join(config.Dir, "nats"),
		JetStreamMaxMemory: maxMemory,
		JetStreamMaxStore:  maxStore,
		// The default writes to disk every two minutes and acknowledges at
		// once: events acknowledged since are gone when power fails.
		SyncAlways:             !config.Relaxed,
		DisableJetStreamBanner: true,
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("set up the embedded NATS: %w", err), lock.Unlock())
	}
	// Some errors of starting are told to the logger only.
	b.server.SetLoggerV2(logger, false, false, false)
	go b.server.Start()
	if err := b.awaitReady(ctx, logger); err != nil {
		return nil, errors.Join(err, b.Stop())
	}
	return b, nil
}

// awaitReady waits until the server takes connections and its streams are
// open, which comes later.
func (b *Broker) awaitReady(ctx context.Context, log *serverLog) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	ticker := time.NewTicker(healthPoll)
	defer ticker.Stop()
	for {
		if fatal := log.fatal(); fatal != "" {
			return fmt.Errorf("start the embedded NATS: %s", fatal)
		}
		if b.server.ReadyForConnections(healthPoll) && b.server.Healthz(nil).StatusCode == http.StatusOK {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("start the embedded NATS: not ready: %w", ctx.Err())
		case <-ticker.C:
		}
	}
}

// URL is the address at which clients reach the broker.
func (b *Broker) URL() string { return b.server.ClientURL() }

// Stop stops the broker, waits until all is on disk, and frees the directory.
func (b *Broker) Stop() error {
	b.server.Shutdown()
	b.server.WaitForShutdown()
	if err := b.lock.Unlock(); err != nil {
		return fmt.Errorf("unlock the data directory: %w", err)
	}
	return nil
}

// lockDir creates a data directory and locks it. The server itself does not: a
// second one would open the same files and report that it is ready.
func lockDir(dir string) (*flock.Flock, error) {
	if dir == "" {
		return nil, errors.New("no data directory given")
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("create the data directory: %w", err)
	}
	lock := flock.New(filepath.Join(dir, "lock"))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the data directory: %w", err)
	}
	if !locked {
		return nil, fmt.Errorf("%s: %w", dir, ErrInUse)
	}
	return lock, nil
}

// splitAddress reads host:port for the server, whose own words for "any free
// port" are -1.
func splitAddress(address string) (host string, port int, err error) {
	host, text, err := net.SplitHostPort(address)
	if err != nil {
		return "", 0, fmt.Errorf("address %q: wants the form host:port", address)
	}
	port, err = strconv.Atoi(text)
	if err != nil || port < 0 || port > 65535 {
		return "", 0, fmt.Errorf("address %q: %q is no port", address, text)
	}
	if port == 0 {
		port = server.RANDOM_PORT
	}
	return host, port, nil
}
