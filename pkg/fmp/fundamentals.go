package fmp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/callrank/callrank/pkg/fundamentals"
)

// Endpoints of what is known of a company.
const (
	endpointProfile    = "profile"
	endpointQuote      = "quote"
	endpointStatements = "income-statement"
	endpointEstimates  = "analyst-estimates"
	endpointMetrics    = "key-metrics"
	endpointSegments   = "revenue-product-segmentation"
	endpointInsiders   = "insider-trading/search"
	endpointPositions  = "institutional-ownership/symbol-positions-summary"
)

const (
	// basicLimit is how many statements every plan gives.
	basicLimit = 5
	// MaxTrades is how many insiders' trades a page holds at most.
	MaxTrades = 100
)

// Answer is a list of an endpoint, and when the API gave it.
type Answer[T any] struct {
	Items []T
	Got   time.Time
	// Old says why a copy has to do that is older than it should be; nil for
	// what is as good as new.
	Old error
}

// Amount is a number of an answer: exact, and unknown where it is null or not
// there.
type Amount struct{ fundamentals.Figure }

// UnmarshalJSON reads 1.5, "1.5" and null.
func (a *Amount) UnmarshalJSON(b []byte) error {
	var err error
	a.Figure, err = fundamentals.ParseFigure(strings.Trim(string(b), `"`))
	return err
}

// row is an element that says of whom it is.
type row interface{ of() string }

// Symbol is the company an element is of.
type Symbol struct {
	Symbol string `json:"symbol"`
}

func (s Symbol) of() string { return s.Symbol }

// Profile is who a company is, and what its shares cost.
type Profile struct {
	Symbol

	Name     string `json:"companyName"`
	Sector   string `json:"sector"`
	Industry string `json:"industry"`
	// Currency is that of the price, not of the statements.
	Currency string `json:"currency"`
	Price    Amount `json:"price"`
	Cap      Amount `json:"marketCap"`
	Beta     Amount `json:"beta"`
	// AverageVolume is in shares a day.
	AverageVolume Amount `json:"averageVolume"`
	IsADR         bool   `json:"isAdr"`
}

// Statement is an income statement, of a year or a quarter: Period says which,
// whatever was asked for.
type Statement struct {
	Symbol

	// Date is the last day of the period, and Filed that of the filing.
	Date       string `json:"date"`
	Filed      string `json:"filingDate"`
	FiscalYear Whole  `json:"fiscalYear"`
	// Period is FY, Q1, Q2, Q3 or Q4.
	Period          string `json:"period"`
	Currency        string `json:"reportedCurrency"`
	Revenue         Amount `json:"revenue"`
	IncomeBeforeTax Amount `json:"incomeBeforeTax"`
	IncomeTax       Amount `json:"incomeTaxExpense"`
	NetIncome       Amount `json:"netIncome"`
	DilutedEPS      Amount `json:"epsDiluted"`
	DilutedShares   Amount `json:"weightedAverageShsOutDil"`
}

// AnalystEstimate is what analysts expect of a fiscal year, on average.
type AnalystEstimate struct {
	Symbol

	// Date is the last day of the year.
	Date            string `json:"date"`
	Revenue         Amount `json:"revenueAvg"`
	NetIncome       Amount `json:"netIncomeAvg"`
	EPS             Amount `json:"epsAvg"`
	RevenueAnalysts Whole  `json:"numAnalystsRevenue"`
	EPSAnalysts     Whole  `json:"numAnalystsEps"`
}

// Quote is a price.
type Quote struct {
	Symbol

	Price Amount `json:"price"`
	Cap   Amount `json:"marketCap"`
	// Timestamp is in seconds since 1970.
	Timestamp int64 `json:"timestamp"`
}

// KeyMetrics are ratios of a period and what they follow from.
type KeyMetrics struct {
	Symbol

	Date            string `json:"date"`
	Currency        string `json:"reportedCurrency"`
	Cap             Amount `json:"marketCap"`
	EnterpriseValue Amount `json:"enterpriseValue"`
}

// Segmentation is the revenue of a period by what is sold.
type Segmentation struct {
	Symbol

	FiscalYear Whole             `json:"fiscalYear"`
	Period     string            `json:"period"`
	Currency   string            `json:"reportedCurrency"`
	Date       string            `json:"date"`
	Data       map[string]Amount `json:"data"`
}

