package insight

import "strings"

// Lengths in bytes beyond which a sentence without a full stop is cut: some
// transcripts have no punctuation for pages.
const (
	longestSentence = 700
	leastCut        = 300
)

// cut is a stretch of text.
type cut struct{ start, end int }

// sentences cuts text[from:to] into sentences, white space at the ends left
// out. List marks at the start of a line are left out as well.
func sentences(text string, from, to int) []cut {
	out := make([]cut, 0, (to-from)/90+1)
	start := from
	for i := from; i < to; i++ {
		if !mayEnd[text[i]] || !endsSentence(text, i, start, to) {
			continue
		}
		end := closing(text, i+1, to)
		out = appendSentence(out, text, start, end)
		start, i = end, end-1
	}
	return appendSentence(out, text, start, to)
}

// appendSentence trims the stretch and cuts it where it is too long.
func appendSentence(out []cut, text string, start, end int) []cut {
	for start < end && (isSpace(text[start]) || (text[start] == '-' && start+1 < end && text[start+1] == ' ')) {
		start++
	}
	for end > start && isSpace(text[end-1]) {
		end--
	}
	for end-start > longestSentence {
		at := softEnd(text[start : start+longestSentence])
		out = append(out, cut{start, start + at})
		start += at
		for start < end && isSpace(text[start]) {
			start++
		}
	}
	if end > start {
		out = append(out, cut{start, end})
	}
	return out
}

// softEnd returns where a run of words without a full stop is best cut.
func softEnd(s string) int {
	for _, mark := range [...]string{"; ", ", and ", ", but ", ", so ", " and then ", ", ", " and ", " so ", " but "} {
		if i := strings.LastIndex(s, mark); i > leastCut {
			return i + 1
		}
	}
	if i := strings.LastIndexByte(s, ' '); i > leastCut {
		return i
	}
	for i := len(s) - 1; i > leastCut; i-- { // never within a character
		if s[i]&0xc0 != 0x80 {
			return i
		}
	}
	return len(s)
}

// mayEnd are the bytes with which a sentence may end.
var mayEnd = [256]bool{'\n': true, '?': true, '!': true, '.': true}

// endsSentence reports that a sentence ends with the byte at i.
func endsSentence(text string, i, start, to int) bool {
	switch text[i] {
	case '\n':
		return i+1 >= to || text[i+1] == '\n' || text[i+1] == '-' || (i > 0 && text[i-1] == '\n')
	case '?', '!':
		return followedBySpace(text, i+1, to)
	case '.':
		return followedBySpace(text, i+1, to) && !abbreviation(text[start:i]) && opensSentence(text, i+1, to)
	}
	return false
}

func followedBySpace(text string, i, to int) bool {
	i = closing(text, i, to)
	return i >= to || isSpace(text[i])
}

// closing skips the quotation marks and parentheses that close a sentence.
func closing(text string, i, to int) int {
	for i < to {
		switch {
		case text[i] == '"' || text[i] == ')' || text[i] == '\'':
			i++
		case strings.HasPrefix(text[i:to], "”"), strings.HasPrefix(text[i:to], "’"):
			i += len("”")
		default:
			return i
		}
	}
	return i
}

// opensSentence reports that what follows does not go on in lower case.
func opensSentence(text string, i, to int) bool {
	for i < to && (isSpace(text[i]) || text[i] == '"' || text[i] == '(') {
		i++
	}
	return i >= to || text[i] < 'a' || text[i] > 'z'
}

// abbreviation reports that the words before a full stop end in one.
func abbreviation(s string) bool {
	i := len(s)
	for i > 0 && s[i-1] != ' ' && s[i-1] != '\n' && s[i-1] != '(' {
		i--
	}
	w := s[i:]
	if len(w) == 1 && w[0] >= 'A' && w[0] <= 'Z' && w != "I" && w != "X" {
		return true
	}
	switch w {
	case "Mr", "Mrs", "Ms", "Dr", "St", "Jr", "Sr", "vs", "No", "approx", "Messrs", "e.g", "i.e", "U.S", "U.K", "Prof", "a.m", "p.m":
		return true
	}
	return false
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }
