package insight

import (
	"fmt"

	"github.com/callrank/callrank/pkg/quantity"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// claimsOf makes claims of the figures taken: one for each subject and
// relevance in a sentence, in the order of the text.
func (r *Rules) claimsOf(rd *reading, found []candidate) []*callrankv1.Claim {
	var out []*callrankv1.Claim
	for i := 0; i < len(found); {
		j := i + 1
		for j < len(found) && found[j].sentence == found[i].sentence {
			j++
		}
		out = r.claimsOfSentence(rd, found[i:j], out)
		i = j
	}
	out = verified(rd, out)
	for i, c := range out {
		c.Id = fmt.Sprintf("c%02d", i+1)
	}
	markRepeats(out)
	return out
}

// part is the figures of one claim while it is put together.
type part struct {
	subject   string
	relevance string
	members   []*candidate
}

func (r *Rules) claimsOfSentence(rd *reading, found []candidate, out []*callrankv1.Claim) []*callrankv1.Claim {
	var parts []part
	for i := range found {
		c := &found[i]
		if !c.taken {
			continue
		}
		subject := rd.subject(c)
		placed := false
		for k := range parts {
			if parts[k].subject == subject && parts[k].relevance == c.relevance {
				parts[k].members, placed = append(parts[k].members, c), true
				break
			}
		}
		if !placed {
			parts = append(parts, part{subject, c.relevance, []*candidate{c}})
		}
	}
	for _, p := range parts {
		out = append(out, r.claim(rd, p))
	}
	return out
}

// claim puts one claim together. Its first figure decides what it is about, all
// of them together what it is.
func (r *Rules) claim(rd *reading, p part) *callrankv1.Claim {
	lead := p.members[0]
	s := &rd.sentences[lead.sentence]
	turn := rd.transcript.GetTurns()[s.turn]
	c := &callrankv1.Claim{
		Quote: rd.folded(s.start, s.end), Source: spanOf(s.start, s.end), Section: s.section,
		Subject: p.subject, Metric: rd.metric(lead), Relevance: p.relevance,
		Orientation: r.traits.orientation.choose(p.members),
		Line:        r.traits.line.choose(p.members),
		Kind:        r.traits.kind.choose(p.members),
		Why:         r.why(rd, lead),
	}
	if s.voice != editor {
		c.Speaker = speakerOf(rd.transcript, turn)
	}
	if period := rd.period(lead.named, c.GetOrientation()); period != "" {
		c.Period = new(period)
	}
	for _, m := range p.members {
		c.Figures = append(c.Figures, rd.figure(m.q))
	}
	return c
}

// figure prints a quantity.
func (rd *reading) figure(q *quantity.Quantity) *callrankv1.Figure {
	f := &callrankv1.Figure{Text: rd.folded(q.Start, q.End), Source: spanOf(q.Start, q.End), Unit: q.Unit}
	if q.Value.Valid {
		f.Value = new(floatOf(q.Value.Decimal))
	}
	if q.Range() {
		f.Low = new(floatOf(q.Low.Decimal))
		f.High = new(floatOf(q.High.Decimal))
	}
	f.Comparator, f.Qualifier, f.Direction = known(q.Comparator), known(q.Qualifier), known(q.Direction)
	return f
}

// known is the words with white space folded, absent when there are none.
func known(words string) *string {
	if words == "" {
		return nil
	}
	return new(fold(words))
}

// verified keeps the claims that pass the gate.
func verified(rd *reading, claims []*callrankv1.Claim) []*callrankv1.Claim {
	kept := claims[:0]
	for _, c := range claims {
		if verify(rd.text, c, rd.around(int(c.GetSource().GetStart()), int(c.GetSource().GetEnd())), 0) == nil {
			kept = append(kept, c)
		}
	}
	return kept
}

// markRepeats points each claim whose leading figure was stated before at the
// first that stated it.
func markRepeats(claims []*callrankv1.Claim) {
	first := make(map[string]*callrankv1.Claim, len(claims))
	for _, c := range claims {
		key := repeatKey(c)
		if key == "" {
			continue
		}
		if earlier, ok := first[key]; ok {
			c.Repeats = new(earlier.GetId())
			continue
		}
		first[key] = c
	}
}

// repeatKey is subject, unit and value of the leading figure; empty when it
// names no number.
func repeatKey(c *callrankv1.Claim) string {
	f := c.GetFigures()[0]
	switch {
	case f.Value != nil:
		return fmt.Sprintf("%s|%s|%v", c.GetSubject(), f.GetUnit(), f.GetValue())
	case f.Low != nil && f.High != nil:
		return fmt.Sprintf("%s|%s|%v|%v", c.GetSubject(), f.GetUnit(), f.GetLow(), f.GetHigh())
	}
	return ""
}
