package transcript

import (
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// readVendor reads the text of a vendor's PDF: StreetEvents, and those that
// are set in the same way (FactSet CallStreet, S&P Capital IQ). Lists of
// participants come first; a heading is a name on a line with its title and
// firm under it, or all three on one line with hyphens between; every page
// repeats its header and footer.
func readVendor(doc *document, layout string) *script {
	if doc.isDoubleSpaced() { // here a role stands right under its name
		doc = doc.singleSpaced()
	}
	v := &vendorReader{scribe: newScribe(doc, layout), listed: map[string]listing{}, repeated: map[string]bool{}}
	body := v.readFront()
	for i := body; i < len(doc.lines); {
		line := doc.line(i)
		switch {
		case line == "":
			i++
		case v.endsCall(line):
			v.ended()
			return v.done()
		case isQuestionsMark(line):
			v.questions()
			i++
		case v.isFurniture(line):
			v.pause()
			i++
		default:
			i = v.readLine(i)
		}
	}
	return v.done()
}

type vendorReader struct {
	*scribe

	listed   map[string]listing
	repeated map[string]bool // lines of the first page that come back on others
	compact  bool            // whether an entry of a list is one line
	noted    bool            // whether what is read is a note of the vendor's
}

// readFront reads what comes before the call: title lines, and lists of
// participants. It returns the index of the first line of the call.
func (v *vendorReader) readFront() int {
	if !v.hasFront() {
		return 0
	}
	within := listNone
	for i := 0; i < len(v.doc.lines); i++ {
		line := v.doc.line(i)
		if kind, is := vendorList(line); is {
			within = kind
			continue
		}
		if within != listNone && isPresentationMark(line) {
			return i + 1
		}
		switch {
		case line == "" || v.isFurniture(line):
		case within == listNone:
			v.header(v.doc.lines[i])
			v.repeated[line] = true
		default:
			i = v.readListed(i, within == listOutside)
		}
	}
	return 0
}

// hasFront reports whether anything stands before the call: a text may be no
// more than its middle.
func (v *vendorReader) hasFront() bool {
	lists := false
	for i := range v.doc.lines {
		line := v.doc.line(i)
		if _, is := vendorList(line); is {
			lists = true
		}
		if lists && isPresentationMark(line) {
			return true
		}
	}
	return false
}

// vendorList reports whether a line is the heading of a list of participants.
func vendorList(line string) (kind int, is bool) {
	switch line {
	case "CORPORATE PARTICIPANTS", "EXECUTIVES":
		return listCompany, true
	case "CONFERENCE CALL PARTICIPANTS", "OTHER PARTICIPANTS", "ANALYSTS", "SHAREHOLDERS", "ATTENDEES":
		return listOutside, true
	default:
		return listNone, false
	}
}

func isPresentationMark(line string) bool {
	switch line {
	case "PRESENTATION", "Presentation", "MANAGEMENT DISCUSSION SECTION", "TRANSCRIPT":
		return true
	default:
		return false
	}
}

// readListed reads the entry of a list that begins at line i, and returns the
// index of its last line.
func (v *vendorReader) readListed(i int, outside bool) int {
	line := v.doc.line(i)
	if l, is := semicolonListing(line, outside); is {
		v.add(l)
		return i
	}
	if !isFullName(line) {
		// Name, firm and title on one line: the headings tell them apart.
		v.compact = v.compact || len(v.listed) == 0 && strings.Contains(line, " - ")
		return i
	}
	if v.compact {
		v.add(listing{name: line, outside: outside})
		return i
	}
	role, last := v.rolesUnder(i)
	v.add(vendorListing(line, role, outside))
	return last
}

// semicolonListing reads "Name;Firm;Title".
func semicolonListing(line string, outside bool) (listing, bool) {
	fields := strings.Split(line[:min(len(line), longestHeading)], ";")
	if len(fields) != 3 || len(line) > longestHeading {
		return listing{}, false
	}
	l := listing{name: strings.TrimSpace(fields[0]), firm: strings.TrimSpace(fields[1]), title: strings.TrimSpace(fields[2]), outside: outside}
	return l, l.name != ""
}

// rolesUnder reads what stands under the name at line i of a list, over as many
// lines as it takes, and returns the index of the last of them.
func (v *vendorReader) rolesUnder(i int) (role string, last int) {
	last = i
	for next := i + 1; next < len(v.doc.lines); next++ {
		under := v.doc.line(next)
		if _, list := vendorList(under); list || isPresentationMark(under) || isFullName(under) || strings.Count(under, ";") == 2 {
			break
		}
		last = next
		if under == "" && role != "" || under != "" && v.isFurniture(under) {
			break
		}
		role = strings.TrimSpace(role + " " + under)
	}
	return role, last
}

func (v *vendorReader) add(l listing) {
	v.list(l)
	v.listed[l.name] = l
}

// vendorListing takes apart what stands under a name: "Firm - Title"
// (StreetEvents), "Title, Firm" or "Analyst, Firm" (FactSet), or a title, or a
// firm (S&P).
func vendorListing(name, role string, outside bool) listing {
	l := listing{name: name, outside: outside}
	role = strings.TrimSpace(role)
	if firm, title, has := strings.Cut(role, " - "); has {
		l.firm, l.title = firm, title
		return l
	}
	if title, firm, has := strings.Cut(role, ", "); has && outside && isAnalystRole(title) {
		l.title, l.firm = title, firm
		return l
	}
	if outside && !isTitle(role) {
		l.firm = role
		return l
	}
	l.title = role
	return l
}

// readLine reads line i of the call, a heading or speech, and returns the
// index of the line after it.
func (v *vendorReader) readLine(i int) int {
	line := v.doc.line(i)
	if line == "Editor" {
		v.noted = true
		return i + 1
	}
	if h, is := v.headingOn(i); is {
		v.head(h)
		return i + 1
	}
	if h, speech, is := splitColon(line); is && h.kind == callrankv1.KindOperator {
		v.head(h)
		at := v.doc.lines[i]
		v.say(trimmed(v.doc.text, span{at.start + speech, at.end}))
		return i + 1
	}
	if kind, is := labelKind(line); is {
		v.head(heading{name: line, kind: kind})
		return v.skipRole(i+1, listing{name: line}, kind != callrankv1.KindOperator)
	}
	l, known := v.listed[line]
	if known || isFullName(line) && v.isVendorRole(i+1) {
		if !known {
			l = vendorListing(line, trimAsk(v.doc.line(v.doc.next(i+1))), false)
		}
		v.head(l.heading())
		return v.skipRole(i+1, l, true)
	}
	if !v.noted {
		v.say(v.doc.lines[i])
	}
	return i + 1
}

// head begins a part, which ends a note.
func (v *vendorReader) head(h heading) {
	v.noted = false
	v.scribe.head(h)
}

// headingOn reads a heading that is all on line i.
func (v *vendorReader) headingOn(i int) (heading, bool) {
	line := v.doc.line(i)
	if h, is := hyphenHeading(line); is {
		return h, true
	}
	if l, is := semicolonListing(line, false); is {
		if listed, known := v.listed[l.name]; known {
			return listed.heading(), true
		}
	}
	if isAskMark(line) && isRule(v.doc.line(i-1)) { // somebody whose name the page leaves out
		if line == "Q" {
			return heading{name: "Unidentified Analyst", kind: callrankv1.KindAnalyst}, true
		}
		return heading{}, true
	}
	return heading{}, false
}

func (l *listing) heading() heading {
	h := heading{name: l.name, title: l.title, firm: l.firm}
	if l.outside {
		h.kind = callrankv1.KindAnalyst
	}
	return h
}

// hyphenHeading reads "Jane Roe - Acme Corporation - Chief Financial Officer".
func hyphenHeading(line string) (heading, bool) {
	if len(line) > longestHeading || strings.Count(line, " - ") < 2 {
		return heading{}, false
	}
	name, rest, _ := strings.Cut(line, " - ")
	if !isFullName(name) || endsInSentence(line) {
		return heading{}, false
	}
	firm, title, _ := strings.Cut(rest, " - ")
	h := heading{name: name, firm: firm, title: title}
	if isAnalystRole(title) || strings.Contains(firm, "Research Division") {
		h.kind = callrankv1.KindAnalyst
	}
	return h, true
}

// isVendorRole reports whether line i reads like the title and firm under a
// name.
func (v *vendorReader) isVendorRole(i int) bool {
	line := trimAsk(v.doc.line(i))
	return line != "" && len(line) <= longestHeading && !endsInSentence(line) && (isTitle(line) || isAnalystRole(line)) &&
		(strings.Contains(line, " - ") || strings.Contains(line, ", "))
}

// trimAsk drops the Q or A that FactSet prints after a title.
func trimAsk(line string) string {
	return strings.TrimSuffix(strings.TrimSuffix(line, " Q"), " A")
}

// isAskMark reports whether a line is only the Q or A that FactSet prints.
func isAskMark(line string) bool { return line == "Q" || line == "A" }

// skipRole returns the index of the first line after the title and firm that
// stand under a name at line i, as they are listed, over as many lines as they
// take.
func (v *vendorReader) skipRole(i int, l listing, may bool) int {
	if !may {
		return i
	}
	if isAskMark(v.doc.line(i)) {
		i++
	}
	for _, role := range l.printedRoles() {
		if end, is := v.roleEnd(i, role); is {
			if isAskMark(v.doc.line(end)) {
				end++
			}
			return end
		}
	}
	if line := v.doc.line(i); trimAsk(line) != line || v.isVendorRole(i) {
		return i + 1
	}
	return i
}

// roleEnd returns the index of the line after a role that stands at line i,
// perhaps on the next page.
func (v *vendorReader) roleEnd(i int, role string) (end int, is bool) {
	rest := folded(role)
	for ; rest != "" && i < len(v.doc.lines); i++ {
		line := folded(trimAsk(v.doc.line(i)))
		after, is := strings.CutPrefix(rest, line)
		if line == "" || !is {
			if line != "" && v.isFurniture(v.doc.line(i)) {
				continue
			}
			return 0, false
		}
		rest = strings.TrimSpace(after)
		if rest == "" {
			return i + 1, true
		}
	}
	return 0, false
}

// printedRoles are the forms in which a listing's title and firm may stand
// under the name.
func (l *listing) printedRoles() []string {
	if l.firm == "" || l.title == "" {
		return []string{l.firm + l.title}
	}
	return []string{l.firm + " - " + l.title, l.title + ", " + l.firm}
}

func (v *vendorReader) isFurniture(line string) bool {
	if isPageFurniture(line) || isAdvertisement(line) || v.repeated[line] {
		return true
	}
	if !strings.Contains(line, " / ") && !strings.Contains(line, " | ") || endsInSentence(line) {
		return false
	}
	lower := strings.ToLower(line)
	return strings.Contains(lower, "earnings call") || strings.Contains(lower, "conference call") || strings.Contains(lower, "earnings release")
}

// endsCall reports whether a line begins the legal notes after the call.
func (v *vendorReader) endsCall(line string) bool {
	if len(v.script.parts) == 0 {
		return false
	}
	switch line {
	case "DISCLAIMER", "Disclaimer":
		return true
	default:
		return strings.HasPrefix(line, "These materials have been prepared solely for information purposes")
	}
}
