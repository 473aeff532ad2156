package insight

import (
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// why tells a reader why a figure counts, and why as core or adjacent.
func (r *Rules) why(rd *reading, c *candidate) string {
	if rd.density == 0 {
		return "not counted because management does not speak of " + r.theme.Name()
	}
	first := r.claims.forClaim.because(c.values, c.context, false)
	if !c.taken {
		if first == "" {
			return "not counted: nothing near it speaks for it"
		}
		return "not counted: too little speaks for it (" + first + ")"
	}
	against := c.relevance == callrankv1.RelevanceAdjacent
	if second := r.claims.forCore.because(c.values, c.coreContext, against); second != "" {
		first = second
	}
	if first == "" {
		first = "of everything around it together"
	}
	return "counted as " + c.relevance + " because " + first
}

// phrase says a feature in words; empty for one that tells a reader nothing.
func phrase(feature, theme string) string {
	if said, ok := saidOf[feature]; ok {
		return strings.ReplaceAll(said, "THEME", theme)
	}
	place, group, ok := strings.Cut(feature, ":")
	if !ok || vague(group) {
		return ""
	}
	switch place {
	case "near", "next", "last", "small&near", "money&near", "percent&near", "count&near", "multiple&near", "duration&near", "measure":
		return "it stands by words of " + groupWords(group)
	case "measured", "measured after", "measured before", "money&measured", "percent&measured", "multiple&measured", "count&measured",
		"duration&measured":
		return "it measures " + measureWords(group)
	case "measured carried":
		return "what was measured before it is " + measureWords(group)
	case "measured elsewhere":
		return "the same figure measures " + measureWords(group) + " elsewhere"
	case "subject", "subject after", "subject carried":
		return "what it is of is named by words of " + groupWords(group)
	case "sentence":
		return "its sentence has words of " + groupWords(group)
	case "before":
		return "the sentence before has words of " + groupWords(group)
	}
	return ""
}

// saidOf says features in words; THEME stands for the theme's name.
var saidOf = map[string]string{
	"theme":             "its sentence speaks of THEME",
	"small&theme":       "its sentence speaks of THEME",
	"percent&theme":     "its sentence speaks of THEME",
	"money&theme":       "its sentence speaks of THEME",
	"count&theme":       "its sentence speaks of THEME",
	"anchor":            "its sentence names THEME or a product of it",
	"money&anchor":      "its sentence names THEME or a product of it",
	"percent&anchor":    "its sentence names THEME or a product of it",
	"count&anchor":      "its sentence names THEME or a product of it",
	"multiple&anchor":   "its sentence names THEME or a product of it",
	"small&anchor":      "its sentence names THEME or a product of it",
	"carried":           "what was said just before is about THEME",
	"theme:before":      "what was said just before is about THEME",
	"anchor:two before": "what was said just before is about THEME",
	"theme:after":       "what is said next is about THEME",
	"near":              "the sentences around it are about THEME",
	"asked":             "it answers a question about THEME",
	"echo":              "the same figure stands in a sentence about THEME",
	"density":           "much of the call is about THEME",
	"density:full":      "much of the call is about THEME",
	"anchor:none near":  "nothing near it names THEME",
	"has:YoY":           "it is a rate of change over time",
	"has:QoQ":           "it is a rate of change over time",
	"has:comparator":    "it is measured against something",
	"section:takeaways": "it stands in the publisher's summary",
	"jargon":            "its sentence speaks as the call does of THEME",
	"jargon:top":        "its sentence speaks as the call does of THEME",
	"jargon:clause":     "the words around it are those the call uses of THEME",
	"jargon:clause top": "the words around it are those the call uses of THEME",
	"jargon:before":     "the sentence before speaks as the call does of THEME",
	"jargon:after":      "the next sentence speaks as the call does of THEME",
	"question":          "it answers a question about THEME",
	"question:trade":    "it answers a question in the words of THEME",
	"question:start":    "it answers a question about THEME",
	"excluded":          "it is said of what is not THEME",
	"gap:before":        "THEME or a product of it is named right before it",
	"gap:after":         "THEME or a product of it is named right after it",
	"money:greatest":    "it is one of the greatest sums of the call",
	"count:one":         "it is a small number",
	"count:few":         "it is a small number",
	"unit:small":        "it is a small number",

	"measure:named":        "what it measures bears the name of THEME",
	"measure:named sparse": "what it measures bears the name of THEME",
	"measure:of the trade": "what it measures is called by a word of THEME",
	"anchor:sparse":        "its sentence names THEME or a product of it",
	"unit:duration":        "it is a length of time",

	"context:equal value":      "the same figure counts elsewhere",
	"context:same sentence":    "another figure of its sentence counts",
	"context:around":           "figures around it count",
	"context:one before":       "the figure before it counts",
	"context:one after":        "the figure after it counts",
	"context:same kind around": "figures of its kind around it count",
	"context:words of claims":  "it stands by words that other figures of claims stand by",
	"context:word of claims":   "it stands by words that other figures of claims stand by",
}

// vague reports groups whose words tell a reader nothing of what a figure is
// about.
func vague(group string) bool {
	switch group {
	case "past", "present", "dates", "own", "structure", "shift", "hypothetical", "superlative", "intensity", "hedge", "causal":
		return true
	}
	return false
}

// measureWords says a class of what is measured in words.
func measureWords(class string) string {
	switch class {
	case "line":
		return "a line of business"
	case "doing":
		return "what is done with it"
	case "business":
		return "a business"
	case "share":
		return "a share of revenue"
	case "lift":
		return "the effect on customers"
	case "technical":
		return "a technical property"
	}
	return class
}

// groupWords says a group of the lexicon in words.
func groupWords(group string) string {
	switch group {
	case "ai":
		return "the theme"
	case "product", "brand", "learnt":
		return "a product of the theme"
	case "segment":
		return "a business tied to the theme"
	case "elsewhere", "trade":
		return "another business"
	case "runrate":
		return "run rate"
	case "datacenter":
		return "data centres"
	case "capex":
		return "capital spending"
	case "totals":
		return "company totals"
	case "finance":
		return "taxes, shares and cash"
	case "own":
		return "the company itself"
	case "shareof":
		return "a share of a whole"
	}
	return group
}
