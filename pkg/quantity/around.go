package quantity

// surround fills in qualifier, comparator and direction from the words around
// tokens [from, to) and returns the first token after the quantity.
func (s *scanner) surround(q *Quantity, from, to int) int {
	if after, words, ok := s.suffix(to); ok {
		q.Qualifier = words
		q.End = int(s.at(after - 1).end)
		q.Text = s.text[q.Start:q.End]
		to = after
	}
	if before := s.qualifier(from); before != "" && q.Form != Indefinite {
		q.Qualifier = before
	}
	q.Comparator = s.comparator(from, to)
	if q.Direction == "" {
		q.Direction = s.direction(from, to)
	}
	return to
}

// suffix reads "20+", "200-plus", "20 or more", "or so" after a quantity.
func (s *scanner) suffix(i int) (after int, words string, ok bool) {
	if s.sign(i, '+') && s.at(i).glued {
		return i + 1, "plus", true
	}
	if j := s.joined(i); s.is(j, plusWord) {
		if n := s.at(j + 1); n.kind != digits && n.class != currencySign && n.class != article {
			return j + 1, "plus", true
		}
	}
	if s.is(i, orWord) {
		switch s.low(i + 1) {
		case "more":
			return i + 2, "or more", true
		case "so":
			return i + 2, "or so", true
		}
	}
	return i, "", false
}

// qualifier reads the words before token i: "over", "more than", "up to".
func (s *scanner) qualifier(i int) string {
	if i == 0 || (!s.same(i) && !s.sign(i-1, '~')) {
		return ""
	}
	b := i - 1
	if s.is(b, article) {
		b--
	}
	switch s.low(b) {
	case "over", "nearly", "almost", "about", "approximately", "around", "roughly", "under", "below", "above",
		"exceeding", "approaching", "exceeded", "surpassed", "surpassing", "easily", "some":
		return s.low(b)
	case "~":
		return "about"
	case ">":
		return "over"
	case "<":
		return "under"
	}
	return s.qualifierOfTwo(b)
}

func (s *scanner) qualifierOfTwo(b int) string {
	first := s.low(b - 1)
	switch s.low(b) {
	case "than":
		switch first {
		case "more", "less", "greater", "fewer", "better", "higher", "larger":
			if w := s.low(b - 2); w == "no" || w == "not" { // a limit, and not its opposite
				return s.words(b-2, b)
			}
			return s.words(b-1, b)
		}
	case "to":
		switch first {
		case "up", "close", "closer":
			return s.words(b-1, b)
		}
	case "least", "most":
		if first == "at" {
			return s.words(b-1, b)
		}
	case "of":
		switch first {
		case "north", "south", "upwards", "shy", "short", "minimum", "maximum":
			return s.words(b-1, b)
		case "excess", "neighborhood", "vicinity":
			return s.words(b-2, b)
		}
	case "as":
		if s.low(b-2) == "as" && (first == "many" || first == "much" || first == "high" || first == "little" || first == "few" || first == "low") {
			return s.words(b-2, b)
		}
	case "quite":
		if first == "not" {
			return s.words(b-1, b)
		}
	}
	return ""
}

// words returns the text of tokens i to j, in lower case.
func (s *scanner) words(i, j int) string {
	if i < 0 {
		return ""
	}
	return s.lowText[s.at(i).start:s.at(j).end]
}
