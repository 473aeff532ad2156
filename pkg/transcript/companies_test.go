package transcript_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callrank/callrank/pkg/transcript"
)

// register is a list in the SEC's form, of invented companies.
func register(t require.TestingT, rows ...[3]string) []byte {
	entries := map[string]map[string]any{}
	issuers := map[string]int{}
	for i, row := range rows {
		if _, known := issuers[row[0]]; !known {
			issuers[row[0]] = 1000 + len(issuers)
		}
		entries[strconv.Itoa(i)] = map[string]any{"cik_str": issuers[row[0]], "ticker": row[1], "title": row[2]}
	}
	b, err := json.Marshal(entries)
	require.NoError(t, err)
	return b
}

// registered is the directory of such a list.
func registered(t require.TestingT, rows ...[3]string) *transcript.Companies {
	companies, err := transcript.ParseSECCompanies(register(t, rows...))
	require.NoError(t, err)
	return companies
}

func TestTheTickersOfOneIssuerAreOneCompany(t *testing.T) {
	t.Parallel()
	rows := append(make([][3]string, 0, 12), [3]string{"tarn", "TRN-B", "TARN HOLDINGS INC /DE/"})
	for i := range 9 { // the tenth place comes before the second in an order by letters
		rows = append(rows, [3]string{strconv.Itoa(i), fmt.Sprintf("F%d", i), fmt.Sprintf("Filler Works %d Inc", i)})
	}
	rows = append(rows, [3]string{"tarn", "TRN-A", "TARN HOLDINGS INC /DE/"}, [3]string{"tarn", "TRN-PC", "TARN HOLDINGS INC /DE/"})
	companies := registered(t, rows...)
	require.Equal(t, 10, companies.Len())
	require.Len(t, slices.Collect(companies.All()), 10)
	for _, ticker := range []string{"TRN-B", "trn.a", "TRN/PC"} {
		company, is := companies.ByTicker(ticker)
		require.True(t, is, ticker)
		require.Equal(t, transcript.Company{Ticker: "TRN-B", Name: "Tarn Holdings Inc", OtherTickers: []string{"TRN-A", "TRN-PC"}}, company)
	}
	_, is := companies.ByTicker("TRN")
	require.False(t, is)
	_, is = companies.ByTicker("no ticker")
	require.False(t, is)
}

func TestTheTickerOfTheSharesLeads(t *testing.T) {
	t.Parallel()
	for first, want := range map[string]string{
		"TRNL":   "TRNL", // another class of shares
		"TRN-A":  "TRN-A",
		"TRNH":   "TRN", // notes
		"TRN-PB": "TRN", // preferred shares
		"TRNU":   "TRN", // units
		"GHL":    "GHL",
	} {
		companies := registered(t, [3]string{"tarn", first, "Tarn Partners L.P."}, [3]string{"tarn", "TRN", "Tarn Partners L.P."})
		company, is := companies.ByTicker(first)
		require.True(t, is)
		require.Equal(t, want, company.Ticker, first)
	}
}

