package transcript

import "strings"

// phrases are phrases in lower case with single spaces, by their first letter,
// and which words may open one: looking for many at once costs hardly more than
// looking for one. As words are compared without possessive endings, "today's"
// is "today" in them.
type phrases struct {
	by        ['z' - 'a' + 1][]string
	openers   printSet
	followers printSet // the second words of the phrases
	alone     printSet // the phrases that are single words
}

// fingerprint is a small number that equal words share, whatever their case.
// Few others do.
type fingerprint uint16

const (
	// prints is the number of fingerprints.
	prints = 1024
	// setBits is the number of members of a set that is one integer.
	setBits = 64
)

// printSet is a set of fingerprints.
type printSet [prints / setBits]uint64

func (s *printSet) add(of fingerprint) { s[of/setBits] |= 1 << (of % setBits) }

func (s *printSet) has(of fingerprint) bool { return s[of/setBits]>>(of%setBits)&1 == 1 }

func fingerprintOf(word string) fingerprint {
	const letter = 0x1f // what tells letters apart, whatever their case
	if word == "" {
		return 0
	}
	last := len(word) - 1
	return (fingerprint(word[0]&letter)<<5 ^ fingerprint(word[last]&letter) ^ fingerprint(word[last/2]&letter)<<3 ^ fingerprint(len(word))<<7) % prints
}

func phrasesOf(list ...string) *phrases {
	var p phrases
	for _, phrase := range list {
		p.by[phrase[0]-'a'] = append(p.by[phrase[0]-'a'], phrase)
		opener, rest, more := strings.Cut(phrase, " ")
		p.openers.add(fingerprintOf(opener))
		if !more {
			p.alone.add(fingerprintOf(opener))
			continue
		}
		follower, _, _ := strings.Cut(rest, " ")
		p.followers.add(fingerprintOf(follower))
	}
	return &p
}

// hasAny reports whether any of the phrases stands among the words.
func (w words) hasAny(p *phrases) bool {
	for i := range w.at {
		if w.mayOpen(i, p) {
			if _, is := w.opensAny(i, p); is {
				return true
			}
		}
	}
	return false
}

// opensAny reports whether any of the phrases stands from word i on, and which
// word follows it.
func (w words) opensAny(i int, p *phrases) (after int, is bool) {
	if !w.mayOpen(i, p) { // as most
		return i, false
	}
	word := w.bare(i)
	if word == "" {
		return i, false
	}
	first := word[0] | lowerBit
	if first < 'a' || first > 'z' {
		return i, false
	}
	for _, phrase := range p.by[first-'a'] {
		if len(phrase) < len(word) || len(word) > 1 && phrase[1]|lowerBit != word[1]|lowerBit { // as most
			continue
		}
		if after, is := w.phrase(i, phrase); is {
			return after, true
		}
	}
	return i, false
}

// mayOpen tells at once of most words that open none of the phrases that they
// do not: neither they nor the words after them are in one.
func (w words) mayOpen(i int, p *phrases) bool {
	if i < 0 || i >= len(w.at) {
		return false
	}
	of := w.at[i].print
	return p.openers.has(of) && (p.alone.has(of) || i+1 < len(w.at) && p.followers.has(w.at[i+1].print))
}

// What operators say, and nobody else.
var (
	instructions = phrasesOf("press star", "star one", "star 1", "press 1", "press the star", "star then", "star key", "star zero", "telephone keypad", "touch-tone", "touchtone",
		"your line is", "your lines are", "line is open", "line is now open", "withdraw your question", "enter the queue", "pick up your handset", "your handset", "the line of",
		"conclude today", "concludes today", "concludes the question", "concludes our question", "concludes this", "may now disconnect", "may disconnect", "disconnect your", "listen-only",
		"q&a roster", "no further questions", "no more questions", "no additional questions", "floor is now open", "question comes from", "question is from", "question will come from",
		"question today comes", "poll for questions", "next question from", "ask a question please", "would like to ask a question", "to ask a question", "have a question please",
		"with your question", "reached the end of")
	briefInstructions = phrasesOf("please go ahead", "you may go ahead", "you can go ahead", "go ahead please", "go ahead with your", "please proceed", "you may proceed", "one moment please", "one moment for", "stand by", "next question", "your question please", "time for one", "time for our", "have time for", "you may begin")
	leadIns           = phrasesOf("thank you", "certainly", "absolutely", "ladies and gentlemen", "our next", "our first", "at this time", "and our", "and the next", "one moment", "once again", "again",
		"as a reminder", "the next", "next", "we will now", "we'll now", "the question-and-answer", "the first question")
	givingBack = phrasesOf("turn the call back", "turn the conference back", "turn the floor back", "hand the call back", "hand the conference back", "pass the call back", "turn it back",
		"hand it back", "turn the call over", "turn the conference over", "hand the conference over", "hand the call over", "hand back to", "hand it over")
	closings     = phrasesOf("closing remarks", "closing comments", "concluding remarks", "final remarks", "no further questions", "no more questions")
	conclusions  = phrasesOf("disconnect", "concludes today", "conclude today", "concludes this", "concludes the conference")
	invitations  = phrasesOf("line is", "go ahead", "proceed", "your question please", "with your question")
	operatorOnly = phrasesOf("listen-only", "listen only", "being recorded", "press star", "question-and-answer session", "question and answer session", "standing by", "stand by", "your host",
		"today speaker", "your speaker", "your first speaker", "turn the conference", "hand the conference")
)

