package transcript

// script is a call as its layout shows it, before anything is concluded about
// who is who: parts under headings, in the order of the text.
type script struct {
	layout string
	parts  []part
	listed []listing
	// header are the lines outside the speech in which the call may be named:
	// title, page header, date.
	header []span
	// questionsFrom is the index of the first part of the question session where
	// the layout marks it, else -1.
	questionsFrom int
	// cut is set when the text ends with a heading and no speech under it.
	cut bool
}

// part is what stands under one heading.
type part struct {
	heading heading
	section string // takeaways, else empty
	// inferred is set where no heading names the speaker: who it is was
	// concluded from what is said.
	inferred bool
	speech   []span // more than one where page furniture comes between
}

// heading is what a layout says of a speaker above the speech. All of it may
// be empty: then nobody is named.
type heading struct {
	name, title, firm string
	kind              string // where the layout itself tells it, else empty
	company           bool   // whether he surely speaks for the company
}

// listing is a person as the lists of participants name him.
type listing struct {
	name, title, firm string
	outside           bool // among those who are not of the company
}

// scribe puts a script together while a reader walks through the text.
type scribe struct {
	doc    *document
	script script
	open   bool // whether the last span of the last part may grow
	whole  bool // whether the end of the call was seen
}

func newScribe(doc *document, layout string) *scribe {
	return &scribe{doc: doc, script: script{layout: layout, questionsFrom: -1}}
}

// head begins a part.
func (s *scribe) head(h heading) {
	s.script.parts = append(s.script.parts, part{heading: h})
	s.open = false
}

// infer begins a part whose speaker was concluded from what is said.
func (s *scribe) infer(h heading) {
	s.head(h)
	s.script.parts[len(s.script.parts)-1].inferred = h.name != ""
}

// say adds speech to the current part, or to a part without a heading if there
// is none yet.
func (s *scribe) say(at span) {
	if at.empty() {
		return
	}
	if len(s.script.parts) == 0 {
		s.head(heading{})
	}
	current := &s.script.parts[len(s.script.parts)-1]
	if s.open && !s.doc.apart(current.speech[len(current.speech)-1].end, at.start) {
		current.speech[len(current.speech)-1].end = at.end
		return
	}
	current.speech = append(current.speech, at)
	s.open = true
}

// pause notes that what stands here is not speech: what is said after it is a
// span of its own.
func (s *scribe) pause() { s.open = false }

// takeaway adds a part of the publisher's summary.
func (s *scribe) takeaway(at span, publisher string) {
	s.script.parts = append(s.script.parts, part{
		heading: heading{name: publisher},
		section: sectionTakeaways,
		speech:  []span{at},
	})
	s.open = false
}

// questions notes that the question session begins here. Only the first such
// mark counts.
func (s *scribe) questions() {
	if s.script.questionsFrom < 0 {
		s.script.questionsFrom = len(s.script.parts)
	}
	s.open = false
}

// header notes a line in which the call is named.
func (s *scribe) header(at span) { s.script.header = append(s.script.header, at) }

func (s *scribe) list(l listing) { s.script.listed = append(s.script.listed, l) }

// ended notes that what follows in the document is not the call: it is whole.
func (s *scribe) ended() { s.whole = true }

// done drops headings without speech and returns the script.
func (s *scribe) done() *script {
	out := &s.script
	if n := len(out.parts); n > 0 && (len(out.parts[n-1].speech) == 0 || s.doc.cut) {
		out.cut = !s.whole
	}
	kept := out.parts[:0]
	questions := -1
	for i := range out.parts {
		if i == out.questionsFrom {
			questions = len(kept)
		}
		if len(out.parts[i].speech) > 0 {
			kept = append(kept, out.parts[i])
		}
	}
	out.parts, out.questionsFrom = kept, questions
	return out
}
