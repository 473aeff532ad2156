package conviction

import (
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Stand says where a company stands: its conviction as of its latest call, with
// the trend against the one before, and where it stood by each call. The calls are as Merge returns them, oldest
// first; they become part of the standing. The version is left 0 for whoever
// keeps count. A company without calls has no conviction.
func Stand(ticker string, calls []*callrankv1.CallSummary, w *Weights) *callrankv1.Standing {
	standing := &callrankv1.Standing{Ticker: ticker, Calls: calls}
	if len(calls) == 0 {
		return standing
	}
	latest := calls[len(calls)-1]
	for _, call := range calls {
		if name := call.GetCall().GetCompany(); name != "" {
			standing.Company = new(name)
		}
		if sector := call.GetGrounding().GetSector(); sector != "" {
			standing.Sector = new(sector)
		}
	}
	if capitalisation := latest.GetGrounding().GetValuation(); capitalisation.GetMarketCap() > 0 {
		standing.MarketCap = new(capitalisation.GetMarketCap())
	}
	standing.History = History(calls, w)
	now := standing.GetHistory()[len(calls)-1]
	standing.Conviction = &callrankv1.Conviction{
		Score: now.GetScore(), OutOf: now.GetOutOf(), Components: now.GetComponents(), Weights: w.Version,
	}
	if trajectory := Trajectory(calls); trajectory != "" {
		standing.Trajectory = &trajectory
	}
	return standing
}

// Score is the conviction of a call, with the trend against the one before;
// previous is nil where there is none.
func Score(latest, previous *callrankv1.CallSummary, w *Weights) *callrankv1.Conviction {
	conviction := &callrankv1.Conviction{
		Weights: w.Version,
		Components: []*callrankv1.Component{
			w.enthusiasm(latest),
			w.trend(latest, previous),
			w.quantifies(latest),
			w.impact(latest.GetGrounding()),
			w.underRadar(latest.GetGrounding()),
			w.credibility(latest),
			w.confirmation(latest.GetGrounding()),
		},
	}
	var score, outOf points
	for _, c := range conviction.GetComponents() {
		if c.Points != nil {
			score += toPoints(c.GetPoints())
			outOf += toPoints(c.GetMax())
		}
	}
	conviction.Score, conviction.OutOf = score.float(), outOf.float()
	return conviction
}
