package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/samples"
	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/pkg/tests/fmptest"
	"github.com/callrank/callrank/pkg/tests/realcalls"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// execute runs the command and returns what it printed.
func execute(t *testing.T, arguments ...string) (out, problems string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	command := root()
	command.SetArgs(arguments)
	command.SetOut(&stdout)
	command.SetErr(&stderr)
	err = command.ExecuteContext(context.Background())
	return stdout.String(), stderr.String(), err
}

// sampleFile writes a sample into a file.
func sampleFile(t *testing.T, name string) string {
	t.Helper()
	all, err := samples.Calls()
	require.NoError(t, err)
	for _, call := range all {
		if call.Name == name {
			path := filepath.Join(t.TempDir(), name)
			require.NoError(t, os.WriteFile(path, call.Document, 0o600))
			return path
		}
	}
	require.FailNow(t, "no sample "+name)
	return ""
}

// analysisOf reads one object as `analyze --format json` prints it.
func analysisOf(t *testing.T, line string) *callrankv1.Analysis {
	t.Helper()
	a := &callrankv1.Analysis{}
	require.NoError(t, callrankv1.ParseJSON([]byte(line), a))
	return a
}

// folded is a text with its white space folded, as quotes are printed.
func folded(text string) string { return strings.Join(strings.Fields(text), " ") }

// requireVerbatim wants everything that is printed to stand in the text.
func requireVerbatim(t *testing.T, text string, a *callrankv1.Analysis) {
	t.Helper()
	read := func(span *callrankv1.Span) string { return folded(text[span.GetStart():span.GetEnd()]) }
	for _, claim := range a.GetClaims() {
		require.Equal(t, claim.GetQuote(), read(claim.GetSource()))
		for _, figure := range claim.GetFigures() {
			require.Equal(t, figure.GetText(), read(figure.GetSource()))
			require.Contains(t, claim.GetQuote(), figure.GetText())
		}
	}
	for _, quote := range a.GetQuotes() {
		require.Equal(t, quote.GetQuote(), read(quote.GetSource()))
	}
	for _, exchange := range a.GetExchanges() {
		require.Equal(t, exchange.GetQuestion().GetQuote(), read(exchange.GetQuestion().GetSource()))
		for _, answer := range exchange.GetAnswers() {
			require.Equal(t, answer.GetQuote(), read(answer.GetSource()))
		}
	}
}

func TestAnalysisOfEverySampleStandsInItsText(t *testing.T) {
	t.Parallel()
	all, err := samples.Calls()
	require.NoError(t, err)
	for _, call := range all {
		t.Run(call.Name, func(t *testing.T) {
			t.Parallel()
			file := sampleFile(t, call.Name)
			out, _, err := execute(t, "analyze", "--format", "json", file)
			require.NoError(t, err)
			text, _, err := execute(t, "analyze", "--format", "text", file)
			require.NoError(t, err)
			a := analysisOf(t, out)
			requireVerbatim(t, text, a)
			require.NotNil(t, a.GetConviction())
			require.NotEmpty(t, a.GetEngine().GetVersion())
			again, _, err := execute(t, "analyze", "--format", "json", file)
			require.NoError(t, err)
			require.Equal(t, out, again, "the same text gives the same bytes")
		})
	}
}

func TestAnalysisOfRealCallsStandsInTheirText(t *testing.T) {
	t.Parallel()
	for file, call := range map[string]struct{ id, date string }{
		"AMZN_2024_Q1.txt": {"AMZN-2024Q1", "2024-04-30"},
		"AMZN_2025_Q1.txt": {"AMZN-2025Q1", "2025-05-01"},
		"AMZN_2025_Q4.txt": {"AMZN-2025Q4", "2026-02-05"},
	} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			path := realcalls.Path(t, "seeds/"+file)
			out, _, err := execute(t, "analyze", "--format", "json", path)
			require.NoError(t, err)
			a := analysisOf(t, out)
			requireVerbatim(t, string(realcalls.Read(t, "seeds/"+file)), a)
			require.Equal(t, call.id, a.GetCall().GetId())
			require.Equal(t, call.date, a.GetCall().GetCallDate())
			require.NotEmpty(t, a.GetClaims())
			require.NotEmpty(t, a.GetExchanges())
			again, _, err := execute(t, "analyze", "--format", "json", path)
			require.NoError(t, err)
			require.Equal(t, out, again, "the same text gives the same bytes")
		})
	}
}

