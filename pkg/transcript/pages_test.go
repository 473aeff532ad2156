package transcript_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// printed are lines that printers and browsers put on every page, with the
// number of the page.
var printed = []string{
	"Page %d of 120", "Page %d", "%d of 120", "%d / 120", "- %d -", "%d", "Page | %d",
	"Halyard Cloud Systems, Inc. (HLYD) Q4 2025 Earnings Call", "Halyard Cloud Systems, Inc. Q4 2025 Earnings Call Page %d",
	"2/6/26, 9:14 AM Halyard Cloud Systems (HLYD) Q4 2025 Earnings Call Transcript",
	"https://example.com/calls/halyard-q4-2025 %d/120",
	"https://example.com/calls/halyard-q4-2025 %d/120\n2/6/26, 9:14 AM Halyard (HLYD) Q4 2025 Earnings Call Transcript",
	"Page %d of 120\n\fHalyard Cloud Systems, Inc. - Confidential", "[00:1%d:23]", "00:1%d:23.000 --> 00:1%d:59.000",
	"© 2026 Example Transcripts. All rights reserved. %d",
}

// onPages breaks a text into pages: every so many words, in the middle of a
// sentence, a line is printed. Lines of headings and lists stay whole.
func onPages(text, line string) (paged string, pages int) {
	const each = 30 // words
	var b strings.Builder
	since := 0
	words := strings.SplitAfter(text, " ")
	for i, word := range words {
		b.WriteString(word)
		since++
		if since < each || i+1 == len(words) || !isSmall(word) || !isSmall(words[i+1]) || strings.Contains(word+words[i+1], "as ") { // which stands in the advertisement
			continue
		}
		pages++
		since = 0
		if strings.Contains(line, "%d") {
			b.WriteString("\n" + strings.ReplaceAll(line, "%d", strconv.Itoa(pages)) + "\n")
		} else {
			b.WriteString("\n" + line + "\n")
		}
	}
	return b.String(), pages
}

// isSmall reports whether a word is all small letters.
func isSmall(word string) bool {
	word = strings.TrimSuffix(word, " ")
	return word != "" && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLower(r) }) < 0
}

// talkative is a call in which management says much, and nothing twice.
func talkative() invented {
	c := halyard()
	kinds := []string{"small", "large", "green", "cheap", "bright", "heavy", "quiet"}
	places := []string{"Leipzig", "Porto", "Osaka", "Lagos", "Quito", "Perth", "Turin", "Cork", "Gdansk", "Bergen", "Lyon"}
	deeds := []string{"sold better than we had hoped", "stayed on the shelf for longer", "went to schools and to libraries", "came back with their boxes open", "found their way to the coast"}
	n := 0
	for i, s := range c.said {
		if c.person(s.who).title == "" || len(s.text) < 80 {
			continue
		}
		for range 12 {
			s.text += fmt.Sprintf(" The %s lamps that we make in %s %s, which is what the people there had told us.", kinds[n%len(kinds)], places[n%len(places)], deeds[n%len(deeds)])
			n++
		}
		c.said[i] = s
	}
	return c
}

func TestWhatIsPrintedOnEveryPageIsNobodysSpeech(t *testing.T) {
	t.Parallel()
	for name, document := range plainLayouts(t, talkative()) {
		src, call := read(t, document)
		want := joined(spoken(src, call))
		for _, line := range printed {
			t.Run(name+" with "+line, func(t *testing.T) {
				t.Parallel()
				paged, pages := onPages(document, line)
				require.Greater(t, pages, 8)
				src, got := read(t, paged)
				requireOrdered(t, src, got)
				require.Equal(t, want, joined(spoken(src, got)))
				require.Equal(t, call.GetCall().GetId(), got.GetCall().GetId())
				require.Equal(t, call.GetCall().GetCallDate(), got.GetCall().GetCallDate())
				require.Equal(t, call.GetWords(), got.GetWords())
				require.Len(t, got.GetExchanges(), len(call.GetExchanges()))
				for i, e := range got.GetExchanges() {
					require.Equal(t, call.GetExchanges()[i].GetAnalyst(), e.GetAnalyst())
					require.Equal(t, call.GetExchanges()[i].GetFirm(), e.GetFirm())
				}
			})
		}
	}
}

func TestAdvertisementsWithinSpeechAreNobodysSpeech(t *testing.T) {
	t.Parallel()
	advertisement := "\n\n10 stocks we like better than Halyard Cloud Systems\nWhen our award-winning analyst team has a stock tip, it can pay to listen.\n\nThey just revealed what they believe are the ten best stocks for investors to buy.\n\nSee the 10 stocks\n\n*Stock Advisor returns as of March 8, 2024\n\n"
	for name, document := range plainLayouts(t, halyard()) {
		if name == "flat" || strings.Contains(name, "without line breaks") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const within = "and they have filed"
			src, call := read(t, strings.Replace(document, within, advertisement+within, 1))
			requireOrdered(t, src, call)
			require.Equal(t, halyard().speeches(), joined(spoken(src, call)))
		})
	}
}

