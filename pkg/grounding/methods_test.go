package grounding_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/grounding"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// halyard files $1,000M of revenue and $100M of net income.
func halyard() *fundamentals.Company {
	known := fundamentals.Known{On: "2026-02-10", Source: "annual report"}
	return &fundamentals.Company{
		Ticker: "HLYD", Name: "Halyard, Inc.", Currency: "USD", Known: known, Document: "file HLYD.json",
		Actuals:   []fundamentals.Actual{{Known: known, FiscalYear: 2025, Revenue: figure("1000e6"), NetIncome: figure("100e6"), DilutedEPS: figure("1")}},
		Consensus: []fundamentals.Estimate{{Known: known, FiscalYear: 2026, Revenue: figure("1200e6"), NetIncome: figure("130e6"), EPS: figure("1.3")}},
		Segments: []fundamentals.Segment{
			{Known: known, Name: "Cloud", Aliases: []string{"Rigging"}, FiscalYear: 2025, Revenue: figure("400e6"), IncrementalNetMargin: figure("0.3")},
			{Known: known, Name: "Devices", FiscalYear: 2025, Revenue: figure("600e6")},
		},
	}
}

func TestMethods(t *testing.T) {
	t.Parallel()
	const million = 1e6
	cost := kind(callrankv1.ClaimCost, callrankv1.LineBottom)
	commitment := kind(callrankv1.ClaimCommitment, callrankv1.LineTop)
	for name, tt := range map[string]struct {
		claim      *callrankv1.Claim
		method     string
		hard       bool
		amount     float64
		netIncome  float64
		uplift     float64
		arithmetic string
	}{
		"revenue of a quarter is taken four times": {
			claimed(of("AI products", "revenue"), past, during("Q1 FY2026"), with(stated("$25 million", "USD", 25*million), yearly(stated("60%", "percent", 60)))),
			callrankv1.MethodQuarterlyRevenue, true, 100 * million, 25 * million, 37.5 * million, "$25M × 4 = $100M",
		},
		"revenue of a half year is taken twice": {
			claimed(of("AI products", "revenue"), past, during("second half"), with(stated("$25 million", "USD", 25*million))),
			callrankv1.MethodQuarterlyRevenue, true, 50 * million, 12.5 * million, 0, "$25M × 2 = $50M",
		},
		"revenue of a year is its own run rate": {
			claimed(of("AI products", "revenue"), past, during("FY2025"), with(stated("$80 million", "USD", 80*million))),
			callrankv1.MethodRunRate, true, 80 * million, 20 * million, 0, "$80M ÷ FY2025 revenue $1B = 8.00%",
		},
		"revenue without a period is soft, and not multiplied": {
			claimed(of("AI products", "revenue"), past, with(stated("$80 million", "USD", 80*million))),
			callrankv1.MethodRunRate, false, 80 * million, 20 * million, 0, "$80M ÷",
		},
		"a run rate named only in the sentence": {
			claimed(of("AI products", "level"), saying("We added $2 million and are now at a $90 million annualised run rate."),
				with(stated("$2 million", "USD", 2*million), stated("$90 million", "USD", 90*million))),
			callrankv1.MethodRunRate, true, 90 * million, 22.5 * million, 0, "$90M ÷",
		},
		"growth over a quarter is no growth over a year": {
			claimed(of("AI products", "ARR"), with(stated("$90 million", "USD", 90*million), quarterly(stated("40%", "percent", 40)))),
			callrankv1.MethodRunRate, true, 90 * million, 22.5 * million, 0, "$90M ÷",
		},
		"what doubled over a year is half new": {
			claimed(of("AI products", "ARR"), with(stated("$90 million", "USD", 90*million), yearly(stated("doubled", "multiple", 2)))),
			callrankv1.MethodRunRate, true, 90 * million, 22.5 * million, 45 * million, "uplift $90M − $90M ÷ (1 + 100%) = $45M",
		},
		"growth told by the words behind it": {
			claimed(of("AI products", "ARR"), saying("ARR is $90 million, growing 50 percent year over year."),
				with(stated("$90 million", "USD", 90*million), stated("50 percent", "percent", 50))),
			callrankv1.MethodRunRate, true, 90 * million, 22.5 * million, 30 * million, "(1 + 50%)",
		},
		"a fall is a negative uplift": {
			claimed(of("AI products", "ARR"), with(stated("$90 million", "USD", 90*million), func() *callrankv1.Figure {
				f := yearly(stated("10%", "percent", 10))
				f.Direction = new("down")
				return f
			}())),
			callrankv1.MethodRunRate, true, 90 * million, 22.5 * million, -10 * million, "uplift",
		},
		"guided revenue is soft": {
			claimed(of("AI products", "revenue"), forward, during("FY2026"), with(stated("$200 million", "USD", 200*million))),
			callrankv1.MethodRunRate, false, 200 * million, 50 * million, 0, "",
		},
		"a business around AI is soft, and earns at unknown margins": {
			claimed(of("cloud services", "ARR"), adjacent, with(stated("$300 million", "USD", 300*million))),
			callrankv1.MethodRunRate, false, 300 * million, 0, 0, "$300M ÷ FY2025 revenue $1B = 30.00%",
		},
		"four quarters that exceed all revenue may be years": {
			claimed(of("AI products", "revenue"), past, during("Q4 FY2025"), with(stated("$300 million", "USD", 300*million))),
			callrankv1.MethodQuarterlyRevenue, false, 1200 * million, 300 * million, 0, "$300M × 4 = $1.2B",
		},
		"a ceiling on something else leaves the sum hard": {
			claimed(of("AI products", "ARR"), with(stated("$90 million", "USD", 90*million), func() *callrankv1.Figure {
				f := stated("up to 40%", "percent", 40)
				f.Qualifier = new("up to")
				return f
			}())),
			callrankv1.MethodRunRate, true, 90 * million, 22.5 * million, 0, "",
		},
		"a ceiling is soft": {
			claimed(of("AI products", "ARR"), with(func() *callrankv1.Figure {
				f := stated("up to $90 million", "USD", 90*million)
				f.Qualifier = new("up to")
				return f
			}())),
			callrankv1.MethodRunRate, false, 90 * million, 22.5 * million, 0, "",
		},
		"a range counts from its low end": {
			claimed(of("AI products", "ARR"), with(between("$80 million to $100 million", "USD", 80*million, 100*million))),
			callrankv1.MethodRunRate, true, 80 * million, 20 * million, 0, "$80M ÷",
		},
		"a segment earns at its own margin": {
			claimed(of("Rigging AI", "ARR"), with(stated("$90 million", "USD", 90*million))),
			callrankv1.MethodRunRate, true, 90 * million, 27 * million, 0, "× 30% incremental net margin (file HLYD.json: annual report (segment Cloud))",
		},
		"growth of a filed line": {
			claimed(of("Cloud", "growth"), past, with(yearly(stated("25%", "percent", 25)))),
			callrankv1.MethodSegmentGrowth, true, 400 * million, 30 * million, 100 * million, "uplift: Cloud revenue $400M × 25% = $100M",
		},
		"a commitment with its term": {
			claimed(of("AI cluster", "contract"), commitment, saying("We signed a 4-year, $200 million commitment."),
				with(stated("4-year", "years", 4), stated("$200 million", "USD", 200*million))),
			callrankv1.MethodCommitment, true, 200 * million, 12.5 * million, 0, "$200M over 4 years as stated, evenly: $50M in the next",
		},
		"a backlog delivered within a year": {
			claimed(of("AI backlog", "backlog"), commitment, saying("We will ship this $60 million over the next three quarters."),
				with(stated("$60 million", "USD", 60*million), stated("three quarters", "quarters", 3))),
			callrankv1.MethodCommitment, true, 60 * million, 15 * million, 0, "$60M over 0.75 years as stated, evenly: $60M in the next",
		},
		"a cost saved": {
			claimed(of("support agents", "cost savings"), past, cost, with(stated("$10 million", "USD", 10*million))),
			callrankv1.MethodCostSaving, true, 10 * million, 7.9 * million, 0, "$10M × (1 − 21% tax) = $7.9M",
		},
		"a run rate of savings is no revenue": {
			claimed(of("support agents", "run rate"), saying("The agents' saves reached a run rate of $10 million."), with(stated("$10 million", "USD", 10*million))),
			callrankv1.MethodCostSaving, true, 10 * million, 7.9 * million, 0, "× (1 − 21% tax)",
		},
		"a saving that was called something else": {
			claimed(of("scheduler", "saves"), past, kind(callrankv1.ClaimOther, callrankv1.LineTop), saying("It saves us $10 million a year."),
				with(stated("$10 million", "USD", 10*million))),
			callrankv1.MethodCostSaving, true, 10 * million, 7.9 * million, 0, "",
		},
		"a run rate that was called something else": {
			claimed(of("model service", "run rate"), kind(callrankv1.ClaimOther, callrankv1.LineTop), saying("It passed a $90 million run rate."),
				with(stated("$90 million", "USD", 90*million))),
			callrankv1.MethodRunRate, true, 90 * million, 22.5 * million, 0, "",
		},
		"a saving hoped for is soft": {
			claimed(of("support agents", "cost savings"), forward, cost, with(stated("$10 million", "USD", 10*million))),
			callrankv1.MethodCostSaving, false, 10 * million, 7.9 * million, 0, "",
		},
		"capex saved reaches income as depreciation": {
			claimed(of("own chips", "capex savings"), past, cost, with(stated("$60 million", "USD", 60*million))),
			callrankv1.MethodCapexSaving, true, 60 * million, 7.9 * million, 0, "$60M ÷ 6 years of useful life (default) = $10M of depreciation a year",
		},
		"margin points of the company": {
			claimed(of("total company", "operating margin from AI"), past, cost, with(stated("50 basis points", "bps", 50))),
			callrankv1.MethodMarginPoints, true, 5 * million, 3.95 * million, 0, "50 bps × company revenue $1B = $5M",
		},
		"margin points of a segment": {
			claimed(of("Cloud", "operating margin"), past, cost, with(stated("50 basis points", "bps", 50))),
			callrankv1.MethodMarginPoints, true, 2 * million, 1.58 * million, 0, "50 bps × Cloud revenue $400M = $2M",
		},
		"what is spent counts from the high end": {
			claimed(of("data centres", "capital expenditures"), forward, cost, with(between("$80 million to $100 million", "USD", 80*million, 100*million))),
			callrankv1.MethodSpending, false, 100 * million, 0, 0, "$100M ÷ FY2025 revenue $1B = 10.00%",
		},
		"a commitment to buy is spending": {
			claimed(of("model licences", "purchase commitment"), kind(callrankv1.ClaimCommitment, callrankv1.LineBottom), with(stated("$20 million", "USD", 20*million))),
			callrankv1.MethodSpending, false, 20 * million, 0, 0, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := ground(t, halyard(), tt.claim).GetSized()[0]
			require.Equal(t, tt.method, s.GetMethod(), s.GetWhy())
			require.Equal(t, tt.hard, s.GetHard(), s.GetWhy())
			require.Equal(t, tt.amount, s.GetAmount())
			require.InDelta(t, tt.netIncome, s.GetNetIncome(), 0.01)
			require.InDelta(t, tt.uplift, s.GetUplift(), 0.01)
			require.Contains(t, s.GetArithmetic(), tt.arithmetic)
		})
	}
}

