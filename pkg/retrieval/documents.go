package retrieval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/maypok86/otter/v2"
	"go.uber.org/zap"
	"golang.org/x/sync/singleflight"
)

// ErrPatience is the cause of a context that ends because a question takes too
// long, rather than because who asks is gone. What was asked for goes on being
// got, for who asks next.
var ErrPatience = errors.New("no answer in the time there is for a question")

const (
	// maxAtHand bounds a document that is kept in memory, and allAtHand all of
	// them together, in bytes. Larger ones are worth keeping only as what was
	// read from them.
	maxAtHand, allAtHand = 256 << 10, 32 << 20
	// flightTime is the most time for one document with all its tries. They go
	// on when nobody waits any more.
	flightTime = 30 * time.Second
	// Rest is how long nothing is asked of a server that has failed as often in
	// a row as documents are tried for, times failures, or refuses us.
	Rest     = 30 * time.Second
	failures = 2
	// longestRest bounds what a server may ask for itself.
	longestRest = 10 * time.Minute
)

// Document is what was got from an address.
type Document struct {
	Body []byte
	// Got is when the server gave it.
	Got time.Time
	// Old says why a copy has to do that is older than it should be; nil for
	// what is as good as new.
	Old error
}

// Keeping is how documents are kept.
type Keeping struct {
	// Cache is a directory for what was got; nothing is kept on disk without.
	Cache string
	// MaxAge is how long what was got is as good as new.
	MaxAge time.Duration
	// RefusesAll are the statuses by which the server refuses us, whatever we
	// ask for; by others it refuses only what was asked for.
	RefusesAll []int
	// Log is told of old copies and of what could not be kept; nil for nobody.
	Log *zap.Logger
	// Now is the clock; nil for the real one.
	Now func() time.Time
}

// Documents are those of one server. They are got once for many who ask at the
// same time, and kept; an old copy does while the server is down.
type Documents struct {
	client  *Client
	keeping Keeping
	cache   *cache // None without a directory.
	atHand  *otter.Cache[string, Document]
	flights singleflight.Group

	mu       sync.Mutex
	failed   int
	restsTil time.Time
	last     error
}

// Keep makes the documents of a client's server. Nothing is asked yet.
func Keep(client *Client, keeping Keeping) (*Documents, error) {
	if keeping.Log == nil {
		keeping.Log = zap.NewNop()
	}
	if keeping.Now == nil {
		keeping.Now = time.Now
	}
	d := &Documents{client: client, keeping: keeping}
	var err error
	if keeping.Cache != "" {
		if d.cache, err = newCache(keeping.Cache, client.config.MaxBody); err != nil {
			return nil, err
		}
	}
	d.atHand, err = otter.New(&otter.Options[string, Document]{
		MaximumWeight: allAtHand,
		Weigher:       func(address string, d Document) uint32 { return uint32(len(address) + len(d.Body)) },
	})
	if err != nil {
		return nil, fmt.Errorf("make a cache of documents: %w", err)
	}
	return d, nil
}

// Get returns the document at an address. The error is an *Error, or wraps that
// of the context, or its cause.
func (d *Documents) Get(ctx context.Context, address string) (Document, error) {
	kept, is := d.kept(address)
	if is && d.isNew(kept) {
		return kept, nil
	}
	got, err := d.fetch(ctx, address)
	gone := ctx.Err() != nil && !errors.Is(context.Cause(ctx), ErrPatience)
	if err == nil || errors.Is(err, ErrNone) || gone || !is {
		return got, err
	}
	d.keeping.Log.Warn("an old copy has to do", zap.String("source", d.client.config.Name),
		zap.String("got", kept.Got.UTC().Format(time.RFC3339)), zap.Error(err))
	kept.Old = err
	return kept, nil
}

// isNew tells whether a document is as good as new.
func (d *Documents) isNew(document Document) bool {
	age := d.keeping.Now().Sub(document.Got)
	return age >= 0 && age < d.keeping.MaxAge
}

// kept is what is kept of an address, in memory or on disk.
func (d *Documents) kept(address string) (Document, bool) {
	if kept, is := d.atHand.GetIfPresent(address); is {
		return kept, true
	}
	if d.cache == nil {
		return Document{}, false
	}
	kept, is := d.cache.read(address)
	// What is not JSON came to harm on disk.
	if !is || !json.Valid(kept.Body) {
		return Document{}, false
	}
	d.hold(address, kept)
	return kept, true
}

