package providers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"go.uber.org/zap"
	"golang.org/x/sync/singleflight"
	"golang.org/x/time/rate"

	"github.com/callrank/callrank/pkg/fundamentals"
)

var (
	// errNone is the error of a document that is not there.
	errNone = errors.New("there is none")
	// errPatience is the cause of a context that ends because a question takes
	// too long. It is a passing error, other than that of the asker's context.
	errPatience = errors.New("no answer in the time there is for a question")
	// errOldCopy is the reason of an outage that an older copy stands in for.
	errOldCopy = errors.New("it could not be asked, and an old copy has to do")
)

// pace is how patiently a fetcher asks.
type pace struct {
	// tries is how often one document is asked for, and attempt the most time
	// for each.
	tries   int
	attempt time.Duration
	// firstWait doubles, with jitter, from try to try up to longestWait.
	firstWait, longestWait time.Duration
	// flight is the most time for all tries. They go on when nobody waits any
	// more: what comes of it is kept for who asks next.
	flight time.Duration
	// rest is how long nothing is asked of a server that has failed failures
	// times in a row, or asked to be left alone; longestRest bounds the latter.
	rest, longestRest time.Duration
	failures          int
}

// defaultPace keeps one question well below the time a stage has for an event.
func defaultPace() pace {
	return pace{
		tries: 4, attempt: 15 * time.Second, firstWait: 250 * time.Millisecond, longestWait: 4 * time.Second,
		flight: 30 * time.Second, rest: 30 * time.Second, longestRest: 10 * time.Minute, failures: 2,
	}
}

// document is what was got from an address.
type document struct {
	body []byte
	got  time.Time
	// old tells that the server could not be asked, so that a copy has to do
	// that is older than it should be.
	old bool
}

// fetcher gets JSON documents over HTTP: no faster than its rate, again when
// that fails in passing, and each only once for many who ask at the same time.
// It keeps them on disk, and has an old copy do where the server is down.
type fetcher struct {
	// name is what the server is called in errors and logs.
	name    string
	header  http.Header
	refused string // What to look at when the server refuses.
	maxBody int64
	maxAge  time.Duration
	pace    pace
	client  *http.Client
	limiter *rate.Limiter
	cache   *cache // None without a directory.
	log     *zap.Logger
	now     func() time.Time

	flights singleflight.Group

	mu       sync.Mutex
	failed   int
	restsTil time.Time
	last     error
}

