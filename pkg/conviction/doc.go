// Package conviction turns a company's calls into a score from 0 to 100: how
// far management means and proves what it says about AI.
//
// Summarise keeps of an analysed call what ranking needs; Merge adds a call to
// a company's, in whatever order calls and their corrections arrive; Stand
// scores the company as of its latest call; Changed and Change tell what became
// different.
//
// The score is the sum of seven components. One whose inputs are not known
// adds nothing and says why; the score says out of how much it is.
package conviction
