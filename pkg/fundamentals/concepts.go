package fundamentals

import (
	"slices"
	"strings"
)

// line is a line of the income statement that a Company holds.
type line int

const (
	lineRevenue line = iota
	lineIncome
	lineEPS
	lines
)

// name is what the line is called in sources and warnings.
func (l line) name() string {
	return [...]string{lineRevenue: "revenue", lineIncome: "net income", lineEPS: "diluted EPS"}[l]
}

// definition is a way in which companies file a line: under one concept of a
// taxonomy, or as concepts that have to be added.
type definition struct {
	line     line
	concepts []string
	rank     rank
	// partial tells that some companies file only a part of the line so.
	partial bool
}

// rank orders the definitions of revenue: a lower one is taken first. Those of
// one rank are all of the whole company, unless one is partial.
type rank int

const (
	// rankNet is what banks and brokers call their revenue.
	rankNet rank = iota
	// rankTotal are the totals of most companies. Where a filing has several,
	// the largest is the total and the others are parts of it.
	rankTotal
	// rankSector are the totals of some industries.
	rankSector
	// rankLast is taken where there is nothing better.
	rankLast
)

const (
	usGAAP = "us-gaap:"
	ifrs   = "ifrs-full:"
)

// definitions are, line by line, the ways in which it is filed, in the order
// in which they are taken within one filing.
//
// Sources: the US GAAP and IFRS taxonomies' own descriptions of the concepts.
var definitions = []definition{
	{lineRevenue, []string{usGAAP + "RevenuesNetOfInterestExpense"}, rankNet, false},
	{lineRevenue, []string{usGAAP + "Revenues"}, rankTotal, false},
	{lineRevenue, []string{usGAAP + "RevenueFromContractWithCustomerExcludingAssessedTax"}, rankTotal, true},
	{lineRevenue, []string{usGAAP + "SalesRevenueNet"}, rankTotal, true},
	{lineRevenue, []string{ifrs + "Revenue"}, rankTotal, false},
	{lineRevenue, []string{ifrs + "RevenueFromContractsWithCustomers"}, rankTotal, true},
	{lineRevenue, []string{usGAAP + "RegulatedAndUnregulatedOperatingRevenue"}, rankSector, false},
	{lineRevenue, []string{usGAAP + "UtilityRevenue"}, rankSector, false},
	{lineRevenue, []string{usGAAP + "RealEstateRevenueNet"}, rankSector, false},
	{lineRevenue, []string{usGAAP + "HealthCareOrganizationRevenue"}, rankSector, false},
	{lineRevenue, []string{usGAAP + "InterestIncomeExpenseNet", usGAAP + "NoninterestIncome"}, rankSector, false},
	{lineRevenue, []string{usGAAP + "RevenueFromContractWithCustomerIncludingAssessedTax"}, rankLast, true},
	{lineRevenue, []string{usGAAP + "SalesRevenueGoodsNet"}, rankLast, true},

	{lineIncome, []string{usGAAP + "NetIncomeLoss"}, rankTotal, false},
	{lineIncome, []string{usGAAP + "ProfitLoss"}, rankTotal, false},
	{lineIncome, []string{usGAAP + "NetIncomeLossAvailableToCommonStockholdersBasic"}, rankTotal, false},
	{lineIncome, []string{ifrs + "ProfitLossAttributableToOwnersOfParent"}, rankTotal, false},
	{lineIncome, []string{ifrs + "ProfitLoss"}, rankTotal, false},

	{lineEPS, []string{usGAAP + "EarningsPerShareDiluted"}, rankTotal, false},
	{lineEPS, []string{usGAAP + "EarningsPerShareBasicAndDiluted"}, rankTotal, false},
	{lineEPS, []string{ifrs + "DilutedEarningsLossPerShare"}, rankTotal, false},
}

// partsOfRevenue are never taken for the revenue of a company. Where one is
// larger than what is filed under a partial definition, that is no total
// either: the fees of a bank, the services of a landlord.
var partsOfRevenue = []string{
	usGAAP + "InterestAndDividendIncomeOperating",
	usGAAP + "PremiumsEarnedNet",
	usGAAP + "OperatingLeaseLeaseIncome",
	usGAAP + "OperatingLeasesIncomeStatementLeaseRevenue",
	usGAAP + "RegulatedOperatingRevenue",
	ifrs + "RevenueFromInterest",
}

// name is the definition as it stands in sources and warnings.
func (d *definition) name() string {
	names := make([]string, len(d.concepts))
	for i, concept := range d.concepts {
		_, names[i], _ = strings.Cut(concept, ":")
	}
	return strings.Join(names, " + ")
}

// wanted tells which concepts are read, and whether they are per share.
func wanted(concept string) (perShare, ok bool) {
	for i := range definitions {
		if slices.Contains(definitions[i].concepts, concept) {
			return definitions[i].line == lineEPS, true
		}
	}
	return false, slices.Contains(partsOfRevenue, concept)
}
