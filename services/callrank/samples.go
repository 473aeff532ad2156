package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/samples"
	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/stages"
)

// sample is a sample as it is published.
type sample struct {
	name      string
	published *callrankv1.TranscriptPublished
	call      *callrankv1.Call
}

// publishSamples publishes the samples in the order of their calls, so that the
// ranking unfolds as it would have over the quarters. Samples that are there
// already are not waited for.
func publishSamples(ctx context.Context, broker *messaging.Broker, pace time.Duration, out, progress io.Writer) error {
	all, err := samplesInOrder()
	if err != nil {
		return err
	}
	bar := newBar(len(all), "publishing the samples", progress)
	defer bar.finish()
	published := 0
	for _, s := range all {
		receipt, err := broker.PublishTranscript(ctx, "samples", s.published)
		if err != nil {
			return fmt.Errorf("publish sample %s: %w", s.name, err)
		}
		bar.step()
		if receipt.Duplicate {
			continue
		}
		published++
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pace):
		}
	}
	bar.finish()
	_, err = fmt.Fprintf(out, "  published %d sample calls, %d were there already\n\n", published, len(all)-published)
	return err
}

func samplesInOrder() ([]sample, error) {
	calls, err := samples.Calls()
	if err != nil {
		return nil, err
	}
	all := make([]sample, 0, len(calls))
	for _, call := range calls {
		published := transcriptEvent(call.Document, transcript.Facts{Ticker: call.Ticker})
		published.Origin = &call.Name
		read, err := stages.Check(transcript.Reader{}, published)
		if err != nil {
			return nil, fmt.Errorf("read sample %s: %w", call.Name, err)
		}
		all = append(all, sample{call.Name, published, read})
	}
	slices.SortStableFunc(all, func(a, b sample) int {
		return cmp.Or(cmp.Compare(a.call.GetCallDate(), b.call.GetCallDate()), cmp.Compare(a.name, b.name))
	})
	return all, nil
}