// hold keeps a document in memory, if it is small.
func (d *Documents) hold(address string, document Document) {
	if len(document.Body) <= maxAtHand {
		d.atHand.Set(address, document)
	}
}

// fetch gets a document, or waits for one that is being got already. The
// flight does not end with the context of the one who happened to be first.
func (d *Documents) fetch(ctx context.Context, address string) (Document, error) {
	if err := ctx.Err(); err != nil {
		return Document{}, err
	}
	flight := d.flights.DoChan(address, func() (any, error) {
		// Another flight may have landed since this one was found to be wanted.
		if kept, is := d.kept(address); is && d.isNew(kept) {
			return kept, nil
		}
		if err := d.resting(); err != nil {
			return Document{}, err
		}
		flying, cancel := context.WithTimeout(context.WithoutCancel(ctx), flightTime)
		defer cancel()
		body, err := d.client.getWhile(flying, address, d.resting, d.count)
		if rests, ok := errors.AsType[*restError](err); ok {
			return Document{}, rests
		}
		err = d.passing(address, err)
		d.heed(err)
		if err != nil {
			return Document{}, err
		}
		got := Document{Body: body, Got: d.keeping.Now()}
		d.hold(address, got)
		if d.cache != nil {
			if err := d.cache.write(address, body, got.Got); err != nil {
				d.keeping.Log.Warn("a document could not be kept", zap.String("source", d.client.config.Name), zap.Error(err))
			}
		}
		return got, nil
	})
	select {
	case <-ctx.Done():
		return Document{}, context.Cause(ctx)
	case result := <-flight:
		got, _ := result.Val.(Document)
		return got, result.Err
	}
}

// passing makes the end of a flight's own time a passing error: nobody's
// context ended by it.
func (d *Documents) passing(address string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*Error](err); ok {
		return err
	}
	problem := &Error{Kind: ErrPassing, Server: d.client.config.Name, Request: address, Reason: fmt.Sprintf("no answer within %s", flightTime)}
	if errors.Is(err, ErrCrowded) {
		problem.Reason, problem.Err = "its turn has not come", ErrCrowded
	}
	return problem
}

// resting is the error while nothing is asked of the server.
func (d *Documents) resting() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.keeping.Now().Before(d.restsTil) {
		return nil
	}
	return &restError{server: d.client.config.Name, until: d.restsTil, last: d.last}
}

// restError is the error while a server is left alone.
type restError struct {
	server string
	until  time.Time
	last   error
}

// Error says until when, and why.
func (e *restError) Error() string {
	return fmt.Sprintf("%s is left alone until %s: %v", e.server, e.until.UTC().Format(time.TimeOnly), e.last)
}

// Unwrap returns why.
func (e *restError) Unwrap() error { return e.last }

// RetryAt is the earliest moment at which asking the server again may help
// after it failed.
func (d *Documents) RetryAt() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.keeping.Now()
	if now.Before(d.restsTil) {
		return d.restsTil
	}
	return now.Add(Rest)
}

// count leaves a server alone that has failed so often in a row that nobody is
// to wait for it again and again.
func (d *Documents) count(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if problem, ok := errors.AsType[*Error](err); err == nil || ok && !errors.Is(problem, ErrPassing) {
		d.failed = 0
		return
	}
	d.failed++
	if d.failed >= failures*d.client.config.Tries {
		d.leaveAlone(Rest, err)
	}
}

// heed leaves a server alone that refuses us, or asks for it.
func (d *Documents) heed(err error) {
	problem, ok := errors.AsType[*Error](err)
	if !ok {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if errors.Is(problem, ErrRefused) && slices.Contains(d.keeping.RefusesAll, problem.Status) {
		d.leaveAlone(Rest, err)
	}
	if problem.RetryAfter > 0 {
		d.leaveAlone(min(problem.RetryAfter, longestRest), err)
	}
}

// leaveAlone has nothing asked of the server for some time, unless it is left
// alone for longer already.
func (d *Documents) leaveAlone(pause time.Duration, why error) {
	if til := d.keeping.Now().Add(pause); til.After(d.restsTil) {
		d.restsTil, d.last = til, why
	}
}
