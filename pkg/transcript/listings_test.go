package transcript_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// titled is a call under a title of its own, in which the company is not named
// again.
func titled(t *testing.T, title string) string {
	t.Helper()
	call := halyard()
	call.said[0].text = "Good afternoon, and welcome. I would now like to turn the call over to Mira Okafor. Please go ahead."
	call.said[1].text = "Thank you, operator, and good afternoon. I will now turn the call over to Tobias."
	document := setSeekingAlphaBare(t, call)
	return title + document[len(call.title()+" "+call.date+" 4:30 PM EST"):]
}

// dualListed is a directory of companies that are listed in two places, or
// have a namesake elsewhere.
func dualListed(t *testing.T) *transcript.Companies {
	t.Helper()
	return registered(
		t,
		[3]string{"1", "HLYD", "HALYARD CLOUD SYSTEMS INC"}, [3]string{"1", "HLYD-B", "HALYARD CLOUD SYSTEMS INC"}, [3]string{"1", "HLY-V", "HALYARD CLOUD SYSTEMS INC"},
		[3]string{"2", "TRNAY", "TARN HOLDINGS PLC /FI"}, [3]string{"3", "TRN", "TERRAIN WORKS INC"},
	)
}

func TestACompanyHasOneTickerWhicheverListingIsNamed(t *testing.T) {
	t.Parallel()
	companies := transcript.WellKnown().With(dualListed(t))
	for listing, want := range map[string]string{
		"Halyard (HLYD)":                              "HLYD",
		"Halyard (NYSE: HLYD)":                        "HLYD",
		"Halyard (NYSE: HLYD.B)":                      "HLYD",
		"Halyard (HLYD-B)":                            "HLYD",
		"Halyard (HLYD/B)":                            "HLYD",
		"Halyard (NYSE: HLYD, HLYD.B)":                "HLYD",
		"Halyard (HLY-V)":                             "HLYD", // a class of its shares, and not Toronto's venture exchange
		"Halyard (NYSE: HLYD; TSX: HLY)":              "HLYD",
		"Halyard (TSX: HLY; NYSE: HLYD)":              "HLYD",
		"Halyard (NYSE: HLYD / TSX: HLY)":             "HLYD",
		"Halyard (NYSE/TSX: HLYD)":                    "HLYD",
		"Halyard (TSX, NYSE: HLYD)":                   "HLYD",
		"Halyard (NASDAQ:HLYD) (LSE:HLD)":             "HLYD",
		"Halyard (LSE:HLD) (NASDAQ:HLYD)":             "HLYD",
		"Halyard Cloud Systems (TSX: HLYD)":           "HLYD",
		"Halyard Cloud Systems (HLYD.TO)":             "HLYD",
		"Halyard Cloud Systems (HLYD-T)":              "HLYD",
		"Halyard Cloud Systems, Inc. (HKG: 0512)":     "HLYD",
		"Tarn Holdings plc (LSE: TRN)":                "TRNAY", // at home the symbol is another's
		"Tarn Holdings plc (TRN.L)":                   "TRNAY",
		"Tarn Holdings plc (OTCPK: TRNAY)":            "TRNAY",
		"Tarn Holdings plc (OTC Pink: TRNAY)":         "TRNAY",
		"Ghyll Works (LSE: TRN)":                      "TRN-L",
		"Ghyll Works (ASX: GHL)":                      "GHL",
		"Ghyll Works (ASX: GHL.AX)":                   "GHL",
		"Ghyll Works (Euronext Paris: GHL)":           "GHL",
		"Ghyll Works (HKG: 700)":                      "0700-HK",
		"Ghyll Works (SEHK: 00700)":                   "0700-HK",
		"Ghyll Works (0700.HK)":                       "0700-HK",
		"Ghyll Works (TYO: 7203)":                     "7203-T",
		"Ghyll Works (TSE: 7203)":                     "7203-T",
		"Ghyll Works (7203.T)":                        "7203-T",
		"Ghyll Works (KRX: 005930)":                   "005930-KS",
		"Ghyll Works (NSE: GHYLL; BSE: 500696)":       "GHYLL",
		"Ghyll Works (OTCQX: GHLYY; SIX: GHL)":        "GHLYY",
		"Ghyll Works (GHLYY:US)":                      "GHLYY",
		"Ghyll Works (GHL:HQ)":                        "GHL",
		"Terrier Works (TRN:HQ)":                      "TRN-HQ",
		"Ghyll Works (HQ: GHL)":                       "", // no market that is known
		"Ghyll Works (7203)":                          "", // a figure that names no market
		"Ghyll Works (GHL, LLC)":                      "",
		"Ghyll Works (formerly known as: Fell Works)": "",
		"Ghyll Works (NYSE)":                          "",
		"Ghyll Works (NYSE:)":                         "",
	} {
		got := readWith(t, companies, titled(t, listing+" Q4 2025 Earnings Call"), transcript.Facts{})
		require.Equal(t, want, got, listing)
	}
}

