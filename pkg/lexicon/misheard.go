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

// misheard finds words that sound like a name of the theme without being it,
// and adds them to the names of the call.
func (r *reader) misheard(call Call, learnt []string) []Alias {
	names := r.targets(call, learnt)
	if len(names) == 0 {
		return nil
	}
	h := hearing{
		reader: r, targets: names, pairs: newPairs(names),
		found: map[string]*Alias{}, dismissed: map[string]bool{},
		pairOpens: make([]answer, r.text.Distinct()), sounds: make([]answer, r.text.Distinct()),
	}
	for i := range r.toks {
		tok := &r.toks[i]
		if h.held[i] || h.pairOpens[tok.Number] != no && h.pair(i) {
			continue
		}
		if tok.Capital && h.sounds[tok.Number] != no {
			h.single(i)
		}
	}
	out := make([]Alias, 0, len(h.order))
	for _, heard := range h.order {
		out = append(out, *h.found[heard])
		term := r.theme.newTerm(heard, r.theme.index[GroupProduct], call.Ticker)
		r.add(term)
		term.Name = h.found[heard].Name
	}
	return out
}

// hearing is the search for misheard names in one text.
type hearing struct {
	*reader

	targets targets
	pairs   pairs

	found     map[string]*Alias
	order     []string
	dismissed map[string]bool
	// By the number of a word: whether a name may begin with it and go on with
	// the next, and whether it sounds like a name.
	pairOpens, sounds []answer
}

// answer is what is known of a distinct word once it was asked for.
type answer uint8

const (
	untold answer = iota
	no
	yes
)

// full reports that enough words have been considered.
func (h *hearing) full() bool { return len(h.found)+len(h.dismissed) >= mostConsidered }

// again counts a further use of what was found before.
func (h *hearing) again(heard string) bool {
	a := h.found[heard]
	if a != nil {
		a.Times++
	}
	return a != nil
}

func (h *hearing) add(heard, name string, start, end int32) {
	h.found[heard] = &Alias{Heard: heard, Start: int(start), End: int(end), Name: name, Times: 1}
	h.order = append(h.order, heard)
}

// single looks at one capitalised word that no term holds: it sounds like a name, stands near a
// term of the theme unless the sounds leave no doubt, and is no ordinary word.
func (h *hearing) single(i int) {
	tok, w := &h.toks[i], h.word(i)
	if len(w) < shortestName || h.people[w] || h.dismissed[w] || h.again(w) || h.full() {
		return
	}
	name, ok := soundsLike(w, h.targets)
	if !ok && !h.targets.sound(w) {
		h.sounds[tok.Number] = no // however it is printed
	}
	if !ok || len(soundOf(w)) < surestKey && !h.nearTheme(int(tok.Start)) {
		return
	}
	if h.ordinary(i) {
		h.dismissed[w] = true
		return
	}
	h.add(w, name, tok.Start, tok.End)
}

// targets are the names that may have been misheard, by their sound: the
// company's own, those learnt, and the makers of the theme's products.
func (r *reader) targets(call Call, learnt []string) targets {
	var list []string
	if c, ok := r.theme.companies[strings.ToUpper(call.Ticker)]; ok {
		list = append(append(list, c.Products...), c.Own...)
	}
	list = append(list, learnt...)
	out := make(targets, len(list)+len(r.theme.makers))
	for _, name := range list {
		out.add(soundOf(name), name, shortestKey)
	}
	for _, m := range r.theme.makers {
		out.add(m.key, m.name, shortestMaker)
	}
	return out
}

// targets are names by their sound.
type targets map[string]string

// add adds a name of one word whose key is long enough, unless another has it.
func (t targets) add(key, name string, least int) {
	if strings.ContainsAny(name, " -") || len(name) < shortestName || len(key) < least {
		return
	}
	if _, taken := t[key]; !taken {
		t[key] = name
	}
}

// sound is a name and the key of its sound.
type sound struct{ key, name string }

// makersOf are the single-word brand names of the pack, in order.
func makersOf(t *Theme) []sound {
	var names []string
	brand := Set(1) << t.index[GroupBrand]
	for _, terms := range t.terms {
		for _, term := range terms {
			if term.Groups.Has(brand) && term.Owner == "" && !strings.Contains(term.Name, " ") {
				names = append(names, term.Name)
			}
		}
	}
	sort.Strings(names)
	out := make([]sound, 0, len(names))
	for _, name := range names {
		out = append(out, sound{soundOf(name), name})
	}
	return out
}

// soundsLike looks the word up by its sound, also without a last sound.
func soundsLike(w string, targets targets) (string, bool) {
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

// sound reports that the word has the sound of a name, with its last sound or
// without.
func (t targets) sound(w string) bool {
	key := soundOf(w)
	return t[key] != "" || key != "" && t[key[:len(key)-1]] != ""
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

// nearTheme reports an anchor of the theme within reach of the place.
func (r *reader) nearTheme(at int) bool {
	const reach = contextReach * 12
	k := sort.Search(len(r.hits), func(i int) bool { return r.hits[i].End > at-reach })
	for ; k < len(r.hits) && r.hits[k].Start < at+reach; k++ {
		if r.hits[k].Term.Anchor {
			return true
		}
	}
	return false
}

// peopleWords are the words of the names of people and of the company, which
// name no product.
func (t *Theme) peopleWords(call Call) map[string]bool {
	c := t.companies[strings.ToUpper(call.Ticker)]
	out := make(map[string]bool, 2*len(call.People))
	for _, name := range slices.Concat(call.People, []string{call.Company, c.Name}, c.Aliases) {
		for _, w := range fields(name) {
			out[w] = true
		}
	}
	return out
}