// Trade is what an insider did.
type Trade struct {
	Symbol

	Filed  string `json:"filingDate"`
	Traded string `json:"transactionDate"`
	// Type is such as P-Purchase and S-Sale, which are on the open market, and
	// A-Award or M-Exempt, which are not.
	Type string `json:"transactionType"`
	Form string `json:"formType"`
}

// Positions are what institutions hold at the end of a quarter, and how that
// changed.
type Positions struct {
	Symbol

	Date      string `json:"date"`
	New       Amount `json:"newPositions"`
	Closed    Amount `json:"closedPositions"`
	Increased Amount `json:"increasedPositions"`
	Reduced   Amount `json:"reducedPositions"`
	// Holders is by how many more institutions hold shares.
	Holders Amount `json:"investorsHoldingChange"`
	// Ownership is in percentage points.
	Ownership Amount `json:"ownershipPercentChange"`
}

// Profile returns who a company is. The error is an ErrNone for nobody.
func (c *Client) Profile(ctx context.Context, symbol string) (Answer[Profile], error) {
	return answerOf[Profile](ctx, c, endpointProfile, symbol, nil)
}

// Quote returns the price of a company's shares.
func (c *Client) Quote(ctx context.Context, symbol string) (Answer[Quote], error) {
	return answerOf[Quote](ctx, c, endpointQuote, symbol, nil)
}

// Statements returns the last income statements, by year or by quarter, the
// latest first. A plan that gives fewer gets as many as it gives.
func (c *Client) Statements(ctx context.Context, symbol string, quarterly bool, limit int) (Answer[Statement], error) {
	period := "annual"
	if quarterly {
		period = "quarter"
	}
	query := url.Values{"period": {period}, "limit": {strconv.Itoa(limit)}}
	answer, err := answerOf[Statement](ctx, c, endpointStatements, symbol, query)
	if problem, ok := errors.AsType[*Error](err); ok && problem.Status == http.StatusPaymentRequired && limit > basicLimit {
		query.Set("limit", strconv.Itoa(basicLimit))
		return answerOf[Statement](ctx, c, endpointStatements, symbol, query)
	}
	return answer, err
}

// Estimates returns what analysts expect, by year.
func (c *Client) Estimates(ctx context.Context, symbol string) (Answer[AnalystEstimate], error) {
	return answerOf[AnalystEstimate](ctx, c, endpointEstimates, symbol, url.Values{"period": {"annual"}, "page": {"0"}, "limit": {"10"}})
}

// KeyMetrics returns those of the last quarter.
func (c *Client) KeyMetrics(ctx context.Context, symbol string) (Answer[KeyMetrics], error) {
	return answerOf[KeyMetrics](ctx, c, endpointMetrics, symbol, url.Values{"period": {"quarter"}, "limit": {"1"}})
}

// Segments returns revenue by what is sold, by year.
func (c *Client) Segments(ctx context.Context, symbol string) (Answer[Segmentation], error) {
	return answerOf[Segmentation](ctx, c, endpointSegments, symbol, url.Values{"period": {"annual"}, "structure": {"flat"}})
}

// Trades returns a page of what insiders did, the latest first, of MaxTrades.
func (c *Client) Trades(ctx context.Context, symbol string, page int) (Answer[Trade], error) {
	return answerOf[Trade](ctx, c, endpointInsiders, symbol, url.Values{"page": {strconv.Itoa(page)}, "limit": {strconv.Itoa(MaxTrades)}})
}

// Positions returns what institutions held at the end of a calendar quarter.
func (c *Client) Positions(ctx context.Context, symbol string, year, quarter int) (Answer[Positions], error) {
	return answerOf[Positions](ctx, c, endpointPositions, symbol, url.Values{"year": {strconv.Itoa(year)}, "quarter": {strconv.Itoa(quarter)}})
}

// answerOf asks for a list of a company. The error is an ErrNone where it is
// empty, and an ErrUnreadable where it is of somebody else.
func answerOf[T row](ctx context.Context, c *Client, endpoint, symbol string, query url.Values) (Answer[T], error) {
	if query == nil {
		query = url.Values{}
	}
	query.Set("symbol", symbol)
	document, err := c.document(ctx, endpoint, query)
	if err != nil {
		return Answer[T]{}, err
	}
	asked := request(endpoint, query)
	items, err := elements[T](document.Body, asked)
	if err != nil {
		return Answer[T]{}, err
	}
	for _, item := range items {
		if item.of() != symbol {
			return Answer[T]{}, otherForm(asked, fmt.Errorf("it is of %q", item.of()))
		}
	}
	return Answer[T]{Items: items, Got: document.Got, Old: document.Old}, nil
}
