package transcript

// saying is a set of phrases that is looked for in every sentence of a text
// without headings.
type saying uint8

const (
	saysInstructions saying = iota
	saysBriefInstructions
	saysGivingBack
	saysTakings
	saysWelcomings
	saysUnderstands
	numSayings
)

// sayings are the phrases of each.
var sayings = [numSayings]*phrases{instructions, briefInstructions, givingBack, takings, welcomings, understands}

// sayingsOf tells by the fingerprint of a word in which sayings it may be the
// first word of a phrase, the second, or the only one, a bit for each.
var sayingsOf = openedBy(&sayings)

func openedBy(all *[numSayings]*phrases) (of [prints]struct{ opened, followed, alone uint8 }) {
	for x, p := range all {
		for word := range fingerprint(prints) {
			if p.openers.has(word) {
				of[word].opened |= 1 << x
			}
			if p.followers.has(word) {
				of[word].followed |= 1 << x
			}
			if p.alone.has(word) {
				of[word].alone |= 1 << x
			}
		}
	}
	return of
}

// saidIn finds the sayings of each sentence, in one look at its words.
func saidIn(w words, sentences []stretch) []uint8 {
	said := make([]uint8, len(sentences))
	for k, s := range sentences {
		in := w.slice(s.from, s.to)
		for i := range in.at {
			word := &sayingsOf[in.at[i].print]
			opened := word.opened &^ said[k]
			if opened == 0 { // as most
				continue
			}
			goesOn := word.alone
			if i+1 < len(in.at) {
				goesOn |= sayingsOf[in.at[i+1].print].followed
			}
			opened &= goesOn
			for x := 0; opened != 0; x, opened = x+1, opened>>1 {
				if opened&1 == 0 {
					continue
				}
				if _, is := in.opensAny(i, sayings[x]); is {
					said[k] |= 1 << x
				}
			}
		}
	}
	return said
}

// says reports whether one of the phrases of a saying stands in sentence k.
func (h *hearing) says(k int, x saying) bool { return h.said[k]>>x&1 == 1 }
