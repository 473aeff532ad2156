package insight

import (
	"bytes"
	_ "embed" // the words that tell the time of a figure are data
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/callrank/callrank/pkg/quantity"
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
	beaten  float64
	byFirst map[string][]cue
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
	f := &Forward{bias: m.Bias, threshold: m.Threshold, beaten: m.Weights[cueBeaten], byFirst: make(map[string][]cue)}
	for group, phrases := range file.Cues {
		weight, ok := m.Weights[group]
		if !ok {
			return nil, fmt.Errorf("cues/forward.yaml: no weight for the group %q", group)
		}
		for _, p := range phrases {
			words := strings.Fields(p)
			f.byFirst[words[0]] = append(f.byFirst[words[0]], cue{words, group, weight})
		}
	}
	for _, list := range f.byFirst { // the longest phrase first, then by name: maps have no order
		slices.SortFunc(list, func(a, b cue) int {
			if d := len(b.words) - len(a.words); d != 0 {
				return d
			}
			return strings.Compare(a.group+strings.Join(a.words, " "), b.group+strings.Join(b.words, " "))
		})
	}
	return f, nil
}

// Expects reports whether the sentence has a figure that is expected; where it
// has no quantity, whether it ends with the expectation of one.
func (f *Forward) Expects(sentence string) bool {
	found := quantity.Scan(sentence)
	r := f.read(sentence)
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
	// outlook is the index of the first cue that names a forecast; beaten tells
	// that something came in against one.
	outlook int
	beaten  bool
}

func (f *Forward) read(sentence string) timed {
	r := timed{words: wordsOf(sentence)}
	r.cues = f.cues(r.words)
	r.outlook = slices.IndexFunc(r.cues, func(c cueAt) bool { return c.group == cueOutlook })
	if r.outlook < 0 {
		r.outlook = len(r.cues)
	}
	r.beaten = beaten(r.words, r.cues)
	return r
}

// cues finds the phrases among the words, the longest at each place.
func (f *Forward) cues(words []spoken) []cueAt {
	var out []cueAt
	for i := 0; i < len(words); i++ {
		for k := range f.byFirst[words[i].text] {
			c := &f.byFirst[words[i].text][k]
			if says(words[i:], c.words) {
				out = append(out, cueAt{c, i, i + len(c.words)})
				i += len(c.words) - 1
				break
			}
		}
	}
	return out
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
