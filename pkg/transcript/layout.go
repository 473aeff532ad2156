package transcript

import (
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// readScript recognises the layout of a text and reads it by it.
func readScript(src Source, doc *document) *script {
	shape := shapeOf(doc)
	switch {
	case shape.vendor:
		return readVendor(doc, callrankv1.LayoutStreetEvents)
	case shape.dashes >= 2:
		return readDashes(doc, shape.motleyFool(src, callrankv1.LayoutMotleyFoolOld))
	case shape.lists && shape.names >= 1 && !shape.fullTranscript:
		return readNameLines(doc, callrankv1.LayoutSeekingAlpha)
	case shape.fullTranscript || shape.colons >= 3 && shape.colonNames >= 2 && shape.colons > shape.names:
		return readColon(doc, shape.colonLayout(src))
	case shape.names >= 3:
		return readNameLines(doc, callrankv1.LayoutSeekingAlpha)
	case runsOn(doc):
		return readRunOn(doc, shape.motleyFool(src, callrankv1.LayoutMotleyFoolOld))
	default:
		return readFlat(doc)
	}
}

// shape is what tells layouts apart: how many lines are headings of which
// form, and marks that only one publisher prints.
type shape struct {
	dashes         int // "Name -- Title"
	colons         int // "Name: speech"
	colonNames     int // distinct names of these
	names          int // a name or label alone
	lists          bool
	fullTranscript bool
	fool           bool
	vendor         bool
}

func shapeOf(doc *document) *shape {
	s := &shape{}
	colonNames := map[string]bool{}
	var vendor vendorShape
	for i := range doc.lines {
		line := doc.line(i)
		if line == "" {
			continue
		}
		if len(line) <= longestHeading {
			s.countShort(line)
			vendor.count(line)
		}
		s.fool = s.fool || strings.Contains(line[:min(len(line), longestHeading)], "Motley Fool")
		if h, speech, is := splitColon(line); is && speech < len(line) {
			s.colons++
			colonNames[h.name] = true
		}
	}
	s.colonNames = len(colonNames)
	s.vendor = vendor.is(s)
	return s
}

// vendorShape is what tells the text of a vendor's PDF.
type vendorShape struct {
	lists, presentation, callstreet bool
	hyphens                         int // "Name - Firm - Title"
}

func (v *vendorShape) count(line string) {
	_, list := vendorList(line)
	v.lists = v.lists || list
	v.presentation = v.presentation || isPresentationMark(line) || line == "QUESTIONS AND ANSWERS"
	v.callstreet = v.callstreet || strings.Contains(line, "FactSet CallStreet") || strings.Contains(line, "S&P Global Market Intelligence")
	if _, is := hyphenHeading(line); is {
		v.hyphens++
	}
}

// is reports whether a text is a vendor's: it has the lists or, where its front
// is missing, headings or marks that only vendors print.
func (v *vendorShape) is(s *shape) bool {
	const fewestHeadings = 3
	return v.lists && (v.presentation || v.callstreet) || v.callstreet && s.names >= fewestHeadings || v.hyphens >= fewestHeadings && !s.lists
}

func (s *shape) countShort(line string) {
	if _, is := splitDashes(line); is {
		s.dashes++
		return
	}
	if _, is := labelKind(line); is && !strings.HasSuffix(line, ":") || isFullName(line) {
		s.names++
	}
	if _, is := listHeading(line); is && strings.Contains(strings.ToLower(line), "participants") {
		s.lists = true
	}
	if strings.EqualFold(line, markerFullTranscript) {
		s.fullTranscript = true
	}
}

// motleyFool is the layout of a Motley Fool page: a layout of its own where
// the page is the text of a JSON document.
func (s *shape) motleyFool(src Source, layout string) string {
	if strings.HasPrefix(src.Container, containerJSON) {
		return callrankv1.LayoutMotleyFoolJSON
	}
	return layout
}

func (s *shape) colonLayout(src Source) string {
	switch {
	case s.fullTranscript || s.fool:
		return s.motleyFool(src, callrankv1.LayoutMotleyFool)
	case src.Container == containerJSON+"transcript":
		return callrankv1.LayoutMotleyFoolJSON
	default:
		return callrankv1.LayoutFMP
	}
}

// runsOn reports whether headings of an older Motley Fool page stand in
// running text.
func runsOn(doc *document) bool {
	if strings.Count(doc.text, "--") < 2 {
		return false
	}
	dashed := 0
	for _, h := range findRunOn(doc.words) {
		if !h.mark && h.name != nameOperator {
			dashed++
		}
	}
	return dashed >= 3
}
