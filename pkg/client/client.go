// Package client is what a Go program imports to publish transcripts and to
// follow the ranking.
//
//	c, err := client.Open(ctx, client.Config{NATS: "nats://127.0.0.1:4222", Redis: "redis://127.0.0.1:6379"})
//	...
//	defer c.Close()
//	receipt, err := c.Publish(ctx, client.Transcript{Text: text, Ticker: "AMZN"})
//	...
//	for change, err := range c.Changes(ctx, client.FromLast()) {
//		...
//	}
package client

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

var (
	// ErrNotRanked is the error of asking for a company that is not in the
	// ranking.
	ErrNotRanked = leaderboard.ErrNotRanked
	// ErrNoCall is the error of asking for a call that is not known.
	ErrNoCall = errors.New("no such call")
	// ErrNoRedis is the error of reading the ranking with a client that was
	// given no Redis.
	ErrNoRedis = errors.New("reading the ranking wants the address of Redis")
)

// closeTimeout bounds the closing of a client.
const closeTimeout = 5 * time.Second

// Config is how a client reaches callrank.
type Config struct {
	// Name is what operators see of the client.
	Name string
	// NATS is the address of the broker, such as nats://127.0.0.1:4222. What
	// it wants to sign in is in Broker, whose URL this is.
	NATS   string
	Broker messaging.Config
	// Redis is the address of the ranking's store, such as
	// redis://127.0.0.1:6379, for those who read the ranking. What it wants to
	// sign in is in Store, whose URL this is.
	Redis string
	Store leaderboard.Config
	// Generation is which ranking is read; unless set the live one, which is that
	// of whichever generation is promoted.
	Generation string
	// Current, if set, tells the day, ISO 8601, from which on a call is current:
	// companies whose latest is older have left the ranking.
	Current func() string
	// Log is told of lost connections; nobody is unless set.
	Log *zap.Logger
}

// Client publishes transcripts and follows the ranking.
type Client struct {
	broker *messaging.Broker
	board  *leaderboard.Board
	close  func() error
	// generation is which ranking is read.
	generation string
	// current is the day from which on calls are current, if older ones leave.
	current func() string
}

// Open connects. Close the client.
func Open(ctx context.Context, config Config) (*Client, error) {
	if config.Name == "" {
		config.Name = "callrank-client"
	}
	if config.Log == nil {
		config.Log = zap.NewNop()
	}
	if config.Generation == "" {
		config.Generation = messaging.GenerationLive
	}
	if config.NATS != "" {
		config.Broker.URL = config.NATS
	}
	if config.Broker.Replicas == 0 {
		config.Broker.Replicas = 1
	}
	if config.Redis != "" {
		config.Store.URL = config.Redis
	}
	broker, err := messaging.Connect(ctx, config.Name, config.Broker, config.Log)
	if err != nil {
		return nil, err
	}
	c := &Client{broker: broker, generation: config.Generation, current: config.Current, close: func() error {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
		defer cancel()
		return broker.Close(closing)
	}}
	if config.Store.URL == "" {
		return c, nil
	}
	store, err := leaderboard.Connect(ctx, config.Name, config.Store)
	if err != nil {
		return nil, errors.Join(err, c.close())
	}
	closeBroker := c.close
	c.close = func() error { return errors.Join(store.Close(), closeBroker()) }
	roster, err := broker.WatchRoster(context.WithoutCancel(ctx))
	if err != nil {
		return nil, errors.Join(err, c.close())
	}
	c.board = generation.Board(store, roster, config.Generation)
	closeBoth := c.close
	c.close = func() error {
		roster.Close()
		return closeBoth()
	}
	return c, nil
}

// Over is a client over connections that somebody else closes.
func Over(broker *messaging.Broker, board *leaderboard.Board) *Client {
	return &Client{broker: broker, board: board, generation: board.Generation(), close: func() error { return nil }}
}

// Leaving is the client with companies out of the ranking whose latest call was
// held before the day that the function tells.
func (c *Client) Leaving(current func() string) *Client {
	leaving := *c
	leaving.current = current
	return &leaving
}

