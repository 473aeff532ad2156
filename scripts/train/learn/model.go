package learn

import (
	"maps"
	"math"

	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/scripts/train/fit"
)

// Thresholds are the least probabilities of a claim and of one about the theme
// itself, and the least log-odds of a question about the theme.
type Thresholds struct{ Claim, Core, Question float64 }

// learnt is everything fitted to some calls but the scores.
type learnt struct {
	looks    *looks
	traits   [][]*fit.Linear
	question *fit.Linear
}

// learn fits everything but the scores to calls.
func (c *Corpus) learn(calls []*example, from *learnt) *learnt {
	if from == nil {
		from = &learnt{traits: make([][]*fit.Linear, len(traits()))}
	}
	out := &learnt{looks: c.claims(calls, from.looks)}
	for i, t := range traits() {
		out.traits = append(out.traits, c.fitTrait(&t, calls, from.traits[i]))
	}
	out.question = fit.Logistic(questionRows(calls), len(insight.QuestionNames()), RidgeQuestion, nil, from.question)
	return out
}

// weights puts what was learnt into the form that the engine reads.
func (c *Corpus) weights(l *learnt, t Thresholds, scores map[string]insight.Model) insight.Weights {
	context, core := insight.ContextNames(), insight.CoreContextNames()
	w := insight.Weights{Models: map[string]insight.Model{
		insight.ModelClaim:          model(l.looks.claim, c.names, 0),
		insight.ModelCore:           model(l.looks.core, c.names, 0),
		insight.ModelClaimInContext: model(l.looks.claimIn, context, t.Claim),
		insight.ModelCoreInContext:  model(l.looks.coreIn, core, t.Core),
		insight.ModelQuestion:       model(l.question, insight.QuestionNames(), t.Question),
		insight.ModelQuote:          c.base.Models[insight.ModelQuote],
		insight.ModelEnthusiasm:     c.base.Models[insight.ModelEnthusiasm],
		insight.ModelSubstance:      c.base.Models[insight.ModelSubstance],
	}, Choices: map[string]insight.Choice{}}
	maps.Copy(w.Models, scores)
	for i, t := range traits() {
		choice := insight.Choice{Answers: map[string]insight.Model{}}
		for k, answer := range t.answers {
			choice.Answers[answer] = model(l.traits[i][k], c.names, 0)
		}
		w.Choices[t.name] = choice
	}
	return w
}

// places is to how many decimals weights are rounded: further digits change no
// decision, and might differ from machine to machine.
const places = 2

func rounded(x float64) float64 {
	f := math.Pow(10, places)
	return math.Round(x*f)/f + 0 // no negative zero
}

func model(l *fit.Linear, names []string, threshold float64) insight.Model {
	m := insight.Model{Bias: rounded(l.Bias), Threshold: threshold, Weights: map[string]float64{}}
	for i, w := range l.Weights {
		if r := rounded(w); r != 0 {
			m.Weights[names[i]] = r
		}
	}
	return m
}
