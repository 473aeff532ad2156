package stages

import (
	"context"
	"errors"
	"fmt"

	"github.com/ThreeDotsLabs/watermill/message"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/transcript"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// errWhichCall is the error of a transcript that does not tell whose call it
// is, or which.
var errWhichCall = errors.New("the text does not tell the company's ticker and the fiscal period or date of the call: state them when publishing")

// Ingest is the first stage: from a transcript as published to who spoke when.
func Ingest(generation string, texts *Texts) worker.Stage {
	return worker.Stage{
		Name:  messaging.StageIngest,
		Reads: messaging.AllCalls,
		Handle: func(ctx context.Context, event *message.Message) ([]worker.Output, error) {
			delivery, err := delivered(event)
			if err != nil {
				return nil, err
			}
			published, err := messaging.ParseTranscript(event, delivery.Subject)
			if err != nil {
				return nil, err
			}
			source, read, err := read(published)
			if err != nil {
				return nil, messaging.Permanent(err)
			}
			provenance := messaging.ProvenanceOf(published, delivery, generation)
			texts.Keep(provenance.GetSourceSequence(), source.Text)
			return handoff(ctx, messaging.StageIngest, messaging.ResultIngested, callrankv1.TypeCallIngested,
				read.GetCall().GetId(), provenance, &callrankv1.CallIngested{Provenance: provenance, Transcript: read})
		},
	}
}

// Check tells whether a transcript can be worked on, without working on it, and
// which call it is of: for those who would tell the publisher at once.
func Check(published *callrankv1.TranscriptPublished) (*callrankv1.Call, error) {
	_, read, err := read(published)
	if err != nil {
		return nil, err
	}
	return read.GetCall(), nil
}

// read reads a published transcript: the text, and who spoke when.
func read(published *callrankv1.TranscriptPublished) (transcript.Source, *callrankv1.Transcript, error) {
	source, err := transcript.Decode(messaging.Document(published))
	if err != nil {
		return transcript.Source{}, nil, err
	}
	read, err := transcript.Read(source, transcript.Facts{
		Ticker:        published.GetTicker(),
		Company:       published.GetCompany(),
		FiscalYear:    int(published.GetFiscalYear()),
		FiscalQuarter: int(published.GetFiscalQuarter()),
		FiscalHalf:    int(published.GetFiscalHalf()),
		CallDate:      published.GetCallDate(),
	})
	if err != nil {
		return transcript.Source{}, nil, fmt.Errorf("read the call: %w", err)
	}
	if read.GetCall().GetId() == "" || read.GetCall().GetTicker() == "" {
		return transcript.Source{}, nil, errWhichCall
	}
	return source, read, nil
}