// Close closes the connections.
func (c *Client) Close() error { return c.close() }

// Transcript is the transcript of a call that has ended. Of what is known of
// the call only what the text does not tell, or tells wrongly, need be stated.
type Transcript struct {
	// Text is the document: plain text, a saved page, or the JSON of a source.
	Text string
	// Ticker, Company, FiscalYear, FiscalQuarter (1 to 4) or FiscalHalf (1 or 2),
	// and CallDate (ISO 8601) state what is known of the call.
	Ticker, Company                       string
	FiscalYear, FiscalQuarter, FiscalHalf int
	CallDate                              string
	// Revision is higher for a corrected text of the same call. Without one,
	// the text published last wins.
	Revision int
	// Origin is a file name or address, for people.
	Origin string
}

// message is the transcript as it is published.
func (t *Transcript) message() *callrankv1.TranscriptPublished {
	text := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	whole := func(n int) *int32 {
		if n == 0 {
			return nil
		}
		return new(int32(n))
	}
	p := &callrankv1.TranscriptPublished{
		Document:      []byte(t.Text),
		Ticker:        text(t.Ticker),
		Company:       text(t.Company),
		FiscalYear:    whole(t.FiscalYear),
		FiscalQuarter: whole(t.FiscalQuarter),
		FiscalHalf:    whole(t.FiscalHalf),
		CallDate:      text(t.CallDate),
		Origin:        text(t.Origin),
	}
	if t.Revision > 0 {
		p.Revision = new(uint32(t.Revision))
	}
	return p
}

// Receipt is the word that a transcript is stored and will be worked on.
type Receipt = messaging.Receipt

// Publish publishes a transcript and returns when it is stored. The same
// transcript again is told to be a duplicate and changes nothing.
func (c *Client) Publish(ctx context.Context, t Transcript) (Receipt, error) {
	if len(t.Text) > transcript.MaxDocument {
		return Receipt{}, fmt.Errorf("publish: the transcript has %d bytes, and at most %d are taken", len(t.Text), transcript.MaxDocument)
	}
	facts := transcript.Facts{
		Ticker: t.Ticker, Company: t.Company,
		FiscalYear: t.FiscalYear, FiscalQuarter: t.FiscalQuarter, FiscalHalf: t.FiscalHalf, CallDate: t.CallDate,
	}
	if err := facts.Validate(); err != nil {
		return Receipt{}, fmt.Errorf("publish: %w", err)
	}
	return c.broker.PublishTranscript(ctx, "client", t.message())
}

// Change is a change of the ranking, and its place among them.
type Change = messaging.Announced

// From says from where the changes are followed.
type From struct{ follow messaging.Follow }

// FromLast begins with the last state of each company and goes on with what
// changes: for who keeps a picture of the ranking.
func FromLast() From { return From{} }

// FromStart begins with the first change there ever was.
func FromStart() From { return From{messaging.Follow{FromStart: true}} }

// After goes on after a change that was seen: the Sequence of a Change.
func After(place uint64) From { return From{messaging.Follow{After: place}} }

// Of narrows it down to one company.
func (f From) Of(ticker string) From {
	f.follow.Ticker = ticker
	return f
}

// Changes follows the changes of the ranking until the context ends. It goes on
// over lost connections, misses none and repeats none.
func (c *Client) Changes(ctx context.Context, from From) iter.Seq2[Change, error] {
	if c.board != nil {
		from.follow.Generation = c.board.Generation()
	}
	return c.broker.Changes(ctx, from.follow)
}

// Top reads the companies at the top of the ranking.
func (c *Client) Top(ctx context.Context, limit int) (*callrankv1.Ranking, error) {
	return c.Ranking(ctx, 0, limit)
}

// Ranking reads a page of the ranking: companies after offset others.
func (c *Client) Ranking(ctx context.Context, offset, limit int) (*callrankv1.Ranking, error) {
	return c.Find(ctx, Query{Offset: offset, Limit: limit})
}

