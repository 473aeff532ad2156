package transcript_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/tests/realcalls"
	"github.com/callrank/callrank/pkg/transcript"
)

// secCompanies is the directory of the SEC's list.
func secCompanies(t *testing.T) *transcript.Companies {
	t.Helper()
	companies, err := transcript.ParseSECCompanies(realcalls.Read(t, "fixtures/edgar/company_tickers.json"))
	require.NoError(t, err)
	return companies
}

// labelled is the ticker that a call should be read with; where the list does
// not know it, that of the company it names.
func labelled(l label, companies *transcript.Companies) string {
	for _, u := range unlike[l.file] {
		if u.fact == "ticker" {
			return u.read
		}
	}
	if l.ticker != "" {
		return l.ticker
	}
	company, _ := companies.ByName(l.company)
	return company.Ticker
}

func TestRealCallsOfCompaniesThatAreNotWellKnownAreFoundInTheSECsList(t *testing.T) {
	t.Parallel()
	reader := transcript.Reader{Companies: transcript.WellKnown().With(secCompanies(t))}
	found, unknown := 0, 0
	for _, l := range labels(t) {
		src, got := read(t, string(realcalls.Read(t, "transcripts/"+l.file)))
		again, err := reader.Read(src, transcript.Facts{})
		require.NoError(t, err)
		if got.GetCall().GetTicker() != "" {
			// The directory may be one more place that tells the same.
			again.Call.Evidence = got.GetCall().GetEvidence()
			require.True(t, slices.Equal(reading(src, got), reading(src, again)), "%s is read otherwise: %v", l.file, again.GetCall())
			continue
		}
		ticker := again.GetCall().GetTicker()
		if ticker == "" {
			unknown++
			continue
		}
		found++
		require.Equal(t, labelled(l, reader.Companies), ticker, l.file)
		require.Equal(t, got.GetCall().GetCompany(), again.GetCall().GetCompany(), l.file)
	}
	t.Logf("of %d calls without a ticker %d are found", found+unknown, found)
	require.GreaterOrEqual(t, found, 17)
}

// The names of thousands of companies hold ordinary words. Without the
// directory of well-known ones every company has to be found among them.
func TestNoRealCallIsTakenForThatOfANamesake(t *testing.T) {
	t.Parallel()
	// What the text states where the list would have it otherwise.
	stated := map[string]string{
		"flat/NEE_2024_Q2.txt":         "NEP", // one call of two companies, the partnership named next to the call
		"seeking_alpha/OR_2025_Q4.txt": "LOR", // the ticker of its title
	}
	companies := secCompanies(t)
	right, unknown := 0, 0
	for _, l := range labels(t) {
		src, err := transcript.Decode(realcalls.Read(t, "transcripts/"+l.file))
		require.NoError(t, err)
		got, err := transcript.Reader{Companies: companies}.Read(src, transcript.Facts{})
		require.NoError(t, err)
		ticker := got.GetCall().GetTicker()
		switch {
		case ticker == "":
			unknown++
		case stated[l.file] != "":
			require.Equal(t, stated[l.file], ticker, l.file)
		default:
			right++
			require.Equal(t, labelled(l, companies), ticker, l.file)
		}
	}
	t.Logf("%d companies are found rightly, %d not", right, unknown)
	require.GreaterOrEqual(t, right, 240)
}
