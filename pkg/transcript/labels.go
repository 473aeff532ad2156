package transcript

import "strings"

// nameLabels finds out whose voices "Speaker 1" and its like are: the one to
// whom the call is handed over, or who is announced, speaks next. A label that
// would come to be two people stays a label.
func (c *call) nameLabels() {
	heirs := map[int]string{} // by label, the name; empty once two contradict
	for i := 1; i < len(c.turns); i++ {
		who := c.turns[i].who
		if !isVoiceLabel(c.people.all[who].name) || who == c.turns[i-1].who || !c.turns[i-1].isSpeech() {
			continue
		}
		name := c.handedTo(i - 1)
		if name == "" {
			continue
		}
		if before, has := heirs[who]; has && before != name && !samePerson(keyOf(before), keyOf(name)) {
			name = ""
		}
		heirs[who] = name
	}
	c.rename(heirs)
}

// rename gives the turns of each label to the person it was found to be. A
// name that two labels would have is given to neither.
func (c *call) rename(heirs map[int]string) {
	labels := map[string]int{}
	for _, name := range heirs {
		labels[name]++
	}
	renamed := map[int]int{}
	for i := range c.turns { // in the order of the text, for the same result each time
		who := c.turns[i].who
		name := heirs[who]
		if name == "" || labels[name] > 1 {
			continue
		}
		if _, done := renamed[who]; !done {
			renamed[who] = c.people.find(heading{name: name})
		}
		c.turns[i].who, c.turns[i].inferred = renamed[who], true
	}
}

// isVoiceLabel reports whether a heading numbers a voice, so that the same
// label is the same person throughout.
func isVoiceLabel(name string) bool {
	number, is := strings.CutPrefix(name, "Speaker ")
	return is && number != ""
}

// handedTo returns the full name of the one who is to speak after turn i;
// empty where nobody is named.
func (c *call) handedTo(i int) string {
	const tail = 40
	w := c.turns[i].words
	w = w.slice(w.len()-tail, w.len())
	if found := findIntroductions(w, 0, true); len(found) > 0 {
		return found[len(found)-1].name
	}
	name := ""
	for j := range w.at {
		after, is := w.anyPhrase(j, "over to", "call to", "hand it to", "turn it to", "introduce", "back to", "welcome")
		if !is {
			continue
		}
		for w.is(after, "our", "the", "mr", "ms", "mrs", "dr", "ceo", "cfo", "chief", "executive", "financial", "officer", "president") {
			after++
		}
		if n := nameLength(w, after); n >= 2 {
			name = spokenName(w, after, after+n)
		} else if n == 1 {
			name = c.listedByFirstName(w.bare(after))
		}
	}
	return name
}

// listedByFirstName returns the one person of the company who is listed with a
// first name; empty if there is none, or more than one.
func (c *call) listedByFirstName(first string) string {
	found := ""
	for _, who := range c.people.all {
		if !who.listed || who.outside || who.key.first == "" || !sameGivenName(who.key.first, plain(first)) {
			continue
		}
		if found != "" {
			return ""
		}
		found = who.name
	}
	return found
}
