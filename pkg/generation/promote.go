package generation

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

var (
	// ErrBehind is the error of promoting a generation that has not caught up.
	ErrBehind = errors.New("it has not caught up")
	// ErrDropped is the error of promoting a generation that was given up.
	ErrDropped = errors.New("it was given up")
	// ErrPromoted is the error of giving up the generation that readers see.
	ErrPromoted = errors.New("readers see it")
)

// Promotion says how a generation is promoted.
type Promotion struct {
	// Unfinished promotes it although it has not caught up.
	Unfinished bool
	// Keep is how long the one that readers saw before is kept, up to date, so
	// that promoting it takes everything back; for good unless set.
	Keep time.Duration
}

// Promote has readers see a generation. They do from one moment to the next; the
// changes are announced by the workers as one batch. Promoting the one they saw
// before takes it back. Promoting the one they see changes nothing.
func Promote(ctx context.Context, broker *messaging.Broker, name string, how Promotion) (*callrankv1.Promotion, error) {
	status, err := Status(ctx, broker)
	if err != nil {
		return nil, err
	}
	for _, s := range status.GetGenerations() {
		if s.GetGeneration().GetName() == name && s.GetRole() == callrankv1.GenerationRescoring && s.GetLeft() > 0 && !how.Unfinished {
			return nil, fmt.Errorf("%s: %w: %d of %d events are left", name, ErrBehind, s.GetLeft(), s.GetCalls())
		}
	}
	roster, err := broker.ChangeRoster(ctx, func(roster *callrankv1.Roster) error {
		roster.Generations = All(roster)
		g, now := Find(roster.GetGenerations(), name), Promoted(roster)
		switch {
		case g == nil:
			return fmt.Errorf("%s: %w", name, ErrUnknown)
		case g.GetDroppedAt() != "":
			return fmt.Errorf("%s: %w", name, ErrDropped)
		case now.GetGeneration() == name:
			return nil
		}
		at := time.Now()
		if before := Find(roster.GetGenerations(), now.GetGeneration()); before != nil {
			before.RetiredAt = printTime(at)
			if how.Keep > 0 {
				before.KeepUntil = printTime(at.Add(how.Keep))
			}
		}
		g.RetiredAt, g.KeepUntil = "", ""
		number := now.GetNumber() + 1
		roster.Promotion = &callrankv1.Promotion{
			Generation: name, Previous: now.GetGeneration(), Number: number,
			Batch: "promotion-" + strconv.FormatUint(number, 10) + "-" + name, PromotedAt: printTime(at),
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return Promoted(roster), nil
}

// Drop gives a generation up. The workers stop working for it and remove what
// they made for it, but for what another generation reads. Giving up one that
// was given up changes nothing.
func Drop(ctx context.Context, broker *messaging.Broker, name string) error {
	_, err := broker.ChangeRoster(ctx, func(roster *callrankv1.Roster) error {
		roster.Generations = All(roster)
		g := Find(roster.GetGenerations(), name)
		switch {
		case g == nil:
			return fmt.Errorf("%s: %w", name, ErrUnknown)
		case Promoted(roster).GetGeneration() == name:
			return fmt.Errorf("%s: %w: promote another first", name, ErrPromoted)
		case g.GetDroppedAt() == "":
			g.DroppedAt = printTime(time.Now())
		}
		return nil
	})
	return err
}
