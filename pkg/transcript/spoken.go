package transcript

import (
	"strconv"
	"strings"
)

// readSpeech reads the facts in what is said: the operator and the host name
// the company and the period when they open the call, the safe harbour its
// date.
func (f *findings) readSpeech(c *call) {
	opening, closing := c.opening()
	dates := spokenDates(c, opening)
	f.spokenDate(dates)
	f.checkPeriodEnd(dates)
	said := readSpokenPeriods(c, opening)
	if len(said.votes) == 0 {
		for _, v := range readSpokenPeriods(c, closing).votes {
			if v.weight >= plainly {
				said.votes = append(said.votes, v)
			}
		}
	}
	if len(said.votes) == 0 {
		said.countHalves()
	}
	f.spokenPeriod(c, f.possible(said))
	if !f.spokenCompany(c, opening) {
		f.spokenCompany(c, closing)
	}
	if _, known := f.best(factTicker); !known {
		f.spokenWebsite(opening)
	}
}

// opening returns the words with which the call begins and ends, by turn.
func (c *call) opening() (opening, closing []words) {
	const (
		openingWords = 1200
		closingWords = 250
	)
	left := openingWords
	for i := c.firstSpoken(); i < len(c.turns) && left > 0; i++ {
		w := c.turns[i].words.slice(0, left)
		left -= w.len()
		opening = append(opening, w)
	}
	left = closingWords
	for i := len(c.turns) - 1; i >= 0 && left > 0; i-- {
		if !c.turns[i].isSpeech() {
			continue
		}
		w := c.turns[i].words
		w = w.slice(w.len()-left, w.len())
		left -= w.len()
		closing = append(closing, w)
	}
	return opening, closing
}

// spokenPeriods are the periods that are said to be those of the call.
type spokenPeriods struct {
	votes    []vote
	quarters []periodIn // quarters said to be the call's, without their year
	halves   []vote     // halves named as plainly, which count where no quarter is
}

// vote is a period that is said to be the call's, and how often and plainly.
type vote struct {
	Period

	weight int
	at     span
}

// countHalves counts the halves where no quarter is known with its year. Where
// a quarter is named without one, the half that it ends tells it.
func (p *spokenPeriods) countHalves() {
	for _, half := range p.halves {
		in := periodIn{half.Period, half.at}
		for _, q := range p.quarters {
			if quarter := (Period{Year: half.Year, Quarter: q.Quarter}); quarter.within(half.Period) {
				in = periodIn{quarter, q.at}
			}
		}
		if in.Quarter != 0 || len(p.quarters) == 0 {
			p.count(in, half.weight)
		}
	}
}

func (p *spokenPeriods) count(in periodIn, weight int) {
	for i := range p.votes {
		if p.votes[i].Period == in.Period {
			p.votes[i].weight += weight
			return
		}
	}
	p.votes = append(p.votes, vote{in.Period, weight, in.at})
}

// readSpokenPeriods finds the periods that are named as the subject of the
// call: "welcome to Acme's first quarter 2025 earnings call", "our results for
// the second quarter of fiscal 2026". Those that only are compared with, or
// guided to, do not count.
func readSpokenPeriods(c *call, parts []words) spokenPeriods {
	var said spokenPeriods
	for _, w := range parts {
		if w.len() == 0 {
			continue
		}
		all := w.span(0, w.len())
		for _, p := range findPeriods(all.of(c.text)) {
			p.at = span{all.start + p.at.start, all.start + p.at.end}
			weight := weightAsSubject(w, w.from(p.at.start), w.from(p.at.end))
			switch {
			case weight == 0:
			case p.Year == 0:
				said.quarters = append(said.quarters, p)
			default:
				said.count(p, weight)
			}
		}
		said.readHalves(w, all)
	}
	return said
}

// readHalves finds the halves by which the call or its results are named: the
// second half of a year is spoken of on many calls, as a thing to come.
func (p *spokenPeriods) readHalves(w words, all span) {
	const near = 5 // words
	for _, h := range findHalves(all.of(w.text)) {
		h.at = span{all.start + h.at.start, all.start + h.at.end}
		i, j := w.from(h.at.start), w.from(h.at.end)
		weight := weightAsSubject(w, i, j)
		ahead, behind := w.slice(i, min(sentenceEnd(w, max(j-1, i)), j+near)), w.slice(max(sentenceStart(w, i), i-near), i)
		if weight >= plainly && (ahead.has("results", "earnings", "call", "webcast", "presentation", "conference", "announcement") || behind.has("results for", "results of", "results presentation", "earnings call")) {
			p.halves = append(p.halves, vote{h.Period, weight, h.at})
		}
	}
}

