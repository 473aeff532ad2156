package lexicon_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/lexicon"
	"github.com/callrank/callrank/pkg/tests/realcalls"
)

func TestNamesAreLearntFromDefinitions(t *testing.T) {
	t.Parallel()
	theme := lexicon.AI()
	for text, want := range map[string][]string{
		"We launched our AI shopping assistant, Zenobia, in May. Later Zenobia took off.": {"Zenobia"},
		"Customers adopt Quillon, our generative AI platform.":                            {"Quillon"},
		"It is an AI agent called Borealis Desk for lawyers.":                             {"Borealis Desk"},
		"We opened a new store in Springfield, our largest.":                              nil,
		"New AI agreements with Lorem, Ipsum, Dolor, and Amet.":                           nil,
		"Thank you, Ada, our AI lead will answer.":                                        nil,
	} {
		got := theme.Read(text, lexicon.Call{Company: "Example Corporation", People: []string{"Ada Example"}})
		require.Equal(t, want, got.Learnt, text)
	}
}

func TestANameUsedOnlyBesideTheThemeIsLearnt(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("With AI our Orion handles more. We sold shoes in Boston. ", 6)
	got := lexicon.AI().Read(text, lexicon.Call{})
	require.Equal(t, []string{"Orion"}, got.Learnt)
	require.Empty(t, lexicon.AI().Read(text, lexicon.Call{People: []string{"Orion Smith"}}).Learnt, "a person is no product")
}

func TestALearntNameCountsEverywhere(t *testing.T) {
	t.Parallel()
	theme := lexicon.AI()
	text := "At first we said little of Zenobia. Then came our AI assistant, Zenobia, and it grew."
	n := 0
	for _, h := range theme.Read(text, lexicon.Call{}).Hits {
		if h.Term.Groups.Has(theme.Set(lexicon.GroupLearnt)) {
			require.Equal(t, "Zenobia", text[h.Start:h.End])
			n++
		}
	}
	require.Equal(t, 2, n)
}

func TestMisheardNamesAreRecognisedByTheirSound(t *testing.T) {
	t.Parallel()
	theme := lexicon.AI()
	text := "Our AI chip, Traneum, is sold out. We run Anthropix models on Traneum. A new hall in Sweden opened."
	got := theme.Read(text, lexicon.Call{Ticker: "AMZN"})
	require.Len(t, got.Misheard, 2)
	require.Equal(t, lexicon.Alias{Heard: "Traneum", Start: 13, End: 20, Name: "Trainium", Times: 2}, got.Misheard[0])
	require.Equal(t, "Anthropic", got.Misheard[1].Name)
	right := 0
	for _, h := range got.Hits {
		if text[h.Start:h.End] == "Traneum" {
			require.Equal(t, "Trainium", h.Term.Name)
			require.True(t, h.Term.Anchor)
			right++
		}
	}
	require.Equal(t, 2, right)
}

func TestALearntNameMisheardLaterIsRecognised(t *testing.T) {
	t.Parallel()
	got := lexicon.AI().Read("We call our AI assistant, Zenobia, a success. The AI in Zenobeea improves.", lexicon.Call{})
	require.Len(t, got.Misheard, 1)
	require.Equal(t, "Zenobia", got.Misheard[0].Name)
}

func TestANameHeardAsTwoWordsIsRecognised(t *testing.T) {
	t.Parallel()
	theme := lexicon.AI()
	const defined = "Carelumen is the AI assistant we built. Everyone likes Carelumen. "
	for text, heard := range map[string]string{
		"Nurses asked for Care Looman.":                       "Care Looman",
		"One in eight gave care lumin up.":                    "care lumin",
		"We expect Carelumen for nurses.":                     "",
		"Some write Care Lumen, which is only another way.":   "",
		"We care a lot, and men and women in care alike may.": "",
		"They care. Looman Street is where we are.":           "",
	} {
		got := theme.Read(defined+text, lexicon.Call{})
		require.Equal(t, []string{"Carelumen"}, got.Learnt, text)
		if heard == "" {
			require.Empty(t, got.Misheard, text)
			continue
		}
		require.Len(t, got.Misheard, 1, text)
		require.Equal(t, heard, got.Misheard[0].Heard)
		require.Equal(t, "Carelumen", got.Misheard[0].Name)
	}
}

func TestANameThatOpensASentenceIsLearntFromWhatItIs(t *testing.T) {
	t.Parallel()
	theme := lexicon.AI()
	for text, learnt := range map[string][]string{
		"Waybill is our AI dispatcher.":                                  {"Waybill"},
		"Waybill, our AI dispatcher, is new. Drivers trust Waybill.":     {"Waybill"},
		"Waybill, our AI dispatcher, is new.":                            nil,
		"Finally, our AI dispatcher is new. We are finally there.":       nil,
		"Dispatch is the AI story of the year. We dispatch many trucks.": nil,
		"Waybill is the best of our trucks.":                             nil,
	} {
		require.Equal(t, learnt, theme.Read(text, lexicon.Call{}).Learnt, text)
	}
}

func TestAWordThatIsOrdinaryHereIsNotMisheard(t *testing.T) {
	t.Parallel()
	theme := lexicon.AI()
	for name, text := range map[string]string{
		"in lower case elsewhere": "AI runs on Trainum. We have a trainum in AI.",
		"far from the theme":      "We met Traneum." + strings.Repeat(" The weather was fine.", 40),
		"the name of a person":    "AI helps, said Traneum.",
	} {
		require.Empty(t, theme.Read(text, lexicon.Call{Ticker: "AMZN", People: []string{"Jo Traneum"}}).Misheard, name)
	}
}

func TestMisheardNamesOfRealCalls(t *testing.T) {
	t.Parallel()
	text := string(realcalls.Read(t, "seeds/AMZN_2025_Q4.txt"))
	heard := map[string]string{}
	for _, a := range lexicon.AI().Read(text, lexicon.Call{Ticker: "AMZN", Company: "Amazon.com, Inc."}).Misheard {
		heard[a.Heard] = a.Name
	}
	require.Equal(t, map[string]string{"Traneum": "Trainium", "Anthropix": "Anthropic", "Miesztrall": "Mistral"}, heard)
}
