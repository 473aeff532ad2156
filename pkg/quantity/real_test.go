package quantity_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/quantity"
	"github.com/callrank/callrank/pkg/tests/realcalls"
)

// leastRecall is the share of labelled sums and percentages to be found.
const leastRecall = 0.97

func TestLabelledQuantitiesOfRealCallsAreFound(t *testing.T) {
	t.Parallel()
	lines := bufio.NewScanner(bytes.NewReader(realcalls.Read(t, "labels/earnings21/quantities.jsonl")))
	lines.Buffer(nil, 1<<24)
	found, all := 0, 0
	for lines.Scan() {
		var call struct {
			Text     string `json:"text"`
			Entities []struct {
				Start int `json:"start"`
				End   int `json:"end"`
			} `json:"entities"`
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &call))
		at := byteOffsets(call.Text)
		got := quantity.Scan(call.Text)
		wellFormed(t, call.Text, got)
		for _, e := range call.Entities {
			all++
			if overlaps(got, at[e.Start], at[e.End]) {
				found++
			}
		}
	}
	require.NoError(t, lines.Err())
	require.Positive(t, all)
	t.Logf("%d of %d labelled quantities found", found, all)
	require.GreaterOrEqual(t, float64(found), leastRecall*float64(all))
}

// byteOffsets maps character offsets to byte offsets.
func byteOffsets(text string) []int {
	at := make([]int, 0, len(text)+1)
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

func overlaps(got []quantity.Quantity, start, end int) bool {
	for _, q := range got {
		if q.Start < end && start < q.End {
			return true
		}
	}
	return false
}
