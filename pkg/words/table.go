package words

// table numbers the distinct words of a text. It is open-addressed, because
// every word of every text is looked up.
type table struct {
	low   string
	slots []slot
	mask  uint32
	words []distinct
}

// slot is a place of the table; number counts from 1, 0 is an empty slot.
type slot struct {
	key            uint64
	length, number int32
}

// distinct is a distinct word: where it stands first, and how it is used.
type distinct struct {
	start, end  int32
	last, times int32
	key         uint64
}

const (
	// A text has a distinct word for so many bytes or more.
	bytesDistinct = 32
	fewestSlots   = 64
	mostSlots     = 1 << 12 // at first
)

func newTable(low string) table {
	n := fewestSlots
	for n < mostSlots && n < 2*len(low)/bytesDistinct {
		n *= 2
	}
	return table{low: low, slots: make([]slot, n), mask: uint32(n - 1), words: make([]distinct, 0, n/2+1)}
}

func (t *table) spelling(number int32) string {
	w := &t.words[number]
	return t.low[w.start:w.end]
}

// add numbers the word low[start:end].
func (t *table) add(start, end int) int32 {
	key, length := keyWithin(t.low, start, end), int32(end-start)
	i := hashOf(key) & t.mask
	for t.slots[i].number != 0 {
		if s := &t.slots[i]; s.key == key && s.length == length && (length <= block || t.spelling(s.number-1) == t.low[start:end]) {
			return s.number - 1
		}
		i = (i + 1) & t.mask
	}
	t.words = append(t.words, distinct{start: int32(start), end: int32(end), key: key, last: -1})
	t.slots[i] = slot{key, length, int32(len(t.words))}
	if 2*len(t.words) > len(t.slots) {
		t.grow()
	}
	return int32(len(t.words)) - 1
}

// find returns the number of a word in lower case, -1 where there is none.
func (t *table) find(low string) int32 {
	key := keyOf(low)
	for i := hashOf(key) & t.mask; ; i = (i + 1) & t.mask {
		s := &t.slots[i]
		if s.number == 0 || s.key == key && t.spelling(s.number-1) == low {
			return s.number - 1
		}
	}
}

func (t *table) grow() {
	t.slots = make([]slot, 2*len(t.slots))
	t.mask = uint32(len(t.slots) - 1)
	for k := range t.words {
		w := &t.words[k]
		i := hashOf(w.key) & t.mask
		for t.slots[i].number != 0 {
			i = (i + 1) & t.mask
		}
		t.slots[i] = slot{w.key, w.end - w.start, int32(k) + 1}
	}
}
