package fmp

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/pflag"
)

// DefaultURL is where the API is.
const DefaultURL = "https://financialmodelingprep.com/stable/"

// Config is how the API is asked.
type Config struct {
	// Key is the key of whoever asks. It is sent as a header, so that it stands
	// in no address that a proxy, a log or an error would print.
	Key string
	// URL is where the API is, without a query.
	URL string
	// PerMinute is how many requests are sent in a minute, evenly spaced and
	// counting those that are tried again. Plans allow 300 and more.
	PerMinute int
	// Tries is how often a request is sent at most while what fails is passing.
	Tries int
	// Timeout bounds one try.
	Timeout time.Duration
	// FirstWait is the wait before the second try; each further one is twice as
	// long, up to LongestWait, and jittered by a half. The API may ask for a
	// longer one, up to LongestWait too: past that it is not tried again.
	FirstWait, LongestWait time.Duration
	// Waiting is told why a request is tried again and after which wait, before
	// that wait. It may be nil.
	Waiting func(why error, wait time.Duration)

	// transport sends requests; over the network where it is nil.
	transport http.RoundTripper
}

// DefaultConfig is how the API is asked where nothing is said, but for the key.
func DefaultConfig() Config {
	return Config{
		URL:         DefaultURL,
		PerMinute:   240,
		Tries:       5,
		Timeout:     30 * time.Second,
		FirstWait:   500 * time.Millisecond,
		LongestWait: 90 * time.Second,
	}
}

// Flags adds the settings that operators choose to a set of flags.
func (c *Config) Flags(flags *pflag.FlagSet) {
	flags.StringVar(&c.Key, "fmp-key", c.Key, "key for Financial Modeling Prep (better in the environment)")
	flags.StringVar(&c.URL, "fmp-url", c.URL, "address of Financial Modeling Prep's API")
	flags.IntVar(&c.PerMinute, "fmp-rate", c.PerMinute, "requests a minute to Financial Modeling Prep at most")
}

// Validate tells what is wrong with the settings. It repeats no key.
func (c *Config) Validate() error {
	var problems []error
	if key := strings.TrimSpace(c.Key); key == "" {
		problems = append(problems, errors.New("--fmp-key: no key given: set CALLRANK_FMP_KEY to the one on Financial Modeling Prep's dashboard"))
	} else if strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		problems = append(problems, errors.New("--fmp-key: holds what no key holds, such as a space"))
	}
	if _, err := c.base(); err != nil {
		problems = append(problems, err)
	}
	if c.PerMinute < 1 {
		problems = append(problems, fmt.Errorf("--fmp-rate %d: wants at least 1 request a minute", c.PerMinute))
	}
	if c.Tries < 1 || c.Timeout <= 0 || c.FirstWait <= 0 || c.LongestWait < c.FirstWait {
		problems = append(problems, errors.New("FMP: wants at least one try, a timeout, and waits that grow"))
	}
	return errors.Join(problems...)
}

// base is the address that endpoints are below. What it says of a wrong one
// repeats nothing of it, because somebody may have put a key into it.
func (c *Config) base() (*url.URL, error) {
	base, err := url.Parse(strings.TrimSpace(c.URL))
	switch {
	case err != nil, base.Host == "", base.Scheme != "https" && base.Scheme != "http":
		return nil, errors.New("--fmp-url: not an address such as " + DefaultURL)
	case base.RawQuery != "", base.Fragment != "", base.User != nil:
		return nil, errors.New("--fmp-url: wants an address such as " + DefaultURL + " and nothing more: the key goes into --fmp-key")
	}
	if !strings.HasSuffix(base.Path, "/") {
		base.Path += "/"
	}
	return base, nil
}
