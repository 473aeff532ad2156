package transcript

import "strings"

// Lists of participants, as Seeking Alpha prints them above the call.
const (
	listNone = iota
	listCompany
	listOutside
)

// listHeading reports whether a line is the heading of a list of participants.
func listHeading(line string) (kind int, is bool) {
	if len(line) > longestMark {
		return listNone, false
	}
	switch strings.ToLower(strings.TrimSuffix(line, ":")) {
	case "company participants", "corporate participants", "company representatives", "executives":
		return listCompany, true
	case "conference call participants", "other participants", "analysts", "participants", "conference participants":
		return listOutside, true
	default:
		return listNone, false
	}
}

// listReader reads the lists of participants above the call.
type listReader struct {
	*scribe

	within int
	end    int    // index of the line after the last that belongs to a list
	before string // an entry that may go on in the next line
}

// readParticipantLists reads the header and the lists of participants above
// the call, and returns the index of the line after them: 0 where there are
// no lists.
func readParticipantLists(s *scribe) int {
	const farthest = 400
	r := listReader{scribe: s}
	for i := range min(len(s.doc.lines), farthest) {
		if !r.read(i) {
			break
		}
	}
	r.flush()
	if r.end == 0 { // without a list there is no telling here where the header ends
		s.script.header = nil
	}
	return r.end
}

// read takes line i, and reports whether the lists may go on after it.
func (r *listReader) read(i int) bool {
	line := r.doc.line(i)
	if line == "" {
		return true
	}
	if kind, is := listHeading(line); is {
		r.flush()
		r.within, r.end = kind, i+1
		return true
	}
	if r.within == listNone {
		r.header(r.doc.lines[i])
		return !isProse(line) && !isSectionMark(line) && line != nameOperator
	}
	if _, label := labelKind(line); label || isSectionMark(line) {
		return false
	}
	if !r.readEntry(i, line) {
		return false
	}
	r.end = i + 1
	return true
}

// readEntry takes a line within a list, and reports whether it belongs there.
func (r *listReader) readEntry(i int, line string) bool {
	entry := strings.Contains(line, " - ")
	if entry && !goesOn(r.before, line) {
		r.flush()
	}
	switch {
	case entry, isBrokenOff(line):
		r.before = strings.TrimSpace(r.before + " " + line)
		if !isBrokenOff(line) {
			r.flush()
		}
	case !nextFollowsList(r.doc, i):
		return false
	case isFullName(line):
		r.flush()
		r.list(listing{name: line, outside: r.within == listOutside})
	default: // the rest of a firm that was broken over lines
		r.before = strings.TrimSpace(r.before + " " + line)
		r.flush()
	}
	return true
}

// goesOn reports whether an entry that was broken off after an initial goes on
// in a line: "F." before "Leighton - Chairman" does; "Matthew P." before
// "Robert Mionis - Chairman" is somebody of whom the rest is missing.
func goesOn(before, line string) bool {
	if before == "" || strings.Contains(before, " - ") {
		return before == ""
	}
	name, _, _ := strings.Cut(line, " - ")
	return strings.Trim(before, "ABCDEFGHIJKLMNOPQRSTUVWXYZ. ") == "" || !isFullName(name)
}

// flush adds the persons of the entry that was being read.
func (r *listReader) flush() {
	if strings.Contains(r.before, " - ") {
		r.listEntries(r.before, r.within == listOutside)
	}
	r.before = ""
}

// isBrokenOff reports whether an entry was cut after an initial: "F.", "Stacy
// Rasgon - Sanford C.".
func isBrokenOff(line string) bool {
	return strings.HasSuffix(line, ".") && len(line) < longestName && isAbbreviation(line[strings.LastIndexByte(line, ' ')+1:])
}

// nextFollowsList reports whether the list goes on after line i: the next line
// stands right under it, or is an entry or the heading of another list.
func nextFollowsList(doc *document, i int) bool {
	if doc.line(i+1) != "" {
		_, label := labelKind(doc.line(i + 1))
		return !label && !isTitle(doc.line(i+1)) || strings.Contains(doc.line(i+1), " - ")
	}
	next := doc.line(doc.next(i + 1))
	if _, is := listHeading(next); is {
		return true
	}
	_, label := labelKind(next)
	return label || isSectionMark(next) || strings.Contains(next, " - ") && len(next) < longestHeading && !endsInSentence(next)
}

// listEntries adds the person of an entry "Name - Role", or the persons of
// several that were run together.
func (s *scribe) listEntries(entry string, outside bool) {
	name, role, _ := strings.Cut(entry, " - ")
	for {
		before, after, more := strings.Cut(role, " - ")
		if !more {
			break
		}
		cut := lastNameIn(before)
		if cut < 0 {
			break
		}
		s.addEntry(name, strings.TrimSpace(before[:cut]), outside)
		name, role = strings.TrimSpace(before[cut:]), after
	}
	s.addEntry(name, role, outside)
}

func (s *scribe) addEntry(name, role string, outside bool) {
	name = folded(name)
	if name == "" || len(name) > longestName {
		return
	}
	l := listing{name: name}
	l.setRole(strings.TrimSpace(role), outside)
	s.list(l)
}

// lastNameIn returns where, in "Acme Inc. Jane Roe", the name at the end
// begins: after an abbreviation, a full name follows. -1 if there is none.
func lastNameIn(s string) int {
	for i := strings.LastIndex(s, ". "); i >= 0; i = strings.LastIndex(s[:i], ". ") {
		if isFullName(s[i+2:]) {
			return i + 2
		}
	}
	return -1
}

// readTitleLines notes the lines above the first heading of a text without
// lists, and returns the index of the line after them.
func readTitleLines(s *scribe, names *nameLines) int {
	const farthest = 40
	var lines []int
	for i := range min(len(s.doc.lines), farthest) {
		line := s.doc.line(i)
		if line == "" {
			continue
		}
		if _, _, is := names.headingAt(i); is || isSectionMark(line) {
			for _, l := range lines {
				s.header(s.doc.lines[l])
			}
			return i
		}
		if isProse(line) {
			return 0
		}
		lines = append(lines, i)
	}
	return 0
}
