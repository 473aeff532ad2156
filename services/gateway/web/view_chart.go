package web

import (
	"fmt"
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
)

// highest is the top of the scales of enthusiasm and substance.
const highest = 10

// bar is a score as a bar: what each component adds, end to end; what was
// there to be had besides; and, at the end, what is unknown.
type bar struct {
	Width, Height float64
	Pieces        []piece
	// Label says the same in words.
	Label string
}

// piece is a piece of a bar.
type piece struct {
	// Name is the component's.
	Name     string
	X, Width float64
	Unknown  bool
	// Title says what it is.
	Title string
}

// newBar draws components to a scale of which the width is full. What a
// component that is partly unknown cannot reach is unknown too.
func newBar(components []*callrankv1.Component, full, width, height float64) bar {
	known, unknown, reachable := 0.0, 0.0, 0.0
	for _, c := range components {
		if c.Points == nil {
			unknown += c.GetMax()
		} else {
			known += c.GetPoints()
			reachable += c.GetMax()
		}
	}
	b := bar{Width: width, Height: height}
	scale := width / max(full, reachable+unknown, 1)
	words := make([]string, 0, len(components))
	at := 0.0
	for _, c := range components {
		title := componentTitle(c)
		words = append(words, title)
		if c.Points == nil || c.GetPoints() <= 0 {
			continue
		}
		b.Pieces = append(b.Pieces, piece{Name: c.GetName(), X: at * scale, Width: c.GetPoints() * scale, Title: title})
		at += c.GetPoints()
	}
	b.unknowns(components, scale, reachable, max(full, reachable+unknown))
	b.Label = fmt.Sprintf("%s of %s: %s", report.Points(known), report.Points(reachable), strings.Join(words, ", "))
	return b
}

// unknowns puts what is unknown at the end.
func (b *bar) unknowns(components []*callrankv1.Component, scale, from, full float64) {
	for _, c := range components {
		if c.Points != nil {
			continue
		}
		b.Pieces = append(b.Pieces, piece{Name: c.GetName(), X: from * scale, Width: c.GetMax() * scale, Unknown: true, Title: componentTitle(c)})
		from += c.GetMax()
	}
	if from < full {
		b.Pieces = append(b.Pieces, piece{X: from * scale, Width: (full - from) * scale, Unknown: true, Title: "part of a component is unknown"})
	}
}

func componentTitle(c *callrankv1.Component) string {
	if c.Points == nil {
		return fmt.Sprintf("%s unknown (up to %s)", plainWord(c.GetName()), report.Points(c.GetMax()))
	}
	return fmt.Sprintf("%s %s of %s", plainWord(c.GetName()), report.Points(c.GetPoints()), report.Points(c.GetMax()))
}

// sparkline is a score from call to call.
type sparkline struct {
	Width, Height float64
	// Points are those of the line.
	Points string
	// X and Y are where it ends.
	X, Y  float64
	Label string
}

func newSparkline(values []float64) sparkline {
	const width, height, margin, most = 52, 20, 3, 12
	values = values[max(0, len(values)-most):]
	s := sparkline{Width: width, Height: height}
	points, words := make([]string, 0, len(values)), make([]string, 0, len(values))
	for i, value := range values {
		s.X = width - margin
		if n := len(values) - 1; n > 0 {
			s.X = margin + float64(i)*(width-2*margin)/float64(n)
		}
		s.Y = height - margin - onScale(value)*(height-2*margin)
		points = append(points, coord(s.X)+","+coord(s.Y))
		words = append(words, report.Score(value))
	}
	s.Points = strings.Join(points, " ")
	s.Label = "enthusiasm by call: " + strings.Join(words, ", ")
	return s
}

// onScale is where a score lies on its scale, 0 to 1.
func onScale(score float64) float64 { return min(max(score/highest, 0), 1) }

// dumbbell sets talk against proof.
type dumbbell struct {
	Width, Height, Talk, Proof float64
	Label                      string
}

func newDumbbell(enthusiasm, substance float64) dumbbell {
	const width, height, margin = 76, 16, 6
	place := func(score float64) float64 { return margin + onScale(score)*(width-2*margin) }
	return dumbbell{
		Width: width, Height: height, Talk: place(enthusiasm), Proof: place(substance),
		Label: fmt.Sprintf("talks at %s, proves at %s", report.Score(enthusiasm), report.Score(substance)),
	}
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
