package transcript_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func TestACallIsNamedByTickerAndPeriodOrElseDate(t *testing.T) {
	t.Parallel()
	require.Equal(t, "AMZN-2025Q4", transcript.CallID("AMZN", transcript.Period{Year: 2025, Quarter: 4}, "2026-02-05"))
	require.Equal(t, "BRK-B-2025Q1", transcript.CallID("BRK-B", transcript.Period{Year: 2025, Quarter: 1}, ""))
	require.Equal(t, "TRN-2025H1", transcript.CallID("TRN", transcript.Period{Year: 2025, Half: 1}, "2025-08-01"))
	require.Equal(t, "AMZN-20260205", transcript.CallID("AMZN", transcript.Period{}, "2026-02-05"))
	require.Equal(t, "AMZN-20260205", transcript.CallID("AMZN", transcript.Period{Year: 2025}, "2026-02-05"), "a year without a quarter is no period")
	require.Empty(t, transcript.CallID("AMZN", transcript.Period{}, ""))
	require.Empty(t, transcript.CallID("AMZN", transcript.Period{}, "2026-02-30"), "no such day")
	require.Empty(t, transcript.CallID("", transcript.Period{Year: 2025, Quarter: 4}, "2026-02-05"))
}

func TestPeriodsAreReadAsTheyAreTyped(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"2025Q4": "2025Q4", "FY2025Q4": "2025Q4", "2025 q4": "2025Q4", "2025-Q4": "2025Q4", "Q4 FY2025": "2025Q4", "q4-2025": "2025Q4", " Q42025 ": "2025Q4",
		"2025H1": "2025H1", "H2 FY2025": "2025H2", "fy2025 h2": "2025H2",
	} {
		p, err := transcript.ParsePeriod(given)
		require.NoError(t, err, given)
		require.Equal(t, want, p.String(), given)
	}
	for _, given := range []string{"", "2025", "2025Q5", "2025Q0", "2025H3", "25Q4", "2025X1", "Q4", "1025Q4", "2025Q44", "Q1Q2 2025"} {
		_, err := transcript.ParsePeriod(given)
		require.Error(t, err, given)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := transcript.Period{Year: rapid.IntRange(1990, 2099).Draw(t, "year")}
		if rapid.Bool().Draw(t, "by half-year") {
			p.Half = rapid.IntRange(1, 2).Draw(t, "half")
		} else {
			p.Quarter = rapid.IntRange(1, 4).Draw(t, "quarter")
		}
		again, err := transcript.ParsePeriod(p.String())
		require.NoError(t, err)
		require.Equal(t, p, again)
	})
}

