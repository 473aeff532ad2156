package lexicon

// soundOf is the key of a word by its sound: consonants in classes, doubled
// ones once, vowels left out after the first letter. Words that speech
// recognition confuses have the same key or nearly.
//
//	b p f v → P    c k q g x → K (x and soft c, g → S, J)    d t → T
//	s z sh ch j → S    l → L    m → M    n → N    r → R
func soundOf(word string) string {
	var buffer [longestKey]byte
	return string(appendSound(buffer[:0], word, ""))
}

// longestKey is the length of a key that few words have.
const longestKey = 32

// appendSound appends the key of two words run together; the second may be
// empty.
func appendSound(key []byte, a, b string) []byte {
	n := len(a) + len(b)
	low := func(i int) byte {
		switch {
		case i >= n:
			return 0
		case i < len(a):
			return fold(a[i])
		}
		return fold(b[i-len(a)])
	}
	c := low(0)
	for i := range n {
		next := low(i + 1)
		for _, sound := range []byte(consonant(c, next)) {
			if k := len(key); k == 0 || key[k-1] != sound {
				key = append(key, sound)
			}
		}
		if i == 0 && len(key) == 0 && isVowel(c) {
			key = append(key, 'A')
		}
		c = next
	}
	return key
}

func consonant(c, next byte) string {
	switch c {
	case 'b':
		return "B"
	case 'p':
		if next == 'h' {
			return "F"
		}
		return "B"
	case 'f', 'v':
		return "F"
	case 'c':
		switch next {
		case 'e', 'i', 'y', 'h':
			return "S"
		}
		return "K"
	case 'k', 'q', 'g':
		return "K"
	case 'x':
		return "KS"
	case 'd', 't':
		return "T"
	case 's', 'z', 'j':
		return "S"
	case 'l':
		return "L"
	case 'm':
		return "M"
	case 'n':
		return "N"
	case 'r':
		return "R"
	}
	return ""
}

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

// nearSound reports keys that differ by at most one sound at the end.
func nearSound(a, b string) bool {
	if a == b {
		return true
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	return len(b) >= 5 && len(a) == len(b)+1 && a[:len(b)] == b
}

// longestCompared bounds the words compared letter by letter.
const longestCompared = 32

// edits is Levenshtein's distance of two words, letters folded: the least
// number of letters to insert, delete or replace.
func edits(a, b string) int {
	if len(a) > longestCompared || len(b) > longestCompared {
		return longestCompared
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if fold(a[i]) != fold(b[j]) {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
