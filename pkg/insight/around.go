package insight

import (
	"github.com/callrank/callrank/pkg/lexicon"
	"github.com/callrank/callrank/pkg/quantity"
)

// groupFeatures tell which groups of the lexicon stand where.
func (r *Rules) groupFeatures(rd *reading, q *quantity.Quantity, at, kind int, s *sentence, vs []value) []value {
	var next, last, near lexicon.Set
	for _, h := range s.hits {
		switch {
		case h.Start >= q.End:
			gap := h.Start - q.End
			if gap <= reachNext && next == 0 {
				next = h.Term.Groups
			}
			if gap <= reachNear {
				near |= h.Term.Groups
			}
		case h.End <= q.Start:
			gap := q.Start - h.End
			if gap <= reachLast {
				last = h.Term.Groups
			}
			if gap <= reachNear {
				near |= h.Term.Groups
			}
		}
	}
	measure, tense := r.governing(s, q)
	if measure == 0 {
		measure = r.measuredBefore(rd, at)
	}
	vs = r.block(blockMeasure, measure, vs)
	vs = r.block(blockTense, tense, vs)
	vs = r.block(blockNext, next, vs)
	vs = r.block(blockLast, last, vs)
	vs = r.block(blockNear, near, vs)
	vs = r.block(blockSent, s.groups&^near, vs)
	if before := rd.beside(at, -1); before != nil {
		vs = r.block(blockPrev, before.groups, vs)
	}
	return r.block(nearBlock(kind), near, vs)
}

// nearBlock is the block of what stands near a quantity of a kind.
func nearBlock(kind int) int {
	switch kind {
	case isSmall:
		return blockSmall
	case isMoney:
		return blockMoney
	case isRate, isBPS:
		return blockRate
	case isCount:
		return blockCount
	case isDuration:
		return blockDuration
	}
	return blockMultiple
}

// governing finds the word of measure nearest to the quantity, and the word
// that tells its time: the last before it, else the first after it.
func (r *Rules) governing(s *sentence, q *quantity.Quantity) (measure, tense lexicon.Set) {
	near, after := len(s.hits)+longestSentence, lexicon.Set(0)
	times := r.groups.guidance | r.groups.past | r.groups.present
	for _, h := range s.hits {
		gap := h.Start - q.End
		before := h.End <= q.Start
		if before {
			gap = q.Start - h.End
		}
		if g := h.Term.Groups & r.groups.measured; g != 0 && gap >= 0 && gap < near {
			measure, near = g, gap
		}
		if g := h.Term.Groups & times; g != 0 {
			if before {
				tense = g
			} else if after == 0 && gap >= 0 {
				after = g
			}
		}
	}
	if tense == 0 {
		tense = after
	}
	return measure, tense
}

// measuredBefore is the last word of measure of the sentence before.
func (r *Rules) measuredBefore(rd *reading, at int) lexicon.Set {
	var measure lexicon.Set
	if before := rd.beside(at, -1); before != nil {
		for _, h := range before.hits {
			if g := h.Term.Groups & r.groups.measured; g != 0 {
				measure = g
			}
		}
	}
	return measure
}

func (r *Rules) block(block int, groups lexicon.Set, vs []value) []value {
	base := fixedFeatures + block*len(r.groups.names)
	groups.Each(func(i int) { vs = append(vs, value{base + i, 1}) })
	return vs
}
