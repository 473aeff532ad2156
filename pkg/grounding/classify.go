package grounding

import (
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// verdict is how a claim is sized, or why it is not.
type verdict struct {
	method string
	// why says what speaks for the method, or against any.
	why string
	// guessed says what the method takes for granted that was not said; such
	// a claim is soft.
	guessed string
	// same tells that an unsized claim is about the company's own money, and
	// so belongs to an overlap family: "" where it is not.
	same string
}

// Groups of dollars that overlap.
const (
	groupRevenue = "AI revenue"
	groupSavings = "AI cost savings"
)

func unsized(why string) verdict { return verdict{method: callrankv1.MethodUnsized, why: why} }

func (v verdict) of(group string) verdict {
	v.same = group
	return v
}

// classify decides by which method a claim can be sized. It goes from what
// must not be sized at all, through what is no money of the company's, to the
// kinds of money.
func (s *spoken) classify() verdict {
	if v, barred := s.barred(); barred {
		return v
	}
	if len(s.money) == 0 {
		return s.withoutMoney()
	}
	if v, foreign := s.notOwnMoney(); foreign {
		return v
	}
	switch {
	case s.tellsOwnSaving():
		return s.savings()
	case s.outgoing():
		return s.costs()
	case s.claim.GetKind() == callrankv1.ClaimCommitment, s.claim.GetKind() == callrankv1.ClaimRevenue && s.metric.has(saysBacklog):
		return verdict{method: callrankv1.MethodCommitment, why: "commitments, of which a share is recognised in the coming year", same: groupRevenue}
	case s.claim.GetKind() == callrankv1.ClaimRevenue, s.claim.GetKind() == callrankv1.ClaimOther && s.bears(callrankv1.LineTop) && s.runs():
		return s.revenue()
	}
	return unsized(softReason(s.claim.GetKind()))
}

// tellsOwnSaving goes by the words where the claim's kind does not say that it
// is about costs: a sum that is saved, without a word of revenue or of
// customers who might be the ones who save. "A run rate of savings" is no
// revenue.
func (s *spoken) tellsOwnSaving() bool {
	switch s.claim.GetKind() {
	case callrankv1.ClaimRevenue, callrankv1.ClaimOther, callrankv1.ClaimProductivity:
		return s.all.has(saysSaved) && !s.all.has(saysRevenue) && !s.all.has(saysCustomers)
	}
	return false
}

// barred claims are not looked at: management did not say them, or what it
// said is in doubt.
func (s *spoken) barred() (verdict, bool) {
	switch {
	case len(s.claim.GetDisputed()) > 0:
		return unsized("the figure is disputed: " + s.claim.GetDisputed()[0]).of(s.group()), true
	case s.claim.GetSection() == callrankv1.SectionTakeaways:
		return unsized("the publisher's summary: management did not say it").of(s.group()), true
	}
	return verdict{}, false
}

// group is whose dollars the claim is about, by line and kind alone.
func (s *spoken) group() string {
	switch s.claim.GetKind() {
	case callrankv1.ClaimRevenue, callrankv1.ClaimCommitment:
		if s.bears(callrankv1.LineTop, callrankv1.LineBoth) {
			return groupRevenue
		}
	case callrankv1.ClaimCost:
		if s.all.has(saysSaving) {
			return groupSavings
		}
	}
	return ""
}

func (s *spoken) withoutMoney() verdict {
	switch {
	case (s.claim.GetKind() == callrankv1.ClaimRevenue || s.tellsCustomerSpend()) && s.bears(callrankv1.LineTop, callrankv1.LineBoth):
		return verdict{method: callrankv1.MethodSegmentGrowth, why: "growth of a line whose revenue is filed", same: groupRevenue}
	case s.isMargin():
		return verdict{method: callrankv1.MethodMarginPoints, why: "margin points, of the revenue they are of", same: groupSavings}
	}
	if s.claim.GetKind() == callrankv1.ClaimProductivity && s.quote.has(saysCustomers) {
		return unsized("time or effort that customers save, which is no cost of the company's own")
	}
	return unsized(softReason(s.claim.GetKind())).of(s.group())
}

// tellsCustomerSpend tells a rate of what customers spend, which is the
// company's revenue, from one of how they use what it sells.
func (s *spoken) tellsCustomerSpend() bool {
	const near = 32
	for _, f := range s.claim.GetFigures() {
		if f.GetUnit() != callrankv1.UnitPercent && f.GetUnit() != callrankv1.UnitMultiple {
			continue
		}
		if d, found := s.quote.distance(fold(f.GetText()), saysCustomerSpend); found && d <= near {
			return true
		}
	}
	return false
}

// isMargin tells points of the company's own margin from other percentages.
func (s *spoken) isMargin() bool {
	if !s.about.has(saysMargin) || !s.bears(callrankv1.LineBottom, callrankv1.LineBoth) {
		return false
	}
	for _, f := range s.claim.GetFigures() {
		if f.GetUnit() == callrankv1.UnitBPS {
			return true
		}
	}
	return false
}

// notOwnMoney catches sums that are nobody's revenue or cost, or somebody
// else's.
func (s *spoken) notOwnMoney() (verdict, bool) {
	switch {
	case s.claim.GetLine() == callrankv1.LineNone || s.claim.GetLine() == "":
		return unsized("bears on no line of the company's own: " + softReason(s.claim.GetKind())), true
	case s.about.has(saysMarketSize), s.quote.has(saysOthersMoney):
		return unsized("the size of a market or an opportunity, not the company's money"), true
	case s.level(nil) == nil:
		return unsized("a price or an addition, not a level").of(s.group()), true
	case s.isHypothetical():
		return unsized("a hypothetical, not something that is or is planned"), true
	}
	return verdict{}, false
}

// isHypothetical tells what would be from what is: by the words right before
// the sum, since a sentence may hold both.
func (s *spoken) isHypothetical() bool {
	const lookBack = 40
	if s.about.has(saysIfOnly) {
		return true
	}
	before, _, ok := s.quote.around(s.level(saysRunRate).words)
	return ok && before[max(0, len(before)-lookBack):].has(saysIfOnly)
}

// outgoing tells costs and savings from what comes in.
func (s *spoken) outgoing() bool {
	switch s.claim.GetKind() {
	case callrankv1.ClaimCost:
		return true
	case callrankv1.ClaimProductivity:
		return s.bears(callrankv1.LineBottom) && s.all.has(saysSaving)
	case callrankv1.ClaimCommitment:
		return s.bears(callrankv1.LineBottom)
	case callrankv1.ClaimCapacity, callrankv1.ClaimOther:
		return s.bears(callrankv1.LineBottom, callrankv1.LineBoth) && s.all.has(saysCapex)
	}
	return false
}

func (s *spoken) costs() verdict {
	saving := s.claim.GetKind() != callrankv1.ClaimCommitment && s.saves()
	switch {
	case saving && (s.all.has(saysCapex) || s.bears(callrankv1.LineBottom, callrankv1.LineBoth)):
		return s.savings()
	case s.claim.GetKind() == callrankv1.ClaimCost, s.claim.GetKind() == callrankv1.ClaimCommitment, s.all.has(saysCapex), s.all.has(saysSpending):
		return verdict{method: callrankv1.MethodSpending, why: "spending: a cost that revenue must justify, never an uplift"}
	}
	return unsized(softReason(s.claim.GetKind()))
}

func (s *spoken) savings() verdict {
	if s.all.has(saysCapex) {
		return verdict{
			method: callrankv1.MethodCapexSaving, same: groupSavings,
			why: "cash not spent: it reaches income only as depreciation over the useful life",
		}
	}
	return verdict{method: callrankv1.MethodCostSaving, why: "a cost saved, after tax", same: groupSavings}
}

// saves looks for a saving in what is measured first: there "CapEx saving" is
// plain, where the sentence around "capital expenditures" may save anything.
func (s *spoken) saves() bool {
	if s.about.has(saysSaving) {
		return true
	}
	return !s.about.has(saysCapex) && !s.about.has(saysSpending) && s.quote.has(saysSaving)
}

func (s *spoken) revenue() verdict {
	switch {
	case !s.bears(callrankv1.LineTop, callrankv1.LineBoth):
		return unsized("a level of income, not of revenue")
	case s.metric.has(saysIncome) && !s.metric.has([]string{" revenue ", " sales "}):
		return unsized("a level of income, not of revenue")
	case s.metric.has(saysRunRate), s.runs():
		return verdict{method: callrankv1.MethodRunRate, why: "an annual run rate that management states", same: groupRevenue}
	case s.metric.has(saysIncrement):
		return unsized("an addition against another period, not a level").of(groupRevenue)
	}
	switch s.span() {
	case spanYear:
		return verdict{method: callrankv1.MethodRunRate, why: "a year's revenue, which is its own run rate", same: groupRevenue}
	case spanHalf:
		return verdict{method: callrankv1.MethodQuarterlyRevenue, why: "revenue of a half year, taken times 2 as a run rate", same: groupRevenue}
	case spanQuarter:
		return verdict{method: callrankv1.MethodQuarterlyRevenue, why: "revenue of a quarter, taken times 4 as a run rate", same: groupRevenue}
	case spanUnstated:
	}
	return verdict{
		method: callrankv1.MethodRunRate, why: "revenue, taken as it stands", same: groupRevenue,
		guessed: "over what period it runs is not said; a year's is at least as much",
	}
}

// runs tells whether the sentence calls the sum a run rate: near it, since a
// sentence may speak of several sums.
func (s *spoken) runs() bool {
	const near = 48
	m := s.level(saysRunRate)
	if m == nil {
		return false
	}
	d, found := s.quote.distance(m.words, saysRunRate)
	return found && d <= near
}

// softReason says why a kind of claim is no money by itself.
func softReason(kind string) string {
	switch kind {
	case callrankv1.ClaimProductivity:
		return "time or effort saved; whose, and at what wage, is not said"
	case callrankv1.ClaimEngagement:
		return "use, not money; what a user brings in is not said"
	case callrankv1.ClaimCapacity:
		return "capacity, not money; what it will earn is not said"
	case callrankv1.ClaimPricePerformance:
		return "price-performance; what it saves or sells is not said"
	case callrankv1.ClaimRevenue:
		return "a rate or share without the sum it is of"
	case callrankv1.ClaimCommitment:
		return "commitments without their amount"
	case callrankv1.ClaimCost:
		return "a cost effect without the sum it is of"
	}
	return "neither revenue, cost nor commitments"
}
