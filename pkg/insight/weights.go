package insight

import "github.com/callrank/callrank/pkg/lexicon"

// claimWeights answer whether a quantity is a figure of a claim, and whether
// the claim is about the theme itself.
type claimWeights struct {
	names     []string
	any, core weigher
}

// traitWeights tell a claim's orientation, line and kind.
type traitWeights struct {
	orientation, line, kind chooser
}

// scoreWeights add up drivers to scores and to the strength of quotes.
type scoreWeights struct {
	enthusiasm, substance, quote, question model
}

func (e embedded) claims(t *lexicon.Theme) claimWeights {
	names := featureNames(t)
	return claimWeights{names: names, any: e.models["claim"].weigher(names), core: e.models["core"].weigher(names)}
}

func (e embedded) traits(t *lexicon.Theme) traitWeights {
	names := featureNames(t)
	return traitWeights{
		orientation: e.choices["orientation"].chooser(names),
		line:        e.choices["line"].chooser(names),
		kind:        e.choices["kind"].chooser(names),
	}
}

func (e embedded) scores() scoreWeights {
	return scoreWeights{enthusiasm: e.models["enthusiasm"], substance: e.models["substance"], quote: e.models["quote"], question: e.models["question"]}
}
