package transcript

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readRunOn reads an older Motley Fool page of which the line breaks are lost:
// headings "Name -- Title" and "Operator" stand in the running text. A name is
// known by the dashes after it and the sentence that closes before it; where
// its title ends and the speech begins, by the list of participants that ends
// the page, by what comes back at every heading of the same person, or by the
// words that titles are made of.
func readRunOn(doc *document, layout string) *script {
	s := newScribe(doc, layout)
	w := doc.words
	tail := runOnTail(w)
	heads := findRunOn(w.slice(0, tail))
	titles := runOnTitles(w, heads, tail)
	for _, l := range runOnListing(w, heads, tail) {
		s.list(l)
	}
	if len(heads) > 0 && heads[0].from > 0 {
		s.header(w.span(0, heads[0].from))
	}
	if tail < w.len() {
		s.ended()
		s.header(w.span(tail, w.len()))
	}
	for i, h := range heads {
		end := tail
		if i+1 < len(heads) {
			end = heads[i+1].from
		}
		if h.mark {
			if len(s.script.parts) > 0 {
				s.questions()
			}
			continue
		}
		begin := h.to + len(strings.Fields(titles[h.name]))
		s.head(runOnHeading(h.name, titles[h.name]))
		s.sayWords(w, begin, end)
	}
	return s.done()
}

// sayWords adds words i to j to the speech of the current part, in pieces
// where something was taken out between them.
func (s *scribe) sayWords(w words, i, j int) {
	for i < j {
		next := j
		if at := w.span(i, j); s.doc.apart(at.start, at.end) {
			gap := sort.Search(len(s.doc.removed), func(n int) bool { return s.doc.removed[n].start >= at.start })
			next = min(w.from(s.doc.removed[gap].start), j)
		}
		if at := w.span(i, next); !isAdvertisement(at.of(w.text)) {
			s.say(at)
		}
		i = next
	}
}

// runOn is a heading in running text: a name and the dashes after it, or a
// mark of the question session. It ends before word to.
type runOn struct {
	name     string
	from, to int
	mark     bool
}

// runOnTail returns the index of the word from which on the page is no longer
// the call.
func runOnTail(w words) int {
	for i := w.len() - 1; i > 0; i-- {
		if w.word(i) == "Duration:" || w.is(i, "Call") && w.word(i+1) == "participants:" {
			return i
		}
	}
	return w.len()
}

// findRunOn returns the headings in running text, in order.
func findRunOn(w words) []runOn {
	var heads []runOn
	for i := range w.at {
		switch w.word(i) {
		case "--":
			if h, is := runOnName(w, i, len(heads) == 0); is {
				heads = append(heads, h)
			}
		case nameOperator:
			if (i == 0 || w.ends(i-1) || len(heads) == 0) && beginsSentence(w.word(i+1)) {
				heads = append(heads, runOn{name: nameOperator, from: i, to: i + 1})
			}
		case "Questions":
			if (w.word(i+1) == "&" || w.is(i+1, "and")) && w.word(i+2) == "Answers:" {
				heads = append(heads, runOn{from: i, to: i + 3, mark: true})
			}
		}
	}
	return heads
}

// runOnName reads the name before the dashes at word i: a sentence closes
// before it, or it is the first heading, which the title of the page precedes.
func runOnName(w words, i int, first bool) (runOn, bool) {
	for from := i - 1; from >= 0 && from >= i-mostSpokenWords; from-- {
		name := strings.Join(fieldsOf(w, from, i), " ")
		if !isPersonName(name) {
			break
		}
		if from == 0 || w.ends(from-1) || first && isFullName(name) {
			return runOn{name: name, from: from, to: i + 1}, true
		}
	}
	return runOn{}, false
}

// beginsSentence reports whether a word is written as the first of a sentence.
func beginsSentence(word string) bool {
	if word != "" && isLetterOrDigit(word[0]) { // as most
		return word[0] >= 'A' && word[0] <= 'Z'
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, `"'“‘(`))
	return unicode.IsUpper(r) || r == '['
}

