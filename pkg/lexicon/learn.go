package lexicon

import (
	"slices"
	"strings"
)

// Bounds of what a text can teach.
const (
	definitionReach = 7
	longestName     = 3
	mostLearnt      = 40
	oftenTogether   = 3
	shareTogether   = 0.6  // of its uses that a name of the theme has beside the theme's words, at least
	aboveOthers     = 0.25 // and by so much more than words at large
	leastNamed      = 0.2  // share of its uses beside the theme's name
	roundsTogether  = 2    // a name learnt is a name beside which others are learnt
	mostAddressed   = 0.3  // a name before a comma this often is a person's
	typicalSentence = 12   // words, or a few more
)

// candidate is a capitalised name and where it stands.
type candidate struct {
	name    string
	at      []int // first tokens of its uses
	defined bool
}

// learn finds names that the text defines as the theme's, or uses mostly beside
// it, and adds them to the names of the call.
func (r *reader) learn() []string {
	order := r.candidates()
	if len(order) == 0 {
		return nil
	}
	company := r.company()
	for _, c := range order {
		if c.defined {
			company.join(c)
		}
	}
	for range roundsTogether {
		for _, c := range order {
			if !c.defined && company.together(r, c) {
				c.defined = true
				company.join(c)
			}
		}
	}
	var out []string
	for _, c := range order {
		if c.defined && len(out) < mostLearnt {
			out = append(out, c.name)
			r.add(r.theme.newTerm(c.name, r.theme.index[GroupLearnt], ""))
		}
	}
	return out
}

// candidates are the capitalised names of the text, in the order of their first
// use.
func (r *reader) candidates() []*candidate {
	anchors := r.anchorTokens()
	found := map[string]*candidate{}
	var order []*candidate
	next := 0
	for _, first := range r.capitals {
		i := int(first)
		if i < next {
			continue
		}
		n := r.nameAt(i)
		presented := n == 0 && r.presented(i, anchors)
		if presented {
			n = 1
		}
		if n == 0 {
			continue
		}
		name := r.text.Text[r.toks[i].Start:r.toks[i+n-1].End]
		c := found[name]
		if c == nil {
			c = &candidate{name: name}
			found[name] = c
			order = append(order, c)
		}
		c.at = append(c.at, i)
		c.defined = c.defined || presented || r.defines(i, n, anchors)
		next = i + n
	}
	return order
}

// company is the company that words keep: which sentences name the theme, and
// which have words of its trade.
type company struct {
	// first are the tokens that sentences begin with.
	first         []int32
	named, traded []bool
	// share is that of words in sentences with either.
	share float64
}

func (r *reader) company() *company {
	c := &company{first: make([]int32, 0, len(r.toks)/typicalSentence+1)}
	for i := range r.toks {
		if r.toks[i].Begins || i == 0 {
			c.first = append(c.first, int32(i))
		}
	}
	c.named, c.traded = make([]bool, len(c.first)), make([]bool, len(c.first))
	s := 0
	for k, h := range r.hits {
		for s+1 < len(c.first) && c.first[s+1] <= r.firsts[k] {
			s++
		}
		switch {
		case h.Term.Anchor:
			c.named[s] = true
		case h.Term.Groups.Has(r.theme.trade):
			c.traded[s] = true
		}
	}
	in, end := 0, len(r.toks)
	for s, first := range slices.Backward(c.first) {
		if c.named[s] || c.traded[s] {
			in += end - int(first)
		}
		end = int(first)
	}
	c.share = float64(in) / float64(max(1, len(r.toks)))
	return c
}

// of is the sentence of a token.
func (c *company) of(token int) int {
	s, begins := slices.BinarySearch(c.first, int32(token))
	if !begins {
		s--
	}
	return s
}

// join makes the sentences that a learnt name is used in name the theme.
func (c *company) join(name *candidate) {
	for _, i := range name.at {
		c.named[c.of(i)] = true
	}
}

