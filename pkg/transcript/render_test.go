package transcript_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// invented is a call of an invented company, to be set in any layout.
type invented struct {
	company, ticker string
	year, quarter   int
	date            string // as publishers write it
	people          []actor
	said            []speech
	questionsFrom   int // index of the first speech of the question session
}

type actor struct{ name, title, firm string }

type speech struct{ who, text string }

// halyard is a call with the usual course: welcome, two remarks, questions of
// two analysts, one with a follow-up, farewell.
func halyard() invented {
	return invented{
		company: "Halyard Cloud Systems, Inc.", ticker: "HLYD", year: 2025, quarter: 4, date: "February 5, 2026",
		people: []actor{
			{name: "Mira Okafor", title: "Vice President of Investor Relations"},
			{name: "Tobias Lindqvist", title: "Chief Executive Officer"},
			{name: "Grace W. Amadi", title: "Chief Financial Officer"},
			{name: "Peter Vantongeren", firm: "Northgate Securities"},
			{name: "Lucia Ferrante", firm: "Alder & Pine"},
		},
		said: []speech{
			{"Operator", "Good afternoon, and welcome to the Halyard Cloud Systems fourth quarter 2025 earnings call. All lines have been placed on mute. I would now like to turn the call over to Mira Okafor, Vice President of Investor Relations. Please go ahead."},
			{"Mira Okafor", "Thank you, operator, and good afternoon. With me today are Tobias Lindqvist, our Chief Executive Officer, and Grace W. Amadi, our Chief Financial Officer. We will make forward-looking statements, which reflect our views as of today, February 5, 2026, only. I will now turn the call over to Tobias."},
			{"Tobias Lindqvist", "Thanks, Mira. This was the quarter in which our storage agents went from pilots to production. More than 400 customers now run them every day, and they have filed 2.1 million tickets without a person touching them.\n\nWe are spending with care. I would rather be late than loud. With that, Grace will take you through the figures."},
			{"Grace W. Amadi", "Thank you, Tobias. Revenue was $182 million, up 19% from a year ago. The agents contributed $14 million, against $3 million a year ago. Gross margin was 71%.\n\nFor the first quarter of 2026 we expect revenue between $185 million and $189 million. Operator, we are ready for questions."},
			{"Operator", "Thank you. Our first question comes from the line of Peter Vantongeren with Northgate Securities. Please go ahead."},
			{"Peter Vantongeren", "Thanks for taking the question. Tobias, of those 400 customers, how many pay for the agents, and how many have them in a bundle?"},
			{"Tobias Lindqvist", "About 260 pay by the ticket. The others have them in a bundle until June, and then they will have to choose."},
			{"Grace W. Amadi", "And the price by the ticket has held so far. It was 40 cents at launch, and it is 40 cents now."},
			{"Peter Vantongeren", "That is clear. And does the gross margin of the agents come near that of the rest?"},
			{"Grace W. Amadi", "Not yet. It was 52% in the quarter, and it will take us a year to bring it above 60%."},
			{"Operator", "Our next question comes from the line of Lucia Ferrante with Alder & Pine. Please go ahead."},
			{"Lucia Ferrante", "Good afternoon. On the guidance, what have you assumed for the agents in the first quarter?"},
			{"Grace W. Amadi", "We have assumed $17 million. That is nothing more than the customers who have signed already."},
			{"Operator", "There are no further questions. I will turn the call back over to Tobias Lindqvist for closing remarks."},
			{"Tobias Lindqvist", "Thank you all for joining us today. We look forward to speaking with you next quarter."},
			{"Operator", "This concludes today's conference call. You may now disconnect."},
		},
		questionsFrom: 4,
	}
}

func (c invented) title() string {
	return fmt.Sprintf("%s (%s) Q%d %d Earnings Call", c.company, c.ticker, c.quarter, c.year)
}

// speeches are what is said on the call, white space folded.
func (c invented) speeches() []speech {
	all := make([]speech, 0, len(c.said))
	for _, s := range c.said {
		all = append(all, speech{s.who, folded(s.text)})
	}
	return all
}

