package retrieval_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/retrieval"
)

func TestFailuresAreOfFourKinds(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		answer http.RoundTripper
		kind   error
		says   string
		tries  int
	}{
		"a wrong key":                 {answered(401, "no such key s3cret"), retrieval.ErrRefused, "401 Unauthorized (it says: no such key xxxxx)", 1},
		"a stranger":                  {answered(403, "<html>"), retrieval.ErrRefused, "say who you are", 1},
		"a wrong request":             {answered(400, ""), retrieval.ErrRefused, "400 Bad Request", 1},
		"an address that has moved":   {answered(301, "", "Location", "https://other.example/a"), retrieval.ErrRefused, `moved to "other.example"`, 1},
		"nothing there":               {answered(404, ""), retrieval.ErrNone, "there is none", 1},
		"other than JSON":             {answered(200, "figures"), retrieval.ErrUnreadable, "not JSON", 1},
		"more than is wanted":         {answered(200, `"`+strings.Repeat("x", 1000)+`"`), retrieval.ErrUnreadable, "larger than 1000 bytes", 1},
		"too many requests":           {answered(429, ""), retrieval.ErrPassing, "too often", 3},
		"a server that fails":         {answered(500, ""), retrieval.ErrPassing, "500 Internal Server Error", 3},
		"a server that is away":       {answered(503, ""), retrieval.ErrPassing, "503 Service Unavailable", 3},
		"a server that is slow":       {silent(), retrieval.ErrPassing, "no answer within 10s", 3},
		"an answer that breaks off":   {breaking(), retrieval.ErrPassing, "cut off", 3},
		"half a document":             {answered(200, `[{"a": 1`), retrieval.ErrPassing, "cut off", 3},
		"no answer in the answer":     {answered(200, " \n"), retrieval.ErrPassing, "empty", 3},
		"a page in place of a answer": {answered(200, "<html>We are back soon</html>"), retrieval.ErrPassing, "a page", 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, s := client(t, nil, tc.answer)
				_, err := c.Get(t.Context(), base+"a?b=c")
				require.ErrorIs(t, err, tc.kind)
				require.ErrorContains(t, err, "Figures: a?b=c: ")
				require.ErrorContains(t, err, tc.says)
				require.NotContains(t, err.Error(), "s3cret")
				require.Equal(t, tc.tries, s.asked())
				kinds := 0
				for _, kind := range []error{retrieval.ErrNone, retrieval.ErrRefused, retrieval.ErrUnreadable, retrieval.ErrPassing} {
					if errors.Is(err, kind) {
						kinds++
					}
				}
				require.Equal(t, 1, kinds)
			})
		})
	}
}

func TestItIsAskedAgainNoSoonerThanTheServerWants(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, s := client(t, nil, answered(429, "", "Retry-After", "7"), answered(200, "[1]"))
		body, err := c.Get(t.Context(), base)
		require.NoError(t, err)
		require.JSONEq(t, "[1]", string(body))
		require.Equal(t, []time.Duration{0, 7 * time.Second}, s.came)
	})
}

func TestAWaitThatIsTooLongIsToldAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, s := client(t, nil, answered(429, "", "Retry-After", "3600"))
		_, err := c.Get(t.Context(), base)
		problem, ok := errors.AsType[*retrieval.Error](err)
		require.True(t, ok)
		require.Equal(t, time.Hour, problem.RetryAfter)
		require.Equal(t, 1, s.asked())
	})
}

func TestATurnThatComesTooLateIsNoFailureOfTheServer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, s := client(t, func(c *retrieval.Config) { c.PerSecond = 0.1 }, answered(200, "[1]"))
		_, err := c.Get(t.Context(), base)
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err = c.Get(ctx, base)
		require.ErrorIs(t, err, retrieval.ErrCrowded)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, 1, s.asked())
	})
}

func TestWhoGivesUpIsToldSo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, _ := client(t, nil, silent())
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err := c.Get(ctx, base)
		require.ErrorIs(t, err, context.Canceled)
		require.NotErrorIs(t, err, retrieval.ErrPassing)
	})
}
