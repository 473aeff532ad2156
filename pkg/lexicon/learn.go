package lexicon

import (
	"sort"
	"strings"
)

// Bounds of what a text can teach.
const (
	definitionReach = 7
	longestName     = 3
	mostLearnt      = 40
	oftenTogether   = 5
	shareTogether   = 0.75
	mostAddressed   = 0.3 // a name before a comma this often is a person's
)

// candidate is a capitalised name and where it stands.
type candidate struct {
	name    string
	at      []int // first tokens of its uses
	defined bool
}

// learn finds names that the text defines as the theme's, or uses only beside
// it, and adds them to the names of the call.
func (r *reader) learn(hits []Hit, held []bool, call Call) []string {
	anchors := r.anchorTokens(hits)
	stop := r.theme.peopleWords(call)
	found := map[string]*candidate{}
	var order []*candidate
	for i := 0; i < len(r.toks); {
		n := r.nameAt(i, held, stop)
		presented := n == 0 && r.presented(i, held, stop, anchors)
		if presented {
			n = 1
		}
		if n == 0 {
			i++
			continue
		}
		name := r.text[r.toks[i].start:r.toks[i+n-1].end]
		c := found[name]
		if c == nil {
			c = &candidate{name: name}
			found[name] = c
			order = append(order, c)
		}
		c.at = append(c.at, i)
		c.defined = c.defined || presented || r.defines(i, n, anchors)
		i += n
	}
	var out []string
	for _, c := range order {
		if (c.defined || r.together(c, anchors)) && len(out) < mostLearnt {
			out = append(out, c.name)
			r.names.add(r.theme.newTerm(c.name, r.theme.index[GroupLearnt], ""))
		}
	}
	return out
}

// anchorTokens marks the tokens of names and products of the theme.
func (r *reader) anchorTokens(hits []Hit) []bool {
	out := make([]bool, len(r.toks))
	i := 0
	for _, h := range hits {
		if !h.Term.Anchor {
			continue
		}
		i += sort.Search(len(r.toks)-i, func(k int) bool { return int(r.toks[i+k].start) >= h.Start })
		for j := i; j < len(r.toks) && int(r.toks[j].start) < h.End; j++ {
			out[j] = true
		}
	}
	return out
}

// nameAt returns the number of words of a capitalised name at token i, 0 when
// there is none. The first word of a sentence is no name by its capital alone.
func (r *reader) nameAt(i int, held []bool, stop map[string]bool) int {
	n := 0
	for n < longestName && i+n < len(r.toks) {
		tok, w := r.toks[i+n], r.word(i+n)
		if !tok.capital || held[i+n] || stop[w] || anybodys(w) || (n > 0 && (!tok.bound || tok.begins)) {
			break
		}
		if n == 0 && (len(w) < 3 || tok.begins) {
			break
		}
		n++
	}
	return n
}

// comma reports that only a comma and a space lie before token i.
func (r *reader) comma(i int) bool {
	if i <= 0 || i >= len(r.toks) {
		return false
	}
	return r.text[r.toks[i-1].end:r.toks[i].start] == ", "
}

// defines reports a definition around the name of n words at i: "our AI
// shopping assistant, Rufus", "Rufus, our AI assistant", "an agent called Kiro".
func (r *reader) defines(i, n int, anchors []bool) bool {
	if r.comma(i) && !r.toks[i-1].capital && !r.listed(i+n) && r.introduced(i, anchors) {
		return true
	}
	switch strings.ToLower(r.word(i - 1)) {
	case "called", "named", "dubbed":
		return r.anchorWithin(i-definitionReach, i, anchors)
	}
	after := i + n
	if r.toks[i].begins || !r.comma(after) {
		return false
	}
	switch r.word(after) {
	case "our", "an", "a":
		return r.anchorWithin(after, after+definitionReach, anchors)
	}
	return false
}

