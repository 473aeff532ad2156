package transcript

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDatesAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"May 1, 2025":                                 {"2025-05-01"},
		"as of today, April 30th, 2024, only":         {"2024-04-30"},
		"Thursday, Feb. 5, 2026 at 5 p.m. ET":         {"2026-02-05"},
		"Sept. 3, 2025":                               {"2025-09-03"},
		"Earnings CallApr 30, 2024, 5:30 p.m. ET":     {"2024-04-30"},
		"EVENT DATE/TIME: OCTOBER 25, 2018 / 12:00PM": {"2018-10-25"},
		"Consensus as of Apr-19-2022 1:34 PM":         {"2022-04-19"},
		"20-May-2021":                                 {"2021-05-20"},
		"Wednesday, 13th of March 2019.":              {"2019-03-13"},
		"1 May 2025":                                  {"2025-05-01"},
		"2026-02-05T17:00:00":                         {"2026-02-05"},
		"May\r\n  1,\n2025":                           {"2025-05-01"},
		"from June 30, 2024 to July 1, 2024":          {"2024-06-30", "2024-07-01"},
		"February 30, 2025":                           nil,
		"May 2025":                                    nil,
		"5/1/2025":                                    nil,
		"March of 2020":                               nil,
		"May I ask 25 things in 2025":                 nil,
		"it may 1, 2025":                              nil,
		"12026-02-05":                                 nil,
		"Marketing 5, 2025":                           nil,
	} {
		var got []string
		for _, d := range findDates(text) {
			got = append(got, d.iso)
		}
		require.Equal(t, want, got, text)
	}
}

func TestPeriodsAreReadAsPeopleSayThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"Q4 2025":                                 {"2025Q4"},
		"Q1'22":                                   {"2022Q1"},
		"Q3 FY26":                                 {"2026Q3"},
		"Q3 FY 2022":                              {"2022Q3"},
		"Q2 and fiscal year 2025":                 {"2025Q2"},
		"the Q4 fiscal year '24 call":             {"2024Q4"},
		"FQ1 2022":                                {"2022Q1"},
		"1Q25":                                    {"2025Q1"},
		"1Q'22":                                   {"2022Q1"},
		"(MDB+2.97%)Q1 2025 Earnings":             {"2025Q1"},
		"first quarter 2025":                      {"2025Q1"},
		"first-quarter 2025":                      {"2025Q1"},
		"third quarter of fiscal year 2025":       {"2025Q3"},
		"3rd quarter of 2025":                     {"2025Q3"},
		"first fiscal quarter of 2025":            {"2025Q1"},
		"fiscal third quarter 2025":               {"2025Q3"},
		"fiscal 2025 third quarter":               {"2025Q3"},
		"fiscal 2025's third quarter":             {"2025Q3"},
		"FY26 Q2":                                 {"2026Q2"},
		"2024 second quarter":                     {"2024Q2"},
		"fourth quarter and full year 2024":       {"2024Q4"},
		"fourth quarter and year-end fiscal 2018": {"2018Q4"},
		"fourth quarter, fiscal year 2025":        {"2025Q4"},
		"first quarter\r\nof 2025":                {"2025Q1"},
		"the second quarter was good":             {"0Q2"},
		"Q1 and Q2":                               {"0Q1", "0Q2"},
		"first quarter. 2025 was good":            {"0Q1"},
		"first quarter of 2,025 units":            {"0Q1"},
		"in 2024, second quarter sales":           {"0Q2"},
		"Q&A":                                     nil,
		"a quarter of 2025":                       nil,
		"Q5 2025":                                 nil,
		"10-Q 2025":                               nil,
		"the first half of 2025":                  nil,
		"a third of the quarter":                  nil,
		"fiscal year 2025":                        nil,
		"2Qs 2025":                                nil,
		"the 4th of March":                        nil,
		// A quarter and the half that ends with it.
		"second quarter and half-year 2025":      {"2025Q2"},
		"second quarter and first half 2025":     {"2025Q2"},
		"Q2 and first half of fiscal 2026":       {"2026Q2"},
		"third quarter and nine months 2025":     {"2025Q3"},
		"fourth quarter and second half of 2025": {"0Q4"},
		// Fiscal years that fall into two of the calendar's.
		"fourth quarter of fiscal 2025":        {"2025Q4"},
		"FY'26 Q1":                             {"2026Q1"},
		"FY '26 first quarter":                 {"2026Q1"},
		"Q1 FY'26":                             {"2026Q1"},
		"first quarter of fiscal year 2025/26": {"2026Q1"},
		"Q2 FY 2024-25":                        {"2025Q2"},
		"Q3 FY25/26":                           {"2026Q3"},
		"Q2 2025-26":                           {"2026Q2"},
		"Q4 1999/00":                           {"2000Q4"},
		"Q4 2025-26-27":                        {"2025Q4"},
		"Q4 2025/27":                           {"2025Q4"},
		"Q3 2025-09-30":                        {"2025Q3"},
		"fiscal 2025 fourth quarter, that ended in June 2025": {"2025Q4"},
	} {
		var got []string
		for _, p := range findPeriods(text) {
			got = append(got, p.String())
		}
		require.Equal(t, want, got, text)
	}
}

func TestHalvesAreReadAsPeopleSayThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"H1 2025":                                {"2025H1"},
		"H2'25":                                  {"2025H2"},
		"1H25":                                   {"2025H1"},
		"1H 2025":                                {"2025H1"},
		"2H FY26":                                {"2026H2"},
		"H1 FY'26":                               {"2026H1"},
		"FY26 H1":                                {"2026H1"},
		"HY25":                                   {"2025H1"},
		"HY2025":                                 {"2025H1"},
		"HY 2025 results":                        {"2025H1"},
		"first half 2025 results":                {"2025H1"},
		"first-half 2025":                        {"2025H1"},
		"first half of fiscal 2026":              {"2026H1"},
		"second half of fiscal year 2025":        {"2025H2"},
		"1st half 2025":                          {"2025H1"},
		"first fiscal half of 2025":              {"2025H1"},
		"first half-year 2025":                   {"2025H1"},
		"half-year 2025 results":                 {"2025H1"},
		"half-year results 2025":                 {"2025H1"},
		"Half Year 2025":                         {"2025H1"},
		"half-yearly report 2025":                {"2025H1"},
		"2025 half-year results":                 {"2025H1"},
		"fiscal 2025 first half":                 {"2025H1"},
		"first half earnings of 2025":            {"2025H1"},
		"full-year and second-half 2025":         {"2025H2"},
		"2025 full-year and second-half results": {"2025H2"},
		"half-year 2024/25":                      {"2025H1"},
		"half-year results":                      nil, // of which year?
		"a half year ago, in 2025":               nil,
		"half of 2025":                           nil,
		"third half of 2025":                     nil,
		"the first half was good. 2025 will be too": nil,
		"H100 2025":                 nil,
		"H3 2025":                   nil,
		"the year 2025":             nil,
		"1Half 2025":                nil,
		"first half of 2,025 units": nil,
		"h1 2025":                   nil, // a heading of a page
	} {
		var got []string
		for _, p := range findHalves(text) {
			got = append(got, p.String())
		}
		require.Equal(t, want, got, text)
	}
}
