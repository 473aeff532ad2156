package export

import (
	"time"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// ClaimRow is a figure of a claim: a claim with several has a row for each.
type ClaimRow struct {
	// KnownAt is when the call had been analysed and sized, PublishedAt when its
	// transcript had been published.
	KnownAt     time.Time  `json:"known_at" parquet:"known_at,timestamp(microsecond)"`
	PublishedAt *time.Time `json:"published_at,omitempty" parquet:"published_at,optional,timestamp(microsecond)"`
	CallID      string     `json:"call_id" parquet:"call_id,dict"`
	Ticker      string     `json:"ticker" parquet:"ticker,dict"`
	Company     *string    `json:"company,omitempty" parquet:"company,optional,dict"`
	Sector      *string    `json:"sector,omitempty" parquet:"sector,optional,dict"`
	CallDate    *string    `json:"call_date,omitempty" parquet:"call_date,optional,dict"`
	FiscalYear  *int64     `json:"fiscal_year,omitempty" parquet:"fiscal_year,optional"`
	Quarter     *int64     `json:"fiscal_quarter,omitempty" parquet:"fiscal_quarter,optional"`
	Half        *int64     `json:"fiscal_half,omitempty" parquet:"fiscal_half,optional"`
	// ContentID is the identity of the transcript.
	ContentID string `json:"content_id" parquet:"content_id,dict"`

	ClaimID     string  `json:"claim_id" parquet:"claim_id"`
	Quote       string  `json:"quote" parquet:"quote"`
	Start       int64   `json:"start" parquet:"start"`
	End         int64   `json:"end" parquet:"end"`
	Speaker     string  `json:"speaker" parquet:"speaker,dict"`
	Section     string  `json:"section" parquet:"section,dict"`
	Subject     string  `json:"subject" parquet:"subject,dict"`
	Metric      string  `json:"metric" parquet:"metric,dict"`
	Relevance   string  `json:"relevance" parquet:"relevance,dict"`
	Orientation string  `json:"orientation" parquet:"orientation,dict"`
	Line        string  `json:"line" parquet:"line,dict"`
	Kind        string  `json:"kind" parquet:"kind,dict"`
	Period      *string `json:"period,omitempty" parquet:"period,optional,dict"`
	Repeats     *string `json:"repeats,omitempty" parquet:"repeats,optional"`

	// Figure counts the figures of the claim, from 1.
	Figure     int64    `json:"figure" parquet:"figure"`
	Text       string   `json:"text" parquet:"text"`
	Value      *float64 `json:"value,omitempty" parquet:"value,optional"`
	Low        *float64 `json:"low,omitempty" parquet:"low,optional"`
	High       *float64 `json:"high,omitempty" parquet:"high,optional"`
	Unit       string   `json:"unit" parquet:"unit,dict"`
	Comparator *string  `json:"comparator,omitempty" parquet:"comparator,optional,dict"`
	Qualifier  *string  `json:"qualifier,omitempty" parquet:"qualifier,optional,dict"`
	Direction  *string  `json:"direction,omitempty" parquet:"direction,optional,dict"`

	// What the claim is worth; absent where it was not sized.
	Method     *string  `json:"method,omitempty" parquet:"method,optional,dict"`
	Hard       *bool    `json:"hard,omitempty" parquet:"hard,optional"`
	Amount     *float64 `json:"amount,omitempty" parquet:"amount,optional"`
	RevenuePct *float64 `json:"revenue_pct,omitempty" parquet:"revenue_pct,optional"`
	NetIncome  *float64 `json:"net_income,omitempty" parquet:"net_income,optional"`
	EPSPct     *float64 `json:"eps_pct,omitempty" parquet:"eps_pct,optional"`
	Uplift     *float64 `json:"uplift,omitempty" parquet:"uplift,optional"`
	// CountedUnder is the claim of its family that is counted instead.
	CountedUnder *string `json:"counted_under,omitempty" parquet:"counted_under,optional"`
}

// ClaimRowsOf are the rows of a call that had been grounded at a time.
func ClaimRowsOf(at time.Time, call *callrankv1.CallGrounded) []*ClaimRow {
	analysis := call.GetAnalysis()
	sized := map[string]*callrankv1.SizedClaim{}
	for _, s := range analysis.GetGrounding().GetSized() {
		sized[s.GetClaimId()] = s
	}
	var rows []*ClaimRow
	for _, claim := range analysis.GetClaims() {
		base := claimRow(at, call, claim, sized[claim.GetId()])
		for i, figure := range claim.GetFigures() {
			row := base
			row.Figure, row.Text, row.Unit = int64(i+1), figure.GetText(), figure.GetUnit()
			row.Value, row.Low, row.High = figure.Value, figure.Low, figure.High
			row.Comparator, row.Qualifier, row.Direction = figure.Comparator, figure.Qualifier, figure.Direction
			rows = append(rows, &row)
		}
	}
	return rows
}

// claimRow is what the rows of a claim's figures have in common.
func claimRow(at time.Time, grounded *callrankv1.CallGrounded, claim *callrankv1.Claim, sized *callrankv1.SizedClaim) ClaimRow {
	call := grounded.GetAnalysis().GetCall()
	row := ClaimRow{
		KnownAt: moment(at), CallID: call.GetId(), Ticker: call.GetTicker(), Company: call.Company, CallDate: call.CallDate,
		FiscalYear: signed(call.FiscalYear), Quarter: signed(call.FiscalQuarter), Half: signed(call.FiscalHalf),
		ContentID: grounded.GetProvenance().GetContentId(),
		ClaimID:   claim.GetId(), Quote: claim.GetQuote(),
		Start: int64(claim.GetSource().GetStart()), End: int64(claim.GetSource().GetEnd()),
		Speaker: claim.GetSpeaker(), Section: claim.GetSection(), Subject: claim.GetSubject(), Metric: claim.GetMetric(),
		Relevance: claim.GetRelevance(), Orientation: claim.GetOrientation(), Line: claim.GetLine(), Kind: claim.GetKind(),
		Period: claim.Period, Repeats: claim.Repeats,
	}
	if published, err := time.Parse(time.RFC3339Nano, grounded.GetProvenance().GetPublishedAt()); err == nil {
		row.PublishedAt = new(moment(published))
	}
	if grounding := grounded.GetAnalysis().GetGrounding(); grounding != nil {
		row.Sector = grounding.Sector
	}
	if sized != nil {
		row.Method, row.Hard = new(sized.GetMethod()), new(sized.GetHard())
		row.Amount, row.RevenuePct, row.NetIncome = sized.Amount, sized.RevenuePct, sized.NetIncome
		row.EPSPct, row.Uplift, row.CountedUnder = sized.EpsPct, sized.Uplift, sized.CountedUnder
	}
	return row
}

func signed(n *int32) *int64 {
	if n == nil {
		return nil
	}
	return new(int64(*n))
}
