package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/transcript"
	"github.com/callrank/callrank/pkg/worker"
	"github.com/callrank/callrank/services/gateway/web"
)

const (
	// loadCompanies is how many companies the gateway that is loaded has.
	loadCompanies = 200
	// connections is how many clients ask at once.
	connections = 16
)

// printLoad loads the API of a gateway over loopback. Broker, store, gateway
// and clients share this process, so what is measured is less than a gateway
// alone would do.
func printLoad(ctx context.Context, documents []document, length time.Duration) (err error) {
	b, err := newBench(ctx, true)
	if b != nil {
		defer func() { err = errors.Join(err, b.stop()) }()
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "publishing the calls of %d companies\n", loadCompanies)
	if err := rankMany(ctx, b, pipeline(documents)); err != nil {
		return err
	}
	s := web.DefaultSettings()
	s.Address = "127.0.0.1:0"
	gateway, err := web.New(ctx, web.Backend{
		Broker: b.broker, Reader: transcript.Reader{}, Board: b.board, Weights: conviction.Default(), Metrics: worker.NewMetrics(), Log: zap.NewNop(),
	}, s)
	if err != nil {
		return err
	}
	serving, stop := context.WithCancel(ctx)
	var group errgroup.Group
	group.Go(func() error { return gateway.Run(serving) })
	defer func() {
		stop()
		err = errors.Join(err, group.Wait())
	}()
	t := newTable("", "asked", "answered/s", "p50", "p99", "max", "failed")
	for _, path := range []string{
		"/api/v1/ranking", "/api/v1/ranking?sector=technology", "/api/v1/companies/" + ticker(0), "/companies/" + ticker(0), "/",
	} {
		full, err := load(ctx, gateway.URL()+path, 0, length)
		if err != nil {
			return err
		}
		t.AppendRow(full.row(path, "at once"))
		// Half of what it can do, asked at even times whether or not what was
		// asked before is answered, as readers do who know nothing of each other.
		rate := full.perSecond() / 2
		even, err := load(ctx, gateway.URL()+path, rate, length)
		if err != nil {
			return err
		}
		t.AppendRow(even.row("", fmt.Sprintf("%.0f/s", rate)))
	}
	fmt.Printf("\nthe gateway under load over loopback, %d companies, %d connections, %s each\n", loadCompanies, connections, length)
	t.Render()
	return nil
}

// rankMany has calls of companies ranked.
func rankMany(ctx context.Context, b *bench, c chain) (err error) {
	all, err := c.stages(ctx, b)
	if err != nil {
		return err
	}
	working, stop := context.WithCancel(ctx)
	var group errgroup.Group
	defer func() {
		stop()
		err = errors.Join(err, group.Wait())
	}()
	metrics := worker.NewMetrics()
	for _, stage := range all {
		w, err := worker.New(stage, b.broker, worker.DefaultSettings(), metrics, zap.NewNop())
		if err != nil {
			return err
		}
		group.Go(func() error { return w.Run(working) })
		<-w.Running()
	}
	for n := range loadCompanies {
		if _, err := b.broker.PublishTranscript(ctx, "measure", c.publish(n)); err != nil {
			return err
		}
	}
	for {
		ranking, err := b.board.Top(ctx, 0, 1)
		if err == nil && ranking.GetRanked() == loadCompanies {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// loaded is what became of the requests of a load.
type loaded struct {
	result

	failed int
	took   time.Duration
}

func (l *loaded) perSecond() float64 { return float64(len(l.latencies)) / l.took.Seconds() }

func (l *loaded) row(path, asked string) table.Row {
	return table.Row{
		path, asked, fmt.Sprintf("%.0f", l.perSecond()),
		milliseconds(l.at(0.50)), milliseconds(l.at(0.99)), milliseconds(l.at(1)), l.failed,
	}
}

// load asks for an address over several connections for a while: as fast as it
// is answered, or at a rate. At a rate a request counts from when it should have
// been made, so that one that waits for its turn is not left out of account.
func load(ctx context.Context, address string, rate float64, length time.Duration) (*loaded, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}, Timeout: 10 * time.Second}
	defer client.CloseIdleConnections()
	turns := make(chan time.Time, connections)
	began := time.Now()
	go func() {
		defer close(turns)
		for n := 0; ; n++ {
			at := time.Now()
			if rate > 0 {
				at = began.Add(time.Duration(float64(n) / rate * float64(time.Second)))
				time.Sleep(time.Until(at))
			}
			if at.Sub(began) > length {
				return
			}
			turns <- at
		}
	}()
	l := &loaded{}
	var mu sync.Mutex
	var group errgroup.Group
	for range connections {
		group.Go(func() error {
			for at := range turns {
				if rate <= 0 {
					at = time.Now()
				}
				err := ask(ctx, client, address)
				took := time.Since(at)
				mu.Lock()
				if err != nil {
					l.failed++
				} else {
					l.latencies = append(l.latencies, took)
				}
				mu.Unlock()
			}
			return nil
		})
	}
	err := group.Wait()
	l.took = time.Since(began)
	if len(l.latencies) == 0 {
		return nil, fmt.Errorf("none of %d requests for %s was answered", l.failed, address)
	}
	return l, err
}

// ask sends a request and reads its answer.
func ask(ctx context.Context, client *http.Client, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return errors.New(response.Status)
	}
	return nil
}
