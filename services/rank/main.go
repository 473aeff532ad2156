// Command rank is the last of the five workers: it tells where a company stands
// after a call, keeps the ranking in Redis, and announces who has moved.
//
//	stages.grounded.<generation>.<call>  ──▶  rank  ──▶  Redis, ranking.changed.<generation>.<ticker>
//
// It also has the calls of a company grounded again of which fundamentals were
// put:
//
//	fundamentals.put.<ticker>           ──▶  rank  ──▶  grounding.due.<generation>.<call>
package main

import (
	"context"
	"os"

	"github.com/spf13/pflag"

	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/worker"
	"github.com/callrank/callrank/services/stages"
)

func main() {
	store := leaderboard.Config{URL: "redis://127.0.0.1:6379"}
	var scoring stages.RankSettings
	program := worker.Program{
		Stage: "rank",
		Short: "Keep the ranking: where each company stands now, and who has moved",
		Flags: func(flags *pflag.FlagSet) {
			store.Flags(flags)
			scoring.Flags(flags)
		},
		Open: func(ctx context.Context, with worker.Company) (worker.Maker, func() error, error) {
			client, err := leaderboard.Connect(ctx, "callrank-rank", store)
			if err != nil {
				return worker.Maker{}, nil, err
			}
			weights, err := scoring.Weights()
			if err != nil {
				return worker.Maker{}, client.Close, err
			}
			maker, err := stages.Rank(with, client, weights)
			return maker, client.Close, err
		},
	}
	os.Exit(program.Main())
}
