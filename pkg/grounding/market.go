package grounding

import (
	"fmt"

	"github.com/shopspring/decimal"
	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/fundamentals"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// valuation is what the market pays, each ratio by its right name: the trailing
// one over the last filed year, the forward one over what analysts expect of
// the year after. Price is as of when it was known, so the year is the last one
// filed and known, whichever call is being grounded. A ratio to a loss, or of
// two currencies, is absent.
func valuation(company *fundamentals.Company) *callrankv1.Valuation {
	market := company.Market
	if market == nil {
		return nil
	}
	v := &callrankv1.Valuation{
		Price: printed(market.Price, percentPlaces),
		// In US dollars, so that companies can be compared.
		MarketCap: printed(market.CapUSD, moneyPlaces),
		Origin:    origin(company, market.Known),
	}
	if market.Currency != company.Currency {
		v.Origin.Source += fmt.Sprintf(" (priced in %s, reported in %s: no ratio of the two)", market.Currency, company.Currency)
		return v
	}
	actual, ok := company.ActualBy(anyYear)
	if !ok {
		return v
	}
	v.TrailingPe = printed(ratio(market.Price, actual.DilutedEPS), percentPlaces)
	v.PriceToSales = printed(ratio(market.Cap, actual.Revenue), percentPlaces)
	if estimate, ok := company.Estimate(actual.FiscalYear + 1); ok {
		eps := expect(estimate.EPS, estimate.EPSGrowth, actual.DilutedEPS)
		v.ForwardPe = printed(ratio(market.Price, eps.level), percentPlaces)
	}
	return v
}

// anyYear is later than any fiscal year.
const anyYear = 9999

func ratio(a, b decimal.NullDecimal) decimal.NullDecimal {
	if !a.Valid || !b.Valid || !b.Decimal.IsPositive() {
		return noFigure
	}
	return known(divide(a.Decimal, b.Decimal))
}

// ownership is who has been buying and selling, with a contradiction between
// the counts said.
func ownership(company *fundamentals.Company) *callrankv1.Ownership {
	insiders, holders := company.Insiders, company.Holders
	if insiders == nil && holders == nil {
		return nil
	}
	o := &callrankv1.Ownership{}
	if insiders != nil {
		o.InsiderBuys, o.InsiderSells = insiders.Buys, insiders.Sells
		o.Origin = origin(company, insiders.Known)
	}
	if holders != nil {
		o.InstitutionsIncreased, o.InstitutionsReduced = holders.Increased, holders.Reduced
		o.Origin = origin(company, holders.Known)
		if text := contradiction(holders); text != "" {
			o.Contradiction = new(text)
		}
	}
	return proto.CloneOf(o)
}

// contradiction tells where the number of institutions that added and the
// shares they hold point different ways.
func contradiction(h *fundamentals.Institutions) string {
	if h.Increased == nil || h.Reduced == nil || *h.Increased == *h.Reduced {
		return ""
	}
	adding := *h.Increased > *h.Reduced
	text := ""
	say := func(n decimal.NullDecimal, format string) {
		if n.Valid && !n.Decimal.IsZero() && n.Decimal.IsPositive() != adding {
			if text != "" {
				text += " and "
			}
			text += fmt.Sprintf(format, direction(n.Decimal), n.Decimal.Abs())
		}
	}
	say(h.OwnershipChange, "the share they hold %s by %s points")
	say(h.HoldersChange, "the number of holders %s by %s")
	if text == "" {
		return ""
	}
	return fmt.Sprintf("%d institutions increased and %d reduced their holding, yet %s", *h.Increased, *h.Reduced, text)
}

func direction(d decimal.Decimal) string {
	if d.IsNegative() {
		return "fell"
	}
	return "rose"
}
