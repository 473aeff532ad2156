package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readDashes reads an older Motley Fool page: headings "Name -- Title" or
// "Name -- Firm -- Title" on lines of their own, "Operator" alone, and the
// list of participants after the call.
func readDashes(doc *document, layout string) *script {
	r := dashReader{scribe: newScribe(doc, layout), alone: namesAlone(doc)}
	for i := range doc.lines {
		if line := doc.line(i); line != "" {
			r.read(doc.lines[i], line)
		}
	}
	return r.done()
}

type dashReader struct {
	*scribe

	alone map[string]bool // names that stand alone on lines
	begun bool            // whether the call has begun
	over  bool            // whether it is over
	lists bool            // whether the list of participants is being read
}

func (r *dashReader) read(at span, line string) {
	h, isHeading := dashHeading(line, r.alone)
	switch {
	case r.lists && isHeading:
		r.list(listing{name: h.name, title: h.title, firm: h.firm, outside: h.kind != "" || h.firm != ""})
	case r.begun && endsCall(line):
		r.over = true
		r.lists = r.lists || hasPrefixFold(line, "Call participants")
		r.ended()
		r.header(at)
	case r.over:
	case isAdvertisement(line), isRule(line):
		r.pause()
	case isSectionMark(line):
		if r.begun && isQuestionsMark(line) {
			r.questions()
		}
		r.pause()
	case isHeading:
		r.begun = true
		r.head(h)
	default:
		r.readText(at, line)
	}
}

// readText takes a line that is speech or, above the call, one of its header.
func (r *dashReader) readText(at span, line string) {
	r.begun = r.begun || isProse(line)
	if r.begun {
		r.say(at)
	} else {
		r.header(at)
	}
}

// dashHeading reads a line that is a heading of this layout. alone are the
// names that stand on lines of their own.
func dashHeading(line string, alone map[string]bool) (heading, bool) {
	if line == "" || len(line) > longestHeading {
		return heading{}, false
	}
	if h, is := splitDashes(line); is {
		return h, true
	}
	if kind, is := labelKind(line); is && !strings.HasSuffix(line, ":") {
		return heading{name: line, kind: kind}, true
	}
	return heading{name: line}, alone[line]
}

// namesAlone are the full names that stand alone on a line more than once, or
// that other headings give a title: some headings lack theirs.
func namesAlone(doc *document) map[string]bool {
	count, titled := map[string]int{}, map[string]bool{}
	for i := range doc.lines {
		line := doc.line(i)
		if line == "" || len(line) > longestHeading {
			continue
		}
		if h, is := splitDashes(line); is {
			titled[h.name] = true
			continue
		}
		if isFullName(line) {
			count[line]++
		}
	}
	alone := map[string]bool{}
	for name, n := range count {
		if n > 1 || titled[name] {
			alone[name] = true
		}
	}
	return alone
}

// isProse reports whether a line reads like speech and not like a line of a
// header: it closes a sentence and is long, or begins in the middle of one.
func isProse(line string) bool {
	const shortestProse, shortestRest = 120, 20
	if !endsInSentence(line) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(line)
	return len(line) >= shortestProse || len(line) >= shortestRest && unicode.IsLower(first)
}
