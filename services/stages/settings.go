package stages

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/pflag"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/fmp"
	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/providers"
	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/pkg/transcript"
)

// The providers of fundamentals.
const (
	// ProviderFiles is a directory of files.
	ProviderFiles = "files"
	// ProviderEDGAR is what the SEC takes from companies' filings.
	ProviderEDGAR = "edgar"
	// ProviderFMP is Financial Modeling Prep.
	ProviderFMP = "fmp"
)

// defaultPatience is some of what a provider takes at its slowest, and little of
// the minutes after a call in which it counts.
const defaultPatience = 2 * time.Second

// GroundSettings are how calls are grounded.
type GroundSettings struct {
	// Providers are where figures come from, each from the first in this order
	// that has it; only ProviderFiles without any.
	Providers []string
	// Fundamentals is a directory of fundamentals files; none without one.
	Fundamentals string
	// EDGAR is how the SEC is asked.
	EDGAR providers.EDGARConfig
	// FMP is how Financial Modeling Prep is asked.
	FMP fmp.Config
	// Cache is a directory for what providers answered; kept in memory only
	// without.
	Cache string
	// CacheAge is how long that is as good as new.
	CacheAge time.Duration
	// AsOf is a date, ISO 8601: nothing known later is used.
	AsOf string
	// Patience is how long a call waits for a provider before it goes on
	// without.
	Patience time.Duration
}

// DefaultGroundSettings returns the settings that hold unless others are given.
// Nothing of them reaches the network.
func DefaultGroundSettings() GroundSettings {
	edgar, prep := providers.DefaultEDGAR(), providers.DefaultFMP()
	return GroundSettings{Providers: []string{ProviderFiles}, EDGAR: edgar, FMP: prep.API, CacheAge: edgar.MaxAge, Patience: defaultPatience}
}

// Flags adds the settings to a set of flags.
func (s *GroundSettings) Flags(flags *pflag.FlagSet) {
	flags.StringSliceVar(&s.Providers, "providers", s.Providers, "where fundamentals come from: each figure from the first of these that has it: files, edgar (the SEC), fmp (Financial Modeling Prep)")
	flags.StringVar(&s.Fundamentals, "fundamentals", s.Fundamentals, "directory of fundamentals files, one TICKER.json for each company")
	flags.StringVar(&s.EDGAR.Contact, "edgar-contact", s.EDGAR.Contact, `name and e-mail address by which the SEC is asked, as it wants: "Jane Doe jane@example.com"`)
	flags.Float64Var(&s.EDGAR.PerSecond, "edgar-rate", s.EDGAR.PerSecond, "most requests to the SEC a second; it allows 10 of all programs of one user together")
	flags.StringVar(&s.EDGAR.URL, "edgar-url", s.EDGAR.URL, "address of a mirror with the SEC's paths, instead of the SEC")
	s.FMP.Flags(flags)
	flags.StringVar(&s.Cache, "cache", s.Cache, "directory for what providers answered; in memory only without")
	flags.DurationVar(&s.CacheAge, "cache-age", s.CacheAge, "how long that is as good as new; older serves while a provider is down")
	flags.DurationVar(&s.Patience, "patience", s.Patience, "how long a call waits for a provider; then it is ranked without, and grounded again when the provider answers")
	flags.StringVar(&s.AsOf, "as-of", s.AsOf, "date (2026-02-05): use nothing that was known later")
}

// Validate tells what is wrong with the settings.
func (s *GroundSettings) Validate() error {
	var problems []error
	if s.Patience <= 0 {
		problems = append(problems, fmt.Errorf("--patience %s: wants more than nothing", s.Patience))
	}
	if s.AsOf != "" {
		if _, err := time.Parse(time.DateOnly, s.AsOf); err != nil {
			problems = append(problems, fmt.Errorf("--as-of %q: wants a date such as 2026-02-05", s.AsOf))
		}
	}
	for i, name := range s.Providers {
		switch {
		case slices.Contains(s.Providers[:i], name):
			problems = append(problems, fmt.Errorf("--providers: %s is there twice", name))
		case name == ProviderEDGAR:
			if err := s.EDGAR.Validate(); err != nil {
				problems = append(problems, fmt.Errorf("--edgar-contact, --edgar-rate, --edgar-url: %w", err))
			}
		case name == ProviderFMP:
			if err := s.FMP.Validate(); err != nil {
				problems = append(problems, err)
			}
		case name != ProviderFiles:
			problems = append(problems, fmt.Errorf("--providers: there is no %q; wants %s, %s, %s", name, ProviderFiles, ProviderEDGAR, ProviderFMP))
		}
	}
	if s.CacheAge < 0 {
		problems = append(problems, fmt.Errorf("--cache-age %s: wants 0 or more", s.CacheAge))
	}
	if s.Fundamentals != "" && len(s.Providers) > 0 && !slices.Contains(s.Providers, ProviderFiles) {
		problems = append(problems, fmt.Errorf("--fundamentals: --providers does not name %s, so nobody would read them", ProviderFiles))
	}
	return errors.Join(problems...)
}

