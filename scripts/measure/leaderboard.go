package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"strconv"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"golang.org/x/sync/errgroup"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/leaderboard"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// printLeaderboard measures the reads and writes of a ranking of so many
// companies on a redis-server of its own, beside what redis-benchmark says of
// the same server at the same time, with one client as here.
func printLeaderboard(ctx context.Context, companies int) (err error) {
	address, stop, err := startRedis(ctx)
	if err != nil {
		return err
	}
	defer stop()
	client, err := leaderboard.Connect(ctx, "measure", leaderboard.Config{URL: "redis://" + address})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, client.Close()) }()
	board := leaderboard.Open(client, "live")
	fmt.Fprintf(os.Stderr, "filling a ranking of %d companies\n", companies)
	if err := fill(ctx, board, companies); err != nil {
		return err
	}
	t := newTable("", "p50", "p99", "max")
	row := func(what string, count int, do func(i int) error) error {
		r, err := times(count, do)
		if err != nil {
			return fmt.Errorf("measure %s: %w", what, err)
		}
		t.AppendRow(table.Row{what, milliseconds(r.at(0.50)), milliseconds(r.at(0.99)), milliseconds(r.at(1))})
		return nil
	}
	const many, few = 2000, 5
	err = errors.Join(
		row("top 50", many, func(int) error { _, err := board.Top(ctx, 0, 50); return err }),
		row("50 in the middle", many, func(int) error { _, err := board.Top(ctx, companies/2, 50); return err }),
		row("a company with its rank", many, func(i int) error {
			_, _, _, err := board.Standing(ctx, member(i*37%companies))
			return err
		}),
		row("an update: read, merge, write", many, func(i int) error { return update(ctx, board, member(i*91%companies), i) }),
		row("50 of one sector, from all", few, func(int) error {
			_, err := board.Ranking(ctx, leaderboard.Query{Limit: 50, Sector: "Sector 3"})
			return err
		}),
	)
	if err != nil {
		return err
	}
	for _, command := range [][]string{
		{"PING"},
		{"SET", "measure", "value"},
		{"ZRANGE", "callrank:{live}:ranking", "0", "49"},
		append([]string{"HMGET", "callrank:{live}:rows"}, members(50)...),
	} {
		if err := redisBenchmark(ctx, t, address, command); err != nil {
			return err
		}
	}
	fmt.Printf("\nthe ranking of %d companies on redis-server, one client; redis-benchmark on the same server in the same run\n", companies)
	t.Render()
	return nil
}

// startRedis starts a redis-server that keeps nothing.
func startRedis(ctx context.Context) (address string, stop func(), err error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("find a free port: %w", err)
	}
	address = listener.Addr().String()
	if err := listener.Close(); err != nil {
		return "", nil, fmt.Errorf("find a free port: %w", err)
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", nil, fmt.Errorf("find a free port: %w", err)
	}
	arguments := []string{"--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"}
	server := exec.CommandContext(ctx, "redis-server", arguments...) //nolint:gosec // The port was free a moment ago.
	if err := server.Start(); err != nil {
		return "", nil, fmt.Errorf("start redis-server, which `make test` installs: %w", err)
	}
	stop = func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	}
	for range 200 {
		if connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", address); err == nil {
			return address, stop, connection.Close()
		}
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	return "", nil, errors.New("redis-server does not answer")
}

func member(n int) string { return fmt.Sprintf("M%06d", n) }

func members(count int) []string {
	all := make([]string, 0, count)
	for n := range count {
		all = append(all, member(n))
	}
	return all
}

