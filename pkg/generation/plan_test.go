package generation_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/generation"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// jobsOf are the jobs of a generation: the stage, and what it reads.
func jobsOf(roster *callrankv1.Roster, name string) map[string][]string {
	found := map[string][]string{}
	for _, job := range generation.Jobs(roster) {
		if job.Generation == name {
			found[job.Stage] = job.Subjects()
		}
	}
	return found
}

// provenance is that of a transcript at a place, as a generation worked on it.
func provenance(name string, place uint64) *callrankv1.Provenance {
	return &callrankv1.Provenance{Generation: name, SourceSequence: place}
}

// adopts tells whether a stage of a generation takes a result.
func adopts(t *testing.T, roster *callrankv1.Roster, name, stage string, p *callrankv1.Provenance) bool {
	t.Helper()
	for _, job := range generation.Jobs(roster) {
		if job.Generation == name && job.Stage == stage {
			took := job.Adopt(p)
			require.True(t, !took || p.GetGeneration() == name, "what it takes is its own from here on")
			return took
		}
	}
	require.FailNow(t, "no such job", "%s of %s", stage, name)
	return false
}

func TestWithoutARescoreTheFirstGenerationDoesAll(t *testing.T) {
	t.Parallel()
	roster := &callrankv1.Roster{}
	require.Equal(t, "live", generation.Promoted(roster).GetGeneration())
	require.Equal(t, map[string][]string{
		"ingest":   {"calls.ended.*"},
		"extract":  {"stages.ingested.live.*"},
		"quantify": {"stages.extracted.live.*"},
		"ground":   {"stages.quantified.live.*"},
		"rank":     {"stages.grounded.live.*"},
	}, jobsOf(roster, "live"))
}

func TestARescoreFromAStageReadsItsBaseThere(t *testing.T) {
	t.Parallel()
	roster := &callrankv1.Roster{Generations: []*callrankv1.Generation{
		{Name: "b", Base: "live", FromStage: callrankv1.FromExtracted},
		{Name: "c", Base: "b", FromStage: callrankv1.FromGrounded},
	}}
	require.Len(t, jobsOf(roster, "live"), 5)
	require.Equal(t, map[string][]string{
		"quantify": {"stages.extracted.live.*"},
		"ground":   {"stages.quantified.b.*"},
		"rank":     {"stages.grounded.b.*"},
	}, jobsOf(roster, "b"))
	require.Equal(t, map[string][]string{"rank": {"stages.grounded.b.*"}}, jobsOf(roster, "c"))
}

func TestWhatIsGivenUpGoesOnAsFarAsOthersReadIt(t *testing.T) {
	t.Parallel()
	roster := &callrankv1.Roster{Generations: []*callrankv1.Generation{
		{Name: "live", FromStage: callrankv1.FromRaw, DroppedAt: "2026-03-01T00:00:00Z"},
		{Name: "b", Base: "live", FromStage: callrankv1.FromQuantified, DroppedAt: "2026-03-01T00:00:00Z"},
		{Name: "c", Base: "b", FromStage: callrankv1.FromGrounded},
		{Name: "d", Base: "live", FromStage: callrankv1.FromRaw},
	}}
	require.Equal(t, map[string][]string{
		"ingest": {"calls.ended.*"}, "extract": {"stages.ingested.live.*"}, "quantify": {"stages.extracted.live.*"},
	}, jobsOf(roster, "live"))
	require.Equal(t, map[string][]string{"ground": {"stages.quantified.live.*"}}, jobsOf(roster, "b"))
	require.Len(t, jobsOf(roster, "d"), 5)
}

func TestARescoreSinceAPlaceHasOlderCallsFromItsBase(t *testing.T) {
	t.Parallel()
	roster := &callrankv1.Roster{Generations: []*callrankv1.Generation{
		{Name: "b", Base: "live", FromStage: callrankv1.FromRaw, FromSequence: 100},
		{Name: "c", Base: "b", FromStage: callrankv1.FromQuantified, FromSequence: 200},
		{Name: "e", Base: "c", FromStage: callrankv1.FromExtracted, FromSequence: 50},
	}}
	require.Equal(t, []string{"stages.grounded.live.*", "stages.grounded.b.*", "stages.grounded.c.*"}, jobsOf(roster, "c")["rank"])
	require.True(t, adopts(t, roster, "c", "rank", provenance("live", 99)))
	require.False(t, adopts(t, roster, "c", "rank", provenance("live", 100)))
	require.True(t, adopts(t, roster, "c", "rank", provenance("b", 199)))
	require.False(t, adopts(t, roster, "c", "rank", provenance("b", 200)))
	require.True(t, adopts(t, roster, "c", "rank", provenance("c", 200)))
	require.False(t, adopts(t, roster, "c", "rank", provenance("e", 250)))

	require.Equal(t, []string{"stages.extracted.live.*", "stages.extracted.b.*"}, jobsOf(roster, "e")["quantify"])
	require.False(t, adopts(t, roster, "e", "quantify", provenance("live", 49)))
	require.True(t, adopts(t, roster, "e", "quantify", provenance("live", 99)))
	require.True(t, adopts(t, roster, "e", "quantify", provenance("b", 500)), "what is published meanwhile reaches it too")
	require.Equal(t, []string{"stages.grounded.live.*", "stages.grounded.e.*"}, jobsOf(roster, "e")["rank"])
}