// newClient returns a client that follows no redirection: what identifies us
// goes only where it is meant to go.
func newClient() *http.Client {
	const connect, idle = 3 * time.Second, 90 * time.Second
	return &http.Client{
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, IdleConnTimeout: idle,
			DialContext:         (&net.Dialer{Timeout: connect}).DialContext,
			TLSHandshakeTimeout: connect,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// get returns the document at an address. The error wraps errNone,
// fundamentals.ErrRefused or the context's cause, or is a passing one.
func (f *fetcher) get(ctx context.Context, address string) (document, error) {
	var kept document
	var old bool
	if f.cache != nil {
		// What is not JSON came to harm on disk.
		if kept, old = f.cache.read(address); old && !json.Valid(kept.body) {
			kept, old = document{}, false
		}
	}
	if age := f.now().Sub(kept.got); old && age >= 0 && age < f.maxAge {
		return kept, nil
	}
	got, err := f.fetch(ctx, address)
	gone := ctx.Err() != nil && !errors.Is(context.Cause(ctx), errPatience)
	if err == nil || errors.Is(err, errNone) || gone || !old {
		return got, err
	}
	f.log.Warn("an old copy has to do", zap.String("source", f.name), zap.String("got", kept.got.UTC().Format(time.RFC3339)), zap.Error(err))
	kept.old = true
	return kept, nil
}

// fetch gets a document, or waits for one that is being got already. The
// flight does not end with the context of the one who happened to be first.
func (f *fetcher) fetch(ctx context.Context, address string) (document, error) {
	if err := ctx.Err(); err != nil {
		return document{}, err
	}
	flight := f.flights.DoChan(address, func() (any, error) {
		if err := f.resting(); err != nil {
			return document{}, err
		}
		flying, cancel := context.WithTimeout(context.WithoutCancel(ctx), f.pace.flight)
		defer cancel()
		got, err := f.tryAll(flying, address)
		f.remember(err)
		if err == nil && f.cache != nil {
			if err := f.cache.write(address, got.body, got.got); err != nil {
				f.log.Warn("a document could not be kept", zap.String("source", f.name), zap.Error(err))
			}
		}
		return got, err
	})
	select {
	case <-ctx.Done():
		return document{}, context.Cause(ctx)
	case result := <-flight:
		got, _ := result.Val.(document)
		return got, result.Err
	}
}

// resting is the error while nothing is asked of the server.
func (f *fetcher) resting() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.now().Before(f.restsTil) {
		return nil
	}
	return fmt.Errorf("%s is left alone until %s: %w", f.name, f.restsTil.UTC().Format(time.TimeOnly), f.last)
}

// outage makes a passing error one that says whom to ask again, and when.
func (f *fetcher) outage(err error) error {
	if err == nil || isFinal(err) || errors.Is(err, fundamentals.ErrUnknown) {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	at := f.now().Add(f.pace.rest)
	if f.now().Before(f.restsTil) {
		at = f.restsTil
	}
	return &fundamentals.OutageError{Outages: []fundamentals.Outage{{Provider: f.name, RetryAt: at, Reason: err.Error()}}, Err: err}
}

// remember decides whether the server is to be left alone: nobody is to wait
// again and again for one that is down.
func (f *fetcher) remember(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, broken := errors.AsType[*fundamentals.FieldError](err)
	if err == nil || broken || errors.Is(err, errNone) {
		f.failed = 0
		return
	}
	f.failed++
	f.last = err
	pause := time.Duration(0)
	if f.failed >= f.pace.failures || errors.Is(err, fundamentals.ErrRefused) {
		pause = f.pace.rest
	}
	if status, ok := errors.AsType[*statusError](err); ok {
		pause = max(pause, min(status.after, f.pace.longestRest))
	}
	f.restsTil = f.now().Add(pause)
}

// tryAll asks until there is an answer, or nothing is to be expected of asking
// again.
func (f *fetcher) tryAll(ctx context.Context, address string) (document, error) {
	waits := &backoff.ExponentialBackOff{
		InitialInterval: f.pace.firstWait, RandomizationFactor: backoff.DefaultRandomizationFactor,
		Multiplier: 2, MaxInterval: f.pace.longestWait,
	}
	for try := 1; ; try++ {
		body, err := f.try(ctx, address)
		if err == nil {
			return document{body: body, got: f.now()}, nil
		}
		err = fmt.Errorf("ask %s: %w", f.name, err)
		wait := waits.NextBackOff()
		asked := time.Duration(0)
		if status, ok := errors.AsType[*statusError](err); ok {
			asked = status.after
			wait = max(wait, asked)
		}
		deadline, limited := ctx.Deadline()
		if isFinal(err) || try == f.pace.tries || asked > f.pace.longestWait || limited && time.Until(deadline) < wait {
			return document{}, err
		}
		f.log.Debug("asked again", zap.String("source", f.name), zap.Int("try", try), zap.Error(err))
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return document{}, err
		}
	}
}

// isFinal tells that asking again gives the same.
func isFinal(err error) bool {
	_, broken := errors.AsType[*fundamentals.FieldError](err)
	return broken || errors.Is(err, errNone) || errors.Is(err, fundamentals.ErrRefused)
}

// statusError is the error of an answer that passes, by its status.
type statusError struct {
	status int
	// after is how long the server asks to be left alone.
	after time.Duration
}

// Error names the status.
func (e *statusError) Error() string {
	text := fmt.Sprintf("it answers %d %s", e.status, http.StatusText(e.status))
	if e.after > 0 {
		text += fmt.Sprintf(", and asks to be left alone for %s", e.after)
	}
	return text
}

// try asks once.
func (f *fetcher) try(ctx context.Context, address string) ([]byte, error) {
	if err := f.limiter.Wait(ctx); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, f.pace.attempt)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, err
	}
	request.Header = f.header.Clone()
	response, err := f.client.Do(request)
	if err != nil {
		if outer, ok := errors.AsType[*url.Error](err); ok && outer.Err != nil {
			err = outer.Err // It says again what was asked for.
		}
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if err := f.judge(response); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, f.maxBody+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the answer breaks off: %w", err)
	case int64(len(body)) > f.maxBody:
		return nil, &fundamentals.FieldError{Problem: fmt.Sprintf("the answer is larger than %d bytes", f.maxBody)}
	case !json.Valid(body):
		return nil, errors.New("the answer is no JSON, or not all of it")
	}
	return body, nil
}

// judge tells what a status means.
func (f *fetcher) judge(response *http.Response) error {
	switch status := response.StatusCode; status {
	case http.StatusOK:
		return nil
	case http.StatusNotFound:
		return errNone
	case http.StatusUnauthorized, http.StatusForbidden:
		return fmt.Errorf("it answers %d: %s: %w", status, f.refused, fundamentals.ErrRefused)
	default:
		return &statusError{status: status, after: retryAfter(response.Header.Get("Retry-After"), f.now())}
	}
}

// retryAfter reads the header of that name: seconds, or a moment.
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if moment, err := http.ParseTime(header); err == nil {
		return max(0, moment.Sub(now))
	}
	return 0
}
