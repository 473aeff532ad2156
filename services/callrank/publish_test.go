package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/settings"
)

func TestAWatchedDirectoryIsPublishedToARealBroker(t *testing.T) {
	t.Parallel()
	dir, store := t.TempDir(), t.TempDir()
	broker := startBrokerIn(t, store, "127.0.0.1:0")
	arrives := func(name string, document []byte) string {
		path := filepath.Join(dir, name)
		place(t, path, string(document))
		return path
	}
	calls := quillon(t)
	there := arrives("there.json", calls[0])
	r := runCommand(t, "publish", "--watch", "--settle", "10ms", "--nats", broker.URL(), dir)
	require.Equal(t, "published  QLLN-2026Q2    "+there, next(t, r.lines))
	require.Equal(t, "duplicate  QLLN-2026Q2    "+arrives("copy.json", calls[0]), next(t, r.lines))
	bad := arrives("bad.txt", []byte("Roses are red."))
	require.Contains(t, next(t, r.lines), "failed     "+bad+": read the call: not a transcript")
	place(t, bad, string(of("ABCD", calls[1])))
	require.Equal(t, "published  ABCD-2026Q3    "+bad, next(t, r.lines))

	// What arrives while the broker is away waits for it.
	address := strings.TrimPrefix(broker.URL(), "nats://")
	require.NoError(t, broker.Stop())
	waiting := arrives("waiting.json", calls[1])
	require.Contains(t, next(t, r.lines), "waiting    "+waiting)
	broker = startBrokerIn(t, store, address)
	defer func() { require.NoError(t, broker.Stop()) }()
	require.Equal(t, "published  QLLN-2026Q3    "+waiting, next(t, r.lines))
	r.close(t)

	all := published(t, broker.URL(), 3)
	require.Equal(t, waiting, all[2].GetOrigin())
	require.Equal(t, string(calls[1]), string(all[2].GetDocument()))
}

func TestAWatchedDirectoryThatDisappearsEndsTheCommand(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "inbox")
	require.NoError(t, os.Mkdir(dir, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.json"), quillon(t)[0], 0o600))
	r := runCommand(t, "publish", "--watch", "--settle", "1ms", "--nats", startBroker(t), dir)
	next(t, r.lines)
	require.NoError(t, os.RemoveAll(dir))
	err := next(t, r.ended)
	require.ErrorContains(t, err, dir+" is gone")
	require.Equal(t, settings.ExitFailed, settings.Exit(err, &strings.Builder{}))
}

func TestWrongUsageOfWatchIsTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "a.txt")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for says, arguments := range map[string][]string{
		"is standard input": {"-"},
		"is a file":         {dir, file},
		"for one file":      {"--ticker", "ABC", dir},
		"--settle -1s":      {"--settle", "-1s", dir},
	} {
		_, _, err := execute(t, append([]string{"publish", "--watch"}, arguments...)...)
		var usage *settings.UsageError
		require.ErrorAs(t, err, &usage, says)
		require.ErrorContains(t, err, says)
	}
	_, _, err := execute(t, "publish", "--watch", filepath.Join(dir, "missing"))
	require.ErrorIs(t, err, os.ErrNotExist)
}
