package transcript

import (
	"maps"
	"slices"
)

// cue is something in a sentence that tells whether it asks or answers.
type cue uint8

// Cues. What they are worth is in flat_weights.go.
const (
	cueQuestionMark cue = iota
	cueOpensGotIt
	cueOpensGreat
	cueOpensOkay
	cueOpensYes
	cueOpensWell
	cueOpensThanks
	cueOpensAsking // "How", "Can", "Or"
	cueOpensHello
	cueOpensThing // "They", "It's", "There's"
	cueOpensJust
	cueOpensAndThen
	cueOpensI
	cueOpensSecond
	cueHasOur
	cueHasWe
	cueHasOftenWe
	cueHasYour
	cueHasYou
	cueHasWonder
	cueHasGuys
	cueHasFollow
	cueHasHelpful
	cueHasThanks
	cueHasHelpUs // "help us", "talk about", "any update"
	cueHasProud
	cueHasNumber
	cueHasAnalyst
	cueOpensAnalyst
	cueAddressesCompany
	cueCallsCompany // "Jane, do you want to take that?"
	cueHasIThink
	cueHasLetMe
	cueHasAsSaid
	cueAnswers // agrees, addresses the analyst, or takes up his question
	cueWelcomes
	cueMakesSense
	cueTiny
	cueLong
	numCues
)

// cues is a set of cues.
type cues uint64

func (c *cues) has(x cue) bool { return *c>>x&1 == 1 }

func (c *cues) set(x cue, is bool) {
	if is {
		*c |= 1 << x
	}
}

// cuesOf finds the cues of sentence k, in the slot of an analyst.
func (h *hearing) cuesOf(k, analyst int) cues {
	const tiny, long = 3, 25 // words
	w := h.in(k)
	var c cues
	c.set(cueQuestionMark, h.endsAsking(k))
	c.set(cueTiny, w.len() <= tiny)
	c.set(cueLong, w.len() > long)
	c.open(w)
	for i := range w.at {
		c.word(w, i)
	}
	h.nameCues(w, &h.cast.members[analyst], &c)
	c.set(cueAnswers, c.has(cueOpensYes) || c.has(cueOpensWell) || c.has(cueOpensAnalyst) ||
		h.says(k, saysTakings))
	c.set(cueWelcomes, h.says(k, saysWelcomings))
	c.set(cueMakesSense, h.says(k, saysUnderstands))
	return c
}

// open sets the cue of the words a sentence opens with.
func (c *cues) open(w words) {
	var in letters
	switch string(in.lower(w.bare(0))) {
	case "got", "gotcha", "understood", "interesting", "fair":
		c.set(cueOpensGotIt, true)
	case "great", "perfect", "excellent", "awesome", "fantastic", "good", "terrific", "wonderful", "super", "helpful", "very":
		c.set(cueOpensGreat, true)
	case "okay", "ok", "alright", "all":
		c.set(cueOpensOkay, true)
	case "yes", "yeah", "yep", "sure", "absolutely", "no", "certainly", "definitely":
		c.set(cueOpensYes, true)
	case "well", "look", "listen", "exactly", "correct":
		c.set(cueOpensWell, true)
	case "thanks", "thank", "appreciate", "congrats", "congratulations":
		c.set(cueOpensThanks, true)
	case "can", "could", "is", "are", "do", "does", "did", "how", "what", "why", "when", "or", "would", "any", "have", "has", "should", "where", "which", "was":
		c.set(cueOpensAsking, true)
	case "hi", "hey", "hello":
		c.set(cueOpensHello, true)
	case "they", "there", "now", "these", "those", "the", "in", "it":
		c.set(cueOpensThing, true)
	case "just", "maybe", "my", "curious":
		c.set(cueOpensJust, true)
	case "and":
		c.set(cueOpensAndThen, w.is(1, "then", "maybe", "just", "is", "how", "what", "are", "do", "does", "did", "can", "could", "would", "should", "if", "any"))
	case "i", "i'm", "i’m":
		c.set(cueOpensI, true)
	}
	c.set(cueOpensSecond, w.is(0, "second", "secondly") || w.is(0, "and", "my") && w.is(1, "second", "secondly", "other"))
}

// word sets the cue of word i.
func (c *cues) word(w words, i int) {
	c.set(cueHasNumber, w.shows(i, beginsNumber))
	if !w.mayOpen(i, cueWords) {
		return
	}
	var in letters
	word := in.lower(w.bare(i))
	if x, is := wordCues[string(word)]; is {
		c.set(cueHasOftenWe, x == cueHasWe && c.has(cueHasWe))
		c.set(x, true)
		return
	}
	switch string(word) {
	case "you":
		c.set(cueHasYou, !w.is(i+1, "know") && !w.is(i-1, "thank"))
	case "help", "talk", "elaborate", "comment", "expand", "give", "walk", "remind", "update":
		c.set(cueHasHelpUs, w.is(i-1, "you", "to", "us", "any") || w.is(i+1, "us"))
	case "think":
		c.set(cueHasIThink, w.is(i-1, "i"))
	case "let":
		c.set(cueHasLetMe, w.is(i+1, "me"))
	}
}

