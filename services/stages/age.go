package stages

import (
	"fmt"
	"time"

	"github.com/spf13/pflag"
)

// AgeSettings are from when on a company's latest call counts as old.
type AgeSettings struct {
	// Days is how old it may be; 0 is any age.
	Days int
	// Leave has them leave the ranking then.
	Leave bool
	// Today is the day from which is counted, ISO 8601; the present one unless
	// set.
	Today string
}

// DefaultAgeSettings are seven months: longer than half a year, after which
// those report that do so least often.
func DefaultAgeSettings() AgeSettings {
	const sevenMonths = 210
	return AgeSettings{Days: sevenMonths}
}

// Flags adds the settings to a set of flags.
func (s *AgeSettings) Flags(flags *pflag.FlagSet) {
	flags.IntVar(&s.Days, "stale-days", s.Days, "mark companies as stale whose latest call is older; 0 marks none")
	flags.BoolVar(&s.Leave, "stale-leave", s.Leave, "have them leave the ranking then: ranks and counts are of the others")
	flags.StringVar(&s.Today, "today", s.Today, "day from which ages are counted (2026-03-01); the present one unless set")
}

// Validate tells what is wrong with the settings.
func (s *AgeSettings) Validate() error {
	if s.Days < 0 {
		return fmt.Errorf("--stale-days %d: wants 0 or more", s.Days)
	}
	if _, err := time.Parse(time.DateOnly, s.Today); err != nil && s.Today != "" {
		return fmt.Errorf("--today %q: wants a date such as 2026-03-01", s.Today)
	}
	return nil
}

// Current is the day from which on a call is current, or "" if each is. It is
// counted from now unless another day was set.
func (s *AgeSettings) Current(now time.Time) string {
	if day, err := time.Parse(time.DateOnly, s.Today); err == nil {
		now = day
	}
	return s.Before(now)
}

// Before is the day from which on a call was current at a time, or "".
func (s *AgeSettings) Before(at time.Time) string {
	if s.Days == 0 {
		return ""
	}
	return at.UTC().AddDate(0, 0, -s.Days).Format(time.DateOnly)
}
