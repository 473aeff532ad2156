package insight

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/callrank/callrank/pkg/quantity"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// statement is a level stated of something: revenue of the company in a period.
type statement struct {
	q      *quantity.Quantity
	digits string
	// growth is by how much the company as a whole grew, where the same
	// sentence says so.
	growth string
}

// Bounds of what is compared and told.
const (
	mostStated   = 32
	mostWarnings = 32
)

// contradictions warns of figures that cannot be right together, and marks the
// claims that rest on them. A range whose low end exceeds its high end is
// implausible by itself. Two levels of the same measure, subject and period
// contradict each other where one reads as a slip for the other: one digit
// another, two digits changed round, or another scale. Levels of few digits
// are told for slips only where both are of the whole company and said to have
// grown by the same. Levels that differ in other ways are usually of two things
// that the text tells apart in ways the engine does not see.
func (r *Rules) contradictions(rd *reading, found []candidate, claims []*callrankv1.Claim) []*callrankv1.Warning {
	var out []*callrankv1.Warning
	stated := map[string][]statement{}
	for i := range rd.quantities {
		if len(out) == mostWarnings {
			break
		}
		q := &rd.quantities[i]
		at := rd.reckoned[i].sentence
		if at < 0 || !rd.speaks(at) {
			continue
		}
		if implausible(q) {
			out = append(out, warn(callrankv1.WarnImplausibleFigure, q, fmt.Sprintf(
				"%q: the low end, %s, exceeds the high end, %s", rd.folded(q.Start, q.End), q.Low.Decimal, q.High.Decimal,
			)))
			dispute(claims, q, callrankv1.WarnImplausibleFigure)
			continue
		}
		for len(found) > 0 && found[0].index < i {
			found = found[1:]
		}
		if len(found) == 0 || found[0].index > i { // it runs beyond its sentence
			continue
		}
		key, ok := rd.statedOf(&found[0])
		if !ok {
			continue
		}
		s := statement{q, significant(q.Value.Decimal), rd.growthAfter(i, at)}
		if other, found := slipped(stated[key], s); found {
			out = append(out, warn(callrankv1.WarnContradictingFigures, q, fmt.Sprintf(
				"%q here and %q before are stated of the same: one may be a slip", rd.folded(q.Start, q.End), rd.folded(other.q.Start, other.q.End),
			)))
			dispute(claims, q, callrankv1.WarnContradictingFigures)
			dispute(claims, other.q, callrankv1.WarnContradictingFigures)
		}
		if len(stated[key]) < mostStated {
			stated[key] = append(stated[key], s)
		}
	}
	return out
}

// implausibleRatio is how far the low end of a range exceeds its high end
// before it is more than an order of words ("a loss between $2.1 billion and
// $1.8 billion").
const implausibleRatio = 2

// implausible reports a range that cannot be meant as it stands.
func implausible(q *quantity.Quantity) bool {
	return q.Range() && q.High.Decimal.IsPositive() &&
		q.Low.Decimal.GreaterThan(q.High.Decimal.Mul(decimal.NewFromInt(implausibleRatio)))
}

func warn(code string, q *quantity.Quantity, message string) *callrankv1.Warning {
	return &callrankv1.Warning{Code: code, Message: message, Source: spanOf(q.Start, q.End)}
}

// dispute marks the claims that hold the quantity as a figure.
func dispute(claims []*callrankv1.Claim, q *quantity.Quantity, code string) {
	for _, c := range claims {
		for _, f := range c.GetFigures() {
			if int(f.GetSource().GetStart()) == q.Start && !slices.Contains(c.GetDisputed(), code) {
				c.Disputed = append(c.Disputed, code)
			}
		}
	}
}

// statedOf is what a level is of: unit, measure, subject and period.
func (rd *reading) statedOf(c *candidate) (string, bool) {
	q := c.q
	if !q.Money() || !q.Value.Valid || q.Form != quantity.Digits || len(significant(q.Value.Decimal)) < fewestDigits {
		return "", false
	}
	s := &rd.sentences[c.sentence]
	measure := rd.measureBeside(s, q)
	if measure == "" {
		return "", false
	}
	subject := rd.nearestSubject(s, q.Start, true)
	if subject == "" {
		subject = rd.nearestSubject(s, q.End, false)
	}
	return strings.Join([]string{q.Unit, measure, subject, rd.period(c.named, callrankv1.OrientationPast)}, "|"), true
}

// reachMeasure is how far, in bytes, a level stands from what it measures.
const reachMeasure = 32

// measureBeside is the word of measure right beside a level.
func (rd *reading) measureBeside(s *sentence, q *quantity.Quantity) string {
	name, near := "", reachMeasure
	for _, h := range s.hits {
		gap := h.Start - q.End
		if h.End <= q.Start {
			gap = q.Start - h.End
		}
		if gap < 0 || gap > near || !h.Term.Groups.Has(rd.groups.measured|rd.groups.totals) {
			continue
		}
		name, near = strings.TrimSuffix(strings.ToLower(h.Term.Name), "s"), gap
		if h.Term.Groups.Has(rd.groups.totals) { // "total revenue" is revenue, whoever's it is
			name = name[strings.LastIndexByte(name, ' ')+1:]
		}
	}
	return name
}

// Significant digits a level has at least before a slip can be told from
// another figure: by themselves, and where both levels grew by the same.
const (
	leastDigits  = 4
	fewestDigits = 2
)

// growthAfter is the growth in percent that is stated right after a level of
// the whole company, in the same sentence: "total revenue of $5.2 billion, up
// 32%".
func (rd *reading) growthAfter(i, at int) string {
	if i+1 == len(rd.quantities) || !rd.sentences[at].groups.Has(rd.groups.whole) {
		return ""
	}
	next := &rd.quantities[i+1]
	if next.Unit != callrankv1.UnitPercent || !next.Value.Valid || next.Direction == "" || rd.reckoned[i+1].sentence != at {
		return ""
	}
	return next.Direction + " " + next.Value.Decimal.String()
}

// significant is the digits of a decimal without the zeros at its ends.
func significant(d decimal.Decimal) string { return strings.Trim(d.Abs().Coefficient().String(), "0") }

// slipped finds an earlier statement that the new one is a slip for.
func slipped(earlier []statement, s statement) (statement, bool) {
	for _, e := range earlier {
		sameGrowth := s.growth != "" && s.growth == e.growth
		if !sameGrowth && min(len(e.digits), len(s.digits)) < leastDigits {
			continue
		}
		if !e.q.Value.Decimal.Equal(s.q.Value.Decimal) && slip(e, s) {
			return e, true
		}
	}
	return statement{}, false
}

// slip reports two levels that differ as a slip of the tongue or the ear makes
// them differ. A difference in the last digit alone may be rounding.
func slip(a, b statement) bool {
	if a.digits == b.digits {
		return true
	}
	x, y := a.q.Value.Decimal, b.q.Value.Decimal
	if len(a.digits) != len(b.digits) || x.NumDigits() != y.NumDigits() {
		return false
	}
	differ, first, last := 0, -1, -1
	for i := range len(a.digits) {
		if a.digits[i] != b.digits[i] {
			if differ++; first < 0 {
				first = i
			}
			last = i
		}
	}
	if differ == 1 {
		return first < len(a.digits)-1
	}
	return differ == 2 && last == first+1 && a.digits[first] == b.digits[last] && a.digits[last] == b.digits[first]
}
