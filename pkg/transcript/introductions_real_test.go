package transcript_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/tests/realcalls"
	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func TestEveryTurnOfARealCallHasASpeakerAndAKind(t *testing.T) {
	t.Parallel()
	kinds := []string{callrankv1.KindExecutive, callrankv1.KindIR, callrankv1.KindAnalyst, callrankv1.KindOperator, callrankv1.KindUnknown}
	for _, l := range labels(t) {
		src, call := read(t, string(realcalls.Read(t, "transcripts/"+l.file)))
		require.NotEmpty(t, call.GetTurns(), l.file)
		for i, turn := range call.GetTurns() {
			who := call.GetParticipants()[turn.GetParticipant()]
			require.NotEmpty(t, who.GetName(), "turn %d of %s", i, l.file)
			require.Contains(t, kinds, who.GetKind(), "%s in %s", who.GetName(), l.file)
			require.NotEmpty(t, strings.TrimSpace(said(src, turn.GetSpeech())), "turn %d of %s", i, l.file)
		}
	}
}

// announcing is what an operator says of who asks next, read as simply as can
// be: after "question ... from" or "line of" a name of two words or more, and a
// firm after it or the end of the sentence.
var announcing = regexp.MustCompile(`(?:question\b[^.?!]{0,50}?\bfrom|[Ll]ine of|go (?:next )?to)(?: the line of)?(?: Mr\.| Ms\.| Dr\.)? ((?:[A-Z][\p{L}'’.-]+ ){1,3}[A-Z][\p{L}'’-]+)(?:,? (?:with|from|at|of|representing)\b|,|\.|$)`)

// announcedIn is the last name that an operator's turn announces; empty if none.
func announcedIn(words string) string {
	all := announcing.FindAllStringSubmatch(words, -1)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1][1]
}

// asksNext is the analyst who speaks first after turn i, before the operator
// speaks again, and how he begins; nil if the operator does at once, as where a
// line is lost.
func asksNext(src transcript.Source, call *callrankv1.Transcript, i int) (who *callrankv1.Participant, begins string, spoken bool) {
	for k, turn := range call.GetTurns()[i+1:] {
		who := call.GetParticipants()[turn.GetParticipant()]
		switch who.GetKind() {
		case callrankv1.KindAnalyst:
			return who, folded(said(src, turn.GetSpeech())), true
		case callrankv1.KindOperator:
			return nil, "", k > 0
		}
	}
	return nil, "", true
}

// isLabel reports whether a heading says that it does not know the name.
func isLabel(name string) bool {
	for _, label := range [...]string{"Unidentified", "Unknown", "Analyst", "Speaker"} {
		if strings.HasPrefix(name, label) {
			return true
		}
	}
	return false
}

// standsIn reports whether a turn begins with the words of somebody who speaks
// for the one announced: "This is Jane Roe on for John."
func standsIn(begins, announced string) bool {
	const opening = 250 // bytes
	begins = begins[:min(len(begins), opening)]
	for name := range strings.FieldsSeq(announced) {
		if at := strings.Index(begins, name); at >= 0 && inPlaceOf.MatchString(begins[:at]) {
			return true
		}
	}
	return false
}

var inPlaceOf = regexp.MustCompile(`(?i)\b(?:for|behalf of|filling in|subbing|here)\b`)

