package fit_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/scripts/train/fit"
)

// rows of one feature each, answered yes as often as the share.
func rowsOf(feature, n int, share float64) []fit.Row {
	rows := make([]fit.Row, n)
	for i := range rows {
		rows[i] = fit.Row{Features: []fit.Feature{{Index: feature, Amount: 1}}, Weight: 1}
		if float64(i) < share*float64(n) {
			rows[i].Answer = 1
		}
	}
	return rows
}

func TestLogisticFindsTheShareOfEachFeature(t *testing.T) {
	t.Parallel()
	rows := append(rowsOf(0, 200, 0.9), rowsOf(1, 200, 0.2)...)
	l := fit.Logistic(rows, 2, 1e-3, nil, nil)
	for feature, share := range []float64{0.9, 0.2} {
		odds := l.Of([]fit.Feature{{Index: feature, Amount: 1}})
		require.InDelta(t, share, 1/(1+math.Exp(-odds)), 0.01)
	}
	again := fit.Logistic(rows, 2, 1e-3, nil, nil)
	require.Equal(t, l, again)
}

func TestARidgePenaltyShrinksWeights(t *testing.T) {
	t.Parallel()
	rows := append(rowsOf(0, 50, 0.9), rowsOf(1, 50, 0.2)...)
	loose, tight := fit.Logistic(rows, 2, 0.1, nil, nil), fit.Logistic(rows, 2, 50, nil, nil)
	require.Greater(t, math.Abs(loose.Weights[0]), math.Abs(tight.Weights[0]))
}

func TestSoftmaxFindsTheAnswerOfEachFeature(t *testing.T) {
	t.Parallel()
	rows := make([]fit.Row, 0, 120)
	for answer := range 3 {
		for range 40 {
			rows = append(rows, fit.Row{Features: []fit.Feature{{Index: answer, Amount: 1}}, Answer: answer, Weight: 1})
		}
	}
	models := fit.Softmax(rows, 3, 3, 0.1, nil, nil)
	for answer := range 3 {
		for other := range 3 {
			at := []fit.Feature{{Index: answer, Amount: 1}}
			require.GreaterOrEqual(t, models[answer].Of(at), models[other].Of(at))
		}
	}
}

func TestSoftmaxBeginsAtItsPrior(t *testing.T) {
	t.Parallel()
	prior := []*fit.Linear{{Weights: []float64{2, 0}}, {Weights: []float64{0, 1}}}
	models := fit.Softmax(nil, 2, 2, 4, prior, nil)
	require.Equal(t, prior[0].Weights, models[0].Weights)
	require.Equal(t, prior[1].Weights, models[1].Weights)

	against := []fit.Row{{Features: []fit.Feature{{Index: 0, Amount: 1}}, Answer: 1, Weight: 20}}
	models = fit.Softmax(against, 2, 2, 1, prior, nil)
	require.Less(t, models[0].Weights[0], 2.0, "what is seen moves it")
}

func TestSignedWeightsKeepTheirSigns(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 12).Draw(t, "rows")
		rows, y := make([][]float64, n), make([]float64, n)
		for i := range rows {
			for range 3 {
				rows[i] = append(rows[i], rapid.Float64Range(-2, 2).Draw(t, "amount"))
			}
			y[i] = rapid.Float64Range(0, 10).Draw(t, "score")
		}
		l := fit.Signed(rows, y, []float64{1, 1, -1}, 0.3, true)
		require.GreaterOrEqual(t, l.Weights[0], 0.0)
		require.GreaterOrEqual(t, l.Weights[1], 0.0)
		require.LessOrEqual(t, l.Weights[2], 0.0)
	})
}

func TestSignedFitsWhatIsLinear(t *testing.T) {
	t.Parallel()
	rows, y := make([][]float64, 0, 20), make([]float64, 0, 20)
	for i := range 20 {
		a, b := float64(i%5), float64(i%3)
		rows, y = append(rows, []float64{a, b}), append(y, 1+2*a-b)
	}
	l := fit.Signed(rows, y, []float64{1, -1}, 0, true)
	require.InDelta(t, 1, l.Bias, 1e-6)
	require.InDelta(t, 2, l.Weights[0], 1e-6)
	require.InDelta(t, -1, l.Weights[1], 1e-6)
}

func TestSignedWithoutABiasBeginsAtZero(t *testing.T) {
	t.Parallel()
	l := fit.Signed([][]float64{{1}, {2}, {3}}, []float64{2, 4, 6}, []float64{1}, 0, false)
	require.Zero(t, l.Bias)
	require.InDelta(t, 2, l.Weights[0], 1e-6)
}
