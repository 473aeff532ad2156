package leaderboard_test

import (
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/leaderboard"
)

func olderPromotion(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	took, err := board.Turn(t.Context(), leaderboard.Turn{Number: 2, Batch: "second"})
	require.NoError(t, err)
	require.True(t, took)
	took, err = board.Turn(t.Context(), leaderboard.Turn{Number: 1, Batch: "first"})
	require.NoError(t, err)
	require.False(t, took, "who heard late changes nothing")
	epoch, err := board.Epoch(t.Context())
	require.NoError(t, err)
	require.Equal(t, leaderboard.Turn{Number: 2, Batch: "second"}, epoch.Turn)
	require.False(t, epoch.Settled)
	require.NoError(t, board.Settle(t.Context(), epoch.Turn))
	epoch, err = board.Epoch(t.Context())
	require.NoError(t, err)
	require.True(t, epoch.Settled)
}

func turnsWhileWriting(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	company, err := board.Company(t.Context(), "AMZN")
	require.NoError(t, err)
	require.Empty(t, company.Announcing())
	_, err = board.Turn(t.Context(), leaderboard.Turn{Number: 1, Batch: "promotion"})
	require.NoError(t, err)
	_, err = board.Put(t.Context(), company, standing("AMZN", 60), nil, "event")
	require.ErrorIs(t, err, leaderboard.ErrConflict, "it was to be announced to nobody, and now it is to readers")
}

func enlists(t *testing.T, client redis.UniversalClient) {
	board := open(t, client)
	put(t, board, "MSFT", 50)
	company, err := board.Company(t.Context(), "AMZN")
	require.NoError(t, err)
	_, err = board.Put(t.Context(), company, standing("AMZN", 60), nil, "event")
	require.NoError(t, err)
	_, err = board.Turn(t.Context(), leaderboard.Turn{Number: 1, Batch: "promotion"})
	require.NoError(t, err)

	company, err = board.Company(t.Context(), "AMZN")
	require.NoError(t, err)
	require.False(t, company.Enlisted())
	company.Follow(7)
	require.NoError(t, board.Enlist(t.Context(), company, changeTo("AMZN", 60), 5))
	pending, _, err := board.Pending(t.Context(), "AMZN")
	require.NoError(t, err)
	require.Len(t, pending, 1)
	require.EqualValues(t, 8, pending[0].GetVersion(), "after what readers knew")
	require.EqualValues(t, 5, pending[0].GetRankBefore())
	require.EqualValues(t, 1, pending[0].GetRankAfter())
	require.Empty(t, pending[0].GetPushedDown())

	company, err = board.Company(t.Context(), "AMZN")
	require.NoError(t, err)
	require.True(t, company.Enlisted())
	require.Equal(t, []string{"AMZN", "MSFT"}, tickers(t, board))
	company, err = board.Company(t.Context(), "MSFT")
	require.NoError(t, err)
	require.False(t, company.Enlisted())
	company.Follow(3)
	require.NoError(t, board.Enlist(t.Context(), company, nil, 2))
	require.EqualValues(t, 4, put(t, board, "MSFT", 70).Version)
}

func unlinks(t *testing.T, client redis.UniversalClient) {
	live, other := open(t, client), leaderboard.Open(client, "other")
	put(t, live, "AMZN", 60)
	_, err := other.Rebuild(t.Context(), source(nil, call("MSFT", 5), call("CRM", 7)))
	require.NoError(t, err)
	company, err := other.Company(t.Context(), "MSFT")
	require.NoError(t, err)
	require.NoError(t, other.Unlink(t.Context()))
	_, err = other.Put(t.Context(), company, standing("MSFT", 1), nil, "late")
	require.ErrorIs(t, err, leaderboard.ErrLost, "a late writer brings nothing back")
	left, err := client.Keys(t.Context(), "callrank:{other}:*").Result()
	require.NoError(t, err)
	require.Empty(t, left)
	require.Equal(t, []string{"AMZN"}, tickers(t, live))
	require.NoError(t, other.Unlink(t.Context()), "once more")
}

func looks(t *testing.T, client redis.UniversalClient) {
	live, other := open(t, client), leaderboard.Open(client, "other")
	put(t, live, "AMZN", 60)
	_, err := other.Rebuild(t.Context(), source(nil, call("MSFT", 5)))
	require.NoError(t, err)
	seen := "live"
	board := leaderboard.Look(client, func() string { return seen })
	require.Equal(t, []string{"AMZN"}, tickers(t, board))
	seen = "other"
	require.Equal(t, []string{"MSFT"}, tickers(t, board))
	require.Equal(t, "live", board.Generation(), "under which its changes are announced")
	require.Equal(t, "other", board.Seen())
}