// unanswered are the announcements after which somebody else speaks, or nobody,
// by file and name announced, and why.
var unanswered = map[string]map[string]string{
	"flat/MSFT_2025_Q4.txt":                                                     {"Cash Rangan": "the recogniser of speech wrote the given name as a word that is no name"},
	"motley_fool_json/CSBR_None_QNone_3bc211.json":                              {"Matthew Hewitt": "a colleague asks for Matt"},
	"motley_fool_new/FIG_2025_Q4.txt":                                           {"Billy Fitzsimmons": "the heading is that of the one who asked before", "Parker Lane": "the heading is that of the one who asked before"},
	"motley_fool_new/MDB_2026_Q1.txt":                                           {"Mike Cikos": "the headings give the words of the finance chief to him too"},
	"motley_fool_old/BKNG_2022_Q1.txt":                                          {"Mark Mahaney": "his line is lost"},
	"motley_fool_old/INTC_2019_Q1.txt":                                          {"Joe Moore": "his line is lost"},
	"motley_fool_old/INTC_2020_Q3.txt":                                          {"Pierre Ferragu": "his line is lost"},
	"motley_fool_old/TEAM_2022_Q2.txt":                                          {"James Fish": "a colleague asks for Jim"},
	"motley_fool_old/TSLA_2018_Q2.txt":                                          {"George Galliers": "his line is lost"},
	"seeking_alpha/CHA_2025_Q2.txt":                                             {"Xiaopo Wei": "management speaks once more before he does"},
	"seeking_alpha/CLS_2025_Q3.txt":                                             {"Todd Coupland": "a colleague asks without saying so"},
	"seeking_alpha/HUBS_2025_Q4.txt":                                            {"Evercore ISI": "only the firm is announced"},
	"seeking_alpha/IT_2025_Q4.txt":                                              {"George Tong": "his question is missing from the text"},
	"seeking_alpha/LEVI_2025_Q4.txt":                                            {"Tracy Kogan": "a colleague asks in her place"},
	"seeking_alpha/URBN_2025_Q1.txt":                                            {"The Retail Tracker": "only the firm stands after \"from\""},
	"street_events/Q3_2022_First_Industrial_Realty_Trust_Inc_Earnings_Call.txt": {"Nick Yulico": "a colleague asks on his line"},
}

// readOut are calls in which the host reads the questions himself.
var readOut = map[string]bool{"motley_fool_json/NFLX_2025_Q4_4d7adb.json": true}

func TestWhoAsksIsWhomTheOperatorAnnounces(t *testing.T) {
	t.Parallel()
	next, slots := map[string]*agreement{}, map[string]*agreement{}
	for _, l := range labels(t) {
		src, call := read(t, string(realcalls.Read(t, "transcripts/"+l.file)))
		layout := call.GetCall().GetLayout()
		if next[layout] == nil {
			next[layout], slots[layout] = &agreement{}, &agreement{}
		}
		countAnnounced(t, l.file, src, call, next[layout], slots[layout])
	}
	for _, layout := range slices.Sorted(maps.Keys(next)) {
		if next[layout].all == 0 {
			continue // announced in other words
		}
		t.Logf("%-17s speaks next %v %.4f, has an exchange %v %.4f", layout, next[layout], next[layout].share(), slots[layout], slots[layout].share())
		require.GreaterOrEqual(t, next[layout].share(), 0.99, layout)
		require.GreaterOrEqual(t, slots[layout].share(), 0.99, layout)
	}
}

func countAnnounced(t *testing.T, file string, src transcript.Source, call *callrankv1.Transcript, next, slots *agreement) {
	t.Helper()
	for i, turn := range call.GetTurns() {
		if turn.GetSection() != callrankv1.SectionQA || call.GetParticipants()[turn.GetParticipant()].GetKind() != callrankv1.KindOperator {
			continue
		}
		name := announcedIn(folded(said(src, turn.GetSpeech())))
		if name == "" {
			continue
		}
		if _, is := unanswered[file][name]; is {
			continue
		}
		who, begins, spoken := asksNext(src, call, i)
		unnamed := isLabel(who.GetName())
		if !spoken || readOut[file] || standsIn(begins, name) || who != nil && sameName(who.GetAffiliation(), name) {
			continue
		}
		follows, has := unnamed || sameName(who.GetName(), name), hasExchangeWith(call, name)
		next.count(follows)
		slots.count(has)
		if !follows || !has {
			t.Logf("%s: %q is announced, %q speaks, exchange %v: %s", file, name, who.GetName(), has, begins[:min(len(begins), 120)])
		}
	}
}

func hasExchangeWith(call *callrankv1.Transcript, name string) bool {
	return slices.ContainsFunc(call.GetExchanges(), func(e *callrankv1.Exchange) bool { return sameName(e.GetAnalyst(), name) })
}
