package insight

import (
	"bytes"
	_ "embed" // the forms of verbs are data
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/callrank/callrank/pkg/quantity"
	"github.com/callrank/callrank/pkg/words"
)

//go:embed cues/tenses.yaml
var tenseCues []byte

// Forms of verbs, by what they say of time.
const (
	verbFuture = iota
	verbModal
	verbExpectation
	verbPast
	verbPerfect
	verbPresent
	verbProgressive
	verbIng        // a participle that takes its time from another verb
	verbEd         // past, or a participle that takes its time from another verb
	verbInfinitive // to do
	verbForms
)

func verbNames() [verbForms]string {
	return [verbForms]string{"future", "modal", "expectation", "past", "perfect", "present", "progressive", "ing", "ed", "infinitive"}
}

// Times that words name.
const (
	timeNow = iota
	timeBefore
	timeAhead
	timesNamed
)

func timeNames() [timesNamed]string { return [timesNamed]string{"now", "before", "ahead"} }

// Groups of words that verbs are told by.
const (
	wordFuture = 1 << iota
	wordModal
	wordExpectation
	wordPast
	wordPresent
	wordParticiple
	wordNone // looks like a form of a verb and is none
)

func wordGroups() map[string]uint8 {
	return map[string]uint8{
		"future": wordFuture, "modal": wordModal, "expectation": wordExpectation, "past": wordPast,
		"present": wordPresent, "participle": wordParticiple, "none": wordNone,
	}
}

// tenses tells the forms of verbs and the words that say when.
type tenses struct {
	first words.Dictionary
	// groups are those of each word, by its number.
	groups []uint8
	times  phrases
}

func loadTenses() (*tenses, error) {
	var file struct {
		Verbs map[string][]string `yaml:"verbs"`
		Times map[string][]string `yaml:"times"`
	}
	dec := yaml.NewDecoder(bytes.NewReader(tenseCues))
	dec.KnownFields(true)
	if err := dec.Decode(&file); err != nil {
		return nil, fmt.Errorf("read cues/tenses.yaml: %w", err)
	}
	t := &tenses{groups: make([]uint8, 1)}
	for name, list := range file.Verbs {
		group, ok := wordGroups()[name]
		if !ok {
			return nil, fmt.Errorf("cues/tenses.yaml: there are no verbs %q", name)
		}
		for _, w := range list {
			n := int(t.first.Add(w))
			if n == len(t.groups) {
				t.groups = append(t.groups, 0)
			}
			t.groups[n] |= group
		}
	}
	for i, name := range timeNames() {
		for _, p := range file.Times[name] {
			list := strings.Fields(p)
			t.times.add(list[0], wording{list, i})
		}
	}
	return t, nil
}

// newTenses returns it with the words embedded in this package.
func newTenses() *tenses {
	t, err := loadTenses()
	if err != nil {
		panic(fmt.Sprintf("insight: the embedded forms of verbs: %v", err)) // kept from happening by a test
	}
	return t
}

// tensing reads the sentences of a text for the forms of verbs.
type tensing struct {
	*tenses

	// verbs and whens are, by the number of a word, its numbers in the two
	// dictionaries.
	verbs, whens []int32
	// list are the words of the sentence, groups those of each.
	list   []spoken
	groups []uint8
	// found holds what was found in all sentences.
	found []classAt
}

func (t *tenses) tensing(text *words.Text) tensing {
	return tensing{tenses: t, verbs: t.first.Look(text), whens: t.times.first.Look(text)}
}

// read finds the verbs of a sentence and what says when.
func (t *tensing) read(list []spoken) (verbs, times []classAt) {
	t.list, t.groups = list, t.groups[:0]
	for i := range list {
		var n int32
		if number := list[i].number; number < 0 {
			n = t.first.Find(list[i].text)
		} else {
			n = t.verbs[number]
		}
		t.groups = append(t.groups, t.tenses.groups[n])
	}
	from := len(t.found)
	for i := 0; i < len(list); i++ {
		if form, n := t.verbAt(i); n > 0 {
			t.found = append(t.found, classAt{form, i, i + n})
			i += n - 1
		}
	}
	until := len(t.found)
	for i := 0; i < len(list); i++ {
		for _, p := range t.times.from(&list[i], t.whens) {
			if says(list[i:], p.words) {
				t.found = append(t.found, classAt{p.class, i, i + len(p.words)})
				i += len(p.words) - 1
				break
			}
		}
	}
	return t.found[from:until:until], t.found[until:len(t.found):len(t.found)]
}

func (t *tensing) is(i int, group uint8) bool {
	return i < len(t.groups) && t.groups[i]&group != 0
}

// reachAuxiliary is how many words may stand between an auxiliary and its verb.
const reachAuxiliary = 3