// Company reads everything there is to say of a company, which is found by any
// of its tickers if it is well known. It returns ErrNotRanked for one that is not in the ranking.
func (c *Client) Company(ctx context.Context, ticker string) (*callrankv1.CompanyReport, error) {
	if c.board == nil {
		return nil, ErrNoRedis
	}
	normal, err := transcript.NormaliseTicker(ticker)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", ticker, ErrNotRanked)
	}
	standing, rank, ranked, err := c.board.Standing(ctx, normal)
	if company, is := transcript.WellKnown().ByTicker(normal); is && errors.Is(err, ErrNotRanked) {
		// Somebody asks for GOOG, and the calls are filed under GOOGL.
		standing, rank, ranked, err = c.board.Standing(ctx, company.Ticker)
	}
	if err != nil {
		return nil, err
	}
	report := &callrankv1.CompanyReport{
		Rank: uint32(rank), Ranked: uint32(ranked),
		Generation: c.board.Seen(), Standing: standing,
	}
	if err := c.rankAmong(ctx, report); err != nil {
		return nil, err
	}
	if calls := standing.GetCalls(); len(calls) > 0 {
		latest, err := c.broker.Grounded(ctx, calls[len(calls)-1].GetGroundedSequence())
		if err != nil {
			return nil, fmt.Errorf("read the latest call of %s: %w", standing.GetTicker(), err)
		}
		report.Latest = latest.GetAnalysis()
		if report.Retry, err = c.retry(ctx, report.GetLatest()); err != nil {
			return nil, err
		}
	}
	return report, nil
}

// retry tells when a call is grounded again; nil where it waits for nothing.
func (c *Client) retry(ctx context.Context, analysis *callrankv1.Analysis) (*callrankv1.GroundingRetry, error) {
	if analysis.GetGrounding().GetRetryAt() == "" {
		return nil, nil //nolint:nilnil // To wait for nothing is no error.
	}
	due, err := c.broker.Due(ctx, c.board.Generation(), analysis.GetCall().GetId())
	if err != nil || due == nil {
		return nil, err
	}
	return &callrankv1.GroundingRetry{
		DueAt: due.GetDueAt(), Reason: due.GetReason(), Attempts: due.GetAttempts(), Since: due.GetSince(),
	}, nil
}

// rankAmong puts a company's rank among those that have not left into a report.
func (c *Client) rankAmong(ctx context.Context, report *callrankv1.CompanyReport) error {
	if c.current == nil || c.current() == "" {
		return nil
	}
	rank, ranked, err := c.board.RankAmong(ctx, report.GetStanding().GetTicker(), c.current())
	if err != nil {
		return err
	}
	report.Rank, report.Ranked = uint32(rank), uint32(ranked)
	return nil
}

// Call reads the analysis of a call and where it comes from. It returns
// ErrNoCall for one that is not in the ranking.
func (c *Client) Call(ctx context.Context, id string) (*callrankv1.CallGrounded, error) {
	if c.board == nil {
		return nil, ErrNoRedis
	}
	// A call's id begins with its ticker, which may hold a hyphen itself.
	cut := strings.LastIndexByte(id, '-')
	if cut < 1 {
		return nil, fmt.Errorf("%s: %w", id, ErrNoCall)
	}
	standing, _, _, err := c.board.Standing(ctx, id[:cut])
	if errors.Is(err, ErrNotRanked) {
		return nil, fmt.Errorf("%s: %w", id, ErrNoCall)
	}
	if err != nil {
		return nil, err
	}
	for _, call := range standing.GetCalls() {
		if call.GetCall().GetId() == id {
			return c.broker.Grounded(ctx, call.GetGroundedSequence())
		}
	}
	return nil, fmt.Errorf("%s: %w", id, ErrNoCall)
}

// Text reads the text that the spans of a call refer to.
func (c *Client) Text(ctx context.Context, call *callrankv1.CallGrounded) (string, error) {
	published, err := c.broker.Transcript(ctx, call.GetProvenance().GetSourceSequence())
	if err != nil {
		return "", err
	}
	source, err := transcript.Decode(messaging.Document(published))
	if err != nil {
		return "", fmt.Errorf("read the text of %s: %w", call.GetAnalysis().GetCall().GetId(), err)
	}
	return source.Text, nil
}
