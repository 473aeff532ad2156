package providers_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/providers"
	"github.com/callrank/callrank/pkg/tests/fmptest"
)

// FuzzFMP answers one endpoint with anything: what comes of it is a company all
// of whose figures have a date and a source, or an error of a known kind.
func FuzzFMP(f *testing.F) {
	for _, answer := range []string{
		`[]`, `null`, `{}`, `[null]`, `[{}]`, `[{"symbol": "TRVL"}]`, `[{"symbol": "TRVL", "date": "2027-01-31", "revenueAvg": 1e999999999, "epsAvg": "x"}]`,
		`[{"symbol": "TRVL", "date": "2026-01-31", "fiscalYear": "99999", "period": "FY", "reportedCurrency": "USD", "revenue": -1}]`,
		`[{"symbol": "TRVL", "date": "0001-01-01", "fiscalYear": 2025, "period": "Q4", "data": {"": 1, "Carriers": -1, "Service": null}}]`,
		`[{"symbol": "TRVL", "price": 0, "marketCap": -5, "currency": "USD", "timestamp": -1}]`,
		`[{"symbol": "TRVL", "newPositions": -1, "increasedPositions": 1.5, "reducedPositions": 1e15, "date": "2026-03-31"}]`,
	} {
		for endpoint := range endpoints {
			f.Add(endpoint, answer)
		}
	}
	server := fmptest.Start(f)
	server.Invent(f)
	f.Fuzz(func(t *testing.T, endpoint int, answer string) {
		name := endpoints[max(endpoint, 0)%len(endpoints)]
		server.Break(name, body(answer))
		defer server.Break(name, nil)
		config := providers.DefaultFMP()
		config.API.Key, config.API.URL = fmptest.Key, server.URL
		source, err := providers.QuickFMP(config, func() time.Time { return springOf2026 }, time.Minute)
		require.NoError(t, err)
		c, err := source.Company(t.Context(), fmptest.Symbol)
		if _, broken := errors.AsType[*fundamentals.FieldError](err); broken || errors.Is(err, fundamentals.ErrUnknown) || errors.Is(err, fundamentals.ErrRefused) {
			return
		}
		require.NoError(t, err)
		require.NotContains(t, c.Why(fundamentals.TopicConsensus), fmptest.Key)
		dated := func(k fundamentals.Known) {
			_, err := time.Parse(time.DateOnly, k.On)
			require.NoError(t, err)
			require.NotEmpty(t, c.Origin(k))
		}
		for _, a := range c.Actuals {
			dated(a.Known)
		}
		for _, q := range c.Quarters {
			dated(q.Known)
		}
		for _, e := range c.Consensus {
			dated(e.Known)
		}
		for _, s := range c.Segments {
			dated(s.Known)
			require.True(t, s.Revenue.Decimal.IsPositive())
		}
		require.Equal(t, c.AsOf("2026-05-20"), c.AsOf(""))
	})
}
