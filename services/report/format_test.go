package report_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/services/report"
)

func TestFiguresAsPeopleReadThem(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		report.Money(15_000_000_000, "USD"):    "$15.0B",
		report.Money(364_000_000_000, "USD"):   "$364B",
		report.Money(2_787_900_000_000, "USD"): "$2.79T",
		report.Money(-450_000_000, "EUR"):      "-€450M",
		report.Money(999_960_000, "USD"):       "$1.0B",
		report.Money(1_240_000, "CHF"):         "CHF 1.24M",
		report.Money(12.5, "USD"):              "$12.5",
		report.Scaled(300_000):                 "300K",
		report.Percent(4.1845):                 "4.2%",
		report.Change(4.1845):                  "+4.2%",
		report.Change(-12.04):                  "-12.0%",
		report.Change(-0.04):                   "0.0%",
		report.Points(66.666):                  "66.67",
		report.Points(40):                      "40",
		report.Score(9):                        "9.0",
		report.Maybe(nil, report.Score):        "–",
		report.Word(nil):                       "–",
	}
	for got, want := range cases {
		require.Equal(t, want, got)
	}
}
