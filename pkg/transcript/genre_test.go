package transcript_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/transcript"
)

const pressRelease = `FOR IMMEDIATE RELEASE

Halyard Cloud Systems Reports Fourth Quarter 2025 Results

PORTLAND, Feb. 5, 2026 -- Halyard Cloud Systems, Inc. (Nasdaq: HLYD) today announced results for its fourth quarter ended December 31, 2025.

Revenue was $182 million, up 19% from the fourth quarter of 2024. Gross margin was 71%.

"Our storage agents went from pilots to production," said Tobias Lindqvist, Chief Executive Officer. "We are spending with care."

Conference Call

Halyard will host a conference call today at 5:00 p.m. Eastern time to discuss its results, followed by a question-and-answer session. A webcast will be available on the investor relations website.

Forward-Looking Statements

This press release contains forward-looking statements, including statements on guidance and revenue. Actual results may differ.

Contacts: Mira Okafor, Investor Relations
`

const annualReport = `UNITED STATES
SECURITIES AND EXCHANGE COMMISSION
Washington, D.C. 20549

FORM 10-K

ANNUAL REPORT PURSUANT TO SECTION 13 OR 15(d) OF THE SECURITIES EXCHANGE ACT OF 1934

Item 1A. Risk Factors

Our operating results may fluctuate from quarter to quarter. Our revenue depends on a small number of customers, and the loss of any of them would harm us. We compete with companies that have more resources than we have, and they may lower their prices. Our systems may fail, and our customers may then leave us. We are exposed to the risk that exchange rates change.
`

const poem = `The lamp is lit, the tide is low,
The boats lie still along the quay,
And nobody who saw them go
Will see them coming in from sea.

The harbour clock has lost an hour,
The gulls have nothing left to say,
The salt has turned the butter sour,
The morning is as late as May.

But if you walk out past the light
And keep the breakwater to your left,
You hear the bells ring in the night
Of ships that time and weather cleft.
`

const sourceFile = `package main

import "fmt"

type call struct {
	ticker string
	quarter int
}

func main() {
	c := call{ticker: "HLYD", quarter: 4};
	fmt.Println("welcome to the earnings call", c);
	for i := 0; i < c.quarter; i++ {
		fmt.Println(i);
	}
}
`

func TestWhatIsNoTranscriptIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	const noCourse, noResults = "nobody welcomes, hands over, or calls for questions", "quarter, results or figures"
	for name, c := range map[string]struct{ document, reason string }{
		"a press release":                        {pressRelease, "press release"},
		"a press release on one line":            {strings.ReplaceAll(pressRelease, "\n", " "), "press release"},
		"a press release that answers questions": {releaseWithQuestions, "press release"},
		"a part of a 10-K":                       {annualReport, "filing"},
		"a poem":                                 {poem, noCourse},
		"a source file":                          {strings.Repeat(sourceFile, 3), "source code"},
		"a word":                                 {"Operator", "too little is said in it to be a call: 1 words"},
		"a heading and a greeting":               {"Operator: Good morning.\n", "too little"},
		"a shopping list":                        {strings.Repeat("Milk and bread and eggs, and a pound of butter. ", 20), noCourse},
		"a news article about a call":            {newsArticle, noCourse},
		"a news article on one line":             {strings.ReplaceAll(newsArticle, "\n", " "), noCourse},
		"a podcast":                              {podcast, noResults},
		"a podcast with a finance chief":         {businessPodcast, noResults},
		"a deposition":                           {deposition, "record of a court"},
		"a chat":                                 {chatLog, noCourse},
		"a long chat":                            {strings.Repeat(chatLog, 30), noCourse},
		"a play":                                 {play, noResults},
		"the minutes of a meeting":               {minutes, noCourse},
		"questions that are asked often":         {questionsOften, noCourse},
		"a list of tickers":                      {tickers(), noCourse},
		"a table":                                {commaSeparated(), noCourse},
		"results of a search":                    {searchResults, noCourse},
		"a page without its call":                {emptyFoolPage, "too little is said in it to be a call: 0 words"},
		"a note that there is no transcript yet": {notYet, noCourse},
		"an opening before a request to pay":     {paywalled, "those who pay"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src, err := transcript.Decode([]byte(c.document))
			require.NoError(t, err)
			_, err = transcript.Read(src, transcript.Facts{})
			var refused *transcript.RefusedError
			require.ErrorAs(t, err, &refused)
			require.Contains(t, refused.Reason, c.reason)
		})
	}
}

func TestNoRealCallIsRefused(t *testing.T) {
	t.Parallel()
	for _, file := range realFiles(t) {
		_, err := transcript.Read(realSource(t, file), transcript.Facts{})
		require.NoError(t, err, file)
	}
}

// The words for results need not be heard where the whole course of a call is.
func TestACallOfFewFiguresIsTaken(t *testing.T) {
	t.Parallel()
	plain := strings.NewReplacer("quarter", "winter", "Revenue", "Turnover", "revenue", "turnover", "million", "thousand", "margin", "profitability", "guidance", "plan", "earnings", "annual")
	call := halyard()
	for i := range call.said {
		call.said[i].text = plain.Replace(call.said[i].text)
	}
	src, got := read(t, setSeekingAlphaRoles(t, call))
	require.Equal(t, call.speeches(), spoken(src, got))
}

func TestAShortRealCallIsTaken(t *testing.T) {
	t.Parallel()
	call := halyard()
	call.said = append(call.said[:3:3], call.said[13:]...)
	call.questionsFrom = len(call.said)
	for _, l := range layouts {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			_, got := read(t, l.set(t, call))
			require.Equal(t, "HLYD", got.GetCall().GetTicker())
			require.Empty(t, got.GetExchanges())
		})
	}
}

func TestAPressReleaseThatOpensACallDoesNotHideTheCall(t *testing.T) {
	t.Parallel()
	call := halyard()
	call.said[2].text = "Thanks, Mira. Our press release, marked for immediate release, says that we will host a conference call, and here we are. " + call.said[2].text
	_, got := read(t, setSeekingAlphaRoles(t, call))
	require.Len(t, got.GetExchanges(), 2)
}
