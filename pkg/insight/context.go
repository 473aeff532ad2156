package insight

import "math"

// The second look at a quantity sees how those around it were judged at the
// first: equal values elsewhere, others of its sentence, its neighbours, and
// which words of the call stand by quantities that count.
const (
	ctxFirst    = iota // log-odds of the first look
	ctxEqual           // greatest probability of an equal value in another sentence
	ctxSentence        // greatest probability of another in its sentence
	ctxAlone           // there is no other
	ctxAround          // mean probability of those in the sentences around
	ctxCall            // mean probability in the call
	ctxPrevious        // probability of the one before
	ctxNext            // probability of the one after
	ctxKind            // mean probability of those of its kind further around
	ctxWords           // how far its words are those that stand by figures that count
	ctxTopWord         // the same of the strongest word
	contextFeatures
)

func contextNames() []string {
	return []string{
		"first look", "equal value", "same sentence", "alone", "around", "call", "one before", "one after",
		"same kind around", "words of claims", "word of claims",
	}
}

// How many sentences around count.
const (
	aroundSentences = 8
	kindSentences   = 15
)

// judged is a quantity after the first look.
type judged struct {
	*reckoned

	// claim is the probability that it is a figure of a claim.
	claim float64
	words []said
}

// look is the candidates of a call after the first look.
type look struct {
	rd     *reading
	found  []candidate
	judged []judged
	equal  echo
	mean   float64
	// by words: how many quantities that count and do not stand by each.
	with, without []float64
	seen          []int32
}

// context appends to each candidate's values what its context tells.
func (rd *reading) context(found []candidate) [][]value {
	l := newLook(rd, found)
	out := make([][]value, len(found))
	arena := make([]value, 0, contextFeatures*len(found))
	for from := 0; from < len(found); {
		to := from + 1
		for to < len(found) && found[to].sentence == found[from].sentence {
			to++
		}
		l.count(from, to, -1) // a sentence does not speak for itself
		for i := from; i < to; i++ {
			start := len(arena)
			arena = l.features(i, from, to, arena)
			out[i] = arena[start:len(arena):len(arena)]
		}
		l.count(from, to, 1)
		from = to
	}
	return out
}

func newLook(rd *reading, found []candidate) *look {
	n := rd.cut.Distinct()
	l := &look{
		rd: rd, found: found, judged: make([]judged, len(found)), equal: make(echo, rd.distinct),
		with: make([]float64, n), without: make([]float64, n), seen: make([]int32, n),
	}
	for i := range found {
		c := &found[i]
		j := judged{claim: probability(c.first), reckoned: &rd.reckoned[c.index], words: rd.clause(c.q, c.sentence)}
		if j.same >= 0 {
			l.equal.note(j.same, j.claim, c.sentence)
		}
		l.judged[i] = j
		l.mean += j.claim
	}
	l.count(0, len(found), 1)
	if len(found) > 0 {
		l.mean /= float64(len(found))
	}
	return l
}

// count adds candidates to the words they stand by, or takes them away.
func (l *look) count(from, to int, sign float64) {
	for i := from; i < to; i++ {
		p := l.judged[i].claim
		l.distinct(i, func(w int32) {
			l.with[w] += sign * p
			l.without[w] += sign * (1 - p)
		})
	}
}

// distinct visits the distinct words by a candidate.
func (l *look) distinct(i int, visit func(word int32)) {
	for _, w := range l.judged[i].words {
		if l.seen[w.word] != int32(i)+1 {
			l.seen[w.word] = int32(i) + 1
			visit(w.word)
		}
	}
	for _, w := range l.judged[i].words {
		l.seen[w.word] = 0
	}
}

// features appends what the context tells of candidate i, whose sentence holds
// the candidates from..to.
func (l *look) features(i, from, to int, vs []value) []value {
	vs = append(vs, value{ctxFirst, l.found[i].first}, value{ctxCall, l.mean})
	if best := l.equal.elsewhere(l.judged[i].same, l.found[i].sentence); best > 0 {
		vs = append(vs, value{ctxEqual, best})
	}
	if to-from == 1 {
		vs = append(vs, value{ctxAlone, 1})
	} else {
		vs = append(vs, value{ctxSentence, bestBut(i, from, to, func(j int) float64 { return l.judged[j].claim })})
	}
	if i > 0 {
		vs = append(vs, value{ctxPrevious, l.judged[i-1].claim})
	}
	if i+1 < len(l.judged) {
		vs = append(vs, value{ctxNext, l.judged[i+1].claim})
	}
	vs = l.around(i, vs)
	return l.words(i, vs)
}

// bestBut is the greatest of from..to without i.
func bestBut(i, from, to int, of func(int) float64) float64 {
	best := 0.0
	for j := from; j < to; j++ {
		if j != i {
			best = max(best, of(j))
		}
	}
	return best
}

// around appends the means over the sentences around.
func (l *look) around(i int, vs []value) []value {
	var sum, n, kindSum, kindN float64
	at := l.found[i].sentence
	visit := func(j int) bool {
		by := l.found[j].sentence - at
		if by < -kindSentences || by > kindSentences {
			return false
		}
		if by >= -aroundSentences && by <= aroundSentences {
			sum += l.judged[j].claim
			n++
		}
		if by != 0 && l.judged[j].kind == l.judged[i].kind {
			kindSum += l.judged[j].claim
			kindN++
		}
		return true
	}
	for j := i - 1; j >= 0 && visit(j); j-- {
	}
	for j := i + 1; j < len(l.found) && visit(j); j++ {
	}
	if n > 0 {
		vs = append(vs, value{ctxAround, sum / n})
	}
	if kindN > 0 {
		vs = append(vs, value{ctxKind, kindSum / kindN})
	}
	return vs
}

// words appends how far the words by a candidate stand by those that count.
func (l *look) words(i int, vs []value) []value {
	share := (l.mean*float64(len(l.found)) + 0.5) / (float64(len(l.found)) + 1)
	sum, top, n := 0.0, 0.0, 0.0
	even := math.Log((1 - share) / share)
	l.distinct(i, func(w int32) {
		odds := math.Log((max(0, l.with[w])+share)/(max(0, l.without[w])+1-share)) + even
		sum += odds
		top = max(top, odds)
		n++
	})
	return append(vs, value{ctxWords, sum / math.Sqrt(n+topWords+1)}, value{ctxTopWord, top})
}

// The second look at whether a claim is about the theme itself.
const (
	coreFirst    = iota // log-odds of the first look
	coreSentence        // greatest probability of a claim in its sentence
	corePrevious        // probability that the one before is a claim
	coreNext            // probability that the one after is
	coreFeatures
)

func coreNames() []string { return []string{"first look", "same sentence", "one before", "one after"} }

// coreContext tells the same for the second question.
func coreContext(found []candidate, i int, vs []value) []value {
	c := &found[i]
	from, to := i, i+1
	for from > 0 && found[from-1].sentence == c.sentence {
		from--
	}
	for to < len(found) && found[to].sentence == c.sentence {
		to++
	}
	vs = append(vs, value{coreFirst, c.firstCore})
	if to-from > 1 {
		vs = append(vs, value{coreSentence, bestBut(i, from, to, func(j int) float64 { return probability(found[j].first) })})
	}
	if i > 0 {
		vs = append(vs, value{corePrevious, probability(found[i-1].first)})
	}
	if i+1 < len(found) {
		vs = append(vs, value{coreNext, probability(found[i+1].first)})
	}
	return vs
}
