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

// qualifierOfTwo reads qualifiers of more than one word that end with token b.
func (s *scanner) qualifierOfTwo(b int) string {
	if n := qualifierWords(s.low(b), s.low(b-1)); n > 0 {
		if n == 2 && s.low(b) == "than" && (s.low(b-2) == "no" || s.low(b-2) == "not") {
			n++ // a limit, and not its opposite
		}
		return s.words(b+1-n, b)
	}
	if s.low(b) == "as" && s.low(b-2) == "as" {
		switch s.low(b - 1) {
		case "many", "much", "high", "little", "few", "low":
			return s.words(b-2, b)
		}
	}
	return ""
}

// qualifierWords is how many words the qualifier has that ends with these two,
// 0 when they are none.
func qualifierWords(last, before string) int {
	switch last {
	case "than":
		switch before {
		case "more", "less", "greater", "fewer", "better", "higher", "larger":
			return 2
		}
	case "to":
		switch before {
		case "up", "close", "closer":
			return 2
		}
	case "least", "most":
		if before == "at" {
			return 2
		}
	case "quite":
		if before == "not" {
			return 2
		}
	case "of":
		switch before {
		case "north", "south", "upwards", "shy", "short", "minimum", "maximum":
			return 2
		case "excess", "neighborhood", "vicinity":
			return 3
		}
	}
	return 0
}

// words returns the text of tokens i to j, in lower case.
func (s *scanner) words(i, j int) string {
	if i < 0 {
		return ""
	}
	return s.lowText[s.at(i).start:s.at(j).end]
}
