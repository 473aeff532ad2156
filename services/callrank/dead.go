package main

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/settings"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
)

// printJSON prints a message as a line of JSON.
func printJSON(cmd *cobra.Command, m proto.Message) error {
	b, err := callrankv1.JSON(m)
	if err != nil {
		return err
	}
	_, err = cmd.OutOrStdout().Write(append(b, '\n'))
	return err
}

// deadCommand is `callrank dead`.
func deadCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "dead",
		Short: "See to events that a stage could not work on",
		Args:  settings.Args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			return usage("dead wants list, show, retry or drop")
		},
	}
	command.AddCommand(deadList(), deadShow(), deadRetry(), deadDrop())
	return command
}

// withBroker runs a command on the broker.
func withBroker(at *reach, run func(cmd *cobra.Command, broker *messaging.Broker, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		broker, err := at.openBroker(cmd.Context())
		if err != nil {
			return err
		}
		defer closeBroker(cmd.Context(), broker)
		return run(cmd, broker, args)
	}
}

// letterNumber reads the id of a dead letter.
func letterNumber(arg string) (uint64, error) {
	n, err := strconv.ParseUint(arg, 10, 64)
	if err != nil || n == 0 {
		return 0, usage("%q is no id of a dead letter: `callrank dead list` prints them", arg)
	}
	return n, nil
}

func deadList() *cobra.Command {
	at := newReach()
	command := &cobra.Command{
		Use:   "list",
		Short: "List the dead letters",
		Args:  settings.Args(cobra.NoArgs),
		RunE: withBroker(at, func(cmd *cobra.Command, broker *messaging.Broker, _ []string) error {
			notes, err := broker.DeadLetters(cmd.Context())
			if err != nil {
				return err
			}
			return report.DeadLetters(cmd.OutOrStdout(), notes)
		}),
	}
	at.flags(command.Flags(), false)
	return command
}

func deadShow() *cobra.Command {
	at := newReach()
	format := formatTable
	command := &cobra.Command{
		Use:   "show ID",
		Short: "Print a dead letter with its headers and payload",
		Args:  settings.Args(cobra.ExactArgs(1)),
		RunE: withBroker(at, func(cmd *cobra.Command, broker *messaging.Broker, args []string) error {
			number, err := letterNumber(args[0])
			if err != nil {
				return err
			}
			letter, err := broker.DeadLetter(cmd.Context(), number)
			if err != nil {
				return err
			}
			switch format {
			case formatJSON:
				return printJSON(cmd, letter)
			case formatTable:
				return report.DeadLetter(cmd.OutOrStdout(), number, letter)
			default:
				return usage("--format %q: wants table or json", format)
			}
		}),
	}
	command.Flags().StringVar(&format, "format", format, "table, or json with the whole payload")
	at.flags(command.Flags(), false)
	return command
}

func deadRetry() *cobra.Command {
	at := newReach()
	var stated statedFacts
	all := false
	command := &cobra.Command{
		Use:   "retry ID or --all",
		Short: "Have dead letters worked on again, once their cause is mended",
		Args:  settings.Args(cobra.MaximumNArgs(1)),
		RunE: withBroker(at, func(cmd *cobra.Command, broker *messaging.Broker, args []string) error {
			if all == (len(args) == 1) {
				return usage("dead retry wants an ID or --all")
			}
			change, err := stated.headers()
			if err != nil {
				return &settings.UsageError{Err: err}
			}
			if !all {
				number, err := letterNumber(args[0])
				if err != nil {
					return err
				}
				return retryDead(cmd, broker, number, change)
			}
			if stated.given() {
				return usage("--ticker, --period and --date are for one dead letter")
			}
			notes, err := broker.DeadLetters(cmd.Context())
			if err != nil {
				return err
			}
			for _, note := range notes {
				err := retryDead(cmd, broker, note.Number, nil)
				// Somebody else may be at it too.
				if err != nil && !errors.Is(err, messaging.ErrNoDeadLetter) {
					return err
				}
			}
			return nil
		}),
	}
	command.Flags().BoolVar(&all, "all", false, "all of them")
	stated.flags(command.Flags())
	at.flags(command.Flags(), false)
	return command
}

// headers are the stated facts as an event carries them.
func (s *statedFacts) headers() (map[string]string, error) {
	facts, err := s.parse()
	if err != nil {
		return nil, err
	}
	headers := map[string]string{}
	if facts.Ticker != "" {
		headers[messaging.HeaderTicker] = facts.Ticker
	}
	if facts.FiscalYear != 0 {
		headers[messaging.HeaderFiscalYear] = strconv.Itoa(facts.FiscalYear)
		// Both, since a period that is stated replaces the one that was.
		headers[messaging.HeaderFiscalQuarter] = strconv.Itoa(facts.FiscalQuarter)
		headers[messaging.HeaderFiscalHalf] = strconv.Itoa(facts.FiscalHalf)
	}
	if facts.CallDate != "" {
		headers[messaging.HeaderCallDate] = facts.CallDate
	}
	return headers, nil
}

func retryDead(cmd *cobra.Command, broker *messaging.Broker, number uint64, change map[string]string) error {
	if err := broker.RetryDead(cmd.Context(), number, change); err != nil {
		return err
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "retried  %d\n", number)
	return err
}

func deadDrop() *cobra.Command {
	at := newReach()
	command := &cobra.Command{
		Use:   "drop ID",
		Short: "Delete a dead letter and the event in it",
		Args:  settings.Args(cobra.ExactArgs(1)),
		RunE: withBroker(at, func(cmd *cobra.Command, broker *messaging.Broker, args []string) error {
			number, err := letterNumber(args[0])
			if err != nil {
				return err
			}
			if err := broker.DropDead(cmd.Context(), number); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "dropped  %d\n", number)
			return err
		}),
	}
	at.flags(command.Flags(), false)
	return command
}
