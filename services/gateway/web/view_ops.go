package web

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"time"

	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// mostLetters is how many dead letters the page lists; the command lists all.
const mostLetters = 200

// opsView is the page of operations.
type opsView struct {
	// CSRF is what its forms send back; Session tells that it can be ended.
	CSRF    string
	Session bool
	// Open tells that no token is set.
	Open bool
	// Done says what was just done.
	Done string
	// At is when all this was so.
	At          string
	Checks      []checkRow
	Stages      []stageRow
	Generations []generationRow
	Streams     []streamRow
	// Awaited is how many calls wait to be grounded again.
	Awaited     uint64
	Letters     []letterRow
	MoreLetters int
}

// checkRow is something that has to be there.
type checkRow struct {
	Name, Problem string
}

// stageRow is a stage of a generation.
type stageRow struct {
	Generation, Stage string
	Begun             bool
	Waiting           uint64
	InHand, Retried   int
	// Behind is for how long the oldest event has waited; empty for none.
	Behind string
	// Late tells that this is long.
	Late bool
	Rate string
	// Spark is the rate over five minutes.
	Spark  template.HTML
	Worked string
	Dead   int
}

// generationRow is how far a generation is.
type generationRow struct {
	*callrankv1.GenerationStatus

	// Began says what it began with.
	Began, Started string
	Rate, Left     string
	// Share is how much is done, in percent.
	Share int
}

type streamRow struct {
	messaging.Stored

	Size, Ago string
}

type letterRow struct {
	messaging.DeadNote

	Ago string
}

// opsView gathers what operators see.
func (s *Server) opsView(ctx context.Context, who visitor) (*opsView, error) {
	now := time.Now()
	v := &opsView{CSRF: s.operators.csrf(who), Session: who.Session != "", Open: s.operators.open, At: now.UTC().Format("15:04:05")}
	states, err := s.monitor.look(ctx, s.Broker)
	if err != nil {
		return nil, err
	}
	notes, err := s.Broker.DeadLetters(ctx)
	if err != nil {
		return nil, err
	}
	generations, err := generation.Status(ctx, s.Broker)
	if err != nil {
		return nil, err
	}
	held, err := s.Broker.Holds(ctx)
	if err != nil {
		return nil, err
	}
	if v.Awaited, err = s.Broker.Awaited(ctx); err != nil {
		return nil, err
	}
	v.Checks = []checkRow{check("broker", s.Broker.Ready(ctx)), check("ranking", s.ready(ctx))}
	v.stages(states, notes, now)
	for _, status := range generations.GetGenerations() {
		v.Generations = append(v.Generations, newGenerationRow(status, now))
	}
	for _, one := range held {
		v.Streams = append(v.Streams, streamRow{one, size(one.Bytes), ago(one.Last, now)})
	}
	// The latest first.
	slices.SortFunc(notes, func(a, b messaging.DeadNote) int { return cmp.Compare(b.Number, a.Number) })
	for _, note := range notes[:min(len(notes), mostLetters)] {
		v.Letters = append(v.Letters, letterRow{note, ago(note.Died, now)})
	}
	v.MoreLetters = len(notes) - len(v.Letters)
	return v, nil
}

func check(name string, err error) checkRow {
	if err != nil {
		return checkRow{name, err.Error()}
	}
	return checkRow{Name: name}
}

// stages lists the stages. A dead letter that does not tell its generation is
// counted for the first.
func (v *opsView) stages(states []stageState, notes []messaging.DeadNote, now time.Time) {
	const late = time.Minute
	// By the name of the consumer that met it.
	dead := map[string]int{}
	for _, note := range notes {
		job := generation.Job{Generation: cmp.Or(note.Generation, messaging.GenerationLive), Stage: note.Stage}
		dead[job.Durable()]++
	}
	for _, state := range states {
		row := stageRow{
			Generation: state.Job.Generation, Stage: state.Job.Stage, Begun: state.Begun,
			Waiting: state.Pulse.Waiting, InHand: state.Pulse.InHand, Retried: state.Pulse.Retried,
			Worked: ago(state.Pulse.Worked, now),
		}
		row.Dead = dead[state.Job.Durable()]
		if !state.Pulse.Oldest.IsZero() {
			behind := now.Sub(state.Pulse.Oldest)
			row.Behind, row.Late = lasting(behind), behind > late
		}
		if state.Rate != nil {
			row.Rate = pace(*state.Rate)
		}
		row.Spark = rateSpark(state.Rates)
		v.Stages = append(v.Stages, row)
	}
}

