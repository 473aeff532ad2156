package generation

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// SeenAt is the generation that readers saw at a time: the promoted one, or for
// a time before it was promoted the one before. A zero time is now.
func SeenAt(roster *callrankv1.Roster, at time.Time) string {
	promotion := Promoted(roster)
	if promoted := timeOf(promotion.GetPromotedAt()); !at.IsZero() && at.Before(promoted) && promotion.GetPrevious() != "" {
		return promotion.GetPrevious()
	}
	return promotion.GetGeneration()
}

// CallsKnown calls visit for the calls that a generation's ranking was made of
// at a time, oldest first, with when each was grounded: of several texts of one
// call the one in force, and of several analyses of it the one that counted. The
// name live is that of the generation that readers saw. A zero time is now.
func CallsKnown(ctx context.Context, broker *messaging.Broker, name string, at time.Time, visit func(known time.Time, call *callrankv1.CallGrounded) error) error {
	roster, err := broker.Roster(ctx)
	if err != nil {
		return err
	}
	if name == messaging.GenerationLive {
		name = SeenAt(roster, at)
	}
	jobs := Jobs(roster)
	of := slices.IndexFunc(jobs, func(j Job) bool { return j.Generation == name && j.Stage == messaging.StageRank })
	if of < 0 {
		return fmt.Errorf("there is no generation %s", name)
	}
	ranking := &jobs[of]
	var generations []string
	for _, source := range ranking.Sources {
		generations = append(generations, source.Generation)
	}
	read := func(visit func(sequence uint64, known time.Time, call *callrankv1.CallGrounded) error) error {
		_, err := broker.GroundedUntil(ctx, generations, at, func(sequence uint64, known time.Time, call *callrankv1.CallGrounded) error {
			if !ranking.Adopt(call.GetProvenance()) {
				return nil
			}
			return visit(sequence, known, call)
		})
		return err
	}
	companies := map[string][]*callrankv1.CallSummary{}
	err = read(func(sequence uint64, _ time.Time, call *callrankv1.CallGrounded) error {
		summary := conviction.Summarise(call.GetProvenance(), call.GetAnalysis(), sequence)
		ticker := summary.GetCall().GetTicker()
		companies[ticker], _ = conviction.Merge(companies[ticker], summary)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the calls: %w", err)
	}
	inForce := map[uint64]bool{}
	for _, calls := range companies {
		for _, call := range calls {
			inForce[call.GetGroundedSequence()] = true
		}
	}
	err = read(func(sequence uint64, known time.Time, call *callrankv1.CallGrounded) error {
		if !inForce[sequence] {
			return nil
		}
		return visit(known, call)
	})
	if err != nil {
		return fmt.Errorf("read the calls: %w", err)
	}
	return nil
}
