package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// registeredName writes a name in the SEC's register as it stands in titles.
func registeredName(title string) string {
	name := folded(withoutRegisterMark(title))
	fields := strings.Fields(name)
	if !shouted(fields) {
		return name
	}
	for i, word := range fields {
		fields[i] = calm(word, i == 0)
	}
	return strings.Join(fields, " ")
}

// withoutRegisterMark drops what the register adds to tell namesakes apart: a
// state, a country or another word after a slash at the end, as in "INC /DE/",
// "CORP/MA", "SE/ADR". A slash within a name stays: M/I Homes, A/S.
func withoutRegisterMark(title string) string {
	const longestMark = 24
	title = strings.TrimSpace(title)
	body := strings.TrimRight(title, `/\ `)
	slash := strings.LastIndexAny(body, `/\`)
	if slash < 0 {
		return body
	}
	before, mark := body[:slash], strings.TrimSpace(body[slash+1:])
	if before == "" {
		return ""
	}
	if len(mark) > longestMark {
		return body
	}
	for _, r := range mark {
		if !unicode.IsLetter(r) && r != ' ' {
			return body
		}
	}
	spaced := strings.HasSuffix(before, " ")
	before = strings.TrimRight(before, `/\ `)
	last := strings.ToLower(withoutMarks(strings.TrimRight(before[strings.LastIndexByte(before, ' ')+1:], ",")))
	if spaced || isForm(last) {
		return before
	}
	return body
}

// shouted reports whether a name is all in capitals, its legal form aside.
func shouted(fields []string) bool {
	for _, field := range fields {
		if isForm(strings.ToLower(withoutMarks(strings.Trim(field, ",")))) {
			continue
		}
		if strings.IndexFunc(field, unicode.IsLower) >= 0 {
			return false
		}
	}
	return true
}

// calm writes a word of a name in capitals as it stands in titles. What may be
// an abbreviation stays as it is.
func calm(word string, first bool) string {
	bare := strings.Trim(word, ".,()")
	lower := strings.ToLower(bare)
	switch {
	case strings.IndexFunc(word, unicode.IsLower) >= 0:
		return word
	case strings.ContainsAny(bare, "0123456789&./"), isCapitalised(lower):
		return word
	case !first && isSmallWord(lower):
		return strings.ToLower(word)
	}
	var b strings.Builder
	for i, part := range strings.SplitAfter(word, "-") {
		if i > 0 && isSmallWord(strings.ToLower(strings.TrimSuffix(part, "-"))) {
			b.WriteString(strings.ToLower(part))
			continue
		}
		b.WriteString(capitalise(part))
	}
	return b.String()
}

// capitalise writes a word with a capital, and another after Mc and O'.
func capitalise(word string) string {
	lower := strings.ToLower(word)
	const prefix, shortest = 2, 6
	switch {
	case strings.HasPrefix(lower, "mc") && len(lower) >= shortest, strings.HasPrefix(lower, "o'"), strings.HasPrefix(lower, "d'"):
		return strings.ToUpper(lower[:1]) + lower[1:prefix] + strings.ToUpper(lower[prefix:prefix+1]) + lower[prefix+1:]
	}
	start := strings.IndexFunc(lower, unicode.IsLetter)
	if start < 0 {
		return word
	}
	r, size := utf8.DecodeRuneInString(lower[start:])
	return lower[:start] + string(unicode.ToUpper(r)) + lower[start+size:]
}

// isCapitalised reports whether a word of a name, in lower case, is written
// in capitals: one without a vowel, a numeral, a form that is.
func isCapitalised(word string) bool {
	switch word {
	case "st", "mt", "dr", "jr", "sr", "mr", "intl", "hldg", "hldgs", "grp", "bldg":
		return false
	case "llc", "lp", "nv", "sa", "ag", "se", "ab", "asa", "spa", "plc", "ii", "iii", "iv", "vi", "vii", "viii", "ix", "us", "usa", "uk", "reit", "etf", "adr", "ai", "it", "tv", "ipo", "sab", "cv", "kgaa":
		return true
	}
	const shortest, longest = 3, 5
	if len(word) == shortest {
		return !shortWords[word]
	}
	return len(word) <= longest && !strings.ContainsAny(word, "aeiouy")
}

// shortWords are the words of three letters that names of companies hold;
// others of that length are abbreviations.
var shortWords = set(
	"inc", "ltd", "mfg", "intl", "air", "oil", "bio", "new", "gas", "one", "tax", "old", "cap", "sun", "mid", "red", "dow", "box", "par", "top", "key", "net", "owl", "buy", "gap", "pan", "pro",
	"rad", "tim", "las", "los", "rio", "lam", "met", "pet", "cal", "fox", "geo", "boy", "mag", "son", "bel", "dot", "end", "bar", "fix", "arc", "big", "vox", "tek", "ark", "bay", "max", "oak", "sky",
	"way", "tel", "kid", "non", "cam", "eco", "aid", "two", "six", "ten", "yum", "san", "sao", "nam", "art", "car", "eye", "hub", "ice", "joy", "law", "map", "sea", "van", "war", "web", "win", "zoo",
	"day", "men", "toy", "tea", "pay", "age", "bed", "bat", "bit", "can", "cup", "dog", "ear", "egg", "fit", "fly", "fun", "gem", "gun", "hot", "job", "jet", "lab", "leg", "lot", "low", "mad", "mix",
	"off", "out", "own", "pen", "pop", "pot", "raw", "ray", "run", "set", "tap", "tie", "tin", "tip", "ton", "use", "vet", "wet", "you", "our", "del", "des", "the", "and", "for", "von", "der", "den",
)

func isSmallWord(word string) bool {
	switch word {
	case "of", "the", "and", "for", "in", "on", "at", "to", "by", "de", "del", "la", "du", "des", "et", "y", "e", "da", "do":
		return true
	default:
		return false
	}
}
