package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The bounds of what is taken for a person's name.
const (
	longestName   = 60 // bytes
	mostNameWords = 6
)

// isPersonName reports whether s is written like the name of a person: one to
// six words, each with a capital (or a particle such as van), at least one of
// them more than an initial, none of them a word of titles, firms or headings.
func isPersonName(s string) bool {
	if s == "" || len(s) > longestName {
		return false
	}
	count, whole := 0, false
	for rest := s; rest != ""; {
		var word string
		word, rest, _ = strings.Cut(strings.TrimLeft(rest, " \t\u00A0"), " ")
		if word == "" {
			continue
		}
		count++
		full, is := isNameWord(word, count == 1)
		if !is || count > mostNameWords {
			return false
		}
		whole = whole || full
	}
	return whole
}

// isFullName reports whether s is a person's name of two words or more, the
// last of which is not an initial with its stop: "Sanford C." is the beginning
// of something.
func isFullName(s string) bool {
	s = strings.TrimSpace(s)
	last := s[strings.LastIndexAny(s, " \u00A0")+1:]
	return last != s && isPersonName(s) && (!strings.HasSuffix(last, ".") || isGenerational(last))
}

// isNameWord reports whether a word may be part of a name, and whether it is
// more than an initial, a particle or a degree.
func isNameWord(word string, first bool) (full, is bool) {
	word = strings.TrimSuffix(word, ",")
	if isGenerational(word) {
		return false, !first
	}
	word = unmarked(word, `"“”()`)
	if isParticle(word) {
		return false, true
	}
	r, size := utf8.DecodeRuneInString(word)
	if !unicode.IsLetter(r) || unicode.IsLower(r) {
		return false, elided(word)
	}
	if size == len(word) || isInitials(word) || word == "St." || word == "Ste." {
		return false, true
	}
	for _, r := range word[size:] {
		switch {
		case unicode.IsLetter(r), r == '\'', r == '’', r == '-', r == '‐', r == '.':
		default:
			return false, false
		}
	}
	full = !strings.HasSuffix(word, ".") && !roleWords.has(word) && !notNameWords.has(word)
	return full, full
}

// unmarked is a word without the given marks around it. Most words have none.
func unmarked(word, marks string) string {
	if word != "" && isLetterOrDigit(word[0]) && isLetterOrDigit(word[len(word)-1]) {
		return word
	}
	return strings.Trim(word, marks)
}

// elided lets through d'Arcy and al-Rashid.
func elided(word string) bool {
	for i, r := range word {
		if r == '\'' || r == '’' || r == '-' {
			next, _ := utf8.DecodeRuneInString(word[i+utf8.RuneLen(r):])
			return i <= 2 && unicode.IsUpper(next)
		}
	}
	return false
}

// isInitials takes C. and C.J. and JB for initials.
func isInitials(word string) bool {
	letters := 0
	for _, r := range word {
		switch {
		case unicode.IsUpper(r):
			letters++
		case r != '.':
			return false
		}
	}
	return letters > 0 && letters <= 2
}

func isGenerational(word string) bool {
	const longest = len("Ph.D.")
	if word == "" || len(word) > longest || strings.IndexByte("jsipcme", word[0]|lowerBit) < 0 { // as most
		return false
	}
	var in letters
	switch string(in.lower(strings.TrimSuffix(word, "."))) {
	case "jr", "sr", "ii", "iii", "iv", "phd", "ph.d", "cfa", "cpa", "md", "m.d", "esq", "mba":
		return true
	default:
		return false
	}
}

func isParticle(word string) bool {
	switch word {
	case "van", "von", "der", "den", "de", "di", "da", "do", "dos", "du", "del", "della", "la", "le", "bin", "al", "el", "ter", "ten", "zu", "zur", "y", "e", "af", "av":
		return true
	default:
		return false
	}
}

