package report_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
)

func TestTheIDOfACallTellsItsPeriod(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"AMZN-2025Q4": "Q4 FY2025", "TARN-2025H1": "H1 FY2025", "BRK-B-20260205": "2026-02-05", "odd": "odd", "": "", "A-Q": "A-Q",
	} {
		require.Equal(t, want, report.PeriodOfID(id))
	}
}

func TestAssumptionsInTheirUnits(t *testing.T) {
	t.Parallel()
	require.Equal(t, "21%", report.Assumed(&callrankv1.Assumption{Name: "tax_rate", Value: 0.21}))
	require.Equal(t, "6 years", report.Assumed(&callrankv1.Assumption{Name: "useful_life_years", Value: 6}))
}

func TestThePeriodOfACall(t *testing.T) {
	t.Parallel()
	require.Equal(t, "Q4 FY2025", report.Period(&callrankv1.Call{FiscalYear: new(int32(2025)), FiscalQuarter: new(int32(4))}))
	require.Equal(t, "H1 FY2025", report.Period(&callrankv1.Call{FiscalYear: new(int32(2025)), FiscalHalf: new(int32(1))}))
	require.Equal(t, report.Dash, report.Period(&callrankv1.Call{FiscalYear: new(int32(2025))}))
	require.Equal(t, report.Dash, report.Period(nil))
}
