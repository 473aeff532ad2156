// Package measure compares what the engine finds in annotated calls with what
// careful readers found.
package measure

import (
	"math"
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/scripts/train/gold"
)

// Rate is how many of all are right.
type Rate struct{ Right, All int }

func (r *Rate) count(right bool) {
	r.All++
	if right {
		r.Right++
	}
}

// Share is the share that is right, NaN of none.
func (r *Rate) Share() float64 {
	if r.All == 0 {
		return math.NaN()
	}
	return float64(r.Right) / float64(r.All)
}

// Tally is what was measured over calls.
type Tally struct {
	// Recall is how many of the core figures that an engine must find are in a
	// claim, RecallCore in a core claim; RecallAdjacent is the same of adjacent
	// ones.
	Recall, RecallCore, RecallAdjacent Rate
	// Precision is how many figures of core claims the readers have too,
	// PrecisionAll of all claims.
	Precision, PrecisionAll Rate
	// Value is how many found figures have the readers' value and unit.
	Value Rate
	// Of found figures, how many have the readers' answer.
	Speaker, Section, Orientation, Line, Kind Rate
	// Questions about the theme: rightly told, wrongly told, missed.
	Asked, Wrongly, Missed int
	// Scores, the readers' beside the engine's.
	Enthusiasm, Substance Scores
	// Silent calls, in which the readers found nothing, and how many of them the
	// engine finds nothing in.
	Silent Rate
}

// Scores are pairs of the readers' score and the engine's.
type Scores struct{ Readers, Engine []float64 }

func (s *Scores) add(reader *float64, engine *callrankv1.Score) {
	if reader != nil && engine != nil {
		s.Readers, s.Engine = append(s.Readers, *reader), append(s.Engine, engine.GetScore())
	}
}

// found is a figure of a claim.
type found struct {
	claim  *callrankv1.Claim
	figure *callrankv1.Figure
}

func (x *found) overlaps(f *gold.Figure) bool {
	s := x.figure.GetSource()
	return int(s.GetStart()) < f.End && f.Start < int(s.GetEnd())
}

// Call adds one call to the tally.
func (t *Tally) Call(g *gold.Call, a *callrankv1.Analysis) {
	var figures []found
	core := 0
	for _, c := range a.GetClaims() {
		for _, f := range c.GetFigures() {
			figures = append(figures, found{c, f})
		}
		if c.GetRelevance() == callrankv1.RelevanceCore {
			core++
		}
	}
	for i := range g.Figures {
		t.reader(&g.Figures[i], figures)
	}
	for i := range figures {
		t.engine(g, &figures[i])
	}
	t.questions(g, a)
	t.Enthusiasm.add(g.Enthusiasm, a.GetEnthusiasm())
	t.Substance.add(g.Substance, a.GetSubstance())
	if g.Enthusiasm != nil && *g.Enthusiasm == 0 {
		t.Silent.count(core == 0 && len(a.GetQuotes()) == 0 && a.GetEnthusiasm().GetScore() == 0)
	}
}

// reader looks for one of the readers' figures.
func (t *Tally) reader(f *gold.Figure, figures []found) {
	var first *found
	core := false
	for i := range figures {
		if !figures[i].overlaps(f) {
			continue
		}
		if first == nil {
			first = &figures[i]
		}
		core = core || figures[i].claim.GetRelevance() == callrankv1.RelevanceCore
	}
	if f.Required && f.Claim.Relevance == callrankv1.RelevanceAdjacent {
		t.RecallAdjacent.count(first != nil)
	} else if f.Required {
		t.Recall.count(first != nil)
		t.RecallCore.count(core)
	}
	if first == nil {
		return
	}
	if same, known := sameValue(first.figure, f); known {
		t.Value.count(same)
	}
	c := first.claim
	if f.Claim.Speaker != "" && f.Claim.Section != callrankv1.SectionTakeaways {
		t.Speaker.count(gold.LastName(c.GetSpeaker()) == gold.LastName(f.Claim.Speaker))
	}
	t.Section.count(c.GetSection() == f.Claim.Section)
	agree(&t.Orientation, f.Claim.Orientation, c.GetOrientation())
	agree(&t.Line, f.Claim.Line, c.GetLine())
	agree(&t.Kind, f.Claim.Kind, c.GetKind())
}

func agree(r *Rate, reader, engine string) {
	if reader != "" {
		r.count(reader == engine)
	}
}

// engine looks whether the readers have a figure of the engine's.
func (t *Tally) engine(g *gold.Call, x *found) {
	ok := false
	for i := range g.Figures {
		ok = ok || x.overlaps(&g.Figures[i])
	}
	t.PrecisionAll.count(ok)
	if x.claim.GetRelevance() == callrankv1.RelevanceCore {
		t.Precision.count(ok)
	}
}

func (t *Tally) questions(g *gold.Call, a *callrankv1.Analysis) {
	about := map[string]bool{}
	for _, x := range a.GetExchanges() {
		name := gold.LastName(x.GetAnalyst())
		about[name] = about[name] || x.GetAboutAi()
	}
	for _, q := range g.Questions {
		if q.About == nil {
			continue
		}
		switch told := about[gold.LastName(q.Analyst)]; {
		case told && *q.About:
			t.Asked++
		case told:
			t.Wrongly++
		case *q.About:
			t.Missed++
		}
	}
}

// F1 is the harmonic mean of recall and precision of questions about the theme.
func (t *Tally) F1() float64 {
	return 2 * float64(t.Asked) / math.Max(1, float64(2*t.Asked+t.Wrongly+t.Missed))
}

// sameValue compares values and units; known is false where the reader gives no
// number.
func sameValue(f *callrankv1.Figure, g *gold.Figure) (same, known bool) {
	switch {
	case g.Value != nil:
		same = near(f.Value, g.Value) || near(f.Low, g.Value) && near(f.High, g.Value)
	case g.Low != nil:
		same = near(f.Low, g.Low) && (g.High == nil || near(f.High, g.High))
	default:
		return false, false
	}
	a, b := unitOf(g.Unit), unitOf(f.GetUnit())
	return same && (!strict(a) && !strict(b) || a == b), true
}

// tolerance is within what two values are the same, relative to the reader's.
const tolerance = 1e-3

// near compares sizes: a fall may have a sign or not.
func near(a, b *float64) bool {
	return a != nil && b != nil && math.Abs(math.Abs(*a)-math.Abs(*b)) <= tolerance*math.Max(1, math.Abs(*b))
}

// unitOf brings the readers' names of a unit to the schema's.
func unitOf(u string) string {
	switch low := strings.ToLower(u); low {
	case "usd", "$", "dollars":
		return "USD"
	case "%", "pct", "percent", "points", "point", "percentage points", "percentage_points", "pp":
		return callrankv1.UnitPercent
	case "bps", "basis_points":
		return callrankv1.UnitBPS
	case "x", "times", "multiple":
		return callrankv1.UnitMultiple
	case "gigawatts", "gw":
		return callrankv1.UnitGW
	case "megawatts", "mw":
		return callrankv1.UnitMW
	default:
		return low
	}
}

// strict reports a unit that must be the same; others are names of things
// counted.
func strict(u string) bool {
	switch u {
	case "USD", callrankv1.UnitPercent, callrankv1.UnitBPS, callrankv1.UnitMultiple, callrankv1.UnitGW, callrankv1.UnitMW:
		return true
	}
	return false
}
