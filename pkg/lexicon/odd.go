package lexicon

// Bounds of a run of words that reads like a name misheard.
const (
	shortestOdd = 2
	longestOdd  = 4
)

// odd finds names that speech recognition broke into ordinary words: a run of
// words with capitals within a sentence, near a name of the theme, of which one
// is a word that stands in no name ("Give", "That") and one stands nowhere else
// in the text. What name was meant cannot be told.
func (r *reader) odd() []Alias {
	var out []Alias
	next := 0
	for _, first := range r.capitals {
		i := int(first)
		if i < next {
			continue
		}
		n := r.run(i)
		if n >= shortestOdd && n <= longestOdd && r.broken(i, n) && r.nearTheme(int(r.toks[i].Start)) {
			start, end := int(r.toks[i].Start), int(r.toks[i+n-1].End)
			out = append(out, Alias{Heard: r.text.Text[start:end], Start: start, End: end, Times: 1})
		}
		next = i + n
	}
	return out
}

// run is how many words with capitals run on from token i, none where the
// run begins a sentence, goes on from a name before it or holds one.
func (r *reader) run(i int) int {
	if i > 0 && r.toks[i].Bound && r.toks[i-1].Capital {
		return 0
	}
	n := 0
	for i+n < len(r.toks) {
		tok := &r.toks[i+n]
		if !tok.Capital || tok.Begins || n > 0 && !tok.Bound {
			break
		}
		if r.held[i+n] || r.people[r.word(i+n)] {
			return 0
		}
		n++
	}
	return n
}

// broken reports a run with a word of no name and one that stands nowhere else.
func (r *reader) broken(i, n int) bool {
	plain, strange := false, false
	for k := i; k < i+n; k++ {
		switch w := r.word(k); {
		case nameless(w):
			plain = true
		case len(w) > 2 && r.known[r.toks[k].Number] == 0 && r.once(k):
			strange = true
		}
	}
	return plain && strange
}

// nameless reports a word that speech has everywhere and names hardly ever.
func nameless(w string) bool {
	switch w {
	case "That", "This", "These", "Those", "They", "Them", "Their", "You", "Your", "He", "She", "His", "Her",
		"What", "When", "Where", "Which", "Who", "How", "Why", "If", "Is", "Are", "Was", "Were", "Been", "Have", "Has",
		"Had", "Does", "Did", "Would", "Could", "Should", "Give", "Gave", "Given", "Gets", "Got", "Said", "There",
		"Then", "Than", "But", "Because", "Very", "Into", "From", "Being":
		return true
	}
	return false
}
