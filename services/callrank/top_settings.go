package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/leaderboard"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
	"github.com/callrank/callrank/services/stages"
)

// topSettings are what of the ranking is printed.
type topSettings struct {
	limit, offset       int
	format              string
	live                bool
	sector, size        string
	minCoverage         float64
	currentOnly         bool
	asOf, basis, movers string
	age                 stages.AgeSettings
}

func (s *topSettings) flags(flags *pflag.FlagSet) {
	flags.IntVarP(&s.limit, "number", "n", s.limit, "how many companies")
	flags.IntVar(&s.offset, "offset", s.offset, "how many companies to pass over")
	flags.StringVar(&s.format, "format", s.format, "table or json")
	flags.BoolVar(&s.live, "live", s.live, "draw again as the ranking changes, until Ctrl-C")
	flags.StringVar(&s.sector, "sector", s.sector, "only companies of this sector")
	flags.StringVar(&s.size, "size", s.size, "only companies of this size, by market value: "+strings.Join(leaderboard.Sizes, ", "))
	flags.Float64Var(&s.minCoverage, "min-coverage", s.minCoverage, "only companies whose score is out of so many points or more")
	flags.BoolVar(&s.currentOnly, "current", s.currentOnly, "leave out companies whose latest call is old")
	s.age.Flags(flags)
	flags.StringVar(&s.asOf, "as-of", s.asOf, "as it stood at the end of a day (2026-03-01), or at a time")
	flags.StringVar(&s.basis, "basis", s.basis, "with --as-of: by what had been announced by then (announced), or by the calls that had been held (calls)")
	flags.StringVar(&s.movers, "movers", s.movers, "who moved within a period up to now, or to --as-of: 30d, 2w, 12h")
}

// validate tells what is wrong with the settings.
func (s *topSettings) validate() error {
	switch {
	case s.format != formatTable && s.format != formatJSON:
		return fmt.Errorf("--format %q: wants table or json", s.format)
	case s.limit < 1:
		return fmt.Errorf("-n %d: wants 1 or more", s.limit)
	case s.offset < 0:
		return fmt.Errorf("--offset %d: wants 0 or more", s.offset)
	case s.minCoverage < 0:
		return fmt.Errorf("--min-coverage %g: wants 0 or more", s.minCoverage)
	case s.live && s.format != formatTable:
		return errors.New("--live is for --format table; `callrank watch --format json` follows the changes")
	}
	if err := new(client.Query).OfSize(s.size); err != nil {
		return fmt.Errorf("--%w", err)
	}
	return errors.Join(s.validatePast(), s.age.Validate())
}

// validatePast tells what is wrong with what is asked of the past.
func (s *topSettings) validatePast() error {
	switch {
	case s.live && (s.asOf != "" || s.movers != ""):
		return errors.New("--live draws the ranking as it is, without --as-of and --movers")
	case s.basis != callrankv1.BasisAnnounced && s.basis != callrankv1.BasisCalls:
		return fmt.Errorf("--basis %q: wants announced or calls", s.basis)
	case s.movers != "" && s.narrows():
		return errors.New("--movers lists all who moved: it goes without --sector, --size, --min-coverage, --current and --offset")
	}
	var problems []error
	if s.movers != "" {
		if _, err := client.ParsePeriod(s.movers); err != nil {
			problems = append(problems, fmt.Errorf("--movers %w", err))
		}
	}
	if s.asOf != "" {
		if _, err := client.ParseMoment(s.asOf); err != nil {
			problems = append(problems, fmt.Errorf("--as-of %w", err))
		}
	}
	return errors.Join(problems...)
}

// narrows tells whether some companies are passed over.
func (s *topSettings) narrows() bool {
	return s.sector != "" || s.size != "" || s.minCoverage > 0 || s.currentOnly || s.offset > 0
}

// at is the time that is asked about; asked tells whether one was named.
func (s *topSettings) at() (at time.Time, asked bool) {
	at, err := client.ParseMoment(s.asOf)
	if err != nil {
		return time.Now(), false
	}
	return at, true
}

// print reads what is asked for and prints it.
func (s *topSettings) print(cmd *cobra.Command, c *client.Client) error {
	at, past := s.at()
	if s.movers != "" {
		return s.printMovers(cmd, c, at)
	}
	q := client.Query{
		Offset: s.offset, Limit: s.limit, Sector: s.sector, MinCoverage: s.minCoverage,
		Current: s.age.Current(time.Now()), CurrentOnly: s.currentOnly,
	}
	if err := q.OfSize(s.size); err != nil {
		return err
	}
	if s.live {
		return liveTop(cmd, c, q)
	}
	ranking, err := s.read(cmd, c, q, at, past)
	if err != nil {
		return err
	}
	if s.format == formatJSON {
		return printJSON(cmd, ranking)
	}
	return report.Ranking(cmd.OutOrStdout(), ranking)
}

func (s *topSettings) read(cmd *cobra.Command, c *client.Client, q client.Query, at time.Time, past bool) (*callrankv1.Ranking, error) {
	if !past {
		return c.Find(cmd.Context(), q)
	}
	q.Current = s.age.Before(at)
	return c.AsOf(cmd.Context(), at, s.basis, q)
}

func (s *topSettings) printMovers(cmd *cobra.Command, c *client.Client, to time.Time) error {
	period, err := client.ParsePeriod(s.movers)
	if err != nil {
		return err
	}
	movers, err := c.Movers(cmd.Context(), to.Add(-period), to, s.limit)
	if err != nil {
		return err
	}
	if s.format == formatJSON {
		return printJSON(cmd, movers)
	}
	return report.Movers(cmd.OutOrStdout(), movers)
}
