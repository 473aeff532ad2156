package quantity

// reference reports, by the token after it, digits that number a thing of the
// law, a list or the telephone: 401(k), "(2)", 555-0123; i itself when they may
// be a number.
func (s *scanner) reference(i int) int {
	t := s.at(i)
	n, ok := readDigits(s.printed(i))
	switch {
	case !ok:
		return i + 1
	case s.sign(i+1, '(') && s.at(i+1).glued && s.at(i+2).kind == word && s.at(i+2).end-s.at(i+2).start == 1:
		return i + 3 // 401(k)
	case s.printed(i) == "401" && s.low(i+1) == "k" && s.at(i+1).glued:
		return i + 2
	case s.sign(i-1, '(') && t.glued && s.sign(i+1, ')') && n.exp == 0 && n.coef <= mostListed:
		return i + 2
	case s.localNumber(i):
		return i + 3
	case s.is(i+1, timesX) && s.printed(i+2) == "7" || s.low(i+1) == "by" && s.printed(i) == "24" && s.printed(i+2) == "7":
		return i + 3 // 24x7
	case s.printed(i) == "24" && s.low(i+1) == "x7":
		return i + 2
	}
	if j := s.joined(i + 1); j > i+1 && (s.low(j) == "degree" || s.low(j) == "degrees") {
		return j + 1
	}
	return i
}

// mostListed is the greatest number of an item of a list.
const mostListed = 20

// localNumber reports a telephone number without its area: 555-0123.
func (s *scanner) localNumber(i int) bool {
	a, b := s.at(i), s.at(i+2)
	return s.sign(i+1, hyphen) && s.at(i+1).glued && b.glued && b.kind == digits && a.end-a.start == 3 && b.end-b.start == 4 &&
		!s.sign(i-1, '$') && !s.is(i-1, currencySign) && places(s.printed(i+2)) == 4
}

// pointsOfSpeech reports points that are made or pointed at and not measured:
// "say a couple of points", "several points of failure", "Five Point is". from
// is the first token of the number, at that of "point" or "points".
func (s *scanner) pointsOfSpeech(from, at int) bool {
	if s.low(at) == "point" && s.at(at-1).class == unitsWord {
		switch s.low(at + 1) {
		case "at", "is", "was", "in", "on", "for", "that", "here", "i", "we", "where", "do", "has":
			return true
		}
	}
	if s.is(at+1, ofWord) {
		switch s.low(at + 2) {
		case "failure", "contact", "presence", "view", "sale", "light", "order", "difference", "clarification", "emphasis",
			"interest", "distribution", "entry", "departure", "reference", "sales":
			return true
		}
	}
	for i := from - 1; i >= max(0, from-reachSpeech) && s.same(i+1); i-- {
		switch s.low(i) {
		case "say", "make", "made", "making", "clarify", "mention", "highlight", "raise", "note", "share", "touch", "hit", "cover",
			"stress", "emphasize", "remember":
			return true
		}
		if s.sign(i, ',') || s.at(i).kind == digits {
			return false
		}
	}
	return false
}

// reachSpeech is how far before a number of points a verb of speech stands, in
// tokens.
const reachSpeech = 3
