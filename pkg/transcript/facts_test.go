package transcript_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func TestACallIsNamedByTickerAndPeriodOrElseDate(t *testing.T) {
	t.Parallel()
	require.Equal(t, "AMZN-2025Q4", transcript.CallID("AMZN", 2025, 4, "2026-02-05"))
	require.Equal(t, "BRK-B-2025Q1", transcript.CallID("BRK-B", 2025, 1, ""))
	require.Equal(t, "AMZN-20260205", transcript.CallID("AMZN", 0, 0, "2026-02-05"))
	require.Equal(t, "AMZN-20260205", transcript.CallID("AMZN", 2025, 0, "2026-02-05"), "a year without a quarter is no period")
	require.Empty(t, transcript.CallID("AMZN", 0, 0, ""))
	require.Empty(t, transcript.CallID("AMZN", 0, 0, "2026-02-30"), "no such day")
	require.Empty(t, transcript.CallID("", 2025, 4, "2026-02-05"))
}

func TestTickersAreWrittenAsTheSECDoes(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"AMZN": "AMZN", "amzn": "AMZN", "BRK.B": "BRK-B", "brk/b": "BRK-B", "BF-A": "BF-A", "0700": "0700", "V": "V",
	} {
		got, err := transcript.NormaliseTicker(given)
		require.NoError(t, err, given)
		require.Equal(t, want, got)
	}
	spaced, err := transcript.NormaliseTicker(" hlyd\n")
	require.NoError(t, err)
	require.Equal(t, "HLYD", spaced)
	for _, given := range []string{"", " ", "-A", "A B", "AMAZON.COM, INC", "NYSE:V", "ABCDEFGHIJKLM", "ÄÖ", "$AMZN"} {
		_, err := transcript.NormaliseTicker(given)
		require.Error(t, err, given)
	}
}

func TestFactsThatCannotBeTrueAreReported(t *testing.T) {
	t.Parallel()
	require.NoError(t, transcript.Facts{}.Validate())
	require.NoError(t, transcript.Facts{Ticker: "BRK.B", FiscalYear: 2025, FiscalQuarter: 4, CallDate: "2026-02-05"}.Validate())
	require.NoError(t, transcript.Facts{FiscalYear: 2025}.Validate())
	for name, f := range map[string]transcript.Facts{
		"a company for a ticker":   {Ticker: "Amazon.com, Inc."},
		"a name that is no text":   {Company: "Halyard\xff"},
		"a fifth quarter":          {FiscalYear: 2025, FiscalQuarter: 5},
		"a negative quarter":       {FiscalYear: 2025, FiscalQuarter: -1},
		"a quarter without a year": {FiscalQuarter: 2},
		"a year of two figures":    {FiscalYear: 25},
		"a day that never was":     {CallDate: "2026-02-30"},
		"a date not in ISO 8601":   {CallDate: "Feb. 5, 2026"},
		"a date long ago":          {CallDate: "0026-02-05"},
	} {
		require.Error(t, f.Validate(), name)
	}
	src, err := transcript.Decode([]byte(setFlat(t, halyard())))
	require.NoError(t, err)
	_, err = transcript.Read(src, transcript.Facts{FiscalYear: 2025, FiscalQuarter: 9})
	require.ErrorContains(t, err, "stated facts")
}

func TestWhatIsStatedWinsAndAContradictionIsAWarning(t *testing.T) {
	t.Parallel()
	src, err := transcript.Decode([]byte(setSeekingAlphaRoles(t, halyard())))
	require.NoError(t, err)
	got, err := transcript.Read(src, transcript.Facts{Ticker: "hal.b", FiscalYear: 2026, FiscalQuarter: 1, CallDate: "2026-02-06"})
	require.NoError(t, err)
	require.Equal(t, "HAL-B-2026Q1", got.GetCall().GetId())
	require.Equal(t, "2026-02-06", got.GetCall().GetCallDate())
	require.Equal(t, map[string]int{callrankv1.WarnContradictingFacts: 3}, warnings(got), "ticker, period and date")
	for _, w := range got.GetWarnings() {
		require.NotNil(t, w.GetSource(), "the place that disagrees is shown")
	}
}

func warnings(got *callrankv1.Transcript) map[string]int {
	codes := map[string]int{}
	for _, w := range got.GetWarnings() {
		codes[w.GetCode()]++
	}
	return codes
}

