package settings

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// Exit codes of the programs.
const (
	ExitDone   = 0
	ExitFailed = 1
	ExitUsage  = 2
)

// UsageError is the error of a command that was called wrongly.
type UsageError struct {
	// Err is what was wrong.
	Err error
}

// Error says what was wrong.
func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap returns what was wrong.
func (e *UsageError) Unwrap() error { return e.Err }

// Exit prints an error in one line and returns the exit code.
func Exit(err error, to io.Writer) int {
	if err == nil {
		return ExitDone
	}
	// Errors that were joined come in several lines.
	text := strings.ReplaceAll(err.Error(), "\n", "; ")
	// Where standard error is gone there is nobody to tell.
	_, _ = fmt.Fprintf(to, "callrank: %s\n", text)
	if _, ok := errors.AsType[*UsageError](err); ok {
		return ExitUsage
	}
	return ExitFailed
}

// Args makes a wrong number of arguments an error of usage.
func Args(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return &UsageError{Err: err}
		}
		return nil
	}
}