func (c invented) person(name string) actor {
	for _, p := range c.people {
		if p.name == name {
			return p
		}
	}
	return actor{name: name}
}

// role is a person's title or firm.
func (p actor) role() string { return p.title + p.firm }

// layouts are the ways in which a call is set.
var layouts = []struct {
	name   string // of the way
	layout string // that must be recognised
	set    func(testing.TB, invented) string
}{
	{"newer Motley Fool page", "motley_fool", setMotleyFool},
	{"newer Motley Fool page as JSON", "motley_fool_json", setMotleyFoolJSON},
	{"older Motley Fool page", "motley_fool_old", setMotleyFoolOld},
	{"older Motley Fool page without line breaks", "motley_fool_old", setRunOn},
	{"Seeking Alpha with roles under the names", "seeking_alpha", setSeekingAlphaRoles},
	{"Seeking Alpha with names alone", "seeking_alpha", setSeekingAlphaNames},
	{"Seeking Alpha without lists", "seeking_alpha", setSeekingAlphaBare},
	{"StreetEvents with roles under the names", "street_events", setStreetEvents},
	{"StreetEvents with roles beside the names", "street_events", setStreetEventsPages},
	{"CallStreet pages", "street_events", setCallStreet},
	{"FMP", "fmp", setFMP},
}

func setMotleyFool(_ testing.TB, c invented) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s Transcript\nImage source: The Motley Fool.\nDATE\nThursday, Feb. 5, 2026 at 5 p.m. ET\nCALL PARTICIPANTS\n", c.title())
	for _, p := range c.people {
		if p.title != "" {
			fmt.Fprintf(&b, "- %s — %s\n", p.title, p.name)
		}
	}
	b.WriteString("Need a quote from a Motley Fool analyst? Email [email protected]\nTAKEAWAYS\n")
	b.WriteString("- Revenue -- $182 million, up 19% year over year.\n- Agent Customers -- More than 400, of which about 260 pay by the ticket.\n")
	fmt.Fprintf(&b, "RISKS\n- Margins of the agents stay below those of the rest.\nSUMMARY\nHalyard (%s 1.20%%) reported faster growth than a year ago.\n", c.ticker)
	b.WriteString("INDUSTRY GLOSSARY\n- Agent: a program that acts for a user.\nFull Conference Call Transcript\n")
	for _, s := range c.said {
		fmt.Fprintf(&b, "%s: %s\n", s.who, strings.ReplaceAll(s.text, "\n\n", "\n"))
	}
	b.WriteString("Read Next\nThis article is a transcript of this conference call produced for The Motley Fool.\nStocks Mentioned\n")
	return b.String()
}

func setMotleyFoolJSON(tb testing.TB, c invented) string {
	tb.Helper()
	return toJSON(tb, map[string]any{
		"ticker": c.ticker, "company": c.company, "title": c.title() + " Transcript", "year": c.year, "quarter": c.quarter,
		"transcript": setMotleyFool(tb, c), "source": "motley-fool",
	})
}

func setFMP(tb testing.TB, c invented) string {
	tb.Helper()
	var b strings.Builder
	for _, s := range c.said {
		fmt.Fprintf(&b, "%s: %s\n", s.who, strings.ReplaceAll(s.text, "\n\n", " "))
	}
	return toJSON(tb, []map[string]any{{
		"symbol": c.ticker, "period": fmt.Sprintf("Q%d", c.quarter), "year": c.year, "date": "2026-02-05", "content": b.String(),
	}})
}

func toJSON(tb testing.TB, v any) string {
	tb.Helper()
	b, err := json.MarshalIndent(v, "", "  ")
	require.NoError(tb, err)
	return string(b)
}

// dashed is a heading of an older Motley Fool page.
func (p actor) dashed() string {
	switch {
	case p.firm != "":
		return p.name + " -- " + p.firm + " -- Analyst"
	case p.title != "":
		return p.name + " -- " + p.title
	default:
		return p.name
	}
}