func TestEveryFactShowsWhereItWasFound(t *testing.T) {
	t.Parallel()
	src, got := read(t, setSeekingAlphaRoles(t, halyard()))
	found := map[string]string{}
	for _, e := range got.GetCall().GetEvidence() {
		if e.GetSource() != nil {
			found[e.GetFact()+" by "+e.GetOrigin()] = said(src, e.GetSource())
		}
	}
	require.Equal(t, "HLYD", found["ticker by title"])
	require.Equal(t, "Halyard Cloud Systems, Inc.", found["company by title"])
	require.Equal(t, "Q4 2025", found["period by title"])
	require.Equal(t, "February 5, 2026", found["date by title"])
	require.Equal(t, "fourth quarter 2025", found["period by speech"])
	require.Equal(t, "February 5, 2026", found["date by speech"])
}

// opened is a flat call that opens with the given words.
func opened(words string) string {
	return words + " Thank you for joining us today. All participants are in a listen-only mode. Good afternoon, everyone. We are pleased with the quarter. " +
		"Revenue grew, and the margin was a little higher than we had thought. We think that next year will be like this one. With that, let us take your questions. " +
		"Thank you for taking my question. How is the weather? It is fine, thank you. This concludes the call. You may now disconnect."
}

func TestFactsAreReadFromWhatIsSaid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		opening               string
		ticker, company, date string
		year, quarter         int32
	}{
		"a well-known company by its name": {
			opening: "Good day, and welcome to the Amazon.com first quarter 2025 financial results teleconference.",
			ticker:  "AMZN", company: "Amazon.com, Inc.", year: 2025, quarter: 1,
		},
		"a company that is not known": {
			opening: "Welcome to the Halyard Cloud Systems fourth quarter 2025 earnings call.",
			company: "Halyard Cloud Systems", year: 2025, quarter: 4,
		},
		"a possessive": {
			opening: "Welcome to Okta's first quarter of fiscal 2026 earnings webcast.",
			ticker:  "OKTA", company: "Okta, Inc.", year: 2026, quarter: 1,
		},
		"the possessive of a plural": {
			opening: "Welcome to Halyard Grocers' third quarter 2025 earnings call.",
			company: "Halyard Grocers", year: 2025, quarter: 3,
		},
		"the possessive of a legal form": {
			opening: "Welcome to Halyard Grocers, Inc.’s third quarter 2025 earnings call.",
			company: "Halyard Grocers, Inc.", year: 2025, quarter: 3,
		},
		"a company that begins like a quarter": {
			opening: "Welcome to the First Halyard Trust first quarter 2025 earnings call.",
			company: "First Halyard Trust", year: 2025, quarter: 1,
		},
		"the period before the company": {
			opening: "Welcome to the second quarter fiscal 2024 Hewlett Packard Enterprise earnings conference call.",
			ticker:  "HPE", company: "Hewlett Packard Enterprise Company", year: 2024, quarter: 2,
		},
		"the fiscal year before the quarter": {
			opening: "Welcome to the Microsoft fiscal year 2025 fourth quarter earnings conference call.",
			ticker:  "MSFT", company: "Microsoft Corporation", year: 2025, quarter: 4,
		},
		"a host": {
			opening: "The conference call for the third quarter of 2024 is hosted by Intuit. Please go ahead.",
			ticker:  "INTU", company: "Intuit Inc.", year: 2024, quarter: 3,
		},
		"the date of today": {
			opening: "Our comments on the call for the third quarter of 2024 reflect our views as of today, October 30th, 2024, only.",
			year:    2024, quarter: 3, date: "2024-10-30",
		},
		"the date of the recording": {
			opening: "This conference is being recorded today, Wednesday, 13th of March 2019.",
			date:    "2019-03-13",
		},
		"a comparison is not the call's period": {
			opening: "Please note that our results are compared with the first quarter of 2023, and that our guidance is for the third quarter of 2024.",
		},
		"the end of a period is not the call's date": {
			opening: "Welcome to the results for the quarter ended March 31, 2025.",
		},
		"a call that is announced is not this one": {
			opening: "Our second quarter 2026 earnings conference call is scheduled for April 28, 2026.",
		},
		"a quarter that ends with the calendar's": {
			opening: "Welcome to this review of our results. The first quarter ended March 31st, 2025.",
			year:    2025, quarter: 1,
		},
		"a quarter that ends otherwise tells no fiscal year": {
			opening: "Welcome to this review of our results. The first quarter ended October 31st, 2025.",
		},
		"the website of a well-known company": {
			opening: "A replay of today's call will be on our website at investor.starbucks.com for a year.",
			ticker:  "SBUX", company: "Starbucks Corporation",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, got := read(t, opened(c.opening))
			call := got.GetCall()
			require.Equal(t, c.ticker, call.GetTicker())
			require.Equal(t, c.company, call.GetCompany())
			require.Equal(t, c.year, call.GetFiscalYear())
			require.Equal(t, c.quarter, call.GetFiscalQuarter())
			require.Equal(t, c.date, call.GetCallDate())
			require.Equal(t, c.ticker == "", warnings(got)[callrankv1.WarnNoTicker] == 1)
			require.Equal(t, c.year == 0, warnings(got)[callrankv1.WarnNoPeriod] == 1)
			require.Equal(t, c.date == "", warnings(got)[callrankv1.WarnNoDate] == 1)
		})
	}
}

