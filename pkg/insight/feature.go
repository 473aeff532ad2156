package insight

import (
	"math"

	"github.com/callrank/callrank/pkg/lexicon"
	"github.com/callrank/callrank/pkg/quantity"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Features that every theme has, by index. Their names follow in the same
// order.
const (
	isMoney = iota
	isRate
	isBPS
	isMultiple
	isPower
	isDuration
	isCount
	isSmall
	saidWords
	saidVerb
	saidFraction
	saidBand
	saidIndefinite
	isRange
	hasQualifier
	hasYoY
	hasQoQ
	hasAgainst
	hasDirection
	themeHere
	anchorHere
	carriedHere
	nearHere
	themeBefore
	themeAfter
	anchorTwoBefore
	densityOfCall
	densityOfSpeech
	askedFor
	inAnswers
	inTakeaways
	echoTheme
	firstSentences
	smallTheme
	rateTheme
	moneyTheme
	countTheme
	smallAnchor
	noAnchorNear
	longSentence
	manyFigures
	fixedFeatures
)

func fixedNames() []string {
	return []string{
		"unit:money", "unit:percent", "unit:bps", "unit:multiple", "unit:power", "unit:duration", "unit:count",
		"unit:small", "form:words", "form:verb", "form:fraction", "form:band", "form:indefinite", "form:range",
		"has:qualifier", "has:YoY", "has:QoQ", "has:comparator", "has:direction", "theme", "anchor", "carried",
		"near", "theme:before", "theme:after", "anchor:two before", "density", "density:full", "asked", "section:qa",
		"section:takeaways", "echo", "turn:begins", "small&theme", "percent&theme", "money&theme", "count&theme",
		"small&anchor", "anchor:none near", "sentence:long", "sentence:figures",
	}
}

// Blocks of features, one feature per group of the lexicon.
const (
	blockNext    = iota // the term right after the quantity: what is counted
	blockLast           // the term right before it
	blockNear           // within reach before or after it
	blockSent           // elsewhere in its sentence
	blockPrev           // in the sentence before
	blockSmall          // within reach of a bare small number
	blockMeasure        // the nearest word of measure
	blockTense          // the last word before it that tells past, present or future
	blocks
)

func blockNames() [blocks]string {
	return [blocks]string{"next:", "last:", "near:", "sentence:", "before:", "small&near:", "measure:", "tense:"}
}

// featureNames lists all features of a theme.
func featureNames(t *lexicon.Theme) []string {
	names := fixedNames()
	for _, prefix := range blockNames() {
		for _, g := range t.Groups() {
			names = append(names, prefix+g.Name)
		}
	}
	return names
}

// Reach, in bytes, of the places around a quantity.
const (
	reachNext = 18
	reachLast = 26
	reachNear = 64
)

// typicalFeatures is about how many features a quantity has.
const typicalFeatures = 48

// features appends what speaks for or against the quantity q in sentence at.
func (r *Rules) features(rd *reading, q *quantity.Quantity, at int, echo echo, vs []value) []value {
	s := &rd.sentences[at]
	kind := kindOf(q)
	vs = append(vs, value{kind, 1})
	vs = formFeatures(q, vs)
	vs = rd.themeFeatures(at, kind, vs)
	if e := echo.theme(q, at); e > 0 {
		vs = append(vs, value{echoTheme, e})
	}
	return r.groupFeatures(rd, q, at, kind == isSmall, s, vs)
}

// smallest is the least count that is not small.
const smallest = 1000

func kindOf(q *quantity.Quantity) int {
	switch q.Unit {
	case callrankv1.UnitPercent:
		return isRate
	case callrankv1.UnitBPS:
		return isBPS
	case callrankv1.UnitMultiple:
		return isMultiple
	case callrankv1.UnitGW, callrankv1.UnitMW:
		return isPower
	case callrankv1.UnitHours, callrankv1.UnitDays, callrankv1.UnitWeeks, callrankv1.UnitMonths, callrankv1.UnitQuarters, callrankv1.UnitYears:
		return isDuration
	case callrankv1.UnitCount:
		if !q.Definite() || magnitude(q) >= smallest {
			return isCount
		}
		return isSmall
	}
	return isMoney
}

// magnitude is the size of a quantity, of its greater end for a range.
func magnitude(q *quantity.Quantity) float64 {
	d := q.Value.Decimal
	if q.Range() {
		d = q.High.Decimal
	}
	return math.Abs(d.InexactFloat64())
}

func formFeatures(q *quantity.Quantity, vs []value) []value {
	switch q.Form {
	case quantity.Words:
		vs = append(vs, value{saidWords, 1})
	case quantity.Verb:
		vs = append(vs, value{saidVerb, 1})
	case quantity.Fraction:
		vs = append(vs, value{saidFraction, 1})
	case quantity.Band:
		vs = append(vs, value{saidBand, 1})
	case quantity.Indefinite:
		vs = append(vs, value{saidIndefinite, 1})
	case quantity.Digits:
	}
	if q.Range() {
		vs = append(vs, value{isRange, 1})
	}
	if q.Qualifier != "" {
		vs = append(vs, value{hasQualifier, 1})
	}
	switch q.Comparator {
	case "":
	case quantity.YoY:
		vs = append(vs, value{hasYoY, 1})
	case quantity.QoQ:
		vs = append(vs, value{hasQoQ, 1})
	default:
		vs = append(vs, value{hasAgainst, 1})
	}
	if q.Direction != "" {
		vs = append(vs, value{hasDirection, 1})
	}
	return vs
}

// themeFeatures tell how far the sentence and those around it are about the
// theme.
func (rd *reading) themeFeatures(at, kind int, vs []value) []value {
	s := &rd.sentences[at]
	vs = append(vs,
		value{themeHere, s.theme}, value{anchorHere, s.anchor}, value{carriedHere, s.carried}, value{nearHere, s.near},
		value{densityOfCall, rd.density}, value{densityOfSpeech, min(1, rd.density/fullDensity)},
	)
	before, after := rd.beside(at, -1), rd.beside(at, 1)
	if before != nil {
		vs = append(vs, value{themeBefore, before.theme})
	}
	if after != nil {
		vs = append(vs, value{themeAfter, after.theme})
	}
	if two := rd.beside(at, -2); two != nil {
		vs = append(vs, value{anchorTwoBefore, two.anchor})
	}
	if s.near == 0 && s.anchor == 0 {
		vs = append(vs, value{noAnchorNear, 1})
	}
	switch kind {
	case isSmall:
		vs = append(vs, value{smallTheme, s.theme}, value{smallAnchor, s.anchor})
	case isRate:
		vs = append(vs, value{rateTheme, s.theme})
	case isMoney:
		vs = append(vs, value{moneyTheme, s.theme})
	case isCount:
		vs = append(vs, value{countTheme, s.theme})
	}
	if s.asked {
		vs = append(vs, value{askedFor, 1})
	}
	if s.section == callrankv1.SectionQA {
		vs = append(vs, value{inAnswers, 1})
	}
	if s.voice == editor {
		vs = append(vs, value{inTakeaways, 1})
	}
	if s.place < 3 {
		vs = append(vs, value{firstSentences, 1})
	}
	if s.words > 40 {
		vs = append(vs, value{longSentence, 1})
	}
	return vs
}

// beside is the sentence so many places away in the same turn.
func (rd *reading) beside(at, by int) *sentence {
	i := at + by
	if i < 0 || i >= len(rd.sentences) || rd.sentences[i].turn != rd.sentences[at].turn {
		return nil
	}
	return &rd.sentences[i]
}

// groupFeatures tell which groups of the lexicon stand where.
func (r *Rules) groupFeatures(rd *reading, q *quantity.Quantity, at int, small bool, s *sentence, vs []value) []value {
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
	if small {
		vs = r.block(blockSmall, near, vs)
	}
	return vs
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
