package worker_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/worker"
)

func TestARescoreLeavesRoomForWhatReadersSee(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate := worker.NewGate()
		var inside, most atomic.Int32
		rescore := func(ctx context.Context) {
			for {
				leave, err := gate.Enter(ctx)
				if err != nil {
					return
				}
				if now := inside.Add(1); now > most.Load() {
					most.Store(now)
				}
				<-time.After(10 * time.Millisecond)
				inside.Add(-1)
				leave()
			}
		}
		ctx, stop := context.WithCancel(t.Context())
		var rescores sync.WaitGroup
		for range 64 {
			rescores.Go(func() { rescore(ctx) })
		}
		<-time.After(time.Second)
		alone := most.Load()
		require.Greater(t, alone, int32(1), "alone it has all cores")

		leave := gate.Urgent()
		<-time.After(100 * time.Millisecond)
		most.Store(0)
		<-time.After(time.Second)
		require.Less(t, most.Load(), alone, "there is room beside it")
		require.Positive(t, most.Load(), "but it goes on")
		leave()
		<-time.After(time.Second)
		require.Equal(t, alone, most.Load(), "and has all cores again")
		stop()
		rescores.Wait()
	})
}
