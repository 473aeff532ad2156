package stages

import (
	"fmt"

	"github.com/maypok86/otter/v2"

	"github.com/callrank/callrank/pkg/insight"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// readingsKept is how many readings wait at most for the next stage. One takes
// about a megabyte.
const readingsKept = 64

// Readings reads calls with an engine.
type Readings struct {
	engine *insight.Rules
	// kept is what extract has read and quantify not; nil where they work apart.
	kept *otter.Cache[readingKey, *insight.Reading]
}

// readingKey tells readings apart: generations may read one text differently.
type readingKey struct {
	generation string
	sequence   uint64
}

func keyOf(p *callrankv1.Provenance) readingKey {
	return readingKey{p.GetGeneration(), p.GetSourceSequence()}
}

// NewReadings returns the readings of a process with one of the two stages that
// need them.
func NewReadings(engine *insight.Rules) *Readings { return &Readings{engine: engine} }

// SharedReadings returns those of a process with both stages: what extract has
// read waits for quantify, so that a call is read once.
func SharedReadings(engine *insight.Rules) (*Readings, error) {
	kept, err := otter.New(&otter.Options[readingKey, *insight.Reading]{MaximumSize: readingsKept})
	if err != nil {
		return nil, fmt.Errorf("make a cache of readings: %w", err)
	}
	return &Readings{engine, kept}, nil
}

// read reads the call of a published transcript, and keeps what it read.
func (r *Readings) read(p *callrankv1.Provenance, text string, t *callrankv1.Transcript) (*insight.Reading, error) {
	reading, err := r.engine.Read(text, t)
	if err == nil && r.kept != nil {
		r.kept.Set(keyOf(p), reading)
	}
	return reading, err
}

// take is the reading that was kept; without one, the call is read.
func (r *Readings) take(p *callrankv1.Provenance, text string, t *callrankv1.Transcript) (*insight.Reading, error) {
	if r.kept != nil {
		if reading, kept := r.kept.Invalidate(keyOf(p)); kept {
			return reading, nil
		}
	}
	return r.engine.Read(text, t)
}
