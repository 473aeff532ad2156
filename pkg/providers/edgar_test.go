package providers_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/providers"
)

const (
	contact     = "Example Research desk@example.com"
	tickersPath = "/files/company_tickers.json"
	factsPath   = "/api/xbrl/companyfacts/CIK0001234567.json"
	marlinPath  = "/api/xbrl/companyfacts/CIK0007654321.json"
)

// sec is a server that answers like the SEC's.
type sec struct {
	*httptest.Server

	mu sync.Mutex
	// answers by path; the last one of a path is repeated.
	answers map[string][]http.HandlerFunc
	asked   map[string]int
	agents  []string
	closing chan struct{}
}

func fixture(t *testing.T, name string) http.HandlerFunc {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return body(string(b))
}

func body(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(text))
	}
}

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		_, _ = w.Write([]byte("<html>no</html>"))
	}
}

// brokenOff promises more than it sends.
func brokenOff(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "100000")
	_, _ = w.Write([]byte(`{"cik": 1234567, "facts": {`))
}

// silent answers nothing for as long as anybody waits.
func (s *sec) silent(_ http.ResponseWriter, r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-s.closing:
	}
}

func startSEC(t *testing.T) *sec {
	t.Helper()
	s := &sec{asked: map[string]int{}, closing: make(chan struct{}), answers: map[string][]http.HandlerFunc{
		tickersPath: {fixture(t, "company_tickers.json")},
		factsPath:   {fixture(t, "companyfacts_HLYD.json")},
	}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		answers := s.answers[r.URL.Path]
		n := s.asked[r.URL.Path]
		s.asked[r.URL.Path]++
		s.agents = append(s.agents, r.UserAgent())
		s.mu.Unlock()
		if len(answers) == 0 {
			http.NotFound(w, r)
			return
		}
		answers[min(n, len(answers)-1)](w, r)
	}))
	t.Cleanup(func() {
		close(s.closing)
		s.Close()
	})
	return s
}

func (s *sec) answer(path string, answers ...http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[path], s.asked[path] = answers, 0
}

func (s *sec) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[path]
}

// clock is set by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Now()} }

func (c *clock) read() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func source(t *testing.T, server *sec, change ...func(*providers.EDGARConfig)) (*providers.EDGARSource, *clock) {
	t.Helper()
	config := providers.DefaultEDGAR()
	config.Contact, config.URL = contact, server.URL
	for _, c := range change {
		c(&config)
	}
	now := newClock()
	s, err := providers.QuickEDGAR(config, now.read, time.Minute)
	require.NoError(t, err)
	return s, now
}

func cachedIn(dir string) func(*providers.EDGARConfig) {
	return func(c *providers.EDGARConfig) { c.Cache = dir }
}

// requirePassing wants an error that says nothing for good.
func requirePassing(t *testing.T, err error) {
	t.Helper()
	require.Error(t, err)
	require.NotErrorIs(t, err, fundamentals.ErrUnknown)
	require.NotErrorIs(t, err, fundamentals.ErrRefused)
	var broken *fundamentals.FieldError
	require.False(t, errors.As(err, &broken), err.Error())
}

func TestEDGARFindsACompany(t *testing.T) {
	t.Parallel()

	t.Run("by its ticker, and says who asks", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		edgar, _ := source(t, server)
		c, err := edgar.Company(t.Context(), "hlyd")
		require.NoError(t, err)
		require.Equal(t, "HLYD", c.Ticker)
		require.Equal(t, "Halyard Cloud Systems, Inc.", c.Name)
		require.Equal(t, "SEC EDGAR, CIK 0001234567", c.Document)
		year, ok := c.Actual(2025)
		require.True(t, ok)
		require.Equal(t, "880000000", year.Revenue.Decimal.String())
		require.Equal(t, "-22000000", year.NetIncome.Decimal.String())
		require.Equal(t, "-0.11", year.DilutedEPS.Decimal.String())
		q4, ok := c.Quarter(2025, 4)
		require.True(t, ok)
		require.Equal(t, "245000000", q4.Revenue.Decimal.String())
		require.Equal(t, "SEC EDGAR, CIK 0001234567: 10-K 0001234567-25-031900", c.Origin(year.Known))
		require.Equal(t, []string{contact, contact}, server.agents)
	})

	t.Run("by the ticker of a class of shares, with a dot or a hyphen", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		server.answer(marlinPath, body(`{"cik": "0007654321", "facts": {"us-gaap": {"Revenues": {"units": {"USD": [
			{"start": "2024-01-01", "end": "2024-12-31", "val": 5, "accn": "0", "fy": 2024, "form": "10-K", "filed": "2025-02-01"}]}}}}}`))
		edgar, _ := source(t, server)
		for _, ticker := range []string{"MRLN.B", "MRLN-B"} {
			c, err := edgar.Company(t.Context(), ticker)
			require.NoError(t, err)
			require.Equal(t, ticker, c.Ticker)
		}
		require.Equal(t, 1, server.count(marlinPath), "both are one company")
	})

	t.Run("asks once for what many want at the same time", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		edgar, _ := source(t, server, cachedIn(t.TempDir()))
		var all sync.WaitGroup
		failures := make(chan error, 50)
		for range cap(failures) {
			all.Go(func() {
				_, err := edgar.Company(t.Context(), "HLYD")
				failures <- err
			})
		}
		all.Wait()
		close(failures)
		for err := range failures {
			require.NoError(t, err)
		}
		require.Equal(t, 1, server.count(tickersPath))
		require.Equal(t, 1, server.count(factsPath))
	})

	t.Run("asks no faster than its rate", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		config := providers.DefaultEDGAR()
		config.Contact, config.URL, config.MaxAge, config.PerSecond = contact, server.URL, 0, 10
		edgar, err := providers.EDGAR(config)
		require.NoError(t, err)
		begin := time.Now()
		for range 3 {
			_, err := edgar.Company(t.Context(), "HLYD")
			require.NoError(t, err)
		}
		require.Equal(t, 3, server.count(factsPath))
		require.GreaterOrEqual(t, time.Since(begin), 490*time.Millisecond, "six requests, the first of them at once")
	})
}

