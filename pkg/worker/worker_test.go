package worker_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/embedded"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/worker"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// patience bounds every wait.
const patience = 20 * time.Second

func connect(t *testing.T) *messaging.Broker {
	t.Helper()
	server, err := embedded.StartBroker(t.Context(), embedded.BrokerConfig{Dir: t.TempDir(), Listen: "127.0.0.1:0", Relaxed: true}, zap.NewNop())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	broker, err := messaging.Connect(t.Context(), t.Name(), messaging.Config{URL: server.URL(), Replicas: 1}, zap.NewNop())
	require.NoError(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		require.NoError(t, broker.Close(ctx))
	})
	require.NoError(t, broker.Provision(t.Context()))
	return broker
}

// run runs a worker until the test ends or stop is called, which waits for it.
func run(t *testing.T, broker *messaging.Broker, stage worker.Stage, metrics *worker.Metrics) (stop func()) {
	t.Helper()
	settings := worker.DefaultSettings()
	settings.MaxDeliveries, settings.Drain = 1, 5*time.Second
	w, err := worker.New(stage, broker, settings, metrics, zap.NewNop())
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	select {
	case <-w.Running():
	case <-time.After(patience):
		require.FailNow(t, "the worker does not run")
	}
	var stopped atomic.Bool
	stop = func() {
		if stopped.Swap(true) {
			return
		}
		cancel()
		require.NoError(t, <-done)
	}
	t.Cleanup(stop)
	return stop
}

// hands is a stage that hands what it is given on.
func hands(handle func(ctx context.Context, event *message.Message) error) worker.Stage {
	return worker.Stage{
		Name:  messaging.StageIngest,
		Reads: messaging.AllCalls,
		Handle: func(ctx context.Context, event *message.Message) ([]worker.Output, error) {
			if err := handle(ctx, event); err != nil {
				return nil, err
			}
			out, err := (&messaging.Event{ID: "live/ingested/" + event.UUID, Payload: &callrankv1.CallIngested{}}).Message(ctx)
			return []worker.Output{{Subject: messaging.SubjectStage(messaging.ResultIngested, "live", "X-2025Q4"), Message: out}}, err
		},
	}
}

func publish(t *testing.T, broker *messaging.Broker, text string) {
	t.Helper()
	_, err := broker.PublishTranscript(t.Context(), "test", &callrankv1.TranscriptPublished{Text: text})
	require.NoError(t, err)
}

// ingested waits for so many results of the stage.
func ingested(t *testing.T, broker *messaging.Broker, want uint64) {
	t.Helper()
	require.Eventually(t, func() bool {
		stream, err := broker.JetStream().Stream(t.Context(), messaging.StreamIngested)
		return err == nil && stream.CachedInfo().State.Msgs == want
	}, patience, 10*time.Millisecond)
}

// acknowledged waits until the broker knows that every event is done.
func acknowledged(t *testing.T, broker *messaging.Broker) {
	t.Helper()
	require.Eventually(t, func() bool {
		waiting, inHand, err := broker.Lag(t.Context(), messaging.AllCalls, "ingest-live")
		return err == nil && waiting == 0 && inHand == 0
	}, patience, 10*time.Millisecond)
}

func TestWhatAStageMakesIsStoredBeforeItsEventIsDone(t *testing.T) {
	t.Parallel()
	broker := connect(t)
	run(t, broker, hands(func(context.Context, *message.Message) error { return nil }), worker.NewMetrics())
	publish(t, broker, "one")
	publish(t, broker, "two")
	ingested(t, broker, 2)
	acknowledged(t, broker)
}

func TestStoppedWorkerFinishesWhatItHasInHand(t *testing.T) {
	t.Parallel()
	broker := connect(t)
	begun, finish := make(chan struct{}), make(chan struct{})
	stop := run(t, broker, hands(func(ctx context.Context, _ *message.Message) error {
		close(begun)
		<-finish
		return ctx.Err()
	}), worker.NewMetrics())
	publish(t, broker, "one")
	<-begun
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		stop()
	}()
	close(finish)
	<-stopped
	ingested(t, broker, 1)
	acknowledged(t, broker)
}