func TestAStatedListingIsThatOfTheCompanyTheTextNames(t *testing.T) {
	t.Parallel()
	companies := transcript.WellKnown().With(dualListed(t))
	for _, c := range []struct{ stated, title, want string }{
		{"HLYD.B", "Halyard Cloud Systems (HLYD)", "HLYD"},
		{"HLYD.TO", "Halyard Cloud Systems", "HLYD"},
		{"hlyd-to", "Halyard Cloud Systems", "HLYD"},
		{"HLYD-T", "Halyard", "HLYD"},
		{"HLYD.US", "Halyard", "HLYD"},
		{"TRN.L", "Tarn Holdings", "TRNAY"},
		{"TRN.L", "Ghyll Works", "TRN-L"},
		{"TRN", "Ghyll Works", "TRN"},
		{"GHL.AX", "Ghyll Works", "GHL"},
		{"MC.PA", "Ghyll Works", "MC"},
		{"GHL-PA", "Ghyll Works", "GHL-PA"}, // preferred shares
		{"GHL.B", "Ghyll Works", "GHL-B"},
		{"0700.HK", "Ghyll Works", "0700-HK"},
		{"7203", "Ghyll Works", "7203"},
		{"GOOG", "Alphabet", "GOOGL"},
		{"BRK.A", "Berkshire Hathaway", "BRK-B"},
	} {
		require.Equal(t, c.want, readWith(t, companies, titled(t, c.title+" Q4 2025 Earnings Call"), transcript.Facts{Ticker: c.stated}), c.stated+" of "+c.title)
	}
}

func TestASecondListingIsNoContradiction(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ stated, title string }{
		{"GOOG", "Alphabet Inc. (NASDAQ:GOOGL)"},
		{"GOOG.TO", "Alphabet Inc. (NASDAQ:GOOGL)"},
		{"HLY", "Halyard Cloud Systems (NYSE: HLYD; TSX: HLY)"},
	} {
		src, err := transcript.Decode([]byte(titled(t, c.title+" Q4 2025 Earnings Call")))
		require.NoError(t, err)
		got, err := transcript.Read(src, transcript.Facts{Ticker: c.stated})
		require.NoError(t, err)
		require.Zero(t, warnings(got)[callrankv1.WarnContradictingFacts], c.stated)
	}
	src, err := transcript.Decode([]byte(titled(t, "Halyard Cloud Systems (NYSE: HLYD) Q4 2025 Earnings Call")))
	require.NoError(t, err)
	got, err := transcript.Read(src, transcript.Facts{Ticker: "HLY"})
	require.NoError(t, err)
	require.Equal(t, 1, warnings(got)[callrankv1.WarnContradictingFacts])
	require.Equal(t, "HLY", got.GetCall().GetTicker(), "what is stated wins")
}

func TestTheStatedTickerIsKeptBesideTheOneItIsFiledUnder(t *testing.T) {
	t.Parallel()
	src, err := transcript.Decode([]byte(titled(t, "Alphabet Inc. Q4 2025 Earnings Call")))
	require.NoError(t, err)
	got, err := transcript.Read(src, transcript.Facts{Ticker: "GOOG"})
	require.NoError(t, err)
	require.Equal(t, "GOOGL-2025Q4", got.GetCall().GetId())
	var told []string
	for _, e := range got.GetCall().GetEvidence() {
		if e.GetFact() == "ticker" {
			told = append(told, e.GetOrigin()+" "+e.GetValue())
		}
	}
	require.Contains(t, told, "publisher GOOG")
	require.Contains(t, told, "companies GOOGL")
}

func TestAFieldOfTheHeaderMayHoldListings(t *testing.T) {
	t.Parallel()
	for field, want := range map[string]string{
		"HLYD":                  "HLYD",
		"hlyd":                  "HLYD",
		"HLYD (NASDAQ)":         "HLYD",
		"NYSE: HLYD; TSX: HLY":  "HLYD",
		"GHL.L":                 "GHL",
		"LSE:GHL, NASDAQ:GHLYY": "GHLYY",
		"TYO: 7203":             "7203-T",
	} {
		require.Equal(t, want, readWith(t, nil, "Ticker: "+field+"\n"+titled(t, "Q4 2025 Earnings Call"), transcript.Facts{}), field)
	}
}
