package lexicon_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/lexicon"
	"github.com/callrank/callrank/pkg/tests/realcalls"
)

// found prints the terms of one role in a text.
func found(theme *lexicon.Theme, text string, groups ...string) []string {
	var out []string
	wanted := theme.Set(groups...)
	for _, h := range theme.Read(text, lexicon.Call{}).Hits {
		if h.Term.Groups.Has(wanted) {
			out = append(out, text[h.Start:h.End])
		}
	}
	return out
}

func TestTheAIPackIsWellFormed(t *testing.T) {
	t.Parallel()
	theme := lexicon.AI()
	require.Equal(t, "AI", theme.Name())
	require.NotEmpty(t, theme.Version())
	require.Greater(t, len(theme.Groups()), 20)
	roles := map[lexicon.Role]int{}
	for _, g := range theme.Groups() {
		roles[g.Role]++
	}
	for _, role := range []lexicon.Role{lexicon.RoleName, lexicon.RoleProduct, lexicon.RoleKin, lexicon.RoleSetting, lexicon.RoleSpeech, lexicon.RoleTrap} {
		require.Positive(t, roles[role], role)
	}
}

func TestTermsAreWholeWords(t *testing.T) {
	t.Parallel()
	theme := lexicon.AI()
	require.Equal(t, []string{"AI", "generative AI", "AI", "LLMs"}, found(theme, "AI and generative AI, an AI-powered tool with LLMs", "ai"))
	require.Empty(t, found(theme, "He said the MAIN aim was to maintain air mail; Aidan paid again.", "ai"))
	require.Empty(t, found(theme, "the ai in it", "ai"), "in lower case it is no name")
}

func TestAHyphenOrALineBreakStandsForASpace(t *testing.T) {
	t.Parallel()
	theme := lexicon.AI()
	require.Equal(t, []string{"large-language models", "machine\nlearning"}, found(theme, "large-language models and machine\nlearning", "ai"))
	require.Empty(t, found(theme, "The machine. Learning takes time, large, language models aside", "nothing"))
	require.NotContains(t, found(theme, "We built a machine. Learning from it took time.", "ai"), "machine. Learning")
}

func TestNamesEndingInAIBelongToTheTheme(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"ExampleAI"}, found(lexicon.AI(), "a partner called ExampleAI", "ai"))
}

func TestTrapsDoNotCount(t *testing.T) {
	t.Parallel()
	theme := lexicon.AI()
	for _, text := range []string{
		"our insurance agents", "a new business model", "market intelligence", "employee training", "the car models", "sales agents",
	} {
		require.Empty(t, found(theme, text, "agents", "models", "ai"), text)
	}
	require.Equal(t, []string{"agents", "inference"}, found(theme, "agents that run inference", "agents", "models"))
}

func TestACompanysOwnProductsDependOnWhoseCallItIs(t *testing.T) {
	t.Parallel()
	theme := lexicon.AI()
	groups := func(ticker string) lexicon.Set {
		var s lexicon.Set
		for _, h := range theme.Read("We saw Bedrock grow.", lexicon.Call{Ticker: ticker}).Hits {
			s |= h.Term.Groups
		}
		return s
	}
	require.True(t, groups("AMZN").Has(theme.Set(lexicon.GroupProduct)))
	require.True(t, groups("EXMP").Has(theme.Set(lexicon.GroupBrand)))
	require.False(t, groups("EXMP").Has(theme.Set(lexicon.GroupProduct)))
}

func TestAnOrdinaryWordIsAProductOnlyOnTheCompanysCall(t *testing.T) {
	t.Parallel()
	theme := lexicon.AI()
	names := func(ticker string) []string {
		var out []string
		for _, h := range theme.Read("Customers like Fabric today.", lexicon.Call{Ticker: ticker}).Hits {
			if h.Term.Anchor {
				out = append(out, h.Term.Name)
			}
		}
		return out
	}
	require.Equal(t, []string{"Fabric"}, names("MSFT"))
	require.Empty(t, names("EXMP"))
}

const tariffs = `
theme: tariffs
version: "7"
groups:
  - name: tariff
    role: name
    weight: 1
    terms: [tariff(s), import dut(y|ies), Section 301]
  - name: mitigation
    role: kin
    weight: 0.4
    terms: [sourcing, nearshor(e|ed|ing)]
companies:
  - ticker: EXMP
    name: Example Corporation
    products: [Dutyfree]
`

