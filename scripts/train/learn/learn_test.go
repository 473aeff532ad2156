package learn_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/tests/realcalls"
	"github.com/callrank/callrank/scripts/train/gold"
	"github.com/callrank/callrank/scripts/train/learn"
)

func annotated(t *testing.T) []*gold.Call {
	t.Helper()
	calls, err := gold.Load(filepath.Dir(realcalls.Path(t, "gold")))
	require.NoError(t, err)
	return calls
}

// Parts in which companies are left out in tests: fewer than `make eval` takes,
// and a little worse, because less is left to learn from.
const parts = 6

func TestCallsNeverSeenAreReadWell(t *testing.T) {
	t.Parallel()
	corpus, err := learn.NewCorpus(annotated(t))
	require.NoError(t, err)
	result := corpus.Learn(parts)
	u, s := &result.Unseen, &result.Stranger
	for what, floor := range map[string]struct{ least, got float64 }{
		"core figures found":         {0.79, u.Recall.Share()},
		"core figures called core":   {0.65, u.RecallCore.Share()},
		"adjacent figures found":     {0.53, u.RecallAdjacent.Share()},
		"precision of core figures":  {0.76, u.Precision.Share()},
		"precision of all figures":   {0.67, u.PrecisionAll.Share()},
		"orientation":                {0.73, u.Orientation.Share()},
		"line":                       {0.76, u.Line.Share()},
		"kind":                       {0.68, u.Kind.Share()},
		"questions about AI":         {0.84, u.F1()},
		"order by enthusiasm":        {0.90, u.Enthusiasm.Spearman()},
		"order by substance":         {0.82, u.Substance.Spearman()},
		"silent calls left silent":   {1, u.Silent.Share()},
		"enthusiasm, mean error":     {-0.80, -u.Enthusiasm.MeanError()},
		"substance, mean error":      {-1.20, -u.Substance.MeanError()},
		"found without company pack": {u.Recall.Share() - 0.05, s.Recall.Share()},
	} {
		require.GreaterOrEqual(t, floor.got, floor.least, what)
	}
}

func TestTheSameCallsGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	calls := annotated(t)
	calls = calls[:min(8, len(calls))]
	write := func() map[string]string {
		corpus, err := learn.NewCorpus(calls)
		require.NoError(t, err)
		dir := t.TempDir()
		require.NoError(t, learn.Write(dir, corpus, corpus.Learn(2)))
		out := map[string]string{}
		for _, name := range []string{"claims.yaml", "traits.yaml", "scores.yaml"} {
			b, err := os.ReadFile(filepath.Join(dir, name))
			require.NoError(t, err)
			out[name] = string(b)
		}
		return out
	}
	require.Equal(t, write(), write())
}
