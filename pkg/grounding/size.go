package grounding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/callrank/callrank/pkg/fundamentals"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// sizing is one claim being sized: what SizedClaim says, in exact decimals.
type sizing struct {
	spoken  *spoken
	verdict verdict
	segment *fundamentals.Segment
	margin  rate

	method string
	hard   bool
	why    string
	steps  []string

	amount     decimal.NullDecimal
	recognised decimal.NullDecimal
	revenuePct decimal.NullDecimal
	netIncome  decimal.NullDecimal
	epsPct     decimal.NullDecimal
	uplift     decimal.NullDecimal
	upliftPct  decimal.NullDecimal

	family       string
	countedUnder string
}

// size works out one claim. Refuted says that a filed figure contradicts it.
func (w *work) size(claim *spoken, refuted string) *sizing {
	s := &sizing{spoken: claim}
	s.verdict = s.spoken.classify()
	if refuted != "" {
		s.verdict = unsized(refuted).of(s.spoken.group())
	}
	s.segment = w.segmentOf(s.spoken)
	s.margin = w.rates.marginOf(s.segment, w.company)
	s.method, s.why = s.verdict.method, s.verdict.why
	w.judge(s)
	if s.method != callrankv1.MethodUnsized {
		w.fill(s)
	}
	return s
}

// judge tells hard from soft: hard is money of AI itself that is there or
// committed, said without a ceiling, without a guess, and not told elsewhere in
// the call of a business around AI: one sum cannot be both, and the smaller
// claim is the safer one.
func (w *work) judge(s *sizing) {
	claim := s.spoken.claim
	softer := ""
	switch {
	case s.method == callrankv1.MethodUnsized:
		return
	case !s.readable():
		s.method = callrankv1.MethodUnsized
		s.why += "; not sized: no number is named"
		return
	case s.method == callrankv1.MethodSpending:
		softer = "what is spent proves no return"
	case s.verdict.guessed != "":
		softer = s.verdict.guessed
	case claim.GetRelevance() != callrankv1.RelevanceCore:
		softer = "of a business around AI, not of AI alone"
	case w.ofTheCompany(s.spoken):
		softer = "of the company as a whole, not of AI alone"
	case w.adjacent[s.key()]:
		softer = "the call tells the same sum of a business around AI as well"
	case claim.GetOrientation() == callrankv1.OrientationForward && s.method != callrankv1.MethodCommitment:
		softer = "guided or hoped for, not realised"
	case s.spoken.hasCeiling():
		softer = "a ceiling, not a level"
	}
	s.hard = true
	if softer != "" {
		s.softenf("%s", softer)
	}
}

// ofTheCompany tells a claim whose subject is the company and that names
// nothing of AI: its backlog is that of all it sells.
func (w *work) ofTheCompany(s *spoken) bool {
	name := strings.TrimSpace(string(s.subject))
	if name == "" || s.all.has(saysTheme) {
		return false
	}
	return s.subject == fold(w.call.GetCompany()) || w.company != nil && s.subject == fold(w.company.Name)
}

func (s *sizing) softenf(format string, args ...any) {
	s.hard = false
	s.why += "; soft: " + fmt.Sprintf(format, args...)
}

// outlay tells money that goes out from money that comes in.
func (s *sizing) outlay() bool { return s.method == callrankv1.MethodSpending }

// phrases stand near the sum that the method is about, where a sentence holds
// several.
func (s *sizing) phrases() []string {
	switch s.method {
	case callrankv1.MethodRunRate, callrankv1.MethodQuarterlyRevenue:
		return saysRunRate
	case callrankv1.MethodCommitment:
		return saysBacklog
	case callrankv1.MethodCostSaving, callrankv1.MethodCapexSaving:
		return saysSaving
	case callrankv1.MethodSpending:
		return slices.Concat(saysCapex, saysSpending)
	}
	return nil
}

// readable tells whether the sum that the method needs is a number above zero;
// "multibillion-dollar" is none. Methods that need no sum are readable.
func (s *sizing) readable() bool {
	if len(s.spoken.money) == 0 {
		return true
	}
	m := s.spoken.level(s.phrases())
	if m == nil {
		return false
	}
	d, ok := amount(m.figure, s.outlay())
	return ok && d.IsPositive()
}

// key tells sums of money apart, by unit and amount; empty where the method
// needs none.
func (s *sizing) key() string {
	if len(s.spoken.money) == 0 {
		return ""
	}
	return s.spoken.level(s.phrases()).key()
}

