package transcript_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/tests/realcalls"
	"github.com/callrank/callrank/pkg/transcript"
)

// long makes a call of some number of words out of a short one: remarks and
// answers as long as they usually are, in as many slots as it takes.
func long(words int) invented {
	const usual = 12 // times
	c := halyard()
	for i, s := range c.said {
		if p := c.person(s.who); p.title != "" && len(s.text) > 80 {
			c.said[i].text = strings.TrimSpace(strings.Repeat(s.text+" ", usual))
		}
	}
	slots, closing := c.said[4:13:13], c.said[13:]
	said := append([]speech{}, c.said[:13]...)
	for n, more := count(c.said), count(slots); n < words; n += more {
		said = append(said, slots...)
	}
	said = append(said, closing...)
	c.said = said
	return c
}

func count(said []speech) int {
	n := 0
	for _, s := range said {
		n += len(strings.Fields(s.text))
	}
	return n
}

func BenchmarkRead(b *testing.B) {
	call := long(10_000)
	for _, l := range layouts {
		document := []byte(l.set(b, call))
		b.Run(strings.ReplaceAll(l.name, " ", "_"), func(b *testing.B) { benchmark(b, document) })
	}
	flat := []byte(setFlat(b, call))
	b.Run("flat", func(b *testing.B) { benchmark(b, flat) })
}

func BenchmarkReadRealCalls(b *testing.B) {
	for _, file := range []string{"seeds/AMZN_2024_Q1.txt", "seeds/AMZN_2025_Q1.txt", "seeds/AMZN_2025_Q4.txt"} {
		document := realcalls.Read(b, file)
		b.Run(strings.TrimSuffix(strings.TrimPrefix(file, "seeds/"), ".txt"), func(b *testing.B) { benchmark(b, document) })
	}
}

func benchmark(b *testing.B, document []byte) {
	b.Helper()
	b.SetBytes(int64(len(document)))
	b.ReportAllocs()
	words := uint32(0)
	for b.Loop() {
		src, err := transcript.Decode(document)
		require.NoError(b, err)
		call, err := transcript.Read(src, transcript.Facts{})
		require.NoError(b, err)
		words = call.GetWords()
	}
	b.ReportMetric(float64(words), "words")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(words)*10_000, "µs/10000words")
}

func TestTheLargestDocumentIsTaken(t *testing.T) {
	t.Parallel()
	document := long(transcript.MaxDocument * 2 / 13)
	text := setSeekingAlphaRoles(t, document)
	require.Greater(t, len(text), transcript.MaxDocument*3/4)
	require.Less(t, len(text), transcript.MaxDocument)
	src, got := read(t, text)
	requireOrdered(t, src, got)
	require.Len(t, spoken(src, got), len(document.said))
}
