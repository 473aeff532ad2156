package fmp

import "github.com/callrank/callrank/pkg/retrieval"

// The kinds of failure, which errors.Is tells apart.
var (
	// ErrNone says that there is no such thing: it is not known, or not yet.
	ErrNone = retrieval.ErrNone
	// ErrRefused says that the key, the plan or the request is at fault. The
	// same request is refused again until somebody changes that.
	ErrRefused = retrieval.ErrRefused
	// ErrUnreadable says that an answer is not of the form it should have, or
	// larger than anything that is expected.
	ErrUnreadable = retrieval.ErrUnreadable
	// ErrPassing says that it may well work later.
	ErrPassing = retrieval.ErrPassing
)

// Error is what came of a request that failed: retrieval.Error says what is in
// it. An error of the caller's context is none: that is returned wrapped, as it
// is.
type Error = retrieval.Error
