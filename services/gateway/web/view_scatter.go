package web

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
)

// letterWidth and lineHeight are the room that a letter of a ticker takes.
const (
	letterWidth = 6.2
	lineHeight  = 11.0
)

// scatter sets talk against proof, company by company.
type scatter struct {
	Width, Height, Left, Right, Top, Bottom float64
	Dots                                    []scatterDot
}

// FieldWidth and FieldHeight are those of the field of the dots; MiddleX and
// MiddleY its middle.
func (s *scatter) FieldWidth() float64  { return s.Right - s.Left }
func (s *scatter) FieldHeight() float64 { return s.Bottom - s.Top }
func (s *scatter) MiddleX() float64     { return (s.Left + s.Right) / 2 }
func (s *scatter) MiddleY() float64     { return (s.Top + s.Bottom) / 2 }

type scatterDot struct {
	Ticker, Title string
	X, Y, Radius  float64
	// Named tells that there is room for its ticker, at LabelX.
	Named  bool
	LabelX float64
	// Before tells that the label stands before the dot.
	Before bool
}

// newScatter draws the companies of a page. The larger the company, the larger
// its dot; of unknown value, the smallest.
func newScatter(entries []*callrankv1.RankingEntry) *scatter {
	const width, height, left, right, top, bottom = 300, 236, 26, 10, 10, 30
	s := &scatter{Width: width, Height: height, Left: left, Right: width - right, Top: top, Bottom: height - bottom}
	for _, entry := range entries {
		s.Dots = append(s.Dots, scatterDot{
			Ticker: entry.GetTicker(),
			Title: fmt.Sprintf("%s: talks at %s, proves at %s", entry.GetTicker(),
				report.Score(entry.GetEnthusiasm()), report.Score(entry.GetSubstance())),
			X:      s.Left + onScale(entry.GetEnthusiasm())*(s.Right-s.Left),
			Y:      s.Bottom - onScale(entry.GetSubstance())*(s.Bottom-s.Top),
			Radius: radius(entry.GetMarketCap()),
		})
	}
	s.label()
	// Small dots are drawn over large ones.
	slices.SortStableFunc(s.Dots, func(a, b scatterDot) int { return cmp.Compare(b.Radius, a.Radius) })
	return s
}

// radius grows with the logarithm of the market value, from a billion dollars
// to a few trillion.
func radius(value float64) float64 {
	const least, most, from, span = 3, 8, 9, 3.5
	if !(value > 0) {
		return least
	}
	return least + (most-least)*min(max((math.Log10(value)-from)/span, 0), 1)
}

// label names the dots whose ticker stands clear of other dots and tickers, in
// the order of the ranking.
func (s *scatter) label() {
	const gap = 3
	var taken []box
	for _, dot := range s.Dots {
		taken = append(taken, box{dot.X - dot.Radius, dot.Y - dot.Radius, dot.X + dot.Radius, dot.Y + dot.Radius})
	}
	for i := range s.Dots {
		dot := &s.Dots[i]
		long := letterWidth * float64(len(dot.Ticker))
		for _, before := range []bool{false, true} {
			x := dot.X + dot.Radius + gap
			if before {
				x = dot.X - dot.Radius - gap - long
			}
			room := box{x, dot.Y - lineHeight/2, x + long, dot.Y + lineHeight/2}
			if room.left < s.Left || room.right > s.Width || room.meetsAny(taken) {
				continue
			}
			dot.Named, dot.Before, dot.LabelX = true, before, x
			taken = append(taken, room)
			break
		}
	}
}

type box struct{ left, top, right, bottom float64 }

func (b box) meetsAny(others []box) bool {
	return slices.ContainsFunc(others, func(o box) bool {
		return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
	})
}