func TestContractOfTheJSON(t *testing.T) {
	t.Parallel()
	out, _, err := execute(t, "analyze", "--format", "json", sampleFile(t, "HLYD_2025Q4.txt"), sampleFile(t, "CSTN_2025Q4.txt"))
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, 2, "one object a line")
	var first map[string]any
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &first))
	for _, key := range []string{
		"call", "participants", "turns", "words", "enthusiasm", "substance", "quotes", "claims", "exchanges", "warnings",
		"grounding", "conviction", "engine",
	} {
		require.Contains(t, first, key)
	}
	call, ok := first["call"].(map[string]any)
	require.True(t, ok)
	require.Equal(t, "HLYD-2025Q4", call["id"])
	require.InDelta(t, 2025, call["fiscal_year"], 0, "a number, not a text")
	require.Equal(t, "motley_fool", call["layout"])
	require.NotContains(t, call, "source", "spans refer to the bytes of the file")
	claims, ok := first["claims"].([]any)
	require.True(t, ok)
	claim, ok := claims[0].(map[string]any)
	require.True(t, ok)
	span, ok := claim["source"].(map[string]any)
	require.True(t, ok)
	require.IsType(t, 0.0, span["start"])

	silent := analysisOf(t, lines[1])
	require.Zero(t, silent.GetEnthusiasm().GetScore())
	require.Empty(t, silent.GetQuotes())
}

func TestTrendComesFromThePreviousCall(t *testing.T) {
	t.Parallel()
	trend := func(arguments ...string) *callrankv1.Component {
		out, _, err := execute(t, append([]string{"analyze", "--format", "json"}, arguments...)...)
		require.NoError(t, err)
		for _, component := range analysisOf(t, out).GetConviction().GetComponents() {
			if component.GetName() == callrankv1.ComponentTrend {
				return component
			}
		}
		return nil
	}
	alone := trend(sampleFile(t, "SLVN_2026Q1.txt"))
	require.Nil(t, alone.Points, "unknown without a call before")
	rising := trend(sampleFile(t, "SLVN_2026Q1.txt"), "--previous", sampleFile(t, "SLVN_2025Q3.txt"))
	require.Greater(t, rising.GetPoints(), 4.0, "more than none")
}

func TestStatedFactsWinOverTheText(t *testing.T) {
	t.Parallel()
	out, _, err := execute(t, "analyze", "--format", "json", "--ticker", "brk.b", "--period", "Q3 FY2024", "--date", "2024-11-02", sampleFile(t, "HLYD_2025Q4.txt"))
	require.NoError(t, err)
	require.Equal(t, "BRK-B-2024Q3", analysisOf(t, out).GetCall().GetId())
	require.Contains(t, out, callrankv1.WarnContradictingFacts)
	out, _, err = execute(t, "analyze", "--format", "json", "--period", "2025H2", sampleFile(t, "HLYD_2025Q4.txt"))
	require.NoError(t, err)
	call := analysisOf(t, out).GetCall()
	require.Equal(t, "HLYD-2025H2", call.GetId())
	require.EqualValues(t, 2, call.GetFiscalHalf())
	require.Nil(t, call.FiscalQuarter)
	require.NotContains(t, out, callrankv1.WarnContradictingFacts, "the fourth quarter ends with the half")
	out, _, err = execute(t, "analyze", "--period", "H2 FY2025", sampleFile(t, "HLYD_2025Q4.txt"))
	require.NoError(t, err)
	require.Contains(t, out, "H2 FY2025")
}

func TestClaimsAreSizedAgainstFundamentals(t *testing.T) {
	t.Parallel()
	file := sampleFile(t, "HLYD_2026Q1.txt")
	out, _, err := execute(t, "analyze", "--format", "json", file)
	require.NoError(t, err)
	require.Equal(t, callrankv1.GroundingUnknown, analysisOf(t, out).GetGrounding().GetStatus())
	require.NotEmpty(t, analysisOf(t, out).GetGrounding().GetReason())
	out, _, err = execute(t, "analyze", "--format", "json", "--fundamentals", filepath.Join("..", "..", "pkg", "samples", "fundamentals"), file)
	require.NoError(t, err)
	sized := analysisOf(t, out).GetGrounding()
	require.Equal(t, callrankv1.GroundingSized, sized.GetStatus())
	require.NotEmpty(t, sized.GetAggregate().GetArithmetic())
}

// startSEC answers like the SEC's servers.
func startSEC(t *testing.T) *httptest.Server {
	t.Helper()
	testdata := filepath.Join("..", "..", "pkg", "providers", "testdata")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !strings.Contains(r.UserAgent(), "@example.com"):
			w.WriteHeader(http.StatusForbidden)
		case r.URL.Path == "/files/company_tickers.json":
			http.ServeFile(w, r, filepath.Join(testdata, "company_tickers.json"))
		case r.URL.Path == "/api/xbrl/companyfacts/CIK0001234567.json":
			http.ServeFile(w, r, filepath.Join(testdata, "companyfacts_HLYD.json"))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server
}

