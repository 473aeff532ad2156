package quantity

// reachTrend is how far from a quantity a rise or fall is looked for, in tokens.
const reachTrend = 4

// direction reads a rise or a fall before the quantity, or else after it.
func (s *scanner) direction(from, to int) string {
	if s.same(from) {
		for i := from - 1; i >= max(s.open, from-reachTrend) && !s.pause(i); i-- {
			if d := s.trendAt(i); d != "" {
				return d
			}
			if !s.same(i) {
				break
			}
		}
	}
	for i := to; i < to+reachTrend && s.same(i) && !s.pause(i) && !s.anotherFigure(i) && !s.is(i, andWord); i++ {
		if d := trend(s.low(i)); d != "" {
			return d
		}
	}
	return ""
}

// pause reports a comma or semicolon.
func (s *scanner) pause(i int) bool { return s.sign(i, ',') || s.sign(i, ';') }

// trendAt is the trend of the word at i, unless it is part of a qualifier: "up
// to", "more than".
func (s *scanner) trendAt(i int) string {
	switch s.low(i + 1) {
	case "than":
		return ""
	case "to":
		if s.low(i) == "up" {
			return ""
		}
	}
	return trend(s.low(i))
}

func trend(w string) string {
	switch w {
	case "up", "grew", "grow", "grows", "growing", "grown", "growth", "increase", "increased", "increases",
		"increasing", "rose", "rise", "rising", "risen", "higher", "gain", "gained", "gains", "improved", "improve",
		"improvement", "improves", "accelerated", "accelerating", "accelerate", "expanded", "expansion", "expand",
		"raised", "raising", "lift", "uplift", "more", "faster", "better", "additional", "added", "adding", "jumped",
		"climbed", "surged", "incremental", "larger", "greater":
		return Up
	case "down", "decline", "declined", "declines", "declining", "decrease", "decreased", "decreases", "decreasing",
		"fell", "fall", "falling", "lower", "lowered", "lowering", "reduce", "reduced", "reduces", "reducing",
		"reduction", "drop", "dropped", "cut", "cuts", "cutting", "less", "fewer", "decelerated", "slower", "shrank":
		return Down
	}
	return ""
}
