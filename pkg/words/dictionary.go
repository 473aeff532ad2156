package words

// Dictionary numbers words of one's own, in lower case, from 1. It is made once
// and does not change while texts are read.
type Dictionary struct {
	slots []entry
	mask  uint32
	n     int32
}

type entry struct {
	word   string
	key    uint64
	number int32
}

// Len is how many words it has.
func (d *Dictionary) Len() int { return int(d.n) }

// Add numbers a word.
func (d *Dictionary) Add(word string) int32 {
	if 2*int(d.n+1) > len(d.slots) {
		d.grow()
	}
	e := d.at(word, keyOf(word))
	if e.number == 0 {
		d.n++
		*e = entry{word, keyOf(word), d.n}
	}
	return e.number
}

// Find returns the number of a word, 0 where there is none.
func (d *Dictionary) Find(word string) int32 {
	if d.n == 0 {
		return 0
	}
	return d.at(word, keyOf(word)).number
}

// Look looks every distinct word of a text up: what it returns has, by the
// number of the word in the text, its number in the dictionary.
func (d *Dictionary) Look(t *Text) []int32 {
	out := make([]int32, len(t.table.words))
	if d.n == 0 {
		return out
	}
	for i := range t.table.words {
		out[i] = d.at(t.table.spelling(int32(i)), t.table.words[i].key).number
	}
	return out
}

// at is the place of a word, or where it belongs.
func (d *Dictionary) at(word string, key uint64) *entry {
	for i := hashOf(key) & d.mask; ; i = (i + 1) & d.mask {
		if e := &d.slots[i]; e.number == 0 || e.key == key && e.word == word {
			return e
		}
	}
}

func (d *Dictionary) grow() {
	old := d.slots
	d.slots = make([]entry, max(fewestSlots, 2*len(old)))
	d.mask = uint32(len(d.slots) - 1)
	for _, e := range old {
		if e.number != 0 {
			*d.at(e.word, e.key) = e
		}
	}
}