// Grounder makes the grounder. More sources may be given that need no network;
// they are asked right after the directory.
func (s *GroundSettings) Grounder(log *zap.Logger, more ...fundamentals.Source) (*Grounder, error) {
	if err := s.Validate(); err != nil {
		return nil, &settings.UsageError{Err: err}
	}
	var sources []fundamentals.Source
	names := s.Providers
	if !slices.Contains(names, ProviderFiles) {
		names = append([]string{ProviderFiles}, names...)
	}
	for _, name := range names {
		found, err := s.source(name, log)
		if err != nil {
			return nil, err
		}
		sources = append(sources, found...)
		if name == ProviderFiles {
			sources = append(sources, more...)
		}
	}
	return &Grounder{Companies: providers.Merged(sources...), AsOf: s.AsOf, Patience: s.Patience, Log: log}, nil
}

// source is a provider by its name; none where it is not set up.
func (s *GroundSettings) source(name string, log *zap.Logger) ([]fundamentals.Source, error) {
	var source fundamentals.Source
	var err error
	switch name {
	case ProviderEDGAR:
		config := s.EDGAR
		config.Cache, config.MaxAge, config.Log = s.Cache, s.CacheAge, log
		source, err = providers.EDGAR(config)
	case ProviderFMP:
		source, err = providers.FMP(providers.FMPConfig{API: s.FMP, Cache: s.Cache, MaxAge: s.CacheAge, Log: log})
	default:
		return s.files()
	}
	if err != nil {
		return nil, err
	}
	return []fundamentals.Source{source}, nil
}

// files is the directory, if one was given.
func (s *GroundSettings) files() ([]fundamentals.Source, error) {
	if s.Fundamentals == "" {
		return nil, nil
	}
	info, err := os.Stat(s.Fundamentals)
	if err != nil {
		return nil, fmt.Errorf("--fundamentals: %w", err)
	}
	if !info.IsDir() {
		return nil, &settings.UsageError{Err: fmt.Errorf("--fundamentals %s: not a directory", s.Fundamentals)}
	}
	return []fundamentals.Source{providers.Files(s.Fundamentals)}, nil
}

// CompanySettings are which companies calls are known to be of.
type CompanySettings struct {
	// File lists companies in the form of the SEC's company_tickers.json.
	File string
}

// Flags adds the settings to a set of flags.
func (s *CompanySettings) Flags(flags *pflag.FlagSet) {
	flags.StringVar(&s.File, "companies", s.File, "file of companies beside the well-known ones, in the form of the SEC's company_tickers.json")
}

// CompaniesFile is where a data directory holds the companies that were
// imported.
func CompaniesFile(data string) string { return filepath.Join(data, "companies.json") }

// Reader is the reader of calls. Without a file that is given it knows those
// that were imported into a data directory, if there is one.
func (s *CompanySettings) Reader(data string) (transcript.Reader, error) {
	file := s.File
	if file == "" && data != "" {
		file = CompaniesFile(data)
		if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
			return transcript.Reader{}, nil
		}
	}
	if file == "" {
		return transcript.Reader{}, nil
	}
	more, err := providers.Companies(file)
	if err != nil && s.File != "" {
		return transcript.Reader{}, fmt.Errorf("--companies: %w", err)
	}
	if err != nil {
		return transcript.Reader{}, err
	}
	return transcript.Reader{Companies: transcript.WellKnown().With(more)}, nil
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
