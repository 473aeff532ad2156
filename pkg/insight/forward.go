package insight

import (
	"bytes"
	_ "embed" // the words that tell the time of a figure are data
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/callrank/callrank/pkg/quantity"
	"github.com/callrank/callrank/pkg/words"
)

//go:embed cues/forward.yaml
var forwardCues []byte

// Groups of words that are more than a weight to the reading of time.
const (
	cueExpectation = "expectation"
	cueOutlook     = "outlook"
	cuePossibility = "possibility"
	cueAhead       = "ahead"
	cueChange      = "change"
	cueState       = "state"
	cueBeaten      = "beaten"
)

// cue is a phrase that speaks for or against a figure's being expected.
type cue struct {
	words  []string
	group  string
	weight float64
}

// cueAt is a cue as it stands in a sentence: words [from, to).
type cueAt struct {
	*cue

	from, to int
}

// Forward tells the figures that somebody expects from those that are realised,
// by the words of one sentence and nothing else. It is safe for concurrent use.
type Forward struct {
	bias, threshold float64
	// beaten is what a figure measured against a forecast loses.
	beaten float64
	// first numbers the words that cues begin with; cues are those by number.
	first words.Dictionary
	cues  [][]cue
}

// NewForward returns it with the words and weights embedded in this package.
func NewForward() *Forward {
	f, err := loadForward()
	if err != nil {
		panic(fmt.Sprintf("insight: the embedded words of time: %v", err)) // kept from happening by a test
	}
	return f
}

func loadForward() (*Forward, error) {
	e, err := loadWeights()
	if err != nil {
		return nil, err
	}
	var file struct {
		Cues map[string][]string `yaml:"cues"`
	}
	dec := yaml.NewDecoder(bytes.NewReader(forwardCues))
	dec.KnownFields(true)
	if err := dec.Decode(&file); err != nil {
		return nil, fmt.Errorf("read cues/forward.yaml: %w", err)
	}
	m := e.Models["forward"]
	f := &Forward{bias: m.Bias, threshold: m.Threshold, beaten: m.Weights[cueBeaten], cues: make([][]cue, 1)}
	for group, phrases := range file.Cues {
		weight, ok := m.Weights[group]
		if !ok {
			return nil, fmt.Errorf("cues/forward.yaml: no weight for the group %q", group)
		}
		for _, p := range phrases {
			f.add(cue{strings.Fields(p), group, weight})
		}
	}
	for _, list := range f.cues { // the longest phrase first, then by name: maps have no order
		slices.SortFunc(list, func(a, b cue) int {
			if d := len(b.words) - len(a.words); d != 0 {
				return d
			}
			return strings.Compare(a.group+strings.Join(a.words, " "), b.group+strings.Join(b.words, " "))
		})
	}
	return f, nil
}

func (f *Forward) add(c cue) {
	n := f.first.Add(c.words[0])
	if int(n) == len(f.cues) {
		f.cues = append(f.cues, nil)
	}
	f.cues[n] = append(f.cues[n], c)
}

// Expects reports whether the sentence has a figure that is expected; where it
// has no quantity, whether it ends with the expectation of one.
func (f *Forward) Expects(sentence string) bool {
	text := words.Cut(sentence)
	found := quantity.ScanWords(text)
	t := f.timing(text)
	r := t.read(0, len(sentence))
	if len(found) == 0 {
		return f.odds(&r, len(sentence), len(sentence)) >= f.threshold
	}
	for i := range found {
		if f.odds(&r, found[i].Start, found[i].End) >= f.threshold {
			return true
		}
	}
	return false
}

// timed is a sentence with its cues.
type timed struct {
	words []spoken
	cues  []cueAt
	// periods are those it names.
	periods []periodAt
	// measures, verbs and whens are the words that say what is measured, what is
	// done and when.
	measures, verbs, whens []classAt
	// outlook is the index of the first cue that names a forecast; beaten tells
	// that something came in against one.
	outlook int
	beaten  bool
}

// timing reads the sentences of a text for the words of time.
type timing struct {
	*Forward
	speech

	// opens are, by the number of a word, the cues that begin with it.
	opens []int32
	// found holds the cues of all sentences read.
	found []cueAt
}

func (f *Forward) timing(text *words.Text) timing {
	return timing{Forward: f, speech: newSpeech(text), opens: f.first.Look(text)}
}

