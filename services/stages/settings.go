package stages

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/pflag"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/providers"
	"github.com/callrank/callrank/pkg/settings"
)

// GroundSettings are how calls are grounded.
type GroundSettings struct {
	// Fundamentals is a directory of fundamentals files; none without one.
	Fundamentals string
	// AsOf is a date, ISO 8601: nothing known later is used.
	AsOf string
}

// Flags adds the settings to a set of flags.
func (s *GroundSettings) Flags(flags *pflag.FlagSet) {
	flags.StringVar(&s.Fundamentals, "fundamentals", s.Fundamentals, "directory of fundamentals files, one TICKER.json for each company")
	flags.StringVar(&s.AsOf, "as-of", s.AsOf, "date (2026-02-05): use nothing that was known later")
}

// Grounder makes the grounder. More sources may be asked after the directory.
func (s *GroundSettings) Grounder(log *zap.Logger, more ...fundamentals.Source) (*Grounder, error) {
	if s.AsOf != "" {
		if _, err := time.Parse(time.DateOnly, s.AsOf); err != nil {
			return nil, &settings.UsageError{Err: fmt.Errorf("--as-of %q: wants a date such as 2026-02-05", s.AsOf)}
		}
	}
	var sources []fundamentals.Source
	if s.Fundamentals != "" {
		info, err := os.Stat(s.Fundamentals)
		if err != nil {
			return nil, fmt.Errorf("--fundamentals: %w", err)
		}
		if !info.IsDir() {
			return nil, &settings.UsageError{Err: fmt.Errorf("--fundamentals %s: not a directory", s.Fundamentals)}
		}
		sources = append(sources, providers.Files(s.Fundamentals))
	}
	return &Grounder{Companies: providers.Chain(append(sources, more...)...), AsOf: s.AsOf, Log: log}, nil
}

// RankSettings are how companies are scored.
type RankSettings struct {
	// WeightsFile holds the weights of conviction; the built-in ones without.
	WeightsFile string
}

// Flags adds the settings to a set of flags.
func (s *RankSettings) Flags(flags *pflag.FlagSet) {
	flags.StringVar(&s.WeightsFile, "weights", s.WeightsFile, "file of the weights of conviction; built-in ones without")
}

// Weights reads the weights.
func (s *RankSettings) Weights() (*conviction.Weights, error) {
	if s.WeightsFile == "" {
		return conviction.Default(), nil
	}
	b, err := os.ReadFile(s.WeightsFile)
	if err != nil {
		return nil, fmt.Errorf("--weights: %w", err)
	}
	weights, err := conviction.ParseWeights(b)
	if err != nil {
		return nil, fmt.Errorf("--weights %s: %w", s.WeightsFile, err)
	}
	return weights, nil
}
