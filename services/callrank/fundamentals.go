package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/settings"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/stages"
)

// fundamentalsCommand is `callrank fundamentals`.
func fundamentalsCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "fundamentals",
		Short: "Put what is known of companies: filed figures, consensus, prices, owners",
		Args:  settings.Args(cobra.NoArgs),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	command.AddCommand(fundamentalsPutCommand())
	return command
}

// fundamentalsPutCommand is `callrank fundamentals put`.
func fundamentalsPutCommand() *cobra.Command {
	to := newReach()
	command := &cobra.Command{
		Use:   "put FILE...",
		Short: "Put fundamentals of companies, by which their latest calls are grounded again; - reads standard input",
		Long: "Put fundamentals of companies, each in the form of a fundamentals file. They replace what was put of the\n" +
			"company before, and are asked before any other source. The latest calls of the company are grounded again,\n" +
			"and the ranking changes with them.",
		Args: settings.Args(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			broker, err := to.openToPublish(cmd.Context())
			if err != nil {
				return err
			}
			defer closeBroker(cmd.Context(), broker)
			failed := false
			for _, file := range args {
				ticker, err := putFundamentals(cmd.Context(), broker, file)
				if err != nil {
					failed = true
					cmd.PrintErrf("callrank: %s: %v\n", file, err)
					continue
				}
				if _, err := fmt.Fprintf(cmd.OutOrStdout(), "put  %-8s  %s\n", ticker, file); err != nil {
					return err
				}
			}
			if failed {
				return errSomeFailed
			}
			return nil
		},
	}
	command.Flags().SortFlags = false
	to.flags(command.Flags(), false)
	return command
}

// putFundamentals puts one file, after reading it: what is wrong with it is told
// at once.
func putFundamentals(ctx context.Context, broker *messaging.Broker, file string) (ticker string, err error) {
	document, err := readFile(file, stages.MaxPut)
	if err != nil {
		return "", err
	}
	company, err := stages.ReadFundamentals("", document)
	if err != nil {
		return "", err
	}
	put := &callrankv1.FundamentalsPut{Ticker: company.Ticker, Document: document, Origin: new(file)}
	_, err = broker.PutFundamentals(ctx, "fundamentals", put)
	return company.Ticker, err
}
