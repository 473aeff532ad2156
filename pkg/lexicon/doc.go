// Package lexicon holds what a theme is talked about with: theme packs, which
// are data, and the scanner that finds their terms in a text.
//
// # Packs
//
// A pack is a YAML file. Another theme is another file: Parse reads it, with
// the general words of earnings calls added from this package.
//
//	theme: AI            # name of the theme
//	version: "1"
//	groups:
//	  - name: models     # what weights and reasons call it
//	    role: kin        # name, product, kin, setting, speech or trap
//	    weight: 0.4      # 0 to 1: how far one hit makes a sentence about the theme
//	    terms: [inference, token(s), fine-tun(e|ed|ing), large language model(s)]
//	    endings: [AI]    # names that end so belong here too: OpenAI
//	    beginnings: [Agent]   # and names that begin so: Agentworks
//	companies:
//	  - ticker: EXMP
//	    name: Example Corporation
//	    products: [Exemplar]   # of the theme; known on anybody's call
//	    own: [Quick]           # of the theme; an ordinary word on other calls
//	    segments: [Cloud Unit] # tied to the theme without being it
//	    other: [Grocery]       # nothing to do with the theme
//	    aliases: [Example]     # how the company is called
//
// A term is one or more words; a hyphen or an
// ampersand in the text stands for a space. A word
// written in lower case matches any case; one with a capital matches only as it
// is written, so that "AI" is never found in "said" and "Quick" not in
// "quick". Letters in parentheses may follow or not, several are set apart by a
// bar. The longest term at a place wins; terms never match part of a word.
//
// # Roles
//
// A name says the theme outright; a product is a name somebody sells it under.
// Kin are words of its trade that mean something else elsewhere ("agents",
// "models"), and count only near a name or product. A setting is the business
// around it. Speech is the rest of an earnings call: money, guidance, usage,
// hedges. A trap is a phrase that must not count ("insurance agents").
//
// # One call
//
// Theme.Read adds what is particular to one call: the company's own products,
// names learnt from definitions in the text ("our AI shopping assistant, Rufus")
// and from the company they keep (a name used mostly in sentences about the
// theme), and names that speech recognition spelt by ear.
package lexicon
