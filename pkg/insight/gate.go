package insight

import (
	"errors"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/callrank/callrank/pkg/quantity"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Verify is the gate for claims. It returns nil only when the claim's quote
// reads in the text at its source to the letter, white space folded, without
// cutting a figure or the negation before it, and every figure reads at its own
// source within the quote, is a whole quantity there, and has the number,
// range, unit, scale and sign, and the qualifier, comparator and direction
// if it states them, that the words give. The match is never fuzzy.
func Verify(text string, c *callrankv1.Claim) error {
	if err := within(text, c.GetSource()); err != nil {
		return fmt.Errorf("quote: %w", err)
	}
	from, to := contextOf(text, c.GetSource())
	return verify(text, c, quantity.Scan(text[from:to]), from)
}

// verify is the gate, given the quantities of the text around the claim;
// offset is where in the text they were read from.
func verify(text string, c *callrankv1.Claim, found []quantity.Quantity, offset int) error {
	if err := verifyWords(text, c.GetQuote(), c.GetSource()); err != nil {
		return fmt.Errorf("quote: %w", err)
	}
	if err := verifyEnds(text, c.GetSource(), found, offset); err != nil {
		return fmt.Errorf("quote: %w", err)
	}
	if len(c.GetFigures()) == 0 {
		return errNoFigure
	}
	for _, f := range c.GetFigures() {
		if err := verifyFigure(text, c, f, found, offset); err != nil {
			return fmt.Errorf("figure %q: %w", f.GetText(), err)
		}
	}
	return nil
}

var errNoFigure = errors.New("a claim has at least one figure")

// VerifyQuote is the gate for quotes: the words read in the text at their
// source to the letter, white space folded, and cut neither a figure nor the
// negation before them.
func VerifyQuote(text string, q *callrankv1.Quote) error {
	if err := verifyWords(text, q.GetQuote(), q.GetSource()); err != nil {
		return err
	}
	from, to := contextOf(text, q.GetSource())
	return verifyEnds(text, q.GetSource(), quantity.Scan(text[from:to]), from)
}

func verifyEnds(text string, s *callrankv1.Span, found []quantity.Quantity, offset int) error {
	return verifyEdges(text, int(s.GetStart()), int(s.GetEnd()), found, offset)
}

// verifyQuote is the gate for quotes, given the quantities of the text around it.
func verifyQuote(text string, q *callrankv1.Quote, found []quantity.Quantity) error {
	if err := verifyWords(text, q.GetQuote(), q.GetSource()); err != nil {
		return err
	}
	return verifyEnds(text, q.GetSource(), found, 0)
}

// verifyEdges refuses a stretch whose ends cut a figure in two, or that begins
// right after a negation: "not | grow 5%".
func verifyEdges(text string, start, end int, found []quantity.Quantity, offset int) error {
	for i := range found {
		from, to := found[i].Start+offset, found[i].End+offset
		if (from < start && start < to) || (from < end && end < to) {
			return fmt.Errorf("it begins or ends within the figure %q", fold(found[i].Text))
		}
	}
	if word := negationBefore(text, start); word != "" {
		return fmt.Errorf("%q stands right before it in the text", word)
	}
	return nil
}

func verifyWords(text, printed string, s *callrankv1.Span) error {
	if err := within(text, s); err != nil {
		return err
	}
	if printed == "" {
		return errors.New("it is empty")
	}
	if fold(text[s.GetStart():s.GetEnd()]) != printed {
		return errors.New("the text at its source reads otherwise")
	}
	if cutsWord(text, int(s.GetStart())) || cutsWord(text, int(s.GetEnd())) {
		return errors.New("its source begins or ends within a word or number")
	}
	return nil
}

func verifyFigure(text string, c *callrankv1.Claim, f *callrankv1.Figure, found []quantity.Quantity, offset int) error {
	if err := verifyWords(text, f.GetText(), f.GetSource()); err != nil {
		return err
	}
	s := f.GetSource()
	if s.GetStart() < c.GetSource().GetStart() || s.GetEnd() > c.GetSource().GetEnd() {
		return errors.New("it stands outside the quote")
	}
	for i := range found {
		q := &found[i]
		if q.Start+offset != int(s.GetStart()) || q.End+offset != int(s.GetEnd()) {
			continue
		}
		if !equals(f, q) {
			return errors.New("its words give another number or unit")
		}
		return nil
	}
	return errors.New("its words are not a whole quantity")
}

// equals compares a figure with the quantity its words give.
func equals(f *callrankv1.Figure, q *quantity.Quantity) bool {
	return f.GetUnit() == q.Unit && same(f.Value, q.Value) && same(f.Low, q.Low) && same(f.High, q.High) &&
		stated(f.Qualifier, q.Qualifier) && stated(f.Comparator, q.Comparator) && stated(f.Direction, q.Direction)
}

// stated reports that what a figure says beside its number is what the words
// say; it may leave it out.
func stated(f *string, words string) bool { return f == nil || *f == fold(words) }

func same(f *float64, d decimal.NullDecimal) bool {
	if f == nil || !d.Valid {
		return f == nil && !d.Valid
	}
	return *f == floatOf(d.Decimal)
}

// contextBytes is how far around a quote the text is read to see whether a
// figure goes on beyond it.
const contextBytes = 256

// contextOf widens a span to whole words.
func contextOf(text string, s *callrankv1.Span) (from, to int) {
	from = max(0, int(s.GetStart())-contextBytes)
	for from > 0 && !isSpace(text[from-1]) {
		from--
	}
	to = min(len(text), int(s.GetEnd())+contextBytes)
	for to < len(text) && !isSpace(text[to]) {
		to++
	}
	return from, to
}

// cutsWord reports that the place lies between two letters or digits, or
// within a number such as 1.4 or 1,400.
func cutsWord(text string, at int) bool {
	if at <= 0 || at >= len(text) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, size := utf8.DecodeRuneInString(text[at:])
	if alphanumeric(before) && alphanumeric(after) {
		return true
	}
	if unicode.IsDigit(before) && point(after) {
		next, _ := utf8.DecodeRuneInString(text[at+size:])
		return unicode.IsDigit(next)
	}
	if point(before) && unicode.IsDigit(after) {
		earlier, _ := utf8.DecodeLastRuneInString(text[:at-1])
		return unicode.IsDigit(earlier)
	}
	return false
}

func point(r rune) bool { return r == '.' || r == ',' }

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