// presented reports a sentence that begins with a name and says what it is:
// "Rufus is our AI shopping assistant", or "Rufus, our AI assistant, ..." where
// the text has the name within a sentence too ("Today, our AI assistant" begins
// with no name). A word that the text has in lower case is none either.
func (r *reader) presented(i int, held []bool, stop map[string]bool, anchors []bool) bool {
	if i+2 >= len(r.toks) || !r.toks[i].begins || !r.toks[i].capital || held[i] {
		return false
	}
	w, next := r.word(i), i+1
	if len(w) < shortestName || stop[w] || anybodys(w) {
		return false
	}
	if r.word(next) == "is" {
		next++
	} else if !r.comma(next) || !r.within(w) {
		return false
	}
	switch r.word(next) {
	case "our", "the", "a", "an":
		return r.anchorWithin(next, next+definitionReach, anchors) && !r.ordinary(w)
	}
	return false
}

// within reports that the text has the word, with its capital, within a
// sentence.
func (r *reader) within(w string) bool {
	for i, tok := range r.toks {
		if tok.capital && !tok.begins && int(tok.end-tok.start) == len(w) && r.word(i) == w {
			return true
		}
	}
	return false
}

// listed reports that a list of names goes on at token i.
func (r *reader) listed(i int) bool {
	return r.comma(i) && r.toks[i].capital
}

// introduced reports "our AI ..." or "a new AI ..." right before token i.
func (r *reader) introduced(i int, anchors []bool) bool {
	for j := i - 1; j >= max(0, i-definitionReach); j-- {
		switch strings.ToLower(r.word(j)) {
		case "our", "its", "their", "a", "an", "new":
			return r.anchorWithin(j, i, anchors)
		}
		if r.toks[j].begins || (j < i-1 && !r.toks[j+1].bound) {
			return false
		}
	}
	return false
}

// anchorWithin reports an anchor among tokens [from, to) of one sentence.
func (r *reader) anchorWithin(from, to int, anchors []bool) bool {
	from = max(0, from)
	for j := from; j < min(to, len(r.toks)); j++ {
		if anchors[j] {
			return true
		}
		if j > from && r.toks[j].begins {
			return false
		}
	}
	return false
}

// together reports a name that is hardly ever used but in sentences about the
// theme.
func (r *reader) together(c *candidate, anchors []bool) bool {
	if len(c.at) < oftenTogether {
		return false
	}
	n, addressed := 0, 0
	for _, i := range c.at {
		if r.sentenceHas(i, anchors) {
			n++
		}
		if r.comma(i + 1) {
			addressed++
		}
	}
	times := float64(len(c.at))
	return float64(n) >= shareTogether*times && float64(addressed) < mostAddressed*times
}

// longestSentence bounds the walk through a sentence, in words.
const longestSentence = 80

func (r *reader) sentenceHas(i int, anchors []bool) bool {
	for j := i; j >= max(0, i-longestSentence); j-- {
		if anchors[j] {
			return true
		}
		if r.toks[j].begins {
			break
		}
	}
	for j := i + 1; j < min(len(r.toks), i+longestSentence) && !r.toks[j].begins; j++ {
		if anchors[j] {
			return true
		}
	}
	return false
}

// anybodys reports capitalised words of any call that name no product.
func anybodys(w string) bool {
	switch w {
	case "CEO", "CFO", "COO", "CTO", "GAAP", "EBITDA", "EPS", "ARR", "FX", "R&D", "SEC", "US", "USA", "UK", "EU",
		"North", "South", "America", "American", "Europe", "European", "Asia", "China", "Chinese", "India", "Japan",
		"Germany", "Middle", "East", "West", "Latin", "Pacific", "EMEA", "APAC", "Q1", "Q2", "Q3", "Q4", "FY", "Inc",
		"Corp", "Corporation", "Company", "Street", "Wall", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
		"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
		"December", "Day", "Investor", "Relations", "Chief", "Officer", "President", "Vice", "Board", "Chairman",
		"Director", "Analyst", "Research", "Division", "And", "But", "The", "Our", "We", "You", "They", "This", "That",
		"There", "It's", "Yes", "Okay", "Great", "Thanks", "Thank", "Operator", "Fortune", "Global", "World", "States",
		"United", "Kingdom", "New", "York", "San", "Francisco", "California", "Securities", "Capital", "Morgan",
		"Stanley", "Goldman", "Sachs", "Bank", "Internet", "English", "CPU", "TAM", "Rule", "For", "What", "Not":
		return true
	}
	return false
}
