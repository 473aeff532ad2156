package insight

// said is one word of management's speech: its place and its number among the
// distinct words of the call.
type said struct {
	start, end int32
	word       int32
}

// wordTable numbers the distinct words of a call, letters folded, from 0.
type wordTable struct {
	text  string
	slots []wordSlot
	// first is where each distinct word stands first.
	first []cut
}

type wordSlot struct {
	hash uint32
	id   int32 // number plus one; 0 for an empty slot
}

const (
	fewestSlots = 1 << 12
	hashSeed    = 2166136261
	hashPrime   = 16777619
)

func newWordTable(text string) *wordTable {
	return &wordTable{text: text, slots: make([]wordSlot, fewestSlots)}
}

// number returns the number of the word text[start:end] of the hash.
func (t *wordTable) number(start, end int, hash uint32) int32 {
	if 2*len(t.first) >= len(t.slots) {
		t.grow()
	}
	mask := uint32(len(t.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		s := &t.slots[i]
		if s.id == 0 {
			t.first = append(t.first, cut{start, end})
			*s = wordSlot{hash, int32(len(t.first))}
			return s.id - 1
		}
		if f := t.first[s.id-1]; s.hash == hash && equalFolded(t.text[f.start:f.end], t.text[start:end]) {
			return s.id - 1
		}
	}
}

func (t *wordTable) grow() {
	old := t.slots
	t.slots = make([]wordSlot, 2*len(old))
	mask := uint32(len(t.slots) - 1)
	for _, s := range old {
		if s.id == 0 {
			continue
		}
		i := s.hash & mask
		for t.slots[i].id != 0 {
			i = (i + 1) & mask
		}
		t.slots[i] = s
	}
}

func equalFolded(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if lowered(a[i]) != lowered(b[i]) {
			return false
		}
	}
	return true
}

func lowered(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// cutWords cuts what is said into words; the operator says nothing of the company.
func (rd *reading) cutWords() {
	rd.table = newWordTable(rd.text)
	rd.words = make([]said, 0, len(rd.text)/6+1)
	rd.firstWord = make([]int32, len(rd.sentences)+1)
	for i := range rd.sentences {
		rd.firstWord[i] = int32(len(rd.words))
		if rd.sentences[i].voice != operator {
			rd.wordsIn(rd.sentences[i].start, rd.sentences[i].end)
		}
	}
	rd.firstWord[len(rd.sentences)] = int32(len(rd.words))
}

func (rd *reading) wordsIn(start, end int) {
	for i := start; i < end; {
		if !letter(rd.text[i]) {
			i++
			continue
		}
		from, hash := i, uint32(hashSeed)
		for i < end && (letter(rd.text[i]) || rd.text[i] == '\'' && i+1 < end && letter(rd.text[i+1])) {
			hash = (hash ^ uint32(lowered(rd.text[i]))) * hashPrime
			i++
		}
		rd.words = append(rd.words, said{int32(from), int32(i), rd.table.number(from, i, hash)})
	}
}

// wordsOfSentence are the words of a sentence.
func (rd *reading) wordsOfSentence(at int) []said {
	return rd.words[rd.firstWord[at]:rd.firstWord[at+1]]
}
