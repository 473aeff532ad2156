// Package quantity reads numbers as people say them: "over $15 billion",
// "30% to 40%", "nearly 10x", "triple-digit", "mid-teens", "half a billion",
// "tens of thousands", "40 basis points", "3.99 gigawatts".
//
// Scan walks the text once with a hand-written scanner, in time and memory
// linear in its length. Values are exact decimals with their scale applied:
// "$15 billion" is 15000000000 in USD. A range has Low and High and no Value.
// Words that name no number ("hundreds of millions", "multibillion-dollar")
// give a quantity with a Qualifier only: no number is invented for them.
//
// What only looks like a quantity is left out: dates, years, quarters, times
// of day, versions and product names (H100, x86, GPT-4), ordinals, phone
// numbers, list and slide numbers, "24/7", "first half", a bare "one".
//
// Conventions where people are vague:
//   - single, double and triple digits are 1 to 9, 10 to 99 and 100 to 999
//     percent; "low", "mid" and "high" take a third of a decade ("mid-teens"
//     is 14 to 16, "high 50s" is 57 to 59), but "low double digits" is 10 to 13,
//     as the words are used of growth;
//   - "six-figure" is 100000 to 999999 in US dollars;
//   - "half of", "two-thirds", "nine out of ten" and "a quarter of" are percent,
//     to two decimals; "half of 1%" is 0.5 percent and "a quarter million"
//     250000; "half the cost" and "halved" are the multiple 0.5; "doubled" is
//     the multiple 2, "two orders of magnitude" the multiple 100;
//   - "the low $40s" is 41 to 43 US dollars, as "the low 40s" is of percent;
//   - pesos, crowns and dollars of a country are in its currency; pesos of no
//     country are a count;
//   - a fall keeps its positive value and has Direction Down; only "minus" and
//     "negative" make a value negative.
package quantity
