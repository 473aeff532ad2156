package system_test

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/samples"
	"github.com/callrank/callrank/pkg/tests/realcalls"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// orders is in how many random orders calls are published.
const orders = 20

// callsToShuffle are the samples, some of them in a corrected text too, and
// further calls in several texts each. Texts of one call differ in revision:
// without, the one published last would hold.
func callsToShuffle(t *testing.T, others map[string][]string) []client.Transcript {
	t.Helper()
	all, err := samples.Calls()
	require.NoError(t, err)
	var published []client.Transcript
	for i, call := range all {
		one := client.Transcript{Text: string(call.Document), Ticker: call.Ticker, Revision: 1}
		if call.Ticker != "" {
			continue
		}
		published = append(published, one)
		if i%3 == 0 {
			one.Text, one.Revision = one.Text+"\n", 2
			published = append(published, one)
		}
	}
	for ticker, texts := range others {
		for i, text := range texts {
			published = append(published, client.Transcript{Text: text, Ticker: ticker, Revision: i + 1})
		}
	}
	return published
}

// realCallsOf are the texts of the calls of companies.
func realCallsOf(t *testing.T, tickers ...string) map[string][]string {
	t.Helper()
	texts := map[string][]string{}
	for _, line := range lines(string(realcalls.Read(t, "transcripts/INDEX.tsv"))) {
		cells := strings.Split(line, "\t")
		if len(cells) > 1 && slices.Contains(tickers, cells[1]) {
			texts[cells[1]] = append(texts[cells[1]], string(realcalls.Read(t, filepath.Join("transcripts", cells[0]))))
		}
	}
	require.Len(t, texts, len(tickers))
	return texts
}

// requireRealChanges wants each company's changes to be real ones, each to begin
// where the one before it ended, and the last to end where the company stands:
// so there are as many as there were changes.
func requireRealChanges(t *testing.T, c *client.Client, r *callrankv1.Ranking) {
	t.Helper()
	stands := map[string]*callrankv1.RankingEntry{}
	for _, entry := range r.GetEntries() {
		stands[entry.GetTicker()] = entry
	}
	last, through := map[string]*callrankv1.RankingChange{}, 0
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for change, err := range c.Changes(ctx, client.FromStart()) {
		require.NoError(t, err)
		now := change.Change
		before := last[now.GetTicker()]
		require.Equal(t, before == nil, now.ScoreBefore == nil)
		if before != nil {
			require.InDelta(t, before.GetScoreAfter(), now.GetScoreBefore(), 0)
			require.InDelta(t, before.GetOutOfAfter(), now.GetOutOfBefore(), 0)
			same := now.GetScoreAfter() == now.GetScoreBefore() && now.GetOutOfAfter() == now.GetOutOfBefore() &&
				now.GetRankedBy() == before.GetRankedBy() && pointsOf(now.GetComponentsBefore()) == pointsOf(now.GetComponentsAfter())
			require.False(t, same, "%s was announced without a change", now.GetTicker())
		}
		ended := func(c *callrankv1.RankingChange) bool {
			at := stands[c.GetTicker()]
			return c != nil && c.GetScoreAfter() == at.GetScore() && c.GetRankedBy() == at.GetCall().GetId() &&
				pointsOf(c.GetComponentsAfter()) == pointsOf(at.GetComponents())
		}
		through += count(ended(now)) - count(before != nil && ended(before))
		last[now.GetTicker()] = now
		if through == len(stands) {
			return
		}
	}
	require.Len(t, stands, through, "the last changes end where the companies stand")
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// pointsOf prints the points of components.
func pointsOf(components []*callrankv1.Component) string {
	var text strings.Builder
	for _, component := range components {
		b, _ := callrankv1.JSON(&callrankv1.Component{Name: component.GetName(), Max: component.GetMax(), Points: component.Points})
		text.Write(b)
	}
	return text.String()
}

func TestTheSameCallsInAnyOrderGiveTheSameRanking(t *testing.T) {
	t.Parallel()
	t.Run("samples", func(t *testing.T) {
		t.Parallel()
		requireOneRanking(t, callsToShuffle(t, nil))
	})
	t.Run("with real calls", func(t *testing.T) {
		t.Parallel()
		requireOneRanking(t, callsToShuffle(t, realCallsOf(t, "NVDA", "CRM", "SNOW", "AVGO", "MSFT")))
	})
}

// requireOneRanking publishes calls in random orders, some of them twice, and
// wants the same ranking of each.
func requireOneRanking(t *testing.T, published []client.Transcript) {
	t.Helper()
	var first string
	for order := range orders {
		random := rand.New(rand.NewPCG(uint64(order), uint64(len(published))))
		deck := slices.Clone(published)
		for range len(published) / 4 {
			deck = append(deck, published[random.IntN(len(published))])
		}
		random.Shuffle(len(deck), func(i, j int) { deck[i], deck[j] = deck[j], deck[i] })
		u := startUp(t, t.TempDir(), "--nats-relaxed")
		c := u.open(t)
		for _, call := range deck {
			_, err := c.Publish(t.Context(), call)
			require.NoError(t, err)
		}
		require.Eventually(t, func() bool {
			live := u.generation(t, "live")
			return live.GetCalls() == uint64(len(published)) && live.GetLeft() == 0
		}, patience, 4*glance, "order %d: all are worked on", order)
		r := ranking(t, c)
		require.GreaterOrEqual(t, len(r.GetEntries()), 12)
		if order == 0 {
			first = printed(t, r)
		}
		require.Equal(t, first, printed(t, r), "order %d", order)
		requireRealChanges(t, c, r)
		require.NoError(t, c.Close())
		u.kill(t)
	}
}
