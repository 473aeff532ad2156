package insight_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/pkg/samples"
	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// spokenClaim is a true claim of a call, as it is and as a statement.
type spokenClaim struct {
	call      *verifiedCall
	claim     *callrankv1.Claim
	statement insight.Statement
}

// verifiedCall is a call with what checks statements against it.
type verifiedCall struct {
	name     string
	text     string
	folded   string
	people   []string
	verifier *insight.Verifier
}

// claimsOfDocument reads a call and returns its claims.
func claimsOfDocument(t *testing.T, name string, document []byte) []spokenClaim {
	t.Helper()
	src, err := transcript.Decode(document)
	require.NoError(t, err, name)
	call, err := transcript.Read(src, transcript.Facts{})
	require.NoError(t, err, name)
	v, err := insight.NewVerifier(src.Text, call)
	require.NoError(t, err, name)
	c := &verifiedCall{name: name, text: src.Text, folded: strings.Join(strings.Fields(src.Text), " "), verifier: v}
	for _, p := range call.GetParticipants() {
		c.people = append(c.people, p.GetName())
	}
	claims := analyse(t, src.Text, call).GetClaims()
	out := make([]spokenClaim, 0, len(claims))
	for _, claim := range claims {
		s := insight.Statement{Quote: claim.GetQuote(), Speaker: claim.GetSpeaker()}
		for _, f := range claim.GetFigures() {
			s.Figures = append(s.Figures, f.GetText())
		}
		out = append(out, spokenClaim{c, claim, s})
	}
	return out
}

func inventedClaims(t *testing.T) []spokenClaim {
	t.Helper()
	calls, err := samples.Calls()
	require.NoError(t, err)
	out := make([]spokenClaim, 0, len(calls))
	for _, c := range calls {
		out = append(out, claimsOfDocument(t, c.Name, c.Document)...)
	}
	require.NotEmpty(t, out)
	return out
}

// realStride is one of how many real calls are altered: their claims are many.
const realStride = 8

func realClaims(t *testing.T) []spokenClaim {
	t.Helper()
	var out []spokenClaim
	for i, path := range realFiles(t) {
		if i%realStride != 0 {
			continue
		}
		document, err := os.ReadFile(path)
		require.NoError(t, err)
		out = append(out, claimsOfDocument(t, path, document)...)
	}
	require.NotEmpty(t, out)
	return out
}

// alteration makes a false statement of a true one; nil where it does not
// apply.
type alteration func(t *rapid.T, s, other insight.Statement) *insight.Statement

// inFigure replaces words within one figure, in the quote as well.
func inFigure(change func(t *rapid.T, figure string) string) alteration {
	return func(t *rapid.T, s, _ insight.Statement) *insight.Statement {
		i := rapid.IntRange(0, len(s.Figures)-1).Draw(t, "figure")
		old := s.Figures[i]
		changed := change(t, old)
		if changed == old || changed == "" {
			return nil
		}
		s.Figures = slices.Clone(s.Figures)
		s.Figures[i] = changed
		s.Quote = strings.Replace(s.Quote, old, changed, 1)
		return &s
	}
}

// inWords changes the words of the quote, its first and last left alone.
func inWords(change func(t *rapid.T, words []string, at int) []string) alteration {
	return func(t *rapid.T, s, _ insight.Statement) *insight.Statement {
		words := strings.Fields(s.Quote)
		if len(words) < 4 {
			return nil
		}
		at := rapid.IntRange(1, len(words)-2).Draw(t, "word")
		changed := strings.Join(change(t, slices.Clone(words), at), " ")
		if changed == s.Quote {
			return nil
		}
		s.Quote = changed
		return &s
	}
}

// replaced replaces the first of the pairs' keys that the text has.
func replaced(t *rapid.T, text string, pairs ...string) string {
	from := rapid.IntRange(0, len(pairs)/2-1).Draw(t, "pair")
	for k := range len(pairs) / 2 {
		i := (from + k) % (len(pairs) / 2) * 2
		if strings.Contains(text, pairs[i]) {
			return strings.Replace(text, pairs[i], pairs[i+1], 1)
		}
	}
	return text
}

func anotherDigit(t *rapid.T, figure string) string {
	var places []int
	for i := range len(figure) {
		if figure[i] >= '0' && figure[i] <= '9' {
			places = append(places, i)
		}
	}
	if len(places) == 0 {
		return ""
	}
	at := rapid.SampledFrom(places).Draw(t, "digit")
	digit := (int(figure[at]-'0') + rapid.IntRange(1, 9).Draw(t, "by")) % 10
	return figure[:at] + strconv.Itoa(digit) + figure[at+1:]
}

