package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/export"
	"github.com/callrank/callrank/pkg/settings"
)

// exportSettings are what is exported, and how.
type exportSettings struct {
	format, out, asOf, since, ticker string

	until, after time.Time
}

// exportCommand is `callrank export`.
func exportCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "export",
		Short: "Write the history of the ranking, or the claims, as a table: CSV, JSON lines or Parquet",
		Long: "Write the history of the ranking, or the claims, as a table: CSV, JSON lines or Parquet.\n\n" +
			"Every row says from when on it was known. With --as-of nothing of what came later is in the table:\n" +
			"of a call that was corrected since, it holds the text that was in force then.",
		Args: settings.Args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error { return usage("export: wants ranking or claims") },
	}
	command.AddCommand(
		exportTable("ranking", "Every change of the ranking, a row each", exportRanking),
		exportTable("claims", "The claims behind it, a row for each figure", exportClaims),
	)
	return command
}

// exportTable is the command of one table.
func exportTable(name, short string, write func(ctx context.Context, c *client.Client, s *exportSettings, to io.Writer) error) *cobra.Command {
	at, s := newReach(), exportSettings{format: export.CSV}
	command := &cobra.Command{
		Use:   name,
		Short: short,
		Args:  settings.Args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.validate(cmd.OutOrStdout()); err != nil {
				return &settings.UsageError{Err: err}
			}
			c, err := at.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer func() { _ = c.Close() }()
			return s.to(cmd.OutOrStdout(), func(to io.Writer) error { return write(cmd.Context(), c, &s, to) })
		},
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.StringVar(&s.format, "format", s.format, strings.Join(export.Formats(), ", "))
	flags.StringVarP(&s.out, "output", "o", s.out, "file to write; standard output without")
	flags.StringVar(&s.asOf, "as-of", s.asOf, "only what was known at the end of a day (2026-03-01), or at a time")
	flags.StringVar(&s.since, "since", s.since, "only what became known after the end of a day, or after a time")
	flags.StringVar(&s.ticker, "ticker", s.ticker, "only this company")
	at.flags(flags, false)
	return command
}

// validate reads the settings and tells what is wrong with them.
func (s *exportSettings) validate(out io.Writer) error {
	if !slices.Contains(export.Formats(), s.format) {
		return fmt.Errorf("--format %q: wants %s", s.format, strings.Join(export.Formats(), ", "))
	}
	var err error
	if s.asOf != "" {
		if s.until, err = client.ParseMoment(s.asOf); err != nil {
			return fmt.Errorf("--as-of %w", err)
		}
	}
	if s.since != "" {
		if s.after, err = client.ParseMoment(s.since); err != nil {
			return fmt.Errorf("--since %w", err)
		}
	}
	if file, ok := out.(*os.File); ok && s.out == "" && s.format == export.Parquet && term.IsTerminal(int(file.Fd())) {
		return errors.New("parquet is not for a terminal: give -o FILE")
	}
	s.ticker = strings.ToUpper(s.ticker)
	return nil
}

// wants tells whether a company and a time are asked for.
func (s *exportSettings) wants(ticker string, known time.Time) bool {
	return (s.ticker == "" || s.ticker == ticker) && (s.after.IsZero() || known.After(s.after))
}

// to has a table written to standard output, or to a file that is there when it
// is complete and not before.
func (s *exportSettings) to(out io.Writer, write func(io.Writer) error) (err error) {
	if s.out == "" {
		buffered := bufio.NewWriter(out)
		return errors.Join(write(buffered), buffered.Flush())
	}
	file, err := os.CreateTemp(filepath.Dir(s.out), "."+filepath.Base(s.out)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", s.out, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	buffered := bufio.NewWriter(file)
	if err := errors.Join(write(buffered), buffered.Flush(), file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", s.out, err)
	}
	const readable = 0o644
	return errors.Join(os.Chmod(file.Name(), readable), os.Rename(file.Name(), s.out))
}

func exportRanking(ctx context.Context, c *client.Client, s *exportSettings, to io.Writer) error {
	table, err := export.NewWriter[export.RankingRow](to, s.format)
	if err != nil {
		return err
	}
	err = c.History(ctx, s.after, s.until, func(change client.Change) error {
		if !s.wants(change.Change.GetTicker(), change.At) {
			return nil
		}
		return table.Write(export.RankingRowOf(change.Sequence, change.At, change.Change))
	})
	return errors.Join(err, table.Close())
}

func exportClaims(ctx context.Context, c *client.Client, s *exportSettings, to io.Writer) error {
	table, err := export.NewWriter[export.ClaimRow](to, s.format)
	if err != nil {
		return err
	}
	err = c.CallsKnown(ctx, s.until, func(call client.Grounded) error {
		if !s.wants(call.Call.GetAnalysis().GetCall().GetTicker(), call.KnownAt) {
			return nil
		}
		for _, row := range export.ClaimRowsOf(call.KnownAt, call.Call) {
			if err := table.Write(row); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, table.Close())
}
