package fit

import "math"

// mostRounds bounds the rounds over the weights; they settle long before.
const mostRounds = 20000

// Signed fits the least squares of y with a ridge penalty, each weight held to
// its sign: at least zero for 1, at most zero for -1. It goes round the weights
// one by one, which finds the minimum because the problem is convex.
//
// Without a bias the sum begins at zero.
func Signed(rows [][]float64, y, signs []float64, ridge float64, bias bool) Linear {
	n := len(signs)
	l := Linear{Weights: make([]float64, n)}
	rest := append([]float64(nil), y...)
	for range mostRounds {
		moved := 0.0
		mean := 0.0
		if bias {
			mean = meanOf(rest)
		}
		l.Bias += mean
		for i := range rest {
			rest[i] -= mean
		}
		for j := range n {
			num, den := 0.0, ridge
			for i, row := range rows {
				num += row[j] * (rest[i] + l.Weights[j]*row[j])
				den += row[j] * row[j]
			}
			w := 0.0
			if den > 0 {
				w = num / den
			}
			if w*signs[j] < 0 {
				w = 0
			}
			by := w - l.Weights[j]
			for i, row := range rows {
				rest[i] -= by * row[j]
			}
			l.Weights[j] = w
			moved = math.Max(moved, math.Abs(by))
		}
		if moved < 1e-9 {
			break
		}
	}
	return l
}

func meanOf(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(max(1, len(values)))
}
