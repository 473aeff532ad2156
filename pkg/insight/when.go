package insight

// How many sentences before and after tell what time is spoken of.
const (
	timesBefore = 4
	timesAfter  = 2
)

// Bounds of how surely words say that a figure is expected, in log-odds.
const (
	mostExpected = 3
	surely       = 1
)

// timeFeatures tell how far the words of the sentence say that the figure is
// expected, how the period named nearest to it lies to that of the call, and
// how far the sentences around it speak of past, present and future.
func (r *Rules) timeFeatures(rd *reading, c *candidate, said *timed, vs []value) []value {
	q, at := c.q, c.sentence
	start := rd.sentences[at].start
	odds := r.forward.odds(said, q.Start-start, q.End-start)
	vs = append(vs, value{saidExpected, min(mostExpected, max(-mostExpected, odds))}, value{rd.periodFeature(c.named), 1})
	if odds >= surely {
		vs = append(vs, value{saidSurely, 1})
	}
	var guidance, past, present, of float64
	for by := -timesBefore; by <= timesAfter; by++ {
		b := rd.beside(at, by)
		if b == nil || by == 0 {
			continue
		}
		of++
		if b.groups.Has(rd.groups.guidance) {
			guidance++
		}
		if b.groups.Has(rd.groups.past) {
			past++
		}
		if b.groups.Has(rd.groups.present) {
			present++
		}
	}
	if of == 0 {
		return vs
	}
	return append(vs, value{guidanceAround, guidance / of}, value{pastAround, past / of}, value{presentAround, present / of})
}

func (rd *reading) periodFeature(named fiscal) int {
	own := rd.periods().own()
	if named.year == 0 || own.year == 0 {
		return periodNone
	}
	switch by := named.after(own); {
	case by > 0:
		return periodAhead
	case by < 0:
		return periodPast
	}
	return periodNow
}

// fiscal is a fiscal quarter or half, or a fiscal year where both are zero; the
// zero value is no period.
type fiscal struct{ year, quarter, half int }

// ends is the quarter with which it ends, zero for a year.
func (f fiscal) ends() int {
	if f.quarter == 0 {
		return f.half * quartersPerYear / halvesPerYear
	}
	return f.quarter
}

// after is by how many quarters the end of a period lies after the end of the
// call's. The year of the call itself ends at the earliest a quarter after it,
// unless the call is of its last.
func (f fiscal) after(call fiscal) int {
	quarter := f.ends()
	if quarter == 0 {
		quarter = quartersPerYear
		if f.year == call.year {
			quarter = min(call.ends()+1, quartersPerYear)
		}
	}
	return (f.year-call.year)*quartersPerYear + quarter - call.ends()
}
