// Command ingest is the first of the five workers: it reads transcripts as they
// are published and tells who spoke when.
//
//	calls.ended.<ticker>  ──▶  ingest  ──▶  stages.ingested.<generation>.<call>
package main

import (
	"context"
	"os"

	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/worker"
	"github.com/callrank/callrank/services/stages"
)

func main() {
	var companies stages.CompanySettings
	program := worker.Program{
		Stage: "ingest",
		Short: "Read published transcripts: who spoke when, on which call of which company",
		Flags: companies.Flags,
		Open: func(_ context.Context, with worker.Company) (worker.Maker, func() error, error) {
			texts, err := stages.NewTexts(with.Broker)
			if err != nil {
				return worker.Maker{}, nil, err
			}
			reader, err := companies.Reader("")
			if err != nil {
				return worker.Maker{}, nil, err
			}
			return stages.Maker(messaging.StageIngest, func(job generation.Job) worker.Stage {
				return stages.Ingest(job, texts, reader)
			}), worker.NothingToClose, nil
		},
	}
	os.Exit(program.Main())
}
