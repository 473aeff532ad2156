package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/pkg/lexicon"
	"github.com/callrank/callrank/pkg/transcript"
)

// document is a transcript as it lies in a file.
type document struct {
	name string
	text []byte
}

// isTranscript tells whether it can be read.
func (d document) isTranscript() bool {
	source, err := transcript.Decode(d.text)
	if err == nil {
		_, err = transcript.Read(source, transcript.Facts{})
	}
	return err == nil
}

// rounds is how often a call is analysed; the median is what counts.
const rounds = 60

// shown is how many calls are analysed.
const shown = 3

// printAnalysis prints how long the analysis of a call takes on one core.
func printAnalysis(documents []document) error {
	engine := insight.NewRules(lexicon.AI())
	t := newTable("call", "words", "read", "extract", "quantify", "together", "for 10,000 words")
	longest := slices.Clone(documents)
	slices.SortFunc(longest, func(a, b document) int { return len(b.text) - len(a.text) })
	for _, d := range longest[:min(shown, len(longest))] {
		words, took, err := analyse(engine, d)
		if err != nil {
			return fmt.Errorf("analyse %s: %w", d.name, err)
		}
		whole := took[0] + took[1] + took[2]
		t.AppendRow(table.Row{
			d.name, words, milliseconds(took[0]), milliseconds(took[1]), milliseconds(took[2]), milliseconds(whole),
			milliseconds(time.Duration(float64(whole) * 10_000 / float64(max(words, 1)))),
		})
	}
	fmt.Println("\nthe analysis of one call on one core, median")
	t.Render()
	return nil
}

// analyse times the reading, extracting and quantifying of a call.
func analyse(engine *insight.Rules, d document) (words int, took [3]time.Duration, err error) {
	var all [3][]time.Duration
	for range rounds {
		began := time.Now()
		source, err := transcript.Decode(d.text)
		if err != nil {
			return 0, took, err
		}
		read, err := transcript.Read(source, transcript.Facts{})
		if err != nil {
			return 0, took, err
		}
		ingested := time.Now()
		extraction, err := engine.Extract(source.Text, read)
		if err != nil {
			return 0, took, err
		}
		extracted := time.Now()
		if _, err := engine.Quantify(source.Text, read, extraction); err != nil {
			return 0, took, err
		}
		words = int(read.GetWords())
		all[0] = append(all[0], ingested.Sub(began))
		all[1] = append(all[1], extracted.Sub(ingested))
		all[2] = append(all[2], time.Since(extracted))
	}
	for i := range all {
		slices.Sort(all[i])
		took[i] = all[i][len(all[i])/2]
	}
	return words, took, nil
}
