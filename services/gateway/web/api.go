package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"
	"go.uber.org/zap"
	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/conviction"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// apiVersion is the version of the API, not of the program.
const apiVersion = "1.0.0"

// serveAPI adds the JSON API. Its description is made from this code.
func (s *Server) serveAPI(mux *chi.Mux) {
	config := huma.DefaultConfig("callrank", apiVersion)
	config.OpenAPIPath = "/api/v1/openapi"
	config.Info.Description = "Companies ranked by how far their management means, proves and can be held to what it says about AI. " +
		"Fields that are absent are unknown, never zero."
	config.DocsPath, config.SchemasPath = "", ""
	// It would put a link into each body.
	config.CreateHooks = nil
	config.Formats = map[string]huma.Format{"application/json": {Marshal: writeJSON, Unmarshal: json.Unmarshal}}
	config.Formats["json"] = config.Formats["application/json"]
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	api := humachi.New(mux, config)

	get := func(path, id, summary string, problems ...int) huma.Operation {
		return huma.Operation{Method: http.MethodGet, Path: "/api/v1" + path, OperationID: id, Summary: summary, Errors: problems}
	}
	huma.Register(api, get("/ranking", "ranking", "The ranking, a page at a time, now or as it stood", http.StatusTooManyRequests), s.getRanking)
	huma.Register(api, get("/ranking/movers", "movers", "Who moved within a period, and who was merely pushed", http.StatusTooManyRequests), s.getMovers)
	huma.Register(api, get("/companies/{ticker}", "company", "A company: where it stands and why", http.StatusNotFound), s.getCompany)
	huma.Register(api, get("/calls/{id}", "call", "The analysis of a call", http.StatusNotFound), s.getCall)
	changes := get("/ranking/changes", "changes", "Changes of the ranking as server-sent events", http.StatusTooManyRequests)
	changes.Responses = map[string]*huma.Response{"200": {
		Description: "Events named \"change\"; the id of an event is its place, from which Last-Event-ID resumes.",
		Content:     map[string]*huma.MediaType{"text/event-stream": {Schema: api.OpenAPI().Components.Schemas.Schema(typeOf[callrankv1.RankingChange](), true, "RankingChange")}},
	}}
	huma.Register(api, changes, s.getChanges)
	huma.Register(api, s.publishOperation(api), s.postTranscript)
	huma.Register(api, s.putOperation(api), s.putFundamentals)
}

// writeJSON prints messages as the contracts do, and problems as they are.
func writeJSON(w io.Writer, v any) error {
	message, ok := v.(proto.Message)
	if !ok {
		return json.NewEncoder(w).Encode(v)
	}
	b, err := callrankv1.JSON(message)
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

type companyRequest struct {
	Ticker string `doc:"Ticker, such as AMZN" maxLength:"16" path:"ticker"`
}

type companyResponse struct {
	Body *callrankv1.CompanyReport
}

func (s *Server) getCompany(ctx context.Context, in *companyRequest) (*companyResponse, error) {
	report, err := s.reader.Company(ctx, in.Ticker)
	if err != nil {
		return nil, s.problem(err)
	}
	report.Stale = conviction.Old(report.GetLatest().GetCall(), s.current())
	return &companyResponse{report}, nil
}

type callRequest struct {
	ID string `doc:"Call, such as AMZN-2025Q4" maxLength:"32" path:"id"`
}

type callResponse struct {
	Body *callrankv1.Analysis
}

func (s *Server) getCall(ctx context.Context, in *callRequest) (*callResponse, error) {
	call, err := s.reader.Call(ctx, in.ID)
	if err != nil {
		return nil, s.problem(err)
	}
	return &callResponse{call.GetAnalysis()}, nil
}

// problem is an error as the API tells it.
func (s *Server) problem(err error) error {
	switch {
	case errors.Is(err, client.ErrNotRanked):
		return huma.Error404NotFound("no such company in the ranking")
	case errors.Is(err, client.ErrNoCall):
		return huma.Error404NotFound("no such call in the ranking")
	case errors.Is(err, context.Canceled):
		return huma.NewError(499, "the client went away")
	}
	// What went wrong inside is for the log.
	s.Log.Error("a request failed", zap.Error(err))
	return huma.Error503ServiceUnavailable("the ranking cannot be read now")
}
