package insight

// echo knows of every quantity that is worth repeating, by its number among
// those, in which sentences it stands.
type echo []echoes

// echoes are the two sentences most about the theme that hold a quantity.
type echoes struct {
	best, next     float64
	bestAt, nextAt int
}

// newEcho notes the sentences of every quantity that is worth repeating.
func newEcho(rd *reading) echo {
	e := make(echo, rd.distinct)
	for i := range rd.reckoned {
		if q := &rd.reckoned[i]; q.same >= 0 && q.sentence >= 0 && rd.speaks(q.sentence) {
			e.note(q.same, rd.sentences[q.sentence].theme, q.sentence)
		}
	}
	return e
}

// note notes one more sentence.
func (e echo) note(same int, theme float64, at int) {
	switch s := &e[same]; {
	case s.best > 0 && at == s.bestAt:
	case theme > s.best:
		s.best, s.bestAt, s.next, s.nextAt = theme, at, s.best, s.bestAt
	case theme > s.next:
		s.next, s.nextAt = theme, at
	}
}

// elsewhere is the greatest of the sentences with the same quantity but one; 0
// for a quantity that is not worth repeating.
func (e echo) elsewhere(same, at int) float64 {
	if same < 0 {
		return 0
	}
	s := &e[same]
	if s.bestAt == at {
		return s.next
	}
	return s.best
}
