package transcript

import "strings"

// readOffices reads the titles of those who have none yet from the words with
// which they are introduced early in the call: "Jane Roe, our CFO", "the vice
// president of investor relations, Mr. John Doe".
func (c *call) readOffices() {
	const opening = 1500 // words
	left := opening
	for i := c.firstSpoken(); i < len(c.turns) && left > 0; i++ {
		w := c.turns[i].words
		w = w.slice(0, left)
		left -= w.len()
		for j := range w.at {
			who, from := c.mentioned(w, j)
			if who == nil || who.title != "" || who.outside {
				continue
			}
			who.title = officeAfter(w, j)
			if who.title == "" {
				who.title = officeBefore(w, from)
			}
			if who.title == "" {
				who.title = relationsAfter(w, j)
			}
		}
	}
}

// mentioned returns the person whose last name is word i and whose first name
// stands before it, and the index of the word his name begins with.
func (c *call) mentioned(w words, i int) (who *person, from int) {
	word := w.bare(i)
	if i == 0 || !beginsSentence(word) {
		return nil, 0
	}
	for _, p := range c.people.byLast[plain(word)] {
		const mostMiddles = 2
		for from := i - 1; from >= 0 && from >= i-1-mostMiddles; from-- {
			first := plain(w.bare(from))
			if first != "" && c.people.all[p].key.first != "" && beginsSentence(w.bare(from)) && sameGivenName(first, c.people.all[p].key.first) {
				return c.people.all[p], from
			}
		}
	}
	return nil, 0
}

// officeAfter reads a title that follows the name ending with word i: ", our
// Chief Executive Officer".
func officeAfter(w words, i int) string {
	if !strings.HasSuffix(w.word(i), ",") {
		return ""
	}
	i++
	for w.is(i, "our", "the", "its", "my") || strings.HasSuffix(w.word(i), "'s") || strings.HasSuffix(w.word(i), "’s") {
		i++
	}
	n, last := 0, 0
	for n < longestTitle {
		word := strings.ToLower(w.bare(i + n))
		switch {
		case roleWords[word]:
			n++
			last = n
		case n > 0 && (word == "of" || word == "and" || word == "&"):
			n++
		default:
			return titleOf(w, i, i+last)
		}
		if ended := w.word(i + n - 1); strings.HasSuffix(ended, ";") || strings.HasSuffix(ended, ".") {
			break
		}
	}
	return titleOf(w, i, i+last)
}

// relationsAfter reads the office of one who is introduced by what he does:
// "Jane Roe, who looks after investor relations", "Jane Roe from Investor
// Relations".
func relationsAfter(w words, i int) string {
	if !strings.HasSuffix(w.word(i), ",") && !w.is(i+1, "from", "of", "in", "with", "who") {
		return ""
	}
	const reach = 6 // words between the name and what he does
	for j := i + 1; j <= i+reach && !strings.HasSuffix(w.word(j), "."); j++ {
		if end, is := w.phrase(j, "investor relations"); is {
			return titleOf(w, j, end)
		}
	}
	return ""
}

// officeBefore reads a title that stands before the name beginning with word
// i: "our CFO, Jane Roe".
func officeBefore(w words, i int) string {
	if w.is(i-1, "mr", "ms", "mrs", "dr") {
		i--
	}
	end, from := i, i
	for j := i - 1; j >= 0 && j >= i-longestTitle; j-- {
		word := strings.ToLower(w.bare(j))
		if stopped := w.word(j); strings.HasSuffix(stopped, ";") || strings.HasSuffix(stopped, ".") {
			break
		}
		if roleWords[word] {
			from = j
			continue
		}
		if j == i-1 || word != "of" && word != "and" && word != "&" {
			break
		}
	}
	return titleOf(w, from, end)
}

// titleOf returns words i to j if they name an office.
func titleOf(w words, i, j int) string {
	if i >= j {
		return ""
	}
	title := strings.TrimRight(strings.Join(fieldsOf(w, i, j), " "), ",;:.")
	if !isTitle(title) {
		return ""
	}
	return title
}
