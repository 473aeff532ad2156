package web

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
)

// highest is the top of the scales of enthusiasm and substance.
const highest = 10

// components is the order in which bars show what adds up to a score: the style
// has their hues by their place.
func components() []string {
	return []string{
		callrankv1.ComponentEnthusiasm, callrankv1.ComponentTrend, callrankv1.ComponentQuantifies, callrankv1.ComponentImpact,
		callrankv1.ComponentUnderRadar, callrankv1.ComponentCredibility, callrankv1.ComponentConfirmation,
	}
}

// bar is a score as a bar.
func bar(of []*callrankv1.Component, full float64) template.HTML {
	var m markup
	m.writeBar(of, full)
	return m.html()
}

// writeBar writes a score as a bar: what each component adds, end to end; what
// was there to be had besides; and, at the end, what is unknown. What a
// component that is partly unknown cannot reach is unknown too. Its label says
// the same in words.
func (m *markup) writeBar(of []*callrankv1.Component, full float64) {
	const width, gap = 1000, 4
	m.tag(`<svg class=bar viewBox="0 0 1000 8" preserveAspectRatio=none role=img aria-label="`)
	known, unknown := 0.0, 0.0
	points := map[string]float64{}
	for i, c := range of {
		if i > 0 {
			m.tag(`, `)
		}
		m.text(plainWord(c.GetName())).tag(` `)
		if c.Points == nil {
			unknown += c.GetMax()
			m.tag(`unknown`)
			continue
		}
		known += c.GetMax()
		points[c.GetName()] = c.GetPoints()
		m.text(report.Points(c.GetPoints()))
	}
	m.tag(`">`)
	full = max(full, known+unknown, 1)
	at := 0.0
	for _, name := range components() {
		long := points[name] * width / full
		if long < gap {
			m.tag(`<path/>`)
			continue
		}
		m.run(at, long-gap)
		at += long
	}
	if left := (full - known) * width / full; left >= gap {
		m.run(width-left, left)
	}
	m.tag(`</svg>`)
}

// run writes a run of a bar.
func (m *markup) run(from, long float64) {
	m.tag(`<path d="M`).number(int(math.Round(from))).tag(` 4h`).number(max(1, int(math.Round(long)))).tag(`"/>`)
}

// hue is the place of a component in bars, from 1; 0 of what is none.
func hue(component string) int { return slices.Index(components(), component) + 1 }

// writeSpark writes a score from call to call. Its label has the scores.
func (m *markup) writeSpark(values []float64) {
	const width, height, margin, most = 52, 20, 3, 12
	values = values[max(0, len(values)-most):]
	m.tag(`<svg role=img aria-label="calls:`)
	for _, value := range values {
		m.tag(` `).text(report.Points(math.Round(value*10) / 10))
	}
	m.tag(`">`)
	if len(values) == 0 {
		m.tag(`</svg>`)
		return
	}
	m.tag(`<path d="M`)
	x, y := 0.0, 0.0
	for i, value := range values {
		x = width - margin
		if n := len(values) - 1; n > 0 {
			x = math.Round(margin + float64(i)*(width-2*margin)/float64(n))
		}
		y = height - margin - onScale(value)*(height-2*margin)
		if i > 0 {
			m.tag(` `)
		}
		m.coord(x).tag(` `).coord(y)
	}
	m.tag(`"/><circle cx="`).coord(x).tag(`" cy="`).coord(y).tag(`"/></svg>`)
}

// onScale is where a score lies on its scale, 0 to 1.
func onScale(score float64) float64 { return min(max(score/highest, 0), 1) }

// writeGap sets talk against proof. Both stand beside it in figures, so that
// it needs no words. The style tells the two by their order: proof, then talk.
func (m *markup) writeGap(enthusiasm, substance float64) {
	const width, margin = 64, 5
	talk := math.Round(margin + onScale(enthusiasm)*(width-2*margin))
	proof := math.Round(margin + onScale(substance)*(width-2*margin))
	m.tag(`<svg><path d="M`).coord(talk).tag(` 7H`).coord(proof).
		tag(`"/><circle cx="`).coord(proof).tag(`"/><circle cx="`).coord(talk).tag(`"/></svg>`)
}

// trajectory is enthusiasm and substance over all calls.
type trajectory struct {
	Width, Height, Left, Right, Top, Bottom float64
	Lines                                   []chartLine
	Marks                                   []chartMark
	Rules                                   []chartMark
	Label                                   string
}

type chartLine struct {
	Name, Points string
	Dots         []chartDot
	// X, Y and Value are those of the last point; LabelY is where its label
	// stands, clear of the other's.
	X, Y, LabelY float64
	Value        string
}

type chartDot struct {
	X, Y  float64
	Title string
}

// chartMark is a mark on an axis.
type chartMark struct {
	At   float64
	Text string
}

func newTrajectory(calls []*callrankv1.CallSummary) trajectory {
	const width, height, left, right, top, bottom, mostMarks = 680, 210, 30, 130, 12, 30, 8
	t := trajectory{
		Width: width, Height: height, Left: left, Right: width - right, Top: top, Bottom: height - bottom,
		Label: "Enthusiasm and substance by call; the table below has the figures",
	}
	x := func(i int) float64 {
		if len(calls) < 2 {
			return (t.Left + t.Right) / 2
		}
		return t.Left + float64(i)*(t.Right-t.Left)/float64(len(calls)-1)
	}
	y := func(score float64) float64 { return t.Bottom - onScale(score)*(t.Bottom-t.Top) }
	for _, score := range []float64{0, highest / 4.0, highest / 2.0, highest * 3 / 4.0, highest} {
		t.Rules = append(t.Rules, chartMark{y(score), report.Points(score)})
	}
	step := max(1, (len(calls)+mostMarks-1)/mostMarks)
	talk, proof := chartLine{Name: "enthusiasm"}, chartLine{Name: "substance"}
	for i, call := range calls {
		if (len(calls)-1-i)%step == 0 {
			t.Marks = append(t.Marks, chartMark{x(i), period(call.GetCall())})
		}
		talk.add(x(i), y(call.GetEnthusiasm()), call.GetEnthusiasm(), call.GetCall())
		proof.add(x(i), y(call.GetSubstance()), call.GetSubstance(), call.GetCall())
	}
	apart(&talk, &proof)
	t.Lines = []chartLine{talk, proof}
	return t
}

func (l *chartLine) add(x, y, value float64, call *callrankv1.Call) {
	point := coord(x) + "," + coord(y)
	l.Points = strings.TrimSpace(l.Points + " " + point)
	l.Dots = append(l.Dots, chartDot{x, y, fmt.Sprintf("%s %s, %s", l.Name, report.Score(value), period(call))})
	l.X, l.Y, l.LabelY, l.Value = x, y, y, report.Score(value)
}

// apart keeps the labels of two lines from standing on each other.
func apart(a, b *chartLine) {
	const apart = 16
	if b.LabelY < a.LabelY {
		a, b = b, a
	}
	if overlap := apart - (b.LabelY - a.LabelY); overlap > 0 {
		a.LabelY -= overlap / 2
		b.LabelY += overlap / 2
	}
}
