package grounding

import (
	"github.com/shopspring/decimal"

	"github.com/callrank/callrank/pkg/fundamentals"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Compared is what Compare returns.
type Compared struct {
	Aggregate *callrankv1.Aggregate
	Consensus *callrankv1.Consensus
}

// Compare puts a given aggregate against consensus, as Ground does with the
// one it derives.
func Compare(company *fundamentals.Company, year int32, revenue, netIncome decimal.Decimal) Compared {
	quarter := int32(lastQuarter)
	w := newWork(Input{Call: &callrankv1.Call{FiscalYear: &year, FiscalQuarter: &quarter}, Company: company})
	total := &aggregate{revenue: known(revenue), netIncome: known(netIncome)}
	return Compared{Aggregate: total.message(w.base), Consensus: w.compare(total, support{})}
}
