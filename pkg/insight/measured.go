package insight

import (
	"slices"
	"strings"
)

// Blocks of features of what is measured, one feature per class.
const (
	measuredAny = iota
	measuredAfter
	measuredBefore
	measuredFarther
	measuredCarried
	measuredMoney
	measuredRate
	measuredMultiple
	measuredCount
	measuredDuration
	measuredElsewhere
	measuredApart // away from the theme
	measureBlocks
)

func measureNames(m *measures) []string {
	out := make([]string, 0, measureBlocks*len(m.classes))
	for _, prefix := range [measureBlocks]string{
		"measured:", "measured after:", "measured before:", "measured farther:", "measured carried:",
		"money&measured:", "percent&measured:", "multiple&measured:", "count&measured:", "duration&measured:",
		"measured elsewhere:", "apart&measured:",
	} {
		for i := range m.classes {
			out = append(out, prefix+m.classes[i].Name)
		}
	}
	return out
}

// gauge tells of every candidate what it measures.
func (r *Rules) gauge(rd *reading, found []candidate, sentences []timed) {
	r.gaugeSentences(rd, found, sentences)
	of := make([][mostElsewhere + 1]int, rd.distinct) // candidates by value, counted from one
	for i := range found {
		if same := rd.reckoned[found[i].index].same; same >= 0 {
			list := &of[same]
			for k := range list {
				if list[k] == 0 {
					list[k] = i + 1
					break
				}
			}
		}
	}
	for i := range found {
		c := &found[i]
		same := rd.reckoned[c.index].same
		if same < 0 {
			continue
		}
		n := 0
		for _, j := range of[same] {
			if j == 0 || n == mostElsewhere {
				break
			}
			other := &found[j-1]
			if class := other.gauge.chosen; other.sentence != c.sentence && class != none && !r.measures.weak(class) {
				c.gauge.elsewhere[n] = class
				n++
			}
		}
	}
}

// gaugeSentences tells of the candidates of each sentence what they measure,
// from it and what was measured last before it.
func (r *Rules) gaugeSentences(rd *reading, found []candidate, sentences []timed) {
	numbers := r.measures.phrases.first.Look(rd.cut)
	words := speech{text: rd.cut}
	last := make([]int, len(rd.sentences)) // the last measure of each, counted from one
	var all, back []classAt
	read := 0
	for i := range found {
		c := &found[i]
		said := &sentences[c.said]
		if i == 0 || found[i-1].sentence != c.sentence {
			for read = max(read, c.sentence-subjectReach); read < c.sentence; read++ {
				b := &rd.sentences[read]
				back = r.measures.find(words.wordsOf(b.start, b.end), numbers, back[:0])
				last[read] = r.measures.lastOf(back) + 1
			}
			from := len(all)
			all = r.measures.find(said.words, numbers, all)
			said.measures = all[from:len(all):len(all)]
			last[c.sentence] = r.measures.lastOf(said.measures) + 1
			read = c.sentence + 1
		}
		carried := none
		for back := 1; back <= subjectReach && carried == none && rd.beside(c.sentence, -back) != nil; back++ {
			carried = last[c.sentence-back] - 1
		}
		c.gauge = r.measures.of(rd.text, said, c.q, rd.sentences[c.sentence].start, carried)
	}
}

// lastOf is the last measure of a sentence that is not weak.
func (m *measures) lastOf(list []classAt) int {
	for _, h := range slices.Backward(list) {
		if !m.weak(h.class) {
			return h.class
		}
	}
	return none
}

func (r *Rules) measureFeatures(g *gauge, s *sentence, kind int, vs []value) []value {
	base := fixedFeatures + int(blocks)*len(r.groups.names)
	add := func(block, class int, amount float64) {
		if class != none {
			vs = append(vs, value{base + block*len(r.measures.classes) + class, amount})
		}
	}
	add(measuredAny, g.chosen, 1)
	add(measuredAfter, g.after, 1)
	add(measuredBefore, g.before, 1)
	add(measuredFarther, g.farther, 1)
	add(measuredCarried, g.carried, 1)
	add(measuredOf(kind), g.chosen, 1)
	if s.theme < aboutTheme && s.near == 0 {
		add(measuredApart, g.chosen, 1)
	}
	for _, class := range g.elsewhere {
		add(measuredElsewhere, class, 1.0/mostElsewhere)
	}
	return vs
}

// measuredOf is the block of what a quantity of a kind measures.
func measuredOf(kind int) int {
	switch kind {
	case isMoney:
		return measuredMoney
	case isRate, isBPS:
		return measuredRate
	case isCount, isSmall, isPower:
		return measuredCount
	case isDuration:
		return measuredDuration
	}
	return measuredMultiple
}

// reachName is how far before what is measured a name stands that is part of it,
// in bytes: "AI services revenue".
const reachName = 22

// namedMeasure tells whether what is measured bears a name of the theme, or a
// word of its trade.
func (rd *reading) namedMeasure(g *gauge, s *sentence, vs []value) []value {
	rare := 1 - min(1, rd.density/fullDensity)
	vs = append(vs, value{anchorSparse, rare * s.anchor})
	if g.at == none {
		return vs
	}
	at := s.start + g.at
	for _, h := range s.hits {
		if h.Start > at || at-h.End > reachName || strings.ContainsAny(rd.text[min(h.End, at):at], ",;.") {
			continue
		}
		switch {
		case h.Term.Groups.Has(rd.groups.anchor):
			return append(vs, value{measureNamed, 1}, value{measureSparse, rare})
		case h.Term.Groups.Has(rd.groups.kin):
			return append(vs, value{measureKin, 1})
		}
	}
	return vs
}
