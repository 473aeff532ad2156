package lexicon

import (
	"slices"
	"strings"

	"github.com/callrank/callrank/pkg/words"
)

// Call is what of a call matters to its words.
type Call struct {
	// Ticker finds the company's pack; empty when unknown.
	Ticker string
	// Company is its name, which is no product name.
	Company string
	// People are the participants' names, which are no product names either.
	People []string
}

// Reading is what the lexicon finds in the text of a call.
type Reading struct {
	// Hits in the order of the text. They do not overlap.
	Hits []Hit
	// Learnt are the names learnt from the text, in the order of their first
	// use.
	Learnt []string
	// Misheard are names spelt by ear, in the order of their first use.
	Misheard []Alias
	// Odd are runs of words that read like names misheard, of which it cannot be
	// told what was meant; their aliases have no name.
	Odd []Alias
}

// Alias is a name as speech recognition spelt it.
type Alias struct {
	// Heard is the word in the text; its first use is text[Start:End].
	Heard      string
	Start, End int
	// Name is the name it stands for.
	Name string
	// Times is how often the text has it.
	Times int
}

// Read finds the theme's terms in the text of a call, the names it defines,
// and those it misspells.
func (t *Theme) Read(text string, call Call) Reading { return t.ReadWords(words.Cut(text), call) }

// ReadWords does what Read does, of a text that is cut into words already.
func (t *Theme) ReadWords(text *words.Text, call Call) Reading {
	r := reader{text: text, toks: text.Words, theme: t, known: t.words.Look(text)}
	r.people = t.peopleWords(call)
	r.use(t.vocabulary(call))
	r.scan()
	r.use(nil) // those of the company are found already
	var out Reading
	out.Learnt = r.learn()
	out.Misheard = r.misheard(call, out.Learnt)
	out.Odd = r.odd()
	for _, a := range out.Misheard { // what is a name misheard is not a name learnt
		out.Learnt = slices.DeleteFunc(out.Learnt, func(name string) bool { return name == a.Heard })
	}
	out.Hits = r.hits
	if len(r.names) > 0 {
		out.Hits = r.addNames()
	}
	return out
}

// addNames finds the names learnt and misheard among the tokens that no hit
// covers, and puts them in their places.
func (r *reader) addNames() []Hit {
	var names []Hit
	lower := r.names.lower()
	for i := 0; i < len(r.toks); i++ {
		if !r.opens[r.toks[i].Number] || r.held[i] || !r.toks[i].Capital && !lower {
			continue
		}
		term, n := r.nameOf(i)
		if term == nil {
			continue
		}
		names = append(names, Hit{int(r.toks[i].Start), int(r.toks[i+n-1].End), term})
		i += n - 1
	}
	if len(names) == 0 {
		return r.hits
	}
	return merge(r.hits, names)
}

// merge puts names in their places among hits; both are in the order of the
// text. A name takes the place of what begins within it.
func merge(hits, names []Hit) []Hit {
	out := make([]Hit, 0, len(hits)+len(names))
	k := 0
	for _, name := range names {
		from := k
		for k < len(hits) && hits[k].Start < name.Start {
			k++
		}
		out = append(append(out, hits[from:k]...), name)
		for k < len(hits) && hits[k].Start < name.End {
			k++
		}
	}
	return append(out, hits[k:]...)
}

// nameOf returns the longest name of the call at token i.
func (r *reader) nameOf(i int) (best *Term, n int) {
	if !r.opens[r.toks[i].Number] {
		return nil, 0
	}
	for _, t := range r.names[r.word(i)] {
		if m := len(t.exact); m > n && r.matches(i, t.exact) {
			best, n = t, m
		}
	}
	return best, n
}

// reader holds one text while it is read.
type reader struct {
	text  *words.Text
	toks  []words.Word
	theme *Theme
	// known is, by the number of a word in the text, its number in the theme; 0
	// where the theme does not have it.
	known []int32
	names names
	// opens tells, by the number of a word in the text, those that names begin
	// with, in any letters.
	opens []bool
	// hits are the terms of the theme and the names of the company, firsts the
	// tokens that they begin with; held tells the tokens that they cover.
	hits   []Hit
	firsts []int32
	held   []bool
	// capitals are the tokens with a capital that none of them covers.
	capitals []int32
	// people are the words of the names of people and of the company.
	people map[string]bool
}

// use makes these the names that are looked for.
func (r *reader) use(terms []*Term) {
	r.names, r.opens = names{}, make([]bool, r.text.Distinct())
	for _, t := range terms {
		r.add(t)
	}
}

