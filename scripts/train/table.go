package main

import (
	"fmt"
	"io"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/callrank/callrank/scripts/train/learn"
	"github.com/callrank/callrank/scripts/train/measure"
)

// line is one line of the table: what is measured and where it is to be.
type line struct {
	name string
	of   func(*measure.Tally) float64
	goal float64
}

func lines() []line {
	return []line{
		{"core figures found (recall)", func(t *measure.Tally) float64 { return t.Recall.Share() }, 0.90},
		{"figures called core that are claims (precision)", func(t *measure.Tally) float64 { return t.Precision.Share() }, 0.85},
		{"core figures called core", func(t *measure.Tally) float64 { return t.RecallCore.Share() }, 0.80},
		{"adjacent figures found", func(t *measure.Tally) float64 { return t.RecallAdjacent.Share() }, 0.70},
		{"precision over all claims", func(t *measure.Tally) float64 { return t.PrecisionAll.Share() }, 0.80},
		{"value and unit", func(t *measure.Tally) float64 { return t.Value.Share() }, 0.98},
		{"speaker", func(t *measure.Tally) float64 { return t.Speaker.Share() }, 0.98},
		{"section", func(t *measure.Tally) float64 { return t.Section.Share() }, 0.98},
		{"orientation", func(t *measure.Tally) float64 { return t.Orientation.Share() }, 0.85},
		{"line", func(t *measure.Tally) float64 { return t.Line.Share() }, 0.85},
		{"kind", func(t *measure.Tally) float64 { return t.Kind.Share() }, 0.85},
		{"questions about AI (F1)", (*measure.Tally).F1, 0.92},
		{"enthusiasm: rank correlation", func(t *measure.Tally) float64 { return t.Enthusiasm.Spearman() }, 0.93},
		{"enthusiasm: mean error", func(t *measure.Tally) float64 { return t.Enthusiasm.MeanError() }, 0.7},
		{"substance: rank correlation", func(t *measure.Tally) float64 { return t.Substance.Spearman() }, 0.93},
		{"substance: mean error", func(t *measure.Tally) float64 { return t.Substance.MeanError() }, 0.9},
		{"silent calls left silent", func(t *measure.Tally) float64 { return t.Silent.Share() }, 1},
	}
}

// printTable prints what was measured, beside the goals.
func printTable(w io.Writer, result *learn.Result, engine measure.Tally) {
	t := table.NewWriter()
	t.SetOutputMirror(w)
	t.SetStyle(table.StyleLight)
	t.AppendHeader(table.Row{"", "the engine on its own calls", "companies never seen", "without company packs", "goal"})
	for _, l := range lines() {
		t.AppendRow(table.Row{l.name, number(l.of(&engine)), number(l.of(&result.Unseen)), number(l.of(&result.Stranger)), fmt.Sprintf("%.2f", l.goal)})
	}
	right := text.AlignRight
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 2, Align: right}, {Number: 3, Align: right}, {Number: 4, Align: right}, {Number: 5, Align: right}})
	t.Render()
}

func number(x float64) string { return fmt.Sprintf("%.3f", x) }
