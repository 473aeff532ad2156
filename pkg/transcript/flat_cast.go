package transcript

import (
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// member is somebody heard in a text without headings, or a voice that is
// known by its part only.
type member struct {
	heading

	key   nameKey
	sound string // of the given name
	heard bool   // whether a voice was found to be his
}

// given is a member's given name, or the only one he has.
func (m *member) given() string {
	if m.key.first == "" {
		return m.key.last
	}
	return m.key.first
}

// setName gives a member a name.
func (m *member) setName(name string) {
	m.name, m.key = name, keyOf(name)
	m.sound = soundOf(m.given())
}

// Members that every cast has: voices nobody names.
const (
	memberUnknown = iota
	memberOperator
	memberExecutive
	memberAnalyst
	firstNamed
)

// nobody is the index of no member.
const nobody = -1

// cast are those who are heard in a text without headings, and by what they
// are called on the call.
type cast struct {
	members  []member
	company  []int          // the members who speak for the company
	called   map[string]int // by given or last name; nobody where two share it
	heard    map[string]int // what named has found, by the word as it is written, since the last was added
	analysts map[string]int // by name and firm
}

func newCast() *cast {
	return &cast{
		members: []member{
			memberUnknown:   {},
			memberOperator:  {heading: heading{name: nameOperator, kind: callrankv1.KindOperator}},
			memberExecutive: {heading: heading{name: nameExecutive, kind: callrankv1.KindExecutive}},
			memberAnalyst:   {heading: heading{name: nameAnalyst, kind: callrankv1.KindAnalyst}},
		},
		called:   map[string]int{},
		heard:    map[string]int{},
		analysts: map[string]int{},
	}
}

// isOfCompany reports whether a member is a named person of the company.
func (c *cast) isOfCompany(who int) bool { return who >= firstNamed && c.members[who].company }

// leads reports whether a member is of investor relations: he leads the call,
// and the analysts thank him for it.
func (c *cast) leads(who int) bool {
	return c.isOfCompany(who) && kindOfTitle(c.members[who].title) == callrankv1.KindIR
}

// givenTo is the member to whom the word is given by a name that nobody was
// presented with: one who was presented with both names run together, or
// somebody new.
func (c *cast) givenTo(name, title string) int {
	for _, i := range c.company {
		m := &c.members[i]
		if m.title == "" || m.key.first != "" || strings.Contains(name, " ") {
			continue
		}
		if last := runTogether(plain(name), m.key.last); last != "" {
			m.setName(name + " " + strings.ToUpper(last[:1]) + last[1:])
			c.call(m.key.first, i)
			c.call(m.key.last, i)
			clear(c.heard)
			return i
		}
	}
	return c.addCompany(name, title)
}

// mostCast bounds the people of the company on one call: beyond it, names are
// those of somebody else.
const mostCast = 40

// addCompany adds a person of the company, or gives a known one his title.
func (c *cast) addCompany(name, title string) int {
	key := keyOf(name)
	for _, i := range c.company {
		if m := &c.members[i]; sameOrShorter(m.key, key) {
			if m.title == "" {
				m.title = title
			}
			return i
		}
	}
	if len(c.company) >= mostCast {
		return memberUnknown
	}
	who := len(c.members)
	c.company = append(c.company, who)
	m := member{heading: heading{title: title, company: true}}
	m.setName(name)
	c.members = append(c.members, m)
	c.call(key.first, who)
	c.call(key.last, who)
	clear(c.heard)
	return who
}

// sameOrShorter reports whether two names are one person's: spellings of one
// name, or a full name and a given name alone.
func sameOrShorter(a, b nameKey) bool {
	if a.first == "" || b.first == "" {
		return a.last != "" && a.last == b.last
	}
	return samePerson(a, b)
}

func (c *cast) call(name string, who int) {
	if name == "" {
		return
	}
	if other, has := c.called[name]; has && other != who {
		who = nobody
	}
	c.called[name] = who
}

// addAnalyst adds somebody who asks.
func (c *cast) addAnalyst(name, firm string) int {
	id := name + "\x00" + firm
	who, has := c.analysts[id]
	if !has {
		who = len(c.members)
		c.members = append(c.members, member{heading: heading{name: name, firm: firm, kind: callrankv1.KindAnalyst}, key: keyOf(name)})
		c.analysts[id] = who
	}
	return who
}

// named returns the person of the company whom a word names by his given or
// last name, in whatever spelling; nobody if it is none, or two.
func (c *cast) named(word string) int {
	if !beginsSentence(word) {
		return nobody
	}
	who, has := c.heard[word]
	if !has {
		who = c.meant(word)
		c.heard[word] = who
	}
	return who
}

// meant is whom a word with a capital names.
func (c *cast) meant(word string) int {
	if notNameWords.has(word) {
		return nobody
	}
	name := plain(word)
	if who, has := c.called[name]; has {
		return who
	}
	who := c.alike(name, func(m *member) bool { return sameGivenName(m.given(), name) })
	if who == nobody {
		sound := soundOf(name)
		who = c.alike(name, func(m *member) bool {
			return mayBeMisheard(m.given(), name) && (oneLetterApart(m.given(), name) || m.sound == sound)
		})
	}
	return who
}

// alike returns the only person of the company whose given name, or only name,
// is like another.
func (c *cast) alike(name string, like func(*member) bool) int {
	const shortest = 3 // letters; two are more often those of a unit or a country
	found := nobody
	if len(name) < shortest {
		return found
	}
	for _, i := range c.company {
		m := &c.members[i]
		if m.given() == "" || !like(m) || m.key.first == "" && isBeginning(name, m.given()) {
			continue
		}
		if found != nobody {
			return nobody
		}
		found = i
	}
	return found
}

// isBeginning reports whether a name is how another begins, without being short
// for it: then two names may have been run together in the other.
func isBeginning(name, of string) bool {
	return len(name) < len(of) && strings.HasPrefix(of, name) && shortFor(name) != of && runTogether(name, of) != ""
}

// at returns the person of the company whose name begins with word i, and the
// index of the word after it.
func (c *cast) at(w words, i int) (who, after int) {
	if i >= w.len() || w.shows(i, beginsSmall) { // as most
		return nobody, i
	}
	if w.is(i, "mr", "ms", "mrs", "dr") {
		i++
	}
	n := nameLength(w, i)
	if n == 0 {
		return nobody, i
	}
	if n == 1 {
		return c.named(w.bare(i)), i + 1
	}
	for _, part := range [...]int{i, i + n - 1} { // the given name may be misheard beyond knowing, or the last
		who = c.named(w.bare(part))
		if who != nobody && c.members[who].key.isHeardAs(keyOf(spokenName(w, i, i+n))) {
			return who, i + n
		}
	}
	return nobody, i + n
}

// isHeardAs reports whether a full name, as a recogniser of speech writes it,
// may be that of a person: his given name or his last name in any spelling,
// and of the other as much as its first letter.
func (k nameKey) isHeardAs(name nameKey) bool {
	if k.first == "" {
		return sameGivenName(k.last, name.first) || soundsLike(k.last, name.first) || k.last == name.last
	}
	given := sameGivenName(k.first, name.first) || soundsLike(k.first, name.first)
	last := k.last == name.last || soundsLike(k.last, name.last)
	return given && (last || sameInitial(k.last, name.last)) || last && sameInitial(k.first, name.first)
}

func sameInitial(a, b string) bool { return a != "" && b != "" && a[0] == b[0] }
