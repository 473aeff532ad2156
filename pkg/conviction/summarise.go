package conviction

import (
	"cmp"
	"slices"
	"strconv"

	"google.golang.org/protobuf/proto"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// mostTopClaims is how many claims a summary keeps.
const mostTopClaims = 5

// Summarise keeps of an analysed call what ranking needs. A claim and those
// that repeat it count once; what only the publisher's summary says does not
// count, since management did not say it. Nothing of the input is shared.
func Summarise(prov *callrankv1.Provenance, a *callrankv1.Analysis, groundedSequence uint64) *callrankv1.CallSummary {
	distinct := distinctClaims(a)
	s := &callrankv1.CallSummary{
		Call:             proto.CloneOf(a.GetCall()),
		ContentId:        prov.GetContentId(),
		Revision:         proto.CloneOf(prov.GetRevision()),
		GroundedSequence: groundedSequence, GroundingVersion: prov.GetGrounding(),
		Enthusiasm: a.GetEnthusiasm().GetScore(),
		Substance:  a.GetSubstance().GetScore(),
		Directness: directness(a.GetExchanges()),
		Grounding:  withoutClaims(a.GetGrounding()),
		Warnings:   count(len(a.GetWarnings())),
	}
	for _, d := range distinct {
		if d.quantified {
			s.Quantified++
		}
		if d.hard {
			s.Hard++
		}
		if len(s.GetTopClaims()) < mostTopClaims {
			s.TopClaims = append(s.TopClaims, proto.CloneOf(d.claim))
		}
	}
	return s
}

func count(n int) uint32 { return uint32(n) }

// directness is the mean over the exchanges about AI; nil without any.
func directness(exchanges []*callrankv1.Exchange) *float64 {
	sum, n := 0.0, 0
	for _, e := range exchanges {
		if e.GetAboutAi() && e.Directness != nil {
			sum += e.GetDirectness()
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return new(sum / float64(n))
}

// withoutClaims copies a grounding but for what it says of single claims,
// which is most of its size; the full one is in the call's own analysis.
func withoutClaims(g *callrankv1.Grounding) *callrankv1.Grounding {
	if g == nil {
		return nil
	}
	return proto.CloneOf(&callrankv1.Grounding{
		Status: g.GetStatus(), Reason: g.Reason, AsOf: g.AsOf, Base: g.GetBase(),
		Aggregate: g.GetAggregate(), Consensus: g.GetConsensus(), Valuation: g.GetValuation(), Ownership: g.GetOwnership(),
		Checks: g.GetChecks(), Sector: g.Sector, TopLine: g.TopLine, BottomLine: g.BottomLine,
		RetryAt: g.RetryAt, Confirmation: g.GetConfirmation(),
	})
}

// distinct is what a claim and those that repeat it say.
type distinct struct {
	// claim is the most telling of them.
	claim      *callrankv1.Claim
	rank       telling
	quantified bool
	hard       bool
}

// distinctClaims joins claims with those they repeat, most telling first.
func distinctClaims(a *callrankv1.Analysis) []*distinct {
	sized, counted := sizing(a.GetGrounding())
	same := joinRepeats(a.GetClaims())
	byRoot := map[string]*distinct{}
	var all []*distinct
	for i, claim := range a.GetClaims() {
		if claim.GetSection() == callrankv1.SectionTakeaways {
			continue
		}
		rank := tell(claim, sized[claim.GetId()], counted[claim.GetId()])
		root := same.root(keyOf(claim, i))
		d := byRoot[root]
		if d == nil {
			d = &distinct{claim: claim, rank: rank}
			byRoot[root] = d
			all = append(all, d)
		} else if rank.compare(d.rank) < 0 {
			d.claim, d.rank = claim, rank
		}
		d.quantified = d.quantified || len(claim.GetFigures()) > 0
		d.hard = d.hard || rank.hard
	}
	slices.SortStableFunc(all, func(a, b *distinct) int { return a.rank.compare(b.rank) })
	return all
}

func sizing(g *callrankv1.Grounding) (sized map[string]*callrankv1.SizedClaim, counted map[string]bool) {
	sized, counted = map[string]*callrankv1.SizedClaim{}, map[string]bool{}
	for _, s := range g.GetSized() {
		sized[s.GetClaimId()] = s
	}
	for _, f := range g.GetFamilies() {
		if f.Counted != nil {
			counted[f.GetCounted()] = true
		}
	}
	return sized, counted
}

// telling is how much a claim tells, in order of what weighs most.
type telling struct {
	hard    bool
	counted bool
	core    bool
	// effect is its share of revenue or earnings in percent, if sized.
	effect float64
	kind   int
	start  uint32
	id     string
}

func tell(claim *callrankv1.Claim, sized *callrankv1.SizedClaim, counted bool) telling {
	return telling{
		hard: sized.GetHard(), counted: counted, core: claim.GetRelevance() == callrankv1.RelevanceCore,
		effect: max(sized.GetRevenuePct(), sized.GetEpsPct()), kind: kindRank(claim.GetKind()),
		start: claim.GetSource().GetStart(), id: claim.GetId(),
	}
}

// compare orders the more telling first, and otherwise as in the text.
func (t telling) compare(other telling) int {
	return cmp.Or(
		trueFirst(t.hard, other.hard), trueFirst(t.counted, other.counted), trueFirst(t.core, other.core),
		cmp.Compare(other.effect, t.effect), cmp.Compare(t.kind, other.kind),
		cmp.Compare(t.start, other.start), cmp.Compare(t.id, other.id),
	)
}

func trueFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// kindRank puts money before use, and use before the rest.
func kindRank(kind string) int {
	const money, use, rest = 0, 1, 2
	switch kind {
	case callrankv1.ClaimRevenue, callrankv1.ClaimCommitment, callrankv1.ClaimCost:
		return money
	case callrankv1.ClaimProductivity, callrankv1.ClaimEngagement, callrankv1.ClaimCapacity, callrankv1.ClaimPricePerformance:
		return use
	}
	return rest
}

// sets joins keys that belong together.
type sets struct{ parent map[string]string }

func joinRepeats(claims []*callrankv1.Claim) *sets {
	s := &sets{parent: map[string]string{}}
	for i, claim := range claims {
		if claim.Repeats != nil {
			s.join(keyOf(claim, i), claim.GetRepeats())
		}
	}
	return s
}

func keyOf(claim *callrankv1.Claim, i int) string {
	return cmp.Or(claim.GetId(), "\x00"+strconv.Itoa(i))
}

func (s *sets) root(key string) string {
	for {
		up, ok := s.parent[key]
		if !ok {
			return key
		}
		if upper, ok := s.parent[up]; ok {
			s.parent[key] = upper
		}
		key = up
	}
}

func (s *sets) join(a, b string) {
	if ra, rb := s.root(a), s.root(b); ra != rb {
		s.parent[ra] = rb
	}
}
