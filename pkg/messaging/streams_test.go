package messaging_test

import (
	"context"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func TestProvisioningIsRepeatable(t *testing.T) {
	t.Parallel()
	broker := provisioned(t)
	require.NoError(t, broker.Provision(t.Context()))
	info, err := broker.JetStream().Stream(t.Context(), messaging.StreamCalls)
	require.NoError(t, err)
	require.Equal(t, []string{"calls.ended.*"}, info.CachedInfo().Config.Subjects)
	require.Zero(t, info.CachedInfo().Config.MaxAge, "the source of truth is kept for good")
}

func TestProvisioningKeepsWhatOperatorsSet(t *testing.T) {
	t.Parallel()
	broker := provisioned(t)
	stream, err := broker.JetStream().Stream(t.Context(), messaging.StreamIngested)
	require.NoError(t, err)
	config := stream.CachedInfo().Config
	config.MaxBytes = 10 << 30
	config.Description = "something else"
	_, err = broker.JetStream().UpdateStream(t.Context(), config)
	require.NoError(t, err)

	require.NoError(t, broker.Provision(t.Context()))
	stream, err = broker.JetStream().Stream(t.Context(), messaging.StreamIngested)
	require.NoError(t, err)
	require.EqualValues(t, 10<<30, stream.CachedInfo().Config.MaxBytes)
	require.Equal(t, "Who spoke when", stream.CachedInfo().Config.Description)
}

func TestProvisioningRefusesWhatWouldLoseEvents(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change func(*jetstream.StreamConfig)
		says   string
	}{
		"events kept longer than we would": {func(c *jetstream.StreamConfig) { c.MaxAge = 90 * 24 * time.Hour }, "would delete some"},
		"events kept for ever":             {func(c *jetstream.StreamConfig) { c.MaxAge = 0 }, "keeps messages for ever"},
		"another storage":                  {func(c *jetstream.StreamConfig) { c.Storage = jetstream.MemoryStorage }, "would empty it"},
		"another retention":                {func(c *jetstream.StreamConfig) { c.Retention = jetstream.InterestPolicy }, "delete it first"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			broker := connect(t, startBroker(t))
			config := jetstream.StreamConfig{
				Name: messaging.StreamIngested, Subjects: []string{"stages.ingested.*.*"},
				Storage: jetstream.FileStorage, MaxAge: time.Hour,
			}
			tc.change(&config)
			_, err := broker.JetStream().CreateStream(t.Context(), config)
			require.NoError(t, err)
			err = broker.Provision(t.Context())
			require.ErrorContains(t, err, "INGESTED")
			require.ErrorContains(t, err, tc.says)
		})
	}
}

func TestSubjectsHoldOneTokenForEachName(t *testing.T) {
	t.Parallel()
	require.Equal(t, "calls.ended.AMZN", messaging.SubjectCalls("AMZN"))
	require.Equal(t, "calls.ended._", messaging.SubjectCalls(""))
	require.Equal(t, "calls.ended.A-B--", messaging.SubjectCalls("A.B>*"))
	require.Equal(t, "stages.ingested.live.AMZN-2025Q4", messaging.SubjectStage(messaging.ResultIngested, "live", "AMZN-2025Q4"))
	require.Equal(t, "ranking.changed.live.AMZN", messaging.SubjectRanking("live", "AMZN"))
	require.Equal(t, "dead.ingest._", messaging.SubjectDead("ingest", ""))
	require.NoError(t, messaging.ValidGeneration("rescore-2026-11"))
	for _, bad := range []string{"", "Live", "a.b", "a b", ">", "123456789012345678901234567890123"} {
		require.Error(t, messaging.ValidGeneration(bad), bad)
	}
}

