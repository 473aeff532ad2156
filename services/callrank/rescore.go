package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/services/report"
)

// rescoreCommand is `callrank rescore`.
func rescoreCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "rescore",
		Short: "Rank the past again: with other weights, or as the programs that run now read it",
		Long: "Rank the past again, beside what readers see: with other weights, or as the programs that run now read it.\n\n" +
			"`start` begins a generation, which the running workers take up; `status` tells how far it is, and `diff` who\n" +
			"would move. `promote` has readers see it, and promoting the one before takes that back. `abort` gives one up.",
		Args: settings.Args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			return usage("rescore wants start, status, diff, promote or abort")
		},
	}
	command.AddCommand(rescoreStart(), rescoreStatus(), rescoreDiff(), rescorePromote(), rescoreAbort())
	return command
}

// rescoreStart is `callrank rescore start`.
func rescoreStart() *cobra.Command {
	at := newReach()
	var r generation.Rescore
	since, weights, format := "", "", formatTable
	command := &cobra.Command{
		Use:   "start",
		Short: "Begin a rescore and print its name",
		Args:  settings.Args(cobra.NoArgs),
		RunE: withBroker(at, func(cmd *cobra.Command, broker *messaging.Broker, _ []string) error {
			if err := resolveRescore(&r, since, weights); err != nil {
				return err
			}
			g, err := generation.Start(cmd.Context(), broker, r)
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(cmd, g)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "started  %s\n", g.GetName())
			return err
		}),
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.StringVar(&r.FromStage, "from-stage", "raw", "what it begins with: raw (the transcripts), or what a stage made of them: ingested, extracted, quantified, grounded")
	flags.StringVar(&since, "since", since, "work on what was published since a time (2026-01-31, 2026-01-31T16:00:00Z, or 30d ago); calls from before stay as they are")
	flags.Uint64Var(&r.FromSequence, "from-sequence", r.FromSequence, "work on what stands from this place of the stream CALLS on")
	flags.StringVar(&weights, "weights", weights, "file of the weights of conviction; those of the workers without")
	flags.StringVar(&r.Name, "name", r.Name, "name of the generation; made of the time without")
	flags.BoolVar(&r.Dedicated, "dedicated", r.Dedicated, "leave it to workers that are started with --generation NAME")
	flags.StringVar(&format, "format", format, "table or json")
	at.flags(flags, false)
	return command
}

// resolveRescore puts what flags say into a rescore. Weights are read here, so
// that a wrong file is told of at once.
func resolveRescore(r *generation.Rescore, since, weights string) error {
	if since != "" && r.FromSequence > 0 {
		return usage("--since and --from-sequence say the same: give one")
	}
	if known := generation.BeginsWith(); !slices.Contains(known, r.FromStage) {
		return usage("--from-stage %q: wants %s", r.FromStage, strings.Join(known, ", "))
	}
	if r.Name != "" {
		if err := messaging.ValidGeneration(r.Name); err != nil {
			return usage("--name: %v", err)
		}
	}
	if since != "" {
		moment, err := sinceTime(since, time.Now())
		if err != nil {
			return usage("--since %v", err)
		}
		r.Since = moment
	}
	if weights == "" {
		return nil
	}
	b, err := os.ReadFile(weights)
	if err != nil {
		return fmt.Errorf("--weights: %w", err)
	}
	if _, err := conviction.ParseWeights(b); err != nil {
		return fmt.Errorf("--weights %s: %w", weights, err)
	}
	r.Weights = b
	return nil
}

// sinceTime reads a time, a date, which stands for its beginning in UTC, or how
// long ago.
func sinceTime(s string, now time.Time) (time.Time, error) {
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		return day, nil
	}
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at, nil
	}
	if ago, err := client.ParsePeriod(s); err == nil {
		return now.Add(-ago), nil
	}
	return time.Time{}, fmt.Errorf("%q: wants a date such as 2026-03-01, a time such as 2026-03-01T16:00:00Z, or how long ago, such as 30d", s)
}

