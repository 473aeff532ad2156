package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/fmp"
	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/pkg/transcript"
	"github.com/callrank/callrank/services/stages"
)

// latestCalls is how lines name the list of the latest calls.
const latestCalls = "FMP, the latest calls"

// fetchSettings are what `callrank fetch` fetches, and how.
type fetchSettings struct {
	to            *reach
	companies     stages.CompanySettings
	fmp           fmp.Config
	latest        bool
	since, period string
	pages, limit  int
	every         time.Duration
}

// fetchCommand is `callrank fetch`.
func fetchCommand() *cobra.Command {
	s := fetchSettings{to: newReach(), fmp: fmp.DefaultConfig(), pages: 1, limit: fmp.MaxLatest}
	command := &cobra.Command{
		Use:   "fetch TICKER...",
		Short: "Publish transcripts from Financial Modeling Prep: of companies, or the latest of all",
		Long: "fetch publishes the latest call of each company, or those that --since or --period say;\n" +
			"with --latest the calls of all companies whose transcripts came last.",
		RunE: func(cmd *cobra.Command, args []string) error {
			wanted, err := s.wanted(args)
			if err != nil {
				return &settings.UsageError{Err: err}
			}
			log, err := s.to.log.Logger()
			if err != nil {
				return &settings.UsageError{Err: err}
			}
			s.fmp.Waiting = func(why error, wait time.Duration) {
				log.Warn("asking again", zap.Duration("after", wait), zap.Error(why))
			}
			source, err := fmp.New(s.fmp)
			if err != nil {
				return &settings.UsageError{Err: err}
			}
			defer source.Close()
			reader, err := s.companies.Reader(s.to.data)
			if err != nil {
				return err
			}
			broker, err := s.to.openToPublish(cmd.Context())
			if err != nil {
				return err
			}
			defer closeBroker(cmd.Context(), broker)
			p := newPublisher(broker, "fetch", cmd.OutOrStdout())
			p.reader = reader
			f := fetcher{
				publisher: p,
				source:    source, wanted: wanted, progress: cmd.ErrOrStderr(),
				through: map[fmp.Call]bool{}, told: map[string]string{},
			}
			if s.every > 0 {
				return f.repeat(cmd.Context(), s.every)
			}
			return f.round(cmd.Context())
		},
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.StringVar(&s.since, "since", "", "all calls since a date such as 2024-01-01")
	flags.StringVar(&s.period, "period", "", "the call on a fiscal period such as 2024Q3")
	flags.BoolVar(&s.latest, "latest", false, "the latest calls of all companies")
	flags.IntVar(&s.pages, "pages", s.pages, fmt.Sprintf("with --latest: how many pages, at most %d", fmp.MaxPages))
	flags.IntVar(&s.limit, "limit", s.limit, fmt.Sprintf("with --latest: calls on a page, at most %d", fmp.MaxLatest))
	flags.DurationVar(&s.every, "every", 0, "do it again and again with so much time between, such as 10m, until Ctrl-C")
	s.fmp.Flags(flags)
	s.companies.Flags(flags)
	s.to.flags(flags, false)
	return command
}

// wanted are the calls that are to be published.
type wanted struct {
	symbols       []string
	since         string
	year, quarter int
	pages, limit  int
}

// wanted reads the arguments and flags that say what is wanted.
func (s *fetchSettings) wanted(symbols []string) (wanted, error) {
	w := wanted{since: s.since, pages: s.pages, limit: s.limit}
	for _, symbol := range symbols {
		if _, err := transcript.NormaliseTicker(symbol); err != nil {
			return w, err
		}
		// Not normalised: the dot of 0700.HK is part of the name there.
		w.symbols = append(w.symbols, strings.ToUpper(strings.TrimSpace(symbol)))
	}
	if s.since != "" {
		if err := (transcript.Facts{CallDate: s.since}).Validate(); err != nil {
			return w, fmt.Errorf("--since %q: wants a date such as 2024-01-01", s.since)
		}
	}
	if s.period != "" {
		period, err := transcript.ParsePeriod(s.period)
		if err != nil {
			return w, fmt.Errorf("--period: %w", err)
		}
		if period.Quarter == 0 {
			return w, fmt.Errorf("--period %s: Financial Modeling Prep has calls by quarter, such as 2024Q3", period)
		}
		w.year, w.quarter = period.Year, period.Quarter
	}
	return w, s.check(len(symbols))
}

// check tells what of the flags does not go together, with so many companies.
func (s *fetchSettings) check(companies int) error {
	if s.pages < 1 || s.pages > fmp.MaxPages {
		return fmt.Errorf("--pages %d: wants 1 to %d", s.pages, fmp.MaxPages)
	}
	if s.limit < 1 || s.limit > fmp.MaxLatest {
		return fmt.Errorf("--limit %d: wants 1 to %d", s.limit, fmp.MaxLatest)
	}
	if s.every < 0 {
		return fmt.Errorf("--every %s: wants a time that is not negative", s.every)
	}
	switch {
	case s.latest && companies > 0:
		return errors.New("--latest is of all companies: give no tickers with it")
	case s.latest && s.period != "":
		return errors.New("--period is for companies, not for --latest")
	case !s.latest && companies == 0:
		return errors.New("wants the tickers of companies, or --latest")
	case s.since != "" && s.period != "":
		return errors.New("--since and --period say different things: give one")
	}
	return nil
}

// fetcher publishes transcripts from Financial Modeling Prep.
type fetcher struct {
	*publisher

	source   *fmp.Client
	wanted   wanted
	progress io.Writer
	// through are the calls that were published in earlier rounds, which are not
	// asked for again; told is what was told of those that failed.
	through map[fmp.Call]bool
	told    map[string]string
	failed  int
}

// repeat does one round after the other until the context ends, which is no
// error, or what is wrong will not pass.
func (f *fetcher) repeat(ctx context.Context, every time.Duration) error {
	for {
		err := f.round(ctx)
		switch {
		case ctx.Err() != nil:
			return nil //nolint:nilerr // It was stopped, as it is meant to be.
		case errors.Is(err, fmp.ErrRefused):
			return err
		case err != nil && !errors.Is(err, errSomeFailed):
			f.fails(latestCalls, err, &bar{})
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(every):
		}
	}
}

// round publishes what is wanted and was not published before.
func (f *fetcher) round(ctx context.Context) error {
	f.failed = 0
	calls, err := f.calls(ctx)
	if err != nil {
		return err
	}
	delete(f.told, latestCalls)
	bar := newBar(len(calls), "publishing", f.progress)
	defer bar.finish()
	for _, call := range calls {
		name := nameOf(call)
		line, err := f.call(ctx, call, name)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case isWrongKey(err):
			return err
		case err != nil:
			f.fails(name, err, bar)
		default:
			f.through[call] = true
			delete(f.told, name)
			bar.line(f.out, line)
		}
	}
	bar.finish()
	if f.failed > 0 {
		return fmt.Errorf("%w: %d failed", errSomeFailed, f.failed)
	}
	return nil
}

