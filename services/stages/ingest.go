package stages

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/ThreeDotsLabs/watermill/message"

	"github.com/callrank/callrank/pkg/generation"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/transcript"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Ingest is the first stage: from a transcript as published to who spoke when.
func Ingest(job generation.Job, texts *Texts, reader transcript.Reader) worker.Stage {
	return stageOf(job, func(ctx context.Context, event *message.Message) ([]worker.Output, error) {
		delivery, err := delivered(event)
		if err != nil {
			return nil, err
		}
		published, err := messaging.ParseTranscript(event, delivery.Subject)
		if err != nil {
			return nil, err
		}
		source, read, err := readPublished(reader, published)
		if err != nil {
			return nil, messaging.Permanent(err)
		}
		provenance := messaging.ProvenanceOf(published, delivery, job.Generation)
		texts.Keep(provenance.GetSourceSequence(), source.Text)
		return handoff(ctx, messaging.StageIngest, messaging.ResultIngested, callrankv1.TypeCallIngested,
			read.GetCall().GetId(), provenance, &callrankv1.CallIngested{Provenance: provenance, Transcript: read})
	})
}

// Check tells whether a transcript can be worked on, without working on it, and
// which call it is of: for those who would tell the publisher at once.
func Check(reader transcript.Reader, published *callrankv1.TranscriptPublished) (*callrankv1.Call, error) {
	_, read, err := readPublished(reader, published)
	if err != nil {
		return nil, err
	}
	return read.GetCall(), nil
}

// readPublished reads a published transcript: the text, and who spoke when.
func readPublished(reader transcript.Reader, published *callrankv1.TranscriptPublished) (transcript.Source, *callrankv1.Transcript, error) {
	source, err := transcript.Decode(messaging.Document(published))
	if err != nil {
		return transcript.Source{}, nil, err
	}
	read, err := reader.Read(source, transcript.Facts{
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
	if err := whichCall(read.GetCall()); err != nil {
		return transcript.Source{}, nil, err
	}
	return source, read, nil
}

// whichCall tells what is missing of a call of which it is not known whose it
// is, or which, and how that is stated.
func whichCall(call *callrankv1.Call) error {
	var missing []string
	switch {
	case call.GetTicker() != "":
	case call.GetCompany() != "":
		missing = append(missing, fmt.Sprintf("the ticker of %.80q is not known: state it (%s)", call.GetCompany(), howTicker))
	default:
		missing = append(missing, fmt.Sprintf("the text does not tell the company's ticker: state it (%s)", howTicker))
	}
	if transcript.CallID("_", transcript.PeriodOf(call), call.GetCallDate()) == "" {
		missing = append(missing, fmt.Sprintf("the text tells neither the fiscal period nor the date: state one (%s)", howPeriod))
	}
	if len(missing) == 0 {
		return nil
	}
	return errors.New(strings.Join(missing, "; "))
}

// How publishers state a fact: on the command line, with a text, in JSON.
const (
	howTicker = "--ticker, header " + messaging.HeaderTicker + ", field ticker"
	howPeriod = "--period or --date, headers " + messaging.HeaderFiscalYear + " with " + messaging.HeaderFiscalQuarter + " or " + messaging.HeaderFiscalHalf +
		", or " + messaging.HeaderCallDate + ", fields fiscal_year with fiscal_quarter or fiscal_half, or call_date"
)
