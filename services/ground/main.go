// Command ground is the fourth of the five workers: it sizes claims against
// filed numbers and consensus.
//
//	stages.quantified.<generation>.<call>  ──▶  ground  ──▶  stages.grounded.<generation>.<call>
package main

import (
	"context"
	"os"

	"github.com/spf13/pflag"

	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/worker"
	"github.com/callrank/callrank/services/stages"
)

func main() {
	companies := stages.DefaultGroundSettings()
	program := worker.Program{
		Stage: "ground",
		Short: "Size claims: worth what, against filed numbers and consensus",
		Flags: func(flags *pflag.FlagSet) { companies.Flags(flags) },
		Open: func(_ context.Context, with worker.Company) (worker.Maker, func() error, error) {
			grounder, err := companies.Grounder(with.Log)
			if err != nil {
				return worker.Maker{}, nil, err
			}
			return stages.Maker(messaging.StageGround, func(job generation.Job) worker.Stage {
				return stages.Ground(job, grounder)
			}), worker.NothingToClose, nil
		},
	}
	os.Exit(program.Main())
}
