package messaging

import (
	"fmt"
	"strings"
)

// The stages, in the order in which a call flows through them. A stage is
// known by the name of its worker; what it has made of a call, by its result.
const (
	StageIngest   = "ingest"
	StageExtract  = "extract"
	StageQuantify = "quantify"
	StageGround   = "ground"
	StageRank     = "rank"
	// StageReground grounds calls again; it is the other half of StageGround.
	StageReground = "reground"
	// StageRefresh asks for calls to be grounded again whose company's
	// fundamentals were put; it is the other half of StageRank.
	StageRefresh = "refresh"
)

// Results of the stages that hand a call on, as their subjects name them.
const (
	ResultIngested   = "ingested"
	ResultExtracted  = "extracted"
	ResultQuantified = "quantified"
	ResultGrounded   = "grounded"
)

// GenerationLive is the generation that readers see unless another has been
// promoted.
const GenerationLive = "live"

// none stands in a subject for a ticker or call that is not known.
const none = "_"

// SubjectCalls is the subject on which the transcript of a company's call is
// published; without a ticker the text is left to tell.
func SubjectCalls(ticker string) string {
	return "calls.ended." + token(ticker)
}

// SubjectStage is the subject of a stage's result for one call.
func SubjectStage(result, generation, callID string) string {
	return "stages." + result + "." + generation + "." + token(callID)
}

// SubjectRanking is the subject of a company's ranking changes.
func SubjectRanking(generation, ticker string) string {
	return "ranking.changed." + generation + "." + token(ticker)
}

// SubjectPut is the subject on which fundamentals of a company are put.
func SubjectPut(ticker string) string { return "fundamentals.put." + token(ticker) }

// SubjectDue is the subject of what asks for a call to be grounded again.
func SubjectDue(generation, callID string) string {
	return "grounding.due." + generation + "." + token(callID)
}

// SubjectDead is the subject of the dead letters of a stage.
func SubjectDead(stage, callID string) string {
	return "dead." + stage + "." + token(callID)
}

// AllCalls is the subject of every published transcript.
const AllCalls = "calls.ended.*"

// AllPuts is the subject of fundamentals put of every company.
const AllPuts = "fundamentals.put.*"

// AllDue is the subject of all of a generation that is to be grounded again.
func AllDue(generation string) string { return "grounding.due." + generation + ".*" }

// AllOf is the subject of a stage's results for every call of a generation.
func AllOf(result, generation string) string {
	return "stages." + result + "." + generation + ".*"
}

// token makes a name safe as one token of a subject. Tickers and call ids are
// safe as they are; anything else that got here must not widen the subject.
func token(name string) string {
	if name == "" {
		return none
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		default:
			return '-'
		}
	}, name)
}

// lastToken is the last token of a subject: the call or ticker it is about.
func lastToken(subject string) string {
	last := subject[strings.LastIndexByte(subject, '.')+1:]
	if last == none {
		return ""
	}
	return last
}

// ValidGeneration tells whether a name can be that of a generation: lower-case
// letters, digits and hyphens, at most 32 of them.
func ValidGeneration(name string) error {
	if name == "" || len(name) > 32 {
		return fmt.Errorf("generation %q: wants 1 to 32 characters", name)
	}
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return fmt.Errorf("generation %q: only lower-case letters, digits and hyphens", name)
		}
	}
	return nil
}
