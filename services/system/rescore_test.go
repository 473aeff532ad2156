package system_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/client"
	"github.com/callrank/callrank/pkg/tests/redistest"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// otherWeights writes weights by which companies stand elsewhere.
func otherWeights(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "pkg", "conviction", "weights.json"))
	require.NoError(t, err)
	text := strings.Replace(string(b), `"version": "2026.1"`, `"version": "test.2"`, 1)
	text = strings.Replace(text, `"per_point": 4`, `"per_point": 2`, 1)
	text = strings.Replace(text, `"quantifies": {"max": 12, "per_claim": 0.5}`, `"quantifies": {"max": 30, "per_claim": 1.5}`, 1)
	require.NotEqual(t, string(b), text)
	file := filepath.Join(t.TempDir(), "weights.json")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

// rescore runs a command of `callrank rescore` that has to succeed.
func (u *up) rescore(t *testing.T, arguments ...string) string {
	t.Helper()
	arguments = append([]string{"rescore"}, arguments...)
	out, problems, code := run(t, append(arguments, "--nats", u.nats, "--redis", u.redis)...)
	require.Zero(t, code, problems)
	return out
}

// steer runs one that needs no store.
func (u *up) steer(t *testing.T, arguments ...string) string {
	t.Helper()
	arguments = append([]string{"rescore"}, arguments...)
	out, problems, code := run(t, append(arguments, "--nats", u.nats)...)
	require.Zero(t, code, problems)
	return out
}

// generation is how far a generation is; nil without it.
func (u *up) generation(t *testing.T, name string) *callrankv1.GenerationStatus {
	t.Helper()
	all := &callrankv1.Generations{}
	require.NoError(t, callrankv1.ParseJSON([]byte(u.steer(t, "status", "--format", "json")), all))
	for _, status := range all.GetGenerations() {
		if status.GetGeneration().GetName() == name {
			return status
		}
	}
	return nil
}

// awaitReady waits until a generation has caught up.
func (u *up) awaitReady(t *testing.T, name string) {
	t.Helper()
	ready := func() bool { return u.generation(t, name).GetRole() == callrankv1.GenerationReady }
	require.Eventually(t, ready, patience, 4*glance, "%s has caught up", name)
}

// ranked is a generation's ranking as it is compared: without the names of
// generations.
func ranked(t *testing.T, nats, redis, generation string) string {
	t.Helper()
	c, err := client.Open(t.Context(), client.Config{NATS: nats, Redis: redis, Generation: generation})
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close()) }()
	r := ranking(t, c)
	r.Generation = ""
	var text strings.Builder
	text.WriteString(printed(t, r))
	for _, entry := range r.GetEntries() {
		report, err := c.Company(t.Context(), entry.GetTicker())
		require.NoError(t, err)
		standing := report.GetStanding()
		standing.Version = 0
		for _, call := range standing.GetCalls() {
			// Where its analysis lies is another place for each generation.
			call.GroundedSequence = 0
		}
		b, err := callrankv1.JSON(standing)
		require.NoError(t, err)
		text.Write(b)
	}
	return text.String()
}

// batchOf are the changes that a promotion announced, by ticker.
func batchOf(t *testing.T, c *client.Client, batch string, want int) {
	t.Helper()
	seen, versions := map[string]bool{}, map[string]uint64{}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for change, err := range c.Changes(ctx, client.FromStart()) {
		require.NoError(t, err)
		one := change.Change
		require.Greater(t, one.GetVersion(), versions[one.GetTicker()], "the changes of a company are in order")
		versions[one.GetTicker()] = one.GetVersion()
		if one.GetBatch() != batch {
			continue
		}
		require.False(t, seen[one.GetTicker()], "%s was announced twice", one.GetTicker())
		seen[one.GetTicker()] = true
		require.NotEmpty(t, one.GetWhy())
		if len(seen) == want {
			return
		}
	}
	require.Len(t, seen, want, "changes of %s", batch)
}

