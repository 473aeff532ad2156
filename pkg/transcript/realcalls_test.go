package transcript_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/tests/realcalls"
	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// label is what the list of real calls says of one. The labels are those of
// the places the texts come from, and some of them are wrong.
type label struct{ file, ticker, company, period, date, layout string }

func labels(t *testing.T) []label {
	t.Helper()
	var all []label
	for i, line := range strings.Split(strings.TrimSpace(string(realcalls.Read(t, "transcripts/INDEX.tsv"))), "\n") {
		fields := strings.Split(strings.TrimRight(line, "\r"), "\t")
		if i == 0 {
			continue
		}
		require.Len(t, fields, 6, "line %d", i+1)
		all = append(all, label{fields[0], fields[1], fields[2], strings.TrimPrefix(fields[3], "FY"), fields[4], fields[5]})
	}
	return all
}

// unlike are the calls that are read otherwise than they are labelled: what is
// read instead (empty: it is not known), and why.
var unlike = map[string][]struct{ fact, read, reason string }{
	"flat/EQIX_2024_Q2.txt":                                     {{"period", "", "the quarter is named, its year never"}},
	"flat/GEN_2025_Q4.txt":                                      {{"period", "", "the text begins after the welcome; the fourth quarter is named, its year never beside it"}},
	"flat/GEN_2026_Q1.txt":                                      {{"period", "", "the text begins after the welcome"}, {"ticker", "", "and the company is not named in what is left of it"}},
	"flat/KKR_2024_Q2.txt":                                      {{"period", "", "the text begins in the middle of the remarks"}},
	"flat/MAA_2024_Q1.txt":                                      {{"period", "", "the text begins after the welcome; the quarter is named, its year never"}},
	"flat/MNST_2024_Q4.txt":                                     {{"date", "", "only the release is dated"}},
	"flat/POOL_2024_Q3.txt":                                     {{"ticker", "", "the recogniser of speech misheard the company"}},
	"flat/TECH_2024_Q2.txt":                                     {{"ticker", "", "the recogniser of speech misheard the company"}},
	"flat/UHS_2025_Q1.txt":                                      {{"date", "", "the label is the end of the quarter"}},
	"motley_fool_json/CSBR_None_QNone_3bc211.json":              {{"period", "", "the page states none"}},
	"motley_fool_old/AAPL_2022_Q4.txt":                          {{"period", "2022Q3", "the operator and the figures are those of the third quarter"}},
	"motley_fool_old/CDNS_2020_Q4.txt":                          {{"date", "", "the label is the day of an advertisement"}},
	"motley_fool_old/EXC_2018_Q4.txt":                           {{"ticker", "DXC", "the call is that of DXC Technology"}},
	"motley_fool_old/EXC_2019_Q2.txt":                           {{"ticker", "DXC", "the call is that of DXC Technology"}},
	"motley_fool_old/INTC_2022_Q4.txt":                          {{"date", "", "the label is the day of an advertisement"}},
	"motley_fool_old/KHC_2018_Q2.txt":                           {{"date", "", "the label is the day of an advertisement"}},
	"motley_fool_old/TSLA_2022_Q4.txt":                          {{"date", "", "the label is the day of an advertisement"}},
	"seeking_alpha/Coty_2025_Q2.txt":                            {{"ticker", "COTY", "the label is not in upper case"}},
	"seeking_alpha/OKTA_2025_Q1.txt":                            {{"period", "2026Q1", "the title and the company count fiscal 2026"}},
	"seeking_alpha/TD_2025_Q4.txt":                              {{"period", "2026Q1", "the title and the bank count the first quarter of 2026"}},
	"seeking_alpha/URBN_2025_Q1.txt":                            {{"period", "2026Q1", "the title counts fiscal 2026"}},
	"seeking_alpha/V_2025_Q3.txt":                               {{"period", "2025Q4", "the title and the company count the fourth quarter"}},
	"street_events/Q3_2022_FirstService_Corp_Earnings_Call.txt": {{"period", "", "the quarter is named, its year never"}},
}

