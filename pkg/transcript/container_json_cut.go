package transcript

import (
	"slices"
	"strings"
)

// jsonCut follows JSON up to where it breaks off.
type jsonCut struct {
	open    []byte // the brackets that are open, as those that close them
	inside  bool   // whether a string is open
	escaped int    // where the escape that is open begins; -1 when none is
	from    int    // where the last string begins, after its quote
	last    string // the last whole string, as it is written
	key     string // the key of the value that is being read; empty when none is
	whole   int    // the length up to the last comma: what stands before is whole
	wholeIn []byte // the brackets that were open there
}

// deepest is how deep JSON may be nested for what is left of it to be read.
const deepest = 16

// closedJSON closes a document in JSON that breaks off: after what there is of
// the text of a call, or else after the last value that is whole, since half a
// fact is none. It reports whether that can be done.
func closedJSON(text string) (closed string, is bool) {
	c := jsonCut{escaped: -1}
	for i := range len(text) {
		if c.inside {
			c.inString(text, i)
		} else {
			c.between(text, i)
		}
		if len(c.open) == 0 || len(c.open) > deepest {
			return "", false
		}
	}
	if c.inside && slices.Contains(textFields[:], c.key) {
		if c.escaped >= 0 {
			text = text[:c.escaped]
		}
		return text + `"` + closing(c.open), true
	}
	return text[:c.whole] + closing(c.wholeIn), c.whole > 0
}

func (c *jsonCut) inString(text string, i int) {
	const longEscape = len(`\u00A0`)
	switch {
	case c.escaped >= 0:
		if i == c.escaped+1 && text[i] != 'u' || i == c.escaped+longEscape-1 {
			c.escaped = -1
		}
	case text[i] == '\\':
		c.escaped = i
	case text[i] == '"':
		c.inside = false
		c.last = text[c.from:i]
	}
}

func (c *jsonCut) between(text string, i int) {
	switch text[i] {
	case '"':
		c.inside, c.from = true, i+1
	case '{':
		c.open = append(c.open, '}')
		c.key = ""
	case '[':
		c.open = append(c.open, ']')
		c.key = ""
	case '}', ']':
		c.open = c.open[:max(len(c.open)-1, 0)]
	case ':':
		c.key = c.last
	case ',':
		c.key = ""
		c.whole, c.wholeIn = i, append(c.wholeIn[:0], c.open...)
	}
}

// closing are the brackets that close those that are open, innermost first.
func closing(open []byte) string {
	var b strings.Builder
	for _, bracket := range slices.Backward(open) {
		b.WriteByte(bracket)
	}
	return b.String()
}
