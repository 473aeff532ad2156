package generation

import (
	"cmp"
	"slices"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Source is whose results a stage reads: of a generation, those of the calls
// whose transcripts lie between two places of the CALLS stream.
type Source struct {
	Generation string
	// From is the first place and To the first one beyond; 0 for no end.
	From, To uint64
}

// Job is what one stage has to do for one generation.
type Job struct {
	Generation string
	Stage      string
	// From is the place of the first transcript that is worked on, and Since
	// when it was published; zero for the beginning.
	From  uint64
	Since time.Time
	// Sources are whose results it reads; none for the first stage, which reads
	// transcripts.
	Sources []Source
	// Weights is the weights file; empty for the worker's own.
	Weights string
	// Dedicated jobs are left to workers that were started for the generation.
	Dedicated bool
}

// First is the job of a stage in the first generation.
func First(stage string) Job {
	return job([]*callrankv1.Generation{first()}, first(), slices.Index(Stages(), stage))
}

// Subjects are what the stage reads.
func (j *Job) Subjects() []string {
	at := slices.Index(Stages(), j.Stage)
	if at <= 0 {
		return []string{messaging.AllCalls}
	}
	subjects := make([]string, 0, len(j.Sources))
	for _, source := range j.Sources {
		subjects = append(subjects, messaging.AllOf(results()[at-1], source.Generation))
	}
	return subjects
}

// Own tells whether it reads results of its own generation, and not only those of
// another.
func (j *Job) Own() bool {
	return slices.ContainsFunc(j.Sources, func(s Source) bool { return s.Generation == j.Generation })
}

// inputSubject is a subject of the stream that the stage reads.
func (j *Job) inputSubject() string {
	at := slices.Index(Stages(), j.Stage)
	if at <= 0 {
		return messaging.AllCalls
	}
	return messaging.AllOf(results()[at-1], j.Generation)
}

// Adopt tells whether the result of a stage is one that the job reads, and if so
// has its provenance tell the job's own generation from here on.
func (j *Job) Adopt(p *callrankv1.Provenance) bool {
	for _, source := range j.Sources {
		if source.Generation == p.GetGeneration() && p.GetSourceSequence() >= source.From &&
			(source.To == 0 || p.GetSourceSequence() < source.To) {
			p.Generation = j.Generation
			return true
		}
	}
	return false
}

// Durable is the name of the consumer that all workers with the job share.
func (j *Job) Durable() string { return j.Stage + "-" + j.Generation }

// Jobs are all there is to do, in the order of generations and stages: every
// stage of every generation that is worked for, and of others the stages whose
// results those read.
func Jobs(roster *callrankv1.Roster) []Job {
	all := All(roster)
	type key struct {
		generation string
		stage      int
	}
	wanted := map[key]Job{}
	var want func(g *callrankv1.Generation, stage int)
	want = func(g *callrankv1.Generation, stage int) {
		at := key{g.GetName(), stage}
		if _, there := wanted[at]; there {
			return
		}
		j := job(all, g, stage)
		wanted[at] = j
		for _, source := range j.Sources {
			if from := Find(all, source.Generation); from != nil {
				want(from, stage-1)
			}
		}
	}
	for _, g := range all {
		for stage := firstStage(g); g.GetDroppedAt() == "" && stage <= rank; stage++ {
			want(g, stage)
		}
	}
	var jobs []Job
	for _, g := range all {
		for stage := range Stages() {
			if j, ok := wanted[key{g.GetName(), stage}]; ok {
				jobs = append(jobs, j)
			}
		}
	}
	return jobs
}

func job(all []*callrankv1.Generation, g *callrankv1.Generation, stage int) Job {
	j := Job{
		Generation: g.GetName(), Stage: Stages()[stage],
		From: g.GetFromSequence(), Since: timeOf(g.GetFromTime()), Dedicated: g.GetDedicated(),
	}
	switch stage {
	case 0:
		return j
	case rank:
		// The ranking has all calls, also those that were not worked on again.
		j.Weights = g.GetWeights()
		j.From, j.Since = 0, time.Time{}
		j.Sources = sources(all, g, rank-1, 0, 0)
	default:
		j.Sources = sources(all, g, stage-1, g.GetFromSequence(), 0)
	}
	return j
}

// sources are where the results of a stage lie for the calls that a generation
// has between two places: its own, and those that it has from its base.
func sources(all []*callrankv1.Generation, g *callrankv1.Generation, stage int, from, to uint64) []Source {
	var found []Source
	// A base was there before what is built on it, so this ends.
	for range all {
		base := Find(all, g.GetBase())
		if firstStage(g) <= stage {
			own := Source{Generation: g.GetName(), From: max(from, g.GetFromSequence()), To: to}
			if to == 0 || own.From < to {
				found = append(found, own)
			}
			to = earlier(to, own.From)
		}
		if base == nil || to != 0 && from >= to || firstStage(g) <= stage && g.GetFromSequence() <= from {
			break
		}
		g = base
	}
	slices.SortFunc(found, func(a, b Source) int { return cmp.Compare(a.From, b.From) })
	return found
}

// earlier is the earlier of two ends, of which 0 is none.
func earlier(a, b uint64) uint64 {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

// Begin is where a new consumer of the job begins to read: at a place of the
// CALLS stream, or at a time; at the beginning unless one is set.
func (j *Job) Begin() (from uint64, since time.Time) {
	if len(j.Sources) == 0 {
		return j.From, time.Time{}
	}
	return 0, j.Since
}

// span is what of its subjects the job reads.
func (j *Job) span() messaging.Span {
	from, since := j.Begin()
	return messaging.Span{Subjects: j.Subjects(), From: from, Since: since}
}

// Urgent are the consumers of the jobs on which it depends what readers see:
// those of the promoted generation, and those whose results it reads.
func Urgent(roster *callrankv1.Roster) map[string]bool {
	alone := &callrankv1.Roster{Promotion: Promoted(roster)}
	for _, g := range All(roster) {
		g = proto.CloneOf(g)
		if g.GetName() == alone.GetPromotion().GetGeneration() {
			g.DroppedAt = ""
		} else if g.GetDroppedAt() == "" {
			g.DroppedAt = printTime(time.Time{})
		}
		alone.Generations = append(alone.Generations, g)
	}
	urgent := map[string]bool{}
	for _, job := range Jobs(alone) {
		urgent[job.Durable()] = true
	}
	return urgent
}
