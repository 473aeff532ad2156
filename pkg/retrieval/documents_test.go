package retrieval_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/retrieval"
)

// documents are those of a server, in a directory.
func documents(t *testing.T, dir string, answers ...http.RoundTripper) (*retrieval.Documents, *server) {
	t.Helper()
	c, s := client(t, nil, answers...)
	d, err := retrieval.Keep(c, retrieval.Keeping{Cache: dir, MaxAge: time.Hour, RefusesAll: []int{http.StatusForbidden}})
	require.NoError(t, err)
	return d, s
}

func TestOneRequestServesAllWhoAskAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d, s := documents(t, "", answered(200, `[1]`))
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				got, err := d.Get(t.Context(), base+"a")
				require.NoError(t, err)
				require.JSONEq(t, "[1]", string(got.Body))
				require.Equal(t, time.Now(), got.Got)
			})
		}
		all.Wait()
		require.Equal(t, 1, s.asked())
	})
}

func TestWhatWasGotIsKeptUntilItIsOld(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d, s := documents(t, dir, answered(200, `[1]`), answered(200, `[2]`))
		for range 2 {
			got, err := d.Get(t.Context(), base+"a")
			require.NoError(t, err)
			require.JSONEq(t, "[1]", string(got.Body))
		}
		other, unasked := documents(t, dir, answered(200, `[3]`))
		got, err := other.Get(t.Context(), base+"a")
		require.NoError(t, err)
		require.JSONEq(t, "[1]", string(got.Body), "another program reads it from disk")
		require.Zero(t, unasked.asked())
		<-time.After(time.Hour)
		got, err = d.Get(t.Context(), base+"a")
		require.NoError(t, err)
		require.JSONEq(t, "[2]", string(got.Body))
		require.Equal(t, 2, s.asked())
	})
}

func TestAnOldCopyDoesWhileTheServerIsAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d, _ := documents(t, "", answered(200, `[1]`), answered(500, ""))
		_, err := d.Get(t.Context(), base+"a")
		require.NoError(t, err)
		got := time.Now()
		<-time.After(2 * time.Hour)
		kept, err := d.Get(t.Context(), base+"a")
		require.NoError(t, err)
		require.JSONEq(t, "[1]", string(kept.Body))
		require.Equal(t, got, kept.Got)
		require.ErrorIs(t, kept.Old, retrieval.ErrPassing)
		_, err = d.Get(t.Context(), base+"b")
		require.ErrorIs(t, err, retrieval.ErrPassing, "there is no copy of that")
	})
}

func TestAServerThatIsDownIsLeftAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d, s := documents(t, "", answered(500, ""))
		for range 30 {
			_, err := d.Get(t.Context(), base+"a")
			require.ErrorIs(t, err, retrieval.ErrPassing)
		}
		require.Equal(t, 6, s.asked(), "two failures, of three tries each")
		again := d.RetryAt()
		require.Positive(t, time.Until(again))
		<-time.After(time.Until(again))
		s.answer(answered(200, "[1]"))
		_, err := d.Get(t.Context(), base+"a")
		require.NoError(t, err)
	})
}

func TestWhoWaitsForATurnAsksNoMoreOfAServerThatIsDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d, s := documents(t, "", answered(500, ""))
		var all sync.WaitGroup
		for i := range 50 {
			all.Go(func() {
				_, err := d.Get(t.Context(), fmt.Sprint(base, i))
				require.ErrorIs(t, err, retrieval.ErrPassing)
				require.NotErrorIs(t, err, retrieval.ErrCrowded)
			})
		}
		all.Wait()
		require.LessOrEqual(t, s.asked(), 10, "of 150 tries")
	})
}

func TestARefusalOfUsIsOneOfAllAndOthersAreNot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d, s := documents(t, "", answered(402, ""), answered(200, "[1]"), answered(403, ""))
		_, err := d.Get(t.Context(), base+"not in the plan")
		require.ErrorIs(t, err, retrieval.ErrRefused)
		_, err = d.Get(t.Context(), base+"in the plan")
		require.NoError(t, err)
		for range 3 {
			_, err = d.Get(t.Context(), base+"anything")
			require.ErrorIs(t, err, retrieval.ErrRefused)
		}
		require.Equal(t, 3, s.asked())
	})
}

func TestRequestsWhoseTurnDoesNotComeSayNothingOfTheServer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, s := client(t, func(c *retrieval.Config) { c.PerSecond = 0.1 }, answered(200, "[1]"))
		d, err := retrieval.Keep(c, retrieval.Keeping{MaxAge: time.Hour})
		require.NoError(t, err)
		got, late := 0, 0
		var all sync.WaitGroup
		var mu sync.Mutex
		for i := range 10 {
			all.Go(func() {
				_, err := d.Get(t.Context(), base+string(rune('a'+i)))
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					got++
					return
				}
				require.ErrorIs(t, err, retrieval.ErrPassing)
				require.ErrorIs(t, err, retrieval.ErrCrowded)
				late++
			})
		}
		all.Wait()
		require.Equal(t, 10, got+late)
		require.Positive(t, late)
		require.Equal(t, got, s.asked())
		for i := 1; i < len(s.came); i++ {
			require.GreaterOrEqual(t, s.came[i]-s.came[i-1], 10*time.Second)
		}
		_, err = d.Get(t.Context(), base+"next")
		require.NoError(t, err, "it is not left alone")
	})
}

func TestWhoHasNoMorePatienceLeavesTheAnswerForTheNext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		late := way(func(request *http.Request) (*http.Response, error) {
			<-time.After(5 * time.Second)
			return answered(200, "[1]").RoundTrip(request)
		})
		d, s := documents(t, "", late)
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Second, retrieval.ErrPatience)
		defer cancel()
		_, err := d.Get(ctx, base+"a")
		require.ErrorIs(t, err, retrieval.ErrPatience)
		<-time.After(time.Minute)
		_, err = d.Get(t.Context(), base+"a")
		require.NoError(t, err)
		require.Equal(t, 1, s.asked())
	})
}

func TestADamagedFileIsGotAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d, _ := documents(t, dir, answered(200, `[1]`))
		_, err := d.Get(t.Context(), base+"../../a?key=b")
		require.NoError(t, err)
		files, err := filepath.Glob(filepath.Join(dir, "*.json"))
		require.NoError(t, err)
		require.Len(t, files, 1)
		require.NoError(t, os.WriteFile(files[0], []byte(`[1`), 0o600))
		other, s := documents(t, dir, answered(200, `[2]`))
		got, err := other.Get(t.Context(), base+"../../a?key=b")
		require.NoError(t, err)
		require.JSONEq(t, "[2]", string(got.Body))
		require.Equal(t, 1, s.asked())
	})
}