func setMotleyFoolOld(_ testing.TB, c invented) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s -0.40%%)\nQ%d %d Earnings Call\nFeb 5, 2026, 5:00 p.m. ET\n\nContents:\n\nPrepared Remarks\n\nQuestions and Answers\n\nCall Participants\n\nPrepared Remarks:\n\n", c.company, c.ticker, c.quarter, c.year)
	for i, s := range c.said {
		if i == c.questionsFrom {
			b.WriteString("Questions & Answers:\n\n")
		}
		if i == 2 {
			b.WriteString("10 stocks we like better than Halyard Cloud Systems\nWhen our award-winning analyst team has a stock tip, it can pay to listen.\n\nSee the 10 stocks\n\n*Stock Advisor returns as of March 8, 2024\n\n")
		}
		fmt.Fprintf(&b, "%s\n\n%s\n\n", c.person(s.who).dashed(), s.text)
	}
	b.WriteString("Duration: 24 minutes\n\nCall participants:\n\n")
	for _, p := range c.people {
		b.WriteString(p.dashed() + "\n\n")
	}
	fmt.Fprintf(&b, "More %s analysis\n\nAll earnings call transcripts\n", c.ticker)
	return b.String()
}

func setRunOn(_ testing.TB, c invented) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Image source: The Motley Fool. %s (%s -0.40%%)Q%d %d Earnings CallFeb 5, 2026, 5:00 p.m. ET ", c.company, c.ticker, c.quarter, c.year)
	for _, s := range c.said {
		fmt.Fprintf(&b, "%s %s ", c.person(s.who).dashed(), strings.ReplaceAll(s.text, "\n\n", "  "))
	}
	b.WriteString("Duration: 0 minutes ")
	for _, p := range c.people {
		b.WriteString(p.dashed() + " ")
	}
	fmt.Fprintf(&b, "More %s analysis All earnings call transcripts", c.ticker)
	return b.String()
}

func seekingAlphaLists(b *strings.Builder, c invented) {
	fmt.Fprintf(b, "%s %s 4:30 PM EST\n\nCompany Participants\n\n", c.title(), c.date)
	outside := false
	for _, p := range c.people {
		if p.firm != "" && !outside {
			outside = true
			b.WriteString("\nConference Call Participants\n\n")
		}
		fmt.Fprintf(b, "%s - %s\n", p.name, p.role())
	}
	b.WriteString("\n")
}

func seekingAlphaBody(b *strings.Builder, c invented, roles bool) {
	for i, s := range c.said {
		if i == c.questionsFrom {
			b.WriteString("Question-and-Answer Session\n\n")
		}
		b.WriteString(s.who + "\n")
		if role := c.person(s.who).role(); roles && role != "" {
			b.WriteString(role + "\n")
		}
		fmt.Fprintf(b, "\n%s\n\n", s.text)
	}
}

func setSeekingAlphaRoles(_ testing.TB, c invented) string {
	var b strings.Builder
	seekingAlphaLists(&b, c)
	b.WriteString("Presentation\n\n")
	seekingAlphaBody(&b, c, true)
	return b.String()
}

func setSeekingAlphaNames(_ testing.TB, c invented) string {
	var b strings.Builder
	seekingAlphaLists(&b, c)
	seekingAlphaBody(&b, c, false)
	return b.String()
}

func setSeekingAlphaBare(_ testing.TB, c invented) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s 4:30 PM EST\n\n", c.title(), c.date)
	seekingAlphaBody(&b, c, false)
	return b.String()
}

func vendorLists(b *strings.Builder, c invented, separator string) {
	b.WriteString("CORPORATE PARTICIPANTS\n")
	outside := false
	for _, p := range c.people {
		if p.firm != "" && !outside {
			outside = true
			b.WriteString("CONFERENCE CALL PARTICIPANTS\n")
		}
		fmt.Fprintf(b, "%s%s%s\n", p.name, separator, c.vendorRole(p))
	}
}

func (c invented) vendorRole(p actor) string {
	if p.firm != "" {
		return p.firm + ", Research Division - Analyst"
	}
	return c.company + " - " + p.title
}

