package messaging

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/spf13/pflag"
	"go.uber.org/zap"
)

const (
	// connectTimeout bounds the first connection: a wrong address is found out
	// at once, while a connection lost later is taken up again for ever.
	connectTimeout = 5 * time.Second
	// requestTimeout bounds a request to the broker that has no deadline of
	// its own.
	requestTimeout = 5 * time.Second
	// publishTimeout bounds the wait for the acknowledgement of one event.
	publishTimeout = 10 * time.Second
	// publishWindow bounds the unacknowledged events of a connection. It is
	// about bytes: 256 of 60 KB. The library's own 4,000 overran the server's
	// queue, which then refused some with no error but in their futures.
	publishWindow = 256
	// publishStall is how long a publish waits for room in the window. The
	// library's 200 ms failed under load.
	publishStall = 5 * time.Second
	// reconnectWait spaces the attempts to connect again.
	reconnectWait = 500 * time.Millisecond
)

// Config is how to reach the broker.
type Config struct {
	// URL is one address of a NATS server, or several separated by commas.
	URL string
	// User, Password, Token, Credentials (a file), NKey (a seed file): at most
	// one way of signing in.
	User, Password, Token, Credentials, NKey string
	// CA is a file of certificates to trust besides the system's; Certificate
	// and Key are files to present to a server that asks.
	CA, Certificate, Key string
	// Replicas is how many servers keep each stream.
	Replicas int
}

// Flags adds the settings to a set of flags.
func (c *Config) Flags(flags *pflag.FlagSet) {
	flags.StringVar(&c.URL, "nats", c.URL, "address of NATS, several separated by commas")
	flags.StringVar(&c.User, "nats-user", c.User, "user to sign in to NATS with")
	flags.StringVar(&c.Password, "nats-password", c.Password, "password to sign in to NATS with (better in the environment)")
	flags.StringVar(&c.Token, "nats-token", c.Token, "token to sign in to NATS with (better in the environment)")
	flags.StringVar(&c.Credentials, "nats-creds", c.Credentials, "credentials file to sign in to NATS with")
	flags.StringVar(&c.NKey, "nats-nkey", c.NKey, "NKey seed file to sign in to NATS with")
	flags.StringVar(&c.CA, "nats-ca", c.CA, "file of certificates by which NATS is trusted")
	flags.StringVar(&c.Certificate, "nats-cert", c.Certificate, "certificate file to present to NATS")
	flags.StringVar(&c.Key, "nats-key", c.Key, "key file of --nats-cert")
	flags.IntVar(&c.Replicas, "nats-replicas", c.Replicas, "servers that keep each stream: 1, or 3 or 5 on a cluster")
}

// Validate tells what is wrong with the settings.
func (c *Config) Validate() error {
	if c.URL == "" {
		return errors.New("--nats: no address given")
	}
	for one := range strings.SplitSeq(c.URL, ",") {
		address, err := url.Parse(strings.TrimSpace(one))
		if err != nil {
			// The error would repeat the address, password and all.
			return errors.New("--nats: an address is not a URL such as nats://host:4222")
		}
		switch address.Scheme {
		case "nats", "tls", "ws", "wss":
		default:
			return fmt.Errorf("--nats: address of %q wants the form nats://host:4222", address.Host)
		}
	}
	ways := 0
	for _, way := range []string{c.User, c.Token, c.Credentials, c.NKey} {
		if way != "" {
			ways++
		}
	}
	switch {
	case ways > 1:
		return errors.New("--nats-user, --nats-token, --nats-creds and --nats-nkey are ways of signing in: give one")
	case c.Password != "" && c.User == "":
		return errors.New("--nats-password: wants --nats-user")
	case (c.Certificate == "") != (c.Key == ""):
		return errors.New("--nats-cert and --nats-key go together")
	case c.Replicas != 1 && c.Replicas != 3 && c.Replicas != 5:
		return fmt.Errorf("--nats-replicas %d: wants 1, 3 or 5", c.Replicas)
	}
	return nil
}

// Broker is a connection to NATS JetStream.
type Broker struct {
	config Config
	log    *zap.Logger
	nc     *nats.Conn
	js     jetstream.JetStream
	closed chan struct{}
	// handles are the streams opened so far, by name.
	handles sync.Map
}

