package transcript

import "strings"

// presented finds the people of the company who are presented at the opening
// of a text: by their office, "Jane Roe, our Chief Executive Officer", or as
// those who take part, "joined today by Jane Roe and John Doe".
func (c *cast) presented(w words) {
	const opening = 1500 // words
	w = w.slice(0, opening)
	taken := 0 // words up to here are of the last one presented
	partakers := false
	for i := 0; i < w.len(); i++ {
		if i == 0 || w.ends(i-1) {
			partakers = false
		}
		if _, is := w.opensAny(i, partaking); is {
			partakers = true
		}
		n := 0
		if !w.shows(i, beginsSmall) { // as most
			n = nameLength(w, i)
		}
		if n == 0 || i < taken || isPossessive(w.word(i+n-1)) || w.is(i, "mr", "ms", "mrs", "dr") {
			continue
		}
		taken = max(taken, c.present(w, taken, stretch{i, i + n}, partakers))
		i = max(i+n, taken) - 1
	}
}

// present takes the person whose name is given into the cast if an office
// stands beside it, or if he is one of those who are said to take part. It
// returns the index of the word after what was read.
func (c *cast) present(w words, from int, name stretch, partaker bool) (after int) {
	full := name.to-name.from > 1
	title, after := titleAfter(w, name.to)
	if title == "" && full {
		title, after = titleBefore(w, max(from, name.from-longestTitle), name.from), name.to
	}
	if full && (title != "" || partaker) || title != "" && partaker {
		c.addCompany(spokenName(w, name.from, name.to), title)
		return after
	}
	return 0
}

// titleAfter reads an office that follows a name ending before word i: ", our
// Chief Executive Officer", " President and CEO", ", Acme's CFO". It returns
// the index of the word after it.
func titleAfter(w words, i int) (title string, after int) {
	if w.ends(i - 1) {
		return "", i
	}
	comma := strings.HasSuffix(w.word(i-1), ",")
	if comma {
		i = beforeOffice(w, i)
	}
	end := i
	for j := i; j < i+longestTitle && j < w.len(); j++ {
		switch {
		case roleWords.has(w.bare(j)) && (comma || beginsSentence(w.word(j))):
			end = j + 1
		case j > i && (w.is(j, "of", "and", "for", "in") || w.word(j) == "&"):
		default:
			return titleOf(w, i, end), end
		}
		if strings.HasSuffix(w.word(j), ";") || w.ends(j) {
			break
		}
	}
	return titleOf(w, i, end), end
}

// beforeOffice skips the words from i on that may stand between a name and an
// office: "our", "Acme's", "Acme".
func beforeOffice(w words, i int) int {
	for w.is(i, "our", "the", "its", "my", "a", "who's", "who", "is") || isPossessive(w.word(i)) {
		i++
	}
	if !roleWords.has(w.bare(i)) && beginsSentence(w.word(i)) {
		i++
	}
	return i
}

func isPossessive(word string) bool {
	for _, ending := range [...]string{"'s", "’s", "s'", "s’"} {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}

// titleBefore reads an office that stands between word from and the name that
// begins with word i.
func titleBefore(w words, from, i int) string {
	return officeBefore(w.slice(from, i), i-from)
}
