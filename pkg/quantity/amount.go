package quantity

// amount is a number with its scale, without unit.
type amount struct {
	num number
	// next is the token after it.
	next int
	// scaled: a scale word or letter was said; mark: it was a letter.
	scaled, mark bool
	// said: in words rather than figures.
	said bool
	// head is the number before its scale, for ranges that share one.
	head number
	// scale is the power of ten the scale words add.
	scale int32
	// vague is "plus", "ish" and the like, said between number and unit.
	vague string
	// again is the token of a currency sign between two scales, 0 for none.
	again int
}

// noToken stands beyond both ends of the text; nobody writes to it.
var noToken = &token{}

// at returns the token at i, or an empty one past the end.
func (s *scanner) at(i int) *token {
	if i < 0 || i >= len(s.toks) {
		return noToken
	}
	return &s.toks[i]
}

// is reports whether the token at i has the class.
func (s *scanner) is(i int, c class) bool { return s.at(i).class == c }

// sign reports whether the token at i is the symbol r.
func (s *scanner) sign(i int, r rune) bool {
	t := s.at(i)
	return t.kind == symbol && t.class == none && t.val == r && t.end > t.start
}

// joined skips a hyphen between two parts of one expression: "5-billion".
func (s *scanner) joined(i int) int {
	if s.sign(i, hyphen) && s.at(i).glued && s.at(i+1).glued {
		return i + 1
	}
	return i
}

// same reports whether the token at i goes on in the same sentence.
func (s *scanner) same(i int) bool { return i < len(s.toks) && !s.toks[i].fresh }

func (s *scanner) low(i int) string {
	t := s.at(i)
	return s.lowText[t.start:t.end]
}

func (s *scanner) printed(i int) string {
	t := s.at(i)
	return s.text[t.start:t.end]
}

// amountAt reads a number with its scale at token i.
func (s *scanner) amountAt(i int) (amount, bool) {
	var a amount
	t := s.at(i)
	switch t.kind {
	case digits:
		n, ok := readDigits(s.text[t.start:t.end])
		if !ok {
			return a, false
		}
		a = amount{num: n, next: i + 1}
		s.spacedGroups(&a)
		s.mixed(&a)
	case word:
		var ok bool
		if a, ok = s.wordsAt(i); !ok {
			return a, false
		}
		a.said = true
	case symbol:
		return a, false
	}
	a.head = a.num
	if j := s.pastVague(&a, s.joined(a.next)); s.is(j, scaleWord) {
		a.next = j
	}
	s.scaleOn(&a)
	s.compound(&a)
	return a, true
}

// wordsAt reads "twenty-five", "a hundred and fifty", "half a", "a couple".
func (s *scanner) wordsAt(i int) (amount, bool) {
	switch s.at(i).class {
	case oneWord, unitsWord, tensWord, zeroWord:
		return s.spelt(i)
	case halfWord:
		return s.halfOfScale(i)
	case coupleWord:
		return s.couple(i)
	case article:
		return s.articleAmount(i)
	case dozenWord:
		return amount{num: number{12, 0}, next: i + 1}, true
	}
	return amount{}, false
}

// articleAmount reads "a hundred", "a million", "a dozen", "a couple", "a half".
func (s *scanner) articleAmount(i int) (amount, bool) {
	switch s.at(i + 1).class {
	case hundredWord:
		return s.hundreds(1, i+2), true
	case scaleWord:
		return amount{num: number{1, 0}, next: i + 1}, true
	case dozenWord:
		return amount{num: number{12, 0}, next: i + 2}, true
	case coupleWord:
		return s.couple(i + 1)
	case halfWord:
		if j := s.joined(i + 2); s.divisible(j) {
			return amount{num: number{5, -1}, next: j}, true
		}
		if j := s.joined(i + 2); s.is(j, dozenWord) {
			return amount{num: number{6, 0}, next: j + 1}, true
		}
	}
	return amount{}, false
}