func TestWhatIsNotSizedSaysWhy(t *testing.T) {
	t.Parallel()
	const million = 1e6
	for name, tt := range map[string]struct {
		claim *callrankv1.Claim
		why   string
	}{
		"a disputed figure": {
			claimed(of("AI", "ARR"), with(stated("$90 million", "USD", 90*million)), func(c *callrankv1.Claim) { c.Disputed = []string{"implausible_figure"} }),
			"disputed: implausible_figure",
		},
		"the publisher's summary": {
			claimed(of("AI", "ARR"), with(stated("$90 million", "USD", 90*million)), func(c *callrankv1.Claim) { c.Section = callrankv1.SectionTakeaways }),
			"management did not say it",
		},
		"a word that names no number": {
			claimed(of("AI", "run rate"), with(&callrankv1.Figure{Text: "multibillion-dollar", Unit: "USD"})), "no number is named",
		},
		"another currency": {
			claimed(of("AI", "ARR"), with(stated("EUR 90 million", "EUR", 90*million))), "stated in EUR, reported in USD",
		},
		"the size of a market": {
			claimed(of("inference", "addressable market"), with(stated("$90 billion", "USD", 90*billion))), "size of a market",
		},
		"what would be": {
			claimed(of("chips", "run rate"), saying("On its own, the run rate would be $50 million."), with(stated("$50 million", "USD", 50*million))), "hypothetical",
		},
		"a price": {
			claimed(of("rack", "revenue"), saying("We get $3 million per megawatt."), with(stated("$3 million", "USD", 3*million))), "a price or an addition",
		},
		"an addition": {
			claimed(of("cloud", "revenue"), saying("Revenue was up $2 million quarter over quarter."), with(stated("$2 million", "USD", 2*million))), "a price or an addition",
		},
		"growth of a line nobody files": {
			claimed(of("assistant", "customer spend"), with(yearly(stated("60%", "percent", 60)))), "no filed revenue is known",
		},
		"margin points of nobody knows what": {
			claimed(of("own chips", "margin advantage"), kind(callrankv1.ClaimCost, callrankv1.LineBottom), with(stated("300 basis points", "bps", 300))), "not said or not known",
		},
		"what customers save": {
			claimed(of("scheduler", "saves"), past, kind(callrankv1.ClaimOther, callrankv1.LineTop), saying("It saves customers $10 million a year."),
				with(stated("$10 million", "USD", 10*million))),
			"neither revenue, cost nor commitments",
		},
		"use": {
			claimed(of("assistant", "users"), kind(callrankv1.ClaimEngagement, callrankv1.LineTop), with(stated("300 million", "count", 3e8))), "use, not money",
		},
		"capacity": {
			claimed(of("power", "gigawatts"), kind(callrankv1.ClaimCapacity, callrankv1.LineNone), with(stated("4 gigawatts", "GW", 4))), "capacity, not money",
		},
		"a customer's money": {
			claimed(of("a customer", "run rate"), kind(callrankv1.ClaimRevenue, callrankv1.LineNone), with(stated("$90 million", "USD", 90*million))), "no line of the company's own",
		},
		"income": {
			claimed(of("AI", "operating income"), during("FY2025"), with(stated("$90 million", "USD", 90*million))), "income, not of revenue",
		},
		"a number beyond all money": {
			claimed(of("AI", "ARR"), with(stated("$1e300", "USD", 1e300))), "no number is named",
		},
		"no number at all": {
			claimed(of("AI", "ARR"), with(stated("NaN", "USD", math.NaN()))), "no number is named",
		},
		"less than nothing": {
			claimed(of("AI", "ARR"), with(stated("-$5", "USD", -5))), "no number is named",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := ground(t, halyard(), tt.claim)
			s := g.GetSized()[0]
			require.Equal(t, callrankv1.MethodUnsized, s.GetMethod())
			require.Contains(t, s.GetWhy(), tt.why)
			require.Empty(t, s.GetArithmetic())
			require.Nil(t, s.Amount)
			require.Nil(t, s.RevenuePct)
			require.Nil(t, g.GetAggregate().Revenue)
		})
	}
}

