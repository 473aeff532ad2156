package insight

import (
	"math"
	"sort"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Ends of the scale of scores.
const (
	leastScore = 0.0
	mostScore  = 10.0
)

// driver is one named reason for a score before it is weighed.
type driver struct {
	name string
	// value is what was measured, for a reader; amount is what is weighed.
	value, amount float64
}

// score adds up the drivers by the model's weights to a score between 0 and
// 10, to a tenth. The points are tenths too and add up to the score exactly:
// what rounding and the ends of the scale take off or add goes to the drivers
// with the largest points. base names the driver that everything with a score
// has; without one there is none, and no bias.
func score(m Model, base string, drivers []driver) *callrankv1.Score {
	if base != "" {
		drivers = append([]driver{{base, 1, 1}}, drivers...)
	}
	points := make([]float64, len(drivers))
	sum := 0.0
	for i, d := range drivers {
		points[i] = m.Weights[d.name] * d.amount
		if i == 0 && base != "" {
			points[i] = m.Bias
		}
		sum += points[i]
	}
	total := int(math.Round(10 * math.Min(mostScore, math.Max(leastScore, sum))))
	tenths := apportion(points, total)
	out := &callrankv1.Score{Score: float64(total) / 10}
	for i, d := range drivers {
		out.Drivers = append(out.Drivers, &callrankv1.Driver{Name: d.name, Value: round(d.value, 3), Points: float64(tenths[i]) / 10})
	}
	return out
}

// apportion rounds points to tenths that add up to the total: by largest
// remainder, after scaling where the sum lies outside the scale.
func apportion(points []float64, total int) []int {
	sum := 0.0
	for _, p := range points {
		sum += p
	}
	scale := 10.0
	if clipped := float64(total) / 10; sum > 0 && math.Abs(clipped-sum) > 0.1 {
		scale *= clipped / sum
	}
	tenths := make([]int, len(points))
	rest := make([]int, len(points))
	left := total
	for i, p := range points {
		tenths[i] = int(math.Floor(p * scale))
		left -= tenths[i]
		rest[i] = i
	}
	sort.SliceStable(rest, func(a, b int) bool {
		return frac(points[rest[a]]*scale) > frac(points[rest[b]]*scale)
	})
	for k := 0; left != 0 && len(rest) > 0; k++ {
		i := rest[k%len(rest)]
		if left > 0 {
			tenths[i]++
			left--
			continue
		}
		tenths[i]--
		left++
	}
	return tenths
}

func frac(x float64) float64 { return x - math.Floor(x) }

// round to so many decimal places.
func round(x float64, places int) float64 {
	f := math.Pow(10, float64(places))
	return math.Round(x*f) / f
}

// saturate grows with x and levels off: 0 at 0, half at the given x, towards 1.
func saturate(x, half float64) float64 {
	if x <= 0 {
		return 0
	}
	return x / (x + half)
}