// A page that is cut off at a phrase of its own would lose the rest of the
// call, so that a sentence that only begins like such a phrase must stay.
func TestSentencesThatBeginLikeWhatPublishersPrintAreSpeech(t *testing.T) {
	t.Parallel()
	for _, sentence := range []string{
		"Duration: our book has a duration of three years, and we like it that way.",
		"Operator margins were up by a point in the quarter, as we said they would be.",
		"Questions and answers are what we like best, so let us come to them soon.",
		"Page 3 of our deck shows the bridge from last year to this one.",
		"Copyright law has helped us, and so has the court in Texas.",
		"Click here to join is what our customers see, and 40% of them do.",
		"Follow the company around the world and you will see the lamps in every hotel.",
		"More agents and less analysis",
		"Call participants: we thank you all for your patience.",
		"The Motley Fool owns shares of many of our peers, as you know.",
		"Transcript powered by our own model is what you will read tonight.",
		"Analysts: thank you for your patience in this quarter.",
		"Note: the figures are without the sale of the lamp business.",
		"Revenue: it grew by 9%. Margin: it fell. Cash: it is there.",
		"www.halyard.example is where you find the slides.",
		"We expect, as we said on the last earnings call / on the webcast, to grow.",
		"Corrected Transcript numbers are on the site by tonight.",
		"Thank you", "Yes", "Right", "- we like it", "2025", "12.5%", "3 or 4", "Q", "Summary", "Risks", "Date",
	} {
		call := halyard()
		call.said[3].text += "\n\n" + sentence + "\n\nThat is all I have to say of the figures of the quarter, and of the year that has gone by."
		for name, document := range plainLayouts(t, call) {
			if name == "flat" {
				continue
			}
			src, got := read(t, document)
			require.Equal(t, call.speeches(), joined(spoken(src, got)), "%s: %s", name, sentence)
		}
	}
}

func TestARoleOverTwoLinesOrOnTheNextPageIsNoSpeech(t *testing.T) {
	t.Parallel()
	const role = "Northgate Securities, Research Division - MD, Director of Storage & Senior Equity Research Analyst"
	const lines = "Northgate Securities, Research Division - MD, Director of Storage & Senior Equity\nResearch Analyst"
	document := setStreetEvents(t, halyard())
	document = strings.ReplaceAll(document, "Northgate Securities, Research Division - Analyst", lines)
	const page = "\nREFINITIV STREETEVENTS | www.refinitiv.com | Contact Us\n©2026 Refinitiv. All rights reserved.\n"
	document = strings.Replace(document, "\nThat is clear", page+"That is clear", 1)
	document = strings.Replace(document, "Grace W. Amadi\nHalyard Cloud Systems, Inc. - Chief Financial Officer\nNot yet", "Grace W. Amadi"+page+"Halyard Cloud Systems, Inc. - Chief Financial Officer\nNot yet", 1)
	src, got := read(t, document)
	require.Equal(t, halyard().speeches(), spoken(src, got))
	for _, p := range got.GetParticipants() {
		if p.GetName() == "Peter Vantongeren" {
			require.Equal(t, "Northgate Securities", p.GetAffiliation())
			require.True(t, strings.HasSuffix(role, p.GetTitle()))
		}
	}
}

func TestANameWithFirmAndTitleBetweenSemicolonsIsAHeading(t *testing.T) {
	t.Parallel()
	document := setStreetEvents(t, halyard())
	document = strings.ReplaceAll(document, "Lucia Ferrante\nAlder & Pine, Research Division - Analyst", "Lucia Ferrante;Alder & Pine;Analyst")
	src, got := read(t, document)
	require.Equal(t, halyard().speeches(), spoken(src, got))
	require.Equal(t, "Alder & Pine", got.GetExchanges()[1].GetFirm())
}

func TestALoneQUnderARuleIsAnAnalystWhoIsNotNamed(t *testing.T) {
	t.Parallel()
	document := strings.Replace(setCallStreet(t, halyard()), "Lucia Ferrante\nAnalyst, Alder & Pine Q\nGood afternoon", "Q\nGood afternoon", 1)
	src, got := read(t, document)
	want := halyard().speeches()
	want[11].who = "Unidentified Analyst"
	require.Equal(t, want, spoken(src, got))
	require.Equal(t, "Lucia Ferrante", got.GetExchanges()[1].GetAnalyst(), "who was announced")
}

func TestAVendorsNoteIsNobodysSpeech(t *testing.T) {
	t.Parallel()
	document := strings.Replace(setStreetEvents(t, halyard()), "DISCLAIMER", "Editor\nThis document holds forward-looking statements, on which nobody should rely.\nDISCLAIMER", 1)
	src, got := read(t, document)
	require.Equal(t, halyard().speeches(), spoken(src, got))
	require.Equal(t, callrankv1.LayoutStreetEvents, got.GetCall().GetLayout())
}

func TestAVendorsTextWithoutItsFrontIsReadByItsHeadings(t *testing.T) {
	t.Parallel()
	for _, set := range []func(testing.TB, invented) string{setStreetEvents, setStreetEventsPages} {
		_, document, _ := strings.Cut(set(t, halyard()), "PRESENTATION\n")
		src, err := transcript.Decode([]byte(document))
		require.NoError(t, err)
		got, err := transcript.Read(src, transcript.Facts{})
		require.NoError(t, err)
		require.Equal(t, halyard().speeches(), spoken(src, got))
	}
}