// fails tells that something failed, unless that was told before and is still
// the same.
func (f *fetcher) fails(name string, err error, bar *bar) {
	f.failed++
	line := failedLine(name, err)
	if f.told[name] == line {
		bar.step()
		return
	}
	f.told[name] = line
	bar.line(f.out, line)
}

// isWrongKey tells an error that every other request would meet too.
func isWrongKey(err error) bool {
	problem, ok := errors.AsType[*fmp.Error](err)
	return ok && problem.Status == http.StatusUnauthorized
}

// nameOf is how lines name a call at its source.
func nameOf(call fmp.Call) string {
	return fmt.Sprintf("FMP %s %dQ%d", call.Symbol, call.FiscalYear, call.FiscalQuarter)
}

// call fetches and publishes one call.
func (f *fetcher) call(ctx context.Context, call fmp.Call, name string) (string, error) {
	document, err := f.source.Transcript(ctx, call.Symbol, call.FiscalYear, call.FiscalQuarter)
	if err != nil {
		return "", err
	}
	return f.document(ctx, document, f.source.TranscriptURL(call.Symbol, call.FiscalYear, call.FiscalQuarter), name)
}

// calls lists the calls that are wanted and were not published before, in the
// order in which they took place.
func (f *fetcher) calls(ctx context.Context) ([]fmp.Call, error) {
	list := f.ofCompanies
	if len(f.wanted.symbols) == 0 {
		list = f.ofAll
	}
	calls, err := list(ctx)
	if err != nil {
		return nil, err
	}
	seen := map[fmp.Call]bool{}
	calls = slices.DeleteFunc(calls, func(call fmp.Call) bool {
		again := seen[call] || f.through[call]
		seen[call] = true
		return again
	})
	slices.SortStableFunc(calls, func(a, b fmp.Call) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Symbol, b.Symbol))
	})
	return calls, nil
}

// ofCompanies lists the calls of companies. One that has none is told and
// counted as failed.
func (f *fetcher) ofCompanies(ctx context.Context) ([]fmp.Call, error) {
	var calls []fmp.Call
	bar := newBar(len(f.wanted.symbols), "listing", f.progress)
	defer bar.finish()
	for _, symbol := range f.wanted.symbols {
		some, err := f.ofCompany(ctx, symbol)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case isWrongKey(err):
			return nil, err
		case err != nil:
			f.fails("FMP "+symbol, err, bar)
		default:
			delete(f.told, "FMP "+symbol)
			calls = append(calls, some...)
			bar.step()
		}
	}
	return calls, nil
}

// ofCompany lists the calls of one company.
func (f *fetcher) ofCompany(ctx context.Context, symbol string) ([]fmp.Call, error) {
	if f.wanted.year != 0 {
		return []fmp.Call{{Symbol: symbol, FiscalYear: f.wanted.year, FiscalQuarter: f.wanted.quarter}}, nil
	}
	calls, err := f.source.TranscriptDates(ctx, symbol)
	if err != nil {
		return nil, err
	}
	calls = slices.DeleteFunc(calls, func(call fmp.Call) bool { return !canBeAsked(call) })
	switch {
	case len(calls) == 0:
		return nil, errors.New("its calls are listed without their quarters")
	case f.wanted.since == "":
		return calls[:1], nil
	}
	return f.recent(calls), nil
}

// ofAll lists the latest calls of all companies. What is listed in a form that
// cannot be asked for is passed over: there is nobody who asked for it.
func (f *fetcher) ofAll(ctx context.Context) ([]fmp.Call, error) {
	var calls []fmp.Call
	for call, err := range f.source.LatestTranscripts(ctx, f.wanted.limit, f.wanted.pages) {
		if err != nil {
			return nil, err
		}
		if canBeAsked(call) {
			calls = append(calls, call)
		}
	}
	return f.recent(calls), nil
}

// recent are the calls since the date that is wanted, if one is.
func (f *fetcher) recent(calls []fmp.Call) []fmp.Call {
	return slices.DeleteFunc(calls, func(call fmp.Call) bool { return call.Date < f.wanted.since })
}

// canBeAsked tells whether a call is listed with all by which its transcript
// is asked for.
func canBeAsked(call fmp.Call) bool {
	facts := transcript.Facts{Ticker: call.Symbol, FiscalYear: call.FiscalYear, FiscalQuarter: call.FiscalQuarter}
	return call.Symbol != "" && call.FiscalYear != 0 && call.FiscalQuarter != 0 && facts.Validate() == nil
}