func TestNamesOfTheRegisterAreWrittenAsInTitles(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"TARN HOLDINGS INC /DE/":              "Tarn Holdings Inc",
		"TARN HOLDINGS INC/DE":                "Tarn Holdings Inc",
		"TARN HOLDINGS CORP /NEW/":            "Tarn Holdings Corp",
		`TARN BANCORP \DE\`:                   "Tarn Bancorp",
		"TARN CORP/":                          "Tarn Corp",
		"Tarn SE/ADR":                         "Tarn SE",
		"Tarn Shipping Inc./Marshall Islands": "Tarn Shipping Inc.",
		"Tarn Energi A/S":                     "Tarn Energi A/S",
		"T/I HOMES, INC.":                     "T/I Homes, Inc.",
		"Tarn/Ghyll Long/Short Fund":          "Tarn/Ghyll Long/Short Fund",
		"TARN & GHYLL OF AMERICA CO":          "Tarn & Ghyll of America Co",
		"THE BANK OF TARN":                    "The Bank of Tarn",
		"MCTARN'S O'GHYLL INC":                "McTarn's O'Ghyll Inc",
		"TARN-GHYLL REIT LLC":                 "Tarn-Ghyll REIT LLC",
		"T&G INC.":                            "T&G Inc.",
		"TRN III LTD":                         "TRN III Ltd",
		"TARN Corp":                           "Tarn Corp",
		"TRN Tarn Works Inc":                  "TRN Tarn Works Inc",
		"eTarn INC":                           "eTarn INC",
		"ÖSTERTARN AB":                        "Östertarn AB",
	} {
		company, is := registered(t, [3]string{"tarn", "TARN", title}).ByTicker("TARN")
		require.True(t, is)
		require.Equal(t, want, company.Name, title)
	}
}

func TestACompanyIsFoundByItsNameAsItIsSaid(t *testing.T) {
	t.Parallel()
	companies := registered(
		t,
		[3]string{"1", "TRN", "TARN COM INC"},
		[3]string{"2", "GHL", "GHYLL J B FORCE SERVICES INC"},
		[3]string{"3", "BECK", "O BECKS CORP"},
		[3]string{"4", "FELL", "FELL GROUP HOLDING LTD"},
		[3]string{"5", "US", "U S SCREE INC /NV"},
		[3]string{"6", "FEN1", "First Fen /PR/"},
		[3]string{"7", "FEN2", "First Fen /NC/"},
		[3]string{"8", "FEN3", "First Fen, Inc /ME/"},
		[3]string{"9", "MERE", "MERE N V"}, [3]string{"10", "BCK", "OSTERBACK SKOLD AB"},
	)
	for name, want := range map[string]string{
		"Tarn.com":                     "TRN",
		"TARN.COM, Incorporated":       "TRN",
		"J.B. Ghyll Force Services":    "GHL",
		"Ghyll J B Force Services Inc": "GHL",
		"O'Beck’s":                     "BECK",
		"Fell Group Holding Limited":   "FELL",
		"the Fell Group":               "FELL",
		"Fell":                         "FELL",
		"U.S. Scree":                   "US",
		"Mere N.V.":                    "MERE",
		"Mere":                         "MERE",
		"Østerbäck Sköld AB":           "BCK",
		"O\u0308sterback Sköld":        "BCK", // an accent of its own
		"First Fen, Inc.":              "FEN3",
		"First Fen":                    "", // of three
		"Fell International":           "", // no word of its name
		"Fell plc":                     "", // a company from elsewhere
		"Tarn":                         "", // less than its name
		"Ghyll":                        "",
		"":                             "",
		"...":                          "",
	} {
		company, is := companies.ByName(name)
		require.Equal(t, want != "", is, name)
		require.Equal(t, want, company.Ticker, name)
	}
}

func TestWhatADirectoryHoldsWinsOverWhatIsAdded(t *testing.T) {
	t.Parallel()
	both := transcript.WellKnown().With(registered(
		t,
		[3]string{"1", "GOOG", "ALPHABET INC"}, [3]string{"1", "GOOGW", "ALPHABET INC"},
		[3]string{"2", "AAPL", "TARN ORCHARDS INC"}, [3]string{"2", "TRNO", "TARN ORCHARDS INC"},
		[3]string{"3", "AAPX", "Apple Inc."},
		[3]string{"4", "TRN", "TARN CORP"},
		[3]string{"5", "APPL", "Apple Hospitality Works Inc"},
	))
	for ticker, want := range map[string]string{
		"GOOG": "GOOGL Alphabet Inc.", "GOOGW": "GOOGL Alphabet Inc.",
		"AAPL": "AAPL Apple Inc.", "TRNO": "AAPL Tarn Orchards Inc", // one issuer, whatever its name is now
		"AAPX": "AAPL Apple Inc.", // one name, to its legal form
		"TRN":  "TRN Tarn Corp", "APPL": "APPL Apple Hospitality Works Inc",
	} {
		company, is := both.ByTicker(ticker)
		require.True(t, is, ticker)
		require.Equal(t, want, company.Ticker+" "+company.Name, ticker)
	}
	require.Equal(t, transcript.WellKnown().Len()+2, both.Len())
	alphabet, is := both.ByName("Google")
	require.True(t, is)
	require.Contains(t, alphabet.OtherTickers, "GOOGW")
	alphabet.OtherTickers[0] = "changed"
	again, _ := both.ByName("Google")
	require.NotContains(t, again.OtherTickers, "changed")
	before, _ := transcript.WellKnown().ByName("Google")
	require.NotContains(t, before.OtherTickers, "GOOGW", "the directories it is made of stay as they are")
}

func TestANameToTheLetterIsNotAnothersShortName(t *testing.T) {
	t.Parallel()
	both := transcript.WellKnown().With(registered(t, [3]string{"1", "GGLC", "GOOGLE CORP"}))
	for name, want := range map[string]string{"Google": "GOOGL", "Google LLC": "GOOGL", "Google Corporation": "GGLC"} {
		company, is := both.ByName(name)
		require.True(t, is, name)
		require.Equal(t, want, company.Ticker, name)
	}
}

func TestNoDirectoryKnowsNobody(t *testing.T) {
	t.Parallel()
	var none *transcript.Companies
	require.Zero(t, none.Len())
	require.Empty(t, slices.Collect(none.All()))
	_, is := none.ByTicker("AAPL")
	require.False(t, is)
	_, is = none.ByName("Apple")
	require.False(t, is)
	require.Equal(t, transcript.WellKnown().Len(), none.With(transcript.WellKnown()).Len())
	require.Equal(t, transcript.WellKnown().Len(), transcript.WellKnown().With(nil).Len())
}

func TestAListThatIsNotTheSECsIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ document, reason string }{
		"a page":                   {"<html><body>Your request</body></html>", "company_tickers.json"},
		"nothing":                  {"", "company_tickers.json"},
		"another form":             {`{"fields": ["cik"], "data": []}`, "company_tickers.json"},
		"no entries":               {`{}`, "empty"},
		"an array":                 {`[{"cik_str": 1, "ticker": "TRN", "title": "Tarn"}]`, "company_tickers.json"},
		"a key that is no place":   {`{"TRN": {"cik_str": 1, "ticker": "TRN", "title": "Tarn"}}`, `"TRN" is no place`},
		"no number of an issuer":   {`{"0": {"ticker": "TRN", "title": "Tarn"}}`, "entry 0 of the list of companies: no cik_str"},
		"no ticker":                {`{"3": {"cik_str": 1, "title": "Tarn"}}`, "entry 3"},
		"a ticker that is none":    {`{"0": {"cik_str": 1, "ticker": "NYSE: TRN", "title": "Tarn"}}`, `"NYSE: TRN" is not a ticker`},
		"no name":                  {`{"0": {"cik_str": 1, "ticker": "TRN", "title": " /DE/"}}`, "no name of a company"},
		"a name without an end":    {`{"0": {"cik_str": 1, "ticker": "TRN", "title": "` + strings.Repeat("Tarn ", 100) + `"}}`, "no name of a company"},
		"more than is ever listed": {strings.Repeat(" ", transcript.MaxCompaniesDocument+1), "most that is taken"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := transcript.ParseSECCompanies([]byte(c.document))
			require.ErrorContains(t, err, c.reason)
		})
	}
}

func TestADirectoryOfOnesOwn(t *testing.T) {
	t.Parallel()
	companies, err := transcript.NewCompanies([]transcript.Company{
		{Ticker: "hlyd.b", Name: "Halyard  Cloud Systems, Inc.", OtherTickers: []string{"HLYD.A"}, OtherNames: []string{"Halyard"}},
	})
	require.NoError(t, err)
	company, is := companies.ByName("Halyard")
	require.True(t, is)
	require.Equal(t, transcript.Company{Ticker: "HLYD-B", Name: "Halyard Cloud Systems, Inc.", OtherTickers: []string{"HLYD-A"}, OtherNames: []string{"Halyard"}}, company)
	_, err = transcript.NewCompanies([]transcript.Company{{Ticker: "A B", Name: "Halyard"}, {Ticker: "HLYD", Name: "..."}, {Ticker: "HLYD", Name: "Halyard\xff"}})
	require.ErrorContains(t, err, "company 1: Halyard")
	require.ErrorContains(t, err, "company 2")
	require.ErrorContains(t, err, "company 3")
}

// readWith reads a document with what a directory knows.
func readWith(t require.TestingT, companies *transcript.Companies, document string, stated transcript.Facts) string {
	src, err := transcript.Decode([]byte(document))
	require.NoError(t, err)
	got, err := transcript.Reader{Companies: companies}.Read(src, stated)
	require.NoError(t, err)
	return got.GetCall().GetTicker()
}

func TestACompanyOfALargeDirectoryIsKnownOnlyWhereItIsNamed(t *testing.T) {
	t.Parallel()
	companies := transcript.WellKnown().With(registered(
		t,
		[3]string{"1", "HLYD", "HALYARD CLOUD SYSTEMS INC"}, [3]string{"2", "DAVE", "DAVE INC"}, [3]string{"3", "MARG", "MARGIN GROUP INC"},
		[3]string{"4", "STNG", "STERLING CORP"}, [3]string{"5", "PLSD", "PLEASED INC"},
	))
	for opening, want := range map[string]string{
		"Welcome to the Halyard Cloud Systems fourth quarter 2025 earnings call.":                                   "HLYD",
		"Welcome to Halyard Cloud Systems' fourth quarter 2025 earnings call.":                                      "HLYD",
		"The conference call for the third quarter of 2024 is hosted by Sterling Corporation. Please go ahead.":     "STNG",
		"Welcome to the Ghyll Works fourth quarter 2025 earnings call. With us is Dave. Margin is what we discuss.": "",
		"Welcome to the fourth quarter 2025 earnings call. This is Dave, and I will introduce Sterling Moss.":       "",
		"Good afternoon and welcome to the fourth quarter 2025 earnings call. Sterling work, everyone.":             "",
		"Welcome to the Ghyll Works fourth quarter 2025 earnings call. We sold a unit to Halyard Cloud Systems.":    "",
		"Welcome to Sterling's fourth quarter 2025 earnings call. I will introduce Dana, who came from Apple.":      "STNG",
	} {
		require.Equal(t, want, readWith(t, companies, opened(opening), transcript.Facts{}), opening)
		require.NotEqual(t, "DAVE", readWith(t, companies, opened(opening), transcript.Facts{}))
	}
}

func TestTheDirectoryNamesTheCompanyWhereNothingElseDoes(t *testing.T) {
	t.Parallel()
	companies := transcript.WellKnown().With(registered(t, [3]string{"1", "HLYD", "HALYARD CLOUD SYSTEMS INC"}))
	src, err := transcript.Decode([]byte(opened("Good afternoon.")))
	require.NoError(t, err)
	got, err := transcript.Reader{Companies: companies}.Read(src, transcript.Facts{Ticker: "HLYD"})
	require.NoError(t, err)
	require.Equal(t, "Halyard Cloud Systems Inc", got.GetCall().GetCompany())
	got, err = transcript.Reader{Companies: companies}.Read(src, transcript.Facts{Ticker: "HLYD", Company: "Halyard"})
	require.NoError(t, err)
	require.Equal(t, "Halyard", got.GetCall().GetCompany(), "what is stated wins")
}

func TestEveryCompanyOfADirectoryIsFoundByItsTickersAndItsName(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[A-Z][a-z]{3,8}`)
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(word, 1, 20, strings.ToLower).Draw(t, "names")
		list := make([]transcript.Company, 0, len(names))
		for i, name := range names {
			list = append(list, transcript.Company{Ticker: fmt.Sprintf("T%d", i), OtherTickers: []string{fmt.Sprintf("T%d-P", i)}, Name: fmt.Sprintf("%s Works%d Inc.", name, i)})
		}
		companies, err := transcript.NewCompanies(list)
		require.NoError(t, err)
		require.Equal(t, len(list), companies.Len())
		for _, want := range list {
			for _, ticker := range append(want.OtherTickers, want.Ticker) {
				got, is := companies.ByTicker(ticker)
				require.True(t, is)
				require.Equal(t, want, got)
			}
			for _, name := range []string{want.Name, strings.ToUpper(want.Name), strings.TrimSuffix(want.Name, " Inc."), "The " + want.Name} {
				got, is := companies.ByName(name)
				require.True(t, is, name)
				require.Equal(t, want, got)
			}
		}
		twice := companies.With(companies)
		require.Equal(t, slices.Collect(companies.All()), slices.Collect(twice.All()))
	})
}