func newGenerationRow(status *callrankv1.GenerationStatus, now time.Time) generationRow {
	const percent = 100
	g := status.GetGeneration()
	row := generationRow{GenerationStatus: status, Began: cmp.Or(g.GetFromStage(), callrankv1.FromRaw), Share: percent}
	if g.GetBase() != "" {
		row.Began += " of " + g.GetBase()
	}
	if status.GetCalls() > 0 {
		row.Share = int(percent * status.GetDone() / status.GetCalls())
	}
	if at, err := time.Parse(time.RFC3339Nano, g.GetStartedAt()); err == nil {
		row.Started = ago(at, now)
	}
	if status.PerSecond != nil {
		row.Rate = pace(status.GetPerSecond())
	}
	if status.SecondsLeft != nil && status.GetLeft() > 0 {
		row.Left = lasting(time.Duration(status.GetSecondsLeft() * float64(time.Second)))
	}
	return row
}

// said says what was just done, in words of our own: they come by the address.
func (v *opsView) said(done, of string) {
	n, err := strconv.ParseUint(of, 10, 64)
	if err != nil {
		return
	}
	switch done {
	case "retried":
		v.Done = fmt.Sprintf("Dead letter %d is worked on again.", n)
	case "dropped":
		v.Done = fmt.Sprintf("Dead letter %d was dropped.", n)
	case "all":
		v.Done = fmt.Sprintf("Worked on again: %d.", n)
	}
}

// rateSpark draws rates; nothing where there are fewer than two.
func rateSpark(rates []float64) template.HTML {
	const width, height, margin = 90, 20, 2
	if len(rates) < 2 {
		return ""
	}
	most := max(slices.Max(rates), 1)
	var m markup
	m.tag(`<svg class="rates" width="90" height="20" role="img" aria-label="`).text("over the last minutes, at most " + pace(slices.Max(rates))).tag(`"><path d="M`)
	for i, r := range rates {
		if i > 0 {
			m.tag(` `)
		}
		m.coord(margin + float64(i)*(width-2*margin)/float64(len(rates)-1)).tag(` `).coord(height - margin - r/most*(height-2*margin))
	}
	m.tag(`"/></svg>`)
	return m.html()
}

// pace is a rate for eyes: 12/s, 0.3/s, 0.
func pace(perSecond float64) string {
	switch {
	case perSecond == 0:
		return "0"
	case perSecond < 0.05:
		return "< 0.1/s"
	case perSecond < 10:
		return fmt.Sprintf("%.1f/s", perSecond)
	}
	return fmt.Sprintf("%.0f/s", perSecond)
}

// lasting is a length of time for eyes: 4s, 12m, 3h, 2d.
func lasting(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Second:
		return "< 1s"
	case d < 2*time.Minute:
		return fmt.Sprintf("%ds", int(d.Seconds()))
	case d < 2*time.Hour:
		return fmt.Sprintf("%dm", int(d.Minutes()))
	case d < 2*day:
		return fmt.Sprintf("%dh", int(d.Hours()))
	}
	return fmt.Sprintf("%dd", int(d/day))
}

// ago is how long ago something was; empty for never.
func ago(at, now time.Time) string {
	if at.IsZero() {
		return ""
	}
	return lasting(max(0, now.Sub(at))) + " ago"
}

// size is a number of bytes for eyes.
func size(bytes uint64) string {
	const kibi = 1024
	value, unit := float64(bytes), 0
	for value >= kibi && unit < 4 {
		value /= kibi
		unit++
	}
	if unit == 0 {
		return fmt.Sprintf("%d B", bytes)
	}
	return fmt.Sprintf("%.1f %ciB", value, "KMGT"[unit-1])
}
