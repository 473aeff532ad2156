package web

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"

	"github.com/callrank/callrank/pkg/conviction"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
)

// mostQuotes is how many quotes a company's page prints; the others are marked
// in the call.
const mostQuotes = 12

// companyView is the page of a company.
type companyView struct {
	Report   *callrankv1.CompanyReport
	Standing *callrankv1.Standing
	Analysis *callrankv1.Analysis
	Name     string
	// Call is the id of the call it is ranked by.
	Call   string
	Period string
	Bar    template.HTML
	Market template.HTML

	Latest, Previous *callrankv1.CallSummary
	// Before is the analysis of the call before; nil where there is none.
	Before                *beforeView
	Story                 *storyView
	Enthusiasm, Substance []driverRow
	Impact                *impactView
	Claims                []claimGroup
	Quotes                []quoteRow
	MoreQuotes            int
	Questions             []exchangeRow
	OtherQuestions        int
	Trajectory            trajectory
	// Ahead are the claims about what is to come.
	Ahead []*callrankv1.Claim
	// Prices are what the market pays, and what it knows.
	Prices []tile
	// Witnesses may bear management out.
	Witnesses []witnessRow
	// Calls are the latest first; Then is where the company stood by each.
	Calls    []*callrankv1.CallSummary
	Then     map[string]*callrankv1.CallScore
	Warnings []warningRow
	Unknown  []gap
}

// beforeView is what the call before the latest said.
type beforeView struct {
	Call, Period string
	Claims       []*callrankv1.Claim
	Quotes       []quoteRow
	Questions    []exchangeRow
}

// driverRow is a driver of a score, with its points as a bar.
type driverRow struct {
	*callrankv1.Driver

	// Since is by how much it adds more than in the call before; nil where that
	// is not known.
	Since *float64

	// X and Width are where its bar lies in one that is 60 wide, of which the
	// middle is nothing.
	X, Width float64
	Against  bool
}

// quoteRow, exchangeRow and warningRow are what a call holds, under the names
// by which they are found in its text.
type quoteRow struct {
	*callrankv1.Quote

	Anchor string
}

type exchangeRow struct {
	*callrankv1.Exchange

	Anchor string
}

type warningRow struct {
	*callrankv1.Warning

	Anchor string
}

// gap is something a reader may look for and that is not known.
type gap struct{ What, Why string }

// newCompanyView shows a company. before is the analysis of the call before the
// latest, or nil.
func newCompanyView(company *callrankv1.CompanyReport, before *callrankv1.Analysis, weights *conviction.Weights) *companyView {
	standing, analysis := company.GetStanding(), company.GetLatest()
	v := &companyView{
		Report: company, Standing: standing, Analysis: analysis,
		Name:       cmp.Or(standing.GetCompany(), standing.GetTicker()),
		Call:       analysis.GetCall().GetId(),
		Period:     period(analysis.GetCall()),
		Bar:        bar(standing.GetConviction().GetComponents(), fullScore(weights)),
		Market:     dollars(standing.MarketCap),
		Enthusiasm: driverRows(analysis.GetEnthusiasm(), before.GetEnthusiasm()),
		Substance:  driverRows(analysis.GetSubstance(), before.GetSubstance()),
		Impact:     newImpactView(analysis),
		Claims:     groupClaims(analysis.GetClaims()),
		Trajectory: newTrajectory(standing.GetCalls()),
		Calls:      slices.Clone(standing.GetCalls()),
		Warnings:   warningRows(analysis.GetWarnings()),
	}
	slices.Reverse(v.Calls)
	v.Then = map[string]*callrankv1.CallScore{}
	for _, then := range standing.GetHistory() {
		v.Then[then.GetCallId()] = then
	}
	if len(v.Calls) > 0 {
		v.Latest = v.Calls[0]
	}
	if len(v.Calls) > 1 {
		v.Previous = v.Calls[1]
	}
	v.Story = newStory(v.Latest, v.Previous, analysis, before)
	v.Quotes, v.MoreQuotes = strongest(analysis.GetQuotes())
	v.Questions = aboutAI(analysis.GetExchanges())
	v.OtherQuestions = len(analysis.GetExchanges()) - len(v.Questions)
	if before != nil {
		v.Before = newBeforeView(before)
	}
	for _, claim := range analysis.GetClaims() {
		if claim.GetOrientation() == callrankv1.OrientationForward && claim.Repeats == nil {
			v.Ahead = append(v.Ahead, claim)
		}
	}
	v.Prices = prices(analysis.GetGrounding())
	v.Witnesses = witnesses(analysis.GetGrounding().GetConfirmation())
	v.Unknown = v.gaps()
	return v
}

func newBeforeView(a *callrankv1.Analysis) *beforeView {
	v := &beforeView{Call: a.GetCall().GetId(), Period: period(a.GetCall()), Questions: aboutAI(a.GetExchanges())}
	v.Quotes, _ = strongest(a.GetQuotes())
	for _, claim := range a.GetClaims() {
		if claim.Repeats == nil && claim.GetSection() != callrankv1.SectionTakeaways {
			v.Claims = append(v.Claims, claim)
		}
	}
	return v
}

