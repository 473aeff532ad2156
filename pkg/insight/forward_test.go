package insight

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryCueOfTimeHasAWeight(t *testing.T) {
	t.Parallel()
	f, err := loadForward()
	require.NoError(t, err)
	groups := map[string]bool{}
	for _, list := range f.cues {
		for _, c := range list {
			groups[c.group] = true
		}
	}
	w, err := loadWeights()
	require.NoError(t, err)
	for group := range w.Models["forward"].Weights {
		require.True(t, groups[group], group)
	}
	for _, group := range []string{cueExpectation, cueOutlook, cuePossibility, cueAhead, cueChange, cueState, cueBeaten} {
		require.True(t, groups[group], group)
	}
}

func TestExpectedFiguresAreTold(t *testing.T) {
	t.Parallel()
	f := NewForward()
	for _, sentence := range []string{
		"We expect AI bookings of $40 million next year.",
		"Capital spending is expected to be between $2 billion and $3 billion.",
		"Margins will be roughly 25%.",
		"The team aims to reach 5,000 customers by the end of 2027.",
		"Our guidance of $70 million assumes stable prices.",
		"Revenue rose 5% to $80 million, and we anticipate growth of 7% from here.",
		"We're on track to save 12,000 hours.",
		"Growth of 9% is likely in the second half.",
	} {
		require.True(t, f.Expects(sentence), sentence)
	}
}

func TestRealisedFiguresAreTold(t *testing.T) {
	t.Parallel()
	f := NewForward()
	for _, sentence := range []string{
		"Revenue was $80 million, up 5%.",
		"Earnings of $1.20 a share beat the consensus estimate of $1.10.",
		"We delivered 12% growth, above the high end of our guidance.",
		"Costs fell to $6 million, compared to the expected range of $7 million to $9 million.",
		"The assistant answered 60% of the tickets last quarter.",
		"We ended the year with 300 customers, and we look forward to serving them.",
		"",
	} {
		require.False(t, f.Expects(sentence), sentence)
	}
}

func FuzzExpects(f *testing.F) {
	for _, seed := range []string{"we expect 5%", "will will will 5", "guidance of $5 was raised from 3 to 4", "\xff estimates 7%"} {
		f.Add(seed)
	}
	forward := NewForward()
	f.Fuzz(func(t *testing.T, sentence string) {
		require.Equal(t, forward.Expects(sentence), forward.Expects(sentence))
	})
}