func TestARescoreGoesOnWhateverIsKilledWhen(t *testing.T) {
	t.Parallel()
	const companies = 80
	data, weights := t.TempDir(), otherWeights(t)
	u := startUp(t, data)
	c := u.open(t)
	for _, call := range manyCalls(t, companies) {
		_, err := c.Publish(t.Context(), call)
		require.NoError(t, err)
	}
	awaitCalls(t, c, companies)
	before := ranked(t, u.nats, u.redis, "live")

	// Killed as soon as it was started.
	u.steer(t, "start", "--name", "first-try", "--weights", weights)
	u.kill(t)
	// Killed while it replays.
	u = startUp(t, data)
	require.Eventually(t, func() bool { return u.generation(t, "first-try").GetDone() > 0 }, patience, glance)
	u.kill(t)
	u = startUp(t, data)
	u.awaitReady(t, "first-try")

	// Once more, from there on undisturbed, and two at a time.
	u.steer(t, "start", "--name", "second-try", "--weights", weights)
	u.steer(t, "start", "--name", "weights-only", "--weights", weights, "--from-stage", "grounded")
	u.awaitReady(t, "second-try")
	u.awaitReady(t, "weights-only")
	first := ranked(t, u.nats, u.redis, "first-try")
	require.Equal(t, first, ranked(t, u.nats, u.redis, "second-try"), "the same rescore twice")
	require.Equal(t, first, ranked(t, u.nats, u.redis, "weights-only"), "from whichever stage")
	require.Equal(t, before, ranked(t, u.nats, u.redis, "live"), "readers see nothing of it")

	diff := &callrankv1.GenerationDiff{}
	require.NoError(t, callrankv1.ParseJSON([]byte(u.rescore(t, "diff", "first-try", "--format", "json")), diff))
	require.EqualValues(t, companies, diff.GetMoved()+diff.GetPushed()+diff.GetSame())
	require.NotZero(t, diff.GetMoved())
	require.NotEmpty(t, diff.GetCompanies()[0].GetBy())

	// Killed as soon as it was promoted.
	u.steer(t, "promote", "first-try")
	u.kill(t)
	u = startUp(t, data)
	c = u.open(t)
	awaitCalls(t, c, companies)
	require.Equal(t, "first-try", ranking(t, c).GetGeneration())
	require.Equal(t, first, ranked(t, u.nats, u.redis, "live"))
	batchOf(t, c, "promotion-1-first-try", int(diff.GetMoved()))

	scratch := startUp(t, t.TempDir(), "--weights", weights)
	other := scratch.open(t)
	calls := manyCalls(t, companies+1)
	for _, call := range calls {
		_, err := other.Publish(t.Context(), call)
		require.NoError(t, err)
	}
	awaitCalls(t, other, companies+1)
	// What is published after the promotion is announced as ever.
	_, err := c.Publish(t.Context(), calls[companies])
	require.NoError(t, err)
	awaitCalls(t, c, companies+1)
	require.Equal(t, ranked(t, scratch.nats, scratch.redis, "live"), ranked(t, u.nats, u.redis, "live"), "as computed from scratch")

	// Back, and all that was made is removed.
	u.steer(t, "promote", "live")
	require.Eventually(t, func() bool { return ranking(t, c).GetGeneration() == "live" }, patience, glance)
	batchOf(t, c, "promotion-2-live", int(diff.GetMoved()))
	for _, name := range []string{"first-try", "second-try", "weights-only"} {
		u.steer(t, "abort", name)
		requireGone(t, u, name)
	}
}

// requireGone wants nothing to be left of a generation in the broker.
func requireGone(t *testing.T, u *up, name string) {
	t.Helper()
	nc, err := nats.Connect(u.nats)
	require.NoError(t, err)
	defer nc.Close()
	js, err := jetstream.New(nc)
	require.NoError(t, err)
	for _, stream := range []string{"CALLS", "INGESTED", "EXTRACTED", "QUANTIFIED", "GROUNDED"} {
		require.Eventually(t, func() bool {
			handle, err := js.Stream(t.Context(), stream)
			require.NoError(t, err)
			info, err := handle.Info(t.Context(), jetstream.WithSubjectFilter("stages.*."+name+".*"))
			require.NoError(t, err)
			consumers := 0
			for consumer := range handle.ListConsumers(t.Context()).Info() {
				if strings.HasSuffix(consumer.Name, "-"+name) {
					consumers++
				}
			}
			return len(info.State.Subjects) == 0 && consumers == 0
		}, patience, 4*glance, "%s holds something of %s", stream, name)
	}
}

func TestWorkersOfTheirOwnTakeARescoreUp(t *testing.T) {
	t.Parallel()
	const companies = 40
	port := freePort(t)
	broker := "nats://127.0.0.1:" + port
	start(t, "nats-server", "-a", "127.0.0.1", "-p", port, "-js", "-sd", t.TempDir()).says(t, "Server is ready")
	u := &up{nats: broker, redis: redistest.Start(t)}
	programs := map[string]*process{}
	begin := func(stage string) {
		arguments := []string{"--nats", broker, "--drain", "5s"}
		if stage == "rank" {
			arguments = append(arguments, "--redis", u.redis)
		}
		programs[stage] = start(t, stage, arguments...)
		programs[stage].says(t, `"started"`)
	}
	for _, stage := range []string{"ingest", "extract", "quantify", "ground", "rank"} {
		begin(stage)
	}
	c := u.open(t)
	for _, call := range manyCalls(t, companies) {
		_, err := c.Publish(t.Context(), call)
		require.NoError(t, err)
	}
	awaitCalls(t, c, companies)
	u.steer(t, "start", "--name", "again", "--weights", otherWeights(t))
	for stage, program := range programs {
		program.kill(t)
		begin(stage)
	}
	u.awaitReady(t, "again")
	u.steer(t, "promote", "again")
	programs["rank"].kill(t)
	begin("rank")
	var diff callrankv1.GenerationDiff
	require.NoError(t, callrankv1.ParseJSON([]byte(u.rescore(t, "diff", "live", "--format", "json")), &diff))
	batchOf(t, c, "promotion-1-again", int(diff.GetMoved()))
	var listed map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(u.steer(t, "status", "--format", "json")), &listed))
	require.Contains(t, listed, "promotion")
}
