package generation

import (
	"github.com/redis/go-redis/v9"

	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
)

// Board is the ranking of a generation: under the name of the first, live, that
// of whichever generation is promoted.
func Board(store redis.UniversalClient, roster *messaging.RosterView, name string) *leaderboard.Board {
	if name != messaging.GenerationLive {
		return leaderboard.Open(store, name)
	}
	return leaderboard.Look(store, func() string {
		now, _ := roster.Roster()
		return Promoted(now).GetGeneration()
	})
}
