// Package insight finds and measures what management says about a theme on an
// earnings call.
//
// Extract finds where the theme is spoken of: passages, quotes, exchanges with
// analysts about it, and how enthusiastic management is. Quantify finds the
// claims: statements by management with a figure in them. Assemble puts both
// together.
//
// # How a claim is found
//
// Every quantity in management's speech that may be a figure is a candidate.
// Its surroundings are told by named features: which groups of the lexicon
// stand near it, how far the sentence and its neighbours are about the theme,
// what unit it has. A linear weigher adds up the weights of its features; the
// weights are data (weights/*.yaml), and the heaviest features are the reason
// a reader is given. Two questions are asked, whether the figure belongs to a
// claim at all and whether the claim is about the theme itself (core) or a
// business tied to it (adjacent), because that is better answered by two
// models than by one strict one.
//
// # The gate
//
// Nothing is returned that Verify refuses: a quote stands in the text to the
// letter, a figure stands in its quote with number, unit, scale and negation
// the same.
package insight