// fill enters companies with two calls each.
func fill(ctx context.Context, board *leaderboard.Board, companies int) error {
	const writers = 16
	// An empty source opens the ranking for writers.
	none := leaderboard.Source{
		Calls:     func(context.Context, func(*callrankv1.CallSummary) error) error { return nil },
		Announced: func(context.Context, func(*callrankv1.RankingChange, uint64) error) error { return nil },
	}
	if _, err := board.Rebuild(ctx, none); err != nil {
		return err
	}
	var group errgroup.Group
	for w := range writers {
		group.Go(func() error {
			for n := w; n < companies; n += writers {
				if err := update(ctx, board, member(n), n); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// update does to a company what the rank stage does when a call comes in, but
// for the announcement.
func update(ctx context.Context, board *leaderboard.Board, ticker string, n int) error {
	company, err := board.Company(ctx, ticker)
	if err != nil {
		return err
	}
	standing := conviction.Stand(ticker, madeUp(ticker, n), weights)
	change := conviction.Change(company.Standing, standing, standing.GetCalls()[0], board.Generation())
	placed, err := board.Put(ctx, company, standing, change, fmt.Sprint(ticker, n))
	if err != nil {
		return err
	}
	return board.Announced(ctx, ticker, placed.Version, uint64(n+1))
}

var weights = conviction.Default()

// madeUp are two calls of a company that does not exist.
func madeUp(ticker string, n int) []*callrankv1.CallSummary {
	random := rand.New(rand.NewPCG(uint64(n), 1)) //nolint:gosec // The same each time.
	calls := make([]*callrankv1.CallSummary, 0, 2)
	for quarter := range int32(2) {
		calls = append(calls, &callrankv1.CallSummary{
			Call: &callrankv1.Call{
				Id: new(fmt.Sprintf("%s-2025Q%d", ticker, quarter+3)), Ticker: &ticker, Company: new(ticker + " Incorporated"),
				FiscalYear: new(int32(2025)), FiscalQuarter: new(quarter + 3), CallDate: new("2026-02-05"),
			},
			Enthusiasm: 10 * random.Float64(), Substance: 10 * random.Float64(), Quantified: random.Uint32N(30), Hard: random.Uint32N(5),
			Grounding: &callrankv1.Grounding{
				Status: callrankv1.GroundingSized, Sector: new(fmt.Sprint("Sector ", n%11)),
				Valuation: &callrankv1.Valuation{MarketCap: new(1e9 + 1e12*random.Float64())},
			},
		})
	}
	return calls
}

// times does something so many times, one after the other.
func times(count int, do func(i int) error) (*result, error) {
	r := &result{}
	for i := range count {
		began := time.Now()
		if err := do(i); err != nil {
			return nil, err
		}
		r.latencies = append(r.latencies, time.Since(began))
	}
	return r, nil
}

// redisBenchmark adds what redis-benchmark says of a command, with one client.
func redisBenchmark(ctx context.Context, t table.Writer, address string, command []string) error {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("read the address of redis-server: %w", err)
	}
	arguments := append([]string{"-p", port, "-c", "1", "-n", "5000", "--csv"}, command...)
	out, err := exec.CommandContext(ctx, "redis-benchmark", arguments...).Output() //nolint:gosec // The commands stand above.
	if err != nil {
		return fmt.Errorf("run redis-benchmark, which `make test` installs: %w", err)
	}
	// A line of names and one of figures: test, rps, average, least, p50, p95,
	// p99, most, in milliseconds.
	const columns, p50, p99, most = 8, 4, 6, 7
	lines, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if err != nil || len(lines) < 2 || len(lines[1]) != columns {
		return fmt.Errorf("redis-benchmark printed %q", out)
	}
	row := table.Row{"redis-benchmark " + command[0]}
	if len(command) > 4 {
		row[0] = fmt.Sprintf("redis-benchmark %s of %d", command[0], len(command)-2)
	} else if command[0] == "ZRANGE" {
		row[0] = "redis-benchmark ZRANGE of 50"
	}
	for _, column := range []int{p50, p99, most} {
		ms, err := strconv.ParseFloat(lines[1][column], 64)
		if err != nil {
			return fmt.Errorf("redis-benchmark printed %q: %w", out, err)
		}
		row = append(row, fmt.Sprintf("%.2f ms", ms))
	}
	t.AppendRow(row)
	return nil
}
