package providers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/callrank/callrank/pkg/fundamentals"
)

// MergedSource asks several sources and merges what they know.
type MergedSource struct{ sources []fundamentals.Source }

// Merged asks sources, all at the same time, and takes each figure from the
// first in the given order that has it, as fundamentals.Merge does. No sources
// know no company.
func Merged(sources ...fundamentals.Source) *MergedSource {
	return &MergedSource{sources: slices.Clone(sources)}
}

// said is what a source answered.
type said struct {
	company *fundamentals.Company
	err     error
}

// Company returns what the sources know of a company together.
//
// A source that has no such company, refuses us or fails in passing adds
// nothing but the reason, which the company's Absent then has. What fails in
// passing is among its Outages too, so that it may be asked for again. A source
// that has the company but broken is an error, unless one before it has the
// company: what an operator put first and got wrong must not be replaced behind
// their back.
//
// Where no source has the company, the error wraps fundamentals.ErrUnknown if
// every one of them said so; it is a *fundamentals.OutageError if one failed in
// passing, because that may have the company later; else it is of the refusals.
func (m *MergedSource) Company(ctx context.Context, ticker string) (*fundamentals.Company, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	answers := make([]said, len(m.sources))
	var asking sync.WaitGroup
	for i, source := range m.sources {
		asking.Go(func() { answers[i].company, answers[i].err = source.Company(ctx, ticker) })
	}
	asking.Wait()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	parts := make([]*fundamentals.Company, 0, len(answers))
	known := false
	for _, answer := range answers {
		if _, broken := errors.AsType[*fundamentals.FieldError](answer.err); broken && !known {
			return nil, answer.err
		}
		known = known || answer.err == nil
		parts = append(parts, answer.part())
	}
	if !known {
		return nil, nobody(ticker, answers)
	}
	return fundamentals.Merge(parts...), nil
}

// part is what an answer adds: the company, or why there is none.
func (s said) part() *fundamentals.Company {
	if s.err == nil {
		return s.company
	}
	return fundamentals.Unanswered(s.err.Error(), fundamentals.Outages(nil, s.err)...)
}

// nobody is the error where no source has the company.
func nobody(ticker string, answers []said) error {
	var outages []fundamentals.Outage
	var passing, refused []error
	for _, answer := range answers {
		out := fundamentals.Outages(nil, answer.err)
		switch {
		case len(out) > 0:
			outages, passing = append(outages, out...), append(passing, answer.err)
		case !errors.Is(answer.err, fundamentals.ErrUnknown):
			refused = append(refused, answer.err)
		}
	}
	switch {
	case len(outages) > 0:
		return fmt.Errorf("no source answered for %s: %w", ticker, &fundamentals.OutageError{Outages: outages, Err: errors.Join(passing...)})
	case len(refused) > 0:
		return fmt.Errorf("no source answered for %s: %w", ticker, errors.Join(refused...))
	}
	return fmt.Errorf("no source has %s: %w", ticker, fundamentals.ErrUnknown)
}
