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
	jargonHere
	jargonTop
	jargonBefore
	jargonClause
	jargonClauseTop
	jargonAfter
	questionTheme
	questionTrade
	questionStart
	excludedHere
	gapBefore
	gapAfter
	countOne
	countFew
	countDigit
	countTens
	countHundred
	countHundreds
	moneyPrice
	moneyThousands
	moneyMillions
	moneyBillions
	moneyGreatest
	rateWhole
	rateAbove
	rateSlight
	periodAhead
	periodNow
	periodPast
	periodNone
	guidanceAround
	pastAround
	presentAround
	saidExpected
	saidSurely
	moneyAnchor
	rateAnchor
	countAnchor
	multipleAnchor
	measureNamed  // the theme is named right before what is measured
	measureSparse // the same, the more, the less the call is about the theme
	measureKin    // a word of its trade stands there
	anchorSparse
	fixedFeatures
)

// fixedNames are the names of the features that every theme has.
func fixedNames() []string {
	return []string{
		"unit:money", "unit:percent", "unit:bps", "unit:multiple", "unit:power", "unit:duration", "unit:count",
		"unit:small", "form:words", "form:verb", "form:fraction", "form:band", "form:indefinite", "form:range",
		"has:qualifier", "has:YoY", "has:QoQ", "has:comparator", "has:direction", "theme", "anchor", "carried",
		"near", "theme:before", "theme:after", "anchor:two before", "density", "density:full", "asked", "section:qa",
		"section:takeaways", "echo", "turn:begins", "small&theme", "percent&theme", "money&theme", "count&theme",
		"small&anchor", "anchor:none near", "sentence:long", "jargon", "jargon:top",
		"jargon:before", "jargon:clause", "jargon:clause top", "jargon:after", "question", "question:trade",
		"question:start", "excluded", "gap:before", "gap:after", "count:one", "count:few", "count:digit", "count:tens",
		"count:hundred", "count:hundreds", "money:price", "money:thousands", "money:millions", "money:billions",
		"money:greatest", "percent:hundred", "percent:above", "percent:slight", "period:ahead", "period:now",
		"period:past", "period:none", "around:guidance", "around:past", "around:present", "expected", "expected:surely",
		"money&anchor", "percent&anchor", "count&anchor", "multiple&anchor", "measure:named", "measure:named sparse",
		"measure:of the trade", "anchor:sparse",
	}
}

// Blocks of features, one feature per group of the lexicon.
const (
	blockNext           = iota // the term right after the quantity: what is counted
	blockLast                  // the term right before it
	blockNear                  // within reach before or after it
	blockSent                  // elsewhere in its sentence
	blockPrev                  // in the sentence before
	blockSmall                 // within reach of a bare small number
	blockMoney                 // within reach of a sum of money
	blockRate                  // within reach of a percentage
	blockCount                 // within reach of a count
	blockMultiple              // within reach of a multiple or a power
	blockDuration              // within reach of a duration
	blockSubject               // the last term before it that a figure may be of
	blockSubjectAfter          // the first after it, where there is none before
	blockSubjectCarried        // the first of the sentences before, where there is none before it
	blockTense                 // the last word before it that tells past, present or future
	blockMeasure               // the nearest word of measure
	blocks
)

func blockNames() [blocks]string {
	return [blocks]string{
		"next:", "last:", "near:", "sentence:", "before:", "small&near:", "money&near:",
		"percent&near:", "count&near:", "multiple&near:", "duration&near:",
		"subject:", "subject after:", "subject carried:", "tense:", "measure:",
	}
}

// featureNames lists all features of a theme.
func featureNames(t *lexicon.Theme) []string {
	names := fixedNames()
	for _, prefix := range blockNames() {
		for _, g := range t.Groups() {
			names = append(names, prefix+g.Name)
		}
	}
	names = append(names, measureNames(newMeasures())...)
	return append(names, tenseNames()...)
}

// Reach, in bytes, of the places around a quantity.
const (
	reachNext = 18
	reachLast = 26
	reachNear = 64
)

// typicalFeatures is about how many features a quantity has.
const typicalFeatures = 128

// features appends what speaks for or against a candidate.
func (r *Rules) features(rd *reading, c *candidate, echo echo, said *timed, vs []value) []value {
	q, at, kind := c.q, c.sentence, rd.reckoned[c.index].kind
	s := &rd.sentences[at]
	vs = append(vs, value{kind, 1})
	vs = formFeatures(q, vs)
	vs = rd.themeFeatures(at, kind, vs)
	if e := echo.elsewhere(rd.reckoned[c.index].same, at); e > 0 {
		vs = append(vs, value{echoTheme, e})
	}
	vs = rd.clauseFeatures(q, at, vs)
	vs = rd.sizeFeatures(&rd.reckoned[c.index], vs)
	vs = r.timeFeatures(rd, c, said, vs)
	vs = r.groupFeatures(rd, q, at, kind, s, vs)
	vs = r.subjectFeatures(rd, q, at, vs)
	vs = r.measureFeatures(&c.gauge, s, kind, vs)
	vs = rd.namedMeasure(&c.gauge, s, vs)
	t := tenseOf(said, q, s.start)
	return r.tenseFeatures(&t, c.gauge.chosen, kind, vs)
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
	return math.Abs(floatOf(d))
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
		value{jargonHere, s.jargon.sum}, value{jargonTop, s.jargon.top},
	)
	before, after := rd.beside(at, -1), rd.beside(at, 1)
	if before != nil {
		vs = append(vs, value{themeBefore, before.theme}, value{jargonBefore, before.jargon.sum})
	}
	if after != nil {
		vs = append(vs, value{themeAfter, after.theme}, value{jargonAfter, after.jargon.sum})
	}
	if two := rd.beside(at, -2); two != nil {
		vs = append(vs, value{anchorTwoBefore, two.anchor})
	}
	if s.near == 0 && s.anchor == 0 {
		vs = append(vs, value{noAnchorNear, 1})
	}
	return placeFeatures(s, kindThemeFeatures(s, kind, vs))
}

// kindThemeFeatures tell the theme again for each kind of quantity: small
// numbers need more of it.
func kindThemeFeatures(s *sentence, kind int, vs []value) []value {
	switch kind {
	case isSmall:
		vs = append(vs, value{smallTheme, s.theme}, value{smallAnchor, s.anchor})
	case isRate:
		vs = append(vs, value{rateTheme, s.theme}, value{rateAnchor, s.anchor})
	case isMoney:
		vs = append(vs, value{moneyTheme, s.theme}, value{moneyAnchor, s.anchor})
	case isCount:
		vs = append(vs, value{countTheme, s.theme}, value{countAnchor, s.anchor})
	case isMultiple, isPower:
		vs = append(vs, value{multipleAnchor, s.anchor})
	}
	return vs
}

// placeFeatures tell where in the call the sentence stands, and what it answers.
func placeFeatures(s *sentence, vs []value) []value {
	vs = append(vs, value{questionTheme, s.question}, value{questionTrade, s.trade})
	if s.place < 2 && s.question > 0 {
		vs = append(vs, value{questionStart, s.question})
	}
	if s.excluded {
		vs = append(vs, value{excludedHere, 1})
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
