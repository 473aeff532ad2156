package retrieval

import (
	"errors"
	"fmt"
	"time"
)

// The kinds of failure, which errors.Is tells apart. The first three are for
// good: asking again gives the same.
var (
	// ErrNone says that there is no such thing: it is not known, or not yet.
	ErrNone = errors.New("there is none")
	// ErrRefused says that the key, the plan or the request is at fault. The
	// same request is refused again until somebody changes that.
	ErrRefused = errors.New("refused")
	// ErrUnreadable says that an answer is not of the form it should have, or
	// larger than anything that is expected.
	ErrUnreadable = errors.New("cannot be read")
	// ErrPassing says that it may well work later.
	ErrPassing = errors.New("fails in passing")
)

// Error is what came of a request that failed. An error of the caller's
// context is none: that is returned wrapped, as it is.
type Error struct {
	// Kind is ErrNone, ErrRefused, ErrUnreadable or ErrPassing.
	Kind error
	// Server is what the server is called.
	Server string
	// Request is what was asked for: the address below the server's. No key is
	// in it.
	Request string
	// Status is the status of the last answer, 0 where there was none.
	Status int
	// Reason says what was wrong and, where somebody has to do something, what.
	Reason string
	// RetryAfter is how long the server asked to be left alone, 0 where it did
	// not.
	RetryAfter time.Duration
	// Tries is how often the request was sent before it was given up, 0 where
	// the answer came and does not hold what it should.
	Tries int
	// Err is what the network said, nil where there was an answer.
	Err error
}

// Error says what was asked for and what came of it.
func (e *Error) Error() string {
	text := e.Server + ": " + e.Request + ": " + e.Reason
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	if e.RetryAfter > 0 {
		text += fmt.Sprintf(", asks to be left alone for %s", e.RetryAfter)
	}
	if e.Tries > 1 {
		text += fmt.Sprintf(" (tried %d times)", e.Tries)
	}
	return text
}

// Unwrap returns the kind, and what the network said.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}
