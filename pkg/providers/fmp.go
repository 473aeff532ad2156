package providers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/fmp"
	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/retrieval"
)

const (
	// fmpName is what the API is called in errors and reasons.
	fmpName = "FMP"
	// yearsAsked and quartersAsked are how many statements are asked for.
	yearsAsked, quartersAsked = 10, 20
	// tradePages bounds how many pages of insiders' trades are read.
	tradePages = 5
	// tradeDays is over how many days insiders' trades are counted.
	tradeDays = 90
	// filingDays is how many days after a quarter institutions have to say what
	// they held at its end. Before that the counts are of those who were quick.
	filingDays = 45
)

// FMPConfig is how Financial Modeling Prep is asked.
type FMPConfig struct {
	// API has the key, the address and the rate. Its patience is not used: a
	// question of fundamentals has its own.
	API fmp.Config
	// Cache is a directory for what was got; nothing is kept on disk without.
	Cache string
	// MaxAge is how long what was got is as good as new.
	MaxAge time.Duration
	// Log is told of old copies and of what could not be kept; nil for nobody.
	Log *zap.Logger
}

// DefaultFMP is the configuration but for the key.
func DefaultFMP() FMPConfig {
	const halfADay = 12 * time.Hour
	return FMPConfig{API: fmp.DefaultConfig(), MaxAge: halfADay}
}

// Validate tells what is wrong with the configuration. It repeats no key.
func (c *FMPConfig) Validate() error {
	err := c.API.Validate()
	if c.MaxAge < 0 {
		err = errors.Join(err, fmt.Errorf("age %s: wants 0 or more", c.MaxAge))
	}
	return err
}

// FMPSource reads companies from Financial Modeling Prep: statements by year and
// quarter, what analysts expect, price and market value, revenue by what is
// sold, insiders and institutions. What the API tells without a date of its own
// is known from the day it was asked.
type FMPSource struct {
	client    *fmp.Client
	pace      pace
	revisions revisions
	log       *zap.Logger
}

// FMP makes the source. Nothing is asked yet.
func FMP(config FMPConfig) (*FMPSource, error) { return newFMP(config, defaultPace()) }

func newFMP(config FMPConfig, pace pace) (*FMPSource, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	api := config.API
	api.Tries, api.Timeout, api.FirstWait, api.LongestWait = pace.tries, pace.attempt, pace.firstWait, pace.longestWait
	if pace.unlimited {
		const unlimited = 1_000_000_000
		api.PerMinute = unlimited
	}
	client, err := fmp.New(api)
	if err != nil {
		return nil, err
	}
	client, err = client.Keeping(retrieval.Keeping{Cache: config.Cache, MaxAge: config.MaxAge, Log: config.Log, Now: pace.now})
	if err != nil {
		return nil, err
	}
	log := config.Log
	if log == nil {
		log = zap.NewNop()
	}
	return &FMPSource{client: client, pace: pace, revisions: revisions{config.Cache}, log: log}, nil
}

// Company returns what the API knows of a company. The error wraps
// fundamentals.ErrUnknown where it has no such company, fundamentals.ErrRefused
// where the key or the plan is at fault, and a *fundamentals.FieldError where
// its answer cannot be used; others pass, and are a *fundamentals.OutageError
// unless the context ended.
//
// What fails of a company that is known leaves its topic unknown, with the
// reason, and what fails in passing is among the company's Outages.
func (s *FMPSource) Company(ctx context.Context, ticker string) (*fundamentals.Company, error) {
	folded, ok := fundamentals.Ticker(ticker)
	if !ok {
		return nil, fmt.Errorf("%q is not a ticker: %w", ticker, fundamentals.ErrUnknown)
	}
	asking, cancel := s.pace.bounded(ctx)
	defer cancel()
	replies, err := s.ask(asking, folded)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, retrieval.ErrNone):
		return nil, fmt.Errorf("FMP has no %s: %w", folded, fundamentals.ErrUnknown)
	case err != nil:
		return nil, failure(err, fmpName, s.client.RetryAt())
	}
	if replies.estimates.err == nil {
		replies.expected, err = s.revisions.record(folded, expectation{day(replies.estimates.Got), replies.estimates.Items})
		if err != nil {
			s.log.Warn("what analysts expected could not be kept", zap.String("ticker", folded), zap.Error(err))
		}
	}
	return replies.company(folded, s.client.RetryAt()), nil
}

// reply is an answer, or what went wrong.
type reply[T any] struct {
	fmp.Answer[T]

	err error
}

