package fmp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/callrank/callrank/pkg/fmp"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const key = "s3cret-key"

// hasty is a configuration whose waits are hardly any.
func hasty(address string) fmp.Config {
	config := fmp.DefaultConfig()
	config.Key, config.URL = key, address
	config.PerMinute = 1_000_000
	config.FirstWait, config.LongestWait = time.Microsecond, time.Millisecond
	return config
}

// ask starts a server and returns a client of it.
func ask(t *testing.T, handler http.HandlerFunc) *fmp.Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return open(t, hasty(server.URL+"/stable"))
}

func open(t *testing.T, config fmp.Config) *fmp.Client {
	t.Helper()
	client, err := fmp.New(config)
	require.NoError(t, err)
	t.Cleanup(client.Close)
	return client
}

// profile is what is asked for where it does not matter what.
func profile(ctx context.Context, client *fmp.Client) ([]byte, error) {
	return client.Get(ctx, "profile", url.Values{"symbol": {"TRVL"}})
}

// problemOf is the error of a request that failed.
func problemOf(t *testing.T, err error) *fmp.Error {
	t.Helper()
	problem, ok := errors.AsType[*fmp.Error](err)
	require.True(t, ok, "%v", err)
	return problem
}

func TestTheKeyIsAHeaderAndStandsInNoAddress(t *testing.T) {
	t.Parallel()
	client := ask(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Apikey") != key || strings.Contains(r.RequestURI, key) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = io.WriteString(w, `["`+r.RequestURI+`"]`)
	})
	body, err := profile(t.Context(), client)
	require.NoError(t, err)
	require.Equal(t, `["/stable/profile?symbol=TRVL"]`, string(body))
	require.NotContains(t, client.URL("profile", url.Values{"symbol": {"TRVL"}}), key)
}

func TestRefusalsAreForGoodAndSayWhatToDo(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		status int
		body   string
		kind   error
		says   []string
	}{
		"a wrong key":               {401, `{"Error Message": "Invalid API KEY."}`, fmp.ErrRefused, []string{"CALLRANK_FMP_KEY", "it says: Invalid API KEY."}},
		"a plan without it":         {402, `Premium Query Parameter: not in your subscription`, fmp.ErrRefused, []string{"plan", "Premium Query Parameter"}},
		"a plan without that":       {403, `{"Error Message": "Exclusive Endpoint"}`, fmp.ErrRefused, []string{"plan", "suspended", "Exclusive Endpoint"}},
		"a wrong request":           {400, `<html><h1>Bad</h1></html>`, fmp.ErrRefused, []string{"refused with 400"}},
		"a refusal that looks well": {200, `{"Error Message": "Special Endpoint"}`, fmp.ErrRefused, []string{"Special Endpoint"}},
		"nothing of the kind":       {404, `[]`, fmp.ErrNone, []string{"there is none"}},
		"something else in braces":  {200, `{"a": nope}`, fmp.ErrUnreadable, []string{"not JSON"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := atomic.Int32{}
			client := ask(t, func(w http.ResponseWriter, _ *http.Request) {
				asked.Add(1)
				w.WriteHeader(tc.status)
				_, _ = io.WriteString(w, tc.body)
			})
			_, err := profile(t.Context(), client)
			require.ErrorIs(t, err, tc.kind)
			require.ErrorContains(t, err, "profile?symbol=TRVL")
			for _, says := range tc.says {
				require.ErrorContains(t, err, says)
			}
			require.Equal(t, tc.status, problemOf(t, err).Status)
			require.EqualValues(t, 1, asked.Load(), "it is not tried again")
		})
	}
}

func TestTheKeyIsNotFollowedElsewhere(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
		t.Error("asked with key", r.Header.Get("Apikey"))
	}))
	defer elsewhere.Close()
	client := ask(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL, http.StatusFound)
	})
	_, err := profile(t.Context(), client)
	require.ErrorIs(t, err, fmp.ErrRefused)
	require.ErrorContains(t, err, strings.TrimPrefix(elsewhere.URL, "http://"))
	require.ErrorContains(t, err, "--fmp-url")
}

