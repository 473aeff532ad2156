package messaging

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// The streams. One for each stage rather than one for all: each has its own
// lock and file, which measured 1.3 to 2.3 times the throughput.
const (
	StreamCalls        = "CALLS"
	StreamIngested     = "INGESTED"
	StreamExtracted    = "EXTRACTED"
	StreamQuantified   = "QUANTIFIED"
	StreamGrounded     = "GROUNDED"
	StreamRanking      = "RANKING"
	StreamDead         = "DEAD"
	StreamFundamentals = "FUNDAMENTALS"
	StreamReground     = "REGROUND"
)

const (
	day = 24 * time.Hour
	// stageRetention is how long the results of ingest, extract and quantify
	// are kept: enough to rescore from any of them.
	stageRetention = 14 * day
	// stageWindow is how long the broker remembers the ids of stage results.
	// Copies come from redelivery, seconds to minutes later.
	stageWindow = 10 * time.Minute
	// regroundRetention bounds how long a call waits for a source that never
	// answers again.
	regroundRetention = 60 * day
	// putsKept is how much of the past of what was put is kept of a company, for
	// people.
	putsKept = 16
	// callsWindow is longer: copies of a transcript come from people and
	// vendors. Ids are few and cheap here, a hundred bytes each.
	callsWindow = 2 * day
)

// Streams are the streams as they are provisioned, with this many replicas
// (1, or 3 and 5 on a cluster).
func Streams(replicas int) []jetstream.StreamConfig {
	stream := func(name, subject, description string, keep, window time.Duration) jetstream.StreamConfig {
		return jetstream.StreamConfig{
			Name:        name,
			Description: description,
			Subjects:    []string{subject},
			Retention:   jetstream.LimitsPolicy,
			Storage:     jetstream.FileStorage,
			Replicas:    replicas,
			MaxAge:      keep,
			Duplicates:  window,
			AllowDirect: true,
		}
	}
	// Couriers are given what they failed to carry again by a subject of their
	// own, of which nobody else takes note.
	ranking := stream(StreamRanking, "ranking.changed.*.*", "Changes of the ranking", 0, stageWindow)
	ranking.Subjects = append(ranking.Subjects, "ranking.resend.*.*")
	fundamentals := stream(StreamFundamentals, "fundamentals.put.*", "What was put of companies, the last of each in force", 0, stageWindow)
	fundamentals.MaxMsgsPerSubject = putsKept
	// What was worked on is gone: the stream is the list of what waits.
	reground := stream(StreamReground, "grounding.due.*.*", "Calls that are to be grounded again, and when", regroundRetention, stageWindow)
	reground.Retention = jetstream.WorkQueuePolicy
	return []jetstream.StreamConfig{
		fundamentals,
		reground,
		stream(StreamCalls, AllCalls, "Transcripts as published: the source of truth", 0, callsWindow),
		stream(StreamIngested, "stages.ingested.*.*", "Who spoke when", stageRetention, stageWindow),
		stream(StreamExtracted, "stages.extracted.*.*", "What is said of AI", stageRetention, stageWindow),
		stream(StreamQuantified, "stages.quantified.*.*", "How much, of what, by when", stageRetention, stageWindow),
		// Kept for good, unlike the other stages: Redis holds the ranking only
		// as a projection of this stream and can be rebuilt only from what is
		// still in it. A few KB a call.
		stream(StreamGrounded, "stages.grounded.*.*", "Worth what against what; the ranking is rebuilt from here", 0, stageWindow),
		ranking,
		stream(StreamDead, "dead.*.*", "Events that a stage could not work on, with their payload", 0, stageWindow),
	}
}

// Provision creates the streams that are missing and brings the others up to
// date. A difference that would lose messages is refused.
func (b *Broker) Provision(ctx context.Context) error {
	for _, want := range Streams(b.config.Replicas) {
		if err := b.provision(ctx, want); err != nil {
			return fmt.Errorf("provision stream %s: %w", want.Name, err)
		}
	}
	return b.provisionRoster(ctx)
}

func (b *Broker) provision(ctx context.Context, want jetstream.StreamConfig) error {
	existing, err := b.js.Stream(ctx, want.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		// Several workers may find it missing at once: the same create from
		// each succeeds.
		_, err = b.js.CreateStream(ctx, want)
		return err
	}
	if err != nil {
		return err
	}
	have := existing.CachedInfo().Config
	if err := destroys(have, want); err != nil {
		return err
	}
	if have.Description == want.Description && slices.Equal(have.Subjects, want.Subjects) &&
		have.MaxAge == want.MaxAge && have.Duplicates == want.Duplicates &&
		have.Replicas == want.Replicas && have.AllowDirect == want.AllowDirect {
		return nil
	}
	// Settings we have no opinion on (limits, placement, compression) stay as
	// the operator made them.
	have.Description, have.Subjects = want.Description, want.Subjects
	have.MaxAge, have.Duplicates = want.MaxAge, want.Duplicates
	have.Replicas, have.AllowDirect = want.Replicas, want.AllowDirect
	_, err = b.js.UpdateStream(ctx, have)
	return err
}

// destroys says why going from one configuration to another would lose
// messages, or nil if it would not.
func destroys(have, want jetstream.StreamConfig) error {
	switch {
	case have.Storage != want.Storage:
		return fmt.Errorf("it exists with %s storage, and changing that to %s would empty it: back it up and delete it first", have.Storage, want.Storage)
	case have.Retention != want.Retention:
		return fmt.Errorf("it exists with retention %s, not %s: back it up and delete it first", have.Retention, want.Retention)
	case shorter(want.MaxAge, have.MaxAge):
		return fmt.Errorf("it exists and keeps messages for %s; keeping them for %s would delete some: shorten it yourself if that is meant", age(have.MaxAge), age(want.MaxAge))
	case have.Replicas > want.Replicas:
		return fmt.Errorf("it exists with %d replicas; %d would drop copies: start with --nats-replicas %d", have.Replicas, want.Replicas, have.Replicas)
	}
	return nil
}

// shorter compares two retention times, of which 0 is for ever.
func shorter(a, b time.Duration) bool {
	return a != 0 && (b == 0 || a < b)
}

func age(d time.Duration) string {
	if d == 0 {
		return "ever"
	}
	return d.String()
}
