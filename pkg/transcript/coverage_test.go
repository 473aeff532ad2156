package transcript_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// coverage counts the words of texts by what they are: speech, or else a line
// between turns, above the first or below the last that can be recognised
// without the reader.
type coverage struct {
	calls                                     int
	words, spoken, above, headings, furniture int
	below, lost                               int
}

// TestEveryWordOfARealCallIsSpeechOrCanBeRecognised looks at what no turn
// covers. Between turns it must be a heading, the mark of a section, or what
// comes back on every page or is known of publishers; above the first turn and
// below the last there is no speech either.
func TestEveryWordOfARealCallIsSpeechOrCanBeRecognised(t *testing.T) {
	t.Parallel()
	tally := map[string]*coverage{}
	for _, file := range realFiles(t) {
		src := realSource(t, file)
		call, err := transcript.Read(src, transcript.Facts{})
		require.NoError(t, err, file)
		layout := call.GetCall().GetLayout()
		if tally[layout] == nil {
			tally[layout] = &coverage{}
		}
		tally[layout].count(t, file, src, call)
	}
	logCoverage(t, tally)
	for layout, c := range tally {
		require.Zero(t, c.lost, layout)
	}
}

func (c *coverage) count(t *testing.T, file string, src transcript.Source, call *callrankv1.Transcript) {
	t.Helper()
	c.calls++
	known := newKnownLines(src, call)
	end := 0
	for i, turn := range call.GetTurns() {
		start := int(turn.GetSpeech().GetStart())
		for line := range strings.Lines(src.Text[end:start]) {
			n := len(strings.Fields(line))
			switch {
			case n == 0:
			case i == 0:
				c.above += n
				if n > 60 {
					c.lose(t, file, n, line)
				}
			case known.isHeading(line):
				c.headings += n
			case known.isFurniture(line):
				c.furniture += n
			default:
				c.furniture += n
				c.lose(t, file, n, line)
			}
		}
		end = int(turn.GetSpeech().GetEnd())
		c.spoken += len(strings.Fields(src.Text[int(turn.GetSpeech().GetStart()):end]))
	}
	c.belowTurns(t, file, src.Text[end:], known)
	c.words = c.spoken + c.above + c.headings + c.furniture + c.below
}

// belowTurns counts what stands below the last turn: up to a phrase with which
// publishers end a call, it must be recognised like what stands between turns.
func (c *coverage) belowTurns(t *testing.T, file, text string, known *knownLines) {
	t.Helper()
	ended := false
	for line := range strings.Lines(text) {
		n := len(strings.Fields(line))
		c.below += n
		ended = ended || publishersEnd.MatchString(strings.TrimSpace(line)) || endsOnOneLine.MatchString(line)
		if n > 0 && !ended && !known.isHeading(line) && !known.isFurniture(line) {
			c.lose(t, file, n, line)
		}
	}
}

func (c *coverage) lose(t *testing.T, file string, words int, line string) {
	t.Helper()
	c.lost += words
	t.Logf("%s: %d words that nobody says: %.60q …", file, words, strings.TrimSpace(line))
}

var (
	// publishersEnd begins what stands below a call.
	publishersEnd = regexp.MustCompile(`(?i)^(Duration: \d|Call participants:?$|Read Next$|This article is a transcript|Disclaimer$|Editor$|More \S+ analysis$|All earnings call transcripts$|These materials have been|[-‐ ]*end[-‐ ]*$)`)
	// publishersLines stand in the middle of a call.
	publishersLines = regexp.MustCompile(`^(\d+ stocks we like better|When our (award-winning )?analyst team|They just revealed|See the \d+ stocks|\*Stock Advisor returns|\*.*returns as of|Image source:|Need a quote|Continue »|\[Operator |Copyright|©|[.…_=\-]{5,}$)`)
	// endsOnOneLine is the end of a page of which the line breaks are lost.
	endsOnOneLine = regexp.MustCompile(`^\s*(Operator )?(\[Operator signoff\] )?Duration: \d`)
	digits        = regexp.MustCompile(`\d+`)
)

// sectionMarks are lines that name a section.
var sectionMarks = []string{
	"prepared remarks", "presentation", "questions & answers", "questions and answers", "question-and-answer session", "question and answer session", "question and answer section", "question and answer",
	"management discussion section", "contents", "full conference call transcript", "takeaways", "risks", "summary", "industry glossary", "questions and answers session",
}

// knownLines recognises what stands around speech, from the lines of the text
// and from who was found to be on the call.
type knownLines struct {
	count  map[string]int
	people map[string]bool // words of names, titles and firms
}

func newKnownLines(src transcript.Source, call *callrankv1.Transcript) *knownLines {
	k := &knownLines{count: map[string]int{}, people: map[string]bool{"operator": true, "unidentified": true, "speaker": true, "analyst": true, "q": true, "a": true, "research": true, "division": true}}
	for line := range strings.Lines(src.Text) {
		k.count[shapeOfLine(line)]++
	}
	for _, p := range call.GetParticipants() {
		for word := range strings.FieldsSeq(p.GetName() + " " + p.GetTitle() + " " + p.GetAffiliation()) {
			k.people[plainWord(word)] = true
		}
	}
	for _, e := range call.GetExchanges() {
		for word := range strings.FieldsSeq(e.GetAnalyst() + " " + e.GetFirm()) {
			k.people[plainWord(word)] = true
		}
	}
	return k
}

func shapeOfLine(line string) string { return digits.ReplaceAllString(folded(line), "0") }

func plainWord(word string) string { return strings.ToLower(strings.Trim(word, ".,;:()-–—&")) }

// isHeading reports whether a line holds only words of names, titles and firms,
// or names a section.
func (k *knownLines) isHeading(line string) bool {
	line = folded(line)
	if slices.Contains(sectionMarks, strings.ToLower(strings.TrimSuffix(line, ":"))) {
		return true
	}
	strange := 0
	for word := range strings.FieldsSeq(line) {
		if word = plainWord(word); word != "" && !k.people[word] {
			strange++
		}
	}
	const ofRole = 2 // words of a role that the list writes otherwise
	return strange == 0 || strange <= ofRole && len(line) < 120 && !strings.ContainsAny(line[len(line)-1:], ".?!")
}

// isFurniture reports whether a line comes back in the text, or is one of a
// publisher's.
func (k *knownLines) isFurniture(line string) bool {
	line = strings.TrimSpace(line)
	return k.count[shapeOfLine(line)] >= 3 || publishersLines.MatchString(line)
}

func logCoverage(t *testing.T, tally map[string]*coverage) {
	t.Helper()
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "layout\tcalls\twords\tin turns\tabove\theadings\tfurniture\tbelow\tlost\t")
	for _, layout := range slices.Sorted(maps.Keys(tally)) {
		c := tally[layout]
		fmt.Fprintf(w, "%s\t%d\t%d\t%.2f%%\t%d\t%d\t%d\t%d\t%d\t\n", layout, c.calls, c.words, 100*float64(c.spoken)/float64(c.words), c.above, c.headings, c.furniture, c.below, c.lost)
	}
	require.NoError(t, w.Flush())
	t.Log("\n" + b.String())
}
