package messaging_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/embedded"
	"github.com/callrank/callrank/pkg/messaging"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// startBroker starts a real server with its store on disk, for one test.
func startBroker(t *testing.T) string {
	t.Helper()
	broker, err := embedded.StartBroker(t.Context(), embedded.BrokerConfig{
		Dir:     t.TempDir(),
		Listen:  "127.0.0.1:0",
		Relaxed: true,
	}, zap.NewNop())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, broker.Stop()) })
	return broker.URL()
}

// connect connects to a server for one test.
func connect(t *testing.T, url string) *messaging.Broker {
	t.Helper()
	broker, err := messaging.Connect(t.Context(), t.Name(), messaging.Config{URL: url, Replicas: 1}, zap.NewNop())
	require.NoError(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		require.NoError(t, broker.Close(ctx))
	})
	return broker
}