func TestASumStaysHardWhereOnlyTheFiguresToSizeItAreMissing(t *testing.T) {
	t.Parallel()
	claim := claimed(of("AI", "ARR"), with(stated("$90 million", "USD", 9e7)))
	g := grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: []*callrankv1.Claim{claim}, Reason: "the provider is down"})
	require.Equal(t, callrankv1.MethodUnsized, g.GetSized()[0].GetMethod())
	require.True(t, g.GetSized()[0].GetHard())
	growth := claimed(of("AI", "growth"), with(yearly(stated("60%", "percent", 60))))
	g = grounding.Ground(grounding.Input{Call: call(2026, 1), Claims: []*callrankv1.Claim{growth}, Reason: "the provider is down"})
	require.False(t, g.GetSized()[0].GetHard(), "a rate of an unknown base proves nothing")
}

func TestASumToldOfABusinessAroundAIAsWellIsSoft(t *testing.T) {
	t.Parallel()
	core := claimed(id(1), of("AI", "run rate"), with(stated("$142 million", "USD", 142e6), yearly(stated("24%", "percent", 24))))
	cloud := claimed(id(2), of("Cloud", "run rate"), adjacent, with(stated("$142 million", "USD", 142e6)))
	require.True(t, ground(t, halyard(), core).GetSized()[0].GetHard())
	g := ground(t, halyard(), core, cloud)
	require.False(t, g.GetSized()[0].GetHard())
	require.Contains(t, g.GetSized()[0].GetWhy(), "the same sum")
	require.Nil(t, g.GetAggregate().Revenue)
}

