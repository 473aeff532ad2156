package insight

import "github.com/callrank/callrank/pkg/words"

// said is one word of management's speech: its place and its number among the
// distinct words of the call. Other than a word of the text it has no digits,
// and goes on after an apostrophe: "don't".
type said struct {
	start, end int32
	word       int32
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// sayWords finds the words of what is said; the operator says nothing of the
// company.
func (rd *reading) sayWords() {
	rd.words = make([]said, 0, len(rd.cut.Words))
	rd.firstWord = make([]int32, len(rd.sentences)+1)
	next := 0
	for i := range rd.sentences {
		rd.firstWord[i] = int32(len(rd.words))
		if s := &rd.sentences[i]; s.voice != operator {
			next = rd.sayWordsIn(s.start, s.end, next)
		}
	}
	rd.firstWord[len(rd.sentences)] = int32(len(rd.words))
}

// sayWordsIn finds the words of a stretch; next is a word of the text before it,
// and it returns the first one that goes on after it.
func (rd *reading) sayWordsIn(start, end, next int) int {
	list := rd.cut.Words
	for next < len(list) && int(list[next].End) <= start {
		next++
	}
	for ; next < len(list) && int(list[next].Start) < end; next++ {
		w := &list[next]
		from, to := int(w.Start), int(w.End)
		switch {
		case to <= start: // it is part of the one before
		case from >= start && w.Kind == words.Letters && to <= end && (to == end || rd.text[to] != '\''):
			rd.words = append(rd.words, said{w.Start, w.End, w.Number})
		default:
			start = rd.sayParts(max(from, start), min(to, end), end)
		}
	}
	if next > 0 && int(list[next-1].End) > end { // the next stretch has the rest of it
		next--
	}
	return next
}

// sayParts finds the words in a word of the text that is not of letters alone, or
// goes on after an apostrophe, and returns the place after them.
func (rd *reading) sayParts(i, until, end int) int {
	for i < until {
		if !letter(rd.text[i]) {
			i++
			continue
		}
		from := i
		for i < end && (letter(rd.text[i]) || rd.text[i] == '\'' && i+1 < end && letter(rd.text[i+1])) {
			i++
		}
		rd.words = append(rd.words, said{int32(from), int32(i), rd.cut.Add(from, i)})
	}
	return i
}

// wordsOfSentence are the words of a sentence.
func (rd *reading) wordsOfSentence(at int) []said {
	return rd.words[rd.firstWord[at]:rd.firstWord[at+1]]
}
