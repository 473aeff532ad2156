package measure

import (
	"math"
	"slices"
)

// MeanError is the mean absolute difference.
func (s *Scores) MeanError() float64 {
	sum := 0.0
	for i := range s.Readers {
		sum += math.Abs(s.Readers[i] - s.Engine[i])
	}
	return sum / math.Max(1, float64(len(s.Readers)))
}

// Spearman is Spearman's rank correlation, ties given their mean rank.
func (s *Scores) Spearman() float64 {
	a, b := ranks(s.Readers), ranks(s.Engine)
	var x, y float64
	for i := range a {
		x, y = x+a[i]/float64(len(a)), y+b[i]/float64(len(b))
	}
	var both, one, other float64
	for i := range a {
		both += (a[i] - x) * (b[i] - y)
		one += (a[i] - x) * (a[i] - x)
		other += (b[i] - y) * (b[i] - y)
	}
	if one*other == 0 {
		return math.NaN()
	}
	return both / math.Sqrt(one*other)
}

func ranks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case values[i] < values[j]:
			return -1
		case values[i] > values[j]:
			return 1
		}
		return 0
	})
	out := make([]float64, len(values))
	for i := 0; i < len(order); {
		j := i
		for j+1 < len(order) && values[order[j+1]] == values[order[i]] {
			j++
		}
		for k := i; k <= j; k++ {
			out[order[k]] = float64(i+j) / 2
		}
		i = j + 1
	}
	return out
}
