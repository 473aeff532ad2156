package conviction

import (
	"bytes"
	_ "embed" // the default weights
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
)

//go:embed weights.json
var defaultWeights []byte

// Weights are the numbers of the conviction formula. They come from a file
// with a version, so that a score says by which numbers it was reached.
type Weights struct {
	// Version names the weights; Conviction.weights carries it.
	Version string `json:"version"`

	Enthusiasm   EnthusiasmWeights   `json:"enthusiasm"`
	Trend        TrendWeights        `json:"trend"`
	Quantifies   QuantifiesWeights   `json:"quantifies"`
	Impact       ImpactWeights       `json:"impact"`
	UnderRadar   UnderRadarWeights   `json:"under_radar"`
	Credibility  CredibilityWeights  `json:"credibility"`
	Confirmation ConfirmationWeights `json:"confirmation"`
}

// EnthusiasmWeights give PerPoint for each of the ten points of enthusiasm.
type EnthusiasmWeights struct {
	Max      float64 `json:"max"`
	PerPoint float64 `json:"per_point"`
}

// TrendWeights give nothing at a change of NoneAt or less, Max at FullAt or more,
// linear between.
type TrendWeights struct {
	Max    float64 `json:"max"`
	NoneAt float64 `json:"none_at"`
	FullAt float64 `json:"full_at"`
}

// QuantifiesWeights give PerClaim for each distinct quantified claim.
type QuantifiesWeights struct {
	Max      float64 `json:"max"`
	PerClaim float64 `json:"per_claim"`
}

// ImpactWeights let "above" reach Max × the factor by how far AI is priced in,
// with a confidence of 10; "inline" has InlineShare of that, and "above" starts
// there.
type ImpactWeights struct {
	Max         float64        `json:"max"`
	InlineShare float64        `json:"inline_share"`
	PricedIn    PricedInFactor `json:"priced_in"`
}

// PricedInFactor is a factor from 0 to 1 by how far AI is in the price.
type PricedInFactor struct {
	Low    float64 `json:"low"`
	Medium float64 `json:"medium"`
	High   float64 `json:"high"`
}

// UnderRadarWeights give Max up to a market value of FullAtUSD, nothing from
// NoneAtUSD, and linear in its logarithm between.
type UnderRadarWeights struct {
	Max       float64 `json:"max"`
	FullAtUSD float64 `json:"full_at_usd"`
	NoneAtUSD float64 `json:"none_at_usd"`
}

// CredibilityWeights give up to Substance for a substance of 10, up to Hard for
// HardClaims hard claims, up to Directness for answers that are all direct,
// less PerContradiction for each spoken figure that the filed one contradicts.
type CredibilityWeights struct {
	Substance        float64 `json:"substance"`
	Hard             float64 `json:"hard"`
	HardClaims       float64 `json:"hard_claims"`
	Directness       float64 `json:"directness"`
	PerContradiction float64 `json:"per_contradiction"`
}

// max is what credibility can reach when all of it is known.
func (w CredibilityWeights) max() float64 { return w.Substance + w.Hard + w.Directness }

// ConfirmationWeights give Insiders for net buying on the open market,
// Institutions for more of them adding than reducing, nothing for the
// opposite, and EvenShare of each where the two sides balance or nobody
// traded, which tells neither way.
type ConfirmationWeights struct {
	Insiders     float64 `json:"insiders"`
	Institutions float64 `json:"institutions"`
	EvenShare    float64 `json:"even_share"`
}

// Default returns the weights that callrank comes with.
func Default() *Weights {
	w, err := ParseWeights(defaultWeights)
	if err != nil {
		panic(fmt.Sprintf("the embedded weights are broken: %v", err))
	}
	return w
}

// ParseWeights reads weights in the form of weights.json. It refuses unknown
// fields, and weights that go against sense: that would have more of a good
// thing score lower.
func ParseWeights(b []byte) (*Weights, error) {
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.DisallowUnknownFields()
	w := &Weights{}
	if err := decoder.Decode(w); err != nil {
		return nil, fmt.Errorf("read the weights: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("read the weights: something follows them")
	}
	if err := w.validate(); err != nil {
		return nil, fmt.Errorf("check the weights: %w", err)
	}
	return w, nil
}

func (w *Weights) validate() error {
	if w.Version == "" {
		return errors.New("version: missing")
	}
	const most = 1000
	for _, v := range []struct {
		name  string
		value float64
	}{
		{"enthusiasm.max", w.Enthusiasm.Max},
		{"enthusiasm.per_point", w.Enthusiasm.PerPoint},
		{"trend.max", w.Trend.Max},
		{"quantifies.max", w.Quantifies.Max},
		{"quantifies.per_claim", w.Quantifies.PerClaim},
		{"impact.max", w.Impact.Max},
		{"under_radar.max", w.UnderRadar.Max},
		{"credibility.substance", w.Credibility.Substance},
		{"credibility.hard", w.Credibility.Hard},
		{"credibility.directness", w.Credibility.Directness},
		{"credibility.per_contradiction", w.Credibility.PerContradiction},
		{"confirmation.insiders", w.Confirmation.Insiders},
		{"confirmation.institutions", w.Confirmation.Institutions},
	} {
		if !(v.value >= 0 && v.value <= most) {
			return fmt.Errorf("%s: want 0 to %d, got %v", v.name, most, v.value)
		}
	}
	return w.validateOrder()
}

// validateOrder checks what must not be the other way round.
func (w *Weights) validateOrder() error {
	if err := w.Impact.validate(); err != nil {
		return err
	}
	switch {
	case !(w.Trend.NoneAt < w.Trend.FullAt):
		return fmt.Errorf("trend: want none_at below full_at, got %v and %v", w.Trend.NoneAt, w.Trend.FullAt)
	case !(w.UnderRadar.FullAtUSD > 0 && w.UnderRadar.FullAtUSD < w.UnderRadar.NoneAtUSD) || math.IsInf(w.UnderRadar.NoneAtUSD, 0):
		return fmt.Errorf("under_radar: want 0 < full_at_usd < none_at_usd, got %v and %v", w.UnderRadar.FullAtUSD, w.UnderRadar.NoneAtUSD)
	case !(w.Credibility.HardClaims > 0):
		return fmt.Errorf("credibility.hard_claims: want more than 0, got %v", w.Credibility.HardClaims)
	case !isShare(w.Confirmation.EvenShare):
		return fmt.Errorf("confirmation.even_share: want 0 to 1, got %v", w.Confirmation.EvenShare)
	}
	return nil
}

func (w ImpactWeights) validate() error {
	p := w.PricedIn
	switch {
	case !isShare(w.InlineShare):
		return fmt.Errorf("impact.inline_share: want 0 to 1, got %v", w.InlineShare)
	case !isShare(p.Low), !isShare(p.Medium), !isShare(p.High):
		return fmt.Errorf("impact.priced_in: want factors from 0 to 1, got %v", p)
	case p.Low < p.Medium || p.Medium < p.High:
		return fmt.Errorf("impact.priced_in: want low ≥ medium ≥ high, got %v", p)
	}
	return nil
}

func isShare(v float64) bool { return v >= 0 && v <= 1 }
