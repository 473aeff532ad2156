package webhooks_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/embedded"
	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/pkg/webhook"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/webhooks"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const patience = 30 * time.Second

var secret = "whsec_" + base64.StdEncoding.EncodeToString([]byte("a secret of more than twenty-four bytes"))

// receiver is an address that changes are sent to.
type receiver struct {
	*httptest.Server

	mu sync.Mutex
	// answer is the status that a change is answered with.
	answer func(change string) int
	// took are the changes that were taken, and asked how often any was sent.
	took  []string
	asked int
	bad   []error
}

func receive(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{answer: func(string) int { return http.StatusNoContent }}
	shared, err := webhook.ParseSecret(secret)
	require.NoError(t, err)
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(request.Body)
		if err == nil {
			err = shared.Verify(request.Header, body, time.Now())
		}
		var sent struct {
			Type string          `json:"type"`
			Data json.RawMessage `json:"data"`
		}
		if err == nil {
			err = json.Unmarshal(body, &sent)
		}
		change := &callrankv1.RankingChange{}
		if err == nil {
			err = callrankv1.ParseJSON(sent.Data, change)
		}
		name := fmt.Sprint(change.GetTicker(), " ", change.GetVersion())
		r.mu.Lock()
		defer r.mu.Unlock()
		if err != nil || sent.Type != "ranking.changed" || request.Header.Get(webhook.HeaderID) != webhook.ID(change) {
			r.bad = append(r.bad, fmt.Errorf("%s %s: %w", sent.Type, body, err))
		}
		r.asked++
		status := r.answer(name)
		if status < http.StatusMultipleChoices {
			r.took = append(r.took, name)
		}
		w.WriteHeader(status)
	}))
	t.Cleanup(func() {
		r.Close()
		require.Empty(t, r.bad)
	})
	return r
}

func (r *receiver) answers(answer func(change string) int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = answer
}

// awaits waits until the receiver has taken changes, and no others.
func (r *receiver) awaits(t *testing.T, want ...string) {
	t.Helper()
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		r.mu.Lock()
		defer r.mu.Unlock()
		require.Equal(c, want, r.took)
	}, patience, 10*time.Millisecond)
}

func (r *receiver) awaitsTries(t *testing.T, count int) {
	t.Helper()
	require.Eventually(t, func() bool {
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.asked >= count
	}, patience, time.Millisecond)
}

func startBroker(t *testing.T) *messaging.Broker {
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

// announce announces changes, each named by ticker and version.
func announce(t *testing.T, broker *messaging.Broker, names ...string) {
	t.Helper()
	for _, name := range names {
		change := &callrankv1.RankingChange{Generation: messaging.GenerationLive, ScoreBefore: new(10.0), OutOfAfter: 90}
		_, err := fmt.Sscan(name, &change.Ticker, &change.Version)
		require.NoError(t, err)
		change.ScoreAfter = 10 + float64(change.GetVersion())
		_, err = broker.Announce(t.Context(), change, 0)
		require.NoError(t, err)
	}
}

// run sends to an address until it is stopped.
func run(t *testing.T, broker *messaging.Broker, url, more string, allow time.Duration) (stop func()) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "webhooks.yaml")
	text := fmt.Sprintf("webhooks:\n  - name: desk\n    url: %s\n    secret: %s\n%s", url, secret, more)
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	s := webhooks.Settings{
		File: file, Patience: allow,
		Backoff: func(uint64) time.Duration { return 5 * time.Millisecond },
	}
	hooks, err := webhooks.Open(s, broker, prometheus.NewRegistry(), zap.NewNop())
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- hooks.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		require.NoError(t, <-ended)
	})
	t.Cleanup(stop)
	return stop
}

func TestAddressThatFailsForAWhileGetsEverythingLaterInOrder(t *testing.T) {
	t.Parallel()
	broker, desk := startBroker(t), receive(t)
	announce(t, broker, "A 1", "A 2", "B 1")
	stop := run(t, broker, desk.URL, "", time.Hour)
	desk.awaits(t, "A 2", "B 1")

	desk.answers(func(string) int { return http.StatusServiceUnavailable })
	announce(t, broker, "A 3", "B 2", "A 4")
	tries := 2 + 3
	desk.awaitsTries(t, tries)
	// What it is trying outlives it, and so does what comes while nobody sends.
	stop()
	announce(t, broker, "B 3", "C 1")
	run(t, broker, desk.URL, "", time.Hour)
	desk.awaitsTries(t, tries+3)
	desk.answers(func(string) int { return http.StatusOK })
	announce(t, broker, "A 5")
	desk.awaits(t, "A 2", "B 1", "A 3", "B 2", "A 4", "B 3", "C 1", "A 5")
}

