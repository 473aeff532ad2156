package insight

import (
	"strings"

	"github.com/callrank/callrank/pkg/lexicon"
	"github.com/callrank/callrank/pkg/quantity"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// How many sentences back a subject is looked for.
const subjectReach = 3

// subject names what a figure is of: the nearest product, business or term of
// the theme before it in its sentence, else after it, else the last one spoken
// of, else the company.
func (rd *reading) subject(c *candidate) string {
	s := &rd.sentences[c.sentence]
	if name := rd.nearestSubject(s, c.q.Start, true); name != "" {
		return name
	}
	if pronoun(rd.text[s.start:s.end]) {
		if name := rd.earlierSubject(c.sentence); name != "" {
			return name
		}
	}
	if name := rd.nearestSubject(s, c.q.End, false); name != "" {
		return name
	}
	if s.groups.Has(rd.groups.totals) {
		return rd.company()
	}
	if name := rd.earlierSubject(c.sentence); name != "" {
		return name
	}
	return rd.company()
}

// earlierSubject is what the sentences before were about: their first subject.
func (rd *reading) earlierSubject(at int) string {
	for back := 1; back <= subjectReach; back++ {
		b := rd.beside(at, -back)
		if b == nil {
			break
		}
		if name := rd.nearestSubject(b, b.start, false); name != "" {
			return name
		}
	}
	return ""
}

// pronoun reports a sentence that begins by pointing back.
func pronoun(s string) bool {
	for i, w := range strings.Fields(s) {
		switch strings.ToLower(strings.Trim(w, ".,")) {
		case "it", "it's", "that", "that's", "this", "they", "they're", "those", "which", "these":
			return true
		case "and", "so", "but", "now", "well", "yes":
			if i < 2 {
				continue
			}
		}
		return false
	}
	return false
}

func (rd *reading) company() string {
	call := rd.transcript.GetCall()
	if call.GetCompany() != "" {
		return call.GetCompany()
	}
	return call.GetTicker()
}

// nearestSubject looks from the place backwards (or forwards) through the
// sentence; what the company sells or does wins over a word of the trade.
func (rd *reading) nearestSubject(s *sentence, at int, back bool) string {
	g := rd.groups
	for _, wanted := range [...]lexicon.Set{g.product | g.segment | g.elsewhere, g.strong, g.kin | g.setting} {
		best := -1
		for i, h := range s.hits {
			if !h.Term.Groups.Has(wanted) || (back && h.End > at) || (!back && h.Start < at) {
				continue
			}
			best = i
			if !back {
				break
			}
		}
		if best >= 0 {
			return rd.phrase(s, best, wanted == g.strong)
		}
	}
	return ""
}

// phrase is a term with the terms of the theme that stand right beside it: "AI
// servers", "Trainium chips". A misheard name gives way to the right one.
func (rd *reading) phrase(s *sentence, i int, forward bool) string {
	h := s.hits[i]
	themed := rd.groups.kin | rd.groups.setting | rd.groups.segment
	if h.Term.Groups.Has(rd.groups.product) && !strings.EqualFold(rd.text[h.Start:h.End], h.Term.Name) {
		return h.Term.Name
	}
	end := h.End
	if forward {
		for k := i + 1; k < len(s.hits) && s.hits[k].Start == end+1 && s.hits[k].Term.Groups.Has(themed); k++ {
			end = s.hits[k].End
		}
	}
	return rd.folded(h.Start, end)
}

// metric names what of the subject is measured: the nearest noun of measure,
// else what is counted.
func (rd *reading) metric(c *candidate) string {
	name := ""
	if c.q.Unit == callrankv1.UnitCount {
		name = rd.counted(c.q)
	}
	if name == "" {
		name = rd.measure(c)
	}
	if name == "" {
		name = rd.counted(c.q)
	}
	if c.q.Unit != callrankv1.UnitPercent || c.q.Direction == "" || name == "" || strings.Contains(name, "growth") {
		return name
	}
	if c.q.Direction == quantity.Up {
		return name + " growth"
	}
	return name + " decline"
}

// measure is the noun of measure nearest to a figure in its sentence.
func (rd *reading) measure(c *candidate) string {
	s := &rd.sentences[c.sentence]
	name, near := "", reachNear*2
	for _, h := range s.hits {
		if !h.Term.Groups.Has(rd.groups.measured) {
			continue
		}
		gap := h.Start - c.q.End
		if h.End <= c.q.Start {
			gap = c.q.Start - h.End
		}
		if gap < 0 || gap >= near {
			continue
		}
		if w := strings.ToLower(rd.folded(h.Start, h.End)); !verb(w) {
			name, near = w, gap
		}
	}
	return name
}

// verb reports a single word in the form of a past or present participle.
func verb(w string) bool {
	return !strings.Contains(w, " ") && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing")) &&
		w != "pricing" && w != "manufacturing" && w != "advertising" && w != "training"
}

// longestCounted bounds the name of what is counted, in words.
const longestCounted = 2

// counted is the noun after a quantity: "customers" after "over 1,000". Names
// before the noun are left out: they are the subject.
func (rd *reading) counted(q *quantity.Quantity) string {
	at := rd.at(q.Start)
	if at < 0 {
		return ""
	}
	var words []string
	for w := range strings.FieldsSeq(rd.text[q.End:rd.sentences[at].end]) {
		bare := strings.Trim(w, ".,;:?!\"()")
		if bare == "" || functionWord(strings.ToLower(bare)) {
			break
		}
		if bare[0] >= 'a' && bare[0] <= 'z' {
			words = append(words, bare)
		}
		if bare != w || len(words) == longestCounted {
			break
		}
	}
	return strings.Join(words, " ")
}

// functionWord reports a word that ends a noun phrase.
func functionWord(w string) bool {
	switch w {
	case "of", "in", "to", "for", "and", "or", "on", "at", "by", "with", "from", "that", "which", "who", "is", "are", "was",
		"were", "as", "than", "the", "a", "an", "our", "we", "it", "this", "these", "over", "per", "up", "down", "more",
		"have", "has", "had", "using", "during", "since", "after", "before", "so", "but", "where", "when", "if", "they",
		"--", "—", "-", "plus", "compared", "versus", "year", "quarter", "sequentially", "now", "today", "there", "here", "on-year",
		"year-over-year", "quarter-over-quarter", "their", "its", "your", "us", "you", "about", "then", "also", "all", "just":
		return true
	}
	return false
}
