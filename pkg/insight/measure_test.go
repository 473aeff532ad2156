package insight

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/lexicon"
	"github.com/callrank/callrank/pkg/words"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// candidatesOf reads a text as one turn of management's.
func candidatesOf(t *testing.T, text string) (*Rules, []candidate, []timed) {
	t.Helper()
	r := NewRules(lexicon.AI())
	rd, err := r.read(text, &callrankv1.Transcript{Turns: []*callrankv1.Turn{{Speech: spanOf(0, len(text)), Section: callrankv1.SectionPrepared}}})
	require.NoError(t, err)
	found := r.candidates(rd)
	times, tenses := r.forward.timing(rd.cut), r.tenses.tensing(rd.cut)
	said := make([]timed, 0, len(rd.sentences))
	for i := range rd.sentences {
		s := times.read(rd.sentences[i].start, rd.sentences[i].end)
		s.verbs, s.whens = tenses.read(s.words)
		said = append(said, s)
	}
	return r, found, said
}

func TestWhatAFigureMeasuresIsTheNounItStandsBy(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Our backlog grew to $40 billion, and was up 12% from a year ago.":                      "backlog",
		"We signed 40 new contracts.":                                                           "deals",
		"Over 9,000 paying customers use it.":                                                   "customers",
		"The agent saved 20,000 hours of manual effort.":                                        "time",
		"It now has a run rate of $2 billion.":                                                  "run rate",
		"We closed a $15 million deal in total contract value.":                                 "deals",
		"The new chip gives 30% better performance per watt.":                                   "performance",
		"Operating expenses rose 6% on higher spending for models.":                             "expense",
		"Capital expenditures were $3 billion, mostly for chips.":                               "capex",
		"Gross margin was 61%, driven by the mix.":                                              "margin",
		"We brought 200 megawatts of capacity online.":                                          "capacity",
		"It answered 3 million queries.":                                                        "usage",
		"AI revenue doubled.":                                                                   "revenue",
		"It is a record, and 30% of our revenue comes from it.":                                 "share",
		"The addressable market is worth $90 billion by the end of the decade.":                 "market",
		"Cost savings from the program come to $40 million, in addition to the wins last year.": "savings",
	} {
		r, found, _ := candidatesOf(t, text)
		require.NotEmpty(t, found, text)
		require.NotEqual(t, none, found[0].gauge.chosen, text)
		require.Equal(t, want, r.measures.classes[found[0].gauge.chosen].Name, text)
	}
}

func TestASentenceThatNamesNoMeasureGoesOnAboutTheLast(t *testing.T) {
	t.Parallel()
	r, found, _ := candidatesOf(t, "Our bookings were strong this quarter. It went up by 40%, we think.")
	require.Len(t, found, 1)
	require.Equal(t, "orders", r.measures.classes[found[0].gauge.chosen].Name)
}

func TestEqualFiguresTellOfEachOther(t *testing.T) {
	t.Parallel()
	r, found, _ := candidatesOf(t, "Our backlog is $73 billion. The weather was mild and people liked it. So take that $73 billion as it stands.")
	require.Len(t, found, 2)
	require.Equal(t, "backlog", r.measures.classes[found[1].gauge.elsewhere[0]].Name)
}

func TestTheVerbTellsTheTimeOfAFigure(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"We will reach 500 megawatts.":                verbFuture,
		"We are going to reach 500 megawatts.":        verbFuture,
		"Revenue is expected to grow 20%.":            verbExpectation,
		"Revenue grew 20%.":                           verbPast,
		"Revenue has grown 20%.":                      verbPerfect,
		"It's growing 20%.":                           verbProgressive,
		"There's 2 million of them.":                  verbPresent,
		"We have 2 million users.":                    verbPresent,
		"It could save 20%.":                          verbModal,
		"That added $40 million.":                     verbEd,
		"The increased demand, up 20%.":               none,
		"Revenue was driven by AI, and it rose 20%.":  verbPast,
		"Customers want to save 20% of their budget.": verbInfinitive,
	} {
		_, found, said := candidatesOf(t, text)
		require.NotEmpty(t, found, text)
		require.Equal(t, want, tenseOf(&said[0], found[0].q, 0).verb, text)
	}
}

func TestTheWordsOfMeasureAndTenseAreInOrder(t *testing.T) {
	t.Parallel()
	m, err := loadMeasures()
	require.NoError(t, err)
	for _, c := range m.classes {
		require.NotEmpty(t, c.Words, c.Name)
		if !c.Idle {
			require.Contains(t, []string{"stock", "flow"}, c.Nature, c.Name)
		}
	}
	_, err = loadTenses()
	require.NoError(t, err)
	require.Len(t, tenseNames(), tenseFeatureEnd)
	require.Len(t, measureNames(m), measureBlocks*len(m.classes))
	var text words.Text
	require.Empty(t, m.find(nil, m.phrases.first.Look(&text), nil))
}