// halfOfScale reads "half a billion", "half-billion", "half of a percent",
// "half a dozen".
func (s *scanner) halfOfScale(i int) (amount, bool) {
	next := s.onePart(i + 1)
	if s.is(next, dozenWord) {
		return amount{num: number{6, 0}, next: next + 1}, true
	}
	return amount{num: number{5, -1}, next: next}, s.divisible(next)
}

// couple reads "couple hundred", "couple of thousand", "couple of points".
func (s *scanner) couple(i int) (amount, bool) {
	next := i + 1
	if s.is(next, ofWord) {
		next++
	}
	switch s.at(next).class {
	case hundredWord:
		return s.hundreds(2, next+1), true
	case scaleWord, percentWord, percentage, pointWord, powerWord, basisWord, bpsWord:
		return amount{num: number{2, 0}, next: next}, true
	case dozenWord:
		return amount{num: number{24, 0}, next: next + 1}, true
	}
	return amount{}, false
}

// hundreds goes on after "n hundred".
func (s *scanner) hundreds(n int64, i int) amount {
	a := amount{num: number{n * 100, 0}, next: i}
	at := i
	if s.is(at, andWord) {
		at++
	}
	if rest, next, ok := s.belowHundred(at); ok {
		a.num.coef += rest
		a.next = next
	}
	return a
}

// belowHundred reads "seven", "twenty", "twenty-five".
func (s *scanner) belowHundred(i int) (n int64, next int, ok bool) {
	switch t := s.at(i); t.class {
	case oneWord, unitsWord:
		return int64(t.val), i + 1, true
	case tensWord:
		j := s.joined(i + 1)
		if u := s.at(j); (u.class == unitsWord || u.class == oneWord) && u.val < 10 {
			return int64(t.val + u.val), j + 1, true
		}
		return int64(t.val), i + 1, true
	}
	return 0, i, false
}

// spelt reads a number spelt out, with "hundred", "point five", "and a half".
func (s *scanner) spelt(i int) (amount, bool) {
	if s.is(i, zeroWord) {
		return amount{num: number{0, 0}, next: i + 1}, true
	}
	n, next, ok := s.belowHundred(i)
	if !ok {
		return amount{}, false
	}
	if s.is(next, hundredWord) {
		return s.hundreds(n, next+1), true
	}
	if s.is(next, dozenWord) {
		return amount{num: number{n * 12, 0}, next: next + 1}, true
	}
	if f, after, ok := s.andAHalf(next); ok {
		return amount{num: number{n*10 + f, -1}, next: after}, true
	}
	return s.pointFive(number{n, 0}, next), true
}

// andAHalf reads "and a half" after a whole number.
func (s *scanner) andAHalf(i int) (tenths int64, next int, ok bool) {
	if s.is(i, andWord) && s.is(i+1, article) && s.is(i+2, halfWord) {
		return 5, i + 3, true
	}
	return 0, i, false
}

// maxSpeltPlaces bounds "point two five".
const maxSpeltPlaces = 4

// pointFive reads decimals spelt out.
func (s *scanner) pointFive(n number, i int) amount {
	a := amount{num: n, next: i}
	if s.low(i) != "point" {
		return a
	}
	for j := i + 1; j <= i+maxSpeltPlaces; j++ {
		t := s.at(j)
		if (t.class != unitsWord && t.class != oneWord && t.class != zeroWord) || t.val > 9 {
			break
		}
		a.num = number{a.num.coef*10 + int64(t.val), a.num.exp - 1}
		a.next = j + 1
	}
	return a
}

// maxScales bounds "hundred thousand million".
const maxScales = 2

// scaleOn takes the scale words or the glued scale letter after a number.
func (s *scanner) scaleOn(a *amount) {
	for range maxScales {
		at := s.joined(a.next)
		t := s.at(at)
		switch {
		case t.class == scaleWord, t.class == hundredWord, s.scaledPlural(a, at):
			a.scale += t.val
		case t.class == scaleLetter && t.glued && !a.scaled && at == a.next:
			a.scale += t.val
			a.mark = true
		default:
			a.num = a.head.shift(a.scale)
			return
		}
		a.scaled = true
		a.next = at + 1
	}
	a.num = a.head.shift(a.scale)
}