// Connect connects to the broker under a name that its operators see. It fails
// if the broker cannot be reached now; a connection lost later is taken up
// again for ever. Close it.
func Connect(ctx context.Context, name string, config Config, log *zap.Logger) (*Broker, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	b := &Broker{config: config, log: log, closed: make(chan struct{})}
	options, err := b.options(name)
	if err != nil {
		return nil, err
	}
	b.nc, err = nats.Connect(config.URL, options...)
	if err != nil {
		return nil, fmt.Errorf("connect to NATS at %s: %w", Redacted(config.URL), err)
	}
	b.js, err = jetstream.New(b.nc,
		jetstream.WithDefaultTimeout(requestTimeout),
		jetstream.WithPublishAsyncMaxPending(publishWindow),
		jetstream.WithPublishAsyncTimeout(publishTimeout))
	if err != nil {
		b.nc.Close()
		return nil, fmt.Errorf("open JetStream: %w", err)
	}
	if _, err := b.js.AccountInfo(ctx); err != nil {
		b.nc.Close()
		return nil, fmt.Errorf("ask NATS at %s for JetStream: %w", Redacted(config.URL), err)
	}
	return b, nil
}

func (b *Broker) options(name string) ([]nats.Option, error) {
	c := &b.config
	options := []nats.Option{
		nats.Name(name),
		nats.Timeout(connectTimeout),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(reconnectWait),
		nats.ReconnectJitter(reconnectWait/2, reconnectWait),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				b.log.Warn("lost NATS, connecting again", zap.Error(err))
			}
		}),
		nats.ReconnectHandler(func(nc *nats.Conn) {
			b.log.Info("connected to NATS again", zap.String("server", nc.ConnectedServerName()))
		}),
		nats.ClosedHandler(func(*nats.Conn) { close(b.closed) }),
		nats.ErrorHandler(func(_ *nats.Conn, sub *nats.Subscription, err error) {
			subject := ""
			if sub != nil {
				subject = sub.Subject
			}
			b.log.Error("NATS reported an error", zap.String("subject", subject), zap.Error(err))
		}),
	}
	switch {
	case c.User != "":
		options = append(options, nats.UserInfo(c.User, c.Password))
	case c.Token != "":
		options = append(options, nats.Token(c.Token))
	case c.Credentials != "":
		options = append(options, nats.UserCredentials(c.Credentials))
	case c.NKey != "":
		option, err := nats.NkeyOptionFromSeed(c.NKey)
		if err != nil {
			return nil, fmt.Errorf("read --nats-nkey: %w", err)
		}
		options = append(options, option)
	}
	if c.CA != "" {
		options = append(options, nats.RootCAs(c.CA))
	}
	if c.Certificate != "" {
		options = append(options, nats.ClientCert(c.Certificate, c.Key))
	}
	return options, nil
}

// Close sends what is still to be sent and closes the connection, within the
// time the context leaves.
func (b *Broker) Close(ctx context.Context) error {
	err := b.nc.Drain()
	if errors.Is(err, nats.ErrConnectionClosed) {
		return nil
	}
	if err != nil {
		// A connection that is down cannot be drained.
		b.nc.Close()
	}
	select {
	case <-b.closed:
		return nil
	case <-ctx.Done():
		b.nc.Close()
		return fmt.Errorf("drain the connection to NATS: %w", ctx.Err())
	}
}

// Ready tells whether the broker answers.
func (b *Broker) Ready(ctx context.Context) error {
	if !b.nc.IsConnected() {
		return fmt.Errorf("NATS is %s", strings.ToLower(b.nc.Status().String()))
	}
	if _, err := b.js.AccountInfo(ctx); err != nil {
		return fmt.Errorf("ask NATS for JetStream: %w", err)
	}
	return nil
}

// JetStream is the broker's JetStream, for what this package does not cover.
func (b *Broker) JetStream() jetstream.JetStream { return b.js }

// Redacted is an address, or several separated by commas, without the
// passwords, for logs.
func Redacted(addresses string) string {
	var out []string
	for one := range strings.SplitSeq(addresses, ",") {
		address, err := url.Parse(strings.TrimSpace(one))
		if err != nil {
			out = append(out, "(not a URL)")
			continue
		}
		// A user without a password is a token.
		if _, has := address.User.Password(); address.User != nil && !has {
			address.User = url.User("xxxxx")
		}
		out = append(out, address.Redacted())
	}
	return strings.Join(out, ",")
}
