package insight_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/tests/realcalls"
	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func readCall(t testing.TB, document []byte) (string, *callrankv1.Transcript) {
	t.Helper()
	src, err := transcript.Decode(document)
	require.NoError(t, err)
	call, err := transcript.Read(src, transcript.Facts{})
	require.NoError(t, err)
	return src.Text, call
}

func codes(a *callrankv1.Analysis) map[string][]string {
	out := map[string][]string{}
	for _, w := range a.GetWarnings() {
		out[w.GetCode()] = append(out[w.GetCode()], w.GetMessage())
	}
	return out
}

func TestTheQuantificationsOfTheSamplePageAreFound(t *testing.T) {
	t.Parallel()
	var page struct {
		Quantifications []string `json:"quantifications_q4_fy2025"`
	}
	require.NoError(t, json.Unmarshal(realcalls.Read(t, "gold/page.json"), &page))
	require.NotEmpty(t, page.Quantifications)
	text, call := readCall(t, realcalls.Read(t, "seeds/AMZN_2025_Q4.txt"))
	a := analyse(t, text, call)
	for _, wanted := range page.Quantifications {
		found := false
		for _, c := range a.GetClaims() {
			for _, f := range c.GetFigures() {
				found = found || strings.Contains(c.GetQuote(), wanted) && strings.Contains(wanted, lastWord(f.GetText()))
			}
		}
		require.True(t, found, wanted)
	}
}

// lastWord is the word of a figure that a longer description of it has too.
func lastWord(s string) string {
	words := strings.Fields(s)
	return words[len(words)-1]
}

func TestFiguresThatCannotBeRightAreWarnedOf(t *testing.T) {
	t.Parallel()
	text, call := readCall(t, realcalls.Read(t, "seeds/AMZN_2025_Q4.txt"))
	warned := codes(analyse(t, text, call))
	require.Len(t, warned[callrankv1.WarnImplausibleFigure], 1)
	require.Contains(t, warned[callrankv1.WarnImplausibleFigure][0], "$616.5 billion")

	text, call = readCall(t, realcalls.Read(t, "seeds/AMZN_2025_Q1.txt"))
	warned = codes(analyse(t, text, call))
	require.Len(t, warned[callrankv1.WarnContradictingFigures], 1)
	require.Contains(t, warned[callrankv1.WarnContradictingFigures][0], "$165.7 billion")
	require.Contains(t, warned[callrankv1.WarnContradictingFigures][0], "$155.7 billion")
}

func TestANameBrokenIntoOrdinaryWordsIsWarnedOf(t *testing.T) {
	t.Parallel()
	text, call := readCall(t, realcalls.Read(t, "seeds/AMZN_2025_Q1.txt"))
	require.Contains(t, strings.Join(codes(analyse(t, text, call))[callrankv1.WarnMisheardName], "\n"), "Give That Dudo")
}

// mostWarned bounds the figures disputed over all real calls: more would mean
// that the engine warns of what is right.
const mostWarned = 8

func TestEveryRealCallIsAnalysedAndEverythingPassesTheGate(t *testing.T) {
	t.Parallel()
	r := engine()
	calls, claims, silent, warned := 0, 0, 0, 0
	for _, path := range realFiles(t) {
		document, err := os.ReadFile(path)
		require.NoError(t, err)
		src, err := transcript.Decode(document)
		require.NoError(t, err, path)
		call, err := transcript.Read(src, transcript.Facts{})
		require.NoError(t, err, path)
		found, err := r.Explain(src.Text, call)
		require.NoError(t, err, path)
		figures := 0
		for _, d := range found {
			if d.Claim {
				figures++
			}
		}
		a := analyse(t, src.Text, call)
		for _, c := range a.GetClaims() {
			figures -= len(c.GetFigures())
		}
		require.Zero(t, figures, "%s: the gate refused a figure that was taken", path)
		calls++
		claims += len(a.GetClaims())
		if a.GetEnthusiasm().GetScore() == 0 {
			silent++
			require.Empty(t, a.GetClaims(), path)
			require.Empty(t, a.GetQuotes(), path)
		}
		warned += len(codes(a)[callrankv1.WarnContradictingFigures]) + len(codes(a)[callrankv1.WarnImplausibleFigure])
	}
	t.Logf("%d calls, %d claims, %d calls silent about AI, %d figures warned of", calls, claims, silent, warned)
	require.LessOrEqual(t, warned, mostWarned)
}

func realFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(realcalls.Path(t, "transcripts"), "*", "*"))
	require.NoError(t, err)
	seeds, err := filepath.Glob(filepath.Join(realcalls.Path(t, "seeds"), "AMZN_20*"))
	require.NoError(t, err)
	return append(files, seeds...)
}

func BenchmarkExtractAndQuantify(b *testing.B) {
	for _, seed := range []string{"AMZN_2024_Q1", "AMZN_2025_Q4"} {
		text, call := readCall(b, realcalls.Read(b, "seeds/"+seed+".txt"))
		r := engine()
		b.Run(seed, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				e, err := r.Extract(text, call)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := r.Quantify(text, call, e); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(seed+" in one reading", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if _, _, err := r.Analyse(text, call); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
