package insight

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/lexicon"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func TestEveryWeightIsOfAFeatureThatExists(t *testing.T) {
	t.Parallel()
	names := featureNames(lexicon.AI())
	require.Len(t, fixedNames(), fixedFeatures)
	w, err := loadWeights()
	require.NoError(t, err)
	known := func(m Model, names []string, where string) {
		for f, x := range m.Weights {
			require.Contains(t, names, f, where)
			require.False(t, math.IsNaN(x) || math.IsInf(x, 0))
		}
	}
	known(w.Models[ModelClaim], names, ModelClaim)
	known(w.Models[ModelCore], names, ModelCore)
	known(w.Models[ModelClaimInContext], contextNames(), ModelClaimInContext)
	known(w.Models[ModelCoreInContext], coreNames(), ModelCoreInContext)
	known(w.Models[ModelQuestion], questionNames(), ModelQuestion)
	require.Len(t, contextNames(), contextFeatures)
	require.Len(t, coreNames(), coreFeatures)
	require.Len(t, questionNames(), askFeatures)
	for name, c := range w.Choices {
		for answer, m := range c.Answers {
			known(m, names, name+" "+answer)
		}
	}
}

func TestEveryAnswerIsAWordOfTheSchema(t *testing.T) {
	t.Parallel()
	w, err := loadWeights()
	require.NoError(t, err)
	for name, want := range map[string][]string{
		"orientation": {callrankv1.OrientationPast, callrankv1.OrientationCurrent, callrankv1.OrientationForward},
		"line":        {callrankv1.LineTop, callrankv1.LineBottom, callrankv1.LineBoth, callrankv1.LineNone},
		"kind": {
			callrankv1.ClaimRevenue, callrankv1.ClaimCost, callrankv1.ClaimProductivity, callrankv1.ClaimEngagement,
			callrankv1.ClaimCapacity, callrankv1.ClaimPricePerformance, callrankv1.ClaimCommitment, callrankv1.ClaimOther,
		},
	} {
		got := make([]string, 0, len(want))
		for answer := range w.Choices[name].Answers {
			got = append(got, answer)
		}
		slices.Sort(got)
		slices.Sort(want)
		require.Equal(t, want, got)
	}
}

func TestWeightsDoNotGoAgainstSense(t *testing.T) {
	t.Parallel()
	w, err := loadWeights()
	require.NoError(t, err)
	for _, name := range []string{"enthusiasm", "substance"} {
		for driver, x := range w.Models[name].Weights {
			if driver == "hedging" {
				require.LessOrEqual(t, x, 0.0, "more hedging never raises %s", name)
				continue
			}
			require.GreaterOrEqual(t, x, 0.0, "more %s never lowers %s", driver, name)
		}
	}
	for _, f := range []string{"theme", "anchor", "carried", "asked", "question", "near", "echo"} {
		require.GreaterOrEqual(t, w.Models["claim"].Weights[f], 0.0, f)
	}
}

func TestPointsAddUpToTheScore(t *testing.T) {
	t.Parallel()
	m := Model{Bias: 1.04, Weights: map[string]float64{"a": 3.33, "b": 2.26, "c": -0.41, "d": 9}}
	for name, drivers := range map[string][]driver{
		"nothing":       nil,
		"some":          {{"a", 1, 0.5}, {"b", 1, 1}, {"c", 1, 1}},
		"above the top": {{"a", 1, 1}, {"b", 1, 1}, {"d", 1, 1}, {"c", 1, 0.3}},
		"below zero":    {{"c", 9, 9}},
	} {
		s := score(m, "base", drivers)
		tenths := 0.0
		for _, d := range s.GetDrivers() {
			tenths += math.Round(10 * d.GetPoints())
		}
		require.InDelta(t, 10*s.GetScore(), tenths, 1e-9, name)
		require.GreaterOrEqual(t, s.GetScore(), 0.0)
		require.LessOrEqual(t, s.GetScore(), 10.0)
	}
}
