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
		if _, is := w.anyPhrase(i, "joined", "joining", "with me", "with us", "here with", "on the call", "on today's call", "on our call", "my name is"); is {
			partakers = true
		}
		n := nameLength(w, i)
		if n == 0 || i < taken || w.is(i, "mr", "ms", "mrs", "dr") {
			continue
		}
		end := i + n
		if isPossessive(w.word(end - 1)) {
			continue
		}
		title, after := titleAfter(w, end)
		if title == "" && n > 1 {
			title, after = titleBefore(w, max(taken, i-longestTitle), i), end
		}
		if title != "" && (n > 1 || partakers) || n > 1 && partakers {
			c.addCompany(spokenName(w, i, end), title)
			taken = after
		}
		i = max(end, taken) - 1
	}
}

// titleAfter reads an office that follows a name ending before word i: ", our
// Chief Executive Officer", " President and CEO", ", Acme's CFO". It returns
// the index of the word after it.
func titleAfter(w words, i int) (title string, after int) {
	if w.ends(i - 1) {
		return "", i
	}
	comma := strings.HasSuffix(w.word(i-1), ",")
	from := i
	if comma {
		for w.is(from, "our", "the", "its", "my", "a", "who's", "who", "is") || isPossessive(w.word(from)) {
			from++
		}
		if !roleWords[strings.ToLower(w.bare(from))] && beginsSentence(w.word(from)) { // "Jane Roe, Acme CFO"
			from++
		}
	}
	end := from
	for j := from; j < from+longestTitle && j < w.len(); j++ {
		word := strings.ToLower(w.bare(j))
		switch {
		case roleWords[word] && (comma || beginsSentence(w.word(j))):
			end = j + 1
		case j > from && (word == "of" || word == "and" || word == "&" || word == "for" || word == "in"):
		default:
			return titleOf(w, from, end), end
		}
		if last := w.word(j); strings.HasSuffix(last, ";") || w.ends(j) {
			break
		}
	}
	return titleOf(w, from, end), end
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
	title := officeBefore(w.slice(from, i), i-from)
	return title
}