func TestNoErrorRepeatsTheKey(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"in JSON":      `{"Error Message": "no such key: ` + key + `"}`,
		"in a line":    "no such key: " + key,
		"in halves":    `{"Error Message": "no such key: s3\u200bcret-key"}`,
		"in pieces":    "no such key: s3\x00cret\u200b-key",
		"far along it": strings.Repeat("no such key ", 15) + key + key,
	} {
		for _, status := range []int{200, 401, 429, 500} {
			t.Run(fmt.Sprint(name, status), func(t *testing.T) {
				t.Parallel()
				client := ask(t, func(w http.ResponseWriter, _ *http.Request) {
					w.WriteHeader(status)
					_, _ = io.WriteString(w, body)
				})
				_, err := profile(t.Context(), client)
				require.Error(t, err)
				require.NotContains(t, fmt.Sprintf("%v %+v", err, problemOf(t, err)), "s3cret")
			})
		}
	}
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	_, err := profile(t.Context(), open(t, hasty(closed.URL)))
	require.ErrorIs(t, err, fmp.ErrPassing)
	require.NotContains(t, err.Error(), "s3cret")
}

func TestWordsOfOthersAreMadeFitForAnError(t *testing.T) {
	t.Parallel()
	client := ask(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, "a\x1b[31m\r\nb \xff"+strings.Repeat("é", 5000))
	})
	_, err := profile(t.Context(), client)
	require.ErrorContains(t, err, "it says: a[31m b éé")
	require.NotContains(t, err.Error(), "\n")
	require.Less(t, len(err.Error()), 500)
}

func TestPassingFailuresAreTriedAgain(t *testing.T) {
	t.Parallel()
	broken := func(w http.ResponseWriter) {
		hijacker, ok := w.(http.Hijacker)
		if !ok {
			panic("cannot take the connection over")
		}
		connection, _, err := hijacker.Hijack()
		if err == nil {
			_ = connection.Close()
		}
	}
	cases := map[string]struct {
		fail func(w http.ResponseWriter)
		says string
	}{
		"500":                     {func(w http.ResponseWriter) { w.WriteHeader(http.StatusInternalServerError) }, "fails with 500"},
		"503":                     {func(w http.ResponseWriter) { w.WriteHeader(http.StatusServiceUnavailable) }, "fails with 503"},
		"429":                     {func(w http.ResponseWriter) { w.WriteHeader(http.StatusTooManyRequests) }, "--fmp-rate"},
		"a limit that looks well": {func(w http.ResponseWriter) { _, _ = io.WriteString(w, `{"Error Message": "Limit Reach. Upgrade."}`) }, "--fmp-rate"},
		"a connection that ends":  {broken, "no answer"},
		"an answer that ends": {func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, `[{"symbol": "TR`)
		}, "cut off"},
		"an answer cut off on the way": {func(w http.ResponseWriter) { _, _ = io.WriteString(w, `[{"symbol": "TR`) }, "cut off"},
		"a page":                       {func(w http.ResponseWriter) { _, _ = io.WriteString(w, "<html>Maintenance</html>") }, "a page, not JSON"},
		"an answer without a body":     {func(http.ResponseWriter) {}, "empty"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked, healthy := atomic.Int32{}, atomic.Bool{}
			client := ask(t, func(w http.ResponseWriter, _ *http.Request) {
				if asked.Add(1); !healthy.Load() {
					tc.fail(w)
					return
				}
				_, _ = io.WriteString(w, `[{"symbol": "TRVL"}]`)
			})
			_, err := profile(t.Context(), client)
			require.ErrorIs(t, err, fmp.ErrPassing)
			require.ErrorContains(t, err, tc.says)
			require.ErrorContains(t, err, "tried 5 times")
			require.EqualValues(t, 5, asked.Load())
			healthy.Store(true)
			body, err := profile(t.Context(), client)
			require.NoError(t, err)
			require.JSONEq(t, `[{"symbol": "TRVL"}]`, string(body))
		})
	}
}