func TestPanicIsAFailureOfTheEventAlone(t *testing.T) {
	t.Parallel()
	broker := connect(t)
	run(t, broker, hands(func(_ context.Context, event *message.Message) error {
		if p, _ := messaging.ParseTranscript(event, "calls.ended._"); p.GetText() == "bad" {
			panic("a fault of the program")
		}
		return nil
	}), worker.NewMetrics())
	publish(t, broker, "bad")
	publish(t, broker, "good")
	ingested(t, broker, 1)
	require.Eventually(t, func() bool {
		notes, err := broker.DeadLetters(t.Context())
		return err == nil && len(notes) == 1 && strings.Contains(notes[0].Reason, "a fault of the program")
	}, patience, 10*time.Millisecond)
}

func TestPassingFaultIsTriedAgainAtOnce(t *testing.T) {
	t.Parallel()
	broker := connect(t)
	var tries atomic.Int32
	// Only one delivery is allowed, so that the second try is of the same.
	run(t, broker, hands(func(context.Context, *message.Message) error {
		if tries.Add(1) == 1 {
			return errors.New("a moment's fault")
		}
		return nil
	}), worker.NewMetrics())
	publish(t, broker, "one")
	ingested(t, broker, 1)
	require.EqualValues(t, 2, tries.Load())
}

func TestMetricsAndHealthAreServed(t *testing.T) {
	t.Parallel()
	broker := connect(t)
	metrics := worker.NewMetrics()
	run(t, broker, hands(func(_ context.Context, event *message.Message) error {
		if p, _ := messaging.ParseTranscript(event, "calls.ended._"); p.GetText() == "bad" {
			return messaging.Permanent(errors.New("no transcript"))
		}
		return nil
	}), metrics)
	publish(t, broker, "good")
	publish(t, broker, "bad")
	ingested(t, broker, 1)

	var away atomic.Bool
	admin, err := worker.NewAdmin(t.Context(), "127.0.0.1:0", metrics,
		worker.Check{Name: "nats", Ready: broker.Ready},
		worker.Check{Name: "redis", Ready: func(context.Context) error {
			if away.Load() {
				return errors.New("Redis is away")
			}
			return nil
		}})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- admin.Run(ctx) }()
	transport := &http.Transport{}
	web := &http.Client{Transport: transport}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		cancel()
		require.NoError(t, <-served)
	})
	get := func(path string) (int, string) {
		response, err := web.Get("http://" + admin.Address() + path)
		require.NoError(t, err)
		defer func() { require.NoError(t, response.Body.Close()) }()
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		return response.StatusCode, string(body)
	}
	require.Eventually(t, func() bool {
		_, text := get("/metrics")
		return strings.Contains(text, `callrank_stage_events_total{generation="live",outcome="dead",stage="ingest"} 1`) &&
			strings.Contains(text, `callrank_stage_events_total{generation="live",outcome="done",stage="ingest"} 1`) &&
			strings.Contains(text, `callrank_stage_waiting{generation="live",stage="ingest"} 0`)
	}, patience, 10*time.Millisecond)

	code, _ := get("/healthz")
	require.Equal(t, http.StatusOK, code)
	code, _ = get("/readyz")
	require.Equal(t, http.StatusOK, code)
	away.Store(true)
	code, text := get("/readyz")
	require.Equal(t, http.StatusServiceUnavailable, code)
	var answer map[string]string
	require.NoError(t, json.Unmarshal([]byte(text), &answer))
	require.Equal(t, map[string]string{"status": "not ready", "redis": "Redis is away"}, answer)
}

func TestWatchThatFailsEndsTheWorker(t *testing.T) {
	t.Parallel()
	broker := connect(t)
	stage := hands(func(context.Context, *message.Message) error { return nil })
	stage.Watch = func(context.Context) error { return errors.New("cannot watch") }
	w, err := worker.New(stage, broker, worker.DefaultSettings(), worker.NewMetrics(), zap.NewNop())
	require.NoError(t, err)
	require.ErrorContains(t, w.Run(t.Context()), "cannot watch")
}

func TestWrongSettingsAreNamed(t *testing.T) {
	t.Parallel()
	cases := map[string]func(*worker.Settings){
		"--generation":     func(s *worker.Settings) { s.Generation = "Live!" },
		"--lanes":          func(s *worker.Settings) { s.Lanes = 0 },
		"--max-deliveries": func(s *worker.Settings) { s.MaxDeliveries = 0 },
		"--timeout":        func(s *worker.Settings) { s.Timeout = 0 },
		"--drain":          func(s *worker.Settings) { s.Drain = -1 },
	}
	for says, change := range cases {
		settings := worker.DefaultSettings()
		require.NoError(t, settings.Validate())
		change(&settings)
		require.ErrorContains(t, settings.Validate(), says)
	}
}
