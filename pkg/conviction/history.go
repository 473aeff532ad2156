package conviction

import (
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

const (
	// lookBack is how many calls before the latest its enthusiasm is compared
	// with: three, and with it a year of quarters.
	lookBack = 3
	// steadyWithin is how far, in points of enthusiasm, the latest call may be
	// from the mean of those before and still continue them.
	steadyWithin = 0.5
)

// History is where a company stood by each of its calls, oldest first: what
// Score gives for each with the one before it.
func History(calls []*callrankv1.CallSummary, w *Weights) []*callrankv1.CallScore {
	history := make([]*callrankv1.CallScore, 0, len(calls))
	var previous *callrankv1.CallSummary
	for _, call := range calls {
		c := Score(call, previous, w)
		history = append(history, &callrankv1.CallScore{
			CallId: call.GetCall().GetId(), CallDate: call.GetCall().GetCallDate(),
			Score: c.GetScore(), OutOf: c.GetOutOf(), Components: c.GetComponents(),
		})
		previous = call
	}
	return history
}

// Trajectory tells where a company's enthusiasm goes: the latest call against
// the mean of up to three before it, rising or falling by half a point or more.
// It is "" with fewer than two calls.
func Trajectory(calls []*callrankv1.CallSummary) string {
	if len(calls) < 2 {
		return ""
	}
	latest, before := calls[len(calls)-1], calls[:len(calls)-1]
	before = before[max(0, len(before)-lookBack):]
	sum := 0.0
	for _, call := range before {
		sum += call.GetEnthusiasm()
	}
	switch change := latest.GetEnthusiasm() - sum/float64(len(before)); {
	case change >= steadyWithin:
		return callrankv1.TrajectoryRising
	case change <= -steadyWithin:
		return callrankv1.TrajectoryFalling
	}
	return callrankv1.TrajectorySteady
}

// Old tells whether a company's latest call was held before a day, ISO 8601,
// from which on calls count as current. A call of unknown date is not
// old, and without a day none is.
func Old(latest *callrankv1.Call, current string) bool {
	date := latest.GetCallDate()
	return date != "" && date < current
}
