package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// warnTruncated tells of a text that begins or ends in the middle. cut is
// whether the document itself shows that its end is missing.
func (c *call) warnTruncated(found *findings, cut bool) {
	first := c.firstSpoken()
	if first == len(c.turns) {
		return
	}
	opening := &c.turns[first]
	switch r, _ := utf8.DecodeRuneInString(opening.at.of(c.text)); {
	case unicode.IsLower(r):
		found.warn(callrankv1.WarnTruncated, "the text begins in the middle of a sentence", opening.words.place(0))
	case !c.isWelcomed():
		found.warn(callrankv1.WarnTruncated, "the text seems to begin after the call has begun: nobody welcomes to it", opening.words.place(0))
	}
	last := c.lastSpoken()
	closing := c.turns[last].words
	end := closing.place(closing.len() - 1)
	switch {
	case cut:
		found.warn(callrankv1.WarnTruncated, "the document breaks off: what follows is missing", end)
	case c.script.cut:
		found.warn(callrankv1.WarnTruncated, "the text ends with the name of a speaker, before what he says", span{})
	case c.endsWithin(closing):
		found.warn(callrankv1.WarnTruncated, "the text ends in the middle of a sentence", end)
	case !c.takesLeave():
		found.warn(callrankv1.WarnTruncated, "the text seems to end before the call does: nobody takes leave", end)
	}
}

// lastSpoken is the index of the last turn that is speech; there is one.
func (c *call) lastSpoken() int {
	last := len(c.turns) - 1
	for last > 0 && !c.turns[last].isSpeech() {
		last--
	}
	return last
}

// endsWithin reports whether the last words of a text end no sentence. Some
// recognisers of speech write no marks at all: in text without speakers the
// rest must have them.
func (c *call) endsWithin(w words) bool {
	last := w.word(w.len() - 1)
	if strings.TrimRight(last, `.?!…)]"'”’—-`) != last || strings.HasSuffix(last, ":") {
		return false
	}
	if bare := w.bare(w.len() - 1); bare == last && c.takesLeave() && w.is(w.len()-1, "call", "conference", "disconnect", "goodbye", "bye", "day", "line", "lines", "program") {
		return false // only the full stop is missing
	}
	if w.is(w.len()-1, "you") && w.is(w.len()-2, "thank") {
		return false
	}
	return c.script.layout != callrankv1.LayoutFlat || c.isPunctuated(w)
}

// isPunctuated reports whether sentences are ended by marks in the last words
// of a text.
func (c *call) isPunctuated(w words) bool {
	const sample, usual = 400, 40 // words; a sentence is seldom longer
	w = w.slice(w.len()-sample, w.len())
	ends := 0
	for i := range w.at {
		if w.ends(i) {
			ends++
		}
	}
	return ends > w.len()/usual
}

// isWelcomed reports whether somebody welcomes to the call, greets or hands over
// among the first words that are spoken.
func (c *call) isWelcomed() bool {
	const opening = 150 // words
	left := opening
	for i := range c.turns {
		if !c.turns[i].isSpeech() {
			continue
		}
		w := c.turns[i].words.slice(0, left)
		if w.has("welcome", "good morning", "good afternoon", "good evening", "good day", "standing by", "hello", "joining", "joined", "hi everyone", "hi all", "greetings",
			"turn the", "turn it", "hand the", "hand it", "conference call", "earnings call", "ladies and gentlemen") {
			return true
		}
		if left -= c.turns[i].words.len(); left <= 0 {
			break
		}
	}
	return false
}

// takesLeave reports whether the call is closed, or everybody thanked or wished
// well, among the last words that are spoken.
func (c *call) takesLeave() bool {
	const closing = 60 // words
	left := closing
	for i := len(c.turns) - 1; i >= 0 && left > 0; i-- {
		if !c.turns[i].isSpeech() {
			continue
		}
		w := c.turns[i].words
		if w.slice(w.len()-left, w.len()).has("disconnect", "conclude", "concludes", "concluded", "concluding", "conclusion", "bye", "goodbye", "bye-bye", "have a", "look forward", "looking forward",
			"take care", "see you", "next quarter", "speak with you", "speak to you", "talk to you", "end of the", "end of our", "end of today's", "ends the", "ends our", "ends today's",
			"thank you all", "thank you everyone", "thank you very much", "thank you again", "thank you so much", "thanks everyone", "thanks everybody", "thanks all", "thanks again", "thanks very much",
			"for joining", "for participating", "for attending", "for listening", "for being", "for your participation", "for your interest", "for your attention", "for your support", "for your time",
			"all the best", "enjoy", "close the call", "close our call", "closes", "adjourned", "that's all") {
			return true
		}
		left -= w.len()
	}
	return false
}

// dropCutHeading takes the last line out of a text that was cut in a heading:
// it begins as a heading or another line of the page does that stands above,
// where no sentence can go on. It reports whether there was one.
func (d *document) dropCutHeading() bool {
	const longest = 100
	last := len(d.lines) - 1
	for last > 0 && d.lines[last].empty() {
		last--
	}
	if last <= 0 {
		return false
	}
	line := d.line(last)
	broken := strings.Trim(line, ".-_=*") == ""
	if first, _ := utf8.DecodeRuneInString(line); len(line) > longest || !broken && (unicode.IsLower(first) || endsInSentence(line)) {
		return false
	}
	before := last - 1
	for before > 0 && d.lines[before].empty() {
		before--
	}
	if !broken && !d.mayPrecedeHeading(before) {
		return false
	}
	for i := range before {
		if d.beginsHeading(i, line) {
			d.removed = append(d.removed, d.lines[last])
			d.lines = d.lines[:last]
			d.words.at = d.words.at[:d.words.from(d.removed[len(d.removed)-1].start)]
			return true
		}
	}
	return false
}

// mayPrecedeHeading reports whether a heading may stand under line i: it ends a
// sentence, or is a heading itself, over a role.
func (d *document) mayPrecedeHeading(i int) bool {
	line := d.line(i)
	if endsInSentence(line) && !strings.HasSuffix(line, ",") || isRule(line) || isFullName(line) {
		return true
	}
	_, label := labelKind(line)
	return label || isSectionMark(line) || isPageFurniture(line)
}

// beginsHeading reports whether line i is short, closes no sentence and begins
// with some words, or is speech under a name that does.
func (d *document) beginsHeading(i int, start string) bool {
	line := d.line(i)
	if len(line) <= len(start) || line[:len(start)] != start {
		return false
	}
	if len(line) <= longestHeading && !endsInSentence(line) {
		return true
	}
	_, speech, is := splitColon(line)
	return is && speech > len(start)
}

// warnUnnamedOpening tells of a text that names its speakers, but not the
// first.
func (c *call) warnUnnamedOpening(found *findings) {
	first := c.firstSpoken()
	if first < len(c.turns) && c.person(first).name == nameUnknown {
		found.warn(callrankv1.WarnMissingSpeaker, "the text does not say who speaks first", c.turns[first].words.place(0))
	}
}
