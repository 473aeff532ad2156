package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/export"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

var known = time.Date(2026, 3, 1, 16, 0, 0, 123456789, time.UTC)

func change() *callrankv1.RankingChange {
	return &callrankv1.RankingChange{
		Ticker: "HLYD", Company: new("Halyard, Inc."), Generation: "live",
		RankBefore: new(uint32(7)), RankAfter: 3, Ranked: 40, ScoreBefore: new(41.25), ScoreAfter: 50, OutOfAfter: 82,
		ComponentsAfter: []*callrankv1.Component{
			{Name: callrankv1.ComponentEnthusiasm, Max: 40, Points: new(30.0)},
			{Name: callrankv1.ComponentTrend, Max: 8},
			{Name: callrankv1.ComponentImpact, Max: 16, Points: new(0.0)},
		},
		CallId: "HLYD-2025Q3", RankedBy: "HLYD-2025Q4", Why: `trend unknown: told by "us", and others`,
		Row: &callrankv1.RankingEntry{
			Sector: new("Technology"), MarketCap: new(3.1e11), Enthusiasm: 7.5,
			Call: &callrankv1.Call{CallDate: new("2026-02-12")},
		},
	}
}

func write[R export.Row](t *testing.T, format string, rows ...*R) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := export.NewWriter[R](&out, format)
	require.NoError(t, err)
	for _, row := range rows {
		require.NoError(t, w.Write(row))
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

// table reads CSV into a map by the names of the columns.
func table(t *testing.T, b []byte) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	require.NoError(t, err)
	rows := make([]map[string]string, 0, len(lines))
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func TestChangeIsTheSameInEveryFormat(t *testing.T) {
	t.Parallel()
	row := export.RankingRowOf(12, known, change())
	rows := table(t, write(t, export.CSV, row))
	require.Len(t, rows, 1)
	for column, want := range map[string]string{
		"place": "12", "known_at": "2026-03-01T16:00:00.123456Z", "ticker": "HLYD", "company": "Halyard, Inc.",
		"call_id": "HLYD-2025Q3", "ranked_by": "HLYD-2025Q4", "call_date": "2026-02-12", "rank_before": "7", "rank": "3",
		"score_before": "41.25", "score": "50", "out_of_before": "", "out_of": "82",
		"enthusiasm_points": "30", "trend_points": "", "impact_points": "0", "enthusiasm": "7.5", "market_cap": "310000000000",
		"why": `trend unknown: told by "us", and others`,
	} {
		require.Equal(t, want, rows[0][column], column)
	}

	var object map[string]any
	require.NoError(t, json.Unmarshal(write(t, export.JSONL, row), &object))
	require.NotContains(t, object, "trend_points", "absent is unknown")
	require.InDelta(t, 0, object["impact_points"], 0, "zero is known")
	require.Equal(t, "2026-03-01T16:00:00.123456Z", object["known_at"])

	b := write(t, export.Parquet, row, row)
	back, err := parquet.Read[export.RankingRow](bytes.NewReader(b), int64(len(b)))
	require.NoError(t, err)
	require.Len(t, back, 2)
	require.Equal(t, *row, back[0])
}

func TestCompanyThatLeftHasNoRank(t *testing.T) {
	t.Parallel()
	left := change()
	left.Left, left.RankAfter = true, 0
	require.Empty(t, table(t, write(t, export.CSV, export.RankingRowOf(1, known, left)))[0]["rank"])
}

func grounded() *callrankv1.CallGrounded {
	return &callrankv1.CallGrounded{
		Provenance: &callrankv1.Provenance{ContentId: "abc", PublishedAt: "2026-03-01T15:59:00Z"},
		Analysis: &callrankv1.Analysis{
			Call: &callrankv1.Call{Id: new("HLYD-2025Q4"), Ticker: new("HLYD"), FiscalYear: new(int32(2025)), FiscalQuarter: new(int32(4))},
			Claims: []*callrankv1.Claim{
				{
					Id: "c01", Quote: "Run rate of $5 billion, up 60%, \n\"no less\".", Source: &callrankv1.Span{Start: 10, End: 50}, Kind: callrankv1.ClaimRevenue,
					Figures: []*callrankv1.Figure{
						{Text: "$5 billion", Value: new(5e9), Unit: "USD"},
						{Text: "60%", Value: new(60.0), Unit: callrankv1.UnitPercent, Comparator: new("YoY")},
					},
				},
				{Id: "c02", Quote: "Between 30% and 40%.", Figures: []*callrankv1.Figure{{Text: "30% and 40%", Low: new(30.0), High: new(40.0), Unit: callrankv1.UnitPercent}}},
			},
			Grounding: &callrankv1.Grounding{Sized: []*callrankv1.SizedClaim{{ClaimId: "c01", Method: callrankv1.MethodRunRate, Hard: true, RevenuePct: new(2.5)}}},
		},
	}
}

func TestEachFigureOfAClaimIsARow(t *testing.T) {
	t.Parallel()
	claims := export.ClaimRowsOf(known, grounded())
	rows := table(t, write(t, export.CSV, claims...))
	require.Len(t, rows, 3)
	require.Equal(t, []string{"c01 1 $5 billion", "c01 2 60%", "c02 1 30% and 40%"}, []string{
		rows[0]["claim_id"] + " " + rows[0]["figure"] + " " + rows[0]["text"],
		rows[1]["claim_id"] + " " + rows[1]["figure"] + " " + rows[1]["text"],
		rows[2]["claim_id"] + " " + rows[2]["figure"] + " " + rows[2]["text"],
	})
	require.Equal(t, "5000000000", rows[0]["value"])
	require.Equal(t, "2.5", rows[1]["revenue_pct"])
	require.Equal(t, "true", rows[1]["hard"])
	require.Empty(t, rows[2]["value"])
	require.Empty(t, rows[2]["hard"], "it was not sized, which is not soft")
	require.Equal(t, "Run rate of $5 billion, up 60%, \n\"no less\".", rows[0]["quote"])

	b := write(t, export.Parquet, claims...)
	back, err := parquet.Read[export.ClaimRow](bytes.NewReader(b), int64(len(b)))
	require.NoError(t, err)
	for i := range back {
		require.Equal(t, *claims[i], back[i])
	}
}

func TestATableOfNothingHasItsColumns(t *testing.T) {
	t.Parallel()
	require.Equal(t, 1, strings.Count(string(write[export.ClaimRow](t, export.CSV)), "\n"))
	require.Empty(t, write[export.ClaimRow](t, export.JSONL))
	b := write[export.ClaimRow](t, export.Parquet)
	file, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	require.NoError(t, err)
	require.Zero(t, file.NumRows())
	require.Len(t, file.Root().Columns(), reflect.TypeFor[export.ClaimRow]().NumField())
}

func TestFormatsThatAreNone(t *testing.T) {
	t.Parallel()
	_, err := export.NewWriter[export.ClaimRow](&bytes.Buffer{}, "xlsx")
	require.ErrorContains(t, err, "csv, jsonl, parquet")
}