func TestAFailureOnceIsNoFailure(t *testing.T) {
	t.Parallel()
	asked := atomic.Int32{}
	client := ask(t, func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		_, _ = io.WriteString(w, `[1]`)
	})
	_, err := profile(t.Context(), client)
	require.NoError(t, err)
	require.EqualValues(t, 2, asked.Load())
}

func TestAnswersAreBounded(t *testing.T) {
	t.Parallel()
	client := ask(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `["`+strings.Repeat("x", fmp.MaxBody)+`"]`)
	})
	_, err := profile(t.Context(), client)
	require.ErrorIs(t, err, fmp.ErrUnreadable)
	require.ErrorContains(t, err, "larger than")
}

func TestTheContextOfWhoAsksIsHonoured(t *testing.T) {
	t.Parallel()
	arrived := make(chan struct{}, 9)
	slow := ask(t, func(_ http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-arrived
		cancel()
	}()
	_, err := profile(ctx, slow)
	require.ErrorIs(t, err, context.Canceled)
	require.NotErrorIs(t, err, fmp.ErrPassing)

	ctx, cancel = context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err = profile(ctx, slow)
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

func TestATryThatTakesTooLongIsAPassingFailure(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	t.Cleanup(server.Close)
	config := hasty(server.URL)
	config.Timeout, config.Tries = 10*time.Millisecond, 2
	_, err := profile(t.Context(), open(t, config))
	require.ErrorIs(t, err, fmp.ErrPassing)
	require.ErrorContains(t, err, "no answer within 10ms (tried 2 times)")
}

// script answers requests one after the other, in no time, and notes when they
// came. It is for tests whose time is their own.
type script struct {
	answers []func() *http.Response
	began   time.Time
	came    []time.Duration
}

func (s *script) RoundTrip(*http.Request) (*http.Response, error) {
	s.came = append(s.came, time.Since(s.began))
	answer := s.answers[min(len(s.came), len(s.answers))-1]
	return answer(), nil
}

func answered(status int, body, retryAfter string) func() *http.Response {
	return func() *http.Response {
		header := http.Header{}
		if retryAfter != "" {
			header.Set("Retry-After", retryAfter)
		}
		return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body))}
	}
}

// scripted is a client in a time of its own.
func scripted(t *testing.T, change func(*fmp.Config), answers ...func() *http.Response) (*fmp.Client, *script) {
	t.Helper()
	config := fmp.DefaultConfig()
	config.Key = key
	if change != nil {
		change(&config)
	}
	s := &script{answers: answers, began: time.Now()}
	config.Through(s)
	return open(t, config), s
}

func TestRetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var told []string
		client, s := scripted(t, func(c *fmp.Config) {
			c.Waiting = func(why error, wait time.Duration) { told = append(told, fmt.Sprint(wait, " ", why)) }
		}, answered(429, "", "40"), answered(503, "", time.Now().Add(61*time.Second).UTC().Format(http.TimeFormat)), answered(200, "[1]", ""))
		_, err := profile(t.Context(), client)
		require.NoError(t, err)
		require.Equal(t, []time.Duration{0, 40 * time.Second, 61 * time.Second}, s.came)
		require.Len(t, told, 2)
		require.Contains(t, told[0], "40s FMP: profile?symbol=TRVL: too many requests")
	})
}

func TestAWaitThatIsTooLongIsLeftToTheCaller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, s := scripted(t, nil, answered(429, "Limit Reach", "7200"))
		_, err := profile(t.Context(), client)
		require.ErrorIs(t, err, fmp.ErrPassing)
		require.ErrorContains(t, err, "2h0m0s")
		require.Equal(t, 2*time.Hour, problemOf(t, err).RetryAfter)
		require.Len(t, s.came, 1)

		// So is one that ends after the caller's own time: the cause is told, and
		// told at once.
		client, s = scripted(t, nil, answered(429, "", "30"))
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		_, err = profile(ctx, client)
		require.ErrorIs(t, err, fmp.ErrPassing)
		require.Len(t, s.came, 1)
		require.NoError(t, ctx.Err())
	})
}

