package fundamentals

import (
	"context"
	"errors"
	"strings"
)

// ErrUnknown says that a source has no such company. Asking the same source
// again gives the same answer until the source itself is given the company.
var ErrUnknown = errors.New("no such company")

// ErrRefused says that a source answers nobody who asks as we do: a key or a
// name it wants is missing or wrong. It stays so until the settings are mended.
var ErrRefused = errors.New("refused")

// Source is where companies come from.
//
// Company returns what the source knows of a company, under the ticker the
// company is listed by. The error is one of four:
//   - it wraps ErrUnknown: the source has no such company; don't retry;
//   - it wraps a *FieldError: the source has it, but what it has is broken;
//     it stays broken until somebody mends it;
//   - it wraps ErrRefused: the source answers nothing until the settings are
//     mended;
//   - anything else is passing (a time-out, a server that is down, a cancelled
//     context): the same question may be answered later. An *OutageError says
//     whom to ask again, and from when on.
//
// A company may also come without an error and be incomplete, because a provider
// could not be asked: its Outages say so. Outages tells both.
type Source interface {
	Company(ctx context.Context, ticker string) (*Company, error)
}

// FieldError says which field of a document cannot be used, and why.
type FieldError struct {
	// Field is a path such as "actuals[1].revenue"; empty for the document
	// as a whole.
	Field string
	// Problem is what is wrong with it, such as "want a number, got a string".
	Problem string
}

// Error names the field and the problem.
func (e *FieldError) Error() string {
	if e.Field == "" {
		return e.Problem
	}
	return e.Field + ": " + e.Problem
}

// maxTicker is longer than any ticker with its exchange's suffix.
const maxTicker = 15

const tickerLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// Ticker folds a ticker into the form in which companies are known: upper
// case, and share classes with a hyphen as the SEC writes them (BRK-B). It
// reports false for what is no ticker, such as a path.
func Ticker(s string) (string, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	if s == "" || len(s) > maxTicker {
		return "", false
	}
	if strings.Trim(s, tickerLetters+"-.") != "" || strings.Trim(s, "-.") != s || strings.Contains(s, "..") {
		return "", false
	}
	return s, true
}