// rescoreStatus is `callrank rescore status`.
func rescoreStatus() *cobra.Command {
	at := newReach()
	format := formatTable
	command := &cobra.Command{
		Use:   "status",
		Short: "Print which generations there are and how far each is",
		Args:  settings.Args(cobra.NoArgs),
		RunE: withBroker(at, func(cmd *cobra.Command, broker *messaging.Broker, _ []string) error {
			if err := tableOrJSON(format); err != nil {
				return err
			}
			status, err := generation.Status(cmd.Context(), broker)
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(cmd, status)
			}
			return report.Generations(cmd.OutOrStdout(), status)
		}),
	}
	command.Flags().SortFlags = false
	command.Flags().StringVar(&format, "format", format, "table or json")
	at.flags(command.Flags(), false)
	return command
}

func tableOrJSON(format string) error {
	if format != formatTable && format != formatJSON {
		return usage("--format %q: wants table or json", format)
	}
	return nil
}

// rescoreDiff is `callrank rescore diff`.
func rescoreDiff() *cobra.Command {
	at := newReach()
	format, limit := formatTable, 25
	command := &cobra.Command{
		Use:   "diff GENERATION",
		Short: "Print who would move if a generation were promoted, by how much, and which component does it",
		Args:  settings.Args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := tableOrJSON(format); err != nil {
				return err
			}
			broker, err := at.openBroker(cmd.Context())
			if err != nil {
				return err
			}
			defer closeBroker(cmd.Context(), broker)
			if err := at.resolve(true); err != nil {
				return err
			}
			roster, err := broker.Roster(cmd.Context())
			if err != nil {
				return err
			}
			g := generation.Find(generation.All(roster), args[0])
			if g == nil || g.GetDroppedAt() != "" {
				return fmt.Errorf("%s: %w", args[0], generation.ErrUnknown)
			}
			store, err := leaderboard.Connect(cmd.Context(), "callrank", at.store)
			if err != nil {
				return err
			}
			defer func() { _ = store.Close() }()
			before, err := leaderboard.Open(store, generation.Promoted(roster).GetGeneration()).All(cmd.Context())
			if err != nil {
				return err
			}
			after, err := leaderboard.Open(store, g.GetName()).All(cmd.Context())
			if err != nil {
				return err
			}
			diff := generation.Diff(before, after)
			if format == formatJSON {
				return printJSON(cmd, diff)
			}
			return report.GenerationDiff(cmd.OutOrStdout(), diff, limit)
		},
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.IntVarP(&limit, "number", "n", limit, "how many companies the table shows")
	flags.StringVar(&format, "format", format, "table, or json with all companies")
	at.flags(flags, true)
	return command
}

// rescorePromote is `callrank rescore promote`.
func rescorePromote() *cobra.Command {
	at := newReach()
	var how generation.Promotion
	command := &cobra.Command{
		Use:   "promote GENERATION",
		Short: "Have readers see a generation; promoting the one before takes it back",
		Args:  settings.Args(cobra.ExactArgs(1)),
		RunE: withBroker(at, func(cmd *cobra.Command, broker *messaging.Broker, args []string) error {
			if how.Keep < 0 {
				return usage("--keep %s: wants 0 (for good) or more", how.Keep)
			}
			promotion, err := generation.Promote(cmd.Context(), broker, args[0], how)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "promoted  %s  %s\n", promotion.GetGeneration(), promotion.GetBatch())
			return err
		}),
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.BoolVar(&how.Unfinished, "unfinished", how.Unfinished, "also if it has not caught up")
	flags.DurationVar(&how.Keep, "keep", how.Keep, "give the one before up after this time (72h); 0 keeps it until it is aborted")
	at.flags(flags, false)
	return command
}

// rescoreAbort is `callrank rescore abort`.
func rescoreAbort() *cobra.Command {
	at := newReach()
	command := &cobra.Command{
		Use:   "abort GENERATION",
		Short: "Give a generation up, and have the workers remove what they made for it",
		Args:  settings.Args(cobra.ExactArgs(1)),
		RunE: withBroker(at, func(cmd *cobra.Command, broker *messaging.Broker, args []string) error {
			if err := generation.Drop(cmd.Context(), broker, args[0]); err != nil {
				return err
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "aborted  %s\n", args[0])
			return err
		}),
	}
	at.flags(command.Flags(), false)
	return command
}