// partaking is said before the names of those who take part in a call.
var partaking = phrasesOf("joined", "joining", "with me", "with us", "here with", "on the call", "on today call", "on our call", "my name is")

// What is said to open the question session, and what shows that it is only
// promised.
var (
	sessionOpenings = phrasesOf("first question", "open the call for questions", "open the line for questions", "open the lines for questions", "open the call up for questions",
		"open it up for questions", "open up for questions", "open for questions", "take your questions", "take questions", "begin the question", "begin the q&a", "start the q&a", "q&a session",
		"question-and-answer session", "question and answer session", "poll for questions", "ready for questions", "ready for your questions", "move to q&a", "move over to investor questions",
		"move to questions", "go to questions")
	promises = phrasesOf("following", "after", "then", "during")
)

// What is said where the voice changes.
var (
	beginnings = phrasesOf("go ahead", "you may begin", "please proceed", "you may proceed", "please begin", "over to you", "floor is yours", "may now begin", "you can begin", "back to you")
	takeovers  = phrasesOf("yes", "yeah", "yep", "sure", "okay", "thanks", "hi", "hey", "hello", "no", "thank you", "good morning", "good afternoon", "all right", "maybe just", "and just",
		"i'll add", "i'll just add", "just one", "and maybe", "maybe i", "the only thing i", "to add", "let me add")
	// additions open what somebody adds to another's answer: hardly anybody says
	// them in the middle of his own.
	additions = phrasesOf("i would add", "i’d add", "i'd add", "i would just add", "i'd just add", "i’d just add", "i would also add", "i'd also add", "i'll add to that", "let me add to that", "let me just add",
		"just to add", "and just to add", "maybe just to add", "maybe i'll add to that", "and i would add", "and i'd add", "and i would just add", "and i'd just add", "yes i would add", "yeah i would add",
		"yes i'd add", "yeah i'd add", "if i could add", "if i could just add", "if i can add", "if i can just add", "if i may add", "maybe i can add", "maybe i could add", "the only thing i would add",
		"the only thing i'd add", "one thing i would add", "one thing i'd add", "the one thing i would add", "the one thing i'd add", "the other thing i would add", "the other thing i'd add",
		"to add to that", "to add to what", "adding to what", "just to build on", "to build on that", "to build on what", "building on that", "building on what", "let me build on",
		"i'd echo", "i would echo", "to echo what", "just to echo")
	callsOnColleague = phrasesOf("want to", "you want", "wanna", "why don't you", "you take", "you comment", "you can comment", "you add", "like to add", "like to take", "you start")
	callsPolitely    = phrasesOf("go ahead", "you can", "would you", "could you")
)

// What is said in asking and answering.
var (
	welcomings  = phrasesOf("you're welcome", "for the question", "your question", "for your question", "great question", "good question", "you bet")
	takings     = phrasesOf("great question", "good question", "for the question", "your question", "take that", "start with that")
	understands = phrasesOf("makes sense", "that great", "that is great", "that helpful", "that is helpful", "very helpful", "really helpful", "that fair", "that is fair", "got it", "super helpful", "fair enough", "that clear", "that is clear", "very clear")
	courtesies  = phrasesOf("thanks", "thank you", "helpful", "congrats", "congratulations", "appreciate", "best wishes", "best of luck", "good luck", "all the best")
)
