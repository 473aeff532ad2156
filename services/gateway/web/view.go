package web

import (
	"fmt"
	"html/template"
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
)

// functions are what templates print with. What is not known prints as the
// dash of the reports; templates say so in words where they can.
func functions(assets *assets) template.FuncMap {
	return template.FuncMap{
		"asset":   assets.address,
		"money":   money,
		"pct":     func(n *float64) template.HTML { return known(n, report.Percent) },
		"change":  func(n *float64) template.HTML { return known(n, report.Change) },
		"plus":    func(n float64) string { return report.Signed(n, 1) },
		"number":  func(n *float64) template.HTML { return known(n, report.Points) },
		"points":  report.Points,
		"score":   report.Score,
		"period":  period,
		"figures": figures,
		"plain":   plainWord,
		"assumed": report.Assumed,
		"code":    code,
		"moment":  report.Moment,
		"hue":     hue,
		"coord":   coord,
		"scaled":  report.Scaled,

		"claimLabel":  claimLabel,
		"epsOf":       func(call *callrankv1.CallSummary) *float64 { return epsPct(call.GetGrounding()) },
		"epsPct":      func(v *impactView) *float64 { return epsPct(v.Grounding) },
		"revenuePct":  func(v *impactView) *float64 { return revenuePct(v.Grounding) },
		"sizedArgs":   func(row sizedRow, call, currency string) sizedArgs { return sizedArgs{row, call, currency} },
		"told":        spelled,
		"answerName":  answerAnchor,
		"claimArgs":   func(claim *callrankv1.Claim, call string, named bool) claimArgs { return claimArgs{claim, call, named} },
		"quoteArgs":   func(quote quoteRow, call, period string) quoteArgs { return quoteArgs{quote, call, period} },
		"askArgs":     func(ask exchangeRow, call, period string) askArgs { return askArgs{ask, call, period} },
		"section":     sectionCode,
		"sectionName": sectionName,
	}
}

// money is an amount that may be unknown.
func money(n *float64, currency string) template.HTML {
	return known(n, func(v float64) string { return report.Money(v, currency) })
}

// known prints a number, or says that it is unknown.
func known(n *float64, format func(float64) string) template.HTML {
	var m markup
	if n == nil {
		m.known(false, "")
	} else {
		m.text(format(*n))
	}
	return m.html()
}

// dollars are an amount of the market, which is in US dollars.
func dollars(n *float64) template.HTML { return money(n, "USD") }

// period is the fiscal period of a call, or its date, or its id.
func period(call *callrankv1.Call) string {
	if text := report.Period(call); text != report.Dash {
		return text
	}
	if date := call.GetCallDate(); date != "" {
		return date
	}
	return report.PeriodOfID(call.GetId())
}

// figures are a claim's figures as they were spoken.
func figures(claim *callrankv1.Claim) string {
	texts := make([]string, 0, len(claim.GetFigures()))
	for _, figure := range claim.GetFigures() {
		text := figure.GetText()
		if against := figure.GetComparator(); against != "" && !strings.Contains(text, against) {
			text += " " + against
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}

// plainWord is a word of the closed sets as people read it: run rate of
// run_rate.
func plainWord(word string) string { return strings.ReplaceAll(word, "_", " ") }

// codes are the closed words that may become part of a class name.
var codes = map[string]bool{ //nolint:gochecknoglobals // A table.
	callrankv1.ComponentEnthusiasm: true, callrankv1.ComponentTrend: true, callrankv1.ComponentQuantifies: true,
	callrankv1.ComponentImpact: true, callrankv1.ComponentUnderRadar: true, callrankv1.ComponentCredibility: true,
	callrankv1.ComponentConfirmation: true,
	callrankv1.KindExecutive:         true, callrankv1.KindIR: true, callrankv1.KindAnalyst: true, callrankv1.KindOperator: true,
	callrankv1.AnalystsAbove: true, callrankv1.AnalystsInline: true, callrankv1.AnalystsBelow: true,
	callrankv1.PricedInLow: true, callrankv1.PricedInMedium: true, callrankv1.PricedInHigh: true,
}

// code is a closed word as part of a class name; what is not closed is other.
func code(word string) string {
	if codes[word] {
		return word
	}
	return "other"
}

// sectionCode is a section as part of a class name.
func sectionCode(section string) string {
	switch section {
	case callrankv1.SectionPrepared, callrankv1.SectionQA, callrankv1.SectionTakeaways:
		return section
	}
	return "other"
}

// sectionName is a section as people read it.
func sectionName(section string) string {
	switch section {
	case callrankv1.SectionPrepared:
		return "prepared remarks"
	case callrankv1.SectionQA:
		return "Q&A"
	case callrankv1.SectionTakeaways:
		return "publisher’s takeaways"
	}
	return section
}

// coord is a coordinate of a chart.
func coord(v float64) string {
	text := fmt.Sprintf("%.1f", v)
	return strings.TrimSuffix(text, ".0")
}

// claimArgs, quoteArgs and askArgs are what a claim, a quote and a question are
// printed with: whose call they are of, and whether the claim is found by its
// id on the page.
type claimArgs struct {
	*callrankv1.Claim

	Call  string
	Named bool
}

type quoteArgs struct {
	quoteRow

	Call, Period string
}

type askArgs struct {
	exchangeRow

	Call, Period string
}
