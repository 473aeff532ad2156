package insight_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/insight"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

const source = "We grew. AI revenue was  $15 billion,\nup 24% year over year, and did not fall 3%. Our range is 30% to 40% of 1.4 million users. We lost -5% elsewhere."

// claimOf makes a claim of a stretch of the source, with one figure in it.
func claimOf(quote, figure, unit string, value float64) *callrankv1.Claim {
	start := strings.Index(source, quote)
	at := strings.Index(source, figure)
	return &callrankv1.Claim{
		Quote: strings.Join(strings.Fields(quote), " "), Source: &callrankv1.Span{Start: uint32(start), End: uint32(start + len(quote))},
		Figures: []*callrankv1.Figure{{
			Text: figure, Source: &callrankv1.Span{Start: uint32(at), End: uint32(at + len(figure))}, Value: new(value), Unit: unit,
		}},
	}
}

func trueClaims() []*callrankv1.Claim {
	return []*callrankv1.Claim{
		claimOf("AI revenue was  $15 billion,\nup 24% year over year", "$15 billion", "USD", 15e9),
		claimOf("up 24% year over year", "24%", "percent", 24),
		claimOf("and did not fall 3%", "3%", "percent", 3),
		claimOf("of 1.4 million users.", "1.4 million", "count", 1.4e6),
		claimOf("We lost -5% elsewhere.", "-5%", "percent", -5),
	}
}

func TestTrueClaimsPassTheGate(t *testing.T) {
	t.Parallel()
	for _, c := range trueClaims() {
		require.NoError(t, insight.Verify(source, c), c.GetQuote())
	}
}

func TestAClaimThatIsNotToTheLetterIsRefused(t *testing.T) {
	t.Parallel()
	for name, alter := range map[string]func(*callrankv1.Claim){
		"another digit in the quote": func(c *callrankv1.Claim) { c.Quote = strings.Replace(c.GetQuote(), "$15", "$16", 1) },
		"another scale in the quote": func(c *callrankv1.Claim) { c.Quote = strings.Replace(c.GetQuote(), "billion", "million", 1) },
		"an added not":               func(c *callrankv1.Claim) { c.Quote = strings.Replace(c.GetQuote(), "was", "was not", 1) },
		"a word dropped":             func(c *callrankv1.Claim) { c.Quote = strings.Replace(c.GetQuote(), "revenue ", "", 1) },
		"a look-alike letter":        func(c *callrankv1.Claim) { c.Quote = strings.Replace(c.GetQuote(), "A", "А", 1) },
		"an empty quote":             func(c *callrankv1.Claim) { c.Quote = "" },
		"white space kept":           func(c *callrankv1.Claim) { c.Quote += " " },
		"no source":                  func(c *callrankv1.Claim) { c.Source = nil },
		"a source beyond the text":   func(c *callrankv1.Claim) { c.Source.End = 9999 },
		"a source backwards":         func(c *callrankv1.Claim) { c.Source.Start, c.Source.End = c.Source.End, c.Source.Start },
		"a source elsewhere":         func(c *callrankv1.Claim) { c.Source.Start++ },
		"no figure":                  func(c *callrankv1.Claim) { c.Figures = nil },
		"another value":              func(c *callrankv1.Claim) { c.Figures[0].Value = new(16e9) },
		"another scale":              func(c *callrankv1.Claim) { c.Figures[0].Value = new(15e6) },
		"another sign":               func(c *callrankv1.Claim) { c.Figures[0].Value = new(-15e9) },
		"no value":                   func(c *callrankv1.Claim) { c.Figures[0].Value = nil },
		"a range added":              func(c *callrankv1.Claim) { c.Figures[0].Low, c.Figures[0].High = new(1.0), new(2.0) },
		"another unit":               func(c *callrankv1.Claim) { c.Figures[0].Unit = "EUR" },
		"another figure's words":     func(c *callrankv1.Claim) { c.Figures[0].Text = "$16 billion" },
		"a figure cut short": func(c *callrankv1.Claim) {
			c.Figures[0].Text, c.Figures[0].Source.End = "$15", c.Figures[0].Source.GetStart()+3
			c.Figures[0].Value = new(15.0)
		},
		"a figure cut within a number": func(c *callrankv1.Claim) {
			c.Figures[0].Text, c.Figures[0].Source.End = "$1", c.Figures[0].Source.GetStart()+2
			c.Figures[0].Value = new(1.0)
		},
		"a figure of no number": func(c *callrankv1.Claim) {
			c.Figures[0].Text = "AI"
			c.Figures[0].Source = &callrankv1.Span{Start: 9, End: 11}
		},
		"a figure outside the quote": func(c *callrankv1.Claim) { c.Figures[0] = trueClaims()[3].GetFigures()[0] },
		"a figure without a source":  func(c *callrankv1.Claim) { c.Figures[0].Source = nil },
		"a false figure beside a true one": func(c *callrankv1.Claim) {
			f := proto.CloneOf(c.GetFigures()[0])
			f.Value = new(1.0)
			c.Figures = append(c.Figures, f)
		},
	} {
		c := trueClaims()[0]
		alter(c)
		require.Error(t, insight.Verify(source, c), name)
	}
}

