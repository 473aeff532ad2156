package transcript

import "strings"

// handover is where a speaker gives the word to another.
type handover struct {
	to int // member; memberUnknown where nobody is known by the name
	// name and title are of somebody who was not presented before.
	name, title string
	// plainly is set unless the words may only tell of what will be done: "and
	// then I'll turn it over to Jane", "before I hand it to Jane".
	plainly bool
}

// passing is how words pass something on.
type passing uint8

const (
	passesNothing passing = iota
	// passesToNamed is followed at once by the name of the one who is given the
	// word, if he is given it at all: "over to".
	passesToNamed
	// presents is followed by a name: "introduce".
	presents
	// passesCall gives the word to somebody even if nobody is named: "turn the
	// call over to", "hand it back to".
	passesCall
)

// handsOver reports whether sentence k gives the word to another, and to whom.
func (h *hearing) handsOver(k int) (handover, bool) {
	w := h.in(k)
	later := false
	for i := range w.at {
		later = later || w.mayOpen(i, deferrals) && w.is(i, deferring...)
		after, how := passesOn(w, i)
		if how == passesNothing {
			continue
		}
		given := h.receiver(w, i, after, how)
		if given.to != memberUnknown || given.name != "" || how == passesCall {
			named := given.to != memberUnknown || given.name != ""
			given.plainly = !later && named && (how == passesCall || given.name == "" || given.title != "")
			return given, true
		}
	}
	return h.calls(w)
}

// deferring are the words that put off what is said after them.
var (
	deferring = []string{"before", "when", "after", "then", "once", "later", "which", "first", "start", "begin"}
	deferrals = phrasesOf(deferring...)
)

// passingVerbs are what one does with the word, and passingWords all that words
// which pass it on begin with.
var (
	passingVerbs = []string{"turn", "turning", "hand", "handing", "pass", "passing", "transfer", "throw", "kick", "flip", "toss", "switch"}
	passingWords = phrasesOf(append([]string{"over", "back", "introduce", "here"}, passingVerbs...)...)
)

// passesOn reports how the words from i on pass something on, and the index of
// the word after "to".
func passesOn(w words, i int) (after int, how passing) {
	const longest = 8                // words from the verb to "to"
	if !w.mayOpen(i, passingWords) { // as most
		return i, passesNothing
	}
	switch {
	case w.is(i, passingVerbs...):
		how = passesToNamed
		for j := i + 1; j < i+longest; j++ {
			switch {
			case w.is(j, "call", "conference", "floor", "meeting", "presentation", "program", "webcast", "things", "time", "microphone", "mic", "podium", "it"):
				how = passesCall
			case w.is(j, "to") && j > i+1:
				return j + 1, how
			case !w.is(j, "the", "this", "that", "over", "back", "off", "now", "our", "today", "on", "line", "session", "here", "right", "discussion", "everything"):
				return i, passesNothing
			}
		}
	case w.is(i, "over", "back") && w.is(i+1, "to"):
		return i + 2, passesToNamed
	case w.is(i, "introduce"):
		return i + 1, presents
	case w.is(i, "here") && isPossessive(w.word(i)):
		return i + 1, passesToNamed
	}
	return i, passesNothing
}

// receiver reads to whom the words from i on give the word, which pass it on
// with the word at verb.
func (h *hearing) receiver(w words, verb, i int, how passing) handover {
	const farthest = 24 // words
	if w.is(i, "you") {
		return h.addressed(w, verb, i+1)
	}
	end := min(w.len(), i+farthest)
	for j := i; j < end; j++ {
		switch {
		case w.is(j, "operator", "moderator"):
			return handover{to: memberOperator}
		case w.is(j, "mr", "ms", "mrs", "dr"):
			continue
		case j > i && w.is(j, "who", "to", "will") || w.is(j, "you"):
			return handover{}
		}
		if given, is := h.namedAt(w, i, j, end); is {
			return given
		}
		if how == passesToNamed && !isOffice(w, j) {
			return handover{}
		}
	}
	return handover{}
}

// isOffice reports whether word j may stand between "over to" and a name: "our
// Chief Executive Officer".
func isOffice(w words, j int) bool {
	return roleWords.has(w.bare(j)) || w.is(j, "our", "the", "your", "and", "of", "host", "speaker", "colleague", "today", "for", "first") || isPossessive(w.word(j))
}

// namedAt reads the name of somebody who is given the word with word i, where
// word j is the first of it.
func (h *hearing) namedAt(w words, i, j, end int) (handover, bool) {
	if isPossessive(w.word(j)) {
		return handover{}, false
	}
	if who, after := h.cast.at(w, j); who != nobody {
		if another, _ := h.cast.at(w, after+1); w.is(after, "and") && another != nobody {
			return handover{}, true // which of the two goes first is not said
		}
		return handover{to: who}, true
	}
	n := nameLength(w, j)
	switch {
	case n > 1 && j+n <= end && !isPossessive(w.word(j+n-1)):
		title, _ := titleAfter(w, j+n)
		if title == "" {
			title = titleBefore(w, i, j)
		}
		return handover{name: spokenName(w, j, j+n), title: title}, true
	case (n == 1 || isTwoInitials(w.bare(j))) && isGivenWord(w, i, j):
		title, _ := titleAfter(w, j+1)
		if title == "" {
			title = titleBefore(w, i, j)
		}
		return handover{name: w.bare(j), title: title}, true
	default:
		return handover{}, false
	}
}