// fmpReplies are what the API says of a company.
type fmpReplies struct {
	profile         fmp.Answer[fmp.Profile]
	years, quarters reply[fmp.Statement]
	estimates       reply[fmp.AnalystEstimate]
	quote           reply[fmp.Quote]
	metrics         reply[fmp.KeyMetrics]
	segments        reply[fmp.Segmentation]
	trades          reply[fmp.Trade]
	positions       reply[fmp.Positions]
	// expected are the estimates, and those of before, in order.
	expected []expectation
}

// ask asks who the company is and then everything else at once: the rate spaces
// it. The error is of the profile, or of a key that is refused.
func (s *FMPSource) ask(ctx context.Context, symbol string) (*fmpReplies, error) {
	profile, err := s.client.Profile(ctx, symbol)
	if err != nil {
		return nil, err
	}
	r := &fmpReplies{profile: profile}
	var all sync.WaitGroup
	year, quarter := reportedQuarter(s.pace.now())
	into(&all, &r.years, func() (fmp.Answer[fmp.Statement], error) { return s.client.Statements(ctx, symbol, false, yearsAsked) })
	into(&all, &r.quarters, func() (fmp.Answer[fmp.Statement], error) {
		return s.client.Statements(ctx, symbol, true, quartersAsked)
	})
	into(&all, &r.estimates, func() (fmp.Answer[fmp.AnalystEstimate], error) { return s.client.Estimates(ctx, symbol) })
	into(&all, &r.quote, func() (fmp.Answer[fmp.Quote], error) { return s.client.Quote(ctx, symbol) })
	into(&all, &r.metrics, func() (fmp.Answer[fmp.KeyMetrics], error) { return s.client.KeyMetrics(ctx, symbol) })
	into(&all, &r.segments, func() (fmp.Answer[fmp.Segmentation], error) { return s.client.Segments(ctx, symbol) })
	into(&all, &r.trades, func() (fmp.Answer[fmp.Trade], error) { return s.trades(ctx, symbol) })
	into(&all, &r.positions, func() (fmp.Answer[fmp.Positions], error) { return s.client.Positions(ctx, symbol, year, quarter) })
	all.Wait()
	for _, err := range r.errors() {
		if problem, ok := errors.AsType[*fmp.Error](err); ok && problem.Status == http.StatusUnauthorized {
			return nil, err
		}
	}
	return r, nil
}

// into asks beside others.
func into[T any](all *sync.WaitGroup, to *reply[T], ask func() (fmp.Answer[T], error)) {
	all.Go(func() { to.Answer, to.err = ask() })
}

// errors are what went wrong, in order.
func (r *fmpReplies) errors() []error {
	all := []error{
		r.profile.Old, r.years.went(), r.quarters.went(), r.estimates.went(), r.quote.went(), r.metrics.went(),
		r.segments.went(), r.trades.went(), r.positions.went(),
	}
	return slices.DeleteFunc(all, func(err error) bool { return err == nil })
}

// went is what went wrong, also where an old copy has to do.
func (r *reply[T]) went() error { return cmp.Or(r.err, r.Old) }

// trades reads insiders' trades as far back as they are counted.
func (s *FMPSource) trades(ctx context.Context, symbol string) (fmp.Answer[fmp.Trade], error) {
	from := s.pace.now().AddDate(0, 0, -tradeDays).UTC().Format(time.DateOnly)
	var all fmp.Answer[fmp.Trade]
	for page := range tradePages {
		answer, err := s.client.Trades(ctx, symbol, page)
		switch {
		case page > 0 && errors.Is(err, retrieval.ErrNone):
			return all, nil
		case err != nil:
			return fmp.Answer[fmp.Trade]{}, err
		}
		all.Items, all.Got, all.Old = append(all.Items, answer.Items...), answer.Got, cmp.Or(all.Old, answer.Old)
		last := answer.Items[len(answer.Items)-1]
		if len(answer.Items) < fmp.MaxTrades || last.Filed < from {
			break
		}
	}
	return all, nil
}

// reportedQuarter is the last calendar quarter of which institutions must have
// said what they held.
func reportedQuarter(now time.Time) (year, quarter int) {
	const monthsAQuarter = 3
	day := now.UTC().AddDate(0, 0, -filingDays)
	first := time.Date(day.Year(), day.Month()-(day.Month()-1)%monthsAQuarter, 1, 0, 0, 0, 0, time.UTC)
	end := first.AddDate(0, 0, -1)
	return end.Year(), int(end.Month()) / monthsAQuarter
}
