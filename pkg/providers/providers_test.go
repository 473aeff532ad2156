package providers_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/providers"
)

const halyard = `{"ticker": "HLYD", "company": "Halyard, Inc.", "currency": "USD", "as_of": "2026-03-01"}`

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
}

func TestFiles(t *testing.T) {
	t.Parallel()

	t.Run("finds a company by its ticker in any case", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		write(t, dir, "HLYD.json", halyard)
		c, err := providers.Files(dir).Company(t.Context(), "hlyd")
		require.NoError(t, err)
		require.Equal(t, "Halyard, Inc.", c.Name)
		require.Equal(t, "file HLYD.json", c.Document)
	})

	t.Run("sees a change at once", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		source := providers.Files(dir)
		_, err := source.Company(t.Context(), "HLYD")
		require.ErrorIs(t, err, fundamentals.ErrUnknown)
		write(t, dir, "HLYD.json", halyard)
		_, err = source.Company(t.Context(), "HLYD")
		require.NoError(t, err)
		write(t, dir, "HLYD.json", `{"ticker": "HLYD", "company": "Halyard plc", "currency": "USD", "as_of": "2026-03-02"}`)
		c, err := source.Company(t.Context(), "HLYD")
		require.NoError(t, err)
		require.Equal(t, "Halyard plc", c.Name)
	})

	t.Run("knows no company in a directory that is not there", func(t *testing.T) {
		t.Parallel()
		_, err := providers.Files(filepath.Join(t.TempDir(), "none")).Company(t.Context(), "HLYD")
		require.ErrorIs(t, err, fundamentals.ErrUnknown)
	})

	t.Run("names file and field of a broken file", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		write(t, dir, "HLYD.json", `{"ticker": "HLYD", "currency": "USD", "as_of": "2026-03-01", "actuals": [{"fiscal_year": 2025, "revenue": "a lot"}]}`)
		_, err := providers.Files(dir).Company(t.Context(), "HLYD")
		var broken *fundamentals.FieldError
		require.ErrorAs(t, err, &broken)
		require.NotErrorIs(t, err, fundamentals.ErrUnknown)
		require.ErrorContains(t, err, "HLYD.json: actuals[0].revenue: want a number, got a string")
	})

	t.Run("refuses a file of another company", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		write(t, dir, "ACME.json", halyard)
		_, err := providers.Files(dir).Company(t.Context(), "ACME")
		require.ErrorContains(t, err, "ACME.json: ticker: want ACME")
	})

	t.Run("refuses a directory by a company's name", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		require.NoError(t, os.Mkdir(filepath.Join(dir, "HLYD.json"), 0o700))
		_, err := providers.Files(dir).Company(t.Context(), "HLYD")
		require.ErrorContains(t, err, "not a regular file")
	})

	t.Run("never leaves the directory", func(t *testing.T) {
		t.Parallel()
		outside, dir := t.TempDir(), t.TempDir()
		write(t, outside, "HLYD.json", halyard)
		source := providers.Files(dir)
		for _, ticker := range []string{"../HLYD", "/HLYD", filepath.Join(outside, "HLYD"), "", ".", "HLYD\x00"} {
			_, err := source.Company(t.Context(), ticker)
			require.ErrorIs(t, err, fundamentals.ErrUnknown, ticker)
		}
		require.NoError(t, os.Symlink(filepath.Join(outside, "HLYD.json"), filepath.Join(dir, "HLYD.json")))
		_, err := source.Company(t.Context(), "HLYD")
		require.Error(t, err, "a link out of the directory is not followed")
	})

	t.Run("stops when the context is done", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := providers.Files(t.TempDir()).Company(ctx, "HLYD")
		require.ErrorIs(t, err, context.Canceled)
	})

	t.Run("reads an embedded file system alike", func(t *testing.T) {
		t.Parallel()
		source := providers.FilesIn(fstest.MapFS{"HLYD.json": {Data: []byte(halyard)}})
		c, err := source.Company(t.Context(), "HLYD")
		require.NoError(t, err)
		require.Equal(t, "HLYD", c.Ticker)
		_, err = source.Company(t.Context(), "ACME")
		require.ErrorIs(t, err, fundamentals.ErrUnknown)
	})
}