func TestWaitsGrowAndAreJittered(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, s := scripted(t, func(c *fmp.Config) { c.Tries, c.FirstWait, c.LongestWait = 6, 2*time.Second, 8*time.Second }, answered(500, "", ""))
		_, err := profile(t.Context(), client)
		require.ErrorIs(t, err, fmp.ErrPassing)
		require.Len(t, s.came, 6)
		for i, middle := range []float64{2, 4, 8, 8, 8} {
			wait := (s.came[i+1] - s.came[i]).Seconds()
			require.GreaterOrEqual(t, wait, middle/2)
			require.LessOrEqual(t, wait, middle*1.5+0.001)
		}
	})
}

func TestAStopEndsAWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, s := scripted(t, nil, answered(429, "", "60"))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err := profile(ctx, client)
		require.ErrorIs(t, err, context.Canceled)
		require.Equal(t, time.Second, time.Since(s.began))
	})
}

func TestRequestsKeepToTheRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, s := scripted(t, func(c *fmp.Config) { c.PerMinute = 30 }, answered(200, "[1]", ""))
		for range 4 {
			_, err := profile(t.Context(), client)
			require.NoError(t, err)
		}
		require.Equal(t, []time.Duration{0, 2 * time.Second, 4 * time.Second, 6 * time.Second}, s.came)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := profile(ctx, client)
		require.ErrorIs(t, err, context.DeadlineExceeded, "its turn would come too late")
		require.Len(t, s.came, 4)
	})
}

func TestSettingsThatAreWrongAreNamedWithoutTheirValues(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change func(*fmp.Config)
		says   string
	}{
		"no key":               {func(c *fmp.Config) { c.Key = " " }, "CALLRANK_FMP_KEY"},
		"a key of two words":   {func(c *fmp.Config) { c.Key = "s3cret key" }, "--fmp-key"},
		"no address":           {func(c *fmp.Config) { c.URL = "" }, "--fmp-url"},
		"an address of none":   {func(c *fmp.Config) { c.URL = "https:// s3cret" }, "--fmp-url"},
		"an address of a file": {func(c *fmp.Config) { c.URL = "file:///s3cret" }, "--fmp-url"},
		"a key in the address": {func(c *fmp.Config) { c.URL = "https://fmp.example/stable?apikey=s3cret" }, "--fmp-key"},
		"one before the host":  {func(c *fmp.Config) { c.URL = "https://s3cret@fmp.example/stable" }, "--fmp-key"},
		"no rate":              {func(c *fmp.Config) { c.PerMinute = 0 }, "--fmp-rate 0"},
		"not one try":          {func(c *fmp.Config) { c.Tries = 0 }, "at least one try"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := fmp.DefaultConfig()
			config.Key = key
			tc.change(&config)
			_, err := fmp.New(config)
			require.ErrorContains(t, err, tc.says)
			require.NotContains(t, err.Error(), "s3cret")
		})
	}
}

func TestSettingsComeFromFlags(t *testing.T) {
	t.Parallel()
	config := fmp.DefaultConfig()
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	config.Flags(flags)
	require.NoError(t, flags.Parse([]string{"--fmp-key", key, "--fmp-url", "http://h:1/x", "--fmp-rate", "7"}))
	require.Equal(t, key, config.Key)
	require.Equal(t, 7, config.PerMinute)
	client := open(t, config)
	require.Equal(t, "http://h:1/x/profile?symbol=TRVL", client.URL("profile", url.Values{"symbol": {"TRVL"}}))
	require.NotContains(t, flags.FlagUsages(), key)
}