func TestAStatedQuarterTellsMoreThanItsHalf(t *testing.T) {
	t.Parallel()
	src, err := transcript.Decode([]byte(opened("Welcome to Halyard Grocers' half-year 2025 results call.")))
	require.NoError(t, err)
	got, err := transcript.Read(src, transcript.Facts{Ticker: "HLYD", FiscalYear: 2025, FiscalQuarter: 2, FiscalHalf: 1})
	require.NoError(t, err)
	require.Equal(t, "HLYD-2025Q2", got.GetCall().GetId())
	require.Nil(t, got.GetCall().FiscalHalf)
	require.Zero(t, warnings(got)[callrankv1.WarnContradictingFacts], "the half ends with the quarter")
	got, err = transcript.Read(src, transcript.Facts{Ticker: "HLYD", FiscalYear: 2025, FiscalHalf: 2})
	require.NoError(t, err)
	require.Equal(t, "HLYD-2025H2", got.GetCall().GetId())
	require.Equal(t, 1, warnings(got)[callrankv1.WarnContradictingFacts])
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
	require.NoError(t, transcript.Facts{FiscalYear: 2025, FiscalHalf: 1}.Validate())
	require.NoError(t, transcript.Facts{FiscalYear: 2025, FiscalQuarter: 2, FiscalHalf: 1}.Validate())
	for name, f := range map[string]transcript.Facts{
		"a company for a ticker":   {Ticker: "Amazon.com, Inc."},
		"a name that is no text":   {Company: "Halyard\xff"},
		"a fifth quarter":          {FiscalYear: 2025, FiscalQuarter: 5},
		"a third half":             {FiscalYear: 2025, FiscalHalf: 3},
		"a half without a year":    {FiscalHalf: 1},
		"a quarter in no half":     {FiscalYear: 2025, FiscalQuarter: 3, FiscalHalf: 1},
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
		year, quarter, half   int32
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
		"the first half of a year": {
			opening: "Good morning, and welcome to the Halyard Grocers first half 2025 results presentation.",
			company: "Halyard Grocers", year: 2025, half: 1,
		},
		"a half-year without its number": {
			opening: "Welcome to Halyard Grocers' half-year 2025 results call.",
			company: "Halyard Grocers", year: 2025, half: 1,
		},
		"the whole year and its second half": {
			opening: "Welcome to Halyard Grocers' full-year and second-half 2025 results call.",
			company: "Halyard Grocers", year: 2025, half: 2,
		},
		"a quarter and the half that it ends": {
			opening: "Welcome to Halyard Grocers' second quarter and half-year 2025 results call.",
			company: "Halyard Grocers", year: 2025, quarter: 2,
		},
		"a half, and the quarter without its year": {
			opening: "Welcome to Halyard Grocers' half-year 2025 results call. On this call we go through our second quarter results.",
			company: "Halyard Grocers", year: 2025, quarter: 2,
		},
		"the half of a quarterly call that names another quarter": {
			opening: "Welcome to Halyard Grocers' third quarter earnings call. On this call we go through results for the first half of 2025.",
			company: "Halyard Grocers",
		},
		"a half that lies ahead": {
			opening: "Welcome to this call. We expect results for the second half of 2025 to be better. Our outlook for the second half of 2025 results is good.",
		},
		"a half-year that ends with the calendar's": {
			opening: "Welcome to this review of our results. The half-year ended 30 June 2025.",
			year:    2025, half: 1,
		},
		"a half-year that ends otherwise tells no fiscal year": {
			opening: "Welcome to this review of our results. The half-year ended 31 December 2024.",
		},
		"a year of which no half is named": {
			opening: "Welcome to Halyard Grocers' full-year 2025 results call.",
			company: "Halyard Grocers",
		},
		"the fourth quarter of a fiscal year that ends in June": {
			opening: "Welcome to Halyard Grocers' fourth quarter of fiscal 2025 earnings call. As of today, August 14, 2025, that is.",
			company: "Halyard Grocers", year: 2025, quarter: 4, date: "2025-08-14",
		},
		"the first quarter of a fiscal year ahead of the calendar's": {
			opening: "Welcome to Halyard Grocers' Q1 FY'26 earnings call. As of today, November 6, 2025, that is.",
			company: "Halyard Grocers", year: 2026, quarter: 1, date: "2025-11-06",
		},
		"the fourth quarter of a fiscal year named by its start": {
			opening: "Welcome to Halyard Grocers' fourth quarter fiscal 2024 earnings call. As of today, March 4, 2025, that is.",
			company: "Halyard Grocers", year: 2024, quarter: 4, date: "2025-03-04",
		},
		"a fiscal year named by both years": {
			opening: "Welcome to Halyard Grocers' first quarter 2025/26 earnings call.",
			company: "Halyard Grocers", year: 2026, quarter: 1,
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
			require.Equal(t, c.half, call.GetFiscalHalf())
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
		"Halyard Cloud Systems (HLYD) H1 2025 Earnings Call":                                                "Halyard Cloud Systems HLYD-2025H1 ",
		"Halyard Cloud Systems plc (LSE: HLYD) Half Year 2025 Earnings Call Aug 1, 2025":                    "Halyard Cloud Systems plc HLYD-2025H1 2025-08-01",
		"HLYD.L - Half Year 2025 Halyard PLC Earnings Call":                                                 "Halyard PLC HLYD-2025H1 ",
		"HLYD.L - Full Year 2025 Halyard PLC Earnings Call, Feb 5, 2026":                                    "Halyard PLC HLYD-20260205 2026-02-05",
		"Halyard (HLYD) Full-Year and Second-Half 2025 Earnings Call":                                       "Halyard HLYD-2025H2 ",
		"Halyard (HLYD) Second Quarter and Half-Year 2025 Results Call":                                     "Halyard HLYD-2025Q2 ",
		"Halyard (HLYD) Half-Year 2025 and Second Quarter Results Call":                                     "Halyard HLYD-2025Q2 ",
		"Halyard (HLYD) Q2 2025 Earnings Call on the first half of 2025":                                    "Halyard HLYD-2025Q2 ",
		"Halyard (HLYD) Q2 Earnings Call on the second half of 2025":                                        "Halyard  ",
		"Halyard (HLYD) Full Year 2025 Results Call February 5, 2026":                                       "Halyard HLYD-20260205 2026-02-05",
		"Halyard (HLYD) Fourth Quarter of Fiscal 2025 Earnings Call August 14, 2025":                        "Halyard HLYD-2025Q4 2025-08-14",
		"Halyard (HLYD) FY'26 Q1 Earnings Call November 6, 2025":                                            "Halyard HLYD-2026Q1 2025-11-06",
		"Halyard (HLYD) Q1 FY2025/26 Earnings Call August 6, 2025":                                          "Halyard HLYD-2026Q1 2025-08-06",
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
