package providers

import (
	"time"

	"golang.org/x/time/rate"
)

// QuickEDGAR makes the source with another clock, with waits of milliseconds
// and, but for its own tests, without a rate.
func QuickEDGAR(config EDGARConfig, now func() time.Time, patience time.Duration) (*EDGARSource, error) {
	pace := defaultPace()
	pace.firstWait, pace.longestWait = time.Millisecond, 4*time.Millisecond
	s, err := newEDGAR(config, pace, now)
	if err != nil {
		return nil, err
	}
	s.wait = patience
	s.fetch.limiter.SetLimit(rate.Inf)
	return s, nil
}

// Tries is how often a document is asked for.
func Tries() int { return defaultPace().tries }

// Rest is how long a server that failed is left alone.
func Rest() time.Duration { return defaultPace().rest }