// layoutsIn are the layouts that the texts of a folder may have. Some folders
// hold pages of several kinds: a folder of older Motley Fool pages has pages of
// other vendors and a company's own script among them, and the folder of newer
// ones has older ones.
var layoutsIn = map[string][]string{
	"flat":             {callrankv1.LayoutFlat},
	"fmp":              {callrankv1.LayoutFMP},
	"motley_fool_json": {callrankv1.LayoutMotleyFoolJSON},
	"motley_fool_new":  {callrankv1.LayoutMotleyFool, callrankv1.LayoutMotleyFoolOld},
	"motley_fool_old":  {callrankv1.LayoutMotleyFoolOld, callrankv1.LayoutStreetEvents, callrankv1.LayoutSeekingAlpha, callrankv1.LayoutFMP, callrankv1.LayoutFlat},
	"seeking_alpha":    {callrankv1.LayoutSeekingAlpha},
	"street_events":    {callrankv1.LayoutStreetEvents},
}

func TestRealCallsAreReadAsTheyAreLabelled(t *testing.T) {
	t.Parallel()
	tally := map[string]*layoutTally{}
	for _, l := range labels(t) {
		src, call := read(t, string(realcalls.Read(t, "transcripts/"+l.file)))
		requireOrdered(t, src, call)
		folder, _, _ := strings.Cut(l.file, "/")
		c := call.GetCall()
		require.Contains(t, layoutsIn[folder], c.GetLayout(), l.file)
		period := ""
		if c.FiscalYear != nil {
			period = fmt.Sprintf("%dQ%d", c.GetFiscalYear(), c.GetFiscalQuarter())
		}
		want := map[string]string{"ticker": l.ticker, "period": l.period, "date": l.date}
		for _, u := range unlike[l.file] {
			require.NotEqual(t, want[u.fact], u.read, "%s needs no exception for its %s", l.file, u.fact)
			want[u.fact] = u.read
			if u.read == "" {
				want[u.fact] = "unknown"
			}
		}
		for fact, got := range map[string]string{"ticker": c.GetTicker(), "period": period, "date": c.GetCallDate()} {
			switch want[fact] {
			case "": // the list does not know it
			case "unknown":
				require.Empty(t, got, "%s of %s", fact, l.file)
			default:
				require.Equal(t, want[fact], got, "%s of %s", fact, l.file)
			}
		}
		if tally[c.GetLayout()] == nil {
			tally[c.GetLayout()] = &layoutTally{kinds: map[string]int{}, warnings: map[string]int{}}
		}
		tally[c.GetLayout()].add(call)
	}
	logTally(t, tally)
}

// layoutTally counts what was read of the calls of one layout.
type layoutTally struct {
	calls, turns, exchanges, unnamed int
	kinds, warnings                  map[string]int
}

func (s *layoutTally) add(call *callrankv1.Transcript) {
	s.calls++
	s.turns += len(call.GetTurns())
	s.exchanges += len(call.GetExchanges())
	for _, p := range call.GetParticipants() {
		s.kinds[p.GetKind()]++
		if p.GetName() == "Unknown speaker" {
			s.unnamed++
		}
	}
	for code, n := range warnings(call) {
		s.warnings[code] += n
	}
}

