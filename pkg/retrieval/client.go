package retrieval

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	"golang.org/x/time/rate"
)

const (
	// maxRefusal bounds what is read of the body of a refusal, in bytes.
	maxRefusal = 8 << 10
	// idleTimeout is how long a connection is kept open between requests.
	idleTimeout = 90 * time.Second
	// connectTimeout bounds the making of a connection.
	connectTimeout = 3 * time.Second
)

// ErrCrowded says that the turn of a request would come after its deadline,
// because others are asked for first at the rate that is allowed. It wraps
// context.DeadlineExceeded.
var ErrCrowded = fmt.Errorf("others are asked for first, at the rate that is allowed: %w", context.DeadlineExceeded)

// Client asks a server. Those who share one share its rate.
type Client struct {
	config  Config
	limiter *rate.Limiter
	http    *http.Client
}

// NewClient returns a client. Nothing is asked yet.
func NewClient(config Config) *Client {
	transport := config.Transport
	if transport == nil {
		transport = &http.Transport{
			Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, IdleConnTimeout: idleTimeout,
			DialContext:         (&net.Dialer{Timeout: connectTimeout}).DialContext,
			TLSHandshakeTimeout: connectTimeout,
		}
	}
	return &Client{
		config: config,
		// One at a time: a burst at the end of one second and another at the
		// beginning of the next would be twice what is allowed.
		limiter: rate.NewLimiter(rate.Limit(config.PerSecond), 1),
		http: &http.Client{
			Transport: transport,
			// What identifies us goes nowhere but to the address that was given.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// Close closes the connections that are kept open between requests.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Get returns the document at an address: JSON that is complete. What fails in
// passing is tried again. The error is an *Error, or wraps that of the context.
func (c *Client) Get(ctx context.Context, address string) ([]byte, error) {
	return c.getWhile(ctx, address, func() error { return nil }, func(error) {})
}

// getWhile asks for as long as the server may be asked: each time its turn has
// come, an error of mayAsk ends it. What comes of each try is told.
func (c *Client) getWhile(ctx context.Context, address string, mayAsk func() error, tell func(error)) ([]byte, error) {
	waits := &backoff.ExponentialBackOff{
		InitialInterval:     c.config.FirstWait,
		RandomizationFactor: backoff.DefaultRandomizationFactor,
		Multiplier:          2,
		MaxInterval:         c.config.LongestWait,
	}
	asked := strings.TrimPrefix(address, c.config.Base)
	for try := 1; ; try++ {
		if err := c.turn(ctx, mayAsk); err != nil {
			return nil, fmt.Errorf("ask %s for %s: %w", c.config.Name, asked, err)
		}
		body, err := c.send(ctx, address)
		problem, ok := errors.AsType[*Error](err)
		if ok {
			problem.Server, problem.Request, problem.Tries = c.config.Name, asked, try
		}
		tell(err)
		if err == nil {
			return body, nil
		}
		if !ok {
			return nil, fmt.Errorf("ask %s for %s: %w", c.config.Name, asked, err)
		}
		wait := max(waits.NextBackOff(), problem.RetryAfter)
		if try >= c.config.Tries || !errors.Is(problem, ErrPassing) || problem.RetryAfter > c.config.LongestWait || !leaves(ctx, wait) {
			return nil, problem
		}
		if c.config.Waiting != nil {
			c.config.Waiting(problem, wait)
		}
		if err := pause(ctx, wait); err != nil {
			return nil, fmt.Errorf("wait to ask %s again for %s: %w", c.config.Name, asked, err)
		}
	}
}

// turn waits until a request may be sent. The error is that of the context, or
// of mayAsk.
func (c *Client) turn(ctx context.Context, mayAsk func() error) error {
	if err := c.limiter.Wait(ctx); err != nil {
		if ctx.Err() == nil {
			return ErrCrowded
		}
		return ctx.Err()
	}
	return mayAsk()
}

// send sends a request once. The error is an *Error, or that of the context.
func (c *Client) send(ctx context.Context, address string) ([]byte, error) {
	bounded, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	out, err := http.NewRequestWithContext(httptrace.WithClientTrace(bounded, c.pacedAgain(bounded)), http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, &Error{Kind: ErrRefused, Reason: "the request cannot be sent", Err: err}
	}
	if c.config.Header != nil {
		out.Header = c.config.Header.Clone()
	}
	response, err := c.http.Do(out)
	if err != nil {
		return nil, c.unanswered(ctx, bounded, err)
	}
	// What is left unread closes the connection, which is all that is lost.
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, c.refusal(response)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, c.config.MaxBody+1))
	switch {
	case err != nil:
		return nil, c.unanswered(ctx, bounded, err)
	case int64(len(body)) > c.config.MaxBody:
		return nil, &Error{Kind: ErrUnreadable, Status: response.StatusCode, Reason: fmt.Sprintf("the answer is larger than %d bytes", c.config.MaxBody)}
	}
	problem := check(body)
	if problem == nil && c.config.Judge != nil {
		var said string
		if problem, said = c.config.Judge(body); problem != nil && said != "" {
			problem.Reason += itSays(c.clean(said))
		}
	}
	if problem != nil {
		problem.Status = response.StatusCode
		return nil, problem
	}
	return body, nil
}

// pacedAgain keeps to the rate also where the HTTP client asks again by itself,
// as it does when a connection that was kept open turns out to be closed.
func (c *Client) pacedAgain(ctx context.Context) *httptrace.ClientTrace {
	again := false
	return &httptrace.ClientTrace{GetConn: func(string) {
		if again {
			// Where there is no time left for it, the request fails by that.
			_ = c.limiter.Wait(ctx)
		}
		again = true
	}}
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
