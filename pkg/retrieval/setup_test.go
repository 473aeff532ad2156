package retrieval_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/callrank/callrank/pkg/retrieval"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const base = "https://figures.example/"

// server answers requests one after the other, in no time, and notes when they
// came; the last answer is repeated. It is for tests whose time is their own.
type server struct {
	mu      sync.Mutex
	answers []http.RoundTripper
	began   time.Time
	came    []time.Duration
}

func (s *server) RoundTrip(request *http.Request) (*http.Response, error) {
	s.mu.Lock()
	s.came = append(s.came, time.Since(s.began))
	answer := s.answers[min(len(s.came), len(s.answers))-1]
	s.mu.Unlock()
	return answer.RoundTrip(request)
}

func (s *server) asked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.came)
}

// answer has the server answer otherwise from now on.
func (s *server) answer(answers ...http.RoundTripper) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers, s.came, s.began = answers, nil, time.Now()
}

type way func(*http.Request) (*http.Response, error)

func (w way) RoundTrip(request *http.Request) (*http.Response, error) { return w(request) }

func answered(status int, body string, header ...string) http.RoundTripper {
	return way(func(*http.Request) (*http.Response, error) {
		fields := http.Header{}
		for i := 0; i+1 < len(header); i += 2 {
			fields.Set(header[i], header[i+1])
		}
		return &http.Response{StatusCode: status, Header: fields, Body: io.NopCloser(strings.NewReader(body))}, nil
	})
}

// silent answers nothing for as long as anybody waits.
func silent() http.RoundTripper {
	return way(func(request *http.Request) (*http.Response, error) {
		<-request.Context().Done()
		return nil, request.Context().Err()
	})
}

// breaking fails in the middle of the body.
func breaking() http.RoundTripper {
	return way(func(*http.Request) (*http.Response, error) {
		body := io.MultiReader(strings.NewReader(`{"a": `), failing{io.ErrUnexpectedEOF})
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(body)}, nil
	})
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func client(t *testing.T, change func(*retrieval.Config), answers ...http.RoundTripper) (*retrieval.Client, *server) {
	t.Helper()
	s := &server{answers: answers, began: time.Now()}
	config := retrieval.Config{
		Name: "Figures", Base: base, Secret: "s3cret", PerSecond: 10, Tries: 3, Timeout: 10 * time.Second,
		FirstWait: time.Second, LongestWait: 20 * time.Second, MaxBody: 1000, Transport: s,
		Reasons: map[int]string{http.StatusForbidden: "say who you are"},
	}
	if change != nil {
		change(&config)
	}
	c := retrieval.NewClient(config)
	t.Cleanup(c.Close)
	return c, s
}
