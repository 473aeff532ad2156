package quantity

import callrankv1 "github.com/callrank/callrank/proto/callrank/v1"

// indefinite reads "tens of thousands", "several hundred million dollars",
// "multibillion-dollar", "a few percent": words that name no number.
func (s *scanner) indefinite(i int) int {
	q := Quantity{Unit: callrankv1.UnitCount, Form: Indefinite}
	to, ok := i+1, true
	switch s.at(i).class {
	case plural:
		to = s.pluralChain(i)
	case multiWord:
	case multi:
		to, ok = s.multiScale(i)
	default:
		to, ok = s.several(i)
	}
	if !ok {
		return i
	}
	to = s.indefiniteUnit(&q, to)
	if s.at(i).class == severalWord || s.is(i, article) {
		if q.Unit == callrankv1.UnitCount && s.at(to-1).class == severalWord {
			return i
		}
	}
	q.Qualifier = s.lowText[s.at(i).start:s.at(to-1).end]
	return s.emitFrom(i, to, q)
}

// pluralChain reads "tens or hundreds of millions".
func (s *scanner) pluralChain(i int) int {
	to := i + 1
	for range maxSteps {
		if (s.is(to, ofWord) || s.is(to, orWord) || s.is(to, andWord)) && s.is(to+1, plural) {
			to += 2
			continue
		}
		break
	}
	return to
}

// multiScale reads "multi-billion" and "multi-gigawatt".
func (s *scanner) multiScale(i int) (int, bool) {
	to := s.joined(i + 1)
	if s.is(to, hundredWord) {
		to++
	}
	switch s.at(to).class {
	case scaleWord:
		return to + 1, true
	case powerWord:
		return to, true
	}
	return to, s.is(to-1, hundredWord)
}

// several reads "a few hundred" and "several million".
func (s *scanner) several(i int) (int, bool) {
	to := i
	if s.is(to, article) {
		to++
	}
	to++
	for range maxScales {
		if c := s.at(to).class; c == hundredWord || c == scaleWord || c == dozenWord {
			to++
		}
	}
	switch s.at(to).class {
	case percentWord, percentage, basisWord, bpsWord, powerWord:
		return to, true
	case pointWord:
		return to, !s.pointsOfSpeech(i, to)
	case orderWord:
		return to, s.magnitudes(to)
	}
	return to, s.at(to-1).class != severalWord
}

// indefiniteUnit reads the unit after words that name no number.
func (s *scanner) indefiniteUnit(q *Quantity, to int) int {
	at := s.joined(to)
	if s.is(at, ofWord) {
		at++
	}
	if c, after, ok := s.currencyWords(at); ok {
		q.Unit = currencyName(c)
		return after
	}
	switch t := s.at(at); t.class {
	case currencyCode:
		q.Unit, to = currencyName(t.val), at+1
	case percentWord, pointWord:
		q.Unit, to = callrankv1.UnitPercent, at+1
	case percentage:
		q.Unit, to = callrankv1.UnitPercent, at+1
		if s.is(to, pointWord) {
			to++
		}
	case basisWord:
		if s.is(at+1, pointWord) {
			q.Unit, to = callrankv1.UnitBPS, at+2
		}
	case bpsWord:
		q.Unit, to = callrankv1.UnitBPS, at+1
	case powerWord:
		q.Unit, to = unitName(t.val), at+1
	case orderWord:
		if s.magnitudes(at) {
			q.Unit, to = callrankv1.UnitMultiple, at+3
		}
	}
	return to
}