// logTally prints the counts as a table: a row for each layout and one for all,
// a column for each kind of participant and each code of a warning.
func logTally(t *testing.T, tally map[string]*layoutTally) {
	t.Helper()
	kinds := []string{callrankv1.KindExecutive, callrankv1.KindIR, callrankv1.KindAnalyst, callrankv1.KindOperator, callrankv1.KindUnknown}
	codes := map[string]bool{}
	all := &layoutTally{kinds: map[string]int{}, warnings: map[string]int{}}
	for _, s := range tally {
		all.merge(s)
		for code := range s.warnings {
			codes[code] = true
		}
	}
	columns := slices.Sorted(maps.Keys(codes))
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(name string, s *layoutTally) {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t", name, s.calls, s.turns, s.exchanges, s.unnamed)
		for _, kind := range kinds {
			fmt.Fprintf(w, "%d\t", s.kinds[kind])
		}
		for _, code := range columns {
			fmt.Fprintf(w, "%d\t", s.warnings[code])
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "layout\tcalls\tturns\texchanges\tunnamed\t%s\t%s\t\n", strings.Join(kinds, "\t"), strings.Join(columns, "\t"))
	for _, name := range slices.Sorted(maps.Keys(tally)) {
		row(name, tally[name])
	}
	row("all", all)
	require.NoError(t, w.Flush())
	t.Log("\n" + b.String())
}

func (s *layoutTally) merge(other *layoutTally) {
	s.calls += other.calls
	s.turns += other.turns
	s.exchanges += other.exchanges
	s.unnamed += other.unnamed
	for kind, n := range other.kinds {
		s.kinds[kind] += n
	}
	for code, n := range other.warnings {
		s.warnings[code] += n
	}
}

func TestTheSeedsAreReadWhole(t *testing.T) {
	t.Parallel()
	type slot struct{ analyst, firm string }
	for file, want := range map[string]struct {
		id, date, layout string
		speakers         map[string]string // by name, kind
		slots            []slot
		prepared         []string
	}{
		"seeds/AMZN_2024_Q1.txt": {
			id: "AMZN-2024Q1", date: "2024-04-30", layout: callrankv1.LayoutMotleyFoolOld,
			speakers: map[string]string{"Operator": "operator", "Dave Fildes": "ir", "Andy Jassy": "executive", "Brian Olsavsky": "executive"},
			slots: []slot{
				{"Doug Anmuth", "JPMorgan Chase and Company"},
				{"Ross Sandler", "Barclays"},
				{"Brian Nowak", "Morgan Stanley"},
				{"Youssef Squali", "Truist Securities"},
				{"Justin Post", "Bank of America Merrill Lynch"},
				{"Ron Josey", "Citi"},
			},
			prepared: []string{"Operator", "Dave Fildes", "Andy Jassy", "Brian Olsavsky"},
		},
		"seeds/AMZN_2025_Q1.txt": {
			id: "AMZN-2025Q1", date: "2025-05-01", layout: callrankv1.LayoutSeekingAlpha,
			speakers: map[string]string{"Operator": "operator", "Dave Fildes": "ir", "Andy Jassy": "executive", "Brian Olsavsky": "executive"},
			slots: []slot{
				{"Ross Sandler", "Barclays"},
				{"Eric Sheridan", "Goldman Sachs"},
				{"Justin Post", "Bank of America"},
				{"Doug Anmuth", "J.P. Morgan"},
				{"Brian Nowak", "Morgan Stanley"},
				{"Brent Thill", "Jefferies"},
			},
			prepared: []string{"Operator", "Dave Fildes", "Andy Jassy", "Brian Olsavsky"},
		},
		"seeds/AMZN_2025_Q4.txt": {
			id: "AMZN-2025Q4", date: "2026-02-05", layout: callrankv1.LayoutMotleyFool,
			speakers: map[string]string{"Operator": "operator", "Dave Fildes": "ir", "Andrew Jassy": "executive", "Brian T. Olsavsky": "executive"},
			slots: []slot{
				{"Mark Mahaney", "Evercore ISI"},
				{"Douglas Anmuth", "JPMorgan"},
				{"Ross Sandler", "Barclays"},
				{"Michael Morton", "MoffettNathanson"},
				{"Brian Thomas Nowak", "Morgan Stanley"},
				{"Eric Sheridan", "Goldman Sachs"},
			},
			prepared: []string{"Dave Fildes", "Andrew Jassy", "Brian T. Olsavsky"},
		},
	} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			src, got := read(t, string(realcalls.Read(t, file)))
			require.Equal(t, want.id, got.GetCall().GetId())
			require.Equal(t, want.date, got.GetCall().GetCallDate())
			require.Equal(t, want.layout, got.GetCall().GetLayout())
			require.Empty(t, got.GetCall().GetSource())
			require.Equal(t, "Amazon.com, Inc.", got.GetCall().GetCompany())
			requireOrdered(t, src, got)
			for _, p := range got.GetParticipants() {
				kind, management := want.speakers[p.GetName()]
				switch {
				case management:
					require.Equal(t, kind, p.GetKind(), p.GetName())
				case p.GetName() == "Motley Fool (publisher)":
				default:
					require.Equal(t, callrankv1.KindAnalyst, p.GetKind(), p.GetName())
				}
			}
			slots := make([]slot, 0, len(got.GetExchanges()))
			for _, e := range got.GetExchanges() {
				slots = append(slots, slot{e.GetAnalyst(), e.GetFirm()})
				require.NotEmpty(t, e.GetAnswers())
			}
			require.Equal(t, want.slots, slots)
			var prepared []string
			for _, turn := range got.GetTurns() {
				if turn.GetSection() == callrankv1.SectionPrepared {
					prepared = append(prepared, got.GetParticipants()[turn.GetParticipant()].GetName())
				}
			}
			require.Equal(t, want.prepared, prepared)
		})
	}
}

func TestTheSamplePageIsNoTranscript(t *testing.T) {
	t.Parallel()
	src, err := transcript.Decode(realcalls.Read(t, "seeds/AMZN_page.txt"))
	require.NoError(t, err)
	_, err = transcript.Read(src, transcript.Facts{})
	var refused *transcript.RefusedError
	require.ErrorAs(t, err, &refused)
}

