package fundamentals_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/fundamentals"
)

func TestOutages(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	edgar := fundamentals.Outage{Provider: "EDGAR", RetryAt: noon.Add(time.Minute), Reason: "it answers 503"}
	other := fundamentals.Outage{Provider: "FMP", RetryAt: noon, Reason: "no answer"}

	t.Run("are those of an incomplete company", func(t *testing.T) {
		t.Parallel()
		whole := &fundamentals.Company{Ticker: "HLYD"}
		require.Empty(t, fundamentals.Outages(whole, nil))
		partial := whole.WithOutages(edgar)
		require.Equal(t, []fundamentals.Outage{edgar}, fundamentals.Outages(partial, nil))
		require.Empty(t, whole.Outages, "the company itself is not changed")
	})

	t.Run("are those of an error that passes", func(t *testing.T) {
		t.Parallel()
		down := errors.New("connection refused")
		err := fmt.Errorf("no source answered: %w", &fundamentals.OutageError{Outages: []fundamentals.Outage{edgar, other}, Err: down})
		require.ErrorIs(t, err, down)
		require.Equal(t, []fundamentals.Outage{edgar, other}, fundamentals.Outages(nil, err))
		require.ErrorContains(t, err, "EDGAR is unavailable: it answers 503 (to be asked again from 2026-05-01T12:01:00Z); FMP is")
		require.Equal(t, []fundamentals.Outage{{Reason: "connection refused"}}, fundamentals.Outages(nil, down))
	})

	t.Run("are none where the answer stands", func(t *testing.T) {
		t.Parallel()
		for _, err := range []error{
			nil, fundamentals.ErrUnknown, fundamentals.ErrRefused, &fundamentals.FieldError{Problem: "cut"},
			fmt.Errorf("read: %w", fundamentals.ErrUnknown),
		} {
			require.Empty(t, fundamentals.Outages(nil, err))
		}
	})

	t.Run("are over for the first provider at the earliest moment that is known", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, noon, fundamentals.RetryAt([]fundamentals.Outage{edgar, {Reason: "unknown"}, other}))
		require.True(t, fundamentals.RetryAt([]fundamentals.Outage{{Reason: "unknown"}}).IsZero())
		require.True(t, fundamentals.RetryAt(nil).IsZero())
	})
}
