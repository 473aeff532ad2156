package insight_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/insight"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func spokenCall() *call {
	c := newCall()
	c.chief("AI bookings were $15\u00a0billion,\nup 24% from a year ago. They did not exceed $20 million in Europe. Our “agent” handles 30–40% of tickets — that’s new.")
	c.says("Olive Operator", callrankv1.KindOperator, "The next question is about the $15 billion.")
	c.asks("Could AI reach 50% of sales?", "We have said 12% before, and 12% it is.")
	return c
}

func verifierOf(t *testing.T, c *call) *insight.Verifier {
	t.Helper()
	v, err := insight.NewVerifier(c.text.String(), &c.transcript)
	require.NoError(t, err)
	return v
}

func TestStatementsThatStandInTheCallPass(t *testing.T) {
	t.Parallel()
	c := spokenCall()
	v := verifierOf(t, c)
	for name, s := range map[string]insight.Statement{
		"white space folded":            {Quote: "AI bookings were $15 billion, up 24% from a year ago.", Figures: []string{"$15 billion", "24%"}},
		"a clause":                      {Quote: "bookings were $15 billion", Figures: []string{"$15 billion"}},
		"the figure with its words":     {Quote: "up 24% from a year ago", Figures: []string{"up 24%"}},
		"plain quotation marks":         {Quote: "Our \"agent\" handles 30-40% of tickets - that's new.", Figures: []string{"30-40%"}},
		"its speaker":                   {Quote: "We have said 12% before", Figures: []string{"12%"}, Speaker: "ada example"},
		"a negation within it":          {Quote: "They did not exceed $20 million in Europe.", Figures: []string{"$20 million"}},
		"an analyst named as such":      {Quote: "Could AI reach 50% of sales?", Figures: []string{"50%"}, Speaker: "Quentin Analyst"},
		"the second of two places":      {Quote: "12% it is", Figures: []string{"12%"}},
		"a figure that stands in twice": {Quote: "We have said 12% before, and 12% it is.", Figures: []string{"12%", "12%"}},
	} {
		span, err := v.Verify(s)
		require.NoError(t, err, name)
		require.NotEmpty(t, strings.TrimSpace(c.text.String()[span.GetStart():span.GetEnd()]))
	}
}

func TestStatementsThatDoNotStandInTheCallAreRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	v := verifierOf(t, spokenCall())
	for reason, s := range map[string]insight.Statement{
		"reads otherwise after":               {Quote: "AI bookings were $16 billion", Figures: []string{"$16 billion"}},
		"does not read in the transcript":     {Quote: "Robots.", Figures: []string{"5"}},
		"is empty":                            {Quote: " \n"},
		"at least one figure":                 {Quote: "AI bookings were $15 billion"},
		"does not read in the quote":          {Quote: "AI bookings were $15 billion", Figures: []string{"24%"}},
		`the transcript has "$15 billion"`:    {Quote: "AI bookings were $15 billion", Figures: []string{"15 billion"}},
		"part of a longer word or number":     {Quote: "AI bookings were $15 billion", Figures: []string{"$1"}},
		"are no quantity":                     {Quote: "AI bookings were $15 billion", Figures: []string{"bookings"}},
		`within the figure "$15 billion"`:     {Quote: "AI bookings were $15", Figures: []string{"$15"}},
		`within the figure "30–40%"`:          {Quote: "40% of tickets", Figures: []string{"40%"}},
		"within a word or number":             {Quote: "I bookings were $15 billion", Figures: []string{"$15 billion"}},
		`"not" stands right before it`:        {Quote: "exceed $20 million in Europe", Figures: []string{"$20 million"}},
		"no member of management (analyst)":   {Quote: "Could AI reach 50% of sales?", Figures: []string{"50%"}},
		"no member of management (operator)":  {Quote: "The next question is about the $15 billion.", Figures: []string{"$15 billion"}},
		"Ada Example said it, not Bob":        {Quote: "We have said 12% before", Figures: []string{"12%"}, Speaker: "Bob"},
		"the words of more than one person":   {Quote: "that's new. Olive Operator The next question is about the $15 billion.", Figures: []string{"$15 billion"}},
		"stands outside of what was spoken":   {Quote: "Olive Operator", Figures: []string{"1"}},
		`the figure "": it is empty`:          {Quote: "We have said 12% before", Figures: []string{""}},
		`the figure "12": the transcript has`: {Quote: "We have said 12% before", Figures: []string{"12"}},
	} {
		span, err := v.Verify(s)
		require.ErrorContains(t, err, reason)
		require.Nil(t, span)
	}
}

func TestWithoutTurnsOnlyTheWordsAreChecked(t *testing.T) {
	t.Parallel()
	v, err := insight.NewVerifier("We saved 5% of costs.", nil)
	require.NoError(t, err)
	_, err = v.Verify(insight.Statement{Quote: "We saved 5% of costs.", Figures: []string{"5%"}})
	require.NoError(t, err)
	_, err = v.Verify(insight.Statement{Quote: "We saved 5% of costs.", Figures: []string{"5%"}, Speaker: "Ada"})
	require.ErrorContains(t, err, "does not tell that Ada said it")
}

func TestAVerifierWantsATranscriptOfItsText(t *testing.T) {
	t.Parallel()
	c := spokenCall()
	_, err := insight.NewVerifier("short", &c.transcript)
	require.Error(t, err)
}

func TestVerifyingTakesAnyWords(t *testing.T) {
	t.Parallel()
	v := verifierOf(t, spokenCall())
	rapid.Check(t, func(t *rapid.T) {
		s := insight.Statement{
			Quote:   rapid.String().Draw(t, "quote"),
			Figures: rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, "figures"),
			Speaker: rapid.String().Draw(t, "speaker"),
		}
		span, err := v.Verify(s)
		require.Equal(t, err == nil, span != nil)
	})
}

func FuzzVerify(f *testing.F) {
	f.Add("We have said 12% before", "12%", "")
	f.Add("AI bookings were $15 billion,", "$15 billion", "Ada Example")
	f.Add("\xff\u2019 —", "\u201c", "\u00a0")
	c := spokenCall()
	v, err := insight.NewVerifier(c.text.String(), &c.transcript)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, quote, figure, speaker string) {
		span, err := v.Verify(insight.Statement{Quote: quote, Figures: []string{figure}, Speaker: speaker})
		require.Equal(t, err == nil, span != nil)
	})
}