func TestClaimsAreSizedAgainstWhatIsFiledWithTheSEC(t *testing.T) {
	t.Parallel()
	server := startSEC(t)
	ask := func(contact, providers string, more ...string) *callrankv1.Grounding {
		out, _, err := execute(t, append([]string{
			"analyze", "--format", "json", "--log-level", "error", "--providers", providers, "--edgar-contact", contact,
			"--edgar-url", server.URL, "--cache", t.TempDir(), sampleFile(t, "HLYD_2026Q1.txt"),
		}, more...)...)
		require.NoError(t, err)
		return analysisOf(t, out).GetGrounding()
	}

	base := ask("Jane Doe jane@example.com", "edgar").GetBase()
	require.Equal(t, int32(2025), base.GetFiscalYear())
	require.InDelta(t, 880e6, base.GetRevenue(), 0)
	require.InDelta(t, -22e6, base.GetNetIncome(), 0)
	require.Equal(t, "SEC EDGAR, CIK 0001234567: 10-K 0001234567-25-031900", base.GetOrigin().GetSource())
	require.Equal(t, "2025-03-19", base.GetOrigin().GetKnownOn())

	require.Equal(t, int32(2024), ask("Jane Doe jane@example.com", "edgar", "--as-of", "2025-03-18").GetBase().GetFiscalYear())

	samples := filepath.Join("..", "..", "pkg", "samples", "fundamentals")
	first := ask("Jane Doe jane@example.com", "files,edgar", "--fundamentals", samples).GetBase()
	require.Equal(t, "file HLYD.json: invented for the samples", first.GetOrigin().GetSource())
	first = ask("Jane Doe jane@example.com", "edgar,files", "--fundamentals", samples).GetBase()
	require.Equal(t, "SEC EDGAR, CIK 0001234567: 10-K 0001234567-25-031900", first.GetOrigin().GetSource())

	refused := ask("Jane Doe jane@example.org", "edgar")
	require.Equal(t, callrankv1.GroundingUnknown, refused.GetStatus())
	require.Equal(t, "the fundamentals of HLYD are refused by their source", refused.GetReason())

	server.Close()
	down := ask("Jane Doe jane@example.com", "edgar")
	require.Equal(t, callrankv1.GroundingUnknown, down.GetStatus())
	require.Equal(t, "the fundamentals of HLYD could not be had: EDGAR is unavailable", down.GetReason())
}

func TestFiledNumbersAndConsensusComeFromDifferentProviders(t *testing.T) {
	t.Parallel()
	sec, prep := startSEC(t), fmptest.Start(t)
	prep.Serve("profile", "HLYD", []byte(`[{"symbol": "HLYD", "companyName": "Halyard Cloud Systems, Inc.", "sector": "Technology", "currency": "USD", "price": 12.5, "marketCap": 2500000000}]`))
	prep.Serve("analyst-estimates", "HLYD", []byte(`[{"symbol": "HLYD", "date": "2026-01-31", "revenueAvg": 1100000000, "netIncomeAvg": 40000000, "epsAvg": 0.2, "numAnalystsRevenue": 4, "numAnalystsEps": 4}]`))
	ask := func(more ...string) *callrankv1.Grounding {
		out, _, err := execute(t, append([]string{
			"analyze", "--format", "json", "--log-level", "error", "--edgar-contact", "Jane Doe jane@example.com", "--edgar-url", sec.URL,
			"--fmp-key", fmptest.Key, "--fmp-url", prep.URL, "--fmp-rate", "6000", sampleFile(t, "HLYD_2026Q1.txt"),
		}, more...)...)
		require.NoError(t, err)
		return analysisOf(t, out).GetGrounding()
	}
	both := ask("--providers", "edgar,fmp")
	require.Equal(t, "SEC EDGAR, CIK 0001234567: 10-K 0001234567-25-031900", both.GetBase().GetOrigin().GetSource())
	require.Equal(t, int32(2026), both.GetConsensus().GetFiscalYear())
	require.InDelta(t, 1.1e9, both.GetConsensus().GetRevenue(), 0)
	require.Equal(t, "Financial Modeling Prep: analysts' estimates of 2026-01-31", both.GetConsensus().GetOrigin().GetSource())
	require.InDelta(t, 12.5, both.GetValuation().GetPrice(), 0)

	alone := ask("--providers", "edgar")
	require.Contains(t, strings.Join(alone.GetConsensus().GetArithmetic(), "\n"), "FY2026 is not known: not among the SEC's company facts")

	prep.Fail("HLYD", http.StatusServiceUnavailable)
	down := ask("--providers", "edgar,fmp")
	require.InDelta(t, 880e6, down.GetBase().GetRevenue(), 0)
	require.Contains(t, strings.Join(down.GetConsensus().GetArithmetic(), "\n"), "FMP is unavailable")

	require.NotContains(t, down.String(), fmptest.Key)
}

