package report

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// mostQuotes is how many quotes are printed.
const mostQuotes = 5

// Company prints where a company stands, and why.
func Company(to io.Writer, company *callrankv1.CompanyReport) error {
	p := &printer{to: plain{to}}
	s := company.GetStanding()
	p.printf("%s · %s\n", s.GetTicker(), s.GetCompany())
	place := fmt.Sprintf("#%d of %d", company.GetRank(), company.GetRanked())
	if company.GetRank() == 0 {
		place = "out of the ranking, its latest call is old"
	}
	p.printf("%s · conviction %.1f of %s · market value %s · %s\n",
		place, s.GetConviction().GetScore(), Points(s.GetConviction().GetOutOf()),
		Maybe(s.MarketCap, func(v float64) string { return Money(v, "USD") }), Word(s.Sector))
	p.retry(company.GetRetry())
	p.conviction(s.GetConviction())
	if company.GetStale() {
		p.printf("stale: the latest call is of %s\n", company.GetLatest().GetCall().GetCallDate())
	}
	p.trajectory(s)
	p.evidence(company.GetLatest())
	return p.err
}

// Analysis prints the analysis of a call.
func Analysis(to io.Writer, a *callrankv1.Analysis) error {
	p := &printer{to: plain{to}}
	call := a.GetCall()
	p.printf("%s · %s · %s · %s · %s layout\n", Word(call.Ticker), Word(call.Company), Period(call), Word(call.CallDate), call.GetLayout())
	p.printf("%d words in %d turns by %d participants\n", a.GetWords(), a.GetTurns(), len(a.GetParticipants()))
	p.printf("conviction %.1f of %s\n", a.GetConviction().GetScore(), Points(a.GetConviction().GetOutOf()))
	p.conviction(a.GetConviction())
	p.evidence(a)
	return p.err
}

// printer prints until something fails.
type printer struct {
	to  io.Writer
	err error
}

func (p *printer) printf(format string, values ...any) {
	_, err := fmt.Fprintf(p.to, format, values...)
	p.err = errors.Join(p.err, err)
}

func (p *printer) title(title string) { p.printf("\n%s\n", title) }

func (p *printer) conviction(c *callrankv1.Conviction) {
	p.title("Conviction, weights " + c.GetWeights())
	t := newTable(p.to, "", "points", "of", "because")
	t.SetColumnConfigs(append(right(2, 3), table.ColumnConfig{Number: 4, WidthMax: 2 * widest}))
	for _, component := range c.GetComponents() {
		points := "unknown"
		if component.Points != nil {
			points = Points(component.GetPoints())
		}
		t.AppendRow(table.Row{component.GetName(), points, Points(component.GetMax()), component.GetReason()})
	}
	t.Render()
}

func (p *printer) trajectory(s *callrankv1.Standing) {
	calls, history := s.GetCalls(), s.GetHistory()
	if len(calls) == 0 {
		return
	}
	title := "Calls"
	if s.GetTrajectory() != "" {
		title += ", talk " + s.GetTrajectory()
	}
	p.title(title)
	t := newTable(p.to, "call", "date", "score", "out of", "talk", "proof", "claims", "hard", "warnings")
	t.SetColumnConfigs(right(3, 4, 5, 6, 7, 8, 9))
	for i, call := range calls {
		score, outOf := Dash, Dash
		if i < len(history) {
			score, outOf = fmt.Sprintf("%.1f", history[i].GetScore()), Points(history[i].GetOutOf())
		}
		t.AppendRow(table.Row{
			Period(call.GetCall()), Word(call.GetCall().CallDate), score, outOf, Score(call.GetEnthusiasm()), Score(call.GetSubstance()),
			call.GetQuantified(), call.GetHard(), call.GetWarnings(),
		})
	}
	t.Render()
}

// evidence prints what a call says and what it is worth.
func (p *printer) evidence(a *callrankv1.Analysis) {
	p.score("Talk (enthusiasm)", a.GetEnthusiasm())
	p.score("Proof (substance)", a.GetSubstance())
	p.claims(a.GetClaims(), a.GetGrounding().GetSized())
	p.grounding(a.GetGrounding())
	p.quotes(a.GetQuotes())
	p.questions(a.GetExchanges())
	p.warnings(a.GetWarnings())
}

