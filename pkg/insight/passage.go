package insight

import (
	"github.com/callrank/callrank/pkg/lexicon"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// How a theme is carried from sentence to sentence.
const (
	// carriedOn is what is left of the theme after each sentence without a
	// term of its own.
	carriedOn = 0.75
	// carriedOver is what an answer takes on from its question.
	carriedOver = 0.7
	// carriedShift is what is left where the speaker turns to something else.
	carriedShift = 0.3
	// leastKin is what kindred words weigh where nothing says the theme.
	leastKin = 0.2
	// fullDensity is the share of sentences with an anchor at which a call is
	// so much about the theme that kindred words weigh in full.
	fullDensity = 0.3
	// neighbours is how many sentences on each side tell what a passage is
	// about.
	neighbours = 4
	// aboutTheme is the least anchor or theme of a sentence about it.
	aboutTheme = 0.5
)

// weighTheme tells of each sentence how far it is about the theme: by its own
// terms, by what was said before it, and by the question it answers.
func (rd *reading) weighTheme() {
	named, anchored := rd.named(), 0
	for i := range rd.sentences {
		s := &rd.sentences[i]
		if named || s.voice == analyst {
			s.anchor = rd.strength(s, rd.groups.anchor)
		}
		s.excluded = s.groups.Has(rd.groups.excluding) && s.anchor < aboutTheme
		if s.voice == management {
			rd.spoken++
			if s.anchor >= aboutTheme {
				anchored++
			}
		}
	}
	if !named {
		return
	}
	rd.density = float64(anchored) / float64(rd.spoken)
	rd.carry()
	for turn := 0; turn+1 < len(rd.first); turn++ {
		rd.lookAround(rd.first[turn], rd.first[turn+1])
	}
	for i := range rd.sentences {
		s := &rd.sentences[i]
		kin := rd.strength(s, rd.groups.kin)
		support := max(s.carried, s.near, min(1, rd.density/fullDensity))
		if s.excluded {
			continue
		}
		s.theme = 1 - (1-s.anchor)*(1-kin*(leastKin+(1-leastKin)*support))
	}
}

// named reports that management says the theme, or names a product of its own.
// Other companies' products alone may be ordinary words.
func (rd *reading) named() bool {
	for i := range rd.sentences {
		if s := &rd.sentences[i]; s.voice == management && s.groups.Has(rd.groups.strong|rd.groups.ownProduct) {
			return true
		}
	}
	return false
}

// strength adds up the weights of the sentence's terms in the groups, as if
// each were an independent witness.
func (rd *reading) strength(s *sentence, groups lexicon.Set) float64 {
	if !s.groups.Has(groups) {
		return 0
	}
	doubt := 1.0
	for _, h := range s.hits {
		if h.Term.Groups.Has(groups) {
			doubt *= 1 - h.Term.Weight
		}
	}
	return 1 - doubt
}

// carry hands the theme on from sentence to sentence and from a question to
// its answers.
func (rd *reading) carry() {
	question, carried, kin := 0.0, 0.0, 0.0
	last := -1
	for i := range rd.sentences {
		s := &rd.sentences[i]
		begins := s.turn != last || (i > 0 && rd.sentences[i-1].voice != s.voice)
		last = s.turn
		switch s.voice {
		case operator, editor:
			question, carried, kin = 0, 0, 0
			continue
		case analyst:
			if begins && i > 0 && rd.sentences[i-1].voice != analyst {
				question, kin = 0, 0
			}
			kin = max(kin, rd.strength(s, rd.groups.kin|rd.groups.setting))
			question = max(question, s.anchor)
			carried = 0
			continue
		case management:
		}
		if begins {
			carried = carriedOver * question
		}
		s.question, s.trade = question, kin
		if s.excluded {
			carried = 0
		}
		s.asked = question >= aboutTheme
		if s.groups.Has(rd.groups.shift) && s.anchor < aboutTheme {
			carried *= carriedShift
		}
		s.carried = carried
		carried = max(s.anchor, carried*carriedOn)
	}
}

// lookAround counts the anchored sentences around each sentence of a turn.
func (rd *reading) lookAround(from, to int) {
	for i := from; i < to; i++ {
		n, of := 0, 0
		for k := max(from, i-neighbours); k < min(to, i+neighbours+1); k++ {
			if k == i {
				continue
			}
			of++
			if rd.sentences[k].anchor >= aboutTheme {
				n++
			}
		}
		if of > 0 {
			rd.sentences[i].near = float64(n) / float64(of)
		}
	}
}

// passages are the runs of management's sentences about the theme.
func (rd *reading) passages() []*callrankv1.Passage {
	var out []*callrankv1.Passage
	for turn := 0; turn+1 < len(rd.first); turn++ {
		for i := rd.first[turn]; i < rd.first[turn+1]; i++ {
			if !rd.opensPassage(i) {
				continue
			}
			j, sum := i, 0.0
			for k := i; k < rd.first[turn+1] && rd.continuesPassage(k); k++ {
				sum += rd.sentences[k].theme
				if rd.sentences[k].theme >= aboutTheme {
					j = k
				}
			}
			n := float64(j - i + 1)
			out = append(out, &callrankv1.Passage{
				Turn: uint32(turn), Source: spanOf(rd.sentences[i].start, rd.sentences[j].end), Weight: round(min(1, sum/n), 2),
			})
			i = j
		}
	}
	return out
}

func (rd *reading) opensPassage(i int) bool {
	s := &rd.sentences[i]
	return s.voice == management && s.anchor >= aboutTheme
}

// continuesPassage lets one sentence without terms stand between two with.
func (rd *reading) continuesPassage(i int) bool {
	s := &rd.sentences[i]
	return s.voice == management && (s.theme >= aboutTheme || s.carried >= carriedOn)
}