// isTwoInitials takes CJ for what somebody is called.
func isTwoInitials(word string) bool { return len(word) == 2 && isInitials(word) }

// isGivenWord reports whether word j, the first name after word i, is that of a
// person: nothing but his office stands before it, and his clause ends with it
// or says what he will do.
func isGivenWord(w words, i, j int) bool {
	if j > i && !w.is(j-1, "mr", "ms", "mrs", "dr") && titleBefore(w, i, j) == "" {
		return false
	}
	return j+1 == w.len() || w.shows(j, endsClause|endsAsking) || w.is(j+1, "to", "for", "who", "and", "now", "with")
}

// addressed is who is addressed in a sentence that gives the word to "you": by
// his name before the verb, or from word i on.
func (h *hearing) addressed(w words, verb, i int) handover {
	for j := i; j < w.len(); j++ {
		if w.is(j, "operator") {
			return handover{to: memberOperator}
		}
		if given, is := h.namedAt(w, j, j, w.len()); is && strings.HasSuffix(w.word(j-1), ",") {
			return given
		}
	}
	for j := range verb {
		if who, _ := h.cast.at(w, j); who != nobody && w.shows(j, endsClause) {
			return handover{to: who}
		}
	}
	return handover{}
}

// calls reports whether a short sentence calls somebody of the company to
// speak: "Jane?", "With that, Jane.", "Jane, please go ahead."
func (h *hearing) calls(w words) (handover, bool) {
	const short = 7 // words
	if w.len() == 0 || w.len() > short {
		return handover{}, false
	}
	asks := strings.HasSuffix(w.word(w.len()-1), "?")
	begin, leads := w.anyPhrase(opensWith(w), "with that", "on that note")
	if !leads {
		begin = 0
	}
	if w.is(0, nameOperator) {
		return handover{to: memberOperator, plainly: true}, true
	}
	who, after := h.cast.at(w, begin)
	if who != nobody {
		return handover{to: who, plainly: true}, after == w.len() && (asks || leads) || w.has("go ahead", "over to you", "you may begin", "please")
	}
	return callsStranger(w, begin, asks || leads)
}

// callsStranger reports whether a short sentence calls somebody who was not
// presented: by his name alone, or by both and "you may begin".
func callsStranger(w words, begin int, alone bool) (handover, bool) {
	n := nameLength(w, begin)
	switch {
	case n > 1 && w.has("you may begin", "you may now begin", "please begin"):
		return handover{name: spokenName(w, begin, begin+n), plainly: true}, true
	case n == 1 && alone && begin+1 == w.len():
		return handover{name: w.bare(begin)}, true
	default:
		return handover{}, false
	}
}

// member is who is given the word: somebody who is not known yet is taken into
// the cast.
func (h *hearing) member(given handover) int {
	if given.name != "" {
		return h.cast.givenTo(given.name, given.title)
	}
	return given.to
}

// opensWith skips the words with which one takes the word, such as "great" and
// "okay", at the beginning of a sentence.
func opensWith(w words) int {
	i := 0
	for i < 2 && w.is(i, "great", "okay", "ok", "alright", "all", "right", "well", "yes", "yeah", "perfect", "super", "excellent", "hey", "wonderful", "so", "and", "wow") {
		i++
	}
	return i
}

// greets reports whether sentence k is one with which somebody begins.
func (h *hearing) greets(k int) bool {
	w := h.in(k)
	_, is := w.anyPhrase(opensWith(w), "thanks", "thank you", "many thanks", "good morning", "good afternoon", "good evening", "good day", "hello", "hi", "hey", "welcome", "greetings", "ladies and gentlemen")
	return is
}

// thanked is the person of the company, or the operator, whom sentence k thanks
// by name as it begins; nobody if it does not.
func (h *hearing) thanked(k int) int {
	const reach = 12 // words from the thanks to the name
	w := h.in(k)
	after, is := w.anyPhrase(opensWith(w), "thanks", "thank you", "many thanks")
	if !is {
		return nobody
	}
	for j := after; j < min(after+reach, w.len()) && !w.is(j, "and"); j++ {
		if w.is(j, "operator") {
			return memberOperator
		}
		if who, _ := h.cast.at(w, j); who != nobody {
			return who
		}
	}
	return nobody
}

// thankedName is the given name of somebody unknown whom sentence k thanks.
func (h *hearing) thankedName(k int) string {
	w := h.in(k)
	after, is := w.anyPhrase(opensWith(w), "thanks", "thank you", "many thanks")
	if !is || nameLength(w, after) != 1 || !w.shows(after, endsClause) {
		return ""
	}
	return w.bare(after)
}

// invites reports whether sentence k only asks somebody to begin, after the
// word was given to him: "Please go ahead.", "Jane?"
func (h *hearing) invites(k int) bool {
	const short = 9 // words
	w := h.in(k)
	if w.len() > short {
		return false
	}
	if _, is := h.calls(w); is {
		return true
	}
	return w.hasAny(beginnings) ||
		nameLength(w, 0) == w.len() || w.has("please") && w.len() <= 2
}
