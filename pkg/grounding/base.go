package grounding

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/callrank/callrank/pkg/fundamentals"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

const (
	lastQuarter = 4
	lastHalf    = 2
)

// base is the fiscal year claims are sized against.
type base struct {
	year int
	// expected is the last full year the company had reported at the call.
	// It differs from year where its actuals are not there.
	expected   int
	currency   string
	revenue    decimal.NullDecimal
	netIncome  decimal.NullDecimal
	dilutedEPS decimal.NullDecimal
	origin     *callrankv1.Origin
}

// chooseBase finds the last full fiscal year that the company had reported at
// its call: the call's own year for the call on the fourth quarter or the second
// half, else the year before. Where that year's figures are not there the nearest earlier one
// stands in and says so; a later one never does.
func chooseBase(call *callrankv1.Call, company *fundamentals.Company, asOf string) (*base, string) {
	if call.GetFiscalYear() == 0 {
		return nil, "the call's fiscal year is unknown, so the year before it is too"
	}
	expected := int(call.GetFiscalYear())
	if call.GetFiscalQuarter() != lastQuarter && (call.GetFiscalQuarter() != 0 || call.GetFiscalHalf() != lastHalf) {
		expected--
	}
	actual, ok := company.ActualBy(expected)
	if !ok {
		reason := fmt.Sprintf("no filed figures for FY%d or an earlier year", expected)
		if asOf != "" {
			reason += " were known by " + asOf
		}
		return nil, reason + because(company.Why(fundamentals.TopicActuals))
	}
	b := &base{
		year: actual.FiscalYear, expected: expected, currency: company.Currency,
		revenue: actual.Revenue, netIncome: actual.NetIncome, dilutedEPS: actual.DilutedEPS,
		origin: origin(company, actual.Known),
	}
	if b.stale() {
		b.origin.Source += fmt.Sprintf(" (FY%d is not there; FY%d is the nearest earlier year)", expected, b.year)
	}
	return b, ""
}

// stale tells that an earlier year stands in for the last full one.
func (b *base) stale() bool { return b.year != b.expected }

// label names the year for a reader.
func (b *base) label() string { return fmt.Sprintf("FY%d", b.year) }

func (b *base) message() *callrankv1.Base {
	if b == nil {
		return nil
	}
	return &callrankv1.Base{
		FiscalYear:   int32(b.year),
		Currency:     b.currency,
		Revenue:      printed(b.revenue, moneyPlaces),
		NetIncome:    printed(b.netIncome, moneyPlaces),
		DilutedEps:   printed(b.dilutedEPS, percentPlaces),
		NetMarginPct: printed(percentOf(b.netIncome, b.revenue), percentPlaces),
		Origin:       b.origin,
	}
}

func origin(company *fundamentals.Company, k fundamentals.Known) *callrankv1.Origin {
	o := &callrankv1.Origin{Source: company.Origin(k)}
	if k.On != "" {
		o.KnownOn = new(k.On)
	}
	return o
}
