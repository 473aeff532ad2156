package quantity_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/quantity"
	"github.com/callrank/callrank/pkg/tests/realcalls"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Floors of what is found of the labelled sums and percentages, and of what
// is found that is labelled. The labels hold only what has a figure in it, and
// no basis points: other quantities are told apart and not judged.
const (
	leastRecall    = 0.97
	leastPrecision = 0.95
)

// labelled is one call with its labels, of kind MONEY or PERCENT.
type labelled struct {
	Text     string `json:"text"`
	Entities []struct {
		Type  string `json:"type"`
		Start int    `json:"start"`
		End   int    `json:"end"`
	} `json:"entities"`
}

// label is one labelled stretch, in bytes.
type label struct {
	kind       string
	start, end int
}

func (l *labelled) labels() []label {
	at := byteOffsets(l.Text)
	out := make([]label, 0, len(l.Entities))
	for _, e := range l.Entities {
		out = append(out, label{strings.ToLower(e.Type), at[e.Start], at[e.End]})
	}
	return out
}

// byteOffsets maps character offsets to byte offsets.
func byteOffsets(text string) []int {
	at := make([]int, 0, len(text)+1)
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

// kindOf is the kind of label that a quantity would have, empty for others.
func kindOf(q *quantity.Quantity) string {
	switch {
	case q.Money():
		return "money"
	case q.Unit == callrankv1.UnitPercent:
		return "percent"
	}
	return ""
}

// tally counts what was found of one kind.
type tally struct {
	labels, found, sameKind int
	judged, right           int
}

// differences counts causes, and keeps the first example of each as a shape:
// its words with every digit a 9.
type differences struct {
	count   map[string]int
	example map[string]string
}

func (d *differences) add(cause, words string) {
	d.count[cause]++
	if d.example[cause] == "" {
		d.example[cause] = shapeOf(words)
	}
}

func shapeOf(words string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '9'
		}
		return r
	}, strings.Join(strings.Fields(words), " "))
}

func (d *differences) log(t *testing.T) {
	t.Helper()
	causes := make([]string, 0, len(d.count))
	for cause := range d.count {
		causes = append(causes, cause)
	}
	slices.SortFunc(causes, func(a, b string) int { return d.count[b]*1000 - d.count[a]*1000 + strings.Compare(a, b) })
	for _, cause := range causes {
		t.Logf("%5d  %-48s such as %q", d.count[cause], cause, d.example[cause])
	}
}

// covers reports that the quantity and the stretch share a byte.
func (l label) covers(q *quantity.Quantity) bool { return q.Start < l.end && l.start < q.End }

// measure compares what is read with the labels of one call.
func measure(call *labelled, all map[string]*tally, d *differences) []quantity.Quantity {
	got := quantity.Scan(call.Text)
	labels := call.labels()
	for _, l := range labels {
		c := all[l.kind]
		c.labels++
		hits := slices.DeleteFunc(slices.Clone(got), func(q quantity.Quantity) bool { return !l.covers(&q) })
		if len(hits) == 0 {
			d.add(l.kind+" labelled, nothing read", call.Text[l.start:l.end])
			continue
		}
		c.found++
		if slices.ContainsFunc(hits, func(q quantity.Quantity) bool { return kindOf(&q) == l.kind }) {
			c.sameKind++
			continue
		}
		d.add(fmt.Sprintf("%s labelled, %s read: %s", l.kind, hits[0].Unit, currencyBeside(call.Text, l)), call.Text[l.start:l.end])
	}
	for i := range got {
		judge(&got[i], labels, all, d)
	}
	return got
}

// judge counts a quantity that is not labelled, by what it is.
func judge(q *quantity.Quantity, labels []label, all map[string]*tally, d *differences) {
	known := slices.ContainsFunc(labels, func(l label) bool { return l.covers(q) })
	kind := kindOf(q)
	figure := strings.ContainsAny(q.Text, "0123456789")
	switch {
	case known && kind != "":
		all[kind].judged++
		all[kind].right++
	case known, kind == "" && q.Unit != callrankv1.UnitBPS:
	case q.Unit == callrankv1.UnitBPS:
		d.add("not judged: basis points", q.Text)
	case !figure:
		d.add("not judged: no figure in it, "+map[bool]string{true: "money", false: "percent"}[kind == "money"], q.Text)
	default:
		all[kind].judged++
		d.add("not labelled: "+wayOf(q), q.Text)
	}
}

// wayOf tells in which of the ways a quantity was said.
func wayOf(q *quantity.Quantity) string {
	low := strings.ToLower(q.Text)
	switch {
	case q.Form == quantity.Band:
		return "a part of a decade"
	case q.Money() && strings.Contains(low, "cent"):
		return "cents"
	case q.Money() && !strings.ContainsAny(low, "$€£¥"):
		return "a currency by its name"
	case q.Money():
		return "a currency by its sign"
	case strings.Contains(low, "point"):
		return "points"
	case q.Range():
		return "a range in percent"
	}
	return "percent"
}

// currencyBeside tells whether a label names a currency.
func currencyBeside(text string, l label) string {
	words := strings.ToLower(text[l.start:l.end])
	switch {
	case strings.ContainsAny(words, "$€£¥"), strings.Contains(words, "dollar"), strings.Contains(words, "euro"):
		return "the currency stands elsewhere in it"
	case strings.Contains(words, "peso"):
		return "a currency of many countries"
	}
	return "no currency is said"
}

func TestLabelledQuantitiesOfRealCallsAreFound(t *testing.T) {
	t.Parallel()
	lines := bufio.NewScanner(bytes.NewReader(realcalls.Read(t, "labels/earnings21/quantities.jsonl")))
	lines.Buffer(nil, 1<<24)
	all := map[string]*tally{"money": {}, "percent": {}}
	d := differences{map[string]int{}, map[string]string{}}
	calls := 0
	for lines.Scan() {
		var call labelled
		require.NoError(t, json.Unmarshal(lines.Bytes(), &call))
		wellFormed(t, call.Text, measure(&call, all, &d))
		calls++
	}
	require.NoError(t, lines.Err())
	require.Positive(t, calls)
	t.Logf("%d calls", calls)
	t.Logf("%-8s %8s %8s %8s %14s %8s %10s", "kind", "labels", "found", "recall", "with its unit", "judged", "precision")
	for _, kind := range []string{"money", "percent"} {
		c := all[kind]
		recall, precision := float64(c.found)/float64(c.labels), float64(c.right)/float64(c.judged)
		t.Logf("%-8s %8d %8d %8.3f %14.3f %8d %10.3f", kind, c.labels, c.found, recall, float64(c.sameKind)/float64(c.labels), c.judged, precision)
		require.GreaterOrEqual(t, recall, leastRecall, kind)
		require.GreaterOrEqual(t, precision, leastPrecision, kind)
	}
	d.log(t)
}
