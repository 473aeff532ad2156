package insight

import (
	"bytes"
	_ "embed" // the words of measures are data
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/callrank/callrank/pkg/quantity"
)

//go:embed cues/measures.yaml
var measureCues []byte

// measureClass is a class of what figures measure.
type measureClass struct {
	Name string `yaml:"name"`
	// Nature is "stock" for levels at a time, "flow" for amounts over a time.
	Nature string `yaml:"nature"`
	// Weak: it counts where nothing else is named.
	Weak bool `yaml:"weak"`
	// Idle: its words measure nothing.
	Idle  bool     `yaml:"idle"`
	Words []string `yaml:"words"`
}

// measures tells what the words of a sentence measure.
type measures struct {
	classes []measureClass
	phrases phrases
}

// newMeasures returns it with the words embedded in this package.
func newMeasures() *measures {
	m, err := loadMeasures()
	if err != nil {
		panic(fmt.Sprintf("insight: the embedded words of measure: %v", err)) // kept from happening by a test
	}
	return m
}

func loadMeasures() (*measures, error) {
	var file struct {
		Classes []measureClass `yaml:"classes"`
	}
	dec := yaml.NewDecoder(bytes.NewReader(measureCues))
	dec.KnownFields(true)
	if err := dec.Decode(&file); err != nil {
		return nil, fmt.Errorf("read cues/measures.yaml: %w", err)
	}
	m := &measures{classes: file.Classes}
	for i, c := range file.Classes {
		for _, w := range c.Words {
			list := strings.Fields(w)
			m.phrases.add(list[0], wording{list, i})
			if len(list) == 1 && singular(list[0]) == list[0] {
				m.phrases.add(list[0]+"s", wording{list, i})
			}
		}
	}
	return m, nil
}

func (m *measures) weak(class int) bool { return m.classes[class].Weak }

// find appends the words of measure, the longest at each place.
func (m *measures) find(list []spoken, numbers []int32, out []classAt) []classAt {
	for i := 0; i < len(list); {
		p := longest(list[i:], m.phrases.from(&list[i], numbers))
		if p == nil {
			i++
			continue
		}
		if !m.classes[p.class].Idle {
			out = append(out, classAt{p.class, i, i + len(p.words)})
		}
		i += len(p.words)
	}
	return out
}

func longest(list []spoken, of []wording) *wording {
	for i := range of {
		if begins(list, of[i].words) {
			return &of[i]
		}
	}
	return nil
}

// begins reports that the words begin with the phrase, its last word with or
// without an s at its end.
func begins(list []spoken, words []string) bool {
	if len(words) > len(list) {
		return false
	}
	last := len(words) - 1
	for i, w := range words {
		if list[i].text != w && (i < last || singular(list[i].text) != w) {
			return false
		}
	}
	return true
}

func singular(w string) string { return strings.TrimSuffix(w, "s") }

// mostElsewhere bounds the equal figures that are looked at.
const mostElsewhere = 3

// none is no class.
const none = -1

// gauge is what a figure measures, by where the word of it stands.
type gauge struct {
	// chosen is the likeliest of all; it stands at the byte at of its sentence,
	// none where it stands in another.
	chosen, at int
	// after is the head of what follows the figure, before the nearest word
	// before it, farther the next other one, carried the last one of the
	// sentences before.
	after, before, farther, carried int
	// elsewhere is what equal figures in other sentences measure.
	elsewhere [mostElsewhere]int
}

// How far a word of measure may stand from its figure, in words.
const (
	measureBefore = 16
	measureAfter  = 10
	reachPart     = 4
)

// of tells what a quantity measures. carried is what was measured last.
func (m *measures) of(text string, s *timed, q *quantity.Quantity, start, carried int) gauge {
	g := gauge{
		chosen: none, at: none, after: none, before: none, farther: none, carried: carried,
		elsewhere: [mostElsewhere]int{none, none, none},
	}
	figure, after := wordAfter(s.words, q.Start-start), wordAfter(s.words, q.End-start)
	head := m.after(text, s, start, q.End, after)
	if head != none {
		g.after = s.measures[head].class
	}
	nearest, vague := m.before(&g, s, figure)
	choose := func(k int) gauge {
		g.chosen, g.at = s.measures[k].class, s.words[s.measures[k].from].start
		return g
	}
	switch {
	case g.after != none && !m.weak(g.after):
		return choose(head)
	case g.before != none && figure-s.measures[nearest].to <= measureBefore:
		return choose(nearest)
	}
	for k, h := range s.measures {
		if h.from >= after && h.from-after <= measureAfter && !m.weak(h.class) {
			return choose(k)
		}
	}
	for _, class := range [...]int{g.before, g.carried, g.after, vague} {
		if class != none {
			g.chosen = class
			break
		}
	}
	return g
}

// before looks for the words of measure before a figure, and returns the index of
// the nearest, and the class of the nearest weak one.
func (m *measures) before(g *gauge, s *timed, figure int) (nearest, vague int) {
	list := s.measures
	nearest, vague = none, none
	for i := len(list) - 1; i >= 0; i-- {
		h := list[i]
		switch {
		case h.to > figure:
		case m.weak(h.class):
			if vague == none {
				vague = h.class
			}
		case g.before == none:
			for i > 0 && m.partOf(s, i-1) {
				i--
			}
			g.before, nearest = list[i].class, i
		case h.class != g.before:
			g.farther = h.class
			return nearest, vague
		}
	}
	return nearest, vague
}

// partOf reports that a word of measure is only part of what the one before it
// measures: the customers in "orders from customers".
func (m *measures) partOf(s *timed, i int) bool {
	h, next := s.measures[i], s.measures[i+1]
	if m.weak(h.class) || next.from-h.to > reachPart {
		return false
	}
	for k := h.to; k < next.from; k++ {
		switch s.words[k].text {
		case "of", "from", "for", "in", "with", "by", "on", "per", "across":
			return true
		case "and", "or", "to", "that", "which", "is", "are", "was", "were", "as", "at":
			return false
		}
	}
	return false
}

// after is the index of the head of the noun phrase right after the figure, or,
// where that only says of what, of the next.
func (m *measures) after(text string, s *timed, start, end, at int) int {
	head, phrases, k := none, 0, 0
	for i := at; i < len(s.words) && i < at+measureAfter; i++ {
		w := s.words[i]
		if parted(text[end : start+w.start]) {
			return head
		}
		for k < len(s.measures) && s.measures[k].from < i {
			k++
		}
		if k < len(s.measures) && s.measures[k].from == i {
			head, i = k, s.measures[k].to-1
			end = start + s.words[i].start + len(s.words[i].text)
			continue
		}
		end = start + w.start + len(w.text)
		switch w.text {
		case "of", "in", "for", "on", "from":
			if phrases++; phrases > 1 || head != none && !m.weak(s.measures[head].class) {
				return head
			}
		case "to", "and", "or", "with", "at", "by", "as", "that", "which", "who", "is", "are", "was", "were", "has", "have", "had",
			"will", "can", "than", "compared", "versus", "year", "quarter", "sequentially", "we", "it", "they", "but", "so", "when",
			"while", "because", "if", "this", "over", "during", "driven", "up", "down":
			return head
		}
	}
	return head
}

// parted reports marks that end a phrase between two words.
func parted(between string) bool {
	return strings.ContainsAny(between, ",;:.?!()") || strings.Contains(between, "--")
}