func setStreetEvents(_ testing.TB, c invented) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s.OQ - Q%d %d %s Earnings Call\nEVENT DATE/TIME: FEBRUARY 05, 2026 / 10:00PM GMT\n", c.ticker, c.quarter, c.year, c.company)
	vendorLists(&b, c, "\n")
	b.WriteString("PRESENTATION\n")
	for i, s := range c.said {
		if i == c.questionsFrom {
			b.WriteString("QUESTIONS AND ANSWERS\n")
		}
		fmt.Fprintf(&b, " \n%s\n", s.who)
		if p := c.person(s.who); p.role() != "" {
			b.WriteString(c.vendorRole(p) + "\n")
		}
		b.WriteString(strings.ReplaceAll(s.text, "\n\n", "\n") + "\n")
	}
	b.WriteString("DISCLAIMER\nThe publisher reserves the right to make changes to documents.\n")
	return b.String()
}

func setStreetEventsPages(_ testing.TB, c invented) string {
	var b strings.Builder
	line := fmt.Sprintf("%s.OQ - Q%d %d %s Earnings Call", c.ticker, c.quarter, c.year, c.company)
	fmt.Fprintf(&b, "REFINITIV STREETEVENTS\nEDITED TRANSCRIPT\n%s\nEVENT DATE/TIME: FEBRUARY 05, 2026 / 10:00PM GMT\n", line)
	vendorLists(&b, c, " ")
	b.WriteString("PRESENTATION\n")
	for i, s := range c.said {
		if i == c.questionsFrom {
			b.WriteString("QUESTIONS AND ANSWERS\n")
		}
		heading := s.who
		if p := c.person(s.who); p.role() != "" {
			heading += " - " + c.vendorRole(p)
		}
		fmt.Fprintf(&b, "%s\n%s\n", heading, strings.ReplaceAll(s.text, "\n\n", "\n"))
		if i%4 == 3 {
			fmt.Fprintf(&b, "%d\nREFINITIV STREETEVENTS | www.refinitiv.com | Contact Us\n©2026 Refinitiv. All rights reserved.\nFEBRUARY 05, 2026 / 10:00PM, %s\n", i, line)
		}
	}
	return b.String()
}

func setCallStreet(_ testing.TB, c invented) string {
	var b strings.Builder
	page := fmt.Sprintf("%s (%s)\nQ%d %d Earnings Call\nCorrected Transcript\n05-Feb-2026\n1-877-FACTSET www.callstreet.com\n2\nCopyright © 2001-2026 FactSet CallStreet, LLC\n", c.company, c.ticker, c.quarter, c.year)
	rule := strings.Repeat(".", 80) + "\n"
	b.WriteString(page + "CORPORATE PARTICIPANTS\n")
	outside := false
	for _, p := range c.people {
		if p.firm != "" && !outside {
			outside = true
			b.WriteString(rule + "OTHER PARTICIPANTS\n")
		}
		fmt.Fprintf(&b, "%s\n%s\n", p.name, c.callStreetRole(p))
	}
	b.WriteString(page + "MANAGEMENT DISCUSSION SECTION\n")
	for i, s := range c.said {
		if i == c.questionsFrom {
			b.WriteString("QUESTION AND ANSWER SECTION\n")
		}
		p := c.person(s.who)
		if p.role() == "" {
			fmt.Fprintf(&b, "%s: %s\n%s", s.who, s.text, rule)
			continue
		}
		mark := ""
		if i >= c.questionsFrom {
			mark = map[bool]string{true: " Q", false: " A"}[p.firm != ""]
		}
		fmt.Fprintf(&b, "%s\n%s%s\n%s\n%s", s.who, c.callStreetRole(p), mark, strings.ReplaceAll(s.text, "\n\n", "\n"), rule)
		if i%4 == 3 {
			b.WriteString(page)
		}
	}
	b.WriteString("Disclaimer\nThe information herein is based on sources we believe to be reliable.\n")
	return b.String()
}

func (c invented) callStreetRole(p actor) string {
	if p.firm != "" {
		return "Analyst, " + p.firm
	}
	return p.title + ", " + c.company
}

func setFlat(_ testing.TB, c invented) string {
	var b strings.Builder
	for _, s := range c.said {
		b.WriteString(strings.ReplaceAll(s.text, "\n\n", " ") + " ")
	}
	return strings.TrimSpace(b.String())
}
