package web

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/danielgtaylor/huma/v2"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/stages"
)

// maxBody holds the largest document as JSON, in which it is longer by a third
// where it is encoded, and by more where much has to be escaped.
const maxBody = 2 * transcript.MaxDocument

type publishRequest struct {
	ContentType   string `doc:"text/plain or application/json" header:"Content-Type" required:"true"`
	Ticker        string `doc:"With text: the company's ticker"          header:"callrank-ticker"`
	Company       string `doc:"With text: the company's name"            header:"callrank-company"`
	FiscalYear    string `doc:"With text: the fiscal year"               header:"callrank-fiscal-year"`
	FiscalQuarter string `doc:"With text: the fiscal quarter, 1 to 4"    header:"callrank-fiscal-quarter"`
	FiscalHalf    string `doc:"With text: the fiscal half, 1 or 2, of a company that reports by half-year" header:"callrank-fiscal-half"`
	CallDate      string `doc:"With text: the date, 2026-02-05"          header:"callrank-call-date"`
	Revision      string `doc:"With text: higher for a corrected text"   header:"callrank-revision"`
	IssuedAt      string `doc:"With text: when this text was issued, RFC 3339" header:"callrank-issued-at"`
	RawBody       []byte
}

type publishResponse struct {
	Body *callrankv1.TranscriptAccepted
}

func (s *Server) publishOperation(api huma.API) huma.Operation {
	published := api.OpenAPI().Components.Schemas.Schema(typeOf[callrankv1.TranscriptPublished](), true, "TranscriptPublished")
	return huma.Operation{
		Method: http.MethodPost, Path: "/api/v1/transcripts", OperationID: "publish",
		Summary:       "Publish the transcript of a call that has ended",
		Description:   "As text with what is known of the call in headers, as JSON in our form (text and facts), or as the JSON of a known source.",
		DefaultStatus: http.StatusAccepted,
		MaxBodyBytes:  maxBody,
		Security:      []map[string][]string{{"token": {}}},
		Middlewares:   huma.Middlewares{s.authorised(api), s.knownType(api)},
		Errors: []int{
			http.StatusBadRequest, http.StatusUnauthorized, http.StatusRequestEntityTooLarge,
			http.StatusUnsupportedMediaType, http.StatusTooManyRequests,
		},
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"text/plain":       {Schema: &huma.Schema{Type: huma.TypeString}},
			"application/json": {Schema: published},
		}},
		// The body is read as it is; what is wrong with it is told by who reads
		// transcripts.
		SkipValidateBody: true,
	}
}

// knownType wants a body of a type that is read here.
func (s *Server) knownType(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		kind, _, err := mime.ParseMediaType(ctx.Header("Content-Type"))
		if err != nil || kind != messaging.ContentText && kind != messaging.ContentJSON {
			// The client that is gone cannot be told.
			_ = huma.WriteErr(api, ctx, http.StatusUnsupportedMediaType, "a transcript is sent as text/plain or application/json")
			return
		}
		if !s.limiter.Allow() {
			ctx.SetHeader("Retry-After", "1")
			_ = huma.WriteErr(api, ctx, http.StatusTooManyRequests, fmt.Sprintf("more than %g transcripts a second", s.settings.PublishRate))
			return
		}
		next(ctx)
	}
}

// postTranscript publishes a transcript, after reading it once: who sends what
// is no transcript is told at once, and not a dead letter.
func (s *Server) postTranscript(ctx context.Context, in *publishRequest) (*publishResponse, error) {
	m := message.NewMessage("", in.RawBody)
	m.Metadata = message.Metadata{
		messaging.HeaderContentType:   in.ContentType,
		messaging.HeaderTicker:        in.Ticker,
		messaging.HeaderCompany:       in.Company,
		messaging.HeaderFiscalYear:    in.FiscalYear,
		messaging.HeaderFiscalQuarter: in.FiscalQuarter,
		messaging.HeaderFiscalHalf:    in.FiscalHalf,
		messaging.HeaderCallDate:      in.CallDate,
		messaging.HeaderRevision:      in.Revision,
		messaging.HeaderIssuedAt:      in.IssuedAt,
	}
	published, err := messaging.ParseTranscript(m, messaging.SubjectCalls(""))
	if err != nil {
		return nil, huma.Error400BadRequest(err.Error())
	}
	if len(messaging.Document(published)) > transcript.MaxDocument {
		return nil, huma.NewError(http.StatusRequestEntityTooLarge, fmt.Sprintf("a transcript has at most %d bytes", transcript.MaxDocument))
	}
	call, err := stages.Check(s.Reader, published)
	if err != nil {
		return nil, huma.Error400BadRequest(err.Error())
	}
	receipt, err := s.Broker.PublishTranscript(ctx, "gateway", published)
	if errors.Is(err, context.Canceled) {
		return nil, huma.NewError(499, "the client went away")
	}
	if err != nil {
		s.Log.Error("a transcript could not be published", zap.Error(err))
		return nil, huma.Error503ServiceUnavailable("the transcript could not be stored, try again")
	}
	return &publishResponse{&callrankv1.TranscriptAccepted{Id: receipt.ID, Duplicate: receipt.Duplicate, Call: call}}, nil
}