func TestOfTwoSendersOneSends(t *testing.T) {
	t.Parallel()
	broker, desk := startBroker(t), receive(t)
	run(t, broker, desk.URL, "", time.Hour)
	run(t, broker, desk.URL, "", time.Hour)
	const each = 20
	want := make([]string, 0, 2*each)
	for i := range each {
		want = append(want, fmt.Sprint("A ", i+1), fmt.Sprint("B ", i+1))
	}
	// They may begin at any of them, with the last state of each company.
	announce(t, broker, "A 0")
	desk.awaits(t, "A 0")
	announce(t, broker, want...)
	desk.awaits(t, append([]string{"A 0"}, want...)...)
}

func TestChangeThatIsRefusedDoesNotHoldUpOthersAndCanBeSentAgain(t *testing.T) {
	t.Parallel()
	broker, desk := startBroker(t), receive(t)
	desk.answers(func(change string) int {
		switch change {
		case "A 2":
			return http.StatusUnprocessableEntity
		case "B 1":
			return http.StatusBadGateway
		}
		return http.StatusOK
	})
	run(t, broker, desk.URL, "    from: start\n", 200*time.Millisecond)
	announce(t, broker, "A 1", "A 2", "A 3", "B 1", "B 2")
	desk.awaits(t, "A 1", "A 3", "B 2")

	letters, err := broker.DeadLetters(t.Context())
	require.NoError(t, err)
	require.Len(t, letters, 2)
	require.Equal(t, "webhook-desk", letters[0].Stage)
	require.Equal(t, "A", letters[0].CallID)
	require.Contains(t, letters[0].Reason, "422")
	require.Contains(t, letters[1].Reason, "502")

	// Mended, they are sent again: to this address, and to nobody else.
	desk.answers(func(string) int { return http.StatusOK })
	for _, letter := range letters {
		require.NoError(t, broker.RetryDead(t.Context(), letter.Number, nil))
	}
	desk.awaits(t, "A 1", "A 3", "B 2", "A 2", "B 1")
	told := 0
	require.NoError(t, broker.ChangesWithin(t.Context(), messaging.GenerationLive, time.Time{}, time.Time{}, func(messaging.Announced) error {
		told++
		return nil
	}))
	require.Equal(t, 5, told)
}

func TestAddressIsToldOfWhatItWants(t *testing.T) {
	t.Parallel()
	broker, desk := startBroker(t), receive(t)
	announce(t, broker, "A 1", "B 1")
	run(t, broker, desk.URL, "    from: start\n    tickers: [a, c]\n    min_move: 3\n", time.Hour)
	announce(t, broker, "A 3", "B 7", "C 2", "C 4")
	desk.awaits(t, "A 3", "C 4")
}

func TestFilesThatAreWrongAreRefused(t *testing.T) {
	t.Parallel()
	for says, text := range map[string]string{
		"no webhooks":         "webhooks: []",
		"field colour":        "webhooks: [{name: desk, colour: red}]",
		"name: wants":         "webhooks: [{name: Desk 1, url: 'https://desk.example', secret: S}]",
		"url: wants the form": "webhooks: [{name: desk, url: desk.example, secret: S}]",
		"can be read on":      "webhooks: [{name: desk, url: 'http://desk.example', secret: S}]",
		"wants one of":        "webhooks: [{name: desk, url: 'https://desk.example', secret: S, secret_env: X}]",
		"begins with whsec_":  "webhooks: [{name: desk, url: 'https://desk.example', secret: hush}]",
		"bytes: wants":        "webhooks: [{name: desk, url: 'https://desk.example', secret: whsec_aHVzaA==}]",
		"from \"now\"":        "webhooks: [{name: desk, url: 'https://desk.example', secret: S, from: now}]",
		"is there twice":      "webhooks: [{name: desk, url: 'https://desk.example', secret: S}, {name: desk, url: 'https://desk.example', secret: S}]",
	} {
		file := filepath.Join(t.TempDir(), "webhooks.yaml")
		require.NoError(t, os.WriteFile(file, []byte(strings.ReplaceAll(text, "secret: S", "secret: "+secret)), 0o600))
		_, err := webhooks.Open(webhooks.Settings{File: file}, nil, prometheus.NewRegistry(), zap.NewNop())
		require.ErrorContains(t, err, says)
		var usage *settings.UsageError
		require.ErrorAs(t, err, &usage)
		require.NotContains(t, err.Error(), secret)
	}
}
