package webhook

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Where a target that is new begins.
const (
	// FromLast begins with the last state of each company.
	FromLast = "last"
	// FromNew begins with what changes next.
	FromNew = "new"
	// FromStart begins with the first change there ever was.
	FromStart = "start"
)

// Target is an address that changes are sent to.
type Target struct {
	// Name is what operators know it by. Its place among the changes is kept
	// under it.
	Name string
	// URL is the address, with https except on this machine.
	URL string
	// Secret signs what is sent.
	Secret Secret
	// Tickers are the companies it is told of; all without any.
	Tickers []string
	// MinMove is by how many points a score has to move.
	MinMove float64
	// From is where it begins when it is new.
	From string
}

// Wants tells whether a target is told of a change.
func (t *Target) Wants(change *callrankv1.RankingChange) bool {
	if len(t.Tickers) > 0 && !slices.Contains(t.Tickers, change.GetTicker()) {
		return false
	}
	move := change.GetScoreAfter() - change.GetScoreBefore()
	return change.GetLeft() || max(move, -move) >= t.MinMove
}

// written is a target as a file has it.
type written struct {
	Name       string   `yaml:"name"`
	URL        string   `yaml:"url"`
	Secret     string   `yaml:"secret"`
	SecretEnv  string   `yaml:"secret_env"`
	SecretFile string   `yaml:"secret_file"`
	Tickers    []string `yaml:"tickers"`
	MinMove    float64  `yaml:"min_move"`
	From       string   `yaml:"from"`
	// Plain allows http to other machines.
	Plain bool `yaml:"plain_http"`
}

// Read reads a file of targets.
func Read(path string) ([]Target, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the webhooks: %w", err)
	}
	targets, err := parse(b)
	if err != nil {
		return nil, fmt.Errorf("read the webhooks in %s: %w", path, err)
	}
	return targets, nil
}

// parse reads targets: a YAML document with a list under "webhooks".
func parse(b []byte) ([]Target, error) {
	var file struct {
		Webhooks []written `yaml:"webhooks"`
	}
	decoder := yaml.NewDecoder(bytes.NewReader(b))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil {
		return nil, err
	}
	if len(file.Webhooks) == 0 {
		return nil, errors.New("no webhooks in it")
	}
	targets := make([]Target, 0, len(file.Webhooks))
	for i := range file.Webhooks {
		target, err := file.Webhooks[i].target()
		if err != nil {
			return nil, fmt.Errorf("webhook %d %q: %w", i+1, file.Webhooks[i].Name, err)
		}
		if slices.ContainsFunc(targets, func(t Target) bool { return t.Name == target.Name }) {
			return nil, fmt.Errorf("webhook %q is there twice", target.Name)
		}
		targets = append(targets, target)
	}
	return targets, nil
}

func (w *written) target() (Target, error) {
	t := Target{Name: w.Name, URL: w.URL, MinMove: w.MinMove, From: w.From}
	for _, ticker := range w.Tickers {
		t.Tickers = append(t.Tickers, strings.ToUpper(ticker))
	}
	if t.From == "" {
		t.From = FromLast
	}
	if err := errors.Join(validName(w.Name), w.validURL()); err != nil {
		return t, err
	}
	switch {
	case w.MinMove < 0:
		return t, fmt.Errorf("min_move %g: wants 0 or more", w.MinMove)
	case t.From != FromLast && t.From != FromNew && t.From != FromStart:
		return t, fmt.Errorf("from %q: wants last, new or start", w.From)
	}
	secret, err := w.secret()
	if err != nil {
		return t, err
	}
	t.Secret, err = ParseSecret(secret)
	return t, err
}

// validName holds a name to what a subject and a consumer take.
func validName(name string) error {
	const longest = 32
	if name == "" || len(name) > longest || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return fmt.Errorf("name: wants 1 to %d lower-case letters, digits and hyphens", longest)
	}
	return nil
}

func (w *written) validURL() error {
	address, err := url.Parse(w.URL)
	switch {
	case err != nil || address.Host == "":
		// The error would repeat the address, and what may be secret in it.
		return errors.New("url: wants the form https://host/path")
	case address.Scheme == "https", address.Scheme == "http" && (w.Plain || isLoopback(address.Hostname())):
		return nil
	case address.Scheme == "http":
		return errors.New("url: http to another machine can be read on the way: use https, or say plain_http: true")
	}
	return fmt.Errorf("url: wants https, not %q", address.Scheme)
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// secret is the secret in its written form, from one of the places that it may
// be in.
func (w *written) secret() (string, error) {
	given := 0
	for _, place := range []string{w.Secret, w.SecretEnv, w.SecretFile} {
		if place != "" {
			given++
		}
	}
	switch {
	case given != 1:
		return "", errors.New("wants one of secret, secret_env and secret_file")
	case w.SecretEnv != "":
		return os.Getenv(w.SecretEnv), nil
	case w.SecretFile != "":
		b, err := os.ReadFile(w.SecretFile)
		if err != nil {
			return "", fmt.Errorf("secret_file: %w", err)
		}
		return string(b), nil
	}
	return w.Secret, nil
}
