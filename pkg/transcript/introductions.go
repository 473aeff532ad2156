package transcript

import (
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// mostSpokenWords is the number of words that a name has at most when it is
// said.
const mostSpokenWords = 5

// introduction is where an operator, or whoever leads the question session,
// announces who asks next.
type introduction struct {
	name, firm string
	sentence   int // index of the first word of the sentence
	end        int // index of the word after the name and firm
}

// findIntroductions returns the introductions of people who ask, in order,
// among the words from start on: "our next question comes from the line of
// Jane Roe with Barclays", "we'll go to Jane Roe of Barclays", "next question
// is from Jane Roe, Barclays".
//
// An operator hardly says anything else: of what he says, any name with a firm
// after "from" or "to" is taken.
func findIntroductions(w words, start int, operator bool) []introduction {
	var found []introduction
	for i := start; i < w.len(); i++ {
		if !operator && !w.mayOpen(i, introducing) { // as most
			continue
		}
		in, is := introductionAt(w, i, operator)
		if !is {
			continue
		}
		in.sentence = max(sentenceStart(w, i), start)
		found = append(found, in)
		i = in.end - 1
	}
	return found
}

func introductionAt(w words, i int, operator bool) (introduction, bool) {
	if after, plainly, is := introductionCue(w, i); is {
		return introducedAt(w, after, plainly)
	}
	if !operator {
		return introduction{}, false
	}
	if w.is(i, "from", "to", "is", "have") {
		return introducedAt(w, skipCourtesy(w, i+1), false)
	}
	if i == 0 || w.ends(i-1) { // "Jane Roe from Barclays has the next question."
		in, is := introducedAt(w, i, false)
		return in, is && (w.is(in.end, "has", "please", "your", "you") || in.end == w.len() || w.ends(in.end-1))
	}
	return introduction{}, false
}

// introductionCue reports whether the words from i on lead to a name of
// somebody who asks, where that name begins, and whether they do so plainly
// enough that a name alone may follow.
func introductionCue(w words, i int) (after int, plainly, is bool) {
	if !w.mayOpen(i, introducing) {
		return i, false, false
	}
	var in letters
	switch string(in.lower(w.bare(i))) {
	case "line", "lines":
		if after, is := w.phrase(i+1, "of"); is {
			return skipCourtesy(w, after), true, true
		}
	case "question", "questions", "caller":
		after, is := questionFrom(w, i)
		return after, true, is
	case "go", "move", "turn", "hear", "over":
		if after, is := w.anyPhrase(i+1, "next to", "next now to", "to", "from", "on to", "now to", "over to", "first to", "ahead to", "ahead and take", "next with", "on next to"); is {
			return skipCourtesy(w, after), false, true
		}
	case "next", "first", "last", "final":
		if after, is := w.anyPhrase(i+1, "up is", "up we have", "we have", "we'll have", "is", "up will be", "from", "we will hear from", "in line is", "in queue is"); is {
			return skipCourtesy(w, after), false, true
		}
	}
	return i, false, false
}

// introducing are the words with which a cue begins.
var introducing = phrasesOf("line", "lines", "question", "questions", "caller", "go", "move", "turn", "hear", "over", "next", "first", "last", "final")

// questionFrom reads on after "question": "comes from", "today is coming from
// the line of", "by".
func questionFrom(w words, i int) (after int, is bool) {
	const farthest = 7
	for j := i + 1; j <= i+farthest && !w.ends(j-1); j++ {
		if w.is(j, "from", "by") {
			if after, is := w.anyPhrase(j+1, "the line of", "line of"); is {
				return skipCourtesy(w, after), true
			}
			return skipCourtesy(w, j+1), true
		}
		if !w.is(j, "comes", "come", "coming", "will", "be", "is", "today", "tonight", "this", "morning", "afternoon", "evening", "then", "now", "and", "that", "on", "has", "over", "also", "for", "the", "day", "going", "to") {
			break
		}
	}
	return i, false
}

func skipCourtesy(w words, i int) int {
	if w.is(i, "the") && w.is(i+1, "line") && w.is(i+2, "of") {
		i += 3
	}
	if w.is(i, "mr", "ms", "mrs", "dr", "miss", "analyst", "our") {
		i++
	}
	return i
}

// introducedAt reads "Jane Roe with Barclays" from word i on. A firm must
// follow the name, since "go to Europe" introduces nobody, or the speaker is
// asked to go ahead; where the words before are plain, a full name will do.
func introducedAt(w words, i int, plainly bool) (introduction, bool) {
	n := nameLength(w, i)
	if n == 0 {
		return introduction{}, false
	}
	in := introduction{name: spokenName(w, i, i+n), end: i + n}
	after := i + n
	if w.ends(after - 1) {
		return in, n > 1 && (plainly || invited(w, after))
	}
	begin := after
	if w.is(after, "with", "from", "at", "of", "representing") {
		begin++
	} else if !strings.HasSuffix(w.word(after-1), ",") {
		return in, n > 1 && plainly && !beginsSentence(w.word(after))
	}
	if w.is(begin, "the") {
		begin++
	}
	firm, end := firmAt(w, begin)
	if isTitle(firm) {
		return introduction{}, false
	}
	if firm != "" {
		in.firm, in.end = firm, end
		return in, true
	}
	return in, n > 1 && plainly
}

// invited reports whether the speaker before word i is asked to go ahead.
func invited(w words, i int) bool {
	_, is := w.anyPhrase(i, "please go ahead", "please proceed", "your line is", "you may", "go ahead", "please state", "your line's", "your question", "please")
	return is
}

// nameLength counts the words from i on that are a spoken name; 0 if there is
// none.
func nameLength(w words, i int) int {
	n, whole := 0, false
	for n < mostSpokenWords {
		word := w.word(i + n)
		bareWord := unmarked(word, ",.;:?!\"“”")
		if cut, is := strings.CutSuffix(bareWord, "'s"); is {
			bareWord = cut
		}
		if isInitials(bareWord) && bareWord != "" {
			n++
			continue
		}
		full, is := isNameWord(bareWord, n == 0)
		if !is || bareWord == "" {
			break
		}
		n++
		whole = whole || full
		if strings.HasSuffix(word, ",") || strings.HasSuffix(word, ";") || w.ends(i+n-1) {
			break
		}
	}
	for n > 0 && isParticle(w.bare(i+n-1)) {
		n--
	}
	if !whole {
		return 0
	}
	return n
}

func spokenName(w words, i, j int) string {
	fields := fieldsOf(w, i, j)
	fields[len(fields)-1] = strings.TrimRight(fields[len(fields)-1], ",.;:?!")
	return strings.Join(fields, " ")
}

// firmAt reads the name of a firm from word i on, up to the end of the
// sentence or to "please", "your line", "go ahead".
func firmAt(w words, i int) (firm string, end int) {
	const longestFirm = 8
	end = i
	for end < w.len() && end < i+longestFirm {
		if w.is(end, "please", "your", "go", "you", "may", "who", "for", "on", "is", "hi", "hello", "hey", "thanks", "thank", "good") ||
			w.is(end, "and") && !beginsSentence(w.word(end+1)) {
			break
		}
		word := w.word(end)
		if !beginsSentence(word) && !w.is(end, "and", "of", "&", "the", "de") && w.word(end) != "&" {
			break
		}
		end++
		if w.ends(end-1) || strings.HasSuffix(word, ",") && !followsFirm(w.bare(end)) {
			break
		}
	}
	for end > i && w.is(end-1, "and", "of", "the", "de") {
		end--
	}
	if end == i {
		return "", i
	}
	fields := fieldsOf(w, i, end)
	last := &fields[len(fields)-1]
	*last = strings.TrimRight(strings.TrimRight(*last, ",;:?!"), ".")
	return strings.Join(fields, " "), end
}

// followsFirm lets a firm go on after a comma, as before Inc. and LLC.
func followsFirm(word string) bool {
	switch strings.ToLower(word) {
	case "inc", "llc", "lp", "nicolaus", "bruyette", "woods":
		return true
	default:
		return false
	}
}

// findIntroductions finds the introductions that operators, hosts and unnamed
// speakers make, in the order of the turns. Management and analysts announce
// nobody in the middle of what they say; the end of what they say may.
func (c *call) findIntroductions() {
	const tail = 60 // words
	c.announced = map[int]introduction{}
	for i := range c.turns {
		t := &c.turns[i]
		kind := c.kind(i)
		if !t.isSpeech() || kind == callrankv1.KindAnalyst {
			continue
		}
		start := 0
		if kind == callrankv1.KindExecutive || kind == callrankv1.KindUnknown && c.script.layout != callrankv1.LayoutFlat {
			start = max(0, t.words.len()-tail)
		}
		for _, in := range findIntroductions(t.words, start, kind == callrankv1.KindOperator) {
			c.introductions = append(c.introductions, introduced{in, i})
			c.announced[i] = in
		}
	}
}

// selfIntroduced reads the firm with which a speaker introduces himself when
// he begins: "This is Jane Roe from Barclays", "Jane Roe, Stifel." Empty if he
// does not.
func (c *call) selfIntroduced(i int) string {
	const opening = 10 // words
	t := &c.turns[i]
	name := c.person(i).name
	for j := range min(opening, t.words.len()) {
		if j > 0 && !t.words.ends(j-1) && !t.words.is(j-1, "is", "it's", "it’s", "hi", "hello", "hey", "yes", "and", "thanks", "name") {
			continue
		}
		if in, is := introducedAt(t.words, j, false); is && in.firm != "" && answersTo(name, in.name) {
			return in.firm
		}
	}
	return ""
}
