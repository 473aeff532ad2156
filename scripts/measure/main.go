// Command measure measures, in one run and on one machine, what an event costs:
// a chain of five persisted hops that do nothing beside the real pipeline, and
// the analysis of one call alone. `make bench` runs it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/callrank/callrank/pkg/samples"
)

// The parts of what is measured.
const (
	partChains   = "chains"
	partAnalysis = "analysis"
	partRanking  = "ranking"
	partLoad     = "load"
	partRescore  = "rescore"
)

func main() {
	calls := flag.Int("calls", 600, "calls for the throughput")
	single := flag.Int("single", 200, "calls one after the other for the latency")
	dir := flag.String("transcripts", "", "directory of transcripts; the samples without one")
	companies := flag.Int("companies", 100_000, "companies of the ranking on redis-server")
	length := flag.Duration("load", 5*time.Second, "how long each address of the gateway is loaded")
	past := flag.Int("past", 3000, "calls of the past that are rescored")
	only := flag.String("only", "", "measure only these parts: chains, analysis, ranking, load, rescore")
	flag.Parse()
	wanted := func(part string) bool { return *only == "" || slices.Contains(strings.Split(*only, ","), part) }
	ctx := context.Background()
	documents, err := documentsOf(*dir)
	if err == nil && wanted(partChains) {
		err = printChains(ctx, documents, *calls, *single)
	}
	if err == nil && wanted(partAnalysis) {
		err = printAnalysis(documents)
	}
	if err == nil && wanted(partRanking) {
		err = printLeaderboard(ctx, *companies)
	}
	if err == nil && wanted(partLoad) {
		err = printLoad(ctx, documents, *length)
	}
	if err == nil && wanted(partRescore) {
		err = printRescore(ctx, documents, *past, *single)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

// newTable is a table with figures in all columns but the first.
func newTable(header ...any) table.Writer {
	t := table.NewWriter()
	t.SetOutputMirror(os.Stdout)
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault
	t.AppendHeader(table.Row(header))
	columns := make([]table.ColumnConfig, 0, len(header))
	for n := 2; n <= len(header); n++ {
		columns = append(columns, table.ColumnConfig{Number: n, Align: text.AlignRight})
	}
	t.SetColumnConfigs(columns)
	return t
}

// printChains measures the no-op chain beside the real pipeline.
func printChains(ctx context.Context, documents []document, calls, single int) error {
	t := newTable("", "sync", "transcripts/s", "p50", "p99", "max")
	for _, relaxed := range []bool{false, true} {
		sync := "always"
		if relaxed {
			sync = "relaxed"
		}
		for _, chain := range []chain{noop(documents), pipeline(documents)} {
			fmt.Fprintf(os.Stderr, "measuring the %s, sync %s\n", chain.name, sync)
			m, err := measure(ctx, chain, relaxed, calls, single)
			if err != nil {
				return fmt.Errorf("measure the %s: %w", chain.name, err)
			}
			t.AppendRow(table.Row{
				chain.name, sync, fmt.Sprintf("%.0f", m.perSecond),
				milliseconds(m.at(0.50)), milliseconds(m.at(0.99)), milliseconds(m.at(1)),
			})
		}
	}
	fmt.Printf("%d transcripts, %.0f KB in the mean; from publishing to the change of the ranking\n", len(documents), meanSize(documents)/1024)
	t.Render()
	return nil
}

// documentsOf are the transcripts of a directory, or the samples.
func documentsOf(dir string) ([]document, error) {
	if dir == "" {
		all, err := samples.Calls()
		if err != nil {
			return nil, err
		}
		documents := make([]document, 0, len(all))
		for _, call := range all {
			documents = append(documents, document{call.Name, call.Document})
		}
		return documents, nil
	}
	paths, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, fmt.Errorf("look for transcripts: %w", err)
	}
	var documents []document
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read a transcript: %w", err)
		}
		if d := (document{strings.TrimSuffix(filepath.Base(path), ".txt"), b}); d.isTranscript() {
			documents = append(documents, d)
		}
	}
	if len(documents) == 0 {
		return nil, fmt.Errorf("no transcripts (.txt) in %s", dir)
	}
	return documents, nil
}

func meanSize(documents []document) float64 {
	total := 0
	for _, d := range documents {
		total += len(d.text)
	}
	return float64(total) / float64(len(documents))
}

// result is what was measured of a chain.
type result struct {
	perSecond float64
	latencies []time.Duration
}

// at is the latency that a share of the calls stayed within.
func (r *result) at(share float64) time.Duration {
	sorted := slices.Clone(r.latencies)
	slices.Sort(sorted)
	return sorted[min(int(share*float64(len(sorted))), len(sorted)-1)]
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond))
}
