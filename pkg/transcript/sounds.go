package transcript

import "strings"

// soundsLike reports whether two given names may be one as a recogniser of
// speech writes it: Katya and Katia, Cori and Corie, Hawk and Hock. It says
// less than sameGivenName and serves only to choose among few people.
func soundsLike(a, b string) bool {
	return a == b && a != "" || mayBeMisheard(a, b) && (oneLetterApart(a, b) || soundOf(a) == soundOf(b))
}

// mayBeMisheard reports whether two given names may sound alike at all.
func mayBeMisheard(a, b string) bool {
	const shortest = 4 // letters; of shorter names too many are alike
	return len(a) >= shortest && len(b) >= shortest && firstSound(a[0]) == firstSound(b[0])
}

// firstSound is one letter for those with which the same sound may begin.
func firstSound(c byte) byte {
	switch c {
	case 'c', 'q':
		return 'k'
	case 'j':
		return 'g'
	case 'z':
		return 's'
	case 'v', 'p': // Phil and Fil
		return 'f'
	case 'e', 'i', 'o', 'u', 'y':
		return 'a'
	default:
		return c
	}
}

// oneLetterApart reports whether a letter put in, left out or changed makes
// one word of the other. The first letter must be the same.
func oneLetterApart(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a[0] != b[0] {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// soundOf is what is heard of a name in plain letters: its consonants, those
// that sound the same as one, and whether it begins with a vowel.
func soundOf(name string) string {
	name = soundSpellings.Replace(name)
	var b strings.Builder
	last := byte(0)
	for i := range len(name) {
		c := name[i]
		switch c {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'w', 'h':
			if i == 0 && c != 'h' && c != 'w' {
				b.WriteByte('a')
			} else if i == 0 {
				b.WriteByte(c)
			}
			last = 0
			continue
		case 'c', 'q':
			c = 'k'
		case 'z':
			c = 's'
		case 'v':
			c = 'f'
		case 'j':
			c = 'g'
		}
		if c != last {
			b.WriteByte(c)
		}
		last = c
	}
	return b.String()
}

var soundSpellings = strings.NewReplacer("ph", "f", "ck", "k", "ch", "sh", "ge", "je", "gi", "ji", "ce", "se", "ci", "si", "x", "ks")

// runTogether returns the last name in what a recogniser of speech wrote as one
// word, given name and last name together: of "jensenhuang" for "jensen" it is
// "huang", of "hoftan" for "hock" it is "tan". The word must begin with the
// sound of the given name, and go on for a syllable after it. Empty if it does
// not.
func runTogether(given, word string) string {
	const shortest = 3 // letters of a last name
	if len(given) < 2 || len(word) < len(given)+2 || !isASCII(word) || given[:2] != word[:2] {
		return ""
	}
	if rest, is := strings.CutPrefix(word, given); is && len(rest) >= shortest && syllables(rest) > 0 {
		return rest
	}
	i := 0
	for range syllables(given) { // past the vowels of the given name
		i = skipVowels(word, skipConsonants(word, i))
	}
	next := skipConsonants(word, i)
	from := max(i, next-1) // the consonant before the next vowel opens its syllable
	if next == len(word) || next == i || len(word)-from < shortest {
		return ""
	}
	return word[from:]
}

func skipVowels(word string, i int) int {
	for i < len(word) && isVowel(word[i]) {
		i++
	}
	return i
}

func skipConsonants(word string, i int) int {
	for i < len(word) && !isVowel(word[i]) {
		i++
	}
	return i
}

// syllables counts the runs of vowels of a name.
func syllables(name string) int {
	n := 0
	for i := range len(name) {
		if isVowel(name[i]) && (i == 0 || !isVowel(name[i-1])) {
			n++
		}
	}
	return n
}

func isVowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }
