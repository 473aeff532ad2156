// Package deploy_test checks what no container engine runs here: that the
// image and the compose file say what they should, and say it of programs and
// settings that exist.
package deploy_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

type composition struct {
	Services map[string]service        `yaml:"services"`
	Volumes  map[string]map[string]any `yaml:"volumes"`
}

type service struct {
	Image       string            `yaml:"image"`
	Command     []string          `yaml:"command"`
	Environment map[string]string `yaml:"environment"`
	Ports       []string          `yaml:"ports"`
	Volumes     []string          `yaml:"volumes"`
	ReadOnly    bool              `yaml:"read_only"`
	Restart     string            `yaml:"restart"`
	Build       struct {
		Context, Dockerfile string
	} `yaml:"build"`
}

func compose(t *testing.T) composition {
	t.Helper()
	b, err := os.ReadFile("compose.yaml")
	require.NoError(t, err)
	var c composition
	require.NoError(t, yaml.Unmarshal(b, &c))
	return c
}

// programs are those of the composition that are ours.
var programs = []string{"ingest", "extract", "quantify", "ground", "rank", "gateway"}

func TestCompositionRunsEveryProgram(t *testing.T) {
	t.Parallel()
	c := compose(t)
	for _, name := range programs {
		s, ok := c.Services[name]
		require.True(t, ok, "%s is missing", name)
		require.Equal(t, []string{"/bin/" + name}, s.Command)
		require.FileExists(t, filepath.Join("..", "services", name, "main.go"))
		require.Equal(t, "..", s.Build.Context)
		require.FileExists(t, filepath.Join("..", s.Build.Dockerfile))
		require.True(t, s.ReadOnly)
		require.Equal(t, "unless-stopped", s.Restart)
	}
	require.Len(t, c.Services, len(programs)+2, "and a broker and a store")
}

func TestCompositionSetsOnlyWhatProgramsKnow(t *testing.T) {
	t.Parallel()
	c := compose(t)
	for _, name := range programs {
		help, err := exec.Command("go", "run", "../services/"+name, "--help").Output()
		require.NoError(t, err)
		for variable := range c.Services[name].Environment {
			flag := "--" + strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(variable, "CALLRANK_"), "_", "-")) + " "
			require.Contains(t, string(help), flag, "%s is set for %s, which does not know it", variable, name)
		}
	}
}

func TestImagesOfOthersArePinned(t *testing.T) {
	t.Parallel()
	c := compose(t)
	for _, name := range []string{"nats", "redis"} {
		require.Regexp(t, regexp.MustCompile(`^`+name+`:\d+\.\d+\.\d+-alpine$`), c.Services[name].Image)
	}
}

func TestNothingIsReachedFromOutsideButThePages(t *testing.T) {
	t.Parallel()
	for name, s := range compose(t).Services {
		if name == "gateway" {
			require.Equal(t, []string{"127.0.0.1:${HTTP_PORT:-8080}:8080"}, s.Ports)
			require.Contains(t, s.Environment["CALLRANK_TOKEN"], "${CALLRANK_TOKEN:?", "a token has to be given")
			continue
		}
		require.Empty(t, s.Ports, "%s publishes a port", name)
	}
}

func TestSecretsAreNotInTheFile(t *testing.T) {
	t.Parallel()
	for name, s := range compose(t).Services {
		for variable, value := range s.Environment {
			if regexp.MustCompile(`PASSWORD|TOKEN`).MatchString(variable) {
				require.Regexp(t, `^\$\{[A-Z_]+:\?`, value, "%s of %s", variable, name)
			}
		}
	}
	example, err := os.ReadFile("env.example")
	require.NoError(t, err)
	require.NotRegexp(t, regexp.MustCompile(`(?m)^(.*PASSWORD|.*TOKEN)=.+$`), string(example))
}

func TestBrokerKeepsWhatItAcknowledged(t *testing.T) {
	t.Setenv("NATS_USER", "callrank")
	t.Setenv("NATS_PASSWORD", "secret")
	// The server's own reader of its configuration.
	options, err := server.ProcessConfigFile("nats.conf")
	require.NoError(t, err)
	require.True(t, options.JetStream)
	require.True(t, options.SyncAlways, "an event is on disk before it is acknowledged")
	require.Equal(t, "/data", options.StoreDir)
	require.GreaterOrEqual(t, options.MaxPayload, int32(8_000_000))
	require.Equal(t, "callrank", options.Username)
	require.Equal(t, "secret", options.Password)
	require.Contains(t, compose(t).Services["nats"].Volumes, "nats:/data", "its store outlives it")
}

func TestImageIsStaticAndNotRoot(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("Dockerfile")
	require.NoError(t, err)
	file := string(b)
	stages := regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(file, -1)
	require.Len(t, stages, 2)
	require.Equal(t, "scratch", stages[1][1])
	last := file[strings.LastIndex(file, "FROM "):]
	require.Contains(t, last, "USER 65532:65532")
	require.Contains(t, file, "CGO_ENABLED=0 go build")

	module, err := os.ReadFile("../go.mod")
	require.NoError(t, err)
	language := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(string(module))
	require.Regexp(t, `^golang:`+regexp.QuoteMeta(language[1])+`\.\d+-bookworm$`, stages[0][1], "the toolchain is the module's, pinned")
	for _, path := range regexp.MustCompile(`(?m)^COPY ([a-z][^\n]*) \S+$`).FindAllStringSubmatch(file, -1) {
		for source := range strings.FieldsSeq(path[1]) {
			require.FileExists(t, filepath.Join("..", source))
		}
	}
}