func TestEDGARHasNoSuchCompany(t *testing.T) {
	t.Parallel()

	t.Run("where the ticker is not listed, without asking for facts", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		edgar, _ := source(t, server)
		for _, ticker := range []string{"NOPE", "../X", ""} {
			_, err := edgar.Company(t.Context(), ticker)
			require.ErrorIs(t, err, fundamentals.ErrUnknown)
		}
		require.Len(t, server.agents, 1)
	})

	t.Run("where there are no facts of it", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		edgar, _ := source(t, server)
		_, err := edgar.Company(t.Context(), "MRLN-B")
		require.ErrorIs(t, err, fundamentals.ErrUnknown)
		require.ErrorContains(t, err, "EDGAR has no facts of MRLN-B, CIK 0007654321")
		require.Equal(t, 1, server.count(marlinPath))
	})

	t.Run("where its facts have no fiscal year", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		server.answer(factsPath, body(`{"cik": 1234567, "entityName": "Halyard", "facts": {"dei": {}}}`))
		edgar, _ := source(t, server)
		_, err := edgar.Company(t.Context(), "HLYD")
		require.ErrorIs(t, err, fundamentals.ErrUnknown)
		require.ErrorContains(t, err, "no fiscal year or quarter")
	})
}

func TestEDGARFails(t *testing.T) {
	t.Parallel()
	for name, answers := range map[string][]http.HandlerFunc{
		"with 500":                        {status(http.StatusInternalServerError)},
		"with an answer that breaks off":  {brokenOff},
		"with half a document":            {body(`{"cik": 1234567, "facts": {"us-gaap": {`)},
		"with an empty answer":            {body("")},
		"with a page":                     {body("<html>")},
		"with 429 that asks for no pause": {status(http.StatusTooManyRequests)},
	} {
		t.Run("in passing "+name, func(t *testing.T) {
			t.Parallel()
			server := startSEC(t)
			server.answer(factsPath, answers...)
			edgar, _ := source(t, server)
			_, err := edgar.Company(t.Context(), "HLYD")
			requirePassing(t, err)
			require.ErrorContains(t, err, "EDGAR")
			require.Equal(t, providers.Tries(), server.count(factsPath))
		})
		t.Run("and answers when asked again "+name, func(t *testing.T) {
			t.Parallel()
			server := startSEC(t)
			server.answer(factsPath, append(answers, fixture(t, "companyfacts_HLYD.json"))...)
			edgar, _ := source(t, server)
			_, err := edgar.Company(t.Context(), "HLYD")
			require.NoError(t, err)
			require.Equal(t, 2, server.count(factsPath))
		})
	}

	t.Run("for good with 401", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		server.answer(factsPath, status(http.StatusUnauthorized))
		edgar, _ := source(t, server)
		_, err := edgar.Company(t.Context(), "HLYD")
		require.ErrorIs(t, err, fundamentals.ErrRefused)
		require.Empty(t, fundamentals.Outages(nil, err))
		require.Equal(t, 1, server.count(factsPath))
	})

	t.Run("for good with 403, naming the User-Agent, and is asked once", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		server.answer(tickersPath, status(http.StatusForbidden))
		edgar, now := source(t, server)
		_, err := edgar.Company(t.Context(), "HLYD")
		require.ErrorIs(t, err, fundamentals.ErrRefused)
		require.ErrorContains(t, err, `User-Agent who they are`)
		require.ErrorContains(t, err, contact)
		_, err = edgar.Company(t.Context(), "HLYD")
		require.ErrorIs(t, err, fundamentals.ErrRefused)
		require.Equal(t, 1, server.count(tickersPath), "who refuses is left alone for a while")
		now.forward(providers.Rest())
		server.answer(tickersPath, fixture(t, "company_tickers.json"))
		_, err = edgar.Company(t.Context(), "HLYD")
		require.NoError(t, err)
	})

	t.Run("with 429, and is left alone for as long as it asks", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		server.answer(factsPath, status(http.StatusTooManyRequests, "Retry-After", "300"), fixture(t, "companyfacts_HLYD.json"))
		edgar, now := source(t, server)
		for range 3 {
			_, err := edgar.Company(t.Context(), "HLYD")
			requirePassing(t, err)
			require.ErrorContains(t, err, "5m0s")
			outages := fundamentals.Outages(nil, err)
			require.Len(t, outages, 1)
			require.Equal(t, "EDGAR", outages[0].Provider)
			require.Equal(t, now.read().Add(5*time.Minute), fundamentals.RetryAt(outages))
		}
		require.Equal(t, 1, server.count(factsPath))
		now.forward(5 * time.Minute)
		_, err := edgar.Company(t.Context(), "HLYD")
		require.NoError(t, err)
	})

	t.Run("again and again, and is left alone until it may be back", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		server.answer(factsPath, status(http.StatusBadGateway))
		edgar, now := source(t, server)
		for range 50 {
			_, err := edgar.Company(t.Context(), "HLYD")
			requirePassing(t, err)
		}
		require.Equal(t, 2*providers.Tries(), server.count(factsPath))
		now.forward(providers.Rest())
		server.answer(factsPath, fixture(t, "companyfacts_HLYD.json"))
		_, err := edgar.Company(t.Context(), "HLYD")
		require.NoError(t, err)
	})

	t.Run("when there is no server at all", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		edgar, _ := source(t, server)
		server.Close()
		_, err := edgar.Company(t.Context(), "HLYD")
		requirePassing(t, err)
	})

	t.Run("with the document of another company", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		server.answer(marlinPath, fixture(t, "companyfacts_HLYD.json"))
		edgar, _ := source(t, server)
		_, err := edgar.Company(t.Context(), "MRLN-B")
		var broken *fundamentals.FieldError
		require.ErrorAs(t, err, &broken)
		require.ErrorContains(t, err, "cik: want 0007654321 as was asked for, got 0001234567")
	})

	t.Run("with a document of another form", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		server.answer(factsPath, body(`[1, 2]`))
		edgar, _ := source(t, server)
		_, err := edgar.Company(t.Context(), "HLYD")
		var broken *fundamentals.FieldError
		require.ErrorAs(t, err, &broken)
	})
}

