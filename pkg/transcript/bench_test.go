package transcript_test

import (
	"math"
	"strings"
	"testing"
	"time"

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

// Texts that are made to be slow: much of what readers look for, and little of
// what ends it.
func hostile() map[string]func(bytes int) string {
	const said = "Thank you for joining us today. Good morning. Our next question comes from the line of Jane Roe with Barclays. Welcome to the call. Press star one. "
	repeat := func(before, unit string) func(int) string {
		return func(bytes int) string { return before + strings.Repeat(unit, bytes/len(unit)) }
	}
	numbered := func(before, unit string) func(int) string {
		return func(bytes int) string {
			var b strings.Builder
			b.WriteString(before)
			for i := 0; b.Len() < bytes; i++ {
				b.WriteString(strings.ReplaceAll(unit, "#", letters(i)))
			}
			return b.String()
		}
	}
	return map[string]func(int) string{
		"no sentence ends":       repeat(said, "and the next question from Jane Roe with Barclays and the second quarter 2025 call and my name is Acme today May 5, 2025 "),
		"one name after another": repeat(said, "Jane "),
		"dashes":                 repeat(said, "Jane Roe -- "),
		"initials":               repeat(said, "A. "),
		"one word":               repeat(said, "a"),
		"brackets":               repeat("Acme Q4 2025 Earnings Call ", "(A "),
		"blank lines":            repeat(said, "\n"),
		"analysts":               repeat("", said),
		"people by colon":        numbered("", "Jane Roe#: Good morning. Thank you for joining. Next question?\n"),
		"namesakes":              numbered("", "X# Roe: Good morning. Thank you for joining. Next question?\n"),
		"people by line":         numbered("", "Jane Roe#\n\nGood morning. Thank you for joining. Next question.\n\n"),
		"people by dashes":       numbered("", "Jane Roe# -- Chief Executive Officer\nGood morning. Thank you for joining. Next question?\n"),
		"entries of a list":      repeat("Acme (ACME) Q4 2025 Earnings Call\nCompany Participants\n", "Jane Roe - CEO - CFO - COO "),
		"pages":                  repeat("CORPORATE PARTICIPANTS\nPRESENTATION\n"+said+"\n", "Jane Roe\n2\nCopyright © Acme\n"),
		"elements of a page":     repeat("<html><body><p>"+said, "<div>"),
		"brackets of JSON":       repeat("", "["),
		"voices":                 numbered("Acme (ACME) Q4 2025 Earnings Call\nCompany Participants\n\nJane Roe - CEO\n\nOperator\n", "Speaker 1: Hi. I turn the call over to Jane Roe. Speaker 2: Hi, #. "),
		"broken names":           repeat("Acme (ACME) Q4 2025 Earnings Call\nCompany Participants\n\nF.\n\nLeighton - CEO\n\nOperator\n\n"+said+"\n\n", "F.\n\n"),
	}
}

func letters(i int) string {
	b := []byte{byte('a' + i%26)}
	for i /= 26; i > 0; i /= 26 {
		b = append(b, byte('a'+i%26))
	}
	return string(b)
}

// A quadratic reader would take 64 times as long for a text of eight times the
// length. Other work on the machine disturbs the measurement, so that the
// slowest reading of the short text is compared with the fastest of the long.
func TestTimeGrowsWithTheLengthOfTheText(t *testing.T) {
	t.Parallel()
	const short, times, most, readings, negligible = 1 << 16, 8, 30, 3, time.Second
	for name, made := range hostile() {
		t.Run(name, func(t *testing.T) {
			slowest := time.Duration(0)
			for range readings {
				slowest = max(slowest, timeToRead(t, made(short)))
			}
			fastest := time.Duration(math.MaxInt64)
			for range readings {
				if fastest > negligible {
					fastest = min(fastest, timeToRead(t, made(times*short)))
				}
			}
			if fastest > negligible {
				require.Less(t, fastest, most*slowest)
			}
		})
	}
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

func timeToRead(t *testing.T, document string) time.Duration {
	t.Helper()
	begun := time.Now()
	src, err := transcript.Decode([]byte(document))
	if err == nil {
		_, err = transcript.Read(src, transcript.Facts{})
	}
	if err != nil {
		var refused *transcript.RefusedError
		require.ErrorAs(t, err, &refused)
	}
	return time.Since(begun)
}
