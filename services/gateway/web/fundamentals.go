package web

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"go.uber.org/zap"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/stages"
)

type putRequest struct {
	Ticker  string `doc:"The company's ticker" path:"ticker"`
	RawBody []byte `contentType:"application/json"`
}

type putResponse struct {
	Body *callrankv1.FundamentalsAccepted
}

func (s *Server) putOperation(api huma.API) huma.Operation {
	return huma.Operation{
		Method: http.MethodPut, Path: "/api/v1/fundamentals/{ticker}", OperationID: "putFundamentals",
		Summary:       "Put what is known of a company, by which its latest calls are grounded again",
		Description:   "A document in the form of a fundamentals file. It replaces what was put of the company before, and is asked before any other source.",
		DefaultStatus: http.StatusAccepted,
		MaxBodyBytes:  stages.MaxPut,
		Security:      []map[string][]string{{"token": {}}},
		Middlewares:   huma.Middlewares{s.authorised(api), s.unhurried(api)},
		Errors: []int{
			http.StatusBadRequest, http.StatusUnauthorized, http.StatusRequestEntityTooLarge, http.StatusTooManyRequests,
		},
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"application/json": {Schema: &huma.Schema{Type: huma.TypeObject}},
		}},
		// What is wrong with it is told by who reads fundamentals.
		SkipValidateBody: true,
	}
}

// unhurried wants no more than the rate at which is published.
func (s *Server) unhurried(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if !s.limiter.Allow() {
			ctx.SetHeader("Retry-After", "1")
			// The client that is gone cannot be told.
			_ = huma.WriteErr(api, ctx, http.StatusTooManyRequests, "more than is taken in a second")
			return
		}
		next(ctx)
	}
}

// putFundamentals puts what is known of a company, after reading it: what is
// wrong with it is told at once.
func (s *Server) putFundamentals(ctx context.Context, in *putRequest) (*putResponse, error) {
	company, err := stages.ReadFundamentals(in.Ticker, in.RawBody)
	if err != nil {
		return nil, huma.Error400BadRequest(err.Error())
	}
	receipt, err := s.Broker.PutFundamentals(ctx, "gateway", &callrankv1.FundamentalsPut{Ticker: company.Ticker, Document: in.RawBody})
	if err != nil {
		s.Log.Error("fundamentals could not be put", zap.Error(err))
		return nil, huma.Error503ServiceUnavailable("the fundamentals could not be stored, try again")
	}
	return &putResponse{&callrankv1.FundamentalsAccepted{Id: receipt.ID, Ticker: company.Ticker}}, nil
}