func TestEDGARIsSlow(t *testing.T) {
	t.Parallel()

	t.Run("and who asks has no more time", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		server.answer(factsPath, server.silent)
		edgar, _ := source(t, server)
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		_, err := edgar.Company(ctx, "HLYD")
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})

	t.Run("and who asks gives up", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		server.answer(factsPath, server.silent)
		edgar, _ := source(t, server)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := edgar.Company(ctx, "HLYD")
		require.ErrorIs(t, err, context.Canceled)
	})

	t.Run("and the next source gets its turn", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		server.answer(factsPath, server.silent)
		config := providers.DefaultEDGAR()
		config.Contact, config.URL = contact, server.URL
		edgar, err := providers.QuickEDGAR(config, time.Now, 50*time.Millisecond)
		require.NoError(t, err)
		_, err = edgar.Company(t.Context(), "HLYD")
		requirePassing(t, err)
		require.NotErrorIs(t, err, context.DeadlineExceeded)
		next := &answer{company: &fundamentals.Company{Name: "next"}}
		c, err := providers.Merged(edgar, next).Company(t.Context(), "HLYD")
		require.NoError(t, err)
		require.Equal(t, "next", c.Name)
	})
}

func TestEDGARKeepsWhatItGot(t *testing.T) {
	t.Parallel()

	t.Run("for other programs and for when the server is away", func(t *testing.T) {
		t.Parallel()
		server, dir := startSEC(t), t.TempDir()
		first, _ := source(t, server, cachedIn(dir))
		_, err := first.Company(t.Context(), "HLYD")
		require.NoError(t, err)
		server.answer(factsPath, status(http.StatusServiceUnavailable))
		server.answer(tickersPath, status(http.StatusServiceUnavailable))

		second, now := source(t, server, cachedIn(dir))
		c, err := second.Company(t.Context(), "HLYD")
		require.NoError(t, err)
		require.Equal(t, "SEC EDGAR, CIK 0001234567", c.Document)
		require.Zero(t, server.count(factsPath)+server.count(tickersPath))

		got := now.read().UTC().Format(time.DateOnly)
		now.forward(13 * time.Hour)
		c, err = second.Company(t.Context(), "HLYD")
		require.NoError(t, err)
		require.Equal(t, fmt.Sprintf("SEC EDGAR, CIK 0001234567 (copy of %s: EDGAR could not be asked)", got), c.Document)
		require.Len(t, c.Outages, 1)
		require.Equal(t, now.read().Add(providers.Rest()), fundamentals.RetryAt(c.Outages))
		require.Positive(t, server.count(factsPath)+server.count(tickersPath))

		now.forward(time.Hour)
		server.answer(factsPath, fixture(t, "companyfacts_HLYD.json"))
		server.answer(tickersPath, fixture(t, "company_tickers.json"))
		c, err = second.Company(t.Context(), "HLYD")
		require.NoError(t, err)
		require.Equal(t, "SEC EDGAR, CIK 0001234567", c.Document)
		require.Equal(t, 1, server.count(factsPath))
	})

	t.Run("in memory without a directory", func(t *testing.T) {
		t.Parallel()
		server := startSEC(t)
		edgar, now := source(t, server)
		for range 3 {
			_, err := edgar.Company(t.Context(), "HLYD")
			require.NoError(t, err)
		}
		require.Equal(t, 1, server.count(factsPath))
		now.forward(13 * time.Hour)
		_, err := edgar.Company(t.Context(), "HLYDP")
		require.NoError(t, err)
		require.Equal(t, 2, server.count(factsPath))
	})

	t.Run("in files by the name of the document, whole ones only", func(t *testing.T) {
		t.Parallel()
		server, dir := startSEC(t), filepath.Join(t.TempDir(), "new", "cache")
		edgar, _ := source(t, server, cachedIn(dir))
		_, err := edgar.Company(t.Context(), "HLYD")
		require.NoError(t, err)
		entries, err := os.ReadDir(dir)
		require.NoError(t, err)
		require.Len(t, entries, 2)
		require.True(t, strings.HasPrefix(entries[0].Name(), "CIK0001234567."), entries[0].Name())
		require.True(t, strings.HasPrefix(entries[1].Name(), "company_tickers."), entries[1].Name())

		for _, entry := range entries {
			require.NoError(t, os.WriteFile(filepath.Join(dir, entry.Name()), []byte(`{"cik": 12`), 0o600))
		}
		again, _ := source(t, server, cachedIn(dir))
		_, err = again.Company(t.Context(), "HLYD")
		require.NoError(t, err, "a damaged file is got anew")
		require.Equal(t, 2, server.count(factsPath))
	})

	t.Run("but not on a disk that takes nothing, and answers all the same", func(t *testing.T) {
		t.Parallel()
		server, dir := startSEC(t), filepath.Join(t.TempDir(), "cache")
		edgar, _ := source(t, server, cachedIn(dir))
		require.NoError(t, os.RemoveAll(dir))
		_, err := edgar.Company(t.Context(), "HLYD")
		require.NoError(t, err)
	})
}

func TestEDGARConfig(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*providers.EDGARConfig)
		want   string
	}{
		"nobody":                    {func(c *providers.EDGARConfig) { c.Contact = "" }, "wants to know who asks"},
		"no address":                {func(c *providers.EDGARConfig) { c.Contact = "Jane Doe" }, "wants to know who asks"},
		"a second header":           {func(c *providers.EDGARConfig) { c.Contact = "Jane jane@example.com\r\nX: y" }, "wants to know who asks"},
		"more than the SEC allows":  {func(c *providers.EDGARConfig) { c.PerSecond = 11 }, "no more than 10 a second"},
		"nothing a second":          {func(c *providers.EDGARConfig) { c.PerSecond = 0 }, "more than 0"},
		"an age before now":         {func(c *providers.EDGARConfig) { c.MaxAge = -1 }, "0 or more"},
		"an address that is a path": {func(c *providers.EDGARConfig) { c.URL = "/mirror" }, "wants http"},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			t.Parallel()
			config := providers.DefaultEDGAR()
			config.Contact = contact
			require.NoError(t, config.Validate())
			tt.change(&config)
			_, err := providers.EDGAR(config)
			require.ErrorContains(t, err, tt.want)
		})
	}
}
