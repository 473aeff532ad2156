package measure_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/scripts/train/gold"
	"github.com/callrank/callrank/scripts/train/measure"
)

func TestATallyOfOneCall(t *testing.T) {
	t.Parallel()
	core := &gold.Claim{Relevance: "core", Kind: "revenue", Line: "topline", Orientation: "past", Section: "prepared", Speaker: "Ada Example"}
	adjacent := &gold.Claim{Relevance: "adjacent", Kind: "cost", Section: "prepared"}
	g := &gold.Call{
		Figures: []gold.Figure{
			{Start: 10, End: 15, Claim: core, Value: new(5e6), Unit: "$", Required: true},
			{Start: 30, End: 35, Claim: core, Required: true},
			{Start: 50, End: 55, Claim: adjacent, Value: new(3.0), Unit: "%", Required: true},
		},
		Questions:  []gold.Question{{Analyst: "Quentin Analyst", About: new(true)}, {Analyst: "Q. Other", About: new(true)}, {Analyst: "Nobody"}},
		Enthusiasm: new(5.0),
	}
	figure := func(start, end uint32, value float64, unit string) *callrankv1.Figure {
		return &callrankv1.Figure{Source: &callrankv1.Span{Start: start, End: end}, Value: new(value), Unit: unit}
	}
	a := &callrankv1.Analysis{
		Claims: []*callrankv1.Claim{
			{Relevance: "core", Kind: "revenue", Line: "both", Section: "prepared", Speaker: "A. Example", Figures: []*callrankv1.Figure{
				figure(8, 15, 5e6, "USD"), figure(90, 95, 1, "count"),
			}},
			{Relevance: "adjacent", Kind: "cost", Section: "qa", Figures: []*callrankv1.Figure{figure(50, 55, -3, "percent")}},
		},
		Exchanges:  []*callrankv1.Exchange{{Analyst: "Quentin Analyst", AboutAi: new(true)}},
		Enthusiasm: &callrankv1.Score{Score: 6},
	}
	var tally measure.Tally
	tally.Call(g, a)
	require.Equal(t, measure.Rate{Right: 1, All: 2}, tally.Recall)
	require.Equal(t, measure.Rate{Right: 1, All: 2}, tally.RecallCore)
	require.Equal(t, measure.Rate{Right: 1, All: 1}, tally.RecallAdjacent)
	require.Equal(t, measure.Rate{Right: 1, All: 2}, tally.Precision)
	require.Equal(t, measure.Rate{Right: 2, All: 3}, tally.PrecisionAll)
	require.Equal(t, measure.Rate{Right: 2, All: 2}, tally.Value)
	require.Equal(t, measure.Rate{Right: 1, All: 1}, tally.Speaker)
	require.Equal(t, measure.Rate{Right: 1, All: 2}, tally.Section)
	require.Equal(t, measure.Rate{Right: 2, All: 2}, tally.Kind)
	require.Equal(t, measure.Rate{Right: 0, All: 1}, tally.Line)
	require.InDelta(t, 2.0/3, tally.F1(), 1e-9)
	require.InDelta(t, 1, tally.Enthusiasm.MeanError(), 1e-9)
}

func TestRankCorrelation(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		a, b []float64
		want float64
	}{
		"the same order":     {[]float64{1, 2, 3, 4}, []float64{10, 20, 30, 40}, 1},
		"the order reversed": {[]float64{1, 2, 3, 4}, []float64{4, 3, 2, 1}, -1},
		"two changed round":  {[]float64{1, 2, 3, 4}, []float64{1, 3, 2, 4}, 0.8},
		"ties":               {[]float64{1, 1, 2, 2}, []float64{1, 1, 2, 2}, 1},
	} {
		scores := measure.Scores{Readers: c.a, Engine: c.b}
		require.InDelta(t, c.want, scores.Spearman(), 1e-9, name)
	}
}
