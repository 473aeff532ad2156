package fundamentals

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// Outage is a provider that could not be asked, or answered only in part. What
// it would have said is missing for now, and may be there when it is asked
// again.
type Outage struct {
	// Provider is what it is called, such as "EDGAR"; empty where the source
	// gives itself no name.
	Provider string
	// RetryAt is the earliest moment at which asking again may help: before
	// that the provider is left alone. Zero where nothing is known of it.
	RetryAt time.Time
	// Reason says what was wrong, for a reader.
	Reason string
}

// String is the outage in words.
func (o Outage) String() string {
	text := o.Reason
	if o.Provider != "" {
		text = o.Provider + " is unavailable: " + text
	}
	if !o.RetryAt.IsZero() {
		text += " (to be asked again from " + o.RetryAt.UTC().Format(time.RFC3339) + ")"
	}
	return text
}

// OutageError is the passing kind of error of a Source: no provider that could
// be asked has the company, and those listed could not be asked.
type OutageError struct {
	// Outages are one or more, in the order in which providers are asked.
	Outages []Outage
	// Err is what went wrong, nil where the outages say all.
	Err error
}

// Error names the providers and what was wrong with each.
func (e *OutageError) Error() string {
	said := make([]string, len(e.Outages))
	for i, outage := range e.Outages {
		said[i] = outage.String()
	}
	return strings.Join(said, "; ")
}

// Unwrap returns what went wrong.
func (e *OutageError) Unwrap() error { return e.Err }

// Outages tells what is missing for now of an answer of Source.Company: empty
// where the answer stands, whatever it says. Otherwise the same question may
// get a better one later, and RetryAt says from when on. The end of the asker's
// own context counts as an outage, so look at that first.
func Outages(company *Company, err error) []Outage {
	var broken *FieldError
	var out *OutageError
	switch {
	case err == nil && company == nil:
		return nil
	case err == nil:
		return company.Outages
	case errors.As(err, &out):
		return out.Outages
	case errors.Is(err, ErrUnknown), errors.Is(err, ErrRefused), errors.As(err, &broken):
		return nil
	}
	return []Outage{{Reason: err.Error()}}
}

// RetryAt is when the first of the providers may answer again. It is zero where
// none of them says so: then whoever asks decides.
func RetryAt(outages []Outage) time.Time {
	var first time.Time
	for _, outage := range outages {
		if at := outage.RetryAt; !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}

// WithOutages is the company with outages that it did not have yet. The company
// itself is not changed.
func (c *Company) WithOutages(outages ...Outage) *Company {
	if len(outages) == 0 {
		return c
	}
	other := *c
	other.Outages = slices.Concat(c.Outages, outages)
	return &other
}
