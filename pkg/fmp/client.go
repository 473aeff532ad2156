package fmp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	"golang.org/x/time/rate"
)

const (
	// maxBody bounds an answer, in bytes. The longest, a transcript, has some
	// hundred thousand.
	maxBody = 8 << 20
	// maxRefusal bounds what is read of the body of a refusal.
	maxRefusal = 8 << 10
	// idleTimeout is how long a connection is kept open between requests.
	idleTimeout = 90 * time.Second
)

// headerKey is the header of the key, in the form HTTP/1 is sent in here.
const headerKey = "Apikey"

// Client asks the API. Those who share one share its rate.
type Client struct {
	config  Config
	base    *url.URL
	key     string
	limiter *rate.Limiter
	http    *http.Client
}

// New returns a client. Nothing is asked yet.
func New(config Config) (*Client, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	base, err := config.base()
	if err != nil {
		return nil, err
	}
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, IdleConnTimeout: idleTimeout}
	return &Client{
		config: config,
		base:   base,
		key:    strings.TrimSpace(config.Key),
		// One at a time: a burst at the end of one minute and another at the
		// beginning of the next would be twice what is allowed.
		limiter: rate.NewLimiter(rate.Limit(float64(config.PerMinute)/time.Minute.Seconds()), 1),
		http: &http.Client{
			Transport: transport,
			// The key goes nowhere but to the address that was given.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// Close closes the connections that are kept open between requests.
func (c *Client) Close() { c.http.CloseIdleConnections() }

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
	waits := &backoff.ExponentialBackOff{
		InitialInterval:     c.config.FirstWait,
		RandomizationFactor: backoff.DefaultRandomizationFactor,
		Multiplier:          2,
		MaxInterval:         c.config.LongestWait,
	}
	address := c.URL(endpoint, query)
	for try := 1; ; try++ {
		body, err := c.try(ctx, address)
		if err == nil {
			return body, nil
		}
		problem, ok := errors.AsType[*Error](err)
		if !ok {
			return nil, fmt.Errorf("ask FMP for %s: %w", request(endpoint, query), err)
		}
		problem.Request, problem.Tries = request(endpoint, query), try
		wait := max(waits.NextBackOff(), problem.RetryAfter)
		if try == c.config.Tries || !errors.Is(problem, ErrPassing) || problem.RetryAfter > c.config.LongestWait || !leaves(ctx, wait) {
			return nil, problem
		}
		if c.config.Waiting != nil {
			c.config.Waiting(problem, wait)
		}
		if err := pause(ctx, wait); err != nil {
			return nil, fmt.Errorf("wait to ask FMP again for %s: %w", request(endpoint, query), err)
		}
	}
}

// try sends a request once. The error is an *Error, or that of the context.
func (c *Client) try(ctx context.Context, address string) ([]byte, error) {
	if err := c.limiter.Wait(ctx); err != nil {
		if ctx.Err() == nil {
			// The turn would come after the deadline.
			return nil, context.DeadlineExceeded
		}
		return nil, ctx.Err()
	}
	bounded, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	out, err := http.NewRequestWithContext(bounded, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, &Error{Kind: ErrRefused, Reason: "the request cannot be sent", Err: err}
	}
	out.Header.Set(headerKey, c.key)
	out.Header.Set("Accept", "application/json")
	out.Header.Set("User-Agent", "callrank")
	response, err := c.http.Do(out)
	if err != nil {
		return nil, c.unanswered(ctx, bounded, err)
	}
	// What is left unread closes the connection, which is all that is lost.
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, c.refusal(response)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	switch {
	case err != nil:
		return nil, c.unanswered(ctx, bounded, err)
	case len(body) > maxBody:
		return nil, &Error{Kind: ErrUnreadable, Status: response.StatusCode, Reason: fmt.Sprintf("the answer is larger than %d bytes", maxBody)}
	}
	if problem := c.check(body); problem != nil {
		problem.Status = response.StatusCode
		return nil, problem
	}
	return body, nil
}

// unanswered is the error of a request without an answer, or with half of one.
func (c *Client) unanswered(ctx, bounded context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case bounded.Err() != nil:
		return &Error{Kind: ErrPassing, Reason: fmt.Sprintf("no answer within %s", c.config.Timeout)}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{Kind: ErrPassing, Reason: "the answer was cut off"}
	}
	if outer, ok := errors.AsType[*url.Error](err); ok {
		// It says again what was asked for.
		err = outer.Err
	}
	return &Error{Kind: ErrPassing, Reason: "no answer", Err: err}
}

// leaves tells whether the context leaves so much time.
func leaves(ctx context.Context, wait time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return !ok || time.Until(deadline) > wait
}

// pause waits, or returns the error of the context when that ends before.
func pause(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// request is what was asked for, as errors name it.
func request(endpoint string, query url.Values) string {
	if len(query) == 0 {
		return endpoint
	}
	return endpoint + "?" + query.Encode()
}
