package insight

import "github.com/callrank/callrank/pkg/lexicon"

// claimWeights answer whether a quantity is a figure of a claim, and whether
// the claim is about the theme itself: each at a first look and in context.
type claimWeights struct {
	names                         []string
	first, firstCore, claim, core weigher
	// leastClaim is the least probability of a claim, leastCore the least one of
	// a claim about the theme itself.
	leastClaim, leastCore float64
	// forClaim and forCore tell why.
	forClaim, forCore question
}

// traitWeights tell a claim's orientation, line and kind.
type traitWeights struct {
	orientation, line, kind chooser
}

// scoreWeights add up drivers to scores and to the strength of quotes.
type scoreWeights struct {
	enthusiasm, substance, quote Model
}

func (e Weights) claims(t *lexicon.Theme) claimWeights {
	names := featureNames(t)
	claim, core := e.Models[ModelClaimInContext], e.Models[ModelCoreInContext]
	w := claimWeights{
		names: names,
		first: e.Models[ModelClaim].weigher(names), firstCore: e.Models[ModelCore].weigher(names),
		claim: claim.weigher(contextNames()), core: core.weigher(coreNames()),
		leastClaim: claim.Threshold, leastCore: core.Threshold,
	}
	say := func(feature string) string { return phrase(feature, t.Name()) }
	w.forClaim = newQuestion(&w.first, &w.claim, names, contextNames(), ctxFirst, say)
	w.forCore = newQuestion(&w.firstCore, &w.core, names, coreNames(), coreFirst, say)
	return w
}

func (e Weights) traits(t *lexicon.Theme) traitWeights {
	names := featureNames(t)
	return traitWeights{
		orientation: e.Choices[ChoiceOrientation].chooser(names),
		line:        e.Choices[ChoiceLine].chooser(names),
		kind:        e.Choices[ChoiceKind].chooser(names),
	}
}

func (e Weights) scores() scoreWeights {
	return scoreWeights{enthusiasm: e.Models[ModelEnthusiasm], substance: e.Models[ModelSubstance], quote: e.Models[ModelQuote]}
}
