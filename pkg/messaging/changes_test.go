package messaging_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// announceMany announces so many changes of a few companies by turns, and tells
// in which order they stand.
func announceMany(t *testing.T, broker *messaging.Broker, count int) []string {
	t.Helper()
	const companies = 7
	names := make([]string, 0, count)
	for i := range count {
		change := &callrankv1.RankingChange{
			Generation: messaging.GenerationLive, Ticker: fmt.Sprint("T", i%companies), Version: uint64(1 + i/companies),
		}
		_, err := broker.Announce(t.Context(), change, 0)
		require.NoError(t, err)
		names = append(names, nameOf(change))
	}
	return names
}

func nameOf(change *callrankv1.RankingChange) string {
	return fmt.Sprint(change.GetTicker(), " ", change.GetVersion())
}

func TestSubscriberThatComesAndGoesMissesNothingAndGetsNothingTwice(t *testing.T) {
	t.Parallel()
	broker := connect(t, startBroker(t))
	require.NoError(t, broker.Provision(t.Context()))
	const count = 300
	announced := make(chan []string, 1)
	go func() { announced <- announceMany(t, broker, count) }()

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var got []string
	last := uint64(0)
	for visit := 1; len(got) < count; visit++ {
		// It stays for one change, then for two, and so on, and is away in
		// between.
		seen := 0
		for change, err := range broker.Changes(ctx, messaging.Follow{After: last, FromStart: true}) {
			require.NoError(t, err)
			got, last = append(got, nameOf(change.Change)), change.Sequence
			if seen++; seen == visit || len(got) == count {
				break
			}
		}
		require.NoError(t, ctx.Err())
	}
	require.Equal(t, <-announced, got)
}

func TestNewSubscriberGetsTheLastStateAndThenTheChanges(t *testing.T) {
	t.Parallel()
	broker := connect(t, startBroker(t))
	require.NoError(t, broker.Provision(t.Context()))
	all := announceMany(t, broker, 20)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var got []string
	for change, err := range broker.Changes(ctx, messaging.Follow{}) {
		require.NoError(t, err)
		got = append(got, nameOf(change.Change))
		if len(got) == 7 {
			require.Equal(t, all[13:], got)
			_, err := broker.Announce(t.Context(), &callrankv1.RankingChange{Generation: messaging.GenerationLive, Ticker: "NEW", Version: 1}, 0)
			require.NoError(t, err)
		}
		if len(got) == 8 {
			break
		}
	}
	require.Equal(t, "NEW 1", got[7])
}

func TestChangesWithinAPeriod(t *testing.T) {
	t.Parallel()
	broker := connect(t, startBroker(t))
	require.NoError(t, broker.Provision(t.Context()))
	all := announceMany(t, broker, 10)
	var times []time.Time
	read := func(after, until time.Time) (names []string) {
		times = nil
		require.NoError(t, broker.ChangesWithin(t.Context(), messaging.GenerationLive, after, until, func(a messaging.Announced) error {
			names, times = append(names, nameOf(a.Change)), append(times, a.At)
			return nil
		}))
		return names
	}
	require.Equal(t, all, read(time.Time{}, time.Time{}))
	at := times
	require.Equal(t, all[:4], read(time.Time{}, at[3]), "up to and with")
	require.Equal(t, all[4:], read(at[3], time.Time{}), "after")
	require.Equal(t, all[3:7], read(at[2], at[6]))
	require.Empty(t, read(at[9], time.Time{}))
	require.Empty(t, read(time.Time{}, at[0].Add(-time.Hour)))
	require.Empty(t, read(at[9].Add(time.Hour), time.Time{}))
}
