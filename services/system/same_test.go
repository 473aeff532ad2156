package system_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/samples"
	"github.com/callrank/callrank/pkg/tests/realcalls"
)

// analysedLines runs `callrank analyze` on files in a process of its own and
// returns a line for each.
func analysedLines(t *testing.T, files []string) []string {
	t.Helper()
	out, problems, code := run(t, append([]string{"analyze", "--format", "json"}, files...)...)
	require.Zero(t, code, problems)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, len(files))
	return lines
}

// requireSameBytes wants two processes to print the same of each file, in
// whatever order they read them.
func requireSameBytes(t *testing.T, files []string) {
	t.Helper()
	first := analysedLines(t, files)
	backwards := slices.Clone(files)
	slices.Reverse(backwards)
	second := analysedLines(t, backwards)
	slices.Reverse(second)
	for i := range files {
		require.Equal(t, first[i], second[i], files[i])
	}
}

func TestTwoProcessesAnalyseASampleToTheSameBytes(t *testing.T) {
	t.Parallel()
	all, err := samples.Calls()
	require.NoError(t, err)
	dir := t.TempDir()
	files := make([]string, 0, len(all))
	for _, call := range all {
		file := filepath.Join(dir, call.Name)
		require.NoError(t, os.WriteFile(file, call.Document, 0o600))
		files = append(files, file)
	}
	requireSameBytes(t, files)
}

// sameStride is one of how many real calls two processes analyse.
const sameStride = 5

func TestTwoProcessesAnalyseARealCallToTheSameBytes(t *testing.T) {
	t.Parallel()
	found, err := filepath.Glob(filepath.Join(realcalls.Path(t, "transcripts"), "*", "*"))
	require.NoError(t, err)
	require.NotEmpty(t, found)
	var files []string
	for i, file := range found {
		if i%sameStride == 0 {
			files = append(files, file)
		}
	}
	requireSameBytes(t, files)
}