// answer is a source that always says the same.
type answer struct {
	company *fundamentals.Company
	err     error
	asked   int
}

func (a *answer) Company(context.Context, string) (*fundamentals.Company, error) {
	a.asked++
	return a.company, a.err
}

func TestMerged(t *testing.T) {
	t.Parallel()
	errDown := errors.New("server is down")
	known := func(name string) *answer {
		return &answer{company: &fundamentals.Company{
			Name: name, Currency: "USD", Document: name,
			Actuals: []fundamentals.Actual{{FiscalYear: 2025, Known: fundamentals.Known{On: "2026-02-01"}, Revenue: decimal.NewNullDecimal(decimal.New(1, 0))}},
		}}
	}
	unknown := func() *answer { return &answer{err: fundamentals.ErrUnknown} }
	refusing := func() *answer { return &answer{err: fundamentals.ErrRefused} }
	down := func() *answer { return &answer{err: errDown} }
	broken := func() *answer { return &answer{err: &fundamentals.FieldError{Field: "ticker", Problem: "missing"}} }

	t.Run("takes each figure from the first source that has it", func(t *testing.T) {
		t.Parallel()
		second := known("second")
		second.company.Sector = "Technology"
		second.company.Actuals[0].NetIncome = decimal.NewNullDecimal(decimal.New(2, 0))
		second.company.Actuals[0].Revenue = decimal.NewNullDecimal(decimal.New(3, 0))
		c, err := providers.Merged(known("first"), second).Company(t.Context(), "HLYD")
		require.NoError(t, err)
		require.Equal(t, "first", c.Name)
		require.Equal(t, "Technology", c.Sector)
		require.Equal(t, "1", c.Actuals[0].Revenue.Decimal.String())
		require.Equal(t, "2", c.Actuals[0].NetIncome.Decimal.String())
		require.Equal(t, "revenue from first; net income from second", c.Actuals[0].Source)
		require.Empty(t, c.Outages)
	})

	t.Run("says who has nothing, refuses or is down, and that it is incomplete", func(t *testing.T) {
		t.Parallel()
		c, err := providers.Merged(unknown(), down(), known("third"), refusing(), broken()).Company(t.Context(), "HLYD")
		require.NoError(t, err)
		require.Equal(t, "third", c.Name)
		require.Equal(t, []fundamentals.Outage{{Reason: "server is down"}}, c.Outages)
		require.Equal(t, "no such company; server is down; third has none; refused; ticker: missing", c.Why(fundamentals.TopicConsensus))
	})

	t.Run("says unknown only when every source does", func(t *testing.T) {
		t.Parallel()
		_, err := providers.Merged(unknown(), unknown()).Company(t.Context(), "HLYD")
		require.ErrorIs(t, err, fundamentals.ErrUnknown)
		_, err = providers.Merged(unknown(), down(), refusing()).Company(t.Context(), "HLYD")
		require.ErrorIs(t, err, errDown)
		require.NotErrorIs(t, err, fundamentals.ErrUnknown)
		require.NotErrorIs(t, err, fundamentals.ErrRefused)
		require.NotEmpty(t, fundamentals.Outages(nil, err))
		_, err = providers.Merged(unknown(), refusing()).Company(t.Context(), "HLYD")
		require.ErrorIs(t, err, fundamentals.ErrRefused)
		_, err = providers.Merged().Company(t.Context(), "HLYD")
		require.ErrorIs(t, err, fundamentals.ErrUnknown)
	})

	t.Run("does not replace what an operator put first and got wrong", func(t *testing.T) {
		t.Parallel()
		_, err := providers.Merged(broken(), known("last")).Company(t.Context(), "HLYD")
		require.ErrorContains(t, err, "ticker: missing")
	})

	t.Run("stops when the context is done", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		last := known("last")
		_, err := providers.Merged(down(), last).Company(ctx, "HLYD")
		require.ErrorIs(t, err, context.Canceled)
		require.Zero(t, last.asked)
	})
}
