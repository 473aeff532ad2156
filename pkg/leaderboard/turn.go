package leaderboard

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/redis/go-redis/v9"

	"github.com/callrank/callrank/pkg/messaging"
)

// Turn is a promotion, as far as a ranking needs to know: by which readers came
// to see it. The zero Turn is that of a ranking they never saw.
type Turn struct {
	// Number counts the promotions.
	Number uint64
	// Batch marks the changes that are announced because of it; empty for a
	// ranking that readers do not see.
	Batch string
}

// Epoch is what a ranking says of itself.
type Epoch struct {
	// State is open, rebuilding, or "" when Redis does not hold the ranking.
	State string
	// Turn is the promotion that it was told of last.
	Turn Turn
	// Settled tells that every company has been compared with what readers
	// knew before.
	Settled bool
}

// Epoch reads what a ranking says of itself.
func (b *Board) Epoch(ctx context.Context) (Epoch, error) {
	fields, err := b.redis.HMGet(ctx, b.epochKey(), "id", "state", "announcing", "promotion", "settled").Result()
	if err != nil {
		return Epoch{}, fmt.Errorf("read the state of the ranking: %w", err)
	}
	if text(fields, 0) == "" {
		return Epoch{}, nil
	}
	e := Epoch{State: text(fields, 1), Turn: Turn{Batch: text(fields, 2)}}
	if number := text(fields, 3); number != "" {
		if e.Turn.Number, err = strconv.ParseUint(number, 10, 64); err != nil {
			return Epoch{}, fmt.Errorf("read the promotion of the ranking: %w", err)
		}
	}
	e.Settled = e.Turn.Batch != "" && text(fields, 4) == e.Turn.Batch
	return e, nil
}

// Turn has the ranking announce its changes by a promotion, or, without a batch,
// stop announcing them. It tells whether that was done: it is not for a ranking
// that Redis does not hold, or that was told of a later promotion.
func (b *Board) Turn(ctx context.Context, turn Turn) (bool, error) {
	done, err := b.turn.Run(ctx, b.redis, []string{b.epochKey()}, turn.Number, turn.Batch).Int()
	if err != nil {
		return false, fmt.Errorf("note the promotion of %s: %w", b.generation, err)
	}
	return done == 1, nil
}

// Settle notes that every company was compared with what readers knew before a
// promotion.
func (b *Board) Settle(ctx context.Context, turn Turn) error {
	if err := b.redis.HSet(ctx, b.epochKey(), "settled", turn.Batch).Err(); err != nil {
		return fmt.Errorf("note that the promotion of %s is through: %w", b.generation, err)
	}
	return nil
}

// Tickers are the companies in the ranking, sorted.
func (b *Board) Tickers(ctx context.Context) ([]string, error) {
	tickers, err := b.redis.ZRange(ctx, b.rankingKey(), 0, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("list the companies of the ranking: %w", err)
	}
	slices.Sort(tickers)
	return tickers, nil
}

// Ranks are the ranks of all companies, 1 at the top.
func (b *Board) Ranks(ctx context.Context) (map[string]int, error) {
	tickers, err := b.redis.ZRange(ctx, b.rankingKey(), 0, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("read the ranks: %w", err)
	}
	ranks := make(map[string]int, len(tickers))
	for i, ticker := range tickers {
		ranks[ticker] = i + 1
	}
	return ranks, nil
}

// unlinkBatch is how many keys are looked for and unlinked at once.
const unlinkBatch = 500

// Unlink removes everything that Redis holds of the ranking, without keeping it
// busy. Writers are fenced off first.
func (b *Board) Unlink(ctx context.Context) error {
	if err := b.redis.Unlink(ctx, b.epochKey()).Err(); err != nil {
		return fmt.Errorf("unlink the ranking %s: %w", b.generation, err)
	}
	each := func(ctx context.Context, node redis.UniversalClient) error { return b.unlinkOn(ctx, node) }
	var err error
	if cluster, ok := b.redis.(*redis.ClusterClient); ok {
		// Only the node that has the generation's slot finds any.
		err = cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error { return each(ctx, node) })
	} else {
		err = each(ctx, b.redis)
	}
	if err != nil {
		return fmt.Errorf("unlink the ranking %s: %w", b.generation, err)
	}
	return nil
}

func (b *Board) unlinkOn(ctx context.Context, node redis.UniversalClient) error {
	keys := node.Scan(ctx, 0, b.key("*"), unlinkBatch).Iterator()
	var batch []string
	for keys.Next(ctx) {
		batch = append(batch, keys.Val())
	}
	if err := keys.Err(); err != nil {
		return fmt.Errorf("look for its keys: %w", err)
	}
	for some := range slices.Chunk(batch, unlinkBatch) {
		if err := b.redis.Unlink(ctx, some...).Err(); err != nil {
			return err
		}
	}
	return nil
}

// Look returns the ranking that readers see, which is that of another generation
// after a promotion. The function tells, each time the ranking is read, which
// generation that is. It is for reading.
func Look(client redis.UniversalClient, generation func() string) *Board {
	b := Open(client, messaging.GenerationLive)
	b.seen = &seen{generation: generation}
	return b
}

// seen is what makes a ranking the one that readers see.
type seen struct {
	generation func() string
	board      atomic.Pointer[Board]
}

// now is the ranking of one generation: what is read of one answer is read of
// one ranking.
func (b *Board) now() *Board {
	if b.seen == nil {
		return b
	}
	name := b.seen.generation()
	if board := b.seen.board.Load(); board != nil && board.generation == name {
		return board
	}
	board := Open(b.redis, name)
	b.seen.board.Store(board)
	return board
}
