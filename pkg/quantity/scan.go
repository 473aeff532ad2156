package quantity

import (
	"github.com/callrank/callrank/pkg/words"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// scanner holds one text while it is read.
type scanner struct {
	text, lowText string
	toks          []token
	out           []Quantity
	// open is the first token that no quantity has taken yet.
	open int
}

// Scan returns the quantities of the text in order. They do not overlap. Any
// text is accepted; what lies beyond 2 GiB is not read.
func Scan(text string) []Quantity { return ScanWords(words.Cut(text)) }

// ScanWords does what Scan does, of a text that is cut into words already.
func ScanWords(text *words.Text) []Quantity {
	s := scanner{text: text.Text, lowText: text.Low, toks: tokenise(text)}
	s.out = make([]Quantity, 0, len(text.Text)/256+4)
	for i := 0; i < len(s.toks); {
		if t := &s.toks[i]; t.class == none && t.kind != digits { // as most are
			i++
			continue
		}
		if next := s.step(i); next > i {
			i, s.open = next, next
			continue
		}
		i++
	}
	return s.out
}

// step reads what begins at token i and returns the token after it, or i when
// nothing does.
func (s *scanner) step(i int) int {
	switch s.toks[i].class {
	case none:
		return s.figure(i) // digits
	case degreeWord:
		return s.band(i)
	case rankWord:
		if next := s.band(i); next > i {
			return next
		}
		return s.rankMultiple(i)
	case multipleVerb, twiceWord, foldNumber, orderWord, halvedWord:
		return s.multiple(i)
	case plural, multiWord, multi, severalWord:
		return s.indefinite(i)
	case halfWord, article, oneWord, unitsWord, tensWord, zeroWord, coupleWord:
		return s.spoken(i)
	case currencySign, currencyCode, betweenWord:
		return s.figure(i)
	}
	return i
}

// spoken tries the readings of a word that may begin a number.
func (s *scanner) spoken(i int) int {
	if s.is(i, article) {
		switch s.at(i + 1).class {
		case none:
			return i
		case severalWord:
			return s.indefinite(i)
		case powerWord:
			return s.emitFrom(i, i+2, Quantity{Value: some(number{1, 0}.decimal()), Unit: unitName(s.at(i + 1).val), Form: Words})
		}
	}
	if next := s.fraction(i); next > i {
		return next
	}
	if next := s.digitsLong(i); next > i {
		return next
	}
	return s.figure(i)
}

// figure reads a number with its unit, or a range of two, at token i.
func (s *scanner) figure(i int) int {
	from, between := i, s.is(i, betweenWord)
	if between {
		from++
	}
	if s.at(from).kind == digits {
		if next := s.notANumber(from); next > from {
			return next
		}
		if next := s.slashed(from); next > from {
			return next
		}
		if next := s.outOf(from); next > from && !between {
			return next
		}
		if next := s.digitsLong(from); next > from {
			return next
		}
	}
	p, ok := s.pieceAt(from)
	if !ok {
		return i
	}
	if q, to, ok := s.rangeFrom(p, between); ok {
		if between {
			from = i
		}
		return s.emitFrom(min(from, p.from), to, q)
	}
	if between {
		return i
	}
	if !s.stands(&p) {
		return max(p.to, i+1)
	}
	return s.single(p)
}

// single emits one number with its unit.
func (s *scanner) single(p piece) int {
	from := p.from
	q := Quantity{Unit: p.unit, Form: p.form, Qualifier: p.vague}
	if s.minusBefore(from) && !p.negative {
		from--
		p.num = p.num.negate()
	}
	q.Value = some(p.num.decimal())
	return s.emitFrom(from, p.to, q)
}

// minusBefore reports a sign or the word "minus" before the token at i.
func (s *scanner) minusBefore(i int) bool {
	if i == 0 || i-1 < s.open {
		return false
	}
	if s.is(i-1, minusWord) {
		return true
	}
	t := s.at(i - 1)
	return s.sign(i-1, hyphen) && !t.glued && s.at(i).glued && t.end-t.start <= 3 && !t.fresh
}

// emitFrom fills in place and surroundings and returns the token after.
func (s *scanner) emitFrom(from, to int, q Quantity) int {
	q.Start, q.End = int(s.at(from).start), int(s.at(to-1).end)
	q.Text = s.text[q.Start:q.End]
	next := s.surround(&q, from, to)
	s.out = append(s.out, q)
	return next
}

// percentBand is a band of percentages.
func percentBand(low, high int64) Quantity {
	return Quantity{
		Low: some(number{low, 0}.decimal()), High: some(number{high, 0}.decimal()),
		Unit: callrankv1.UnitPercent, Form: Band,
	}
}
