package insight_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/pkg/tests/realcalls"
)

// Floors on the sentences whose mistakes were not read while words and weights
// were worked on: F1 as the mean over both answers, and of the rarer answer
// alone, of which a part is labelled both ways.
const (
	leastF1         = 0.90
	leastF1Expected = 0.85
)

// verdicts counts answers: first what the label says, then what is found.
type verdicts [2][2]int

// f1 is that of one answer.
func (v *verdicts) f1(answer int) float64 {
	hit, other := v[answer][answer], 1-answer
	return 2 * float64(hit) / float64(2*hit+v[other][answer]+v[answer][other])
}

func (v *verdicts) log(t *testing.T, name string) {
	t.Helper()
	both := (v.f1(0) + v.f1(1)) / 2
	n := [2]int{v[0][0] + v[0][1], v[1][0] + v[1][1]}
	weighted := (v.f1(0)*float64(n[0]) + v.f1(1)*float64(n[1])) / float64(n[0]+n[1])
	t.Logf("%-28s realised: %4d right, %3d wrong; expected: %3d right, %3d wrong; F1 realised %.3f, expected %.3f, mean %.3f, weighted %.3f",
		name, v[0][0], v[0][1], v[1][1], v[1][0], v.f1(0), v.f1(1), both, weighted)
}

// keptBack tells the half of the sentences that only measures.
func keptBack(text string) bool {
	return sha256.Sum256([]byte(text))[0]%2 == 1
}

func TestFiguresThatAreExpectedAreToldFromRealisedOnes(t *testing.T) {
	t.Parallel()
	f := insight.NewForward()
	var all, read verdicts
	for _, name := range []string{"analyst_reports", "earnings_calls"} {
		lines := bufio.NewScanner(bytes.NewReader(realcalls.Read(t, "labels/numclaim/"+name+"_train_seed5768.jsonl")))
		lines.Buffer(nil, 1<<20)
		var kept verdicts
		for lines.Scan() {
			var s struct {
				Text  string `json:"text"`
				Label string `json:"label"`
			}
			require.NoError(t, json.Unmarshal(lines.Bytes(), &s))
			label, found := 0, 0
			if s.Label == "1" {
				label = 1
			}
			if f.Expects(s.Text) {
				found = 1
			}
			if !keptBack(s.Text) {
				read[label][found]++
				continue
			}
			kept[label][found]++
			all[label][found]++
		}
		require.NoError(t, lines.Err())
		kept.log(t, name+", kept back")
	}
	read.log(t, "both, read while choosing")
	all.log(t, "both, kept back")
	require.GreaterOrEqual(t, (all.f1(0)+all.f1(1))/2, leastF1)
	require.GreaterOrEqual(t, all.f1(1), leastF1Expected)
}
