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
	var buffer [longestKey]byte
	letters := append(append(buffer[:0], a...), b...)
	for i, c := range letters {
		sound := sounds[c]
		if sound == 0 {
			continue
		}
		switch sound {
		case vowel:
			if i == 0 {
				key = append(key, vowel)
			}
			continue
		case hardC, plosP:
			sound = before(sound, letters[i+1:])
		case ks:
			key, sound = appendOnce(key, 'K'), 'S'
		}
		key = appendOnce(key, sound)
	}
	return key
}

// appendOnce appends a sound unless it is the last already.
func appendOnce(key []byte, sound byte) []byte {
	if n := len(key); n > 0 && key[n-1] == sound {
		return key
	}
	return append(key, sound)
}

// Letters whose sound the next letter may change, and those that stand for more
// than one.
const (
	vowel = 'A'
	hardC = 'k'
	plosP = 'p'
	ks    = 'x'
)

// sounds of letters; 0 for what has none.
var sounds = soundsOf()

func soundsOf() (out [256]byte) {
	for sound, letters := range map[byte]string{
		vowel: "aeiouy", 'B': "b", plosP: "p", 'F': "fv", hardC: "c", 'K': "kqg", ks: "x", 'T': "dt", 'S': "szj",
		'L': "l", 'M': "m", 'N': "n", 'R': "r",
	} {
		for _, c := range []byte(letters) {
			out[c], out[c-'a'+'A'] = sound, sound
		}
	}
	return out
}

// before is the sound of a letter that the letters after it may change.
func before(sound byte, rest []byte) byte {
	next := byte(0)
	if len(rest) > 0 {
		next = fold(rest[0])
	}
	if sound == plosP {
		if next == 'h' {
			return 'F'
		}
		return 'B'
	}
	switch next {
	case 'e', 'i', 'y', 'h':
		return 'S'
	}
	return 'K'
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
