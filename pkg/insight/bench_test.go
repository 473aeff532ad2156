package insight_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// remarks and answer have about as many figures and sentences about the theme
// as calls have that are much about it: some 30 figures in 1,000 words.
const (
	remarks = "Good afternoon, and thank you for joining us today. I will begin with the quarter as a whole, and then come to " +
		"where we are putting our money. It was a solid quarter in which each of our regions grew, and total revenue of " +
		"$1.24 billion was up 11% year over year. People come to our stores because they find what they need there, and because " +
		"those who work in them know what they sell. We opened stores in the north, and closed two that we had kept for too long. " +
		"Our AI assistant now serves more than 40,000 customers, up from 26,000 at the end of last year, and it saves the people " +
		"who answer their questions about 30% of their time. We trained its models on our own accelerators, which cost less to " +
		"run and are there when we need them. What we hear from customers is that they stay with it once they have asked it " +
		"twice. The cost of freight was higher than we had thought it would be, as you have heard from others. For the full year " +
		"we expect between $5.1 billion and $5.2 billion in revenue, and margins in the mid-teens. We are confident in the long " +
		"term, we remain disciplined, and we thank everybody who has been with us on the way. "
	answer = "Thanks for the question. It is early, and I would not want to get ahead of ourselves, but what we see is " +
		"encouraging. Demand for our AI services is ahead of what we can supply, and we will add capacity through the year. " +
		"On margins, there is a mix effect in the first half, which goes away in the second. I would add that the team has " +
		"done a very good job of taking out cost, some $12 million so far, where it does not touch the customer. "
	question = "Thank you for taking my question. What do you expect of AI revenue next year, and how do you think about margins?"
)

// inventedCall is an invented call of about so many words.
func inventedCall(words int) *call {
	c := newCall()
	n := 0
	for k := 0; n < words; k++ {
		said := strings.ReplaceAll(remarks, "40,000", fmt.Sprintf("%d,000", 40+k)) // figures differ from speech to speech
		c.chief(said)
		c.asks(question, answer)
		n += len(strings.Fields(said)) + len(strings.Fields(question)) + len(strings.Fields(answer))
	}
	return c
}

// BenchmarkAnalyse extracts and quantifies invented calls: what a call of 10,000
// words takes, and whether time and allocation grow faster than the text.
func BenchmarkAnalyse(b *testing.B) {
	for _, words := range []int{2_500, 10_000, 40_000} {
		b.Run(fmt.Sprintf("%d_words", words), func(b *testing.B) {
			c := inventedCall(words)
			text, r := c.text.String(), engine()
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := r.Analyse(text, &c.transcript); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(words), "ns/word")
		})
	}
}

// What is allocated tells of the work that is done, and is the same on a busy
// machine: for eight times the text it may be at most a tenth more than eight
// times as much. Other tests would disturb the count.
func TestAllocationGrowsNoFasterThanTheText(t *testing.T) { //nolint:paralleltest // counts what is allocated
	const words, times, most = 2_500, 8, 1.1
	brief, long := inventedCall(words), inventedCall(times*words)
	longer := float64(long.text.Len()) / float64(brief.text.Len())
	few, fewBytes := allocated(t, brief)
	many, manyBytes := allocated(t, long)
	t.Logf("%.1f times the text: %.1f times the allocations, %.1f times the bytes", longer, many/few, manyBytes/fewBytes)
	require.LessOrEqual(t, many, most*longer*few)
	require.LessOrEqual(t, manyBytes, most*longer*fewBytes)
}

// allocated counts what is allocated while a call is analysed: how often, and how
// many bytes.
func allocated(t *testing.T, c *call) (times, bytes float64) {
	t.Helper()
	text := c.text.String()
	analyse := func() {
		_, _, err := engine().Analyse(text, &c.transcript)
		require.NoError(t, err)
	}
	analyse() // what is made once
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	analyse()
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs - before.Mallocs), float64(after.TotalAlloc - before.TotalAlloc)
}

// The same text gives the same bytes: here, read again and again beside itself.
func TestTheSameCallIsAnalysedToTheSameBytes(t *testing.T) {
	t.Parallel()
	c := inventedCall(2_500)
	want, err := callrankv1.JSON(analyse(t, c.text.String(), &c.transcript))
	require.NoError(t, err)
	for i := range 8 {
		t.Run(fmt.Sprintf("run %d", i), func(t *testing.T) {
			t.Parallel()
			got, err := callrankv1.JSON(analyse(t, c.text.String(), &c.transcript))
			require.NoError(t, err)
			require.Equal(t, string(want), string(got))
		})
	}
}
