package export

import (
	"time"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// RankingRow is a change of the ranking.
type RankingRow struct {
	// Place is where the change stands among all: later ones are greater.
	Place int64 `json:"place" parquet:"place"`
	// KnownAt is when it was announced.
	KnownAt    time.Time `json:"known_at" parquet:"known_at,timestamp(microsecond)"`
	Generation string    `json:"generation" parquet:"generation,dict"`
	Ticker     string    `json:"ticker" parquet:"ticker,dict"`
	Company    *string   `json:"company,omitempty" parquet:"company,optional,dict"`
	Sector     *string   `json:"sector,omitempty" parquet:"sector,optional,dict"`
	// CallID is the call that caused it; RankedBy, of CallDate, the one that the
	// company is ranked by since.
	CallID   string  `json:"call_id" parquet:"call_id"`
	RankedBy string  `json:"ranked_by" parquet:"ranked_by"`
	CallDate *string `json:"call_date,omitempty" parquet:"call_date,optional"`

	RankBefore *int64 `json:"rank_before,omitempty" parquet:"rank_before,optional"`
	// Rank is absent when the company left the ranking.
	Rank        *int64   `json:"rank,omitempty" parquet:"rank,optional"`
	Ranked      int64    `json:"ranked" parquet:"ranked"`
	ScoreBefore *float64 `json:"score_before,omitempty" parquet:"score_before,optional"`
	Score       float64  `json:"score" parquet:"score"`
	OutOfBefore *float64 `json:"out_of_before,omitempty" parquet:"out_of_before,optional"`
	OutOf       float64  `json:"out_of" parquet:"out_of"`

	// The components; absent when unknown.
	Enthusiasm   *float64 `json:"enthusiasm_points,omitempty" parquet:"enthusiasm_points,optional"`
	Trend        *float64 `json:"trend_points,omitempty" parquet:"trend_points,optional"`
	Quantifies   *float64 `json:"quantifies_points,omitempty" parquet:"quantifies_points,optional"`
	Impact       *float64 `json:"impact_points,omitempty" parquet:"impact_points,optional"`
	UnderRadar   *float64 `json:"under_radar_points,omitempty" parquet:"under_radar_points,optional"`
	Credibility  *float64 `json:"credibility_points,omitempty" parquet:"credibility_points,optional"`
	Confirmation *float64 `json:"confirmation_points,omitempty" parquet:"confirmation_points,optional"`

	// Talk and Proof are enthusiasm and substance, 0 to 10, of the call it is
	// ranked by.
	Talk      *float64 `json:"enthusiasm,omitempty" parquet:"enthusiasm,optional"`
	Proof     *float64 `json:"substance,omitempty" parquet:"substance,optional"`
	MarketCap *float64 `json:"market_cap,omitempty" parquet:"market_cap,optional"`
	EPSPct    *float64 `json:"eps_pct,omitempty" parquet:"eps_pct,optional"`
	Versus    *string  `json:"versus_analysts,omitempty" parquet:"versus_analysts,optional,dict"`
	PricedIn  *string  `json:"priced_in,omitempty" parquet:"priced_in,optional,dict"`
	Why       string   `json:"why" parquet:"why"`
}

// RankingRowOf is the row of a change that was announced at a place and a time.
func RankingRowOf(place uint64, at time.Time, c *callrankv1.RankingChange) *RankingRow {
	row := &RankingRow{
		Place: int64(place), KnownAt: moment(at), Generation: c.GetGeneration(),
		Ticker: c.GetTicker(), Company: c.Company, CallID: c.GetCallId(), RankedBy: c.GetRankedBy(),
		RankBefore: whole(c.RankBefore), Ranked: int64(c.GetRanked()),
		ScoreBefore: c.ScoreBefore, Score: c.GetScoreAfter(), OutOfBefore: c.OutOfBefore, OutOf: c.GetOutOfAfter(),
		Why: c.GetWhy(),
	}
	if !c.GetLeft() {
		row.Rank = new(int64(c.GetRankAfter()))
	}
	for _, component := range c.GetComponentsAfter() {
		if field := row.component(component.GetName()); field != nil {
			*field = component.Points
		}
	}
	if known := c.GetRow(); known != nil {
		row.Sector, row.MarketCap, row.EPSPct = known.Sector, known.MarketCap, known.EpsPct
		row.Versus, row.PricedIn = known.VersusAnalysts, known.PricedIn
		row.Talk, row.Proof = new(known.GetEnthusiasm()), new(known.GetSubstance())
		if known.GetCall() != nil {
			row.CallDate = known.GetCall().CallDate
		}
	}
	return row
}

// component is the field of a component.
func (r *RankingRow) component(name string) **float64 {
	switch name {
	case callrankv1.ComponentEnthusiasm:
		return &r.Enthusiasm
	case callrankv1.ComponentTrend:
		return &r.Trend
	case callrankv1.ComponentQuantifies:
		return &r.Quantifies
	case callrankv1.ComponentImpact:
		return &r.Impact
	case callrankv1.ComponentUnderRadar:
		return &r.UnderRadar
	case callrankv1.ComponentCredibility:
		return &r.Credibility
	case callrankv1.ComponentConfirmation:
		return &r.Confirmation
	}
	return nil
}

// moment is a time as all formats hold it.
func moment(at time.Time) time.Time { return at.UTC().Truncate(time.Microsecond) }

func whole(n *uint32) *int64 {
	if n == nil {
		return nil
	}
	return new(int64(*n))
}
