package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/pkg/tests/realcalls"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// claimsFile writes text into a file of claims.
func claimsFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "claims.json")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// claimsOf are the claims of an analysis as `verify` takes them.
func claimsOf(a *callrankv1.Analysis) []claimed {
	out := make([]claimed, 0, len(a.GetClaims()))
	for _, c := range a.GetClaims() {
		one := claimed{Quote: c.GetQuote(), Speaker: c.GetSpeaker()}
		for _, f := range c.GetFigures() {
			one.Figures = append(one.Figures, f.GetText())
		}
		out = append(out, one)
	}
	return out
}

// verify runs the command on claims.
func verify(t *testing.T, transcript string, claims []claimed) []verdict {
	t.Helper()
	text, err := json.Marshal(claims)
	require.NoError(t, err)
	out, _, err := execute(t, "verify", "--transcript", transcript, claimsFile(t, string(text)))
	require.NoError(t, err)
	var verdicts []verdict
	require.NoError(t, json.Unmarshal([]byte(out), &verdicts))
	require.Len(t, verdicts, len(claims))
	return verdicts
}

func TestWhatAnalyzePrintsIsVerified(t *testing.T) {
	t.Parallel()
	files := []string{sampleFile(t, "HLYD_2026Q1.txt"), sampleFile(t, "LMRA_2025Q3.json"), sampleFile(t, "NGBC_2026Q1.txt")}
	for _, file := range files {
		out, _, err := execute(t, "analyze", "--format", "json", file)
		require.NoError(t, err)
		claims := claimsOf(analysisOf(t, out))
		require.NotEmpty(t, claims)
		for i, v := range verify(t, file, claims) {
			require.True(t, v.OK, "%q: %s", claims[i].Quote, v.Reason)
			require.NotNil(t, v.Source)
		}
	}
}

func TestWhatAnalyzePrintsOfRealCallsIsVerified(t *testing.T) {
	t.Parallel()
	for _, seed := range []string{"AMZN_2024_Q1.txt", "AMZN_2025_Q1.txt", "AMZN_2025_Q4.txt"} {
		file := realcalls.Path(t, "seeds/"+seed)
		out, _, err := execute(t, "analyze", "--format", "json", file)
		require.NoError(t, err)
		claims := claimsOf(analysisOf(t, out))
		altered := make([]claimed, 0, len(claims))
		for i, v := range verify(t, file, claims) {
			require.True(t, v.OK, "%q: %s", claims[i].Quote, v.Reason)
			a := claims[i]
			a.Quote = strings.NewReplacer("1", "7", "2", "8", "3", "9", "4", "1", "billion", "million", "million", "billion", " is ", " is not ", " a ", " ").Replace(a.Quote)
			if a.Quote != claims[i].Quote {
				altered = append(altered, a)
			}
		}
		for i, v := range verify(t, file, altered) {
			require.False(t, v.OK, altered[i].Quote)
			require.NotEmpty(t, v.Reason)
			require.Nil(t, v.Source)
		}
	}
}

func TestVerdictsComeInTheOrderOfTheClaims(t *testing.T) {
	t.Parallel()
	file := sampleFile(t, "HLYD_2026Q1.txt")
	out, _, err := execute(t, "analyze", "--format", "json", file)
	require.NoError(t, err)
	truth := claimsOf(analysisOf(t, out))[0]
	false1, false2 := truth, truth
	false1.Quote += " And more."
	false2.Speaker = "Nobody Known"
	verdicts := verify(t, file, []claimed{false1, truth, false2})
	require.Equal(t, []bool{false, true, false}, []bool{verdicts[0].OK, verdicts[1].OK, verdicts[2].OK})
	require.Contains(t, verdicts[2].Reason, "Nobody Known")
	require.Empty(t, verify(t, file, []claimed{}))
}

