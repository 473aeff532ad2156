package grounding_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/grounding"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func figure(s string) fundamentals.Figure {
	return decimal.NewNullDecimal(decimal.RequireFromString(s))
}

// page is the company of the page whose figures must come out: filed FY2025,
// consensus of FY2026, price and ownership.
func page() *fundamentals.Company {
	known := fundamentals.Known{On: "2026-05-01", Source: "the page"}
	sells, increased, reduced := uint32(47), uint32(3216), uint32(2314)
	return &fundamentals.Company{
		Ticker: "AMZN", Name: "Amazon.com, Inc.", Sector: "Consumer Cyclical", Currency: "USD", Known: known, Document: "file AMZN.json",
		Market: &fundamentals.Market{
			Known: known, Currency: "USD", Price: figure("258.68"), Cap: figure("2787900000000"), CapUSD: figure("2787900000000"),
		},
		Actuals: []fundamentals.Actual{{
			Known: known, FiscalYear: 2025, Revenue: figure("716924000000"), NetIncome: figure("77670000000"), DilutedEPS: figure("7.17"),
		}},
		Consensus: []fundamentals.Estimate{
			{Known: known, FiscalYear: 2026, Revenue: figure("823900000000"), NetIncome: figure("94740000000"), EPS: figure("8.79")},
			{Known: known, FiscalYear: 2027, RevenueGrowth: figure("0.13"), EPSGrowth: figure("0.14")},
		},
		Insiders: &fundamentals.Insiders{Known: known, Buys: proto.Uint32(0), Sells: &sells},
		Holders: &fundamentals.Institutions{
			Known: known, PeriodEnd: "2026-03-31", Increased: &increased, Reduced: &reduced,
			HoldersChange: figure("-88"), OwnershipChange: figure("-2.68"),
		},
	}
}

func call(year, quarter int32) *callrankv1.Call {
	return &callrankv1.Call{FiscalYear: new(year), FiscalQuarter: new(quarter)}
}

// claimed makes a claim that management stated of AI itself, on the top line
// and now, unless an option says otherwise.
func claimed(options ...func(*callrankv1.Claim)) *callrankv1.Claim {
	c := &callrankv1.Claim{
		Id: "c01", Section: callrankv1.SectionPrepared, Relevance: callrankv1.RelevanceCore, Source: &callrankv1.Span{},
		Orientation: callrankv1.OrientationCurrent, Line: callrankv1.LineTop, Kind: callrankv1.ClaimRevenue,
	}
	for _, option := range options {
		option(c)
	}
	return c
}

type option = func(*callrankv1.Claim)

func id(n int) option {
	return func(c *callrankv1.Claim) {
		c.Id = fmt.Sprintf("c%02d", n)
		c.Source = &callrankv1.Span{Start: uint32(n) * 100, End: uint32(n)*100 + 50}
	}
}

func of(subject, metric string) option {
	return func(c *callrankv1.Claim) { c.Subject, c.Metric = subject, metric }
}

func saying(quote string) option { return func(c *callrankv1.Claim) { c.Quote = quote } }

func kind(kind, line string) option {
	return func(c *callrankv1.Claim) { c.Kind, c.Line = kind, line }
}

func adjacent(c *callrankv1.Claim) { c.Relevance = callrankv1.RelevanceAdjacent }

func forward(c *callrankv1.Claim) { c.Orientation = callrankv1.OrientationForward }

func past(c *callrankv1.Claim) { c.Orientation = callrankv1.OrientationPast }

func during(period string) option { return func(c *callrankv1.Claim) { c.Period = &period } }

func with(figures ...*callrankv1.Figure) option {
	return func(c *callrankv1.Claim) { c.Figures = append(c.Figures, figures...) }
}

func stated(text, unit string, value float64) *callrankv1.Figure {
	return &callrankv1.Figure{Text: text, Unit: unit, Value: &value}
}

func between(text, unit string, low, high float64) *callrankv1.Figure {
	return &callrankv1.Figure{Text: text, Unit: unit, Low: &low, High: &high}
}

func yearly(f *callrankv1.Figure) *callrankv1.Figure {
	f.Comparator = new("YoY")
	return f
}

func quarterly(f *callrankv1.Figure) *callrankv1.Figure {
	f.Comparator = new("QoQ")
	return f
}

const billion = 1e9

// ground sizes one claim against the page's company after its Q1 FY2026 call.
func ground(t *testing.T, company *fundamentals.Company, claims ...*callrankv1.Claim) *callrankv1.Grounding {
	t.Helper()
	g := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: claims, Company: company})
	require.Len(t, g.GetSized(), len(claims))
	return g
}

// The page's claims, with its figures.
func aiRunRate() *callrankv1.Claim {
	return claimed(id(1), of("AI revenue", "run rate"), with(stated("over $15 billion", "USD", 15*billion)))
}

func chipsRunRate(n int) *callrankv1.Claim {
	return claimed(id(n), of("chips business", "run rate; growth"),
		with(quarterly(stated("nearly 40%", "percent", 40)), stated("over $20 billion", "USD", 20*billion),
			yearly(between("triple-digit percentages", "percent", 100, 999))))
}

func chipCommitments(n int) *callrankv1.Claim {
	return claimed(id(n), of("Trainium", "revenue commitments"), forward,
		kind(callrankv1.ClaimCommitment, callrankv1.LineTop), with(stated("over $225 billion", "USD", 225*billion)))
}

func marginAdvantage(n int) *callrankv1.Claim {
	return claimed(id(n), of("Trainium", "cost savings after tax"),
		kind(callrankv1.ClaimCost, callrankv1.LineBottom), with(stated("about $1 billion", "USD", billion)))
}

func platformSpend(n int) *callrankv1.Claim {
	return claimed(id(n), of("Bedrock", "customer spend"), past, with(quarterly(stated("170%", "percent", 170))))
}

func cloudBacklog(n int) *callrankv1.Claim {
	return claimed(id(n), of("AWS backlog", "backlog"), adjacent,
		kind(callrankv1.ClaimCommitment, callrankv1.LineTop), with(stated("$364 billion", "USD", 364*billion)))
}

func capex(n int) *callrankv1.Claim {
	return claimed(id(n), of("capital expenditures", "capex"), adjacent, forward,
		kind(callrankv1.ClaimCost, callrankv1.LineBottom), with(stated("about $200 billion", "USD", 200*billion)))
}

func hoursSaved(n int) *callrankv1.Claim {
	return claimed(id(n), of("Transform", "hours saved by customers"), past,
		kind(callrankv1.ClaimProductivity, callrankv1.LineNone), with(stated("1.56 million hours", "hours", 1.56e6)))
}

func pageClaims() []*callrankv1.Claim {
	return []*callrankv1.Claim{
		aiRunRate(), chipsRunRate(2), chipCommitments(3), marginAdvantage(4), platformSpend(5), cloudBacklog(6), capex(7), hoursSaved(8),
	}
}
