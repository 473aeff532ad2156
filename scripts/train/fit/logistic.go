// Package fit fits linear models: logistic regressions with a ridge penalty,
// and least squares with signs fixed. Fitting is deterministic.
package fit

import "math"

// Feature is the amount of a feature, by the feature's index.
type Feature struct {
	Index  int
	Amount float64
}

// Row is one example: its features, its answer (an index), and its weight.
type Row struct {
	Features []Feature
	Answer   int
	Weight   float64
}

// Linear is a linear model with its features by index.
type Linear struct {
	Bias    float64
	Weights []float64
}

// Of is the sum for an example.
func (l *Linear) Of(fs []Feature) float64 {
	sum := l.Bias
	for _, f := range fs {
		sum += l.Weights[f.Index] * f.Amount
	}
	return sum
}

// Logistic fits the log-odds of answer 1 against answer 0, with a ridge
// penalty on all weights but the bias, which is on their distance from a prior,
// nil for zero. from is where to begin, nil for zero.
func Logistic(rows []Row, features int, ridge float64, prior, from *Linear) *Linear {
	x, at := make([]float64, features+1), make([]float64, features)
	if prior != nil {
		copy(at, prior.Weights)
	}
	if from != nil {
		copy(x, from.Weights)
		x[features] = from.Bias
	}
	minimise(x, float64(len(rows)), func(x, slope []float64) float64 {
		loss := away(x[:features], at, slope, ridge)
		slope[features] = 0
		for i := range rows {
			r := &rows[i]
			z := x[features]
			for _, f := range r.Features {
				z += x[f.Index] * f.Amount
			}
			p := 1 / (1 + math.Exp(-z))
			d := p
			if r.Answer == 1 {
				d = p - 1
				z = -z
			}
			loss += r.Weight * softplus(z)
			d *= r.Weight
			for _, f := range r.Features {
				slope[f.Index] += d * f.Amount
			}
			slope[features] += d
		}
		return loss
	})
	return &Linear{Bias: x[features], Weights: x[:features]}
}

// Softmax fits one linear model for each of the answers, together: the share of
// each is the exponential of its sum over those of all. The penalty is on the
// distance from a prior, nil for zero.
func Softmax(rows []Row, answers, features int, ridge float64, prior, from []*Linear) []*Linear {
	width := features + 1
	x := make([]float64, answers*width)
	for a := range from {
		copy(x[a*width:], from[a].Weights)
		x[a*width+features] = from[a].Bias
	}
	at := make([]float64, answers*width)
	for a := range prior {
		copy(at[a*width:], prior[a].Weights)
	}
	z := make([]float64, answers)
	minimise(x, float64(len(rows)), func(x, slope []float64) float64 {
		loss := 0.0
		for a := range answers {
			loss += away(x[a*width:a*width+features], at[a*width:], slope[a*width:], ridge)
			slope[a*width+features] = ridgeBias * x[a*width+features]
			loss += 0.5 * ridgeBias * x[a*width+features] * x[a*width+features]
		}
		for i := range rows {
			r := &rows[i]
			for a := range answers {
				w := x[a*width : a*width+width]
				z[a] = w[features]
				for _, f := range r.Features {
					z[a] += w[f.Index] * f.Amount
				}
			}
			loss += r.Weight * shares(z, r.Answer)
			for a := range answers {
				d := z[a]
				if a == r.Answer {
					d--
				}
				d *= r.Weight
				g := slope[a*width : a*width+width]
				for _, f := range r.Features {
					g[f.Index] += d * f.Amount
				}
				g[features] += d
			}
		}
		return loss
	})
	out := make([]*Linear, answers)
	for a := range out {
		out[a] = &Linear{Bias: x[a*width+features], Weights: x[a*width : a*width+features : a*width+features]}
	}
	return out
}

// ridgeBias keeps the biases of a softmax, of which only differences matter,
// from drifting.
const ridgeBias = 0.01

// shares turns sums into shares, and returns the loss of the right answer.
func shares(z []float64, answer int) float64 {
	top := z[0]
	for _, v := range z {
		top = math.Max(top, v)
	}
	sum := 0.0
	for _, v := range z {
		sum += math.Exp(v - top)
	}
	loss := math.Log(sum) + top - z[answer]
	for a := range z {
		z[a] = math.Exp(z[a]-top) / sum
	}
	return loss
}

// away is the penalty on the distance from a prior.
func away(w, prior, slope []float64, ridge float64) float64 {
	sum := 0.0
	for i, v := range w {
		d := v - prior[i]
		sum += d * d
		slope[i] = ridge * d
	}
	return 0.5 * ridge * sum
}

func softplus(z float64) float64 {
	if z > 0 {
		return z + math.Log1p(math.Exp(-z))
	}
	return math.Log1p(math.Exp(z))
}
