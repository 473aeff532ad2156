package conviction

import (
	"fmt"
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// credibility is how far what is said can be believed:
//
//	substance ÷ 10 × its weight
//	+ hard claims ÷ as many as count, × its weight
//	+ mean directness of the answers about AI × its weight
//	− a penalty for each spoken figure that the filed one contradicts
//
// More of what is good never lowers it. Disputed claims are not hard, so they
// lower it by themselves. Without questions about AI, directness is unknown and
// the component is out of less. Quantified claims always have some substance,
// so a call that has claims and no substance was not scored: unknown.
func (w *Weights) credibility(latest *callrankv1.CallSummary) *callrankv1.Component {
	const name = callrankv1.ComponentCredibility
	const fullSubstance = 10
	c := w.Credibility
	if latest.GetSubstance() <= 0 && latest.GetQuantified() > 0 {
		return unknown(name, c.max(), "substance was not measured")
	}
	substance := c.Substance * clamp(latest.GetSubstance()/fullSubstance)
	hard := c.Hard * clamp(float64(latest.GetHard())/c.HardClaims)
	most, value := c.Substance+c.Hard, substance+hard
	reasons := []string{
		fmt.Sprintf("substance %.1f: %.2f", latest.GetSubstance(), substance),
		fmt.Sprintf("%d hard claims: %.2f", latest.GetHard(), hard),
	}
	if latest.Directness != nil {
		direct := c.Directness * clamp(latest.GetDirectness())
		most, value = most+c.Directness, value+direct
		reasons = append(reasons, fmt.Sprintf("directness of answers %.2f: %.2f", latest.GetDirectness(), direct))
	} else {
		reasons = append(reasons, "directness unknown: no answer about AI")
	}
	if n := contradicted(latest.GetGrounding().GetChecks()); n > 0 {
		value -= c.PerContradiction * float64(n)
		reasons = append(reasons, fmt.Sprintf("%d spoken figures that the filed ones contradict: −%.2f", n, c.PerContradiction*float64(n)))
	}
	return known(name, most, value, "%s", strings.Join(reasons, "; "))
}

func contradicted(checks []*callrankv1.FiledCheck) int {
	n := 0
	for _, check := range checks {
		if !check.GetAgrees() {
			n++
		}
	}
	return n
}

// confirmation is whether those who know the company, or study it, buy. Each
// half is unknown by itself, and then the component is out of the other.
func (w *Weights) confirmation(g *callrankv1.Grounding) *callrankv1.Component {
	const name = callrankv1.ComponentConfirmation
	c, o := w.Confirmation, g.GetOwnership()
	var most, value float64
	var reasons []string
	half := func(weight float64, forIt, against *uint32, who, up, down string) {
		if forIt == nil || against == nil {
			reasons = append(reasons, who+" unknown")
			return
		}
		share, verdict := c.EvenShare, "balanced"
		switch {
		case *forIt > *against:
			share, verdict = 1, up
		case *forIt < *against:
			share, verdict = 0, down
		}
		most += weight
		value += weight * share
		reasons = append(reasons, fmt.Sprintf("%s %s (%d to %d): %g", who, verdict, *forIt, *against, weight*share))
	}
	if o != nil {
		half(c.Insiders, o.InsiderBuys, o.InsiderSells, "insiders", "buying", "selling")                           //nolint:protogetter // absent is not zero
		half(c.Institutions, o.InstitutionsIncreased, o.InstitutionsReduced, "institutions", "adding", "reducing") //nolint:protogetter // absent is not zero
	}
	if most == 0 {
		return unknown(name, c.Insiders+c.Institutions, "who buys and sells is not known")
	}
	if text := o.GetContradiction(); text != "" {
		reasons = append(reasons, "but "+text)
	}
	return known(name, most, value, "%s", strings.Join(reasons, "; "))
}
