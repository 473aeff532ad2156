package providers

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/callrank/callrank/pkg/fundamentals"
)

// ChainSource asks several sources in order.
type ChainSource struct{ sources []fundamentals.Source }

// Chain asks sources in the given order and answers with the first that has
// the company. An empty chain knows no company.
func Chain(sources ...fundamentals.Source) *ChainSource {
	return &ChainSource{sources: slices.Clone(sources)}
}

// Company returns the company from the first source that has it.
//
// A source that has no such company, refuses us or fails in passing is passed
// over. A source that has the company but broken ends the search: what an
// operator put first and got wrong must not be replaced behind their back.
// What fails in passing is among the Outages of the company, so that it may be
// asked for again. Where no source answers, the error wraps
// fundamentals.ErrUnknown if every one of them said so; it is a
// *fundamentals.OutageError if one failed in passing, because that may have the
// company later; else it is of the refusals.
func (c *ChainSource) Company(ctx context.Context, ticker string) (*fundamentals.Company, error) {
	var outages []fundamentals.Outage
	var failed, passing []error
	for _, source := range c.sources {
		company, err := source.Company(ctx, ticker)
		var broken *fundamentals.FieldError
		switch {
		case err == nil:
			return company.WithOutages(outages...), nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.As(err, &broken):
			return nil, err
		case !errors.Is(err, fundamentals.ErrUnknown):
			if out := fundamentals.Outages(nil, err); len(out) > 0 {
				outages, passing = append(outages, out...), append(passing, err)
			}
			failed = append(failed, err)
		}
	}
	switch {
	case len(outages) > 0:
		return nil, fmt.Errorf("no source answered for %s: %w", ticker, &fundamentals.OutageError{Outages: outages, Err: errors.Join(passing...)})
	case len(failed) > 0:
		return nil, fmt.Errorf("no source answered for %s: %w", ticker, errors.Join(failed...))
	}
	return nil, fmt.Errorf("no source has %s: %w", ticker, fundamentals.ErrUnknown)
}
