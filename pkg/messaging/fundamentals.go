package messaging

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/nats-io/nats.go/jetstream"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Put is what was put of a company, with its place in the FUNDAMENTALS stream.
type Put struct {
	Ticker string
	// Document is in the form of a fundamentals file.
	Document []byte
	Origin   string
	// Place grows from one put to the next; Stored is when the broker took it.
	Place  uint64
	Stored time.Time
}

// PutFundamentals stores what is known of a company and returns when it is
// stored. It replaces what was put of the company before. Whether the document
// can be read is for the caller to see to.
func (b *Broker) PutFundamentals(ctx context.Context, source string, put *callrankv1.FundamentalsPut) (Receipt, error) {
	document := putDocument(put)
	sum := sha256.Sum256(document)
	now := time.Now()
	event := Event{
		// Not by the document alone: one that was replaced may be put again.
		ID:      "put/" + put.GetTicker() + "/" + hex.EncodeToString(sum[:8]) + "/" + strconv.FormatInt(now.UnixNano(), 36),
		Type:    callrankv1.TypeFundamentalsPut,
		Source:  source,
		Subject: put.GetTicker(),
		Time:    now,
		Payload: put,
	}
	m, err := event.Message(ctx)
	if err != nil {
		return Receipt{}, err
	}
	ack, err := b.publish(ctx, natsMessage(SubjectPut(put.GetTicker()), m))
	if err != nil {
		return Receipt{}, fmt.Errorf("put fundamentals of %s: %w", put.GetTicker(), err)
	}
	return Receipt{ID: event.ID, Duplicate: ack.Duplicate}, nil
}

// Fundamentals reads what was put last of a company; nil where nothing was.
func (b *Broker) Fundamentals(ctx context.Context, ticker string) (*Put, error) {
	stream, err := b.stream(ctx, StreamFundamentals)
	if err != nil {
		return nil, err
	}
	raw, err := stream.GetLastMsgForSubject(ctx, SubjectPut(ticker))
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, nil //nolint:nilnil // Nothing put is no error.
	}
	if err != nil {
		return nil, fmt.Errorf("read what was put of %s: %w", ticker, err)
	}
	put, err := ParsePut(watermillMessage(ctx, "", raw.Header, raw.Data), raw.Subject)
	if err != nil {
		return nil, err
	}
	put.Place, put.Stored = raw.Sequence, raw.Time
	return put, nil
}

// ParsePut reads fundamentals as they were put on a subject: as protobuf, as
// JSON of the event, or as the document itself. A ticker in the subject counts
// as stated. An error is permanent.
func ParsePut(m *message.Message, subject string) (*Put, error) {
	p := &callrankv1.FundamentalsPut{}
	switch kind := contentType(m.Metadata[HeaderContentType]); {
	case kind == ContentProtobuf, kind == ContentJSON && isPutJSON(m.Payload):
		if err := Decode(m, p); err != nil {
			return nil, err
		}
	default:
		p.Document = m.Payload
	}
	put := &Put{Ticker: p.GetTicker(), Document: putDocument(p), Origin: p.GetOrigin()}
	if put.Ticker == "" {
		put.Ticker = lastToken(subject)
	}
	if origin := m.Metadata[HeaderOrigin]; put.Origin == "" {
		put.Origin = origin
	}
	return put, nil
}

func putDocument(p *callrankv1.FundamentalsPut) []byte {
	if len(p.GetDocument()) > 0 {
		return p.GetDocument()
	}
	return []byte(p.GetText())
}

// isPutJSON tells the JSON of the event from that of the document: the document
// has a currency, the event never.
func isPutJSON(b []byte) bool {
	var keys struct {
		Document *json.RawMessage `json:"document"`
		Text     *json.RawMessage `json:"text"`
		Currency *json.RawMessage `json:"currency"`
	}
	return json.Unmarshal(b, &keys) == nil && keys.Currency == nil && (keys.Document != nil || keys.Text != nil)
}