func (p *printer) score(name string, score *callrankv1.Score) {
	if score == nil {
		return
	}
	p.title(fmt.Sprintf("%s %s of 10", name, Score(score.GetScore())))
	drivers := make([]string, 0, len(score.GetDrivers()))
	for _, driver := range score.GetDrivers() {
		drivers = append(drivers, fmt.Sprintf("%s %s", driver.GetName(), Signed(driver.GetPoints(), 1)))
	}
	p.printf("%s\n", strings.Join(drivers, " · "))
}

func (p *printer) claims(claims []*callrankv1.Claim, sized []*callrankv1.SizedClaim) {
	if len(claims) == 0 {
		p.title("No claims about AI with a figure")
		return
	}
	worth := map[string]*callrankv1.SizedClaim{}
	for _, s := range sized {
		worth[s.GetClaimId()] = s
	}
	p.title("Claims")
	t := newTable(p.to, "", "figures", "of", "", "", "worth", "said")
	t.SetColumnConfigs([]table.ColumnConfig{
		{Number: 2, WidthMax: widest / 2}, {Number: 3, WidthMax: widest / 2}, {Number: 6, WidthMax: widest / 2}, {Number: 7, WidthMax: widest},
	})
	for _, claim := range claims {
		t.AppendRow(table.Row{
			claim.GetId(), Figures(claim), strings.TrimSpace(claim.GetSubject() + " " + claim.GetMetric()),
			claim.GetRelevance(), claim.GetOrientation(), worthOf(claim, worth[claim.GetId()]),
			text.Trim(claim.GetQuote(), 2*widest),
		})
		t.AppendSeparator()
	}
	t.Render()
}

// Figures are the figures of a claim as they were said.
func Figures(claim *callrankv1.Claim) string {
	texts := make([]string, 0, len(claim.GetFigures()))
	for _, figure := range claim.GetFigures() {
		said := figure.GetText()
		if figure.Comparator != nil {
			said += " " + figure.GetComparator()
		}
		texts = append(texts, said)
	}
	return strings.Join(texts, ", ")
}

// worthOf says in short what a claim is worth, or why it is not known.
func worthOf(claim *callrankv1.Claim, sized *callrankv1.SizedClaim) string {
	switch {
	case claim.Repeats != nil:
		return "repeats " + claim.GetRepeats()
	case sized == nil:
		return Dash
	case sized.CountedUnder != nil:
		return fmt.Sprintf("%s, counted under %s", sized.GetMethod(), sized.GetCountedUnder())
	case sized.EpsPct != nil:
		return fmt.Sprintf("%s, %s of EPS", sized.GetMethod(), Percent(sized.GetEpsPct()))
	default:
		return sized.GetMethod()
	}
}

func (p *printer) quotes(quotes []*callrankv1.Quote) {
	if len(quotes) == 0 {
		return
	}
	strongest := slices.Clone(quotes)
	slices.SortStableFunc(strongest, func(a, b *callrankv1.Quote) int { return cmp.Compare(b.GetStrength(), a.GetStrength()) })
	p.title("In their words")
	for _, quote := range strongest[:min(mostQuotes, len(strongest))] {
		p.printf("%s\n   %s, %s\n", text.WrapSoft("“"+quote.GetQuote()+"”", 2*widest), quote.GetSpeaker(), quote.GetSection())
	}
}

func (p *printer) questions(exchanges []*callrankv1.Exchange) {
	var about []*callrankv1.Exchange
	for _, exchange := range exchanges {
		if exchange.GetAboutAi() {
			about = append(about, exchange)
		}
	}
	if len(about) == 0 {
		return
	}
	p.title(fmt.Sprintf("Asked about AI, %d of %d", len(about), len(exchanges)))
	for _, exchange := range about {
		answerers := make([]string, 0, len(exchange.GetAnswers()))
		for _, answer := range exchange.GetAnswers() {
			if !slices.Contains(answerers, answer.GetSpeaker()) {
				answerers = append(answerers, answer.GetSpeaker())
			}
		}
		p.printf("%s (%s), answered by %s, directness %s\n", exchange.GetAnalyst(), Word(exchange.Firm),
			strings.Join(answerers, " and "), Maybe(exchange.Directness, func(d float64) string { return decimal(d, 2) }))
		p.printf("%s\n", text.WrapSoft("   “"+text.Trim(exchange.GetQuestion().GetQuote(), 4*widest)+"”", 2*widest))
	}
}

func (p *printer) warnings(warnings []*callrankv1.Warning) {
	if len(warnings) == 0 {
		return
	}
	p.title("Warnings")
	for _, warning := range warnings {
		p.printf("%s: %s\n", warning.GetCode(), warning.GetMessage())
	}
}
