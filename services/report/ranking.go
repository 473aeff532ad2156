package report

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// widest bounds the text in a column, so that a table fits a terminal.
const widest = 60

// newTable is a table in the style of all of them.
func newTable(to io.Writer, header ...any) table.Writer {
	t := table.NewWriter()
	t.SetOutputMirror(to)
	t.SetStyle(table.StyleLight)
	style := t.Style()
	style.Format.Header = text.FormatDefault
	style.Options.SeparateColumns = false
	style.Options.DrawBorder = false
	if len(header) > 0 {
		t.AppendHeader(table.Row(header))
	}
	return t
}

// right aligns columns to the right.
func right(columns ...int) []table.ColumnConfig {
	configs := make([]table.ColumnConfig, 0, len(columns))
	for _, column := range columns {
		configs = append(configs, table.ColumnConfig{Number: column, Align: text.AlignRight, AlignHeader: text.AlignRight})
	}
	return configs
}

// Ranking prints the ranking as a table.
func Ranking(to io.Writer, ranking *callrankv1.Ranking) error {
	p := &printer{to: to}
	if ranking.GetState() == callrankv1.RankingRebuilding {
		p.printf("The ranking is being built from the streams; what is here may not be all.\n")
	}
	switch ranking.GetBasis() {
	case callrankv1.BasisAnnounced:
		p.printf("As it had been announced by %s.\n", ranking.GetAsOf())
	case callrankv1.BasisCalls:
		p.printf("By the calls held up to %s, as they are read now.\n", ranking.GetAsOf()[:len("2026-03-01")])
	}
	if len(ranking.GetEntries()) == 0 {
		p.printf("%s\n", nobody(ranking))
		return p.err
	}
	t := newTable(plain{to}, "#", "Company", "", "Score", "out of", "Talk", "Proof", "goes", "EPS", "vs analysts", "priced in", "Market", "Latest call", "")
	t.SetColumnConfigs(right(1, 4, 5, 6, 7, 9, 12))
	for _, e := range ranking.GetEntries() {
		stale := ""
		if e.GetStale() {
			stale = "stale"
		}
		t.AppendRow(table.Row{
			e.GetRank(), e.GetTicker(), text.Trim(e.GetCompany(), 32),
			fmt.Sprintf("%.1f", e.GetScore()), Points(e.GetOutOf()),
			Score(e.GetEnthusiasm()), Score(e.GetSubstance()), Word(e.Trajectory),
			Maybe(e.EpsPct, Change), Word(e.VersusAnalysts), Word(e.PricedIn),
			Maybe(e.MarketCap, func(v float64) string { return Money(v, "USD") }),
			Period(e.GetCall()) + "  " + e.GetCall().GetCallDate(), stale,
		})
	}
	t.Render()
	of := ranking.GetRanked()
	if ranking.Matched != nil {
		of = ranking.GetMatched()
	}
	if n := int(of) - len(ranking.GetEntries()); n > 0 {
		p.printf("and %d more\n", n)
	}
	return p.err
}

// nobody says why there is no company in a ranking.
func nobody(ranking *callrankv1.Ranking) string {
	switch {
	case ranking.GetRanked() > 0:
		return fmt.Sprintf("None of the %d companies in the ranking is there.", ranking.GetRanked())
	case ranking.GetBasis() == callrankv1.BasisAnnounced:
		return "No company had been ranked. What was published later is not known then: --basis calls ranks by the dates of the calls."
	case ranking.AsOf != nil:
		return "No company had held a call."
	}
	return "No company is ranked yet. Publish a transcript: callrank publish FILE"
}

// Period is the fiscal period of a call: Q4 FY2025, H1 FY2025.
func Period(call *callrankv1.Call) string {
	switch {
	case call.GetFiscalYear() == 0:
		return Dash
	case call.GetFiscalQuarter() != 0:
		return fmt.Sprintf("Q%d FY%d", call.GetFiscalQuarter(), call.GetFiscalYear())
	case call.GetFiscalHalf() != 0:
		return fmt.Sprintf("H%d FY%d", call.GetFiscalHalf(), call.GetFiscalYear())
	default:
		return Dash
	}
}

// Move is by how many points a change moved the score, up or down.
func Move(change *callrankv1.RankingChange) float64 {
	return math.Abs(change.GetScoreAfter() - change.GetScoreBefore())
}

// Line prints a change in a line.
func Line(change *callrankv1.RankingChange) string {
	var b strings.Builder
	at, _, _ := strings.Cut(change.GetChangedAt(), ".")
	fmt.Fprintf(&b, "%s  %-6s ", strings.TrimSuffix(at, "Z"), change.GetTicker())
	switch {
	case change.GetLeft():
		fmt.Fprintf(&b, "left from #%d, %.1f of %s; %d remain", change.GetRankBefore(),
			change.GetScoreAfter(), Points(change.GetOutOfAfter()), change.GetRanked())
	case change.RankBefore == nil:
		fmt.Fprintf(&b, "new at #%d of %d, %.1f of %s", change.GetRankAfter(), change.GetRanked(),
			change.GetScoreAfter(), Points(change.GetOutOfAfter()))
	default:
		fmt.Fprintf(&b, "#%d → #%d of %d, %.1f → %.1f of %s", change.GetRankBefore(), change.GetRankAfter(), change.GetRanked(),
			change.GetScoreBefore(), change.GetScoreAfter(), Points(change.GetOutOfAfter()))
	}
	if others := pushed(change); others != "" {
		fmt.Fprintf(&b, " (%s)", others)
	}
	fmt.Fprintf(&b, "  %s: %s", change.GetCallId(), change.GetWhy())
	return Plain(b.String())
}
