package generation

import (
	"slices"
	"time"

	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// FirstBatch marks the promotion of the first generation, which nobody made.
const FirstBatch = "first"

// Promoted is which generation readers see: the first until another was
// promoted.
func Promoted(roster *callrankv1.Roster) *callrankv1.Promotion {
	if p := roster.GetPromotion(); p != nil {
		return p
	}
	return &callrankv1.Promotion{Generation: messaging.GenerationLive, Batch: FirstBatch}
}

// All are the generations, in the order in which they were started. The first
// is among them also where nobody has written it down.
func All(roster *callrankv1.Roster) []*callrankv1.Generation {
	if Find(roster.GetGenerations(), messaging.GenerationLive) != nil {
		return roster.GetGenerations()
	}
	return append([]*callrankv1.Generation{first()}, roster.GetGenerations()...)
}

func first() *callrankv1.Generation {
	return &callrankv1.Generation{Name: messaging.GenerationLive, FromStage: callrankv1.FromRaw}
}

// Find is the generation of a name, or nil.
func Find(all []*callrankv1.Generation, name string) *callrankv1.Generation {
	at := slices.IndexFunc(all, func(g *callrankv1.Generation) bool { return g.GetName() == name })
	if at < 0 {
		return nil
	}
	return all[at]
}

// Stages are the names of the stages, in order.
func Stages() []string {
	return []string{messaging.StageIngest, messaging.StageExtract, messaging.StageQuantify, messaging.StageGround, messaging.StageRank}
}

// results are what the stages hand on, in order; the last hands nothing on.
func results() []string {
	return []string{messaging.ResultIngested, messaging.ResultExtracted, messaging.ResultQuantified, messaging.ResultGrounded}
}

// rank is the place of the last stage.
const rank = 4

// BeginsWith are what a generation may begin with, in the order of the stages
// that are its first then.
func BeginsWith() []string {
	return []string{callrankv1.FromRaw, callrankv1.FromIngested, callrankv1.FromExtracted, callrankv1.FromQuantified, callrankv1.FromGrounded}
}

// firstStage is the place of a generation's first stage of its own.
func firstStage(g *callrankv1.Generation) int {
	return max(slices.Index(BeginsWith(), g.GetFromStage()), 0)
}

// timeOf reads a time of the roster; the zero time where there is none.
func timeOf(text string) time.Time {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}
	}
	return at
}

func printTime(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }
