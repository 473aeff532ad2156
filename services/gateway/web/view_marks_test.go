package web

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// written is a marked text as it is written: [c01:text] for a mark, [+c01:…]
// for one that goes on.
func written(tokens []token) string {
	var b strings.Builder
	for _, t := range tokens {
		switch {
		case t.Open != nil && t.Open.Goes:
			b.WriteString("[+" + t.Open.Anchor + ":")
		case t.Open != nil:
			b.WriteString("[" + t.Open.Anchor + ":")
		case t.Close != nil:
			b.WriteString("]")
		case t.Anchor != "":
			b.WriteString("{" + t.Anchor + "}")
		default:
			b.WriteString(t.Text)
		}
	}
	return b.String()
}

func claimAt(anchor string, start, end int) evidence {
	return evidence{Start: start, End: end, Kind: markClaim, Anchor: anchor}
}

func TestEvidenceIsMarkedWhereItStands(t *testing.T) {
	t.Parallel()
	const text = "0123456789"
	for name, tt := range map[string]struct {
		evidence []evidence
		want     string
	}{
		"nothing to mark": {nil, "0123456789"},
		"side by side":    {[]evidence{claimAt("a", 1, 3), claimAt("b", 3, 5)}, "0[a:12][b:34]56789"},
		"one in another":  {[]evidence{claimAt("b", 3, 4), claimAt("a", 1, 6)}, "0[a:12[b:3]45]6789"},
		"the same stretch twice": {
			[]evidence{claimAt("b", 2, 4), claimAt("a", 2, 4)}, "01[a:[b:23]]456789",
		},
		"one across the end of another": {[]evidence{claimAt("a", 1, 5), claimAt("b", 3, 8)}, "0[a:12[b:34]][+b:567]89"},
		"three that overlap": {
			[]evidence{claimAt("a", 0, 4), claimAt("b", 2, 6), claimAt("c", 3, 8)}, "[a:01[b:2[c:3]]][+c:[+b:45]67]89",
		},
		"the whole text": {[]evidence{claimAt("a", 0, 10)}, "[a:0123456789]"},
		"a quote around its claim": {
			[]evidence{claimAt("a", 2, 4), {Start: 2, End: 4, Kind: markQuote, Anchor: "q"}}, "01[q:[a:23]]456789",
		},
		"what lies outside of the text is left out": {
			[]evidence{claimAt("a", 8, 11), claimAt("b", 5, 5), claimAt("c", 7, 6), claimAt("d", -1, 2)}, "0123456789",
		},
		"a name that is there already": {[]evidence{claimAt("a", 1, 2), claimAt("a", 4, 5)}, "0[a:1]23[+a:4]56789"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, written(newMarker(text, tt.evidence).mark(0, len(text))))
		})
	}
}

func TestEvidenceGoesOnInTheNextParagraph(t *testing.T) {
	t.Parallel()
	m := newMarker("0123456789", []evidence{claimAt("a", 1, 6), claimAt("b", 2, 9)})
	require.Equal(t, "0[a:1[b:2]]", written(m.mark(0, 3)))
	require.Equal(t, "[+b:[+a:45]6]", written(m.mark(4, 7)))
	require.Equal(t, "[+b:78]9", written(m.mark(7, 10)))
}

func TestEvidenceThatBeginsBetweenTwoParagraphsIsMarkedInTheSecond(t *testing.T) {
	t.Parallel()
	m := newMarker("0123456789", []evidence{claimAt("a", 3, 8)})
	require.Equal(t, "01", written(m.mark(0, 2)))
	require.Equal(t, "[a:567]89", written(m.mark(5, 10)))
}

func TestEvidenceThatLiesTooDeepCanStillBeLinkedTo(t *testing.T) {
	t.Parallel()
	all := make([]evidence, 2*deepest)
	for i := range all {
		all[i] = claimAt(fmt.Sprintf("c%02d", i), 1, 9)
	}
	tokens := newMarker("0123456789", all).mark(0, 10)
	anchors := map[string]int{}
	depth, most := 0, 0
	for _, token := range tokens {
		switch {
		case token.Open != nil:
			anchors[token.Open.Anchor]++
			depth++
		case token.Close != nil:
			depth--
		case token.Anchor != "":
			anchors[token.Anchor]++
		}
		most = max(most, depth)
	}
	require.Equal(t, deepest, most)
	require.Len(t, anchors, 2*deepest)
}