func TestAssumptions(t *testing.T) {
	t.Parallel()
	company := halyard()
	company.Segments = nil
	company.Rates.Tax.Figure = figure("0.3")
	company.Rates.IncrementalNetMargin.Figure = figure("0.1")
	in := grounding.Input{
		Call: call(2026, 1), Company: company, Claims: []*callrankv1.Claim{claimed(of("AI", "ARR"), with(stated("$90 million", "USD", 9e7)))},
		Assumptions: grounding.Assumptions{IncrementalNetMargin: figure("0.2"), TaxRate: figure("7"), Origin: "flag --margin"},
	}
	g := grounding.Ground(in)
	origins := map[string]string{}
	values := map[string]float64{}
	for _, a := range g.GetAssumptions() {
		origins[a.GetName()], values[a.GetName()] = a.GetOrigin(), a.GetValue()
	}
	require.Equal(t, "flag --margin", origins[grounding.AssumeMargin], "what is set wins")
	require.Equal(t, "file HLYD.json: annual report", origins[grounding.AssumeTax], "a tax of 700% cannot be meant")
	require.Equal(t, "default", origins[grounding.AssumeLife])
	require.Equal(t, map[string]float64{
		grounding.AssumeMargin: 0.2, grounding.AssumeTax: 0.3, grounding.AssumeRecognised: 0.15, grounding.AssumeLife: 6,
	}, values)
	require.Equal(t, 1.8e7, g.GetSized()[0].GetNetIncome())
}
