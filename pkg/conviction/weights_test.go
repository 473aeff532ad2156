package conviction_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/conviction"
)

func TestTheDefaultWeightsAreSound(t *testing.T) {
	t.Parallel()
	w := conviction.Default()
	require.NotEmpty(t, w.Version)
	require.NotSame(t, w, conviction.Default(), "nobody can change another's weights")
}

func TestParseWeightsRefusesWhatGoesAgainstSense(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change  func(*conviction.Weights)
		problem string
	}{
		"no version":                      {func(w *conviction.Weights) { w.Version = "" }, "version: missing"},
		"enthusiasm that costs":           {func(w *conviction.Weights) { w.Enthusiasm.PerPoint = -1 }, "enthusiasm.per_point"},
		"a maximum beyond reason":         {func(w *conviction.Weights) { w.Impact.Max = 1e9 }, "impact.max"},
		"claims that cost":                {func(w *conviction.Weights) { w.Quantifies.PerClaim = -0.5 }, "quantifies.per_claim"},
		"a trend the other way":           {func(w *conviction.Weights) { w.Trend.NoneAt, w.Trend.FullAt = 1, -1 }, "trend"},
		"a trend without width":           {func(w *conviction.Weights) { w.Trend.NoneAt = w.Trend.FullAt }, "trend"},
		"priced in pays more":             {func(w *conviction.Weights) { w.Impact.PricedIn.High = 1; w.Impact.PricedIn.Low = 0.5 }, "low ≥ medium ≥ high"},
		"a factor above one":              {func(w *conviction.Weights) { w.Impact.PricedIn.Low = 2 }, "factors from 0 to 1"},
		"inline above the most":           {func(w *conviction.Weights) { w.Impact.InlineShare = 1.5 }, "inline_share"},
		"large companies under the radar": {func(w *conviction.Weights) { w.UnderRadar.FullAtUSD = 1e15 }, "full_at_usd"},
		"a radar from nothing":            {func(w *conviction.Weights) { w.UnderRadar.FullAtUSD = 0 }, "full_at_usd"},
		"no hard claims to count":         {func(w *conviction.Weights) { w.Credibility.HardClaims = 0 }, "hard_claims"},
		"a reward for contradictions":     {func(w *conviction.Weights) { w.Credibility.PerContradiction = -1 }, "per_contradiction"},
		"doing nothing beats buying":      {func(w *conviction.Weights) { w.Confirmation.EvenShare = 2 }, "even_share"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := conviction.Default()
			tt.change(w)
			b, err := json.Marshal(w)
			require.NoError(t, err)
			_, err = conviction.ParseWeights(b)
			require.ErrorContains(t, err, tt.problem)
		})
	}
	for name, document := range map[string]string{
		"an unknown field": `{"version": "1", "enthusiasme": {}}`,
		"no JSON":          `version: 1`,
		"two documents":    `{"version": "1"} {}`,
		"nothing":          ``,
		"no numbers":       `{"version": "1"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := conviction.ParseWeights([]byte(document))
			require.Error(t, err)
		})
	}
}

func FuzzParseWeights(f *testing.F) {
	b, err := json.Marshal(conviction.Default())
	require.NoError(f, err)
	f.Add(b)
	f.Add([]byte(`{"version": "1", "trend": {"max": 1e308, "none_at": -1e308, "full_at": 1e308}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		w, err := conviction.ParseWeights(b)
		if err != nil {
			return
		}
		c := conviction.Stand("HLYD", pageCalls(), w).GetConviction()
		require.GreaterOrEqual(t, c.GetScore(), 0.0)
		require.LessOrEqual(t, c.GetScore(), c.GetOutOf())
	})
}
