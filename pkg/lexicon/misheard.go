package lexicon

import (
	"slices"
	"sort"
	"strings"
)

// Bounds within which a word may be a name misheard.
const (
	shortestKey   = 3
	shortestMaker = 4 // a name from outside has to be surer
	shortestName  = 5
	contextReach  = 12
	// mostConsidered bounds the words looked up in the whole text.
	mostConsidered = 64
	// surestKey sounds that agree need no context.
	surestKey = 5
)

// misheard finds capitalised words that sound like a name of the theme without
// being it, stand near one of its terms, and are no ordinary words, and adds
// them to the names of the call.
func (r *reader) misheard(hits []Hit, known []bool, call Call, learnt []string) []Alias {
	targets := r.targets(call, learnt)
	if len(targets) == 0 {
		return nil
	}
	people := r.theme.peopleWords(call)
	found, dismissed := map[string]*Alias{}, map[string]bool{}
	var order []string
	pairs := newPairs(targets)
	for i, tok := range r.toks {
		if name, ok := r.pairHeard(i, known, people, pairs); ok {
			heard := r.text[tok.start:r.toks[i+1].end]
			if a := found[heard]; a != nil {
				a.Times++
			} else if len(found)+len(dismissed) < mostConsidered {
				found[heard] = &Alias{Heard: heard, Start: int(tok.start), End: int(r.toks[i+1].end), Name: name, Times: 1}
				order = append(order, heard)
			}
			continue
		}
		w := r.word(i)
		if !tok.capital || known[i] || len(w) < shortestName || people[w] || dismissed[w] {
			continue
		}
		if len(found)+len(dismissed) == mostConsidered {
			break
		}
		if a := found[w]; a != nil {
			a.Times++
			continue
		}
		name, ok := soundsLike(w, targets)
		if ok && len(soundOf(w)) < surestKey && !r.nearTheme(hits, int(tok.start)) {
			continue
		}
		if !ok {
			continue
		}
		if r.ordinary(w) {
			dismissed[w] = true
			continue
		}
		found[w] = &Alias{Heard: w, Start: int(tok.start), End: int(tok.end), Name: name, Times: 1}
		order = append(order, w)
	}
	out := make([]Alias, 0, len(order))
	for _, w := range order {
		out = append(out, *found[w])
		term := r.theme.newTerm(w, r.theme.index[GroupProduct], call.Ticker)
		r.names.add(term)
		term.Name = found[w].Name
	}
	return out
}

// targets are the names that may have been misheard, by their sound: the
// company's own, those learnt, and the makers of the theme's products.
func (r *reader) targets(call Call, learnt []string) map[string]string {
	var list []string
	if c, ok := r.theme.companies[strings.ToUpper(call.Ticker)]; ok {
		list = append(append(list, c.Products...), c.Own...)
	}
	list = append(list, learnt...)
	own := len(list)
	list = append(list, r.theme.makers()...)
	out := make(map[string]string, len(list))
	for i, name := range list {
		key, least := soundOf(name), shortestKey
		if i >= own {
			least = shortestMaker
		}
		if strings.ContainsAny(name, " -") || len(name) < shortestName || len(key) < least {
			continue
		}
		if _, taken := out[key]; !taken {
			out[key] = name
		}
	}
	return out
}

// makers are the single-word brand names of the pack, in order.
func (t *Theme) makers() []string {
	var out []string
	brand := Set(1) << t.index[GroupBrand]
	for _, terms := range t.terms {
		for _, term := range terms {
			if term.Groups.Has(brand) && term.Owner == "" && !strings.Contains(term.Name, " ") {
				out = append(out, term.Name)
			}
		}
	}
	sort.Strings(out)
	return out
}

// soundsLike looks the word up by its sound, also without a last sound.
func soundsLike(w string, targets map[string]string) (string, bool) {
	key := soundOf(w)
	if len(key) < shortestKey {
		return "", false
	}
	for _, k := range [...]string{key, key[:len(key)-1]} {
		name, ok := targets[k]
		if ok && nearSound(key, k) && !strings.EqualFold(w, name) && fold(w[0]) == fold(name[0]) &&
			!inflected(w, name) && nearSpelling(w, name, len(k)) {
			return name, true
		}
	}
	return "", false
}

// Share of letters that may differ: little where few sounds agree.
const (
	mostChanged    = 0.4
	mostChangedFew = 0.25
)

// nearSpelling reports that few enough letters differ, given how many sounds
// agree.
func nearSpelling(a, b string, sounds int) bool {
	limit := mostChanged
	if sounds <= shortestKey {
		limit = mostChangedFew
	}
	return float64(edits(a, b)) <= limit*float64(max(len(a), len(b)))
}

// inflected reports a plural or the like of the name itself.
func inflected(w, name string) bool {
	return strings.HasPrefix(w, name) || strings.HasPrefix(name, w)
}

// heldBy marks the tokens that hits cover.
func (r *reader) heldBy(hits []Hit) []bool {
	held := make([]bool, len(r.toks))
	k := 0
	for i, tok := range r.toks {
		for k < len(hits) && hits[k].End <= int(tok.start) {
			k++
		}
		held[i] = k < len(hits) && hits[k].Start < int(tok.end)
	}
	return held
}

// ordinary reports that the text has the word in lower case too.
func (r *reader) ordinary(w string) bool {
	for i, tok := range r.toks {
		if !tok.capital && int(tok.end-tok.start) == len(w) && strings.EqualFold(r.word(i), w) {
			return true
		}
	}
	return false
}

// nearTheme reports an anchor of the theme within reach of the place.
func (r *reader) nearTheme(hits []Hit, at int) bool {
	const reach = contextReach * 12
	k := sort.Search(len(hits), func(i int) bool { return hits[i].End > at-reach })
	for ; k < len(hits) && hits[k].Start < at+reach; k++ {
		if hits[k].Term.Anchor {
			return true
		}
	}
	return false
}

// peopleWords are the words of the names of people and of the company, which
// name no product.
func (t *Theme) peopleWords(call Call) map[string]bool {
	c := t.companies[strings.ToUpper(call.Ticker)]
	out := map[string]bool{}
	for _, name := range slices.Concat(call.People, []string{call.Company, c.Name}, c.Aliases) {
		for _, w := range fields(name) {
			out[w] = true
		}
	}
	return out
}
