package quantity

import callrankv1 "github.com/callrank/callrank/proto/callrank/v1"

// notANumber reports, by the token after it, digits that are part of a name, a
// date, a time or a code whatever follows; i itself when they may be a number.
func (s *scanner) notANumber(i int) int {
	switch {
	case s.sign(i-1, '#'), s.sign(i-1, apostrophe) && s.at(i).glued:
		return i + 1
	case s.stockPrice(i):
		return i + 1
	case s.hyphenated(i), s.sign(i+1, hyphen) && s.codeLetter(i):
		return s.endOfCode(i)
	case s.split(i), s.ratio(i):
		return s.endOfCode(i)
	case s.monthly(i), s.timeOfDay(i):
		return i + 1
	case s.phone(i):
		return s.endOfCode(i)
	case s.aroundTheClock(i):
		return i + 3
	}
	return s.reference(i)
}

// stockPrice reports the change of a share price that publishers print after
// a ticker: (EXMP -1.25%).
func (s *scanner) stockPrice(i int) bool {
	b := i - 1
	if s.sign(b, hyphen) || s.sign(b, '+') {
		b--
	}
	t := s.at(b)
	return s.is(i+1, percentWord) && s.sign(i+2, ')') && t.kind == word && s.sign(b-1, '(') && allUpper(s.printed(b))
}

func allUpper(w string) bool {
	for i := range len(w) {
		if !isUpper(w[i]) {
			return false
		}
	}
	return true
}

// hyphenated reports a number hung on a word: COVID-19, GPT-4, pre-2020.
func (s *scanner) hyphenated(i int) bool {
	if !s.sign(i-1, hyphen) || !s.at(i).glued || !s.at(i-1).glued {
		return false
	}
	switch before := s.at(i - 2); before.class {
	case degreeWord, currencyCode, article, unitsWord, oneWord, tensWord, scaleWord, percentWord, durationWord:
		return false
	default:
		return before.kind == word
	}
}

// codeLetter reports a form such as 10-K or 20-F.
func (s *scanner) codeLetter(i int) bool {
	t := s.at(i + 2)
	if t.kind != word || !t.glued || !s.at(i+1).glued {
		return false
	}
	if t.end-t.start == 1 {
		return isUpper(s.text[t.start]) && t.class != article
	}
	return s.low(i+2) == "for"
}

// split reports a season or a pair that makes a hundred: 2012-13, 70-30.
func (s *scanner) split(i int) bool {
	if !s.sign(i+1, hyphen) || !s.at(i+1).glued || !s.at(i+2).glued || s.at(i+2).kind != digits {
		return false
	}
	if s.isYear(i) {
		return true
	}
	a, okA := readDigits(s.printed(i))
	b, okB := readDigits(s.printed(i + 2))
	return okA && okB && a.exp == 0 && b.exp == 0 && a.coef+b.coef == 100 && !s.is(i+3, percentWord)
}

// ratio reports "3-to-1".
func (s *scanner) ratio(i int) bool {
	return s.sign(i+1, hyphen) && s.is(i+2, toWord) && s.sign(i+3, hyphen) && s.printed(i+4) == "1"
}

// endOfCode returns the token after what hangs together with i by hyphens.
func (s *scanner) endOfCode(i int) int {
	j := i + 1
	for s.sign(j, hyphen) && s.at(j).glued && s.at(j+1).glued && s.at(j+1).kind != symbol {
		j += 2
	}
	return j
}

// monthly reports a day or a year beside the name of a month.
func (s *scanner) monthly(i int) bool {
	t := s.at(i)
	if places(s.text[t.start:t.end]) > 4 {
		return false
	}
	if s.is(i-1, monthWord) || s.sign(i-1, '.') && s.is(i-2, monthWord) && s.at(i-1).glued {
		return true
	}
	return s.is(i+1, monthWord) && places(s.text[t.start:t.end]) <= 2
}

// timeOfDay reports 5:00, 5 p.m. and the like, and ratios such as 3:1.
func (s *scanner) timeOfDay(i int) bool {
	if s.sign(i+1, ':') && s.at(i+1).glued && s.at(i+2).glued && s.at(i+2).kind == digits {
		return true
	}
	if s.sign(i-1, ':') && s.at(i-1).glued && s.at(i).glued && s.at(i-2).kind == digits {
		return true
	}
	switch s.low(i + 1) {
	case "am", "pm", "o'clock", "nm", "nanometer", "nanometers", "nanometre":
		return true
	case "a", "p":
		return s.sign(i+2, '.') && s.low(i+3) == "m"
	}
	return false
}

// phone reports digits in three groups or more: 1-800-555.
func (s *scanner) phone(i int) bool {
	groups := 1
	for j := i + 1; s.sign(j, hyphen) && s.at(j).glued && s.at(j+1).glued && s.at(j+1).kind == digits; j += 2 {
		groups++
	}
	return groups > 2
}

// aroundTheClock reports 24/7 and other pairs with a stroke that are no
// fraction: 9/11, 50/50, 2024/25.
func (s *scanner) aroundTheClock(i int) bool {
	if !s.sign(i+1, '/') || !s.at(i+1).glued || !s.at(i+2).glued || s.at(i+2).kind != digits {
		return false
	}
	_, _, ok := s.stroke(i)
	return !ok
}

