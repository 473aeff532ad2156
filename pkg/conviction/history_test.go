package conviction_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/conviction"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// enthusiasms are calls of successive quarters.
func enthusiasms(scores ...float64) []*callrankv1.CallSummary {
	calls := make([]*callrankv1.CallSummary, 0, len(scores))
	for i, score := range scores {
		const quarters = 4
		calls = append(calls, &callrankv1.CallSummary{Call: quarter(2024+int32(i)/quarters, 1+int32(i)%quarters), Enthusiasm: score})
	}
	return calls
}

func TestHistoryIsTheScoreAtEachCall(t *testing.T) {
	t.Parallel()
	calls := enthusiasms(6, 7, 7)
	history := conviction.Stand("HLYD", calls, conviction.Default()).GetHistory()
	require.Len(t, history, 3)
	require.Equal(t, "HLYD-2024Q1", history[0].GetCallId())
	require.Equal(t, 24.0, history[0].GetScore(), "no trend is known at the first call")
	require.Equal(t, 36.0, history[1].GetScore(), "28 for enthusiasm and 8 for a rise of a point")
	require.Equal(t, 32.0, history[2].GetScore(), "28 for enthusiasm and 4 for holding it")
}

func TestHistoryEndsWhereACompanyStands(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(1, 6).Draw(t, "calls")
		calls := make([]*callrankv1.CallSummary, 0, count)
		for i := range count {
			call := anySummary(t, "call")
			call.Call = quarter(2020+int32(i), 1)
			calls = append(calls, call)
		}
		w := conviction.Default()
		standing := conviction.Stand("HLYD", calls, w)
		last := standing.GetHistory()[len(calls)-1]
		require.Equal(t, standing.GetConviction().GetScore(), last.GetScore())
		// What was known at a call is not changed by those after it.
		earlier := conviction.Stand("HLYD", calls[:len(calls)-1], w)
		for i, was := range earlier.GetHistory() {
			require.Equal(t, was.GetScore(), standing.GetHistory()[i].GetScore())
		}
	})
}

func TestABackfilledCallChangesTheTrendOfTheNewerOne(t *testing.T) {
	t.Parallel()
	w := conviction.Default()
	newer := enthusiasms(5, 8)[1:]
	before := conviction.Stand("HLYD", newer, w)
	require.Nil(t, component(t, before.GetConviction(), callrankv1.ComponentTrend).Points)

	calls, outcome := conviction.Merge(newer, enthusiasms(9)[0])
	require.Equal(t, conviction.Added, outcome)
	after := conviction.Stand("HLYD", calls, w)
	require.Equal(t, "HLYD-2024Q2", calls[1].GetCall().GetId(), "it is still ranked by the newer call")
	trend := component(t, after.GetConviction(), callrankv1.ComponentTrend)
	require.NotNil(t, trend.Points)
	require.Zero(t, trend.GetPoints(), "it fell by a point")
	require.True(t, conviction.Changed(before, after))
	require.Equal(t, "HLYD-2024Q1", conviction.Change(before, after, calls[0], "live").GetCallId())
}

func TestTrajectory(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		scores []float64
		want   string
	}{
		"one call goes nowhere":                      {[]float64{8}, ""},
		"more than before":                           {[]float64{6, 7}, callrankv1.TrajectoryRising},
		"less than before":                           {[]float64{7, 6}, callrankv1.TrajectoryFalling},
		"about the same":                             {[]float64{7, 7.4}, callrankv1.TrajectorySteady},
		"a dip after a climb is above the year":      {[]float64{5, 6, 9, 8}, callrankv1.TrajectoryRising},
		"what was said two years ago does not count": {[]float64{1, 1, 8, 8, 8, 8}, callrankv1.TrajectorySteady},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, conviction.Stand("HLYD", enthusiasms(tt.scores...), conviction.Default()).GetTrajectory())
		})
	}
}

func TestACallIsOldBeforeTheDayFromWhichCallsAreCurrent(t *testing.T) {
	t.Parallel()
	on := func(date string) *callrankv1.Call { return &callrankv1.Call{CallDate: &date} }
	require.True(t, conviction.Old(on("2025-10-30"), "2026-02-01"))
	require.False(t, conviction.Old(on("2026-02-01"), "2026-02-01"))
	require.False(t, conviction.Old(on(""), "2026-02-01"), "unknown is not old")
	require.False(t, conviction.Old(on("2025-10-30"), ""), "nobody asked")
}
