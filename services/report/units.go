package report

import (
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// PeriodOfID is the period or the date that the id of a call names: Q4 FY2025
// of AMZN-2025Q4, H1 FY2025 of TARN-2025H1, 2026-02-05 of AMZN-20260205.
func PeriodOfID(id string) string {
	period := id[strings.LastIndexByte(id, '-')+1:]
	const year, month, date = 4, 6, 8
	if i := strings.IndexAny(period, "QH"); i == year {
		return period[i:] + " FY" + period[:i]
	}
	if len(period) == date {
		return period[:year] + "-" + period[year:month] + "-" + period[month:]
	}
	return id
}

// Assumed is the value of an assumption in its unit: years for what is a time,
// percent for what is a share.
func Assumed(a *callrankv1.Assumption) string {
	const percent = 100
	if strings.HasSuffix(a.GetName(), "_years") {
		return Points(a.GetValue()) + " years"
	}
	return Points(a.GetValue()*percent) + "%"
}