// isYear reports a bare number from 1900 to 2099.
func (s *scanner) isYear(i int) bool {
	t := s.at(i)
	if t.kind != digits || t.end-t.start != 4 {
		return false
	}
	century := s.text[t.start : t.start+2]
	return century == "19" || century == "20"
}

// stands reports that a single number is a quantity. One without unit or scale
// has to show that it is no name, label, date or figure of speech.
func (s *scanner) stands(p *piece) bool {
	i := p.from
	switch {
	case s.is(i, zeroWord) && p.to == i+1:
		return false
	case s.is(i, oneWord) && p.to <= i+2 && !p.scaled:
		return s.oneStands(p)
	case !p.bare() || p.scaled:
		return !s.aroundClock(p)
	case s.is(i-1, labelWord), s.sign(i-1, '.') && s.low(i-2) == "no":
		return false
	case p.said:
		return !s.spokenPart(p)
	}
	return !s.isYear(i) && !s.listNumber(i) && !s.fiscal(i) && !s.named(i)
}

// spokenPart reports a number word that is part of something else: the end of
// a compound, "five nines", a version.
func (s *scanner) spokenPart(p *piece) bool {
	compound := s.sign(p.from-1, hyphen) && s.at(p.from).glued
	return compound || s.low(p.to) == "nines" || s.numbered(p)
}

// oneStands tells "one gigawatt" and "one percent" from "one of", "one year".
func (s *scanner) oneStands(p *piece) bool {
	switch p.unit {
	case callrankv1.UnitPercent:
		return !s.is(p.from+1, pointWord)
	case callrankv1.UnitBPS, callrankv1.UnitGW, callrankv1.UnitMW:
		return true
	}
	return isCurrency(p.unit)
}

// aroundClock reports "24 hours a day" and "7 days a week".
func (s *scanner) aroundClock(p *piece) bool {
	switch p.unit {
	case callrankv1.UnitHours, callrankv1.UnitDays:
		n := p.num.float()
		return s.is(p.to, article) && ((n == 24 && s.low(p.to+1) == "day") || (n == 7 && s.low(p.to+1) == "week"))
	}
	return false
}

// listNumber reports "1." or "2)" at the start of a line.
func (s *scanner) listNumber(i int) bool {
	t := s.at(i)
	return t.fresh && !t.glued && s.at(i+1).glued && (s.sign(i+1, '.') || s.sign(i+1, ')')) &&
		(i == 0 || s.text[s.at(i-1).end:t.start] != " ")
}

// fiscal reports a year of two digits: "fiscal 26", "Q1 23", "Q4 of 25".
func (s *scanner) fiscal(i int) bool {
	t := s.at(i)
	if t.end-t.start != 2 {
		return s.is(i-1, fiscalWord)
	}
	b := i - 1
	if s.is(b, ofWord) || s.low(b) == "year" || s.low(b) == "in" {
		b--
	}
	return s.is(b, fiscalWord) || quarterName(s.low(b)) || s.is(i-1, fiscalWord)
}

// quarterName reports q1 to q4, h1, h2, 1q and the like.
func quarterName(w string) bool {
	if len(w) != 2 {
		return false
	}
	if isDigit(w[0]) {
		w = w[1:] + w[:1]
	}
	return (w[0] == 'q' || w[0] == 'h') && w[1] >= '1' && w[1] <= '4'
}

// longestVersion is the most digits a model or version number has.
const longestVersion = 4

// named reports a number after a name: Windows 11, Fortune 500, Gemini 2.5.
func (s *scanner) named(i int) bool {
	t, before := s.at(i), s.at(i-1)
	if i == 0 || before.kind != word || t.fresh || before.end == t.start {
		return before.kind == word && before.end == t.start && i > 0
	}
	if int(t.end-t.start) > longestVersion || !isUpper(s.text[before.start]) {
		return false
	}
	if before.class != none && before.class != adjective {
		return false
	}
	return !before.fresh || !opener(s.low(i-1))
}

// numbered reports a version said in words: "Gemini two".
func (s *scanner) numbered(p *piece) bool {
	before := s.at(p.from - 1)
	return p.from > 0 && p.to-p.from == 1 && s.is(p.from, unitsWord) && before.kind == word && before.class == none &&
		!before.fresh && !s.at(p.from).fresh && isUpper(s.text[before.start]) && s.low(p.from-1) != "i"
}

// opener reports a word that begins a sentence with a capital and is no name.
func opener(w string) bool {
	switch w {
	case "over", "about", "nearly", "in", "at", "with", "we", "our", "the", "but", "so", "these", "those", "for",
		"from", "on", "all", "more", "only", "then", "there", "some", "approximately", "roughly", "around",
		"almost", "another", "additionally", "just", "now", "today", "since", "after", "within", "by", "they",
		"it", "that", "this", "those's", "top", "out", "among", "across", "i", "you", "he", "she", "have", "had",
		"added", "signed", "total", "up", "down", "what", "where", "when", "if", "as", "like", "maybe", "yeah", "than",
		"because", "through", "currently", "customers", "users":
		return true
	}
	return false
}
