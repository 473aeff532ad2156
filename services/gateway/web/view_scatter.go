package web

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

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
	// Words say what it shows.
	Words string
}

// FieldWidth and FieldHeight are those of the field of the dots; MiddleX and
// MiddleY its middle.
func (s *scatter) FieldWidth() float64  { return s.Right - s.Left }
func (s *scatter) FieldHeight() float64 { return s.Bottom - s.Top }
func (s *scatter) MiddleX() float64     { return (s.Left + s.Right) / 2 }
func (s *scatter) MiddleY() float64     { return (s.Top + s.Bottom) / 2 }

type scatterDot struct {
	Ticker       string
	X, Y, Radius float64
	// Named tells that there is room for its ticker, at LabelX.
	Named  bool
	LabelX float64
	// Before tells that the label stands before the dot.
	Before bool
}

// newScatter draws companies. The larger the company, the larger its dot; of
// unknown value, the smallest.
func newScatter(entries []*callrankv1.RankingEntry) *scatter {
	const width, height, left, right, top, bottom = 320, 262, 26, 10, 10, 30
	s := &scatter{Width: width, Height: height, Left: left, Right: width - right, Top: top, Bottom: height - bottom}
	for _, entry := range entries {
		s.Dots = append(s.Dots, scatterDot{
			Ticker: entry.GetTicker(),
			X:      s.Left + onScale(entry.GetEnthusiasm())*(s.Right-s.Left),
			Y:      s.Bottom - onScale(entry.GetSubstance())*(s.Bottom-s.Top),
			Radius: radius(entry.GetMarketCap()),
		})
	}
	s.Words = gapWords(entries)
	s.label()
	// Small dots are drawn over large ones.
	slices.SortStableFunc(s.Dots, func(a, b scatterDot) int { return cmp.Compare(b.Radius, a.Radius) })
	return s
}

// Drawn are the dots with their tickers, each a link to its company. The table
// has the same links, so that these are none to come by with the keyboard.
func (s *scatter) Drawn() template.HTML {
	var m markup
	for i := range s.Dots {
		dot := &s.Dots[i]
		m.tag(`<a tabindex=-1 href="/companies/`).segment(dot.Ticker).tag(`"><circle cx="`).coord(math.Round(dot.X)).tag(`" cy="`).coord(math.Round(dot.Y)).
			tag(`" r="`).coord(math.Round(dot.Radius)).tag(`"/>`)
		if dot.Named {
			m.tag(`<text x="`).coord(dot.LabelX).tag(`" y="`).coord(dot.Y).tag(`" dy="3.5">`).text(dot.Ticker).tag(`</text>`)
		}
		m.tag(`</a>`)
	}
	return m.html()
}

// gapWords say in words who talks more than he proves, and who less.
func gapWords(entries []*callrankv1.RankingEntry) string {
	const even, named = 1.0, 3
	lead := func(e *callrankv1.RankingEntry) float64 { return e.GetEnthusiasm() - e.GetSubstance() }
	sorted := slices.Clone(entries)
	slices.SortStableFunc(sorted, func(a, b *callrankv1.RankingEntry) int { return cmp.Compare(lead(b), lead(a)) })
	ahead := slices.IndexFunc(sorted, func(e *callrankv1.RankingEntry) bool { return lead(e) < even })
	if ahead < 0 {
		ahead = len(sorted)
	}
	slices.Reverse(sorted)
	behind := slices.IndexFunc(sorted, func(e *callrankv1.RankingEntry) bool { return lead(e) > -even })
	if behind < 0 {
		behind = len(sorted)
	}
	names := func(of []*callrankv1.RankingEntry) string {
		words := make([]string, 0, named)
		for _, e := range of[:min(named, len(of))] {
			words = append(words, fmt.Sprintf("%s (%s to %s)", e.GetTicker(), report.Score(e.GetEnthusiasm()), report.Score(e.GetSubstance())))
		}
		return strings.Join(words, ", ")
	}
	words := fmt.Sprintf("Of %s, %s at least a point above what is proved", count(len(sorted), "company", "companies"), count(ahead, "talks", "talk"))
	if ahead > 0 {
		most := sorted[len(sorted)-min(ahead, named):]
		slices.Reverse(most)
		words += ", most of all " + names(most)
	}
	words += "; " + count(behind, "proves", "prove") + " more than is said"
	if behind > 0 {
		words += ": " + names(sorted[:behind])
	}
	return words + "."
}

// count is a number with its word.
func count(n int, one, more string) string {
	switch n {
	case 0:
		return "none " + one
	case 1:
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
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
