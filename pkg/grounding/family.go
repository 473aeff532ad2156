package grounding

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// family is a set of claims about the same dollars.
type family struct {
	name    string
	group   string
	members []*sizing
	// counted is the member that counts; nil when none may.
	counted *sizing
}

// gather puts claims about the same dollars together. Claims on the top line
// are about the same dollars unless they name segments that file apart: an AI
// run rate, the chips in it, what is committed to them and the backlog of the
// cloud that sells them are slices of one cake. A claim that names no segment
// may be of any, so where one may count, all are one family.
func gather(sized []*sizing) []*family {
	var revenue, savings []*sizing
	for _, s := range sized {
		switch s.verdict.same {
		case groupRevenue:
			revenue = append(revenue, s)
		case groupSavings:
			savings = append(savings, s)
		}
	}
	families := bySegment(revenue)
	if len(savings) > 0 {
		families = append(families, &family{name: groupSavings, group: groupSavings, members: savings})
	}
	for _, f := range families {
		f.choose()
	}
	return families
}

func bySegment(members []*sizing) []*family {
	if len(members) == 0 {
		return nil
	}
	whole := &family{name: groupRevenue, group: groupRevenue, members: members}
	var names []string
	for _, s := range members {
		if !s.mayCount() {
			continue
		}
		if s.segment == nil {
			return []*family{whole}
		}
		names = append(names, s.segment.Name)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) < 2 {
		return []*family{whole}
	}
	return split(members, names)
}

// split puts each claim into the family of its segment, and those that name no
// such segment into one that counts nothing.
func split(members []*sizing, names []string) []*family {
	families := make([]*family, 0, len(names)+1)
	for _, name := range names {
		families = append(families, &family{name: groupRevenue + ": " + name, group: groupRevenue})
	}
	rest := &family{name: groupRevenue, group: groupRevenue}
	for _, s := range members {
		f := rest
		if s.segment != nil {
			if i, ok := slices.BinarySearch(names, s.segment.Name); ok {
				f = families[i]
			}
		}
		f.members = append(f.members, s)
	}
	if len(rest.members) > 0 {
		families = append(families, rest)
	}
	return families
}

// mayCount tells whether a claim may count for its family: hard and sized.
func (s *sizing) mayCount() bool { return s.hard && s.method != callrankv1.MethodUnsized }

// support ranks how well a claim supports its family, best first: a level with
// its growth needs no assumption, a commitment needs the share recognised, and
// a level alone does not say what it adds; among savings those that are plain
// money come before those that need a base or a useful life.
func (s *sizing) support() int {
	const best, second, third = 0, 1, 2
	switch {
	case s.uplift.Valid, s.method == callrankv1.MethodCostSaving:
		return best
	case s.method == callrankv1.MethodCommitment, s.method == callrankv1.MethodMarginPoints:
		return second
	}
	return third
}

// adds is the revenue that a claim adds in the coming year, as far as it says:
// a level alone is not an uplift.
func (s *sizing) adds() decimal.NullDecimal {
	if s.uplift.Valid {
		return s.uplift
	}
	return s.recognised
}

// weight is what a claim amounts to, to choose among equally supported ones.
func (s *sizing) weight() decimal.Decimal {
	for _, n := range []decimal.NullDecimal{s.adds(), s.netIncome, s.amount} {
		if n.Valid {
			return n.Decimal
		}
	}
	return decimal.Decimal{}
}

// choose takes the best-supported member; of equally supported ones the
// largest, since the whole contains its parts, then the first in the text.
func (f *family) choose() {
	var eligible []*sizing
	for _, s := range f.members {
		s.family = f.name
		if s.mayCount() {
			eligible = append(eligible, s)
		}
	}
	if len(eligible) == 0 {
		return
	}
	f.counted = slices.MinFunc(eligible, func(a, b *sizing) int {
		return cmp.Or(cmp.Compare(a.support(), b.support()), b.weight().Cmp(a.weight()))
	})
	for _, s := range f.members {
		if s != f.counted {
			s.countedUnder = f.counted.spoken.claim.GetId()
		}
	}
}

func (f *family) message() *callrankv1.Family {
	m := &callrankv1.Family{Name: f.name, Why: f.why()}
	for _, s := range f.members {
		m.ClaimIds = append(m.ClaimIds, s.spoken.claim.GetId())
	}
	if f.counted != nil {
		m.Counted = new(f.counted.spoken.claim.GetId())
	}
	return m
}

func (f *family) why() string {
	if f.counted == nil {
		return "no member is hard and sized"
	}
	because := "a level alone"
	switch {
	case f.counted.method == callrankv1.MethodCommitment:
		because = "commitments, with a share recognised in the coming year"
	case f.group == groupSavings:
		because = f.counted.verdict.why
	case f.counted.uplift.Valid:
		because = "a level with its growth over a year, which needs no assumption"
	}
	if len(f.members) == 1 {
		return because
	}
	return fmt.Sprintf("the best supported of %d claims about the same dollars: %s", len(f.members), because)
}