// weightAsSubject tells how plainly the period in words i to j is said to be
// that of the call: 2 where the call is named by it, 1 where its results are
// discussed, else 0.
func weightAsSubject(w words, i, j int) int {
	const before, after, far = 12, 9, 30
	start := max(sentenceStart(w, i), i-before)
	end := min(sentenceEnd(w, max(j-1, i)), j+far)
	ahead := w.slice(j, min(end, j+after))
	if comparedOrGuided(w, max(start, i-5), i) || w.slice(j, min(end, j+3)).has("outlook", "guidance") || announcesLater(w, start, end) {
		return 0
	}
	behind := w.slice(start, i)
	switch {
	case ahead.has("call", "teleconference", "webcast", "conference", "webinar", "interview") && !ahead.has("next", "previous", "prior"):
		return 2
	case behind.has("call", "teleconference", "webcast", "conference call", "webinar", "welcome", "review", "discuss", "discussing", "reviewing"):
		return 2
	case ahead.has("results", "earnings", "performance") && (behind.has("results", "announced", "reported", "reporting", "released", "our", "today", "distributed") || ahead.has("released", "today")):
		return 1
	case behind.has("results for", "results of"):
		return 1
	default:
		return 0
	}
}

// announcesLater reports whether words i to j announce a call that is yet to
// come.
func announcesLater(w words, i, j int) bool {
	return w.slice(i, j).has("scheduled", "tentatively", "until", "upcoming", "next call", "planning purposes", "look forward to")
}

// comparedOrGuided reports whether the words i to j, which stand before a
// period, make it one that is compared with or looked forward to.
func comparedOrGuided(w words, i, j int) bool {
	return w.slice(i, j).has("compared", "versus", "vs", "against", "relative", "over", "from", "since", "outlook", "guidance", "expect", "expectations", "next", "upcoming", "prior", "previous", "last", "forecast")
}

// plainly is the weight of a period by which the call is named.
const plainly = 2

// spokenPeriod takes the period that is named most often and most plainly as
// the call's. Another one that is named as plainly is a contradiction.
func (f *findings) spokenPeriod(c *call, said spokenPeriods) {
	if len(said.votes) == 0 {
		f.quarterWithoutYear(c, said.quarters)
		return
	}
	best := said.votes[0]
	for _, v := range said.votes[1:] {
		if v.weight > best.weight || v.weight == best.weight && c.likelier(v.Period, best.Period) {
			best = v
		}
	}
	stated := f.has(factPeriod, originHeader)
	if stated && best.weight < plainly {
		return
	}
	f.addPeriod(best.Period, originSpeech, best.at)
	for _, v := range said.votes {
		if v.Period != best.Period && v.weight >= plainly && !stated {
			f.addPeriod(v.Period, originSpeech, v.at)
		}
	}
}

// possible drops the periods of which the year is not that of the call's date,
// or the one before or after it: the fiscal year need not be the calendar's,
// but it is near.
func (f *findings) possible(said spokenPeriods) spokenPeriods {
	date, known := f.best(factDate)
	if !known {
		return said
	}
	year := number(date.value[:len("2006")])
	kept := said.votes[:0]
	for _, v := range said.votes {
		if v.Year >= year-1 && v.Year <= year+1 {
			kept = append(kept, v)
		}
	}
	said.votes = kept
	return said
}

// likelier reports whether the first of two periods, said as plainly to be the
// call's, is said more often on it or, if both are as often, its year is:
// somebody may have misspoken.
func (c *call) likelier(a, b Period) bool {
	times := map[Period]int{}
	for _, in := range c.periodsSaid() {
		times[in.Period]++
	}
	if times[a] != times[b] {
		return times[a] > times[b]
	}
	if a.Year < b.Year {
		return !c.likelier(b, a)
	}
	// What a year is compared with is earlier, and said about as often.
	return a.Year > b.Year && 2*c.yearSaid(a.Year) >= c.yearSaid(b.Year)
}

