// Command train learns the weights of the engine from annotated calls, and
// measures how well it reads them. `make train` and `make eval` run it.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/scripts/train/gold"
	"github.com/callrank/callrank/scripts/train/learn"
)

func main() {
	shared := flag.String("shared", os.Getenv("CALLRANK_SHARED"), "directory with gold/ and the transcripts it names; ../shared without one")
	weights := flag.String("weights", filepath.Join("pkg", "insight", "weights"), "directory to write the weights to")
	write := flag.Bool("write", false, "write the weights; only measure without it")
	folds := flag.Int("folds", 0, "in how many parts companies are left out; one at a time for 0")
	flag.Parse()
	if err := run(*shared, *weights, *write, *folds); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(shared, weights string, write bool, folds int) error {
	if shared == "" {
		shared = filepath.Join("..", "shared")
	}
	calls, err := gold.Load(shared)
	if err != nil {
		return err
	}
	corpus, err := learn.NewCorpus(calls)
	if err != nil {
		return err
	}
	began := time.Now()
	fmt.Fprintf(os.Stderr, "learning from %s\n", corpus)
	result := corpus.Learn(folds)
	fmt.Fprintf(os.Stderr, "learnt in %s\n", time.Since(began).Round(time.Second))
	if write {
		if err := learn.Write(weights, corpus, result); err != nil {
			return err
		}
		printTable(os.Stdout, result, corpus.Read(result.Weights))
		return nil
	}
	printTable(os.Stdout, result, corpus.Read(insight.EmbeddedWeights()))
	return nil
}