func TestFactsAreReadFromTitles(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Halyard Cloud Systems (HLYD) Q4 2025 Earnings Call":                                                "Halyard Cloud Systems HLYD-2025Q4 ",
		"Halyard Cloud Systems, Inc. (NASDAQ:HLYD) Q1 2026 Earnings Conference Call May 5, 2026 5:00 PM ET": "Halyard Cloud Systems, Inc. HLYD-2026Q1 2026-05-05",
		"Halyard Cloud Systems, Inc. (NASDAQ: HLYD, TSX: HLY) Q1 2026 Earnings Call":                        "Halyard Cloud Systems, Inc. HLYD-2026Q1 ",
		"V.F. Corporation (VFC) Q3 2026 Earnings Call January 28, 2026 8:00 AM EST":                         "V.F. Corporation VFC-2026Q3 2026-01-28",
		"Halyard (HLYD -0.40%)Q4 2025 Earnings CallFeb 5, 2026, 5:30 p.m. ET":                               "Halyard HLYD-2025Q4 2026-02-05",
		"Halyard(HLYD+2.97%)Q4 2025 Earnings CallFeb 5, 2026":                                               "Halyard HLYD-2025Q4 2026-02-05",
		"HLYD.OQ - Q2 2022 Halyard Inc Earnings Call":                                                       "Halyard Inc HLYD-2022Q2 ",
		"Enbridge Inc. (ENB:CA) Q3 2025 Earnings Call November 7, 2025":                                     "Enbridge Inc. ENB-2025Q3 2025-11-07",
		"TELUS Corporation (T:CA) Q4 2025 Earnings Call February 12, 2026":                                  "TELUS Corporation TU-2025Q4 2026-02-12",
		"Tarn Holdings plc (T:CA) Q4 2025 Earnings Call":                                                    "Tarn Holdings plc T-TO-2025Q4 ",
		"Berkshire Hathaway Inc. (BRK.B) Q4 2025 Earnings Call":                                             "Berkshire Hathaway Inc. BRK-B-2025Q4 ",
		"Halyard Cloud Systems Fourth Quarter 2025 Earnings Conference Call":                                "Halyard Cloud Systems  ",
	} {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			call := halyard()
			call.said[0].text = "Good afternoon, and welcome. I would now like to turn the call over to Mira Okafor. Please go ahead."
			call.said[1].text = "Thank you, operator, and good afternoon. I will now turn the call over to Tobias."
			document := setSeekingAlphaBare(t, call)
			document = title + document[len(call.title()+" "+call.date+" 4:30 PM EST"):]
			_, got := read(t, document)
			c := got.GetCall()
			require.Equal(t, want, c.GetCompany()+" "+c.GetId()+" "+c.GetCallDate())
		})
	}
}

func TestFactsAreReadFromTheFieldsOfAHeader(t *testing.T) {
	t.Parallel()
	call := halyard()
	document := setSeekingAlphaBare(t, call)
	header := "Company: Halyard Cloud Systems (Cayman)\nTicker: HLYD (NASDAQ)\nPeriod: Q1 2026\nCall date: May 5, 2026\n"
	call.said[0].text, call.said[1].text = "Good afternoon. Please go ahead.", "Thank you. Tobias?"
	body := setSeekingAlphaBare(t, call)
	src, got := read(t, header+body[strings.Index(document, "\n"):])
	require.Equal(t, "HLYD-2026Q1 2026-05-05 Halyard Cloud Systems", got.GetCall().GetId()+" "+got.GetCall().GetCallDate()+" "+got.GetCall().GetCompany())
	for _, e := range got.GetCall().GetEvidence() {
		if e.GetFact() == "ticker" {
			require.Equal(t, "HLYD", said(src, e.GetSource()))
		}
	}
}
