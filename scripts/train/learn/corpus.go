// Package learn fits the weights of the engine to annotated calls, and judges
// them by leaving companies out.
package learn

import (
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/pkg/lexicon"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/scripts/train/fit"
	"github.com/callrank/callrank/scripts/train/gold"
)

// Corpus is the annotated calls as the engine reads them.
type Corpus struct {
	calls []*example
	// companies in the order of their first call.
	companies []string
	theme     [readings]*lexicon.Theme
	base      insight.Weights
	features  int
	names     []string
	priors    priors
	// ofTraits tells the features of measure and of tense.
	ofTraits []bool
}

// Ways a call is read: with what is known of its company, and without.
const (
	known = iota
	unknown
	readings
)

// example is one annotated call.
type example struct {
	*gold.Call

	read [readings]read
}

// read is a call read in one way.
type read struct {
	engine  *insight.Case
	samples []insight.Sample
	rows    [][]fit.Feature
	// of is, for each sample, the reader's claim that it is a figure of; nil
	// where it is of none.
	of []*gold.Claim
}

// NewCorpus reads the calls. The transcripts' tickers are used as read.
func NewCorpus(calls []*gold.Call) (*Corpus, error) {
	hand, err := loadPriors()
	if err != nil {
		return nil, err
	}
	c := &Corpus{base: insight.EmbeddedWeights(), priors: hand}
	c.theme = [readings]*lexicon.Theme{lexicon.AI(), lexicon.AIOfAnyCompany()}
	for _, g := range calls {
		e := &example{Call: g}
		for way, theme := range c.theme {
			r := insight.NewRulesWith(theme, c.base)
			c.names = r.FeatureNames()
			var err error
			if e.read[way], err = newRead(r, g); err != nil {
				return nil, fmt.Errorf("study %s: %w", g.Name, err)
			}
		}
		c.calls = append(c.calls, e)
		if !slices.Contains(c.companies, g.Company) {
			c.companies = append(c.companies, g.Company)
		}
	}
	c.features = len(c.names)
	for _, name := range c.names {
		c.ofTraits = append(c.ofTraits, insight.TellsTraits(name))
	}
	return c, nil
}

func newRead(r *insight.Rules, g *gold.Call) (read, error) {
	engine, err := r.Study(g.Text, g.Transcript)
	if err != nil {
		return read{}, err
	}
	out := read{engine: engine, samples: engine.Samples()}
	out.of = make([]*gold.Claim, len(out.samples))
	for i, s := range out.samples {
		out.rows = append(out.rows, features(s.Features))
		for k := range g.Figures {
			if f := &g.Figures[k]; out.of[i] == nil && s.Start < f.End && f.Start < s.End {
				out.of[i] = f.Claim
			}
		}
	}
	return out, nil
}

func features(as []insight.Amount) []fit.Feature {
	out := make([]fit.Feature, len(as))
	for i, a := range as {
		out[i] = fit.Feature{Index: a.Feature, Amount: a.Amount}
	}
	return out
}

// without is the calls but those of some companies.
func (c *Corpus) without(companies ...string) []*example {
	return slices.DeleteFunc(slices.Clone(c.calls), func(e *example) bool { return slices.Contains(companies, e.Company) })
}

// counts is how much there is to learn from.
func (c *Corpus) counts() (calls, companies, quantities, figures int) {
	for _, e := range c.calls {
		quantities += len(e.read[known].samples)
		figures += len(e.Figures)
	}
	return len(c.calls), len(c.companies), quantities, figures
}

// isClaim is the answer to the first question, isCore to the second; ok is false
// where the readers leave it open.
func isClaim(claim *gold.Claim) (answer int, ok bool) {
	if claim == nil {
		return 0, true
	}
	return 1, true
}

func isCore(claim *gold.Claim) (answer int, ok bool) {
	switch {
	case claim == nil:
		return 0, false
	case claim.Relevance == callrankv1.RelevanceCore:
		return 1, true
	}
	return 0, claim.Relevance == callrankv1.RelevanceAdjacent
}

// halfWeight is that of one of the two ways a call is read.
const halfWeight = 1.0 / readings

// rows are the rows of calls that answer a question.
func rows(calls []*example, answer func(*gold.Claim) (int, bool)) []fit.Row {
	var out []fit.Row
	for _, e := range calls {
		for way := range e.read {
			r := &e.read[way]
			for i := range r.rows {
				if a, ok := answer(r.of[i]); ok {
					out = append(out, fit.Row{Features: r.rows[i], Answer: a, Weight: halfWeight})
				}
			}
		}
	}
	return out
}

// each runs f for every index, on all processors. What f writes must be its
// own.
func each(n int, f func(int)) {
	var wait sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}
