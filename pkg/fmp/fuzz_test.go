package fmp_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/fmp"
)

// FuzzAnswer answers with anything: what comes of it is a document of one
// transcript, or an error of a known kind that is fit to be printed.
func FuzzAnswer(f *testing.F) {
	for _, body := range []string{
		"", "[]", "null", `[{"content":"Operator: Good day."}]`, `[{"content":"a"},{"content":"ab"}]`, `[{"content":"cut`,
		`{"Error Message":"Limit Reach"}`, `{"Error Message":"no such key: ` + key + `"}`, "<html>", "Premium \x1b[31m" + key, `[{"content":7}]`, `[{"fiscalYear":"` + strings.Repeat("9", 3000) + `"}]`,
	} {
		for _, status := range []int{200, 302, 401, 404, 429, 503} {
			f.Add(status, body, "0")
		}
	}
	f.Add(429, "", "99999999999999999999")
	f.Add(429, "", "Wed, 21 Oct 2099 07:28:00 GMT")
	f.Fuzz(func(t *testing.T, status int, body, retryAfter string) {
		config := hasty(fmp.DefaultURL)
		config.Tries = 2
		config.Through(&script{answers: []func() *http.Response{answered(status, body, retryAfter)}})
		client := open(t, config)
		document, err := client.Transcript(context.Background(), "TRVL", 2025, 3)
		if err == nil {
			var entries []struct {
				Content string `json:"content"`
			}
			require.NoError(t, json.Unmarshal(document, &entries))
			require.Len(t, entries, 1)
			require.NotEmpty(t, strings.TrimSpace(entries[0].Content))
		}
		requireFit(t, err)
		calls, err := client.TranscriptDates(context.Background(), "TRVL")
		for _, call := range calls {
			require.Contains(t, []int{0, 1, 2, 3, 4}, call.FiscalQuarter)
		}
		requireFit(t, err)
	})
}

// requireFit wants an error, if there is one, to be of a known kind and fit to
// be printed.
func requireFit(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	kinds := 0
	for _, kind := range []error{fmp.ErrNone, fmp.ErrRefused, fmp.ErrUnreadable, fmp.ErrPassing} {
		if errors.Is(err, kind) {
			kinds++
		}
	}
	require.Equal(t, 1, kinds)
	require.Contains(t, []int{0, 1, 2}, problemOf(t, err).Tries)
	text := err.Error()
	require.NotContains(t, text, key)
	require.Less(t, len(text), 1000)
	require.True(t, utf8.ValidString(text))
	require.False(t, strings.ContainsFunc(text, unicode.IsControl), "%q", text)
}
