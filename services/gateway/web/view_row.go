package web

import (
	"html/template"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
)

// writeRows writes the rows of the ranking. A page holds some five hundred, so
// each is as short as it can be: closing tags that HTML implies are left out,
// and what columns have in common is left to the style. Charts are in the units of
// the style: no view box scales them.
func writeRows(entries []*callrankv1.RankingEntry, moves map[string]feedEntry, full float64) template.HTML {
	const around = 900
	var m markup
	m.b.Grow(around * len(entries))
	for _, entry := range entries {
		move, moved := moves[entry.GetTicker()]
		m.writeRow(entry, full, move, moved)
	}
	return m.html()
}

// writeRow writes the row of a company, in the order of the columns.
func (m *markup) writeRow(e *callrankv1.RankingEntry, full float64, move feedEntry, moved bool) {
	m.tag(`<tr><td>`).number(int(e.GetRank()))
	switch {
	case !moved:
	case move.Up > 0:
		m.tag(`<i class=up>`).number(move.Up).tag(`</i>`)
	case move.Down > 0:
		m.tag(`<i class=down>`).number(move.Down).tag(`</i>`)
	}
	m.tag(`<th><a href="/companies/`).segment(e.GetTicker()).tag(`"><b>`).text(e.GetTicker()).tag(`</b> `).text(e.GetCompany()).tag(`</a><small>`)
	if e.Sector == nil {
		m.tag(`sector unknown`)
	} else {
		m.text(e.GetSector())
	}
	m.tag(`</small><td><b>`).text(report.Score(e.GetScore())).tag(`</b> of `).text(report.Points(e.GetOutOf()))
	m.writeBar(e.GetComponents(), full)
	if moved {
		m.tag(`<small>`).text(move.Gain).tag(`</small>`)
	}
	m.tag(`<td>`).text(report.Score(e.GetEnthusiasm()))
	m.writeSpark(e.GetEnthusiasmByCall())
	m.tag(`<td>`).text(report.Score(e.GetSubstance()))
	m.writeGap(e.GetEnthusiasm(), e.GetSubstance())
	m.cell(e.EpsPct != nil, report.Change(e.GetEpsPct()))
	m.word(e.GetVersusAnalysts()).word(e.GetPricedIn())
	m.cell(e.MarketCap != nil, report.Money(e.GetMarketCap(), "USD"))
	m.tag(`<td><a href="/calls/`).segment(e.GetCall().GetId()).tag(`">`).text(period(e.GetCall())).tag(`</a><small>`).text(e.GetCall().GetCallDate())
	if e.GetStale() {
		m.tag(` <i class=stale title="its latest call is old">stale</i>`)
	}
	m.tag("</small>\n")
}

// known writes a text, or that it is unknown.
func (m *markup) known(known bool, text string) {
	if known {
		m.text(text)
		return
	}
	// The style shows a dash; who does not see it reads the word.
	m.tag(`<i class=none>unknown</i>`)
}

// cell writes the cell of a figure.
func (m *markup) cell(known bool, text string) {
	if known {
		m.tag(`<td>`).text(text)
		return
	}
	m.tag(unknownCell)
}

// unknownCell is the cell of what is not known: as known says it, in fewer
// bytes.
const unknownCell tag = `<td><i>unknown</i>`

// word writes the cell of a closed word.
func (m *markup) word(word string) *markup {
	switch hue := code(word); {
	case word == "":
		return m.tag(unknownCell)
	case hue == callrankv1.AnalystsAbove || hue == callrankv1.PricedInLow:
		return m.tag(`<td class=good>`).text(word)
	case hue == callrankv1.AnalystsBelow || hue == callrankv1.PricedInHigh:
		return m.tag(`<td class=poor>`).text(word)
	default:
		return m.tag(`<td>`).text(word)
	}
}
