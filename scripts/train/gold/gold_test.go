package gold_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/samples"
	"github.com/callrank/callrank/scripts/train/gold"
)

func TestSquashedTextKnowsItsWayBack(t *testing.T) {
	t.Parallel()
	text := "  AI  revenue\n\nwas “$5” million. "
	s := gold.Squash(text)
	require.Equal(t, "AI revenue was “$5” million. ", s.Words)
	for i, r := range s.Words {
		if r != ' ' {
			require.True(t, strings.HasPrefix(text[s.Source(i):], string(r)))
		}
	}
}

func TestLastNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"Ada Example": "example", "": "", "Quentin O'Hare": "ohare", " Cher ": "cher"} {
		require.Equal(t, want, gold.LastName(name))
	}
}

func TestAnnotatedCallsAreReadWithTheirFiguresInPlace(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(root, "gold"), 0o700))
	all, err := samples.Calls()
	require.NoError(t, err)
	document := all[0].Document
	require.NoError(t, os.WriteFile(filepath.Join(root, "call.txt"), document, 0o600))
	words := gold.Squash(string(document)).Words
	quote := words[len(words)/2 : len(words)/2+60]
	figure := quote[20:30]
	b, err := json.Marshal(map[string]any{
		"transcript": "call.txt", "call": map[string]any{"ticker": "EXMP"}, "enthusiasm": 5,
		"claims": []any{map[string]any{
			"quote": quote, "relevance": "core",
			"figures": []any{map[string]any{"text": figure, "value": 3e8, "unit": "USD", "required": true}, map[string]any{"text": "of no such words"}},
		}},
	})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(root, "gold", "EXMP.json"), b, 0o600))
	calls, err := gold.Load(root)
	require.NoError(t, err)
	require.Len(t, calls, 1)
	require.Equal(t, "EXMP", calls[0].Company)
	require.Len(t, calls[0].Figures, 1)
	f := calls[0].Figures[0]
	require.Equal(t, figure, gold.Squash(calls[0].Text[f.Start:f.End]).Words)
	require.Equal(t, 1, calls[0].Unplaced)
	require.Nil(t, calls[0].Substance)
}

func TestAbsentCallsAreToldOf(t *testing.T) {
	t.Parallel()
	_, err := gold.Load(t.TempDir())
	require.ErrorIs(t, err, gold.ErrAbsent)
}