func driverRows(score, before *callrankv1.Score) []driverRow {
	const half = 30.0
	most := 0.0
	for _, driver := range score.GetDrivers() {
		most = max(most, math.Abs(driver.GetPoints()))
	}
	rows := make([]driverRow, 0, len(score.GetDrivers()))
	for _, driver := range score.GetDrivers() {
		row := driverRow{Driver: driver, Since: since(driver, before), X: half, Against: driver.GetPoints() < 0}
		if most > 0 {
			row.Width = half * math.Abs(driver.GetPoints()) / most
		}
		if row.Against {
			row.X -= row.Width
		}
		rows = append(rows, row)
	}
	return rows
}

// since is by how much a driver adds more than before.
func since(driver *callrankv1.Driver, before *callrankv1.Score) *float64 {
	if before == nil {
		return nil
	}
	return new(driver.GetPoints() - pointsOf(before)[driver.GetName()])
}

// strongest takes the strongest quotes, and tells how many more there are.
func strongest(quotes []*callrankv1.Quote) (rows []quoteRow, more int) {
	rows = quoteRows(quotes)
	slices.SortStableFunc(rows, func(a, b quoteRow) int { return cmp.Compare(b.GetStrength(), a.GetStrength()) })
	more = max(0, len(rows)-mostQuotes)
	return rows[:len(rows)-more], more
}

// aboutAI takes the questions about AI.
func aboutAI(exchanges []*callrankv1.Exchange) []exchangeRow {
	var about []exchangeRow
	for _, row := range exchangeRows(exchanges) {
		if row.GetAboutAi() {
			about = append(about, row)
		}
	}
	return about
}

// quoteAnchor and the like name what is marked in a call, by its place in the
// analysis.
func quoteAnchor(i int) string    { return fmt.Sprintf("q%02d", i+1) }
func exchangeAnchor(i int) string { return fmt.Sprintf("x%02d", i+1) }
func warningAnchor(i int) string  { return fmt.Sprintf("w%02d", i+1) }

func answerAnchor(exchange string, i int) string { return fmt.Sprintf("%sa%d", exchange, i+1) }

func quoteRows(quotes []*callrankv1.Quote) []quoteRow {
	rows := make([]quoteRow, 0, len(quotes))
	for i, quote := range quotes {
		rows = append(rows, quoteRow{quote, quoteAnchor(i)})
	}
	return rows
}

func exchangeRows(exchanges []*callrankv1.Exchange) []exchangeRow {
	rows := make([]exchangeRow, 0, len(exchanges))
	for i, exchange := range exchanges {
		rows = append(rows, exchangeRow{exchange, exchangeAnchor(i)})
	}
	return rows
}

func warningRows(warnings []*callrankv1.Warning) []warningRow {
	rows := make([]warningRow, 0, len(warnings))
	for i, warning := range warnings {
		rows = append(rows, warningRow{warning, warningAnchor(i)})
	}
	return rows
}

// gaps gathers what is not known, with the reason: unknown components, and
// what no source here tells.
func (v *companyView) gaps() []gap {
	var gaps []gap
	for _, c := range v.Standing.GetConviction().GetComponents() {
		if c.Points == nil {
			gaps = append(gaps, gap{plainWord(c.GetName()), c.GetReason()})
		}
	}
	if g := v.Analysis.GetGrounding(); g.GetStatus() != callrankv1.GroundingSized {
		gaps = append(gaps, gap{"grounded impact", cmp.Or(g.GetReason(), "the call was not grounded")})
	}
	const noSource = "no source that tells it is connected"
	return append(gaps,
		gap{"revisions of estimates", noSource},
		gap{"news", noSource},
		gap{"options and market structure", noSource},
	)
}

// tile is a figure with its name; empty where it is unknown.
type tile struct{ Name, Text string }

func prices(g *callrankv1.Grounding) []tile {
	v := g.GetValuation()
	if v == nil {
		v = &callrankv1.Valuation{}
	}
	named := func(name string, n *float64, format func(float64) string) tile {
		if n == nil {
			return tile{Name: name}
		}
		return tile{name, format(*n)}
	}
	dollars := func(n float64) string { return report.Money(n, "USD") }
	return []tile{
		{"Priced in", g.GetConsensus().GetPricedIn()},
		named("Price", v.Price, dollars),
		named("Market value", v.MarketCap, dollars),
		named("Forward P/E", v.ForwardPe, report.Points),
		named("Trailing P/E", v.TrailingPe, report.Points),
		named("Price to sales", v.PriceToSales, report.Points),
		{Name: "Revisions of estimates"},
		{Name: "Options"},
	}
}

// witnessRow is one of those who may bear management out. Class is for, against
// or neither.
type witnessRow struct {
	*callrankv1.Witness

	Name, Class string
}

// witnesses lists all, those of whom nothing is known too.
func witnesses(c *callrankv1.Confirmation) []witnessRow {
	rows := []witnessRow{
		{Witness: c.GetInsiders(), Name: "Insiders"},
		{Witness: c.GetInstitutions(), Name: "Institutions"},
		{Witness: c.GetLanguage(), Name: "Language of management"},
	}
	for i := range rows {
		switch rows[i].GetVerdict() {
		case callrankv1.WitnessBuying, callrankv1.WitnessAdding, callrankv1.WitnessConfident:
			rows[i].Class = "good"
		case callrankv1.WitnessSelling, callrankv1.WitnessReducing, callrankv1.WitnessHedged:
			rows[i].Class = "poor"
		}
	}
	return rows
}
