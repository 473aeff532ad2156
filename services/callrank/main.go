// Command callrank is everything in one program: the whole flow in one process,
// the analysis of a file without any server, and the commands by which people
// publish transcripts and read the ranking.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/callrank/callrank/pkg/settings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second Ctrl-C ends the program at once.
	context.AfterFunc(ctx, stop)
	code := settings.Exit(root().ExecuteContext(ctx), os.Stderr)
	stop()
	os.Exit(code)
}

// root is the command with all commands below it.
func root() *cobra.Command {
	command := &cobra.Command{
		Use:   "callrank",
		Short: "Rank companies by what their managements say about AI, mean and can prove",
		Long: "callrank reads transcripts of earnings calls, finds what management says about AI, measures it,\n" +
			"sizes it against filed numbers and consensus, and keeps a live ranking of companies.\n\n" +
			"Every flag can also be set in the environment: --nats-creds as " + settings.Variable("nats-creds") + ".",
		// Without these an unknown command would not count as wrong usage.
		Args:          settings.Args(cobra.NoArgs),
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := settings.FromEnvironment(cmd.Flags()); err != nil {
				return &settings.UsageError{Err: err}
			}
			return nil
		},
	}
	command.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &settings.UsageError{Err: err} })
	command.AddCommand(upCommand(), analyzeCommand(), verifyCommand(), publishCommand(), fetchCommand(), topCommand(), showCommand(), watchCommand(), exportCommand(), deadCommand(), rescoreCommand(), companiesCommand(), fundamentalsCommand())
	return command
}
