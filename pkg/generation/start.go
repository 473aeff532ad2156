package generation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

var (
	// ErrUnknown is the error of naming a generation that there is not.
	ErrUnknown = errors.New("no such generation")
	// ErrExists is the error of beginning one under a name that is taken.
	ErrExists = errors.New("there is a generation of that name")
	// ErrTooOld is the error of beginning with results that are no longer kept.
	ErrTooOld = errors.New("results that old are no longer kept")
)

// Rescore says what a rescore works on, and how.
type Rescore struct {
	// Name is the generation's; one made of the time unless set.
	Name string
	// FromStage is what it begins with; raw unless set.
	FromStage string
	// FromSequence and Since are the first transcript that is worked on again:
	// its place in the CALLS stream, or when it was published. The beginning
	// unless one is set.
	FromSequence uint64
	Since        time.Time
	// Weights is a weights file; the workers' own without.
	Weights []byte
	// Dedicated leaves it to workers that are started for it by name.
	Dedicated bool
}

// Start begins a rescore. The workers take it up by themselves.
func Start(ctx context.Context, broker *messaging.Broker, r Rescore) (*callrankv1.Generation, error) {
	now := time.Now()
	g := &callrankv1.Generation{
		Name: r.Name, FromStage: r.FromStage, Dedicated: r.Dedicated, StartedAt: printTime(now),
	}
	if g.GetFromStage() == "" {
		g.FromStage = callrankv1.FromRaw
	}
	if !slices.Contains(BeginsWith(), g.GetFromStage()) {
		return nil, fmt.Errorf("from stage %q: wants %s", r.FromStage, strings.Join(BeginsWith(), ", "))
	}
	if g.GetName() == "" {
		g.Name = now.UTC().Format("r20060102-150405")
	}
	if err := messaging.ValidGeneration(g.GetName()); err != nil {
		return nil, err
	}
	if len(r.Weights) > 0 {
		weights, err := conviction.ParseWeights(r.Weights)
		if err != nil {
			return nil, err
		}
		g.Weights, g.WeightsVersion = string(r.Weights), weights.Version
	}
	if err := begin(ctx, broker, g, r.FromSequence, r.Since); err != nil {
		return nil, err
	}
	_, err := broker.ChangeRoster(ctx, func(roster *callrankv1.Roster) error {
		all := All(roster)
		if Find(all, g.GetName()) != nil {
			return fmt.Errorf("%s: %w", g.GetName(), ErrExists)
		}
		g.Base = Promoted(roster).GetGeneration()
		roster.Generations = append(slices.Clone(all), g)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return g, nil
}

// begin finds the first transcript that is worked on.
func begin(ctx context.Context, broker *messaging.Broker, g *callrankv1.Generation, from uint64, since time.Time) error {
	oldest, err := broker.FirstCall(ctx, 0, time.Time{})
	if err != nil {
		return err
	}
	first := oldest
	if from > 0 || !since.IsZero() {
		if first, err = broker.FirstCall(ctx, from, since); err != nil {
			return err
		}
	}
	if first.Sequence > oldest.Sequence {
		g.FromSequence, g.FromTime = first.Sequence, printTime(first.Stored)
	}
	at := firstStage(g)
	if at == 0 {
		return nil
	}
	kept, err := broker.Retention(ctx, messaging.AllOf(results()[at-1], messaging.GenerationLive))
	if err != nil {
		return err
	}
	if kept > 0 && time.Since(first.Stored) > kept {
		return fmt.Errorf("%w: those of %s for %s, and the first transcript is of %s; begin with %s, or later with --since",
			ErrTooOld, g.GetFromStage(), kept, first.Stored.UTC().Format(time.DateOnly), callrankv1.FromRaw)
	}
	return nil
}
