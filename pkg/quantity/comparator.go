package quantity

// How far from a quantity what it is measured against is looked for, in tokens.
const (
	reachBack    = 7
	reachForward = 12
)

// comparator reads what the quantity is measured against, after it or else
// before it.
func (s *scanner) comparator(from, to int) string {
	if c := s.comparatorAfter(to); c != "" {
		return c
	}
	if !s.same(from) {
		return ""
	}
	for i := from - 1; i >= max(s.open, from-reachBack); i-- {
		if c := s.period(i); c != "" {
			return c
		}
		if !s.same(i) {
			break
		}
	}
	return ""
}

// comparatorAfter looks as far as the next quantity or rate of change. Beyond a
// comma only the short names count.
func (s *scanner) comparatorAfter(to int) string {
	comma := false
	for i := to; i < to+reachForward && s.same(i) && !s.anotherFigure(i); i++ {
		if c := s.period(i); c != "" {
			return c
		}
		if startsGrowth(s.low(i)) {
			break
		}
		comma = comma || s.sign(i, ',')
		if end, ok := s.against(i); ok && !comma {
			return s.text[s.at(i).start:s.at(end-1).end]
		}
	}
	return ""
}

// anotherFigure reports a token where another quantity begins.
func (s *scanner) anotherFigure(i int) bool {
	t := s.at(i)
	return t.kind == digits || t.class == currencySign || t.class == tensWord || s.sign(i, ';')
}

// startsGrowth reports a word after which another rate of change is said.
func startsGrowth(w string) bool {
	switch w {
	case "growing", "up", "down", "grew", "increasing", "rising":
		return true
	}
	return false
}

// period reads YoY and QoQ in the shapes people give them.
func (s *scanner) period(i int) string {
	switch w := s.low(i); w {
	case "yoy":
		return YoY
	case "qoq", "sequentially", "sequential":
		return QoQ
	case "y", "year":
		if s.overItself(i, w) {
			return YoY
		}
	case "q", "quarter":
		if s.overItself(i, w) {
			return QoQ
		}
	case "over", "from", "versus", "vs", "to", "with", "than":
		if s.sign(i+1, '.') && s.at(i+1).glued {
			i++
		}
		return s.earlier(i + 1)
	case "compared", "relative":
		if w := s.low(i + 1); w == "to" || w == "with" {
			return s.earlier(i + 2)
		}
	}
	return ""
}

// overItself reads "year over year", "quarter-on-quarter", "y/y".
func (s *scanner) overItself(i int, word string) bool {
	if s.sign(i+1, '/') {
		return s.low(i+2) == word
	}
	j := s.joined(i + 1)
	switch s.low(j) {
	case "over", "on", "to":
		return s.low(s.joined(j+1)) == word
	}
	return false
}

// earlier reads "last year", "the prior quarter", "a year ago" at token i.
func (s *scanner) earlier(i int) string {
	if w := s.low(i); w == "the" || w == "a" {
		i++
	}
	if w := s.low(i); w == "same" || w == "comparable" {
		return s.earlierPeriod(i)
	}
	switch s.low(i) {
	case "last", "prior", "previous":
		switch s.low(s.joined(i + 1)) {
		case "year", "year's":
			return YoY
		case "quarter", "quarter's":
			return QoQ
		}
	case "year":
		if s.low(s.joined(i+1)) == "ago" || s.low(i+1) == "earlier" {
			return YoY
		}
	}
	return ""
}

// earlierPeriod reads "same period last year", "same quarter a year ago".
func (s *scanner) earlierPeriod(i int) string {
	for j := i + 1; j < i+6 && s.same(j); j++ {
		switch s.low(j) {
		case "last", "prior", "previous":
			if s.low(j+1) == "year" {
				return YoY
			}
		case "year":
			return YoY
		}
	}
	return ""
}

// longestComparator bounds the words a comparator takes.
const longestComparator = 7

// against reads "than comparable GPUs", "versus the legacy product" and
// returns the token after them.
func (s *scanner) against(i int) (end int, ok bool) {
	first := s.afterThan(i)
	if first == i {
		return i, false
	}
	if s.sign(first, '.') && s.at(first).glued {
		first++
	}
	if s.at(first).kind != word {
		return i, false
	}
	j := first
	for j < first+longestComparator && s.same(j) && s.inPhrase(j) && (j == first || !endsPhrase(s.low(j))) {
		j++
	}
	return j, j > first
}

// afterThan skips "than", "versus" or "compared to"; i itself when none is
// there or a number follows.
func (s *scanner) afterThan(i int) int {
	j := i + 1
	switch s.low(i) {
	case "than", "versus", "vs":
	case "compared", "relative":
		if w := s.low(j); w != "to" && w != "with" {
			return i
		}
		j++
	default:
		return i
	}
	switch s.at(j).class {
	case none, adjective, pointWord, labelWord, fiscalWord, andWord:
		return j
	}
	return i
}

// inPhrase reports a word, or a hyphen or apostrophe between words.
func (s *scanner) inPhrase(i int) bool {
	return s.at(i).kind == word || s.sign(i, hyphen) || s.sign(i, apostrophe)
}

// endsPhrase reports a word that begins something new.
func endsPhrase(w string) bool {
	switch w {
	case "and", "but", "which", "that", "is", "are", "was", "were", "while", "because", "with", "who", "so", "as", "on", "we":
		return true
	}
	return false
}
