package providers

import (
	"time"

	"github.com/callrank/callrank/pkg/retrieval"
)

// quick is a pace with another clock, with waits of milliseconds and, but for
// its own tests, without a rate.
func quick(now func() time.Time, patience time.Duration) pace {
	p := defaultPace()
	p.firstWait, p.longestWait = time.Millisecond, 4*time.Millisecond
	p.now, p.patience, p.unlimited = now, patience, true
	return p
}

// QuickEDGAR makes the source at a quick pace.
func QuickEDGAR(config EDGARConfig, now func() time.Time, patience time.Duration) (*EDGARSource, error) {
	return newEDGAR(config, quick(now, patience))
}

// QuickFMP makes the source at a quick pace.
func QuickFMP(config FMPConfig, now func() time.Time, patience time.Duration) (*FMPSource, error) {
	return newFMP(config, quick(now, patience))
}

// ReportedQuarter is the last calendar quarter of which institutions must have
// said what they held.
func ReportedQuarter(now time.Time) (year, quarter int) { return reportedQuarter(now) }

// Tries is how often a document is asked for.
func Tries() int { return defaultPace().tries }

// Rest is how long a server that failed is left alone.
func Rest() time.Duration { return retrieval.Rest }
