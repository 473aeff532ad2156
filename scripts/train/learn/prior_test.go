package learn

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/pkg/lexicon"
)

func TestEveryPriorIsOfAnAnswerAndAFeatureThatAreThere(t *testing.T) {
	t.Parallel()
	hand, err := loadPriors()
	require.NoError(t, err)
	names := insight.NewRules(lexicon.AI()).FeatureNames()
	seen := 0
	for _, trait := range traits() {
		for answer, weights := range hand[trait.name] {
			require.Contains(t, trait.answers, answer, trait.name)
			for feature := range weights {
				require.Contains(t, names, feature, trait.name)
				require.True(t, trait.sees(feature), "%s is not told from %s", trait.name, feature)
			}
		}
		if _, ok := hand[trait.name]; ok {
			seen++
		}
	}
	for _, model := range []string{insight.ModelClaim, insight.ModelCore} {
		seen++
		require.Len(t, hand[model], 1)
		for feature := range hand[model][yes] {
			require.Contains(t, names, feature, model)
		}
	}
	require.Len(t, hand, seen, "every choice is one that is learnt")
}
