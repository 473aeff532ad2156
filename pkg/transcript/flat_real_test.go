package transcript_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/tests/realcalls"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// spokenTurn is a turn of a call whose headings tell who speaks, at its place
// in the text without them.
type spokenTurn struct {
	who, kind, section string
	start, end         int
}

// withoutHeadings is a call set as one line of speech, with what its headings
// told of it.
func withoutHeadings(t *testing.T, file string) (text string, turns []spokenTurn) {
	t.Helper()
	src, call := read(t, string(realcalls.Read(t, file)))
	var b strings.Builder
	for _, turn := range call.GetTurns() {
		words := folded(said(src, turn.GetSpeech()))
		if turn.GetSection() == callrankv1.SectionTakeaways || words == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		who := call.GetParticipants()[turn.GetParticipant()]
		turns = append(turns, spokenTurn{who.GetName(), party(who.GetKind()), turn.GetSection(), b.Len(), b.Len() + len(words)})
		b.WriteString(words)
	}
	return b.String(), turns
}

// party is a kind of participant, investor relations counted with management.
func party(kind string) string {
	if kind == callrankv1.KindIR {
		return callrankv1.KindExecutive
	}
	return kind
}

// hearingTally counts words by who said them and who was taken to.
type hearingTally struct {
	words, party             int // words, and those given to the right party
	management, named, right int // of management: all, given to somebody by name, to the right one
	askedAsAnswered          int // of analysts, taken for management's
	answeredAsAsked          int // of management, taken for an analyst's
}

// count compares the words of one turn with whom a turn that was made out gives
// them to.
func (h *hearingTally) count(truth spokenTurn, heard *callrankv1.Participant, words int) {
	kind := party(heard.GetKind())
	h.words += words
	if kind == truth.kind {
		h.party += words
	}
	switch {
	case truth.kind == callrankv1.KindAnalyst && kind == callrankv1.KindExecutive:
		h.askedAsAnswered += words
	case truth.kind == callrankv1.KindExecutive && kind == callrankv1.KindAnalyst:
		h.answeredAsAsked += words
	}
	if truth.kind != callrankv1.KindExecutive {
		return
	}
	h.management += words
	if kind == callrankv1.KindExecutive && !strings.HasPrefix(heard.GetName(), "Unknown ") {
		h.named += words
		if sameName(truth.who, heard.GetName()) {
			h.right += words
		}
	}
}

// sameName reports whether two names share a word, or the first three letters
// of one: vendors write the same person's name in many ways.
func sameName(a, b string) bool {
	const told = 3
	for x := range strings.FieldsSeq(strings.ToLower(a)) {
		for y := range strings.FieldsSeq(strings.ToLower(b)) {
			if n := min(len(x), len(y)); x == y || n >= told && x[:told] == y[:told] {
				return true
			}
		}
	}
	return false
}

func share(part, of int) float64 { return float64(part) / float64(max(of, 1)) }

// A call whose headings are taken away must be read nearly as with them: in the
// prepared remarks the right person speaks, in the question session the right
// party; and a person is only named where that is right.
func TestACallIsHeardWithoutItsHeadingsAsItIsReadWithThem(t *testing.T) {
	t.Parallel()
	tally := map[string]*hearingTally{callrankv1.SectionPrepared: {}, callrankv1.SectionQA: {}}
	calls := 0
	for _, l := range labels(t) {
		if strings.HasPrefix(l.file, "flat/") {
			continue
		}
		text, turns := withoutHeadings(t, "transcripts/"+l.file)
		src, call := read(t, text)
		if call.GetCall().GetLayout() != callrankv1.LayoutFlat {
			continue // what is left of the headings is read as some
		}
		calls++
		requireOrdered(t, src, call)
		compareHearing(tally, text, turns, call)
	}
	for _, section := range slices.Sorted(maps.Keys(tally)) {
		h := tally[section]
		t.Logf("%-8s %d calls, %d words: right party %.4f; management's %d: named %.4f, of these right %.4f; analysts' taken for management's %.4f, the other way %.4f of all words",
			section, calls, h.words, share(h.party, h.words), h.management, share(h.named, h.management), share(h.right, h.named), share(h.askedAsAnswered, h.words), share(h.answeredAsAsked, h.words))
	}
	prepared, session := tally[callrankv1.SectionPrepared], tally[callrankv1.SectionQA]
	require.Greater(t, share(prepared.party, prepared.words), 0.95)
	require.Greater(t, share(prepared.named, prepared.management), 0.95)
	require.Greater(t, share(prepared.right, prepared.named), 0.97)
	require.Greater(t, share(session.party, session.words), 0.92)
	require.Greater(t, share(session.right, session.named), 0.94)
	require.Less(t, share(session.askedAsAnswered, session.words), 0.02)
	require.Less(t, share(session.answeredAsAsked, session.words), 0.015)
}

// compareHearing counts, word for word, whom the turns made out give the words
// of the turns as they were spoken to.
func compareHearing(tally map[string]*hearingTally, text string, turns []spokenTurn, call *callrankv1.Transcript) {
	heard := call.GetTurns()
	next := 0
	for _, truth := range turns {
		if truth.kind == callrankv1.KindUnknown {
			continue
		}
		at := truth.start
		for word := range strings.FieldsSeq(text[truth.start:truth.end]) {
			at += strings.Index(text[at:], word)
			for next+1 < len(heard) && int(heard[next+1].GetSpeech().GetStart()) <= at {
				next++
			}
			tally[truth.section].count(truth, call.GetParticipants()[heard[next].GetParticipant()], 1)
			at += len(word)
		}
	}
}
