package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/settings"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
	"github.com/callrank/callrank/services/stages"
)

const (
	// redrawEvery bounds how often a live table is drawn.
	redrawEvery = 200 * time.Millisecond
	// clearScreen moves to the upper left and clears what follows.
	clearScreen = "\x1b[H\x1b[J"
)

// topCommand is `callrank top`.
func topCommand() *cobra.Command {
	at := newReach()
	s := topSettings{format: formatTable, limit: 20, basis: callrankv1.BasisAnnounced, age: stages.DefaultAgeSettings()}
	command := &cobra.Command{
		Use:   "top",
		Short: "Print the ranking: all of it or some, now or as it stood, or who moved",
		Args:  settings.Args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.validate(); err != nil {
				return &settings.UsageError{Err: err}
			}
			c, err := at.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			defer func() { _ = c.Close() }()
			if s.age.Today == "" {
				s.age.Today = at.today
			}
			return s.print(cmd, leaving(c, &s.age))
		},
	}
	command.Flags().SortFlags = false
	s.flags(command.Flags())
	at.flags(command.Flags(), true)
	return command
}

// leaving is a client for which old companies have left, if they are to.
func leaving(c *client.Client, age *stages.AgeSettings) *client.Client {
	if !age.Leave {
		return c
	}
	return c.Leaving(func() string { return age.Current(time.Now()) })
}

// liveTop draws the ranking again as it changes.
func liveTop(cmd *cobra.Command, c *client.Client, q client.Query) error {
	ctx, stop := context.WithCancel(cmd.Context())
	defer stop()
	changed, failed := make(chan struct{}, 1), make(chan error, 1)
	go func() {
		defer close(changed)
		for _, err := range c.Changes(ctx, client.FromLast()) {
			if err != nil {
				failed <- err
				return
			}
			select {
			case changed <- struct{}{}:
			default:
			}
		}
	}()
	pause := time.NewTicker(redrawEvery)
	defer pause.Stop()
	for {
		ranking, err := c.Find(ctx, q)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := fmt.Fprint(cmd.OutOrStdout(), clearScreen); err != nil {
			return err
		}
		if err := report.Ranking(cmd.OutOrStdout(), ranking); err != nil {
			return err
		}
		<-pause.C
		if _, more := <-changed; !more {
			select {
			case err := <-failed:
				return err
			default:
				return nil
			}
		}
	}
}

// showCommand is `callrank show`.
func showCommand() *cobra.Command {
	at := newReach()
	format, age := formatTable, stages.DefaultAgeSettings()
	command := &cobra.Command{
		Use:   "show TICKER",
		Short: "Print where a company stands, and why",
		Args:  settings.Args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != formatTable && format != formatJSON {
				return usage("--format %q: wants table or json", format)
			}
			if err := age.Validate(); err != nil {
				return &settings.UsageError{Err: err}
			}
			c, err := at.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			defer func() { _ = c.Close() }()
			if age.Today == "" {
				age.Today = at.today
			}
			company, err := leaving(c, &age).Company(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			company.Stale = conviction.Old(company.GetLatest().GetCall(), age.Current(time.Now()))
			if format == formatJSON {
				return printJSON(cmd, company)
			}
			return report.Company(cmd.OutOrStdout(), company)
		},
	}
	command.Flags().SortFlags = false
	command.Flags().StringVar(&format, "format", format, "table or json")
	age.Flags(command.Flags())
	at.flags(command.Flags(), true)
	return command
}

// watchCommand is `callrank watch`.
func watchCommand() *cobra.Command {
	at := newReach()
	format, ticker, least, fromStart := "line", "", 0.0, false
	command := &cobra.Command{
		Use:   "watch",
		Short: "Print each change of the ranking as it happens, after the last state of each company",
		Args:  settings.Args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "line" && format != formatJSON {
				return usage("--format %q: wants line or json", format)
			}
			c, err := at.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer func() { _ = c.Close() }()
			from := client.FromLast()
			if fromStart {
				from = client.FromStart()
			}
			for change, err := range c.Changes(cmd.Context(), from.Of(ticker)) {
				if err != nil {
					return err
				}
				if report.Move(change.Change) < least {
					continue
				}
				if err := printChange(cmd, change.Change, format); err != nil {
					return err
				}
			}
			return nil
		},
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.StringVar(&format, "format", format, "line, or json (one object a line)")
	flags.StringVar(&ticker, "ticker", ticker, "only this company")
	flags.Float64Var(&least, "min-move", least, "only changes of the score by so many points")
	flags.BoolVar(&fromStart, "from-start", fromStart, "begin with the first change there ever was")
	at.flags(flags, false)
	return command
}

func printChange(cmd *cobra.Command, change *callrankv1.RankingChange, format string) error {
	if format == formatJSON {
		return printJSON(cmd, change)
	}
	_, err := fmt.Fprintln(cmd.OutOrStdout(), report.Line(change))
	return err
}
