package grounding

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/callrank/callrank/pkg/fundamentals"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Names of assumptions.
const (
	AssumeTax        = "tax_rate"
	AssumeMargin     = "incremental_net_margin"
	AssumeRecognised = "commitment_recognised_next_year"
	AssumeLife       = "useful_life_years"
)

// byDefault is the origin of an assumption that nobody set.
const byDefault = "default"

// Assumptions are numbers the sizing needs that nobody filed. One that is set
// here wins over the company's own, and that over the default. A value that
// cannot be meant (a tax above 1, a useful life of nothing) is passed over.
type Assumptions struct {
	// TaxRate is a fraction; 0.21 by default, the federal rate on US
	// corporate income.
	TaxRate decimal.NullDecimal
	// IncrementalNetMargin is what is left, as net income, of a further unit
	// of AI revenue. By default 0.25: such revenue is software, cloud and
	// chips on capacity that is being built anyway, so it keeps more than the
	// company's average; it overstates hardware resold at thin margins, and a
	// company's file, or one of its segments', should then say better. The
	// company's average margin is no better guess: it mixes in unrelated
	// lines, and is negative where the effect would be largest.
	IncrementalNetMargin decimal.NullDecimal
	// CommitmentRecognised is the share of commitments that becomes revenue
	// in the next year; 0.15 by default, as of contracts of some six to seven
	// years. A term stated in the claim itself comes first.
	CommitmentRecognised decimal.NullDecimal
	// UsefulLifeYears is over how many years equipment is written off; 6 by
	// default, as large buyers of servers state.
	UsefulLifeYears decimal.NullDecimal
	// Origin says who set them; "set" when empty.
	Origin string
}

// rate is a number with where it comes from.
type rate struct {
	value  decimal.Decimal
	origin string
}

// rates are the assumptions as resolved for one call.
type rates struct {
	tax, margin, recognised, life rate
	// marginSet says that the margin was set for this run, and so holds for
	// every segment.
	marginSet bool
}

func resolve(set Assumptions, company *fundamentals.Company) rates {
	var file fundamentals.Rates
	if company != nil {
		file = company.Rates
	}
	origin := set.Origin
	if origin == "" {
		origin = "set"
	}
	choose := func(set decimal.NullDecimal, file fundamentals.Rate, standard decimal.Decimal, sane func(decimal.Decimal) bool) rate {
		switch {
		case set.Valid && sane(set.Decimal):
			return rate{set.Decimal, origin}
		case file.Valid && sane(file.Decimal):
			return rate{file.Decimal, company.Origin(file.Known)}
		}
		return rate{standard, byDefault}
	}
	return rates{
		tax:        choose(set.TaxRate, file.Tax, decimal.New(21, -2), isShare),
		margin:     choose(set.IncrementalNetMargin, file.IncrementalNetMargin, decimal.New(25, -2), isMargin),
		recognised: choose(set.CommitmentRecognised, file.CommitmentRecognised, decimal.New(15, -2), isShare),
		life:       choose(set.UsefulLifeYears, file.UsefulLifeYears, decimal.NewFromInt(6), decimal.Decimal.IsPositive),
		marginSet:  set.IncrementalNetMargin.Valid && isMargin(set.IncrementalNetMargin.Decimal),
	}
}

func isShare(d decimal.Decimal) bool { return !d.IsNegative() && d.LessThanOrEqual(one) }

func isMargin(d decimal.Decimal) bool { return d.Abs().LessThanOrEqual(one) }

// marginOf is the incremental net margin of a segment, else the company's. A
// margin that was set wins over both.
func (r rates) marginOf(segment *fundamentals.Segment, company *fundamentals.Company) rate {
	if r.marginSet || segment == nil || !segment.IncrementalNetMargin.Valid {
		return r.margin
	}
	return rate{segment.IncrementalNetMargin.Decimal, segmentOrigin(company, segment)}
}

func segmentOrigin(company *fundamentals.Company, segment *fundamentals.Segment) string {
	return fmt.Sprintf("%s (segment %s)", company.Origin(segment.Known), segment.Name)
}

// afterTax is the share of pre-tax income that is left.
func (r rates) afterTax() decimal.Decimal { return one.Sub(r.tax.value) }

func (r rates) messages(company *fundamentals.Company) []*callrankv1.Assumption {
	out := []*callrankv1.Assumption{
		assumption(AssumeTax, r.tax),
		assumption(AssumeMargin, r.margin),
		assumption(AssumeRecognised, r.recognised),
		assumption(AssumeLife, r.life),
	}
	if company == nil || r.marginSet {
		return out
	}
	for i := range company.Segments {
		segment := &company.Segments[i]
		if segment.IncrementalNetMargin.Valid {
			out = append(out, assumption(AssumeMargin, rate{segment.IncrementalNetMargin.Decimal, segmentOrigin(company, segment)}))
		}
	}
	return out
}

func assumption(name string, r rate) *callrankv1.Assumption {
	return &callrankv1.Assumption{Name: name, Value: r.value.InexactFloat64(), Origin: r.origin}
}
