package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/settings"
)

// tarnwater is a list in the SEC's form.
const tarnwater = `{"0": {"cik_str": 7, "ticker": "TRNW", "title": "TARNWATER MILLS INC /DE/"}, "1": {"cik_str": 7, "ticker": "TRNW-PA", "title": "TARNWATER MILLS INC /DE/"},
 "2": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."}}`

// listFile writes a list of companies into a file.
func listFile(t *testing.T, list string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "company_tickers.json")
	require.NoError(t, os.WriteFile(path, []byte(list), 0o600))
	return path
}

// namedSample is a sample whose call is that of Tarnwater Mills, without a
// ticker.
func namedSample(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(sampleFile(t, "OSTG_2025Q2.txt"))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "call.txt")
	require.NoError(t, os.WriteFile(path, []byte(strings.ReplaceAll(string(b), "Ostara Grocers", "Tarnwater Mills")), 0o600))
	return path
}

func TestImportedCompaniesAreKnown(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	out, _, err := execute(t, "companies", "import", "--data", data, listFile(t, tarnwater))
	require.NoError(t, err)
	require.Contains(t, out, "2 companies with 3 tickers, 1 of them new")
	out, _, err = execute(t, "companies", "import", "--data", data, listFile(t, tarnwater))
	require.NoError(t, err)
	require.Contains(t, out, "0 of them new")

	for _, of := range [][]string{{"Tarnwater", "Mills"}, {"tarnwater mills, inc."}, {"trnw.pa"}, {"TRNW"}} {
		out, _, err = execute(t, append([]string{"companies", "find", "--data", data}, of...)...)
		require.NoError(t, err)
		require.Equal(t, "TRNW     Tarnwater Mills Inc  also TRNW-PA\n", out)
	}
	_, _, err = execute(t, "companies", "find", "--data", data, "Ghyll Works")
	require.ErrorContains(t, err, `"Ghyll Works"`)
	require.ErrorContains(t, err, "companies import")

	for _, where := range [][]string{{"--data", data}, {"--data", t.TempDir(), "--companies", filepath.Join(data, "companies.json")}} {
		out, _, err = execute(t, append([]string{"analyze", "--format", "json", namedSample(t)}, where...)...)
		require.NoError(t, err)
		require.Equal(t, "TRNW-2025Q2", analysisOf(t, out).GetCall().GetId())
	}
	out, _, err = execute(t, "analyze", "--format", "json", "--data", t.TempDir(), namedSample(t))
	require.NoError(t, err)
	require.Nil(t, analysisOf(t, out).GetCall().Ticker)
}

func TestAListThatIsNoneReplacesNothing(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	_, _, err := execute(t, "companies", "import", "--data", data, listFile(t, tarnwater))
	require.NoError(t, err)
	bad := listFile(t, `{"0": {"cik_str": 1, "ticker": "", "title": "Ghyll"}}`)
	_, _, err = execute(t, "companies", "import", "--data", data, bad)
	require.ErrorContains(t, err, bad)
	require.ErrorContains(t, err, "entry 0")
	_, _, err = execute(t, "companies", "import", "--data", data, filepath.Join(data, "none.json"))
	require.ErrorContains(t, err, "none.json")
	out, _, err := execute(t, "companies", "find", "--data", data, "TRNW")
	require.NoError(t, err)
	require.Contains(t, out, "Tarnwater")
	entries, err := os.ReadDir(data)
	require.NoError(t, err)
	require.Len(t, entries, 1, "nothing is left behind")
}

func TestABrokenListOfCompaniesIsTold(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(data, "companies.json"), []byte("{"), 0o600))
	_, _, err := execute(t, "analyze", "--data", data, namedSample(t))
	require.ErrorContains(t, err, filepath.Join(data, "companies.json"))
	_, _, err = execute(t, "analyze", "--companies", filepath.Join(data, "none.json"), namedSample(t))
	require.ErrorContains(t, err, "--companies")
	out, problems, err := execute(t, "companies", "import", "--data", data, listFile(t, tarnwater))
	require.NoError(t, err, "it is replaced")
	require.Contains(t, problems, "companies.json")
	require.Contains(t, out, "1 of them new")
}

func TestAListIsFetchedByWhoSaysWhoHeIs(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.UserAgent() != "Tarn Capital desk@tarn.example" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		_, _ = w.Write([]byte(tarnwater))
	}))
	t.Cleanup(server.Close)
	data := t.TempDir()
	_, _, err := execute(t, "companies", "import", "--data", data, server.URL)
	var wrong *settings.UsageError
	require.ErrorAs(t, err, &wrong)
	require.ErrorContains(t, err, "--user-agent")
	_, _, err = execute(t, "companies", "import", "--data", data, "--user-agent", "nobody", server.URL)
	require.ErrorContains(t, err, "403 Forbidden")
	out, _, err := execute(t, "companies", "import", "--data", data, "--user-agent", "Tarn Capital desk@tarn.example", server.URL)
	require.NoError(t, err)
	require.Contains(t, out, "2 companies")
	_, _, err = execute(t, "companies", "import", "--data", data, "--user-agent", "Tarn Capital desk@tarn.example", "http://127.0.0.1:1/list")
	require.ErrorContains(t, err, "fetch the list of companies")
}

func TestCompaniesWantsAVerb(t *testing.T) {
	t.Parallel()
	var wrong *settings.UsageError
	for _, arguments := range [][]string{{"companies"}, {"companies", "import"}, {"companies", "find"}, {"companies", "import", "a", "b"}} {
		_, _, err := execute(t, arguments...)
		require.ErrorAs(t, err, &wrong)
	}
}
