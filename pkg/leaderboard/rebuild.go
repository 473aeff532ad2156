package leaderboard

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

const (
	// leaseTime is how long a builder that says nothing holds the build.
	leaseTime = 15 * time.Second
	// leaseBeat is how often a builder says that it is at work.
	leaseBeat = leaseTime / 3
)

// Source is what a ranking is built from.
type Source struct {
	// Turn is by which promotion readers see the ranking, if they do.
	Turn Turn
	// Calls hands over the calls of the generation.
	Calls func(ctx context.Context, take func(*callrankv1.CallSummary) error) error
	// Announced hands over, for each company, the change that was announced
	// last and its place in the stream.
	Announced func(ctx context.Context, take func(change *callrankv1.RankingChange, place uint64) error) error
	// Merge adds a call to those of its company, in whatever order they come.
	Merge func(calls []*callrankv1.CallSummary, call *callrankv1.CallSummary) []*callrankv1.CallSummary
	// Stand tells where a company with these calls stands.
	Stand func(ticker string, calls []*callrankv1.CallSummary) *callrankv1.Standing
	// Differs returns the change from what was announced last (nil if nothing
	// was) to where the company stands, or nil if there is none.
	Differs func(announced *callrankv1.RankingChange, standing *callrankv1.Standing) *callrankv1.RankingChange
}

// Built tells what a build found.
type Built struct {
	// Calls and Companies count what went into the ranking.
	Calls, Companies int
	// Changed are the tickers of companies that stand elsewhere than was
	// announced last: their changes are in the outbox.
	Changed []string
}

// State is open, rebuilding, or "" when Redis does not hold the ranking.
func (b *Board) State(ctx context.Context) (string, error) {
	b = b.now()
	epoch, err := b.redis.HMGet(ctx, b.epochKey(), "id", "state").Result()
	if err != nil {
		return "", fmt.Errorf("read the state of the ranking: %w", err)
	}
	if text(epoch, 0) == "" {
		return "", nil
	}
	return text(epoch, 1), nil
}

// Rebuild builds the ranking from the streams. Of several that try at once one
// does it, and the others get ErrRebuilding. A builder that dies is followed
// by the next that tries, a quarter of a minute later, from the beginning.
//
// Where a company stands and what was announced are compared, so that a
// ranking that was wiped and comes back the same announces nothing, and one
// that was wiped between a change and its announcement announces it.
func (b *Board) Rebuild(ctx context.Context, source Source) (Built, error) {
	lease := rand.Text()
	err := b.redis.SetArgs(ctx, b.builderKey(), lease, redis.SetArgs{Mode: "NX", TTL: leaseTime}).Err()
	if errors.Is(err, redis.Nil) {
		return Built{}, ErrRebuilding
	}
	if err != nil {
		return Built{}, fmt.Errorf("take the lease to build the ranking: %w", err)
	}
	ctx, stop := context.WithCancel(ctx)
	var beat sync.WaitGroup
	beat.Go(func() { b.holdLease(ctx, stop, lease) })
	defer beat.Wait()
	defer stop()

	built, err := b.rebuild(ctx, source, lease)
	if err != nil {
		return Built{}, fmt.Errorf("build the ranking: %w", err)
	}
	return built, nil
}

// holdLease renews the lease until the context ends, and ends it when the lease
// is lost to another builder.
func (b *Board) holdLease(ctx context.Context, stop context.CancelFunc, lease string) {
	defer func() {
		// Left alone it lapses by itself.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), ioTimeout)
		defer cancel()
		if b.redis.Get(ctx, b.builderKey()).Val() == lease {
			b.redis.Del(ctx, b.builderKey())
		}
	}()
	ticker := time.NewTicker(leaseBeat)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		holder, err := b.redis.Get(ctx, b.builderKey()).Result()
		if err != nil && !errors.Is(err, redis.Nil) {
			continue
		}
		if holder != lease {
			stop()
			return
		}
		b.redis.PExpire(ctx, b.builderKey(), leaseTime)
	}
}

func (b *Board) rebuild(ctx context.Context, source Source, epoch string) (Built, error) {
	if err := b.begin(ctx, epoch, source.Turn); err != nil {
		return Built{}, err
	}
	built := Built{}
	companies := map[string][]*callrankv1.CallSummary{}
	err := source.Calls(ctx, func(call *callrankv1.CallSummary) error {
		ticker := call.GetCall().GetTicker()
		companies[ticker] = source.Merge(companies[ticker], call)
		return nil
	})
	if err != nil {
		return Built{}, err
	}
	type announcement struct {
		change *callrankv1.RankingChange
		place  uint64
	}
	announced := map[string]announcement{}
	err = source.Announced(ctx, func(change *callrankv1.RankingChange, place uint64) error {
		announced[change.GetTicker()] = announcement{change, place}
		return nil
	})
	if err != nil {
		return Built{}, err
	}
	for _, ticker := range slices.Sorted(maps.Keys(companies)) {
		before := announced[ticker]
		standing := source.Stand(ticker, companies[ticker])
		change := source.Differs(before.change, standing)
		version := max(before.change.GetVersion(), 1)
		if change != nil {
			version = before.change.GetVersion() + 1
			built.Changed = append(built.Changed, ticker)
		}
		company := &Company{ticker: ticker, epoch: epoch, announcing: source.Turn.Batch}
		if _, err := b.write(ctx, company, entry{version: version, standing: standing, change: change, event: "rebuild"}); err != nil {
			return Built{}, err
		}
		if before.place > 0 {
			if err := b.Announced(ctx, ticker, before.change.GetVersion(), before.place); err != nil {
				return Built{}, err
			}
		}
		built.Calls += len(companies[ticker])
		built.Companies++
	}
	return built, b.open(ctx, epoch)
}

// begin opens a new epoch, which fences off every writer of an older one, and
// clears what a builder before may have left.
func (b *Board) begin(ctx context.Context, epoch string, turn Turn) error {
	err := b.redis.HSet(ctx, b.epochKey(), "id", epoch, "state", callrankv1.RankingRebuilding,
		"announcing", turn.Batch, "promotion", turn.Number, "settled", "").Err()
	if err != nil {
		return fmt.Errorf("begin the epoch: %w", err)
	}
	tickers, err := b.redis.HKeys(ctx, b.rowsKey()).Result()
	if err != nil {
		return fmt.Errorf("list what is left: %w", err)
	}
	_, err = b.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, ticker := range tickers {
			p.Del(ctx, b.companyKey(ticker), b.outboxKey(ticker))
		}
		p.Del(ctx, b.rankingKey(), b.rowsKey())
		return nil
	})
	if err != nil {
		return fmt.Errorf("clear what is left: %w", err)
	}
	return nil
}

// open lets writers in, unless another builder has begun since.
func (b *Board) open(ctx context.Context, epoch string) error {
	now, err := b.redis.HGet(ctx, b.epochKey(), "id").Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return fmt.Errorf("read the epoch: %w", err)
	}
	if now != epoch {
		return ErrRebuilding
	}
	if err := b.redis.HSet(ctx, b.epochKey(), "state", callrankv1.RankingOpen).Err(); err != nil {
		return fmt.Errorf("open the ranking: %w", err)
	}
	return nil
}