func TestARefusedClaimIsAFailureOnlyWhenStrict(t *testing.T) {
	t.Parallel()
	file := sampleFile(t, "HLYD_2026Q1.txt")
	claims := claimsFile(t, `[{"quote": "We never said this.", "figures": ["5%"], "note": "other fields are left alone"}]`)
	out, _, err := execute(t, "verify", "--transcript", file, claims)
	require.NoError(t, err)
	require.Contains(t, out, `"ok":false`)
	strict, _, err := execute(t, "verify", "--strict", "--transcript", file, claims)
	require.ErrorIs(t, err, errSomeRefused)
	require.Equal(t, out, strict)
}

func TestMalformedClaimsAreRefusedWithTheirPlace(t *testing.T) {
	t.Parallel()
	many := `[` + strings.Repeat(`{"quote":"a"},`, mostClaims) + `{"quote":"a"}]`
	for text, want := range map[string]string{
		"":                                       "line 1, column 1: not JSON: it ends too early",
		"quote":                                  "line 1, column 1: not JSON",
		"{}":                                     "line 1, column 1: wants an array of claims",
		`[{"quote": "a"}`:                        "it ends too early",
		`[{"quote": "a"}] x`:                     "line 1, column 18: something follows",
		`[null]`:                                 "claim 1, line 1, column 2: wants an object, got null",
		`[5]`:                                    "claim 1: line 1, column 2: a claim cannot be a JSON number",
		`[{"quotes": "a"}]`:                      `claim 1, line 1, column 2: "quote" is missing or empty`,
		`[{"quote": "a", "figures": "b"}]`:       `claim 1: line 1, column 30: "figures" cannot be a JSON string`,
		"[{\"quote\": \"a\"},\n {\"quote\": 7}]": `claim 2: line 2, column 12: "quote" cannot be a JSON number`,
		"[{\"quote\": \"a\"},\n {\"quote\" 7}]":  `claim 2: line 2, column 11: not JSON`,
		"[{\"quote\": \"a\"},\n {\"quote\": \"\"}]":                                     `claim 2, line 2, column 2: "quote" is missing`,
		`[{"quote": "` + strings.Repeat("a", mostQuoteBytes+1) + `"}]`:                  `"quote" is longer than`,
		`[{"quote": "a", "figures": [` + strings.Repeat(`"b",`, mostFigures) + `"b"]}]`: `"figures" has more than`,
		many: "more than 10000 claims",
	} {
		claims := claimsFile(t, text)
		_, _, err := execute(t, "verify", "--transcript", sampleFile(t, "HLYD_2026Q1.txt"), claims)
		require.ErrorContains(t, err, want, text[:min(len(text), 60)])
		require.ErrorContains(t, err, claims, "the file is named")
		var usage *settings.UsageError
		require.NotErrorAs(t, err, &usage)
	}
}

func TestVerifyIsCalledWithATranscriptAndClaims(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string][]string{
		"no claims":            {"verify", "--transcript", "f"},
		"no transcript":        {"verify", "claims.json"},
		"both from one stream": {"verify", "--transcript", "-", "-"},
		"no such flag":         {"verify", "--fuzzy", "--transcript", "f", "claims.json"},
	} {
		_, _, err := execute(t, arguments...)
		var usage *settings.UsageError
		require.ErrorAs(t, err, &usage, name)
	}
	_, _, err := execute(t, "verify", "--transcript", "missing.txt", claimsFile(t, "[]"))
	require.ErrorContains(t, err, "missing.txt")
	_, _, err = execute(t, "verify", "--transcript", sampleFile(t, "HLYD_2026Q1.txt"), "missing.json")
	require.ErrorContains(t, err, "missing.json")
}

func FuzzParseClaims(f *testing.F) {
	for _, seed := range []string{`[{"quote":"a","figures":["b"]}]`, `[`, `[{}, 5]`, "\ufeff[]", `[{"quote":1e999}]`, "[{\"quote\":\"\xff\"}]"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		claims, err := parseClaims(text)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		for i := range claims {
			require.NotEmpty(t, claims[i].Quote)
		}
	})
}
