package settings

import (
	"fmt"

	"github.com/spf13/pflag"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// Log is how a program logs.
type Log struct {
	// Level is debug, info, warn or error.
	Level string
	// Format is json, for machines, or console, for people.
	Format string
}

// Flags adds the settings to a set of flags.
func (l *Log) Flags(flags *pflag.FlagSet) {
	flags.StringVar(&l.Level, "log-level", l.Level, "what is logged: debug, info, warn or error")
	flags.StringVar(&l.Format, "log-format", l.Format, "how it is logged: json or console")
}

// Logger makes the log, which goes to standard error.
func (l *Log) Logger() (*zap.Logger, error) {
	level, err := zapcore.ParseLevel(l.Level)
	if err != nil {
		return nil, fmt.Errorf("--log-level %q: wants debug, info, warn or error", l.Level)
	}
	config := zap.NewProductionConfig()
	config.Level = zap.NewAtomicLevelAt(level)
	config.EncoderConfig.EncodeTime = zapcore.RFC3339TimeEncoder
	config.EncoderConfig.EncodeDuration = zapcore.StringDurationEncoder
	// Stack traces are for faults of the program, which say so themselves.
	config.DisableStacktrace = true
	config.DisableCaller = true
	// Sampling would drop lines that an operator acts on.
	config.Sampling = nil
	switch l.Format {
	case "json":
	case "console":
		config.Encoding = "console"
		config.EncoderConfig.EncodeTime = zapcore.TimeEncoderOfLayout("15:04:05")
		config.EncoderConfig.EncodeLevel = zapcore.CapitalLevelEncoder
	default:
		return nil, fmt.Errorf("--log-format %q: wants json or console", l.Format)
	}
	return config.Build()
}
