package transcript

import (
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// markerFullTranscript is the line after which a Motley Fool page prints the
// call itself.
const markerFullTranscript = "Full Conference Call Transcript"

// readColon reads text in which a speaker's name stands before a colon at the
// beginning of a line, as in what the FMP API answers, and in the call of a
// newer Motley Fool page, which has the publisher's summary before it.
func readColon(doc *document, layout string) *script {
	s := newScribe(doc, layout)
	first := 0
	if marker := findLine(doc, markerFullTranscript); marker >= 0 {
		readMotleyFoolHeader(s, marker)
		s.head(heading{}) // for what is said before the first heading
		first = marker + 1
	}
	speakers := colonSpeakers(doc, first)
	begun := first > 0
	for i := first; i < len(doc.lines); i++ {
		at, line := doc.lines[i], doc.line(i)
		switch {
		case line == "":
		case endsCall(line):
			s.ended()
			return s.done()
		case isAdvertisement(line), isPageFurniture(line):
			s.pause()
		case isSectionMark(line):
			if begun && isQuestionsMark(line) {
				s.questions()
			}
			s.pause()
		default:
			h, speech, is := splitColon(line)
			if is && speakers[h.name] {
				begun = true
				s.head(h)
				s.say(trimmed(doc.text, span{at.start + speech, at.end}))
				continue
			}
			if begun = begun || isProse(line); !begun {
				s.header(at)
				continue
			}
			s.say(at)
		}
	}
	return s.done()
}

// colonSpeakers are the names before colons that are taken for speakers': of
// one word only those that come back, since "Note:" may begin any line.
func colonSpeakers(doc *document, first int) map[string]bool {
	count := map[string]int{}
	for i := first; i < len(doc.lines); i++ {
		if h, _, is := splitColon(doc.line(i)); is {
			count[h.name]++
		}
	}
	speakers := make(map[string]bool, len(count))
	for name, n := range count {
		_, label := labelKind(name)
		speakers[name] = n > 1 || label || isFullName(name)
	}
	return speakers
}

// findLine returns the index of the first line that is s, whatever its case;
// -1 if there is none.
func findLine(doc *document, s string) int {
	for i := range doc.lines {
		if strings.EqualFold(doc.line(i), s) {
			return i
		}
	}
	return -1
}

// longestMark is the length in bytes beyond which a line is no mark of a
// section.
const longestMark = 40

// isSectionMark reports whether a line only names a section of the call.
func isSectionMark(line string) bool {
	if len(line) > longestMark || line == "" || strings.IndexByte("pmcq", line[0]|lowerBit) < 0 {
		return false
	}
	switch strings.ToLower(strings.TrimSuffix(line, ":")) {
	case "prepared remarks", "presentation", "management discussion section", "contents":
		return true
	default:
		return isQuestionsMark(line)
	}
}

// isQuestionsMark reports whether a line only names the question session.
func isQuestionsMark(line string) bool {
	if len(line) > longestMark || line == "" || line[0]|lowerBit != 'q' {
		return false
	}
	switch strings.ToLower(strings.TrimSuffix(line, ":")) {
	case "questions & answers", "questions and answers", "question-and-answer session", "question and answer session", "question and answer section",
		"question and answer", "question & answer", "q&a session", "q&a":
		return true
	default:
		return false
	}
}

// The parts of a Motley Fool page above the call.
const (
	foolTitle = iota
	foolDate
	foolParticipants
	foolSummary
)

// readMotleyFoolHeader reads what a newer Motley Fool page prints above the
// call, up to line end: title, date, participants, and the summary in bullets
// and paragraphs. Pages that were scraped may have lost some of the headings.
func readMotleyFoolHeader(s *scribe, end int) {
	within := foolTitle
	for i := range end {
		at, line := s.doc.lines[i], s.doc.line(i)
		if line == "" || isAdvertisement(line) || isRule(line) {
			continue
		}
		if next, is := foolHeading(line); is {
			within = next
			continue
		}
		switch within {
		case foolTitle, foolDate:
			s.header(at)
		case foolParticipants:
			if l, is := foolParticipant(line); is {
				s.list(l)
				continue
			}
			if _, label := labelKind(line); label {
				continue
			}
			within = foolSummary
			s.takeaway(withoutBullet(s.doc.text, at), namePublisherMotly)
		case foolSummary:
			s.takeaway(withoutBullet(s.doc.text, at), namePublisherMotly)
		}
	}
}

func foolHeading(line string) (within int, is bool) {
	switch strings.ToLower(line) {
	case "date":
		return foolDate, true
	case "call participants":
		return foolParticipants, true
	case "takeaways", "risks", "summary", "industry glossary":
		return foolSummary, true
	default:
		return 0, false
	}
}

// foolParticipant reads "- Chief Executive Officer — Jane Roe".
func foolParticipant(line string) (listing, bool) {
	line = strings.TrimLeft(line, "-•* ")
	for _, dash := range [...]string{" — ", " – ", "—", " -- "} {
		i := strings.LastIndex(line, dash)
		if i < 0 {
			continue
		}
		title, name := strings.TrimSpace(line[:i]), strings.TrimSpace(line[i+len(dash):])
		if isPersonName(title) && isTitle(name) {
			title, name = name, title
		}
		if isPersonName(name) && len(line) < longestHeading {
			return listing{name: name, title: title, outside: isAnalystRole(title)}, true
		}
	}
	return listing{}, false
}

// withoutBullet narrows a line to what follows its bullet.
func withoutBullet(text string, at span) span {
	for _, bullet := range [...]string{"- ", "• ", "* ", "· "} {
		if strings.HasPrefix(at.of(text), bullet) {
			return trimmed(text, span{at.start + len(bullet), at.end})
		}
	}
	return at
}

const sectionTakeaways = callrankv1.SectionTakeaways
