package transcript

import (
	"fmt"
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// message writes the transcript out.
func (c *call) message(src Source, found *findings) *callrankv1.Transcript {
	about := &callrankv1.Call{Layout: c.script.layout}
	if src.Container != "" {
		container := strings.ToValidUTF8(src.Container, "\uFFFD")
		about.Source = &container
	}
	found.fill(about)
	out := &callrankv1.Transcript{Call: about}
	place := c.participants(out)
	for i := range c.turns {
		t := &c.turns[i]
		out.Turns = append(out.Turns, &callrankv1.Turn{Participant: place[t.who], Section: t.section, Speech: t.at.message(), Inferred: t.inferred})
	}
	exchanges := c.exchanges()
	for i := range exchanges {
		out.Exchanges = append(out.Exchanges, exchanges[i].message(c))
	}
	c.warn(found, src.Cut)
	out.Warnings = found.warnings
	out.Words = uint32(c.spoken())
	return out
}

// participants writes out those who are heard, in the order in which they
// speak first, and returns the place of each person among them.
func (c *call) participants(out *callrankv1.Transcript) map[int]uint32 {
	place := map[int]uint32{}
	for i := range c.turns {
		who := c.turns[i].who
		if _, has := place[who]; has {
			continue
		}
		place[who] = uint32(len(out.GetParticipants()))
		out.Participants = append(out.Participants, c.people.all[who].message(out.GetCall().GetCompany()))
	}
	return place
}

// warn tells of what a reader should know before he trusts who said what. cut
// is whether the document itself shows that its end is missing.
func (c *call) warn(found *findings, cut bool) {
	if c.script.layout == callrankv1.LayoutFlat {
		const manyLines = 8
		if strings.Count(c.text, "\n") >= manyLines {
			found.warn(callrankv1.WarnUnknownLayout, "the layout is not known: no headings could be read", span{})
		}
	} else {
		c.warnUnnamedOpening(found)
		c.warnMissingSpeakers(found)
	}
	c.warnInferred(found)
	c.warnTruncated(found, cut)
}

// warnInferred tells how many turns are of somebody whom no heading names.
func (c *call) warnInferred(found *findings) {
	inferred := 0
	for i := range c.turns {
		if c.turns[i].inferred {
			inferred++
		}
	}
	if inferred > 0 {
		found.warn(callrankv1.WarnInferredSpeakers, fmt.Sprintf("no heading names the speakers of %d of %d turns: who speaks was concluded from what is said", inferred, len(c.turns)), span{})
	}
}

// warnMissingSpeakers tells of turns in which somebody else seems to go on: in
// the middle of an answer a new voice adds to it, or the speaker is thanked by
// name.
func (c *call) warnMissingSpeakers(found *findings) {
	const mostWarnings = 20
	warned := 0
	for i := range c.turns {
		kind := c.kind(i)
		if !c.turns[i].isSpeech() || kind == callrankv1.KindOperator || kind == callrankv1.KindAnalyst {
			continue
		}
		if at, shows := c.otherVoice(i); shows && warned < mostWarnings {
			warned++
			found.warn(callrankv1.WarnMissingSpeaker, fmt.Sprintf("under the heading of %s somebody else seems to go on here", c.person(i).name), at)
		}
	}
}

// otherVoice finds where, inside a turn, somebody else seems to begin.
func (c *call) otherVoice(i int) (span, bool) {
	const opening = 25 // words within which adding to an answer is the turn's own beginning
	t := &c.turns[i]
	w := t.words
	first := c.people.all[t.who].key.first
	for j := opening; j < w.len(); j++ {
		if !w.ends(j - 1) {
			continue
		}
		after, adds := w.opensAny(j, additions)
		if adds && t.section == callrankv1.SectionQA {
			return w.span(j, after), true
		}
		if after, thanks := w.anyPhrase(j, "thank you", "thanks", "this is"); thanks && first != "" && after < w.len() && w.shows(after, endsClause) &&
			plain(w.bare(after)) != "" && c.namesSomeoneElse(t.who, plain(w.bare(after)), w.is(j, "this")) {
			return w.span(j, after+1), true
		}
	}
	return span{}, false
}

// namesSomeoneElse reports whether a first name said in a person's turn shows
// that another speaks: he is thanked himself, or another of the company says
// who he is. A first name that several people have shows nothing.
func (c *call) namesSomeoneElse(speaker int, name string, introducesHimself bool) bool {
	found := -1
	for i, who := range c.people.all {
		if who.key.first == "" || !sameGivenName(who.key.first, name) {
			continue
		}
		if found >= 0 {
			return false
		}
		found = i
	}
	if found < 0 {
		return false
	}
	if introducesHimself {
		return found != speaker && c.people.all[found].kind == callrankv1.KindExecutive
	}
	return found == speaker
}