// verbAt reads the verb that begins with word i, and how many words it takes.
func (t *tensing) verbAt(i int) (form, n int) {
	switch {
	case t.is(i, wordExpectation):
		return verbExpectation, t.taking(i, 1)
	case t.is(i, wordFuture):
		return verbFuture, t.taking(i, 1)
	case t.is(i, wordModal):
		return verbModal, t.taking(i, 1)
	}
	switch t.list[i].text {
	case "was", "were", "had":
		return verbPast, t.upTo(i, func(k int) bool { return t.participle(k) || ing(t.list[k].text) })
	case "has", "have", "ve":
		if n := t.upTo(i, t.participle); n > 1 {
			return verbPerfect, n
		}
		return verbPresent, 1
	case "is", "are", "re", "am", "s":
		return t.being(i)
	}
	return t.plain(i)
}

// plain reads a verb without an auxiliary.
func (t *tensing) plain(i int) (form, n int) {
	w := t.list[i].text
	switch {
	case t.is(i, wordPast):
		return verbPast, 1
	case i > 0 && t.list[i-1].text == "to" && (t.is(i, wordPresent) || w == "be"):
		return verbInfinitive, 1
	case t.is(i, wordPresent):
		return verbPresent, 1
	case ing(w) && !t.is(i, wordNone):
		return verbIng, 1
	case t.edForm(i):
		return verbEd, 1
	}
	return 0, 0
}

// being reads a verb that begins with a form of "to be" in the present, which an
// 's may be, or of "to have", or of nothing.
func (t *tensing) being(i int) (form, n int) {
	if i+2 < len(t.list) && t.list[i+1].text == "going" && t.list[i+2].text == "to" {
		return verbFuture, t.taking(i, 3)
	}
	for k := i + 1; k < len(t.list) && k <= i+reachAuxiliary; k++ {
		if t.is(k, wordExpectation) {
			return verbExpectation, t.taking(i, k-i+1)
		}
		if ing(t.list[k].text) && !t.is(k, wordNone) {
			return verbProgressive, k - i + 1
		}
	}
	n = t.upTo(i, t.participle)
	if t.list[i].text != "s" {
		return verbPresent, n
	}
	if i == 0 || !clitic(t.list[i-1].text) {
		return 0, 0
	}
	if n > 1 && !ed(t.list[i+n-1].text) {
		return verbPerfect, n
	}
	return verbPresent, n
}

// taking adds to the n words of an auxiliary those up to the verb it takes, as in
// "will also be" and "expect to see".
func (t *tensing) taking(i, n int) int {
	for k := i + n; k < len(t.list) && k < i+n+reachAuxiliary; k++ {
		if t.list[k].text == "be" || t.list[k].text == "have" || t.is(k, wordPresent) {
			return k - i + 1
		}
	}
	return n
}

// upTo is how many words it is to the one looked for within reach, 1 where there
// is none.
func (t *tensing) upTo(i int, wanted func(int) bool) int {
	for k := i + 1; k < len(t.list) && k <= i+reachAuxiliary; k++ {
		if wanted(k) {
			return k - i + 1
		}
	}
	return 1
}

func (t *tensing) participle(i int) bool {
	return t.is(i, wordParticiple) || ed(t.list[i].text) && !t.is(i, wordNone)
}

// edForm reports a word in -ed that is a verb: what stands after an article or a
// preposition only describes.
func (t *tensing) edForm(i int) bool {
	if !ed(t.list[i].text) || t.is(i, wordNone) {
		return false
	}
	if i == 0 {
		return true
	}
	switch t.list[i-1].text {
	case "the", "a", "an", "our", "its", "their", "by", "of", "with", "in", "for", "and", "more", "new":
		return false
	}
	return true
}

func ed(w string) bool  { return len(w) > 4 && strings.HasSuffix(w, "ed") }
func ing(w string) bool { return len(w) > 4 && strings.HasSuffix(w, "ing") }

// clitic reports what an 's of "is" follows.
func clitic(w string) bool {
	switch w {
	case "it", "that", "there", "he", "she", "what", "this", "here", "who", "where":
		return true
	}
	return false
}

// tense is what the verbs around a figure say of its time; -1 for none.
type tense struct {
	verb, second, after int
	time                int
	named               [timesNamed]bool
}

// tenseOf tells the tense of a figure.
func tenseOf(s *timed, q *quantity.Quantity, start int) tense {
	out := tense{verb: none, second: none, after: none, time: none}
	figure, end := wordAfter(s.words, q.Start-start), wordAfter(s.words, q.End-start)
	for _, v := range slices.Backward(s.verbs) {
		switch {
		case v.from >= end:
			out.after = v.class
		case v.from >= figure:
		case out.verb == none:
			out.verb = v.class
		case out.second == none:
			out.second = v.class
		}
	}
	best := len(s.words) + 1
	for _, v := range s.whens {
		out.named[v.class] = true
		gap := v.from - end
		if v.to <= figure {
			gap = figure - v.to
		}
		if gap >= 0 && gap < best {
			best, out.time = gap, v.class
		}
	}
	return out
}
