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

// sayingsOpened tells by the fingerprint of a word which sayings it may open,
// a bit for each.
var sayingsOpened = openedBy(&sayings)

func openedBy(all *[numSayings]*phrases) (opened [prints]uint8) {
	for x, p := range all {
		for of := range opened {
			if p.openers[of/setBits]>>(of%setBits)&1 == 1 {
				opened[of] |= 1 << x
			}
		}
	}
	return opened
}

// saidIn finds the sayings of each sentence, in one look at its words.
func saidIn(w words, sentences []stretch) []uint8 {
	said := make([]uint8, len(sentences))
	for k, s := range sentences {
		in := w.slice(s.from, s.to)
		for i := range in.at {
			opened := sayingsOpened[in.at[i].print] &^ said[k]
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