func (m *sum) key() string {
	d, ok := amount(m.figure, false)
	if !ok {
		return ""
	}
	return m.figure.GetUnit() + " " + d.String()
}

// adjacentSums collects the sums of claims about a business around AI.
func adjacentSums(claims []*spoken) map[string]bool {
	sums := map[string]bool{}
	for _, s := range claims {
		if s.claim.GetRelevance() != callrankv1.RelevanceAdjacent {
			continue
		}
		for i := range s.money {
			if key := s.money[i].key(); key != "" {
				sums[key] = true
			}
		}
	}
	return sums
}

// hasCeiling tells "up to $5 billion" from "$5 billion": by the sums, and where
// there are none by the rates.
func (s *spoken) hasCeiling() bool {
	for _, f := range s.claim.GetFigures() {
		if len(s.money) > 0 && !isCurrency(f.GetUnit()) {
			continue
		}
		if fold(f.GetQualifier()).has([]string{" up to ", " as much as ", " at most "}) {
			return true
		}
	}
	return false
}

// fill computes what the method gives. What keeps it from doing so makes the
// claim unsized, with the reason. A sum stays hard, since the claim is not to
// blame for figures that are not known; a rate that finds nothing to be a rate
// of is soft.
func (w *work) fill(s *sizing) {
	if w.base == nil {
		s.drop(w.reason)
		return
	}
	var problem string
	switch s.method {
	case callrankv1.MethodRunRate, callrankv1.MethodQuarterlyRevenue:
		problem = w.fillLevel(s)
	case callrankv1.MethodSegmentGrowth:
		problem = w.fillGrowth(s)
	case callrankv1.MethodCommitment:
		problem = w.fillCommitment(s)
	case callrankv1.MethodCostSaving, callrankv1.MethodCapexSaving:
		problem = w.fillSaving(s)
	case callrankv1.MethodMarginPoints:
		problem = w.fillMargin(s)
	case callrankv1.MethodSpending:
		problem = w.fillSpending(s)
	}
	if problem != "" {
		s.drop(problem)
	}
}

func (s *sizing) drop(reason string) {
	s.hard = s.hard && len(s.spoken.money) > 0
	s.why += "; not sized: " + reason
	s.method = callrankv1.MethodUnsized
	s.steps = nil
	s.amount, s.recognised, s.revenuePct, s.netIncome = noFigure, noFigure, noFigure, noFigure
	s.epsPct, s.uplift, s.upliftPct = noFigure, noFigure, noFigure
}

// stepf adds a line to the arithmetic.
func (s *sizing) stepf(format string, args ...any) {
	s.steps = append(s.steps, fmt.Sprintf(format, args...))
}

// stated reads the claim's sum of money into amount. It returns what keeps it
// from being used, if anything.
func (w *work) stated(s *sizing) (decimal.Decimal, string) {
	f := s.spoken.level(s.phrases()).figure
	if f.GetUnit() != w.base.currency {
		return decimal.Decimal{}, fmt.Sprintf("stated in %s, reported in %s, and currencies are not mixed", f.GetUnit(), w.base.currency)
	}
	d, _ := amount(f, s.outlay())
	s.amount = known(d)
	return d, ""
}

func (s *sizing) message() *callrankv1.SizedClaim {
	m := &callrankv1.SizedClaim{
		ClaimId: s.spoken.claim.GetId(), Method: s.method, Hard: s.hard, Why: s.why,
		Arithmetic: strings.Join(s.steps, "; "),
		Amount:     printed(s.amount, moneyPlaces), Recognised: printed(s.recognised, moneyPlaces),
		RevenuePct: printed(s.revenuePct, percentPlaces),
		NetIncome:  printed(s.netIncome, moneyPlaces), EpsPct: printed(s.epsPct, percentPlaces),
		Uplift: printed(s.uplift, moneyPlaces), UpliftPct: printed(s.upliftPct, percentPlaces),
	}
	if s.family != "" {
		m.Family = new(s.family)
	}
	if s.countedUnder != "" {
		m.CountedUnder = new(s.countedUnder)
	}
	return m
}

// name is how the claim is called in arithmetic and paragraphs.
func (s *sizing) name() string {
	claim := s.spoken.claim
	return cmp.Or(strings.TrimSpace(claim.GetId()+" "+claim.GetSubject()), "a claim")
}
