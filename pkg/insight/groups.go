package insight

import "github.com/callrank/callrank/pkg/lexicon"

// groupSets are the groups of the lexicon that the engine itself asks for. What
// a theme lacks is an empty set and never found.
type groupSets struct {
	// names of all groups, by index.
	names []string
	// By their part for the theme: strong names it, product is sold under it,
	// anchor is either; ownProduct is the company's own.
	anchor, strong, product, ownProduct, kin, setting lexicon.Set
	// Businesses of the company, tied to the theme or apart from it.
	segment, elsewhere lexicon.Set
	// What is measured, totals, and what is of the whole company.
	measured, totals, whole lexicon.Set
	// How it is said.
	intensity, superlative, hedge, refusal, shift lexicon.Set
	// When it is.
	guidance, past, present lexicon.Set
	excluding, trade        lexicon.Set
	subjects                lexicon.Set
}

func groupsOf(t *lexicon.Theme) groupSets {
	g := groupSets{
		ownProduct: t.Set(lexicon.GroupProduct),
		segment:    t.Set(lexicon.GroupSegment),
		elsewhere:  t.Set(lexicon.GroupElsewhere),
		measured: t.Set("revenue", "runrate", "backlog", "deals", "usage", "productivity", "performance", "capacity",
			"capex", "cost", "margin", "finance"),
		totals:      t.Set("totals"),
		whole:       t.Set("whole"),
		intensity:   t.Set("intensity"),
		superlative: t.Set("superlative"),
		hedge:       t.Set("hedge"),
		refusal:     t.Set("refusal"),
		shift:       t.Set("shift"),
		guidance:    t.Set("guidance"),
		past:        t.Set("past"),
		present:     t.Set("present"),
		excluding:   t.Set("excluding"),
		trade:       t.Set("trade"),
	}
	for i, group := range t.Groups() {
		g.names = append(g.names, group.Name)
		bit := lexicon.Set(1) << i
		switch group.Role {
		case lexicon.RoleName:
			g.strong |= bit
		case lexicon.RoleProduct:
			g.product |= bit
		case lexicon.RoleKin:
			g.kin |= bit
		case lexicon.RoleSetting:
			g.setting |= bit
		case lexicon.RoleSpeech, lexicon.RoleTrap:
		}
	}
	g.anchor = g.strong | g.product
	g.subjects = g.anchor | g.kin | g.setting | g.segment | g.elsewhere | g.whole | g.excluding | t.Set("trade", "totals", "market", "margin", "finance")
	return g
}