// together reports a name that is used mostly in sentences about the theme or
// its trade, and more so than words at large.
func (c *company) together(r *reader, name *candidate) bool {
	times := float64(len(name.at))
	if len(name.at) < oftenTogether {
		return false
	}
	var in, named, addressed float64
	for _, i := range name.at {
		s := c.of(i)
		if c.named[s] || c.traded[s] {
			in++
		}
		if c.named[s] {
			named++
		}
		if r.comma(i + 1) {
			addressed++
		}
	}
	least := max(shareTogether, c.share+aboveOthers)
	return in >= least*times && named >= leastNamed*times && addressed < mostAddressed*times
}

// anchorTokens marks the tokens of names and products of the theme.
func (r *reader) anchorTokens() []bool {
	out := make([]bool, len(r.toks))
	for k, h := range r.hits {
		if !h.Term.Anchor {
			continue
		}
		for j := int(r.firsts[k]); j < len(r.toks) && int(r.toks[j].Start) < h.End; j++ {
			out[j] = true
		}
	}
	return out
}

// nameAt returns the number of words of a capitalised name at token i, 0 when
// there is none. The first word of a sentence is no name by its capital alone.
func (r *reader) nameAt(i int) int {
	n := 0
	for n < longestName && i+n < len(r.toks) {
		tok, w := &r.toks[i+n], r.word(i+n)
		if !tok.Capital || r.held[i+n] || tok.Begins || n > 0 && !tok.Bound || n == 0 && len(w) < 3 {
			break
		}
		if r.people[w] || anybodys(w) {
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
	return r.text.Text[r.toks[i-1].End:r.toks[i].Start] == ", "
}

// defines reports a definition around the name of n words at i: "our AI
// shopping assistant, Rufus", "Rufus, our AI assistant", "an agent called Kiro".
func (r *reader) defines(i, n int, anchors []bool) bool {
	if r.comma(i) && !r.toks[i-1].Capital && !r.listed(i+n) && r.introduced(i, anchors) {
		return true
	}
	switch strings.ToLower(r.word(i - 1)) {
	case "called", "named", "dubbed":
		return r.anchorWithin(i-definitionReach, i, anchors)
	}
	after := i + n
	if r.toks[i].Begins || !r.comma(after) {
		return false
	}
	switch r.word(after) {
	case "our", "an", "a":
		return r.anchorWithin(after, after+definitionReach, anchors)
	}
	return false
}

// presented reports, of a word with a capital, a sentence that begins with a name and says what it is:
// "Rufus is our AI shopping assistant", or "Rufus, our AI assistant, ..." where
// the text has the name within a sentence too ("Today, our AI assistant" begins
// with no name). A word that the text has in lower case is none either.
func (r *reader) presented(i int, anchors []bool) bool {
	if i+2 >= len(r.toks) || !r.toks[i].Begins {
		return false
	}
	w, next := r.word(i), i+1
	if len(w) < shortestName || r.people[w] || anybodys(w) {
		return false
	}
	if r.word(next) == "is" {
		next++
	} else if !r.comma(next) || !r.within(i) {
		return false
	}
	switch r.word(next) {
	case "our", "the", "a", "an":
		return r.anchorWithin(next, next+definitionReach, anchors) && !r.ordinary(i)
	}
	return false
}

// listed reports that a list of names goes on at token i.
func (r *reader) listed(i int) bool {
	return r.comma(i) && r.toks[i].Capital
}

// introduced reports "our AI ..." or "a new AI ..." right before token i.
func (r *reader) introduced(i int, anchors []bool) bool {
	for j := i - 1; j >= max(0, i-definitionReach); j-- {
		switch strings.ToLower(r.word(j)) {
		case "our", "its", "their", "a", "an", "new":
			return r.anchorWithin(j, i, anchors)
		}
		if r.toks[j].Begins || (j < i-1 && !r.toks[j+1].Bound) {
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
		if j > from && r.toks[j].Begins {
			return false
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
