package words_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/words"
)

func printed(t *words.Text) []string {
	out := make([]string, 0, len(t.Words))
	for _, w := range t.Words {
		out = append(out, t.Of(w))
	}
	return out
}

func TestATextIsCutIntoRunsOfLettersAndDigits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"nothing is no word":             {"", []string{}},
		"marks are no words":             {" -- $%… \n", []string{}},
		"an apostrophe parts words":      {"We don't", []string{"We", "don", "t"}},
		"a typographic one does too":     {"Tern’s", []string{"Tern", "s"}},
		"digits and letters run on":      {"the H100s of 2025", []string{"the", "H100s", "of", "2025"}},
		"a hyphen parts words":           {"on-device", []string{"on", "device"}},
		"foreign letters belong to them": {"Über-Öl, Ångström's", []string{"Über", "Öl", "Ångström", "s"}},
		"broken characters part words":   {"a\xffb", []string{"a", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, printed(words.Cut(c.text)))
		})
	}
}

func TestAWordTellsHowItStands(t *testing.T) {
	t.Parallel()
	text := words.Cut("Our chips. On-device AI, and chips\n\nUsage of Chips2 - up")
	var begins, loose, capital []string
	for _, w := range text.Words {
		if w.Begins {
			begins = append(begins, text.Of(w))
		}
		if !w.Bound {
			loose = append(loose, text.Of(w))
		}
		if w.Capital {
			capital = append(capital, text.Of(w))
		}
	}
	require.Equal(t, []string{"Our", "On", "Usage"}, begins)
	require.Equal(t, []string{"Our", "On", "and", "up"}, loose)
	require.Equal(t, []string{"Our", "On", "AI", "Usage", "Chips2"}, capital)
	require.Equal(t, words.Letters, text.Words[1].Kind)
	require.Equal(t, words.Figures, text.Words[9].Kind)
	require.Equal(t, words.Foreign, words.Cut("Öl2").Words[0].Kind)
}

func TestTheUsesOfAWordAreFoundFromTheLast(t *testing.T) {
	t.Parallel()
	text := words.Cut("Tern sells terns; a tern is a TERN.")
	n, ok := text.Number("tern")
	require.True(t, ok)
	require.Equal(t, 3, text.Times(n))
	var uses []string
	for i := text.Last(n); i >= 0; i = text.Words[i].Before {
		uses = append(uses, text.Of(text.Words[i]))
	}
	require.Equal(t, []string{"TERN", "tern", "Tern"}, uses)
	_, ok = text.Number("gull")
	require.False(t, ok)
}

func TestAStretchIsNumberedAsAWord(t *testing.T) {
	t.Parallel()
	text := words.Cut("We don't, and Don't again; t")
	n := text.Add(3, 8)
	require.Equal(t, "don't", text.Spelling(n))
	require.Equal(t, n, text.Add(14, 19))
	require.Zero(t, text.Times(n))
	known, _ := text.Number("t")
	require.Equal(t, known, text.Add(7, 8))
}

func TestADictionaryIsAskedOncePerDistinctWord(t *testing.T) {
	t.Parallel()
	var d words.Dictionary
	require.Zero(t, d.Find("tern"))
	require.Equal(t, []int32{0, 0}, d.Look(words.Cut("no words")))
	long := "internationalisation"
	for i, w := range []string{"tern", "gulls", long} {
		require.Equal(t, int32(i)+1, d.Add(w))
		require.Equal(t, int32(i)+1, d.Add(w))
	}
	require.Equal(t, 3, d.Len())
	text := words.Cut("Terns, a TERN; Internationalisation, internationalisations")
	require.Equal(t, []int32{0, 0, 1, 3, 0}, d.Look(text))
}

// anyText is made of what may confuse who cuts it.
func anyText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOf(rapid.OneOf(
			rapid.StringMatching(`[a-cA-C]{1,3}`), rapid.StringMatching(`[a-bA-B]{7,18}`), rapid.StringMatching("[azAZ`{@\\[]{1,9}"), rapid.StringMatching(`[ \n.,'’\-$0-9]{1,3}`),
			rapid.SampledFrom([]string{"é", "É", "ß", "…", "\xff", "\u00a0"}), rapid.String(),
		)).Draw(t, "parts")
		return strings.Join(parts, "")
	})
}

func TestAnyTextIsCutIntoWordsThatAreNumberedByTheirLetters(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		check(t, anyText().Draw(t, "text"))
	})
}

func FuzzCut(f *testing.F) {
	f.Add("Tern’s AI-powered H100s, don't\n\nÜber \xff")
	f.Fuzz(func(t *testing.T, text string) { check(t, text) })
}

// check makes sure of what holds of any text.
func check(t require.TestingT, s string) {
	text := words.Cut(s)
	require.Equal(t, asciiLower(s), text.Low)
	numbers, last, end := map[string]int32{}, map[int32]int32{}, int32(0)
	for i, w := range text.Words {
		require.LessOrEqual(t, end, w.Start)
		require.Less(t, w.Start, w.End)
		end = w.End
		low := text.Low[w.Start:w.End]
		n, seen := numbers[low]
		if !seen {
			n = int32(len(numbers))
			numbers[low] = n
			last[n] = -1
		}
		require.Equal(t, n, w.Number)
		require.Equal(t, low, text.Spelling(n))
		require.Equal(t, last[n], w.Before)
		last[n] = int32(i)
	}
	require.Equal(t, len(numbers), text.Distinct())
}

func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

func BenchmarkCut(b *testing.B) {
	text := strings.Repeat("We serve more than 40,000 customers, up 24% year over year, and Tern's AI saves them time. ", 600)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		words.Cut(text)
	}
}
