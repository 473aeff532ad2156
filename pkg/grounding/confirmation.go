package grounding

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/callrank/callrank/pkg/fundamentals"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Daily volumes in units of the currency of the price from which shares trade
// well, and fairly. They are judgements: a position of ten million is a fifth of
// a day's trade at the first, and ten days' at the second.
const (
	goodVolume = 50_000_000
	fairVolume = 1_000_000
)

// confirmation is whether those who know the company, or study it, bear out
// what management says. What is not known is said to be unknown.
func confirmation(company *fundamentals.Company, language *callrankv1.Score) *callrankv1.Confirmation {
	c := &callrankv1.Confirmation{
		Insiders: insiders(company), Institutions: institutions(company), Language: languageOf(language), Liquidity: liquidity(company),
	}
	said := make([]string, 0, 3)
	for _, witness := range []struct {
		name string
		is   *callrankv1.Witness
	}{{"insiders", c.GetInsiders()}, {"institutions", c.GetInstitutions()}, {"language", c.GetLanguage()}} {
		verdict := "unknown"
		if witness.is.Verdict != nil {
			verdict = witness.is.GetVerdict()
		}
		said = append(said, witness.name+" "+verdict)
	}
	c.Summary = strings.Join(said, ", ")
	return c
}

// insiders counts what they did on the open market alone: grants, exercises and
// gifts tell nothing.
func insiders(company *fundamentals.Company) *callrankv1.Witness {
	in := company.Insiders
	if in == nil || in.Buys == nil || in.Sells == nil {
		return &callrankv1.Witness{Why: "what insiders bought and sold on the open market is not known"}
	}
	return &callrankv1.Witness{
		Verdict: new(balance(*in.Buys, *in.Sells, callrankv1.WitnessBuying, callrankv1.WitnessSelling)),
		Why:     fmt.Sprintf("%d purchases and %d sales on the open market", *in.Buys, *in.Sells),
		Origin:  origin(company, in.Known),
	}
}

// institutions counts positions, and sets beside them the shares and the number
// of those who hold them.
func institutions(company *fundamentals.Company) *callrankv1.Witness {
	h := company.Holders
	if h == nil || h.Increased == nil || h.Reduced == nil {
		return &callrankv1.Witness{Why: "what institutions hold is not known"}
	}
	why := fmt.Sprintf("%d positions increased and %d reduced", *h.Increased, *h.Reduced)
	if h.New != nil && h.Closed != nil {
		why += fmt.Sprintf(", %d new and %d closed", *h.New, *h.Closed)
	}
	if h.OwnershipChange.Valid {
		why += fmt.Sprintf("; the share they hold %s by %s points", direction(h.OwnershipChange.Decimal), h.OwnershipChange.Decimal.Abs())
	}
	if h.HoldersChange.Valid {
		why += fmt.Sprintf("; the number of holders %s by %s", direction(h.HoldersChange.Decimal), h.HoldersChange.Decimal.Abs())
	}
	if h.PeriodEnd != "" {
		why += ", as of " + h.PeriodEnd
	}
	w := &callrankv1.Witness{
		Verdict: new(balance(*h.Increased, *h.Reduced, callrankv1.WitnessAdding, callrankv1.WitnessReducing)),
		Why:     why, Origin: origin(company, h.Known),
	}
	if text := contradiction(h); text != "" {
		w.Contradiction = new(text)
	}
	return w
}

func balance(forIt, against uint32, more, less string) string {
	switch {
	case forIt > against:
		return more
	case forIt < against:
		return less
	}
	return callrankv1.WitnessBalanced
}

// Drivers of enthusiasm that tell how management words what it says.
const (
	driverIntensity    = "intensity of wording"
	driverSuperlatives = "superlatives"
	driverHedging      = "hedging"
)

// languageOf sets strong words against hedges, by the points they add to the
// score of the call's enthusiasm and take from it.
func languageOf(score *callrankv1.Score) *callrankv1.Witness {
	var strong, hedged float64
	found := false
	for _, driver := range score.GetDrivers() {
		switch driver.GetName() {
		case driverIntensity, driverSuperlatives:
			strong += driver.GetPoints()
			found = true
		case driverHedging:
			hedged -= driver.GetPoints()
			found = true
		}
	}
	if !found {
		return &callrankv1.Witness{Why: "how management words what it says was not measured"}
	}
	verdict := callrankv1.WitnessMeasured
	switch {
	case strong > hedged && strong >= 1:
		verdict = callrankv1.WitnessConfident
	case hedged > strong:
		verdict = callrankv1.WitnessHedged
	}
	return &callrankv1.Witness{
		Verdict: new(verdict),
		Why:     fmt.Sprintf("strong words add %.1f points of enthusiasm, and hedges take %.1f", max(strong, 0), max(hedged, 0)),
	}
}

// liquidity is a proxy for how easily options on the shares trade, by how the
// shares themselves do.
func liquidity(company *fundamentals.Company) *callrankv1.Liquidity {
	l := &callrankv1.Liquidity{Proxy: true}
	m := company.Market
	if m == nil || !m.DailyVolume.Valid {
		l.Why = "a proxy for the depth of options, which are not looked at: the trade in the shares is not known either"
		return l
	}
	level := callrankv1.LiquidityPoor
	switch volume := m.DailyVolume.Decimal; {
	case volume.GreaterThanOrEqual(decimal.NewFromInt(goodVolume)):
		level = callrankv1.LiquidityGood
	case volume.GreaterThanOrEqual(decimal.NewFromInt(fairVolume)):
		level = callrankv1.LiquidityFair
	}
	l.Level = new(level)
	l.DailyVolume, l.Beta, l.Price = printed(m.DailyVolume, moneyPlaces), printed(m.Beta, percentPlaces), printed(m.Price, percentPlaces)
	l.Why = fmt.Sprintf("a proxy for the depth of options, which are not looked at: shares of %s trade in a day", showMoney(m.DailyVolume.Decimal, m.Currency))
	return l
}
