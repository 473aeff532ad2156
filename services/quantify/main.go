// Command quantify is the third of the five workers: it measures what
// management claims about AI.
//
//	stages.extracted.<generation>.<call>  ──▶  quantify  ──▶  stages.quantified.<generation>.<call>
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
		Stage: "quantify",
		Short: "Measure what management claims about AI: how much, of what, by when",
		Open: func(_ context.Context, with worker.Company) (worker.Maker, func() error, error) {
			texts, err := stages.NewTexts(with.Broker)
			if err != nil {
				return worker.Maker{}, nil, err
			}
			readings := stages.NewReadings(insight.NewRules(lexicon.AI()))
			return stages.Maker(messaging.StageQuantify, func(job generation.Job) worker.Stage {
				return stages.Quantify(job, texts, readings)
			}), worker.NothingToClose, nil
		},
	}
	os.Exit(program.Main())
}
