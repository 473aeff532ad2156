package insight

import (
	"slices"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Case is a call as read, before anything is weighed. It is for learning
// weights: engines of the same theme can weigh one case by different weights.
// A case does not change.
type Case struct {
	rd    *reading
	found []candidate
}

// Study reads a call without weighing it. It returns an error when spans do not
// lie within the text.
func (r *Rules) Study(text string, t *callrankv1.Transcript) (*Case, error) {
	rd, err := r.read(text, t)
	if err != nil {
		return nil, err
	}
	return &Case{rd, r.candidates(rd)}, nil
}

// Amount is how much of a feature there is, by the feature's index.
type Amount struct {
	Feature int
	Amount  float64
}

// Sample is a quantity as the first look sees it.
type Sample struct {
	// Start and End are its place in the text, in bytes.
	Start, End int
	// Sentence tells the quantities of one sentence together.
	Sentence int
	Features []Amount
}

// FeatureNames are the names of the features of samples, by index; those of
// ContextNames and CoreContextNames are of what the second look sees.
func (r *Rules) FeatureNames() []string { return slices.Clone(r.claims.names) }

// ContextNames are the names of the features of the first question in context.
func ContextNames() []string { return contextNames() }

// CoreContextNames are those of the second question in context.
func CoreContextNames() []string { return coreNames() }

// QuestionNames are the names of the features of an analyst's question.
func QuestionNames() []string { return questionNames() }

// TellsTraits reports a feature of what is measured and when, by its name.
func TellsTraits(name string) bool {
	return slices.Contains(measureNames(newMeasures()), name) || slices.Contains(tenseNames(), name)
}

// Samples are the quantities of the call in the order of the text.
func (c *Case) Samples() []Sample {
	out := make([]Sample, len(c.found))
	for i := range c.found {
		f := &c.found[i]
		out[i] = Sample{Start: f.q.Start, End: f.q.End, Sentence: f.sentence, Features: amounts(f.values)}
	}
	return out
}

func amounts(vs []value) []Amount {
	out := make([]Amount, len(vs))
	for i, v := range vs {
		out[i] = Amount{v.feature, v.amount}
	}
	return out
}

// Spoken reports that management speaks of the theme at all.
func (c *Case) Spoken() bool { return c.rd.density > 0 }

// InContext is what the second look sees of each sample, for both questions,
// when the log-odds of the first look are these.
func (c *Case) InContext(claim, core []float64) (claims, cores [][]Amount) {
	found := slices.Clone(c.found)
	for i := range found {
		found[i].first, found[i].firstCore = claim[i], core[i]
	}
	for i, vs := range c.rd.context(found) {
		claims = append(claims, amounts(vs))
		cores = append(cores, amounts(coreContext(found, i, nil)))
	}
	return claims, cores
}

// Asked is an analyst's question as it is weighed.
type Asked struct {
	Analyst  string
	Features []Amount
}

// Questions are the analysts' questions of the call.
func (c *Case) Questions() []Asked {
	out := make([]Asked, 0, len(c.rd.transcript.GetExchanges()))
	for _, x := range c.rd.transcript.GetExchanges() {
		out = append(out, Asked{x.GetAnalyst(), amounts(c.rd.questionFeatures(x, nil))})
	}
	return out
}

// Weigh extracts and quantifies a case, and returns what the drivers of
// enthusiasm and of substance amount to, by name, before they are weighed.
func (r *Rules) Weigh(c *Case) (e *callrankv1.Extraction, q *callrankv1.Quantification, enthusiasm, substance map[string]float64) {
	found := slices.Clone(c.found)
	r.judge(c.rd, found)
	e, q = r.extraction(c.rd, found), r.quantification(c.rd, found)
	return e, q, measured(r.enthusiasmDrivers(c.rd, found)), measured(r.substanceDrivers(c.rd, found))
}

func measured(drivers []driver) map[string]float64 {
	out := make(map[string]float64, len(drivers))
	for _, d := range drivers {
		out[d.name] = d.amount
	}
	return out
}
