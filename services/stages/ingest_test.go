package stages_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/stages"
)

// publishedCall is a call without speakers that opens with the given words.
func publishedCall(words string) *callrankv1.TranscriptPublished {
	return &callrankv1.TranscriptPublished{Document: []byte(words + " Thank you for joining us today. All participants are in a listen-only mode. Good afternoon, everyone. " +
		"We are pleased with the quarter. Revenue grew, and the margin was a little higher than we had thought. We think that next year will be like this one. " +
		"With that, let us take your questions. Thank you for taking my question. How is the weather? It is fine, thank you. This concludes the call. You may now disconnect.")}
}

func TestACallThatIsNotNamedTellsWhatIsMissing(t *testing.T) {
	t.Parallel()
	const dated = "This conference is being recorded today, Wednesday, 13th of March 2019."
	for name, c := range map[string]struct {
		opening      string
		ticker       string
		says, hushes []string
	}{
		"the company": {
			dated, "",
			[]string{"does not tell the company's ticker", "--ticker, header callrank-ticker, field ticker"},
			[]string{"period"},
		},
		"the ticker of the company it names": {
			"Welcome to the Ghyll Works third quarter 2025 earnings call.", "",
			[]string{`the ticker of "Ghyll Works" is not known`, "--ticker, header callrank-ticker, field ticker"},
			[]string{"period"},
		},
		"the period and the date": {
			"Welcome to this call.", "GHL",
			[]string{"neither the fiscal period nor the date", "--period or --date", "callrank-fiscal-year with callrank-fiscal-quarter or callrank-fiscal-half", "call_date"},
			[]string{"ticker"},
		},
		"everything": {
			"Welcome to this call.", "",
			[]string{"company's ticker", "neither the fiscal period nor the date"},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			published := publishedCall(c.opening)
			if c.ticker != "" {
				published.Ticker = &c.ticker
			}
			_, err := stages.Check(transcript.Reader{}, published)
			for _, text := range c.says {
				require.ErrorContains(t, err, text)
			}
			for _, text := range c.hushes {
				require.NotContains(t, err.Error(), text)
			}
			require.NotContains(t, err.Error(), "\n", "it is told in a line")
		})
	}
	long := strings.Repeat("Ghyll ", 8)
	_, err := stages.Check(transcript.Reader{}, publishedCall("Welcome to the "+long+"third quarter 2025 earnings call."))
	require.Less(t, len(err.Error()), 300)
}

func TestACallIsKnownByWhatIsStatedAndByTheDirectory(t *testing.T) {
	t.Parallel()
	named := publishedCall("Welcome to the Ghyll Works half-year 2025 results call.")
	more, err := transcript.NewCompanies([]transcript.Company{{Ticker: "GHL", Name: "Ghyll Works plc", OtherTickers: []string{"GHLYY"}}})
	require.NoError(t, err)
	call, err := stages.Check(transcript.Reader{Companies: more}, named)
	require.NoError(t, err)
	require.Equal(t, "GHL-2025H1", call.GetId())

	named.Ticker = new("GHLYY")
	call, err = stages.Check(transcript.Reader{Companies: more}, named)
	require.NoError(t, err)
	require.Equal(t, "GHL-2025H1", call.GetId(), "one company, one ticker")

	named.FiscalYear, named.FiscalHalf = new(int32(2026)), new(int32(2))
	call, err = stages.Check(transcript.Reader{}, named)
	require.NoError(t, err)
	require.Equal(t, "GHLYY-2026H2", call.GetId())
}
