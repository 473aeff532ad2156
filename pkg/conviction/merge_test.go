package conviction_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/conviction"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// text is one text of a call, at its place in the stream.
func text(call *callrankv1.Call, content string, sequence uint64) *callrankv1.CallSummary {
	return &callrankv1.CallSummary{
		Call: call, ContentId: content, Revision: &callrankv1.Revision{Sequence: sequence}, GroundedSequence: sequence,
		Grounding: &callrankv1.Grounding{Status: callrankv1.GroundingSized},
	}
}

func merge(in ...*callrankv1.CallSummary) (calls []*callrankv1.CallSummary, outcomes []conviction.Outcome) {
	for _, s := range in {
		var outcome conviction.Outcome
		calls, outcome = conviction.Merge(calls, s)
		outcomes = append(outcomes, outcome)
	}
	return calls, outcomes
}

func contents(calls []*callrankv1.CallSummary) []string {
	out := make([]string, 0, len(calls))
	for _, s := range calls {
		out = append(out, s.GetContentId())
	}
	return out
}

func TestMerge(t *testing.T) {
	t.Parallel()
	q1, q2 := quarter(2026, 1), quarter(2026, 2)

	t.Run("puts a late older call before the newer one", func(t *testing.T) {
		t.Parallel()
		calls, outcomes := merge(text(q2, "b", 1), text(q1, "a", 2))
		require.Equal(t, []string{"a", "b"}, contents(calls))
		require.Equal(t, []conviction.Outcome{conviction.Added, conviction.Added}, outcomes)
	})

	t.Run("a half-year comes after the quarter it ends with", func(t *testing.T) {
		t.Parallel()
		half := func(year, n int32) *callrankv1.Call {
			return &callrankv1.Call{Id: new(fmt.Sprintf("HLYD-%dH%d", year, n)), FiscalYear: new(year), FiscalHalf: new(n)}
		}
		calls, _ := merge(
			text(half(2026, 2), "second half", 1), text(quarter(2027, 1), "first quarter", 2), text(half(2026, 1), "first half", 3),
			text(quarter(2026, 3), "third quarter", 4), text(quarter(2026, 2), "second quarter", 5), text(half(2025, 2), "half before", 6))
		require.Equal(t, []string{"half before", "second quarter", "first half", "third quarter", "second half", "first quarter"}, contents(calls))
	})

	t.Run("a corrected text supersedes, whichever comes first", func(t *testing.T) {
		t.Parallel()
		calls, outcomes := merge(text(q1, "a", 1), text(q1, "corrected", 2))
		require.Equal(t, []string{"corrected"}, contents(calls))
		require.Equal(t, conviction.Superseded, outcomes[1])
		calls, outcomes = merge(text(q1, "corrected", 2), text(q1, "a", 1))
		require.Equal(t, []string{"corrected"}, contents(calls))
		require.Equal(t, conviction.Stale, outcomes[1])
	})

	t.Run("the same text again changes nothing", func(t *testing.T) {
		t.Parallel()
		once, again := text(q1, "a", 3), text(q1, "a", 3)
		again.GroundedSequence = 9
		calls, outcomes := merge(once, again)
		require.Equal(t, conviction.Duplicate, outcomes[1])
		require.Equal(t, uint64(3), calls[0].GetGroundedSequence())
		calls, outcomes = merge(again, once)
		require.Equal(t, conviction.Duplicate, outcomes[1])
		require.Equal(t, uint64(3), calls[0].GetGroundedSequence(), "the earlier analysis stays, whichever comes first")
	})

	t.Run("figures that arrive later ground a call again", func(t *testing.T) {
		t.Parallel()
		blind, sized := text(q1, "a", 3), text(q1, "a", 3)
		blind.Grounding.Status = callrankv1.GroundingUnknown
		sized.GroundedSequence = 9
		calls, outcomes := merge(blind, sized)
		require.Equal(t, conviction.Regrounded, outcomes[1])
		require.Equal(t, uint64(9), calls[0].GetGroundedSequence())
		calls, _ = merge(sized, blind)
		require.Equal(t, uint64(9), calls[0].GetGroundedSequence())
	})

	t.Run("a newer grounding supersedes the older, whichever comes first", func(t *testing.T) {
		t.Parallel()
		first, later, unavailable := text(q1, "a", 3), text(q1, "a", 3), text(q1, "a", 3)
		later.GroundedSequence, later.GroundingVersion = 9, 4
		unavailable.GroundedSequence, unavailable.GroundingVersion = 12, 7
		unavailable.Grounding.Status, unavailable.Grounding.RetryAt = callrankv1.GroundingUnknown, new("2026-05-01T12:00:00Z")
		for _, order := range [][]*callrankv1.CallSummary{{first, later, unavailable}, {unavailable, later, first}, {later, unavailable, first}} {
			calls, _ := merge(order...)
			require.Equal(t, uint64(9), calls[0].GetGroundedSequence(), "not even by one whose sources were unavailable")
		}
		_, outcomes := merge(first, later)
		require.Equal(t, conviction.Regrounded, outcomes[1])
		_, outcomes = merge(later, first)
		require.Equal(t, conviction.Duplicate, outcomes[1])
	})

	t.Run("a stated number wins over a later time, and that over a later place", func(t *testing.T) {
		t.Parallel()
		numbered, timed, plain := text(q1, "numbered", 1), text(q1, "timed", 2), text(q1, "plain", 3)
		numbered.Revision.Number = 2
		timed.Revision.IssuedAt = "2026-05-01T12:00:00Z"
		for _, order := range [][]*callrankv1.CallSummary{{numbered, timed, plain}, {plain, timed, numbered}, {timed, plain, numbered}} {
			calls, _ := merge(order...)
			require.Equal(t, []string{"numbered"}, contents(calls))
		}
		calls, _ := merge(plain, timed)
		require.Equal(t, []string{"timed"}, contents(calls))
	})

	t.Run("times are compared as times", func(t *testing.T) {
		t.Parallel()
		early, late := text(q1, "early", 2), text(q1, "late", 1)
		early.Revision.IssuedAt = "2026-05-01T23:30:00+02:00"
		late.Revision.IssuedAt = "2026-05-01T22:00:00Z"
		calls, _ := merge(early, late)
		require.Equal(t, []string{"late"}, contents(calls))
		early.Revision.IssuedAt = "last night"
		calls, _ = merge(late, early)
		require.Equal(t, []string{"late"}, contents(calls))
	})

	t.Run("a call without a period stands by its date, one without either is the oldest", func(t *testing.T) {
		t.Parallel()
		dated := func(call *callrankv1.Call, id, date string) *callrankv1.Call {
			c := proto.CloneOf(call)
			c.Id = new(id)
			if date != "" {
				c.CallDate = new(date)
			}
			return c
		}
		none := &callrankv1.Call{}
		calls, _ := merge(
			text(dated(none, "between", "2026-06-01"), "between", 1), text(dated(none, "nowhere", ""), "nowhere", 2),
			text(dated(q2, "q2", "2026-08-01"), "q2", 3), text(dated(none, "last", "2026-09-01"), "last", 4), text(dated(q1, "q1", "2026-05-01"), "q1", 5))
		require.Equal(t, []string{"nowhere", "q1", "between", "q2", "last"}, contents(calls))
	})

	t.Run("calls that are not known apart by id are by their text", func(t *testing.T) {
		t.Parallel()
		calls, _ := merge(text(&callrankv1.Call{}, "a", 1), text(&callrankv1.Call{}, "b", 2), text(&callrankv1.Call{}, "a", 1))
		require.Len(t, calls, 2)
	})

	t.Run("leaves the calls it was given as they were", func(t *testing.T) {
		t.Parallel()
		given, _ := merge(text(q2, "b", 1))
		kept := append([]*callrankv1.CallSummary{}, given...)
		conviction.Merge(given, text(q1, "a", 2))
		conviction.Merge(given, text(q2, "corrected", 2))
		require.Equal(t, kept, given)
	})
}

func TestTheOrderOfArrivalDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var arrivals []*callrankv1.CallSummary
		for i := range rapid.IntRange(1, 8).Draw(t, "texts") {
			s := text(anyCall(t), rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "content"), uint64(i+1))
			s.Revision.Number = rapid.Uint32Range(0, 2).Draw(t, "number")
			s.Revision.IssuedAt = rapid.SampledFrom([]string{"", "2026-05-01T12:00:00Z", "2026-05-01T13:00:00+01:00", "soon"}).Draw(t, "issued")
			s.Grounding.Status = rapid.SampledFrom([]string{callrankv1.GroundingSized, callrankv1.GroundingUnknown}).Draw(t, "status")
			arrivals = append(arrivals, s)
			if rapid.Bool().Draw(t, "delivered again") {
				again := proto.CloneOf(s)
				again.GroundedSequence += 100
				again.GroundingVersion = rapid.Uint64Range(0, 2).Draw(t, "grounding")
				if rapid.Bool().Draw(t, "unavailable") {
					again.Grounding.RetryAt = new("2026-05-01T12:00:00Z")
				}
				again.Grounding.Status = rapid.SampledFrom([]string{callrankv1.GroundingSized, callrankv1.GroundingUnknown}).Draw(t, "status again")
				arrivals = append(arrivals, again)
			}
		}
		want, _ := merge(arrivals...)
		got, _ := merge(rapid.Permutation(arrivals).Draw(t, "order")...)
		got, _ = merge(append(got, rapid.SampledFrom(arrivals).Draw(t, "once more"))...)
		require.Len(t, got, len(want))
		for i := range want {
			require.True(t, proto.Equal(want[i], got[i]), "%v\n%v", want[i], got[i])
		}
	})
}

func anyCall(t *rapid.T) *callrankv1.Call {
	c := &callrankv1.Call{}
	n := rapid.Int32Range(1, 4).Draw(t, "call")
	c.Id = new(fmt.Sprintf("HLYD-%d", n))
	// What is known of a call follows from which call it is.
	switch n {
	case 2:
	case 4:
		c.FiscalYear, c.FiscalHalf = proto.Int32(2026), proto.Int32(2)
	default:
		c.FiscalYear, c.FiscalQuarter = proto.Int32(2026), new(n)
	}
	if n != 3 {
		c.CallDate = new(fmt.Sprintf("2026-0%d-01", n))
	}
	return c
}
