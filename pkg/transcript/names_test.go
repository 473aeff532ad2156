package transcript

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNamesAreToldFromOtherWordsWithCapitals(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"Jane Roe", "Brian T. Olsavsky", "C.J. Muse", "F. Leighton", "J.B. Straubel", "Nigel van Putten", "Siobhán O'Brien-Küng", "Sean M. Dell'Orto", "Adrienne Yih-Tennant",
		"Harry Jones, Jr.", "William Smith III", "Ki Bin Kim", "D. Scott Patterson", "Haendel Emmanuel St. Juste", "Matt S", "Jungwon (Jonna) Kim", "Kaio Penso Da Prato",
	} {
		require.True(t, isFullName(name), name)
	}
	for _, other := range []string{
		"", "Jane", "Operator", "Chief Financial Officer", "Thank You", "Good Morning", "First Quarter", "Northgate Securities", "Acme, Inc.", "Sanford C.", "jane roe",
		"We like it", "Revenue Growth", "Question-and-Answer Session", "Prepared Remarks", "Jane Roe said", "Jane Roe 2", "Investor Relations", "Vice President",
		"Jane Roe Jane Roe Jane Roe Jane", "Research Division", "Next Question",
	} {
		require.False(t, isFullName(other), other)
	}
}

func TestSpellingsOfOnePersonAreJoinedAndOfTwoAreNot(t *testing.T) {
	t.Parallel()
	for _, same := range [][2]string{
		{"Andy Jassy", "Andrew R. Jassy"},
		{"Andrew Jassy", "Andrew R. Jassy"},
		{"Brian Olsavsky", "Brian T. Olsavsky"},
		{"Brian Nowak", "Brian Thomas Nowak"},
		{"C.J. Muse", "Christopher Muse"},
		{"Chris Muse", "Christopher Muse"},
		{"Mike Smith", "Michael Smith"},
		{"Bill Smith", "William Smith"},
		{"Rob Smith", "Bob Smith"},
		{"D. Scott Patterson", "David Patterson"},
		{"Siobhan O'Brien", "Siobhán O’Brien"},
		{"Harry Jones", "Harry Jones, Jr."},
		{"J. Lane", "Jack Lane"},
	} {
		require.True(t, samePerson(keyOf(same[0]), keyOf(same[1])), "%v", same)
		require.True(t, samePerson(keyOf(same[1]), keyOf(same[0])), "%v", same)
	}
	for _, other := range [][2]string{
		{"Jane Roe", "John Roe"},
		{"Jane Roe", "Jane Rowe"},
		{"Michael Smith", "Michelle Smith"},
		{"John A. Smith", "John B. Smith"},
		{"Jane", "Jane Roe"},
		{"Brian Nowak", "Brian Olsavsky"},
		{"Dan Smith", "Daisy Smith"},
		{"Tim Roe", "Tom Roe"},
		{"Al Roe", "Ann Roe"},
		{"Paul Roe", "Paula Roe"},
		{"Eric Roe", "Erica Roe"},
	} {
		require.False(t, samePerson(keyOf(other[0]), keyOf(other[1])), "%v", other)
		require.False(t, samePerson(keyOf(other[1]), keyOf(other[0])), "%v", other)
	}
}

func TestOfficesTellExecutivesFromInvestorRelations(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Chief Executive Officer":                        "executive",
		"Co-Founder, Co-CEO & Director":                  "executive",
		"Executive VP & CFO":                             "executive",
		"Chief Financial Officer and Investor Relations": "executive",
		"US Zone President":                              "executive",
		"Director, Investor Relations":                   "ir",
		"Senior VP of Capital Markets, Treasury & IR":    "ir",
		"Vice President-Investor Relations":              "ir",
		"MD & Senior Equity Research Analyst":            "analyst",
		"Analyst":                                        "analyst",
		"":                                               "unknown",
		"Shareholder":                                    "unknown",
	} {
		require.Equal(t, want, kindOfTitle(title), title)
	}
}

func TestTheTableOfCompaniesIsWellFormed(t *testing.T) {
	t.Parallel()
	table := WellKnown()
	require.Greater(t, len(table.byTicker), 150)
	for ticker, c := range table.byTicker {
		normal, err := NormaliseTicker(ticker)
		require.NoError(t, err)
		require.Equal(t, normal, ticker)
		require.NotEmpty(t, c.Name)
		named, is := table.ByName(c.Name)
		require.True(t, is, c.Name)
		require.Equal(t, c.Ticker, named.Ticker, "%s is the name of two companies", c.Name)
	}
}
