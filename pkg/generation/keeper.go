package generation

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

const (
	// keeperLook is how often it is looked how far generations are.
	keeperLook = time.Second
	// sweepEvery is how often what a generation left behind is removed once
	// more: a worker that was cut off may have made something of it since.
	sweepEvery = time.Minute
	// sweepAfter is how long workers are given to stop before what they made is
	// removed.
	sweepAfter = 3 * time.Second
	// rememberDropped is how long a generation that was given up stays in the
	// roster. It is longer than the broker remembers the ids of its events, so
	// that none of another generation of the same name are taken for copies.
	rememberDropped = 15 * time.Minute
	// nearly is the share of a generation's events that may be on their way when
	// it counts as caught up: while transcripts come in, some always are.
	nearly = 200
)

// Keeper sees to what no stage does: it notes which generations have caught up,
// gives up those that were kept long enough, and removes what was left by those
// that were given up. Any number of them may run at the same time.
type Keeper struct {
	Broker *messaging.Broker
	Store  redis.UniversalClient
	Roster *messaging.RosterView
	Log    *zap.Logger

	swept time.Time
	plan  *callrankv1.Roster
}

// Run works until the context ends.
func (k *Keeper) Run(ctx context.Context) error {
	ticker := time.NewTicker(keeperLook)
	defer ticker.Stop()
	for {
		roster, changed := k.Roster.Roster()
		if err := k.look(ctx, roster); err != nil && ctx.Err() == nil {
			k.Log.Warn("generations could not be seen to, trying again", zap.Error(err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		case <-ticker.C:
		}
	}
}

func (k *Keeper) look(ctx context.Context, roster *callrankv1.Roster) error {
	now := time.Now()
	caughtUp, err := k.caughtUp(ctx, roster)
	if err != nil {
		return err
	}
	if len(caughtUp) > 0 || len(late(roster, now)) > 0 {
		return k.note(ctx, caughtUp, now)
	}
	// On every change of the roster, since what was still read may be no more.
	if k.plan == roster && now.Sub(k.swept) < sweepEvery || stopping(roster, now) {
		return nil
	}
	if err := k.sweep(ctx, roster); err != nil {
		return err
	}
	k.plan, k.swept = roster, now
	return nil
}

// note writes down which generations have caught up, and gives up those that
// were kept long enough.
func (k *Keeper) note(ctx context.Context, caughtUp map[string]uint64, now time.Time) error {
	_, err := k.Broker.ChangeRoster(ctx, func(roster *callrankv1.Roster) error {
		for _, g := range roster.GetGenerations() {
			if calls, is := caughtUp[g.GetName()]; is && g.GetCaughtUpAt() == "" {
				g.CaughtUpAt, g.CaughtUpCalls = printTime(now), calls
			}
		}
		for _, g := range late(roster, now) {
			g.DroppedAt = printTime(now)
		}
		return nil
	})
	return err
}

// late are the generations that were kept long enough.
func late(roster *callrankv1.Roster, now time.Time) []*callrankv1.Generation {
	var found []*callrankv1.Generation
	for _, g := range roster.GetGenerations() {
		until := timeOf(g.GetKeepUntil())
		if !until.IsZero() && now.After(until) && g.GetDroppedAt() == "" && g.GetName() != Promoted(roster).GetGeneration() {
			found = append(found, g)
		}
	}
	return found
}

// stopping tells whether a generation was given up a moment ago.
func stopping(roster *callrankv1.Roster, now time.Time) bool {
	return slices.ContainsFunc(roster.GetGenerations(), func(g *callrankv1.Generation) bool {
		return g.GetDroppedAt() != "" && now.Sub(timeOf(g.GetDroppedAt())) < sweepAfter
	})
}

// caughtUp are the generations that have worked on everything there was, with
// how many events that were.
func (k *Keeper) caughtUp(ctx context.Context, roster *callrankv1.Roster) (map[string]uint64, error) {
	var found map[string]uint64
	jobs := Jobs(roster)
	for _, g := range roster.GetGenerations() {
		if g.GetStartedAt() == "" || g.GetCaughtUpAt() != "" || g.GetDroppedAt() != "" {
			continue
		}
		status, err := statusOf(ctx, k.Broker, g, jobs)
		if err != nil {
			return nil, err
		}
		begun := !slices.ContainsFunc(status.GetStages(), func(s *callrankv1.StageProgress) bool { return !s.GetBegun() })
		if begun && status.GetLeft() <= status.GetCalls()/nearly {
			if found == nil {
				found = map[string]uint64{}
			}
			found[g.GetName()] = status.GetDone()
		}
	}
	return found, nil
}

// sweep removes what generations that were given up left behind, and forgets
// those that have left nothing for long enough.
func (k *Keeper) sweep(ctx context.Context, roster *callrankv1.Roster) error {
	jobs := Jobs(roster)
	var forgotten []string
	for _, g := range roster.GetGenerations() {
		if g.GetDroppedAt() == "" {
			continue
		}
		stillRead, err := k.remove(ctx, g, jobs)
		if err != nil {
			return fmt.Errorf("remove what is left of %s: %w", g.GetName(), err)
		}
		base := slices.ContainsFunc(roster.GetGenerations(), func(other *callrankv1.Generation) bool { return other.GetBase() == g.GetName() })
		if !stillRead && !base && g.GetName() != messaging.GenerationLive && time.Since(timeOf(g.GetDroppedAt())) > rememberDropped {
			forgotten = append(forgotten, g.GetName())
		}
	}
	if len(forgotten) == 0 {
		return nil
	}
	_, err := k.Broker.ChangeRoster(ctx, func(roster *callrankv1.Roster) error {
		roster.Generations = slices.DeleteFunc(roster.GetGenerations(), func(g *callrankv1.Generation) bool {
			return slices.Contains(forgotten, g.GetName()) && g.GetDroppedAt() != ""
		})
		return nil
	})
	return err
}

// removeOther removes what the other half of a stage left behind.
func (k *Keeper) removeOther(ctx context.Context, name, stage string) error {
	switch stage {
	case messaging.StageGround:
		if err := k.Broker.Forget(ctx, messaging.AllDue(name), messaging.StageReground+"-"+name); err != nil {
			return err
		}
		return k.Broker.Purge(ctx, messaging.AllDue(name))
	case messaging.StageRank:
		return k.Broker.Forget(ctx, messaging.AllPuts, messaging.StageRefresh+"-"+name)
	}
	return nil
}

// remove removes the consumers, the results, the dead letters and the ranking of
// a generation, but for what others read, and tells whether there is any.
func (k *Keeper) remove(ctx context.Context, g *callrankv1.Generation, jobs []Job) (stillRead bool, err error) {
	wanted := map[string]bool{}
	for _, job := range jobs {
		if job.Generation == g.GetName() {
			wanted[job.Stage] = true
		}
	}
	all := []*callrankv1.Generation{g}
	for at := firstStage(g); at <= rank; at++ {
		if wanted[Stages()[at]] {
			continue
		}
		j := job(all, g, at)
		if err := k.Broker.Forget(ctx, j.inputSubject(), j.Durable()); err != nil {
			return false, err
		}
		if at < rank {
			if err := k.Broker.Purge(ctx, messaging.AllOf(results()[at], g.GetName())); err != nil {
				return false, err
			}
		}
		if err := k.removeOther(ctx, g.GetName(), Stages()[at]); err != nil {
			return false, err
		}
	}
	if err := leaderboard.Open(k.Store, g.GetName()).Unlink(ctx); err != nil {
		return false, err
	}
	return len(wanted) > 0, k.Broker.DropDeadOf(ctx, g.GetName())
}