func TestAQuoteThatEndsWithinANumberIsRefused(t *testing.T) {
	t.Parallel()
	at := strings.Index(source, "of 1.4 million")
	for _, n := range []int{len("of 1"), len("of 1."), len("of 1.4 mill")} {
		c := trueClaims()[3]
		c.Source = &callrankv1.Span{Start: uint32(at), End: uint32(at + n)}
		c.Quote = source[at : at+n]
		require.Error(t, insight.Verify(source, c), c.GetQuote())
		require.Error(t, insight.VerifyQuote(source, &callrankv1.Quote{Quote: c.GetQuote(), Source: c.GetSource()}))
	}
}

func TestNoAlteredQuotePassesTheGate(t *testing.T) {
	t.Parallel()
	c := talkative()
	text := c.text.String()
	claims := c.analysis(t).GetClaims()
	require.NotEmpty(t, claims)
	rapid.Check(t, func(t *rapid.T) {
		claim := proto.CloneOf(rapid.SampledFrom(claims).Draw(t, "claim"))
		words := strings.Fields(claim.GetQuote())
		at := rapid.IntRange(0, len(words)-1).Draw(t, "word")
		switch rapid.IntRange(0, 4).Draw(t, "alteration") {
		case 0:
			words = append(words[:at:at], words[at+1:]...)
		case 1:
			words[at] = "not " + words[at]
		case 2:
			words[at] = strings.ToUpper(words[at]) + "x"
		case 3:
			words[at] = strings.NewReplacer("0", "1", "1", "2", "2", "3", "3", "4", "4", "5", "5", "6", "billion", "million", "million", "billion", "%", " points", "a", "а").Replace(words[at]) + ";"
		case 4:
			words = append(words, strings.Fields(rapid.SampledFrom(claims).Draw(t, "other").GetQuote())...)
		}
		claim.Quote = strings.Join(words, " ")
		require.Error(t, insight.Verify(text, claim), claim.GetQuote())
	})
}

func TestNoAlteredFigurePassesTheGate(t *testing.T) {
	t.Parallel()
	c := talkative()
	text := c.text.String()
	claims := c.analysis(t).GetClaims()
	rapid.Check(t, func(t *rapid.T) {
		claim := proto.CloneOf(rapid.SampledFrom(claims).Draw(t, "claim"))
		f := rapid.SampledFrom(claim.GetFigures()).Draw(t, "figure")
		switch rapid.IntRange(0, 4).Draw(t, "alteration") {
		case 0:
			f.Value = new(f.GetValue() + rapid.SampledFrom([]float64{1, -1, 0.1, 1e6}).Draw(t, "by"))
		case 1:
			f.Unit += "s"
		case 2:
			f.Source.Start++
		case 3:
			f.Source.End--
		case 4:
			f.Text = "1" + f.GetText()
		}
		require.Error(t, insight.Verify(text, claim))
	})
}
