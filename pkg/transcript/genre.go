package transcript

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fewestSpoken is the number of words that a call has at least.
const fewestSpoken = 60

// checkText refuses what Read cannot take, whoever decoded it.
func checkText(text string) error {
	const roomForDecoding = 4 // UTF-16 and entities may grow in UTF-8
	switch {
	case len(text) > roomForDecoding*MaxDocument:
		return refused("the text is too large")
	case !utf8.ValidString(text):
		return refused("the text is not in UTF-8: decode it first")
	case strings.TrimFunc(text, isBlank) == "":
		return refused("the text is empty")
	default:
		return nil
	}
}

// checkGenre refuses a text that is no transcript of a call. A layout with
// speakers speaks for one, but a play and a podcast have them too: both need
// some of the phrases that are heard on calls, and some of the words for what
// calls are about. Marks of other kinds of document weigh against it.
func (c *call) checkGenre() error {
	spoken := c.spoken()
	if spoken < fewestSpoken {
		return refused(fmt.Sprintf("too little is said in it to be a call: %d words, where %d are the fewest", spoken, fewestSpoken))
	}
	if spoken < mostInOpening && asksToPay(c.text) {
		return refused("only its opening is there: the rest is for those who pay or log in")
	}
	if reason := otherGenre(c.text); reason != "" && c.heard(8) < 8 {
		return refused(reason)
	}
	const enough, enoughWithSpeakers, wholeCourse = 3, 2, 7
	want := enough
	if c.voices() >= 2 {
		want = enoughWithSpeakers
	}
	if c.heard(want) < want {
		return refused("nothing in it is said as on an earnings call: nobody welcomes, hands over, or calls for questions")
	}
	if c.heard(wholeCourse) < wholeCourse && !c.reports() {
		return refused("nothing in it is said of a company's quarter, results or figures")
	}
	return nil
}

// voices counts the speakers who are named.
func (c *call) voices() int {
	speakers := map[int]bool{}
	for i := range c.turns {
		if c.turns[i].isSpeech() && c.person(i).name != nameUnknown {
			speakers[c.turns[i].who] = true
		}
	}
	return len(speakers)
}

// reports tells whether what is said is about results: several of the words
// for them are heard, and one of those for what is reported or foretold. Of
// the shortest real calls each has eight.
func (c *call) reports() bool {
	const fewest = 3
	heard := map[string]bool{}
	period := false
	for i := range c.turns {
		if !c.turns[i].isSpeech() {
			continue
		}
		w := c.turns[i].words
		for j := range w.len() {
			word := w.bare(j)
			if n := len(word); n < shortestMatter || n > longestMatter {
				continue
			}
			var in letters
			lower := in.lower(word)
			ofPeriod, is := matters[string(lower)]
			if !is {
				continue
			}
			heard[string(lower)] = true
			if period = period || ofPeriod; period && len(heard) >= fewest {
				return true
			}
		}
	}
	return false
}

// heard counts the distinct kinds of phrases that are heard on calls, up to a
// number that is enough.
func (c *call) heard(enough int) int {
	heard := map[int]bool{}
	for i := range c.turns {
		if !c.turns[i].isSpeech() {
			continue
		}
		w := c.turns[i].words
		for j := range w.len() {
			if kind := callPhrase(w, j); kind > 0 {
				heard[kind] = true
				if len(heard) >= enough {
					return len(heard)
				}
			}
		}
	}
	return len(heard)
}

// callPhrase tells which kind of phrase of calls begins at word i; 0 for none.
func callPhrase(w words, i int) int {
	if !w.mayOpen(i, heardOnCalls) { // as most
		return 0
	}
	var in letters
	heard := callPhrases[string(in.lower(w.bare(i)))]
	if _, is := w.anyPhrase(i, heard.phrases...); !is {
		return 0
	}
	return heard.kind
}

// heardPhrases are phrases that begin with the same word, and their kind.
type heardPhrases struct {
	kind    int
	phrases []string
}

// callPhrases are what is said on calls, by first word. Phrases with which
// press releases announce a call are not among them.
var callPhrases = map[string]heardPhrases{
	"thank": {1, []string{
		"thank you for joining", "thank you for standing by", "thank you for your question", "thank you for the question", "thank you for taking", "thank you for your participation",
		"thank you for participating", "thank you all for joining", "thank you everyone for joining", "thank you operator", "thank you for attending", "thank you for your time",
	}},
	"thanks":      {1, []string{"thanks for joining", "thanks for your question", "thanks for the question", "thanks for taking", "thanks operator"}},
	"good":        {2, []string{"good morning", "good afternoon", "good evening", "good day"}},
	"hi":          {2, []string{"hi everyone", "hi all", "hi guys"}},
	"hello":       {2, []string{"hello everyone", "hello and"}},
	"turn":        {3, []string{"turn the call", "turn it over", "turn the conference", "turn it to", "turn it back"}},
	"hand":        {3, []string{"hand the call", "hand it over", "hand the conference", "hand it to", "hand over"}},
	"pass":        {3, []string{"pass the call", "pass it over"}},
	"next":        {4, []string{"next question"}},
	"first":       {4, []string{"first question"}},
	"final":       {4, []string{"final question"}},
	"last":        {4, []string{"last question"}},
	"line":        {5, []string{"line of", "line is open", "line is now open"}},
	"lines":       {5, []string{"lines have been", "lines at this time", "lines are"}},
	"listen-only": {6, []string{"listen-only"}},
	"press":       {7, []string{"press star", "press 1"}},
	"star":        {7, []string{"star one", "star 1", "star key"}},
	"disconnect":  {8, []string{"disconnect"}},
	"welcome":     {9, []string{"welcome to", "welcome everyone", "welcome you", "welcome all"}},
	"go":          {10, []string{"go ahead"}},
	"joining":     {11, []string{"joining us", "joining me"}},
	"with":        {12, []string{"with that", "with me today", "with me on the call", "with us today"}},
	"you":         {13, []string{"you may begin", "you may now", "you may proceed", "you may ask"}},
	"this":        {14, []string{"this call", "this conference call"}},
	"today":       {14, []string{"today call", "today conference"}},
	"our":         {14, []string{"our call"}},
}

