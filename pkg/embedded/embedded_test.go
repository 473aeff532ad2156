package embedded_test

import (
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/embedded"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

func start(t *testing.T, dir string) *embedded.Broker {
	t.Helper()
	broker, err := embedded.StartBroker(t.Context(), embedded.BrokerConfig{Dir: dir, Listen: "127.0.0.1:0"}, zap.NewNop())
	require.NoError(t, err)
	return broker
}

func stream(t *testing.T, broker *embedded.Broker) (jetstream.Stream, jetstream.JetStream) {
	t.Helper()
	nc, err := nats.Connect(broker.URL())
	require.NoError(t, err)
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	require.NoError(t, err)
	s, err := js.CreateOrUpdateStream(t.Context(), jetstream.StreamConfig{Name: "S", Subjects: []string{"s.>"}, Storage: jetstream.FileStorage})
	require.NoError(t, err)
	return s, js
}

func TestBrokerKeepsEventsOverARestart(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "made", "when missing")
	broker := start(t, dir)
	_, js := stream(t, broker)
	_, err := js.Publish(t.Context(), "s.1", []byte("kept"))
	require.NoError(t, err)
	require.NoError(t, broker.Stop())

	broker = start(t, dir)
	defer func() { require.NoError(t, broker.Stop()) }()
	s, _ := stream(t, broker)
	msg, err := s.GetMsg(t.Context(), 1)
	require.NoError(t, err)
	require.Equal(t, "kept", string(msg.Data))
}

func TestDataDirectoryIsForOneProcess(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	broker := start(t, dir)
	_, err := embedded.StartBroker(t.Context(), embedded.BrokerConfig{Dir: dir, Listen: "127.0.0.1:0"}, zap.NewNop())
	require.ErrorIs(t, err, embedded.ErrInUse)
	require.ErrorContains(t, err, dir)
	require.NoError(t, broker.Stop())
	require.NoError(t, start(t, dir).Stop(), "it is free once the first has stopped")
}

func TestBrokerThatCannotStartSaysWhy(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { require.NoError(t, taken.Close()) }()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))

	cases := map[string]struct {
		config embedded.BrokerConfig
		says   string
	}{
		"address in use":         {embedded.BrokerConfig{Dir: t.TempDir(), Listen: taken.Addr().String()}, "address already in use"},
		"address without a port": {embedded.BrokerConfig{Dir: t.TempDir(), Listen: "localhost"}, "host:port"},
		"port that is none":      {embedded.BrokerConfig{Dir: t.TempDir(), Listen: "localhost:http"}, "no port"},
		"no directory":           {embedded.BrokerConfig{Listen: "127.0.0.1:0"}, "no data directory"},
		"directory is a file":    {embedded.BrokerConfig{Dir: file, Listen: "127.0.0.1:0"}, "create the data directory"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := embedded.StartBroker(t.Context(), tc.config, zap.NewNop())
			require.ErrorContains(t, err, tc.says)
		})
	}
}

func TestStoreSpeaksRedis(t *testing.T) {
	t.Parallel()
	store, err := embedded.StartStore("127.0.0.1:0")
	require.NoError(t, err)
	defer store.Stop()
	options, err := redis.ParseURL(store.URL())
	require.NoError(t, err)
	client := redis.NewClient(options)
	defer func() { require.NoError(t, client.Close()) }()
	require.NoError(t, client.Set(t.Context(), "k", "v", 0).Err())
	require.Equal(t, "v", client.Get(t.Context(), "k").Val())

	_, err = embedded.StartStore(client.Options().Addr)
	require.ErrorContains(t, err, "address already in use")
}