func TestMarkingKeepsTheTextAndItsEvidence(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(1, 40, -1).Draw(t, "text")
		all := make([]evidence, rapid.IntRange(0, deepest-1).Draw(t, "how many"))
		for i := range all {
			start := rapid.IntRange(0, len(text)-1).Draw(t, "start")
			all[i] = claimAt(fmt.Sprintf("c%d", i), start, rapid.IntRange(start, len(text)).Draw(t, "end"))
		}
		cut := runeStart(text, rapid.IntRange(0, len(text)).Draw(t, "cut"))
		m := newMarker(text, all)
		tokens := append(m.mark(0, cut), m.mark(cut, len(text))...)

		at, names, here := 0, map[string]int{}, []string{}
		for _, token := range tokens {
			switch {
			case token.Open != nil:
				here = append(here, token.Open.Anchor)
				if !token.Open.Goes {
					names[token.Open.Anchor]++
				}
			case token.Close != nil:
				require.NotEmpty(t, here)
				require.Equal(t, here[len(here)-1], token.Close.Anchor)
				here = here[:len(here)-1]
			default:
				require.NotEmpty(t, token.Text)
				require.True(t, strings.HasPrefix(text[at:], token.Text))
				require.ElementsMatch(t, covering(text, all, at), here)
				at += len(token.Text)
			}
		}
		require.Equal(t, len(text), at)
		require.Empty(t, here)
		for name, times := range names {
			require.Equal(t, 1, times, name)
			require.True(t, m.placed[name])
		}
	})
}

// covering names the evidence at an offset.
func covering(text string, all []evidence, at int) []string {
	var names []string
	for _, e := range all {
		if start, end := runeStart(text, e.Start), runeStart(text, e.End); start <= at && at < end {
			names = append(names, e.Anchor)
		}
	}
	return names
}

func FuzzMarks(f *testing.F) {
	f.Add("“Bedrock” grew by 170 %", []byte{0, 9, 3, 12, 4, 30, 200, 1})
	f.Fuzz(func(t *testing.T, text string, spans []byte) {
		var all []evidence
		for pair := range slices.Chunk(spans, 2) {
			if len(pair) == 2 {
				all = append(all, claimAt(fmt.Sprint("c", len(all)), int(pair[0]), int(pair[1])))
			}
		}
		m := newMarker(text, all)
		var b strings.Builder
		for _, span := range paragraphs(text, 0, len(text)) {
			for _, token := range m.mark(span[0], span[1]) {
				b.WriteString(token.Text)
				require.True(t, !utf8.ValidString(text) || utf8.ValidString(token.Text))
			}
		}
		require.Equal(t, strings.Fields(text), strings.Fields(b.String()))
	})
}

func TestParagraphs(t *testing.T) {
	t.Parallel()
	wide := strings.Repeat("words that go on and on ", 9)
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"empty lines part them":                      {"One.\n\nTwo.\n \nThree", []string{"One.", "Two.", "Three"}},
		"the end of a sentence on a short line":      {"A line that goes to the width,\nends here.\nAnd another that is as wide.", []string{"A line that goes to the width,\nends here.", "And another that is as wide."}},
		"a full line that happens to end a sentence": {"A line that goes to the width.\nIt goes on to the width here,\nand ends.", []string{"A line that goes to the width.\nIt goes on to the width here,\nand ends."}},
		"one line for each":                          {wide + "end.\n" + wide + "end.", []string{wide + "end.", wide + "end."}},
		"nothing but white space":                    {" \n\n ", []string{}},
		"nothing":                                    {"", []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spans := paragraphs(tt.text, 0, len(tt.text))
			got := make([]string, len(spans))
			for i, span := range spans {
				got[i] = strings.TrimSpace(tt.text[span[0]:span[1]])
			}
			require.Equal(t, tt.want, got)
		})
	}
}
