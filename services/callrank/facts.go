package main

import (
	"fmt"

	"github.com/spf13/pflag"

	"github.com/callrank/callrank/pkg/transcript"
)

// statedFacts are what the caller knows of a call and says with flags.
type statedFacts struct {
	ticker, period, date string
}

func (s *statedFacts) flags(flags *pflag.FlagSet) {
	flags.StringVar(&s.ticker, "ticker", "", "ticker of the company, instead of what the text says")
	flags.StringVar(&s.period, "period", "", "fiscal period such as 2025Q4 or 2025H1, instead of what the text says")
	flags.StringVar(&s.date, "date", "", "date of the call such as 2026-02-05, instead of what the text says")
}

// given tells whether anything was said.
func (s *statedFacts) given() bool { return s.ticker != "" || s.period != "" || s.date != "" }

// parse reads the flags.
func (s *statedFacts) parse() (transcript.Facts, error) {
	facts := transcript.Facts{CallDate: s.date}
	if s.ticker != "" {
		ticker, err := transcript.NormaliseTicker(s.ticker)
		if err != nil {
			return facts, fmt.Errorf("--ticker: %w", err)
		}
		facts.Ticker = ticker
	}
	if s.period != "" {
		period, err := transcript.ParsePeriod(s.period)
		if err != nil {
			return facts, fmt.Errorf("--period: %w", err)
		}
		facts.FiscalYear, facts.FiscalQuarter, facts.FiscalHalf = period.Year, period.Quarter, period.Half
	}
	if err := facts.Validate(); err != nil {
		return facts, fmt.Errorf("--date: %w", err)
	}
	return facts, nil
}
