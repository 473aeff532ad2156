// Command extract is the second of the five workers: it finds where management
// speaks of AI, and which questions analysts ask about it.
//
//	stages.ingested.<generation>.<call>  ──▶  extract  ──▶  stages.extracted.<generation>.<call>
package main

import (
	"context"
	"os"

	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/pkg/lexicon"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/worker"
	"github.com/callrank/callrank/services/stages"
)

func main() {
	program := worker.Program{
		Stage: "extract",
		Short: "Find what is said of AI: passages, quotes, questions, enthusiasm",
		Open: func(_ context.Context, with worker.Company) (worker.Maker, func() error, error) {
			texts, err := stages.NewTexts(with.Broker)
			if err != nil {
				return worker.Maker{}, nil, err
			}
			readings := stages.NewReadings(insight.NewRules(lexicon.AI()))
			return stages.Maker(messaging.StageExtract, func(job generation.Job) worker.Stage {
				return stages.Extract(job, texts, readings)
			}), worker.NothingToClose, nil
		},
	}
	os.Exit(program.Main())
}