func TestFilesThatFailAreToldAndTheOthersDone(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "empty.txt")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	out, problems, err := execute(t, "analyze", "--format", "json", "missing.txt", empty, sampleFile(t, "HLYD_2025Q4.txt"))
	require.ErrorIs(t, err, errSomeFailed)
	require.Contains(t, problems, "missing.txt")
	require.Contains(t, problems, "empty.txt: not a transcript")
	require.Equal(t, "HLYD-2025Q4", analysisOf(t, out).GetCall().GetId())
}

func TestTableIsForEyes(t *testing.T) {
	t.Parallel()
	out, _, err := execute(t, "analyze", "--fundamentals", filepath.Join("..", "..", "pkg", "samples", "fundamentals"), sampleFile(t, "HLYD_2026Q1.txt"))
	require.NoError(t, err)
	for _, want := range []string{"HLYD · Halyard Cloud Systems", "Conviction", "Talk (enthusiasm)", "Claims", "Grounded impact", "In their words", "Asked about AI"} {
		require.Contains(t, out, want)
	}
}

func TestWrongUsageIsAnErrorOfUsage(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string][]string{
		"no file":                  {"analyze"},
		"no such format":           {"analyze", "--format", "xml", "f"},
		"facts for many files":     {"analyze", "--ticker", "A", "f", "g"},
		"no ticker":                {"analyze", "--ticker", "not a ticker", "f"},
		"no date":                  {"analyze", "--date", "tomorrow", "f"},
		"no such date":             {"analyze", "--date", "2026-02-30", "f"},
		"no number of companies":   {"top", "-n", "0"},
		"live JSON":                {"top", "--live", "--format", "json"},
		"two ways to sign in":      {"top", "--nats-token", "a", "--nats-user", "b"},
		"a log level that is none": {"analyze", "--log-level", "loud", "f"},
		"no such provider":         {"analyze", "--providers", "files,yahoo", "f"},
		"a provider twice":         {"analyze", "--providers", "files,files", "f"},
		"a provider without a key": {"analyze", "--providers", "fmp", "f"},
		"the SEC without a name":   {"analyze", "--providers", "edgar", "f"},
		"too much for the SEC":     {"analyze", "--providers", "edgar", "--edgar-contact", "J j@example.com", "--edgar-rate", "20", "f"},
		"files that nobody reads":  {"analyze", "--providers", "edgar", "--edgar-contact", "J j@example.com", "--fundamentals", ".", "f"},
		"up with no such provider": {"up", "--providers", "yahoo"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := execute(t, arguments...)
			var usage *settings.UsageError
			require.ErrorAs(t, err, &usage)
		})
	}
}

func TestFlagsComeFromTheEnvironmentToo(t *testing.T) {
	t.Setenv("CALLRANK_FORMAT", "json")
	out, _, err := execute(t, "analyze", sampleFile(t, "HLYD_2025Q4.txt"))
	require.NoError(t, err)
	require.Equal(t, "HLYD-2025Q4", analysisOf(t, out).GetCall().GetId())
	out, _, err = execute(t, "analyze", "--format", "table", sampleFile(t, "HLYD_2025Q4.txt"))
	require.NoError(t, err)
	require.Contains(t, out, "Conviction", "the flag wins")
	t.Setenv("CALLRANK_N", "")
	t.Setenv("CALLRANK_NUMBER", "s3cret")
	_, _, err = execute(t, "top")
	require.ErrorContains(t, err, "CALLRANK_NUMBER")
	require.NotContains(t, err.Error(), "s3cret")
}

func TestAnalyzeExplainsWhatItCounts(t *testing.T) {
	t.Parallel()
	file := sampleFile(t, "HLYD_2026Q1.txt")

	out, _, err := execute(t, "analyze", "--explain", file)
	require.NoError(t, err)
	require.Contains(t, out, "counted as core because")
	require.Contains(t, out, "a claim: ")

	var told, everything struct {
		Explanations []struct {
			Text     string `json:"text"`
			Claim    bool   `json:"claim"`
			Because  string `json:"because"`
			ForClaim []struct {
				Points float64 `json:"points"`
			} `json:"for_claim"`
		} `json:"explanations"`
	}
	out, _, err = execute(t, "analyze", "--format", "json", "--explain", file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal([]byte(out), &told))
	require.NotEmpty(t, told.Explanations)
	for _, x := range told.Explanations {
		require.True(t, x.Claim, x.Text)
		require.True(t, strings.HasPrefix(x.Because, "counted as "), x.Because)
		require.NotEmpty(t, x.ForClaim)
	}
	out, _, err = execute(t, "analyze", "--format", "json", "--explain=all", file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal([]byte(out), &everything))
	require.GreaterOrEqual(t, len(everything.Explanations), len(told.Explanations))

	_, _, err = execute(t, "analyze", "--explain=much", file)
	require.Error(t, err)
}
