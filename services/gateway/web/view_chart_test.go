package web

import (
	"html/template"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func component(name string, most float64, points *float64) *callrankv1.Component {
	return &callrankv1.Component{Name: name, Max: most, Points: points}
}

// drawn are the runs of a bar: their places among them, where they begin, and
// how long they are, in thousandths.
func drawn(t require.TestingT, svg template.HTML) (places, from, long []int) {
	for i, m := range regexp.MustCompile(`<path(?: d="M(-?[0-9]+) 4h(-?[0-9]+)")?/>`).FindAllStringSubmatch(string(svg), -1) {
		if m[1] == "" {
			continue
		}
		x, err := strconv.Atoi(m[1])
		require.NoError(t, err)
		width, err := strconv.Atoi(m[2])
		require.NoError(t, err)
		places, from, long = append(places, i+1), append(from, x), append(long, width)
	}
	return places, from, long
}

func TestABarPutsPointsEndToEndAndWhatIsUnknownLast(t *testing.T) {
	t.Parallel()
	b := bar([]*callrankv1.Component{
		component(callrankv1.ComponentEnthusiasm, 40, new(30.0)),
		component(callrankv1.ComponentTrend, 8, nil),
		component(callrankv1.ComponentImpact, 16, new(0.0)),
		component(callrankv1.ComponentCredibility, 8, new(5.0)),
	}, 100)
	places, from, long := drawn(t, b)
	require.Equal(t, []int{1, 6, 8}, places)
	require.Equal(t, []int{0, 300, 640}, from)
	require.Equal(t, []int{296, 46, 360}, long)
	require.Contains(t, b, `aria-label="enthusiasm 30, trend unknown, impact 0, credibility 5"`)
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
		_, from, long := drawn(t, bar(components, rapid.Float64Range(0, 200).Draw(t, "full")))
		const rounding = 2
		at := 0
		for i := range from {
			require.GreaterOrEqual(t, from[i], at-rounding)
			require.GreaterOrEqual(t, long[i], 0)
			at = from[i] + long[i]
		}
		require.LessOrEqual(t, at, 1000+rounding)
	})
}

func TestASparklineOfOneCallIsADot(t *testing.T) {
	t.Parallel()
	spark := func(values ...float64) string {
		var m markup
		m.writeSpark(values)
		return string(m.html())
	}
	require.Contains(t, spark(10), `aria-label="calls: 10"><path d="M49 3"/><circle cx="49" cy="3"`)
	require.NotContains(t, spark(), "path")
	require.Contains(t, spark(-1, 5), `d="M3 17 49 10"`)
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

func TestTheScatterSaysInWordsWhatItShows(t *testing.T) {
	t.Parallel()
	entry := func(ticker string, talk, proof float64) *callrankv1.RankingEntry {
		return &callrankv1.RankingEntry{Ticker: ticker, Enthusiasm: talk, Substance: proof}
	}
	require.Equal(t,
		"Of 4 companies, 2 talk at least a point above what is proved, most of all BRCH (9.0 to 2.0), ALDR (6.0 to 4.0); 1 proves more than is said: CEDR (3.0 to 7.0).",
		newScatter([]*callrankv1.RankingEntry{entry("ALDR", 6, 4), entry("BRCH", 9, 2), entry("CEDR", 3, 7), entry("DGWD", 5, 5)}).Words)
	require.Equal(t, "Of 1 company, none talks at least a point above what is proved; none proves more than is said.",
		newScatter([]*callrankv1.RankingEntry{entry("DGWD", 5, 5)}).Words)
}
