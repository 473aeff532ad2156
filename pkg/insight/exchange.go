package insight

import (
	"math"
	"sort"
	"strings"

	"google.golang.org/protobuf/proto"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// exchanges fills in the words of questions and answers, whether the question
// is about the theme, and how direct the answers are.
func (r *Rules) exchanges(rd *reading) []*callrankv1.Exchange {
	out := make([]*callrankv1.Exchange, 0, len(rd.transcript.GetExchanges()))
	for _, x := range rd.transcript.GetExchanges() {
		y := proto.CloneOf(x)
		if s := y.GetQuestion().GetSource(); s != nil {
			y.Question.Quote = rd.folded(int(s.GetStart()), int(s.GetEnd()))
		}
		for _, a := range y.GetAnswers() {
			if s := a.GetSource(); s != nil {
				a.Quote = rd.folded(int(s.GetStart()), int(s.GetEnd()))
			}
		}
		y.AboutAi = new(r.aboutTheme(rd, x))
		if d, ok := rd.directness(x); ok {
			y.Directness = new(d)
		}
		out = append(out, y)
	}
	return out
}

// askedIn visits the sentences of the analyst in an exchange.
func (rd *reading) askedIn(x *callrankv1.Exchange, visit func(*sentence)) {
	seen := false
	for _, turn := range x.GetTurns() {
		for i := rd.first[turn]; i < rd.first[turn+1]; i++ {
			if rd.sentences[i].voice == analyst {
				seen = true
				visit(&rd.sentences[i])
			}
		}
	}
	if seen {
		return
	}
	rd.inSpan(x.GetQuestion().GetSource(), visit)
}

// inSpan visits the sentences that begin within a span.
func (rd *reading) inSpan(s *callrankv1.Span, visit func(*sentence)) {
	if s == nil {
		return
	}
	from := sort.Search(len(rd.sentences), func(i int) bool { return rd.sentences[i].start >= int(s.GetStart()) })
	for i := from; i < len(rd.sentences) && rd.sentences[i].end <= int(s.GetEnd()); i++ {
		visit(&rd.sentences[i])
	}
}

// asking is what an analyst's words in an exchange amount to.
type asking struct {
	names, products, kin, setting, words float64
}

// aboutTheme weighs whether the analyst's words are about the theme: how often
// and how plainly they name it, how far they use the words of its trade in a
// call that is about it, and whether the answer is about it.
func (r *Rules) aboutTheme(rd *reading, x *callrankv1.Exchange) bool {
	if rd.anchoredNowhere() {
		return false
	}
	return r.questions.weigh(rd.questionFeatures(x, nil)) >= r.questions.threshold
}

// Features of a question.
const (
	askNamed = iota
	askTimes
	askRate
	askTrade
	askSetting
	askDensity
	askAnswer
	askFeatures
)

func questionNames() []string {
	return []string{"named", "times named", "rate of names", "words of the trade", "words of the setting", "density", "answer"}
}

func (rd *reading) questionFeatures(x *callrankv1.Exchange, vs []value) []value {
	var a asking
	rd.askedIn(x, func(s *sentence) { a.add(rd, s) })
	full := min(1, rd.density/fullDensity)
	if a.names+a.products > 0 {
		vs = append(vs, value{askNamed, 1})
	}
	return append(vs,
		value{askTimes, math.Log1p(a.names)},
		value{askRate, math.Log1p(share(100*(a.names+a.products), max(a.words, leastAsked)))},
		value{askTrade, math.Log1p(a.kin) * full}, value{askSetting, math.Log1p(a.setting) * full},
		value{askDensity, full}, value{askAnswer, rd.answered(x)},
	)
}

func (a *asking) add(rd *reading, s *sentence) {
	a.words += float64(s.words)
	for _, h := range s.hits {
		switch g := h.Term.Groups; {
		case g.Has(rd.groups.strong):
			a.names++
		case g.Has(rd.groups.product):
			a.products++
		case g.Has(rd.groups.kin):
			a.kin++
		case g.Has(rd.groups.setting | rd.groups.segment):
			a.setting++
		}
	}
}

// anchoredNowhere reports a call in which nobody names the theme.
func (rd *reading) anchoredNowhere() bool {
	for i := range rd.sentences {
		if rd.sentences[i].anchor >= aboutTheme {
			return false
		}
	}
	return true
}

// answered is the mean theme of management's sentences in an exchange.
func (rd *reading) answered(x *callrankv1.Exchange) float64 {
	sum, n := 0.0, 0.0
	for _, turn := range x.GetTurns() {
		for i := rd.first[turn]; i < rd.first[turn+1]; i++ {
			if rd.sentences[i].voice == management {
				sum += rd.sentences[i].theme
				n++
			}
		}
	}
	return share(sum, n)
}

// Steps of directness.
const (
	directBase    = 0.4
	directFigures = 0.35
	directPlain   = 0.25
	directRefusal = 0.35
	directHedge   = 0.1
	openingWords  = 12
)

// directness is how directly the answers answer, from 0 to 1: figures and a
// plain yes or no raise it, a refusal to say and many hedges lower it.
func (rd *reading) directness(x *callrankv1.Exchange) (float64, bool) {
	sentences, figures, refusals, hedges := 0, 0, 0, 0
	plain := false
	for _, turn := range x.GetTurns() {
		for i := rd.first[turn]; i < rd.first[turn+1]; i++ {
			s := &rd.sentences[i]
			if s.voice != management {
				continue
			}
			if sentences < 3 && plainAnswer(rd.text[s.start:s.end]) {
				plain = true
			}
			sentences++
			if s.groups.Has(rd.groups.refusal) {
				refusals++
			}
			if s.groups.Has(rd.groups.hedge) {
				hedges++
			}
			figures += rd.figuresIn(s)
		}
	}
	if sentences == 0 {
		return 0, false
	}
	d := directBase + directFigures*saturate(float64(figures), 1)
	if plain {
		d += directPlain
	}
	if refusals > 0 {
		d -= directRefusal
	}
	if 3*hedges > sentences {
		d -= directHedge
	}
	return round(min(1, max(0, d)), 2), true
}

// plainAnswer reports a sentence that begins with a plain yes or no.
func plainAnswer(s string) bool {
	left := openingWords
	for w := range strings.FieldsSeq(s) {
		if left == 0 {
			break
		}
		left--
		switch strings.ToLower(strings.Trim(w, ".,;:!")) {
		case "yes", "no", "absolutely", "correct", "definitely", "exactly", "right":
			return true
		}
	}
	return false
}

// figuresIn counts the quantities of a sentence.
func (rd *reading) figuresIn(s *sentence) int {
	n := 0
	for i := rd.firstQuantity(s.start); i < len(rd.quantities) && rd.quantities[i].End <= s.end; i++ {
		if k := rd.reckoned[i].kind; k != isSmall && k != isDuration {
			n++
		}
	}
	return n
}
