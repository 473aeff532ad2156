package stages

import (
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

const (
	// firstRequest is the id of the first request to ground a call again.
	firstRequest = "first"
	// firstWait doubles from try to try up to longestWait.
	firstWait, longestWait = 5 * time.Second, 5 * time.Minute
)

// firstDue asks for a call to be grounded again that has just been grounded with
// sources unavailable.
func firstDue(in *callrankv1.CallQuantified, delivery *messaging.Delivery, outages []fundamentals.Outage, now time.Time) *callrankv1.GroundingDue {
	return &callrankv1.GroundingDue{
		Provenance: in.GetProvenance(),
		CallId:     in.GetAnalysis().GetCall().GetId(),
		Ticker:     in.GetAnalysis().GetCall().GetTicker(),
		Stream:     delivery.Stream,
		Sequence:   delivery.Sequence,
		DueAt:      moment(dueAt(0, outages, now)),
		Cause:      callrankv1.DueAwaited,
		Reason:     described(outages),
		Since:      moment(now),
	}
}

// nextDue asks once more.
func nextDue(due *callrankv1.GroundingDue, outages []fundamentals.Outage, now time.Time) *callrankv1.GroundingDue {
	next := proto.CloneOf(due)
	next.Attempts++
	next.Cause = callrankv1.DueAwaited
	next.Reason = described(outages)
	next.DueAt = moment(dueAt(next.GetAttempts(), outages, now))
	if next.GetSince() == "" {
		next.Since = moment(now)
	}
	return next
}

// dueAt is when a call is tried again: no sooner than its sources ask for, and
// after a wait that grows, spread out so that calls that failed together do not
// come back together.
func dueAt(attempts uint32, outages []fundamentals.Outage, now time.Time) time.Time {
	wait := longestWait
	if attempts < 6 {
		wait = min(firstWait<<attempts, longestWait)
	}
	at := now.Add(wait * 3 / 4)
	if asked := fundamentals.RetryAt(outages); asked.After(at) {
		at = asked
	}
	//nolint:gosec // The jitter need not be unpredictable.
	return at.Add(rand.N(wait / 2))
}

func moment(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// described are outages in words, for operators.
func described(outages []fundamentals.Outage) string {
	said := make([]string, len(outages))
	for i, outage := range outages {
		said[i] = outage.String()
	}
	return strings.Join(said, "; ")
}

// digest tells groundings apart by all but when they are tried again, and why.
func digest(g *callrankv1.Grounding) string {
	said := proto.CloneOf(g)
	said.RetryAt, said.Reason = nil, nil
	b, err := proto.MarshalOptions{Deterministic: true}.Marshal(said)
	if err != nil {
		// It differs from every other one.
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}
