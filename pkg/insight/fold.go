package insight

import "strings"

// fold makes any run of white space one space and trims the ends.
func fold(s string) string {
	if folded(s) {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for word := range strings.FieldsSeq(s) {
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(word)
	}
	return out.String()
}

// folded reports a text of which it is plain that its only white space is single
// spaces between words, as that of nearly every one is.
func folded(s string) bool {
	if s == "" {
		return true
	}
	if s[0] == ' ' || s[len(s)-1] == ' ' || strings.Contains(s, "  ") {
		return false
	}
	for i := range len(s) {
		if folds[s[i]] {
			return false
		}
	}
	return true
}

// folds are the bytes that may be white space other than a space: those of ASCII,
// and those that characters begin with of which some are.
var folds = foldsOf()

func foldsOf() (b [256]bool) {
	for _, c := range "\t\n\v\f\r" {
		b[c] = true
	}
	for _, r := range "\u0085\u00a0\u1680\u2000\u2028\u202f\u205f\u3000" {
		b[string(r)[0]] = true
	}
	return b
}