// wordCues are the words that are cues wherever they stand.
var wordCues = map[string]cue{
	"our": cueHasOur, "us": cueHasOur, "ours": cueHasOur,
	"we": cueHasWe, "we're": cueHasWe, "we've": cueHasWe, "we'll": cueHasWe, "we’re": cueHasWe, "we’ve": cueHasWe, "we’ll": cueHasWe, "we'd": cueHasWe,
	"your": cueHasYour, "you've": cueHasYour, "you're": cueHasYour, "you’ve": cueHasYour, "you’re": cueHasYour,
	"curious": cueHasWonder, "wondering": cueHasWonder, "wonder": cueHasWonder, "congrats": cueHasWonder, "congratulations": cueHasWonder, "guess": cueHasWonder, "wanted": cueHasWonder,
	"guys":   cueHasGuys,
	"follow": cueHasFollow, "follow-up": cueHasFollow, "followup": cueHasFollow,
	"helpful": cueHasHelpful, "color": cueHasHelpful, "colour": cueHasHelpful,
	"thanks": cueHasThanks, "thank": cueHasThanks, "appreciate": cueHasThanks,
	"excited": cueHasProud, "pleased": cueHasProud, "happy": cueHasProud, "confident": cueHasProud, "proud": cueHasProud, "continue": cueHasProud, "teams": cueHasProud,
	"important": cueHasProud, "focused": cueHasProud, "course": cueHasProud,
	"i'll": cueHasLetMe, "i’ll": cueHasLetMe,
	"said": cueHasAsSaid, "mentioned": cueHasAsSaid, "talked": cueHasAsSaid,
}

// cueWords are all the words that may be cues.
var cueWords = phrasesOf(append(slices.Sorted(maps.Keys(wordCues)),
	"you", "help", "talk", "elaborate", "comment", "expand", "give", "walk", "remind", "update", "think", "let")...)

// nameCues sets the cues of the names in a sentence.
func (h *hearing) nameCues(w words, analyst *member, c *cues) {
	const opening = 5 // words
	for i := range w.at {
		if w.shows(i, beginsSmall) { // as most
			continue
		}
		word := w.bare(i)
		if !beginsSentence(word) {
			continue
		}
		if analyst.isCalled(word) {
			c.set(cueHasAnalyst, i >= opening)
			c.set(cueOpensAnalyst, i < opening)
			continue
		}
		if isAddressed(w, i) && h.cast.named(word) != nobody {
			c.set(cueAddressesCompany, true)
			c.set(cueCallsCompany, callsOn(w))
		}
	}
}

// isAddressed reports whether word i, a name, stands apart as of one who is
// spoken to.
func isAddressed(w words, i int) bool {
	const opening = 3 // words
	return w.shows(i, endsClause|endsAsking) && (i < opening || w.shows(i-1, endsClause) || w.ends(i-1))
}

// callsOn reports whether a sentence in which a colleague is addressed asks him
// to speak.
func callsOn(w words) bool {
	return w.hasAny(callsOnColleague)
}

// change is what the end of one sentence and the beginning of the next tell of
// a change of voice.
type change uint8

// Changes. What they are worth is in flat_weights.go.
const (
	changeAny change = iota
	changeAfterQuestion
	changeAfterThanks
	changeAfterHelpful
	changeAfterTiny
	changeToAnswer
	changeToQuestion
	changeToTiny
	changeToGreat
	changeUnasked // nothing has been asked in the slot
	numChanges
)

// changes is a set of changes.
type changes uint16

func changesBetween(before, after cues, asked bool) changes {
	var c changes
	set := func(x change, is bool) {
		if is {
			c |= 1 << x
		}
	}
	set(changeAny, true)
	set(changeAfterQuestion, before.has(cueQuestionMark))
	set(changeAfterThanks, !before.has(cueQuestionMark) && before.has(cueHasThanks))
	set(changeAfterHelpful, before.has(cueHasHelpful) || before.has(cueHasFollow))
	set(changeAfterTiny, before.has(cueTiny))
	set(changeToAnswer, after.has(cueAnswers))
	set(changeToQuestion, after.has(cueQuestionMark))
	set(changeToTiny, after.has(cueTiny))
	set(changeToGreat, after.has(cueOpensGotIt) || after.has(cueOpensGreat) || after.has(cueOpensOkay))
	set(changeUnasked, !asked)
	return c
}
