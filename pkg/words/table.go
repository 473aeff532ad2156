package words

// table numbers the distinct words of a text. It is open-addressed, because
// every word of every text is looked up.
type table struct {
	low string
	// slots have the numbers of the words, from 1; 0 is an empty slot.
	slots []int32
	mask  uint32
	words []distinct
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
	return table{low: low, slots: make([]int32, n), mask: uint32(n - 1), words: make([]distinct, 0, n/2+1)}
}

func (t *table) spelling(number int32) string {
	w := &t.words[number]
	return t.low[w.start:w.end]
}

// add numbers the word low[start:end], given its key.
func (t *table) add(start, end int, key uint64) int32 {
	length := end - start
	i := hashOf(key) & t.mask
	for ; t.slots[i] != 0; i = (i + 1) & t.mask {
		number := t.slots[i] - 1
		if d := &t.words[number]; d.key == key && int(d.end-d.start) == length && (length <= block || t.spelling(number) == t.low[start:end]) {
			return number
		}
	}
	t.words = append(t.words, distinct{start: int32(start), end: int32(end), key: key, last: -1})
	t.slots[i] = int32(len(t.words))
	if 2*len(t.words) > len(t.slots) {
		t.grow()
	}
	return int32(len(t.words)) - 1
}

// find returns the number of a word in lower case, -1 where there is none.
func (t *table) find(low string) int32 {
	key := keyOf(low)
	for i := hashOf(key) & t.mask; t.slots[i] != 0; i = (i + 1) & t.mask {
		if number := t.slots[i] - 1; t.words[number].key == key && t.spelling(number) == low {
			return number
		}
	}
	return -1
}

func (t *table) grow() {
	t.slots = make([]int32, 2*len(t.slots))
	t.mask = uint32(len(t.slots) - 1)
	for k := range t.words {
		i := hashOf(t.words[k].key) & t.mask
		for t.slots[i] != 0 {
			i = (i + 1) & t.mask
		}
		t.slots[i] = int32(k) + 1
	}
}
