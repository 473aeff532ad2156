package leaderboard

import (
	"context"
	_ "embed" // For the scripts.
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
	"google.golang.org/protobuf/proto"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

var (
	// ErrLost is the error of writing to a ranking that is gone: Redis was
	// wiped, or never held it. It has to be built.
	ErrLost = errors.New("the ranking is not in Redis")
	// ErrRebuilding is the error of writing while the ranking is being built.
	ErrRebuilding = errors.New("the ranking is being built")
	// ErrConflict is the error of a writer that read an older version of the
	// company than the one there is: read again and merge again.
	ErrConflict = errors.New("the company changed since it was read")
)

//go:embed put.lua
var putLua string

//go:embed announced.lua
var announcedLua string

//go:embed page.lua
var pageLua string

//go:embed turn.lua
var turnLua string

// Board is the ranking of one generation.
type Board struct {
	redis      redis.UniversalClient
	generation string
	put        *redis.Script
	announced  *redis.Script
	page       *redis.Script
	turn       *redis.Script
	// seen is set for the ranking that readers see, whichever it is.
	seen *seen
}

// Open returns the ranking of a generation.
func Open(client redis.UniversalClient, generation string) *Board {
	return &Board{
		redis:      client,
		generation: generation,
		put:        redis.NewScript(putLua),
		announced:  redis.NewScript(announcedLua),
		page:       redis.NewScript(pageLua),
		turn:       redis.NewScript(turnLua),
	}
}

// Generation is the generation whose ranking it is: live also for the one that
// readers see, under which name its changes are announced.
func (b *Board) Generation() string { return b.generation }

// Seen is the generation that is read now.
func (b *Board) Seen() string { return b.now().generation }

// key is the name of a key, with the generation as its hash tag.
func (b *Board) key(parts ...string) string {
	return "callrank:{" + b.generation + "}:" + strings.Join(parts, ":")
}

func (b *Board) epochKey() string                { return b.key("epoch") }
func (b *Board) builderKey() string              { return b.key("builder") }
func (b *Board) rankingKey() string              { return b.key("ranking") }
func (b *Board) rowsKey() string                 { return b.key("rows") }
func (b *Board) companyKey(ticker string) string { return b.key("company", ticker) }
func (b *Board) outboxKey(ticker string) string  { return b.key("outbox", ticker) }

// Company is a company as it was read, and the ticket to write it back.
type Company struct {
	// Standing is where it stands; nil if it is not in the ranking.
	Standing *callrankv1.Standing

	ticker  string
	version uint64
	// follows is the version that the next one written has to be above.
	follows uint64
	epoch   string
	// announcing is the batch of the promotion by which the ranking announces
	// its changes, and enlisted the one by which the company does.
	announcing, enlisted string
}

// Announcing is the batch of the promotion by which readers see the ranking, so
// that its changes are announced; empty for one that they do not see.
func (c *Company) Announcing() string { return c.announcing }

// Enlisted tells whether the company is compared with what readers knew before
// they saw this ranking, so that its changes follow on what was announced.
func (c *Company) Enlisted() bool { return c.announcing == "" || c.enlisted == c.announcing }

// Follow has the versions that are written come after one that was announced.
func (c *Company) Follow(version uint64) { c.follows = max(c.follows, version) }

// last is the version that the next one is to be above.
func (c *Company) last() uint64 { return max(c.version, c.follows) }

// Company reads a company in order to write it back. It returns ErrLost or
// ErrRebuilding when the ranking cannot be written to.
func (b *Board) Company(ctx context.Context, ticker string) (*Company, error) {
	var epoch, fields *redis.SliceCmd
	_, err := b.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
		epoch = p.HMGet(ctx, b.epochKey(), "id", "state", "announcing")
		fields = p.HMGet(ctx, b.companyKey(ticker), "version", "standing", "enlisted")
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read %s from the ranking: %w", ticker, err)
	}
	c := &Company{ticker: ticker, epoch: text(epoch.Val(), 0), announcing: text(epoch.Val(), 2), enlisted: text(fields.Val(), 2)}
	if c.epoch == "" {
		return nil, ErrLost
	}
	if state := text(epoch.Val(), 1); state != callrankv1.RankingOpen {
		return nil, ErrRebuilding
	}
	if err := c.decode(fields.Val()); err != nil {
		return nil, fmt.Errorf("read %s from the ranking: %w", ticker, err)
	}
	return c, nil
}