// heardOnCalls are the phrases of all kinds.
var heardOnCalls = func() *phrases {
	var all []string
	for _, heard := range callPhrases {
		all = append(all, heard.phrases...)
	}
	return phrasesOf(all...)
}()

// The lengths of the words for results, in bytes.
const (
	shortestMatter = len("half")
	longestMatter  = len("year-over-year")
)

// matters are words for results, and whether each is one for what is reported
// or foretold.
var matters = map[string]bool{
	"quarter": true, "quarters": true, "quarterly": true, "fiscal": true, "half": true, "results": true, "earnings": true, "guidance": true, "outlook": true,
	"revenue": false, "revenues": false, "sales": false, "margin": false, "margins": false, "growth": false, "profit": false, "income": false, "cash": false, "ebitda": false, "capex": false,
	"gaap": false, "non-gaap": false, "dividend": false, "dividends": false, "shareholders": false, "stockholders": false, "investors": false, "segment": false, "segments": false,
	"bookings": false, "backlog": false, "million": false, "billion": false, "basis": false, "year-over-year": false,
}

// otherGenre tells which other kind of document a text has the marks of.
func otherGenre(text string) string {
	const front = 6000
	head := text[:min(len(text), front)]
	upper := strings.ToUpper(head)
	switch {
	case looksLikeCode(head):
		return "it reads like source code"
	case strings.Contains(head, "SECURITIES AND EXCHANGE COMMISSION") && (strings.Contains(upper, "FORM 10-") || strings.Contains(upper, "FORM 8-K") || strings.Contains(upper, "PURSUANT TO SECTION 13")),
		strings.Contains(upper, "ITEM 1A. RISK FACTORS"), strings.Contains(upper, "ITEM 7. MANAGEMENT"), strings.Contains(upper, "ITEM 1. BUSINESS"):
		return "it reads like a filing with the SEC"
	case strings.Contains(upper, "FOR IMMEDIATE RELEASE"), strings.Contains(upper, "(BUSINESS WIRE)"), strings.Contains(upper, "PRNEWSWIRE"), strings.Contains(upper, "GLOBE NEWSWIRE"),
		strings.Contains(upper, "WILL HOST A CONFERENCE CALL"), strings.Contains(upper, "WILL HOLD A CONFERENCE CALL"), strings.Contains(upper, "TODAY ANNOUNCED") && strings.Contains(upper, "PRESS RELEASE"):
		return "it reads like a press release"
	case strings.Contains(upper, "DEPOSITION OF"), strings.Contains(upper, "DISTRICT COURT"), strings.Contains(upper, "THE WITNESS:"):
		return "it reads like the record of a court"
	default:
		return ""
	}
}

// mostInOpening is the number of words that a page shows at most to those who
// do not pay.
const mostInOpening = 600

// asksToPay reports whether a text ends with a page's request to log in or to
// pay for the rest.
func asksToPay(text string) bool {
	const tail = 1200
	end := strings.ToLower(text[max(0, len(text)-tail):])
	for _, request := range [...]string{
		"create a free account", "already have an account", "log in to read", "log in to continue", "sign in to read", "sign in to continue", "subscribe to read", "subscribe to continue",
		"to continue reading", "to read the full", "to keep reading", "unlock this", "register to read", "start your free trial", "members only", "subscribers only",
	} {
		if strings.Contains(end, request) {
			return true
		}
	}
	return false
}

// looksLikeCode counts lines that end or begin as only code does.
func looksLikeCode(head string) bool {
	lines, code := 0, 0
	for line := range strings.Lines(head) {
		line = strings.TrimFunc(line, unicode.IsSpace)
		if line == "" {
			continue
		}
		lines++
		if strings.HasSuffix(line, ";") || strings.HasSuffix(line, "{") || strings.HasSuffix(line, "}") || strings.HasSuffix(line, "){") || strings.HasPrefix(line, "//") ||
			strings.HasPrefix(line, "#include") || strings.HasPrefix(line, "import ") || strings.HasPrefix(line, "def ") || strings.HasPrefix(line, "return ") {
			code++
		}
	}
	const fewestLines = 5
	return lines >= fewestLines && 4*code > lines
}
