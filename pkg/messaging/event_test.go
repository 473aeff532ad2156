package messaging_test

import (
	"maps"
	"testing"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/cloudevents/sdk-go/v2/event"
	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func TestEventsAreCloudEvents(t *testing.T) {
	t.Parallel()
	when := time.Date(2026, 2, 5, 22, 0, 0, 0, time.UTC)
	ours := messaging.Event{
		ID:      "live/AMZN/7",
		Type:    callrankv1.TypeRankingChanged,
		Source:  messaging.StageRank,
		Subject: "AMZN",
		Time:    when,
		Payload: &callrankv1.RankingChanged{},
	}
	m, err := ours.Message(t.Context())
	require.NoError(t, err)

	// The reference implementation finds the attributes it asks for.
	theirs := event.New(m.Metadata["ce-specversion"])
	theirs.SetID(m.Metadata["ce-id"])
	theirs.SetType(m.Metadata["ce-type"])
	theirs.SetSource(m.Metadata["ce-source"])
	theirs.SetSubject(m.Metadata["ce-subject"])
	at, err := time.Parse(time.RFC3339Nano, m.Metadata["ce-time"])
	require.NoError(t, err)
	theirs.SetTime(at)
	theirs.SetDataContentType(m.Metadata["content-type"])
	require.NoError(t, theirs.Validate())
	require.Equal(t, when, theirs.Time())
	require.Equal(t, "callrank.ranking.changed.v1", theirs.Type())
	require.Regexp(t, `^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$`, m.Metadata["traceparent"])
}

func TestTheSameEventIsTheSameBytes(t *testing.T) {
	t.Parallel()
	encoded := func() *message.Message {
		m, err := (&messaging.Event{ID: "x", Payload: &callrankv1.CallExtracted{
			Transcript: &callrankv1.Transcript{Call: &callrankv1.Call{Ticker: new("AMZN")}},
		}}).Message(t.Context())
		require.NoError(t, err)
		return m
	}
	require.Equal(t, encoded().Payload, encoded().Payload)
}

func TestTraceGoesOnThroughTheStages(t *testing.T) {
	t.Parallel()
	broker := provisioned(t)
	traces := make(chan string, 1)
	stage(t, broker, extractedEvents, 1, func(m *message.Message) ([]*message.Message, error) {
		out, err := (&messaging.Event{ID: "y", Payload: &callrankv1.CallQuantified{}}).Message(m.Context())
		traces <- out.Metadata["traceparent"]
		return nil, err
	})
	in := extracted(t, broker, nil)
	out := next(t, traces)
	require.Equal(t, in.Metadata["traceparent"][:35], out[:35], "the same trace")
	require.NotEqual(t, in.Metadata["traceparent"], out, "another span")
}

func TestTranscriptIsReadHoweverItWasPublished(t *testing.T) {
	t.Parallel()
	full := &callrankv1.TranscriptPublished{
		Document:      []byte("Operator\nGood day."),
		Ticker:        new("AMZN"),
		FiscalYear:    new(int32(2025)),
		FiscalQuarter: new(int32(4)),
		CallDate:      new("2026-02-05"),
	}
	inText := proto.CloneOf(full)
	inText.Document, inText.Text = nil, "Operator\nGood day."
	binary, err := proto.Marshal(full)
	require.NoError(t, err)
	asJSON, err := callrankv1.JSON(inText)
	require.NoError(t, err)
	facts := map[string]string{
		"callrank-fiscal-year": "2025", "callrank-fiscal-quarter": "4", "callrank-call-date": "2026-02-05",
	}
	with := func(contentType string) map[string]string {
		headers := map[string]string{"content-type": contentType}
		maps.Copy(headers, facts)
		return headers
	}
	cases := map[string]struct {
		headers map[string]string
		body    []byte
	}{
		"as protobuf":                                {map[string]string{"content-type": "application/protobuf"}, binary},
		"as JSON":                                    {map[string]string{"content-type": "application/json; charset=utf-8"}, asJSON},
		"as plain text with facts in headers":        {with("text/plain; charset=utf-8"), full.GetDocument()},
		"as a text whose publisher says no more":     {facts, full.GetDocument()},
		"as a page, which is a document like others": {with("text/html"), full.GetDocument()},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := message.NewMessage("1", tc.body)
			maps.Copy(m.Metadata, tc.headers)
			got, err := messaging.ParseTranscript(m, "calls.ended.AMZN")
			require.NoError(t, err)
			require.Equal(t, "Operator\nGood day.", string(messaging.Document(got)))
			require.Equal(t, "AMZN", got.GetTicker())
			require.EqualValues(t, 2025, got.GetFiscalYear())
			require.EqualValues(t, 4, got.GetFiscalQuarter())
			require.Equal(t, "2026-02-05", got.GetCallDate())
			require.Equal(t, messaging.ContentID(full), messaging.ContentID(got), "one transcript, one identity")
		})
	}
}

