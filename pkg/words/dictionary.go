package words

// Dictionary numbers words of one's own, in lower case, from 1. It is made once
// and does not change while texts are read.
type Dictionary struct {
	slots []slot
	mask  uint32
	// words by number, less one.
	words []entry
}

// slot is a place of the dictionary: the number of a word, 0 for none, and a
// part of its hash that tells most other words from it, so that few words are
// looked at that are not the one.
type slot struct {
	part   uint32
	number int32
}

type entry struct {
	word string
	key  uint64
}

// Len is how many words it has.
func (d *Dictionary) Len() int { return len(d.words) }

// Add numbers a word.
func (d *Dictionary) Add(word string) int32 {
	if 2*(len(d.words)+1) > len(d.slots) {
		d.grow()
	}
	key := keyOf(word)
	s := d.at(word, key)
	if s.number == 0 {
		d.words = append(d.words, entry{word, key})
		*s = slot{partOf(key), int32(len(d.words))}
	}
	return s.number
}

// Find returns the number of a word, 0 where there is none.
func (d *Dictionary) Find(word string) int32 {
	if len(d.words) == 0 {
		return 0
	}
	return d.at(word, keyOf(word)).number
}

// Look looks every distinct word of a text up: what it returns has, by the
// number of the word in the text, its number in the dictionary.
func (d *Dictionary) Look(t *Text) []int32 {
	out := make([]int32, len(t.table.words))
	if len(d.words) == 0 {
		return out
	}
	for i := range t.table.words {
		out[i] = d.at(t.table.spelling(int32(i)), t.table.words[i].key).number
	}
	return out
}

// at is the place of a word, or where it belongs.
func (d *Dictionary) at(word string, key uint64) *slot {
	part := partOf(key)
	for i := hashOf(key) & d.mask; ; i = (i + 1) & d.mask {
		s := &d.slots[i]
		if s.number == 0 || s.part == part && d.words[s.number-1].is(word, key) {
			return s
		}
	}
}

// is reports that this is the word, given its key.
func (e *entry) is(word string, key uint64) bool {
	return e.key == key && len(e.word) == len(word) && (len(word) <= block || e.word == word)
}

func (d *Dictionary) grow() {
	d.slots = make([]slot, max(fewestSlots, 2*len(d.slots)))
	d.mask = uint32(len(d.slots) - 1)
	for i, e := range d.words {
		*d.at(e.word, e.key) = slot{partOf(e.key), int32(i) + 1}
	}
}