// notNameWords are words with a capital that stand in headings and titles of
// texts, and at the start of sentences, but in no name.
var notNameWords = set(
	"the", "a", "and", "for", "thank", "thanks", "good", "great", "okay", "ok", "yes", "yeah", "hello", "hi", "sure", "right", "well",
	"morning", "afternoon", "evening", "question", "questions", "answer", "answers", "session", "presentation", "prepared", "remarks",
	"participants", "participant", "company", "conference", "call", "calls", "earnings", "transcript", "transcripts", "quarter", "quarterly",
	"fiscal", "year", "full", "revenue", "revenues", "sales", "net", "margin", "margins", "income", "profit", "loss", "free", "cash", "flow",
	"guidance", "outlook", "growth", "results", "result", "summary", "takeaways", "risks", "risk", "glossary", "industry", "date", "duration", "note", "overview",
	"contents", "disclaimer", "copyright", "image", "source", "next", "stocks", "mentioned", "more", "analysis", "first", "second", "third", "fourth",
	"our", "that", "this", "these", "but", "with", "from", "what", "how", "why", "your", "their", "corrected",
	"total", "pages", "adjusted", "operating", "important", "forward", "statements", "speaker", "table", "introduction", "conclusion", "part", "thematic",
	"joining", "joined", "i'm", "i’m", "today", "now", "here", "also", "then", "so", "before", "after",
	"january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)

// wordSet is a set of words in lower case.
type wordSet map[string]bool

func set(words ...string) wordSet {
	m := make(wordSet, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// has reports whether a word is in the set, whatever its case.
func (s wordSet) has(word string) bool {
	var in letters
	return s[string(in.lower(word))]
}

// letters is room for a word to be put in lower case without allocating.
type letters [24]byte

// lower is a word in lower case.
func (l *letters) lower(word string) []byte {
	if len(word) > len(l) {
		return []byte(strings.ToLower(word))
	}
	for i := range len(word) {
		c := word[i]
		if c >= utf8.RuneSelf {
			return []byte(strings.ToLower(word))
		}
		if c >= 'A' && c <= 'Z' {
			c |= lowerBit
		}
		l[i] = c
	}
	return l[:len(word)]
}

// nameKey is a name taken apart for comparison: in lower case, without
// accents, initials apart.
type nameKey struct {
	first, last string
	middle      []string
}

// keyOf takes a name apart. Degrees and generations are left out; a particle
// stays with the name after it.
func keyOf(name string) nameKey {
	var parts []string
	for word := range strings.FieldsSeq(name) {
		word = strings.Trim(word, `,"“”()`)
		if word == "" || isGenerational(word) {
			continue
		}
		parts = append(parts, plain(word))
	}
	switch len(parts) {
	case 0:
		return nameKey{}
	case 1:
		return nameKey{last: parts[0]}
	}
	return nameKey{first: parts[0], middle: parts[1 : len(parts)-1], last: parts[len(parts)-1]}
}

// plain folds a word of a name to lower case without accents and punctuation.
func plain(word string) string {
	simple := true // a letter or digit of ASCII each, as most
	for i := 0; simple && i < len(word); i++ {
		simple = isLetterOrDigit(word[i])
	}
	if simple {
		return strings.ToLower(word)
	}
	var b strings.Builder
	for _, r := range word {
		switch r = unaccented(unicode.ToLower(r)); {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unaccented maps the accented letters of Western names to the plain ones.
func unaccented(r rune) rune {
	const (
		accented = "àáâãäåāăąçćčďèéêëēėęěğìíîïīįłñńňòóôõöøōőŕřśšşťùúûüūůűýÿžźż"
		without  = "aaaaaaaaacccdeeeeeeeegiiiiiilnnnoooooooorrssstuuuuuuuyyzzz"
	)
	if r < utf8.RuneSelf {
		return r
	}
	i := 0
	for _, a := range accented {
		if a == r {
			return rune(without[i])
		}
		i++
	}
	return r
}

// samePerson reports whether two names can be spellings of one person's: the
// last names agree, the first names are the same, or one is short for the
// other, and no middle names contradict each other.
func samePerson(a, b nameKey) bool {
	if a.last == "" || a.last != b.last || a.first == "" || b.first == "" {
		return false
	}
	return sameGivenName(a.first, b.first) && middlesAgree(a.middle, b.middle)
}

// middlesAgree reports whether no two middle names contradict: none on one
// side, or one that is the other or its initial.
func middlesAgree(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, x := range a {
		for _, y := range b {
			if strings.HasPrefix(x, y) || strings.HasPrefix(y, x) {
				return true
			}
		}
	}
	return false
}

// sameGivenName reports whether two given names can be one person's: equal,
// one the initial or the short form of the other.
func sameGivenName(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	switch {
	case a == b:
		return true
	case len(a) == 1:
		return strings.HasPrefix(b, a)
	case len(a) == 2 && !strings.HasPrefix(b, a): // "cj" and "christopher"
		return b[0] == a[0] && shortFor(a) == ""
	case len(a) >= 3 && len(b) >= len(a)+2 && strings.HasPrefix(b, a): // Dan and Daniel, not Paul and Paula
		return true
	}
	formal := shortFor(a)
	return formal != "" && (formal == b || formal == shortFor(b)) || shortFor(b) == a
}

// shortFor returns the formal name that a familiar one commonly stands for.
func shortFor(name string) string { return familiarNames[name] }

var familiarNames = map[string]string{
	"abby": "abigail", "al": "albert", "alex": "alexander", "andy": "andrew", "drew": "andrew", "tony": "anthony", "art": "arthur",
	"barb": "barbara", "becky": "rebecca", "ben": "benjamin", "bernie": "bernard", "beth": "elizabeth", "betsy": "elizabeth", "liz": "elizabeth", "betty": "elizabeth",
	"bill": "william", "will": "william", "billy": "william", "bob": "robert", "rob": "robert", "bobby": "robert", "robbie": "robert", "brad": "bradley",
	"cathy": "catherine", "kate": "katherine", "kathy": "katherine", "katie": "katherine", "charlie": "charles", "chuck": "charles", "chris": "christopher",
	"cindy": "cynthia", "dan": "daniel", "danny": "daniel", "dave": "david", "deb": "deborah", "debbie": "deborah", "don": "donald", "doug": "douglas",
	"ed": "edward", "eddie": "edward", "ted": "edward", "fred": "frederick", "gabe": "gabriel", "gene": "eugene", "geoff": "geoffrey", "greg": "gregory",
	"hal": "harold", "hank": "henry", "harry": "henry", "jack": "john", "jake": "jacob", "jamie": "james", "jim": "james", "jimmy": "james", "jeff": "jeffrey",
	"jen": "jennifer", "jenny": "jennifer", "jerry": "gerald", "jess": "jessica", "joe": "joseph", "joey": "joseph", "johnny": "john", "jon": "jonathan", "josh": "joshua",
	"kash": "kasthuri", "ken": "kenneth", "kenny": "kenneth", "kim": "kimberly", "krish": "sreekrishnan", "larry": "lawrence", "len": "leonard", "lenny": "leonard",
	"maggie": "margaret", "marty": "martin", "matt": "matthew", "max": "maxwell", "meg": "margaret", "mick": "michael", "mike": "michael", "mitch": "mitchell",
	"nat": "nathaniel", "nate": "nathan", "nick": "nicholas", "norm": "norman", "pam": "pamela", "pat": "patrick", "patty": "patricia", "pete": "peter", "phil": "philip",
	"ray": "raymond", "rich": "richard", "rick": "richard", "dick": "richard", "ron": "ronald", "ronnie": "ronald", "russ": "russell",
	"sam": "samuel", "sandy": "alexander", "siti": "sitikantha", "stan": "stanley", "steve": "steven", "stu": "stuart", "sue": "susan", "suzy": "susan", "susie": "susan",
	"terry": "terence", "tim": "timothy", "tom": "thomas", "tommy": "thomas", "vicky": "victoria", "vince": "vincent", "walt": "walter", "wes": "wesley", "zach": "zachary", "zack": "zachary",
}