// runOnTitles finds, for each name, the words after its dashes that are its
// title: folded, without what is said.
func runOnTitles(w words, heads []runOn, tail int) map[string]string {
	titles := map[string]string{}
	for _, l := range runOnListing(w, heads, tail) {
		titles[l.name] = listedTitle(l)
	}
	after := map[string][]int{}
	for _, h := range heads {
		if !h.mark && h.name != nameOperator {
			after[h.name] = append(after[h.name], h.to)
		}
	}
	for name, places := range after {
		if _, has := titles[name]; has && allBegin(w, places, titles[name]) {
			continue
		}
		titles[name] = commonTitle(w, places)
	}
	return titles
}

func listedTitle(l listing) string {
	if l.firm != "" && l.title != "" {
		return l.firm + " -- " + l.title
	}
	return l.firm + l.title
}

// allBegin reports whether the words of a title stand at all the places.
func allBegin(w words, places []int, title string) bool {
	for _, place := range places {
		for i, word := range strings.Fields(title) {
			if w.word(place+i) != word {
				return false
			}
		}
	}
	return true
}

// longestTitle is the number of words beyond which no title is believed.
const longestTitle = 20

// commonTitle returns the title at the places after one person's dashes: the
// words of the first place for as long as they are the same at all the others
// and read like a title.
func commonTitle(w words, places []int) string {
	first := places[0]
	shared := longestTitle
	for _, place := range places[1:] {
		n := 0
		for n < shared && w.word(first+n) == w.word(place+n) {
			n++
		}
		shared = n
	}
	n := titleWords(w, first)
	if len(places) > 1 {
		n = min(n, shared)
	}
	return strings.Join(fieldsOf(w, first, first+n), " ")
}

func fieldsOf(w words, i, j int) []string {
	var fields []string
	for ; i < j; i++ {
		fields = append(fields, w.word(i))
	}
	return fields
}

// titleWords counts the words from i on that read like a title, or like a firm
// and a title with dashes between them.
func titleWords(w words, i int) int {
	const longestFirm = 10
	for n := range longestFirm {
		if w.word(i+n) == "--" { // what stands before is a firm
			return n + 1 + roleLength(w, i+n+1)
		}
		if w.ends(i + n) {
			break
		}
	}
	return roleLength(w, i)
}

// roleLength counts the words from i on that titles are made of, connectives
// between them included.
func roleLength(w words, i int) int {
	n, last := 0, 0
	for n < longestTitle {
		word := strings.ToLower(w.bare(i + n))
		switch {
		case roleWords[word], word == "reporter", word == "silicon", word == "hardware", word == "software":
			n++
			last = n
		case word == "of", word == "and", word == "&", word == "the", word == "for", word == "-":
			n++
		default:
			return last
		}
		if w.ends(i + n - 1) {
			return last
		}
	}
	return last
}

// runOnListing reads the list of participants after the call, whose entries
// follow each other without a break: an entry ends where the next name, known
// from the headings, begins.
func runOnListing(w words, heads []runOn, tail int) []listing {
	names := map[string]bool{}
	for _, h := range heads {
		names[h.name] = !h.mark
	}
	type entry struct{ from, to int }
	var entries []entry
	var found []string
	for i := tail; i < w.len(); i++ {
		if w.word(i) != "--" {
			continue
		}
		for from := i - 1; from >= tail && from >= i-mostSpokenWords; from-- {
			if name := strings.Join(fieldsOf(w, from, i), " "); names[name] {
				entries = append(entries, entry{from, i + 1})
				found = append(found, name)
				break
			}
		}
	}
	listed := make([]listing, 0, len(entries))
	for i, e := range entries {
		end := min(e.to+longestTitle, w.len())
		if i+1 < len(entries) {
			end = min(end, entries[i+1].from)
		} else {
			end = min(end, e.to+titleWords(w, e.to))
		}
		h := runOnHeading(found[i], strings.Join(fieldsOf(w, e.to, end), " "))
		listed = append(listed, listing{name: h.name, title: h.title, firm: h.firm, outside: h.kind != ""})
	}
	return listed
}

func runOnHeading(name, title string) heading {
	return withRoles(name, strings.Split(title, "--")...)
}