func alterations() map[string]alteration {
	return map[string]alteration{
		"another digit": inFigure(anotherDigit),
		"another scale": inFigure(func(t *rapid.T, f string) string {
			return replaced(t, f, "million", "billion", "billion", "million", "thousand", "million", "trillion", "billion", "hundred", "thousand")
		}),
		"another unit": inFigure(func(t *rapid.T, f string) string {
			return replaced(t, f, "%", " basis points", "percent", "basis points", "basis points", "percent", "hours", "days", "gigawatts", "megawatts", "x", "%", "months", "years")
		}),
		"no unit or scale": inFigure(func(t *rapid.T, f string) string {
			return replaced(t, f, "%", "", " percent", "", " million", "", " billion", "", "$", "")
		}),
		"another currency": inFigure(func(t *rapid.T, f string) string { return replaced(t, f, "$", "€", "$", "C$", "€", "$", "$", "£") }),
		"another sign": inFigure(func(t *rapid.T, f string) string {
			return rapid.SampledFrom([]string{"-", "−", "minus ", "negative "}).Draw(t, "sign") + f
		}),
		"another place of the point": inFigure(func(t *rapid.T, f string) string {
			return replaced(t, f, ".", "", ".", ",", ",", ".", ",", "", "0", "0.", "1", "1.1")
		}),
		"digits that look alike": inFigure(func(t *rapid.T, f string) string {
			return replaced(t, f, "0", "O", "1", "l", "1", "１", "2", "２", "3", "٣", "5", "５", "0", "𝟎", "%", "٪", "$", "＄")
		}),
		"a negation added": inWords(func(t *rapid.T, w []string, at int) []string {
			return slices.Insert(w, at, rapid.SampledFrom([]string{"not", "never", "hardly", "no"}).Draw(t, "negation"))
		}),
		"a negation removed": func(_ *rapid.T, s, _ insight.Statement) *insight.Statement {
			words := strings.Fields(s.Quote)
			i := slices.IndexFunc(words, func(w string) bool { return w == "not" || w == "no" || w == "never" || strings.HasSuffix(w, "n't") })
			if i <= 0 || i == len(words)-1 {
				return nil
			}
			s.Quote = strings.Join(slices.Delete(words, i, i+1), " ")
			return &s
		},
		"a word dropped": inWords(func(_ *rapid.T, w []string, at int) []string { return slices.Delete(w, at, at+1) }),
		"a word added": inWords(func(t *rapid.T, w []string, at int) []string {
			return slices.Insert(w, at, rapid.SampledFrom([]string{"really", "AI", "about", "5", w[at]}).Draw(t, "added"))
		}),
		"two words exchanged": inWords(func(_ *rapid.T, w []string, at int) []string {
			w[at], w[at+1] = w[at+1], w[at]
			return w
		}),
		"letters that look alike": inWords(func(t *rapid.T, w []string, at int) []string {
			w[at] = replaced(t, w[at], "a", "а", "e", "е", "o", "о", "c", "с", "i", "і", "A", "Α", "I", "l", "p", "р")
			return w
		}),
		"an invisible character": inWords(func(t *rapid.T, w []string, at int) []string {
			w[at] += rapid.SampledFrom([]string{"\u200b", "\u00ad", "\u2060", "\u202e", "\x00"}).Draw(t, "invisible")
			return w
		}),
		"another case": inWords(func(_ *rapid.T, w []string, at int) []string {
			w[at] = strings.Map(func(r rune) rune {
				if unicode.IsUpper(r) {
					return unicode.ToLower(r)
				}
				return unicode.ToUpper(r)
			}, w[at])
			return w
		}),
		"words left out behind dots": inWords(func(_ *rapid.T, w []string, at int) []string { return slices.Replace(w, at, at+1, "...") }),
		"two passages in one": func(t *rapid.T, s, other insight.Statement) *insight.Statement {
			s.Quote += rapid.SampledFrom([]string{" ", " and ", "... "}).Draw(t, "joint") + other.Quote
			return &s
		},
		"the first half of one and the second of another": func(_ *rapid.T, s, other insight.Statement) *insight.Statement {
			a, b := strings.Fields(s.Quote), strings.Fields(other.Quote)
			s.Quote = strings.Join(slices.Concat(a[:len(a)/2], b[len(b)/2:]), " ")
			return &s
		},
		"a figure from elsewhere": func(_ *rapid.T, s, other insight.Statement) *insight.Statement {
			for _, f := range other.Figures {
				if !strings.Contains(s.Quote, f) {
					s.Figures = append(slices.Clone(s.Figures), f)
					return &s
				}
			}
			return nil
		},
		"no figure": func(_ *rapid.T, s, _ insight.Statement) *insight.Statement {
			s.Figures = nil
			return &s
		},
		"a word for a figure": func(_ *rapid.T, s, _ insight.Statement) *insight.Statement {
			s.Figures = append(slices.Clone(s.Figures), "and")
			return &s
		},
		"nothing": func(_ *rapid.T, s, _ insight.Statement) *insight.Statement {
			s.Quote = " "
			return &s
		},
	}
}

// altersPerCheck is how many alterations are made in each of rapid's checks.
const altersPerCheck = 60

