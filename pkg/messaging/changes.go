package messaging

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"
	"google.golang.org/protobuf/proto"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Announced is a ranking change as it stands in the RANKING stream.
type Announced struct {
	// Sequence is its place there: who has seen it asks for what comes after.
	Sequence uint64
	// At is when it was stored there: from then on it was known.
	At time.Time
	// Change is the change.
	Change *callrankv1.RankingChange
}

// Announce publishes a company's next ranking change and returns its place.
// last is the place of the company's change before it, 0 if there is none that
// the caller knows.
//
// The same change is announced once, however often this is called: a company's
// changes stand in the order of their versions. They stand under the subjects of
// what readers see, whichever generation that is.
func (b *Broker) Announce(ctx context.Context, change *callrankv1.RankingChange, last uint64) (uint64, error) {
	subject := SubjectRanking(GenerationLive, change.GetTicker())
	event := Event{
		ID:      change.GetGeneration() + "/" + change.GetTicker() + "/" + strconv.FormatUint(change.GetVersion(), 10),
		Type:    callrankv1.TypeRankingChanged,
		Source:  StageRank,
		Subject: change.GetTicker(),
		Time:    time.Now(),
		Payload: &callrankv1.RankingChanged{Change: change},
	}
	m, err := event.Message(ctx)
	if err != nil {
		return 0, err
	}
	// Each time round, the broker has told us of a change we did not know of.
	for {
		ack, err := b.publish(ctx, natsMessage(subject, m), jetstream.WithExpectLastSequencePerSubject(last))
		if err == nil {
			return ack.Sequence, nil
		}
		if !wrongLastSequence(err) {
			return 0, fmt.Errorf("announce %s: %w", event.ID, err)
		}
		before, err := b.LastChange(ctx, GenerationLive, change.GetTicker())
		switch {
		case err != nil:
			return 0, err
		case before == nil:
			last = 0
		case before.Change.GetVersion() >= change.GetVersion():
			return before.Sequence, nil
		default:
			last = before.Sequence
		}
	}
}

// wrongLastSequence tells that an event was not stored because the last of its
// subject is another than was expected. Clusters use a code of their own.
func wrongLastSequence(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) &&
		(api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence || api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant)
}

// LastChange is the change of a company that was announced last, or nil.
func (b *Broker) LastChange(ctx context.Context, generation, ticker string) (*Announced, error) {
	stream, err := b.stream(ctx, StreamRanking)
	if err != nil {
		return nil, err
	}
	raw, err := stream.GetLastMsgForSubject(ctx, SubjectRanking(generation, ticker))
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, nil //nolint:nilnil // No change is no error.
	}
	if err != nil {
		return nil, fmt.Errorf("read the last change of %s: %w", ticker, err)
	}
	return decodeChange(raw.Sequence, raw.Time, raw.Data)
}

// LastChanges calls visit for the change of each company that was announced
// last.
func (b *Broker) LastChanges(ctx context.Context, generation string, visit func(Announced) error) error {
	return b.ChangesSince(ctx, generation, 0, visit)
}

// ChangesSince calls visit for the changes that were announced after a place,
// in their order. After 0, it is the last change of each company.
func (b *Broker) ChangesSince(ctx context.Context, generation string, place uint64, visit func(Announced) error) error {
	follow := Follow{Generation: generation, After: place}
	return b.read(ctx, StreamRanking, follow.options(), func(msg jetstream.Msg) error {
		about, err := msg.Metadata()
		if err != nil {
			return err
		}
		announced, err := decodeChange(about.Sequence.Stream, about.Timestamp, msg.Data())
		if err != nil {
			return err
		}
		return visit(*announced)
	})
}

// errThrough ends the reading of a stream before its end.
var errThrough = errors.New("all that was wanted is read")

// ChangesWithin calls visit for the changes that were announced after a time,
// up to and with another, oldest first. A zero time is no bound.
func (b *Broker) ChangesWithin(ctx context.Context, generation string, after, until time.Time, visit func(Announced) error) error {
	options := readOptions{subject: "ranking.changed." + generation + ".*", since: after}
	err := b.read(ctx, StreamRanking, options, func(msg jetstream.Msg) error {
		about, err := msg.Metadata()
		if err != nil {
			return err
		}
		if !until.IsZero() && about.Timestamp.After(until) {
			return errThrough
		}
		if !after.IsZero() && !about.Timestamp.After(after) {
			return nil
		}
		announced, err := decodeChange(about.Sequence.Stream, about.Timestamp, msg.Data())
		if err != nil {
			return err
		}
		return visit(*announced)
	})
	if errors.Is(err, errThrough) {
		return nil
	}
	return err
}

