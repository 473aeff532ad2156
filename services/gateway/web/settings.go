package web

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"github.com/callrank/callrank/services/stages"
)

// Settings are how the gateway listens and whom it lets in.
type Settings struct {
	// Address is where it listens.
	Address string
	// Token is wanted of who publishes; TokenFile is a file that holds it.
	Token, TokenFile string
	// Hosts are the names by which the gateway is reached. On loopback those
	// of the machine itself are always known.
	Hosts []string
	// PublishRate is how many transcripts are taken a second, in the mean.
	PublishRate float64
	// Followers is how many may follow the changes at once.
	Followers int
	// Age is when a company's latest call counts as old.
	Age stages.AgeSettings
}

// DefaultSettings are the settings that hold unless others are given.
func DefaultSettings() Settings {
	return Settings{Address: "127.0.0.1:8080", PublishRate: 50, Followers: 1000, Age: stages.DefaultAgeSettings()}
}

// Flags adds the settings to a set of flags.
func (s *Settings) Flags(flags *pflag.FlagSet) {
	flags.StringVar(&s.Address, "http", s.Address, "address for the pages and the API")
	flags.StringVar(&s.Token, "token", s.Token, "bearer token that publishing wants (better in the environment or a file)")
	flags.StringVar(&s.TokenFile, "token-file", s.TokenFile, "file that holds the bearer token")
	flags.StringSliceVar(&s.Hosts, "host", s.Hosts, "name by which the pages are reached; with one or more, requests for other names are refused")
	flags.Float64Var(&s.PublishRate, "publish-rate", s.PublishRate, "transcripts taken over HTTP a second")
	flags.IntVar(&s.Followers, "followers", s.Followers, "how many may follow the changes over HTTP at once")
	s.Age.Flags(flags)
}

// Resolve reads the token's file and checks the settings.
func (s *Settings) Resolve() error {
	if s.TokenFile != "" {
		if s.Token != "" {
			return errors.New("--token and --token-file: give one")
		}
		b, err := os.ReadFile(s.TokenFile)
		if err != nil {
			return fmt.Errorf("--token-file: %w", err)
		}
		if s.Token = strings.TrimSpace(string(b)); s.Token == "" {
			return fmt.Errorf("--token-file %s: holds no token", s.TokenFile)
		}
	}
	host, _, err := net.SplitHostPort(s.Address)
	switch {
	case err != nil:
		return fmt.Errorf("--http %q: wants the form host:port", s.Address)
	case s.Token == "" && !loopback(host):
		return fmt.Errorf("--http %s can be reached from other machines: give --token or --token-file, which publishing then wants", s.Address)
	case s.PublishRate <= 0:
		return fmt.Errorf("--publish-rate %g: wants more than nothing", s.PublishRate)
	case s.Followers < 1:
		return fmt.Errorf("--followers %d: wants 1 or more", s.Followers)
	}
	return s.Age.Validate()
}

// loopback tells whether a host is this machine alone.
func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
