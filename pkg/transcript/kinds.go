package transcript

import (
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// settleKinds tells of each person whether he is of the company, asks
// questions, or leads the call, from what is stated: his title, the lists of
// participants, the introductions.
func (c *call) settleKinds() {
	c.readOffices()
	hosts := c.hosts()
	for i, who := range c.people.all {
		if who.kind == callrankv1.KindUnknown || who.kind == callrankv1.KindExecutive {
			if kind := who.statedKind(hosts[i]); kind != callrankv1.KindUnknown {
				who.kind = kind
			}
		}
	}
	c.introducedAsk()
}

// inferKinds tells the kind of those of whom nothing is stated from what they
// do. The sections must be known.
func (c *call) inferKinds() {
	deeds := c.deeds()
	for i, who := range c.people.all {
		if who.kind == callrankv1.KindUnknown && who.name != nameUnknown && who.name != namePublisherMotly {
			who.kind = deeds[i].kind()
		}
		if who.company && who.kind != callrankv1.KindIR {
			who.kind = callrankv1.KindExecutive
		}
	}
}

// statedKind is the kind that a person's title or list tells. Agencies that
// host a call are often listed with the analysts.
func (who *person) statedKind(hosts bool) string {
	stated := kindOfTitle(who.title)
	switch {
	case who.listed && who.outside && (stated == callrankv1.KindIR || hosts):
		return callrankv1.KindIR
	case who.listed && who.outside:
		return callrankv1.KindAnalyst
	case stated != callrankv1.KindUnknown:
		return stated
	case isInvestorRelations(who.firm), who.listed && hosts:
		return callrankv1.KindIR
	case who.listed:
		return callrankv1.KindExecutive
	case who.firm != "" && who.title == "": // management is called by its offices
		return callrankv1.KindAnalyst
	default:
		return callrankv1.KindUnknown
	}
}

// hosts tells which persons welcome to the call.
func (c *call) hosts() map[int]bool {
	if c.hosting != nil {
		return c.hosting
	}
	const early = 6
	hosts := map[int]bool{}
	c.hosting = hosts
	first := c.firstSpoken()
	for i := first; i < min(first+early, len(c.turns)); i++ {
		if c.welcomes(i) {
			hosts[c.turns[i].who] = true
		}
	}
	return hosts
}

// introducedAsk makes analysts of those whom the operator introduces and who
// speak next, and takes the firm he names for theirs.
func (c *call) introducedAsk() {
	for _, in := range c.introductions {
		next := in.turn + 1
		if next >= len(c.turns) {
			continue
		}
		who := c.person(next)
		if who.company || !answersTo(who.name, in.name) {
			continue
		}
		if who.kind == callrankv1.KindUnknown || who.kind == callrankv1.KindExecutive && isOfFirm(who, in.firm) {
			who.kind = callrankv1.KindAnalyst
		}
		if who.firm == "" && who.kind == callrankv1.KindAnalyst {
			who.firm = in.firm
		}
	}
}

// isOfFirm reports whether somebody is listed with the firm with which the
// operator announces him: a managing director of a bank is no executive of the
// company.
func isOfFirm(who *person, announced string) bool {
	listed, _, _ := strings.Cut(plainWords(who.firm), " ")
	said, _, _ := strings.Cut(plainWords(announced), " ")
	return listed != "" && listed == said
}

// plainWords folds a name of several words for comparison.
func plainWords(name string) string {
	fields := strings.Fields(name)
	for i := range fields {
		fields[i] = plain(fields[i])
	}
	return strings.TrimPrefix(strings.Join(fields, " "), "the ")
}

// selfIntroducedAsk makes analysts of those who introduce themselves with a
// firm that is not the company.
func (c *call) selfIntroducedAsk() {
	seen := map[int]bool{}
	for i := range c.turns {
		who := c.person(i)
		if seen[c.turns[i].who] || !c.turns[i].isSpeech() || who.kind != callrankv1.KindUnknown && who.kind != callrankv1.KindAnalyst {
			continue
		}
		seen[c.turns[i].who] = true
		firm := c.selfIntroduced(i)
		if firm == "" || isTitle(firm) {
			continue
		}
		if who.kind == callrankv1.KindUnknown && i > c.firstSpoken() {
			who.kind = callrankv1.KindAnalyst
		}
		if who.firm == "" && who.kind == callrankv1.KindAnalyst {
			who.firm = firm
		}
	}
}

// answersTo reports whether a person called by a spoken name may be the one of
// a printed name: any word that is more than an initial is in both, or the
// first names are the same.
func answersTo(printed, spoken string) bool {
	a, b := keyOf(printed), keyOf(spoken)
	if a.last != "" && a.last == b.last || samePerson(a, b) {
		return true
	}
	if a.first == "" || b.first == "" {
		return a.last != "" && (a.last == b.first || a.first == b.last) && a.last+a.first != ""
	}
	return sameGivenName(a.first, b.first)
}

// deeds are what a person does on the call, counted in turns.
type deeds struct {
	prepared, qa int
	welcomes     int // speaks first and hands over
	introduces   int // announces who asks next
	asks         int // ends in a question, or follows an introduction
	answers      int // follows somebody who asks
}

// kind is the likeliest kind of one who does this.
func (d deeds) kind() string {
	switch {
	case d.introduces >= 2 && d.introduces >= d.answers:
		return callrankv1.KindOperator
	case d.asks > d.answers && d.prepared == 0:
		return callrankv1.KindAnalyst
	case d.welcomes > 0:
		return callrankv1.KindIR
	case d.prepared > 0, d.answers > 0:
		return callrankv1.KindExecutive
	default:
		return callrankv1.KindUnknown
	}
}

func (c *call) deeds() []deeds {
	did := make([]deeds, len(c.people.all))
	for host := range c.hosts() {
		did[host].welcomes++
	}
	introducing := map[int]bool{}
	for _, in := range c.introductions {
		introducing[in.turn] = true
	}
	asked := false
	for i := range c.turns {
		t := &c.turns[i]
		if !t.isSpeech() {
			continue
		}
		d := &did[t.who]
		if t.section == callrankv1.SectionPrepared {
			d.prepared++
			continue
		}
		d.qa++
		called := i > 0 && (introducing[i-1] || c.kind(i-1) == callrankv1.KindOperator && !c.handsBack(i-1))
		const courtesy = 10 // words within which somebody says no more than thanks
		switch {
		case introducing[i]:
			d.introduces++
			asked = false
		case c.kind(i) == callrankv1.KindOperator:
		case called || c.asks(i):
			d.asks++
			asked = true
		case asked && t.words.len() > courtesy:
			d.answers++
		}
	}
	return did
}

// handsBack reports whether the operator ends the question session with a turn,
// so that management speaks next.
func (c *call) handsBack(i int) bool {
	return c.turns[i].words.has("closing remarks", "closing comments", "concluding remarks", "final remarks", "no further questions", "no more questions", "no additional questions",
		"end of the question", "end of our question", "concludes our question", "concludes the question", "concludes today", "back over to", "back to")
}

// asks reports whether a turn ends in a question.
func (c *call) asks(i int) bool {
	said := strings.TrimRight(c.turns[i].at.of(c.text), `"'”’) `)
	if strings.HasSuffix(said, "?") {
		return true
	}
	const tail, shortest = 12, 25
	w := c.turns[i].words
	if w.len() < shortest {
		return false
	}
	for j := w.len() - tail; j < w.len(); j++ {
		if strings.HasSuffix(w.word(j), "?") {
			return true
		}
	}
	return false
}

// welcomes reports whether a turn is that of a host: it reads the safe harbour
// and hands over.
func (c *call) welcomes(i int) bool {
	const head, tail = 400, 60 // words
	w := c.turns[i].words
	if !w.slice(0, head).has("forward-looking", "forward looking") {
		return false
	}
	return c.callsNext(i) || w.slice(w.len()-tail, w.len()).has("turn the call", "turn it over", "hand the call", "hand it over", "pass the call", "pass it over", "turn over the call",
		"turn things over", "over to", "like to introduce", "call over to")
}

// callsNext reports whether a turn ends with the name of who speaks next:
// "Jane?", "John, please go ahead."
func (c *call) callsNext(i int) bool {
	const closing = 8 // words
	if i+1 >= len(c.turns) || c.turns[i+1].who == c.turns[i].who {
		return false
	}
	next := c.person(i + 1).key
	w := c.turns[i].words
	for j := max(0, w.len()-closing); j < w.len(); j++ {
		if word := plain(w.bare(j)); word != "" && (word == next.last || word == next.first) {
			return true
		}
	}
	return false
}
