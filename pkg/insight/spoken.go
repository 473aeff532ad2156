package insight

import "github.com/callrank/callrank/pkg/words"

// spoken is one word in lower case and its place in the sentence. Other than
// words of the text it holds letters and digits of ASCII only.
type spoken struct {
	text  string
	start int
	// number is that of the word in the text, -1 for a part of one.
	number int32
}

// speech gives the words of sentences, in the order of the text.
type speech struct {
	text *words.Text
	// next is the first word that no sentence has taken yet.
	next int
	// spoken holds the words of all sentences.
	spoken []spoken
}

// spokenShare is about what share of the words stands in sentences with figures.
const spokenShare = 0.5

func newSpeech(text *words.Text) speech {
	return speech{text: text, spoken: make([]spoken, 0, int(spokenShare*float64(len(text.Words)))+1)}
}

// wordsOf are the words of a sentence.
func (s *speech) wordsOf(start, end int) []spoken {
	list, from := s.text.Words, len(s.spoken)
	for s.next < len(list) && int(list[s.next].End) <= start {
		s.next++
	}
	for ; s.next < len(list) && int(list[s.next].Start) < end; s.next++ {
		w := &list[s.next]
		if a, b := int(w.Start), int(w.End); w.Kind != words.Foreign && a >= start && b <= end {
			s.spoken = append(s.spoken, spoken{s.text.Low[a:b], a - start, w.Number})
		} else {
			s.parts(max(a, start), min(b, end), start)
		}
	}
	if s.next > 0 && int(list[s.next-1].End) > end { // the next sentence has the rest of it
		s.next--
	}
	return s.spoken[from:len(s.spoken):len(s.spoken)]
}

// parts adds the runs of ASCII in a stretch of a sentence.
func (s *speech) parts(from, to, sentence int) {
	start := -1
	for i := from; i <= to; i++ {
		if i < to && (letter(s.text.Text[i]) || s.text.Text[i] >= '0' && s.text.Text[i] <= '9') {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			s.spoken = append(s.spoken, spoken{s.text.Low[start:i], start - sentence, -1})
			start = -1
		}
	}
}
