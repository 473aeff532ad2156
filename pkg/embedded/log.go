package embedded

import (
	"fmt"
	"sync/atomic"

	"go.uber.org/zap"
)

// serverLog takes the server's log lines. Of its notices only what an operator
// would act on is kept above debug.
type serverLog struct {
	log  *zap.Logger
	last atomic.Pointer[string]
}

// fatal is the error that keeps the server from starting, if there is one.
func (l *serverLog) fatal() string {
	if text := l.last.Load(); text != nil {
		return *text
	}
	return ""
}

// Noticef takes what the server says in passing.
func (l *serverLog) Noticef(format string, v ...any) { l.log.Debug(fmt.Sprintf(format, v...)) }

// Warnf takes a warning.
func (l *serverLog) Warnf(format string, v ...any) { l.log.Warn(fmt.Sprintf(format, v...)) }

// Fatalf takes an error that ends the server. It must not end the program.
func (l *serverLog) Fatalf(format string, v ...any) {
	text := fmt.Sprintf(format, v...)
	l.last.Store(&text)
	l.log.Error(text)
}

// Errorf takes an error.
func (l *serverLog) Errorf(format string, v ...any) { l.log.Error(fmt.Sprintf(format, v...)) }

// Debugf takes details.
func (l *serverLog) Debugf(format string, v ...any) { l.log.Debug(fmt.Sprintf(format, v...)) }

// Tracef takes the protocol, which nobody asks for.
func (l *serverLog) Tracef(string, ...any) {}