func TestWrongSettingsAreNamed(t *testing.T) {
	t.Parallel()
	cases := map[string]messaging.Config{
		"--nats:":           {Replicas: 1},
		"nats://host:4222":  {URL: "http://host", Replicas: 1},
		"--nats-replicas 2": {URL: "nats://h", Replicas: 2},
		"give one":          {URL: "nats://h", Replicas: 1, User: "u", Token: "t"},
		"wants --nats-user": {URL: "nats://h", Replicas: 1, Password: "p"},
		"go together":       {URL: "nats://h", Replicas: 1, Certificate: "c"},
	}
	for says, config := range cases {
		require.ErrorContains(t, config.Validate(), says)
	}
}

func TestSecretsStayOutOfErrorsAndLogs(t *testing.T) {
	t.Parallel()
	require.Equal(t, "nats://u:xxxxx@h:4222,nats://xxxxx@g:4222,nats://f:4222",
		messaging.Redacted("nats://u:secret@h:4222, nats://secret@g:4222,nats://f:4222"))
	_, err := messaging.Connect(t.Context(), "test", messaging.Config{URL: "nats://u:secret@127.0.0.1:1", Replicas: 1}, zap.NewNop())
	require.ErrorContains(t, err, "127.0.0.1:1")
	require.NotContains(t, err.Error(), "secret")
	bad := messaging.Config{URL: "nats://u:secret@h:bad port", Replicas: 1}
	require.NotContains(t, bad.Validate().Error(), "secret")
}

func change(ticker string, version uint64, score float64) *callrankv1.RankingChange {
	return &callrankv1.RankingChange{Ticker: ticker, Generation: "live", Version: version, ScoreAfter: score}
}

func TestChangeIsAnnouncedOnce(t *testing.T) {
	t.Parallel()
	broker := provisioned(t)
	first, err := broker.Announce(t.Context(), change("AMZN", 1, 60), 0)
	require.NoError(t, err)
	again, err := broker.Announce(t.Context(), change("AMZN", 1, 60), 0)
	require.NoError(t, err)
	require.Equal(t, first, again, "announced before")
	second, err := broker.Announce(t.Context(), change("AMZN", 4, 67), 0)
	require.NoError(t, err, "what the announcer knew of the last change was out of date")
	late, err := broker.Announce(t.Context(), change("AMZN", 1, 60), first)
	require.NoError(t, err)
	require.Equal(t, second, late, "an older change does not come after a newer one")

	last, err := broker.LastChange(t.Context(), "live", "AMZN")
	require.NoError(t, err)
	require.InDelta(t, 67, last.Change.GetScoreAfter(), 0)
	none, err := broker.LastChange(t.Context(), "live", "MSFT")
	require.NoError(t, err)
	require.Nil(t, none)
}

func TestFollowersOfTheRanking(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		follow messaging.Follow
		scores []float64
	}{
		"a new one gets the last state of each, then the changes": {messaging.Follow{}, []float64{50, 67, 70}},
		"one of the start gets every change":                      {messaging.Follow{FromStart: true}, []float64{60, 50, 67, 70}},
		"one that comes back gets what it missed":                 {messaging.Follow{After: 2}, []float64{67, 70}},
		"one of a company gets that company's":                    {messaging.Follow{Ticker: "AMZN", FromStart: true}, []float64{60, 67, 70}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			broker := provisioned(t)
			for _, c := range []*callrankv1.RankingChange{
				change("AMZN", 1, 60), change("MSFT", 1, 50), change("AMZN", 2, 67),
			} {
				_, err := broker.Announce(t.Context(), c, 0)
				require.NoError(t, err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			var scores []float64
			for announced, err := range broker.Changes(ctx, tc.follow) {
				require.NoError(t, err)
				scores = append(scores, announced.Change.GetScoreAfter())
				if len(scores) == len(tc.scores)-1 {
					_, err := broker.Announce(t.Context(), change("AMZN", 3, 70), 0)
					require.NoError(t, err)
				}
				if len(scores) == len(tc.scores) {
					break
				}
			}
			require.Equal(t, tc.scores, scores)
		})
	}
}
