package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/callrank/callrank/pkg/transcript"
)

// statedFacts are what the caller knows of a call and says with flags.
type statedFacts struct {
	ticker, period, date string
}

func (s *statedFacts) flags(flags *pflag.FlagSet) {
	flags.StringVar(&s.ticker, "ticker", "", "ticker of the company, instead of what the text says")
	flags.StringVar(&s.period, "period", "", "fiscal period such as 2025Q4, instead of what the text says")
	flags.StringVar(&s.date, "date", "", "date of the call such as 2026-02-05, instead of what the text says")
}

// given tells whether anything was said.
func (s *statedFacts) given() bool { return s.ticker != "" || s.period != "" || s.date != "" }

var periodForms = regexp.MustCompile(`^(?:FY)?(\d{4})[ -]?Q([1-4])$|^Q([1-4])[ -]?(?:FY)?(\d{4})$`)

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
		var err error
		if facts.FiscalYear, facts.FiscalQuarter, err = parsePeriod(s.period); err != nil {
			return facts, err
		}
	}
	if err := facts.Validate(); err != nil {
		return facts, fmt.Errorf("--date: %w", err)
	}
	return facts, nil
}

// parsePeriod reads the flag of a fiscal period.
func parsePeriod(period string) (year, quarter int, err error) {
	m := periodForms.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(period)))
	if m == nil {
		return 0, 0, fmt.Errorf("--period %q: wants a form such as 2025Q4", period)
	}
	// The form lets only numbers through.
	year, _ = strconv.Atoi(m[1] + m[4])
	quarter, _ = strconv.Atoi(m[2] + m[3])
	return year, quarter, nil
}
