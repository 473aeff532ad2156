package web

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func component(name string, most float64, points *float64) *callrankv1.Component {
	return &callrankv1.Component{Name: name, Max: most, Points: points}
}

func TestABarPutsPointsEndToEndAndWhatIsUnknownLast(t *testing.T) {
	t.Parallel()
	b := newBar([]*callrankv1.Component{
		component(callrankv1.ComponentEnthusiasm, 40, new(30.0)),
		component(callrankv1.ComponentTrend, 8, nil),
		component(callrankv1.ComponentImpact, 16, new(0.0)),
		component(callrankv1.ComponentCredibility, 8, new(5.0)),
	}, 100, 200, 10)
	require.Equal(t, []piece{
		{Name: callrankv1.ComponentEnthusiasm, X: 0, Width: 60, Title: "enthusiasm 30 of 40"},
		{Name: callrankv1.ComponentCredibility, X: 60, Width: 10, Title: "credibility 5 of 8"},
		{Name: callrankv1.ComponentTrend, X: 128, Width: 16, Unknown: true, Title: "trend unknown (up to 8)"},
		{X: 144, Width: 56, Unknown: true, Title: "part of a component is unknown"},
	}, b.Pieces)
	require.Equal(t, "35 of 64: enthusiasm 30 of 40, trend unknown (up to 8), impact 0 of 16, credibility 5 of 8", b.Label)
}

func TestABarStaysWithinItself(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		components := make([]*callrankv1.Component, rapid.IntRange(0, 9).Draw(t, "how many"))
		for i := range components {
			most := rapid.Float64Range(0, 100).Draw(t, "most")
			c := component("trend", most, nil)
			if rapid.Bool().Draw(t, "known") {
				c.Points = new(rapid.Float64Range(0, most).Draw(t, "points"))
			}
			components[i] = c
		}
		b := newBar(components, rapid.Float64Range(0, 200).Draw(t, "full"), 100, 10)
		at := 0.0
		for _, p := range b.Pieces {
			require.GreaterOrEqual(t, p.X, at-1e-9)
			require.GreaterOrEqual(t, p.Width, 0.0)
			at = p.X + p.Width
		}
		require.LessOrEqual(t, at, 100+1e-9)
	})
}

func TestASparklineOfOneCallIsADot(t *testing.T) {
	t.Parallel()
	s := newSparkline([]float64{10})
	require.Equal(t, "49,3", s.Points)
	require.Equal(t, "enthusiasm by call: 10.0", s.Label)
	require.Empty(t, newSparkline(nil).Points)
	require.Equal(t, "3,17 49,10", newSparkline([]float64{-1, 5}).Points)
}

func TestLabelsOfTheTrajectoryStandApart(t *testing.T) {
	t.Parallel()
	same := newTrajectory([]*callrankv1.CallSummary{{Enthusiasm: 7, Substance: 7}})
	require.Equal(t, 16.0, same.Lines[1].LabelY-same.Lines[0].LabelY)
	far := newTrajectory([]*callrankv1.CallSummary{{Enthusiasm: 9, Substance: 2}})
	require.Equal(t, far.Lines[0].Y, far.Lines[0].LabelY)
}

func TestTickersInTheScatterDoNotStandOnEachOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		entries := make([]*callrankv1.RankingEntry, rapid.IntRange(0, 60).Draw(t, "how many"))
		for i := range entries {
			entries[i] = &callrankv1.RankingEntry{
				Ticker:     rapid.StringMatching(`[A-Z]{1,5}`).Draw(t, "ticker"),
				Enthusiasm: rapid.Float64Range(0, 10).Draw(t, "talk"),
				Substance:  rapid.Float64Range(0, 10).Draw(t, "proof"),
			}
		}
		var taken []box
		for _, dot := range newScatter(entries).Dots {
			if !dot.Named {
				continue
			}
			room := box{dot.LabelX, dot.Y - lineHeight/2, dot.LabelX + letterWidth*float64(len(dot.Ticker)), dot.Y + lineHeight/2}
			require.False(t, room.meetsAny(taken))
			taken = append(taken, room)
		}
	})
}

func TestCoordinates(t *testing.T) {
	t.Parallel()
	require.Equal(t, "12", coord(12))
	require.Equal(t, "12.3", coord(12.345))
	require.Equal(t, "0", coord(0.04))
}
