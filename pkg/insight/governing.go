package insight

import (
	"math"

	"github.com/callrank/callrank/pkg/lexicon"
	"github.com/callrank/callrank/pkg/quantity"
)

// gapScale is over how many bytes a term of the theme loses most of its hold
// on a figure.
const gapScale = 60

// subjectFeatures tell what the figure may be of: the last term before it that
// can be the subject of a figure, else the first after it and the first of the
// sentences before; and how near the theme is named.
func (r *Rules) subjectFeatures(rd *reading, q *quantity.Quantity, at int, vs []value) []value {
	s := &rd.sentences[at]
	var before, after lexicon.Set
	gapBack, gapAhead := -1, -1
	for _, h := range s.hits {
		if h.Term.Groups.Has(r.groups.anchor) {
			if h.End <= q.Start {
				gapBack = q.Start - h.End
			} else if gapAhead < 0 && h.Start >= q.End {
				gapAhead = h.Start - q.End
			}
		}
		g := h.Term.Groups & r.groups.subjects
		if g == 0 {
			continue
		}
		if h.End <= q.Start {
			before = g
		} else if after == 0 && h.Start >= q.End {
			after = g
		}
	}
	if gapBack >= 0 {
		vs = append(vs, value{gapBefore, math.Exp(-float64(gapBack) / gapScale)})
	}
	if gapAhead >= 0 {
		vs = append(vs, value{gapAfter, math.Exp(-float64(gapAhead) / gapScale)})
	}
	if before != 0 {
		return r.block(blockSubject, before, vs)
	}
	vs = r.block(blockSubjectAfter, after, vs)
	return r.block(blockSubjectCarried, r.carriedSubject(rd, at), vs)
}

// carriedSubject is the first possible subject of the nearest sentence before
// that has one.
func (r *Rules) carriedSubject(rd *reading, at int) lexicon.Set {
	for back := 1; back <= subjectReach; back++ {
		b := rd.beside(at, -back)
		if b == nil {
			return 0
		}
		if !b.groups.Has(r.groups.subjects) {
			continue
		}
		for _, h := range b.hits {
			if g := h.Term.Groups & r.groups.subjects; g != 0 {
				return g
			}
		}
	}
	return 0
}
