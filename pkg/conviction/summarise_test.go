package conviction_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/conviction"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func said(id, section string, figures int) *callrankv1.Claim {
	c := &callrankv1.Claim{Id: id, Section: section, Subject: id, Relevance: callrankv1.RelevanceCore, Kind: callrankv1.ClaimRevenue, Source: &callrankv1.Span{}}
	for range figures {
		c.Figures = append(c.Figures, &callrankv1.Figure{Text: "$15 billion"})
	}
	return c
}

func repeating(c *callrankv1.Claim, id string) *callrankv1.Claim {
	c.Repeats = &id
	return c
}

func TestSummarise(t *testing.T) {
	t.Parallel()
	prov := &callrankv1.Provenance{ContentId: "hash", Revision: &callrankv1.Revision{Number: 2, Sequence: 7}}
	a := &callrankv1.Analysis{
		Call:       quarter(2026, 1),
		Enthusiasm: &callrankv1.Score{Score: 8.5},
		Substance:  &callrankv1.Score{Score: 7},
		Claims: []*callrankv1.Claim{
			said("c01", callrankv1.SectionTakeaways, 1),
			repeating(said("c02", callrankv1.SectionPrepared, 1), "c01"),
			repeating(said("c03", callrankv1.SectionQA, 1), "c01"),
			said("c04", callrankv1.SectionPrepared, 2),
			said("c05", callrankv1.SectionTakeaways, 1),
			said("c06", callrankv1.SectionQA, 0),
		},
		Exchanges: []*callrankv1.Exchange{
			{AboutAi: new(true), Directness: proto.Float64(1)},
			{AboutAi: new(true), Directness: new(0.5)},
			{AboutAi: new(true)},
			{AboutAi: new(false), Directness: proto.Float64(0)},
		},
		Warnings: []*callrankv1.Warning{{Code: callrankv1.WarnMisheardName}},
		Grounding: &callrankv1.Grounding{
			Status: callrankv1.GroundingSized, Sector: new("Technology"),
			Sized: []*callrankv1.SizedClaim{
				{ClaimId: "c02", Hard: true}, {ClaimId: "c03", Hard: true}, {ClaimId: "c04", Hard: true, EpsPct: proto.Float64(3)},
			},
			Families:  []*callrankv1.Family{{Counted: new("c03")}},
			Consensus: compared("inline", "medium", 5),
			Checks:    []*callrankv1.FiledCheck{{Agrees: true}},
		},
	}
	s := conviction.Summarise(prov, a, 42)

	require.Equal(t, "HLYD-2026Q1", s.GetCall().GetId())
	require.Equal(t, "hash", s.GetContentId())
	require.Equal(t, uint64(7), s.GetRevision().GetSequence())
	require.Equal(t, uint64(42), s.GetGroundedSequence())
	require.Equal(t, 8.5, s.GetEnthusiasm())
	require.Equal(t, 7.0, s.GetSubstance())
	require.Equal(t, uint32(2), s.GetQuantified(), "repeats count once, the publisher's summary and claims without figures not")
	require.Equal(t, uint32(2), s.GetHard())
	require.Equal(t, 0.75, s.GetDirectness(), "only answers about AI")
	require.Equal(t, uint32(1), s.GetWarnings())

	told := make([]string, 0, len(s.GetTopClaims()))
	for _, c := range s.GetTopClaims() {
		told = append(told, c.GetId())
	}
	require.Equal(t, []string{"c03", "c04", "c06"}, told, "what counts first, then what is hard; each once")

	require.Empty(t, s.GetGrounding().GetSized())
	require.Empty(t, s.GetGrounding().GetFamilies())
	require.Equal(t, "inline", s.GetGrounding().GetConsensus().GetVersusAnalysts())
	require.Equal(t, "Technology", s.GetGrounding().GetSector())
	require.Len(t, s.GetGrounding().GetChecks(), 1)

	a.Grounding.Consensus.VersusAnalysts = new("above")
	a.Claims[2].Subject = "changed"
	require.Equal(t, "inline", s.GetGrounding().GetConsensus().GetVersusAnalysts(), "nothing is shared")
	require.Equal(t, "c03", s.GetTopClaims()[0].GetSubject())
}

func TestSummariseOfASilentCall(t *testing.T) {
	t.Parallel()
	s := conviction.Summarise(nil, &callrankv1.Analysis{Call: quarter(2026, 1)}, 1)
	require.Zero(t, s.GetQuantified())
	require.Nil(t, s.Directness)
	require.Nil(t, s.GetGrounding())
	require.Equal(t, 0.0, conviction.Score(s, nil, conviction.Default()).GetScore())
}

func TestASummaryKeepsFiveClaims(t *testing.T) {
	t.Parallel()
	a := &callrankv1.Analysis{}
	for i := range 9 {
		a.Claims = append(a.Claims, said(fmt.Sprintf("c%02d", i), callrankv1.SectionPrepared, 1))
	}
	s := conviction.Summarise(nil, a, 1)
	require.Len(t, s.GetTopClaims(), 5)
	require.Equal(t, uint32(9), s.GetQuantified())
}

func TestRepeatsInAnyTangleCountOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := &callrankv1.Analysis{}
		n := rapid.IntRange(1, 12).Draw(t, "claims")
		for i := range n {
			c := said(strconv.Itoa(i), callrankv1.SectionPrepared, 1)
			if rapid.Bool().Draw(t, "repeats") {
				repeating(c, strconv.Itoa(rapid.IntRange(0, n-1).Draw(t, "of")))
			}
			a.Claims = append(a.Claims, c)
		}
		before := conviction.Summarise(nil, a, 1).GetQuantified()
		require.GreaterOrEqual(t, before, uint32(1))
		a.Claims = append(a.Claims, repeating(said("again", callrankv1.SectionQA, 1), "0"))
		require.Equal(t, before, conviction.Summarise(nil, a, 1).GetQuantified())
	})
}
