package system_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/client"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

const (
	// patience bounds every wait.
	patience = 60 * time.Second
	// glance is how often it is looked again.
	glance = 50 * time.Millisecond
)

// bin is where the programs are that the tests run.
var bin string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "callrank-system-")
	if err == nil {
		bin = dir
		err = dependOnSources()
	}
	if err == nil {
		err = build("./services/...", "github.com/nats-io/nats-server/v2")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// dependOnSources looks at every source file, by which `go test` knows that what
// it remembers of these tests does not hold when one of them has changed.
func dependOnSources() error {
	for _, dir := range []string{"pkg", "services", "proto"} {
		err := filepath.WalkDir(filepath.Join("..", "..", dir), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				_, err = os.Stat(path)
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("look at the sources: %w", err)
		}
	}
	return nil
}

// build builds programs as they are shipped: without the race detector.
func build(packages ...string) error {
	command := exec.Command("go", append([]string{"build", "-trimpath", "-o", bin + string(os.PathSeparator)}, packages...)...)
	command.Dir = filepath.Join("..", "..")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("build %v: %w\n%s", packages, err, out)
	}
	// Programs of modules with a version in their path are named by it.
	if _, err := os.Stat(filepath.Join(bin, "v2")); err == nil {
		return os.Rename(filepath.Join(bin, "v2"), filepath.Join(bin, "nats-server"))
	}
	return nil
}

// process is a program that runs.
type process struct {
	command *exec.Cmd
	done    chan struct{}
	output  *output
}

// output is what a program printed so far.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n, err := o.text.Write(b)
	select {
	case o.more <- struct{}{}:
	default:
	}
	return n, err
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// start starts a program, which is killed when the test ends.
func start(t *testing.T, name string, arguments ...string) *process {
	t.Helper()
	out := &output{more: make(chan struct{}, 1)}
	command := exec.Command(filepath.Join(bin, name), arguments...)
	command.Stdout, command.Stderr = out, out
	command.Dir = t.TempDir()
	require.NoError(t, command.Start())
	p := &process{command: command, done: make(chan struct{}), output: out}
	go func() {
		_ = command.Wait()
		close(p.done)
	}()
	t.Cleanup(func() {
		p.kill(t)
		if t.Failed() {
			t.Logf("%s %s printed:\n%s", name, strings.Join(arguments, " "), out)
		}
	})
	return p
}

// kill ends a program without a warning.
func (p *process) kill(t *testing.T) {
	t.Helper()
	_ = p.command.Process.Signal(syscall.SIGKILL)
	p.await(t)
}

// interrupt ends a program as Ctrl-C does, and returns its exit code.
func (p *process) interrupt(t *testing.T) int {
	t.Helper()
	require.NoError(t, p.command.Process.Signal(os.Interrupt))
	p.await(t)
	return p.command.ProcessState.ExitCode()
}

func (p *process) await(t *testing.T) {
	t.Helper()
	select {
	case <-p.done:
	case <-time.After(patience):
		require.FailNow(t, "the program did not end", p.output.String())
	}
}

// says waits until a program has printed what a pattern matches, and returns
// its first group.
func (p *process) says(t *testing.T, pattern string) string {
	t.Helper()
	wanted := regexp.MustCompile(pattern)
	deadline := time.After(patience)
	for {
		if m := wanted.FindStringSubmatch(p.output.String()); m != nil {
			return m[len(m)-1]
		}
		select {
		case <-p.output.more:
		case <-p.done:
			require.FailNow(t, "the program ended before it said "+pattern, p.output.String())
		case <-deadline:
			require.FailNow(t, "the program did not say "+pattern, p.output.String())
		}
	}
}

// up is a running `callrank up`.
type up struct {
	*process

	data, http, nats, redis string
}

// startUp starts `callrank up` on a data directory.
func startUp(t *testing.T, data string, arguments ...string) *up {
	t.Helper()
	arguments = append([]string{
		"up", "--data", data, "--http", "127.0.0.1:0",
		"--nats-listen", "127.0.0.1:0", "--redis-listen", "127.0.0.1:0", "--drain", "5s",
	}, arguments...)
	u := &up{process: start(t, "callrank", arguments...), data: data}
	u.http = u.says(t, `the ranking\s+(http://\S+)`)
	u.nats = u.says(t, `NATS\s+(nats://\S+)`)
	u.redis = u.says(t, `Redis\s+(redis://\S+)`)
	return u
}

// open connects as a Go program does.
func (u *up) open(t *testing.T) *client.Client {
	t.Helper()
	return open(t, u.nats, u.redis)
}

func open(t *testing.T, nats, redis string) *client.Client {
	t.Helper()
	c, err := client.Open(t.Context(), client.Config{NATS: nats, Redis: redis})
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// run runs a command to its end and returns what it printed, and its exit code.
func run(t *testing.T, arguments ...string) (out, errors string, code int) {
	t.Helper()
	return runWith(t, "", nil, arguments...)
}

// runWith runs a command that reads a text from standard input, with more in
// its environment.
func runWith(t *testing.T, in string, environment []string, arguments ...string) (out, errors string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	command := exec.CommandContext(ctx, filepath.Join(bin, "callrank"), arguments...)
	var stdout, stderr bytes.Buffer
	command.Stdin, command.Stdout, command.Stderr = strings.NewReader(in), &stdout, &stderr
	command.Env = append(os.Environ(), environment...)
	_ = command.Run()
	return stdout.String(), stderr.String(), command.ProcessState.ExitCode()
}

// ranking reads the whole ranking.
func ranking(t *testing.T, c *client.Client) *callrankv1.Ranking {
	t.Helper()
	r, err := c.Top(t.Context(), 500)
	require.NoError(t, err)
	return r
}

// calls counts the calls behind a ranking.
func calls(r *callrankv1.Ranking) int {
	n := 0
	for _, entry := range r.GetEntries() {
		n += int(entry.GetCalls())
	}
	return n
}

// awaitCalls waits until so many calls are in the ranking, and returns it.
func awaitCalls(t *testing.T, c *client.Client, want int) *callrankv1.Ranking {
	t.Helper()
	var r *callrankv1.Ranking
	require.Eventually(t, func() bool {
		var err error
		r, err = c.Top(t.Context(), 500)
		return err == nil && r.GetState() == callrankv1.RankingOpen && calls(r) == want
	}, patience, glance, "%d calls in the ranking", want)
	return r
}

// printed is a message as it is compared.
func printed(t *testing.T, r *callrankv1.Ranking) string {
	t.Helper()
	b, err := callrankv1.JSON(r)
	require.NoError(t, err)
	var indented bytes.Buffer
	require.NoError(t, json.Indent(&indented, b, "", " "))
	return indented.String()
}

// changes reads all changes there have been.
func changes(t *testing.T, c *client.Client, want int) []*callrankv1.RankingChange {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var all []*callrankv1.RankingChange
	for change, err := range c.Changes(ctx, client.FromStart()) {
		require.NoError(t, err)
		all = append(all, change.Change)
		if len(all) == want {
			break
		}
	}
	require.Len(t, all, want)
	return all
}

// freePort is a port on loopback that nobody listens on.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, listener.Close())
	_, port, err := net.SplitHostPort(listener.Addr().String())
	require.NoError(t, err)
	return port
}

// lines reads a text line by line.
func lines(text string) []string {
	var all []string
	scanner := bufio.NewScanner(strings.NewReader(text))
	for scanner.Scan() {
		all = append(all, scanner.Text())
	}
	return all
}
