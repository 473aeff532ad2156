// Package words cuts a text into words, once for all who read it.
//
// A word is a run of letters and digits. Words that differ in the case of ASCII
// letters alone are one, and have one number; numbers count from 0 in the order
// of first use. So a dictionary is asked once for each distinct word of a text
// and not once for each of its words, and what is known of a word lies in a
// slice by its number: ten thousand words of a call are some fifteen hundred
// distinct ones.
//
// The time is in proportion to the length of the text, whatever it holds.
package words