func decodeChange(sequence uint64, at time.Time, payload []byte) (*Announced, error) {
	var event callrankv1.RankingChanged
	if err := proto.Unmarshal(payload, &event); err != nil {
		return nil, fmt.Errorf("decode ranking change %d: %w", sequence, err)
	}
	return &Announced{Sequence: sequence, At: at, Change: event.GetChange()}, nil
}

// Follow says from where and what of the ranking's changes is followed.
type Follow struct {
	// Generation is live unless set.
	Generation string
	// Ticker narrows it down to one company.
	Ticker string
	// After asks for the changes after this place, where a follower left off.
	After uint64
	// FromStart asks for every change there ever was. With neither this nor
	// After, the last state of each company comes first, and then the changes.
	FromStart bool
}

func (f *Follow) options() readOptions {
	generation, ticker := f.Generation, "*"
	if generation == "" {
		generation = GenerationLive
	}
	if f.Ticker != "" {
		ticker = token(f.Ticker)
	}
	return readOptions{
		subject:        "ranking.changed." + generation + "." + ticker,
		from:           f.After + 1,
		lastPerSubject: f.After == 0 && !f.FromStart,
	}
}

// Changes follows the ranking's changes until the context ends, through losses
// of the connection, missing none and repeating none. It yields an error only
// when it cannot begin.
func (b *Broker) Changes(ctx context.Context, follow Follow) iter.Seq2[Announced, error] {
	return func(yield func(Announced, error) bool) {
		options := follow.options()
		consumer, err := b.js.CreateConsumer(ctx, StreamRanking, options.consumer())
		if err != nil {
			yield(Announced{}, fmt.Errorf("follow the ranking: %w", err))
			return
		}
		f := follower{broker: b, options: options, consumer: consumer}
		defer f.close(ctx)
		for ctx.Err() == nil {
			if !f.fetch(ctx, yield) {
				return
			}
		}
	}
}

// follower is one reader of the ranking's changes.
type follower struct {
	broker   *Broker
	options  readOptions
	consumer jetstream.Consumer
	troubles uint64
}

// fetch passes on what comes within a while, and tells whether to go on.
func (f *follower) fetch(ctx context.Context, yield func(Announced, error) bool) bool {
	batch, err := f.consumer.Fetch(readBatch, jetstream.FetchMaxWait(fetchWait))
	if err != nil {
		return f.recover(ctx, err)
	}
	for {
		select {
		case <-ctx.Done():
			return false
		case msg, ok := <-batch.Messages():
			if !ok {
				if err := batch.Error(); err != nil {
					return f.recover(ctx, err)
				}
				f.troubles = 0
				return true
			}
			if !f.pass(msg, yield) {
				return false
			}
		}
	}
}

// pass passes one change on, and tells whether more is wanted.
func (f *follower) pass(msg jetstream.Msg, yield func(Announced, error) bool) bool {
	about, err := msg.Metadata()
	if err != nil {
		return true
	}
	announced, err := decodeChange(about.Sequence.Stream, about.Timestamp, msg.Data())
	if err != nil {
		f.broker.log.Error("a ranking change cannot be read", zap.Error(err))
		return true
	}
	// A new consumer begins after what was passed on.
	f.options = readOptions{subject: f.options.subject, from: about.Sequence.Stream + 1}
	return yield(*announced, nil)
}

// recover makes a new consumer where the lost one left off, after a pause that
// grows.
func (f *follower) recover(ctx context.Context, cause error) bool {
	f.troubles++
	timer := time.NewTimer(Backoff(f.troubles))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
	}
	consumer, err := f.broker.js.CreateConsumer(ctx, StreamRanking, f.options.consumer())
	if err != nil {
		f.broker.log.Warn("could not follow the ranking, trying again", zap.NamedError("lost", cause), zap.Error(err))
		return ctx.Err() == nil
	}
	f.consumer = consumer
	return true
}

// close removes the consumer; left alone it would go after a minute.
func (f *follower) close(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), requestTimeout)
	defer cancel()
	_ = f.broker.js.DeleteConsumer(ctx, StreamRanking, f.consumer.CachedInfo().Name)
}