// decode reads the fields version and standing.
func (c *Company) decode(fields []any) error {
	version := text(fields, 0)
	if version == "" {
		return nil
	}
	var err error
	if c.version, err = strconv.ParseUint(version, 10, 64); err != nil {
		return fmt.Errorf("version %q: %w", version, err)
	}
	c.Standing = &callrankv1.Standing{}
	if err := proto.Unmarshal([]byte(text(fields, 1)), c.Standing); err != nil {
		return fmt.Errorf("decode the standing: %w", err)
	}
	return nil
}

// text is a field of a reply, or "" if it was not there.
func text(fields []any, i int) string {
	if i >= len(fields) {
		return ""
	}
	s, _ := fields[i].(string)
	return s
}

// Placed is where a company came to stand.
type Placed struct {
	// Version is the version written.
	Version uint64
	// Before and After are its ranks, 1 at the top; Before is 0 if it was not
	// ranked. Ranked counts the companies.
	Before, After, Ranked int
}

// Put writes where a company stands now, with the change to be announced if
// there is one. event is the id of what caused it: the same event put again
// after a lost answer is answered as it was the first time.
//
// It sets the version of the standing and of the change. It returns
// ErrConflict when the company has changed since it was read.
func (b *Board) Put(ctx context.Context, c *Company, standing *callrankv1.Standing, change *callrankv1.RankingChange, event string) (Placed, error) {
	return b.write(ctx, c, entry{version: c.last() + 1, standing: standing, change: change, event: event})
}

// Enlist writes a company as it stands, after what readers knew of it before
// they saw this ranking: with the change between the two, if there is one, and
// the rank it had for them, 0 for none. It returns ErrConflict when the company
// has changed since it was read.
func (b *Board) Enlist(ctx context.Context, c *Company, change *callrankv1.RankingChange, rankBefore int) error {
	e := entry{version: c.last(), standing: c.Standing, change: change, event: "enlist " + c.announcing, rankBefore: &rankBefore}
	if change != nil {
		e.version++
	}
	_, err := b.write(ctx, c, e)
	return err
}

// entry is what is written of a company.
type entry struct {
	version  uint64
	standing *callrankv1.Standing
	change   *callrankv1.RankingChange
	event    string
	// rankBefore is what the change tells, where it is not the rank in this
	// ranking.
	rankBefore *int
}

func (b *Board) write(ctx context.Context, c *Company, e entry) (Placed, error) {
	version, standing, change := e.version, e.standing, e.change
	standing.Version = version
	standingBytes, err := marshal(standing)
	if err != nil {
		return Placed{}, fmt.Errorf("encode the standing of %s: %w", c.ticker, err)
	}
	row, err := marshal(rowOf(standing))
	if err != nil {
		return Placed{}, fmt.Errorf("encode the row of %s: %w", c.ticker, err)
	}
	var changeBytes []byte
	if change != nil {
		change.Version = version
		change.Row = changeRow(standing)
		if changeBytes, err = marshal(change); err != nil {
			return Placed{}, fmt.Errorf("encode the change of %s: %w", c.ticker, err)
		}
	}
	rankBefore := ""
	if e.rankBefore != nil {
		rankBefore = strconv.Itoa(*e.rankBefore)
	}
	reply, err := b.put.Run(ctx, b.redis,
		[]string{b.epochKey(), b.rankingKey(), b.rowsKey(), b.companyKey(c.ticker), b.outboxKey(c.ticker)},
		c.epoch, c.version, version, c.ticker, negated(standing.GetConviction().GetScore()),
		standingBytes, row, e.event, changeBytes, c.announcing, rankBefore).Slice()
	if err != nil {
		return Placed{}, fmt.Errorf("write %s to the ranking: %w", c.ticker, err)
	}
	switch outcome := text(reply, 0); outcome {
	case "put":
		return Placed{Version: version, Before: whole(reply, 2), After: whole(reply, 3), Ranked: whole(reply, 4)}, nil
	case "conflict":
		return Placed{}, ErrConflict
	case "lost":
		return Placed{}, ErrLost
	case "fenced":
		return Placed{}, ErrRebuilding
	default:
		return Placed{}, fmt.Errorf("write %s to the ranking: the script answered %q", c.ticker, outcome)
	}
}