// yearSaid counts how often a year is said on the call.
func (c *call) yearSaid(year int) int {
	n := 0
	digits := strconv.Itoa(year)
	for i := range c.turns {
		if c.turns[i].isSpeech() {
			n += strings.Count(c.turns[i].at.of(c.text), digits)
		}
	}
	return n
}

// periodsSaid are all the periods said on the call, read when they are first
// wanted.
func (c *call) periodsSaid() []periodIn {
	if c.periods == nil {
		c.periods = []periodIn{}
		for i := range c.turns {
			if t := &c.turns[i]; t.isSpeech() {
				c.periods = append(c.periods, findPeriods(t.at.of(c.text))...)
			}
		}
	}
	return c.periods
}

// quarterWithoutYear takes the year of a quarter that is named as the call's
// without one from a place later in the call that names it with its year.
// Without that, the end of the period tells it where the fiscal year is the
// calendar's.
func (f *findings) quarterWithoutYear(c *call, quarters []periodIn) {
	if f.has(factPeriod, originHeader) {
		return
	}
	if len(quarters) > 0 {
		var all []words
		for i := range c.turns {
			if c.turns[i].isSpeech() {
				all = append(all, c.turns[i].words)
			}
		}
		years := map[int]bool{}
		for _, v := range f.possible(readSpokenPeriods(c, all)).votes {
			if v.Quarter == quarters[0].Quarter && v.weight >= plainly {
				years[v.Year] = true
			}
		}
		if len(years) == 1 {
			for year := range years {
				f.addPeriod(Period{Year: year, Quarter: quarters[0].Quarter}, originSpeech, quarters[0].at)
			}
			return
		}
	}
	f.endedQuarter(c)
}

// endedQuarter reads "the first quarter ended March 31, 2025": a quarter that
// ends with the calendar's quarter of the same number is of a fiscal year that
// is the calendar's.
func (f *findings) endedQuarter(c *call) {
	opening, _ := c.opening()
	named := false // whether a quarter is
	for _, w := range opening {
		if w.len() == 0 {
			continue
		}
		all := w.span(0, w.len())
		text := all.of(c.text)
		for _, p := range findPeriods(text) {
			named = true
			word, next := lexeme(text, p.at.end)
			if p.Year != 0 || !strings.EqualFold(word, "ended") && !strings.EqualFold(word, "ending") {
				continue
			}
			date, _, is := dateAt(text, skipBlank(text, next))
			if is && number(date[5:7]) == 3*p.Quarter {
				f.addPeriod(Period{Year: number(date[:4]), Quarter: p.Quarter}, originSpeech, span{all.start + p.at.start, all.start + p.at.end})
				return
			}
		}
	}
	for _, w := range opening {
		if !named && w.len() > 0 && f.endedHalf(c.text, w.span(0, w.len())) {
			return
		}
	}
}

// spokenDate reads the date of the call where it is said to be today's, or the
// day of the recording: "as of today, May 1, 2025".
func (f *findings) spokenDate(said []spokenOn) {
	for _, d := range said {
		if isToday(d.w, d.i) {
			f.add(factDate, d.iso, originSpeech, d.at)
		}
	}
}

// spokenOn is a date said on the call, and the word it begins with.
type spokenOn struct {
	dateIn

	w words
	i int
}

// spokenDates are the dates said when the call is opened.
func spokenDates(c *call, opening []words) []spokenOn {
	var said []spokenOn
	for _, w := range opening {
		if w.len() == 0 {
			continue
		}
		all := w.span(0, w.len())
		for _, d := range findDates(all.of(c.text)) {
			d.at = span{all.start + d.at.start, all.start + d.at.end}
			said = append(said, spokenOn{d, w, w.from(d.at.start)})
		}
	}
	return said
}

// isToday reports whether the words before word i make a date there the day of
// the call.
func isToday(w words, i int) bool {
	const before = 6
	start := max(sentenceStart(w, i), i-before)
	behind := w.slice(start, i)
	if behind.has("ended", "ending", "dated", "filed", "through", "until", "since", "before", "after", "quarter", "year") {
		return false
	}
	if behind.has("today", "recorded", "recording") {
		return true
	}
	_, asOf := w.phrase(i-2, "as of")
	return asOf && w.slice(sentenceStart(w, i), i).has("information", "statements", "views", "presentation", "remarks")
}