func FuzzParseSECCompanies(f *testing.F) {
	f.Add(register(f, [3]string{"1", "TRN", "TARN INC /DE/"}, [3]string{"1", "TRN-PA", "TARN INC /DE/"}, [3]string{"2", "GHL", "O GHYLL A S"}))
	f.Add([]byte(`{"0": {"cik_str": 1, "ticker": "a", "title": "/\\ / & . ' U S A/S com Com"}}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		companies, err := transcript.ParseSECCompanies(document)
		if err != nil {
			return
		}
		require.Positive(t, companies.Len())
		both := transcript.WellKnown().With(companies)
		for company := range companies.All() {
			require.NotEmpty(t, company.Name)
			got, is := both.ByTicker(company.Ticker)
			require.True(t, is)
			require.NotEmpty(t, got.Ticker)
			both.ByName(company.Name)
		}
	})
}

func BenchmarkParseSECCompanies(b *testing.B) {
	rows := make([][3]string, 0, 10_000)
	for i := range cap(rows) {
		rows = append(rows, [3]string{strconv.Itoa(i), fmt.Sprintf("T%d", i), fmt.Sprintf("TARN GHYLL %d HOLDINGS INC /DE/", i)})
	}
	document := register(b, rows...)
	b.SetBytes(int64(len(document)))
	for b.Loop() {
		companies, err := transcript.ParseSECCompanies(document)
		require.NoError(b, err)
		transcript.WellKnown().With(companies)
	}
}
