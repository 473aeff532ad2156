package fit

import "math"

// Bounds of the search for a minimum.
const (
	mostSteps   = 400
	remembered  = 10
	flat        = 1e-3 // greatest slope that counts as level, per row
	mostHalving = 30
	enough      = 1e-4 // share of the expected fall that a step must bring
)

// minimise finds the minimum of a convex function by L-BFGS, from the point x,
// which it changes. f returns the value at a point and writes the slope there.
// It does the same steps for the same input.
func minimise(x []float64, rows float64, f func(x, slope []float64) float64) {
	n := len(x)
	slope, next, nextSlope, way := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	value := f(x, slope)
	var m memory
	for range mostSteps {
		if greatest(slope) <= flat*math.Sqrt(rows) {
			return
		}
		m.direction(slope, way)
		fall := dot(way, slope)
		if fall >= 0 {
			m = memory{}
			for i := range way {
				way[i] = -slope[i]
			}
			fall = dot(way, slope)
		}
		step := 1.0
		if len(m.moves) == 0 {
			step = 1 / math.Max(1, math.Sqrt(dot(slope, slope)))
		}
		nextValue, moved := value, false
		for range mostHalving {
			for i := range x {
				next[i] = x[i] + step*way[i]
			}
			if nextValue = f(next, nextSlope); nextValue <= value+enough*step*fall {
				moved = true
				break
			}
			step /= 2
		}
		if !moved {
			return
		}
		m.remember(x, next, slope, nextSlope)
		copy(x, next)
		copy(slope, nextSlope)
		value = nextValue
	}
}

// memory is what the last steps tell of the curvature.
type memory struct {
	moves, turns [][]float64
	scale        []float64
}

func (m *memory) remember(x, next, slope, nextSlope []float64) {
	move, turn := make([]float64, len(x)), make([]float64, len(x))
	for i := range x {
		move[i], turn[i] = next[i]-x[i], nextSlope[i]-slope[i]
	}
	curvature := dot(move, turn)
	if curvature <= 1e-12 {
		return
	}
	if len(m.moves) == remembered {
		m.moves, m.turns, m.scale = m.moves[1:], m.turns[1:], m.scale[1:]
	}
	m.moves, m.turns, m.scale = append(m.moves, move), append(m.turns, turn), append(m.scale, 1/curvature)
}

// direction writes the way down by the two-loop recursion of Nocedal (1980).
func (m *memory) direction(slope, way []float64) {
	for i := range way {
		way[i] = -slope[i]
	}
	k := len(m.moves)
	if k == 0 {
		return
	}
	alpha := make([]float64, k)
	for j := k - 1; j >= 0; j-- {
		alpha[j] = m.scale[j] * dot(m.moves[j], way)
		axpy(-alpha[j], m.turns[j], way)
	}
	last := m.turns[k-1]
	gamma := 1 / (m.scale[k-1] * dot(last, last))
	for i := range way {
		way[i] *= gamma
	}
	for j := range k {
		beta := m.scale[j] * dot(m.turns[j], way)
		axpy(alpha[j]-beta, m.moves[j], way)
	}
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

func axpy(a float64, x, y []float64) {
	for i := range x {
		y[i] += a * x[i]
	}
}

func greatest(x []float64) float64 {
	g := 0.0
	for _, v := range x {
		g = math.Max(g, math.Abs(v))
	}
	return g
}
