package lexicon_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/lexicon"
)

func TestNamesAreLearntFromTheCompanyTheyKeep(t *testing.T) {
	t.Parallel()
	const rest = " We opened stores in spring. Traffic grew, and so did margins. Inventory was lower. Our people did well. " +
		"We paid a dividend. The weather was mild. Freight was cheaper. Rents rose a little."
	for text, learnt := range map[string][]string{
		"With Quorvex AI answers at once. Customers put Quorvex and its models to work. More inference runs on Quorvex chips.": {"Quorvex"},
		"With Quorvex margins grew. Customers like Quorvex in stores. We see Quorvex with AI one day.":                         nil,
		"AI helps. The models of Quorvex are new.": nil,
	} {
		require.Equal(t, learnt, lexicon.AI().Read(text+rest, lexicon.Call{}).Learnt, text)
	}
}

func TestNamesThatBeginLikeTheThemeBelongToIt(t *testing.T) {
	t.Parallel()
	for text, named := range map[string]bool{
		"We sell Agentworks to banks.":   true,
		"We sell Agents' clothes.":       false,
		"We sell agentworks to banks.":   false,
		"The Agency is slow to respond.": false,
	} {
		anchored := false
		for _, h := range lexicon.AI().Read(text, lexicon.Call{}).Hits {
			anchored = anchored || h.Term.Anchor
		}
		require.Equal(t, named, anchored, text)
	}
}

func TestWordsOfNoNameWithCapitalsReadLikeANameMisheard(t *testing.T) {
	t.Parallel()
	for text, odd := range map[string]string{
		"We released Give That Fodo with our AI agents.":             "Give That Fodo",
		"We released Give That Fodo with our stores.":                "",
		"We released the Fodo Suite with our AI agents.":             "",
		"Give That Fodo a try with our AI agents.":                   "",
		"We like Give That Dog with our AI agents, and a dog it is.": "",
	} {
		found := ""
		for _, o := range lexicon.AI().Read(text, lexicon.Call{}).Odd {
			found = o.Heard
			require.Equal(t, o.Heard, text[o.Start:o.End])
			require.Empty(t, o.Name)
		}
		require.Equal(t, odd, found, text)
	}
}

func TestAThemeOfAnyCompanyKnowsNoCompany(t *testing.T) {
	t.Parallel()
	for _, h := range lexicon.AIOfAnyCompany().Read("Trainium and Agentforce are products.", lexicon.Call{Ticker: "AMZN"}).Hits {
		require.Empty(t, h.Term.Owner)
	}
}

// leastCompanies is how many well-known companies the pack of the theme knows.
const leastCompanies = 60

func TestWellKnownCompaniesHavePacks(t *testing.T) {
	t.Parallel()
	known := lexicon.AI().Companies()
	require.GreaterOrEqual(t, len(known), leastCompanies)
	require.Equal(t, "AAPL", known[0])
	require.Empty(t, lexicon.AIOfAnyCompany().Companies())
}

func TestAnOrdinaryWordIsAProductOnlyOnTheCompanysOwnCall(t *testing.T) {
	t.Parallel()
	const text = "We built it on Cortex this year."
	anchored := func(ticker string) bool {
		for _, h := range lexicon.AI().Read(text, lexicon.Call{Ticker: ticker}).Hits {
			if h.Term.Anchor {
				return true
			}
		}
		return false
	}
	require.True(t, anchored("SNOW"))
	require.False(t, anchored("PANW"), "there it is a line of security products")
	require.False(t, anchored(""))
}
