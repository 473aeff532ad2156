package insight_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/insight"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// FuzzAnalyse gives the engine any text, spoken by somebody known, somebody
// asked and nobody known.
func FuzzAnalyse(f *testing.F) {
	for _, seed := range []string{
		"AI revenue was $300 million, up 70% year over year.", "our AI assistant, Zenobia, ", "between $9 billion and $2 billion of AI",
		"your line is open. AI? Thanks. AI doubled", "\xff\xfeAI 5%", "Q4 next quarter 2027 AI tens of thousands", "It is 24% AI. (AI) “AI” 3x.",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, words string) {
		c := newCall()
		c.chief(words)
		c.asks(words, words)
		c.says("", callrankv1.KindUnknown, words)
		c.section = callrankv1.SectionTakeaways
		c.says("Publisher", callrankv1.KindUnknown, words)
		text := c.text.String()
		e, q, err := engine().Analyse(text, &c.transcript)
		require.NoError(t, err)
		for _, x := range q.GetClaims() {
			require.NoError(t, insight.Verify(text, x))
		}
		for _, x := range e.GetQuotes() {
			require.NoError(t, insight.VerifyQuote(text, x))
		}
		addsUp(t, e.GetEnthusiasm())
		addsUp(t, q.GetSubstance())
	})
}

func TestTimeGrowsWithTheLengthOfTheCall(t *testing.T) {
	t.Parallel()
	const size = 1 << 18
	for _, unit := range []string{
		"AI $165.7 million revenue. ", "AI is between $9 billion and $2 billion. ", "AI, ", "our AI thing, Name, ", "Traneum Traneam AI. ",
		"24% AI ", "It. ", "AI\n\n", "AI?", "q4 2027 AI 5% ",
	} {
		c := newCall()
		c.chief(strings.Repeat(unit, size/len(unit)))
		c.asks(strings.Repeat(unit, 999), strings.Repeat(unit, 999))
		_, _, err := engine().Analyse(c.text.String(), &c.transcript) // what is not bounded would take minutes
		require.NoError(t, err)
	}
}
