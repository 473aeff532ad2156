package transcript

import (
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// mostPeople bounds the people of one call: beyond it, further headings are
// read as of an unknown speaker.
const mostPeople = 1000

// person is somebody named in a list or a heading, under whatever spellings.
type person struct {
	name, title, firm string
	kind              string
	key               nameKey
	listed            bool
	outside           bool // listed among those who are not of the company
	company           bool // surely speaks for the company
}

// people are the persons of a call, each once.
type people struct {
	all    []*person
	named  map[string]int   // by name as printed
	byLast map[string][]int // by last name
}

func newPeople(listed []listing) *people {
	p := &people{named: map[string]int{}, byLast: map[string][]int{}}
	for _, l := range listed {
		i := p.find(heading{name: l.name, title: l.title, firm: l.firm})
		who := p.all[i]
		who.listed, who.outside = true, l.outside
		if l.outside && who.kind == callrankv1.KindUnknown && isAnalystRole(l.title) {
			who.kind = callrankv1.KindAnalyst
		}
	}
	return p
}

// find returns the index of the person that a heading names, adding him if he
// is new.
func (p *people) find(h heading) int {
	name := folded(h.name)
	if name == "" {
		name = nameUnknown
	}
	i, known := p.named[name]
	if !known {
		i = p.match(name)
		if i < 0 {
			i = p.add(name)
		}
		p.named[name] = i
	}
	who := p.all[i]
	if who.title == "" {
		who.title = folded(h.title)
	}
	if who.firm == "" {
		who.firm = folded(h.firm)
	}
	if who.kind == callrankv1.KindUnknown && h.kind != "" {
		who.kind = h.kind
	}
	who.company = who.company || h.company
	return i
}

func (p *people) add(name string) int {
	if len(p.all) >= mostPeople {
		name = nameUnknown
		if i, known := p.named[name]; known {
			return i
		}
	}
	who := &person{name: name, kind: callrankv1.KindUnknown}
	if kind, label := labelKind(name); label {
		who.kind = kind
	} else if name != nameUnknown && name != namePublisherMotly {
		who.key = keyOf(name)
		p.byLast[who.key.last] = append(p.byLast[who.key.last], len(p.all))
	}
	p.all = append(p.all, who)
	return len(p.all) - 1
}

// match returns the one person of whose name this is another spelling; -1 if
// there is none, or more than one.
func (p *people) match(name string) int {
	if _, label := labelKind(name); label {
		return -1
	}
	key, found := keyOf(name), -1
	const mostNamesakes = 20
	namesakes := p.byLast[key.last]
	if len(namesakes) > mostNamesakes {
		return -1
	}
	for _, i := range namesakes {
		if !samePerson(p.all[i].key, key) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// cleanFirm clears an affiliation of what vendors append to it.
func cleanFirm(firm string) string {
	firm = strings.TrimSpace(firm)
	firm = strings.TrimSuffix(firm, ", Research Division")
	return strings.TrimRight(firm, " ,;-")
}

// message is the person as the transcript carries it. The company is the
// affiliation of its own people.
func (who *person) message(company string) *callrankv1.Participant {
	out := &callrankv1.Participant{Name: who.name, Kind: who.kind}
	if who.title != "" {
		out.Title = &who.title
	}
	firm := cleanFirm(who.firm)
	if firm == "" && (who.kind == callrankv1.KindExecutive || who.kind == callrankv1.KindIR) {
		firm = company
	}
	if firm != "" {
		out.Affiliation = &firm
	}
	return out
}