// add adds a name to those that are looked for.
func (r *reader) add(t *Term) {
	r.names.add(t)
	if len(t.exact) > 0 {
		if n, ok := r.text.Number(lowered(t.exact[0])); ok {
			r.opens[n] = true
		}
	}
}

// names are the terms of one call, by their first word as printed.
type names map[string][]*Term

// lower reports that a name is printed in lower case, as one may be that was
// misheard.
func (n names) lower() bool {
	for word := range n {
		if fold(word[0]) == word[0] {
			return true
		}
	}
	return false
}

func (n names) add(t *Term) {
	t.exact = fields(t.Name)
	if len(t.exact) == 0 {
		return
	}
	first := t.exact[0]
	for i, have := range n[first] {
		if slices.Equal(have.exact, t.exact) {
			n[first][i] = t
			return
		}
	}
	n[first] = append(n[first], t)
}

// vocabulary gathers the company's own names.
func (t *Theme) vocabulary(call Call) []*Term {
	c, ok := t.companies[strings.ToUpper(call.Ticker)]
	if !ok {
		return nil
	}
	var out []*Term
	for _, of := range [...]struct {
		group string
		names []string
	}{{GroupProduct, c.Products}, {GroupProduct, c.Own}, {GroupSegment, c.Segments}, {GroupElsewhere, c.Other}} {
		for _, name := range of.names {
			out = append(out, t.newTerm(name, t.index[of.group], c.Ticker))
		}
	}
	return out
}

func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.toks) {
		return ""
	}
	return r.text.Of(r.toks[i])
}

// scan finds the longest terms from left to right.
func (r *reader) scan() {
	r.hits, r.firsts = make([]Hit, 0, len(r.toks)/3+8), make([]int32, 0, len(r.toks)/3+8)
	r.held, r.capitals = make([]bool, len(r.toks)), make([]int32, 0, len(r.toks)/8)
	for i := 0; i < len(r.toks); {
		term, n := r.termAt(i)
		if term == nil {
			if r.toks[i].Capital {
				r.capitals = append(r.capitals, int32(i))
			}
			i++
			continue
		}
		r.hits = append(r.hits, Hit{int(r.toks[i].Start), int(r.toks[i+n-1].End), term})
		r.firsts = append(r.firsts, int32(i))
		for end := i + n; i < end; i++ {
			r.held[i] = true
		}
	}
}

// termAt returns the longest term at token i and its number of words. A name
// of the call wins over a term of the pack as long.
func (r *reader) termAt(i int) (best *Term, n int) {
	tok := &r.toks[i]
	if w := r.known[tok.Number]; int(w) < len(r.theme.root) {
		if node := r.theme.root[w]; node != 0 {
			best, n = r.packTermAt(i, node)
		}
	}
	if !tok.Capital {
		return best, n
	}
	if t, m := r.nameOf(i); m > 0 && m >= n {
		best, n = t, m
	}
	if best == nil {
		if best = r.theme.ended(r.word(i)); best != nil {
			n = 1
		}
	}
	return best, n
}

// packTermAt returns the longest term of the pack whose first word, at token i,
// leads to the node.
func (r *reader) packTermAt(i int, node int32) (best *Term, n int) {
	t := r.theme
	for j := i; node != 0; {
		for _, term := range t.terms[node] {
			if term.exact == nil || r.matches(i, term.exact) {
				best, n = term, j-i+1
			}
		}
		j++
		if j >= len(r.toks) || !r.toks[j].Bound {
			break
		}
		node = t.follow(node, r.known[r.toks[j].Number])
	}
	return best, n
}

// matches compares the words as printed; an empty one matches any.
func (r *reader) matches(i int, exact []string) bool {
	if i+len(exact) > len(r.toks) {
		return false
	}
	for k, w := range exact {
		if k > 0 && !r.toks[i+k].Bound {
			return false
		}
		if w != "" && r.word(i+k) != w {
			return false
		}
	}
	return true
}

// leastStem is how many letters a name has at least beside its beginning.
const leastStem = 3

// ended finds the group of a name by its tail, the AI of OpenAI, or by its
// beginning, the Agent of Agentworks.
func (t *Theme) ended(word string) *Term {
	for _, b := range t.beginnings {
		if len(word) >= len(b.tail)+leastStem && word[:len(b.tail)] == b.tail {
			return b.term
		}
	}
	for _, e := range t.endings {
		head := len(word) - len(e.tail)
		if head >= 2 && word[head:] == e.tail && word[head-1] >= 'a' && word[head-1] <= 'z' {
			return e.term
		}
	}
	return nil
}
