package system_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/export"
)

// column reads a column of an exported table.
func column(t *testing.T, table, name string) []string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	require.NoError(t, err)
	var values []string
	for i, title := range lines[0] {
		if title != name {
			continue
		}
		for _, line := range lines[1:] {
			values = append(values, line[i])
		}
	}
	return values
}

func TestExportKnowsNothingThatCameLater(t *testing.T) {
	t.Parallel()
	u := startUp(t, t.TempDir())
	c := u.open(t)
	publish := func(name string, revision int) {
		_, err := c.Publish(t.Context(), client.Transcript{
			Text: sample(t, name), Ticker: "NGBC", FiscalYear: 2026, FiscalQuarter: 1, CallDate: "2026-04-16", Revision: revision,
		})
		require.NoError(t, err)
	}
	publish("NGBC_2026Q1.txt", 1)
	awaitCalls(t, c, 1)
	first := changes(t, c, 1)
	exported := func(table string, more ...string) string {
		out, problems, code := run(t, append([]string{"export", table, "--data", u.data}, more...)...)
		require.Zero(t, code, problems)
		return out
	}
	was := exported("claims")
	knownAt := column(t, exported("ranking"), "known_at")
	require.Len(t, knownAt, 1)
	then := knownAt[0]

	// The corrected text is of the same call and says something else.
	publish("HLYD_2026Q1.txt", 2)
	changes(t, c, 2)
	now := exported("claims")
	require.NotEqual(t, was, now)
	require.Equal(t, was, exported("claims", "--as-of", then), "the text that was in force then")
	at, err := time.Parse(time.RFC3339Nano, then)
	require.NoError(t, err)
	require.Empty(t, column(t, exported("claims", "--as-of", at.Add(-time.Hour).Format(time.RFC3339)), "call_id"))

	require.Len(t, column(t, exported("ranking"), "score"), 2)
	require.Equal(t, then, column(t, exported("ranking", "--as-of", at.Add(time.Microsecond).Format(time.RFC3339Nano)), "known_at")[0])
	require.Empty(t, column(t, exported("ranking", "--ticker", "hlyd"), "score"))
	require.Equal(t, first[0].GetCallId(), column(t, exported("ranking"), "call_id")[0])

	file := filepath.Join(t.TempDir(), "ranking.parquet")
	require.Empty(t, exported("ranking", "--format", "parquet", "-o", file))
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	rows, err := parquet.Read[export.RankingRow](bytes.NewReader(b), int64(len(b)))
	require.NoError(t, err)
	require.Len(t, rows, 2)
	require.Equal(t, "NGBC", rows[1].Ticker)
	left, err := filepath.Glob(filepath.Join(filepath.Dir(file), ".*"))
	require.NoError(t, err)
	require.Empty(t, left, "nothing half-written is left")
}
