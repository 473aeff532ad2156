package insight

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// reachNegation is how many words before a stretch a negation is looked for.
const reachNegation = 3

// longestNegation bounds a word that is looked at, in bytes.
const longestNegation = 24

// negationBefore returns the negation that stands right before the byte at in
// the same clause, empty when there is none: whoever quotes from there on turns
// the words round.
func negationBefore(text string, at int) string {
	next := ""
	for range reachNegation {
		word, from := wordBefore(text, at)
		if word == "" {
			return ""
		}
		if negates(word) && !harmless(next) {
			return word
		}
		at, next = from, word
	}
	return ""
}

// wordBefore returns the word before the byte at, in lower case, and where it
// begins; empty where punctuation or the text's start comes first.
func wordBefore(text string, at int) (word string, from int) {
	end := at
	for end > 0 && isSpace(text[end-1]) {
		end--
	}
	from = end
	for from > 0 && end-from < longestNegation {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		if !unicode.IsLetter(r) && r != '\'' && r != '’' {
			break
		}
		from -= size
	}
	return strings.ToLower(strings.ReplaceAll(text[from:end], "’", "'")), from
}

func negates(word string) bool {
	switch word {
	case "not", "never", "no", "neither", "nor", "without", "cannot", "hardly":
		return true
	}
	return strings.HasSuffix(word, "n't")
}

// harmless reports what a negation may stand before without turning the rest
// round: "not only", "no doubt".
func harmless(word string) bool {
	switch word {
	case "only", "just", "doubt", "question", "surprise", "secret", "matter", "wonder", "merely":
		return true
	}
	return false
}
