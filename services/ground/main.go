// Command ground is the fourth of the five workers: it sizes claims against
// filed numbers and consensus.
//
//	stages.quantified.<generation>.<call>  ──▶  ground  ──▶  stages.grounded.<generation>.<call>
//
// What could not be had of a company it asks for again:
//
//	grounding.due.<generation>.<call>      ──▶  ground  ──▶  stages.grounded.<generation>.<call>
package main

import (
	"context"
	"os"

	"github.com/spf13/pflag"

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
			maker, err := stages.Grounding(with, grounder)
			return maker, worker.NothingToClose, err
		},
	}
	os.Exit(program.Main())
}
