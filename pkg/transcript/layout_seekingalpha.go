package transcript

import (
	"strings"
	"unicode/utf8"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// readNameLines reads text in which a speaker's name stands alone on a line,
// as on Seeking Alpha: with or without the speaker's title or firm on the next
// line, the participants listed first or not at all.
func readNameLines(doc *document, layout string) *script {
	s := newScribe(doc, layout)
	first := readParticipantLists(s)
	names := newNameLines(doc, s.script.listed, first)
	if first == 0 {
		first = readTitleLines(s, names)
	}
	for i := first; i < len(doc.lines); {
		line := doc.line(i)
		switch {
		case line == "":
			i++
		case isSectionMark(line):
			if isQuestionsMark(line) {
				s.questions()
			}
			s.pause()
			i++
		case isAdvertisement(line), isPageFurniture(line):
			s.pause()
			i++
		case endsCall(line), line == "DISCLAIMER" && len(s.script.parts) > 0:
			s.ended()
			i = len(doc.lines)
		default:
			i = readNameLine(s, names, i)
		}
	}
	s.splitRunIn(names.listed, names.alone)
	return s.done()
}

// readNameLine reads line i, which is a heading (perhaps of several lines) or
// speech, and returns the index of the line after it.
func readNameLine(s *scribe, names *nameLines, i int) int {
	h, next, is := names.headingAt(i)
	if !is {
		s.say(s.doc.lines[i])
		return i + 1
	}
	s.cutStrayInitials(h.name)
	l, listed := names.listed[h.name]
	under := s.doc.line(next)
	if next == i+1 && !strings.HasPrefix(l.role(), under) && (names.isRoleLine(under) || !listed && names.isFirmUnder(i)) {
		l.setRole(under, h.kind == callrankv1.KindAnalyst || l.outside)
		listed = true
	}
	if listed {
		h.title, h.firm = l.title, l.firm
	}
	s.head(h)
	return s.skipRole(next, l.role())
}

// skipRole passes over a person's listed role from line i on, under his name.
// The page may have been cut into paragraphs anew: the role may go over several
// lines, and the last of them may go on with the speech. It returns the index
// of the next line, which is i if the role is not there.
func (s *scribe) skipRole(i int, role string) int {
	rest := folded(role)
	for n := s.doc.next(i); rest != "" && n < len(s.doc.lines); n = s.doc.next(n + 1) {
		at := s.doc.lines[n]
		line := folded(at.of(s.doc.text))
		if speech, has := strings.CutPrefix(line, rest+" "); has {
			w := s.doc.words.in(at)
			s.say(w.span(w.len()-len(strings.Fields(speech)), w.len()))
			return n + 1
		}
		more, is := strings.CutPrefix(rest, line)
		if !is {
			break
		}
		rest = strings.TrimSpace(more)
		if rest == "" {
			return n + 1
		}
	}
	return i
}

// cutStrayInitials takes the initials of a name off the end of the speech
// before its heading, where a page that was cut into paragraphs at full stops
// has left them: "… to Tom. F." before a heading "Leighton".
func (s *scribe) cutStrayInitials(name string) {
	initials, _, has := cutInitials(name)
	if !has || len(s.script.parts) == 0 {
		return
	}
	speech := s.script.parts[len(s.script.parts)-1].speech
	if len(speech) == 0 {
		return
	}
	last := &speech[len(speech)-1]
	w := s.doc.words.in(*last)
	from := w.len() - len(strings.Fields(initials))
	if from > 0 && strings.Join(fieldsOf(w, from, w.len()), " ") == initials {
		*last = w.span(0, from)
	}
}

// cutInitials splits "F. Leighton" and "Samuel J. B. Pollock" after the last
// initial; none where no initial stands before the last name.
func cutInitials(name string) (before, rest string, has bool) {
	i := strings.LastIndex(name, ". ")
	if i < 0 {
		return "", name, false
	}
	return name[:i+1], name[i+2:], true
}

// nameLines knows which lines of a document are headings that consist of a
// name.
type nameLines struct {
	doc    *document
	listed map[string]listing
	broken map[string]string // what is left of a name after its initials: the whole name
	alone  map[string]int    // full names alone on a line: how often
}

func newNameLines(doc *document, listed []listing, first int) *nameLines {
	n := &nameLines{doc: doc, listed: map[string]listing{}, broken: map[string]string{}, alone: map[string]int{}}
	for _, l := range listed {
		n.listed[l.name] = l
		if _, rest, has := cutInitials(l.name); has {
			n.broken[rest] = l.name
		}
	}
	for i := first; i < len(doc.lines); i++ {
		if line := doc.line(i); len(line) <= longestName && isFullName(line) {
			n.alone[line]++
		}
	}
	return n
}

// headingAt reads the name that a heading begins with at line i, and returns
// the index of the line after it.
func (n *nameLines) headingAt(i int) (heading, int, bool) {
	line := n.doc.line(i)
	if len(line) > longestName+len("Q - ") {
		return heading{}, i, false
	}
	line = folded(line)
	asks := strings.HasPrefix(line, "Q - ")
	line = strings.TrimPrefix(strings.TrimPrefix(line, "Q - "), "A - ")
	h, next, is := n.nameAt(line, i)
	if !is {
		return heading{}, i, false
	}
	if asks {
		h.kind = callrankv1.KindAnalyst
	}
	if !isTitle(h.title) {
		h.title = ""
	}
	return h, next, true
}

// nameAt reads the name of a heading in a line, and returns the index of the
// line after it.
func (n *nameLines) nameAt(line string, i int) (h heading, next int, is bool) {
	if kind, is := labelKind(line); is {
		return heading{name: line, kind: kind}, i + 1, true
	}
	if _, is := n.listed[line]; is {
		return heading{name: line}, i + 1, true
	}
	if name, next, is := n.brokenAt(line, i); is {
		return heading{name: name}, next, true
	}
	apart := n.doc.line(i-1) == "" && i+1 < len(n.doc.lines)
	under := n.doc.line(i + 1)
	if !isFullName(line) {
		name, title, has := titledName(line)
		return heading{name: name, title: title}, i + 1, has && apart && under == ""
	}
	is = apart && (under == "" || n.isRoleLine(under) || n.isFirmUnder(i)) || n.alone[line] > 1
	return heading{name: line}, i + 1, is
}

// brokenAt reads a name that was broken after an initial: what is left of it
// on a line, or "F." on one line and the rest on the next.
func (n *nameLines) brokenAt(line string, i int) (name string, next int, is bool) {
	if whole, is := n.broken[line]; is {
		return whole, i + 1, true
	}
	if !strings.HasSuffix(line, ".") {
		return "", i, false
	}
	after := n.doc.next(i + 1)
	rest := n.doc.line(after)
	whole, is := n.broken[rest]
	return whole, after + 1, is && whole == line+" "+rest
}

// titledName splits "Jane Roe Chief Executive Officer" into name and title.
func titledName(line string) (name, title string, has bool) {
	fields := strings.Fields(line)
	for n := 2; n < len(fields) && n <= mostSpokenWords; n++ {
		name = strings.Join(fields[:n], " ")
		if !isFullName(name) {
			return "", "", false
		}
		rest := fields[n:]
		for len(rest) > 0 && roleWords.has(strings.Trim(rest[0], ",&")) {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			return name, strings.Join(fields[n:], " "), true
		}
	}
	return "", "", false
}

// isRoleLine reports whether the line under a name is his title or firm rather
// than what he says.
func (n *nameLines) isRoleLine(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	if len(line) > longestHeading || endsInSentence(line) || r >= 'a' && r <= 'z' {
		return false
	}
	if _, title, has := strings.Cut(line, " - "); has && (isTitle(title) || isAnalystRole(title)) {
		return true
	}
	return isTitle(line) || isFirm(line) || isAnalystRole(line) || strings.HasSuffix(line, "Research Division")
}

// isFirmUnder reports whether the line under the name on line i can only be a
// firm, though no word in it says so: it is written like a name, and a blank
// line parts it from what follows.
func (n *nameLines) isFirmUnder(i int) bool {
	under := n.doc.line(i + 1)
	return i+2 < len(n.doc.lines) && n.doc.line(i+2) == "" && isProperName(under) && !isFullName(under) && !isSectionMark(under)
}

// role is a listing's title or firm as the list prints it.
func (l *listing) role() string {
	if l.title != "" {
		return l.title
	}
	return l.firm
}

// setRole keeps what stands beside a name as a firm, for those outside the
// company, or as a title.
func (l *listing) setRole(role string, outside bool) {
	l.outside, l.title, l.firm = outside, "", ""
	if !outside && !isTitle(role) && (isFirm(role) || strings.HasSuffix(role, "Research Division")) {
		l.outside = true
	}
	if l.outside {
		l.firm = role
		return
	}
	l.title = role
}
