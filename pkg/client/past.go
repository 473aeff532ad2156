package client

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Query says which companies of the ranking are read.
type Query = leaderboard.Query

// ErrNoBasis is the error of asking for the past by what it is not known by.
var ErrNoBasis = errors.New("the past is known by what was announced, or by calls")

// Find reads the companies that match, with the ranks they have among all.
func (c *Client) Find(ctx context.Context, q Query) (*callrankv1.Ranking, error) {
	if c.board == nil {
		return nil, ErrNoRedis
	}
	if c.current != nil {
		q.Current, q.Leave = c.current(), true
	}
	return c.board.Ranking(ctx, q)
}

// AsOf reads the ranking as it stood at a time: by what had been announced by
// then (BasisAnnounced, which knows nothing that came later), or by the calls
// that had been held by the end of that day (BasisCalls, which knows calls and
// corrections that were published later, and weights that came later).
//
// The former reads the stream of changes from its beginning, so it takes time
// in proportion to the changes there have been.
func (c *Client) AsOf(ctx context.Context, at time.Time, basis string, q Query) (*callrankv1.Ranking, error) {
	if c.board == nil {
		return nil, ErrNoRedis
	}
	q.Leave = q.Leave || c.current != nil
	switch basis {
	case callrankv1.BasisCalls:
		return c.board.ByCalls(ctx, at.UTC(), q)
	case callrankv1.BasisAnnounced:
	default:
		return nil, fmt.Errorf("%q: %w", basis, ErrNoBasis)
	}
	ledger := leaderboard.NewLedger()
	err := c.broker.ChangesWithin(ctx, c.board.Generation(), time.Time{}, at, func(a messaging.Announced) error {
		ledger.Add(a.Change)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the changes up to %s: %w", at.UTC().Format(time.RFC3339), err)
	}
	return ledger.Ranking(c.board.Generation(), at, q)
}

// Movers tells who moved after a time, up to and with another: the companies
// that changed themselves, and those that were merely pushed by others. At most
// limit of each are listed.
func (c *Client) Movers(ctx context.Context, from, to time.Time, limit int) (*callrankv1.Movers, error) {
	if c.board == nil {
		return nil, ErrNoRedis
	}
	var changes []leaderboard.Change
	err := c.broker.ChangesWithin(ctx, c.board.Generation(), from, time.Time{}, func(a messaging.Announced) error {
		changes = append(changes, leaderboard.Change{At: a.At, Change: a.Change})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the changes since %s: %w", from.UTC().Format(time.RFC3339), err)
	}
	return c.board.Movers(ctx, from, to, changes, limit)
}

// History calls visit for the changes that were announced after a time, up to
// and with another, oldest first. A zero time is no bound.
func (c *Client) History(ctx context.Context, after, until time.Time, visit func(Change) error) error {
	return c.broker.ChangesWithin(ctx, c.generation, after, until, visit)
}

// Grounded is a call with its claims and what they are worth, and when that was
// known.
type Grounded struct {
	KnownAt time.Time
	Call    *callrankv1.CallGrounded
}

// CallsKnown calls visit for the calls that were known at a time, oldest first:
// of several texts of one call the one that was in force then, and of several
// analyses of it the one that counted. A zero time is now.
func (c *Client) CallsKnown(ctx context.Context, at time.Time, visit func(Grounded) error) error {
	return generation.CallsKnown(ctx, c.broker, c.generation, at, func(known time.Time, call *callrankv1.CallGrounded) error {
		return visit(Grounded{KnownAt: known, Call: call})
	})
}

// ParseMoment reads a time: a date, which stands for its end in UTC, or
// RFC 3339.
func ParseMoment(s string) (time.Time, error) {
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Nanosecond), nil
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q: wants a date such as 2026-03-01, or a time such as 2026-03-01T16:00:00Z", s)
	}
	return at, nil
}

// ParsePeriod reads the length of a period: days and weeks (30d, 2w), or hours
// and less (36h, 90m).
func ParsePeriod(s string) (time.Duration, error) {
	const day, mostDays = 24 * time.Hour, 36500
	unit := time.Duration(0)
	number, isDays := strings.CutSuffix(s, "d")
	if isDays {
		unit = day
	} else if weeks, isWeeks := strings.CutSuffix(s, "w"); isWeeks {
		number, unit = weeks, 7*day
	}
	if unit > 0 {
		if n, err := strconv.Atoi(number); err == nil && n > 0 && n <= mostDays {
			return time.Duration(n) * unit, nil
		}
	} else if length, err := time.ParseDuration(s); err == nil && length > 0 {
		return length, nil
	}
	return 0, fmt.Errorf("%q: wants a period such as 30d, 2w or 12h", s)
}
