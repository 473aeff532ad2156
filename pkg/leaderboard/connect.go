package leaderboard

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"os"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"
	"github.com/spf13/pflag"
)

const (
	dialTimeout = 5 * time.Second
	ioTimeout   = 3 * time.Second
)

// Config is how to reach Redis.
type Config struct {
	// URL is redis://host:port/db, or rediss:// with TLS. With Cluster, further
	// nodes are given as addr parameters: redis://a:6379?addr=b:6379.
	URL string
	// Cluster says that it is a Redis Cluster.
	Cluster bool
	// User and Password sign in; they win over those in the URL.
	User, Password string
	// CA is a file of certificates to trust besides the system's; Certificate
	// and Key are files to present to a server that asks.
	CA, Certificate, Key string
}

// Flags adds the settings to a set of flags.
func (c *Config) Flags(flags *pflag.FlagSet) {
	flags.StringVar(&c.URL, "redis", c.URL, "address of Redis: redis://host:port/db, or rediss:// with TLS")
	flags.BoolVar(&c.Cluster, "redis-cluster", c.Cluster, "Redis is a cluster")
	flags.StringVar(&c.User, "redis-user", c.User, "user to sign in to Redis with")
	flags.StringVar(&c.Password, "redis-password", c.Password, "password to sign in to Redis with (better in the environment)")
	flags.StringVar(&c.CA, "redis-ca", c.CA, "file of certificates by which Redis is trusted")
	flags.StringVar(&c.Certificate, "redis-cert", c.Certificate, "certificate file to present to Redis")
	flags.StringVar(&c.Key, "redis-key", c.Key, "key file of --redis-cert")
}

// Validate tells what is wrong with the settings.
func (c *Config) Validate() error {
	if c.URL == "" {
		return errors.New("--redis: no address given")
	}
	address, err := url.Parse(c.URL)
	if err != nil {
		// The error would repeat the address, password and all.
		return errors.New("--redis: not a URL such as redis://host:6379/0")
	}
	secure := address.Scheme == "rediss"
	switch {
	case address.Scheme != "redis" && !secure:
		return fmt.Errorf("--redis: address of %q wants the form redis://host:6379/0 or rediss://", address.Host)
	case (c.CA != "" || c.Certificate != "") && !secure:
		return errors.New("--redis-ca and --redis-cert are for TLS: the address has to begin with rediss://")
	case (c.Certificate == "") != (c.Key == ""):
		return errors.New("--redis-cert and --redis-key go together")
	}
	return nil
}

// quiet stops the library from printing to standard error what it also returns
// as errors.
var quiet = sync.OnceFunc(logging.Disable)

// Connect connects to Redis and makes sure that it answers. Close the client.
func Connect(ctx context.Context, name string, config Config) (redis.UniversalClient, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	options, err := config.options()
	if err != nil {
		return nil, err
	}
	quiet()
	options.ClientName = name
	client := redis.NewUniversalClient(options)
	if err := client.Ping(ctx).Err(); err != nil {
		return nil, errors.Join(fmt.Errorf("connect to Redis at %s: %w", options.Addrs, err), client.Close())
	}
	return client, nil
}

func (c *Config) options() (*redis.UniversalOptions, error) {
	parsed, err := redis.ParseClusterURL(c.URL)
	if err != nil {
		return nil, errors.New("--redis: cannot be read")
	}
	options := &redis.UniversalOptions{
		Addrs:         parsed.Addrs,
		Username:      parsed.Username,
		Password:      parsed.Password,
		TLSConfig:     parsed.TLSConfig,
		IsClusterMode: c.Cluster,
		DialTimeout:   dialTimeout,
		ReadTimeout:   ioTimeout,
		WriteTimeout:  ioTimeout,
		// Without it a call would ignore the deadline of its context.
		ContextTimeoutEnabled: true,
		// Some hosted services announce maintenance; a plain Redis would be
		// asked in vain on each connection.
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	}
	if !c.Cluster {
		single, err := redis.ParseURL(c.URL)
		if err != nil {
			return nil, errors.New("--redis: cannot be read")
		}
		options.Addrs, options.DB = []string{single.Addr}, single.DB
	}
	if c.User != "" {
		options.Username = c.User
	}
	if c.Password != "" {
		options.Password = c.Password
	}
	return options, c.trust(options.TLSConfig)
}

// trust puts the certificates into the settings of TLS.
func (c *Config) trust(settings *tls.Config) error {
	if settings == nil {
		return nil
	}
	if c.CA != "" {
		pem, err := os.ReadFile(c.CA)
		if err != nil {
			return fmt.Errorf("read --redis-ca: %w", err)
		}
		settings.RootCAs, err = x509.SystemCertPool()
		if err != nil {
			settings.RootCAs = x509.NewCertPool()
		}
		if !settings.RootCAs.AppendCertsFromPEM(pem) {
			return fmt.Errorf("read --redis-ca: %s holds no certificate", c.CA)
		}
	}
	if c.Certificate != "" {
		pair, err := tls.LoadX509KeyPair(c.Certificate, c.Key)
		if err != nil {
			return fmt.Errorf("read --redis-cert: %w", err)
		}
		settings.Certificates = []tls.Certificate{pair}
	}
	return nil
}