// read reads the sentence at a place of the text. Sentences are read in the order
// of the text.
func (t *timing) read(start, end int) timed {
	r := timed{words: t.wordsOf(start, end)}
	r.cues = t.cuesOf(r.words)
	r.outlook = slices.IndexFunc(r.cues, func(c cueAt) bool { return c.group == cueOutlook })
	if r.outlook < 0 {
		r.outlook = len(r.cues)
	}
	r.beaten = beaten(r.words, r.cues)
	return r
}

// cuesOf finds the phrases among the words, the longest at each place.
func (t *timing) cuesOf(list []spoken) []cueAt {
	from := len(t.found)
	for i := 0; i < len(list); i++ {
		cues := t.cuesFrom(&list[i])
		for k := range cues {
			if c := &cues[k]; says(list[i:], c.words) {
				t.found = append(t.found, cueAt{c, i, i + len(c.words)})
				i += len(c.words) - 1
				break
			}
		}
	}
	return t.found[from:len(t.found):len(t.found)]
}

// cuesFrom are the cues that begin with a word.
func (t *timing) cuesFrom(w *spoken) []cue {
	if w.number < 0 {
		return t.cues[t.first.Find(w.text)]
	}
	return t.cues[t.opens[w.number]]
}

// says reports that the words begin with the phrase.
func says(words []spoken, phrase []string) bool {
	if len(phrase) > len(words) {
		return false
	}
	for i, w := range phrase {
		if words[i].text != w {
			return false
		}
	}
	return true
}

// How far a cue reaches: each verb further before the figure counts for less,
// and one after it within a few words.
const (
	fading      = 0.45
	least       = 0.1
	mostBefore  = 12
	reachAfter  = 12
	mostAfter   = 2
	afterAlone  = 0.9
	afterBeside = 0.35
)

// odds adds up what speaks for the figure at bytes start to end of the sentence
// being expected. The last verb before it governs it; what is said after it
// counts where no verb stands before.
func (f *Forward) odds(r *timed, start, end int) float64 {
	// The first cue that does not stand before the figure.
	first, _ := slices.BinarySearchFunc(r.cues, start, func(c cueAt, at int) int { return r.words[c.to-1].start - at })
	sum, governed := f.before(r, first)
	share := afterAlone
	if governed {
		share = afterBeside
	}
	figure := wordAfter(r.words, end)
	taken := 0
	for _, c := range r.cues[first:] {
		if c.from < figure || c.group == cueState {
			continue
		}
		if taken == mostAfter || c.from-figure > reachAfter {
			break
		}
		w := c.weight
		if w < 0 {
			w /= 2
		}
		sum += w * share
		share /= 2
		taken++
	}
	if r.beaten {
		sum += f.beaten
	}
	return sum
}

// before adds up the cues before a figure, the nearest first.
func (f *Forward) before(r *timed, first int) (sum float64, governed bool) {
	sum = f.bias
	share := 1.0
	for i := first - 1; i >= max(0, first-mostBefore) && share >= least; i-- {
		c := r.cues[i]
		switch c.group {
		case cueExpectation, cueOutlook:
			if compared(r.words, c.from) { // the yardstick, and not what is measured
				continue
			}
		case cueChange:
			if r.outlook < first { // of the outlook
				continue
			}
		case cueState, cueAhead:
			sum += c.weight
			continue
		case cuePossibility:
			sum += c.weight * share
			continue
		}
		sum += c.weight * share
		share *= fading
		governed = true
	}
	return sum, governed
}

// wordAfter is the index of the first word from the byte on.
func wordAfter(words []spoken, at int) int {
	i, _ := slices.BinarySearchFunc(words, at, func(w spoken, at int) int { return w.start - at })
	return i
}

// reachCompared is how far before a forecast the word stands that makes it a
// yardstick, in words.
const reachCompared = 3

// compared reports a forecast that something else is compared with: "above the
// earlier guidance of", "than expected".
func compared(words []spoken, at int) bool {
	for i := max(0, at-reachCompared); i < at; i++ {
		switch words[i].text {
		case "than", "versus", "vs", "prior", "previous", "previously", "earlier", "above", "below", "within", "against",
			"beyond", "past", "short", "original", "initial", "compared":
			return true
		}
	}
	return false
}

// beaten reports that the sentence tells how something came in against what
// was expected of it.
func beaten(words []spoken, cues []cueAt) bool {
	if !slices.ContainsFunc(cues, func(c cueAt) bool { return c.group == cueBeaten }) {
		return false
	}
	return slices.ContainsFunc(words, func(w spoken) bool {
		for _, stem := range [...]string{"estimate", "consensus", "guid", "expect", "outlook", "forecast", "envision", "view"} {
			if strings.HasPrefix(w.text, stem) {
				return true
			}
		}
		return false
	})
}