// whole is a number of a reply.
func whole(reply []any, i int) int {
	if i >= len(reply) {
		return 0
	}
	n, _ := reply[i].(int64)
	return int(n)
}

// negated is a score as the ranking holds it.
func negated(score float64) string {
	return strconv.FormatFloat(-score, 'f', -1, 64)
}

// marshal encodes a message to the same bytes each time.
func marshal(m proto.Message) ([]byte, error) {
	return proto.MarshalOptions{Deterministic: true}.Marshal(m)
}

// Pending are a company's changes that have not been announced, oldest first,
// and the place in the stream of the last one that has.
func (b *Board) Pending(ctx context.Context, ticker string) (changes []*callrankv1.RankingChange, last uint64, err error) {
	var outbox *redis.StringSliceCmd
	var announced *redis.StringCmd
	_, err = b.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
		outbox = p.LRange(ctx, b.outboxKey(ticker), 0, -1)
		announced = p.HGet(ctx, b.companyKey(ticker), "announced")
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, 0, fmt.Errorf("read the outbox of %s: %w", ticker, err)
	}
	for _, entry := range outbox.Val() {
		change, err := parseOutbox(entry)
		if err != nil {
			return nil, 0, fmt.Errorf("read the outbox of %s: %w", ticker, err)
		}
		changes = append(changes, change)
	}
	if text := announced.Val(); text != "" {
		if last, err = strconv.ParseUint(text, 10, 64); err != nil {
			return nil, 0, fmt.Errorf("read where %s was announced: %w", ticker, err)
		}
	}
	return changes, last, nil
}

// parseOutbox reads a change as the script put it: version, rank before, rank
// after, ranked, each followed by a space, and the change. The last number may
// be followed by the companies that were pushed down and up.
func parseOutbox(entry string) (*callrankv1.RankingChange, error) {
	var numbers [4]uint64
	var down, up string
	for i := range numbers {
		head, rest, found := strings.Cut(entry, " ")
		head, pushed, _ := strings.Cut(head, ";")
		if pushed != "" {
			down, up, _ = strings.Cut(pushed, ";")
		}
		n, err := strconv.ParseUint(head, 10, 64)
		if !found || err != nil {
			return nil, errors.New("an entry does not begin with its ranks")
		}
		numbers[i], entry = n, rest
	}
	change := &callrankv1.RankingChange{}
	if err := proto.Unmarshal([]byte(entry), change); err != nil {
		return nil, fmt.Errorf("decode a change: %w", err)
	}
	if before := uint32(numbers[1]); before > 0 {
		change.RankBefore = &before
	}
	change.RankAfter, change.Ranked = uint32(numbers[2]), uint32(numbers[3])
	change.PushedDown, change.PushedUp = tickers(down), tickers(up)
	return change, nil
}

// tickers splits a list of tickers.
func tickers(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

// Announced takes a change out of the outbox that stands in the stream at a
// place now.
func (b *Board) Announced(ctx context.Context, ticker string, version, place uint64) error {
	err := b.announced.Run(ctx, b.redis, []string{b.companyKey(ticker), b.outboxKey(ticker)}, version, place).Err()
	if err != nil {
		return fmt.Errorf("note that %s was announced: %w", ticker, err)
	}
	return nil
}
