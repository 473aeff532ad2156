// Package grounding says what the claims of a call are worth: each in money
// with its arithmetic, claims about the same dollars counted once, and their
// sum against what analysts expect.
//
// All money is exact decimals; doubles are only what is printed at the end.
// The rules it keeps:
//   - a level is not an uplift: what a line sells is not what it adds;
//   - the spoken, the guided and the filed are not mixed, nor are currencies;
//   - nothing is sized by an invented scope: what cannot be sized says why;
//   - spending is a cost, never an uplift;
//   - what is not known is absent, never zero.
package grounding

import (
	"cmp"
	"slices"

	"github.com/callrank/callrank/pkg/fundamentals"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Input is what grounding a call needs.
type Input struct {
	Call   *callrankv1.Call
	Claims []*callrankv1.Claim
	// Results are what management told of the company's results, to be checked
	// against what is filed.
	Results []*callrankv1.StatedResult
	// Company is what is known of the company; nil when nothing is.
	Company *fundamentals.Company
	// Reason says why Company is nil, for a reader.
	Reason string
	// Language is how management talks of the theme, by which language bears
	// out what it says; nil where it was not scored.
	Language *callrankv1.Score
	// AsOf is an ISO 8601 date: nothing known later is used. Empty holds
	// nothing back.
	AsOf string
	// Assumptions override those of the company and the defaults.
	Assumptions Assumptions
}

// Ground sizes the claims of a call. The result does not depend on the order of
// the claims; the input is not changed and nothing of it is shared.
func Ground(in Input) *callrankv1.Grounding {
	w := newWork(in)
	claims := hearAll(inOrder(in.Claims))
	w.adjacent = adjacentSums(claims)
	checks, refuted := w.checkFiled(claims)
	sized := make([]*sizing, 0, len(claims))
	for _, claim := range claims {
		sized = append(sized, w.size(claim, refuted[claim]))
	}
	families := gather(sized)
	total := w.sum(families)

	g := &callrankv1.Grounding{
		Status:      callrankv1.GroundingSized,
		Base:        w.base.message(),
		Assumptions: w.rates.messages(w.company),
		Aggregate:   total.message(w.base),
		Checks:      w.checkResults(in.Results, checks),
	}
	if w.reason != "" {
		g.Status = callrankv1.GroundingUnknown
		g.Reason = new(w.reason)
	}
	if asOf := w.asOf(in.AsOf); asOf != "" {
		g.AsOf = new(asOf)
	}
	for _, s := range sized {
		g.Sized = append(g.Sized, s.message())
	}
	for _, f := range families {
		g.Families = append(g.Families, f.message())
	}
	if w.company != nil {
		g.Consensus = w.compare(total, supportOf(families, sized, checks, w.rates))
		g.Valuation = valuation(w.company)
		g.Ownership = ownership(w.company)
		g.Confirmation = confirmation(w.company, in.Language)
		if w.company.Sector != "" {
			g.Sector = new(w.company.Sector)
		}
	}
	w.compose(g, sized)
	return g
}

// work is one call being grounded.
type work struct {
	call    *callrankv1.Call
	company *fundamentals.Company
	base    *base
	rates   rates
	names   []segmentName
	// adjacent are the sums that the call tells of a business around AI.
	adjacent map[string]bool
	// reason says why there is no base; empty when there is one.
	reason string
}

func newWork(in Input) *work {
	w := &work{call: in.Call, rates: resolve(in.Assumptions, nil)}
	if in.Company == nil {
		w.reason = cmp.Or(in.Reason, "nothing is known of the company")
		return w
	}
	w.company = in.Company.AsOf(in.AsOf)
	w.rates = resolve(in.Assumptions, w.company)
	w.names = segmentNames(w.company.Segments)
	w.base, w.reason = chooseBase(in.Call, w.company, in.AsOf)
	return w
}

// asOf is the date asked for; where none is, that of the last figure known.
func (w *work) asOf(asked string) string {
	if asked != "" || w.company == nil {
		return asked
	}
	return w.company.LatestKnown()
}

// inOrder returns the claims in the order of the text, whatever order they
// came in.
func inOrder(claims []*callrankv1.Claim) []*callrankv1.Claim {
	sorted := slices.Clone(claims)
	slices.SortStableFunc(sorted, func(a, b *callrankv1.Claim) int {
		return cmp.Or(
			cmp.Compare(a.GetSource().GetStart(), b.GetSource().GetStart()),
			cmp.Compare(a.GetId(), b.GetId()),
			cmp.Compare(a.GetQuote(), b.GetQuote()),
			cmp.Compare(a.GetSubject(), b.GetSubject()),
		)
	})
	return sorted
}