func TestAnotherThemeIsAFile(t *testing.T) {
	t.Parallel()
	theme, err := lexicon.Parse([]byte(tariffs))
	require.NoError(t, err)
	require.Equal(t, "tariffs", theme.Name())
	require.Equal(t, "7", theme.Version())
	require.Equal(t, []string{"Tariffs", "import duties", "Section 301"}, found(theme, "Tariffs, import duties and Section 301, not section 301", "tariff"))
	require.Equal(t, []string{"nearshored"}, found(theme, "we nearshored AI", "mitigation"))
	require.NotEmpty(t, found(theme, "we expect revenue", "guidance"), "the words of any call are there too")
}

func TestAPackThatIsWrongIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"names no theme":              "version: x",
		"is none of name":             "theme: x\ngroups: [{name: a, role: verb}]",
		"is not between 0 and 1":      "theme: x\ngroups: [{name: a, role: name, weight: 2}]",
		"a group has no name":         "theme: x\ngroups: [{role: name}]",
		"field colour not found":      "theme: x\ncolour: red",
		"is not closed":               "theme: x\ngroups: [{name: a, role: name, terms: ['token(s']}]",
		"has no words":                "theme: x\ngroups: [{name: a, role: name, terms: ['--']}]",
		"is not in capitals":          "theme: x\ncompanies: [{ticker: exmp, name: Example}]",
		"more than one YAML document": "theme: x\n---\ntheme: y",
		"more than 16 spellings":      "theme: x\ngroups: [{name: a, role: name, terms: ['a(b|c|d|e|f)(b|c|d|e|f)']}]",
		"more than 64 groups":         "theme: x\ngroups:\n" + manyGroups(70),
		"cannot unmarshal":            "theme: [x]",
		"read a theme pack: EOF":      "",
	} {
		_, err := lexicon.Parse([]byte(data))
		require.ErrorContains(t, err, name)
	}
	_, err := lexicon.Parse()
	require.ErrorContains(t, err, "no pack is given")
}

func manyGroups(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("  - {name: g" + string(rune('a'+i/26)) + string(rune('a'+i%26)) + ", role: speech}\n")
	}
	return b.String()
}

func TestHitsOfAnyTextAreInOrderAndWholeWords(t *testing.T) {
	t.Parallel()
	theme := lexicon.AI()
	pieces := []string{"AI", "agents", "our", "Rufus", "a", ",", ".", " ", "-", "\n", "large", "language", "model", "s", "é", "Bedrock", "Bedrok", "called", "revenue", "run", "rate", "’"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), rapid.SampledFrom([]string{"", " "}).Draw(t, "joint"))
		sound(t, theme, text)
	})
}

func sound(t require.TestingT, theme *lexicon.Theme, text string) {
	got := theme.Read(text, lexicon.Call{Ticker: "AMZN", People: []string{"Ada Example"}})
	end := 0
	for _, h := range got.Hits {
		require.GreaterOrEqual(t, h.Start, end)
		require.Greater(t, h.End, h.Start)
		require.LessOrEqual(t, h.End, len(text))
		require.False(t, h.Start > 0 && letter(text[h.Start-1]) && letter(text[h.Start]))
		require.False(t, h.End < len(text) && letter(text[h.End-1]) && letter(text[h.End]))
		end = h.End
	}
	for _, a := range got.Misheard {
		require.Equal(t, a.Heard, text[a.Start:a.End])
	}
	require.Equal(t, got, theme.Read(text, lexicon.Call{Ticker: "AMZN", People: []string{"Ada Example"}}))
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' }

func FuzzRead(f *testing.F) {
	theme := lexicon.AI()
	for _, seed := range []string{"AI", "our AI assistant, Rufus, and Bedrok", "large-language\nmodels", "\xff AI’s", "Satya, our AI"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { sound(t, theme, text) })
}

func BenchmarkRead(b *testing.B) {
	theme := lexicon.AI()
	text := string(realcalls.Read(b, "seeds/AMZN_2025_Q4.txt"))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		theme.Read(text, lexicon.Call{Ticker: "AMZN"})
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		lexicon.AI()
	}
}