// requireNoAlterationPasses alters the claims thousands of times, at least each
// kind of alteration once.
func requireNoAlterationPasses(t *testing.T, claims []spokenClaim) {
	t.Helper()
	kinds := alterations()
	names := make([]string, 0, len(kinds))
	for name := range kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	made := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		for range altersPerCheck {
			c, other := rapid.SampledFrom(claims).Draw(t, "claim"), rapid.SampledFrom(claims).Draw(t, "other")
			name := rapid.SampledFrom(names).Draw(t, "alteration")
			altered := kinds[name](t, c.statement, other.statement)
			if altered == nil || standsAnyway(c.call, altered, c.statement) {
				continue
			}
			made[name]++
			_, err := c.call.verifier.Verify(*altered)
			require.Error(t, err, "%s: %s: %q %q", c.call.name, name, altered.Quote, altered.Figures)
			if altered.Quote == c.statement.Quote {
				continue
			}
			claim := proto.CloneOf(c.claim)
			claim.Quote = altered.Quote
			require.Error(t, insight.Verify(c.call.text, claim), name)
		}
	})
	total := 0
	for _, name := range names {
		total += made[name]
		if name != "a negation removed" { // not every collection has a negation in a claim
			require.Positive(t, made[name], name)
		}
	}
	t.Logf("%d claims, %d alterations of %d kinds, none passes", len(claims), total, len(names))
}

// standsAnyway reports that nothing was altered, or that by chance the altered
// words stand in the call as well, and are true.
func standsAnyway(c *verifiedCall, altered *insight.Statement, s insight.Statement) bool {
	if altered.Quote == s.Quote {
		return slices.Equal(altered.Figures, s.Figures)
	}
	return strings.TrimSpace(altered.Quote) != "" &&
		strings.Contains(c.folded, strings.Join(strings.Fields(altered.Quote), " "))
}

// requireTrueClaimsPass wants every claim to pass, as it is and as others may
// set it: with other white space, quotation marks and dashes.
func requireTrueClaimsPass(t *testing.T, claims []spokenClaim) {
	t.Helper()
	for _, c := range claims {
		span, err := c.call.verifier.Verify(c.statement)
		require.NoError(t, err, "%s: %q %q", c.call.name, c.statement.Quote, c.statement.Figures)
		require.Equal(t, c.statement.Quote, strings.Join(strings.Fields(c.call.text[span.GetStart():span.GetEnd()]), " "))
		require.NoError(t, insight.Verify(c.call.text, c.claim), c.statement.Quote)
	}
	rapid.Check(t, func(t *rapid.T) {
		for range altersPerCheck {
			c := rapid.SampledFrom(claims).Draw(t, "claim")
			s := insight.Statement{Quote: reset(t, c.statement.Quote), Speaker: strings.ToUpper(c.statement.Speaker)}
			for _, f := range c.statement.Figures {
				s.Figures = append(s.Figures, reset(t, f))
			}
			_, err := c.call.verifier.Verify(s)
			require.NoError(t, err, "%s: %q %q", c.call.name, s.Quote, s.Figures)
		}
	})
}

// reset sets words anew: white space, quotation marks and dashes in any shape.
func reset(t *rapid.T, words string) string {
	spaces := []string{" ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u2009", " \n\n "}
	shapes := strings.NewReplacer(
		"'", rapid.SampledFrom([]string{"'", "’", "‘"}).Draw(t, "apostrophe"),
		"’", rapid.SampledFrom([]string{"'", "’"}).Draw(t, "typographic apostrophe"),
		"\"", rapid.SampledFrom([]string{"\"", "“", "”"}).Draw(t, "quotation mark"),
		"“", "\"", "”", "\"",
		"-", rapid.SampledFrom([]string{"-", "–", "‑", "−"}).Draw(t, "hyphen"),
		"—", rapid.SampledFrom([]string{"—", "–"}).Draw(t, "dash"),
	)
	out := strings.Join(strings.Fields(shapes.Replace(words)), rapid.SampledFrom(spaces).Draw(t, "space"))
	return rapid.SampledFrom([]string{"", " ", "\n"}).Draw(t, "before") + out + rapid.SampledFrom([]string{"", " "}).Draw(t, "after")
}

func TestTheGateLetsOnlyTrueClaimsOfInventedCallsPass(t *testing.T) {
	t.Parallel()
	claims := inventedClaims(t)
	requireTrueClaimsPass(t, claims)
	requireNoAlterationPasses(t, claims)
}

func TestTheGateLetsOnlyTrueClaimsOfRealCallsPass(t *testing.T) {
	t.Parallel()
	claims := realClaims(t)
	requireTrueClaimsPass(t, claims)
	requireNoAlterationPasses(t, claims)
}

func TestAnotherSpeakersWordsDoNotPass(t *testing.T) {
	t.Parallel()
	for _, c := range inventedClaims(t) {
		if c.statement.Speaker == "" { // the publisher's own summary
			continue
		}
		for _, name := range append([]string{"Nobody Known"}, c.call.people...) {
			if name == "" || strings.EqualFold(name, c.statement.Speaker) {
				continue
			}
			s := c.statement
			s.Speaker = name
			_, err := c.call.verifier.Verify(s)
			require.Error(t, err, "%s: %q by %s", c.call.name, s.Quote, name)
		}
	}
}
