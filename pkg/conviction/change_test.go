package conviction_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/conviction"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func TestChange(t *testing.T) {
	t.Parallel()
	w := conviction.Default()
	stand := func(calls ...*callrankv1.CallSummary) *callrankv1.Standing { return conviction.Stand("HLYD", calls, w) }
	first, second := pageCalls()[0], pageCalls()[1]
	second.TopClaims = []*callrankv1.Claim{{
		Id: "c04", Subject: "AI revenue", Metric: "run rate", Figures: []*callrankv1.Figure{{Text: "over $15 billion"}},
	}}

	t.Run("a company that was not ranked has no score before", func(t *testing.T) {
		t.Parallel()
		after := stand(first)
		require.True(t, conviction.Changed(nil, after))
		change := conviction.Change(nil, after, first, "live")
		require.Nil(t, change.ScoreBefore)
		require.Nil(t, change.OutOfBefore)
		require.Empty(t, change.GetComponentsBefore())
		require.Len(t, change.GetComponentsAfter(), 7)
		require.Equal(t, "live", change.GetGeneration())
		require.Equal(t, "first ranked, by HLYD-2025Q4: 36 of 60, most of it enthusiasm, 36 of 40", change.GetWhy())
		require.Zero(t, change.GetRankAfter(), "ranks are the leaderboard's")
	})

	t.Run("the component that moved most is told, with the claims", func(t *testing.T) {
		t.Parallel()
		before, after := stand(first), stand(first, second)
		require.True(t, conviction.Changed(before, after))
		change := conviction.Change(before, after, second, "live")
		require.Equal(t, 36.0, change.GetScoreBefore())
		require.Equal(t, 67.0, change.GetScoreAfter())
		require.Equal(t, 60.0, change.GetOutOfBefore())
		require.Equal(t, 90.0, change.GetOutOfAfter())
		require.Equal(t, "HLYD-2026Q1", change.GetCallId())
		require.Equal(t, "c04", change.GetClaims()[0].GetId())
		require.Equal(t, "quantifies from 0 of 12 to 12 of 12: 0.5 × 24 distinct quantified claims; told by AI revenue run rate over $15 billion", change.GetWhy())
	})

	t.Run("an older call that arrives late changes the trend alone", func(t *testing.T) {
		t.Parallel()
		before, after := stand(second), stand(first, second)
		change := conviction.Change(before, after, first, "live")
		require.Equal(t, "HLYD-2025Q4", change.GetCallId(), "the call that caused it, not the latest")
		require.Equal(t, "trend from unknown to 8 of 8: enthusiasm +1.0, from 9.0 in HLYD-2025Q4 to 10.0 in HLYD-2026Q1", change.GetWhy())
	})

	t.Run("nothing changed", func(t *testing.T) {
		t.Parallel()
		require.False(t, conviction.Changed(stand(first, second), stand(first, second)))
		require.False(t, conviction.Changed(nil, stand()))
	})

	t.Run("a corrected text that scores alike is none", func(t *testing.T) {
		t.Parallel()
		corrected := proto.CloneOf(second)
		corrected.ContentId = "corrected"
		require.False(t, conviction.Changed(stand(first, second), stand(first, corrected)))
	})

	t.Run("a later call that scores alike is a change", func(t *testing.T) {
		t.Parallel()
		later := proto.CloneOf(second)
		later.Call.Id, later.Call.FiscalQuarter = new("HLYD-2026Q2"), new(int32(2))
		before, after := stand(second, second), stand(second, later)
		require.True(t, conviction.Changed(before, after))
		change := conviction.Change(before, after, later, "live")
		require.Equal(t, "HLYD-2026Q2", change.GetRankedBy())
		require.Contains(t, change.GetWhy(), "ranked by HLYD-2026Q2 now; no component moved")
	})

	t.Run("a component that becomes unknown is a change even at no points", func(t *testing.T) {
		t.Parallel()
		blind := proto.CloneOf(second)
		blind.Grounding.Valuation = nil
		before, after := stand(first, second), stand(first, blind)
		require.Equal(t, before.GetConviction().GetScore(), after.GetConviction().GetScore())
		require.True(t, conviction.Changed(before, after))
		require.Contains(t, conviction.Change(before, after, blind, "live").GetWhy(), "under_radar from 0 of 8 to unknown")
	})

	t.Run("nothing of the standings is shared", func(t *testing.T) {
		t.Parallel()
		after := stand(first)
		change := conviction.Change(nil, after, first, "live")
		change.ComponentsAfter[0].Reason = "changed"
		require.NotEqual(t, "changed", after.GetConviction().GetComponents()[0].GetReason())
	})
}
