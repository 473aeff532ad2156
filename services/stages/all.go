package stages

import (
	"github.com/redis/go-redis/v9"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/pkg/lexicon"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/transcript"
	"github.com/callrank/callrank/pkg/worker"
)

// Flow is what the five stages need when they share a process.
type Flow struct {
	worker.Company

	Store    redis.UniversalClient
	Reader   transcript.Reader
	Grounder *Grounder
	Weights  *conviction.Weights
}

// Makers make the five stages, in the order in which a call flows through them.
func (f *Flow) Makers() ([]worker.Maker, error) {
	texts, err := NewTexts(f.Broker)
	if err != nil {
		return nil, err
	}
	rank, err := Rank(f.Company, f.Store, f.Weights)
	if err != nil {
		return nil, err
	}
	readings, err := SharedReadings(insight.NewRules(lexicon.AI()))
	if err != nil {
		return nil, err
	}
	ground, err := Grounding(f.Company, f.Grounder)
	if err != nil {
		return nil, err
	}
	return []worker.Maker{
		Maker(messaging.StageIngest, func(job generation.Job) worker.Stage { return Ingest(job, texts, f.Reader) }),
		Maker(messaging.StageExtract, func(job generation.Job) worker.Stage { return Extract(job, texts, readings) }),
		Maker(messaging.StageQuantify, func(job generation.Job) worker.Stage { return Quantify(job, texts, readings) }),
		ground,
		rank,
	}, nil
}

// First are the stages of the first generation alone.
func (f *Flow) First() ([]worker.Stage, error) {
	makers, err := f.Makers()
	if err != nil {
		return nil, err
	}
	var all []worker.Stage
	for _, maker := range makers {
		made, err := maker.Make(generation.First(maker.Stage))
		if err != nil {
			return nil, err
		}
		all = append(all, made...)
	}
	return all, nil
}

// Fleets are the workers of the five stages.
func (f *Flow) Fleets(settings worker.Settings) ([]*worker.Fleet, error) {
	makers, err := f.Makers()
	if err != nil {
		return nil, err
	}
	fleets := make([]*worker.Fleet, 0, len(makers))
	for _, maker := range makers {
		fleet, err := worker.NewFleet(maker, settings, f.Company)
		if err != nil {
			return nil, err
		}
		fleets = append(fleets, fleet)
	}
	return fleets, nil
}

// Maker makes a stage that is alike for every generation but for what it reads.
func Maker(stage string, build func(generation.Job) worker.Stage) worker.Maker {
	return worker.Maker{Stage: stage, Make: func(job generation.Job) ([]worker.Stage, error) {
		return []worker.Stage{build(job)}, nil
	}}
}
