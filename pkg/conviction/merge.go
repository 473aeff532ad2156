package conviction

import (
	"cmp"
	"slices"
	"time"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Outcome is what became of a call that was merged.
type Outcome string

// Outcomes of Merge.
const (
	// Added: the call was not there.
	Added Outcome = "added"
	// Superseded: another text of the call was there, with a lower revision.
	Superseded Outcome = "superseded"
	// Regrounded: the same text was there with an older grounding, or without
	// figures to size it.
	Regrounded Outcome = "regrounded"
	// Duplicate: the same text was there.
	Duplicate Outcome = "duplicate"
	// Stale: another text of the call is there, with a higher revision.
	Stale Outcome = "stale"
)

// Merge adds a call to a company's calls and returns them oldest first. Of
// several texts of one call the one with the highest revision stays, so the
// result is the same in whatever order calls arrive and however often. Of the same
// text at the same revision the newest grounding stays, unless its sources were
// unavailable and left it unknown. The same grounding again changes nothing: of
// two analyses the earlier stays (the lower place in the GROUNDED stream), unless
// only the later one could be grounded. The same text published once more later is a duplicate
// too, but its revision is kept: what is compared with it next must come out
// as if it had come first.
//
// The given slice is not changed; the summaries themselves are shared.
func Merge(calls []*callrankv1.CallSummary, in *callrankv1.CallSummary) ([]*callrankv1.CallSummary, Outcome) {
	merged := slices.Clone(calls)
	at := slices.IndexFunc(merged, func(s *callrankv1.CallSummary) bool { return identity(s) == identity(in) })
	if at < 0 {
		return inOrder(append(merged, in)), Added
	}
	there := merged[at]
	sameText := there.GetContentId() == in.GetContentId()
	if precedence(in, there) <= 0 {
		if sameText {
			return inOrder(merged), Duplicate
		}
		return inOrder(merged), Stale
	}
	merged[at] = in
	switch {
	case !sameText:
		return inOrder(merged), Superseded
	case in.GetGroundingVersion() != there.GetGroundingVersion(), isSized(in) && !isSized(there):
		return inOrder(merged), Regrounded
	}
	return inOrder(merged), Duplicate
}

// identity tells calls apart: by id, and where that is unknown by their text.
func identity(s *callrankv1.CallSummary) string {
	if id := s.GetCall().GetId(); id != "" {
		return id
	}
	return "\x00" + s.GetContentId()
}

// precedence is positive when a takes the place of b. It is a total order, on
// which it rests that arrival order does not matter.
func precedence(a, b *callrankv1.CallSummary) int {
	return cmp.Or(
		compareRevisions(a.GetRevision(), b.GetRevision()),
		cmp.Compare(a.GetContentId(), b.GetContentId()),
		trueFirst(isAnswered(b), isAnswered(a)),
		cmp.Compare(a.GetGroundingVersion(), b.GetGroundingVersion()),
		trueFirst(isSized(b), isSized(a)),
		cmp.Compare(b.GetGroundedSequence(), a.GetGroundedSequence()),
	)
}

func isSized(s *callrankv1.CallSummary) bool {
	return s.GetGrounding().GetStatus() == callrankv1.GroundingSized
}

// isAnswered tells a grounding from one that knows nothing because its sources
// were unavailable.
func isAnswered(s *callrankv1.CallSummary) bool {
	return isSized(s) || s.GetGrounding().GetRetryAt() == ""
}

// compareRevisions compares field by field: the number, then when the text was
// issued (a text that does not say, or not in RFC 3339, comes before those that
// do), then its place in the stream.
func compareRevisions(a, b *callrankv1.Revision) int {
	return cmp.Or(
		cmp.Compare(a.GetNumber(), b.GetNumber()),
		issued(a).Compare(issued(b)),
		cmp.Compare(a.GetSequence(), b.GetSequence()),
	)
}

func issued(r *callrankv1.Revision) time.Time {
	at, err := time.Parse(time.RFC3339, r.GetIssuedAt())
	if err != nil {
		return time.Time{}
	}
	return at
}

// inOrder sorts calls oldest first: by fiscal period, and a call without one
// before the first whose date is later. Where the date is unknown too it is
// taken as the oldest, so that it never passes for the latest.
func inOrder(calls []*callrankv1.CallSummary) []*callrankv1.CallSummary {
	var placed, loose []*callrankv1.CallSummary
	for _, s := range calls {
		if s.GetCall().GetFiscalYear() != 0 && endOf(s.GetCall()) != 0 {
			placed = append(placed, s)
		} else {
			loose = append(loose, s)
		}
	}
	slices.SortFunc(placed, func(a, b *callrankv1.CallSummary) int {
		return cmp.Or(
			cmp.Compare(a.GetCall().GetFiscalYear(), b.GetCall().GetFiscalYear()),
			cmp.Compare(endOf(a.GetCall()), endOf(b.GetCall())),
			cmp.Compare(a.GetCall().GetFiscalHalf(), b.GetCall().GetFiscalHalf()),
			byDate(a, b))
	})
	slices.SortFunc(loose, byDate)
	for _, s := range slices.Backward(loose) {
		at := slices.IndexFunc(placed, func(p *callrankv1.CallSummary) bool {
			return p.GetCall().GetCallDate() > s.GetCall().GetCallDate()
		})
		switch {
		case s.GetCall().GetCallDate() == "":
			at = 0
		case at < 0:
			at = len(placed)
		}
		placed = slices.Insert(placed, at, s)
	}
	return placed
}

// endOf is the fiscal quarter with which a call's period ends: a half ends with
// the second or the fourth, and comes after that where a company reports on
// both. It is 0 where the period is unknown.
func endOf(call *callrankv1.Call) int32 {
	const quartersOfHalf = 2
	return cmp.Or(call.GetFiscalQuarter(), quartersOfHalf*call.GetFiscalHalf())
}

func byDate(a, b *callrankv1.CallSummary) int {
	return cmp.Or(
		cmp.Compare(a.GetCall().GetCallDate(), b.GetCall().GetCallDate()),
		cmp.Compare(identity(a), identity(b)))
}
