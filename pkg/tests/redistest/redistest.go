// Package redistest starts real Redis servers for tests.
package redistest

import (
	"context"
	"errors"
	"net"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
)

// patience bounds the start of a server.
const patience = 20 * time.Second

// Start starts a redis-server for one test and returns its address.
func Start(tb testing.TB) string {
	tb.Helper()
	return "redis://" + start(tb)
}

// StartCluster starts a Redis Cluster of one node for one test, which refuses
// a script whose keys lie in more than one slot, and returns its address.
func StartCluster(tb testing.TB) string {
	tb.Helper()
	address := start(tb, "--cluster-enabled", "yes")
	client := redis.NewClient(&redis.Options{Addr: address})
	defer func() { require.NoError(tb, client.Close()) }()
	require.NoError(tb, client.ClusterAddSlotsRange(tb.Context(), 0, 16383).Err())
	await(tb, "the cluster to be ready", func(ctx context.Context) error {
		info, err := client.ClusterInfo(ctx).Result()
		if err == nil && !strings.Contains(info, "cluster_state:ok") {
			err = errors.New(info)
		}
		return err
	})
	return "redis://" + address
}

func start(tb testing.TB, arguments ...string) string {
	tb.Helper()
	program, err := exec.LookPath("redis-server")
	require.NoError(tb, err, "these tests run against a real redis-server, which `make test` installs")
	address := freeAddress(tb)
	_, port, err := net.SplitHostPort(address)
	require.NoError(tb, err)
	arguments = append([]string{
		"--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", tb.TempDir(),
	}, arguments...)
	server := exec.Command(program, arguments...) //nolint:gosec,noctx // It is ended by the clean-up below.
	require.NoError(tb, server.Start())
	tb.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	client := redis.NewClient(&redis.Options{Addr: address})
	defer func() { require.NoError(tb, client.Close()) }()
	await(tb, "redis-server to answer", func(ctx context.Context) error { return client.Ping(ctx).Err() })
	return address
}

// freeAddress is an address on loopback that nobody listens on.
func freeAddress(tb testing.TB) string {
	tb.Helper()
	var config net.ListenConfig
	listener, err := config.Listen(tb.Context(), "tcp", "127.0.0.1:0")
	require.NoError(tb, err)
	port := listener.Addr().(*net.TCPAddr).Port //nolint:forcetypeassert // It listens on TCP.
	require.NoError(tb, listener.Close())
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
}

// await asks again until there is no error.
func await(tb testing.TB, what string, ask func(context.Context) error) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), patience)
	defer cancel()
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		err := ask(ctx)
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			require.NoError(tb, err, "waiting for %s", what)
		case <-ticker.C:
		}
	}
}
