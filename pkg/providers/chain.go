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
// Where no source answers, the error wraps fundamentals.ErrUnknown only if every
// one of them said so; one that failed may have the company later, so then the
// error is of what failed.
func (c *ChainSource) Company(ctx context.Context, ticker string) (*fundamentals.Company, error) {
	var passing []error
	for _, source := range c.sources {
		company, err := source.Company(ctx, ticker)
		var broken *fundamentals.FieldError
		switch {
		case err == nil:
			return company, nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.As(err, &broken):
			return nil, err
		case !errors.Is(err, fundamentals.ErrUnknown):
			passing = append(passing, err)
		}
	}
	if len(passing) > 0 {
		return nil, fmt.Errorf("no source answered for %s: %w", ticker, errors.Join(passing...))
	}
	return nil, fmt.Errorf("no source has %s: %w", ticker, fundamentals.ErrUnknown)
}
