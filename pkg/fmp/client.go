package fmp

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/callrank/callrank/pkg/retrieval"
)

const (
	// name is what the server is called in errors.
	name = "FMP"
	// maxBody bounds an answer, in bytes. The longest, a transcript, has some
	// hundred thousand.
	maxBody = 8 << 20
	// headerKey is the header of the key, in the form HTTP/1 is sent in here.
	headerKey = "Apikey"
)

// Client asks the API. Those who share one share its rate.
type Client struct {
	base    *url.URL
	asking  *retrieval.Client
	library *retrieval.Documents // None where nothing is kept.
}

// New returns a client that keeps nothing of what it gets. Nothing is asked
// yet.
func New(config Config) (*Client, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	base, err := config.base()
	if err != nil {
		return nil, err
	}
	key := strings.TrimSpace(config.Key)
	return &Client{base: base, asking: retrieval.NewClient(retrieval.Config{
		Name: name, Base: base.String(), Secret: key,
		Header:    http.Header{headerKey: {key}, "Accept": {"application/json"}, "User-Agent": {"callrank"}},
		PerSecond: float64(config.PerMinute) / time.Minute.Seconds(),
		Tries:     config.Tries, Timeout: config.Timeout, FirstWait: config.FirstWait, LongestWait: config.LongestWait,
		MaxBody: maxBody, Reasons: reasons(), Moved: "check --fmp-url", Judge: judge, Said: errorMessage,
		Waiting: config.Waiting, Transport: config.transport,
	})}, nil
}

// Keeping returns a client that asks no more often than the first one, with
// which it shares the rate, and keeps what it gets: for questions that are
// asked again and again.
func (c *Client) Keeping(keeping retrieval.Keeping) (*Client, error) {
	// A wrong key is refused whatever it asks for; a plan, only some of it.
	keeping.RefusesAll = []int{http.StatusUnauthorized}
	library, err := retrieval.Keep(c.asking, keeping)
	if err != nil {
		return nil, err
	}
	return &Client{base: c.base, asking: c.asking, library: library}, nil
}

// Close closes the connections that are kept open between requests.
func (c *Client) Close() { c.asking.Close() }

// RetryAt is the earliest moment at which a client that keeps what it gets may
// be of help again after the API failed; zero for one that keeps nothing.
func (c *Client) RetryAt() time.Time {
	if c.library == nil {
		return time.Time{}
	}
	return c.library.RetryAt()
}

// URL is the address of a request, in which there is no key.
func (c *Client) URL(endpoint string, query url.Values) string {
	address := c.base.JoinPath(endpoint)
	address.RawQuery = query.Encode()
	return address.String()
}

// Get asks an endpoint, such as "profile", and returns the answer: JSON that is
// complete, of at most 8 MiB. What fails in passing is tried again. The error
// is an *Error, or wraps that of the context.
func (c *Client) Get(ctx context.Context, endpoint string, query url.Values) ([]byte, error) {
	document, err := c.document(ctx, endpoint, query)
	return document.Body, err
}

// document is an answer, and when it was given.
func (c *Client) document(ctx context.Context, endpoint string, query url.Values) (retrieval.Document, error) {
	address := c.URL(endpoint, query)
	if c.library != nil {
		return c.library.Get(ctx, address)
	}
	body, err := c.asking.Get(ctx, address)
	return retrieval.Document{Body: body, Got: time.Now()}, err
}

// request is what was asked for, as errors name it.
func request(endpoint string, query url.Values) string {
	if len(query) == 0 {
		return endpoint
	}
	return endpoint + "?" + query.Encode()
}
