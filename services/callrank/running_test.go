package main

import (
	"bufio"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/embedded"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/samples"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// startBroker starts a real server for one test and returns its address.
func startBroker(t *testing.T) string {
	t.Helper()
	broker := startBrokerIn(t, t.TempDir(), "127.0.0.1:0")
	t.Cleanup(func() { require.NoError(t, broker.Stop()) })
	return broker.URL()
}

func startBrokerIn(t *testing.T, dir, listen string) *embedded.Broker {
	t.Helper()
	broker, err := embedded.StartBroker(t.Context(), embedded.BrokerConfig{Dir: dir, Listen: listen, Relaxed: true}, zap.NewNop())
	require.NoError(t, err)
	return broker
}

// published reads the transcripts that were published so far: so many.
func published(t *testing.T, url string, count int) []*callrankv1.TranscriptPublished {
	t.Helper()
	broker, err := messaging.Connect(t.Context(), t.Name(), messaging.Config{URL: url, Replicas: 1}, zap.NewNop())
	require.NoError(t, err)
	defer closeBroker(t.Context(), broker)
	all := make([]*callrankv1.TranscriptPublished, 0, count)
	for place := range count {
		one, err := broker.Transcript(t.Context(), uint64(place+1))
		require.NoError(t, err)
		all = append(all, one)
	}
	_, err = broker.Transcript(t.Context(), uint64(count+1))
	require.Error(t, err, "there are no more")
	return all
}

// quillon are the transcripts of an invented company in FMP's form: of the
// second, third and fourth quarter of 2026.
func quillon(t *testing.T) [][]byte {
	t.Helper()
	all, err := samples.Calls()
	require.NoError(t, err)
	var documents [][]byte
	for _, call := range all {
		if strings.HasPrefix(call.Name, "QLLN_") {
			documents = append(documents, call.Document)
		}
	}
	require.Len(t, documents, 3)
	return documents
}

// of is a transcript as if it were another company's.
func of(symbol string, document []byte) []byte {
	return []byte(strings.Replace(string(document), `"symbol": "QLLN"`, `"symbol": "`+symbol+`"`, 1))
}

// running is a command that runs until it is stopped.
type running struct {
	lines <-chan string
	ended <-chan error
	stop  context.CancelFunc
}

// runCommand runs a command that ends when it is stopped, as Ctrl-C does.
func runCommand(t *testing.T, arguments ...string) *running {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	command := root()
	command.SetArgs(arguments)
	command.SetOut(in)
	command.SetErr(io.Discard)
	lines, ended := make(chan string, 100), make(chan error, 1)
	go func() {
		ended <- command.ExecuteContext(ctx)
		_ = in.Close()
	}()
	go func() {
		for scanner := bufio.NewScanner(out); scanner.Scan(); {
			lines <- scanner.Text()
		}
	}()
	t.Cleanup(stop)
	return &running{lines, ended, stop}
}

// close stops the command, for which that is no failure.
func (r *running) close(t *testing.T) {
	t.Helper()
	r.stop()
	require.NoError(t, next(t, r.ended))
}