// annotated is a call that a careful reader has annotated: who says what in
// which section, and who asks.
type annotated struct {
	Transcript string `json:"transcript"`
	Claims     []struct {
		Quote   string `json:"quote"`
		Speaker string `json:"speaker"`
		Section string `json:"section"`
	} `json:"claims"`
	Questions []struct {
		Analyst string `json:"analyst"`
	} `json:"questions"`
}

func annotations(t *testing.T) []annotated {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(realcalls.Path(t, "gold"), "*.json"))
	require.NoError(t, err)
	var all []annotated
	for _, file := range files {
		b, err := os.ReadFile(file)
		require.NoError(t, err)
		var a annotated
		require.NoError(t, json.Unmarshal(b, &a))
		if a.Transcript != "" {
			all = append(all, a)
		}
	}
	return all
}

// Readers tell more than the headings do: in a text without speakers they know
// the voices, and where a heading is missing they see whose answer goes on.
// What the headings tell must be read nearly without fault.
func TestSpeakersAndSectionsAreThoseThatCarefulReadersName(t *testing.T) {
	t.Parallel()
	var speakers, sections, asked agreement
	for _, a := range annotations(t) {
		src, got := read(t, string(realcalls.Read(t, a.Transcript)))
		for _, claim := range a.Claims {
			turn := turnOf(src, got, claim.Quote, claim.Section)
			if turn == nil {
				sections.count(false)
				continue
			}
			sections.count(turn.GetSection() == claim.Section)
			if claim.Speaker != "" && claim.Section != callrankv1.SectionTakeaways && got.GetCall().GetLayout() != callrankv1.LayoutFlat {
				speakers.count(lastName(got.GetParticipants()[turn.GetParticipant()].GetName()) == lastName(claim.Speaker))
			}
		}
		for _, q := range a.Questions {
			asked.count(hasExchangeOf(got, q.Analyst))
		}
	}
	t.Logf("speaker %v, section %v, analysts found %v", &speakers, &sections, &asked)
	require.Greater(t, speakers.share(), 0.99)
	require.Greater(t, sections.share(), 0.995)
	require.Greater(t, asked.share(), 0.90, "readers name deputies and write misheard names rightly, so that not all can agree")
}

// agreement counts how often two agree.
type agreement struct{ same, all int }

func (a *agreement) count(same bool) {
	a.all++
	if same {
		a.same++
	}
}

func (a *agreement) share() float64 { return float64(a.same) / float64(a.all) }

func (a *agreement) String() string { return fmt.Sprintf("%d of %d", a.same, a.all) }

// turnOf finds the turn in which a quote stands: one in the wanted section, if
// it stands in several.
func turnOf(src transcript.Source, got *callrankv1.Transcript, quote, section string) *callrankv1.Turn {
	var found *callrankv1.Turn
	for _, turn := range got.GetTurns() {
		if strings.Contains(folded(said(src, turn.GetSpeech())), folded(quote)) && (found == nil || turn.GetSection() == section) {
			found = turn
		}
	}
	return found
}

func lastName(name string) string {
	fields := strings.Fields(strings.ToLower(name))
	if len(fields) == 0 {
		return ""
	}
	return fields[len(fields)-1]
}

// hasExchangeOf reports whether an analyst, as a reader writes his name, has a
// slot.
func hasExchangeOf(got *callrankv1.Transcript, analyst string) bool {
	name, _, _ := strings.Cut(analyst, " (")
	for _, e := range got.GetExchanges() {
		if lastName(e.GetAnalyst()) == lastName(name) {
			return true
		}
	}
	return false
}

// TestTwoEditionsOfOneCallAgree compares the texts of one call in two layouts.
func TestTwoEditionsOfOneCallAgree(t *testing.T) {
	t.Parallel()
	editions := map[string][]string{}
	for _, l := range labels(t) {
		if l.ticker != "" && l.period != "" {
			key := strings.ToUpper(l.ticker) + " " + l.period
			editions[key] = append(editions[key], l.file)
		}
	}
	compared := 0
	for key, files := range editions {
		if len(files) < 2 {
			continue
		}
		ids := map[string]bool{}
		for _, file := range files {
			if len(unlike[file]) > 0 {
				continue
			}
			_, got := read(t, string(realcalls.Read(t, "transcripts/"+file)))
			ids[got.GetCall().GetId()] = true
		}
		compared++
		require.LessOrEqual(t, len(ids), 1, "%s: %v", key, files)
	}
	require.Positive(t, compared)
}
