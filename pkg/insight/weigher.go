package insight

import (
	"bytes"
	"embed"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed weights/*.yaml
var weightFiles embed.FS

// model is a linear weigher: the sum of the weights of the features present,
// each times its value, and a bias. Above its threshold the answer is yes.
type model struct {
	Bias      float64            `yaml:"bias"`
	Threshold float64            `yaml:"threshold"`
	Weights   map[string]float64 `yaml:"weights"`
}

// choice is one linear weigher per answer; the greatest sum wins.
type choice struct {
	Answers map[string]model `yaml:"answers"`
}

// weightFile is the form of the embedded files.
type weightFile struct {
	Version    string            `yaml:"version"`
	Provenance string            `yaml:"provenance"`
	Models     map[string]model  `yaml:"models"`
	Choices    map[string]choice `yaml:"choices"`
}

// embedded is all weights of this package.
type embedded struct {
	models  map[string]model
	choices map[string]choice
}

// embeddedWeights reads the weights of this package.
func embeddedWeights() embedded {
	e, err := loadWeights()
	if err != nil {
		panic(fmt.Sprintf("insight: the embedded weights: %v", err)) // kept from happening by a test
	}
	return e
}

func loadWeights() (embedded, error) {
	e := embedded{models: map[string]model{}, choices: map[string]choice{}}
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
		maps.Copy(e.models, f.Models)
		maps.Copy(e.choices, f.Choices)
	}
	return e, nil
}

// Feature is one named thing that speaks for or against a decision.
type Feature struct {
	// Name is what the weights call it, such as "near:usage".
	Name string
	// Value is how much of it there is.
	Value float64
	// Weight is what each unit of it adds to the decision.
	Weight float64
}

// weigher is a model with its features by index.
type weigher struct {
	bias, threshold float64
	weights         []float64
}

// weigher puts the weights of a model into the order of the features.
func (m model) weigher(names []string) weigher {
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
	answers  []string
	weighers []weigher
}

func (c choice) chooser(names []string) chooser {
	var out chooser
	for a := range c.Answers {
		out.answers = append(out.answers, a)
	}
	slices.Sort(out.answers)
	for _, a := range out.answers {
		out.weighers = append(out.weighers, c.Answers[a].weigher(names))
	}
	return out
}

// choose returns the answer with the greatest sum, the first in order of the
// alphabet among equals; empty when there is none to choose from.
func (c *chooser) choose(vs []value) string {
	best, at := math.Inf(-1), ""
	for i := range c.weighers {
		if sum := c.weighers[i].weigh(vs); sum > best {
			best, at = sum, c.answers[i]
		}
	}
	return at
}

// reasonFeatures is how many features a reason names.
const reasonFeatures = 4

// because tells the heaviest features that speak for the answer, for a reader:
// those with positive weights, or with against the negative ones.
func because(names []string, w *weigher, against bool, vs []value, phrase func(string) string) string {
	sign := 1.0
	if against {
		sign = -1
	}
	speaks := func(v value) float64 { return sign * w.weights[v.feature] * v.amount }
	said := make([]string, 0, reasonFeatures)
	below := math.Inf(1)
	for len(said) < reasonFeatures {
		best, at := 0.0, -1
		for i, v := range vs {
			if a := speaks(v); a > best && a < below {
				best, at = a, i
			}
		}
		if at < 0 {
			break
		}
		below = best
		for _, v := range vs { // all that weigh the same, in the order of the features
			if speaks(v) != best || len(said) == reasonFeatures {
				continue
			}
			if text := phrase(names[v.feature]); text != "" && !slices.Contains(said, text) {
				said = append(said, text)
			}
		}
	}
	return strings.Join(said, "; ")
}
