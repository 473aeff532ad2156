package insight

import (
	"bytes"
	"embed"
	"fmt"
	"maps"
	"math"
	"slices"

	"go.yaml.in/yaml/v3"
)

//go:embed weights/*.yaml
var weightFiles embed.FS

// Model is a linear weigher: the sum of the weights of the features present,
// each times its value, and a bias. Above its threshold the answer is yes.
type Model struct {
	Bias      float64            `yaml:"bias"`
	Threshold float64            `yaml:"threshold"`
	Weights   map[string]float64 `yaml:"weights"`
}

// Choice is one linear weigher per answer; the greatest sum wins.
type Choice struct {
	Answers map[string]Model `yaml:"answers"`
}

// Names of the models and choices.
const (
	// ModelClaim: is a quantity a figure of a claim? ModelCore: is the claim
	// about the theme itself? Both are asked twice, of the quantity alone and
	// in the context of how the others were judged.
	ModelClaim          = "claim"
	ModelClaimInContext = "claim in context"
	ModelCore           = "core"
	ModelCoreInContext  = "core in context"
	// ModelEnthusiasm, ModelSubstance and ModelQuote add up scores.
	ModelEnthusiasm = "enthusiasm"
	ModelSubstance  = "substance"
	ModelQuote      = "quote"
	// ModelQuestion: is an analyst's question about the theme?
	ModelQuestion = "question"
	// ChoiceOrientation, ChoiceLine and ChoiceKind tell what a claim is.
	ChoiceOrientation = "orientation"
	ChoiceLine        = "line"
	ChoiceKind        = "kind"
)

// weightFile is the form of the embedded files.
type weightFile struct {
	Version    string            `yaml:"version"`
	Provenance string            `yaml:"provenance"`
	Models     map[string]Model  `yaml:"models"`
	Choices    map[string]Choice `yaml:"choices"`
}

// Weights is everything the engine has learnt.
type Weights struct {
	Models  map[string]Model
	Choices map[string]Choice
}

// EmbeddedWeights reads the weights of this package.
func EmbeddedWeights() Weights {
	e, err := loadWeights()
	if err != nil {
		panic(fmt.Sprintf("insight: the embedded weights: %v", err)) // kept from happening by a test
	}
	return e
}

func loadWeights() (Weights, error) {
	e := Weights{Models: map[string]Model{}, Choices: map[string]Choice{}}
	names, err := weightFiles.ReadDir("weights")
	if err != nil {
		return e, fmt.Errorf("list the weights: %w", err)
	}
	for _, entry := range names {
		data, err := weightFiles.ReadFile("weights/" + entry.Name())
		if err != nil {
			return e, fmt.Errorf("read %s: %w", entry.Name(), err)
		}
		dec := yaml.NewDecoder(bytes.NewReader(data))
		dec.KnownFields(true)
		var f weightFile
		if err := dec.Decode(&f); err != nil {
			return e, fmt.Errorf("read %s: %w", entry.Name(), err)
		}
		maps.Copy(e.Models, f.Models)
		maps.Copy(e.Choices, f.Choices)
	}
	return e, nil
}

// weigher is a model with its features by index.
type weigher struct {
	bias, threshold float64
	weights         []float64
}

// weigher puts the weights of a model into the order of the features.
func (m Model) weigher(names []string) weigher {
	w := weigher{bias: m.Bias, threshold: m.Threshold, weights: make([]float64, len(names))}
	for i, n := range names {
		w.weights[i] = m.Weights[n]
	}
	return w
}

// weigh adds up; the sum is a log-odds.
func (w *weigher) weigh(vs []value) float64 {
	sum := w.bias
	for _, v := range vs {
		sum += w.weights[v.feature] * v.amount
	}
	return sum
}

// value is the amount of a feature, by the feature's index.
type value struct {
	feature int
	amount  float64
}

// probability turns a log-odds into a probability.
func probability(logOdds float64) float64 { return 1 / (1 + math.Exp(-logOdds)) }

// chooser is a choice with its features by index, the answers in order.
type chooser struct {
	answers []string
	biases  []float64
	// rows hold the weights of all answers for one feature after the other, so
	// that a feature is looked at once for all of them.
	rows []float64
}

func (c Choice) chooser(names []string) chooser {
	out := chooser{answers: slices.Sorted(maps.Keys(c.Answers))}
	for _, a := range out.answers {
		out.biases = append(out.biases, c.Answers[a].Bias)
	}
	for _, n := range names {
		for _, a := range out.answers {
			out.rows = append(out.rows, c.Answers[a].Weights[n])
		}
	}
	return out
}

// weigh puts the sum of each answer for one figure into sums.
func (c *chooser) weigh(f *candidate, sums []float64) {
	n := copy(sums, c.biases)
	sums = sums[:n]
	for _, v := range f.values {
		row := c.rows[v.feature*n:][:n]
		for a := range sums {
			sums[a] += row[a] * v.amount
		}
	}
}

// shares puts the probabilities of the answers for one figure into out.
func (c *chooser) shares(f *candidate, out []float64) []float64 {
	out = append(out[:0], c.biases...)
	c.weigh(f, out)
	most, sum := math.Inf(-1), 0.0
	for _, x := range out {
		most = max(most, x)
	}
	for i := range out {
		out[i] = math.Exp(out[i] - most)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// following is how much the figures after a claim's first count beside it: the
// first says what the claim is, the others by how much it grew.
const following = 0.5

// choose returns the answer with the greatest sum over the figures of a claim,
// the first in order of the alphabet among equals; empty when there is none to
// choose from.
func (c *chooser) choose(figures []*candidate) string {
	n := len(c.answers)
	sums := make([]float64, 2*n)
	all, one := sums[:n], sums[n:]
	voice := 1.0
	for _, f := range figures {
		c.weigh(f, one)
		for a := range all {
			all[a] += voice * one[a]
		}
		voice = following
	}
	best, at := math.Inf(-1), ""
	for a, sum := range all {
		if sum > best {
			best, at = sum, c.answers[a]
		}
	}
	return at
}
