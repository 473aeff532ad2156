package learn

import (
	"bytes"
	_ "embed" // where weights begin is data
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/callrank/callrank/scripts/train/fit"
)

//go:embed priors.yaml
var priorFile []byte

// priors are weights set by hand, by choice, answer and feature.
type priors map[string]map[string]map[string]float64

func loadPriors() (priors, error) {
	var p priors
	dec := yaml.NewDecoder(bytes.NewReader(priorFile))
	if err := dec.Decode(&p); err != nil {
		return nil, fmt.Errorf("read priors.yaml: %w", err)
	}
	return p, nil
}

// yes is the one answer of a question that has two.
const yes = "yes"

// prior is where the weights of a choice begin, one model for each answer.
func (c *Corpus) prior(choice string, answers ...string) []*fit.Linear {
	out := make([]*fit.Linear, len(answers))
	for a, answer := range answers {
		out[a] = &fit.Linear{Weights: make([]float64, c.features)}
		for feature, weight := range c.priors[choice][answer] {
			if at := slices.Index(c.names, feature); at >= 0 {
				out[a].Weights[at] = weight
			}
		}
	}
	return out
}
