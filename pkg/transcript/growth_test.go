package transcript_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/transcript"
)

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
		"no sentence ends":        repeat(said, "and the next question from Jane Roe with Barclays and the second quarter 2025 call and my name is Acme today May 5, 2025 "),
		"one name after another":  repeat(said, "Jane "),
		"dashes":                  repeat(said, "Jane Roe -- "),
		"initials":                repeat(said, "A. "),
		"one word":                repeat(said, "a"),
		"brackets":                repeat("Acme Q4 2025 Earnings Call ", "(A "),
		"blank lines":             repeat(said, "\n"),
		"carriage returns":        repeat(said, "\r"),
		"tabs":                    repeat(said, "\t"),
		"spaces of many widths":   repeat(said, "\u00A0\u2003 "),
		"invisible characters":    repeat(said, "a\u200B\u00AD"),
		"colons":                  repeat(said, ":"),
		"colons on lines":         repeat(said, ":\n"),
		"a name and a colon":      repeat(said, "Jane Roe: "),
		"names and colons":        repeat(said, "Jane Roe:\n"),
		"only dashes":             repeat(said, "-"),
		"dashes on lines":         repeat(said, "--\n"),
		"periods":                 repeat(said, "Q1 2025 "),
		"periods on lines":        repeat("Acme Q4 2025 Earnings Call\n"+said+"\n", "Q1 2025\n"),
		"dates":                   repeat(said, "May 5, 2025 "),
		"symbols":                 repeat("Acme Q4 2025 Earnings Call ", "Acme (ACME) "),
		"numbers of pages":        repeat(said, "\nPage 3 of 12\nand so"),
		"running titles":          numbered(said, "\nAcme # Earnings Call 7\nand so it went on and on,"),
		"the same title":          repeat(said, "\nAcme Earnings Call 7\nand so it went on and on,"),
		"entities":                repeat(said, "&amp;"),
		"entities that never end": repeat(said, "&amp"),
		"escaped over and over":   repeat(said, "&amp;amp;amp;amp;"),
		"misread characters":      repeat(said, "â€™ "),
		"questions":               repeat(said, "Is it? "),
		"thanks":                  repeat(said+"Jane Roe -- CEO\nOperator\nHi.\nJohn Doe -- CFO\n", "Thank you, Jane. Thanks, John. "),
		"end marks":               repeat(said, "\nEnd\n"),
		"advertisements":          repeat(said, "\nImage source: The Motley Fool.\n"),
		"rules":                   repeat(said, "\n......\n"),
		"analysts":                repeat("", said),
		"people by colon":         numbered("", "Jane Roe#: Good morning. Thank you for joining. Next question?\n"),
		"namesakes":               numbered("", "X# Roe: Good morning. Thank you for joining. Next question?\n"),
		"people by line":          numbered("", "Jane Roe#\n\nGood morning. Thank you for joining. Next question.\n\n"),
		"people by dashes":        numbered("", "Jane Roe# -- Chief Executive Officer\nGood morning. Thank you for joining. Next question?\n"),
		"entries of a list":       repeat("Acme (ACME) Q4 2025 Earnings Call\nCompany Participants\n", "Jane Roe - CEO - CFO - COO "),
		"pages":                   repeat("CORPORATE PARTICIPANTS\nPRESENTATION\n"+said+"\n", "Jane Roe\n2\nCopyright © Acme\n"),
		"elements of a page":      repeat("<html><body><p>"+said, "<div>"),
		"elements left open":      repeat("<html><body><p>"+said, "<nav><form><svg>"),
		"navigation":              repeat("<html><body><p>"+said, "<nav>a</nav>b "),
		"tags that never end":     repeat("<p>"+said, "<"),
		"half a tag":              repeat("<p>"+said, "<p a="),
		"comments of a page":      repeat("<html><body><p>"+said, "<!-- "),
		"brackets of JSON":        repeat("", "["),
		"objects of JSON":         repeat("", `{"a":`),
		"JSON that breaks off":    repeat(`{"content": "`+said, `\n\"x\" `),
		"commas of JSON":          repeat(`{"content": "`+said+`", "x": [`, `1,`),
		"objects in a row":        repeat(`[{"content": "`+said+`"`, `},{"a":1`),
		"voices":                  numbered("Acme (ACME) Q4 2025 Earnings Call\nCompany Participants\n\nJane Roe - CEO\n\nOperator\n", "Speaker 1: Hi. I turn the call over to Jane Roe. Speaker 2: Hi, #. "),
		"broken names":            repeat("Acme (ACME) Q4 2025 Earnings Call\nCompany Participants\n\nF.\n\nLeighton - CEO\n\nOperator\n\n"+said+"\n\n", "F.\n\n"),
	}
}

func letters(i int) string {
	b := []byte{byte('a' + i%26)}
	for i /= 26; i > 0; i /= 26 {
		b = append(b, byte('a'+i%26))
	}
	return string(b)
}

// growing are texts of any length: calls in every layout, and texts that are
// made to be slow.
func growing(tb testing.TB) map[string]func(bytes int) string {
	tb.Helper()
	texts := hostile()
	for _, l := range layouts {
		texts[l.name] = func(bytes int) string { return callOf(tb, l.set, bytes) }
	}
	texts["flat"] = func(bytes int) string { return callOf(tb, setFlat, bytes) }
	return texts
}

// callOf is a call in a layout that is about so many bytes long.
func callOf(tb testing.TB, set func(testing.TB, invented) string, bytes int) string {
	tb.Helper()
	const words = 2_000
	perWord := float64(len(set(tb, long(words)))) / words
	return set(tb, long(int(float64(bytes)/perWord)))
}

// BenchmarkGrowth shows the time per byte, which must not grow with the length
// of the text.
func BenchmarkGrowth(b *testing.B) {
	for name, text := range growing(b) {
		for _, bytes := range []int{1 << 18, 1 << 20, transcript.MaxDocument - 1<<16} {
			document := text(bytes)
			b.Run(fmt.Sprintf("%s/%.2fMiB", strings.ReplaceAll(name, " ", "_"), float64(bytes)/(1<<20)), func(b *testing.B) {
				for b.Loop() {
					readOrRefused(b, document)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(document)), "ns/byte")
			})
		}
	}
}

// What is allocated tells of the work that is done, and is the same on a busy
// machine: for a text of eight times the length it may be some more than eight
// times as much, never 64 times. Other tests would disturb the count, so that
// this one does not run beside them. The time itself is BenchmarkGrowth's.
func TestWorkGrowsWithTheLengthOfTheText(t *testing.T) { //nolint:paralleltest // counts what is allocated
	const short, times, most, negligible = 1 << 14, 8, 12, 1 << 20
	for name, text := range growing(t) {
		t.Run(name, func(t *testing.T) {
			brief, long := text(short), text(times*short)
			allocated(t, brief) // tables that are made once
			few, fewBytes := allocated(t, brief)
			many, manyBytes := allocated(t, long)
			growth := max(uint64(times), uint64(len(long)/len(brief))) * most / times
			require.Less(t, many, growth*few+negligible/64)
			require.Less(t, manyBytes, growth*fewBytes+negligible)
		})
	}
}

// allocated counts what is allocated while a document is read: how often, and
// how many bytes.
func allocated(t *testing.T, document string) (times, bytes uint64) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	readOrRefused(t, document)
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs, after.TotalAlloc - before.TotalAlloc
}
