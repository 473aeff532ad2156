// Package settings takes a program's settings from its flags and from the
// environment, and makes its log.
package settings

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/pflag"
)

// Prefix begins the name of each environment variable that sets a flag.
const Prefix = "CALLRANK_"

// Variable is the environment variable that sets a flag: CALLRANK_NATS_CREDS
// for --nats-creds.
func Variable(flag string) string {
	return Prefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// FromEnvironment sets each flag that was not given from its environment
// variable, if there is one.
func FromEnvironment(flags *pflag.FlagSet) error {
	var problems []error
	flags.VisitAll(func(flag *pflag.Flag) {
		value, ok := os.LookupEnv(Variable(flag.Name))
		if flag.Changed || !ok {
			return
		}
		if err := flags.Set(flag.Name, value); err != nil {
			// The error may repeat the value, which may be a secret.
			problems = append(problems, fmt.Errorf("environment variable %s: not a value for --%s (%s)",
				Variable(flag.Name), flag.Name, flag.Value.Type()))
		}
	})
	return errors.Join(problems...)
}