func TestAHalfYearIsStatedLikeAQuarter(t *testing.T) {
	t.Parallel()
	full := &callrankv1.TranscriptPublished{Document: []byte("Operator"), Ticker: new("TARN"), FiscalYear: new(int32(2025)), FiscalHalf: new(int32(1))}
	m := message.NewMessage("1", full.GetDocument())
	maps.Copy(m.Metadata, map[string]string{"callrank-fiscal-year": "2025", "callrank-fiscal-half": "1"})
	got, err := messaging.ParseTranscript(m, "calls.ended.TARN")
	require.NoError(t, err)
	require.EqualValues(t, 1, got.GetFiscalHalf())
	require.Nil(t, got.FiscalQuarter)
	require.Equal(t, messaging.ContentID(full), messaging.ContentID(got))
	other := proto.CloneOf(full)
	other.FiscalHalf = new(int32(2))
	require.NotEqual(t, messaging.ContentID(full), messaging.ContentID(other))
	other.FiscalHalf, got.FiscalHalf = nil, new(int32(0))
	require.Equal(t, messaging.ContentID(other), messaging.ContentID(got), "none stated")
}

func TestTranscriptInTheJSONOfASourceIsADocument(t *testing.T) {
	t.Parallel()
	body := []byte(`[{"symbol":"AAPL","period":"Q3","year":2020,"date":"2020-07-30","content":"Operator: Good day."}]`)
	m := message.NewMessage("1", body)
	m.Metadata["content-type"] = "application/json"
	got, err := messaging.ParseTranscript(m, "calls.ended._")
	require.NoError(t, err)
	require.Equal(t, body, got.GetDocument())
	require.Empty(t, got.GetTicker())
}

func TestTranscriptThatCannotBeDecodedIsAPermanentError(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		headers map[string]string
		body    string
	}{
		"protobuf that is none":        {map[string]string{"content-type": "application/protobuf"}, "\xff\xff"},
		"JSON with an unknown field":   {map[string]string{"content-type": "application/json"}, `{"text":"x","tikcer":"AMZN"}`},
		"a year that is no number":     {map[string]string{"callrank-fiscal-year": "FY25"}, "x"},
		"a quarter that is no number":  {map[string]string{"callrank-fiscal-quarter": "-1"}, "x"},
		"a half that is no number":     {map[string]string{"callrank-fiscal-half": "H1"}, "x"},
		"a revision that is no number": {map[string]string{"callrank-revision": "two"}, "x"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := message.NewMessage("1", []byte(tc.body))
			maps.Copy(m.Metadata, tc.headers)
			_, err := messaging.ParseTranscript(m, "calls.ended._")
			require.Error(t, err)
			require.True(t, messaging.IsPermanent(err))
		})
	}
}

func TestIdentityOfATranscript(t *testing.T) {
	t.Parallel()
	base := func() *callrankv1.TranscriptPublished {
		return &callrankv1.TranscriptPublished{Document: []byte("a text"), Ticker: new("AB"), Company: new("C")}
	}
	id := messaging.ContentID(base())
	require.Equal(t, id, messaging.ContentID(base()), "the same text is the same event")

	otherFile := base()
	otherFile.Origin = new("elsewhere.txt")
	require.Equal(t, id, messaging.ContentID(otherFile), "wherever it came from")

	corrected := base()
	corrected.Document = []byte("a text, corrected")
	require.NotEqual(t, id, messaging.ContentID(corrected), "a corrected text is another")

	restated := base()
	restated.CallDate = new("2026-02-05")
	require.NotEqual(t, id, messaging.ContentID(restated), "so is the same text of another call")

	shifted := base()
	shifted.Ticker, shifted.Company = new("A"), new("BC")
	require.NotEqual(t, id, messaging.ContentID(shifted), "fields do not run together")
}

func TestSameTranscriptTwiceIsOneEvent(t *testing.T) {
	t.Parallel()
	broker := provisioned(t)
	p := &callrankv1.TranscriptPublished{Text: "a text", Ticker: new("AMZN")}
	first, err := broker.PublishTranscript(t.Context(), "test", p)
	require.NoError(t, err)
	require.False(t, first.Duplicate)
	second, err := broker.PublishTranscript(t.Context(), "test", p)
	require.NoError(t, err)
	require.True(t, second.Duplicate)
	require.Equal(t, first.ID, second.ID)

	stored, err := broker.Transcript(t.Context(), 1)
	require.NoError(t, err)
	require.Equal(t, "a text", stored.GetText())
	_, err = broker.Transcript(t.Context(), 2)
	require.True(t, messaging.IsPermanent(err), "a transcript that is gone does not come back")
}

func TestTooLargeAnEventIsRefusedForGood(t *testing.T) {
	t.Parallel()
	broker := provisioned(t)
	_, err := broker.PublishTranscript(t.Context(), "test", &callrankv1.TranscriptPublished{Document: make([]byte, 9<<20)})
	require.ErrorContains(t, err, "max_payload")
	require.True(t, messaging.IsPermanent(err))
}

func TestRetriedTranscriptKeepsItsFirstPlace(t *testing.T) {
	t.Parallel()
	p := &callrankv1.TranscriptPublished{Text: "a text"}
	stored := time.Date(2026, 2, 5, 22, 0, 0, 0, time.UTC)
	fresh := messaging.ProvenanceOf(p, &messaging.Delivery{Stream: messaging.StreamCalls, Sequence: 9, Stored: stored}, "live")
	require.EqualValues(t, 9, fresh.GetRevision().GetSequence())
	retried := messaging.ProvenanceOf(p, &messaging.Delivery{
		Stream: messaging.StreamCalls, Sequence: 9, Stored: stored,
		Headers: nats.Header{messaging.HeaderRetryOf: {"CALLS:4"}},
	}, "live")
	require.EqualValues(t, 4, retried.GetRevision().GetSequence(), "what was published since is newer")
	require.EqualValues(t, 9, retried.GetSourceSequence(), "its text lies where it lies")
}
