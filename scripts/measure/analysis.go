package main

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"syscall"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/pkg/lexicon"
	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
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

// rounds is how often a call is analysed.
const rounds = 40

// enough is how long a call is analysed at least.
const enough = 300 * time.Millisecond

// work is what the analysis of calls takes on one core.
type work struct {
	words int
	// read is who spoke when, analyse is extract and quantify: the least time, and
	// what it takes of the processor in the mean, with the collection of garbage.
	read, analyse, mean time.Duration
	// bytes are allocated in analysing.
	bytes uint64
}

// printAnalysis prints how long the analysis of a call takes on one core: of the
// shortest, the middle and the longest call, and of all together.
func printAnalysis(documents []document) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	engine := insight.NewRules(lexicon.AI())
	var all work
	of := make(map[string]*work, len(documents))
	for _, d := range documents {
		w, err := analyse(engine, d)
		if err != nil {
			return fmt.Errorf("analyse %s: %w", d.name, err)
		}
		of[d.name] = &w
		all.add(&w)
	}
	sorted := slices.SortedFunc(maps.Keys(of), func(a, b string) int { return of[a].words - of[b].words })
	t := newTable("call", "words", "read", "analyse", "10,000 words", "processor", "KB per 1,000 words")
	for _, name := range slices.Compact([]string{sorted[0], sorted[len(sorted)/2], sorted[len(sorted)-1]}) {
		t.AppendRow(of[name].row(name))
	}
	t.AppendSeparator()
	t.AppendRow(all.row(fmt.Sprintf("all %d", len(documents))))
	fmt.Print(`
The analysis of a call on one core. read: who spoke when. analyse: extract and
quantify, from one reading; the least time of many, then for 10,000 words, then
what that takes of the processor in the mean, with the collection of garbage.
`)
	t.Render()
	return nil
}

func (w *work) add(o *work) {
	w.words += o.words
	w.read += o.read
	w.analyse += o.analyse
	w.mean += o.mean
	w.bytes += o.bytes
}

// row is its row in the table.
func (w *work) row(name string) table.Row {
	words := float64(max(w.words, 1))
	per := func(d time.Duration) string { return milliseconds(time.Duration(float64(d) * 10_000 / words)) }
	return table.Row{
		name, w.words, milliseconds(w.read), milliseconds(w.analyse), per(w.analyse), per(w.mean),
		fmt.Sprintf("%.0f", float64(w.bytes)/1024/words*1000),
	}
}

// analyse measures the reading, extracting and quantifying of a call.
func analyse(engine *insight.Rules, d document) (work, error) {
	var source transcript.Source
	var read *callrankv1.Transcript
	var w work
	var err error
	w.read, _, err = repeat(func() (err error) {
		if source, err = transcript.Decode(d.text); err == nil {
			read, err = transcript.Read(source, transcript.Facts{})
		}
		return err
	})
	if err != nil {
		return w, err
	}
	w.words = int(read.GetWords())
	var before, after runtime.MemStats
	analysis := func() error {
		_, _, err := engine.Analyse(source.Text, read)
		return err
	}
	runtime.ReadMemStats(&before)
	err = analysis()
	runtime.ReadMemStats(&after)
	if err != nil {
		return w, err
	}
	w.bytes = after.TotalAlloc - before.TotalAlloc
	w.analyse, w.mean, err = repeat(analysis)
	return w, err
}

// repeat does something again and again, and returns the least time that it took
// and what it took of the processor in the mean, which a busy machine adds
// little to.
func repeat(do func() error) (least, mean time.Duration, err error) {
	least = time.Hour
	began, used, n := time.Now(), processor(), 0
	for ; n < rounds || time.Since(began) < enough; n++ {
		start := time.Now()
		if err := do(); err != nil {
			return 0, 0, err
		}
		least = min(least, time.Since(start))
	}
	return least, (processor() - used) / time.Duration(n), nil
}

// processor is the time that this process has had of the processor.
func processor() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
