package learn

import (
	"fmt"
	"slices"

	"github.com/callrank/callrank/pkg/insight"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/scripts/train/fit"
	"github.com/callrank/callrank/scripts/train/measure"
)

// Result is the weights learnt from all calls, and how well calls are read by
// weights that never saw their company.
type Result struct {
	Weights    insight.Weights
	Thresholds Thresholds
	// Unseen is measured with what is known of companies, Stranger without.
	Unseen, Stranger measure.Tally
}

// Learn fits the weights to all calls and judges them with one company left out
// at a time, or, for more folds than none, as many parts of them: thresholds
// and the drivers of scores, a handful of numbers, are those of the parts
// together.
func (c *Corpus) Learn(folds int) *Result {
	full := c.learn(c.calls, nil)
	groups := c.groups(folds)
	left := make([]*learnt, len(groups))
	guesses := make([]guess, len(c.calls))
	each(len(groups), func(i int) {
		left[i] = c.learn(c.without(groups[i]...), full)
		for k, e := range c.calls {
			if slices.Contains(groups[i], e.Company) {
				guesses[k].claim, guesses[k].core = left[i].looks.probabilities(&e.read[known])
			}
		}
	})
	out := &Result{Thresholds: c.thresholds(guesses)}
	var questions []asked
	for i, group := range groups {
		c.in(group, func(_ int, e *example) { questions = append(questions, left[i].asked(e)...) })
	}
	out.Thresholds.Question = questionThreshold(questions)
	rows := make([][readings]scored, len(c.calls))
	for i, group := range groups {
		w := c.weights(left[i], out.Thresholds, nil)
		c.in(group, func(k int, e *example) {
			for way, theme := range c.theme {
				rows[k][way] = weigh(insight.NewRulesWith(theme, w), e.read[way].engine)
			}
		})
	}
	for i, group := range groups {
		w := c.weights(left[i], out.Thresholds, c.scores(rows, group))
		c.in(group, func(_ int, e *example) {
			for way, theme := range c.theme {
				tally := &out.Unseen
				if way == unknown {
					tally = &out.Stranger
				}
				tally.Call(e.Call, analysis(insight.NewRulesWith(theme, w), e, way))
			}
		})
	}
	out.Weights = c.weights(full, out.Thresholds, c.scores(rows, nil))
	return out
}

// Read measures how an engine with these weights reads the calls.
func (c *Corpus) Read(w insight.Weights) measure.Tally {
	var t measure.Tally
	engine := insight.NewRulesWith(c.theme[known], w)
	for _, e := range c.calls {
		t.Call(e.Call, analysis(engine, e, known))
	}
	return t
}

// in visits the calls of companies.
func (c *Corpus) in(companies []string, visit func(k int, e *example)) {
	for k, e := range c.calls {
		if slices.Contains(companies, e.Company) {
			visit(k, e)
		}
	}
}

// groups are the companies in parts; each alone for no folds.
func (c *Corpus) groups(folds int) [][]string {
	if folds <= 0 {
		folds = len(c.companies)
	}
	out := make([][]string, min(folds, len(c.companies)))
	for i, name := range c.companies {
		out[i%len(out)] = append(out[i%len(out)], name)
	}
	return out
}

func analysis(r *insight.Rules, e *example, way int) *callrankv1.Analysis {
	extraction, quantification, _, _ := r.Weigh(e.read[way].engine)
	return r.Assemble(e.Transcript, extraction, quantification)
}

// scored is what a call's drivers amount to, and whether management speaks of
// the theme at all.
type scored struct {
	enthusiasm, substance map[string]float64
	speaks                bool
}

func weigh(r *insight.Rules, c *insight.Case) scored {
	_, _, enthusiasm, substance := r.Weigh(c)
	return scored{enthusiasm, substance, c.Spoken()}
}

// scores fits the models of both scores to the calls but those of companies.
func (c *Corpus) scores(rows [][readings]scored, without []string) map[string]insight.Model {
	var enthusiasm, substance scoreRows
	for k, e := range c.calls {
		if slices.Contains(without, e.Company) {
			continue
		}
		for way := range readings {
			s := &rows[k][way]
			if s.speaks && e.Enthusiasm != nil {
				enthusiasm.add(s.enthusiasm, *e.Enthusiasm)
			}
			if s.speaks && e.Substance != nil {
				substance.add(s.substance, *e.Substance)
			}
		}
	}
	return map[string]insight.Model{
		insight.ModelEnthusiasm: enthusiasm.fit(true),
		insight.ModelSubstance:  substance.fit(false), // no figure, no proof: it begins at zero
	}
}

// scoreRows are the drivers of calls beside the readers' scores.
type scoreRows struct {
	drivers []map[string]float64
	scores  []float64
}

func (s *scoreRows) add(drivers map[string]float64, score float64) {
	s.drivers, s.scores = append(s.drivers, drivers), append(s.scores, score)
}

// lowers reports a driver that may only lower a score.
func lowers(driver string) bool { return driver == "hedging" }

// fit adds up drivers to the readers' scores, no driver against its sign.
func (s *scoreRows) fit(bias bool) insight.Model {
	var names []string
	for _, d := range s.drivers {
		for name := range d {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	signs := make([]float64, len(names))
	for i, name := range names {
		signs[i] = 1
		if lowers(name) {
			signs[i] = -1
		}
	}
	rows := make([][]float64, len(s.drivers))
	for i, d := range s.drivers {
		for _, name := range names {
			rows[i] = append(rows[i], d[name])
		}
	}
	l := fit.Signed(rows, s.scores, signs, RidgeScores, bias)
	return model(&l, names, 0)
}

// String tells what the corpus holds.
func (c *Corpus) String() string {
	calls, companies, quantities, figures := c.counts()
	return fmt.Sprintf("%d calls of %d companies, with %d quantities in management's speech and %d figures that careful readers marked", calls, companies, quantities, figures)
}
