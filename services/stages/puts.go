package stages

import (
	"context"
	"fmt"
	"time"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/providers"
	"github.com/callrank/callrank/pkg/transcript"
)

// MaxPut is the size in bytes above which what is put is refused.
const MaxPut = 1 << 20

// puts reads companies from what was put of them at the broker.
type puts struct{ broker *messaging.Broker }

// Company reads what was put last of a company.
func (p puts) Company(ctx context.Context, ticker string) (*fundamentals.Company, error) {
	folded, ok := fundamentals.Ticker(ticker)
	if !ok {
		return nil, fmt.Errorf("%q is not a ticker: %w", ticker, fundamentals.ErrUnknown)
	}
	put, err := p.broker.Fundamentals(ctx, folded)
	switch {
	case err != nil:
		return nil, err
	case put == nil:
		return nil, fmt.Errorf("nothing was put of %s: %w", folded, fundamentals.ErrUnknown)
	}
	return readPut(put)
}

// readPut reads what was put of a company. The error is a
// *fundamentals.FieldError.
func readPut(put *messaging.Put) (*fundamentals.Company, error) {
	company, err := ReadFundamentals(put.Ticker, put.Document)
	if err != nil {
		return nil, err
	}
	company.Document = "put on " + put.Stored.UTC().Format(time.DateOnly)
	return company, nil
}

// ReadFundamentals reads fundamentals that are put of a company, for those who
// would tell at once what is wrong with them. Without a ticker the document
// tells it. The error wraps a *fundamentals.FieldError.
func ReadFundamentals(ticker string, document []byte) (*fundamentals.Company, error) {
	if len(document) > MaxPut {
		return nil, &fundamentals.FieldError{Problem: fmt.Sprintf("larger than %d bytes", MaxPut)}
	}
	company, err := fundamentals.Parse(document)
	if err != nil {
		return nil, fmt.Errorf("read fundamentals: %w", err)
	}
	// Calls are filed under one way of writing share classes.
	normal, err := transcript.NormaliseTicker(company.Ticker)
	if err != nil {
		return nil, fmt.Errorf("read fundamentals: %w", &fundamentals.FieldError{Field: "ticker", Problem: err.Error()})
	}
	if ticker != "" && messaging.SubjectPut(ticker) != messaging.SubjectPut(normal) {
		return nil, fmt.Errorf("read fundamentals: %w", &fundamentals.FieldError{
			Field: "ticker", Problem: fmt.Sprintf("want %s as they are put of, got %s", ticker, company.Ticker),
		})
	}
	company.Ticker = normal
	return company, nil
}

// over is the grounder that asks first for what was put at a broker.
func (g *Grounder) over(broker *messaging.Broker) *Grounder {
	return &Grounder{Companies: providers.Merged(puts{broker}, g.Companies), AsOf: g.AsOf, Patience: g.Patience, Log: g.Log}
}
