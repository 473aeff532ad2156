package stages

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

const (
	// refreshed is how many calls of a company are grounded again when its
	// fundamentals were put: those its score is made of.
	refreshed = 2
	// secondLook is after how long the calls are asked for once more. A call
	// that was being grounded when the fundamentals were put may have seen the
	// older ones, and was not ranked yet at the first look.
	secondLook = 45 * time.Second
)

// Refresh is the other half of the fifth stage, which knows by which calls a
// company is ranked: it asks for them to be grounded again when fundamentals of
// the company were put.
func (r *Ranker) Refresh() worker.Stage {
	return worker.Stage{
		Name:       messaging.StageRefresh,
		Reads:      messaging.AllPuts,
		Handle:     r.refresh,
		MaxPending: regroundPending,
	}
}

func (r *Ranker) refresh(ctx context.Context, event *message.Message) ([]worker.Output, error) {
	delivery, err := delivered(event)
	if err != nil {
		return nil, err
	}
	put, err := messaging.ParsePut(event, delivery.Subject)
	if err != nil {
		return nil, err
	}
	put.Place, put.Stored = delivery.Sequence, delivery.Stored
	company, err := readPut(put)
	if err != nil {
		return nil, messaging.Permanent(err)
	}
	there, err := r.board.Company(ctx, company.Ticker)
	if err != nil {
		return nil, fmt.Errorf("look up the calls of %s: %w", company.Ticker, err)
	}
	left := secondLook - time.Since(delivery.Stored)
	look := "second"
	if left > 0 {
		look = "first"
		delivery.Retry(left)
	}
	calls := there.Standing.GetCalls()
	outputs := make([]worker.Output, 0, refreshed)
	for _, call := range calls[max(0, len(calls)-refreshed):] {
		due := r.dueForPut(call, company.Ticker)
		output, err := dueOutput(ctx, messaging.StageRank, due, "put-"+strconv.FormatUint(put.Place, 10)+"-"+look)
		if err != nil {
			return nil, err
		}
		outputs = append(outputs, output)
	}
	r.log.Info("fundamentals were put", zap.String("ticker", company.Ticker), zap.Int("calls", len(outputs)), zap.String("look", look))
	return outputs, nil
}

// dueForPut asks for a ranked call to be grounded again at once.
func (r *Ranker) dueForPut(call *callrankv1.CallSummary, ticker string) *callrankv1.GroundingDue {
	return &callrankv1.GroundingDue{
		Provenance: &callrankv1.Provenance{ContentId: call.GetContentId(), Revision: call.GetRevision(), Generation: r.board.Generation()},
		CallId:     call.GetCall().GetId(),
		Ticker:     ticker,
		Stream:     messaging.StreamGrounded,
		Sequence:   call.GetGroundedSequence(),
		DueAt:      moment(time.Now()),
		Cause:      callrankv1.DuePut,
		Reason:     "fundamentals were put",
	}
}
