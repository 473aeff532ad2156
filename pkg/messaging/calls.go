package messaging

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"strconv"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/nats-io/nats.go/jetstream"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Headers in which the publisher of a plain text states what it knows of the
// call.
const (
	HeaderTicker        = "callrank-ticker"
	HeaderCompany       = "callrank-company"
	HeaderFiscalYear    = "callrank-fiscal-year"
	HeaderFiscalQuarter = "callrank-fiscal-quarter"
	HeaderFiscalHalf    = "callrank-fiscal-half"
	HeaderCallDate      = "callrank-call-date"
	HeaderRevision      = "callrank-revision"
	HeaderIssuedAt      = "callrank-issued-at"
	HeaderOrigin        = "callrank-origin"
)

// Document is the document of a published transcript, whichever way it came.
func Document(p *callrankv1.TranscriptPublished) []byte {
	if len(p.GetDocument()) > 0 {
		return p.GetDocument()
	}
	return []byte(p.GetText())
}

// ContentID is the identity of a published transcript: the hash of the
// document and of what the publisher states beside it. The same text twice is
// one event; the same text with another ticker stated is another.
func ContentID(p *callrankv1.TranscriptPublished) string {
	h := sha256.New()
	field(h, Document(p))
	field(h, []byte(p.GetTicker()))
	field(h, []byte(p.GetCompany()))
	field(h, []byte(p.GetCallDate()))
	number(h, int64(p.GetFiscalYear()))
	number(h, int64(p.GetFiscalQuarter()))
	number(h, int64(p.GetRevision()))
	field(h, []byte(p.GetIssuedAt()))
	// Without a half the identity is as it was before there were any.
	if p.GetFiscalHalf() != 0 {
		number(h, int64(p.GetFiscalHalf()))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// field adds a field to a hash, its length first, so that no two sets of
// fields run together into the same bytes.
func field(h hash.Hash, b []byte) {
	number(h, int64(len(b)))
	// A hash takes everything.
	_, _ = h.Write(b)
}

func number(h hash.Hash, n int64) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(n))
	_, _ = h.Write(b[:])
}

// Receipt is the broker's word for a published transcript.
type Receipt struct {
	// ID is the event's id.
	ID string
	// Duplicate tells that the broker had it already.
	Duplicate bool
}

// PublishTranscript publishes a transcript and returns when it is stored.
func (b *Broker) PublishTranscript(ctx context.Context, source string, p *callrankv1.TranscriptPublished) (Receipt, error) {
	id := ContentID(p)
	event := Event{
		ID:      id,
		Type:    callrankv1.TypeTranscriptPublished,
		Source:  source,
		Subject: p.GetTicker(),
		Time:    time.Now(),
		Payload: p,
	}
	m, err := event.Message(ctx)
	if err != nil {
		return Receipt{}, err
	}
	ack, err := b.publish(ctx, natsMessage(SubjectCalls(p.GetTicker()), m))
	if err != nil {
		return Receipt{}, fmt.Errorf("publish transcript: %w", err)
	}
	return Receipt{ID: id, Duplicate: ack.Duplicate}, nil
}

// Transcript reads a published transcript by its place in the CALLS stream.
func (b *Broker) Transcript(ctx context.Context, sequence uint64) (*callrankv1.TranscriptPublished, error) {
	stream, err := b.stream(ctx, StreamCalls)
	if err != nil {
		return nil, err
	}
	raw, err := stream.GetMsg(ctx, sequence)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		// Deleted, and the call with it.
		return nil, Permanent(fmt.Errorf("transcript %d is not in stream %s", sequence, StreamCalls))
	}
	if err != nil {
		return nil, fmt.Errorf("read transcript %d: %w", sequence, err)
	}
	return ParseTranscript(watermillMessage(ctx, "", raw.Header, raw.Data), raw.Subject)
}

// ParseTranscript reads a transcript as it was published on a subject: as
// protobuf, as JSON, or as the document itself with what the publisher knows
// in headers. A ticker in the subject counts as stated. An error is permanent.
func ParseTranscript(m *message.Message, subject string) (*callrankv1.TranscriptPublished, error) {
	p, err := parseBody(m)
	if err != nil {
		return nil, err
	}
	if ticker := lastToken(subject); p.GetTicker() == "" && ticker != "" {
		p.Ticker = &ticker
	}
	return p, nil
}

func parseBody(m *message.Message) (*callrankv1.TranscriptPublished, error) {
	p := &callrankv1.TranscriptPublished{}
	switch contentType(m.Metadata[HeaderContentType]) {
	case ContentProtobuf:
		if err := Decode(m, p); err != nil {
			return nil, err
		}
	case ContentJSON:
		if !isEventJSON(m.Payload) {
			// The JSON of a source, which is the document.
			p.Document = m.Payload
			break
		}
		if err := Decode(m, p); err != nil {
			return nil, err
		}
	default:
		// Whatever a publisher calls it, or does not: a text, or a page.
		p.Document = m.Payload
	}
	// Headers state for a plain document, and win over the body of an event
	// that comes back from the dead letters.
	if err := stateFacts(p, m.Metadata); err != nil {
		return nil, Permanent(err)
	}
	return p, nil
}

// isEventJSON tells our own JSON from that of a source.
func isEventJSON(b []byte) bool {
	var keys struct {
		Document *json.RawMessage `json:"document"`
		Text     *json.RawMessage `json:"text"`
	}
	return json.Unmarshal(b, &keys) == nil && (keys.Document != nil || keys.Text != nil)
}

// stateFacts puts what headers state into an event.
func stateFacts(p *callrankv1.TranscriptPublished, headers message.Metadata) error {
	text := func(key string, to **string) {
		if value := headers[key]; value != "" {
			*to = &value
		}
	}
	text(HeaderTicker, &p.Ticker)
	text(HeaderCompany, &p.Company)
	text(HeaderCallDate, &p.CallDate)
	text(HeaderIssuedAt, &p.IssuedAt)
	text(HeaderOrigin, &p.Origin)
	whole := func(key string, set func(int32)) error {
		value := headers[key]
		if value == "" {
			return nil
		}
		n, err := strconv.ParseInt(value, 10, 32)
		if err != nil || n < 0 {
			return fmt.Errorf("header %s: %q is no whole number", key, value)
		}
		set(int32(n))
		return nil
	}
	return errors.Join(
		whole(HeaderFiscalYear, func(n int32) { p.FiscalYear = &n }),
		whole(HeaderFiscalQuarter, func(n int32) { p.FiscalQuarter = &n }),
		whole(HeaderFiscalHalf, func(n int32) { p.FiscalHalf = &n }),
		whole(HeaderRevision, func(n int32) { p.Revision = new(uint32(n)) }),
	)
}

// ProvenanceOf tells where a transcript that was just delivered comes from. An
// event taken from the dead letters stands where it first stood, so that it
// does not supersede what was published after it.
func ProvenanceOf(p *callrankv1.TranscriptPublished, d *Delivery, generation string) *callrankv1.Provenance {
	place := d.Sequence
	if first, ok := retryOf(d.Headers, StreamCalls); ok {
		place = first
	}
	return &callrankv1.Provenance{
		ContentId:      ContentID(p),
		SourceSequence: d.Sequence,
		Revision: &callrankv1.Revision{
			Number:   p.GetRevision(),
			IssuedAt: p.GetIssuedAt(),
			Sequence: place,
		},
		Generation:  generation,
		PublishedAt: d.Stored.UTC().Format(time.RFC3339Nano),
	}
}
