package learn

import (
	"math"

	"github.com/callrank/callrank/scripts/train/fit"
	"github.com/callrank/callrank/scripts/train/gold"
)

// questionRows are the analysts' questions that a reader told to be about the
// theme or not. Analysts are matched by their last names.
func questionRows(calls []*example) []fit.Row {
	var out []fit.Row
	for _, e := range calls {
		told := map[string]int{}
		for _, q := range e.Questions {
			if q.About == nil {
				continue
			}
			name := gold.LastName(q.Analyst)
			if *q.About {
				told[name] = 1
			} else if told[name] != 1 {
				told[name] = 0
			}
		}
		for way := range e.read {
			for _, q := range e.read[way].engine.Questions() {
				name := gold.LastName(q.Analyst)
				if about, ok := told[name]; ok && name != "" && e.read[way].engine.Spoken() {
					out = append(out, fit.Row{Features: features(q.Features), Answer: about, Weight: halfWeight})
				}
			}
		}
	}
	return out
}

// Steps of the search for the threshold of questions.
const (
	leastOdds, mostOdds, oddsStep = -3.0, 2.0, 0.1
)

// asked are questions of a call with the readers' answers and the log-odds by
// weights that never saw its company.
type asked struct {
	odds  float64
	about bool
}

func (l *learnt) asked(e *example) []asked {
	list := questionRows([]*example{e})
	out := make([]asked, len(list)/readings)
	for i := range out { // the first reading, with what is known of the company
		out[i] = asked{l.question.Of(list[i].Features), list[i].Answer == 1}
	}
	return out
}

// questionThreshold is the log-odds at which most questions are told rightly,
// by F1.
func questionThreshold(list []asked) float64 {
	best, at := -1.0, 0.0
	for i := 0; leastOdds+float64(i)*oddsStep <= mostOdds; i++ {
		t := math.Round(10*(leastOdds+float64(i)*oddsStep)) / 10
		right, wrong := 0.0, 0.0
		for _, q := range list {
			if said := q.odds >= t; said && q.about {
				right++
			} else if said != q.about {
				wrong++
			}
		}
		if f := 2 * right / (2*right + wrong); f > best {
			best, at = f, t
		}
	}
	return at
}
