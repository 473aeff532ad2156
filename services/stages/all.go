package stages

import (
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/pkg/leaderboard"
	"github.com/callrank/callrank/pkg/lexicon"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/transcript"
	"github.com/callrank/callrank/pkg/worker"
)

// Flow is what the five stages need when they share a process.
type Flow struct {
	Broker   *messaging.Broker
	Reader   transcript.Reader
	Board    *leaderboard.Board
	Grounder *Grounder
	Weights  *conviction.Weights
	Metrics  *worker.Metrics
	Log      *zap.Logger
}

// Stages are the five stages, in the order in which a call flows through them.
func (f *Flow) Stages() ([]worker.Stage, error) {
	texts, err := NewTexts(f.Broker)
	if err != nil {
		return nil, err
	}
	ranker, err := NewRanker(f.Broker, f.Board, f.Weights, f.Metrics.Registry, f.Log)
	if err != nil {
		return nil, err
	}
	readings, err := SharedReadings(insight.NewRules(lexicon.AI()))
	if err != nil {
		return nil, err
	}
	generation := f.Board.Generation()
	return []worker.Stage{
		Ingest(generation, texts, f.Reader),
		Extract(generation, texts, readings),
		Quantify(generation, texts, readings),
		Ground(generation, f.Grounder),
		ranker.Stage(),
	}, nil
}
