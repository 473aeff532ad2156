package quantity

// reference reports, by the token after it, digits that number a thing of the
// law, a list or the telephone: 401(k), "(2)", 555-0123; i itself when they may
// be a number.
func (s *scanner) reference(i int) int {
	n, ok := readDigits(s.printed(i))
	switch {
	case !ok:
		return i + 1
	case s.section(i):
		return i + 3
	case s.printed(i) == "401" && s.low(i+1) == "k" && s.at(i+1).glued, n.exp == 0 && n.coef <= mostListed && s.enclosed(i):
		return i + 2
	case s.localNumber(i):
		return i + 3
	}
	if next := s.allHours(i); next > i {
		return next
	}
	if j := s.joined(i + 1); j > i+1 && (s.low(j) == "degree" || s.low(j) == "degrees") {
		return j + 1
	}
	return i
}

// enclosed reports "(2)".
func (s *scanner) enclosed(i int) bool {
	return s.sign(i-1, '(') && s.at(i).glued && s.sign(i+1, ')')
}

// section reports a number with a letter in parentheses: 401(k).
func (s *scanner) section(i int) bool {
	letter := s.at(i + 2)
	return s.sign(i+1, '(') && s.at(i+1).glued && letter.kind == word && letter.end-letter.start == 1
}

// allHours reports "24x7" and "24 by 7", by the token after it.
func (s *scanner) allHours(i int) int {
	if s.printed(i) != "24" {
		return i
	}
	switch s.low(i + 1) {
	case "x7":
		return i + 2
	case "x", "by":
		if s.printed(i+2) == "7" {
			return i + 3
		}
	}
	return i
}

// mostListed is the greatest number of an item of a list.
const mostListed = 20

// localNumber reports a telephone number without its area: 555-0123. Round
// numbers are the ends of a range: 500-1000.
func (s *scanner) localNumber(i int) bool {
	a, b := s.at(i), s.at(i+2)
	if !s.sign(i+1, hyphen) || !s.at(i+1).glued || !b.glued || b.kind != digits || s.is(i-1, currencySign) {
		return false
	}
	n, ok := readDigits(s.printed(i + 2))
	return ok && a.end-a.start == 3 && b.end-b.start == 4 && n.exp == 0 && (n.coef < 1000 || n.coef%50 != 0)
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
